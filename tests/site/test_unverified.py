"""A claim that nobody confirmed bears a mark wherever it is read: on the page, in lists, in feeds, by machines."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from editor.backends._wire import told
from editor.backends.site import SiteBackend
from editor.content.blocks.text import Text
from editor.content.entry import Content, digest, encode
from editor.site.labels import unverified
from editor.site.words import words
from editor.sync.delivery import Held
from tests.site.newsroom import a_backend, a_blog, a_dispatch, id_of

CLAIM = Content(
    headline="Pumps said to have stopped",
    key_event=True,
    pinned=True,
    unverified=True,
    body=(Text(text="Two witnesses say so."),),
)


@pytest.fixture
def backend(tmp_path: Path) -> SiteBackend:
    return a_backend(tmp_path)


def linked(page: str) -> dict[str, object]:
    start = page.index('<script type="application/ld+json"')
    found: dict[str, object] = json.loads(
        page[page.index(">", start) + 1 : page.index("</", start)]
    )
    return found


def test_the_mark_stands_on_the_page_in_its_lists_and_in_what_machines_read(
    backend: SiteBackend, tmp_path: Path
) -> None:
    held = backend.put(a_dispatch(1, CLAIM), Held())
    folder = tmp_path / "flood"
    own = (folder / "e" / id_of(1) / "index.html").read_text("utf-8")
    index = (folder / "index.html").read_text("utf-8")
    assert own.count('<p class="unverified" lang="en">Not verified</p>') == 1
    assert index.count('class="unverified"') == 1  # pinned on top
    assert "Not verified: Pumps said to have stopped</a></li>" in index
    said = linked(own)
    assert said["headline"] == "Not verified: Pumps said to have stopped"
    assert said["articleBody"] == "Not verified: Two witnesses say so."
    feed = json.loads((folder / "feed.json").read_text("utf-8"))["items"][0]
    assert feed["title"].startswith("Not verified: ")
    assert feed["content_html"].startswith('<p class="unverified"><strong>Not verified')
    assert feed["_liveblog"]["unverified"] is True
    assert "Not verified: Pumps" in (folder / "atom.xml").read_text("utf-8")
    confirmed = replace(CLAIM, unverified=False)
    backend.put(a_dispatch(1, confirmed, revision=2), held)
    for file in folder.rglob("*.html"):
        assert "Not verified" not in file.read_text("utf-8")
    for name in ("feed.json", "atom.xml", "site.json"):
        assert "verified" not in (folder / name).read_text("utf-8")


def test_every_language_of_the_page_has_the_mark() -> None:
    english = unverified("en")
    for tag in ("ar", "de", "es", "fa", "fr-CA", "he", "hi", "hu", "zh-Hans"):
        assert words(tag) is not words("en")
        assert unverified(tag) != english
    assert unverified("xx") == english


def test_an_arabic_page_bears_it_in_arabic(tmp_path: Path) -> None:
    blog = a_blog(language="ar")
    backend = a_backend(tmp_path, blog)
    backend.put(a_dispatch(1, CLAIM, blog=blog), Held())
    own = (tmp_path / "flood" / "e" / id_of(1) / "index.html").read_text("utf-8")
    assert f'<p class="unverified" lang="ar">{unverified("ar")}</p>' in own


def test_a_server_gets_the_mark_in_what_it_may_show_as_it_is() -> None:
    sent = told(a_dispatch(1, CLAIM), rendered=True)
    assert sent["html"].startswith('<p class="unverified">')
    assert sent["text"].startswith("Not verified\n\n")
    assert json.loads(bytes(sent["content"]))["unverified"] is True


def test_a_text_that_does_not_use_the_mark_keeps_its_bytes() -> None:
    plain = replace(CLAIM, unverified=False)
    assert plain == replace(CLAIM, unverified=msgspec.UNSET)
    assert b"unverified" not in encode(plain)
    assert digest(plain) != digest(CLAIM)
