"""The SQL of the read models: what is asked, apart from what is made of the answers."""

from __future__ import annotations

from editor.views import Filter

BLOGS = """
SELECT blog.id, slug, headline, status, language, timezone,
       (SELECT count(*) FROM entry WHERE entry.blog = blog.id) AS entries
FROM blog
ORDER BY CASE status WHEN 'live' THEN 0 WHEN 'upcoming' THEN 1 ELSE 2 END, created DESC, blog.id
"""

_WAITS = "submitted IS NOT NULL"
# A return always has a note. That of a change to a public entry stays until the change is published. The plus
# signs keep SQLite from walking through everything that is published.
RETURNED = "(note <> '' AND (+stage = 'returned' OR (+stage = 'published' AND submitted IS NULL)))"

COUNTS = f"""
SELECT (SELECT count(*) FROM entry WHERE {_WAITS}) AS to_review,
       (SELECT count(*) FROM entry WHERE {RETURNED}) AS returned,
       (SELECT count(*) FROM entry WHERE stage = 'scheduled') AS scheduled,
       (SELECT count(*) FROM delivery WHERE unsettled = 1) AS outbox
"""

_WHICH = {
    Filter.ALL: "1",
    Filter.DRAFTS: "stage = 'draft'",
    Filter.IN_REVIEW: _WAITS,
    Filter.RETURNED: RETURNED,
    Filter.SCHEDULED: "stage = 'scheduled'",
    Filter.PUBLISHED: "stage = 'published'",
    Filter.KEY_EVENTS: "key_event = 1",
}
_NEWEST_FIRST = "pinned DESC, happened DESC, seq DESC, id DESC"
_DESK_ORDER = {
    Filter.IN_REVIEW: "submitted_at, id",
    Filter.RETURNED: "changed, id",
    Filter.SCHEDULED: "not_before, id",
}


def timeline(which: Filter, *, of_blog: bool, words: bool) -> str:
    """The ids of a timeline. Parameters: ``blog`` and ``words``, where they are asked for."""
    conditions = [_WHICH[which]]
    if of_blog:
        conditions.append("blog = :blog")
    if words:
        conditions.append("number IN (SELECT rowid FROM search WHERE search MATCH :words)")
    order = _NEWEST_FIRST if of_blog else _DESK_ORDER.get(which, _NEWEST_FIRST)
    return f"SELECT id FROM entry WHERE {' AND '.join(conditions)} ORDER BY {order}"


# Whether nobody could confirm it, and quotes that do not say whose they are (Quote.is_attributed), are read from the
# working text itself: there are no columns for them.
_WORKING_TEXT = """
CAST(coalesce(
    (SELECT content FROM draft WHERE draft.entry = entry.id),
    (SELECT content FROM revision WHERE revision.id = entry.head)
) AS TEXT)
"""

_UNATTRIBUTED = f"""
CASE WHEN entry.quotes > 0 THEN (
    SELECT count(*) FROM json_each({_WORKING_TEXT}, '$.body')
    WHERE json_extract(value, '$.type') = 'quote' AND trim(coalesce(
        CASE WHEN json_extract(value, '$.unnamed')
            THEN json_extract(value, '$.reason') ELSE json_extract(value, '$.speaker') END,
        ''
    )) = ''
) ELSE 0 END
"""

ROWS = f"""
SELECT entry.*,
       json_extract({_WORKING_TEXT}, '$.unverified') AS unverified,
       {_UNATTRIBUTED} AS unattributed,
       approved IS NOT NULL
           AND shown <> (SELECT digest FROM revision WHERE revision.id = approved) AS differs
FROM entry WHERE entry.id IN (SELECT value FROM json_each(:entries))
"""

# What is still to be sent: the text, and the renditions that this target does not hold yet.
_TO_SEND = """
CASE WHEN delivery.wanted_visibility IN ('desk', 'public') THEN
    coalesce((SELECT length(content) FROM revision WHERE revision.id = delivery.wanted_revision), 0)
    + coalesce((
        SELECT sum(rendition.size)
        FROM revision_asset JOIN rendition ON rendition.asset = revision_asset.asset
        WHERE revision_asset.revision = delivery.wanted_revision
          AND rendition.mime = (SELECT media FROM target WHERE target.id = delivery.target)
          AND NOT EXISTS (
              SELECT 1 FROM asset_remote
              WHERE asset_remote.target = delivery.target
                AND asset_remote.rendition = rendition.id
                AND asset_remote.sure = 1
          )
    ), 0)
ELSE 0 END
"""

WAITING = f"""
SELECT entry, phase, problem, {_TO_SEND} AS bytes,
       held_text_only = 1 AND held_revision IS wanted_revision
           AND held_visibility = wanted_visibility AS text_there,
       EXISTS (
           SELECT 1 FROM op
           WHERE op.state = 'in flight' AND op.entry = delivery.entry AND op.target = delivery.target
       ) AS in_flight
FROM delivery
WHERE unsettled = 1 AND entry IN (SELECT value FROM json_each(:entries))
"""

OUTBOX = f"""
SELECT delivery.entry, delivery.target, wanted_visibility, phase, attempts, next_try,
       delivery.not_before, problem, held_visibility, held_text_only, {_TO_SEND} AS bytes,
       entry.blog, entry.headline, entry.excerpt,
       blog.headline AS blog_headline, target.name AS target_name, target.account,
       coalesce(watch.emptied, 0) AS emptied, entry.published,
       wanted_visibility <> 'public' OR coalesce(
           entry.stage IN ('scheduled', 'published') AND wanted_revision = entry.approved, 0
       ) AS released
FROM delivery
JOIN entry ON entry.id = delivery.entry
JOIN blog ON blog.id = entry.blog
JOIN target ON target.id = delivery.target
LEFT JOIN watch ON watch.target = delivery.target
WHERE unsettled = 1
ORDER BY entry.blog, entry.seq, target.name, target.id
"""

WORKING = """
SELECT draft.content AS draft, draft.saved, draft.base, head.content AS head, head.at,
       approved.content AS approved
FROM entry
LEFT JOIN draft ON draft.entry = entry.id
LEFT JOIN revision AS head ON head.id = entry.head
LEFT JOIN revision AS approved ON approved.id = entry.approved
WHERE entry.id = :entry
"""

HISTORY = """
SELECT revision.id, revision.number, at, kind, origin, author, revision.note, revision.headline,
       revision.parent, revision.merge_parent,
       revision.words, coalesce(entry.stage = 'published' AND entry.approved = revision.id, 0) AS public
FROM revision JOIN entry ON entry.id = revision.entry
WHERE revision.entry = :entry
ORDER BY revision.number DESC
"""

ROLES = """
SELECT DISTINCT role FROM account
WHERE id IN (SELECT account FROM target WHERE blog = :blog)
"""

SPEAKERS = """
SELECT name, speaker.role, max(happened) AS latest
FROM speaker JOIN entry ON entry.id = speaker.entry
WHERE entry.blog = :blog
GROUP BY name, speaker.role
ORDER BY latest DESC, name, speaker.role
"""

CONFLICT = """
SELECT base.content AS base, mine.content AS mine, theirs.content AS theirs, theirs.author, found,
       target.name AS target_name
FROM conflict
JOIN entry ON entry.id = conflict.entry
JOIN target ON target.id = conflict.target
LEFT JOIN revision AS base ON base.id = conflict.base
JOIN revision AS mine ON mine.id = coalesce(entry.head, conflict.mine)
JOIN revision AS theirs ON theirs.id = conflict.theirs
WHERE conflict.entry = :entry AND conflict.target = :target AND conflict.settled IS NULL
"""

NOTICES = "SELECT * FROM notice WHERE seen IS NULL ORDER BY at DESC, id DESC"

LOG = "SELECT * FROM log WHERE entry = :entry ORDER BY line DESC"
