"""What changed in a blog's category, and everything that is in it.

Times there are whole seconds, so that a second which was asked for may see one more change: it is asked for again, and
what was told already is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from editor.backends._wordpress_errors import Hidden
from editor.backends._wordpress_finding import key_of
from editor.backends._wordpress_shapes import BRIEF, ROWS, STATUSES, Post, moment
from editor.backends._wordpress_site import Site
from editor.content.block import Page
from editor.domain.ids import EntryId
from editor.sync.backend import Listed, May, Pulled

PAGE = 100
PAGES = 400
"""Lists longer than this many answers never end."""
OVERLAP = timedelta(seconds=5)
NEVER = datetime(1970, 1, 2, tzinfo=UTC)
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_TRASHED = "__trashed"


class Lister:
    """Lists the posts of one category."""

    def __init__(self, site: Site, category: int, page: Page) -> None:
        self._site = site
        self._category = category
        self._page = page

    def changes(self, cursor: str) -> Pulled:
        """As ``Backend.changes``. The cursor is a time there, and what was told from the seconds before it."""
        since, told = _read(cursor)
        query = {
            "modified_after": _stamp(since - OVERLAP),
            # posts of one second have no order of their own, so that pages by time would leave some out
            "orderby": "id",
            "order": "asc",
            "_fields": BRIEF,
        }
        posts = [post for post in self._pages(query) if _modified(post) > since - OVERLAP]
        there = self._site.session.answer.date
        new = [post for post in posts if _name(post) not in told]
        if new:
            latest = max(_modified(post) for post in posts)
        elif posts and there is not None and there - OVERLAP > since:
            # long enough ago: those seconds see no more changes
            latest = there - OVERLAP
        else:
            return Pulled(cursor=cursor)
        recent = {_name(post) for post in posts if _modified(post) > latest - OVERLAP}
        return Pulled(changed=tuple(self._listed(new)), cursor=_written(latest, recent))

    def listing(self) -> tuple[Listed, ...]:
        """As ``Backend.listing``, without the bin: a short line for each post, which tells the beginning of its version."""
        query = {"orderby": "id", "order": "asc", "_fields": ROWS}
        living = STATUSES.replace(",trash", "")
        return tuple(self._listed(list(self._pages(query, living)), whole=False))

    def _pages(self, query: Mapping[str, str], status: str = STATUSES) -> Iterator[Post]:
        query = {
            **query,
            "categories": str(self._category),
            # not to be edited: of what the desk has published, a contributor would be told nothing
            "status": status,
            "per_page": str(PAGE),
        }
        seen: set[int] = set()
        for number in range(1, PAGES + 1):
            asked = {**query, "page": str(number)}
            reply = self._site.session.send("GET", "wp/v2/posts", writes=False, query=asked)
            for post in reply.read(tuple[Post, ...]):
                if post.id not in seen:
                    seen.add(post.id)
                    yield post
            pages = reply.headers.get("x-wp-totalpages", "")
            if not pages.isdigit() or number >= int(pages):
                return

    def _listed(self, posts: list[Post], *, whole: bool = True) -> Iterator[Listed]:
        """The posts that stand under an entry's key. What the newsroom wrote itself is not ours to touch."""
        keys = {post.id: _key(post) or self._site.keys.get(post.id, "") for post in posts}
        nameless = [post.id for post, key in zip(posts, keys.values(), strict=True) if not key]
        keys |= self._marks(nameless)
        for post in posts:
            if _KEY.fullmatch(keys[post.id]):
                yield Listed(
                    ref=post.ref,
                    entry=EntryId(keys[post.id]),
                    version=post.version if whole else post.brief,
                    visibility=post.visibility,
                    whole=whole,
                    sure=self._is_sure(post, keys[post.id]),
                )

    def _is_sure(self, post: Post, key: str) -> bool:
        """Whether a post was made for its entry: the slug tells, which a contributor's has none of."""
        if not post.slug:
            return May.PUBLISH not in self._site.me().may
        return re.fullmatch(rf"{key}(-\d+)?({_TRASHED})?", post.slug) is not None

    def _marks(self, posts: list[int]) -> dict[int, str]:
        """The keys in the marks of posts whose slugs tell none: a contributor's, or those that a desk gave another."""
        keys = dict.fromkeys(posts, "")
        for start in range(0, len(posts), PAGE):
            query = {
                "include": ",".join(map(str, posts[start : start + PAGE])),
                "status": STATUSES,
                "context": "edit",
                "per_page": str(PAGE),
                "_fields": "id,status,content.raw",
            }
            try:
                reply = self._site.session.send("GET", "wp/v2/posts", writes=False, query=query)
            except Hidden:
                continue
            keys |= {post.id: key_of(post, self._page) for post in reply.read(tuple[Post, ...])}
        return keys


def _key(post: Post) -> str:
    """The key in a slug, one of the bin's included; empty where there is none."""
    slug = post.slug.removesuffix(_TRASHED)
    return slug if _KEY.fullmatch(slug) else ""


def _modified(post: Post) -> datetime:
    return moment(post.modified_gmt) or NEVER


def _name(post: Post) -> str:
    """A post in one of its versions, shortly."""
    return sha256(f"{post.id}.{post.version}".encode()).hexdigest()[:10]


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(latest: datetime, recent: set[str]) -> str:
    return ",".join((_stamp(latest), *sorted(recent)))


def _read(cursor: str) -> tuple[datetime, set[str]]:
    stamp, *told = cursor.split(",")
    try:
        return datetime.fromisoformat(stamp), set(told)
    except ValueError:
        return NEVER, set()
