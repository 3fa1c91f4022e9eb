"""The folder's pages as HTML, from templates that are compiled once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from editor.domain.blog import BlogStatus
from editor.site import times
from editor.site.feeds import label
from editor.site.items import FROM_ENTRY, ROOT, at, data_block
from editor.site.labels import marked, unverified
from editor.site.linked import live_blog, single
from editor.site.policy import policy
from editor.site.state import Cover, Fix, Item, Mark, State
from editor.site.sums import stamped
from editor.site.timeline import first_page, last_page, opening
from editor.site.words import Words, counted, direction, words

if TYPE_CHECKING:
    from jinja2 import Environment

KEY_EVENTS = 12
_CACHED = 1000
_DRAWN = ("articles", "article", "pinned")
"""The gaps of a page that entries are drawn into."""


@cache
def _templates(folder: Path) -> Environment:
    """The templates, compiled once in a program's life: a target is opened anew for every pass."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


class Renderer:
    """Draws pages. ``base`` is the blog's public address with a slash at its end, or empty; ``poll`` is in seconds."""

    def __init__(self, folder: Path, base: str = "", poll: int = 15) -> None:
        self.base = base
        self.poll = poll
        self.assets = _assets(folder)
        self._environment = _templates(folder)
        self._articles: dict[tuple[str, int, str, str], str] = {}

    @property
    def names(self) -> dict[str, str]:
        """What the assets are called: ``app``, ``style``, ``icon``."""
        return {name.partition(".")[0].removeprefix("a/"): name for name in self.assets}

    def index(self, state: State) -> bytes:
        """The first page."""
        cover = state.cover
        pinned = {item.id for item in state.pinned}
        listed = [item for item in first_page(state) if item.id not in pinned]
        today = self._today(state)
        return self._page(
            "index.html",
            cover,
            "",
            title=cover.headline,
            description=cover.standfirst or cover.headline,
            address=self.base,
            image=next((item.image for item in listed if item.image), None),
            linked=_safe(live_blog(state, self.base)),
            seq=state.seq,
            epoch=state.epoch,
            poll=self.poll,
            today=today,
            articles=_safe(self._column(cover, listed, "", today)),
            **{name: _safe(html) for name, html in self.parts(state).items()},
        )

    def parts(self, state: State) -> dict[str, str]:
        """The pieces of the first page around the timeline, each replaced as a whole in open pages."""
        cover = state.cover
        pinned = [
            {
                **_fields(item),
                "html": _safe(at("", item.html)),
                "fixes": _fixes(cover, item.fixes, item.time),
            }
            for item in state.pinned
        ]
        return {
            "head": self._draw("head.html", cover, status=_status(cover)),
            "meta": self._draw("meta.html", cover, **_meta(state)),
            "keys": self._draw("keys.html", cover, marks=self._marks(state)),
            "pinned": self._draw("pinned.html", cover, pinned=pinned, root=""),
            "older": self._draw("older.html", cover, older=last_page(state)).strip(),
        }

    def page(self, state: State, number: int, items: tuple[Item, ...]) -> bytes:
        """An older page, sealed or growing."""
        newest = number > len(state.seals)
        return self._page(
            "page.html",
            state.cover,
            "../",
            title=f"{state.cover.headline} · {number}",
            description=state.cover.standfirst or state.cover.headline,
            address=f"{self.base}p/{number}.html" if self.base else "",
            image=None,
            number=number,
            articles=_safe(self._column(state.cover, items, "../", "")),
            newer="../index.html" if newest else f"{number + 1}.html",
            older=f"{number - 1}.html" if number > 1 else "",
        )

    def entry(self, cover: Cover, item: Item) -> bytes:
        """An entry's own page; the notice of its withdrawal once it is gone."""
        zone = ZoneInfo(cover.timezone)
        said = words(cover.language)
        title = marked(item, cover, item.headline or opening(item.text)) or cover.headline
        when = f"{times.date(item.published, zone, cover.language)}, {times.moment(item.published, zone)}"
        return self._page(
            "entry.html",
            cover,
            FROM_ENTRY,
            title=title,
            description=opening(item.text, 30) or cover.standfirst or cover.headline,
            address=f"{self.base}e/{item.id}/" if self.base else "",
            image=item.image,
            item=item,
            article=_safe(at(FROM_ENTRY, self._article(cover, item, level=1))),
            linked=_safe(single(cover, item, self.base)),
            data=_safe(data_block(item)),
            published=said.published.format(time=when),
            published_stamp=times.stamp(item.published, zone),
            updated_stamp=times.stamp(item.updated, zone),
        )

    def corrections(self, state: State) -> bytes:
        """What was put right in the whole blog, newest first."""
        cover = state.cover
        notes = [
            {**_fixes(cover, (note.fix,))[0], "entry": note.entry, "headline": note.headline}
            for note in state.notes
        ]
        return self._page(
            "corrections.html",
            cover,
            "",
            title=f"{words(cover.language).corrections} · {cover.headline}",
            description=cover.standfirst or cover.headline,
            address=f"{self.base}corrections.html" if self.base else "",
            image=None,
            notes=notes,
        )

    def article(self, cover: Cover, item: Item) -> str:
        """An entry as it stands in a timeline, with ``ROOT`` in its paths. Drawn once for each version."""
        name = (item.id, item.version, cover.language, cover.timezone)
        drawn = self._articles.get(name)
        if drawn is None:
            if len(self._articles) >= _CACHED:
                self._articles.clear()
            drawn = self._articles[name] = self._article(cover, item)
        return drawn

    def _article(self, cover: Cover, item: Item, level: int = 2) -> str:
        zone = ZoneInfo(cover.timezone)
        return self._draw(
            "article.html",
            cover,
            level=level,
            root=ROOT,
            item=item,
            key=" ".join(item.key),
            html=_safe(item.html),
            fixes=_fixes(cover, item.fixes, item.time),
            clock=times.clock(item.time, zone),
            zone=times.zone_name(item.time, zone),
            stamp=times.stamp(item.time, zone),
            date=times.date(item.time, zone, cover.language),
        )

    def _column(self, cover: Cover, items: Iterable[Item], root: str, today: str) -> str:
        """Articles with a line between days; ``today`` is the day that needs none."""
        zone = ZoneInfo(cover.timezone)
        lines, before = [], today
        for item in items:
            day = times.date(item.time, zone, cover.language)
            if day != before:
                lines.append(f'<p class="day">{day}</p>\n')
            before = day
            lines.append(at(root, self.article(cover, item)))
        return "".join(lines)

    def _today(self, state: State) -> str:
        latest = state.updated or state.cover.coverage_start
        return times.date(latest, ZoneInfo(state.cover.timezone), state.cover.language)

    def _marks(self, state: State) -> list[Mapping[str, Any]]:
        cover = state.cover
        zone = ZoneInfo(cover.timezone)
        here = {item.id for item in (*first_page(state), *state.pinned)}
        today = self._today(state)
        return [_mark(mark, zone, cover, here, today) for mark in state.marks[:KEY_EVENTS]]

    def _page(self, template: str, cover: Cover, root: str, **gaps: object) -> bytes:
        said = words(cover.language)
        script = {
            name: getattr(said, name)
            for name in ("waiting", "copied", "share", "pause", "resume", "reload")
        }
        html = self._draw(
            template,
            cover,
            root=root,
            base=self.base,
            direction=direction(cover.language),
            assets=self.names,
            policy=_safe(policy(gaps[name] for name in _DRAWN if name in gaps)),
            script_words=msgspec.json.encode(script).decode(),
            **gaps,
        )
        return stamped(html.encode())

    def _draw(self, template: str, cover: Cover, **gaps: object) -> str:
        said: Words = words(cover.language)
        return self._environment.get_template(template).render(
            cover=cover, words=said, unverified=unverified(cover.language), tongue=_tongue, **gaps
        )


def _assets(folder: Path) -> dict[str, bytes]:
    found = {}
    for name in ("app.js", "style.css", "icon.svg"):
        data = _lean((folder / name).read_bytes(), name)
        stem, suffix = name.split(".")
        found[f"a/{stem}.{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"] = data
    return found


def _lean(source: bytes, name: str) -> bytes:
    """A file without the indents, the remarks and a sheet's blanks, which are for people who read its source."""
    lines = (line.strip() for line in source.splitlines())
    lean = b"".join(line + b"\n" for line in lines if line and not line.startswith(b"//"))
    if name.endswith(".css"):
        for wide, narrow in ((b"; }", b"}"), (b" { ", b"{"), (b"; ", b";"), (b": ", b":")):
            lean = lean.replace(wide, narrow)
    return lean


def _safe(html: str) -> str:
    from markupsafe import Markup

    return Markup(html)  # every caller hands over what this program drew or escaped itself


def _tongue(item: Item | Mapping[str, Any]) -> str:
    language = item["language"] if isinstance(item, Mapping) else item.language
    if not language:
        return ""
    from markupsafe import escape

    return _safe(f' lang="{escape(language)}" dir="{direction(language)}"')


def _fields(item: Item) -> dict[str, Any]:
    return {name: getattr(item, name) for name in Item.__struct_fields__}


def _status(cover: Cover) -> str:
    said = words(cover.language)
    return {
        BlogStatus.UPCOMING: said.upcoming,
        BlogStatus.LIVE: said.live,
        BlogStatus.ENDED: said.ended,
    }[cover.status]


def _meta(state: State) -> dict[str, str]:
    cover = state.cover
    zone = ZoneInfo(cover.timezone)
    said = words(cover.language)
    count = counted(said.updates, state.count, cover.language)
    if state.updated is None:
        return {"updated": "", "count": count}
    before, _, after = said.updated.partition("{time}")
    return {
        "updated": times.moment(state.updated, zone),
        "updated_before": before,
        "updated_after": after,
        "updated_stamp": times.stamp(state.updated, zone),
        "updated_date": times.date(state.updated, zone, cover.language),
        "count": count,
    }


def _fixes(cover: Cover, fixes: Iterable[Fix], day: datetime | None = None) -> list[dict[str, str]]:
    """The labels of changes, with the date where it is not ``day``."""
    zone = ZoneInfo(cover.timezone)
    same = times.date(day, zone, cover.language) if day else ""
    return [
        {
            "kind": fix.kind.replace(" ", "-"),
            "label": label(cover.language, fix.kind, _when(cover, zone, fix.at, same)),
            "note": fix.note,
        }
        for fix in fixes
    ]


def _when(cover: Cover, zone: ZoneInfo, moment: datetime, same: str) -> str:
    date = times.date(moment, zone, cover.language)
    clock = times.clock(moment, zone)
    return clock if date == same else f"{clock}, {date}"


def _mark(
    mark: Mark, zone: ZoneInfo, cover: Cover, here: set[str], today: str
) -> Mapping[str, Any]:
    date = times.date(mark.time, zone, cover.language)
    return {
        "headline": marked(mark, cover, mark.headline),
        "clock": times.clock(mark.time, zone),
        "stamp": times.stamp(mark.time, zone),
        "date": date,
        "other_day": date != today,
        "href": f"#e-{mark.id}" if mark.id in here else f"e/{mark.id}/index.html",
    }
