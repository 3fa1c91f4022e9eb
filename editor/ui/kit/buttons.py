"""Buttons as the design draws them: plain, primary, and flat ones for tool bars."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from editor.ui.kit.paint import box, painter_on, ring
from editor.ui.theme.theme import Theme


class Button(QAbstractButton):
    """A button with words, an optional icon, and its shortcut in faint letters."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        primary: bool = False,
        hint: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._primary = primary
        self._hint = hint
        self._icon = icon
        self._font = theme.ui(13, 600)
        self._hint_font = theme.ui(11, 500)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        width = 28 + QFontMetrics(self._font).horizontalAdvance(self.text())
        if self._hint:
            width += 8 + QFontMetrics(self._hint_font).horizontalAdvance(self._hint)
        if self._icon:
            width += 24
        return QSize(width, 32)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, painter_on(self)
        over = self.isEnabled() and (self.underMouse() or self.isDown())
        colour = theme.colour
        if self._primary and self.isEnabled():
            fill = colour("accent").darker(108) if over else colour("accent")
            box(painter, self.rect(), 7, fill)
            ink = colour("on_accent")
        else:
            fill = colour("sunken") if over or not self.isEnabled() else colour("surface")
            box(painter, self.rect(), 7, fill, colour("line_strong"))
            ink = colour("ink") if self.isEnabled() else colour("ink_3")
        self._paint_words(painter, ink)
        if self.hasFocus():
            inset = 3 if self._primary else 0
            area = self.rect().adjusted(inset, inset, -inset, -inset)
            ring(painter, area, 7 - inset / 2, ink if self._primary else colour("accent"))

    def _paint_words(self, painter: QPainter, ink: QColor) -> None:
        words = QFontMetrics(self._font).horizontalAdvance(self.text())
        hint = QFontMetrics(self._hint_font).horizontalAdvance(self._hint) + 8 if self._hint else 0
        icon = 24 if self._icon else 0
        x = (self.width() - words - hint - icon) // 2
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        height = self.height()

        def part(left: int, width: int) -> QRect:
            return QRect(self.width() - left - width if mirrored else left, 0, width, height)

        if self._icon:
            name = "on_accent" if self._primary and self.isEnabled() else "ink_2"
            place = part(x, 16)
            pixmap = self._theme.pixmap(self._icon, name, 16, self)
            painter.drawPixmap(place.x(), (height - 16) // 2, pixmap)
        painter.setPen(ink)
        painter.setFont(self._font)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(part(x + icon, words + 1), middle, self.text())
        if self._hint:
            painter.setFont(self._hint_font)
            if not self._primary:
                painter.setPen(self._theme.colour("ink_3"))
            painter.drawText(part(x + icon + words + 8, hint - 7), middle, self._hint)


class FlatButton(QAbstractButton):
    """A button without a border: an icon, words, or both. Its name is its tool tip when it has no words."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        icon: str = "",
        text: str = "",
        hint: str = "",
        px: int = 13,
        height: int = 30,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._hint = hint
        self._height = height
        self._ink = "ink_2"
        self._font = theme.ui(px)
        self._hint_font = theme.ui(11, 500)
        self.setText(text)
        self.setAccessibleName(name)
        if not text:
            self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def say(self, text: str, *, icon: str = "", ink: str = "ink_2") -> None:
        """Shows other words, another icon, in another ink."""
        self._icon, self._ink = icon, ink
        self.setText(text)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Shows another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(self._height, 16 + self._content_width()), self._height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, painter_on(self)
        colour = theme.colour
        if self.isChecked():
            box(painter, self.rect(), 6, colour("accent_soft"))
        elif self.isEnabled() and (self.underMouse() or self.isDown()):
            box(painter, self.rect(), 6, colour("line"))
        ink = "accent" if self.isChecked() else self._ink if self.isEnabled() else "ink_3"
        x = (self.width() - self._content_width()) // 2
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft

        def place(width: int) -> int:
            return self.width() - x - width if mirrored else x

        if self._icon:
            pixmap = theme.pixmap(self._icon, ink, 16, self)
            painter.drawPixmap(place(16), (self.height() - 16) // 2, pixmap)
            x += 22
        words = ((self.text(), self._font, ink), (self._hint, self._hint_font, "ink_3"))
        for text, font, name in words:
            if text:
                wide = QFontMetrics(font).horizontalAdvance(text) + 1
                painter.setFont(font)
                painter.setPen(colour(name))
                area = QRect(place(wide), 0, wide, self.height())
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
                x += wide + 7
        if self.hasFocus():
            ring(painter, self.rect(), 6, colour("accent"))

    def _content_width(self) -> int:
        parts = [16] if self._icon else []
        if self.text():
            parts.append(QFontMetrics(self._font).horizontalAdvance(self.text()))
        if self._hint:
            parts.append(QFontMetrics(self._hint_font).horizontalAdvance(self._hint))
        return sum(parts) + 7 * max(0, len(parts) - 1)
