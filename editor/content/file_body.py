"""The body of an entry file: blocks in plain form, blocks in fences, and text for all the rest.

Kinds of block are found through their registry: each tells whether a paragraph is its plain form, in the order of
their priorities. Nothing here knows a kind but text, which is what no kind claims.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Any, get_args

import msgspec

from editor.content import yaml_form
from editor.content.block import Block, FileForm, FindPhoto, PhotoFile, Unknown
from editor.content.blocks import decode, kinds
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.clean import check_text
from editor.content.front_matter import parse_time
from editor.problems import Problem, Refused, refuse

NamePhoto = Callable[[str], str]

_FENCE = re.compile(r" {0,3}(?P<bar>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
_OWN = re.compile(r"dateline-(?P<kind>\S+)(?: (?P<form>\S+))?[ ]*")
_BARS = re.compile(r"^ {0,3}(`{3,})", re.MULTILINE)
# Stands on both sides of a plain form that is tried out.
_NEIGHBOUR = Story(url="https://neighbour.invalid/")


def write_body(blocks: Sequence[Block], name_photo: NamePhoto) -> str:
    """The blocks as the body of a file: in plain form where reading that gives the same block, else in a fence."""
    parts: list[str] = []
    after_text = False
    for block in blocks:
        plain = block.markdown(name_photo)
        joins = after_text and isinstance(block, Text)
        if plain is not None and not joins and _survives(block, plain, name_photo):
            parts.append(plain)
            after_text = isinstance(block, Text)
        else:
            parts.append(_fence(block, name_photo))
            after_text = False
    return "\n\n".join(parts)


def read_body(
    lines: Sequence[str], first_line: int, find_photo: FindPhoto, zone: tzinfo
) -> tuple[Block, ...]:
    """The blocks of a body whose first line is ``first_line`` of its file. Raises ``Refused`` with the line."""
    blocks: list[Block] = []
    rest: list[str] = []
    at = 0
    while at < len(lines):
        fence = _FENCE.fullmatch(lines[at])
        own = _OWN.fullmatch(fence["info"]) if fence else None
        end = _fence_end(lines, at, fence["bar"]) if fence else _paragraph_end(lines, at)
        block: Block | None = None
        try:
            if own and end > len(lines):
                raise refuse("file-fence-unclosed", line=first_line + at)
            if own:
                inner = lines[at + 1 : end - 1]
                block = _read_fence(own, inner, first_line + at + 1, find_photo, zone)
            elif not fence:
                block = _read_paragraph(lines[at:end], find_photo)
        except Refused as refused:
            raise _placed(refused, first_line + at) from None
        if block is None:
            rest += lines[at:end]
        else:
            blocks += [*_text(rest), block]
            rest = []
        at = end
    return (*blocks, *_text(rest))


def _survives(block: Block, plain: str, name_photo: NamePhoto) -> bool:
    """Whether reading the plain form between other blocks gives this block and them again."""

    def find(path: str) -> PhotoFile:
        own = {name: getattr(block, name, 0) for name in ("width", "height")}
        asset = getattr(block, "asset", "")
        if not asset or path != name_photo(asset):
            raise refuse("file-photo-missing", path=path)
        return PhotoFile(asset=asset, **own)

    lines = [_NEIGHBOUR.url, "", *plain.split("\n"), "", _NEIGHBOUR.url]
    try:
        found = read_body(lines, 1, find, UTC)
    except Refused:
        return False
    return found == (_NEIGHBOUR, block, _NEIGHBOUR)


def _fence(block: Block, name_photo: NamePhoto) -> str:
    if isinstance(block, Unknown):
        return _unknown_fence(block)
    assert isinstance(block, FileForm), "every kind of block has a form in a file"
    body = yaml_form.dump(block.to_fields(name_photo))
    return _fenced(block.TYPE, body.removesuffix("\n"))


def _unknown_fence(block: Unknown) -> str:
    try:
        raw = block.raw.decode()
    except UnicodeDecodeError:
        raw = ""
    if raw and check_text(raw) is None:
        return _fenced("unknown", raw)
    return _fenced("unknown base64", base64.b64encode(block.raw).decode())


def _fenced(info: str, body: str) -> str:
    longest = max((len(bar) for bar in _BARS.findall(body)), default=2)
    bar = "`" * max(3, longest + 1)
    return "\n".join((f"{bar}dateline-{info}", *([body] if body else []), bar))


def _fence_end(lines: Sequence[str], start: int, bar: str) -> int:
    """The line after the fence's last; one more than there are where it is not closed."""
    closing = re.compile(rf" {{0,3}}{re.escape(bar[0])}{{{len(bar)},}}[ \t]*")
    for at in range(start + 1, len(lines)):
        if closing.fullmatch(lines[at]):
            return at + 1
    return len(lines) + 1


def _paragraph_end(lines: Sequence[str], start: int) -> int:
    at = start + 1
    if _is_blank(lines[start]):
        return at
    while at < len(lines) and not _is_blank(lines[at]) and not _FENCE.fullmatch(lines[at]):
        at += 1
    return at


def _read_paragraph(lines: Sequence[str], find_photo: FindPhoto) -> Block | None:
    if _is_blank(lines[0]):
        return None
    for kind in _readers():
        block: Block | None = kind.read_paragraph(lines, find_photo)
        if block is not None:
            return block
    return None


@cache
def _readers() -> tuple[type[Any], ...]:
    claiming = (kind for kind in kinds().values() if kind.PRIORITY is not None)
    return tuple(sorted(claiming, key=lambda kind: (-kind.PRIORITY, kind.TYPE)))


def _read_fence(
    own: re.Match[str],
    lines: Sequence[str],
    first_line: int,
    find_photo: FindPhoto,
    zone: tzinfo,
) -> Block:
    if own["kind"] == "unknown":
        return _read_unknown(lines, own["form"], first_line)
    kind = kinds().get(own["kind"])
    if kind is None or own["form"]:
        raise refuse("file-unknown-block", line=first_line - 1, kind=own["kind"])
    fields = yaml_form.load("".join(f"{line}\n" for line in lines), first_line)
    values = {
        name: value
        for name, field in fields.items()
        if (value := _field(kind, name, field, zone)) is not None
    }
    version = str(values.get("v", kind.VERSION))
    if version.isdecimal() and int(version) > kind.VERSION:
        raise refuse("file-unknown-block", line=first_line - 1, kind=own["kind"])
    try:
        block: Block = kind.from_fields(values, find_photo)
    except msgspec.ValidationError as error:
        raise refuse("file-block", line=first_line, kind=own["kind"], reason=str(error)) from None
    return block


def _field(kind: type[Any], name: str, field: yaml_form.Field, zone: tzinfo) -> Any:
    """A field's value, or None for one that was left empty and is no text."""
    if name not in kind.field_names():
        raise refuse("file-unknown-key", line=field.line, key=name)
    types = {own.name: own.type for own in msgspec.structs.fields(kind)}
    own = types.get(name, str)
    if field.value == "" and own is not str:
        return None
    if isinstance(field.value, str) and datetime in (own, *get_args(own)):
        try:
            return parse_time(field.value, zone)
        except ValueError:
            raise refuse("file-value", line=field.line, key=name, value=field.value) from None
    return field.value


def _read_unknown(lines: Sequence[str], form: str | None, line: int) -> Block:
    try:
        raw = "\n".join(lines).encode()
        return decode(msgspec.Raw(base64.b64decode(raw, validate=True) if form else raw))
    except (msgspec.DecodeError, binascii.Error) as error:
        raise refuse("file-block", line=line, kind="unknown", reason=str(error)) from None


def _text(lines: Sequence[str]) -> tuple[Block, ...]:
    """What no kind claimed, as one text without the empty lines around it."""
    filled = [at for at, line in enumerate(lines) if not _is_blank(line)]
    return (Text(text="\n".join(lines[filled[0] : filled[-1] + 1])),) if filled else ()


def _is_blank(line: str) -> bool:
    return not line.strip(" \t")


def _placed(refused: Refused, line: int) -> Refused:
    """The same with its line, where it has none."""
    first = refused.first
    detail = {"line": line, **first.detail}
    return Refused(Problem(code=first.code, field=first.field, detail=detail))
