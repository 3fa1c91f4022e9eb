"""Photos: assets, their renditions, and what each target holds of them."""

from __future__ import annotations

from sqlalchemy import delete, select

from db import schema
from db.media_use import NEEDED, UNUSED, WEIGH_ONE
from db.rows import from_asset, from_rendition, to_asset, to_rendition
from db.transaction.base import Base
from editor.domain.asset import Asset, Rendition
from editor.domain.ids import AssetId, TargetId


class Media(Base):
    """The tables ``asset``, ``rendition`` and ``asset_remote``.

    Assets and renditions are announced by the entry that shows them.
    """

    def asset(self, asset: AssetId) -> Asset | None:
        row = self._row(select(schema.asset).where(schema.asset.c.id == asset))
        return None if row is None else to_asset(row)

    def put_asset(self, asset: Asset) -> None:
        self._put(schema.asset, from_asset(asset))

    def renditions(self, asset: AssetId) -> tuple[Rendition, ...]:
        """The renditions of an asset, the narrowest first."""
        query = (
            select(schema.rendition)
            .where(schema.rendition.c.asset == asset)
            .order_by(schema.rendition.c.width, schema.rendition.c.id)
        )
        return tuple(to_rendition(row) for row in self._rows(query))

    def put_rendition(self, rendition: Rendition) -> None:
        self._put(schema.rendition, from_rendition(rendition))

    def media_at(self, target: TargetId, rendition: str) -> bool:
        at = schema.asset_remote.c
        query = select(at.sure).where(at.target == target, at.rendition == rendition)
        return bool(self._value(query))

    def doubt_media_at(self, target: TargetId, rendition: str) -> None:
        self._note(target, rendition, sure=0)

    def forget_media_at(self, target: TargetId, rendition: str) -> None:
        at = schema.asset_remote.c
        gone = delete(schema.asset_remote)
        self._do(gone.where(at.target == target, at.rendition == rendition))

    def media_needed(self, target: TargetId, rendition: str) -> bool:
        found = self._connection.execute(NEEDED, {"target": target, "rendition": rendition})
        return bool(found.scalar())

    def unused_media(self) -> tuple[tuple[TargetId, Rendition], ...]:
        """What is loose, by target and rendition."""
        return tuple((row["target"], to_rendition(row)) for row in self._rows(UNUSED))

    def _note(self, target: TargetId, rendition: str, *, sure: int) -> None:
        row = {"target": target, "rendition": rendition, "sure": sure, "loose": 0}
        self._put(schema.asset_remote, row)
        self._do(WEIGH_ONE, {"target": target, "rendition": rendition})

    def put_media_at(self, target: TargetId, rendition: str) -> None:
        self._note(target, rendition, sure=1)
        shows, waits = schema.revision_asset.c, schema.delivery.c
        query = (
            select(waits.entry)
            .join(schema.revision_asset, shows.revision == waits.wanted_revision)
            .join(schema.rendition, schema.rendition.c.asset == shows.asset)
            .where(
                waits.target == target,
                waits.unsettled == 1,
                schema.rendition.c.id == rendition,
            )
        )
        self._deliveries.update(row["entry"] for row in self._rows(query))
