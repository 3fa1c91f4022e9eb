"""WordPress, by its REST API (6.1 and later): https://developer.wordpress.org/rest-api/reference/posts/.

A blog is a category, an entry is a post in it, made of WordPress's own blocks. The entry's key is the post's slug, and
stands in a block besides, because a contributor's pending post has no slug. WordPress refuses no old version, makes two
posts of two requests, and answers some refusals with 500: so this looks, and never trusts a status alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as with_fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from msgspec import structs

from editor.backends._wordpress_discovery import discover
from editor.backends._wordpress_fields import largest, said, standing
from editor.backends._wordpress_finding import Finder, held_of, is_number
from editor.backends._wordpress_grammar import as_typed
from editor.backends._wordpress_listing import Lister
from editor.backends._wordpress_marks import mark_of
from editor.backends._wordpress_settings import FIELDS as SETTINGS
from editor.backends._wordpress_settings import KEY_EVENT, greet, may_of, root_of, wrong
from editor.backends._wordpress_shapes import BRIEF, FIELDS, Post
from editor.backends._wordpress_site import Known, Site
from editor.backends._wordpress_writing import write
from editor.content import markup
from editor.content.block import Page, Picture
from editor.content.entry import digest, encode
from editor.content.foreign import read_foreign
from editor.domain.blog import Blog, Target
from editor.domain.ids import EntryId
from editor.problems import Problem
from editor.sync.backend import (
    Answer,
    Backend,
    Capabilities,
    Door,
    Flow,
    Found,
    Listed,
    May,
    Moved,
    NotApplied,
    Pulled,
    Rejected,
    Unanswered,
    Welcome,
    at_will,
)
from editor.sync.delivery import Dispatch, Held, MediaFile, Visibility

SETTLE = timedelta(seconds=120)
GONE_ALREADY = 410


class WordPressBackend:
    """One category of one site."""

    def __init__(
        self, blog: Blog, settings: Mapping[str, str], secret: str, memory: Memory
    ) -> None:
        self._blog = blog
        self._settings = settings
        self._secret = secret
        self._memory = memory
        self._opened: Site | None = None
        self._remark: Problem | None = None
        self._sent = ""
        self._tagged: set[int] = set()
        self.capabilities = _able(settings)

    @property
    def answer(self) -> Answer:
        """The session's, and what the site's filters did to the text that was sent."""
        if self._opened is None:
            return Answer()
        return with_fields(self._opened.session.answer, remark=self._remark)

    def check(self) -> None:
        """Asks who we are, and whether the category is there or may be made."""
        may = self._site.greet().may
        if May.SUBMIT not in may:
            raise Rejected(self._site.problem("wordpress-only-reads"))
        if self._site.category(self._slug) is None and May.BLOGS not in may:
            raise Rejected(self._site.problem("wordpress-no-category", category=self._slug))

    def put_media(self, file: MediaFile, path: Path, flow: Flow = at_will) -> None:
        """The largest rendition alone: WordPress makes the smaller ones itself."""
        if file.largest:
            self._site.put_photo(file, path, flow)

    def remove_media(self, file: MediaFile) -> None:
        """Takes the photo out of the library."""
        if file.largest:
            self._site.remove_photo(file)

    def picture(self, files: tuple[MediaFile, ...]) -> Picture:
        """Where they would lie. The post takes the true addresses from the library."""
        ladder = sorted(files, key=lambda file: file.width)
        base = f"{self._address}/wp-content/uploads"
        return Picture(
            src=f"{base}/{ladder[-1].name}",
            sources=tuple((f"{base}/{file.name}", file.width) for file in ladder),
            width=ladder[-1].width,
            height=ladder[-1].height,
        )

    def find(self, entry: EntryId, held: Held) -> Found | None:
        """By the post's number, else by the slug, else by the mark in it."""
        return self._finder.find(entry, held)

    def changes(self, cursor: str) -> Pulled:
        """What changed in the category."""
        lister = self._lister()
        return Pulled(cursor=cursor) if lister is None else lister.changes(cursor)

    def listing(self) -> tuple[Listed, ...]:
        """Everything in the category."""
        lister = self._lister()
        return () if lister is None else lister.listing()

    def clear(self, ref: str) -> None:
        """Into the bin."""
        try:
            self._bin(ref)
        except Moved:
            return

    def replaced(self, entry: EntryId, before: Held, after: Held) -> tuple[Found, ...]:
        """The revisions between."""
        return self._finder.replaced(before, after)

    def put(self, dispatch: Dispatch, held: Held) -> Held:
        """Makes the post, or changes it. The words of one that only becomes public do not go twice over the line."""
        self._remark = None
        if not held.ref:
            return self._create(dispatch)
        same = dispatch.digest == held.digest and dispatch.text_only == held.text_only
        shown = dispatch.visibility is Visibility.PUBLIC is not held.visibility
        if same and shown:
            return self._show(dispatch, held)
        return self._answered(
            dispatch, self._send(f"wp/v2/posts/{held.ref}", self._body(dispatch, held.visibility))
        )

    def withdraw(self, dispatch: Dispatch, held: Held) -> Held:
        """Into the bin, from which the desk can take it again. No notice is left: the address is no more."""
        try:
            post = self._bin(held.ref)
        except Moved:
            if self.answer.status != GONE_ALREADY:
                raise
            return Held(visibility=dispatch.visibility, ref=held.ref, version=held.version)
        return structs.replace(held_of(post, held.digest), visibility=dispatch.visibility)

    def put_cover(self, blog: Blog) -> None:
        """The category's name and description, where this user may change them."""
        site = self._site
        if May.BLOGS not in site.me().may or self._slug != blog.slug:
            return
        category = site.category(self._slug)
        if category is not None:
            body = {"name": markup.text(blog.headline), "description": markup.text(blog.standfirst)}
            path, query = f"wp/v2/categories/{category}", {"_fields": "id"}
            site.session.send("POST", path, writes=True, query=query, json=body)

    def address(self) -> str:
        """The category's page, in a form that every site leads on from."""
        return f"{self._address}/?{urlencode({'category_name': self._slug})}"

    def close(self) -> None:
        """Ends the connections."""
        if self._opened is not None:
            self._opened.session.close()

    def _create(self, dispatch: Dispatch) -> Held:
        """A new post. One whose slug comes back another has found an older one: it is thrown away, and that is looked for.

        What has the name and is not to be seen may be the entry all the same, of another user's: it is not made twice.
        """
        body = {
            **self._body(dispatch, Visibility.NONE),
            "slug": dispatch.entry,
            "categories": [self._category()],
        }
        post = self._send("wp/v2/posts", body)
        if post.slug not in ("", dispatch.entry):
            self._bin(post.ref)
            older = self._finder.find(dispatch.entry, Held())
            if older is None or older.held.ref == post.ref:
                raise Rejected(self._site.problem("wordpress-cannot-edit"))
            raise Moved
        self._site.keys[post.id] = dispatch.entry
        return self._answered(dispatch, self._begun(post))

    def _begun(self, post: Post) -> Post:
        """A new post with its first revision, where this user may not look at it once it is public.

        WordPress makes the first one with the first change, also of the status alone: the desk's publishing would look like
        a change of words.
        """
        if May.PUBLISH in self._site.me().may:
            return post
        path, query = f"wp/v2/posts/{post.ref}", {"_fields": BRIEF}
        try:
            reply = self._site.session.send(
                "POST", path, writes=True, thing=True, query=query, json={}
            )
        except (Moved, NotApplied, Rejected, Unanswered):
            return post
        now = reply.read(Post)
        return structs.replace(
            post, status=now.status, modified_gmt=now.modified_gmt, links=now.links
        )

    def _show(self, dispatch: Dispatch, held: Held) -> Held:
        """Makes a draft public that has the very same words already.

        Had somebody changed them at that moment, what is public now is looked at as theirs. The words tell: WordPress makes
        the first revision with the first change, whosever that is.
        """
        body = {"excerpt": "", **standing(dispatch, self._site.session.answer.date)}
        query = {"context": "edit", "_fields": FIELDS}
        path = f"wp/v2/posts/{held.ref}"
        reply = self._site.session.send(
            "POST", path, writes=True, thing=True, query=query, json=body
        )
        there = self._finder.found(reply.read(Post), held).held
        if there.digest != held.digest:
            raise Moved
        return there

    def _send(self, path: str, body: Mapping[str, Any]) -> Post:
        query = {"context": "edit", "_fields": FIELDS}
        new = path == "wp/v2/posts"
        try:
            reply = self._site.session.send(
                "POST", path, writes=True, thing=not new, query=query, json=body
            )
        except Rejected:
            self._site.refused()
            raise
        self._sent, self._tagged = body["content"], set(body["tags"])
        return reply.read(Post)

    def _answered(self, dispatch: Dispatch, post: Post) -> Held:
        """What is there now, as a look would find it. What a filter took out of it is told."""
        if post.content.raw is None:
            return held_of(post, dispatch.digest)
        if post.content.raw == self._sent and set(post.tags) == self._tagged:
            # byte for byte; only what a stranger hands over is cleaned
            there = read_foreign(encode(dispatch.content))
            return held_of(post, digest(there) if there is not None else dispatch.digest)
        if said(post.content.raw) != said(self._sent):
            self._remark = self._site.problem("wordpress-altered")
        return self._finder.found(post, Held()).held

    def _body(self, dispatch: Dispatch, was: Visibility) -> dict[str, Any]:
        """A post's fields, and of them those that this user may set. ``was`` is who saw it until now."""
        content = dispatch.content
        site = self._site
        names = list(content.labels)
        if content.key_event:
            names.append(self._settings.get("key_tag", "").strip() or KEY_EVENT)
        numbers = (site.tag(name) for name in names if name.strip())
        tags = tuple(dict.fromkeys(tag for tag in numbers if tag is not None))
        pins = May.PUBLISH in site.me().may
        mark = mark_of(dispatch.entry, content, tags, sticky=content.pinned and pins)
        shots = site.shots(largest(dispatch.media))
        embeds = self._settings.get("embeds", "off") == "on"
        return {
            "title": as_typed(markup.text(content.headline)),
            "content": write(dispatch, mark, shots, embeds=embeds),
            "tags": list(tags),
            # the desk's excerpt of what is public is the desk's
            **({} if was is Visibility.PUBLIC else {"excerpt": dispatch.note}),
            **({"sticky": content.pinned} if pins else {}),
            **standing(dispatch, site.session.answer.date),
        }

    def _bin(self, ref: str) -> Post:
        if not is_number(ref):
            raise Moved
        path, query = f"wp/v2/posts/{ref}", {"_fields": BRIEF}
        reply = self._site.session.send("DELETE", path, writes=True, thing=True, query=query)
        return reply.read(Post)

    def _category(self) -> int:
        found = self._site.category(self._slug)
        if found is not None:
            return found
        blog = self._blog
        return self._site.make_category(
            self._slug, markup.text(blog.headline), markup.text(blog.standfirst)
        )

    def _lister(self) -> Lister | None:
        """The list of the category; None as long as there is none."""
        found = self._site.category(self._slug)
        page = Page(language=self._blog.language, zone=self._blog.zone)
        return None if found is None else Lister(self._site, found, page)

    @property
    def _slug(self) -> str:
        return self._settings.get("category", "").strip() or self._blog.slug

    @property
    def _address(self) -> str:
        address = self._settings.get("address", "").strip().rstrip("/")
        return address if "://" in address else f"https://{address}"

    @property
    def _site(self) -> Site:
        """The site, found where nobody has yet. What it says of us is what this can do from then on."""
        if self._opened is None:
            user = self._settings.get("user", "").strip()
            root = root_of(self._settings, self._memory.roots)
            known = self._memory.known(root, user)
            self._opened = Site(root, user, self._secret, known)
        if (may := self._opened.may()) is not None:
            self.capabilities = with_fields(self.capabilities, media=May.PHOTOS in may)
        return self._opened

    @property
    def _finder(self) -> Finder:
        key_tag = self._settings.get("key_tag", "").strip() or KEY_EVENT
        return Finder(self._site, self._blog, key_tag, self._slug)


class Memory:
    """What sites told since the program was started."""

    def __init__(self) -> None:
        self.roots: dict[str, str] = {}
        self._known: dict[tuple[str, str], Known] = {}

    def known(self, root: str, user: str) -> Known:
        """What is known of a site as one of its users."""
        return self._known.setdefault((root, user), Known())


class WordPress:
    """The kind of publishing system: a WordPress site."""

    KIND = "wordpress"
    LABEL = "WordPress"
    PICTURES = "image/jpeg"
    FIELDS = SETTINGS

    def __init__(self) -> None:
        self._memory = Memory()

    def open(self, blog: Blog, target: Target, settings: Mapping[str, str], secret: str) -> Backend:
        """The blog's category at the site. Nobody is asked."""
        return WordPressBackend(blog, settings, secret, self._memory)

    def able(self, settings: Mapping[str, str]) -> Capabilities:
        """What WordPress can do; photos as the site said when its user was greeted."""
        return _able(settings)

    def problems(self, settings: Mapping[str, str]) -> tuple[Problem, ...]:
        """Where the settings cannot be meant."""
        return tuple(wrong(settings))

    def discover(self, settings: Mapping[str, str]) -> Door:
        """The site at the address."""
        return discover(settings)

    def greet(self, settings: Mapping[str, str], secret: str) -> Welcome:
        """Who the user is there."""
        return greet(settings, secret)


BACKEND = WordPress


def _able(settings: Mapping[str, str]) -> Capabilities:
    may = may_of(settings)
    photos = may is None or May.PHOTOS in may
    return Capabilities(
        drafts=True,
        settle=SETTLE,
        pulls=True,
        history=True,
        media=photos,
        holds=settings.get("holds", "off") == "on",
    )
