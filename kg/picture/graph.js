/* What is drawn: the data of the page, and which of it the filters leave. */
const data = JSON.parse(document.getElementById("data").textContent);
const STYLES = {
  completed: ["#5b6b80", []], agreed: ["#2e7d32", []], planned: ["#c77700", [6, 4]], negotiating: ["#c77700", [2, 3]],
  conditional: ["#8e6bbf", [6, 4]], terminated: ["#c62828", [6, 4]], denied: ["#c62828", [2, 3]], "": ["#9aa5b4", []],
};
const typeOf = new Map(data.types.map(type => [type.name, type]));
const relationOf = new Map(data.relations.map(type => [type.name, type]));
const nodes = data.nodes;
const edges = data.edges;
const off = { statuses: new Set(), types: new Set(), relations: new Set() };
const wanted = { firm: "", steps: 1, since: "", until: "" };

prepare();

/** Ties edges to their ends, and bends those that share both. */
function prepare() {
  for (const node of nodes) {
    node.edges = [];
    node.keys = [node.name, node.id, ...node.names].map(name => name.toLowerCase());
  }
  const pairs = new Map();
  for (const edge of edges) {
    const pair = [Math.min(edge.from, edge.to), Math.max(edge.from, edge.to)].join(" ");
    pairs.set(pair, [...(pairs.get(pair) || []), edge]);
    edge.turned = edge.from > edge.to;
    edge.from = nodes[edge.from];
    edge.to = nodes[edge.to];
    edge.days = edge.date ? [edge.date] : edge.said.map(one => data.documents[one.document].date).filter(Boolean);
    for (const end of new Set([edge.from, edge.to])) end.edges.push(edge);
  }
  for (const group of pairs.values()) {
    group.forEach((edge, place) => { edge.bend = (place - (group.length - 1) / 2) * (edge.turned ? -1 : 1); });
  }
  for (const node of nodes) node.radius = 4 + Math.min(12, 1.6 * Math.sqrt(node.edges.length));
}

/** Marks what is shown; returns how many edges and nodes that is. */
function sift() {
  const near = neighbourhood();
  for (const node of nodes) node.shown = false;
  for (const edge of edges) {
    edge.shown = fits(edge) && (!near || (near.has(edge.from) && near.has(edge.to)));
    if (edge.shown) edge.from.shown = edge.to.shown = true;
  }
  return [edges.filter(edge => edge.shown).length, nodes.filter(node => node.shown).length];
}

/** Whether an edge passes all filters but that of the firm. */
function fits(edge) {
  return !off.statuses.has(edge.status) && !off.relations.has(edge.type) && !off.types.has(edge.from.type)
    && !off.types.has(edge.to.type) && ((!wanted.since && !wanted.until) || edge.days.some(inTime));
}

/** Whether a day, month or year overlaps the time asked for. */
function inTime(day) {
  const { since, until } = wanted;
  return day >= since.slice(0, day.length) && day.slice(0, until.length) <= until;
}

/** The nodes within so many steps of the firm, over edges that fit; null where none is named. */
function neighbourhood() {
  const name = wanted.firm.trim().toLowerCase();
  if (!name) return null;
  const near = new Set(nodes.filter(node => node.keys.includes(name)));
  for (let step = 0; step < wanted.steps; step++) {
    for (const node of [...near]) {
      for (const edge of node.edges.filter(fits)) near.add(edge.from).add(edge.to);
    }
  }
  return near;
}

/** The nodes with a name that holds the text, whole names and beginnings first, then by number of relations. */
function search(text) {
  const sought = text.trim().toLowerCase();
  if (!sought) return [];
  const rank = node => Math.min(...node.keys.map(key =>
    key === sought ? 0 : key.startsWith(sought) ? 1 : key.includes(sought) ? 2 : 3));
  return nodes.map(node => [rank(node), node]).filter(([place]) => place < 3)
    .sort(([a, one], [b, other]) => a - b || other.edges.length - one.edges.length)
    .map(([, node]) => node).slice(0, 20);
}
