"""A laptop, a site and the way between them, on which the next request of a kind goes wrong as a test says."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from editor.backends import _wordpress_site
from editor.domain.ids import EntryId
from editor.sync.delivery import Phase, Visibility
from editor.web.session import Timeouts
from tests.real.between import FINE, Between, Fate, Passed
from tests.real.faults import Broken
from tests.real.newsroom import Laptop
from tests.real.wordpress import WordPress

IMPATIENT = Timeouts(connect=2.0, piece=0.5, answer=2.0)
"""A fault that has to be waited for should not take a minute."""
Which = Callable[[Passed], bool]


@contextmanager
def impatient() -> Iterator[None]:
    """The program waits half a second for an answer, and not a minute."""
    patient, _wordpress_site.PATIENT = _wordpress_site.PATIENT, IMPATIENT
    try:
        yield
    finally:
        _wordpress_site.PATIENT = patient


class Scene:
    """One laptop at one site."""

    def __init__(self, folder: Path, site: WordPress, user: str = "field") -> None:
        self.site = site
        self._next: list[tuple[Which, Fate | str]] = []
        self.between = Between(site.port, self._fate, lambda: self.laptop.clock.run)
        self.laptop = Laptop(folder, site, self.between, user)
        self.broken = Broken(site, random.Random(0), self._kill)

    def next(self, fate: Fate | str, which: Which = lambda request: request.of_a_post) -> None:
        """What becomes of the next such request."""
        self._next.append((which, fate))

    def _fate(self, request: Passed) -> Fate:
        for number, (which, fate) in enumerate(self._next):
            if which(request):
                del self._next[number]
                return self.broken.fate(fate, request) if isinstance(fate, str) else fate
        return FINE

    def _kill(self) -> None:
        self.laptop.clock.dying = True

    # --- looking

    @property
    def asked(self) -> list[str]:
        """What the site was asked about posts, in its order: ``find``, ``look``, ``create``, ``update``, ``bin``."""
        return [name for each in self.between.passed if (name := kind(each))]

    def assert_once(self, *entries: EntryId) -> None:
        """Readers see these entries, once each, as they are approved here; nothing else is there but in the bin."""
        assert self._next == [], "nothing went wrong"
        posts = [post for post in self.site.posts() if post["status"] != "trash"]
        there = sorted(post["slug"] for post in posts)
        assert there == sorted(entries), (there, sorted(entries))
        category = self.laptop.views.blog(self.laptop.blog).headline
        for post in posts:
            entry = EntryId(post["slug"])
            found, row = self.laptop.there(entry), self.laptop.row(entry)
            assert found.held.digest == self.laptop.approved(entry), found.content
            assert found.held.visibility is Visibility.PUBLIC, found
            assert row.phase is Phase.DONE, row
            assert post["categories"] == [category], post
            assert found.content is not None
            tags = {*found.content.labels, *(["Key event"] if found.content.key_event else [])}
            assert set(post["tags"]) == tags, post


def kind(request: Passed) -> str:
    """What a request is, by a word; empty for one that is not about a post."""
    place = request.route.split("/")
    if place[0] != "posts" or len(place) > 2:
        return ""
    known = len(place) == 2
    match request.method:
        case "GET":
            return "look" if known else "find" if "slug=" in request.path else ""
        case "POST":
            return "update" if known else "create"
        case _:
            return "bin"


def creates(request: Passed) -> bool:
    return kind(request) == "create"


def updates(request: Passed) -> bool:
    return kind(request) == "update"


@contextmanager
def a_scene(
    folder: Path, site: WordPress, user: str = "field", *, patient: bool = False
) -> Iterator[Scene]:
    """A scene at a site that is as new."""
    site.reset()
    with nullcontext() if patient else impatient():
        scene = Scene(folder, site, user)
        with closing(scene.laptop), scene.between:
            yield scene
    site.reset()
