"""Pictures of posts: the block in the window while it is looked at, and the cards that readers get, side by side."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from PIL import Image

from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.blogs import add_blog
from editor.desk.writing import new_entry
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.sync.delivery import Held
from editor.ui.blocks.social import SocialBlock
from editor.ui.composer.composer import Composer
from editor.ui.main_window import MainWindow
from editor.ui.theme.theme import Appearance
from tests.post_samples import at, posts
from tests.site.newsroom import a_backend, a_blog, a_dispatch

SIZE = (720, 1560)


def take(profile: Profile) -> None:
    """Takes both."""
    from tests import pictures

    with Newsroom(profile) as newsroom:
        (blog,) = add_blog(
            newsroom.room, headline="Flood in the delta", timezone="Europe/Budapest"
        ).blogs
        x, bluesky, mastodon, *_ = posts()
        body = (
            Text(text="The gauge service warns of the embankment."),
            mastodon,
            replace(bluesky, gone=datetime(2026, 11, 22, 14, 5, tzinfo=UTC)),
            Social(url=x.url, network="x", handle=x.handle),
            Story(url="https://news.example.org/shelter", headline="First shelter opens"),
        )
        content = Content(headline="Gauge 7 passes the 1998 mark", body=body)
        (entry,) = new_entry(newsroom.room, blog, content).entries

        def shown(window: MainWindow) -> None:
            window.show_blog(blog)
            window.timeline.list.select(entry)
            window.open_entry(entry, focus=False)
            composer = window.composer
            assert isinstance(composer, Composer)
            block = composer.column.blocks[3]
            assert isinstance(block, SocialBlock)
            block.focus_at(1)
            pictures._keep(window, "cards-window-light")
            window.theme.set_appearance(Appearance.DARK)
            pictures._keep(window, "cards-window-dark")
            window.theme.set_appearance(Appearance.LIGHT)

        pictures._with_window(newsroom, shown)
    _reader_page(pictures.FOLDER)


def _reader_page(folder: Path) -> None:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    from tests.browser.conftest import FLAGS, Browser, Served

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    with tempfile.TemporaryDirectory() as kept:
        for flag in (*FLAGS, f"--user-data-dir={kept}/chromium"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = Service(shutil.which("chromedriver"))
        driver = webdriver.Chrome(options=options, service=service)
        browser, looks = Browser(driver), []
        for language, scheme in (("en", "light"), ("en", "dark"), ("ar", "light")):
            out = Path(kept) / f"{language}-{scheme}"
            out.mkdir()
            blog = a_blog(language=language)
            body = _shown(language)
            a_backend(out, blog).put(a_dispatch(1, Content(body=body), blog=blog), Held())
            served = Served(out)
            browser.screen(*SIZE, scheme)
            browser.open(served.base + "flood/index.html")
            picture = Path(kept) / f"{language}-{scheme}.png"
            driver.save_screenshot(str(picture))
            looks.append(Image.open(picture).convert("RGB"))
            served.close()
        driver.quit()
        sheet = Image.new("RGB", (SIZE[0] * len(looks), SIZE[1]))
        for place, look in enumerate(looks):
            sheet.paste(look, (place * SIZE[0], 0))
        sheet.save(folder / "cards-reader.png", optimize=True)


def _shown(language: str) -> tuple[Social, ...]:
    x, bluesky, mastodon, youtube, telegram, _, _, _, spotify, _ = posts()
    shown = (
        replace(x, gone=at(14, 5)),
        replace(bluesky, edited=at(14, 5)),
        mastodon,
        youtube,
        telegram,
        spotify,
    )
    if language == "en":
        return shown
    arabic = {
        "text": "تجاوز المقياس علامة عام 1998.",
        "language": "ar",
        "author": "خدمة قياس النهر",
    }
    return tuple(replace(post, **arabic) for post in shown)
