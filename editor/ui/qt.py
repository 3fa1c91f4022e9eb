"""Qt without PySide6's hook on ``import``, which reads the source of every module that is imported after it.

The hook looks for modules that ask for Qt's names in snake case (``from __feature__ import snake_case``). None does
here; reading them all costs a sixth of the start, and the memory for every source.
"""

from __future__ import annotations

import builtins


def import_qt() -> None:
    """Imports Qt, and leaves ``import`` as it was."""
    plain = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401

    builtins.__import__ = plain
