"""After a storm: what a site holds, held against what people did. Each entry once, and each text right."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from editor.domain.entry import Stage
from tests.real.between import Passed
from tests.real.naming import Name, name_in

if TYPE_CHECKING:
    from tests.real.people import Known
    from tests.real.storm import Storm

_PUBLIC = """global $wpdb;
echo json_encode( $wpdb->get_col( "SELECT post_content FROM $wpdb->posts WHERE post_status = 'publish'" ) );
"""
Post = dict[str, Any]


class Reckoning:
    """Finds what is wrong after a storm, or during it."""

    def __init__(self, storm: Storm) -> None:
        self._storm = storm
        self._people, self._laptop = storm.people, storm.laptop

    def readers(self) -> Iterator[str]:
        """D1: at any moment, readers see an entry once."""
        contents = json.loads(self._storm.site.php(_PUBLIC))
        seen = Counter(name_in(each).number for each in contents)
        for number, times in seen.items():
            if times > 1:
                yield f"D1: {number} is public {times} times"

    def everything(self) -> Iterator[str]:
        """At rest."""
        posts: dict[int, list[Post]] = {}
        for post in self._storm.site.posts():
            posts.setdefault(name_in(post["content"]).number, []).append(post)
        for number, known in self._people.known.items():
            for what in self._entry(number, known, posts.pop(number, [])):
                yield f"{number} ({known.id}): {what}"
        if posts:
            yield f"nobody wrote these: {posts}"
        for content in self._storm.broken.shown():
            shown = name_in(content)
            about = self._people.known[shown.number]
            if about.submitted or not about.released or shown.ours > about.ours:
                yield f"{shown.number} ({about.id}): A1: shown and not released: {shown}"
        for row in self._laptop.open():
            yield f"C1: open at rest: {row}"

    def _entry(self, number: int, known: Known, posts: list[Post]) -> Iterator[str]:
        stands = [(each["id"], each["status"], each["slug"]) for each in posts]
        living = [each for each in posts if each["status"] != "trash"]
        if not known.released or known.withdrawn:
            if living or (posts and not known.released):
                yield f"it should not be there: {stands}"
            return
        if len(living) != 1:
            yield f"it is there {len(living)} times: {stands}"
            return
        (post,) = living
        status, stage = ("publish", Stage.PUBLISHED)
        if known.submitted:
            status, stage = ("pending", Stage.SUBMITTED)
        about = self._laptop.entry(known.id)
        if (post["status"], post["slug"], about.stage) != (status, known.id, stage):
            yield f"it stands as {stands}, its stage is {about.stage}"
        category = self._laptop.views.blog(self._laptop.blog).headline
        if category not in post["categories"] or set(post["tags"]) != set(known.labels):
            yield f"in {post['categories']} with {post['tags']} for {known.labels}"
        yield from self._words(number, known, name_in(post["content"]))

    def _words(self, number: int, known: Known, there: Name) -> Iterator[str]:
        if (there.number, there.ours) != (number, known.ours):
            yield f"{there} for {known.ours} of ours"
        if there.theirs != known.theirs:
            # a request that left before they wrote, or at that moment, went over it: it is kept, and told
            self._storm.tally["the desk's words were replaced and kept"] += 1
            texts = [each.content for each in self._laptop.revisions(known.id)]
            kept = f"Theirs {number}.{known.theirs}."
            told = [e.problem.code for e in self._laptop.views.notices() if e.entry == known.id]
            if not any(kept in block.text for text in texts for block in text.body) or not told:
                yield f"N3: {there} for {known.theirs} of theirs, told: {told}"
        found = self._laptop.there(known.id)
        if found.content is None or found.held.digest != self._should_be(known):
            yield f"another text than was released: {found.content}"

    def _should_be(self, known: Known) -> str:
        if not known.submitted:
            return self._laptop.approved(known.id)
        head = self._laptop.entry(known.id).head
        return next(each.digest for each in self._laptop.revisions(known.id) if each.id == head)

    def story(self, number: int) -> str:
        """All that happened to an entry, in its order, for whoever has to find out why."""
        known, laptop = self._people.known[number], self._laptop
        lines = [
            (each.at, f"{each.method} {each.path[:90]} {each.status} {each.fate.name}")
            for each in self._storm.between.passed
            if self._concerns(each, known, f"Ours {number}.")
        ]
        lines += [(at, what) for at, of, what in self._people.told if of == number]
        for line in laptop.views.delivery_log(known.id):
            what = f"    {line.act.value}: {line.outcome} {line.status} {line.code}"
            lines.append((laptop.ran(line.at), what))
        for each in laptop.revisions(known.id):
            texts = " ".join(getattr(block, "text", "") for block in each.content.body)
            what = f"    revision {each.number}, {each.kind.value}, {each.origin.value}: {texts}"
            lines.append((laptop.ran(each.at), what))
        told = (f"{at:9.1f} {what}" for at, what in sorted(lines, key=lambda line: line[0]))
        return "\n".join([f"--- {number} ({known.id})", *told])

    def _concerns(self, request: Passed, known: Known, name: str) -> bool:
        own = request.route.split("/")[:2] == ["posts", self._people.ref(known)]
        return own or known.id in request.path or name.encode() in request.body
