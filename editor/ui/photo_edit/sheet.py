"""The sheet on which a photo is cropped, turned and blurred, and told what matters most in it.

The original is never touched and nothing is changed in the entry before *Apply*; the picture is read in the pool.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.content.blocks.photo import Photo
from editor.content.print import Edit
from editor.ui.blocks.base import Setting
from editor.ui.blocks.printed import obscured
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.chips import Chip
from editor.ui.kit.labels import Hairline, Label
from editor.ui.kit.sheet import Sheet
from editor.ui.photo_edit.canvas import Canvas
from editor.ui.photo_edit.draft import Draft, Steps
from editor.ui.photo_edit.geometry import pixels
from editor.ui.pool import Pool

LONGEST = 1600
MODES = (("crop", "Crop"), ("blur", "Blur"), ("focus", "Focal point"))
SHAPES: tuple[tuple[str, tuple[int, int] | None], ...] = (
    ("Free", None),
    ("16:9", (16, 9)),
    ("4:5", (4, 5)),
    ("1:1", (1, 1)),
)
HELP = {
    "crop": "Drag the frame or its handles. Tab goes from handle to handle; arrows move, Shift and arrows resize.",
    "blur": "Draw over a face, a number plate, a badge. Arrows move, Shift and arrows resize, Del takes away, N adds.",
    "focus": "Click what must stay in sight where the photo is cut to another shape. Arrows move it, Del clears it.",
}


class PhotoEdit(Sheet):
    """``applied`` carries the draft that was accepted."""

    applied = Signal(object)

    def __init__(self, setting: Setting, parent: QWidget, photo: Photo) -> None:
        super().__init__(setting.theme, parent, "Edit photo", "Apply")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._setting, self._photo = setting, photo
        self._pool = Pool(setting.run_in_pool)
        self._mode = "crop"
        self._steps = Steps(Draft(edit=photo.edit or Edit(), focus=photo.focus or None))
        theme = setting.theme
        self.canvas = Canvas(theme)
        self.canvas.hands.pixels = (photo.width or 3, photo.height or 2)
        self.modes = _Chips(setting, MODES, "")
        self.shapes = _Chips(setting, tuple((name, name) for name, _ in SHAPES), "Shape: ")
        self._left = self._tool("Turn left", "rotate-ccw", self.turn_left, "Ctrl+L")
        self._right = self._tool("Turn right", "rotate-cw", self.turn_right, "Ctrl+R")
        self._undo = self._tool("Undo", "undo-2", self.undo, "Ctrl+Z")
        self._redo = self._tool("Redo", "redo-2", self.redo, "Ctrl+Shift+Z")
        self._reset = FlatButton(theme, "Reset everything", text="Reset", height=28)
        self._reset.clicked.connect(self.reset)
        self._add = FlatButton(theme, "Add a region", icon="plus", text="Add a region", height=28)
        self._add.clicked.connect(self.add_region)
        self._delete = FlatButton(theme, "Take it away", icon="trash-2", text="Delete", height=28)
        self._delete.clicked.connect(self.take_away)
        self._help = Label(theme, px=12, ink="ink_3", wraps=True)
        self._size = Label(theme, px=12, ink="ink_2")
        self._size.setFont(theme.fonts.numbers(12))
        self._lay_out()
        self.modes.chosen.connect(self.show_mode)
        self.shapes.chosen.connect(self.cut_to)
        self.canvas.changed.connect(self._take)
        self.canvas.run_closed.connect(self._steps.close_run)
        self.canvas.told.connect(self._announce)
        self.accepted.connect(lambda: self.applied.emit(self._steps.now))
        self.finished.connect(lambda: self._pool.close())
        self.fit(880, 700)
        self.show_mode("crop")
        self._show()
        self._load()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def draft(self) -> Draft:
        """What would be applied now."""
        return self._steps.now

    def show_mode(self, mode: str) -> None:
        """Goes on to crop, to blur, or to say what matters most."""
        self._mode = mode
        self._steps.close_run()
        self.canvas.show_mode(mode)
        self.modes.check(mode)
        self.shapes.setVisible(mode == "crop")
        self._add.setVisible(mode == "blur")
        self._delete.setVisible(mode != "crop")
        self._help.setText(HELP[mode])

    def cut_to(self, name: str) -> None:
        """Brings the crop into a shape and keeps it there."""
        self._steps.close_run()
        self._take(self.canvas.hands.cut_to(dict(SHAPES)[name]), "")

    def turn_left(self) -> None:
        """A quarter turn anticlockwise."""
        self._turn(-1)

    def turn_right(self) -> None:
        """A quarter turn clockwise."""
        self._turn(1)

    def add_region(self) -> None:
        """One more blurred region, in the middle, to be moved where it belongs."""
        self._take(self.canvas.hands.added(), "")
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_away(self) -> None:
        """Without what is held."""
        self._take(self.canvas.hands.deleted(), "")

    def reset(self) -> None:
        """The photo as it was taken in; a step that can be undone."""
        self._take(Draft(), "")

    def undo(self) -> None:
        """Takes the last step back."""
        self._steps.undo()
        self._show()

    def redo(self) -> None:
        """Makes it again."""
        self._steps.redo()
        self._show()

    def _turn(self, quarters: int) -> None:
        draft = self._steps.now.rotated(quarters)
        self._steps.take(draft)
        self._show()
        if self.canvas.hands.shape is not None:
            hands = self.canvas.hands
            self._take(hands.cut_to(hands.shape), "")

    def _take(self, draft: Draft, run: str) -> None:
        self._steps.take(draft, run)
        self._show()

    def _show(self) -> None:
        draft = self._steps.now
        self.canvas.show_draft(draft)
        self._undo.setEnabled(self._steps.can_undo)
        self._redo.setEnabled(self._steps.can_redo)
        self._reset.setEnabled(draft != Draft())
        if self._photo.width:
            wide, high = pixels(draft.edit, self._photo.width, self._photo.height)
            self._size.setText(f"{wide} × {high} px")

    def _load(self) -> None:
        read, asset = self._setting.picture, self._photo.asset

        def work() -> tuple[QImage, QImage]:
            image = read(asset, LONGEST)
            return image, image if image.isNull() else obscured(image)

        def done(made: tuple[QImage, QImage]) -> None:
            self.canvas.show_image(*made)
            if made[0].isNull():
                failed(OSError())

        def failed(_: Exception) -> None:
            self._help.setText("The photo cannot be shown; it can still be turned.")

        self._pool.run(work, done, failed)

    def _announce(self, said: str) -> None:
        """Tells screen readers what a key did."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.canvas, said))

    def _tool(self, name: str, icon: str, slot: Callable[[], None], keys: str) -> FlatButton:
        button = FlatButton(self._setting.theme, name, icon=icon, height=28)
        button.clicked.connect(slot)
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(slot)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{name} ({shown})")
        return button

    def _lay_out(self) -> None:
        theme = self._setting.theme
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.modes)
        first.addStretch(1)
        for button in (self._left, self._right, self._undo, self._redo, self._reset):
            first.addWidget(button)
        second = QWidget()
        second.setFixedHeight(30)
        row = QHBoxLayout(second)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.shapes, self._add, self._delete):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._size)
        self.column.setSpacing(10)
        self.column.addLayout(first)
        self.column.addWidget(Hairline(theme))
        self.column.addWidget(second)
        self.column.addWidget(self.canvas, 1)
        self.column.addWidget(self._help)


class _Chips(QWidget):
    """One of several, as chips in a row."""

    chosen = Signal(str)

    def __init__(self, setting: Setting, offers: tuple[tuple[str, str], ...], says: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._chips: dict[str, Chip] = {}
        for name, text in offers:
            chip = Chip(setting.theme, text)
            chip.setAccessibleName(f"{says}{text}")
            chip.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            row.addWidget(chip)
            self._chips[name] = chip
        self.check(offers[0][0])

    def check(self, name: str) -> None:
        """Shows which one it is."""
        self._chips[name].setChecked(True)

    def chip(self, name: str) -> Chip:
        """The chip of this name."""
        return self._chips[name]
