"""Writes that run while the next rows are being made: one at a time, in the order they were given."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType


class Behind:
    """One thread that writes; whoever hands over a batch waits until the one before it is written."""

    def __init__(self, progress: Callable[[str, int], None]) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._progress = progress
        self._pending: tuple[Future[None], str, int] | None = None

    def __enter__(self) -> Behind:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()

    def write(self, work: Callable[[], None], stage: str, number: int) -> None:
        """Let a batch be written; raises what the one before it raised, and then writes nothing."""
        self.finish()
        self._pending = self._pool.submit(work), stage, number

    def finish(self) -> None:
        """Wait until all is written, and tell of it."""
        if self._pending:
            (future, stage, number), self._pending = self._pending, None
            future.result()
            self._progress(stage, number)
