"""What others did to an entry becomes a revision that says what readers see, and nothing else."""

from __future__ import annotations

from msgspec.structs import replace

from editor.content.entry import digest, without_photos
from editor.desk import release
from editor.domain.entry import Origin
from editor.sync.backend import Found
from editor.sync.delivery import Delivery, Held, Op, OpKind, OpState, Phase, Visibility, Wanted
from editor.sync.incoming import bring_in
from editor.sync.reconcile import reconcile
from tests.sync.test_media_sweep import write
from tests.sync.world import NOON, World


def test_a_text_that_the_desk_published_ahead_of_its_photos_is_approved_without_them(
    world: World,
) -> None:
    """Our draft lay there without its photo, the whole was sent and got no answer, and the desk published what it saw."""
    entry = write(world, 0)
    release.submit(world.room, entry)
    with world.store.write() as tx:
        sent = tx.revision(tx.entry(entry).submitted)  # type: ignore[arg-type]
        bare = without_photos(sent.content)
        held = Held(
            revision=sent.id,
            visibility=Visibility.DESK,
            ref="1",
            version="1",
            digest=digest(bare),
            text_only=True,
        )
        row = Delivery(
            entry=entry,
            target=world.target,
            wanted=Wanted(revision=sent.id, visibility=Visibility.DESK),
            held=held,
            phase=Phase.IN_DOUBT,
        )
        tx.put_delivery(row)
        op = tx.add_op(
            Op(
                id=0,
                entry=entry,
                target=world.target,
                kind=OpKind.UPDATE,
                revision=sent.id,
                visibility=Visibility.DESK,
                digest=sent.digest,
                sent=NOON,
                state=OpState.AMBIGUOUS,
            )
        )
        there = replace(held, revision=None, visibility=Visibility.PUBLIC, version="2")
        found = Found(held=replace(there, text_only=False), content=bare, author="Desk")
        seen = reconcile(row, op, found, {sent.digest: sent.id}, world.clock.steady())
        after = bring_in(tx, world.ids, row, op, seen, NOON)
        public = tx.revision(tx.entry(entry).approved)  # type: ignore[arg-type]
    assert after.held.revision == public.id
    assert (public.content, public.origin) == (bare, Origin.DESK)
    assert after.settled
