"""Words that are not typed into: labels that elide, captions, hairlines, and what an empty list says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from editor.ui.kit.buttons import Button
from editor.ui.kit.paint import painter_on
from editor.ui.theme.theme import Theme


class Label(QLabel):
    """Words in one of the design's inks; they wrap where ``wraps`` says so."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        px: int = 13,
        weight: int = 400,
        ink: str = "ink",
        wraps: bool = False,
    ) -> None:
        super().__init__(text)
        self._theme = theme
        self._ink = ink
        self.setFont(theme.ui(px, weight))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            # Qt would put English words at the far end of a window that reads from the right
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._tint()
        theme.changed.connect(self._tint)

    def set_ink(self, ink: str) -> None:
        """Takes another colour of the tokens."""
        self._ink = ink
        self._tint()

    def _tint(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.colour(self._ink))
        self.setPalette(palette)


class Elided(Label):
    """One line that ends in "…" where there is no room; the whole of it is in the tool tip."""

    def __init__(self, theme: Theme, text: str = "", **how: object) -> None:
        super().__init__(theme, text, **how)  # type: ignore[arg-type]
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(20, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if shown == self.text() else self.text())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        side |= Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(self.rect(), side, shown)


class Hairline(QWidget):
    """A line of one pixel, as the design draws between parts."""

    def __init__(self, theme: Theme, *, upright: bool = False) -> None:
        super().__init__()
        self._theme = theme
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("line"))


class EmptyState(QWidget):
    """What a list or a pane says when there is nothing in it, and the one thing to do about it."""

    def __init__(self, theme: Theme, icon: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._picture = QLabel()
        self._title = Label(theme, px=15, weight=600, wraps=True)
        self._text = Label(theme, ink="ink_2", wraps=True)
        self._button: Button | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(32, 32, 32, 32)
        self._column.setSpacing(8)
        self._column.addStretch(2)
        for part in (self._picture, self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(part)
        self._column.addStretch(3)
        theme.changed.connect(self._draw_icon)

    def say(
        self,
        title: str,
        text: str = "",
        action: str = "",
        callback: Callable[[], None] | None = None,
    ) -> None:
        """Shows this, with a button when there is something to do."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        if self._button is not None:
            self._button.deleteLater()
            self._button = None
        if action and callback:
            self._button = Button(self._theme, action)
            self._button.clicked.connect(callback)
            where = self._column.count() - 1
            self._column.insertWidget(where, self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._draw_icon()

    def _draw_icon(self) -> None:
        if self._icon:
            self._picture.setPixmap(self._theme.pixmap(self._icon, "ink_3", 28, self))
