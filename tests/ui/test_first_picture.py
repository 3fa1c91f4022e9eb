"""What the first picture waits for, seen in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.rooms import TestRoom
from tests.ui.conftest import add_blog, add_entry

LATER = (
    "PIL",
    "PySide6.QtNetwork",
    "alembic",
    "cryptography",
    "editor.crashes.report",
    "editor.desk",
    "editor.releases",
    "editor.ui.accounts",
    "editor.ui.composer",
    "editor.ui.crash.last_time",
    "editor.ui.kit.strip",
    "editor.ui.menus",
    "editor.ui.theme.icon_engine",
    "editor.ui.updates",
    "editor.web",
    "hashlib",
    "httpx",
    "jinja2",
    "keyring",
    "logging.handlers",
    "markdown",
    "nh3",
    "sqlalchemy",
    "yaml",
)

START = """
import builtins, gc, json, os, sys
from editor.ui.qt import import_qt

plain = builtins.__import__
import_qt()
from editor.cli import main
from editor.ui.main_window import MainWindow

def tell(window):
    print(json.dumps({
        "modules": list(sys.modules),
        "rows": len(window.timeline.model.ids()),
        "collects": gc.isenabled(),
        "hooked": builtins.__import__ is not plain,
    }), flush=True)
    os._exit(0)

MainWindow._after_first_picture = tell
main(["--profile", sys.argv[1]])
"""


def test_the_first_picture_shows_entries_and_has_imported_nothing_heavy(
    at: TestRoom, tmp_path: Path
) -> None:
    add_entry(at, add_blog(at, "Flood in the delta"), "River rises")
    at.close()

    told = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path / "profile")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    ).stdout
    seen = json.loads(told)

    assert seen["rows"] == 1
    assert not set(LATER) & set(seen["modules"])
    assert not seen["collects"], "garbage is collected when nothing can be garbage yet"
    assert not seen["hooked"], "PySide6 reads the source of every module that is imported"
