"""One text for many photos: which of them get it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from editor.content.blocks.photo import Photo

FIELDS = {"credit": "Credit", "caption": "Caption", "alt": "Alt text"}


def filled(
    photos: Mapping[int, Photo],
    chosen: Collection[int],
    field: str,
    text: str,
    *,
    only_empty: bool,
) -> dict[int, Photo]:
    """The photos with a text in a field: in those that were chosen, or in all where none was."""
    done = dict(photos)
    for at, photo in photos.items():
        wanted = at in chosen or not chosen
        if wanted and not (only_empty and getattr(photo, field).strip()):
            done[at] = replace(photo, **{field: text})
    return done
