"""What is done with the photos of the open entry: edited, described together, brought in from a card, and printed.

A print is made in the pool as soon as the text asks for another one, so that it is there when the entry is released.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from editor.content.blocks.photo import Photo
from editor.content.entry import Content
from editor.content.print import LONGEST, Edit, Longest
from editor.content.protected import protected
from editor.desk.photos import develop, mimes_of
from editor.domain.asset import Asset
from editor.domain.ids import AssetId
from editor.ports import Room
from editor.problems import Problem, Refused, Unavailable
from editor.ui.blocks.base import BlockWidget
from editor.ui.blocks.photo import PhotoBlock
from editor.ui.blocks.photo_words import sent
from editor.ui.bridge import Bridge
from editor.ui.composer.facts_line import FactsLine
from editor.ui.messages import sentence

if TYPE_CHECKING:
    from editor.ui.composer.composer import Composer
    from editor.ui.photo_edit.draft import Draft

SLOW_LONGEST: Longest = 1024


class PhotoDeeds(QObject):
    """``developed`` says that a print was made, so that sizes are others now."""

    developed = Signal()

    def __init__(self, composer: Composer, room: Room, bridge: Bridge, facts: FactsLine) -> None:
        super().__init__(composer)
        self._composer, self._room, self._bridge, self._facts = composer, room, bridge, facts
        self._assets: dict[str, Asset] = {}
        self._tried: set[str] = set()
        self._failed: dict[str, Problem] = {}
        self._was_protected = False
        composer.entry_changed.connect(self._follow_protection)

    # What is known of a photo

    def note(self, photo: Photo) -> str:
        """What will be sent of it, for its block's header."""
        failed = self._failed.get(photo.print)
        if failed is not None:
            return sentence(failed)
        asset = self.asset(photo.asset)
        return sent(photo, asset, self._facts.weight(photo.print), slow=self.slow)

    def asset(self, name: str) -> Asset | None:
        """What the store knows of a photo; it never changes."""
        known = self._assets.get(name)
        if known is None and name:
            with self._room.store.read() as tx:
                known = tx.asset(AssetId(name))
            if known is not None:
                self._assets[name] = known
        return known

    @property
    def slow(self) -> bool:
        """Whether photos would keep texts waiting on the way out, as it is known by now."""
        sync = self._bridge.connection.sync
        return sync is not None and sync.slow

    def protected(self) -> bool:
        """Whether the entry's source is protected, so that nothing inside a file may name anybody or a place."""
        view = self._composer.view
        return view is not None and view.entry.protect_source

    def longest(self) -> Longest:
        """How large a photo comes in: small where the way out is slow."""
        return SLOW_LONGEST if self.slow else LONGEST[0]

    def look_at(self, content: Content) -> None:
        """Has the prints made that a text asks for and that are not there yet."""
        body = protected(content).body if self.protected() else content.body
        for block in body:
            if isinstance(block, Photo) and block.asset and self._lacks(block):
                self._develop(block)

    # What is done

    def edit(self, block: BlockWidget) -> None:
        """Opens the sheet on which a photo is cropped, turned and blurred."""
        from editor.ui.photo_edit.sheet import PhotoEdit

        photo = block.value()
        if not isinstance(block, PhotoBlock) or not isinstance(photo, Photo):
            return
        sheet = PhotoEdit(block.setting, self._composer.window(), photo)
        sheet.applied.connect(lambda draft: self._apply(block, draft))
        sheet.open()

    def edit_current(self) -> None:
        """The same for the photo that is being worked on, or the only one there is."""
        blocks = self._composer.column.blocks
        photos = [block for block in blocks if isinstance(block, PhotoBlock)]
        current = self._composer.column.current
        if isinstance(current, PhotoBlock):
            current.edit()
        elif len(photos) == 1:
            photos[0].edit()
        elif photos:
            self._composer.notice.emit("Choose a photo first.", "", None)

    def write_captions(self) -> None:
        """Opens the sheet on which all photos of the entry are described."""
        from editor.ui.captions.sheet import CaptionsSheet

        composer = self._composer
        composer.settle()
        body = composer.text.body
        photos = {at: block for at, block in enumerate(body) if isinstance(block, Photo)}
        if not photos or composer.read_only:
            composer.notice.emit("There are no photos in this entry.", "", None)
            return
        sheet = CaptionsSheet(composer.setting, composer.window(), photos)
        entry = composer.entry
        sheet.written.connect(lambda done: self._describe(entry, done))
        sheet.open()

    def choose_card(self) -> None:
        """Asks for a folder or a card and shows what is on it."""
        if self._composer.read_only:
            return
        parent = self._composer.window()
        chosen = QFileDialog.getExistingDirectory(parent, "Add photos from a folder or card")
        if chosen:
            self.open_card(Path(chosen))

    def open_card(self, folder: Path) -> None:
        """Shows the photos of a folder, to choose from."""
        from editor.ui.card.sheet import CardSheet

        composer = self._composer
        sheet = CardSheet(composer.setting, composer.window(), folder, self._is_known)
        entry = composer.entry
        sheet.chosen.connect(
            lambda files: composer.add_photos(files) if composer.entry == entry else None
        )
        sheet.open()

    # Inside

    def _follow_protection(self) -> None:
        if self.protected() != self._was_protected:
            self._was_protected = self.protected()
            for block in photo_blocks(self._composer.column.blocks):
                block.renew()

    def _is_known(self, asset: str) -> bool:
        return self.asset(asset) is not None

    def _apply(self, block: PhotoBlock, draft: Draft) -> None:
        if block in self._composer.column.blocks:
            edit = UNSET if draft.edit == Edit() else draft.edit
            block.amend(edit=edit, focus=UNSET if draft.focus is None else draft.focus)

    def _describe(self, entry: str | None, done: dict[int, Photo]) -> None:
        composer = self._composer
        if composer.entry != entry or composer.read_only:
            return
        body = list(composer.text.body)
        for at, photo in done.items():
            body[at] = photo
        composer.apply(replace(composer.text, body=tuple(body)))

    def _lacks(self, photo: Photo) -> bool:
        name = photo.print
        known = name in self._tried or bool(self._facts.weight(name))
        return not known and self.asset(photo.asset) is not None

    def _develop(self, photo: Photo) -> None:
        room, name, view = self._room, photo.print, self._composer.view
        self._tried.add(name)
        if view is None:
            return
        blog = view.blog.id

        def done(_: object) -> None:
            self._failed.pop(name, None)
            self._tell()
            self.developed.emit()

        def failed(error: Exception) -> None:
            if isinstance(error, Refused):
                self._failed[name] = error.first
            elif isinstance(error, Unavailable):
                self._failed[name] = error.problem
                self._tried.discard(
                    name
                )  # once there is room again, the next pause in typing tries anew
            self._tell()
            if not isinstance(error, Refused | Unavailable):
                raise error

        self._bridge.run_in_pool(lambda: develop(room, photo, mimes_of(room, blog)), done, failed)

    def _tell(self) -> None:
        for block in photo_blocks(self._composer.column.blocks):
            block.show_note()


def photo_blocks(blocks: Sequence[BlockWidget]) -> list[PhotoBlock]:
    """The photos among the blocks' widgets."""
    return [block for block in blocks if isinstance(block, PhotoBlock)]
