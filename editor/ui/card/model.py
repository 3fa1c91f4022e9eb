"""The photos of a card as a list that asks for a picture only where one is seen.

Pictures are made two at a time in the pool, those asked for last first: who scrolls waits for what is on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage, QPixmap

AT_ONCE = 2
KNOWN = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class Shot(msgspec.Struct, frozen=True, kw_only=True):
    """A photo on a card: the file that is taken in, and whether a raw file belongs to it."""

    path: Path
    with_raw: bool = False


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What was found when a photo was looked at: a small picture, and whether it is on this laptop already."""

    image: QImage
    known: bool = False


class CardModel(QAbstractListModel):
    """``look`` is slow; ``run`` does it in the pool."""

    def __init__(self, look: Callable[[Path], Seen], run: Callable[..., None]) -> None:
        super().__init__()
        self._look, self._run = look, run
        self.shots: Sequence[Shot] = ()
        self._pixmaps: dict[int, QPixmap] = {}
        self._known: set[int] = set()
        self._asked: set[int] = set()
        self._waiting: list[int] = []
        self._running = 0

    def show_shots(self, shots: Sequence[Shot]) -> None:
        """Shows the photos of a card."""
        self.beginResetModel()
        self.shots = shots
        self.endResetModel()

    @property
    def made(self) -> int:
        """How many pictures are there."""
        return len(self._pixmaps)

    @property
    def busy(self) -> bool:
        """Whether pictures are being made."""
        return bool(self._running or self._waiting)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.shots)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        at = index.row()
        if not 0 <= at < len(self.shots):
            return None
        shot = self.shots[at]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shot.path.name
            case Qt.ItemDataRole.AccessibleTextRole:
                words = [shot.path.name]
                words += ["with its raw file"] * shot.with_raw
                words += ["on this laptop already"] * (at in self._known)
                return ", ".join(words)
            case Qt.ItemDataRole.ToolTipRole:
                return str(shot.path)
            case Qt.ItemDataRole.DecorationRole:
                return self._picture(at)
            case _ if role == KNOWN:
                return at in self._known
            case _:
                return None

    def _picture(self, at: int) -> QPixmap | None:
        found = self._pixmaps.get(at)
        if found is None and at not in self._asked:
            self._asked.add(at)
            self._waiting.append(at)
            self._go_on()
        return found

    def _go_on(self) -> None:
        while self._waiting and self._running < AT_ONCE:
            at = self._waiting.pop()
            path = self.shots[at].path
            self._running += 1
            self._run(
                lambda path=path: self._look(path),
                lambda seen, at=at: self._keep(at, seen),
                lambda _, at=at: self._keep(at, Seen(image=QImage())),
            )

    def _keep(self, at: int, seen: Seen) -> None:
        self._running -= 1
        # a picture that cannot be made is not asked for again
        self._pixmaps[at] = QPixmap.fromImage(seen.image)
        if seen.known:
            self._known.add(at)
        index = self.index(at, 0)
        self.dataChanged.emit(index, index)
        self._go_on()
