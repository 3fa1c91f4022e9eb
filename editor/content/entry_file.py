"""An entry as a file: Markdown with front matter, written and read back without loss.

It is what export writes, what the command line reads, and what a correspondent can type in any editor. A file is
taken whole or refused whole, with one problem that says where.
"""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from typing import Any

from editor.content import front_matter, yaml_form
from editor.content.block import FindPhoto
from editor.content.clean import check_text
from editor.content.entry import Content
from editor.content.file_body import NamePhoto, read_body, write_body
from editor.problems import Problem, Refused, refuse

MAX_BYTES = 5_000_000

_BAR = "---"


def write_entry(content: Content, *, entry_id: str | None = None, name_photo: NamePhoto) -> str:
    """The text of an entry's file. ``name_photo`` gives an asset's path, relative to the file."""
    facts = yaml_form.dump(front_matter.to_fields(content, entry_id))
    body = write_body(content.blocks, name_photo)
    # A body that would be taken for front matter, or a mark of the encoding, gets an empty one before it.
    head = f"{_BAR}\n{facts}{_BAR}\n" if facts or body.startswith((_BAR, "\ufeff")) else ""
    gap = "\n" if head and body else ""
    return f"{head}{gap}{body}\n" if body else head


def read_entry(
    text: str, *, find_photo: FindPhoto, zone: tzinfo, name: str
) -> tuple[Content, str | None]:
    """An entry's content and its id, if the file has one.

    ``find_photo`` gives the photo at a path of the file, or raises ``Refused``. Times without a zone take ``zone``.
    Raises ``Refused`` with one problem: ``name`` as file, the line, and what is wrong there.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        if unfit := check_text(text):
            raise Refused(Problem(code="file-character", detail=unfit.detail))
        lines = text.split("\n")
        start, entry_id = 0, None
        facts: dict[str, Any] = {}
        if lines[0].rstrip() == _BAR:
            start = _end_of_front_matter(lines) + 1
            fields = yaml_form.load("".join(f"{line}\n" for line in lines[1 : start - 1]), 2)
            facts, entry_id = front_matter.from_fields(fields, zone)
        body = read_body(lines[start:], start + 1, find_photo, zone)
    except Refused as refused:
        raise _in_file(refused.first, name) from None
    return Content(body=body, **facts), entry_id


def read_file(path: Path, *, find_photo: FindPhoto, zone: tzinfo) -> tuple[Content, str | None]:
    """As ``read_entry``, from the disk. Refuses what is not there, too large, or not UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _in_file(refuse("file-missing").first, path.name) from None
    except OSError as error:
        problem = refuse("file-unreadable", reason=error.strerror or "").first
        raise _in_file(problem, path.name) from None
    text = decode_file(data, name=path.name)
    return read_entry(text, find_photo=find_photo, zone=zone, name=path.name)


def decode_file(data: bytes, *, name: str) -> str:
    """The text of a file's bytes. Raises ``Refused`` for more than 5 MB and for what is not UTF-8."""
    if len(data) > MAX_BYTES:
        raise _in_file(refuse("file-too-large", most=MAX_BYTES).first, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _in_file(refuse("file-not-utf8", line=line).first, name) from None


def _end_of_front_matter(lines: list[str]) -> int:
    for at in range(1, len(lines)):
        if lines[at].rstrip() == _BAR:
            return at
    raise refuse("file-front-matter-unclosed", line=1)


def _in_file(problem: Problem, name: str) -> Refused:
    detail = {"line": 1, **problem.detail, "file": name}
    return Refused(Problem(code=problem.code, field=name, detail=detail))
