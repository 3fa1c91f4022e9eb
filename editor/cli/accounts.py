"""``dateline account`` and ``dateline target``: where entries go."""

from __future__ import annotations

import sys
from argparse import Namespace

from editor.cli.blogs import find_blog
from editor.cli.output import Output, table
from editor.desk import accounts as desk
from editor.desk import notices
from editor.desk.outbox import accept_emptied, send_all_again
from editor.domain.blog import Account, Role
from editor.newsroom import Newsroom
from editor.problems import Unavailable, refuse
from editor.ui.outbox_words import EMPTIED


def add(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Adds an account; its secret goes to the system's keyring."""
    kind = newsroom.kinds.get(arguments.kind)
    settings = _fields(arguments.fields, {f.name for f in kind.FIELDS if not f.secret})
    secret = _secret() if arguments.secret_stdin else ""
    desk.add_account(
        newsroom.room,
        kind=arguments.kind,
        name=arguments.name,
        settings=settings,
        role=Role(arguments.role),
        problems=kind.problems(settings),
    )
    account = find_account(newsroom, arguments.name)
    if secret:
        try:
            newsroom.secrets.put(account.id, secret)
        except Unavailable:
            # an account without its secret would only be refused, and asked for again
            desk.remove_account(newsroom.room, account.id)
            raise
    out.result(account, [account.name])


def sign_in(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Takes an account's secret anew, from standard input, and lets the account go on."""
    account = find_account(newsroom, arguments.name)
    newsroom.secrets.put(account.id, _secret())
    desk.signed_in(newsroom.room, account.id)
    out.result({"signed in": account.name}, [f"{account.name} goes on"])


def list_accounts(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints the accounts, without secrets."""
    rows = newsroom.views.accounts()
    out.result(rows, table([(r.name, r.kind, r.role.value, r.state.value) for r in rows]))


def check(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Tries whether an account's targets can be written to; leaves nothing behind."""
    account = find_account(newsroom, arguments.name)
    checked = newsroom.check(account)
    out.result({"account": account.name, "targets": checked}, [f"{account.name} answers"])


def remove(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Forgets an account and its secret; what was published there stays."""
    account = find_account(newsroom, arguments.name)
    desk.remove_account(newsroom.room, account.id)
    newsroom.secrets.forget(account.id)
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
