"""What a reader sees of social posts, and who learns of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from editor.content.blocks.social import Social
from editor.content.entry import Content
from editor.content.frames import frame
from editor.sync.delivery import Held
from tests.browser.conftest import Browser, Served
from tests.browser.test_reader_page import CONTRAST, HERE, SMALL, clean
from tests.post_samples import URLS, at, kept, posts
from tests.site.newsroom import a_backend, a_blog, a_dispatch, id_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAME = """
const f = document.querySelector('iframe');
return [f.src, f.getAttribute('sandbox'), f.getAttribute('referrerpolicy'), f.loading, f.title, document.activeElement === f];
"""


def show(folder: Path, *shown: Social, language: str = "en") -> None:
    (folder / "out").mkdir(exist_ok=True)
    blog = a_blog(language=language)
    a_backend(folder / "out", blog).put(a_dispatch(1, Content(body=shown), blog=blog), Held())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_cards_of_every_network_fit_can_be_read_and_ask_nobody(
    browser: Browser, served: Served, tmp_path: Path, language: str, width: int, scheme: str
) -> None:
    gone = replace(posts()[0], gone=at(14, 5))
    edited = replace(posts()[1], edited=at(14, 5))
    show(tmp_path, *posts(), gone, edited, language=language)
    browser.screen(width, 900, scheme)
    browser.open(served.base + "flood/index.html")
    assert browser.run("return document.querySelectorAll('.post').length") == len(URLS) + 2
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.run(CONTRAST) == []
    assert browser.run(SMALL) == []
    framed = sum(frame(url) is not None for url in URLS.values())
    assert browser.run("return document.querySelectorAll('.load').length") == framed + 1
    assert browser.run("return document.querySelectorAll('iframe').length") == 0
    clean(browser, served)


@pytest.mark.parametrize("network", [name for name, url in URLS.items() if frame(url)])
def test_a_key_press_loads_one_frame_in_its_sandbox_and_another_closes_it(
    browser: Browser, served: Served, tmp_path: Path, network: str
) -> None:
    show(tmp_path, Social.from_kept(kept(network), "a" * 64))
    browser.open(f"{served.base}flood/e/{id_of(1)}/index.html")
    # nothing may leave this machine: the frame's address is kept and not followed
    browser.run(
        "const set = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'src');"
        "Object.defineProperty(HTMLIFrameElement.prototype, 'src', {"
        " get() { return this.dataset.src; }, set(v) { this.dataset.src = v; }, configurable: true });"
    )
    found = frame(URLS[network])
    assert found is not None
    button = browser.driver.find_element("css selector", ".load")
    said = button.text
    assert found.name in said and "will learn your address" in said
    assert ("which site" in said) is found.tells_site
    browser.run("arguments[0].focus()", button)
    button.send_keys("\n")
    sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    sandbox += " allow-same-origin" if found.own_origin else ""
    referrer = "strict-origin" if found.tells_site else "no-referrer"
    title = f"Post on {found.name}"
    assert browser.run(FRAME) == [found.src, sandbox, referrer, "lazy", title, True]
    assert button.text == "Close the post"
    button.send_keys(" ")
    assert browser.run("return document.querySelectorAll('iframe').length") == 0
    assert browser.run("return document.activeElement === arguments[0]", button)
    assert button.text == said
    asked = [url for url in browser.asked() if not url.startswith(("data:", "about:"))]
    assert asked and all(url.startswith(served.base) for url in asked)


def test_a_post_of_a_host_that_came_later_has_its_link_and_no_button(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir(exist_ok=True)
    backend = a_backend(tmp_path / "out", poll="1")
    by_network = dict(zip(URLS, posts(), strict=True))
    backend.put(a_dispatch(1, Content(body=(by_network["x"],))), Held())
    browser.open(served.base + "flood/index.html")
    later = Content(body=(by_network["telegram"], by_network["mastodon"]))
    backend.put(a_dispatch(2, later), Held())
    browser.until(HERE, id_of(2))
    known, unknown = browser.driver.find_elements("css selector", f"#e-{id_of(2)} .post")
    assert known.find_element("css selector", ".load").is_displayed()
    assert unknown.find_elements("css selector", ".load") == []
    link = unknown.find_element("css selector", ".kept a")
    assert link.get_attribute("href") == URLS["mastodon"]
    browser.open(served.base + "flood/index.html?again")
    assert len(browser.driver.find_elements("css selector", ".load")) == 3
    clean(browser, served)


def test_without_scripts_there_is_the_link_alone(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    show(tmp_path, *posts())
    browser.scripts(on=False)
    browser.open(served.base + "flood/index.html")
    links = browser.driver.find_elements("css selector", ".post .kept a")
    assert [link.get_attribute("href") for link in links] == [post.url for post in posts()]
    assert browser.driver.find_elements("css selector", ".post button") == []
    clean(browser, served)
