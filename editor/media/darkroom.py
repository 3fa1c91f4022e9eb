"""The darkroom: makes the renditions of a photo's print from the untouched original, where they are missing.

A print is made when somebody asks for it in the window, and once more on the sync thread for what came without: a text
that a desk changed, a store from a backup, a target that takes another kind of picture.
"""

from __future__ import annotations

from editor.content.blocks.photo import Photo
from editor.domain.asset import Rendition
from editor.domain.ids import AssetId
from editor.media.renditions import make_renditions
from editor.ports import Lab, Shelf, Store
from editor.problems import refuse


class Darkroom:
    """Makes prints of a store's photos. Slow: for any thread but the window's."""

    def __init__(self, store: Store, shelf: Shelf, lab: Lab) -> None:
        self._lab = lab
        self._store = store
        self._shelf = shelf

    def lacks(self, photo: Photo, mime: str) -> bool:
        """Whether a rendition of the print in this type is not known, or its file is not there."""
        with self._store.read() as tx:
            known = [each for each in tx.renditions(AssetId(photo.print)) if each.mime == mime]
        return not known or any(not self._shelf.rendition(each.id).is_file() for each in known)

    def develop(self, photo: Photo, mime: str) -> None:
        """Makes what the print lacks in this type. What is there already costs a look.

        Raises ``Refused`` as ``make_renditions`` does, ``photo-file-missing`` where the original is not on this laptop,
        and ``Unavailable`` (``disk-full``).
        """
        if not photo.asset or not self.lacks(photo, mime):
            return
        original = self._shelf.original(AssetId(photo.asset))
        if not original.is_file():
            raise refuse("photo-file-missing", asset=photo.asset[:12])
        self.keep(photo, self._lab.do(make_renditions, original, photo.asked, mime))

    def keep(self, photo: Photo, made: tuple[tuple[bytes, int, int, str], ...]) -> None:
        """Keeps renditions that were made of the photo's print: the files first, then their rows."""
        renditions = [
            Rendition(
                id=self._shelf.keep_rendition(data),
                asset=AssetId(photo.print),
                mime=mime,
                width=width,
                height=height,
                size=len(data),
            )
            for data, width, height, mime in made
        ]
        with self._store.write() as tx:
            for rendition in renditions:
                tx.put_rendition(rendition)
