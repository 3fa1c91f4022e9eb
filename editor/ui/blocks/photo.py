"""The photo's widget: thumbnail, caption, alt text and credit, and what will be sent of it.

The picture is decoded in the pool, at the size it is shown; a missing file is said at the block and loses no word.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from editor.content.block import Block
from editor.content.blocks.photo import Photo
from editor.ui.blocks.base import BlockWidget, Offer, Setting
from editor.ui.blocks.fields import Check, FramedEdit
from editor.ui.blocks.form import Form
from editor.ui.kit.paint import box
from editor.ui.theme.theme import Theme

THUMB = QSize(168, 118)


def read_thumbnail(path: Path, width: int, height: int) -> QImage:
    """The picture, upright, decoded no larger than it is needed to fill the box. Slow: for the pool."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        turned = reader.transformation().value & 4  # a quarter turn
        target = QSize(height, width) if turned else QSize(width, height)
        reader.setScaledSize(size.scaled(target, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()


class Thumbnail(QWidget):
    """The picture, cut to the box."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()
        self._missing = False
        self.setFixedSize(THUMB)
        self.setAccessibleName("Photo")

    def show_image(self, image: QImage) -> None:
        """Shows a picture, or that there is none."""
        self._image, self._missing = image, image.isNull()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if self._image.isNull():
            box(painter, self.rect(), 6, self._theme.colour("sunken"))
            icon = "triangle-alert" if self._missing else "image"
            x, y = (self.width() - 20) // 2, (self.height() - 20) // 2
            painter.drawPixmap(x, y, self._theme.pixmap(icon, "ink_3", 20, self))
            return
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setClipPath(shape)
        shown = QSize(self._image.size()).scaled(
            self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding
        )
        area = QRectF(0, 0, shown.width(), shown.height())
        area.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(area, self._image)


class PhotoBlock(BlockWidget):
    """A photo that is in the store."""

    TYPE: ClassVar[str] = "photo"
    TITLE: ClassVar[str] = "Photo"
    ICON: ClassVar[str] = "camera"
    OFFER: ClassVar[Offer | None] = Offer(2, "Photo", "From a file", "Add a photo…", "Ctrl+Shift+P")

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        theme = setting.theme
        self._kept = Photo(asset="")
        self.thumbnail = Thumbnail(theme)
        self.caption = FramedEdit(theme, "Caption")
        self.alt = FramedEdit(theme, "Alt text: what the photo shows")
        self.credit = FramedEdit(theme, "Credit")
        self.decorative = Check(theme, "Decorative: readers miss nothing without it", px=12)
        self.form = Form(
            theme,
            (("Caption", self.caption), ("Alt text", self.alt), ("Credit", self.credit)),
            spacing=8,
        )
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.thumbnail, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setContentsMargins(0, 4, 0, 0)
        right.addWidget(self.form)
        right.addWidget(self.decorative)
        right.addStretch(1)
        row.addLayout(right, 1)
        self.inside.addLayout(row)
        self.form.changed.connect(self.edited)
        self.form.run_closed.connect(self.settled)
        self.form.left.connect(self.left)
        self.decorative.clicked.connect(self._on_decorative)
        self.set_active(False)

    def value(self) -> Block:
        made = replace(
            self._kept,
            caption=self.caption.text(),
            alt=self.alt.text(),
            credit=self.credit.text(),
            decorative=self.decorative.isChecked(),
        )
        if made != self._kept:
            self._kept = made
        return self._kept

    def set_value(self, block: Block, *, follow: bool = False) -> None:
        assert isinstance(block, Photo)
        if block.asset != self._kept.asset:
            self._load(block.asset)
        self._kept = block
        self.caption.set_text(block.caption, follow=follow)
        self.alt.set_text(block.alt, follow=follow)
        self.credit.set_text(block.credit, follow=follow)
        self.decorative.setChecked(block.decorative)
        self.set_active(self.active)

    def focus_at(self, where: int) -> None:
        self.form.focus_first() if where > 0 else self.form.focus_last()

    def set_read_only(self, on: bool) -> None:
        self.form.set_read_only(on)
        self.decorative.setEnabled(not on)

    def set_active(self, on: bool) -> None:
        super().set_active(on)
        self.decorative.setVisible(on or self.decorative.isChecked())

    def _load(self, asset: str) -> None:
        self.aside.setText(self.setting.size_note(asset))
        ratio = self.devicePixelRatioF()
        wide, high = round(THUMB.width() * ratio), round(THUMB.height() * ratio)
        path = self.setting.original(asset)

        def done(image: QImage) -> None:
            if self._kept.asset == asset:
                self.thumbnail.show_image(image)

        self.setting.run_in_pool(
            lambda: read_thumbnail(path, wide, high), done, lambda _: done(QImage())
        )

    def _on_decorative(self) -> None:
        self.edited.emit()
        self.settled.emit()


WIDGET = PhotoBlock
