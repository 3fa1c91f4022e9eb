"""What the outbox tells of a row beside what waits: since when it is public, and whether it may become so."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from editor.content.entry import Content
from editor.desk import release, writing
from editor.desk.blogs import add_blog
from editor.domain.entry import Stage
from editor.sync.delivery import Held, Visibility
from tests.rooms import NOON, TestRoom


def test_a_row_knows_when_it_became_public_and_whether_it_is_released(tmp_path: Path) -> None:
    at = TestRoom(tmp_path / "profile")
    (blog,) = add_blog(at.room, headline="Flood").blogs
    content = Content(headline="Water at the bridge")
    (entry,) = writing.new_entry(at.room, blog, content).entries
    release.publish(at.room, entry)
    (row,) = at.views.outbox()
    assert row.released
    assert row.published is None
    with at.store.write() as tx:
        kept = tx.entry(entry)
        (delivery,) = tx.deliveries(entry)
        tx.put_entry(replace(kept, stage=Stage.PUBLISHED, approved=None, published=NOON))
        held = Held(ref="1", visibility=Visibility.PUBLIC)
        tx.put_delivery(replace(delivery, held=held))
    (row,) = at.views.outbox()
    assert not row.released
    assert (row.held, row.published) == (Visibility.PUBLIC, NOON)
    at.close()
