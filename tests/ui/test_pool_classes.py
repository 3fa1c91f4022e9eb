"""No class of Qt's is made in the pool: two threads that make one at the same moment end the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.media.pictures import drawn

WORK = """
import enum
import sys
from pathlib import Path
from types import SimpleNamespace

from editor.ui.qt import import_qt

import_qt()
from PySide6.QtCore import QCoreApplication, QSize
from shiboken6 import Shiboken

from editor.changes import Feed
from editor.content.print import Box, Edit
from editor.ui.blocks.printed import printed, read_picture, read_thumbnail
from editor.ui.bridge import Bridge
from editor.ui.thumbnails import Thumbnails

folder = Path(sys.argv[1])
photo = folder / "a.jpg"
edit = Edit(blurs=(Box(0, 0, 5000, 5000),), crop=Box(0, 0, 5000, 5000), turns=1)


def made() -> set[str]:
    found, left = set(), [Shiboken.Object, enum.Enum]
    while left:
        for kind in type.__subclasses__(left.pop()):
            if kind not in found:
                found.add(kind)
                left.append(kind)
    return {f"{kind.__module__}.{kind.__qualname__}" for kind in found}


def work() -> list[str]:
    before = made()
    from PySide6.QtGui import QImage

    thumbnails._from_renditions = lambda asset, size: QImage()
    for number in range(2):  # the second time it is on the disk
        assert not thumbnails._make("a", "a", QSize(20, 10)).isNull()
    for image in (read_thumbnail(photo, 10, 10), read_picture(photo, 10)):
        assert not printed(image, edit).isNull()
        image.save(str(folder / "b.png"), "PNG")
    assert not QImage.fromData(photo.read_bytes()).isNull()
    return sorted(made() - before)


def done(found: list[str]) -> None:
    print("made in the pool:", found)
    application.quit()


def failed(error: Exception) -> None:
    print("failed:", repr(error))
    application.quit()


application = QCoreApplication([])
bridge = Bridge(Feed())
room = SimpleNamespace(shelf=SimpleNamespace(original=lambda asset: photo))
thumbnails = Thumbnails(room, bridge, folder / "thumbnails")
bridge.run_in_pool(work, done, failed)
application.exec()
bridge.close()
"""


def test_all_that_the_pool_uses_of_qt_was_made_in_the_windows_thread(tmp_path: Path) -> None:
    drawn().save(tmp_path / "a.jpg")
    ran = subprocess.run(
        [sys.executable, "-c", WORK, str(tmp_path)],
        cwd=REPOSITORY,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert (ran.stdout, ran.stderr) == ("made in the pool: []\n", "")
