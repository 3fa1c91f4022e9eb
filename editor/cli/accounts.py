"""``dateline account`` and ``dateline target``: where entries go."""

from __future__ import annotations

import sys
from argparse import Namespace

from editor.cli.blogs import find_blog
from editor.cli.output import Output, table
from editor.desk import accounts as desk
from editor.domain.blog import Account, Role
from editor.newsroom import Newsroom
from editor.problems import refuse


def add(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Adds an account; its secret goes to the system's keyring."""
    kind = newsroom.kinds.get(arguments.kind)
    settings = _fields(arguments.fields, {f.name for f in kind.FIELDS if not f.secret})
    secret = sys.stdin.readline().rstrip("\n") if arguments.secret_stdin else ""
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
        newsroom.secrets.put(account.id, secret)
    out.result(account, [account.name])


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
    desk.add_target(newsroom.room, blog.id, account.id, settings=settings, reviews=reviews)
    out.result(newsroom.views.targets(blog.id), [f"{blog.slug} goes to {account.name}"])


def find_account(newsroom: Newsroom, name: str) -> Account:
    """The account of this name. Raises ``Refused`` (``no-such-account``)."""
    for row in newsroom.views.accounts():
        if row.name == name:
            return newsroom.views.account(row.id)
    raise refuse("no-such-account", name=name)


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
