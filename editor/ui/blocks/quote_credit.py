"""A quote's facts in a line or two, as the folded block tells them."""

from __future__ import annotations

from datetime import datetime, tzinfo
from html import escape

from editor.content.blocks.quote import Quote
from editor.content.links import host
from editor.ui.blocks.tongue import language_name
from editor.ui.messages import clock
from editor.ui.theme.tokens import Colours


def credited(quote: Quote, colours: Colours) -> str:
    """Whose the words are, as rich text; in amber and in words where that is not told."""
    parts = []
    if quote.speaker.strip():
        parts.append(f"<b>{escape(quote.speaker.strip())}</b>")
    if quote.role.strip():
        parts.append(escape(quote.role.strip()))
    if quote.unnamed and quote.is_attributed:
        reason = escape((quote.reason or "").strip())
        parts.append(
            f'<span style="color:{colours.ink_3}">unnamed, because {isolated(reason)}</span>'
        )
    if quote.how.strip():
        parts.append(f'<span style="color:{colours.ink_3}">{escape(quote.how.strip())}</span>')
    if not quote.is_attributed:
        asked = "Why is the source not named?" if quote.unnamed else "Who said this?"
        parts.append(f'<span style="color:{colours.amber}">{asked}</span>')
    return f"— {', '.join(parts)}"


def whence(quote: Quote, zone: tzinfo, now: datetime) -> str:
    """Where and when, from which language and after which source; empty where nothing of that is told."""
    place = (quote.place or "").strip()
    when = clock(quote.said, zone, now) if quote.said else ""
    translated = ""
    if (quote.translation or "").strip():
        name = language_name(quote.language)
        translated = f"translated from {name}" if name else "translated"
    there = ", ".join(isolated(part) for part in (place, when) if part)
    return " · ".join(isolated(part) for part in (there, translated, host(quote.source)) if part)


def isolated(words: str) -> str:
    """Words whose direction does not touch that of what stands beside them."""
    return f"\u2068{words}\u2069"
