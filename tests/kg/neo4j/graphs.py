"""Small graphs of hand-made rows."""

from __future__ import annotations

from kg.rows import EdgeRow, NodeRow, Value, edge_row, node_row


def company(key: str, name: str, *labels: str, **properties: Value) -> NodeRow:
    """A company node."""
    return node_row(key, ("Company", *labels), {"name": name, "aliases": [f"{name}股份"], **properties})


def investment(source: str, target: str, round_: str, **properties: Value) -> EdgeRow:
    """An investment, told apart by its round."""
    key = f"fact:{source}-{target}-{round_}"
    return edge_row(key, "INVESTED_IN", (source, target), {"round": round_, "confidence": 0.9, **properties})


NODES = (
    company("688795.SH", "摩尔线程", founded=2020),
    company("联想创投", "联想创投", "Investor"),
    company("沐曦", "沐曦", listed=True),
    node_row("deal:1", ("Deal",), {"name": "摩尔线程 Pre-A+轮"}),
)
EDGES = (
    investment("联想创投", "688795.SH", "Pre-A+轮", quote="甲"),
    investment("联想创投", "688795.SH", "A轮"),
    edge_row("role:1", "INVESTOR", ("deal:1", "联想创投"), {"status": "completed"}),
    edge_row("fact:rivals", "COMPETES_WITH", ("沐曦", "688795.SH"), {}),
)
