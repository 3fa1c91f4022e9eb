"""Where an error happened, in words that give nothing away: module, function and line, and nothing else.

A traceback names files by their whole paths, and so the user; messages and locals may hold a text, a source or a
secret. None of it is ever asked for here: not ``str(error)``, not a note, not a variable.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath
from types import TracebackType

import msgspec

ELSEWHERE = "elsewhere"
"""What stands for code that is neither ours nor a library's: its name might be a file of the user's."""
FIRST, LAST = 8, 24
"""How many frames of a long trace are told, from its beginning and from its end."""
CAUSES = 5

_OURS = ("editor", "db")
_FROZEN = re.compile(r"<frozen ([A-Za-z_][\w.]{0,80})>", re.ASCII)
_PART = re.compile(r"\w{1,60}", re.ASCII)
_FUNCTION = re.compile(r"(?:\w|\.|<(?:locals|lambda|module|genexpr|\w+comp)>)+", re.ASCII)
_LIBRARIES = ("site-packages", "dist-packages")
_HERE = Path(__file__)
_ROOTS = tuple(dict.fromkeys((_HERE.parents[2], _HERE.resolve().parents[2])))
_STANDARD = PurePath(os.__file__).parent


class Cause(msgspec.Struct, frozen=True):
    """One error of a chain: its class, in words, and where it came from, the outermost call first."""

    kind: str
    frames: tuple[str, ...]


def causes(error: BaseException) -> tuple[Cause, ...]:
    """The error, then what it came of or came on top of, then that one's."""
    told: list[Cause] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen and len(told) < CAUSES:
        seen.add(id(at))
        kind = f"because of {kind_of(at)}" if told else kind_of(at)
        told.append(Cause(kind, shortened(list(_frames(at.__traceback__)))))
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return tuple(told)


def kind_of(error: BaseException) -> str:
    """The error's class, with the system's number for it where it has one: ``OSError (ENOSPC)``."""
    kind = type(error)
    # an error of a module that nobody knows may bear the name of a file
    file = getattr(sys.modules.get(kind.__module__), "__file__", None) or ""
    module = module_of(file)
    name = kind.__qualname__ if module == ELSEWHERE else f"{module}.{kind.__qualname__}"
    told = name if len(name) <= 120 and _FUNCTION.fullmatch(name) else "an error"
    if isinstance(error, OSError) and isinstance(error.errno, int):
        told += f" ({errno.errorcode.get(error.errno, error.errno)})"
    if isinstance(error, BaseExceptionGroup):
        told += f" of {len(error.exceptions)}"
    return told


def place(file: str, function: str, line: int) -> str:
    """One frame: ``editor.ui.main_window:MainWindow.new_entry:142``."""
    module = module_of(file)
    if module == ELSEWHERE:
        return ELSEWHERE
    known = len(function) <= 120 and _FUNCTION.fullmatch(function)
    return f"{module}:{function if known else '?'}:{line}"


def module_of(file: str) -> str:
    """The module that a code's file holds, seen from the installation; ``ELSEWHERE`` for any other file."""
    if frozen := _FROZEN.fullmatch(file):
        return frozen[1]
    path = PurePath(file)
    if path.suffix not in (".py", ".pyc"):
        return ELSEWHERE
    inner = _inner_parts(path)
    if inner[-1:] == ["__init__"] and len(inner) > 1:
        inner = inner[:-1]
    if not inner or len(inner) > 12 or not all(_PART.fullmatch(part) for part in inner):
        return ELSEWHERE
    return ".".join(inner)


def shortened(frames: list[str]) -> tuple[str, ...]:
    """The frames, without the middle of a recursion that never ended."""
    if len(frames) <= FIRST + LAST:
        return tuple(frames)
    left_out = len(frames) - FIRST - LAST
    return (*frames[:FIRST], f"({left_out} more)", *frames[-LAST:])


def _frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield place(code.co_filename, code.co_qualname, trace.tb_lineno)
        trace = trace.tb_next


def _inner_parts(path: PurePath) -> list[str]:
    """The path's parts below the folder that modules are found in, the last without its ending."""
    parts = [*path.parts[:-1], path.stem]
    for folder in _LIBRARIES:
        if folder in parts:
            return parts[len(parts) - parts[::-1].index(folder) :]
    for root in _ROOTS:
        if path.is_relative_to(root) and (inner := parts[len(root.parts) :])[0] in _OURS:
            return inner
    if path.is_relative_to(_STANDARD):
        return parts[len(_STANDARD.parts) :]
    # a packaged program's modules have no folder
    packaged = getattr(sys, "frozen", False) and not path.is_absolute()
    return parts if packaged and _is_top(parts[0]) else []


def _is_top(name: str) -> bool:
    """Whether a module of this name is part of the packaged program."""
    return name in _OURS or name in sys.stdlib_module_names or name in sys.modules
