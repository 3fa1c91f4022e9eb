"""A newsroom's own server, by Dateline's open protocol: JSON over HTTP, described in ``docs/http.md``.

The server need not be clever: creating is not repeatable, and nothing is promised about lost answers. What it answers is
a stranger's: it is checked against a shape, bounded and cleaned before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace as with_fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from editor.backends._wire import (
    Batch,
    File,
    Hello,
    Kept,
    Object,
    Objects,
    Row,
    Rows,
    Seen,
    Stopped,
    face,
    found_of,
    held_of,
    listed_of,
    standing,
    told,
)
from editor.backends._wire_settings import FIELDS, SETTLE_BOUNDS, settle_of, wrong
from editor.content.block import Picture
from editor.domain.blog import Blog, Target
from editor.domain.ids import EntryId
from editor.problems import Problem
from editor.sync.backend import (
    Answer,
    Backend,
    Capabilities,
    Flow,
    Found,
    Listed,
    Moved,
    NotApplied,
    Pulled,
    Rejected,
    Taken,
    Unanswered,
    at_will,
)
from editor.sync.delivery import Dispatch, Held, MediaFile
from editor.web.address import host_of, join
from editor.web.auth import basic, bearer
from editor.web.session import Session
from editor.web.verdict import Asked, verdict

PROTOCOL = "dateline/1"
PAGES = 400
"""Lists longer than this many answers are read on another time, or never end."""
PAGE = 200
MOST = 50
"""How many entries go in one request."""
ONE_BY_ONE = (404, 405, 415, 501)
"""What a server answers that takes no batches: nothing was done."""
FOR_OLD_READERS = 1000
"""The width in pixels next to which a photo is chosen for readers whose browser knows one size only."""


class WireBackend:
    """One blog on a server."""

    def __init__(self, blog: Blog, settings: Mapping[str, str], secret: str) -> None:
        self._blog = blog
        self._base = settings.get("address", "").strip().rstrip("/")
        self._page = settings.get("page", "").strip().rstrip("/")
        photos = settings.get("photos", "").strip().rstrip("/")
        self._photos = f"{photos or self._base}/{self._path('media')}"
        self._rendered = settings.get("rendered", "on") == "on"
        user = settings.get("user", "").strip()
        auth = basic(user, secret) if user else bearer(secret)
        self._session = Session(self._base, auth=auth)
        self.capabilities = _able(settings)

    @property
    def answer(self) -> Answer:
        """The session's."""
        return self._session.answer

    def check(self) -> None:
        """Asks who is there, whether the settings fit it, and whether this account may read the blog."""
        hello = self._session.send("GET", "", writes=False).read(Hello)
        if hello.protocol != PROTOCOL:
            raise Rejected(self._problem("wire-other-protocol"))
        if self.capabilities.drafts and not hello.drafts:
            raise Rejected(self._problem("wire-no-drafts"))
        if self.capabilities.versions and not hello.versions:
            raise Rejected(self._problem("wire-no-versions"))
        if hello.settle > self.capabilities.settle.total_seconds():
            there = int(min(hello.settle, SETTLE_BOUNDS[1]))
            raise Rejected(self._problem("wire-settle", there=there))
        query = {"limit": "1"}
        self._session.send("GET", self._path("entries"), writes=False, query=query).read(Rows)

    def put_media(self, file: MediaFile, path: Path, flow: Flow = at_will) -> None:
        """Asks whether the file is there, and sends it where it is not.

        Asking renews the file's version there, so that a removal of ours that is still on its way no longer fits it.
        """
        name = self._path("media", file.name)
        claim = {"size": file.size}
        if self._session.send("POST", name, writes=True, json=claim).read(File).there:
            return
        try:
            sent = self._session.upload("PUT", name, path, mime=file.mime, flow=flow)
        except OSError as error:
            raise Rejected(Problem(code="photo-file-missing")) from error
        sent.read(File)

    def remove_media(self, file: MediaFile) -> None:
        """Removes the file as it is now; one that was put again meanwhile stays (``Moved``)."""
        name = self._path("media", file.name)
        try:
            there = self._session.send("GET", name, writes=False, thing=True).read(File)
        except Moved:
            return
        if there.there:
            self._session.send("DELETE", name, writes=True, thing=True, headers=_if(there.version))

    def picture(self, files: tuple[MediaFile, ...]) -> Picture:
        """Where readers get the files: the address that the settings give, or the server's own."""
        ladder = sorted(files, key=lambda file: file.width)
        plain = min(ladder, key=lambda file: abs(file.width - FOR_OLD_READERS))
        return Picture(
            src=f"{self._photos}/{join(plain.name)}",
            sources=tuple((f"{self._photos}/{join(file.name)}", file.width) for file in ladder),
            width=plain.width,
            height=plain.height,
        )

    def find(self, entry: EntryId, held: Held) -> Found | None:
        """The object that is known; else, of those under the key, the oldest that is not in the bin, or the oldest."""
        if held.ref:
            there = self._object(held.ref)
            return None if there is None else found_of(there)
        query = {"key": entry}
        reply = self._session.send("GET", self._path("entries"), writes=False, query=query)
        ours = [each for each in reply.read(Objects).entries if each.key == entry]
        living = [each for each in ours if each.visibility is not Seen.GONE]
        return next((found_of(each) for each in (*living, *ours)), None)

    def changes(self, cursor: str) -> Pulled:
        """What changed, with our own writes among it."""
        changed: dict[str, Row] = {}
        for part in self._parts("changes", cursor):
            changed.update({row.ref: row for row in part.entries})
            cursor = part.cursor
        return Pulled(changed=tuple(listed_of(changed.values())), cursor=cursor)

    def listing(self) -> tuple[Listed, ...]:
        """Every object with a key, page after page."""
        rows = {row.ref: row for part in self._parts("entries", "") for row in part.entries}
        return tuple(listed_of(rows.values()))

    def clear(self, ref: str) -> None:
        """Into the bin, whatever its version."""
        try:
            self._session.send("DELETE", self._path("entries", ref), writes=True, thing=True)
        except Moved:
            return

    def replaced(self, entry: EntryId, before: Held, after: Held) -> tuple[Found, ...]:
        """The versions in between that have an author: those are not ours."""
        path = self._path("entries", after.ref, "versions")
        query = {"after": before.version}
        try:
            reply = self._session.send("GET", path, writes=False, thing=True, query=query)
        except Moved:
            return ()
        known = (before.version, after.version)
        there = reply.read(Objects).entries
        return tuple(found_of(each) for each in there if each.author and each.version not in known)

    def put(self, dispatch: Dispatch, held: Held) -> Held:
        """Creates, or changes the version that is known. Without versions there, it looks just before."""
        if held.ref:
            return self._change(dispatch, held, self._news(dispatch, held))
        body = told(dispatch, rendered=self._rendered)
        reply = self._session.send("POST", self._path("entries"), writes=True, json=body)
        return held_of(reply.read(Kept), dispatch)

    def put_all(self, puts: tuple[tuple[Dispatch, Held], ...]) -> tuple[Taken, ...]:
        """In one request, packed. A server that takes none is told from one that refuses, and not asked again."""
        body = {"do": [self._one(dispatch, held) for dispatch, held in puts]}
        try:
            reply = self._session.send(
                "POST", self._path("batch"), writes=True, json=body, packed=True
            )
        except (NotApplied, Rejected, Unanswered) as error:
            if self.answer.status not in ONE_BY_ONE:
                raise
            self.capabilities = with_fields(self.capabilities, batch=0)
            raise NotApplied(self._problem("no-batch")) from error
        answer = reply.read(Batch)
        done, stopped = answer.done, answer.stopped
        if len(done) + (stopped is not None) > len(puts) or (not stopped and len(done) < len(puts)):
            raise Unanswered(self._problem("web-not-understood"))
        held = [held_of(kept, dispatch) for kept, (dispatch, _) in zip(done, puts, strict=False)]
        return (*held, self._refusal(stopped)) if stopped else tuple(held)

    def withdraw(self, dispatch: Dispatch, held: Held) -> Held:
        """With a notice, the object becomes the notice; without, it goes to the bin, or is no more."""
        if dispatch.notice:
            return self._change(dispatch, held, {**standing(dispatch), "visibility": Seen.GONE})
        path = self._path("entries", held.ref)
        reply = self._session.send(
            "DELETE", path, writes=True, thing=True, headers=self._fits(held)
        )
        if not reply.body:
            return Held(visibility=dispatch.visibility)
        kept = reply.read(Kept)
        return replace(held_of(kept, dispatch), visibility=dispatch.visibility)

    def put_cover(self, blog: Blog) -> None:
        """The blog's own words and status."""
        self._session.send("PUT", self._path("cover"), writes=True, json=face(blog))

    def address(self) -> str:
        """What the settings say; the server is not asked."""
        return f"{self._page}/{join(self._blog.slug)}/" if self._page else ""

    def close(self) -> None:
        """Ends the connections."""
        self._session.close()

    def _one(self, dispatch: Dispatch, held: Held) -> dict[str, Any]:
        """An entry of a batch: as ``put`` sends it, with the version that it is meant for."""
        if held.ref:
            news = self._news(dispatch, held)
            return {"ref": held.ref, "version": held.version, "entry": news}
        return {"entry": told(dispatch, rendered=self._rendered)}

    def _refusal(self, stopped: Stopped) -> NotApplied | Rejected | Moved:
        """Certain, whatever the status: a server that does not know what became of an entry answers nothing."""
        asked = Asked(url=self._base, writes=False, thing=True)
        words = msgspec.json.encode({"message": stopped.message})
        found = verdict(asked, stopped.status, {"content-type": "application/json"}, words)
        assert isinstance(found, NotApplied | Rejected | Moved), "no status of a refusal is else"
        return found

    def _news(self, dispatch: Dispatch, held: Held) -> dict[str, Any]:
        """What the server does not have yet: making a draft public need not carry its words twice over a slow line.

        Only a server that refuses another version than ours is sure to have them.
        """
        same = dispatch.digest == held.digest and dispatch.text_only == held.text_only
        if same and self.capabilities.versions:
            return standing(dispatch)
        return told(dispatch, rendered=self._rendered)

    def _change(self, dispatch: Dispatch, held: Held, body: dict[str, Any]) -> Held:
        path, fits = self._path("entries", held.ref), self._fits(held)
        reply = self._session.send("PUT", path, writes=True, thing=True, headers=fits, json=body)
        return held_of(reply.read(Kept), dispatch)

    def _fits(self, held: Held) -> dict[str, str]:
        """The version that a change is meant for. A server that checks none is asked before. Raises ``Moved``."""
        if self.capabilities.versions:
            return _if(held.version)
        there = self._object(held.ref)
        if there is None or there.version != held.version:
            raise Moved
        return {}

    def _object(self, ref: str) -> Object | None:
        try:
            reply = self._session.send("GET", self._path("entries", ref), writes=False, thing=True)
        except Moved:
            return None
        return reply.read(Object)

    def _parts(self, name: str, cursor: str) -> Iterator[Rows]:
        """A list, answer by answer. One that does not move on has ended."""
        for _ in range(PAGES):
            query = {"after": cursor, "limit": str(PAGE)}
            path = self._path(name)
            part = self._session.send("GET", path, writes=False, query=query).read(Rows)
            yield part
            if not part.more or part.cursor == cursor:
                return
            cursor = part.cursor

    def _path(self, *parts: str) -> str:
        return join("blogs", self._blog.slug, *parts)

    def _problem(self, code: str, **detail: str | int) -> Problem:
        return Problem(code=code, detail={"host": host_of(self._base), **detail})


def _if(version: str) -> dict[str, str]:
    return {"if-match": f'"{version}"'}


def _able(settings: Mapping[str, str]) -> Capabilities:
    versions = settings.get("versions", "on") == "on"
    batch = versions and settings.get("batch", "on") == "on"
    return Capabilities(
        drafts=settings.get("drafts", "on") == "on",
        versions=versions,
        batch=MOST if batch else 0,
        settle=timedelta(seconds=settle_of(settings)),
        pulls=True,
        history=True,
    )


class Wire:
    """The kind of publishing system: a server that speaks Dateline's protocol."""

    KIND = "wire"
    LABEL = "A newsroom's own server (open protocol)"
    PICTURES = "image/jpeg"
    FIELDS = FIELDS

    def open(self, blog: Blog, target: Target, settings: Mapping[str, str], secret: str) -> Backend:
        """The blog on the server. Nobody is asked."""
        return WireBackend(blog, settings, secret)

    def able(self, settings: Mapping[str, str]) -> Capabilities:
        """As its settings say; the server is asked when it is opened."""
        return _able(settings)

    def problems(self, settings: Mapping[str, str]) -> tuple[Problem, ...]:
        """Where the settings cannot be meant."""
        return tuple(wrong(settings))


BACKEND = Wire()
