"""``dateline blog``: begin, look at and end live blogs."""

from __future__ import annotations

from argparse import Namespace

from editor.cli.output import Output, table
from editor.desk import blogs as desk
from editor.domain.blog import Blog
from editor.newsroom import Newsroom
from editor.problems import Severity, refuse


def find_blog(newsroom: Newsroom, slug: str) -> Blog:
    """The blog with this address. Raises ``Refused`` (``no-such-blog``)."""
    for row in newsroom.views.blogs():
        if row.slug == slug:
            return newsroom.views.blog(row.id)
    raise refuse("no-such-blog", slug=slug)


def add(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Begins a blog and prints its slug."""
    changes = desk.add_blog(
        newsroom.room,
        headline=arguments.headline,
        standfirst=arguments.standfirst,
        byline=arguments.byline,
        language=arguments.language,
        timezone=arguments.timezone,
        slug=arguments.slug,
    )
    (blog,) = (newsroom.views.blog(made) for made in changes.blogs)
    out.result(blog, [blog.slug])


def list_blogs(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints every blog with its status and number of entries."""
    rows = newsroom.views.blogs()
    lines = table([(r.slug, r.status.value, str(r.entries), r.headline) for r in rows])
    out.result(rows, lines)


def show(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints one blog and where it goes."""
    blog = find_blog(newsroom, arguments.slug)
    targets = [
        {"name": target.name, "account": target.account, "address": newsroom.address(blog, target)}
        for target in newsroom.views.targets(blog.id)
    ]
    lines = table(
        [
            ("headline", blog.headline),
            ("standfirst", blog.standfirst),
            ("status", blog.status.value),
            ("language", blog.language),
            ("timezone", blog.timezone),
            *[("check", f"{code}={weight.value}") for code, weight in blog.checks.items()],
            *[("target", f"{target['name']}  {target['address']}") for target in targets],
        ]
    )
    out.result({"blog": blog, "targets": targets}, lines)


def edit(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Changes a blog's face, and which of preflight's checks stop its entries."""
    blog = find_blog(newsroom, arguments.slug)
    desk.edit_blog(
        newsroom.room,
        blog.id,
        headline=arguments.headline,
        standfirst=arguments.standfirst,
        byline=arguments.byline,
        language=arguments.language,
        timezone=arguments.timezone,
        checks=dict(_check(typed) for typed in arguments.checks),
    )
    after = newsroom.views.blog(blog.id)
    out.result(after, [after.slug])


def _check(typed: str) -> tuple[str, Severity]:
    code, _, weight = typed.partition("=")
    try:
        return code.strip(), Severity(weight.strip().lower())
    except ValueError:
        raise refuse("check-malformed", "check", value=typed[:60]) from None


def end(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Ends a blog."""
    blog = find_blog(newsroom, arguments.slug)
    desk.end_blog(newsroom.room, blog.id)
    out.result({"slug": blog.slug, "status": "ended"}, [f"{blog.slug} has ended"])
