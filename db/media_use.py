"""Which renditions at a target an entry needs there, in SQL.

``loose`` repeats the answer in a column, so that a pass of sync does not weigh every photo there ever was. It is asked
anew whenever a delivery's row changes, and the few loose ones once more before one is taken away.
"""

from __future__ import annotations

_NEEDED = """EXISTS (
    SELECT 1 FROM rendition
    JOIN revision_asset ON revision_asset.asset = rendition.asset
    JOIN revision ON revision.id = revision_asset.revision
    JOIN delivery ON delivery.entry = revision.entry AND delivery.target = asset_remote.target
    WHERE rendition.id = asset_remote.rendition AND (
        (delivery.held_visibility IN ('desk', 'public')
            AND coalesce(delivery.held_revision, revision.id) = revision.id)
        OR (delivery.wanted_visibility IN ('desk', 'public')
            AND coalesce(delivery.wanted_revision, revision.id) = revision.id)
        OR (delivery.phase = 'in doubt' AND EXISTS (
            SELECT 1 FROM op
            WHERE op.entry = delivery.entry AND op.target = delivery.target
                AND op.revision = revision.id AND op.visibility IN ('desk', 'public')
                AND op.state IN ('in flight', 'ambiguous')
        ))
    )
)"""

NEEDED = (
    f"SELECT {_NEEDED} FROM (SELECT :target AS target, :rendition AS rendition) AS asset_remote"
)
WEIGH_ONE = f"UPDATE asset_remote SET loose = NOT {_NEEDED} WHERE target = :target AND rendition = :rendition"
WEIGH_ENTRY = f"""
UPDATE asset_remote SET loose = NOT {_NEEDED}
WHERE target = :target AND rendition IN (
    SELECT rendition.id FROM revision
    JOIN revision_asset ON revision_asset.revision = revision.id
    JOIN rendition ON rendition.asset = revision_asset.asset
    WHERE revision.entry = :entry
)
"""
UNUSED = f"""
SELECT asset_remote.target, rendition.* FROM asset_remote
JOIN rendition ON rendition.id = asset_remote.rendition
WHERE asset_remote.loose = 1 AND NOT {_NEEDED}
ORDER BY asset_remote.target, rendition.id, rendition.asset
"""
# Few rows are unsure, and the entries that need them are mostly on their way.
LACKING = """
SELECT DISTINCT delivery.* FROM asset_remote
JOIN rendition ON rendition.id = asset_remote.rendition
JOIN revision_asset ON revision_asset.asset = rendition.asset
JOIN delivery ON delivery.target = asset_remote.target
    AND delivery.held_revision = revision_asset.revision
WHERE asset_remote.sure = 0 AND asset_remote.loose = 0
    AND delivery.unsettled = 0 AND delivery.held_visibility IN ('desk', 'public')
ORDER BY delivery.entry, delivery.target
"""
# A print that is not made yet is owed as well; nobody knows how large it will be.
_OWED = """
SELECT delivery.entry, delivery.target, revision.content, coalesce(sum(rendition.size), 0) AS bytes
FROM delivery
JOIN target ON target.id = delivery.target
JOIN revision ON revision.id = delivery.wanted_revision
JOIN revision_asset ON revision_asset.revision = revision.id
LEFT JOIN rendition ON rendition.asset = revision_asset.asset AND rendition.mime = target.media
WHERE delivery.unsettled = 1 AND delivery.wanted_visibility IN ('desk', 'public'){}
    AND NOT EXISTS (
        SELECT 1 FROM asset_remote
        WHERE asset_remote.target = delivery.target AND asset_remote.rendition = rendition.id
            AND asset_remote.sure = 1
    )
GROUP BY delivery.entry, delivery.target
"""
OWED = _OWED.format("")
OWED_OF = _OWED.format(" AND delivery.entry = :entry")
