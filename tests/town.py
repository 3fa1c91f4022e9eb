"""A kind of system for tests: it has an address and its users' secrets, and says who is there. It lives in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from editor.backends.memory import MemoryBackend, MemoryBlog, Stored
from editor.domain.blog import Blog, Target
from editor.domain.ids import AccountId, EntryId
from editor.problems import Problem, Unavailable
from editor.sync.backend import (
    Backend,
    Capabilities,
    Door,
    Field,
    May,
    NotApplied,
    Place,
    Rejected,
    Welcome,
)
from editor.sync.delivery import Dispatch, Held

HALL = "https://hall.example"
MILL = "https://mill.example"


@dataclass
class Town:
    """Every host of the town. ``secrets`` are what a user signs in with there; ``offline`` shuts all doors."""

    secrets: dict[str, str] = field(default_factory=dict)
    blogs: dict[str, MemoryBlog] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    offline: bool = False
    no_town: bool = False
    found: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    ahead: float | None = 3.2

    KIND = "town"
    LABEL = "Town"
    PICTURES = "image/webp"
    FIELDS: tuple[Field, ...] = (
        Field(name="address", label="Address", required=True),
        Field(name="user", label="User"),
        Field(name="password", label="Password", secret=True, required=True),
        Field(name="place", label="Place", per_target=True),
    )

    def open(self, blog: Blog, target: Target, settings: Mapping[str, str], secret: str) -> Backend:
        """A blog at the host: another account finds what this one left."""
        host = urlsplit(settings["address"]).hostname or ""
        place = f"{host}/{settings.get('place', '')}/{blog.id}"
        return _Visit(self, host, secret, self.blogs.setdefault(place, MemoryBlog()))

    def able(self, settings: Mapping[str, str]) -> Capabilities:
        """It keeps drafts, and others write there."""
        return Capabilities(
            drafts=True, versions=True, pulls=True, history=True, settle=timedelta(seconds=120)
        )

    def problems(self, settings: Mapping[str, str]) -> tuple[Problem, ...]:
        """An address is needed."""
        return () if settings.get("address") else (Problem(code="web-address", field="address"),)

    def discover(self, settings: Mapping[str, str]) -> Door:
        """The house at the address."""
        host = self._host(settings)
        if self.no_town:
            raise Rejected(Problem(code="web-not-found", detail={"host": host}))
        return Door(site="Town hall", settings=self.found or {"address": settings["address"]})

    def greet(self, settings: Mapping[str, str], secret: str) -> Welcome:
        """The user, if the secret is right."""
        host = self._host(settings)
        self.enter(host, secret, "greet")
        return Welcome(
            site="Town hall",
            user=settings.get("user", "") or "clerk",
            role="Editor",
            may=frozenset({May.SUBMIT, May.PUBLISH}),
            places=(Place(name="7", title="Market square"),),
            ahead=self.ahead,
            settings=self.told,
            remarks=(Problem(code="web-busy", detail={"host": host}),),
        )

    def enter(self, host: str, secret: str, what: str) -> None:
        """A request with a secret, told to ``asked``."""
        if self.offline:
            problem = Problem(code="web-unreached", detail={"host": host})
            raise NotApplied(problem, offline=True)
        self.asked.append((what, secret))
        if secret != self.secrets.get(host, "open sesame"):
            problem = Problem(code="web-credentials", detail={"host": host})
            raise NotApplied(problem, sign_in=True)

    def there(self, address: str, place: str = "") -> list[Stored]:
        """What lies at an address, the oldest first."""
        host = urlsplit(address).hostname
        blogs = [blog for name, blog in self.blogs.items() if name.startswith(f"{host}/{place}")]
        return [stored for blog in blogs for stored in blog.objects.values()]

    def headlines(self, address: str) -> list[str]:
        """What readers see at an address."""
        public = [each for each in self.there(address) if each.visibility == "public"]
        return sorted(each.content.headline for each in public)

    def twice(self, address: str) -> list[EntryId]:
        """The entries of which several objects lie at an address."""
        keys = Counter(each.entry for each in self.there(address) if each.visibility != "gone")
        return [entry for entry, number in keys.items() if number > 1]

    def _host(self, settings: Mapping[str, str]) -> str:
        host = urlsplit(settings["address"]).hostname or ""
        if self.offline:
            raise NotApplied(Problem(code="web-unreached", detail={"host": host}), offline=True)
        return host


class _Visit(MemoryBackend):
    """One blog at a host, with somebody's secret."""

    def __init__(self, town: Town, host: str, secret: str, blog: MemoryBlog) -> None:
        super().__init__(blog, town.able({}))
        self._town, self._host, self._secret = town, host, secret

    def _enter(self, what: str) -> None:
        self._town.enter(self._host, self._secret, what)

    def check(self) -> None:
        self._enter("check")

    def find(self, entry: EntryId, held: Held) -> Any:
        self._enter("find")
        return super().find(entry, held)

    def changes(self, cursor: str) -> Any:
        self._enter("changes")
        return super().changes(cursor)

    def listing(self) -> Any:
        self._enter("listing")
        return super().listing()

    def put(self, dispatch: Dispatch, held: Held) -> Held:
        self._enter("put")
        return super().put(dispatch, held)

    def withdraw(self, dispatch: Dispatch, held: Held) -> Held:
        self._enter("withdraw")
        return super().withdraw(dispatch, held)

    def put_cover(self, blog: Blog) -> None:
        self._enter("cover")
        super().put_cover(blog)


@dataclass
class Purse:
    """A keyring in memory, which answers with a problem of this code where one is set."""

    kept: dict[AccountId, str] = field(default_factory=dict)
    session: dict[AccountId, str] = field(default_factory=dict)
    shut: str = ""

    def get(self, account: AccountId) -> str:
        """What was put or held."""
        if account not in self.session:
            self._ask()
        return self.session.get(account, self.kept.get(account, ""))

    def put(self, account: AccountId, secret: str) -> None:
        """Into the keyring."""
        self._ask()
        self.kept[account] = secret
        self.session.pop(account, None)

    def keep(self, account: AccountId, secret: str) -> None:
        """For the session."""
        self.session[account] = secret

    def is_kept(self, account: AccountId) -> bool:
        """Whether it is for the session."""
        return account in self.session

    def forget(self, account: AccountId) -> None:
        """Out of both."""
        self.session.pop(account, None)
        self._ask()
        self.kept.pop(account, None)

    def _ask(self) -> None:
        if self.shut:
            raise Unavailable(Problem(code=self.shut))
