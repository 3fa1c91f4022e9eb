"""``dateline export``, ``import``, ``backup``, ``restore`` and ``sample``: a blog or a profile as files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from editor.cli.blogs import find_blog
from editor.cli.output import Output
from editor.clock import SystemClock
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.problems import refuse
from editor.sync.lock import turn_in


def export(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Writes a blog to a folder: as entry files, as JSON, or as the page readers get."""
    from editor.desk import exchange

    blog = find_blog(newsroom, arguments.slug)
    folder = Path(arguments.folder).absolute()
    match arguments.form:
        case "markdown":
            written = exchange.export_markdown(newsroom.room, newsroom.views, blog.id, folder)
        case "json":
            written = exchange.export_json(newsroom.room, newsroom.views, blog.id, folder)
        case _:
            written = newsroom.export_site(blog, folder)
    out.result({"folder": str(folder), "entries": written}, [f"{written} entries in {folder}"])


def import_path(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Reads entries from a file or a folder; an id that is known already is updated, never doubled."""
    from editor.desk.imports import import_path as read_path

    blog = find_blog(newsroom, arguments.blog).id if arguments.blog else None
    made = read_path(newsroom.room, newsroom.views, Path(arguments.path), blog=blog)
    out.result([{"id": entry} for entry in made], made)


def backup(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Copies the whole profile into one file."""
    from db.backup import backup as write_backup

    file = Path(arguments.file).absolute()
    write_backup(newsroom.profile.database, file)
    out.result({"file": str(file)}, [str(file)])


def restore(profile: Profile, arguments: Namespace, out: Output) -> None:
    """Puts a backup in the profile's place, after it was checked; what was there is kept aside.

    Raises ``Refused`` (``profile-in-use``) while a window or a sync has the profile.
    """
    from db.backup import restore as read_backup

    profile.make()
    with turn_in(profile.window_lock)() as alone, turn_in(profile.sync_lock)() as quiet:
        if not (alone and quiet):
            raise refuse("profile-in-use")
        now = SystemClock().now()
        kept = read_backup(Path(arguments.file).absolute(), profile.database, now=now)
        with Newsroom(profile) as newsroom:
            refilled = newsroom.refill_folders()
    lines = [f"Restored into {profile.folder}"]
    if refilled:
        lines.append("The pages are not part of a backup; “dateline sync” writes them again.")
    if kept:
        lines.append(f"What was there before is in {kept}")
    out.result({"profile": str(profile.folder), "kept": str(kept or "")}, lines)


def sample(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Makes the sample live blog."""
    (blog,) = newsroom.make_sample(arguments.slug).blogs
    slug = newsroom.views.blog(blog).slug
    out.result({"slug": slug}, [slug])
