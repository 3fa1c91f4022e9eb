"""The facts of an entry as front matter, both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from editor.content.entry import Content, Facts
from editor.content.yaml_form import Field, Value
from editor.problems import refuse

_TRUE = ("true", "yes", "on")
_FALSE = ("false", "no", "off", "")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}\S*")


def to_fields(content: Content, entry_id: str | None) -> dict[str, Any]:
    """The facts that were filled in, in the order in which they are written."""
    facts = {name: getattr(content, name) for name in Facts.__struct_fields__}
    if len(content.byline) == 1 and content.byline[0]:
        facts["byline"] = content.byline[0]
    given = {name: value for name, value in facts.items() if value}
    return given | ({"id": entry_id} if entry_id else {})


def from_fields(fields: Mapping[str, Field], zone: tzinfo) -> tuple[dict[str, Any], str | None]:
    """The facts and the entry's id. Raises ``Refused`` with the line for a key or a value that does not fit."""
    facts: dict[str, Any] = {}
    entry_id: str | None = None
    for key, field in fields.items():
        match key:
            case "headline" | "language":
                facts[key] = _text(key, field)
            case "time" | "embargo":
                facts[key] = _time(key, field, zone)
            case "byline":
                facts[key] = _list(field.value)
            case "labels":
                facts[key] = _labels(field.value)
            case "key_event" | "pinned" | "unverified":
                facts[key] = _flag(key, field)
            case "id":
                entry_id = _id(field)
            case _:
                raise refuse("file-unknown-key", line=field.line, key=key)
    return facts, entry_id


def parse_time(typed: str, zone: tzinfo) -> datetime:
    """A time as RFC 3339 writes it; one without a zone takes ``zone``. Raises ``ValueError``."""
    if not _TIME.fullmatch(typed.strip()):
        raise ValueError(typed)
    time = datetime.fromisoformat(typed.strip().upper())
    return time if time.tzinfo else time.replace(tzinfo=zone)


def _text(key: str, field: Field) -> str:
    if isinstance(field.value, str):
        return field.value
    raise _unfit(key, field)


def _time(key: str, field: Field, zone: tzinfo) -> datetime | None:
    typed = _text(key, field)
    if not typed:
        return None
    try:
        return parse_time(typed, zone)
    except ValueError:
        raise _unfit(key, field) from None


def _flag(key: str, field: Field) -> bool:
    typed = _text(key, field).lower()
    if typed in _TRUE or typed in _FALSE:
        return typed in _TRUE
    raise _unfit(key, field)


def _id(field: Field) -> str | None:
    typed = _text("id", field)
    try:
        return str(UUID(typed)) if typed else None
    except ValueError:
        raise _unfit("id", field) from None


def _list(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()


def _labels(value: Value) -> tuple[str, ...]:
    """Labels as a list, or in one line with commas."""
    if isinstance(value, tuple):
        return value
    return tuple(label for part in value.split(",") if (label := part.strip()))


def _unfit(key: str, field: Field) -> Exception:
    shown = field.value if isinstance(field.value, str) else ", ".join(field.value)
    return refuse("file-value", line=field.line, key=key, value=shown)
