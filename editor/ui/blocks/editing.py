"""What the toolbar does to Markdown: bold, italic, links and lists as functions of text and selection.

Pure, so that every case is a line in a test and the widgets only carry the result over.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ITEM = re.compile(
    r"(?P<indent>\s*)(?P<bullet>[-*+]|(?P<number>\d{1,9})(?P<dot>[.)])) (?P<words>.*)"
)


class Selected(NamedTuple):
    """A text with a selection, counted in code points."""

    text: str
    start: int
    end: int


def toggled(now: Selected, mark: str) -> Selected:
    """Puts ``mark`` (``**`` or ``*``) round the selection or the word at the cursor, or takes it off.

    A selection over several paragraphs is marked in each, because a mark does not reach over a paragraph's end.
    """
    text, start, end = now
    if start == end:
        start, end = _word(text, start)
    if start == end:
        return Selected(text[:start] + mark * 2 + text[end:], start + len(mark), start + len(mark))
    if _marked_outside(text, start, end, mark):
        wide = len(mark)
        text = text[: start - wide] + text[start:end] + text[end + wide :]
        return Selected(text, start - wide, end - wide)
    lines = text[start:end].split("\n")
    every = all(_marked_inside(line.strip(), mark) for line in lines if line.strip())
    done = "\n".join(_line(line, mark, off=every) for line in lines)
    text = text[:start] + done + text[end:]
    if len(lines) == 1 and not every:
        lead = len(lines[0]) - len(lines[0].lstrip()) + len(mark)
        return Selected(text, start + lead, start + lead + len(lines[0].strip()))
    return Selected(text, start, start + len(done))


def linked(now: Selected, address: str = "") -> Selected:
    """Makes the selection, or the word at the cursor, a link; what has to be typed next is selected."""
    text, start, end = now
    if start == end:
        start, end = _word(text, start)
    words = text[start:end]
    if not address and re.fullmatch(r"(?:https?://|mailto:)\S+", words):
        made = f"[]({words})"
        return Selected(text[:start] + made + text[end:], start + 1, start + 1)
    made = f"[{words}]({address})"
    text = text[:start] + made + text[end:]
    if not words:
        return Selected(text, start + 1, start + 1)
    if address:
        return Selected(text, start + len(made), start + len(made))
    return Selected(text, start + len(words) + 3, start + len(words) + 3)


def listed(now: Selected) -> Selected:
    """Makes list items of the selection's paragraphs, or plain paragraphs again if all of them are items."""
    text, start, end = now
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    lines = text[first:last].split("\n")
    spoken = [line for line in lines if line.strip()] or lines[:1]
    if all(_ITEM.match(line) for line in spoken) and spoken != [""]:
        done = [_ITEM.sub(lambda found: found["words"], line, count=1) for line in lines]
    else:
        # blank lines between the items would make a loose list
        done = ["- " + re.sub(r"^\s*\d{1,9}[.)] ", "", line).lstrip() for line in spoken]
    made = "\n".join(done)
    if start == end:
        at = max(first, start + len(made) - (last - first))
        return Selected(text[:first] + made + text[last:], at, at)
    return Selected(text[:first] + made + text[last:], first, first + len(made))


def next_item(line: str) -> str | None:
    """How the next line of a list begins; empty when an empty item ends the list; None outside a list."""
    found = _ITEM.fullmatch(line)
    if found is None:
        return "" if re.fullmatch(r"\s*(?:[-*+]|\d{1,9}[.)])\s*", line) else None
    if not found["words"].strip():
        return ""
    if found["number"]:
        return f"{found['indent']}{int(found['number']) + 1}{found['dot']} "
    return f"{found['indent']}{found['bullet']} "


def _word(text: str, at: int) -> tuple[int, int]:
    start = end = at
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "'’"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "'’"):
        end += 1
    return start, end


def _marked_inside(words: str, mark: str) -> bool:
    if not (words.startswith(mark) and words.endswith(mark) and len(words) > 2 * len(mark)):
        return False
    stars = len(words) - len(words.lstrip("*"))
    return stars == len(mark) or stars >= 3


def _marked_outside(text: str, start: int, end: int, mark: str) -> bool:
    before = text[:start]
    stars = len(before) - len(before.rstrip("*"))
    after = text[end:]
    closing = len(after) - len(after.lstrip("*"))
    return min(stars, closing) >= 3 or stars == closing == len(mark)


def _line(line: str, mark: str, *, off: bool) -> str:
    words = line.strip()
    if not words:
        return line
    lead = line[: len(line) - len(line.lstrip())]
    tail = line[len(line.rstrip()) :]
    return lead + (words[len(mark) : -len(mark)] if off else mark + words + mark) + tail
