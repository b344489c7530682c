"""Processes that work side by side; one that is killed costs the item it was at a retry, and nothing else."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
TRIES = 3
SHARD = 30_000
AHEAD = 8


@dataclass(frozen=True)
class Lost(Generic[Item]):
    """An item whose process ended `TRIES` times before it was done."""

    item: Item


@dataclass(eq=False)
class Shard(Generic[Item, Result]):
    """Items that one process gets at once; `deaths` counts the processes that ended at the item in turn."""

    items: deque[Item]
    results: deque[Result | Lost[Item]] = field(default_factory=deque)
    deaths: int = 0
    is_out: bool = False

    def add(self, result: Result | Lost[Item]) -> None:
        """Take in the result of the item in turn."""
        self.items.popleft()
        self.results.append(result)
        self.deaths = 0

    def die(self) -> None:
        """Note that the process ended; the item in turn is given up where that happens again and again."""
        self.is_out, self.deaths = False, self.deaths + 1
        if self.deaths == TRIES:
            self.add(Lost(self.items[0]))


@dataclass(eq=False)
class Worker(Generic[Item, Result]):
    """One process, and the shard it is at."""

    process: BaseProcess
    connection: Connection
    shard: Shard[Item, Result] | None = None


class Crew(Generic[Item, Result]):
    """Up to `jobs` processes, started when there is something for them to do.

    A process gets items of `weigh` up to `SHARD` at once and tells each result as soon as it has it.
    """

    def __init__(self, work: Callable[[Item], Result], jobs: int, weigh: Callable[[Item], int]) -> None:
        self.work, self.jobs, self.weigh = work, jobs, weigh
        self.workers: list[Worker[Item, Result]] = []

    def __enter__(self) -> Crew[Item, Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
            worker.connection.close()

    def map(self, items: Iterable[Item]) -> Iterator[Result | Lost[Item]]:
        """Yield the result of every item in their order; what the work raises is raised here."""
        shards, queue = self.cut(items), deque[Shard[Item, Result]]()
        while True:
            while len(queue) < AHEAD * self.jobs and (shard := next(shards, None)):
                queue.append(shard)
            if not queue:
                return
            self.hand_out(queue)
            head = queue[0]
            self.listen(None if head.items and not head.results else 0)
            if head.results:
                yield head.results.popleft()
            elif not head.items:
                queue.popleft()

    def cut(self, items: Iterable[Item]) -> Iterator[Shard[Item, Result]]:
        """Yield the items in shards."""
        some, weight = deque[Item](), 0
        for item in items:
            some.append(item)
            weight += self.weigh(item)
            if weight >= SHARD:
                yield Shard(some)
                some, weight = deque[Item](), 0
        if some:
            yield Shard(some)

    def hand_out(self, queue: Iterable[Shard[Item, Result]]) -> None:
        """Give every idle process the next shard that none is at."""
        for shard in queue:
            if shard.items and not shard.is_out:
                worker = self.idle()
                if worker is None:
                    return
                worker.shard, shard.is_out = shard, True
                with suppress(OSError):  # it was killed while idle: `listen` hears of it
                    worker.connection.send(tuple(shard.items))

    def idle(self) -> Worker[Item, Result] | None:
        """A process without a shard, started where there may be one more."""
        for worker in self.workers:
            if worker.shard is None:
                return worker
        if len(self.workers) == self.jobs:
            return None
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=labour, args=(self.work, theirs), daemon=True)
        process.start()
        theirs.close()
        self.workers.append(Worker(process, ours))
        return self.workers[-1]

    def listen(self, seconds: float | None) -> None:
        """Take in what processes at work have to tell, waiting up to some seconds or until there is anything."""
        busy = {worker.connection: worker for worker in self.workers if worker.shard}
        for connection in wait(list(busy), seconds) if busy else ():
            worker = busy[connection]  # type: ignore[index]
            try:
                error, result = worker.connection.recv()
            except (EOFError, OSError):
                self.bury(worker)
                continue
            if error:
                raise error
            self.take(worker, result)

    def take(self, worker: Worker[Item, Result], result: Result) -> None:
        """Take in one result."""
        assert worker.shard is not None
        worker.shard.add(result)
        if not worker.shard.items:
            worker.shard = None

    def bury(self, worker: Worker[Item, Result]) -> None:
        """Let go of a process that ended; what it was at is handed out again."""
        assert worker.shard is not None
        worker.shard.die()
        self.workers.remove(worker)
        worker.connection.close()
        worker.process.join()


def labour(work: Callable[[Any], Any], connection: Connection) -> None:
    """Do what comes in until nothing more can come; interrupting is the parent's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None
    with suppress(EOFError, OSError):
        while parent.sentinel not in wait([connection, parent.sentinel]):
            for item in connection.recv():
                connection.send(outcome(work, item))


def outcome(work: Callable[[Any], Any], item: Any) -> tuple[Exception | None, Any]:
    """What the work raises or makes of an item."""
    try:
        return None, work(item)
    except Exception as error:
        return error, None
