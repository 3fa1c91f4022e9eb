"""The settings of an account at a WordPress, and what its user finds out about it before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape

from editor.backends._wordpress_discovery import discover
from editor.backends._wordpress_shapes import Term
from editor.backends._wordpress_site import Known, Site
from editor.problems import Problem
from editor.sync.backend import Field, May, Place, Welcome
from editor.web.address import address_problem, same_host

SWITCHES = ("on", "off")
KEY_EVENT = "Key event"

FIELDS = (
    Field(
        name="address",
        label="Address",
        help="The site's own, such as news.example.org; the rest is found.",
        required=True,
    ),
    Field(
        name="user",
        label="User",
        help="Your name at the site, or your e-mail address there.",
        required=True,
    ),
    Field(
        name="password",
        label="Application password",
        help="Made in your profile at the site, for Dateline alone; not the one you sign in with.",
        secret=True,
        required=True,
    ),
    Field(
        name="category",
        label="Category",
        help="The category whose posts are this blog's entries; by its short name. Empty: the blog's own name.",
        per_target=True,
    ),
    Field(
        name="key_tag",
        label="Tag of key events",
        help="The tag that key events get.",
        default=KEY_EVENT,
    ),
    Field(
        name="embeds",
        label="Embeds social posts",
        help="on: posts are drawn by their networks, which learn who reads them; off: as the words that were kept.",
        default="off",
    ),
    Field(
        name="holds",
        label="Holds schedules itself",
        help="on: WordPress is given scheduled texts and publishes them in time, though this laptop be offline then; off: they stay here until their time.",
        default="off",
    ),
    Field(
        name="plain",
        label="Allow plain http",
        help="on: the address may begin with http://; everybody on the way can read along.",
        default="off",
    ),
)
_ROLES = ("administrator", "editor", "author", "contributor", "subscriber")


def wrong(settings: Mapping[str, str]) -> Iterator[Problem]:
    """Where the settings cannot be meant."""
    address = settings.get("address", "").strip()
    if not address:
        yield Problem(code="wordpress-address-missing", field="address")
    elif "://" in address:
        plain = settings.get("plain", "off") == "on"
        if (found := address_problem(address, plain=plain)) is not None:
            yield found
    if not settings.get("user", "").strip():
        yield Problem(code="wordpress-user-missing", field="user")
    for name in ("embeds", "holds", "plain"):
        if (value := settings.get(name, "off")) not in SWITCHES:
            yield Problem(code="setting-not-a-switch", field=name, detail={"value": value})


def root_of(settings: Mapping[str, str], roots: dict[str, str]) -> str:
    """Where the site's API is: as it was found for this address, else found now. Raises as ``discover``."""
    address = settings.get("address", "").strip()
    root = settings.get("rest", "")
    if root and same_host(root, address if "://" in address else f"https://{address}"):
        return root
    if address not in roots:
        roots[address] = discover(settings).settings["rest"]
    return roots[address]


def may_of(settings: Mapping[str, str]) -> frozenset[May] | None:
    """What the user may do there, as it was told last; None where nobody was asked yet."""
    told = settings.get("may")
    return None if told is None else frozenset(may for may in May if may.value in told.split())


def greet(settings: Mapping[str, str], secret: str) -> Welcome:
    """Who the user is at the site. Raises as ``Greeting`` says."""
    door = discover(settings)
    site = Site(door.settings["rest"], settings.get("user", "").strip(), secret, Known())
    try:
        me = site.me()
        ahead = _ahead(site)
        places = tuple(_places(site.categories()))
    finally:
        site.session.close()
    told = " ".join(sorted(may.value for may in me.may))
    role = next((role for role in _ROLES if role in me.roles), next(iter(me.roles), ""))
    return Welcome(
        site=door.site,
        user=unescape(me.name) or settings.get("user", ""),
        role=role,
        may=me.may,
        places=places,
        ahead=ahead,
        settings={**door.settings, "may": told},
        remarks=tuple(_remarks(site, me.may)),
    )


def _remarks(site: Site, may: frozenset[May]) -> Iterator[Problem]:
    if May.SUBMIT not in may:
        yield site.problem("wordpress-only-reads")
        return
    if May.PUBLISH not in may:
        yield site.problem("wordpress-only-submits")
    if May.PHOTOS not in may:
        yield site.problem("wordpress-no-photos")


def _places(terms: tuple[Term, ...]) -> Iterator[Place]:
    for term in terms:
        if term.slug:
            yield Place(name=term.slug, title=" ".join(unescape(term.name).split()) or term.slug)


def _ahead(site: Site) -> float | None:
    """By how many seconds the laptop's clock is ahead of the site's."""
    from editor.clock import SystemClock

    there = site.session.answer.date
    return None if there is None else (SystemClock().now() - there).total_seconds()
