"""What an account's sheets ask of the program, as functions for the pool: they may take half a minute. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from editor.domain.blog import Account, Blog, Role
from editor.domain.ids import AccountId, BlogId
from editor.problems import Problem, Refused, Unavailable, refuse
from editor.sync.backend import BackendKind, Door, Greeting, Welcome
from editor.web.address import is_this_laptop

if TYPE_CHECKING:
    from editor.ports import Room
    from editor.ui.office import Office

AT_THE_ADDRESS = frozenset(
    (
        "web-address",
        "web-plain",
        "web-certificate",
        "web-moved",
        "web-not-found",
        "web-not-understood",
        "wire-other-protocol",
    )
)
"""Problems of an address, beside those that name it and those of the way to it."""
KEYRING = "keyring-"
"""How the codes of everything begin that a keyring may answer."""


@dataclass(frozen=True, kw_only=True)
class Met:
    """What is known of a place: what stands at its address, and what it said to its user."""

    door: Door | None = None
    welcome: Welcome | None = None

    def settings(self) -> dict[str, str]:
        """What was found out, and is to be kept with the account."""
        told = dict(self.door.settings) if self.door else {}
        return {**told, **self.welcome.settings} if self.welcome else told


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What an account's place said, or how many live blogs can be written to there."""

    welcome: Welcome | None = None
    tried: int = 0


def greets(kind: BackendKind) -> bool:
    """Whether a kind can find its system and say who its user is there."""
    return isinstance(kind, Greeting)


def has_secret(kind: BackendKind | None, name: str) -> bool:
    """Whether accounts of a kind have a secret; a kind that nobody has loaded yet is judged by its name."""
    return name != "site" if kind is None else any(field.secret for field in kind.FIELDS)


def meet(
    office: Office,
    kind: str,
    settings: Mapping[str, str],
    secret: str,
    account: Account | None = None,
) -> Welcome | None:
    """Asks a place who its user is.

    An account that is changed may go on with the secret that is kept, unless that would be told to another place.
    """
    from editor.desk.moving import is_elsewhere

    if account is not None and not secret:
        if is_elsewhere(account.settings, settings):
            raise refuse("secret-for-address")
        secret = office.secrets.get(account.id)
    return office.greet(kind, settings, secret)


def visit(office: Office, account: Account) -> Visit:
    """Asks an account's place who its user is; one that cannot tell is tried with every live blog that goes there."""
    welcome = office.welcome(account.id)
    return Visit(welcome=welcome, tried=0 if welcome else len(office.check(account)))


def add(
    office: Office,
    kind: str,
    name: str,
    settings: Mapping[str, str],
    secret: str,
    *,
    role: Role,
    session_only: bool,
) -> AccountId:
    """Keeps a new account and its secret."""
    office.add_account(kind, name, settings, secret, role=role, session_only=session_only)
    return AccountId(name.strip())


def change(
    office: Office,
    room: Room,
    account: Account,
    settings: Mapping[str, str],
    secret: str,
    *,
    role: Role,
    session_only: bool,
) -> AccountId:
    """Keeps an account's other settings, role and, where one was typed, secret."""
    from editor.desk.accounts import set_role

    office.change_account(account.id, settings, secret or None, session_only=session_only)
    if role is not account.role:
        set_role(room, account.id, role)
    return account.id


def let_go_there(
    office: Office,
    room: Room,
    account: Account,
    chosen: Mapping[BlogId, str],
    blogs: Mapping[BlogId, Blog],
) -> dict[BlogId, Problem]:
    """Lets these blogs go to an account, each to its place. Returns what was refused, blog by blog."""
    from editor.desk.accounts import add_target

    kind = office.kinds.get(account.kind)
    field = place_field(kind)
    refused: dict[BlogId, Problem] = {}
    for blog, place in chosen.items():
        settings = {field: place} if field and place else {}
        try:
            reviews = office.takes_submissions(blogs[blog], account, settings)
            add_target(
                room, blog, account.id, settings=settings, reviews=reviews, media=kind.PICTURES
            )
        except Refused as error:
            refused[blog] = error.first
        except Unavailable as error:
            refused[blog] = error.problem
    return refused


def place_field(kind: BackendKind) -> str:
    """The setting that names a blog's place at a kind of system; empty where a blog's own address does."""
    return next((field.name for field in kind.FIELDS if field.per_target), "")


def needs_consent(address: str) -> bool:
    """Whether an address as typed sends everything in the clear over somebody's network."""
    try:
        parts = urlsplit(address.strip())
        return parts.scheme.lower() == "http" and not is_this_laptop(parts.hostname or "")
    except ValueError:
        return False


def name_for(settings: Mapping[str, str], taken: Collection[str]) -> str:
    """What an account may be called: its host or folder, with its user or a number where that is taken."""
    base = _host(settings.get("address", "")) or PurePath(settings.get("folder", "")).name
    if not base:
        return ""
    user = settings.get("user", "")
    candidates = [base, *([f"{base} ({user})"] if user else [])]
    candidates += [f"{base} {number}" for number in range(2, len(taken) + 3)]
    return next(name for name in candidates if name not in taken)


def _host(address: str) -> str:
    whole = address.strip() if "://" in address else f"//{address.strip()}"
    try:
        return urlsplit(whole).hostname or ""
    except ValueError:
        return ""
