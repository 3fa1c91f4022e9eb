"""Blogs."""

from __future__ import annotations

from sqlalchemy import select

from db import schema
from db.rows import from_blog, to_blog
from db.transaction.base import Base
from editor.domain.blog import Blog
from editor.domain.ids import BlogId
from editor.problems import refuse


class Blogs(Base):
    """The table ``blog``."""

    def blog(self, blog: BlogId) -> Blog:
        row = self._row(select(schema.blog).where(schema.blog.c.id == blog))
        if row is None:
            raise refuse("no-such-blog", blog=blog)
        return to_blog(row)

    def blog_by_slug(self, slug: str) -> Blog | None:
        row = self._row(select(schema.blog).where(schema.blog.c.slug == slug))
        return None if row is None else to_blog(row)

    def blogs(self) -> tuple[Blog, ...]:
        query = select(schema.blog).order_by(schema.blog.c.created, schema.blog.c.id)
        return tuple(to_blog(row) for row in self._rows(query))

    def put_blog(self, blog: Blog) -> None:
        self._put(schema.blog, from_blog(blog))
        self._blogs.add(blog.id)
