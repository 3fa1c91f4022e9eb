"""A quote's facts as fields: whose words, and how they were obtained; the rest behind a fold until it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import UNSET, UnsetType
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from editor.content.blocks.quote import Quote
from editor.content.links import link_problem
from editor.content.names import fits, fitting
from editor.ui.blocks.base import Setting
from editor.ui.blocks.fields import Check, Found, FramedEdit, Line
from editor.ui.blocks.form import Form
from editor.ui.blocks.tongue import Tongue
from editor.ui.kit.buttons import FlatButton
from editor.ui.messages import sentence
from editor.ui.moments import read_moment, write_moment

WAYS = (
    "to this reporter",
    "to this reporter, by phone",
    "by phone",
    "at a press conference",
    "in a statement",
    "to another outlet",
)
WHO, WHO_UNNAMED = "Who said it", "A description, such as: a nurse at the district hospital"
TIME = "Write it as 14:21 or 2026-11-22 14:21"


class QuoteFields(QWidget):
    """All of a quote but its words."""

    changed = Signal()
    run_closed = Signal()
    left = Signal(int)

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        theme = setting.theme
        self._setting = setting
        self._known: Sequence[tuple[str, str]] = ()
        self._said: datetime | UnsetType = UNSET
        self._said_shown = ""
        self.speaker = Line(theme, "Speaker", WHO)
        self.role = Line(theme, "Role or organisation")
        self.how = Line(theme, "How it was obtained")
        self.form = Form(
            theme, (("Speaker", self.speaker), ("Role", self.role), ("Obtained", self.how))
        )
        self.unnamed = Check(theme, "The source must not be named", px=12)
        self.reason = Line(
            theme, "Why the source is not named", "she is not allowed to speak to the press"
        )
        self.reasons = Form(theme, (("Because", self.reason),))
        self.fold = FlatButton(
            theme, "More about the quote", icon="chevron-right", text="More", px=12
        )
        self.language = Tongue(theme, "Language of the quote", "as the blog")
        self.translation = FramedEdit(theme, "Translation into the entry’s language", single=False)
        self.place = Line(theme, "Where it was said")
        self.said = Line(theme, "When it was said", "14:21, or 2026-11-22 14:21")
        self.source = Line(theme, "Source link", "https://")
        self.more = Form(
            theme,
            (
                ("Language", self.language),
                ("Translation", self.translation),
                ("Place", self.place),
                ("Time", self.said),
                ("Source", self.source),
            ),
        )
        self.speaker.suggest(self._speakers, at_once=True)
        self.how.suggest(_ways, at_once=True)
        row = QHBoxLayout()
        row.addSpacing(80)
        row.addWidget(self.unnamed)
        row.addStretch(1)
        row.addWidget(self.fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.form)
        column.addLayout(row)
        column.addWidget(self.reasons)
        column.addWidget(self.more)
        self._connect()
        self._unfold(False)
        self.reasons.hide()

    def read(self, text: str) -> Quote:
        """The quote with these words."""
        return Quote(
            text=text,
            speaker=self.speaker.text(),
            role=self.role.text(),
            how=self.how.text(),
            source=self.source.text(),
            language=self.language.text(),
            translation=self.translation.text().strip("\n"),
            place=self.place.text(),
            said=self._moment(),
            unnamed=self.unnamed.isChecked(),
            reason=self.reason.text(),
        )

    def show_quote(self, quote: Quote, *, follow: bool = False) -> None:
        """Shows a quote's facts, changing only what differs."""
        said = write_moment(quote.said or None, self._setting.zone)
        pairs = (
            (self.speaker, quote.speaker),
            (self.role, quote.role),
            (self.how, quote.how),
            (self.source, quote.source),
            (self.language, quote.language),
            (self.place, quote.place or ""),
            (self.reason, quote.reason or ""),
        )
        for field, text in pairs:
            field.set_text(text)
        if quote.said != self._said or not self.said.text():
            self._said, self._said_shown = quote.said, said
            self.said.set_text(said)
        self.translation.set_text(quote.translation or "", follow=follow)
        self.unnamed.setChecked(bool(quote.unnamed))
        self._look()

    def begin(self) -> None:
        """Somebody begins to work on it: who was quoted before, and the fold open where there is something in it."""
        self._known = self._setting.speakers()
        if any(self._folded_away()):
            self._unfold(True)

    def set_read_only(self, on: bool) -> None:
        """Whether the fields may be typed into."""
        for form in (self.form, self.reasons, self.more):
            form.set_read_only(on)
        self.unnamed.setEnabled(not on)

    def focus_first(self) -> None:
        """The cursor goes to the speaker."""
        self.form.focus_first()

    def _connect(self) -> None:
        for form in (self.form, self.reasons, self.more):
            form.changed.connect(self.changed)
            form.run_closed.connect(self.run_closed)
            form.left.connect(lambda way, form=form: self._leave(form, way))
        self.speaker.taken.connect(self._on_speaker)
        self.speaker.editingFinished.connect(self._fill_role)
        self.unnamed.clicked.connect(self._on_unnamed)
        self.fold.clicked.connect(lambda: self._unfold(not self.more.isVisibleTo(self)))
        self.said.editingFinished.connect(self._look)
        self.source.editingFinished.connect(self._look)

    def _folded_away(self) -> tuple[str, ...]:
        fields = (self.language, self.place, self.said, self.source)
        return (self.translation.text(), *(field.text() for field in fields))

    def _unfold(self, on: bool) -> None:
        self.more.setVisible(on)
        self.fold.setText("Less" if on else "More")
        self.fold.setAccessibleName("Less about the quote" if on else "More about the quote")
        self.fold.set_icon("chevron-down" if on else "chevron-right")
        self.fold.updateGeometry()

    def _look(self) -> None:
        """What depends on what stands in the fields."""
        unnamed = self.unnamed.isChecked()
        self.reasons.setVisible(unnamed)
        self.speaker.setPlaceholderText(WHO_UNNAMED if unnamed else WHO)
        unread = bool(self.said.text().strip()) and self._moment() is UNSET
        self.said.tell(TIME if unread else "")
        source = self.source.text()
        wrong = link_problem(source, "source") if source else None
        self.source.tell(sentence(wrong) if wrong else "")

    def _moment(self) -> datetime | UnsetType:
        typed = self.said.text().strip()
        if typed == self._said_shown:
            return self._said
        found = read_moment(typed, self._setting.now(), self._setting.zone) if typed else None
        return found or UNSET

    def _speakers(self, typed: str) -> Found:
        return () if self.unnamed.isChecked() else fitting(typed, self._known)

    def _on_speaker(self, name: str, role: str) -> None:
        if role and not self.role.text():
            self.role.set_text(role)

    def _fill_role(self) -> None:
        role = next((role for name, role in self._known if name == self.speaker.text()), "")
        if role and not self.role.text() and not self.unnamed.isChecked():
            self.role.set_text(role)
            self.changed.emit()

    def _on_unnamed(self) -> None:
        self._look()
        if self.unnamed.isChecked():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        self.run_closed.emit()

    def _leave(self, form: Form, way: int) -> None:
        shown = [each for each in (self.form, self.reasons, self.more) if each.isVisibleTo(self)]
        to = shown.index(form) + way
        if to < 0 or to >= len(shown):
            self.left.emit(way)
        elif way > 0:
            shown[to].focus_first()
        else:
            shown[to].focus_last()


def _ways(typed: str) -> Found:
    return tuple((way, "") for way in WAYS if fits(typed, way))
