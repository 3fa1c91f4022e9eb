"""The page readers get, written into any folder: what is public now, without a word of what is not."""

from __future__ import annotations

from pathlib import Path

from editor.content.entry import photos
from editor.desk.photos import develop
from editor.domain.blog import Target
from editor.domain.entry import Entry, Stage
from editor.domain.ids import AccountId, BlogId, TargetId
from editor.ports import Room
from editor.problems import Refused
from editor.sync.backend import Backend, BackendKind, NotApplied, Rejected
from editor.sync.delivery import Delivery, Held, Visibility, Wanted
from editor.sync.dispatch import assemble

HERE = TargetId("export")


def export_site(room: Room, blog: BlogId, kind: BackendKind, folder: Path) -> int:
    """Writes the blog's public entries as ``kind`` does; returns how many. A folder that has them already is renewed.

    Raises ``Refused`` with what the folder says, and ``photo-file-missing``. Slow where prints are to be made first.
    """
    with room.store.read() as tx:
        cover = tx.blog(blog)
        entries = [entry for entry in tx.entries(blog) if _is_public(entry)]
    target = Target(id=HERE, blog=blog, account=AccountId(HERE), name="export")
    backend = kind.open(cover, target, {"folder": str(folder)}, "")
    try:
        for entry in entries:
            _put(room, backend, entry, kind.PICTURES)
        backend.put_cover(cover)
    except (NotApplied, Rejected) as error:
        raise Refused(error.problem) from error
    finally:
        backend.close()
    return len(entries)


def _is_public(entry: Entry) -> bool:
    return entry.stage is Stage.PUBLISHED and entry.approved is not None


def _put(room: Room, backend: Backend, entry: Entry, mime: str) -> None:
    found = backend.find(entry.id, Held())
    held = Held() if found is None else found.held
    row = Delivery(
        entry=entry.id,
        target=HERE,
        wanted=Wanted(revision=entry.approved, visibility=Visibility.PUBLIC),
        held=held,
    )
    assert entry.approved is not None, "what is public was approved"
    with room.store.read() as tx:
        content = tx.revision(entry.approved).content
    for photo in photos(content):
        develop(room, photo, (mime,))
    with room.store.read() as tx:
        dispatch = assemble(tx, backend, row, Visibility.PUBLIC, room.clock.now(), mime=mime)
    for file in dispatch.media:
        backend.put_media(file, room.shelf.rendition(file.id))
    backend.put(dispatch, held)
