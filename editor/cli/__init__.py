"""The command line: the same desk, store and engine as the window, for scripts, support and tests.

Exit codes: 0 done; 1 a problem, told in one sentence on standard error; 2 wrong usage; 3 (sync) some deliveries still
wait; 4 (sync) something was refused or is in conflict.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from editor.paths import Profile, profile


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command, or the window when there is none; returns the exit code."""
    words = tuple(sys.argv[1:] if argv is None else argv)
    chosen = _window_alone(words)
    if chosen is not None:
        from editor.app import run_window

        return run_window(chosen)
    from editor.cli.running import run_command

    return run_command(words)


def _window_alone(words: tuple[str, ...]) -> Profile | None:
    """The profile, where only the window is asked for: it does not wait for the commands to be imported."""
    match words:
        case ():
            return profile()
        case ("--profile", folder):
            return profile(folder)
        case _:
            return None
