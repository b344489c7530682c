"""The view of the ledger in Neo4j, and a server of one's own to look at it."""
