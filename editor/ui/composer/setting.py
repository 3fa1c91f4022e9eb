"""What the blocks of an open entry need to know of where they stand."""

from __future__ import annotations

from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING

from editor.ui.blocks.base import Setting, reads_right_to_left
from editor.ui.pictures import upright

if TYPE_CHECKING:
    from pathlib import Path

    from editor.ports import Room
    from editor.ui.bridge import Bridge
    from editor.ui.composer.photo_deeds import PhotoDeeds
    from editor.ui.theme.theme import Theme
    from editor.views import EntryView, Views


def made_setting(
    room: Room,
    views: Views,
    bridge: Bridge,
    theme: Theme,
    photos: PhotoDeeds,
    view: EntryView | None,
) -> Setting:
    """The setting of an entry, or of the empty page."""
    blog = view.blog if view is not None else None
    language = (view.content.language or view.blog.language) if view is not None else ""
    return Setting(
        theme=theme,
        zone=blog.zone if blog is not None else UTC,
        now=room.clock.now,
        run_in_pool=bridge.run_in_pool,
        picture=partial(upright, room),
        thumbnail=partial(_thumbnail, room),
        size_note=photos.note,
        asset=photos.asset,
        protected=photos.protected,
        edit_photo=photos.edit,
        write_captions=photos.write_captions,
        speakers=lambda: views.speakers(blog.id) if blog is not None else (),
        right_to_left=reads_right_to_left(language),
    )


def _thumbnail(room: Room, path: Path, longest: int) -> bytes:
    from editor.media.card import thumbnail

    return room.lab.do(thumbnail, path, longest)
