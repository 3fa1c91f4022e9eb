"""The narrow drawer beside the text: what an entry says beside its words.

Key event, pin, not verified, labels, byline, when it happened, embargo, language: all part of the same content, saved
like a word. That a source is protected is no part of it.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TypedDict

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from editor.content.entry import Content
from editor.ui.blocks.fields import Check, Line, field_sheet
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.labels import Label
from editor.ui.moments import read_moment, write_moment
from editor.ui.theme.theme import Theme

WIDTH = 264
UNVERIFIED = "Readers see this word at the entry until it is taken away."
PROTECT = (
    "Nothing is looked up on networks for this entry, and its photos tell neither who made them nor where. "
    "Nobody learns of this mark: it stays on this laptop."
)


class Facts(TypedDict):
    """The fields of a content that are set here."""

    key_event: bool
    pinned: bool
    labels: tuple[str, ...]
    byline: tuple[str, ...]
    time: datetime | None
    embargo: datetime | None
    language: str
    unverified: bool


class Drawer(QWidget):
    """The fields. ``changed`` comes when one of them has another value that can be read."""

    changed = Signal()
    closed = Signal()
    protect_wanted = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._zone: tzinfo | None = None
        self._now: datetime | None = None
        self._content = Content()
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Details")
        self.key_event = Check(theme, "Key event")
        self.pinned = Check(theme, "Pin to the top")
        self.unverified = Check(theme, "Not verified")
        self.unverified.setAccessibleDescription(UNVERIFIED)
        self.unverified.setToolTip(UNVERIFIED)
        self.flags = {
            "key_event": self.key_event,
            "pinned": self.pinned,
            "unverified": self.unverified,
        }
        self.protect = Check(theme, "Protect the source")
        self.protect.setAccessibleDescription(PROTECT)
        self.protect.clicked.connect(self.protect_wanted)
        self.labels = Line(theme, "Labels", "river, evacuation")
        self.byline = Line(theme, "Byline", "Names, with commas")
        self.time = Line(theme, "When it happened", "14:32")
        self.embargo = Line(theme, "Embargo: not public before", "none")
        self.language = Line(theme, "Language", "as the blog")
        self._wrong = Label(theme, px=12, ink="live", wraps=True)
        self._wrong.hide()
        close = FlatButton(theme, "Close the details", icon="x")
        close.clicked.connect(self.closed)
        self._fields = QWidget()
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(18, 0, 18, 16)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(18, 8, 18, 0)
        head.addWidget(Label(theme, "Details", weight=600))
        head.addStretch(1)
        head.addWidget(close)
        # what does not fit a low window is scrolled to
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._fields)
        for each in (self._fields, self._scroll.viewport()):
            each.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 1, 0)
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        for box in self.flags.values():
            box.clicked.connect(self.changed)
            column.addWidget(box)
        for title, field in (
            ("Labels", self.labels),
            ("Byline", self.byline),
            ("When it happened", self.time),
            ("Embargo", self.embargo),
            ("Language", self.language),
        ):
            column.addSpacing(8)
            label = Label(theme, title, px=12, ink="ink_3")
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            field.editingFinished.connect(self._on_finished)
        column.addWidget(self._wrong)
        column.addSpacing(14)
        column.addWidget(self.protect)
        column.addWidget(Label(theme, PROTECT, px=12, ink="ink_3", wraps=True))
        column.addStretch(1)
        theme.changed.connect(self._recolour)
        self._recolour()

    def show_facts(self, content: Content, zone: tzinfo, now: datetime) -> None:
        """Shows an entry's facts; times are told in ``zone``."""
        self._content, self._zone, self._now = content, zone, now
        self.key_event.setChecked(content.key_event)
        self.pinned.setChecked(content.pinned)
        self.unverified.setChecked(bool(content.unverified))
        self.labels.set_text(", ".join(content.labels))
        self.byline.set_text(", ".join(content.byline))
        self.time.set_text(write_moment(content.time, zone))
        self.embargo.set_text(write_moment(content.embargo, zone))
        self.language.set_text(content.language)
        self._say_wrong()

    def keep(self, content: Content) -> None:
        """Takes what was understood of the fields as the last facts; a field that is being typed in is left alone."""
        self._content = content

    def set_read_only(self, on: bool) -> None:
        """Whether the facts may be changed."""
        for box in (*self.flags.values(), self.protect):
            box.setEnabled(not on)
        for field in (self.labels, self.byline, self.time, self.embargo, self.language):
            field.setReadOnly(on)

    def facts(self) -> Facts:
        """What is set now. A time that cannot be read leaves the one that was."""
        return Facts(
            key_event=self.key_event.isChecked(),
            pinned=self.pinned.isChecked(),
            labels=_listed(self.labels.text()),
            byline=_listed(self.byline.text()),
            time=self._moment(self.time.text(), self._content.time),
            embargo=self._moment(self.embargo.text(), self._content.embargo),
            language=self.language.text().strip(),
            unverified=self.unverified.isChecked(),
        )

    def show_protected(self, on: bool) -> None:
        """Shows whether the entry's source is protected, which is no part of its text."""
        self.protect.setChecked(on)

    def field(self, name: str) -> QWidget | None:
        """The control of a fact; None for what is not set here."""
        found = {
            **self.flags,
            "labels": self.labels,
            "byline": self.byline,
            "time": self.time,
            "embargo": self.embargo,
            "language": self.language,
        }
        return found.get(name)

    def _moment(self, text: str, was: datetime | None) -> datetime | None:
        if self._zone is None or self._now is None or text == write_moment(was, self._zone):
            return was
        if not text.strip():
            return None
        return read_moment(text, self._now, self._zone) or was

    def _on_finished(self) -> None:
        self._say_wrong()
        self.changed.emit()

    def _say_wrong(self) -> None:
        assert self._zone is not None and self._now is not None
        said = []
        for field, name in ((self.time, "time"), (self.embargo, "embargo")):
            text = field.text().strip()
            wrong = bool(text) and read_moment(text, self._now, self._zone) is None
            if wrong:
                said.append(f"The {name} is not understood: write 14:32 or 2026-11-22 14:32.")
        self._wrong.setText("\n".join(said))
        self._wrong.setVisible(bool(said))

    def _recolour(self) -> None:
        self.setStyleSheet(field_sheet(self._theme.colours))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = self.width() - 1 if mirrored else 0
        painter.fillRect(x, 0, 1, self.height(), self._theme.colour("line"))


def _listed(text: str) -> tuple[str, ...]:
    words = (
        " ".join(part.split()) for part in text.replace("،", ",").replace("、", ",").split(",")
    )
    return tuple(dict.fromkeys(word for word in words if word))
