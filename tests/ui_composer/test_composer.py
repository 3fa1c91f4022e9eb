"""The composer on a real store, driven by keys and mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.changes import Changes
from editor.content.block import Unknown
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import release, writing
from editor.desk.writing import save_draft
from editor.domain.entry import Kind, Stage
from editor.ports import Room
from editor.problems import Problem, Unavailable
from editor.ui.blocks.photo import PhotoBlock
from editor.ui.blocks.quote import QuoteBlock
from editor.ui.blocks.social import SocialBlock
from editor.ui.blocks.text import TextBlock
from editor.ui.composer import saver
from editor.ui.composer.frame import Page
from editor.ui.composer.reading_block import ReadingBlock
from tests.ui_composer.conftest import Writer

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
THREE = Content(
    headline="Water reaches the old bridge",
    body=(
        Text(text="The gauge read **7.2 metres**."),
        Quote(text="We need ten.", speaker="River engineer", role="city waterworks"),
        Text(text="Crews were still there."),
    ),
)


def text_block(writer: Writer, number: int = 0) -> TextBlock:
    found = [block for block in writer.column.blocks if isinstance(block, TextBlock)][number]
    return found


def paste(block: TextBlock, *, text: str = "", html: str = "", image: QImage | None = None) -> None:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    if image is not None:
        data.setImageData(image)
    block.edit.insertFromMimeData(data)
    QApplication.processEvents()


# Saving


def test_typing_is_saved_after_a_pause_and_not_before(writer: Writer) -> None:
    entry = writer.open()
    text_block(writer).focus_at(1)
    writer.type("Water rises")
    assert writer.stored(entry).body == ()
    QTest.qWait(500)
    assert writer.stored(entry).body == (Text(text="Water rises"),)


def test_typing_is_saved_when_the_focus_leaves(writer: Writer) -> None:
    entry = writer.open()
    text_block(writer).focus_at(1)
    writer.type("Water")
    writer.column.headline.focus_at(1)
    assert writer.stored(entry).body == (Text(text="Water"),)


def test_typing_is_saved_when_another_entry_is_opened_and_on_close(writer: Writer) -> None:
    first = writer.open()
    text_block(writer).focus_at(1)
    writer.type("one")
    second = writer.open()
    assert writer.stored(first).body == (Text(text="one"),)
    text_block(writer).focus_at(1)
    writer.type("two")
    writer.composer.close_entry()
    assert writer.stored(second).body == (Text(text="two"),)
    assert writer.composer.frame.page is Page.EMPTY


def test_opening_and_looking_around_saves_nothing(writer: Writer) -> None:
    odd = Content(
        body=(
            Text(text=""),
            Text(text="words\n\n"),
            Unknown(type="poll", raw=b'{"type":"poll","v":9}'),
        )
    )
    writer.open(odd)
    told = len(writer.room.told)
    writer.composer.toggle_preview()
    writer.composer.toggle_preview()
    writer.composer.toggle_details()
    writer.composer.flush()
    assert len(writer.room.told) == told


def test_our_own_echo_never_touches_the_text(writer: Writer) -> None:
    writer.open(THREE)
    edit = text_block(writer).edit
    edit.focus_at(1)
    widgets = list(writer.column.blocks)
    writer.type("Now. ")
    at = edit.textCursor().position()
    writer.composer.flush()
    assert writer.column.blocks == widgets
    assert edit.textCursor().position() == at == 5


def test_a_change_from_elsewhere_is_shown_and_the_cursor_stays(writer: Writer) -> None:
    entry = writer.open(THREE)
    edit = text_block(writer).edit
    edit.focus_at(1)
    edit.select(4, 4)
    theirs = Content(
        headline="New headline",
        time=writer.stored(entry).time,
        body=(*THREE.body, Text(text="More.")),
    )
    save_draft(writer.room.room, entry, theirs, origin="cli")
    assert writer.column.headline.text() == "New headline"
    assert len(writer.column.blocks) == 4
    assert edit.hasFocus()
    assert edit.textCursor().position() == 4


def test_a_change_from_elsewhere_never_replaces_what_was_just_typed(writer: Writer) -> None:
    entry = writer.open(THREE)
    text_block(writer).focus_at(1)
    writer.type("Mine ")
    save_draft(writer.room.room, entry, Content(headline="Theirs"), origin="cli")
    assert text_block(writer).edit.text().startswith("Mine ")
    text, action, callback = writer.notices[-1]
    assert "elsewhere" in text
    assert action
    assert callback is not None
    callback()
    assert writer.composer.frame.page is Page.HISTORY
    assert "Theirs" in writer.composer.frame.history.page.toPlainText()


def test_a_failed_save_is_said_kept_and_tried_again(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = writer.open()
    full = True
    real = writing.save_draft

    def save(room: Room, entry: object, content: Content, **how: object) -> Changes:
        if full:
            raise Unavailable(Problem(code="disk-full"))
        return real(room, entry, content, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(saver, "save_draft", save)
    text_block(writer).focus_at(1)
    writer.type("kept")
    assert writer.composer.flush() is False
    assert "disk is full" in writer.composer.frame.foot._facts.text()
    assert text_block(writer).edit.text() == "kept"
    full = False
    writer.composer.verbs.do("retry")
    assert writer.stored(entry).body == (Text(text="kept"),)
    assert "Saved" in writer.composer.frame.foot._facts.text()


SCRIPTS = (
    "وصل الماء إلى الجسر 12:02",
    "سیل به پل رسید؛ نیم‌فاصله",
    "המים הגיעו לגשר",
    "水到了老桥。",
    "👩‍👩‍👧 🇭🇺 👍🏽",
    "e\u0301 A\u030a \u00a0nbsp\u202f!",
)


@pytest.mark.parametrize("words", SCRIPTS)
def test_every_script_is_kept_exactly_as_typed(writer: Writer, words: str) -> None:
    entry = writer.open()
    edit = text_block(writer).edit
    edit.focus_at(1)
    edit.textCursor().insertText(words)
    writer.composer.flush()
    assert writer.stored(entry).body == (Text(text=words),)
    writer.composer.undo()
    assert writer.column.body() == ()
    writer.composer.redo()
    assert edit.text() == words or writer.column.body() == (Text(text=words),)


def test_control_characters_are_taken_out(writer: Writer) -> None:
    entry = writer.open()
    text_block(writer).edit.textCursor().insertText("a\x00b\x07c\x1bd")
    writer.composer.flush()
    assert writer.stored(entry).body == (Text(text="abcd"),)


# Undo


def test_undo_and_redo_go_across_blocks(writer: Writer) -> None:
    entry = writer.open(THREE)
    text_block(writer, 0).focus_at(-1)
    writer.type(" One.")
    text_block(writer, 1).focus_at(-1)
    writer.type(" Two.")
    writer.key(Qt.Key.Key_Z, CONTROL)
    assert writer.column.body()[2] == THREE.body[2]
    assert writer.column.body()[0] == Text(text="The gauge read **7.2 metres**. One.")
    writer.key(Qt.Key.Key_Z, CONTROL)
    assert writer.column.body() == THREE.body
    assert text_block(writer, 0).edit.hasFocus()
    writer.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    writer.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert writer.column.body()[2] == Text(text="Crews were still there. Two.")
    assert writer.stored(entry).body == writer.column.body()


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("type headline up down delete duplicate quote story key bold".split()),
            st.integers(0, 4),
        ),
        max_size=9,
    )
)
def test_undoing_everything_gives_the_start_and_redoing_everything_the_end(
    writer: Writer, steps: list[tuple[str, int]]
) -> None:
    writer.open(THREE)
    composer, column = writer.composer, writer.column
    start = composer.text
    for what, number in steps:
        block = column.blocks[number % len(column.blocks)]
        block.focus_at(1)
        match what:
            case "type":
                writer.type("xy")
            case "headline":
                column.headline.focus_at(-1)
                writer.type("!")
            case "up":
                column.rearranging.up(block)
            case "down":
                column.rearranging.down(block)
            case "delete":
                column.rearranging.delete(block)
            case "duplicate":
                column.rearranging.duplicate(block)
            case "quote" | "story":
                composer.adding.insert(what)
            case "key":
                composer.toggle_fact("key_event")
            case "bold":
                composer.adding.mark("bold")
    composer.settle()
    end = composer.text
    for _ in range(60):
        composer.undo()
    assert composer.text == start
    assert column.body() == start.body
    assert column.headline.text() == start.headline
    for _ in range(60):
        composer.redo()
    assert composer.text == end
    assert column.body() == end.body
    assert composer.frame.drawer.key_event.isChecked() == end.key_event


def test_deleting_a_block_offers_undo(writer: Writer) -> None:
    writer.open(THREE)
    writer.column.blocks[1].focus_at(1)
    writer.key(Qt.Key.Key_Backspace, CONTROL | SHIFT)
    assert len(writer.column.body()) == 2
    text, action, callback = writer.notices[-1]
    assert (text, action) == ("Quote deleted.", "Undo")
    assert callback is not None
    callback()
    assert writer.column.body() == THREE.body


# Blocks


def test_enter_in_an_empty_text_opens_the_insert_menu_and_the_keyboard_chooses(
    writer: Writer,
) -> None:
    writer.open()
    text_block(writer).focus_at(1)
    writer.key(Qt.Key.Key_Return)
    menu = writer.composer.adding.menu
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert [block.TYPE for block in writer.column.blocks] == ["quote"]
    block = writer.column.blocks[0]
    assert isinstance(block, QuoteBlock)
    assert block.words.hasFocus()


def test_a_slash_opens_the_insert_menu_and_letters_narrow_it_down(writer: Writer) -> None:
    writer.open(Content(body=(Text(text="Before."),)))
    text_block(writer).focus_at(-1)
    writer.key(Qt.Key.Key_Return)
    writer.type("/")
    menu = writer.composer.adding.menu
    assert menu.isVisible()
    QTest.keyClicks(menu, "so")
    assert [choice[0] for choice in menu.choices()] == ["social"]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert [block.TYPE for block in writer.column.blocks] == ["text", "social"]
    assert writer.column.body()[0] == Text(text="Before.")


def test_a_slash_that_is_given_up_is_a_slash(writer: Writer) -> None:
    writer.open()
    text_block(writer).focus_at(1)
    writer.type("/")
    QTest.keyClick(writer.composer.adding.menu, Qt.Key.Key_Escape)
    assert text_block(writer).edit.text() == "/"


def test_a_block_asked_for_inside_a_text_splits_it(writer: Writer) -> None:
    writer.open(Content(body=(Text(text="One.\n\nTwo."),)))
    edit = text_block(writer).edit
    edit.focus_at(1)
    edit.select(6, 6)
    writer.composer.adding.insert("quote")
    assert writer.column.body() == (Text(text="One."), Quote(), Text(text="Two."))


def test_enter_makes_paragraphs_and_goes_on_with_lists(writer: Writer) -> None:
    writer.open()
    text_block(writer).focus_at(1)
    for words in ("One", "- a", "b", ""):
        writer.type(words)
        writer.key(Qt.Key.Key_Return)
    writer.type("end")
    assert text_block(writer).edit.text() == "One\n\n- a\n- b\n\nend"


def test_backspace_removes_an_empty_block_and_joins_two_texts(writer: Writer) -> None:
    writer.open(Content(body=(Text(text="One."), Text(text="Two."), Quote(speaker="x"))))
    text_block(writer, 1).focus_at(1)
    writer.key(Qt.Key.Key_Backspace)
    assert writer.column.body()[0] == Text(text="One.\n\nTwo.")
    writer.column.insert("text", 1)
    assert len(writer.column.blocks) == 3
    writer.key(Qt.Key.Key_Backspace)
    assert len(writer.column.blocks) == 2
    assert text_block(writer).edit.hasFocus()


def test_the_arrows_go_from_block_to_block(writer: Writer) -> None:
    writer.open(THREE)
    writer.column.headline.focus_at(-1)
    writer.key(Qt.Key.Key_Down)
    assert text_block(writer, 0).edit.hasFocus()
    writer.key(Qt.Key.Key_Down)
    assert writer.column.current is writer.column.blocks[1]
    text_block(writer, 1).focus_at(1)
    writer.key(Qt.Key.Key_Up)
    assert writer.column.current is writer.column.blocks[1]
    text_block(writer, 0).focus_at(1)
    writer.key(Qt.Key.Key_Left)
    assert writer.column.headline.hasFocus()


def test_alt_and_the_arrows_move_a_block(writer: Writer) -> None:
    entry = writer.open(THREE)
    text_block(writer, 1).focus_at(1)
    writer.key(Qt.Key.Key_Up, ALT)
    assert [block.TYPE for block in writer.stored(entry).body] == ["text", "text", "quote"]
    writer.key(Qt.Key.Key_Down, ALT)
    assert writer.stored(entry).body == THREE.body


def test_a_grip_drags_a_block(writer: Writer) -> None:
    writer.open(THREE)
    block, last = writer.column.blocks[0], writer.column.blocks[2]
    block.set_active(True)
    grip = block.grip
    below = grip.mapFromGlobal(last.mapToGlobal(QPoint(5, last.height())))
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseMove(grip, below - QPoint(0, 2))
    QTest.mouseMove(grip, below)
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=below)
    assert [b.TYPE for b in writer.column.body()] == ["quote", "text", "text"]
    writer.composer.undo()
    assert writer.column.body() == THREE.body


def test_an_unknown_block_is_kept_byte_for_byte(writer: Writer) -> None:
    raw = b'{"type":"poll","v":9,"odd":[1, 2]}'
    entry = writer.open(Content(body=(Unknown(type="poll", raw=raw), Text(text="x"))))
    text_block(writer).focus_at(-1)
    writer.type("y")
    writer.composer.flush()
    assert writer.stored(entry).body[0].raw == raw


def test_a_quote_folds_and_unfolds_and_says_who_is_missing(writer: Writer) -> None:
    writer.open(Content(body=(Text(text="x"), Quote(text="Words."))))
    block = writer.column.blocks[1]
    assert isinstance(block, QuoteBlock)
    assert "Who said this?" in block.credit.text()
    assert not block.form.isVisible()
    block.focus_at(1)
    assert block.form.isVisible()
    block.speaker.setFocus()
    writer.type("River engineer")
    text_block(writer).focus_at(1)
    assert not block.form.isVisible()
    assert "River engineer" in block.credit.text()
    assert writer.column.body()[1] == Quote(text="Words.", speaker="River engineer")


def test_a_typed_post_is_a_snapshot_and_its_network_is_told_offline(writer: Writer) -> None:
    writer.open()
    writer.composer.adding.insert("social")
    block = writer.column.blocks[0]
    assert isinstance(block, SocialBlock)
    writer.type("https://mastodon.social/@riverwatch/113456789012345678")
    block.author.setFocus()
    assert "Mastodon" in block.title.text()
    writer.type("River gauge service")
    writer.composer.flush()
    post = writer.column.body()[0]
    assert isinstance(post, Social)
    assert (post.network, post.captured) == ("mastodon", writer.room.clock.now())


# Pasting


def test_formatted_text_is_pasted_as_markdown(writer: Writer) -> None:
    writer.open()
    paste(text_block(writer), text="a b", html="<p>a <b>b</b></p>")
    assert writer.column.body() == (Text(text="a **b**"),)


def test_a_lone_address_offers_to_be_embedded_and_undone(writer: Writer) -> None:
    writer.open()
    address = "https://mastodon.social/@riverwatch/113456789012345678"
    paste(text_block(writer), text=address)
    assert writer.column.body() == (Text(text=address),)
    text, action, callback = writer.notices[-1]
    assert "Mastodon" in text
    assert action == "Embed"
    assert callback is not None
    callback()
    assert isinstance(writer.column.body()[0], Social)
    writer.composer.undo()
    assert writer.column.body() == (Text(text=address),)
    paste_other = "https://news.example.org/shelter"
    text_block(writer).edit.set_text("")
    paste(text_block(writer), text=paste_other)
    callback = writer.notices[-1][2]
    assert callback is not None
    callback()
    assert writer.column.body() == (Story(url=paste_other),)


def test_an_address_pasted_over_words_makes_a_link(writer: Writer) -> None:
    writer.open(Content(body=(Text(text="see the report"),)))
    text_block(writer).edit.select(4, 14)
    paste(text_block(writer), text="https://example.org/r")
    assert writer.column.body() == (Text(text="see [the report](https://example.org/r)"),)


def wait_for_photos(writer: Writer) -> None:
    for _ in range(1000):
        QTest.qWait(20)
        if not any(isinstance(b, ReadingBlock) for b in writer.column.blocks):
            return
    pytest.fail("the photos are still being read")


def test_a_pasted_picture_and_dropped_files_become_photos(writer: Writer, tmp_path: Path) -> None:
    entry = writer.open()
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    paste(text_block(writer), image=picture)
    wait_for_photos(writer)
    assert [block.TYPE for block in writer.stored(entry).body] == ["photo"]
    for name in ("a", "b"):
        Image.new("RGB", (90, 60), (name == "a" and "red") or "blue").save(tmp_path / f"{name}.jpg")
    writer.column.write_below()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / f"{name}.jpg")) for name in ("a", "b")])
    text_block(writer).edit.insertFromMimeData(data)
    wait_for_photos(writer)
    assert [block.TYPE for block in writer.stored(entry).body] == ["photo"] * 3
    block = writer.column.blocks[-1]
    assert isinstance(block, PhotoBlock)
    assert "→" in block.aside.text()


def test_a_photo_that_cannot_be_read_says_so_and_loses_nothing(
    writer: Writer, tmp_path: Path
) -> None:
    entry = writer.open(THREE)
    fake = tmp_path / "fake.jpg"
    fake.write_text("no photo")
    writer.composer.add_photos([fake])
    for _ in range(1000):
        QTest.qWait(20)
        reading = [b for b in writer.column.blocks if isinstance(b, ReadingBlock)]
        if reading and reading[0]._again.isVisible():
            break
    assert reading[0]._words.text()
    assert writer.stored(entry).body == THREE.body
    reading[0].dismissed.emit()
    assert writer.column.body() == THREE.body


def test_a_photo_reaches_its_entry_even_when_another_is_open_meanwhile(
    writer: Writer, tmp_path: Path
) -> None:
    Image.new("RGB", (900, 600), "green").save(tmp_path / "a.jpg")
    first = writer.open(THREE)
    writer.composer.add_photos([tmp_path / "a.jpg"])
    writer.open()
    for _ in range(1000):
        QTest.qWait(20)
        if len(writer.stored(first).body) == 4:
            break
    assert isinstance(writer.stored(first).body[-1], Photo)


# Problems and release


def test_an_address_of_2000_characters_gets_its_sentence_at_the_block(writer: Writer) -> None:
    writer.open(Content(headline="x", body=(Story(url="https://example.org/" + "a" * 2100),)))
    assert writer.column.blocks[0]._problems.isVisible()
    assert writer.column.blocks[0]._problems.text()
    assert writer.composer.frame.foot.tally.text() == "1 to mend"


def test_ctrl_enter_publishes_and_a_later_change_asks_for_kind_and_note(writer: Writer) -> None:
    entry = writer.open(THREE)
    text_block(writer).focus_at(-1)
    writer.type(" More.")
    writer.key(Qt.Key.Key_Return, CONTROL)
    view = writer.room.views.entry(entry)
    assert view.public is not None
    assert view.public.body[0] == Text(text="The gauge read **7.2 metres**. More.")
    writer.type(" Wrong.")
    writer.composer.flush()
    writer.key(Qt.Key.Key_Return, CONTROL)
    if view.entry.stage is Stage.PUBLISHED:
        asking = writer.composer.frame.asking
        assert asking.asks == "correct"
        assert not asking._go.isEnabled()
        asking._note.set_text("The sentence was put right.")
        asking._check()
        asking._go.click()
        assert not asking.isVisible()
        history = writer.room.views.history(entry)
        assert (history[0].kind, history[0].note) == (
            Kind.CORRECTION,
            "The sentence was put right.",
        )


def test_an_empty_entry_is_refused_with_its_sentence(writer: Writer) -> None:
    writer.open()
    writer.composer.verbs.do_primary()
    assert writer.composer.frame.checklist.isVisible()
    assert writer.notices[-1][0]


def test_a_withdrawn_entry_can_only_be_read(writer: Writer) -> None:
    entry = writer.open(THREE)
    release.withdraw(writer.room.room, entry, "Wrong place")
    assert "Withdrawn" in writer.composer.frame.banner.text
    assert text_block(writer).edit.isReadOnly()
    text_block(writer).focus_at(-1)
    writer.type("no")
    writer.composer.flush()
    assert writer.stored(entry).body == THREE.body


def test_an_old_version_is_restored_and_that_can_be_undone(writer: Writer) -> None:
    entry = writer.open(THREE)
    writer.composer.verbs.do("publish")
    text_block(writer).focus_at(-1)
    writer.type(" Later words.")
    writer.composer.versions.toggle()
    history = writer.composer.frame.history
    assert history.versions.count() >= 1
    assert "Later words" in history.page.toPlainText()
    history.restore.click()
    assert writer.column.body() == THREE.body
    assert writer.stored(entry).body == THREE.body
    callback = writer.notices[-1][2]
    assert callback is not None
    callback()
    assert "Later words" in text_block(writer).edit.text()


def test_facts_are_set_in_the_drawer_and_undone_with_the_rest(writer: Writer) -> None:
    entry = writer.open(THREE)
    writer.composer.toggle_details()
    drawer = writer.composer.frame.drawer
    drawer.labels.setFocus()
    writer.type("river,  evacuation , river")
    drawer.time.setFocus()
    drawer.time.selectAll()
    writer.type("2026-11-22 09:30")
    drawer.byline.setFocus()
    stored = writer.stored(entry)
    assert stored.labels == ("river", "evacuation")
    assert stored.time is not None
    assert f"{stored.time:%H:%M %z}" == "09:30 +0100"
    drawer.time.setFocus()
    drawer.time.selectAll()
    writer.type("soon")
    drawer.byline.setFocus()
    assert drawer._wrong.isVisible()
    assert writer.stored(entry).time == stored.time
    writer.composer.undo()
    writer.composer.undo()
    assert writer.stored(entry).labels == ()


def test_the_preview_shows_the_text_and_loads_nothing_from_the_network(writer: Writer) -> None:
    writer.open(
        Content(headline="Bridge", body=(Text(text="**bold** ![x](https://example.org/spy.gif)"),))
    )
    writer.composer.toggle_preview()
    preview = writer.composer.frame.preview
    assert writer.composer.frame.page == Page.PREVIEW
    assert "bold" in preview.toPlainText()
    assert preview.loadResource(2, QUrl("https://example.org/spy.gif")) is None
    writer.composer.resize(1300, 800)
    QApplication.processEvents()
    assert writer.composer.frame.page.name == "WRITING"
    assert preview.isVisible()


def test_every_control_has_an_accessible_name(writer: Writer) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTextEdit

    writer.open(THREE)
    writer.composer.toggle_details()
    for kind in (QAbstractButton, QLineEdit, QTextEdit):
        for widget in writer.composer.findChildren(kind):
            if widget.isVisibleTo(writer.composer):
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_every_command_has_words_and_no_key_is_used_twice(writer: Writer) -> None:
    table = writer.composer.actions()
    keys = [keys for _, _, keys, _ in table if keys]
    assert len(keys) == len(set(keys))
    assert all(name and words for name, words, _, _ in table)


def test_the_preview_rests_when_nothing_changes(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "\n\n".join(f"Paragraph {number} of a long text." for number in range(60))
    writer.open(Content(headline="Long", body=(Text(text=long),)))
    writer.composer.resize(1300, 800)
    writer.composer.toggle_preview()
    QTest.qWait(300)
    drawn: list[str] = []
    preview = writer.composer.frame.preview
    monkeypatch.setattr(preview, "setHtml", drawn.append)
    QTest.qWait(300)
    assert drawn == []


def test_the_composer_fits_the_narrowest_window(writer: Writer) -> None:
    writer.open(THREE)
    assert writer.composer.minimumSizeHint().width() <= 560
    writer.composer.resize(560, 500)
    QApplication.processEvents()
    block = writer.column.blocks[1]
    assert block.width() <= writer.column.viewport().width()
