"""A bad line for tests: so many bits a second, so long a way, and packets that are lost.

Two network namespaces with the line between them show what TCP makes of it (``namespaces``). Where they cannot be made, for
want of rights, a proxy delays and paces the bytes (``proxy``). Both are a ``Line``; ``kind`` says which one it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.line import namespaces, proxy
from tests.line.shape import Line, Shape


@contextmanager
def a_line(shape: Shape) -> Iterator[Line]:
    """The best line that can be made here."""
    with ExitStack() as opened:
        try:
            line: Line = opened.enter_context(namespaces.between(shape))
        except OSError:
            line = opened.enter_context(proxy.between(shape))
        yield line
