"""All Cypher but that of the ready questions, which stands with them in `kg/questions/*.yml`.

Values are parameters; a relationship type is quoted and comes from the ontology.
"""

from __future__ import annotations

PING = "RETURN 1"

NODE_SCHEMA = (
    "CREATE CONSTRAINT kg_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX kg_entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name)",
    "CREATE FULLTEXT INDEX kg_names IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.aliases] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}",
)
AWAIT_INDEXES = "CALL db.awaitIndexes(300)"

WHICH = "CALL db.info() YIELD id RETURN id"

READ_NODES = "MATCH (n:Entity) WHERE n.id IS NOT NULL RETURN n.id, n.kg_hash, 'Entity'"
READ_EDGES = "MATCH ()-[r]->() WHERE r.kg_hash IS NOT NULL RETURN r.id, r.kg_hash, type(r)"

READ_NODE_CONTENTS = "MATCH (n:Entity) WHERE n.kg_hash IS NOT NULL RETURN n.id, labels(n), properties(n)"
READ_EDGE_CONTENTS = "MATCH (a)-[r]->(b) WHERE r.kg_hash IS NOT NULL RETURN r.id, type(r), a.id, b.id, properties(r)"

WRITE_NODES = """
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
SET n = row.properties
WITH n, row, [label IN labels(n) WHERE NOT label IN row.labels] AS gone
REMOVE n:$(gone)
SET n:$(row.labels)
RETURN count(n)
"""

DELETE_NODES = """
UNWIND $rows AS id
MATCH (n:Entity {id: id})
WHERE n.kg_hash IS NOT NULL AND NOT EXISTS { (n)-[r]-() WHERE r.kg_hash IS NULL }
DETACH DELETE n
RETURN count(n)
"""


def edge_schema(type_name: str) -> str:
    """The constraint that keeps the ids of one relationship type unique."""
    return (
        f"CREATE CONSTRAINT {quoted(f'kg_{type_name.lower()}_id')} IF NOT EXISTS "
        f"FOR ()-[r:{quoted(type_name)}]-() REQUIRE r.id IS UNIQUE"
    )


def write_edges(type_name: str) -> str:
    """Write `$rows` (id, source, target, properties) as relationships of one type; returns how many."""
    return f"""
UNWIND $rows AS row
MATCH (a:Entity {{id: row.source}})
MATCH (b:Entity {{id: row.target}})
MERGE (a)-[r:{quoted(type_name)} {{id: row.id}}]->(b)
SET r = row.properties
RETURN count(r)
"""


def delete_moved_edges(type_name: str) -> str:
    """Delete relationships of `$rows` (id, type, source, target) that stand under another type or between others."""
    return f"""
UNWIND $rows AS row
MATCH (a)-[r:{quoted(type_name)} {{id: row.id}}]->(b)
WHERE r.kg_hash IS NOT NULL AND (row.type <> type(r) OR a.id <> row.source OR b.id <> row.target)
DELETE r
RETURN count(r)
"""


def delete_edges(type_name: str) -> str:
    """Delete relationships of one type by the ids in `$rows`; returns how many."""
    return f"""
UNWIND $rows AS id
MATCH ()-[r:{quoted(type_name)} {{id: id}}]->()
WHERE r.kg_hash IS NOT NULL
DELETE r
RETURN count(r)
"""


def quoted(name: str) -> str:
    """A name as Cypher takes it whatever it holds."""
    escaped = name.replace("`", "``")
    return f"`{escaped}`"
