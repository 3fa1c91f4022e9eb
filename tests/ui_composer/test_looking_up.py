"""Posts and stories are looked up from their blocks, over a web on this laptop; nothing that was typed is typed over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.desk import embeds
from editor.desk.protecting import protect
from editor.settings import Fetching, Settings
from editor.ui.blocks.social import SocialBlock
from editor.ui.blocks.story import StoryBlock
from tests.embeds.samples import MASTODON, STATUS, status
from tests.embeds.web import Reply, Web, page, said
from tests.ui_composer.conftest import Writer

WORDS = "آب در میل ۷ متر است & بالا می‌آید\n\nMore:\nsee https://news.example/a"
NEWS = "https://news.example/a"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    made = Web()
    made.answers[STATUS] = said(status())
    made.answers["news.example"] = page(
        "<title>Water reaches the bridge</title><meta property='og:site_name' content='Delta News'>"
    )
    monkeypatch.setattr(embeds, "_fetcher", made.fetcher)
    yield made
    made.close()


def a_post(writer: Writer, url: str = MASTODON) -> SocialBlock:
    writer.open()
    writer.composer.adding.insert("social")
    block = writer.column.blocks[0]
    assert isinstance(block, SocialBlock)
    block.url.setFocus()
    writer.type(url)
    return block


def wait(block: SocialBlock | StoryBlock) -> None:
    for _ in range(500):
        if not block.look.busy:
            return
        QTest.qWait(20)
    pytest.fail("it is still being looked at")


def post_of(writer: Writer) -> Social:
    post = writer.column.body()[0]
    assert isinstance(post, Social)
    return post


def press(block: SocialBlock | StoryBlock) -> None:
    QTest.keyClick(block.look.button, Qt.Key.Key_Return)


def test_a_post_is_looked_up_when_somebody_asks_and_that_is_one_step(
    writer: Writer, web: Web
) -> None:
    writer.settings = Settings(fetching=Fetching.ASKED)
    block = a_post(writer)
    block.author.setFocus()
    assert block.look.button.text() == "Look it up"
    assert web.requests == []
    press(block)
    assert block.look.words.text() == "Looking at the post…"
    wait(block)
    post = post_of(writer)
    assert post.text == WORDS
    assert post.kept and post.post_id == "113456789012345678"
    assert block.look.words.text().startswith("Kept ")
    assert block.look.button.text() == "Look again"
    assert block.tag.accessibleName().startswith("snapshot kept")
    writer.composer.undo()
    assert post_of(writer) == Social.from_url(MASTODON)
    assert block.look.button.text() == "Look it up"


def test_where_the_profile_says_so_an_address_is_looked_up_as_it_is_there(
    writer: Writer, web: Web
) -> None:
    writer.settings = Settings(fetching=Fetching.AT_ONCE)
    block = a_post(writer)
    block.author.setFocus()
    writer.type("Somebody I know")
    wait(block)
    post = post_of(writer)
    assert (post.author, post.text) == ("Somebody I know", WORDS)


def test_what_was_typed_stays_and_is_not_called_kept(writer: Writer, web: Web) -> None:
    writer.settings = Settings(fetching=Fetching.ASKED)
    block = a_post(writer)
    block.text.setFocus()
    writer.type("Seven metres, it says.")
    press(block)
    wait(block)
    post = post_of(writer)
    assert post.text == "Seven metres, it says."
    assert not post.kept
    assert post.posted is not None
    assert "stay" in block.look.words.text()
    assert block.tag.accessibleName().startswith("typed")


def test_other_words_are_no_longer_the_kept_ones(writer: Writer, web: Web) -> None:
    writer.settings = Settings(fetching=Fetching.ASKED)
    block = a_post(writer)
    press(block)
    wait(block)
    assert post_of(writer).kept
    block.text.setFocus()
    writer.type("!")
    assert not post_of(writer).kept
    block.url.set_text("https://social.example/@gauges/999999999999999999")
    assert not post_of(writer).post_id


def test_a_later_look_tells_of_edits_and_of_deletion_and_the_words_stand(
    writer: Writer, web: Web
) -> None:
    writer.settings = Settings(fetching=Fetching.ASKED)
    block = a_post(writer)
    press(block)
    wait(block)
    kept = post_of(writer)
    press(block)
    wait(block)
    assert "Unchanged" in block.look.words.text()
    assert post_of(writer) == kept
    web.answers[STATUS] = said(status(content="<p>All is calm</p>"))
    writer.room.clock.forward(minutes=5)
    press(block)
    wait(block)
    assert post_of(writer).is_edited_since
    assert "Edited since" in block.look.words.text()
    web.answers[STATUS] = Reply(status=410)
    press(block)
    wait(block)
    post = post_of(writer)
    assert post.gone
    assert (post.text, post.kept) == (WORDS, kept.kept)
    assert "Deleted since" in block.look.words.text()


def test_what_cannot_be_looked_at_is_said_and_can_be_tried_again(writer: Writer, web: Web) -> None:
    writer.settings = Settings(fetching=Fetching.ASKED)
    web.answers[STATUS] = Reply(status=503)
    block = a_post(writer)
    press(block)
    wait(block)
    assert "social.example has trouble of its own" in block.look.words.text()
    assert block.look.button.text() == "Try again"
    web.answers[STATUS] = said(status())
    press(block)
    wait(block)
    assert post_of(writer).text == WORDS


@pytest.mark.parametrize("fetching", [Fetching.ASKED, Fetching.AT_ONCE])
def test_an_entry_that_protects_a_source_never_looks(
    writer: Writer, web: Web, fetching: Fetching
) -> None:
    writer.settings = Settings(fetching=fetching)
    block = a_post(writer, "")
    entry = writer.composer.entry
    assert entry is not None
    writer.composer.flush()
    protect(writer.room.room, entry, on=True)
    QTest.qWait(0)
    block.url.setFocus()
    writer.type(MASTODON)
    block.author.setFocus()
    press(block)
    wait(block)
    assert "protects a source" in block.look.words.text()
    assert web.requests == []


def test_a_story_is_filled_from_its_page_where_nothing_was_typed(writer: Writer, web: Web) -> None:
    writer.settings = Settings(fetching=Fetching.ASKED)
    writer.open()
    writer.composer.adding.insert("story")
    block = writer.column.blocks[0]
    assert isinstance(block, StoryBlock)
    writer.type(NEWS)
    block.outlet.setFocus()
    writer.type("The Delta")
    press(block)
    wait(block)
    assert writer.column.body()[0] == Story(
        url=NEWS, headline="Water reaches the bridge", outlet="The Delta"
    )
