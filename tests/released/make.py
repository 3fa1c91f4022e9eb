"""Makes a database of the schema that is released, with something in it: ``python -m tests.released.make``.

Run once when a schema is released; the file is never made again, for it stands for laptops out there.
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from msgspec.structs import replace

from db.opening import HEAD, open_profile_db
from db.store import SqliteStore
from editor.changes import Feed
from editor.domain.entry import Draft, Stage
from editor.sync.delivery import Delivery, Held, Visibility, Wanted
from tests.db.samples import ACCOUNT, BLOG, NOW, TARGET, content, entry, revision

HERE = Path(__file__).parent


def make(target: Path) -> None:
    """Packs a small store of the newest schema."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profile" / "dateline.db"
        open_profile_db(path, now=NOW)
        store = SqliteStore(path, Feed())
        said = content("Water reaches the old bridge", "وصل الماء إلى الجسر القديم 🌊")
        public = revision(entry("e1"), said)
        wanted = Wanted(revision=public.id, visibility=Visibility.PUBLIC)
        held = Held(revision=public.id, visibility=Visibility.PUBLIC, ref="7")
        with store.write() as tx:
            tx.put_blog(BLOG)
            tx.put_account(ACCOUNT)
            tx.put_target(TARGET)
            tx.put_entry(entry("e1"))
            tx.add_revision(public)
            tx.put_entry(
                replace(
                    entry("e1"),
                    stage=Stage.PUBLISHED,
                    head=public.id,
                    approved=public.id,
                    published=NOW,
                ),
                shown=said,
            )
            tx.put_delivery(Delivery(entry=entry().id, target=TARGET.id, wanted=wanted, held=held))
            tx.put_entry(entry("e2", 2))
            tx.put_draft(Draft(entry=entry("e2").id, content=content("Not sent yet"), saved=NOW))
            tx.audit(NOW, "publish", entry().id, public.digest)
        store.close()
        target.write_bytes(gzip.compress(path.read_bytes(), mtime=0))


if __name__ == "__main__":
    make(HERE / f"{HEAD}.db.gz")
