"""The history of an entry: every version, what differs from the text now, and the way back.

Restoring makes an old version the draft; the text it replaces stays in the history.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.content.entry import Content
from editor.domain.blog import Blog
from editor.domain.ids import RevisionId
from editor.ui.blocks.fields import Check
from editor.ui.composer.compare import differences_html
from editor.ui.composer.origins import ICONS, described
from editor.ui.composer.preview import Preview
from editor.ui.kit.buttons import Button, FlatButton
from editor.ui.kit.labels import Label
from editor.ui.theme.theme import Theme
from editor.views import RevisionRow

LIST_WIDTH = 250
OTHER = RevisionId("")


class HistoryPanel(QWidget):
    """Versions on one side, the chosen one on the other. ``restored`` carries the version's content and id."""

    restored = Signal(object, object)
    closed = Signal()

    def __init__(
        self, theme: Theme, picture: Callable[[str, int], QImage], run_in_pool: Callable[..., None]
    ) -> None:
        super().__init__()
        self._theme = theme
        self._read: Callable[[RevisionId], Content] = lambda _: Content()
        self._now = Content()
        self._blog: Blog | None = None
        self._other: Content | None = None
        self._rows: dict[RevisionId, RevisionRow] = {}
        self.setAccessibleName("History")
        self.versions = QListWidget()
        self.versions.setAccessibleName("Versions, newest first")
        self.versions.setFrameShape(QFrame.Shape.NoFrame)
        self.versions.setWordWrap(True)
        self.versions.setSpacing(1)
        self.versions.setIconSize(QSize(16, 16))
        self.versions.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.versions.currentItemChanged.connect(self._on_chosen)
        self.page = Preview(theme, picture, run_in_pool)
        self.page.setAccessibleName("The chosen version")
        self.compares = Check(theme, "Show what differs from the text now")
        self.compares.setChecked(True)
        self.compares.toggled.connect(self._on_chosen)
        self.restore = Button(theme, "Restore as draft")
        self.restore.clicked.connect(self._on_restore)
        close = FlatButton(theme, "Close the history", icon="x")
        close.clicked.connect(self.closed)
        left = QVBoxLayout()
        left.setContentsMargins(18, 14, 0, 12)
        left.addWidget(Label(theme, "History", weight=600))
        left.addWidget(self.versions, 1)
        holder = QWidget()
        holder.setFixedWidth(LIST_WIDTH)
        holder.setLayout(left)
        top = QHBoxLayout()
        top.setContentsMargins(18, 8, 12, 8)
        top.addWidget(self.compares)
        top.addStretch(1)
        top.addWidget(self.restore)
        top.addWidget(close)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(top)
        right.addWidget(self.page, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(holder)
        row.addLayout(right, 1)
        theme.changed.connect(self._recolour)
        self._recolour()

    def show_history(
        self,
        rows: tuple[RevisionRow, ...],
        read: Callable[[RevisionId], Content],
        now: Content,
        blog: Blog,
        at: datetime,
        *,
        writable: bool,
        other: Content | None = None,
    ) -> None:
        """Shows an entry's versions against its text now; ``other`` is one that came from elsewhere meanwhile."""
        self._read, self._now, self._blog, self._other = read, now, blog, other
        self._rows = {row.id: row for row in rows}
        self.restore.setEnabled(writable)
        self.versions.blockSignals(True)
        self.versions.clear()
        if other is not None:
            self._add(OTHER, "From elsewhere\nNot in your text", "info")
        for row in rows:
            text = described(row, self._rows, blog.zone, at)
            self._add(row.id, text, ICONS[row.origin])
        self.versions.blockSignals(False)
        if self.versions.count():
            self.versions.setCurrentRow(0)
            self._on_chosen()
        else:
            self.page.show_html("<p class='meta'>There is no earlier version yet.</p>")
            self.restore.setEnabled(False)

    def set_now(self, content: Content) -> None:
        """Takes the text as it is now, to compare with."""
        if content != self._now:
            self._now = content
            self._on_chosen()

    def _add(self, revision: RevisionId, text: str, icon: str) -> None:
        item = QListWidgetItem(self._theme.icon(icon), text)
        item.setData(Qt.ItemDataRole.UserRole, revision)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text.replace("\n", ", "))
        self.versions.addItem(item)

    def _chosen(self) -> tuple[RevisionId, Content] | None:
        if self.versions.currentRow() < 0:
            return None
        revision: RevisionId = self.versions.currentItem().data(Qt.ItemDataRole.UserRole)
        if revision == OTHER:
            return (OTHER, self._other) if self._other is not None else None
        return revision, self._read(revision)

    def _on_chosen(self, *_changed: object) -> None:
        chosen = self._chosen()
        if chosen is None or self._blog is None:
            return
        content = chosen[1]
        if self.compares.isChecked() and content != self._now:
            c = self._theme.colours
            html = differences_html(content, self._now, add=c.add, remove=c.remove, quiet=c.ink_3)
            self.page.show_html(html)
        else:
            self.page.show_content(content, self._blog)

    def _on_restore(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.restored.emit(chosen[1], chosen[0])

    def _recolour(self) -> None:
        c = self._theme.colours
        self.setStyleSheet(
            f"QListWidget {{ background: {c.paper}; color: {c.ink}; outline: 0; }}"
            f"QListWidget::item {{ padding: 7px 8px; border-radius: 6px; }}"
            f"QListWidget::item:selected {{ background: {c.accent_soft}; color: {c.ink}; }}"
        )
        self._on_chosen()
