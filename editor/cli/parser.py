"""The grammar of the command line. Each command names the function that does it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from editor import __version__
from editor.cli import accounts, blogs, entries, files, photos, posts, sending
from editor.cli.selftest import self_test
from editor.content.print import LONGEST
from editor.settings import Fetching

Run = Callable[..., int | None]


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    parser = argparse.ArgumentParser(
        prog="dateline",
        description="Compose live blogs offline and publish them. Without a command, opens the window.",
        parents=[_common(profile=None, json=False)],
    )
    parser.set_defaults(run=None, without_store=False)
    parser.add_argument("--version", action="version", version=f"dateline {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=False)

    def command(
        group: Any, name: str, run: Run, help: str, **defaults: Any
    ) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = group.add_parser(
            name, help=help, description=help, parents=[_common()]
        )
        made.set_defaults(run=run, **defaults)
        return made

    def group(name: str, help: str) -> Any:
        made = commands.add_parser(name, help=help, description=help, parents=[_common()])
        return made.add_subparsers(metavar="COMMAND", required=True)

    _blogs(command, group("blog", "live blogs"))
    _entries(command, group("entry", "entries of a live blog"))
    _photos(command, group("photo", "photos of an entry"))
    _accounts(
        command, group("account", "publishing accounts"), group("target", "where a blog goes")
    )
    _posts(command, group("post", "posts on social networks"))
    _rest(command, commands)
    return parser


def _common(**defaults: Any) -> argparse.ArgumentParser:
    """What may stand before or after a command's name; after it, nothing is set that was not typed."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--profile", metavar="DIR", help="the profile's folder", **_default(defaults, "profile")
    )
    common.add_argument(
        "--json", action="store_true", help="print JSON only", **_default(defaults, "json")
    )
    return common


def _default(defaults: dict[str, Any], name: str) -> dict[str, Any]:
    return {"default": defaults.get(name, argparse.SUPPRESS)}


def _blogs(command: Any, blog: Any) -> None:
    add = command(blog, "add", blogs.add, "begin a live blog; prints its slug")
    add.add_argument("--headline", required=True)
    add.add_argument("--standfirst", default="")
    add.add_argument("--byline", default="")
    add.add_argument("--language", default="en", help="a language tag, such as en or ar")
    add.add_argument("--timezone", default="UTC", help="an IANA name, such as Europe/Budapest")
    add.add_argument("--slug", default="", help="its address; made of the headline by default")
    command(blog, "list", blogs.list_blogs, "the live blogs")
    command(blog, "show", blogs.show, "one live blog").add_argument("slug")
    edit = command(blog, "edit", blogs.edit, "change a live blog's face and its checks")
    edit.add_argument("slug")
    for name in ("headline", "standfirst", "byline", "language", "timezone"):
        edit.add_argument(f"--{name}")
    edit.add_argument(
        "--check",
        action="append",
        default=[],
        metavar="CODE=error|warning",
        dest="checks",
        help="what stops an entry of this blog, and what is only warned of",
    )
    command(blog, "end", blogs.end, "end a live blog").add_argument("slug")


def _entries(command: Any, entry: Any) -> None:
    add = command(entry, "add", entries.add, "add entries from files; prints one id a line")
    add.add_argument("slug")
    add.add_argument("files", nargs="+", metavar="FILE")
    add.add_argument(
        "--protect-source",
        action="store_true",
        help="look nothing up on networks, and let photos tell neither who made them nor where",
    )
    _release_options(add)
    edit = command(entry, "edit", entries.edit, "replace an entry's text with a file's")
    edit.add_argument("id")
    edit.add_argument("file", metavar="FILE")
    _release_options(edit).add_argument("--correct", metavar="NOTE", help="publish as a correction")
    listing = command(
        entry, "list", entries.list_entries, "the entries of a live blog, newest first"
    )
    listing.add_argument("slug")
    listing.add_argument("--stage", choices=[stage.value for stage in entries.Stage])
    show = command(entry, "show", entries.show, "one entry")
    show.add_argument("id")
    show.add_argument("--as", dest="form", choices=["md", "json", "html"], default="md")
    command(
        entry, "check", entries.check, "what stands against sending an entry; sends nothing"
    ).add_argument("id")
    protect = command(entry, "protect", entries.protect, "protect an entry's source")
    protect.add_argument("id")
    protect.add_argument("--off", action="store_true", help="protect it no more")
    command(entry, "history", entries.history, "an entry's revisions").add_argument("id")
    command(entry, "log", entries.log, "the requests made for an entry").add_argument("id")
    command(entry, "submit", entries.submit, "send an entry to the desk").add_argument("id")
    publish = command(entry, "publish", entries.publish, "let an entry out")
    publish.add_argument("id")
    publish.add_argument("--at", metavar="TIME", help="not before this time (RFC 3339)")
    publish.add_argument("--revision", help="only if this is still its newest text")
    back = command(entry, "return", entries.send_back, "send a submission back to its writer")
    back.add_argument("id")
    back.add_argument("--note", required=True)
    withdraw = command(entry, "withdraw", entries.withdraw, "take an entry back for good")
    withdraw.add_argument("id")
    withdraw.add_argument("--note", required=True)


def _release_options(parser: argparse.ArgumentParser) -> Any:
    release = parser.add_mutually_exclusive_group()
    release.add_argument("--submit", action="store_true", help="and send it to the desk")
    release.add_argument("--publish", action="store_true", help="and let it out")
    return release


def _photos(command: Any, photo: Any) -> None:
    add = command(photo, "add", photos.add, "put photos at the end of an entry")
    add.add_argument("id")
    add.add_argument("paths", nargs="+", metavar="PATH", help="a photo, or a folder of photos")
    add.add_argument(
        "--longest",
        type=int,
        choices=LONGEST,
        default=LONGEST[0],
        help="pixels of the longer edge of what is sent",
    )
    add.add_argument("--caption", metavar="TEXT", help="of one photo; else what its file says")
    add.add_argument("--credit", metavar="TEXT")
    words = add.add_mutually_exclusive_group()
    words.add_argument("--alt", metavar="TEXT", help="what one photo shows")
    words.add_argument(
        "--decorative",
        action="store_true",
        default=None,
        help="readers who cannot see it miss nothing",
    )
    command(photo, "show", photos.show, "an entry's photos, and what is sent of them").add_argument(
        "id"
    )


def _accounts(command: Any, account: Any, target: Any) -> None:
    add = command(account, "add", accounts.add, "add a publishing account")
    add.add_argument("kind")
    add.add_argument("name")
    add.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", dest="fields")
    add.add_argument("--role", choices=["correspondent", "desk"], default="desk")
    add.add_argument(
        "--secret-stdin", action="store_true", help="read the secret from standard input"
    )
    command(account, "list", accounts.list_accounts, "the accounts")
    command(
        account, "check", accounts.check, "try whether an account answers, and who you are there"
    ).add_argument("name")
    command(
        account, "sign-in", accounts.sign_in, "give an account's secret anew, on standard input"
    ).add_argument("name")
    remove = command(account, "remove", accounts.remove, "forget an account; entries stay")
    remove.add_argument("name")
    remove.add_argument(
        "--waiting",
        choices=["keep", "move"],
        help="what becomes of entries that wait for it: they stay here and go nowhere, or go to another account",
    )
    remove.add_argument("--to", metavar="ACCOUNT", default="", help="the account they go to")
    for name, says in (
        ("taken-down", "the entries that vanished there at once were taken down; leave them"),
        ("send-again", "what is public goes there once more, where it is missing"),
    ):
        answer = command(target, name, accounts.answer, says)
        answer.add_argument("slug")
        answer.add_argument("account")
        answer.set_defaults(answer=name)
    add = command(target, "add", accounts.add_target, "let a blog go to an account too")
    add.add_argument("slug")
    add.add_argument("account")
    add.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", dest="fields")


def _posts(command: Any, post: Any) -> None:
    show = command(post, "show", posts.show, "whose post an address is")
    show.add_argument("url", metavar="URL")
    show.add_argument("--fetch", action="store_true", help="look it up, and keep what it says")
    when = command(post, "fetching", posts.fetching, "when posts and stories may be looked up")
    when.add_argument("when", nargs="?", choices=[each.value for each in Fetching])


def _rest(command: Any, commands: Any) -> None:
    pull = command(commands, "pull", sending.pull, "fetch what others changed; sends nothing")
    pull.add_argument("slug", nargs="?", default="", help="of this live blog only")
    pull.add_argument("--timeout", type=float, default=300.0, metavar="SECONDS")
    sync = command(
        commands, "sync", sending.sync, "fetch, then send until nothing that can be sent is left"
    )
    sync.add_argument("--timeout", type=float, default=300.0, metavar="SECONDS")
    command(commands, "outbox", sending.outbox, "what waits to be sent, and why")
    command(commands, "pause", sending.pause, "send nothing more, until resume")
    command(commands, "resume", sending.resume, "let sending go on")
    search = command(commands, "search", entries.search, "find entries by their words")
    search.add_argument("slug")
    search.add_argument("words", nargs="+")
    export = command(commands, "export", files.export, "write a live blog to a folder")
    export.add_argument("slug")
    export.add_argument("folder", metavar="DIR")
    export.add_argument("--as", dest="form", choices=["site", "markdown", "json"], required=True)
    imported = command(commands, "import", files.import_path, "read entries that export wrote")
    imported.add_argument("path", metavar="DIR|FILE")
    imported.add_argument("--blog", metavar="SLUG", default="", help="the blog they go to")
    command(commands, "backup", files.backup, "copy everything into one file").add_argument("file")
    restore = command(
        commands,
        "restore",
        files.restore,
        "put a backup in the profile's place",
        without_store=True,
    )
    restore.add_argument("file")
    sample = command(commands, "sample", files.sample, "make the sample live blog, photos and all")
    sample.add_argument("slug", nargs="?", default="flood-in-the-delta")
    command(commands, "self-test", self_test, "check this installation", without_store=True)
