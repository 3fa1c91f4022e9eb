"""What is known of a site between two requests: who we are there, its categories, its tags and its photos.

All of it can be asked for again, and is, when the program was started anew or the site says that it is not so.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import md5
from pathlib import Path

from editor.backends._wordpress_errors import Exists, Nameless, judge
from editor.backends._wordpress_grammar import as_typed
from editor.backends._wordpress_shapes import Me, Medium, Term
from editor.backends._wordpress_writing import Shot
from editor.content import markup
from editor.problems import Problem
from editor.sync.backend import Flow, May, NotApplied, Rejected, Unanswered
from editor.sync.delivery import MediaFile
from editor.web.address import host_of
from editor.web.auth import basic
from editor.web.session import Session, Timeouts

PATIENT = Timeouts(piece=60.0)
"""WordPress makes the smaller sizes of a photo before it answers: some seconds for a large one."""
FINISHING = 3
"""How often it is asked to go on with that."""
MOST_TERMS = 100
MEDIUM = "id,author,slug,source_url,media_details.width"


class Known:
    """What a site told, by names."""

    def __init__(self) -> None:
        self.me: Me | None = None
        self.categories: dict[str, int] = {}
        self.tags: dict[str, int] = {}
        self.shots: dict[str, Shot] = {}
        self.keys: dict[int, str] = {}
        self.mended: dict[int, int] = {}


class Site:
    """One site, as one of its users. ``root`` is where its API is."""

    def __init__(self, root: str, user: str, secret: str, known: Known) -> None:
        self.session = Session(
            root.rstrip("/"), auth=basic(user, secret), timeouts=PATIENT, judge=judge
        )
        self.host = host_of(root)
        self.mended = known.mended
        self._known = known

    def me(self) -> Me:
        """Who we are there. Raises ``NotApplied`` with ``sign_in`` for a password that is not taken."""
        if self._known.me is None:
            self._known.me = self.greet()
        return self._known.me

    def greet(self) -> Me:
        """Who we are there, asked anew."""
        query = {"context": "edit", "_fields": "id,name,slug,roles,capabilities"}
        reply = self.session.send("GET", "wp/v2/users/me", writes=False, query=query)
        self._known.me = reply.read(Me)
        return self._known.me

    def refused(self) -> None:
        """After a refusal. Raises ``NotApplied`` where the desk has made us somebody who only reads."""
        if May.SUBMIT not in self.greet().may:
            raise NotApplied(self.problem("wordpress-only-reads"), sign_in=True)

    @property
    def keys(self) -> dict[int, str]:
        """Whose entries posts are, by their numbers. Of what the desk has published a contributor can see no mark."""
        return self._known.keys

    def may(self) -> frozenset[May] | None:
        """What we may do there, as far as it is known already."""
        return self._known.me.may if self._known.me is not None else None

    def categories(self) -> tuple[Term, ...]:
        """The categories, by their names: the first hundred."""
        query = {"per_page": str(MOST_TERMS), "_fields": "id,name,slug", "orderby": "name"}
        reply = self.session.send("GET", "wp/v2/categories", writes=False, query=query)
        return reply.read(tuple[Term, ...])

    def category(self, slug: str) -> int | None:
        """The number of a category; None where there is none."""
        if slug not in self._known.categories:
            query = {"slug": slug, "_fields": "id,slug"}
            reply = self.session.send("GET", "wp/v2/categories", writes=False, query=query)
            for term in reply.read(tuple[Term, ...]):
                self._known.categories[slug] = term.id
        return self._known.categories.get(slug)

    def make_category(self, slug: str, name: str, description: str) -> int:
        """Makes a category. Raises ``Rejected`` where this user may not."""
        if May.BLOGS not in self.me().may and May.BLOGS not in self.greet().may:
            raise Rejected(self.problem("wordpress-no-category", category=slug))
        body = {"slug": slug, "name": name, "description": description}
        self._known.categories[slug] = self._term("wp/v2/categories", body)
        return self._known.categories[slug]

    def tag(self, name: str) -> int | None:
        """The number of a tag, which is made where there is none; None where none can be called that."""
        if name not in self._known.tags:
            body = {"name": as_typed(markup.text(name))}
            try:
                self._known.tags[name] = self._term("wp/v2/tags", body)
            except Nameless:
                return None
        return self._known.tags[name]

    def names(self, tags: tuple[int, ...]) -> dict[int, str]:
        """What tags are called."""
        if not tags:
            return {}
        from html import unescape

        numbers = ",".join(map(str, tags[:MOST_TERMS]))
        query = {"include": numbers, "per_page": str(MOST_TERMS), "_fields": "id,name"}
        reply = self.session.send("GET", "wp/v2/tags", writes=False, query=query)
        return {term.id: unescape(term.name) for term in reply.read(tuple[Term, ...])}

    def shots(self, files: Mapping[str, MediaFile]) -> dict[str, Shot]:
        """Where photos lie, by what they are asked for by. Those that are not there are left out."""
        lacking = [file for file in files.values() if file.id not in self._known.shots]
        if lacking:
            for medium in self._media(lacking):
                self._keep(medium, lacking)
        known = self._known.shots
        return {name: known[file.id] for name, file in files.items() if file.id in known}

    def put_photo(self, file: MediaFile, path: Path, flow: Flow) -> None:
        """Sends a photo, unless it is there. One that was cut off while WordPress made its sizes is finished."""
        if May.PHOTOS not in self.me().may and May.PHOTOS not in self.greet().may:
            raise Rejected(self.problem("wordpress-no-photos"))
        for medium in self._media([file]):
            if not medium.is_whole:
                self._finish(medium.id)
            self._keep(medium, [file])
            return
        try:
            sum = md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            medium = self._upload(file, path, sum, flow)
        except OSError as error:
            raise Rejected(Problem(code="photo-file-missing")) from error
        self._keep(medium, [file])

    def remove_photo(self, file: MediaFile) -> None:
        """Takes a photo of ours away for good.

        It loses its name first: a removal whose answer was lost and that lands late takes nothing that was put again.
        """
        self._known.shots.pop(file.id, None)
        for medium in self._media([file]):
            if medium.author != self.me().id:
                # somebody else's entry may show it
                continue
            path, gone = f"wp/v2/media/{medium.id}", {"slug": f"{medium.slug}-gone"}
            self.session.send("POST", path, writes=True, query={"_fields": "id"}, json=gone)
            self.session.send(
                "DELETE", path, writes=True, query={"force": "true", "_fields": "deleted"}
            )

    def problem(self, code: str, **detail: str | int) -> Problem:
        """A problem that names the site."""
        return Problem(code=code, detail={"host": self.host, **detail})

    def _term(self, path: str, body: Mapping[str, str]) -> int:
        try:
            reply = self.session.send("POST", path, writes=True, query={"_fields": "id"}, json=body)
        except Exists as there:
            return there.term
        return reply.read(Term).id

    def _media(self, files: list[MediaFile]) -> tuple[Medium, ...]:
        slugs = ",".join(slug_of(file) for file in files)
        query = {
            "slug": slugs,
            "per_page": "100",
            "_fields": MEDIUM,
        }
        reply = self.session.send("GET", "wp/v2/media", writes=False, query=query)
        return reply.read(tuple[Medium, ...])

    def _upload(self, file: MediaFile, path: Path, sum: str, flow: Flow) -> Medium:
        query = {"slug": slug_of(file), "_fields": MEDIUM}
        try:
            reply = self.session.upload(
                "POST",
                "wp/v2/media",
                path,
                mime=file.mime,
                flow=flow,
                query=query,
                headers={
                    "content-disposition": f'attachment; filename="{file.name}"',
                    "content-md5": sum,
                },
            )
        except Unanswered:
            told = self.session.headers.get("x-wp-upload-attachment-id", "")
            if not (told.isascii() and told.isdigit() and len(told) < 16):
                raise
            self._finish(int(told))
            found = self._media([file])
            if not found:
                raise
            return found[0]
        return reply.read(Medium)

    def _finish(self, medium: int) -> None:
        """Lets WordPress go on with the sizes of a photo that it has kept already."""
        path, body = f"wp/v2/media/{medium}/post-process", {"action": "create-image-subsizes"}
        for left in reversed(range(FINISHING)):
            try:
                self.session.send("POST", path, writes=True, query={"_fields": "id"}, json=body)
                return
            except Rejected:
                # somebody else's: it is there, and that is enough
                return
            except (Unanswered, NotApplied):
                if not left:
                    raise

    def _keep(self, medium: Medium, files: list[MediaFile]) -> None:
        for file in files:
            # a name that was taken gets a number at its end
            if medium.slug == slug_of(file):
                self._known.shots[file.id] = Shot(id=medium.id, src=medium.source_url)


def slug_of(file: MediaFile) -> str:
    """The name under which a photo is looked for: its content's."""
    return f"dateline-{file.id[:40]}"
