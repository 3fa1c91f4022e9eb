"""Looking for an entry's post, over every status and the bin, and reading what is there."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import Any

from msgspec.structs import replace

from editor.backends._wordpress_errors import Hidden
from editor.backends._wordpress_marks import Mark
from editor.backends._wordpress_mending import Mender
from editor.backends._wordpress_plain import plain_words
from editor.backends._wordpress_reading import Read, read, read_rendered
from editor.backends._wordpress_shapes import (
    FIELDS,
    STATUSES,
    Me,
    Post,
    Revision,
    revision_in,
    revisions_in,
)
from editor.backends._wordpress_site import Site
from editor.content.block import Page
from editor.content.clean import clean_text
from editor.content.entry import Content, digest
from editor.domain.blog import Blog
from editor.domain.ids import EntryId
from editor.sync.backend import Found, May, Moved, Rejected
from editor.sync.delivery import Held, Visibility
from editor.web.address import is_web

SEEN = "id,author,slug,status,link,date_gmt,modified_gmt,title,content,_links"
"""What of a post somebody may look at who may not edit it."""
SOMEBODY = "The desk"
"""Who wrote what nobody may be named for."""
LONGEST_NAME = 100
MOST_REVISIONS = 100


class Finder:
    """Reads posts of one blog. ``key_tag`` is the tag of key events, ``slug`` the category's."""

    def __init__(self, site: Site, blog: Blog, key_tag: str, slug: str) -> None:
        self._site = site
        self._mender = Mender(site, slug)
        self._page = Page(language=blog.language, zone=blog.zone)
        self._key_tag = key_tag

    def find(self, entry: EntryId, held: Held) -> Found | None:
        """As ``Backend.find``."""
        if held.ref:
            found = self._known(held) if is_number(held.ref) else None
        else:
            posts = self._search(entry)
            living = [post for post in posts if post.visibility is not Visibility.GONE]
            first = next(iter((*living, *posts)), None)
            found = self._hidden(entry) if first is None else self.found(first, Held())
        if found is not None:
            self._site.keys[int(found.held.ref)] = entry
        return found

    def found(self, post: Post, known: Held) -> Found:
        """A post as an entry. ``known`` is what was known of it, which spares asking who wrote it."""
        post, content = self._read(post, known)
        same = post.revision == revision_in(known.version) if known.ref else not known.ref
        sum = "" if content is None else digest(content)
        author = "" if same or sum == known.digest else self._author(post)
        # pending, it waited for the desk; a draft again, the desk sent it back, with what it wrote as the excerpt
        back = ".pending." in known.version and post.status == "draft"
        note = plain_words(post.excerpt.raw or "") if back else None
        return Found(held=held_of(post, sum), content=content, author=author, returned=note)

    def replaced(self, before: Held, after: Held) -> tuple[Found, ...]:
        """As ``Backend.replaced``: the revisions between two of ours are somebody else's."""
        first, last = revision_in(before.version), revision_in(after.version)
        if first == last or revisions_in(after.version) == revisions_in(before.version) + 1:
            # one revision more is the write's own
            return ()
        query = {
            "context": "edit",
            "per_page": str(MOST_REVISIONS),
            # parts of a revision's fields cannot be asked for
            "_fields": "id,author,slug,title,content",
        }
        path = f"wp/v2/posts/{after.ref}/revisions"
        try:
            reply = self._site.session.send("GET", path, writes=False, thing=True, query=query)
        except (Moved, Hidden):
            return ()
        between = [each for each in reply.read(tuple[Revision, ...]) if first < each.id < last]
        return tuple(
            self._once(each, after)
            for each in sorted(between, key=lambda each: each.id)
            if "autosave" not in each.slug
        )

    def _once(self, revision: Revision, after: Held) -> Found:
        raw = revision.content.raw
        content = None if raw is None else read(revision.title.raw or "", raw, self._page).content
        held = replace(after, revision=None, digest="" if content is None else digest(content))
        return Found(held=held, content=content, author=self._name(revision.author))

    def _known(self, held: Held) -> Found | None:
        """The post that is known by its number."""
        path, query = f"wp/v2/posts/{held.ref}", {"context": "edit", "_fields": FIELDS}
        session = self._site.session
        try:
            reply = session.send("GET", path, writes=False, thing=True, query=query)
        except Moved:
            return None
        except Hidden:
            # published by the desk, it is no longer a contributor's: what readers see is seen
            try:
                reply = session.send("GET", path, writes=False, thing=True, query={"_fields": SEEN})
            except Moved:
                return None
            except Hidden:
                # the desk has given it to somebody else, and shows it to nobody
                return Found(held=replace(held, visibility=Visibility.DESK))
            return self._rendered(reply.read(Post), held)
        return self.found(reply.read(Post), held)

    def _rendered(self, post: Post, held: Held) -> Found:
        same = held.version and post.revision == revision_in(held.version)
        if same or post.content.protected:
            return Found(held=held_of(post, held.digest))
        content = read_rendered(post.title.rendered, post.content.rendered)
        sum = "" if content is None else digest(content)
        return Found(held=held_of(post, sum), content=content, author=SOMEBODY)

    def _hidden(self, entry: EntryId) -> Found | None:
        """A post of ours that the desk has published and we may not edit: its mark is searched, though not shown."""
        if May.PUBLISH in self._site.me().may:
            return None
        query = {"search": entry, "author": str(self._site.me().id), "_fields": SEEN}
        reply = self._site.session.send("GET", "wp/v2/posts", writes=False, query=query)
        for post in reply.read(tuple[Post, ...]):
            return self._rendered(post, Held())
        return None

    def _search(self, entry: EntryId) -> list[Post]:
        """The posts under an entry's key, the oldest first: by their slugs, else by the mark in them.

        Another user's that has the slug and no mark is a stranger's.
        """
        query = {"slug": f"{entry},{entry}__trashed"}
        posts = [post for post in self._asked(query) if self._is_ours(post, entry)]
        if not posts:
            asked = self._asked({"search": entry})
            posts = [post for post in asked if key_of(post, self._page) == entry]
        return sorted(posts, key=lambda post: post.id)

    def _is_ours(self, post: Post, entry: EntryId) -> bool:
        return key_of(post, self._page) == entry or post.author == self._site.me().id

    def _asked(self, query: Mapping[str, str]) -> list[Post]:
        query = {
            **query,
            "status": STATUSES,
            "context": "edit",
            "per_page": "20",
            "orderby": "id",
            "order": "asc",
            "_fields": FIELDS,
        }
        reply = self._site.session.send("GET", "wp/v2/posts", writes=False, query=query)
        return list(reply.read(tuple[Post, ...]))

    def _read(self, post: Post, known: Held) -> tuple[Post, Content | None]:
        """The content of a post, which is finished first where it was not."""
        content, there = self._content(post)
        if content is None or there.mark is None or digest(content) == known.digest:
            return post, content
        told = "" if there.content is None else digest(there.content)
        mended = self._mender.mended(post, there.mark, known, told)
        if mended is None:
            return post, there.content
        return mended, content if mended is post else self._content(mended)[0]

    def _content(self, post: Post) -> tuple[Content | None, Read]:
        there = read(post.title.raw or "", post.content.raw or "", self._page)
        if post.content.raw is None or there.content is None:
            return None, there
        return self._tagged(there.content, there.mark, post), there

    def _tagged(self, content: Content, mark: Mark | None, post: Post) -> Content:
        """The content with what the post's tags and its place say, where somebody changed them."""
        changed: dict[str, Any] = {}
        if mark is not None and mark.sticky and not post.sticky:
            changed["pinned"] = False
        elif post.sticky:
            changed["pinned"] = True
        given = mark.tags if mark is not None else ()
        if set(given) != set(post.tags):
            names = self._site.names(post.tags)
            tagged = [names[tag] for tag in post.tags if tag in names]
            key = next((name for name in tagged if name.casefold() == self._key_tag.casefold()), "")
            rest = [name for name in tagged if name != key]
            kept = [label for label in content.labels if label in rest]
            changed["key_event"] = bool(key)
            changed["labels"] = (*kept, *(name for name in rest if name not in kept))
        return replace(content, **changed) if changed else content

    def _author(self, post: Post) -> str:
        """Who changed a post last."""
        path = f"wp/v2/posts/{post.id}/revisions"
        query = {"context": "edit", "per_page": "1", "_fields": "id,author"}
        try:
            reply = self._site.session.send("GET", path, writes=False, query=query)
        except (Moved, Rejected):
            return SOMEBODY
        revisions = reply.read(tuple[Revision, ...])
        return self._name(revisions[0].author) if revisions else SOMEBODY

    def _name(self, user: int) -> str:
        if not user:
            return SOMEBODY
        query = {"_fields": "id,name"}
        path = f"wp/v2/users/{user}"
        try:
            reply = self._site.session.send("GET", path, writes=False, query=query)
        except (Moved, Rejected):
            return SOMEBODY
        name = " ".join(clean_text(unescape(reply.read(Me).name)).split())
        return name[:LONGEST_NAME] or SOMEBODY


def held_of(post: Post, sum: str) -> Held:
    """What a post holds of an entry."""
    public = post.visibility is Visibility.PUBLIC
    return Held(
        visibility=post.visibility,
        ref=post.ref,
        version=post.version,
        url=post.link if public and is_web(post.link) else "",
        digest=sum,
        due=post.due,
    )


def is_number(ref: str) -> bool:
    """Whether a reference can be a post's number; it becomes part of a path."""
    return ref.isascii() and ref.isdigit() and len(ref) < 16


def key_of(post: Post, page: Page) -> str:
    """The key in a post's mark; empty where it has none."""
    there: Read = read("", post.content.raw or "", page)
    return there.mark.key if there.mark is not None else ""
