"""The photo's widget: thumbnail, caption, alt text and credit, what will be sent of it and what is in the file.

The picture is decoded in the pool, at the size it is shown; a missing file is said at the block and loses no word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from msgspec import UNSET
from msgspec.structs import replace
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from editor.content.block import Block
from editor.content.blocks.photo import Photo
from editor.content.print import LONGEST, Edit, Rights
from editor.content.protected import bare
from editor.ui.blocks import photo_words
from editor.ui.blocks.base import BlockWidget, Offer, Setting
from editor.ui.blocks.fields import Check, FramedEdit, mark_missing
from editor.ui.blocks.form import Form
from editor.ui.blocks.printed import printed
from editor.ui.blocks.thumbnail import THUMB, Thumbnail
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.labels import Elided, Label

SIZES = {
    LONGEST[0]: "Full size, 2048 px",
    1024: "For a slow line, 1024 px",
    480: "Smallest, 480 px",
}


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
        self._read_only = False
        self._drawn: tuple[str, Edit] | None = None
        self.thumbnail = Thumbnail(theme)
        self.caption = FramedEdit(theme, "Caption")
        self.alt = FramedEdit(theme, "Alt text: what the photo shows")
        self.alt.setPlaceholderText("What it shows, for those who cannot see it")
        self.credit = FramedEdit(theme, "Credit")
        self.decorative = Check(theme, "Decorative: readers miss nothing without it", px=12)
        self.form = Form(
            theme,
            (("Caption", self.caption), ("Alt text", self.alt), ("Credit", self.credit)),
            spacing=8,
        )
        self.edit_button = FlatButton(
            theme, "Edit this photo", icon="crop", text="Edit…", px=12, height=26
        )
        self.edit_button.clicked.connect(self.edit)
        self.size_button = FlatButton(
            theme, "How large it is sent", icon="chevron-down", text="Size", px=12, height=26
        )
        self.size_button.clicked.connect(self._open_sizes)
        self.location = Check(theme, "Keep the location in the file", px=12)
        self._warning = Label(theme, photo_words.LOCATION, px=12, ink="amber", wraps=True)
        self._rights = Elided(theme, px=12, ink="ink_3")
        self.rights_button = FlatButton(theme, "", text=" ", px=12, height=24)
        self._credentials = Label(theme, px=12, ink="ink_3", wraps=True)
        self._lay_out()
        self.form.changed.connect(self._on_typed)
        self.form.run_closed.connect(self.settled)
        self.form.left.connect(self.left)
        self.decorative.clicked.connect(self._on_decorative)
        self.location.clicked.connect(lambda on: self.amend(location_kept=on))
        self.rights_button.clicked.connect(self._toggle_rights)
        self.set_active(False)

    def value(self) -> Photo:
        made = replace(
            self._kept,
            caption=self.caption.text(),
            alt=self.alt.text(),
            credit=self.credit.text(),
            decorative=self.decorative.isChecked(),
        )
        if self.setting.protected():
            made = bare(made)
        if made != self._kept:
            self._kept = made
        return self._kept

    def set_value(self, block: Block, *, follow: bool = False) -> None:
        assert isinstance(block, Photo)
        self._kept = bare(block) if self.setting.protected() else block
        self.caption.set_text(block.caption, follow=follow)
        self.alt.set_text(block.alt, follow=follow)
        self.credit.set_text(block.credit, follow=follow)
        self.decorative.setChecked(block.decorative)
        self._show()

    def amend(self, **fields: Any) -> None:
        """Changes what is no text, as a step of its own."""
        self.settled.emit()
        self._kept = replace(self.value(), **fields)
        self._show()
        self.edited.emit()
        self.settled.emit()

    def edit(self) -> None:
        """Opens the sheet on which it is cropped, turned and blurred."""
        if self._kept.asset and not self._read_only:
            self.setting.edit_photo(self)

    def renew(self) -> None:
        """Shows anew what may be sent: the entry's source is protected now, or no more."""
        self.value()
        self._show()

    def show_note(self) -> None:
        """Says anew what will be sent."""
        self.aside.setText(self.setting.size_note(self._kept))

    def focus_at(self, where: int) -> None:
        self.form.focus_first() if where > 0 else self.form.focus_last()

    def set_read_only(self, on: bool) -> None:
        self._read_only = on
        self.form.set_read_only(on)
        for control in (
            self.decorative,
            self.location,
            self.edit_button,
            self.size_button,
            self.rights_button,
        ):
            control.setEnabled(not on)

    def set_active(self, on: bool) -> None:
        super().set_active(on)
        self._arrange()

    def deeds(self) -> Sequence[tuple[str, Callable[[], None], bool]]:
        free = not self._read_only
        sizes = [
            (f"Send: {words}", partial(self._send_at, longest), free and longest != self._longest)
            for longest, words in SIZES.items()
        ]
        return (
            ("Edit photo…\tCtrl+Shift+M", self.edit, free),
            ("Captions and credits…\tCtrl+Shift+T", self.setting.write_captions, free),
            *sizes,
        )

    def recolour(self) -> None:
        super().recolour()
        self._arrange()

    @property
    def _longest(self) -> int:
        return self._kept.longest or LONGEST[0]

    def _show(self) -> None:
        self._load()
        self.show_note()
        asset = self.setting.asset(self._kept.asset)
        self._credentials.setText(photo_words.credentials(asset))
        self.location.setChecked(self._kept.location_kept)
        self._own_rights = asset.told.rights if asset is not None else Rights()
        self._arrange()

    def _arrange(self) -> None:
        """What is said always, and what only while the block is worked on."""
        kept, on = self._kept, self.active
        unsaid = bool(kept.asset) and not self.alt.text().strip()
        unsaid = unsaid and not self.decorative.isChecked()
        mark_missing(self.alt, unsaid)
        self.decorative.setVisible(on or unsaid or self.decorative.isChecked())
        for tool in (self.edit_button, self.size_button):
            tool.setVisible(on)
        asset = self.setting.asset(kept.asset) if on or kept.location_kept else None
        has_location = asset is not None and asset.has_location
        free = on and has_location and not self.setting.protected()
        self.location.setVisible(kept.location_kept or free)
        self._warning.setVisible(kept.location_kept)
        said = photo_words.inside(kept.rights or Rights())
        own = photo_words.inside(self._own_rights)
        safe = self.setting.protected()
        unsaid_rights = own and "Nothing about who made it is sent inside the file"
        self._rights.setText(photo_words.PROTECTED if safe else said or unsaid_rights)
        self._rights.setVisible(bool(said) or (on and (safe or bool(own))))
        verb = "Leave out" if said else "Put it in"
        self.rights_button.setText(verb)
        self.rights_button.setAccessibleName(f"{self._rights.text()}: {verb}")
        self.rights_button.updateGeometry()
        self.rights_button.setVisible(on and not safe and bool(said or own))
        self._credentials.setVisible(bool(self._credentials.text()))

    def _load(self) -> None:
        asset, edit = self._kept.asset, self._kept.edit or Edit()
        if (asset, edit) == self._drawn or not asset:
            return
        self._drawn = (asset, edit)
        # a crop may leave a small part of the photo, which has to stay sharp
        longest = round(THUMB.width() * self.devicePixelRatioF() * (4 if edit.crop else 2))
        picture = self.setting.picture

        def done(image: QImage) -> None:
            if self._drawn == (asset, edit):
                self.thumbnail.show_image(image, whole=bool(edit.crop or edit.turns))

        self.setting.run_in_pool(
            lambda: printed(picture(asset, longest), edit), done, lambda _: done(QImage())
        )

    def _send_at(self, longest: int) -> None:
        self.amend(longest=UNSET if longest == LONGEST[0] else longest)

    def _open_sizes(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("How large it is sent")
        menu.aboutToHide.connect(menu.deleteLater)
        for longest, words in SIZES.items():
            line = menu.addAction(words)
            line.setCheckable(True)
            line.setChecked(longest == self._longest)
            line.triggered.connect(lambda _=False, longest=longest: self._send_at(longest))
        menu.popup(self.size_button.mapToGlobal(QPoint(0, self.size_button.height())))

    def _toggle_rights(self) -> None:
        said = photo_words.inside(self._kept.rights or Rights())
        self.amend(rights=UNSET if said else self._own_rights)

    def _on_typed(self) -> None:
        self.edited.emit()
        if bool(self.alt.text().strip()) == bool(self.alt.property("missing")):
            self._arrange()

    def _on_decorative(self) -> None:
        self._arrange()
        self.edited.emit()
        self.settled.emit()

    def _lay_out(self) -> None:
        self._own_rights = Rights()
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.thumbnail)
        tools = QHBoxLayout()
        tools.setSpacing(2)
        tools.addWidget(self.edit_button)
        tools.addWidget(self.size_button)
        tools.addStretch(1)
        left.addLayout(tools)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 4, 0, 0)
        right.setSpacing(4)
        right.addWidget(self.form)
        right.addWidget(self.decorative)
        right.addWidget(self.location)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addLayout(left)
        row.addLayout(right, 1)
        self.inside.addLayout(row)
        self.inside.addWidget(self._warning)
        said = QHBoxLayout()
        said.setSpacing(6)
        said.addWidget(self._rights)
        said.addWidget(self.rights_button)
        said.addStretch(1)
        self.inside.addLayout(said)
        self.inside.addWidget(self._credentials)


WIDGET = PhotoBlock
