# The table is renewed with: python -m tests.real.survival
"""What survives of each block on its way through the filters of real WordPresses, role by role.

``docs/wordpress-blocks.md`` is made of it, and a test says that it is as it would be made now.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple, get_args

from msgspec.structs import replace

from editor.backends._wordpress_grammar import essence
from editor.content.entry import Content
from editor.domain.entry import Kind
from editor.sync.backend import Rejected
from editor.sync.delivery import Correction, Held, MediaFile
from tests.backends.opening import NOON
from tests.real.entries import backend_at, one_photo, page_of, sent, shown
from tests.real.opening import complaints, make_category
from tests.real.samples import (
    MADE_THERE,
    NASTY,
    PHOTOS,
    QUOTES,
    SCRIPTS,
    SOCIALS,
    STORIES,
    TEXTS,
    UNKNOWNS,
    Sample,
    strange,
)
from tests.real.sites import shared
from tests.real.template import Variant

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "wordpress-blocks.md"
ROLES = {
    "admin": "Administrator",
    "desk": "Editor",
    "field": "Author",
    "stringer": "Contributor",
}
OWN = (*TEXTS, *QUOTES, *SOCIALS, *STORIES, *UNKNOWNS)
EXECUTES = """
foreach ( [ 'boom', 'countdown' ] as $name ) {
    add_shortcode( $name, fn( $given, $inner, $tag ) => "EXECUTED $tag" );
}
add_filter( 'pre_oembed_result', fn( $none, $url ) => "<b>EXECUTED $url</b>", 10, 2 );
"""
"""A plug-in that tells of each shortcode and each embed that WordPress finds."""
BOOM = "[boom] https://boom.example/watch"
CORRECTION = Correction(kind=Kind.CORRECTION, note="It was 4.1 m. [boom]", at=NOON)
WHOLE, RESPELLED, HIDDEN, WORDS = "whole", "whole, respelled", "kept, not shown", "words only"
NO_PHOTOS = "not sent: WordPress takes no uploads of this role"


class Trip(NamedTuple):
    """An entry there and back: what went, what ``put`` said of it, what was found, and what readers get."""

    content: Content
    digest: str
    told: str
    remark: str
    found: Content
    found_digest: str
    status: str
    page: str


class Run(NamedTuple):
    """All entries of one role at one site."""

    trips: dict[str, Trip]
    post: dict[str, Any]
    photos: str
    complaints: list[str]


def facts(**others: Any) -> Content:
    """A content with every fact."""
    given: dict[str, Any] = {
        "headline": "The level & the gate",
        "time": NOON,
        "byline": ("Field desk", "Photo desk"),
        "labels": ("Roads", "Water & power"),
        "key_event": True,
        "pinned": True,
        "unverified": True,
    }
    return Content(**{**given, **others})


def contents(photos: bool) -> dict[str, tuple[Content, str]]:
    """The entries that go, by their names, and whether social posts are embedded."""
    own = OWN if not photos else (*OWN[:9], *PHOTOS, *OWN[9:])
    several = (BOOM, *NASTY, *SCRIPTS)
    line = " ".join(words.replace("\n", " ")[:80] for words in several)
    strangest = Content(
        headline=line,
        byline=(line,),
        labels=tuple(words[:60] for words in several[:4]),
        body=tuple(block for words in several for block in strange(words)),
    )
    found = {
        "own": (facts(body=tuple(each.block for each in own)), "off"),
        "embeds": (Content(headline="Embeds", body=tuple(each.block for each in SOCIALS)), "on"),
        "there": (Content(headline="There", body=tuple(each.block for each in MADE_THERE)), "off"),
        "strange": (strangest, "off"),
    }
    if not photos:
        found = {name: (_without_photos(each), way) for name, (each, way) in found.items()}
    return found


def _without_photos(content: Content) -> Content:
    body = tuple(each for each in content.body if getattr(each, "TYPE", "") != "photo")
    return replace(content, body=body)


@cache
def run(variant: Variant, user: str) -> Run:
    """Everything sent once by one role to one site that was just reset."""
    site = shared(variant)
    site.reset()
    make_category(site)
    site.plugin("executes", EXECUTES)
    first = backend_at(site, user)
    trips: dict[str, Trip] = {}
    files: tuple[MediaFile, ...] = ()
    with tempfile.TemporaryDirectory() as name:
        everything = Content(body=tuple(b for c, _ in contents(True).values() for b in c.body))
        try:
            files, photos = one_photo(first, Path(name), everything), ""
        except Rejected as error:
            photos = error.problem.code
    post: dict[str, Any] = {}
    backends = {way: backend_at(site, user, embeds=way) for way in ("off", "on")}
    for number, (name, (content, way)) in enumerate(contents(not photos).items()):
        told = (CORRECTION,) if name in ("own", "strange") else ()
        dispatch = sent(content, number, by=user, photos=files, corrections=told)
        held = backends[way].put(dispatch, Held())
        remark = backends[way].answer.remark
        found = first.find(dispatch.entry, Held())
        assert found is not None, name
        assert found.content is not None, name
        _, answer = site.call("desk", "GET", f"/wp/v2/posts/{held.ref}")
        if user == "stringer":
            site.call("desk", "POST", f"/wp/v2/posts/{held.ref}", status="publish")
        if name == "own":
            (post,) = (each for each in site.posts() if str(each["id"]) == held.ref)
            post = {**post, "sticky": answer["sticky"]}
        trips[name] = Trip(
            content=content,
            digest=dispatch.digest,
            told=held.digest,
            remark="" if remark is None else remark.code,
            found=found.content,
            found_digest=found.held.digest,
            status=answer["status"],
            page=page_of(site, held.ref),
        )
    for each in (first, *backends.values()):
        each.close()
    return Run(trips, post, photos, complaints(site))


class Cell(NamedTuple):
    """What became of something in one role."""

    row: str
    what: str


def cells(variant: Variant, user: str) -> tuple[Cell, ...]:
    """The column of one role at one site."""
    done = run(variant, user)
    own, there = done.trips["own"], done.trips["there"]
    photos = [Cell(each.name, NO_PHOTOS) for each in PHOTOS]
    blocks = (*OWN[:9], *([] if done.photos else PHOTOS), *OWN[9:])
    rows = list(_blocks(blocks, own))
    if done.photos == "wordpress-no-photos":
        rows[9:9] = photos
    embedded = (
        each._replace(name=f"{each.name}: embedded", shows=(f"EXECUTED {each.block.url}",))
        for each in SOCIALS
    )
    rows += _blocks(tuple(embedded), done.trips["embeds"])
    return (*rows, *_facts(own, done.post), *_blocks(MADE_THERE, there))


def _blocks(samples: tuple[Sample, ...], trip: Trip) -> Iterator[Cell]:
    page = shown(trip.page)
    there = dict(zip(samples, trip.found.body, strict=True))
    for each, block in there.items():
        seen = all(words in page for words in each.shows)
        if block == each.block:
            what = (WHOLE if each.shows else HIDDEN) if seen else "lost to readers"
        elif seen and essence(str(block)) == essence(str(each.block)):
            what = RESPELLED
        else:
            what = WORDS if any(words in page for words in each.shows) else "lost"
        yield Cell(each.name, what)


def _facts(trip: Trip, post: dict[str, Any]) -> Iterator[Cell]:
    sent, found, page = trip.content, trip.found, shown(trip.page)

    def cell(name: str, same: bool, seen: bool) -> Cell:
        return Cell(name, (WHOLE if seen else HIDDEN) if same else "lost")

    tags = [unescape(each) for each in post["tags"]]
    yield cell("Unverified mark", found.unverified is True, "Not verified" in page)
    yield cell("Byline", found.byline == sent.byline, ", ".join(sent.byline) in page)
    yield cell("Labels", found.labels == sent.labels, set(sent.labels) <= set(tags))
    yield cell("Key event", found.key_event, "Key event" in tags)
    yield cell("Pinned", found.pinned, post["sticky"])
    at = f"{sent.time:%Y-%m-%d %H:%M:%S}"
    yield cell("Time of its own", found.time == sent.time, post["date_gmt"] == at)
    yield Cell("Correction with its note", WHOLE if "It was 4.1 m." in page else "lost")


def document() -> str:
    """The document, from what the servers do now."""
    columns = {
        user: [dict(cells(variant, user)) for variant in get_args(Variant)] for user in ROLES
    }
    names = dict.fromkeys(cell.row for cell in cells("sqlite", "admin"))
    lines = [_HEAD, f"| | {' | '.join(ROLES.values())} |", f"|---|{'---|' * len(ROLES)}"]
    for name in names:
        told = [" / ".join(dict.fromkeys(each[name] for each in columns[user])) for user in ROLES]
        lines.append(f"| {name} | {' | '.join(told)} |")
    return "\n".join((*lines, _FOOT))


_HEAD = """\
<!-- Made by the tests against real servers. To renew it: python -m tests.real.survival -->

# What survives in WordPress

Every kind of block was sent by a user of every role to WordPress 6.5 on SQLite and to WordPress 6.1 on MariaDB, through
the filters that each has for the role, and read again by a program that had just been started. Both did the same,
except where a cell names two things: then the first is 6.5.

- **whole**: it comes back as the very same block, and readers are shown its words.
- **whole, respelled**: readers are shown the same; WordPress writes its markup in its own way, once.
- **kept, not shown**: it comes back as it was, but readers are not shown it.
- **words only**: WordPress takes a part out, and the delivery log says so; the words are left.
- **not sent**: it is refused before anything is sent.

A contributor's entry is pending; what readers are shown was looked at after an editor had published it.
"""
_FOOT = """
The last seven rows are blocks that an editor made in the web editor and that only WordPress knows. Dateline keeps them
byte for byte and sends them with each change of its own; for an author or a contributor WordPress filters them then.

A contributor's entry cannot be pinned, and bears the time at which it was published there; Dateline keeps both for the
day on which somebody else sends the entry.
"""


def main() -> None:
    """Writes the document."""
    DOCUMENT.write_text(document(), "utf-8")


if __name__ == "__main__":
    main()
