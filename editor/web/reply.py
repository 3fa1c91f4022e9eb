"""An answer that counts: its status, its headers, and a body that is read as what was asked for, or not at all."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from editor.problems import Problem
from editor.sync.backend import NotApplied, Unanswered

T = TypeVar("T")

TRIES = 20
"""In how many places of an answer its data is looked for."""
_BEGINS = re.compile(rb"^(?:\xef\xbb\xbf|[ \t])*(?=[\[{])|(?=[\[{]\")", re.MULTILINE)

LIMIT = 5_000_000
"""The most bytes of an answer, unpacked. The largest that is due is a page of a list."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a system answered with success. ``headers`` have small names; ``writes`` says what the request was."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    writes: bool
    host: str

    def read(self, kind: type[T]) -> T:
        """The body as JSON of this shape.

        Raises ``Unanswered`` for another one after a write, which may have had its effect, and ``NotApplied`` after a read.
        """
        try:
            return msgspec.json.decode(self.body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            data = data_in(self.body)
            if data is None or data == self.body:
                raise not_understood(self.host, writes=self.writes) from error
            return replace(self, body=data).read(kind)


def data_in(body: bytes) -> bytes | None:
    """The JSON object or list that an answer ends with, whatever a badly made part of the system printed before it."""
    for found in islice(_BEGINS.finditer(body), TRIES):
        data = body[found.end() :]
        try:
            msgspec.json.decode(data, type=msgspec.Raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        return data
    return None


def not_understood(host: str, *, writes: bool) -> NotApplied | Unanswered:
    """What is raised for an answer that says success in words nobody can read."""
    problem = Problem(code="web-not-understood", detail={"host": host})
    return Unanswered(problem) if writes else NotApplied(problem)


class Damaged(Exception):
    """An answer that cannot be unpacked, or is larger than any that is due."""


def unpacked(pieces: Iterable[bytes], encoding: str) -> bytes:
    """A body's bytes as they were before packing, however small a bomb was packed. Raises ``Damaged``."""
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Damaged(encoding)
    packed = encoding not in ("", "identity")
    zip_file = zlib.decompressobj(wbits=47)
    body = bytearray()
    for piece in pieces:
        try:
            body += zip_file.decompress(piece, LIMIT + 1) if packed else piece
        except zlib.error as error:
            raise Damaged(encoding) from error
        if len(body) > LIMIT:
            raise Damaged("too much")
    if packed and body and not zip_file.eof:
        raise Damaged("cut off")
    return bytes(body)
