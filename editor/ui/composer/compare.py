"""Word differences of two contents, for display only: merging by words is banned, it can turn a sentence round."""

from __future__ import annotations

from difflib import SequenceMatcher
from html import escape
from typing import Any

from editor.content.differences import Mark, differences
from editor.content.entry import Content


def differences_html(old: Content, new: Content, *, add: str, remove: str, quiet: str) -> str:
    """How ``new`` differs from ``old``, as HTML: headline and blocks in the order of ``new``.

    ``add``, ``remove`` and ``quiet`` are colours.
    """
    headline = _marked(old.headline, new.headline, add, remove)
    parts = [f'<p class="headline">{headline}</p>']
    if old.unverified or new.unverified:
        was, now = ("Not verified" * bool(each.unverified) for each in (old, new))
        parts.insert(0, f'<p class="meta">{_marked(was, now, add, remove)}</p>')
    before = [(_kind(block), _words(block)) for block in old.body]
    after = [(_kind(block), _words(block)) for block in new.body]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        left, right = before[old_start:old_end], after[new_start:new_end]
        if tag == "equal":
            parts += [_block(kind, _lines(escape(words)), quiet) for kind, words in right]
            continue
        while left and right and left[0][0] == right[0][0]:
            (kind, was), (_, now) = left.pop(0), right.pop(0)
            parts.append(_block(kind, _marked(was, now, add, remove), quiet))
        parts += [_block(kind, _marked(words, "", add, remove), quiet) for kind, words in left]
        parts += [_block(kind, _marked("", words, add, remove), quiet) for kind, words in right]
    return "".join(parts)


def _marked(old: str, new: str, add: str, remove: str) -> str:
    out = []
    for mark, words in differences(old, new):
        text = _lines(escape(words))
        if mark is Mark.ADDED:
            style = f"background-color:{add};text-decoration:underline"
            text = f'<span style="{style}">{text}</span>'
        elif mark is Mark.REMOVED:
            style = f"background-color:{remove};text-decoration:line-through"
            text = f'<span style="{style}">{text}</span>'
        out.append(text)
    return "".join(out)


def _lines(html: str) -> str:
    return html.replace("\n", "<br>")


def _block(kind: str, html: str, quiet: str) -> str:
    label = (
        "" if kind == "text" else f'<span style="color:{quiet};font-size:11px">{kind}</span><br>'
    )
    return f"<p>{label}{html}</p>"


def _kind(block: Any) -> str:
    kind = str(block.TYPE)
    return {"social": "social post", "unknown": "unknown block"}.get(kind, kind)


def _words(block: Any) -> str:
    text = getattr(block, "text", None)
    if block.TYPE == "text" and isinstance(text, str):
        return text
    fields = ("text", "caption", "alt", "credit", "headline", "summary", "outlet", "author")
    more = ("handle", "speaker", "role", "how", "url", "source")
    values = (getattr(block, name, "") for name in (*fields, *more))
    return "\n".join(value for value in values if isinstance(value, str) and value)
