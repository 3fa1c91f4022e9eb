"""The kinds of account that a person can choose from, each with a line of help. No Qt, and no kind is imported for it."""

from __future__ import annotations

from dataclasses import dataclass

from editor.registry import kind_names
from editor.ui.side_bar import KINDS

REHEARSAL = ("memory",)
"""Kinds for trying things out from the command line: what is sent there is forgotten."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A kind as it is offered."""

    name: str
    title: str
    help: str
    icon: str


HELP = {
    "wordpress": (
        "A WordPress site. Entries become posts; what you submit waits there as a draft.",
        "globe",
    ),
    "wire": (
        "A newsroom’s own system that speaks Dateline’s open protocol.",
        "newspaper",
    ),
    "site": (
        "A folder on this laptop or on a drive, which a web server shows.",
        "folder-open",
    ),
}
OTHER = ("Another kind of publishing system.", "inbox")


def title_of(kind: str) -> str:
    """What people call a kind of account."""
    return KINDS.get(kind, kind.capitalize())


def offers() -> tuple[Offer, ...]:
    """What can be chosen: the kinds that most people need first, then the others in the alphabet's order."""
    known = list(HELP)
    there = [name for name in kind_names() if name not in REHEARSAL]
    there.sort(key=lambda name: (known.index(name) if name in known else len(known), name))
    return tuple(_offer(name) for name in there)


def _offer(name: str) -> Offer:
    help, icon = HELP.get(name, OTHER)
    return Offer(name=name, title=title_of(name), help=help, icon=icon)
