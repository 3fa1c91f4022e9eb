"""One of several ways to choose: a row with a title and a line of help, reached and chosen by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from editor.ui.kit.labels import Label
from editor.ui.kit.paint import box, painter_on, ring
from editor.ui.theme.theme import Theme


class Pick(QAbstractButton):
    """With ``icon`` it leads somewhere; without, it shows a round mark and stays chosen."""

    def __init__(self, theme: Theme, title: str, help: str, *, icon: str = "") -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(help)
        self.setCheckable(not icon)
        self.setAutoExclusive(not icon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._lead, self._end = QLabel(), QLabel()
        self._lead.setFixedSize(20, 20)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(theme, title, weight=600, wraps=True))
        words.addWidget(Label(theme, help, px=12, ink="ink_2", wraps=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 11, 14, 11)
        row.setSpacing(12)
        row.addWidget(self._lead)
        row.addLayout(words, 1)
        if icon:
            row.addWidget(self._end)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setForegroundRole(QPalette.ColorRole.WindowText)  # not that of a button's words
        theme.changed.connect(self._draw)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Down if self._icon:
                self.focusNextChild()
            case Qt.Key.Key_Up if self._icon:
                self.focusPreviousChild()
            case _:
                super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colour = painter_on(self), self._theme.colour
        on, over = self.isChecked(), self.isEnabled() and self.underMouse()
        ground = "accent_soft" if on else "sunken" if over else "surface"
        box(painter, self.rect(), 8, colour(ground), colour("accent" if on else "line"))
        if not self._icon:
            place = QRectF(self._lead.geometry()).adjusted(2, 2, -2, -2)
            ink = colour("accent" if on else "ink_3")
            box(painter, place, 8, ink if on else colour("surface"), ink)
            if on:
                box(painter, place.adjusted(5, 5, -5, -5), 3, colour("on_accent"))
        if self.hasFocus():
            ring(painter, self.rect(), 8, colour("accent"))

    def _draw(self) -> None:
        if not self._icon:
            self.update()
            return
        self._lead.setPixmap(self._theme.pixmap(self._icon, "ink_2", 20, self))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        arrow = "chevron-left" if mirrored else "chevron-right"
        self._end.setPixmap(self._theme.pixmap(arrow, "ink_3", 14, self))
