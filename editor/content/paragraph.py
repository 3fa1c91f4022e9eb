"""A paragraph of an entry file that is nothing but an address: how kinds of block tell one."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ADDRESS = re.compile(r"(?P<open><)?(?P<url>(?:https?|at)://[^\s<>\"]+)(?(open)>)[ ]*")


def bare_address(lines: Sequence[str]) -> str | None:
    """The address that stands alone in these lines, in angle brackets or bare."""
    found = _ADDRESS.fullmatch(lines[0]) if len(lines) == 1 else None
    return found["url"] if found else None
