"""What preflight has to know of the store: the blog's own word on its checks, names of files, an entry that says the same.

Cheap enough for a pause in typing: a few rows, and one question to the search index.
"""

from __future__ import annotations

from editor.content.entry import Content, assets
from editor.desk.preflight import Around, Place, preflight, told_time
from editor.desk.working import working_content
from editor.domain.entry import Entry
from editor.domain.ids import AssetId, EntryId
from editor.ports import Room, Transaction
from editor.problems import Problem

_LOOKED_FOR = 60
"""Characters of a text that are asked for in the index: more make it slower, not surer."""


def look_over(room: Room, entry: EntryId, content: Content) -> tuple[Problem, ...]:
    """What preflight finds in a text of an entry that is typed but not kept yet.

    Raises ``Refused`` (``no-such-entry``) and ``Unavailable``.
    """
    with room.store.read() as tx:
        return preflight(content, surroundings(room, tx, tx.entry(entry), content))


def surroundings(room: Room, tx: Transaction, entry: Entry, content: Content) -> Around:
    """Within a transaction: what the text of an entry does not say itself."""
    blog = tx.blog(entry.blog)
    known = (tx.asset(AssetId(asset)) for asset in assets(content))
    around = Around(
        now=room.clock.now(),
        zone=blog.zone,
        checks=blog.checks,
        file_names={asset.id: asset.name for asset in known if asset is not None},
        protected=entry.protect_source,
        places=_places(room, tx, entry),
        first=entry.published is None,
    )
    twin = _twin(tx, entry, content)
    if twin is None:
        return around
    when = working_content(tx, twin).time or twin.published or twin.created
    return Around(
        **{name: getattr(around, name) for name in Around.__struct_fields__ if name != "twin"},
        twin=told_time(when, around),
    )


def _places(room: Room, tx: Transaction, entry: Entry) -> tuple[Place, ...]:
    found = []
    for target in tx.targets(entry.blog):
        able = room.able(tx.account(target.account), target)
        if able is not None:
            found.append(Place(name=target.name, able=able, reviews=target.reviews))
    return tuple(found)


def _twin(tx: Transaction, entry: Entry, content: Content) -> Entry | None:
    """Another entry of the blog that says the same and is public or waits for the desk."""
    words = _words(content)
    if not words:
        return None
    for other in tx.alike(entry.blog, entry.id, words[:_LOOKED_FOR].rpartition(" ")[0] or words):
        kept = tx.entry(other)
        texts = (tx.revision(each).content for each in (kept.approved, kept.submitted) if each)
        if any(_words(text) == words for text in texts):
            return kept
    return None


def _words(content: Content) -> str:
    """All that an entry says, whatever its white space."""
    plain = (block.plain() for block in content.blocks)
    return " ".join(" ".join((content.headline, *plain)).split())
