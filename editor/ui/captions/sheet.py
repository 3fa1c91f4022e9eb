"""The sheet on which all photos of an entry are described, one under the other, and one text is given to many."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from editor.content.blocks.photo import Photo
from editor.ui.blocks.base import Setting
from editor.ui.blocks.fields import Check, Line, field_sheet
from editor.ui.captions.filling import FIELDS, filled
from editor.ui.captions.row import Row
from editor.ui.kit.buttons import Button
from editor.ui.kit.choice import Choice
from editor.ui.kit.labels import Label
from editor.ui.kit.sheet import Sheet
from editor.ui.messages import count
from editor.ui.pool import Pool


class CaptionsSheet(Sheet):
    """``photos`` are those of the entry by their place in it; ``written`` carries those that were changed."""

    written = Signal(object)

    def __init__(self, setting: Setting, parent: QWidget, photos: Mapping[int, Photo]) -> None:
        super().__init__(setting.theme, parent, "Captions and credits", "Done")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme = setting.theme
        self._before = dict(photos)
        self._pool = Pool(setting.run_in_pool)
        self.rows = {
            at: Row(setting, number, photo, self._pool.run)
            for number, (at, photo) in enumerate(photos.items(), start=1)
        }
        self.field = Choice(theme)
        self.field.setAccessibleName("What is filled in")
        for name, text in FIELDS.items():
            self.field.addItem(text, name)
        self.text = Line(theme, "One text for many photos", "One text for many photos")
        self.only_empty = Check(theme, "Only where it is empty", px=12)
        self.only_empty.setChecked(True)
        self.fill = Button(theme, "Fill in")
        self.fill.clicked.connect(self._fill)
        self.all = Check(theme, "Choose all", px=12)
        self.all.clicked.connect(self._choose_all)
        self._said = Label(theme, px=12, ink="ink_3")
        for row in self.rows.values():
            row.chosen.connect(self._tell)
        for row in self.rows.values():
            row.left.connect(lambda name, way, row=row: self._go(row, name, way))
        self._lay_out()
        self.accepted.connect(self._write)
        self.finished.connect(lambda: self._pool.close())
        theme.changed.connect(self._tint)
        self._tint()
        self._tell()
        self.fit(760, 640)
        self._first_empty().setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> set[int]:
        """The places of the photos that are ticked."""
        return {at for at, row in self.rows.items() if row.tick.isChecked()}

    def _fill(self) -> None:
        now = {at: row.photo() for at, row in self.rows.items()}
        field = str(self.field.currentData())
        only = self.only_empty.isChecked()
        done = filled(now, self.chosen(), field, self.text.text().strip(), only_empty=only)
        changed = [at for at in now if done[at] != now[at]]
        for at in changed:
            self.rows[at].show_photo(done[at])
        self._said.setText(f"Filled in at {count(len(changed), 'photo')}.")

    def _write(self) -> None:
        now = {at: row.photo() for at, row in self.rows.items()}
        changed = {at: photo for at, photo in now.items() if photo != self._before[at]}
        if changed:
            self.written.emit(changed)

    def _choose_all(self, on: bool) -> None:
        for row in self.rows.values():
            row.tick.setChecked(on)

    def _tell(self) -> None:
        chosen = len(self.chosen())
        self.all.setChecked(chosen == len(self.rows))
        where = f"{chosen} chosen" if chosen else f"all {len(self.rows)}"
        self.fill.setText(f"Fill in {where}")
        self.fill.setAccessibleName(self.fill.text())
        self.fill.updateGeometry()
        self._said.setText("")
        for row in self.rows.values():
            row.update()

    def _go(self, row: Row, name: str, way: int) -> None:
        rows = list(self.rows.values())
        at = rows.index(row) + way
        if 0 <= at < len(rows):
            rows[at].fields[name].setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(rows[at])

    def _first_empty(self) -> Line:
        rows = list(self.rows.values())
        empty = (row for row in rows if not row.fields["caption"].text().strip())
        return next(empty, rows[0]).fields["caption"]

    def _lay_out(self) -> None:
        band = QHBoxLayout()
        band.setSpacing(8)
        band.addWidget(self.field)
        band.addWidget(self.text, 1)
        band.addWidget(self.fill)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.all)
        below.addWidget(self.only_empty)
        below.addStretch(1)
        below.addWidget(self._said)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        for row in self.rows.values():
            column.addWidget(row)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.column.setSpacing(10)
        self.column.addLayout(band)
        self.column.addLayout(below)
        self.column.addWidget(self._scroll, 1)

    def _tint(self) -> None:
        self.setStyleSheet(field_sheet(self._theme.colours))
