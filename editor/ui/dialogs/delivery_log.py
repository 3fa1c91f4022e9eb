"""An entry's delivery log: how it stands at each place, every request that was made for it, and a copy for support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from editor.changes import Changes
from editor.desk.delivery_report import delivery_report
from editor.domain.ids import EntryId
from editor.sync.records import LogLine
from editor.sync.report import SyncState
from editor.ui.kit.buttons import Button
from editor.ui.kit.labels import Elided, Label
from editor.ui.kit.sheet import Sheet
from editor.ui.log_words import HEAD, log_cells, log_why, row_of
from editor.ui.outbox_words import outbox_sentence

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow


def show_delivery_log(window: MainWindow, entry: EntryId) -> DeliveryLogSheet:
    """Opens an entry's delivery log over the window."""
    sheet = DeliveryLogSheet(window, entry)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    return sheet


class DeliveryLogSheet(Sheet):
    """It follows what happens as long as it is open."""

    def __init__(self, window: MainWindow, entry: EntryId) -> None:
        super().__init__(window.theme, window, "Deliveries of this entry", "Close", cancel="")
        self._window = window
        self._entry = entry
        self._log: tuple[LogLine, ...] = ()
        self._places: dict[str, str] = {}
        theme = window.theme
        self.resize(min(860, max(460, window.width() - 40)), 520)
        self._title = Elided(theme, weight=600)
        self._standing = Label(theme, ink="ink_2", wraps=True)
        self.table = QTableWidget(0, len(HEAD))
        self._dress()
        self._why = Label(theme, ink="ink_2", wraps=True)
        self._nothing = Label(theme, "No request was made for this entry yet.", ink="ink_3")
        self._copy = Button(theme, "Copy for support", icon="copy")
        self._copy.clicked.connect(self._copy_report)
        self._copied = Label(theme, px=12, ink="ink_3", wraps=True)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._copy)
        foot.addWidget(self._copied, 1)
        for part in (self._title, self._standing, self.table, self._nothing, self._why):
            self.column.addWidget(part)
        self.column.setStretch(2, 1)
        self.column.setSpacing(8)
        self.column.addLayout(foot)
        self.table.currentItemChanged.connect(lambda *_: self._tell_why())
        theme.changed.connect(self._tint)
        window.bridge.changed.connect(self._follow)
        self._tint()
        self._renew()
        self.table.setFocus()

    def _renew(self) -> None:
        views = self._window.views
        view, now = views.entry(self._entry), self._window.room.clock.now()
        zone = view.blog.zone
        self._title.setText(view.content.headline or "Untitled entry")
        connection = self._window.bridge.connection
        sync = connection.sync or SyncState(online=connection.online)
        waiting = {row.target: row for row in views.outbox() if row.entry == self._entry}
        self._places = view.target_names
        said = []
        for delivery in view.deliveries:
            row = waiting.get(delivery.target) or row_of(view, delivery)
            name = view.target_names.get(delivery.target, "A place that is gone")
            said.append(f"{name}: {outbox_sentence(row, sync, now, zone)}")
        self._standing.setText("\n".join(said) or "It was not released to any place yet.")
        log = views.delivery_log(self._entry)
        self._nothing.setVisible(not log)
        self.table.setVisible(bool(log))
        if log != self._log:
            self._log = log
            self._fill([log_cells(line, now, zone) for line in log])

    def _fill(self, rows: list[tuple[str, ...]]) -> None:
        chosen = self.table.currentRow()
        self.table.setRowCount(len(rows))
        for number, cells in enumerate(rows):
            why = self._why_of(number)
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(why or text)
                self.table.setItem(number, column, item)
        self.table.resizeColumnsToContents()
        if rows:
            self.table.setCurrentCell(max(chosen, 0), 0)
        self._tell_why()

    def _tell_why(self) -> None:
        at = self.table.currentRow()
        why = self._why_of(at) if 0 <= at < len(self._log) else ""
        self._why.setText(why)
        self._why.setVisible(bool(why))

    def _why_of(self, number: int) -> str:
        line = self._log[number]
        return log_why(line, self._places.get(line.target, "the server"))

    def _copy_report(self) -> None:
        now = self._window.room.clock.now()
        report = delivery_report(self._window.views, self._entry, now)
        QGuiApplication.clipboard().setText(report)
        self._copied.setText("Copied. It holds no text of yours, no names and no passwords.")

    def _follow(self, changes: Changes) -> None:
        if changes.everything or self._entry in changes.entries | changes.deliveries:
            self._renew()

    def _dress(self) -> None:
        table = self.table
        table.setAccessibleName("Requests, newest first")
        table.setHorizontalHeaderLabels(list(HEAD))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(26)
        table.setShowGrid(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)

    def _tint(self) -> None:
        colours = self._window.theme.colours
        self.table.setStyleSheet(
            f"QTableWidget {{ background: {colours.surface}; border: 1px solid {colours.line};"
            f" selection-background-color: {colours.accent_soft};"
            f" selection-color: {colours.ink}; outline: 0; }}"
            f"QHeaderView::section {{ background: {colours.sunken}; color: {colours.ink_2};"
            f" border: 0; padding: 4px 6px; }}"
            f"QTableWidget::item {{ padding: 0 4px; color: {colours.ink}; }}"
            f"QTableWidget::item:selected {{ background: {colours.accent_soft}; }}"
            f"QTableWidget:focus {{ border: 2px solid {colours.accent}; }}"
        )
