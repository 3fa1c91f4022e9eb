"""``dateline account`` and ``dateline target``: where entries go."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from editor.cli.blogs import find_blog
from editor.cli.output import Output, table
from editor.desk import accounts as desk
from editor.desk import notices
from editor.desk.outbox import accept_emptied, send_all_again
from editor.domain.blog import Account, Role
from editor.newsroom import Newsroom
from editor.problems import Problem, Refused, refuse
from editor.sync.backend import May, Rejected, Welcome
from editor.ui.messages import sentence
from editor.ui.outbox_words import EMPTIED

MAY = {
    May.SUBMIT: "submit",
    May.PUBLISH: "publish",
    May.PHOTOS: "send photos",
    May.OTHERS: "change others’ entries",
    May.BLOGS: "make live blogs",
}


def add(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Adds an account, looked up where its kind can do so; its secret goes to the system's keyring."""
    kind = newsroom.kinds.get(arguments.kind)
    settings = _fields(arguments.fields, {f.name for f in kind.FIELDS if not f.secret})
    secret = _secret() if arguments.secret_stdin else ""
    newsroom.add_account(
        arguments.kind,
        arguments.name,
        _looked_up(newsroom, arguments, settings, out),
        secret,
        role=Role(arguments.role),
    )
    account = find_account(newsroom, arguments.name.strip())
    out.result(account, [account.name])


def _looked_up(
    newsroom: Newsroom, arguments: Namespace, settings: dict[str, str], out: Output
) -> dict[str, str]:
    """The settings, with what the place tells of itself. Without a network they stay as typed, and that is said."""
    try:
        door = newsroom.discover(arguments.kind, settings)
    except Refused as refused:
        if isinstance(refused.__cause__, Rejected):
            raise
        name = arguments.name.strip()
        typed = Problem(code="account-not-looked-up", detail={"name": name})
        out.problem(f"{sentence(typed)} {sentence(refused.first)}")
        return settings
    return {**settings, **door.settings} if door is not None else settings


def sign_in(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Takes an account's secret anew, from standard input, and lets the account go on. Asks no place."""
    account = find_account(newsroom, arguments.name)
    secret = _secret()
    if not secret:
        raise refuse("secret-empty")
    newsroom.secrets.put(account.id, secret)
    desk.signed_in(newsroom.room, account.id)
    out.result({"signed in": account.name}, [f"{account.name} goes on"])


def list_accounts(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints the accounts, without secrets."""
    rows = newsroom.views.accounts()
    out.result(rows, table([(r.name, r.kind, r.role.value, r.state.value) for r in rows]))


def check(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Tries whether an account's targets can be written to, and who its user is there; leaves nothing behind."""
    account = find_account(newsroom, arguments.name)
    welcome = newsroom.welcome(account.id)
    checked = newsroom.check(account)
    document: dict[str, Any] = {"account": account.name, "targets": checked}
    lines = [f"{account.name} answers"]
    if welcome is not None:
        document["there"] = _document(welcome)
        lines += _told(welcome)
    out.result(document, lines)


def _document(welcome: Welcome) -> dict[str, Any]:
    return {
        "site": welcome.site,
        "user": welcome.user,
        "role": welcome.role,
        "may": sorted(may.value for may in welcome.may),
        "places": [{"name": place.name, "title": place.title} for place in welcome.places],
        "ahead": welcome.ahead,
        "remarks": [problem.code for problem in welcome.remarks],
    }


def _told(welcome: Welcome) -> list[str]:
    """What a place said to an account's user, in lines."""
    may = [words for right, words in MAY.items() if right in welcome.may]
    rows = [("site", welcome.site), ("user", welcome.user), ("role", welcome.role)]
    rows.append(("may", ", ".join(may) or "nothing"))
    rows += [("place", f"{place.name}: {place.title}") for place in welcome.places]
    if welcome.ahead is not None:
        rows.append(("clock", _clock(welcome.ahead)))
    return [*table(rows), *(sentence(remark) for remark in welcome.remarks)]


def _clock(ahead: float) -> str:
    seconds = round(ahead)
    if not seconds:
        return "as on this laptop"
    return f"this laptop is {abs(seconds):,} s {'ahead' if seconds > 0 else 'behind'}"


def remove(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Forgets an account and its secret; entries stay, and what was published there too."""
    account = find_account(newsroom, arguments.name)
    waiting = desk.Waiting(arguments.waiting) if arguments.waiting else None
    to = find_account(newsroom, arguments.to).id if arguments.to else None
    newsroom.remove_account(account.id, waiting=waiting, to=to)
    out.result({"removed": account.name}, [f"{account.name} is removed"])


def add_target(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Lets a blog go to an account too."""
    blog = find_blog(newsroom, arguments.slug)
    account = find_account(newsroom, arguments.account)
    kind = newsroom.kinds.get(account.kind)
    settings = _fields(arguments.fields, {field.name for field in kind.FIELDS})
    reviews = newsroom.takes_submissions(blog, account, settings)
    desk.add_target(
        newsroom.room,
        blog.id,
        account.id,
        settings=settings,
        reviews=reviews,
        media=kind.PICTURES,
    )
    out.result(newsroom.views.targets(blog.id), [f"{blog.slug} goes to {account.name}"])


def answer(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Says what became of entries that vanished at once from where a blog goes: taken down, or to be sent again."""
    blog = find_blog(newsroom, arguments.slug)
    account = find_account(newsroom, arguments.account)
    found = [t for t in newsroom.views.targets(blog.id) if t.account == account.id]
    if not found:
        raise refuse("no-such-target")
    settle = accept_emptied if arguments.answer == "taken-down" else send_all_again
    for target in found:
        settle(newsroom.room, target.id)
        for notice in newsroom.views.notices():
            if notice.problem.code == EMPTIED and notice.target == target.id:
                notices.seen(newsroom.room, notice.id)
    names = [target.name for target in found]
    out.result({"answered": names}, [f"{blog.slug}: {name} goes on" for name in names])


def find_account(newsroom: Newsroom, name: str) -> Account:
    """The account of this name. Raises ``Refused`` (``no-such-account``)."""
    for row in newsroom.views.accounts():
        if row.name == name:
            return newsroom.views.account(row.id)
    raise refuse("no-such-account", name=name)


def _secret() -> str:
    """What is typed or piped in, without its line's end; never an argument, which other programs could read."""
    return sys.stdin.readline().rstrip("\r\n")


def _fields(pairs: list[str], known: set[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise refuse("field-without-value", name=name)
        if name not in known:
            raise refuse("no-such-field", name=name, known=", ".join(sorted(known)) or "none")
        found[name] = value
    return found
