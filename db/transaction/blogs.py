"""Blogs."""

from __future__ import annotations

from db import schema
from db.rows import from_blog, to_blog
from db.statements import find
from db.transaction.base import Base
from editor.domain.blog import Blog
from editor.domain.ids import BlogId
from editor.problems import refuse

_BLOG = find(schema.blog, "id")
_BY_SLUG = find(schema.blog, "slug")
_BLOGS = find(schema.blog, order=("created", "id"))


class Blogs(Base):
    """The table ``blog``."""

    def blog(self, blog: BlogId) -> Blog:
        row = self._row(_BLOG, id=blog)
        if row is None:
            raise refuse("no-such-blog", blog=blog)
        return to_blog(row)

    def blog_by_slug(self, slug: str) -> Blog | None:
        row = self._row(_BY_SLUG, slug=slug)
        return None if row is None else to_blog(row)

    def blogs(self) -> tuple[Blog, ...]:
        return tuple(to_blog(row) for row in self._rows(_BLOGS))

    def put_blog(self, blog: Blog) -> None:
        self._put(schema.blog, from_blog(blog))
        self._blogs.add(blog.id)
