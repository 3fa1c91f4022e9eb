"""What is asked of a photo's print, as the plain fields of an entry file: lines that a person can read and type.

    crop: 1000 0 8000 10000
    blurs: [5000 2000 800 1200]
    turns: 1
    focus: 5400 3300
    creator: Staff photographer

Places and lengths are those of ``content.print``: parts of ten thousand of the upright original.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from editor.content.print import Box, Edit, Point, Rights

_RIGHTS = {
    "creator": "creator",
    "credit_line": "credit",
    "copyright": "copyright",
    "source": "source",
    "licence": "licence",
    "digital_source_type": "digital_source_type",
    "data_mining": "data_mining",
    "taken": "created",
}
NAMES = ("blurs", "crop", "turns", "focus", *_RIGHTS)
"""The fields that stand for ``edit``, ``focus`` and ``rights``."""


def to_fields(edit: Edit, focus: Point | None, rights: Rights) -> dict[str, Any]:
    """The fields of all that was asked for."""
    fields: dict[str, Any] = {
        "blurs": tuple(_line(box) for box in edit.blurs),
        "crop": "" if edit.crop is None else _line(edit.crop),
        "turns": edit.turns,
        "focus": "" if focus is None else _line(focus),
    }
    fields |= {name: getattr(rights, own) for name, own in _RIGHTS.items()}
    return {name: value for name, value in fields.items() if value}


def from_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """``edit``, ``focus`` and ``rights``, to be converted. Raises ``msgspec.ValidationError`` for what is no number."""
    blurs = fields.get("blurs", ())
    edit = {
        "blurs": [_numbers(each) for each in ((blurs,) if isinstance(blurs, str) else blurs)],
        "crop": _numbers(fields["crop"]) if fields.get("crop") else None,
        "turns": fields.get("turns", 0) or 0,
    }
    rights = {own: fields[name] for name, own in _RIGHTS.items() if fields.get(name)}
    made = {"edit": edit, "rights": rights}
    return made | {"focus": _numbers(fields["focus"])} if fields.get("focus") else made


def _line(place: Box | Point) -> str:
    return " ".join(str(number) for number in msgspec.structs.astuple(place))


def _numbers(typed: Any) -> list[int]:
    try:
        return [int(part) for part in str(typed).split()]
    except ValueError:
        raise msgspec.ValidationError(f"Expected whole numbers, got `{typed}`") from None
