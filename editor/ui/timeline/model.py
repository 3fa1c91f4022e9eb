"""The timeline as a model that holds only ids: rows are read when they are shown, in chunks, and kept for a while.

After a change only the touched rows are read again; the order is asked for again only when it can have changed.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from editor.changes import Changes
from editor.domain.ids import BlogId, EntryId
from editor.ui.messages import badge_word, marks
from editor.views import EntryRow, Filter, Views

CHUNK = 48
KEPT = 600
Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """The entries of a blog, or of a desk list when ``blog`` is None, under a filter and a search."""

    def __init__(self, views: Views, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views = views
        self._ids: tuple[EntryId, ...] = ()
        self._places: dict[EntryId, int] = {}
        self._rows: OrderedDict[EntryId, EntryRow] = OrderedDict()
        self.blog: BlogId | None = None
        self.which = Filter.ALL
        self.words = ""

    def show(self, blog: BlogId | None, which: Filter = Filter.ALL, words: str = "") -> None:
        """Shows another list from its beginning."""
        self.blog, self.which, self.words = blog, which, words
        self.beginResetModel()
        self._take(self._views.timeline(blog, which, words))
        self.endResetModel()

    def clear(self) -> None:
        """Shows nothing."""
        self.beginResetModel()
        self._take(())
        self.endResetModel()

    def ids(self) -> tuple[EntryId, ...]:
        """The entries in their order."""
        return self._ids

    def place(self, entry: EntryId | None) -> int:
        """The row of an entry, or -1."""
        return self._places.get(entry, -1) if entry else -1

    def row(self, number: int) -> EntryRow | None:
        """What is shown in a row; None where the entry went away meanwhile."""
        entry = self._ids[number]
        found = self._rows.get(entry)
        if found is None:
            self._read_around(number)
            return self._rows.get(entry)
        self._rows.move_to_end(entry)
        return found

    def follow(self, changes: Changes) -> None:
        """Reads again what a commit touched."""
        if changes.everything:
            self._rows.clear()
            self._reorder()
            return
        touched = changes.entries | changes.deliveries
        known = tuple(entry for entry in touched if entry in self._rows)
        before = {entry: self._rows[entry] for entry in known}
        for row in self._views.rows(known):
            self._rows[row.id] = row
        moved = (changes.entries - set(known)) or any(
            _order(before[entry]) != _order(self._rows[entry]) for entry in known
        )
        if moved or self.words:
            for entry in changes.entries - set(known):
                self._rows.pop(entry, None)
            self._reorder()
        for entry in known:
            if (place := self._places.get(entry)) is not None:
                index = self.index(place)
                self.dataChanged.emit(index, index)

    def _reorder(self) -> None:
        """Takes the new order; what stands still at both ends is not told to have moved."""
        new = self._views.timeline(self.blog, self.which, self.words)
        old = self._ids
        if new == old:
            return
        least = min(len(new), len(old))
        head = next((n for n in range(least) if new[n] != old[n]), least)
        tail = next((n for n in range(least - head) if new[-1 - n] != old[-1 - n]), least - head)
        gone, come = len(old) - head - tail, len(new) - head - tail
        nowhere = QModelIndex()
        if gone:
            self.beginRemoveRows(nowhere, head, head + gone - 1)
            self._take(old[:head] + old[head + gone :])
            self.endRemoveRows()
        if come:
            self.beginInsertRows(nowhere, head, head + come - 1)
            self._take(new)
            self.endInsertRows()

    def _take(self, ids: tuple[EntryId, ...]) -> None:
        self._ids = ids
        self._places = {entry: place for place, entry in enumerate(ids)}

    def _read_around(self, number: int) -> None:
        start = number - number % CHUNK
        chunk = self._ids[start : start + CHUNK]
        for row in self._views.rows(tuple(e for e in chunk if e not in self._rows)):
            self._rows[row.id] = row
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        row = self.row(index.row())
        if row is None:
            return ""
        title = row.headline or row.excerpt or "Untitled entry"
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        marked = f"{marks(row)}. " if marks(row) else ""
        said = f"{title}. {badge_word(row.badge)}. {marked}{row.excerpt if row.headline else ''}"
        return said.strip()


def _order(row: EntryRow) -> tuple[object, ...]:
    """Everything that an entry's place in any of the lists depends on."""
    return (
        row.time,
        row.pinned,
        row.stage,
        row.badge,
        row.key_event,
        row.submitted_at,
        row.not_before,
    )
