"""The window that Wine draws on an X server, and an entry that is typed into it and published.

It is Qt's way onto a Windows screen, which nothing that is drawn without one takes. Only keys of Wine's own keyboard are pressed:
it knows no others.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import smoke
from product import ROOT, TITLE
from smoke import Packaged, Trouble

BLOG = "typed"
HEADLINE = "Written in a window of Wine"
WORDS = "The water stands at 7.4 m."


def type_and_publish(packaged: Packaged, picture: Path) -> str:
    """Writes an entry into the blog there is, as somebody at a keyboard does. Raises ``Trouble`` where it is not published as it was typed."""
    sys.path.append(str(ROOT))
    from tests.promises.driver import desktop, wait_for

    with desktop() as desk:
        begun = time.monotonic()
        with smoke.window(packaged, DISPLAY=desk.screen.name):
            wait_for("the window", lambda: desk.named(TITLE))
            took = time.monotonic() - begun
            desk.settle(1)
            desk.press("ctrl+n")
            desk.settle()
            desk.type(f"{HEADLINE}\n{WORDS}", gap=0.03)
            desk.settle(1)
            desk.press("ctrl+Return")
            desk.settle(1)
            desk.picture(picture)
    stages = [
        entry["stage"]
        for entry in packaged.json("entry", "list", BLOG)
        if entry["headline"] == HEADLINE
    ]
    if stages != ["published"]:
        raise Trouble(f"of what was typed there is {stages}; see {picture}")
    return f"typed and published; the window came after {took:.1f} s; see {picture}"
