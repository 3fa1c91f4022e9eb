"""A photo among others: its picture, and the fields that say what it shows and who took it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from editor.content.blocks.photo import Photo
from editor.content.print import Edit
from editor.ui.blocks.base import Setting
from editor.ui.blocks.fields import Check, Line, mark_missing
from editor.ui.blocks.printed import printed
from editor.ui.blocks.thumbnail import Thumbnail
from editor.ui.kit.labels import Label
from editor.ui.kit.paint import box

THUMB = QSize(138, 97)


class Row(QWidget):
    """One photo. ``chosen`` says that it was ticked or is no more; ``left`` which field goes up (-1) or down (1)."""

    chosen = Signal()
    left = Signal(str, int)

    def __init__(
        self, setting: Setting, number: int, photo: Photo, run: Callable[..., None]
    ) -> None:
        super().__init__()
        self._theme = theme = setting.theme
        self._photo = photo
        self.tick = Check(theme, "")
        self.tick.setAccessibleName(f"Choose photo {number}")
        self.tick.setFixedWidth(22)
        self.tick.toggled.connect(self.chosen)
        self._thumbnail = Thumbnail(theme, THUMB)
        self._thumbnail.setAccessibleName(f"Photo {number}")
        names = {"caption": "Caption", "alt": "Alt text", "credit": "Credit"}
        self.fields = {name: Line(theme, f"{text}, photo {number}") for name, text in names.items()}
        self.decorative = Check(theme, "Decorative", px=12)
        self.decorative.setAccessibleName(f"Decorative, photo {number}")
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, 56)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(names.items()):
            label = Label(theme, text, px=12, ink="ink_3")
            label.setBuddy(self.fields[name])
            grid.addWidget(label, row, 0)
            wide = 1 if name == "alt" else 2
            grid.addWidget(self.fields[name], row, 1, 1, wide)
            self.fields[name].left.connect(lambda way, name=name: self.left.emit(name, way))
        grid.addWidget(self.decorative, 1, 2)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(12, 12, 14, 12)
        whole.setSpacing(12)
        whole.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addWidget(self._thumbnail, 0, Qt.AlignmentFlag.AlignVCenter)
        right = QVBoxLayout()
        right.addLayout(grid)
        whole.addLayout(right, 1)
        self.fields["alt"].changed.connect(self._mark)
        self.decorative.toggled.connect(self._mark)
        theme.changed.connect(self.update)
        self.show_photo(photo)
        self._load(setting, run)

    def photo(self) -> Photo:
        """The photo with what was typed."""
        typed = {name: field.text() for name, field in self.fields.items()}
        return replace(self._photo, **typed, decorative=self.decorative.isChecked())

    def show_photo(self, photo: Photo) -> None:
        """Shows other words."""
        self._photo = photo
        for name, field in self.fields.items():
            field.set_text(getattr(photo, name))
        self.decorative.setChecked(photo.decorative)
        self._mark()

    def _mark(self) -> None:
        missing = not self.fields["alt"].text().strip() and not self.decorative.isChecked()
        mark_missing(self.fields["alt"], missing)
        said = "What it shows, for those who cannot see it" if missing else ""
        self.fields["alt"].setPlaceholderText(said)
        self.fields["alt"].setEnabled(not self.decorative.isChecked())

    def _load(self, setting: Setting, run: Callable[..., None]) -> None:
        picture, asset, edit = setting.picture, self._photo.asset, self._photo.edit or Edit()
        longest = round(THUMB.width() * self.devicePixelRatioF() * (4 if edit.crop else 2))
        shown = self._thumbnail

        def done(image: QImage) -> None:
            shown.show_image(image, whole=edit != Edit())

        run(lambda: printed(picture(asset, longest), edit), done, lambda _: done(QImage()))

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._theme.colour
        ground = "accent_soft" if self.tick.isChecked() else "surface"
        box(QPainter(self), self.rect(), 8, colour(ground), colour("line"))
