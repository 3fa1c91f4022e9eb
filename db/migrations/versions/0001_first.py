"""0001: the first schema."""

from __future__ import annotations

from alembic import op

REVISION = "0001"

# An entry and its first revision name each other. Columns that are checked at the end of a transaction have an index:
# SQLite looks into them whenever a revision is added.
_LATER = "DEFERRABLE INITIALLY DEFERRED"

_TABLES = f"""
CREATE TABLE blog (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    headline TEXT NOT NULL,
    standfirst TEXT NOT NULL,
    byline TEXT NOT NULL,
    language TEXT NOT NULL,
    timezone TEXT NOT NULL,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    coverage_start INTEGER NOT NULL,
    coverage_end INTEGER
) STRICT;

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    settings TEXT NOT NULL
) STRICT;

CREATE TABLE target (
    id TEXT NOT NULL PRIMARY KEY,
    blog TEXT NOT NULL REFERENCES blog (id),
    account TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    cover TEXT NOT NULL,
    reviews INTEGER NOT NULL
) STRICT;
CREATE INDEX target_blog ON target (blog);
CREATE INDEX target_account ON target (account);

CREATE TABLE entry (
    number INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    blog TEXT NOT NULL REFERENCES blog (id),
    seq INTEGER NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    stage TEXT NOT NULL,
    head TEXT REFERENCES revision (id) {_LATER},
    submitted TEXT REFERENCES revision (id) {_LATER},
    approved TEXT REFERENCES revision (id) {_LATER},
    not_before INTEGER,
    published INTEGER,
    corrected INTEGER,
    withdrawn INTEGER,
    submitted_at INTEGER,
    protect_source INTEGER NOT NULL,
    note TEXT NOT NULL,
    time INTEGER,
    headline TEXT NOT NULL DEFAULT '',
    excerpt TEXT NOT NULL DEFAULT '',
    photos INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT 0,
    posts INTEGER NOT NULL DEFAULT 0,
    stories INTEGER NOT NULL DEFAULT 0,
    words INTEGER NOT NULL DEFAULT 0,
    thumbs TEXT NOT NULL DEFAULT '[]',
    key_event INTEGER NOT NULL DEFAULT 0,
    pinned INTEGER NOT NULL DEFAULT 0,
    shown TEXT NOT NULL DEFAULT '',
    happened INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(time, published, created)) VIRTUAL,
    UNIQUE (blog, seq)
) STRICT;
CREATE INDEX entry_timeline ON entry (blog, pinned, happened, seq, id);
CREATE INDEX entry_stage ON entry (stage, blog);
CREATE INDEX entry_noted ON entry (stage, changed) WHERE note <> '';
CREATE INDEX entry_head ON entry (head) WHERE head IS NOT NULL;
CREATE INDEX entry_submitted ON entry (submitted) WHERE submitted IS NOT NULL;
CREATE INDEX entry_approved ON entry (approved) WHERE approved IS NOT NULL;
CREATE INDEX entry_waiting ON entry (submitted_at) WHERE submitted IS NOT NULL;

CREATE TABLE draft (
    entry TEXT NOT NULL PRIMARY KEY REFERENCES entry (id),
    content BLOB NOT NULL,
    saved INTEGER NOT NULL,
    base TEXT REFERENCES revision (id)
) STRICT;

CREATE TABLE revision (
    id TEXT NOT NULL PRIMARY KEY,
    entry TEXT NOT NULL REFERENCES entry (id),
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    digest TEXT NOT NULL,
    kind TEXT NOT NULL,
    origin TEXT NOT NULL,
    at INTEGER NOT NULL,
    parent TEXT REFERENCES revision (id),
    merge_parent TEXT REFERENCES revision (id),
    note TEXT NOT NULL,
    author TEXT NOT NULL,
    device TEXT NOT NULL,
    headline TEXT NOT NULL,
    words INTEGER NOT NULL,
    UNIQUE (entry, number)
) STRICT;

CREATE TABLE revision_asset (
    revision TEXT NOT NULL REFERENCES revision (id),
    asset TEXT NOT NULL,
    PRIMARY KEY (revision, asset)
) STRICT, WITHOUT ROWID;
CREATE INDEX revision_asset_asset ON revision_asset (asset);

CREATE TABLE speaker (
    entry TEXT NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE asset (
    id TEXT NOT NULL PRIMARY KEY,
    mime TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    size INTEGER NOT NULL,
    name TEXT NOT NULL,
    added INTEGER NOT NULL,
    has_location INTEGER NOT NULL
) STRICT;

CREATE TABLE rendition (
    id TEXT NOT NULL,
    asset TEXT NOT NULL REFERENCES asset (id),
    mime TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (id, asset)
) STRICT, WITHOUT ROWID;
CREATE INDEX rendition_asset ON rendition (asset, width);

CREATE TABLE asset_remote (
    target TEXT NOT NULL REFERENCES target (id),
    rendition TEXT NOT NULL,
    PRIMARY KEY (target, rendition)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (
    entry TEXT NOT NULL REFERENCES entry (id),
    target TEXT NOT NULL REFERENCES target (id),
    wanted_revision TEXT REFERENCES revision (id),
    wanted_visibility TEXT NOT NULL,
    not_before INTEGER,
    held_revision TEXT REFERENCES revision (id),
    held_visibility TEXT NOT NULL,
    ref TEXT NOT NULL,
    version TEXT NOT NULL,
    url TEXT NOT NULL,
    digest TEXT NOT NULL,
    phase TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_try INTEGER,
    problem TEXT,
    unsettled INTEGER NOT NULL,
    PRIMARY KEY (entry, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_unsettled ON delivery (entry, target) WHERE unsettled = 1;
CREATE INDEX delivery_target ON delivery (target);

CREATE TABLE op (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entry TEXT NOT NULL REFERENCES entry (id),
    target TEXT NOT NULL REFERENCES target (id),
    kind TEXT NOT NULL,
    revision TEXT REFERENCES revision (id),
    visibility TEXT NOT NULL,
    digest TEXT NOT NULL,
    sent INTEGER NOT NULL,
    state TEXT NOT NULL,
    settle_until INTEGER,
    error TEXT NOT NULL
) STRICT;
CREATE INDEX op_last ON op (entry, target, id);
CREATE INDEX op_in_flight ON op (id) WHERE state = 'in flight';
CREATE INDEX op_target ON op (target);

CREATE TABLE conflict (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entry TEXT NOT NULL REFERENCES entry (id),
    target TEXT NOT NULL REFERENCES target (id),
    base TEXT REFERENCES revision (id),
    mine TEXT REFERENCES revision (id),
    theirs BLOB NOT NULL,
    version TEXT NOT NULL,
    found INTEGER NOT NULL,
    settled INTEGER
) STRICT;
CREATE INDEX conflict_entry ON conflict (entry, target);
CREATE INDEX conflict_target ON conflict (target);

CREATE TABLE notice (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entry TEXT REFERENCES entry (id),
    target TEXT REFERENCES target (id),
    at INTEGER NOT NULL,
    problem TEXT NOT NULL,
    seen INTEGER
) STRICT;
CREATE INDEX notice_unseen ON notice (at) WHERE seen IS NULL;
CREATE INDEX notice_target ON notice (target);

CREATE TABLE gate (
    host TEXT NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot (
    url TEXT NOT NULL PRIMARY KEY,
    captured INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    entry TEXT,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entry ON audit (entry);

CREATE TABLE tally (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    commits INTEGER NOT NULL
) STRICT;
INSERT INTO tally (one, commits) VALUES (1, 0);

CREATE VIRTUAL TABLE search USING fts5 (words, tokenize = 'ascii')
"""

_APPEND_ONLY = ("revision", "revision_asset", "audit")


def upgrade() -> None:
    """Makes every table, and the triggers that keep the record append-only."""
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    for table in _APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT raise(ABORT, '{table} is append-only'); END"
            )
