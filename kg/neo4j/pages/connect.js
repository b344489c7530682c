// Hands Neo4j Browser the user and password that stand behind the # of the address, which no server ever sees,
// and leaves them out of the history. The address of the database is fixed: nobody can send the user elsewhere.
const given = new URLSearchParams(location.hash.slice(1));
const id = "$$discovery";
const connection = {
  id, name: id, type: "bolt", db: null, host: "$BOLT",
  username: given.get("username"), password: given.get("password"),
  authenticationMethod: given.get("username") ? "NATIVE" : "NO_AUTH",
};
const state = {
  allConnectionIds: [id], connectionsById: {[id]: connection},
  activeConnection: null, connectionState: 0, useDb: null, lastUseDb: null,
};
localStorage.setItem("neo4j.connections", JSON.stringify(state));
if (!localStorage.getItem("neo4j.settings"))  // a new user: nothing is reported to anybody
  localStorage.setItem("neo4j.settings", JSON.stringify({allowCrashReports: false, allowUserStats: false}));
location.replace("../");
