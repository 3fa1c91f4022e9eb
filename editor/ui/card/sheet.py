"""The sheet that shows what is on a card or in a folder, to choose what is taken in.

The folder is read and every picture is made in the pool; the grid draws only what is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QWidget

from editor.ui.blocks.base import Setting
from editor.ui.card.cell import CELL, PICTURE, CellPainter
from editor.ui.card.model import CardModel, Shot
from editor.ui.card.reading import Listed, listed, looker
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.labels import Elided, Label
from editor.ui.kit.sheet import Sheet
from editor.ui.messages import count
from editor.ui.pool import Pool

KEPT = QItemSelectionModel.SelectionFlag


class Grid(QListView):
    """The photos; Space chooses or leaves out, Shift and arrows choose a run, Ctrl+A all."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setAccessibleName("Photos on the card")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(CellPainter(setting.theme, self))
        self.setTabKeyNavigation(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        ways = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        before = self.currentIndex()
        super().keyPressEvent(event)
        now = self.currentIndex()
        if shift and event.key() in ways and before.isValid() and now.isValid():
            first, last = sorted((before.row(), now.row()))
            for row in range(first, last + 1):
                self.selectionModel().select(self.model().index(row, 0), KEPT.Select)


class CardSheet(Sheet):
    """``chosen`` carries the files in the card's order."""

    chosen = Signal(list)

    def __init__(
        self, setting: Setting, parent: QWidget, folder: Path, is_known: Callable[[str], bool]
    ) -> None:
        super().__init__(setting.theme, parent, f"Photos in “{folder.name or folder}”", "Add")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme = setting.theme
        self._pool = Pool(setting.run_in_pool)
        ratio = self.devicePixelRatioF()
        longest = round(PICTURE.width() * ratio)
        self.model = CardModel(looker(setting.thumbnail, longest, is_known), self._pool.run)
        self.grid = Grid(setting)
        self.grid.setModel(self.model)
        self.all = FlatButton(theme, "Choose all", text="Choose all", height=28)
        self.all.clicked.connect(self.grid.selectAll)
        self.none = FlatButton(theme, "Choose none", text="Choose none", height=28)
        self.none.clicked.connect(self.grid.clearSelection)
        self._said = Elided(theme, "Looking…", px=12, ink="ink_3")
        self._count = Label(theme, px=12, ink="ink_2", weight=500)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.all)
        top.addWidget(self.none)
        top.addSpacing(8)
        top.addWidget(self._said, 1)
        top.addWidget(self._count)
        self.column.setSpacing(8)
        self.column.addLayout(top)
        self.column.addWidget(self.grid, 1)
        self.grid.selectionModel().selectionChanged.connect(self._tell)
        self.grid.doubleClicked.connect(self._add_one)
        self.accepted.connect(self._give)
        self.finished.connect(lambda: self._pool.close())
        self._theme = theme
        theme.changed.connect(self._tint)
        self._tint()
        self.fit(928, 660)
        self._tell()
        self._pool.run(lambda: listed(folder), self._show, self._fail)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def files(self) -> list[Path]:
        """What is chosen, in the card's order."""
        rows = sorted(index.row() for index in self.grid.selectedIndexes())
        return [self.model.shots[row].path for row in rows]

    @property
    def said(self) -> str:
        """What it says of the folder."""
        return self._said.text()

    def _show(self, found: Listed) -> None:
        self.model.show_shots(found.shots)
        self._said.setText(_summary(found.shots, found.left_out))
        if found.shots:
            first = self.model.index(0, 0)
            self.grid.selectionModel().setCurrentIndex(first, KEPT.NoUpdate)
        self._tell()

    def _tint(self) -> None:
        paper = self._theme.colours.paper
        self.grid.setStyleSheet(f"QListView {{ background: {paper}; outline: 0; }}")

    def _fail(self, error: Exception) -> None:
        self._said.setText("The folder cannot be read.")
        if not isinstance(error, OSError):
            raise error

    def _tell(self) -> None:
        number = len(self.grid.selectedIndexes())
        self._count.setText(f"{number} chosen" if number else "")
        self.done_button.setText(f"Add {count(number, 'photo')}" if number else "Add")
        self.done_button.setAccessibleName(self.done_button.text())
        self.done_button.setEnabled(bool(number))
        self.done_button.updateGeometry()
        self.all.setEnabled(number < len(self.model.shots))
        self.none.setEnabled(bool(number))

    def _add_one(self) -> None:
        self.grid.selectionModel().select(self.grid.currentIndex(), KEPT.Select)
        self.accept()

    def _give(self) -> None:
        if files := self.files():
            self.chosen.emit(files)


def _summary(shots: tuple[Shot, ...], left_out: int) -> str:
    pairs = sum(shot.with_raw for shot in shots)
    parts = [count(len(shots), "photo") if shots else "There are no photos here"]
    if pairs:
        parts.append(f"{pairs} with a raw file, shown once")
    if left_out:
        parts.append(f"{count(left_out, 'other file')} left out")
    return " · ".join(parts)
