"""A post that WordPress did not finish: it keeps the words first, then the category, the tags and the place on top.

Whatever ends it between the two, such as another plug-in that fails, leaves the words alone; then it looks as though
somebody had taken the rest away. A request of ours that was cut off so is finished, and what others did is left.
"""

from __future__ import annotations

from typing import Any

from editor.backends._wordpress_errors import Hidden
from editor.backends._wordpress_marks import Mark
from editor.backends._wordpress_shapes import FIELDS, Post, Revision, revision_in
from editor.backends._wordpress_site import Site
from editor.sync.backend import May, Moved, Rejected
from editor.sync.delivery import Held, Visibility

TRIES = 8
"""How often a post is mended: a plug-in that fails each time would keep it waiting for ever."""


class Mender:
    """Finishes posts of one site that are in its category ``slug``."""

    def __init__(self, site: Site, slug: str) -> None:
        self._site = site
        self._slug = slug

    def mended(self, post: Post, mark: Mark, known: Held, told: str) -> Post | None:
        """The post, whole; None for one that cannot be made so, and says itself what it should be.

        ``told`` is the digest of what it holds by its own mark, ``known`` what was known to be there.
        """
        lacks = self._lacks(post, mark, known, told)
        if not lacks:
            return post
        tried = self._site.mended.get(post.id, 0)
        if tried >= TRIES:
            return None
        self._site.mended[post.id] = tried + 1
        path, query = f"wp/v2/posts/{post.id}", {"context": "edit", "_fields": FIELDS}
        try:
            reply = self._site.session.send(
                "POST", path, writes=True, thing=True, query=query, json=lacks
            )
        except Rejected:
            return None
        return reply.read(Post)

    def _lacks(self, post: Post, mark: Mark, known: Held, told: str) -> dict[str, Any]:
        """The fields that we set and that did not come to be."""
        if post.visibility is Visibility.GONE:
            return {}
        lacks: dict[str, Any] = {}
        if set(mark.tags) != set(post.tags):
            lacks["tags"] = list(mark.tags)
        if mark.sticky != post.sticky and May.PUBLISH in self._site.me().may:
            lacks["sticky"] = mark.sticky
        category = None if known.ref else self._site.category(self._slug)
        nowhere = category is not None and category not in post.categories
        if (lacks or nowhere) and self._is_cut_off(post, known, told):
            return {**lacks, **({"categories": [category]} if nowhere else {})}
        return {"categories": [*post.categories, category]} if nowhere else {}

    def _is_cut_off(self, post: Post, known: Held, told: str) -> bool:
        """Whether the last change of the post was a request of ours that was not finished.

        WordPress keeps the revision with the words (6.1), with the very time of the change, or at the end of it (6.4).
        """
        if told == known.digest:
            # nothing of ours is new there: who uses our account in the web editor too, chose other tags
            return False
        if not post.revision:
            return True
        path = f"wp/v2/posts/{post.id}/revisions"
        query = {"context": "edit", "per_page": "1", "_fields": "id,author,date_gmt,content"}
        try:
            reply = self._site.session.send("GET", path, writes=False, thing=True, query=query)
        except (Moved, Hidden):
            return False
        for newest in reply.read(tuple[Revision, ...]):
            if newest.id <= revision_in(known.version):
                return newest.content.raw != post.content.raw
            return newest.author == self._site.me().id and newest.date_gmt == post.modified_gmt
        return False
