"""Things that are one, put together step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence


class Groups:
    """Disjoint sets of positions (Galler and Fischer 1964); what is one does not depend on the order of joining."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def root(self, at: int) -> int:
        """The position that stands for the group."""
        while self._parents[at] != at:
            self._parents[at] = at = self._parents[self._parents[at]]
        return at

    def same(self, a: int, b: int) -> bool:
        """Whether two positions are in one group."""
        return self.root(a) == self.root(b)

    def join(self, members: Sequence[int]) -> None:
        """Put the groups of all members together."""
        for at in members[1:]:
            self._parents[self.root(at)] = self.root(members[0])

    def copy(self) -> Groups:
        """The same groups, to be joined further without touching these."""
        copied = Groups(0)
        copied._parents = list(self._parents)
        return copied

    def members(self) -> Mapping[int, list[int]]:
        """The positions of each group by its root."""
        found: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self._parents)):
            found[self.root(at)].append(at)
        return found
