"""The command line: the same desk, store and engine as the window, for scripts, support and tests.

Exit codes: 0 done; 1 a problem, told in one sentence on standard error; 2 wrong usage; 3 (sync) some deliveries still
wait; 4 (sync) something was refused or is in conflict.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command, or the window when there is none; returns the exit code."""
    words = tuple(sys.argv[1:] if argv is None else argv)
    match words:
        case ():
            return _open_window(None)
        case ("--profile", folder):
            return _open_window(folder)
        case _:
            from editor.cli.running import run_command

            return run_command(words)


def _open_window(folder: str | None) -> int:
    """The window alone is asked for: it does not wait for the commands to be imported."""
    # Nothing that is made before the first picture can be thrown away again; ``editor.app`` turns this on after it.
    gc.disable()
    from editor.ui.qt import import_qt

    import_qt()
    from editor.app import run_window
    from editor.paths import profile

    return run_window(profile(folder))
