"""The settings of an account at a server that speaks Dateline's open protocol."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from editor.problems import Problem
from editor.sync.backend import Field
from editor.web.address import address_problem

SETTLE = 120
SETTLE_BOUNDS = (1, 3600)
SWITCHES = ("on", "off")

FIELDS = (
    Field(
        name="address",
        label="Address",
        help="Where the server speaks the protocol, such as https://news.example.org/dateline.",
        required=True,
    ),
    Field(name="user", label="User", help="Empty where the token alone says who you are."),
    Field(name="token", label="Token", help="The password or token.", secret=True),
    Field(
        name="page",
        label="Readers' address",
        help="What the live blogs are under on the web; the blog's name is added to it.",
    ),
    Field(
        name="photos",
        label="Photos' address",
        help="What photos are under on the web, where that is not the server itself.",
    ),
    Field(
        name="drafts",
        label="Keeps drafts",
        help="on: an entry is sent as a private draft first, then made public; off: it is public at once.",
        default="on",
    ),
    Field(
        name="versions",
        label="Checks versions",
        help="on: the server refuses a change when somebody else changed the entry meanwhile.",
        default="on",
    ),
    Field(
        name="batch",
        label="Takes several at once",
        help="on: entries that wait together go in one request, where the server takes them so; off: one by one.",
        default="on",
    ),
    Field(
        name="rendered",
        label="Sends HTML too",
        help="on: an entry carries its HTML and plain text beside its content; off: a slow line has less to carry.",
        default="on",
    ),
    Field(
        name="settle",
        label="Seconds to settle",
        help="How long a request whose answer was lost may still have its effect.",
        default=str(SETTLE),
    ),
    Field(
        name="plain",
        label="Allow plain http",
        help="on: the address may begin with http://; everybody on the way can read along.",
        default="off",
    ),
)


def settle_of(settings: Mapping[str, str]) -> int:
    """For how many seconds an unanswered request may still land."""
    low, high = SETTLE_BOUNDS
    return min(max(_seconds(settings.get("settle", "").strip()) or SETTLE, low), high)


def wrong(settings: Mapping[str, str]) -> Iterator[Problem]:
    """Where the settings cannot be meant."""
    plain = settings.get("plain", "off") == "on"
    found = address_problem(settings.get("address", ""), plain=plain)
    if found is not None:
        yield found
    for name in ("page", "photos"):
        shown = settings.get(name, "").strip()
        if shown and (found := address_problem(shown, name, plain=True)):
            yield found
    for name, default in (
        ("drafts", "on"),
        ("versions", "on"),
        ("batch", "on"),
        ("rendered", "on"),
        ("plain", "off"),
    ):
        if (value := settings.get(name, default)) not in SWITCHES:
            yield Problem(code="setting-not-a-switch", field=name, detail={"value": value})
    settle = settings.get("settle", "").strip()
    low, high = SETTLE_BOUNDS
    if settle and not low <= (_seconds(settle) or 0) <= high:
        detail: dict[str, str | int] = {"value": settle, "low": low, "high": high}
        yield Problem(code="wire-seconds", field="settle", detail=detail)


def _seconds(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None
