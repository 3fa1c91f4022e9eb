"""What accounts need around a window: a keyring that does as it is told, and a kind whose places answer from a table.

Beside them is the real reception, on a real store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Event, current_thread, main_thread

from editor.backends.memory import Memory
from editor.domain.blog import Blog, Target
from editor.domain.ids import AccountId
from editor.problems import Problem, Unavailable
from editor.registry import Kinds
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
from editor.web.address import address_problem, host_of

EVERYTHING = frozenset(May)
SECRET = "abcd EFGH 1234 ijkl"
PLACES = (
    Place(name="flood", title="Flood in the delta"),
    Place(name="news", title="News"),
    Place(name="weather", title="Weather"),
    Place(name="sport", title="Sport"),
    Place(name="culture", title="Culture"),
    Place(name="opinion", title="Opinion"),
)


class HandKeyring:
    """Secrets in a dictionary. ``trouble`` is what it answers instead, ``wait`` lets it take its time."""

    def __init__(self) -> None:
        self.there: dict[AccountId, str] = {}
        self.session: dict[AccountId, str] = {}
        self.trouble = ""
        self.asked: list[str] = []
        self.on_window_thread = 0

    def get(self, account: AccountId) -> str:
        self._ask("get")
        return self.session.get(account) or self.there.get(account, "")

    def put(self, account: AccountId, secret: str) -> None:
        self._ask("put")
        self.there[account] = secret
        self.session.pop(account, None)

    def keep(self, account: AccountId, secret: str) -> None:
        self.session[account] = secret

    def is_kept(self, account: AccountId) -> bool:
        return account in self.session

    def forget(self, account: AccountId) -> None:
        self._ask("forget")
        self.session.pop(account, None)
        self.there.pop(account, None)

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        self.on_window_thread += current_thread() is main_thread()
        if self.trouble:
            raise Unavailable(Problem(code=self.trouble))


@dataclass(kw_only=True)
class Site:
    """A site of the table."""

    name: str = "Delta News"
    secret: str = SECRET
    sign_in: str = "https://newsroom.example/wp-admin/authorize-application.php?app_name=Dateline"
    user: str = "Noor Haddad"
    role: str = "editor"
    may: frozenset[May] = EVERYTHING
    places: tuple[Place, ...] = PLACES
    ahead: float | None = 0.4
    remarks: tuple[Problem, ...] = ()
    trouble: Exception | None = None


def unreached(host: str) -> NotApplied:
    """There is no network."""
    return NotApplied(Problem(code="web-unreached", detail={"host": host}), offline=True)


class TableKind:
    """A kind that is offered as WordPress is: found by its address, and greeting its users. ``gate`` keeps it waiting."""

    KIND = "wordpress"
    LABEL = "WordPress"
    PICTURES = "image/jpeg"
    FIELDS: tuple[Field, ...] = (
        Field(
            name="address",
            label="Address",
            help="The site’s own, such as news.example.org; the rest is found.",
            required=True,
        ),
        Field(name="user", label="User", help="Your name at the site.", required=True),
        Field(
            name="password",
            label="Application password",
            help="Made in your profile at the site, for Dateline alone.",
            secret=True,
            required=True,
        ),
        Field(name="category", label="Category", per_target=True),
        Field(name="key_tag", label="Tag of key events", default="Key event"),
        Field(name="embeds", label="Embeds social posts", help="on: drawn.", default="off"),
        Field(name="plain", label="Allow plain http", default="off"),
    )

    def __init__(self) -> None:
        self.sites = {"newsroom.example": Site()}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.on_window_thread = 0
        self.gate: Event | None = None

    def open(self, blog: Blog, target: Target, settings: Mapping[str, str], secret: str) -> Backend:
        return Memory().open(blog, target, {}, secret)

    def able(self, settings: Mapping[str, str]) -> Capabilities:
        return Capabilities(drafts=True)

    def problems(self, settings: Mapping[str, str]) -> tuple[Problem, ...]:
        address = settings.get("address", "")
        plain = settings.get("plain") == "on"
        found = address_problem(address, plain=plain) if "://" in address else None
        return (found,) if found else ()

    def discover(self, settings: Mapping[str, str]) -> Door:
        host, site = self._site("discover", settings)
        address = settings["address"]
        whole = address if "://" in address else f"https://{address}"
        found = {"address": whole.rstrip("/"), "rest": f"https://{host}/wp-json/"}
        return Door(site=site.name, settings=found, sign_in=site.sign_in)

    def greet(self, settings: Mapping[str, str], secret: str) -> Welcome:
        host, site = self._site("greet", settings)
        if secret != site.secret:
            problem = Problem(code="web-credentials", detail={"host": host})
            raise NotApplied(problem, sign_in=True)
        return Welcome(
            site=site.name,
            user=site.user,
            role=site.role,
            may=site.may,
            places=site.places,
            ahead=site.ahead,
            settings={"may": " ".join(sorted(site.may))},
            remarks=site.remarks,
        )

    def _site(self, what: str, settings: Mapping[str, str]) -> tuple[str, Site]:
        self.asked.append((what, dict(settings)))
        self.on_window_thread += current_thread() is main_thread()
        if self.gate is not None:
            self.gate.wait(10)
        address = settings["address"]
        host = host_of(address if "://" in address else f"https://{address}")
        site = self.sites.get(host)
        if site is None:
            raise Rejected(Problem(code="web-not-found", field="address", detail={"host": host}))
        if site.trouble is not None:
            raise site.trouble
        return host, site


def kinds_with(kind: TableKind) -> Kinds:
    """All kinds; that of the table in the place of the one that would ask the network."""
    kinds = Kinds()
    kinds._made[kind.KIND] = kind
    return kinds
