"""An entry on its way to a real site: made into what the engine sends, and looked at as readers get it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from editor.content.entry import Content, digest, prints
from editor.domain.entry import Stage
from editor.domain.ids import AssetId, EntryId, RevisionId
from editor.registry import Kinds
from editor.sync.backend import Backend
from editor.sync.delivery import Correction, Dispatch, MediaFile, Visibility
from tests.backends.contract import FILE, JPEG
from tests.backends.opening import BLOG, NOON, TARGET
from tests.real.opening import settings_of
from tests.real.wordpress import WordPress

AUTHORS = ("admin", "desk", "field")
"""Who may publish; the stringer submits."""


def key(number: int) -> EntryId:
    return EntryId(f"01936f2a-7000-7000-8000-{number:012d}")


def backend_at(site: WordPress, user: str = "desk", **settings: str) -> Backend:
    """The blog there, opened anew as by a program that was just started; where the API is, the account knows."""
    given = {**settings_of(site, user), "rest": f"{site.url}/wp-json/", **settings}
    return Kinds().get("wordpress").open(BLOG, TARGET, given, site.users[user].app_password)


def sent(
    content: Content,
    number: int = 1,
    *,
    by: str = "desk",
    photos: Iterable[MediaFile] = (),
    corrections: tuple[Correction, ...] = (),
    **fields: Any,
) -> Dispatch:
    """What the engine sends of an entry: public, or by a stringer for the desk to look at."""
    submits = by == "stringer"
    standing: dict[str, Any] = {
        "visibility": Visibility.DESK if submits else Visibility.PUBLIC,
        "stage": Stage.SUBMITTED if submits else Stage.PUBLISHED,
    }
    return Dispatch(
        entry=key(number),
        blog=BLOG,
        revision=RevisionId("r1"),
        digest=digest(content),
        content=content,
        published=NOON,
        updated=NOON,
        corrections=corrections,
        media=tuple(photos),
        **{**standing, **fields},
    )


def one_photo(backend: Backend, folder: Path, content: Content) -> tuple[MediaFile, ...]:
    """One file in the library, which stands for every photo of the content."""
    path = folder / "photo.jpg"
    path.write_bytes(JPEG)
    backend.put_media(FILE, path)
    return tuple(as_print(FILE, each) for each in prints(content))


def as_print(file: MediaFile, name: str) -> MediaFile:
    """The same file as that of another photo."""
    from msgspec.structs import replace

    return replace(file, asset=AssetId(name))


def page_of(site: WordPress, ref: str) -> str:
    """The public page of a post, as anybody gets it."""
    with urlopen(f"{site.url}/?p={ref}") as answer:
        found: bytes = answer.read()
    return found.decode()


def shown(page: str) -> str:
    """What a page says: its words, and the addresses and descriptions in it."""
    page = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", page)
    told = re.findall(r"(?:alt|href|src|class)=[\"']([^\"']*)[\"']", page)
    words = unescape(re.sub(r"<[^>]*>", "", page))
    return "\n".join((words, *map(unescape, told)))
