"""What the tests of Neo4j share is at hand here as well: what to do where something cannot be had."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "neo4j"))
