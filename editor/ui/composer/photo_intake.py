"""Taking photos in: read in the pool, shown when they are done, and never lost to the entry they were meant for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from editor.content.blocks.photo import Photo
from editor.content.print import Longest
from editor.desk.photos import add_photo_to
from editor.desk.writing import save_draft
from editor.domain.ids import EntryId
from editor.ports import Room
from editor.problems import Problem, Refused, Unavailable
from editor.ui.blocks.base import Setting
from editor.ui.bridge import Bridge
from editor.ui.composer.column import Column
from editor.ui.composer.reading_block import ReadingBlock
from editor.views import Views


class PhotoIntake(QObject):
    """Adds photos to the entry that is open when they are given."""

    def __init__(
        self,
        room: Room,
        views: Views,
        bridge: Bridge,
        column: Column,
        longest: Callable[[], Longest],
    ) -> None:
        super().__init__(column)
        self._longest = longest
        self._room = room
        self._views = views
        self._bridge = bridge
        self._column = column

    def take(
        self,
        sources: Sequence[Path | QImage],
        entry: EntryId,
        setting: Setting,
        *,
        at: int | None = None,
    ) -> None:
        """Reads photos from files or the clipboard and puts their blocks after the current one, or at a place."""
        for number, source in enumerate(sources):
            name = source.name if isinstance(source, Path) else "From the clipboard"
            widget = ReadingBlock(setting, name)
            place = at + number if at is not None else None
            self._column.insert_reading(widget, place)
            widget.dismissed.connect(lambda w=widget: self._column.remove(w))
            widget.tried_again.connect(lambda w=widget, s=source: self._read(w, s, entry))
            self._read(widget, source, entry)
            at = self._column.blocks.index(widget) if at is None and not number else at

    def _read(self, widget: ReadingBlock, source: Path | QImage, entry: EntryId) -> None:
        widget.start()

        def done(photo: Photo) -> None:
            if widget in self._column.blocks:
                self._column.replace(widget, photo)
            else:
                self._put_in(entry, photo)

        def failed(error: Exception) -> None:
            widget.fail(_problem(error))
            if not isinstance(error, Refused | Unavailable):
                raise error

        self._bridge.run_in_pool(self._work(source, entry), done, failed)

    def _work(self, source: Path | QImage, entry: EntryId) -> Callable[[], Photo]:
        room, longest = self._room, self._longest()

        def work() -> Photo:
            if isinstance(source, Path):
                return add_photo_to(room, entry, source, longest=longest)
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "clipboard.png"
                source.save(str(path), "PNG")  # type: ignore[call-overload]
                return add_photo_to(room, entry, path, longest=longest)

        return work

    def _put_in(self, entry: EntryId, photo: Photo) -> None:
        """The writer has gone to another entry meanwhile: the photo is added to the end of its own."""
        try:
            content = self._views.entry(entry).content
            save_draft(self._room, entry, replace(content, body=(*content.body, photo)))
        except Refused:
            return  # the entry is gone or withdrawn; the photo's file is kept in the store


def parted(sources: Sequence[Path | QImage]) -> tuple[list[Path | QImage], list[Path]]:
    """What was given: pictures and files, and folders, from which photos are chosen first."""
    folders = [each for each in sources if isinstance(each, Path) and each.is_dir()]
    return [each for each in sources if each not in folders], folders


def _problem(error: Exception) -> Problem:
    if isinstance(error, Refused):
        return error.first
    if isinstance(error, Unavailable):
        return error.problem
    return Problem(code="photo-failed")
