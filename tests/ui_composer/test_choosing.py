"""The desk changes an entry while it is being written: it is said, brought in at a wish, and nothing goes out over it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.desk import release
from editor.domain.entry import Kind, Origin, Revision
from editor.domain.ids import EntryId, RevisionId
from editor.domain.stages import came_back
from editor.ui.composer.choosing import OVERTAKEN
from editor.ui.composer.origins import described
from tests.rooms import NOON
from tests.ui_composer.conftest import Writer

BASE = Content(headline="Dam", time=NOON, body=(Text(text="He did not confirm."),))
THEIRS = replace(BASE, headline="Dam in the delta")


def forward(writer: Writer, entry: EntryId, content: Content) -> None:
    """The desk changed the entry, and that was fetched."""
    with writer.room.store.write("sync") as tx:
        before = tx.entry(entry)
        theirs = Revision(
            id=RevisionId(writer.room.room.ids.fresh()),
            entry=entry,
            number=len(tx.revisions(entry)) + 1,
            content=content,
            digest=digest(content),
            kind=Kind.PULL,
            origin=Origin.DESK,
            at=writer.room.clock.now(),
            parent=before.head,
            author="Desk B",
        )
        tx.add_revision(theirs)
        after = came_back(before, theirs, writer.room.clock.now(), public=True)
        tx.put_entry(after, None if tx.draft(entry) is not None else content)
    QApplication.processEvents()


@pytest.fixture
def entry(writer: Writer) -> EntryId:
    made = writer.open(BASE)
    release.publish(writer.room.room, made)
    QApplication.processEvents()
    return made


def write(writer: Writer, text: str) -> None:
    writer.column.blocks[-1].focus_at(1)
    widget = QApplication.focusWidget()
    assert widget is not None
    writer.key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    writer.type(text)


def test_the_desks_text_is_shown_where_nothing_was_typed(writer: Writer, entry: EntryId) -> None:
    forward(writer, entry, THEIRS)
    assert writer.composer.text == THEIRS
    write(writer, " So he said.")
    writer.composer.flush()
    assert writer.room.views.entry(entry).overtaken is None
    assert writer.composer.frame.banner.text != OVERTAKEN


def test_a_draft_that_the_desk_overtook_is_told_and_brought_up_to_date(
    writer: Writer, entry: EntryId
) -> None:
    write(writer, " So he said.")
    writer.composer.flush()
    typed = writer.composer.text
    forward(writer, entry, THEIRS)
    banner = writer.composer.frame.banner
    assert writer.composer.text == typed
    assert banner.text == OVERTAKEN
    writer.composer.verbs.do("correct")
    banner._button.click()
    QApplication.processEvents()
    assert writer.composer.text == replace(typed, headline="Dam in the delta")
    assert writer.stored(entry) == writer.composer.text
    assert banner.text != OVERTAKEN
    assert writer.column.headline.text() == "Dam in the delta"
    writer.composer.undo()
    assert writer.composer.text == typed


def test_what_was_typed_before_their_text_came_is_begun_from_the_older_one(
    writer: Writer, entry: EntryId
) -> None:
    write(writer, " So")
    forward(writer, entry, THEIRS)
    write(writer, " he said.")
    writer.composer.flush()
    QApplication.processEvents()
    assert writer.composer.frame.banner.text == OVERTAKEN
    assert writer.stored(entry).body == (Text(text="He did not confirm. So he said."),)


def test_a_text_that_goes_on_after_it_was_published_is_not_overtaken(
    writer: Writer, entry: EntryId
) -> None:
    for text in (" So he said.", " Twice."):
        write(writer, text)
        writer.composer.flush()
        release.correct(writer.room.room, entry, Kind.TYPO)
        QApplication.processEvents()
    write(writer, " Thrice.")
    writer.composer.flush()
    assert writer.room.views.entry(entry).overtaken is None
    release.correct(writer.room.room, entry, Kind.TYPO)


def test_the_same_words_changed_by_both_are_asked_about(writer: Writer, entry: EntryId) -> None:
    wanted: list[tuple[str, str]] = []
    writer.composer.choosing.wanted.connect(lambda *what: wanted.append(what))
    write(writer, " So he said.")
    writer.composer.flush()
    forward(writer, entry, replace(BASE, body=(Text(text="He did confirm."),)))
    writer.composer.frame.banner._button.click()
    QApplication.processEvents()
    assert wanted == [(entry, "")]
    assert writer.composer.frame.banner.text == OVERTAKEN


def test_the_history_tells_where_each_version_came_from(writer: Writer, entry: EntryId) -> None:
    writer.room.clock.forward(minutes=5)
    forward(writer, entry, THEIRS)
    theirs, mine = writer.room.views.history(entry)
    merged = replace(
        theirs, origin=Origin.MERGE, parent=mine.id, merge_parent=theirs.id, id=RevisionId("x")
    )
    rows = {row.id: row for row in (merged, theirs, mine)}
    now = NOON + timedelta(hours=1)
    told = [described(row, rows, NOON.tzinfo or now.tzinfo, now) for row in rows.values()]  # type: ignore[arg-type]
    assert "Merged from 12:00 and the desk’s of 12:05" in told[0]
    assert "From the desk" in told[1]
    assert "Desk B" in told[1]
    writer.composer.versions.toggle()
    panel = writer.composer.frame.history.versions
    assert "From the desk" in panel.item(0).text()
    assert not panel.item(0).icon().isNull()
