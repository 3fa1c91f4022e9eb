"""The photo that is edited: what is done to it is drawn over it, and taken hold of by mouse or by keys.

It draws the draft it is told and asks for another one; nothing is decoded and nothing is changed here.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.content.print import WHOLE, Box, Point
from editor.ui.photo_edit import geometry
from editor.ui.photo_edit.draft import Draft
from editor.ui.photo_edit.hands import Hands
from editor.ui.photo_edit.painting import Drawing
from editor.ui.theme.theme import Theme

MARGIN = 14
GRAB = 14  # pixels round a handle that belong to it
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
STEP, LEAP = 50, 500
"""An arrow key moves by so many parts; with Control held by the second."""


class Canvas(QWidget):
    """``changed`` carries the draft that was asked for, and the run that it belongs to; ``told`` what a key did."""

    changed = Signal(object, str)
    run_closed = Signal()
    told = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._drawing = Drawing(theme)
        self.hands = Hands()
        self._pressed: Point | None = None
        self._began = Draft()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(320, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)
        self._name()

    def show_image(self, image: QImage, hidden: QImage) -> None:
        """Shows the upright original, small, and what it looks like where it is blurred."""
        self._drawing.image, self._drawing.hidden = image, hidden
        self.update()

    def show_draft(self, draft: Draft) -> None:
        """Shows what is being done to it."""
        self.hands.draft = draft
        self._name()
        self.update()

    def show_mode(self, mode: str) -> None:
        """Crops, blurs or says what matters most: ``crop``, ``blur`` or ``focus``."""
        self.hands.show_mode(mode)
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(720, 480)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._drawing.image.isNull():
            return
        at = self._point(event.position())
        self._pressed, self._began = at, self.hands.draft
        self.hands.take_hold(at, self._reach())
        if self.hands.mode == "focus":
            self._ask(self.hands.focused(at), "drag")
        self._name()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._point(event.position(), free=True)
        if self._pressed is None:
            self.setCursor(self._cursor(self.hands.under(geometry.clamped(at), self._reach())))
            return
        self._ask(self.hands.dragged(self._began, self._pressed, at), "drag")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        self.hands.let_go()
        self._name()
        self.update()
        self.run_closed.emit()

    # The keys

    def focusNextPrevChild(self, next: bool) -> bool:
        if self.hands.go(1 if next else -1):
            self.run_closed.emit()
            self._name()
            self.told.emit(self.hands.words())
            self.update()
            return True
        return super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        far = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is not None:
            step = LEAP if far else STEP
            made = self.hands.pushed(arrow[0] * step, arrow[1] * step, resize=shift)
            self._ask(made, f"keys {self.hands.held} {shift}")
            self.told.emit(self.hands.words())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._ask(self.hands.deleted(), "")
        elif event.key() in (Qt.Key.Key_Insert, Qt.Key.Key_N) and self.hands.mode == "blur":
            self._ask(self.hands.added(), "")
        else:
            super().keyPressEvent(event)

    # Inside

    def _ask(self, draft: Draft, run: str) -> None:
        if draft != self.hands.draft:
            self.changed.emit(draft, run)

    def _name(self) -> None:
        self.setAccessibleName(self.hands.words())

    def _place(self) -> QRectF:
        """Where the photo is drawn, turned as it is."""
        size = QSize(self._drawing.image.size())
        if self.hands.draft.edit.turns % 2:
            size.transpose()
        room = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        shown = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, shown.width(), shown.height())
        place.moveCenter(QRectF(room).center())
        return place

    def _point(self, at: QPointF, *, free: bool = False) -> Point:
        place = self._place()
        x = round((at.x() - place.x()) / max(1.0, place.width()) * WHOLE)
        y = round((at.y() - place.y()) / max(1.0, place.height()) * WHOLE)
        return Point(x, y) if free else geometry.clamped(Point(x, y))

    def _reach(self) -> Box:
        """How far a handle is felt, in parts."""
        place = self._place()
        wide = round(GRAB / max(1.0, place.width()) * WHOLE)
        high = round(GRAB / max(1.0, place.height()) * WHOLE)
        return Box(0, 0, wide, high)

    def _cursor(self, what: str) -> Qt.CursorShape:
        match what:
            case "nw" | "se":
                return Qt.CursorShape.SizeFDiagCursor
            case "ne" | "sw":
                return Qt.CursorShape.SizeBDiagCursor
            case "n" | "s":
                return Qt.CursorShape.SizeVerCursor
            case "e" | "w":
                return Qt.CursorShape.SizeHorCursor
            case "inside":
                return Qt.CursorShape.SizeAllCursor
            case _:
                return Qt.CursorShape.CrossCursor

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._drawing.paint(painter, self.rect(), self._place(), self.hands, self.hasFocus(), self)
