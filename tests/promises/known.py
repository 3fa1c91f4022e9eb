"""What is known of entries from outside: what the program said it had done, and what it was doing when it was killed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from editor.content.entry import digest
from editor.domain.entry import CORRECTIONS, Kind, Stage
from editor.domain.ids import EntryId
from editor.newsroom import Newsroom
from tests.promises.begun import Said

RELEASES = frozenset({Kind.PUBLISH, *CORRECTIONS})


@dataclass
class Known:
    """One entry. Texts are told by their digests; ``approved`` are those that were released, in their order."""

    text: str = ""
    kept: set[str] = field(default_factory=set)
    submitted: set[str] = field(default_factory=set)
    approved: list[str] = field(default_factory=list)
    withdrawn: bool = False


class Book:
    """All entries of a profile. ``bare`` is, for each text, the one without photos that may go out before it."""

    def __init__(self) -> None:
        self.entries: dict[str, Known] = {}
        self.bare: dict[str, str] = {}
        self.begun: Said | None = None
        self.acts = 0
        self.refused = 0

    def hears(self, said: Said) -> None:
        """A line of what a life tells."""
        if "begun" in said:
            self.begun = said
            self.bare[said["digest"]] = said["bare"]
        elif "refused" in said:
            self.begun = None
            self.refused += 1
        elif "done" in said:
            assert self.begun is not None and self.begun["begun"] == said["done"]
            self._did(self.begun)
            self.begun = None
            self.acts += 1

    def _did(self, begun: Said) -> None:
        known, text = self.entries.setdefault(begun["entry"], Known()), begun["digest"]
        match begun["act"]:
            case "type":
                known.text = text
            case "submit":
                known.submitted.add(text)
                known.kept.add(text)
            case "publish" | "correct":
                known.kept.add(text)
                if text not in known.approved[-1:]:
                    known.approved.append(text)
            case "withdraw":
                known.withdrawn = True

    def look(self, newsroom: Newsroom) -> bool | None:
        """Holds the store against what was said. What was begun may be done or not: which is found out here.

        Returns whether it was; None where nothing was begun.
        """
        begun, self.begun, done = self.begun, None, None
        if begun is not None and (done := self._is_done(newsroom, begun)):
            self._did(begun)
        views = newsroom.views
        assert set(views.timeline(views.blogs()[0].id)) == set(self.entries)
        for entry, known in self.entries.items():
            about = views.entry(EntryId(entry))
            with newsroom.store.read() as tx:
                revisions = tx.revisions(EntryId(entry))
            assert digest(about.content) == known.text, f"{entry}: what was typed is not there"
            assert {each.digest for each in revisions} >= known.kept, f"{entry}: a version is lost"
            assert all(digest(each.content) == each.digest for each in revisions)
            assert (about.entry.stage is Stage.WITHDRAWN) == known.withdrawn, entry
            released = [each.digest for each in revisions if each.kind in RELEASES]
            assert set(released) == set(known.approved), f"{entry}: approved is what was released"
            named = [each.digest for each in revisions if each.id == about.entry.approved]
            assert not named or named == known.approved[-1:], f"{entry}: the newest is approved"
        return done

    def _is_done(self, newsroom: Newsroom, begun: Said) -> bool:
        """Whether what was begun before the kill is in the store: wholly, or not at all."""
        entry, text = EntryId(begun["entry"]), str(begun["digest"])
        with newsroom.store.read() as tx:
            if not tx.has_entry(entry):
                return False
            about, revisions = tx.entry(entry), tx.revisions(entry)
        match begun["act"]:
            case "type":
                return digest(newsroom.views.entry(entry).content) == text
            case "submit":
                named = about.submitted
            case "publish" | "correct":
                named = about.approved
            case "withdraw":
                return about.stage is Stage.WITHDRAWN
            case _:
                return False
        return any(each.id == named and each.digest == text for each in revisions)

    def may_leave(self) -> set[tuple[str, str]]:
        """The texts that may leave the laptop: submitted or approved, whole or before their photos."""
        return self._texts(lambda known: {*known.submitted, *known.approved})

    def may_be_public(self) -> set[tuple[str, str]]:
        """The texts that readers may see."""
        return self._texts(lambda known: set(known.approved))

    def _texts(self, of: Callable[[Known], Iterable[str]]) -> set[tuple[str, str]]:
        return {
            (entry, each)
            for entry, known in self.entries.items()
            for text in of(known)
            for each in (text, self.bare[text])
        }
