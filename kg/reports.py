"""What a build or refresh tells about itself."""

from __future__ import annotations

from ontology.records import Record


class FactCounts(Record):
    """Edges that came, whose content changed, and that went, summed up over the run."""

    new: int = 0
    changed: int = 0
    gone: int = 0


class RereadCounts(Record):
    """Documents read again though their texts are the same, by what of the program, its rules or lists is not."""

    program: int = 0
    rules: int = 0
    lists: int = 0


class BuildReport(Record):
    """Document ids by outcome; `failed` holds one line for each input that was not read, `empty` ids without a fact."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    facts: FactCounts = FactCounts()
    reread: RereadCounts = RereadCounts()
