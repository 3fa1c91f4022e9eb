"""The first day of a newcomer: from an empty profile to an entry on the page that readers see, by keys and mouse alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.domain.ids import EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.sync.delivery import Visibility
from editor.ui.theme.tokens import LIGHT
from tests.browser.conftest import Browser, Served
from tests.promises.driver import ROOT, Desktop, desktop, environment, wait_for, window

pytestmark = [pytest.mark.slow, pytest.mark.browser]

HEADLINE = "Sandbags reach the old bridge"
WORDS = "The water stands at 7.4 m. 水位已达七点四米。 وصل الماء إلى الجسر. המים עולים. जलस्तर बढ़ा।"
QUOTE = "We have three pumps, and we need ten."
SHOWS = "The old bridge at dusk"
SPEAKER = "River engineer"
POST = "https://social.example/@gauges/113456789012345678"
AFTERWARDS = "More at noon."
COMPOSER = 655
"""Where the composer begins, from the left of the screen."""


@pytest.fixture
def desk() -> Iterator[Desktop]:
    if shutil.which("Xvfb") is None or shutil.which("openbox") is None:
        pytest.skip("needs Xvfb and openbox")
    with desktop(HEADLINE + WORDS + QUOTE) as made:
        yield made


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where the steps are kept to be looked at: the folder that ``JOURNEY_PICTURES`` names, if it does."""
    folder = Path(os.environ.get("JOURNEY_PICTURES", tmp_path / "pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def look(desk: Desktop, pictures: Path) -> Callable[[str], None]:
    """Takes a picture of the screen."""
    steps = iter(range(1, 100))
    return lambda name: desk.picture(pictures / f"{next(steps):02}-{name}.png")


@contextmanager
def copied(desk: Desktop, words: str) -> Iterator[None]:
    """Somebody has copied this in another program."""
    other = subprocess.Popen(
        [sys.executable, "-m", "tests.journey.clipboard", words],
        cwd=ROOT,
        env=environment(DISPLAY=desk.screen.name, QT_QPA_PLATFORM="xcb"),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    try:
        assert other.stdout.readline() == "copied\n"
        yield
    finally:
        other.terminate()
        other.communicate(timeout=20)


def test_a_newcomer_writes_and_publishes_the_first_entry_without_a_network(
    tmp_path: Path,
    desk: Desktop,
    look: Callable[[str], None],
    pictures: Path,
    browser: Browser,
) -> None:
    profile, photo = tmp_path / "profile", tmp_path / "bridge.jpg"
    Image.radial_gradient("L").resize((1200, 800)).convert("RGB").save(photo)
    with window(profile, desk):
        look("first-run")
        start_with_the_sample(desk, profile)
        look("timeline")
        desk.press("ctrl+n")
        desk.settle()
        desk.type(f"{HEADLINE}\n{WORDS}")
        wait_for("the words are kept", lambda: newest(profile) is not None)
        entry = newest(profile)
        assert entry is not None
        look("words")
        add_a_quote(desk)
        look("quote")
        paste_a_post(desk, profile, entry, look)
        look("post")
        choose_a_photo(desk, photo)
        wait_for("the photo is taken in", lambda: "photo" in kinds(profile, entry))
        desk.settle()
        look("photo")
        desk.press(
            "ctrl+Return"
        )  # a photo without alt text goes nowhere; the cursor goes to the field
        desk.settle()
        look("asked")
        desk.type(SHOWS)
        desk.settle()
        desk.press("ctrl+Return")
        wait_for("it is public", lambda: is_public(profile, entry))
        desk.settle()
        look("published")
    assert kinds(profile, entry) == ["text", "quote", "social", "text", "photo"]
    read_as_a_reader(browser, profile, entry, pictures)


def start_with_the_sample(desk: Desktop, profile: Path) -> None:
    """The filled button of the first page."""
    desk.click(*desk.button())
    wait_for("the sample is made", lambda: len(timeline(profile)) >= 25)
    wait_for("the sample is public", lambda: waiting(profile) <= 1)
    desk.settle(1)


def add_a_quote(desk: Desktop) -> None:
    """An empty line, ``/``, the first letters of the block, Enter; words, Tab, the speaker, Tab."""
    desk.type("\n")
    desk.settle()
    desk.type("/quo")
    desk.settle()
    desk.press("Return")
    desk.settle()
    desk.type(QUOTE)
    desk.press("Tab")
    desk.settle()
    desk.type(SPEAKER)
    desk.press("Tab")
    desk.settle()


def paste_a_post(desk: Desktop, profile: Path, entry: EntryId, look: Callable[[str], None]) -> None:
    """A click below the text, Ctrl+V, and a click on the offer to make a post of it."""
    desk.click(1050, 740)
    desk.settle()
    with copied(desk, POST):
        desk.press("ctrl+v")
        desk.settle()
        look("address")
        desk.click(*offer(desk))
        wait_for("it is a post", lambda: "social" in kinds(profile, entry))
    desk.settle()
    desk.click(1050, 740)
    desk.settle()
    desk.type(AFTERWARDS)
    desk.settle()


def offer(desk: Desktop) -> tuple[int, int]:
    """The button of the note at the foot of the composer: beside its right end, in the height of its coloured mark."""
    pixels = desk.look() & 0xFFFFFF
    accent = int(LIGHT.accent.removeprefix("#"), 16)
    for x in range(COMPOSER, pixels.shape[1] - 300):
        rows = np.flatnonzero(pixels[:, x] == accent)
        if len(rows) > 30 and (np.diff(rows) == 1).all() and rows[0] > 700:
            right = np.flatnonzero(pixels[rows[0] + 5, x:] == 0xFFFFFF)
            return x + int(right[-1]) - 80, int(rows.mean())
    raise AssertionError("nothing is offered")


def choose_a_photo(desk: Desktop, photo: Path) -> None:
    """The file dialog: the whole path, and Enter."""
    before = desk.active()
    desk.press("ctrl+shift+p")
    wait_for("the file dialog", lambda: desk.active() not in (0, before))
    desk.settle()
    desk.type(str(photo))
    desk.settle()
    desk.press("Return")
    wait_for("the dialog is gone", lambda: desk.active() == before)


def read_as_a_reader(browser: Browser, profile: Path, entry: EntryId, pictures: Path) -> None:
    """The live blog's page in a browser, from a server of this machine."""
    served = Served(profile / "site")
    try:
        browser.open(f"{served.base}flood-in-the-delta/")
        text = browser.until(
            "const e = document.getElementById(arguments[0]); return e && e.innerText", f"e-{entry}"
        )
        for words in (HEADLINE, WORDS, QUOTE, SPEAKER, "@gauges@social.example", AFTERWARDS):
            assert words in text or words in text.replace("\n", " "), words
        width = browser.until(
            "const i = document.querySelector('#' + CSS.escape(arguments[0]) + ' img');"
            "i.scrollIntoView(); return i.complete && i.naturalWidth",
            f"e-{entry}",
        )
        assert width > 0
        links = browser.run(
            "return [...document.getElementById(arguments[0]).querySelectorAll('a')].map(a => a.href)",
            f"e-{entry}",
        )
        assert POST in links
        browser.driver.save_screenshot(str(pictures / "reader.png"))
        assert browser.complaints() == []
        assert all(address.startswith(served.base) for address in browser.asked())
    finally:
        served.close()


def timeline(profile: Path) -> tuple[EntryId, ...]:
    if not (profile / "dateline.db").exists():
        return ()
    with Newsroom(Profile(profile)) as newsroom:
        blogs = newsroom.views.blogs()
        return newsroom.views.timeline(blogs[0].id) if blogs else ()


def newest(profile: Path) -> EntryId | None:
    """The entry that was begun last, when all its words are kept."""
    with Newsroom(Profile(profile)) as newsroom:
        for row in newsroom.views.rows(timeline(profile)):
            if row.headline == HEADLINE:
                content = newsroom.views.entry(row.id).content
                return row.id if getattr(content.body[0], "text", "") == WORDS else None
    return None


def kinds(profile: Path, entry: EntryId) -> list[str]:
    with Newsroom(Profile(profile)) as newsroom:
        return [block.TYPE for block in newsroom.views.entry(entry).content.blocks]


def waiting(profile: Path) -> int:
    with Newsroom(Profile(profile)) as newsroom:
        return len(newsroom.views.outbox())


def is_public(profile: Path, entry: EntryId) -> bool:
    with Newsroom(Profile(profile)) as newsroom:
        deliveries = newsroom.views.entry(entry).deliveries
    return bool(deliveries) and deliveries[0].held.visibility is Visibility.PUBLIC
