"""The lab: opens photos in a process of its own, which may die or hang over one without harm to what is being written.

A decoder that is made to crash by a hostile file takes that process with it and nothing else; the next photo gets a new
one. The process is started by the first photo, kept for those that follow, and ends by itself when none came for a while.
``concurrent.futures`` is not used: its pools cannot stop work that hangs.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import msgspec

from editor.problems import Refused, refuse

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 60.0
"""Seconds that a photo may take."""

IDLE = 60.0
"""Seconds that the process waits for another photo."""

MEMORY = 3 << 30
"""Bytes of address space: a photo of the greatest size that is taken, and no bomb."""

_log = logging.getLogger(__name__)


class Lab:
    """``ports.Lab`` in another process. For any thread; one photo at a time."""

    def __init__(self, *, patience: float = PATIENCE, idle: float = IDLE) -> None:
        self._patience = patience
        self._idle = idle
        self._turn = Lock()
        self._worker: _Worker | None = None
        self._closed = False

    def do(
        self,
        work: Callable[Concatenate[Path, P], T],
        path: Path,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What a pure function of a photo's file returns. ``work`` is a module's function, ``path`` its first argument.

        Raises ``Refused`` as it does, and ``photo-too-hard`` where the process died over it twice or was not done in time.
        """
        with self._turn:
            made, problems = self._ask((work, path, args, kwargs), path)
        if problems:
            raise Refused(*problems)
        return made  # type: ignore[no-any-return]

    def close(self) -> None:
        """Ends the process, also in the midst of a photo."""
        self._closed = True
        if (worker := self._worker) is not None:
            worker.process.kill()

    def _ask(self, request: object, path: Path) -> Any:
        for _ in range(2):  # twice, as the system may have ended it for reasons of its own
            worker = self._ready(path)
            with suppress(EOFError, OSError):
                worker.end.send(request)
                if worker.end.poll(self._patience):
                    return worker.end.recv()
                _log.info("a photo took longer than %s s", self._patience)
                self._end()
                break
            self._end()
        raise _too_hard(path)

    def _ready(self, path: Path) -> _Worker:
        if self._worker is not None and not self._worker.process.is_alive():
            self._end()
        if self._worker is None:
            if self._closed:
                raise _too_hard(path)
            try:
                self._worker = _start(self._idle)
            except OSError as error:  # no memory, or too many processes
                raise _too_hard(path) from error
        return self._worker

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.process.kill()
            worker.process.join()
            worker.end.close()


class _Worker(msgspec.Struct, frozen=True):
    process: SpawnProcess
    end: Connection


def _too_hard(path: Path) -> Refused:
    return refuse("photo-too-hard", str(path), name=path.name)


def _start(idle: float) -> _Worker:
    # Never forked: the window's threads may hold locks at that moment.
    from multiprocessing import get_context

    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, idle), daemon=True, name="photos")
    try:
        process.start()
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()  # so that the end of the process is the end of the pipe
    return _Worker(process, ours)


def _serve(end: Connection, idle: float) -> None:
    """The process: one answer to each request, until the window is gone or asks for nothing any more."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program that waits
    _limit_memory()
    with suppress(EOFError, OSError):
        while end.poll(idle):
            work, path, args, kwargs = end.recv()
            end.send(_answer(work, path, args, kwargs))


def _answer(work: Callable[..., object], path: Path, args: Any, kwargs: Any) -> object:
    try:
        return work(path, *args, **kwargs), ()
    except Refused as refused:
        return None, refused.problems
    except MemoryError:
        return None, _too_hard(path).problems


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):  # macOS refuses some limits
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
