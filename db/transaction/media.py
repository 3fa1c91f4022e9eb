"""Photos: assets, their renditions, and what each target holds of them."""

from __future__ import annotations

from db import schema
from db.media_use import NEEDED, UNUSED, WEIGH_ONE
from db.rows import from_asset, from_rendition, to_asset, to_rendition
from db.statements import find, remove
from db.transaction.base import Base
from editor.domain.asset import Asset, Rendition
from editor.domain.ids import AssetId, TargetId

_ASSET = find(schema.asset, "id")
_RENDITIONS = find(schema.rendition, "asset", order=("width", "id"))
_SURE = "SELECT sure FROM asset_remote WHERE target = :target AND rendition = :rendition"
_FORGET = remove(schema.asset_remote, "target", "rendition")
_WAIT_FOR = """
SELECT delivery.entry FROM delivery
JOIN revision_asset ON revision_asset.revision = delivery.wanted_revision
JOIN rendition ON rendition.asset = revision_asset.asset
WHERE delivery.target = :target AND delivery.unsettled = 1 AND rendition.id = :rendition
"""


class Media(Base):
    """The tables ``asset``, ``rendition`` and ``asset_remote``.

    Assets and renditions are announced by the entry that shows them.
    """

    def asset(self, asset: AssetId) -> Asset | None:
        row = self._row(_ASSET, id=asset)
        return None if row is None else to_asset(row)

    def put_asset(self, asset: Asset) -> None:
        self._put(schema.asset, from_asset(asset))

    def renditions(self, asset: AssetId) -> tuple[Rendition, ...]:
        """The renditions of an asset, the narrowest first."""
        return tuple(to_rendition(row) for row in self._rows(_RENDITIONS, asset=asset))

    def put_rendition(self, rendition: Rendition) -> None:
        self._put(schema.rendition, from_rendition(rendition))

    def media_at(self, target: TargetId, rendition: str) -> bool:
        return bool(self._value(_SURE, target=target, rendition=rendition))

    def doubt_media_at(self, target: TargetId, rendition: str) -> None:
        self._note(target, rendition, sure=0)

    def forget_media_at(self, target: TargetId, rendition: str) -> None:
        self._do(_FORGET, target=target, rendition=rendition)

    def media_needed(self, target: TargetId, rendition: str) -> bool:
        return bool(self._value(NEEDED, target=target, rendition=rendition))

    def unused_media(self) -> tuple[tuple[TargetId, Rendition], ...]:
        """What is loose, by target and rendition."""
        return tuple((row["target"], to_rendition(row)) for row in self._rows(UNUSED))

    def _note(self, target: TargetId, rendition: str, *, sure: int) -> None:
        row = {"target": target, "rendition": rendition, "sure": sure, "loose": 0}
        self._put(schema.asset_remote, row)
        self._do(WEIGH_ONE, target=target, rendition=rendition)

    def put_media_at(self, target: TargetId, rendition: str) -> None:
        self._note(target, rendition, sure=1)
        waits = self._rows(_WAIT_FOR, target=target, rendition=rendition)
        self._deliveries.update(row["entry"] for row in waits)
