"""A small story of two weeks in which every ready question finds an answer."""

from __future__ import annotations

from told import tell

FIRST = tell(
    "2025-12-10",
    "甲证券",
    ("红投", "INVESTED_IN", "沐科技", {"round": "A轮", "date": "2021-03", "lead": "true", "status": "completed"}),
    ("蓝投", "INVESTED_IN", "沐科技", {"round": "A轮", "status": "completed"}),
    ("绿投", "INVESTED_IN", "沐科技", {"round": "B轮", "date": "2023", "status": "completed"}),
    ("红投", "INVESTED_IN", "摩科技", {"round": "A轮", "status": "completed"}),
    ("红投", "PLANS_TO_INVEST_IN", "摩科技", {"round": "B轮", "status": "planned"}),
    ("老东家", "PLANS_TO_ACQUIRE", "小科技", {"status": "planned", "amount": "100000000", "currency": "CNY"}),
    ("老东家", "PLANS_TO_ACQUIRE", "大科技", {"status": "planned"}),
    ("老东家", "NEGOTIATING_WITH", "中科技", {"status": "negotiating"}),
    ("红投", "HOLDS_STAKE_IN", "沐科技", {"percent": "12.5"}),
    ("沐科技", "DEVELOPS", "曦片", {}),
    ("沐科技", "DEVELOPS", "软件", {}),
    ("云科技", "USES", "曦片", {}),
    ("沐科技", "INVESTED_IN", "云科技", {"status": "completed"}),
    ("台厂", "SUPPLIES", "沐科技", {"product": "晶圆"}),
    ("沐科技", "SUPPLIES", "云科技", {"amount": "5000000", "currency": "USD", "status": "agreed"}),
    ("摩科技", "COMPETES_WITH", "沐科技", {}),
    ("张人", "HOLDS_POSITION", "大科技", {"title": "副总裁", "former": "true"}),
    ("张人", "HOLDS_POSITION", "摩科技", {"title": "董事长"}),
    deals=[("红投", "investment", "沐科技", {"round": "A轮", "amount": "200000000", "currency": "CNY"})],
    figures=[
        ("沐科技", "EPS", "2025E", "1.94"),
        ("沐科技", "EPS", "2026E", "2.61"),
        ("摩科技", "EPS", "2026E", "-0.3"),
        ("云科技", "EPS", "2026E", "5"),
    ],
)
UPDATE = tell(
    "2025-12-17",
    "甲证券",
    figures=[
        ("沐科技", "EPS", "2025E", "1.94"),
        ("沐科技", "EPS", "2026E", "3.1"),
        ("摩科技", "EPS", "2026E", "-0.41"),
    ],
)
SECOND = tell(
    "2025-12-17",
    "乙证券",
    ("老东家", "PLANS_TO_ACQUIRE", "小科技", {"status": "agreed", "amount": "120000000", "currency": "CNY"}),
    ("老东家", "ACQUIRED", "大科技", {"status": "completed"}),
    ("红投", "HOLDS_STAKE_IN", "沐科技", {"percent": "10"}),
    ("云科技", "SUPPLIES", "终端厂", {}),
    deals=[("红投", "investment", "沐科技", {"round": "A轮", "amount": "200000000", "currency": "CNY"})],
    figures=[("云科技", "EPS", "2026E", "6")],
)
