"""One database behind a driver: rows read in one go or as they come, rows written in counted batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.neo4j import cypher
from ontology.errors import ServerError

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction


@dataclass(frozen=True)
class Database:
    """A driver and the name of the database it works on; managed transactions throughout."""

    driver: Driver
    name: str

    def read(self, query: str) -> list[list[Any]]:
        """All rows of a query."""
        with self.driver.session(database=self.name) as session:
            return session.execute_read(lambda transaction: _run(transaction, query).values())

    def read_into(self, query: str, take: Callable[[Iterable[Sequence[Any]]], None]) -> None:
        """Hand over the rows of a query as they come; once more from the first where the server has to be asked again.

        No more than the driver fetches at once is held.
        """
        with self.driver.session(database=self.name) as session:
            session.execute_read(lambda transaction: take(_run(transaction, query)))

    def standing(self) -> tuple[str, str]:
        """The id of the database and the bookmark of its last transaction: the same as long as nobody writes."""
        with self.driver.session(database=self.name) as session:
            (key,) = session.execute_read(lambda transaction: _run(transaction, cypher.WHICH).single(strict=True))
            return str(key), " ".join(sorted(session.last_bookmarks().raw_values))

    def define(self, statement: str) -> None:
        """Run a schema statement in a transaction of its own."""
        with self.driver.session(database=self.name) as session:
            session.execute_write(lambda transaction: _run(transaction, statement).consume())

    def write(self, query: str, rows: Sequence[Any]) -> int:
        """Run a query that takes `$rows` and returns one count; gives that count."""
        return self._in_transaction(lambda transaction: _count(transaction, query, rows))

    def write_all(self, query: str, rows: Sequence[Any], what: str) -> None:
        """Write all rows or none; raises ServerError where the database wrote fewer than were sent."""

        def work(transaction: ManagedTransaction) -> int:
            written = _count(transaction, query, rows)
            if written != len(rows):
                remedy = "kg check; the batch was not written"
                raise ServerError(f"{written} of {len(rows)} {what} found their place", self.name, remedy)
            return written

        self._in_transaction(work)

    def _in_transaction(self, work: Callable[[ManagedTransaction], int]) -> int:
        with self.driver.session(database=self.name) as session:
            return session.execute_write(work)


def _count(transaction: ManagedTransaction, query: str, rows: Sequence[Any]) -> int:
    record = _run(transaction, query, rows=rows).single(strict=True)
    return int(record[0])


def _run(transaction: ManagedTransaction, query: str, **parameters: Any) -> Any:
    return transaction.run(query, **parameters)
