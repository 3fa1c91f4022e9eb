"""The social post's widget: a compact card of the kept snapshot, and its fields while it is worked on.

The network is told by the address alone, at once and offline. Where the profile allows it the post is looked up; nothing
of the network's runs here.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from msgspec import UNSET
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from editor.content.block import Block
from editor.content.blocks.social import Social
from editor.content.networks import recognise
from editor.content.post_looks import edited_since, filled, gone_since, retyped
from editor.content.post_words import post_words
from editor.ui.blocks.base import BlockWidget, Offer, Setting
from editor.ui.blocks.fields import FramedEdit, Line
from editor.ui.blocks.form import Form
from editor.ui.blocks.looking import LookLine
from editor.ui.kit.labels import Label
from editor.ui.kit.paint import box
from editor.ui.messages import clock, sentence
from editor.ui.moments import read_moment
from editor.ui.theme.theme import Theme

if TYPE_CHECKING:
    from editor.desk.embeds import Captured


class SocialBlock(BlockWidget):
    """What somebody wrote on a network."""

    TYPE: ClassVar[str] = "social"
    TITLE: ClassVar[str] = "Social post"
    ICON: ClassVar[str] = "message-square"
    OFFER: ClassVar[Offer | None] = Offer(
        4, "Social post", "From its address", "Add a social post", "Ctrl+Shift+S"
    )

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        theme = setting.theme
        self._kept = Social()
        self._read_only = False
        self._shown_posted = ""
        self.card = _Card(theme)
        self.url = Line(theme, "Address of the post", "https://")
        self.author = Line(theme, "Author")
        self.handle = Line(theme, "Handle", "@name@network")
        self.posted = Line(theme, "When it was posted", "14:21, or 2026-11-22 14:21")
        self.text = FramedEdit(theme, "Words of the post", single=False)
        self.form = Form(
            theme,
            (
                ("Link", self.url),
                ("Author", self.author),
                ("Handle", self.handle),
                ("Posted", self.posted),
                ("Words", self.text),
            ),
        )
        self.look = LookLine(theme)
        self._looked = ""
        self.inside.addWidget(self.card)
        self.inside.addWidget(self.form)
        self.inside.addWidget(self.look)
        self.look.asked.connect(self._look_up)
        self.form.changed.connect(self.edited)
        self.form.run_closed.connect(self.settled)
        self.form.left.connect(self.left)
        self.url.editingFinished.connect(self._recognise)
        self.posted.editingFinished.connect(self._on_posted)
        self.set_active(False)

    def value(self) -> Block:
        words = (self.author.text(), self.handle.text(), self.text.text().strip("\n"))
        made = replace(
            self._kept,
            url=self.url.text().strip(),
            author=words[0],
            handle=words[1],
            text=words[2],
            posted=self._posted(),
        )
        if made == self._kept:
            return self._kept
        made = retyped(self._kept, made)
        if (words[0] or words[2]) and made.captured is None:
            # from here on it is a snapshot, and stands when the post is gone
            made = replace(made, captured=self.setting.now().replace(microsecond=0))
        self._kept = made
        return made

    def set_value(self, block: Block, *, follow: bool = False) -> None:
        assert isinstance(block, Social)
        self.url.set_text(block.url)
        self.author.set_text(block.author)
        self.handle.set_text(block.handle)
        self.text.set_text(block.text, follow=follow)
        self._shown_posted = (
            clock(block.posted, self.setting.zone, self.setting.now()) if block.posted else ""
        )
        self.posted.set_text(self._shown_posted)
        self._kept = block
        self._say()
        self._offer()

    def focus_at(self, where: int) -> None:
        self.set_active(True)
        self.form.focus_first() if where > 0 else self.form.focus_last()

    def set_read_only(self, on: bool) -> None:
        self._read_only = on
        self.form.set_read_only(on)
        self.set_active(self.active)

    def set_active(self, on: bool) -> None:
        super().set_active(on)
        self._say()
        known = bool(self._kept.author or self._kept.text or self._kept.handle)
        compact = (known or bool(self._kept.url)) and not on
        self.form.setVisible(not compact and not self._read_only)
        self.card.setVisible(compact or self._read_only)

    def recolour(self) -> None:
        super().recolour()
        # the handle's quiet ink is in the words of the card
        self._say()

    def _posted(self) -> datetime | None:
        typed = self.posted.text().strip()
        if typed == self._shown_posted:
            return self._kept.posted
        return read_moment(typed, self.setting.now(), self.setting.zone) if typed else None

    def _on_posted(self) -> None:
        wrong = bool(self.posted.text().strip()) and self._posted() is None
        self.posted.setProperty("wrong", wrong)
        self.posted.setToolTip("Write it as 14:21 or 2026-11-22 14:21" if wrong else "")

    def _recognise(self) -> None:
        found = recognise(self.url.text().strip())
        if found is not None and not self._read_only:
            network = found.network
            if network != self._kept.network or (found.handle and not self.handle.text()):
                self._kept = replace(self._kept, network=network)
                if not self.handle.text():
                    self.handle.set_text(found.handle)
                self.edited.emit()
        self._say()
        if found is not None and found.url != self._looked:
            self.address_given()

    def address_given(self) -> None:
        self._offer()
        looking, post = self.setting.looking, self._post()
        if looking is None or self._read_only or self.look.busy or post.kept or post.author:
            return
        if recognise(post.url) is not None and looking.at_once():
            self._look_up()

    def _post(self) -> Social:
        post = self.value()
        assert isinstance(post, Social)
        return post

    def _offer(self, words: str = "", *, trouble: bool = False) -> None:
        """The line below: what is known, and what may be done about it."""
        post = self._post()
        can = self.setting.looking is not None and not self._read_only
        if self.look.busy:
            return
        if not can or recognise(post.url) is None:
            self.look.say("")
        elif post.kept:
            self.look.say(words or self._standing(post), "Look again", trouble=trouble)
        else:
            self.look.say(words, "Try again" if trouble else "Look it up", trouble=trouble)

    def _standing(self, post: Social) -> str:
        kept = self._clock(post.captured)
        if post.gone:
            return f"Deleted since, seen {self._clock(post.gone)}. The words kept {kept} stand."
        if post.is_edited_since:
            return f"Edited since. The words kept {kept} stand."
        return ""

    def _clock(self, at: datetime | None) -> str:
        return clock(at, self.setting.zone, self.setting.now()) if at else ""

    def _look_up(self) -> None:
        looking, post = self.setting.looking, self._post()
        found = recognise(post.url)
        if looking is None or self.look.busy or found is None:
            return
        self._looked = found.url
        # what was typed up to here is a step of its own
        self.settled.emit()
        work = looking.again(post.kept) if post.kept else looking.post(post.url)
        self.look.start(
            self.setting.run_in_pool,
            work,
            lambda seen: self._on_looked(post.url, seen),
            "Looking at the post…",
        )

    def _on_looked(self, url: str, found: Captured) -> None:
        from editor.desk.embeds import Standing

        post, words, trouble = self._post(), "", False
        if post.url != url or self._read_only:
            self._offer()
            return
        now, made = self.setting.now(), post
        if found.kept is not None and not post.kept:
            made = filled(post, found.kept, found.snapshot)
            kept = self._clock(found.kept.captured)
            words = f"Kept {kept}." if made.kept else f"Kept {kept}. The words that you typed stay."
        elif found.kept is not None and found.standing is Standing.EDITED:
            made = edited_since(post, found.kept)
        elif found.kept is not None:
            made = replace(post, gone=UNSET)
            words = f"{self._standing(made)} Unchanged {self._clock(now)}.".strip()
        elif found.standing is Standing.GONE and post.kept:
            made = gone_since(post, now)
        else:
            words = sentence(found.problem) if found.problem else ""
            trouble = True
        if made != post:
            self.set_value(made)
            self.edited.emit()
            self.settled.emit()
        self._offer(words, trouble=trouble)

    def _say(self) -> None:
        post = self.value()
        assert isinstance(post, Social)
        found = recognise(post.url)
        label = found.label if found else post.network.capitalize()
        self.title.setText(f"{self.TITLE} · {label}" if label else self.TITLE)
        now = self.setting.now()
        kept = clock(post.captured, self.setting.zone, now) if post.captured else ""
        how = "snapshot kept" if post.kept else "typed"
        self.tag.say(f"{how} {kept}" if kept else "")
        when = clock(post.posted, self.setting.zone, now) if post.posted else ""
        self.card.say(
            post.author, " · ".join(filter(None, (post.handle, when))), _told(post) or post.url
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._read_only:
            self.focus_at(-1)


class _Card(QWidget):
    """The post as it will be quoted: author, handle, time, words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(_Face(theme), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        self._who = Label(theme, wraps=True)
        self._who.setTextFormat(Qt.TextFormat.RichText)
        self._text = Label(theme, wraps=True)
        self._theme = theme
        words.addWidget(self._who)
        words.addWidget(self._text)
        words.addStretch(1)
        row.addLayout(words, 1)

    def say(self, author: str, rest: str, text: str) -> None:
        """Shows a post."""
        from html import escape

        quiet = self._theme.colours.ink_3
        name = f"<b>{escape(author)}</b> " if author else ""
        self._who.setText(f'{name}<span style="color:{quiet}">{escape(rest)}</span>')
        self._who.setVisible(bool(author or rest))
        self._text.setText(text)


class _Face(QWidget):
    """A round stand-in for the author's picture, which is not fetched."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(36, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), 18, self._theme.colour("accent_soft"))
        painter.drawPixmap(10, 10, self._theme.pixmap("user", "accent", 16, self))


WIDGET = SocialBlock


def _told(post: Social) -> str:
    """The post's words, and a line for each picture in it."""
    own = post_words("en")
    shown = (
        ": ".join(filter(None, (own.medium(medium.kind), medium.alt.strip())))
        for medium in post.media or ()
    )
    return "\n".join(filter(None, (post.text, *shown)))
