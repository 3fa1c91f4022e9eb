"""What ``datelinew.exe`` runs: the window, for those who come from the Start menu or from Explorer and have no console.

Explorer gives it entry files. They are taken in as drafts, then the window comes to the front. A file beside a ``blog.json`` goes to
that blog, any other to the one live blog; where there are several, nobody guesses. No command shell stands between: it
would read the names of files as commands.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing import freeze_support
from pathlib import Path

from editor.cli import main as dateline

Command = Callable[[Sequence[str]], int]


def main(words: Sequence[str], run: Command = dateline) -> int:
    """Opens the window, after what was given was taken in; returns the exit code."""
    _give_streams()
    if not words or not all(Path(word).is_file() for word in words):
        return run(words)
    troubles = [said for word in words if (said := take_in(word, run))]
    if troubles:
        tell("\n".join(troubles))
    return run(())


def take_in(file: str, run: Command = dateline) -> str:
    """Imports a file; returns what stands against it, or nothing."""
    code, _, said = _captured(run, "import", file)
    if code and (blog := _one_live_blog(run)):
        code, _, said = _captured(run, "import", "--blog", blog, file)
    return said if code else ""


def tell(said: str) -> None:
    """Says it in a box, and waits until it was read."""
    if sys.platform == "win32":
        import ctypes

        exclamation = 0x30
        ctypes.windll.user32.MessageBoxW(None, said, "Dateline", exclamation)
    else:
        sys.stderr.write(f"{said}\n")


def _one_live_blog(run: Command) -> str:
    code, printed, _ = _captured(run, "--json", "blog", "list")
    live = [] if code else [row["slug"] for row in json.loads(printed) if row["status"] == "live"]
    return str(live[0]) if len(live) == 1 else ""


def _captured(run: Command, *words: str) -> tuple[int, str, str]:
    printed, told = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(told):
        code = run(words)
    lines = [line.removeprefix("dateline: ") for line in told.getvalue().splitlines()]
    return code, printed.getvalue(), "\n".join(lines)


def _give_streams() -> None:
    """Windows gives a program without a console nothing to write to, and the command line writes."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


if __name__ == "__main__":
    freeze_support()  # a bundled program is its own photo process
    sys.exit(main(sys.argv[1:]))
