"""The insert menu: which block comes next, chosen by keyboard or mouse.

It opens under the cursor at ``/`` or Enter in an empty text; letters narrow it down, Escape gives it up.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from editor.ui.blocks import widgets
from editor.ui.kit.paint import box
from editor.ui.theme.theme import Theme

ROW = 34
WIDTH = 264
PAD = 5


@cache
def offered() -> tuple[tuple[str, str, str, str], ...]:
    """Every kind that is offered, in its place: its type, its name, its icon, and a hint."""
    kinds = [(widget.OFFER, kind, widget) for kind, widget in widgets().items() if widget.OFFER]
    return tuple(
        (kind, offer.name, widget.ICON, offer.hint) for offer, kind, widget in sorted(kinds)
    )


class InsertMenu(QWidget):
    """A pop-up list of kinds. ``chosen`` carries the kind; ``given_up`` what was typed meanwhile."""

    chosen = Signal(str)
    given_up = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._theme = theme
        self._typed = ""
        self._slash = False
        self._at = 0
        self._done = False
        self._name()

    def open_at(self, place: QPoint, *, slash: bool) -> None:
        """Opens with its corner at ``place`` (global), inside the screen."""
        self._typed, self._slash, self._at, self._done = "", slash, 0, False
        self._fit()
        screen = self.screen().availableGeometry()
        below = place.y() + self.height() <= screen.bottom()
        y = place.y() if below else place.y() - self.height() - 34
        x = max(screen.left(), min(place.x(), screen.right() - self.width()))
        self.move(x, max(screen.top(), y))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._name()

    def choices(self) -> list[tuple[str, str, str, str]]:
        """What is offered now."""
        typed = self._typed.casefold()
        words = [choice for choice in offered() if typed in f"{choice[1]} {choice[3]}".casefold()]
        return [c for c in words if c[1].casefold().startswith(typed)] or words

    def _fit(self) -> None:
        count = max(1, len(self.choices()))
        self._at = min(self._at, count - 1)
        self.resize(WIDTH, 2 * PAD + ROW * count)

    def _name(self) -> None:
        choices = self.choices()
        now = choices[self._at][1] if choices else "nothing fits"
        self.setAccessibleName(f"Insert a block: {now}")

    def _choose(self, number: int) -> None:
        choices = self.choices()
        if number < len(choices):
            self._done = True
            self.close()
            self.chosen.emit(choices[number][0])

    def _give_up(self) -> None:
        if not self._done:
            self._done = True
            self.given_up.emit(("/" if self._slash else "") + self._typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = max(1, len(self.choices()))
        text = event.text()
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Tab:
                self._at = (self._at + 1) % count
            case Qt.Key.Key_Up | Qt.Key.Key_Backtab:
                self._at = (self._at - 1) % count
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self._at)
                return
            case Qt.Key.Key_Backspace if self._typed:
                self._typed = self._typed[:-1]
            case Qt.Key.Key_Backspace | Qt.Key.Key_Escape:
                self._slash = self._slash and event.key() == Qt.Key.Key_Escape
                self.close()
                return
            case _:
                if text and text.isprintable():
                    self._typed += text
                    self._at = 0
                    if not self.choices() or (text == " " and self._typed == " "):
                        self.close()
                        return
        self._fit()
        self._name()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = (event.position().toPoint().y() - PAD) // ROW
        if 0 <= row < len(self.choices()) and row != self._at:
            self._at = row
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if inside:
            self._choose((event.position().toPoint().y() - PAD) // ROW)
        else:
            self.close()

    def closeEvent(self, event: object) -> None:
        self._give_up()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 2 * PAD + ROW * len(offered()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        colour = theme.colour
        box(painter, self.rect(), 8, colour("surface"), colour("line_strong"))
        lead = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        trail = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        painter.setLayoutDirection(self.layoutDirection())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for number, (_, title, icon, hint) in enumerate(self.choices()):
            row = QRect(PAD, PAD + number * ROW, self.width() - 2 * PAD, ROW)
            if number == self._at:
                box(painter, row, 5, colour("accent_soft"))
            pixmap = theme.pixmap(icon, "ink_2", 16, self)
            x = row.right() - 25 if mirrored else row.left() + 10
            painter.drawPixmap(x, row.top() + (ROW - 16) // 2, pixmap)
            inner = row.adjusted(36, 0, -10, 0) if not mirrored else row.adjusted(10, 0, -36, 0)
            painter.setFont(theme.ui(13, 500))
            painter.setPen(colour("ink"))
            painter.drawText(inner, lead, title)
            painter.setFont(theme.ui(12))
            painter.setPen(colour("ink_3"))
            painter.drawText(inner, trail, hint)
