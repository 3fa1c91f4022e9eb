"""What every block's widget is: a frame with its kind, a grip beside it, its problems below.

A block's widget owns what is typed into it. It is asked for its value when the writer pauses, and told another one on
undo; it changes no other widget and knows no store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QEnterEvent, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from editor.content.block import Block
from editor.content.blocks.photo import Photo
from editor.domain.asset import Asset
from editor.problems import Problem
from editor.ui.kit.chips import Pill
from editor.ui.kit.labels import Label
from editor.ui.kit.paint import box
from editor.ui.messages import sentence
from editor.ui.theme.theme import Theme

if TYPE_CHECKING:
    from editor.ui.blocks.looking import Looking

GUTTER = 36
RIGHT_TO_LEFT = frozenset("ar fa he ur yi ps ckb dv ug sd".split())
T = TypeVar("T")
Pool = Callable[[Callable[[], T], Callable[[T], None], Callable[[Exception], None]], None]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What blocks need to know of where they stand, and what they may ask for.

    ``size_note`` says what is sent of a photo, ``picture`` reads a photo's asset no larger than it is told (slow: for the
    pool), ``thumbnail`` one of a photo's file, ``asset`` is what the store knows of it, ``protected`` whether the entry's
    source is. ``edit_photo`` and ``write_captions`` open their sheets.
    """

    theme: Theme
    zone: tzinfo
    now: Callable[[], datetime]
    run_in_pool: Callable[..., None]
    picture: Callable[[str, int], QImage]
    size_note: Callable[[Photo], str]
    speakers: Callable[[], Sequence[tuple[str, str]]]
    right_to_left: bool = False
    looking: Looking | None = None
    asset: Callable[[str], Asset | None] = lambda _: None
    protected: Callable[[], bool] = lambda: False
    thumbnail: Callable[[Path, int], bytes] = lambda _path, _longest: b""
    edit_photo: Callable[[BlockWidget], None] = lambda _: None
    write_captions: Callable[[], None] = lambda: None


def reads_right_to_left(language: str) -> bool:
    """Whether texts in a language begin at the right."""
    return language.partition("-")[0].lower() in RIGHT_TO_LEFT


class Grip(QWidget):
    """The handle beside a block: drag it to move the block, click it for the menu."""

    pressed_for_menu = Signal(QPoint)
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._start: QPoint | None = None
        self._dragging = False
        self.setFixedSize(20, 24)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName("Move or change this block")
        self.setToolTip("Drag to move, click for more")
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            box(painter, self.rect(), 5, self._theme.colour("line"))
        painter.drawPixmap(2, 4, self._theme.pixmap("grip-vertical", "ink_3", 16, self))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._start = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is None:
            return
        at = event.globalPosition().toPoint()
        far = (at - self._start).manhattanLength() >= QApplication.startDragDistance()
        if far or self._dragging:
            self._dragging = True
            self.dragged.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at, started = event.globalPosition().toPoint(), self._start
        dragging, self._dragging, self._start = self._dragging, False, None
        if dragging:
            self.dropped.emit(at)
        elif started is not None:
            self.pressed_for_menu.emit(self.mapToGlobal(QPoint(0, self.height())))


class Offer(NamedTuple):
    """How a kind of block is offered: in the menu behind ``/`` by ``place``, and by name in the command palette."""

    place: int
    name: str
    hint: str
    command: str
    shortcut: str = ""


class BlockWidget(QWidget):
    """One block in the column. Subclasses fill ``self.inside`` and give ``value`` and ``set_value``.

    ``edited`` comes with every key and must stay cheap; ``settled`` says that a change is complete; ``left`` that the
    cursor goes to the block before (-1) or after (1).
    """

    TYPE: ClassVar[str]
    TITLE: ClassVar[str]
    ICON: ClassVar[str] = ""
    OFFER: ClassVar[Offer | None] = None
    FRAMED: ClassVar[bool] = True

    edited = Signal()
    settled = Signal()
    left = Signal(int)
    size_settled = Signal()

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setting = setting
        self.theme = setting.theme
        self._active = False
        self.grip = Grip(setting.theme, self)
        self.setAccessibleName(self.TITLE)
        self.title = Label(self.theme, self.TITLE, px=11, weight=600, ink="ink_3")
        self.aside = Label(self.theme, px=11, weight=500, ink="ink_3")
        self.tag = Pill(self.theme)
        self._icon = QLabel()
        self._problems = Label(self.theme, px=12, ink="amber", wraps=True)
        self._problems.hide()
        outer = QVBoxLayout(self)
        pad = (14, 11, 14, 13) if self.FRAMED else (0, 0, 0, 0)
        outer.setContentsMargins(GUTTER + pad[0], pad[1], GUTTER + pad[2], pad[3])
        outer.setSpacing(6)
        if self.FRAMED:
            outer.addLayout(self._header())
        self.inside = QVBoxLayout()
        self.inside.setSpacing(8)
        outer.addLayout(self.inside)
        outer.addWidget(self._problems)
        self.theme.changed.connect(self.recolour)

    def value(self) -> Block | None:
        """What the block says now; None while there is nothing that could be kept."""
        raise NotImplementedError

    def set_value(self, block: Block, *, follow: bool = False) -> None:
        """Shows another value of the same kind, changing only what differs."""
        raise NotImplementedError

    def address_given(self) -> None:
        """Told that its address was put in whole, not typed."""

    def focus_at(self, where: int) -> None:
        """Takes the focus, coming from above (1) or below (-1)."""
        raise NotImplementedError

    def focus_field(self, name: str) -> None:
        """Takes the focus to the field of that name, as a problem names it; to its beginning where there is none."""
        # the fields of some kinds show only while one works on them
        self.set_active(True)
        owners = (self, getattr(self, "form", None))
        field = next((found for own in owners if (found := getattr(own, name, None))), None)
        if isinstance(field, QWidget) and field.isVisibleTo(self):
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_at(1)

    def set_read_only(self, on: bool) -> None:
        """Whether it may be typed into."""
        raise NotImplementedError

    def set_active(self, on: bool) -> None:
        """Told when the focus comes into the block, and when it has gone to another."""
        self._active = on
        self.grip.setVisible(on or self.underMouse())
        self.update()

    @property
    def active(self) -> bool:
        return self._active

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Shows what should be mended, one sentence each."""
        text = "\n".join(dict.fromkeys(sentence(problem) for problem in problems))
        if text != self._problems.text():
            self._problems.setText(text)
            self._problems.setAccessibleName(text)
        grave = any(problem.refuses for problem in problems)
        self._problems.set_ink("live" if grave else "amber")
        self._problems.setVisible(bool(text))

    def deeds(self) -> Sequence[tuple[str, Callable[[], None], bool]]:
        """What can be done with a block of this kind alone: its words, what they call, whether it can be done now."""
        return ()

    def recolour(self) -> None:
        """Follows the theme."""
        if self.ICON:
            self._icon.setPixmap(self.theme.pixmap(self.ICON, "ink_3", 16, self))
        self.update()

    def frame_rect(self) -> QRect:
        """Where the block itself is, without the gutters."""
        return self.rect().adjusted(GUTTER, 0, -GUTTER, 0)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._icon.setFixedSize(16, 16)
        self._icon.setPixmap(self.theme.pixmap(self.ICON, "ink_3", 16, self))
        row.addWidget(self._icon)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.aside)
        row.addWidget(self.tag)
        return row

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.FRAMED:
            border = "line_strong" if self._active else "line"
            colour = self.theme.colour
            box(QPainter(self), self.frame_rect(), 8, colour("surface"), colour(border))

    def resizeEvent(self, event: object) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        inset = 8
        x = self.width() - self.grip.width() - inset if mirrored else inset
        self.grip.move(x, 8 if self.FRAMED else 1)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.grip.show()

    def leaveEvent(self, event: QEvent) -> None:
        self.grip.setVisible(self._active)
