"""The tables as SQLAlchemy knows them, for writing. The migrations make them; a test holds the two equal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    REAL,
    Column,
    Computed,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

metadata = MetaData()


def _key(name: str, kind: type[TypeEngine[Any]] = Text) -> Column[Any]:
    return Column(name, kind, primary_key=True, nullable=False)


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


def _number(*names: str) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False) for name in names]


def _real(*names: str) -> list[Column[float]]:
    return [Column(name, REAL, nullable=False) for name in names]


def _maybe_text(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


def _maybe_number(*names: str) -> list[Column[int]]:
    return [Column(name, Integer) for name in names]


def _bytes(*names: str) -> list[Column[bytes]]:
    return [Column(name, LargeBinary, nullable=False) for name in names]


blog = Table(
    "blog",
    metadata,
    _key("id"),
    *_text("slug", "headline", "standfirst", "byline", "language", "timezone", "status"),
    *_number("created", "coverage_start"),
    *_maybe_number("coverage_end"),
    *_text("checks"),
)
account = Table(
    "account", metadata, _key("id"), *_text("name", "kind", "role", "state", "settings")
)
target = Table(
    "target",
    metadata,
    _key("id"),
    *_text("blog", "account", "name", "settings", "cover"),
    *_number("reviews"),
    *_text("media"),
)
# The columns from ``time`` on are what lists show of the working text; ``shown`` is its digest.
entry = Table(
    "entry",
    metadata,
    _key("number", Integer),
    *_text("id", "blog"),
    *_number("seq", "created", "changed"),
    *_text("stage"),
    *_maybe_text("head", "submitted", "approved"),
    *_maybe_number("not_before", "published", "corrected", "withdrawn", "submitted_at"),
    *_number("protect_source"),
    *_text("note"),
    *_maybe_number("time"),
    *_text("headline", "excerpt"),
    *_number("photos", "quotes", "posts", "stories", "words"),
    *_text("thumbs"),
    *_number("key_event", "pinned"),
    *_text("shown"),
    Column(
        "happened",
        Integer,
        Computed("coalesce(time, published, created)", persisted=False),
        nullable=False,
    ),
)
draft = Table(
    "draft",
    metadata,
    _key("entry"),
    *_bytes("content"),
    *_number("saved"),
    *_maybe_text("base"),
)
revision = Table(
    "revision",
    metadata,
    _key("id"),
    *_text("entry"),
    *_number("number"),
    *_bytes("content"),
    *_text("digest", "kind", "origin"),
    *_number("at"),
    *_maybe_text("parent", "merge_parent"),
    *_text("note", "author", "device", "headline"),
    *_number("words"),
)
revision_asset = Table("revision_asset", metadata, _key("revision"), _key("asset"))
speaker = Table(
    "speaker", metadata, _key("entry"), _key("position", Integer), *_text("name", "role")
)
asset = Table(
    "asset",
    metadata,
    _key("id"),
    *_text("mime"),
    *_number("width", "height", "size"),
    *_text("name"),
    *_number("added", "has_location"),
    *_text("told"),
)
# ``asset`` is the print it is of.
rendition = Table(
    "rendition",
    metadata,
    _key("id"),
    _key("asset"),
    *_text("mime"),
    *_number("width", "height", "size"),
)
# ``sure``: the target confirmed to hold it; ``loose``: no entry needs it there.
asset_remote = Table(
    "asset_remote", metadata, _key("target"), _key("rendition"), *_number("sure", "loose")
)
delivery = Table(
    "delivery",
    metadata,
    _key("entry"),
    _key("target"),
    *_maybe_text("wanted_revision"),
    *_text("wanted_visibility"),
    *_maybe_number("not_before"),
    *_maybe_text("held_revision"),
    *_text("held_visibility", "ref", "version", "url", "digest", "phase"),
    *_number("attempts"),
    *_maybe_number("next_try"),
    *_maybe_text("problem"),
    *_number("unsettled", "held_text_only"),
    *_maybe_number("held_due"),
)
op = Table(
    "op",
    metadata,
    _key("id", Integer),
    *_text("entry", "target", "kind"),
    *_maybe_text("revision"),
    *_text("visibility", "digest"),
    *_number("sent"),
    *_text("state", "error"),
    *_real("steady", "settle"),
    *_number("text_only"),
)
conflict = Table(
    "conflict",
    metadata,
    _key("id", Integer),
    *_text("entry", "target"),
    *_maybe_text("base"),
    *_text("mine", "theirs"),
    *_number("found"),
    *_maybe_number("settled"),
)
notice = Table(
    "notice",
    metadata,
    _key("id", Integer),
    *_maybe_text("entry", "target"),
    *_number("at"),
    *_text("problem"),
    *_maybe_number("seen"),
)
watch = Table(
    "watch",
    metadata,
    _key("target"),
    *_text("cursor"),
    *_maybe_number("pulled", "listed", "sweep"),
    *_number("emptied"),
)
log = Table(
    "log",
    metadata,
    _key("entry"),
    _key("line", Integer),
    *_text("target"),
    *_number("at"),
    *_text("act", "outcome"),
    *_number("status"),
    *_text("request_id"),
    *_number("sent"),
    *_real("took"),
    *_maybe_number("next_try"),
    *_text("code"),
)
gate = Table("gate", metadata, _key("host"), *_number("until"))
snapshot = Table(
    "snapshot", metadata, _key("id"), *_text("url"), *_number("captured"), *_bytes("data")
)
audit = Table(
    "audit",
    metadata,
    _key("id", Integer),
    *_number("at"),
    *_text("what"),
    *_maybe_text("entry"),
    *_text("detail"),
)
tally = Table("tally", metadata, _key("one", Integer), *_number("commits"))
