"""Slow work for something that may be put away before the work is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Pool:
    """Runs work as ``run_in_pool`` does, until it is closed: what is done after that is told to nobody."""

    def __init__(self, run_in_pool: Callable[..., None]) -> None:
        self._run_in_pool = run_in_pool
        self._closed = False

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Does slow work in another thread; ``done`` or ``failed`` is called in the window's."""
        self._run_in_pool(work, self._while_open(done), self._while_open(failed))

    def close(self) -> None:
        """Nobody wants to know any more."""
        self._closed = True

    def _while_open(self, call: Callable[[T], None]) -> Callable[[T], None]:
        def tell(result: T) -> None:
            if not self._closed:
                call(result)

        return tell
