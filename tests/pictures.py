"""``make pictures``: takes the pictures under docs/pictures, of the real window with the sample, on a virtual screen.

Each is then compared with the design's by eye.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCursor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from editor.content.blocks.photo import Photo
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.blogs import add_blog, end_blog
from editor.desk.outbox import pause, resume
from editor.desk.photos import add_photo
from editor.desk.writing import new_entry
from editor.domain.ids import BlogId, EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.sync.report import SyncState
from editor.ui.bridge import Bridge, Connection
from editor.ui.dialogs.delivery_log import show_delivery_log
from editor.ui.main_window import MainWindow
from editor.ui.making import choose
from editor.ui.theme.theme import Appearance
from tests import account_pictures, card_pictures, news_pictures, preflight_pictures, quote_pictures
from tests.bench.screen import virtual_screen
from tests.clashing import clash
from tests.outbox_rows import Outbox
from tests.photo_pictures import make_card, make_entry, take_photo_pictures

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
OPEN = "Water reaches the old bridge"
GAP = 8  # pixels between two looks
CALM = 1200  # ms for thumbnails and previews to come


def main() -> int:
    """Takes every picture on a screen of its own."""
    with virtual_screen() as screen:
        environment = {**os.environ, "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"}
        command = [sys.executable, "-m", "tests.pictures", "take"]
        return subprocess.run(command, env=environment, check=False).returncode


def take() -> int:
    """Takes every picture on the screen that is there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    QCursor.setPos(0, 0)  # over nothing
    with tempfile.TemporaryDirectory() as folder:
        _first_run(Profile(Path(folder) / "fresh"))
        _main_window(Profile(Path(folder) / "sample"))
        _outbox_states(Profile(Path(folder) / "outbox"))
        _conflict(Profile(Path(folder) / "conflict"))
        preflight_pictures.take(Profile(Path(folder) / "preflight"))
        quote_pictures.take(Profile(Path(folder) / "quotes"))
        card_pictures.take(Profile(Path(folder) / "cards"))
        account_pictures.take(Profile(Path(folder) / "accounts"))
        news_pictures.take(Profile(Path(folder) / "news"))
        photos(Path(folder) / "photos")
    application.processEvents()
    return 0


def _first_run(profile: Profile) -> None:
    with Newsroom(profile) as newsroom:
        _with_window(newsroom, lambda window: _keep(window, "first-run"))


def _main_window(profile: Profile) -> None:
    with Newsroom(profile) as newsroom:
        _add_other_blogs(newsroom)
        newsroom.make_sample()
        newsroom.send(time.monotonic() + 60)

        def pictures(window: MainWindow) -> None:
            window.show_blog(_sample(newsroom))
            window.timeline.list.select(_entry(newsroom))
            window.open_entry(_entry(newsroom), focus=False)
            _keep(window, "main-light")
            window.theme.set_appearance(Appearance.DARK)
            _keep(window, "main-dark")
            window.theme.set_appearance(Appearance.LIGHT)
            window.registry.run("entry.preview")
            _keep(window, "preview")
            window.registry.run("entry.preview")

        _with_window(newsroom, pictures)


def _outbox_states(profile: Profile) -> None:
    """The outbox with a row in every state, light and dark side by side; the whole window; a delivery log."""
    with Newsroom(profile) as newsroom:
        filled = Outbox(newsroom.room, _photo(newsroom, profile))
        sending = filled.every_state()

        def pictures(window: MainWindow) -> None:
            sync = SyncState(online=True, sending=sending, skew=184.0)
            now = Connection(
                sending=True, done=sending.done, total=sending.bytes, skew=sync.skew, sync=sync
            )
            window.bridge.tell_state(now)
            window.show_list("outbox")
            _keep(window, "outbox")
            window.resize(1440, 2140)
            _keep_looks(window, window.outbox, "outbox-states", _light_and_dark(window))
            gone = Connection(online=False, since=_ago(newsroom, 20))
            rests = (
                lambda: window.bridge.tell_state(gone),
                lambda: pause(newsroom.room),
            )
            _keep_looks(window, window.outbox, "outbox-offline-paused", rests)
            resume(newsroom.room)
            window.bridge.tell_state(now)
            window.resize(1440, 900)
            entry = filled.entries["Second convoy leaves for the coast"]
            sheet = show_delivery_log(window, entry)
            _keep_looks(window, sheet, "delivery-log", _light_and_dark(window))
            sheet.close()

        _with_window(newsroom, pictures)


def _conflict(profile: Profile) -> None:
    """Two texts of one entry, and what stood before; both have changed the same sentence."""
    with Newsroom(profile) as newsroom:
        newsroom.make_sample()
        found = newsroom.views.entry(_entry(newsroom))
        photo = next(block for block in found.content.body if block.TYPE == "photo")
        dam = "The water board’s spokeswoman did not confirm that the dam at Lock 7 is damaged."
        school = Text(text="Buses run to the school on the hill.")
        shelter = Text(text="The school takes in two hundred people tonight.")
        base = Content(
            headline=OPEN,
            time=found.content.time,
            body=(Text(text=f"The water reached the old bridge at noon. {dam}"), school, photo),
        )
        mine = replace(
            base,
            body=(
                Text(text=base.body[0].text.replace("did not confirm", "did confirm")),
                school,
                replace(photo, alt="Volunteers pass sandbags along a swollen river"),
                shelter,
            ),
        )
        theirs = replace(
            base,
            headline="Water reaches the old bridge; the dam “holds”",
            body=(
                Text(text=base.body[0].text.replace("confirm", "confirm or deny")),
                school,
                replace(photo, caption="Volunteers at the old bridge, at noon"),
            ),
        )
        (entry,) = new_entry(newsroom.room, found.blog.id, base).entries
        target = clash(newsroom.room, entry, base, mine, theirs)

        def pictures(window: MainWindow) -> None:
            choose(window, entry, target)
            _keep(window, "conflict")

        _with_window(newsroom, pictures)


def photos(folder: Path) -> None:
    """A photo's block, the sheets that belong to it, and a card."""
    with Newsroom(Profile(folder / "profile")) as newsroom:
        entry, card = make_entry(newsroom, folder), make_card(folder)

        def pictures(window: MainWindow) -> None:
            take_photo_pictures(window, entry, card, _keep, lambda: _wait(CALM))

        _with_window(newsroom, pictures)


def _photo(newsroom: Newsroom, profile: Profile) -> Photo:
    """A photo of the size that photos have once they are scaled."""
    from PIL import Image

    path = profile.folder / "grain.jpg"
    Image.effect_noise((1000, 660), 60).convert("RGB").save(path, quality=85)
    return add_photo(newsroom.room, path, alt="Volunteers pass sandbags along a dyke")


def _light_and_dark(window: MainWindow) -> tuple[Callable[[], object], ...]:
    looks = (Appearance.LIGHT, Appearance.DARK)
    return tuple(partial(window.theme.set_appearance, look) for look in looks)


def _keep_looks(
    window: MainWindow, part: QWidget | None, name: str, looks: tuple[Callable[[], object], ...]
) -> None:
    """A part of the window in two looks, beside each other."""
    assert part is not None
    grabbed = []
    for look in looks:
        look()
        _wait(CALM)
        grabbed.append(part.grab())
    window.theme.set_appearance(Appearance.LIGHT)
    left, right = grabbed
    whole = QPixmap(left.width() + GAP + right.width(), left.height())
    whole.fill(Qt.GlobalColor.gray)
    painter = QPainter(whole)
    painter.drawPixmap(0, 0, left)
    painter.drawPixmap(left.width() + GAP, 0, right)
    painter.end()
    whole.save(str(FOLDER / f"{name}.png"))
    print(f"docs/pictures/{name}.png")


def _add_other_blogs(newsroom: Newsroom) -> None:
    """Beside the sample: one more blog that is live, and one that has ended."""
    for headline, entries in (("Budget day", 4), ("Marathon 2026", 6)):
        (blog,) = add_blog(newsroom.room, headline=headline, timezone="Europe/Budapest").blogs
        for _ in range(entries):
            new_entry(newsroom.room, blog)
        if entries == 6:
            end_blog(newsroom.room, blog)


def _sample(newsroom: Newsroom) -> BlogId:
    return next(row.id for row in newsroom.views.blogs() if row.slug == "flood-in-the-delta")


def _entry(newsroom: Newsroom) -> EntryId:
    rows = newsroom.views.rows(newsroom.views.timeline(_sample(newsroom)))
    return next(row.id for row in rows if row.headline == OPEN)


def _ago(newsroom: Newsroom, minutes: int) -> datetime:
    return newsroom.room.clock.now() - timedelta(minutes=minutes)


def _with_window(newsroom: Newsroom, then: Callable[[MainWindow], None]) -> None:
    bridge = Bridge(newsroom.feed)
    window = MainWindow(newsroom.room, newsroom.views, bridge, newsroom)
    window.theme.set_appearance(Appearance.LIGHT)
    window.resize(1440, 900)
    window.show()
    _wait(CALM)
    then(window)
    window.close()
    bridge.close()


def _wait(milliseconds: int) -> None:
    """Lets the window work. An event loop lets other threads run meanwhile; ``QTest.qWait`` keeps them waiting."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _keep(window: QWidget, name: str) -> None:
    _wait(CALM)
    window.grab().save(str(FOLDER / f"{name}.png"))
    print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    sys.exit(take() if sys.argv[1:] == ["take"] else main())
