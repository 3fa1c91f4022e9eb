"""Pictures of the quote's block: a speaker being completed, and all facts, light and dark, from left and from right."""

from __future__ import annotations

from datetime import UTC, datetime
from types import ModuleType

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.blogs import add_blog
from editor.desk.writing import new_entry
from editor.domain.ids import EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.ui.blocks.quote import QuoteBlock
from editor.ui.composer.composer import Composer
from editor.ui.main_window import MainWindow

SAID = datetime(2026, 11, 22, 13, 20, tzinfo=UTC)
ENGLISH = (
    Quote(
        text="لدينا ثلاث مضخات ونحتاج إلى عشر. الجميع هنا يعرف ذلك.",
        language="ar",
        translation="We have three pumps and we need ten. Everyone here knows it.",
        speaker="River engineer",
        role="city waterworks",
        how="to this reporter, by phone",
        place="Old bridge",
        said=SAID,
        source="https://example.org/statement",
    ),
    Quote(
        text="We have beds for forty, and there are ninety.",
        speaker="A nurse at the district hospital",
        unnamed=True,
        reason="she is not allowed to speak to the press",
    ),
    Quote(text="The water was at the door before the siren."),
)
ARABIC = (
    Quote(
        text="We have three pumps and we need ten. Everyone here knows it.",
        language="en",
        translation="لدينا ثلاث مضخات ونحتاج إلى عشر. الجميع هنا يعرف ذلك.",
        speaker="مهندس النهر",
        role="مياه المدينة",
        how="بالهاتف",
        place="الجسر القديم",
        said=SAID,
        source="https://example.org/statement",
    ),
    Quote(
        text="عندنا أسرّة لأربعين، وهنا تسعون.",
        speaker="ممرضة في مستشفى المنطقة",
        unnamed=True,
        reason="لا يُسمح لها بالحديث إلى الصحافة",
    ),
)
KNOWN = (
    Quote(text="a", speaker="Ana García", role="mayor of the river town"),
    Quote(text="b", speaker="Gardiner Example", role="Delta authority"),
    Quote(text="c", speaker="Leïla Garnier-Example", role="coordinator, field hospital"),
    Quote(text="d", speaker="خالد المثال", role="مهندس"),
)


def take(profile: Profile) -> None:
    """Takes the pictures in a profile of their own."""
    from tests import pictures

    with Newsroom(profile) as newsroom:
        _take(newsroom, pictures)


def _take(newsroom: Newsroom, to: ModuleType) -> None:
    (blog,) = add_blog(
        newsroom.room, headline="Flood in the delta", timezone="Europe/Budapest"
    ).blogs
    (arabic,) = add_blog(newsroom.room, headline="الفيضان في الدلتا", language="ar").blogs
    new_entry(newsroom.room, blog, Content(headline="Who spoke before", body=KNOWN))
    (facts,) = new_entry(
        newsroom.room, blog, Content(headline="Three voices", body=ENGLISH)
    ).entries
    (right,) = new_entry(
        newsroom.room, arabic, Content(headline="صوتان من المدينة", body=ARABIC)
    ).entries
    typed = Content(
        headline="Pumps are on their way",
        body=(Text(text="The town hall has called."), Quote(text="We need ten pumps, not three.")),
    )
    (typing,) = new_entry(newsroom.room, blog, typed).entries

    def shown(window: MainWindow) -> None:
        window.show_blog(blog)
        _begin(window, typing, 1)
        block = _composer(window).column.blocks[1]
        assert isinstance(block, QuoteBlock)
        block.speaker.setFocus()
        QTest.keyClicks(block.speaker, "gar")
        QTest.keyClick(block.speaker, Qt.Key.Key_Down)
        to._keep(window, "quote-completion")
        _composer(window).column.headline.setFocus()
        _begin(window, facts, 0)
        to._keep_looks(window, window.composer, "quote-facts", to._light_and_dark(window))
        window.show_blog(arabic)
        _begin(window, right, 0)
        to._keep_looks(window, window.composer, "quote-facts-arabic", to._light_and_dark(window))
        _composer(window).toggle_preview()
        to._keep_looks(window, window.composer, "quote-preview-arabic", to._light_and_dark(window))
        _composer(window).toggle_preview()

    to._with_window(newsroom, shown)


def _begin(window: MainWindow, entry: EntryId, number: int) -> None:
    """Opens an entry with the cursor in one of its blocks."""
    window.timeline.list.select(entry)
    window.open_entry(entry, focus=False)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    _composer(window).column.blocks[number].focus_at(-1)


def _composer(window: MainWindow) -> Composer:
    assert window.composer is not None
    return window.composer
