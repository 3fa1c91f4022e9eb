"""Small pieces of HTML: every typed word goes through here on its way to a page.

One place escapes, so that no block can forget to.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def text(words: str) -> str:
    """Typed words as HTML."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attributes(**values: str | int | None) -> str:
    """Attributes with a leading space; those that are None are left out."""
    return "".join(
        f' {name}="{_quoted(str(value))}"' for name, value in values.items() if value is not None
    )


def lines(words: str) -> str:
    """Typed words as HTML, line breaks kept."""
    return text(words.strip()).replace("\n", "<br>")


def paragraphs(words: str) -> str:
    """Typed words as paragraphs: an empty line parts them, a line break stays."""
    parts = (part for part in _GAP.split(words.strip()) if part)
    return "".join(f"<p>{lines(part)}</p>" for part in parts)


def language(tag: str) -> str | None:
    """A language tag that may stand in ``lang``, or None."""
    return tag if _LANGUAGE.fullmatch(tag) else None


def time(moment: datetime, zone: tzinfo | None, *, with_date: bool) -> str:
    """A moment as ``<time>``, in the page's zone."""
    local = moment.astimezone(zone) if zone else moment
    shown = local.strftime("%Y-%m-%d %H:%M" if with_date else "%H:%M")
    return f"<time{attributes(datetime=local.isoformat(timespec='seconds'))}>{shown}</time>"


def _quoted(value: str) -> str:
    return text(value).replace('"', "&quot;")
