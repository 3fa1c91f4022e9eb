"""A network as a value: the hosts it is at, and the forms that the paths of its posts have."""

from __future__ import annotations

import msgspec


class Shape(msgspec.Struct, frozen=True):
    """One form of a post's path; ``canonical`` is filled with the path's named parts.

    ``query`` names the parameters that tell the post, the post's own first, of the form ``ident``. ``handle`` is filled
    as ``canonical`` is. Patterns are compiled when they are first asked for: the window imports this at its start.
    """

    path: str
    canonical: str
    handle: str = ""
    query: tuple[str, ...] = ()
    ident: str = r"\d{5,20}|pfbid[A-Za-z0-9]{4,90}"


class Network(msgspec.Struct, frozen=True):
    """A network's hosts without ``www.`` and its like. ``abroad``: it has hosts for languages too, as ``de.``."""

    name: str
    label: str
    hosts: tuple[str, ...]
    shapes: tuple[Shape, ...]
    abroad: bool = False


def shape(
    path: str, canonical: str, handle: str = "", query: tuple[str, ...] = (), ident: str = ""
) -> Shape:
    """A shape whose path may end with a slash."""
    made = Shape(path + "/?", canonical, handle, query)
    return msgspec.structs.replace(made, ident=ident) if ident else made
