"""What every world begins with: a blog, its targets, three photos in two sizes, ids that count up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from editor.domain.asset import Asset, Rendition
from editor.domain.blog import Account, Blog, Target
from editor.domain.ids import AccountId, AssetId, BlogId, TargetId, uuid7
from editor.ports import Store
from tests.sync.world.network import NOON
from tests.sync.world.systems import System

PHOTOS = 3
WIDTHS = (640, 1280)
BYTES = {640: 60_000, 1280: 240_000}
"""What a rendition weighs on its way; its file is a few bytes long, for nobody looks into it."""


class CountingIds:
    """Ids as good as real ones, the same in every run."""

    def __init__(self) -> None:
        self.count = 0

    def fresh(self) -> str:
        self.count += 1
        return uuid7(1_700_000_000_000 + self.count, self.count.to_bytes(10, "big"))


class Shelf:
    """Renditions as files of their own name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for photo in range(PHOTOS):
            for width in WIDTHS:
                (folder / f"r{photo}-{width}").write_bytes(b"\xff\xd8" + bytes(width // 64))

    def original(self, asset: AssetId) -> Path:
        return self.folder / asset

    def rendition(self, rendition: str) -> Path:
        return self.folder / rendition

    def keep_original(self, source: Path) -> AssetId:
        raise NotImplementedError

    def keep_rendition(self, data: bytes) -> str:
        raise NotImplementedError


def furnish(store: Store, ids: CountingIds, systems: Mapping[str, System]) -> BlogId:
    """Puts a blog with a target for each system, and the photos."""
    blog = BlogId(ids.fresh())
    with store.write() as tx:
        tx.put_blog(
            Blog(
                id=blog,
                slug="river",
                headline="Flood on the river",
                created=NOON,
                coverage_start=NOON,
            )
        )
        for name, system in systems.items():
            settings = {
                "address": f"https://{name}.invalid",
                "drafts": "on" if system.drafts else "off",
                "versions": "on" if system.versions else "off",
            }
            account = AccountId(name)
            tx.put_account(Account(id=account, name=name, kind="memory", settings=settings))
            tx.put_target(
                Target(
                    id=TargetId(ids.fresh()),
                    blog=blog,
                    account=account,
                    name=name,
                    reviews=system.drafts,
                )
            )
        for photo in range(PHOTOS):
            tx.put_asset(
                Asset(
                    id=AssetId(f"a{photo}"),
                    mime="image/jpeg",
                    width=1280,
                    height=720,
                    size=9,
                    name="x.jpg",
                    added=NOON,
                )
            )
            for rendition in renditions(AssetId(f"a{photo}")):
                tx.put_rendition(rendition)
    return blog


def renditions(asset: AssetId) -> tuple[Rendition, ...]:
    """A photo in its two sizes."""
    return tuple(
        Rendition(
            id=f"r{asset[1:]}-{width}",
            asset=asset,
            mime="image/jpeg",
            width=width,
            height=width * 9 // 16,
            size=BYTES[width],
        )
        for width in WIDTHS
    )
