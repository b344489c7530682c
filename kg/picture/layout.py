"""Where the nodes of a picture stand: springs along edges, repulsion between all, a pull to the middle.

NetworkX has layouts too, but from 500 nodes on its springs need SciPy, and its ForceAtlas2 takes twenty times as long.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

SEED = 1
ROUNDS = 220
PAIRS = (
    1_000_000  # repulsions worked out in a round; in larger graphs a new sample of nodes repels the others each round
)
FEWEST = 64
FIRST_STEP = 0.12  # of the width of the picture
REPULSION = 0.6
GRAVITY = 0.3
SPACING = 60.0  # units of the picture between neighbours, where a node's radius is 4 to 16


def positions(count: int, edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Whole-numbered x and y of `count` nodes, tied by `edges` (pairs of their numbers): the same for the same."""
    if not count:
        return []
    ends = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)
    x, y = settle(count, ends)
    return [(round(float(a)), round(float(b))) for a, b in zip(x, y, strict=True)]


def settle(count: int, ends: Places) -> tuple[Numbers, Numbers]:
    """Let the forces act in steps that grow shorter, from a random start with a fixed seed."""
    random = np.random.RandomState(SEED)
    width = SPACING * math.sqrt(count)
    place: Numbers = (random.rand(2, count) - 0.5) * width
    mass = np.bincount(ends.ravel(), minlength=count).astype(np.float64) + 1
    sample = min(count, max(FEWEST, PAIRS // count))
    for done in range(ROUNDS):
        others = np.arange(count) if sample == count else np.sort(random.choice(count, sample, replace=False))
        force = repel(place, others, mass) * (count / sample) + attract(place, ends, mass) - GRAVITY * mass * place
        longest = FIRST_STEP * width * (1 - done / ROUNDS) ** 2
        length = np.maximum(np.sqrt((force**2).sum(axis=0)), 1e-9)
        place = place + force / length * np.minimum(length, longest)
    return place[0], place[1]


def repel(place: Numbers, others: Places, mass: Numbers) -> Numbers:
    """The push of `others` on every node: the stronger the more edges both have, the weaker the farther."""
    x, y = (axis[:, None] - axis[None, others] for axis in place)
    pull = mass[None, others] / (x * x + y * y + 1.0)
    return np.stack([(x * pull).sum(axis=1), (y * pull).sum(axis=1)]) * mass * REPULSION * SPACING**2


def attract(place: Numbers, ends: Places, mass: Numbers) -> Numbers:
    """The pull of edges on their ends, as strong as they are long."""
    force = np.zeros_like(place)
    a, b = ends.T
    along = place[:, b] - place[:, a]
    for axis in range(2):
        force[axis] = np.bincount(a, along[axis], len(mass)) - np.bincount(b, along[axis], len(mass))
    return force
