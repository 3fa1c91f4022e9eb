"""Secrets and a real keyring: GNOME's, on a bus of its own, without a display. Every command is a process."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backends.opening import wire_server
from tests.real import secret_service
from tests.real.secret_service import Session
from tests.wire_server.client import WireServer

pytestmark = [pytest.mark.keyring, pytest.mark.slow]

SECRET = "pâsswörd 水位 وصل 🗝 'q\"uote"
NONE = "There is no keyring on this system"
LOCKED = "keyring is locked"
DENIED = "did not let Dateline in"

READ = """
import hashlib, sys
from editor.keychain import Keychain
from editor.problems import Unavailable
try:
    print(hashlib.sha256(Keychain(sys.argv[1]).get("newsroom").encode()).hexdigest())
except Unavailable as error:
    print(error.problem.code)
"""
FOR_THE_SESSION = """
import logging, pathlib, sys, time
from editor.desk.accounts import add_target
from editor.domain.blog import Role
from editor.log import start_log
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.problems import Unavailable
secret, address = sys.stdin.readline().rstrip("\\n"), sys.argv[2]
with Newsroom(Profile(pathlib.Path(sys.argv[1]))) as newsroom:
    start_log(newsroom.profile.log)
    logging.getLogger().setLevel(logging.DEBUG)
    settings = {"address": address, "settle": "1"}
    try:
        newsroom.add_account("wire", "newsroom", settings, secret, role=Role.DESK)
    except Unavailable as error:
        print(error.problem.code, len(newsroom.views.accounts()))
    newsroom.add_account("wire", "newsroom", settings, secret, role=Role.DESK, session_only=True)
    print(newsroom.secrets.is_kept("newsroom"), newsroom.check(newsroom.views.account("newsroom")))
    (blog,) = newsroom.views.blogs()
    add_target(newsroom.room, blog.id, "newsroom", settings={})
    report = newsroom.send(time.monotonic() + 20)
    newsroom.keep_daily_copy()
    print(report.waiting)
"""


@pytest.fixture
def session() -> Iterator[Session]:
    lacking = secret_service.missing()
    if lacking:
        said = f"needs {' and '.join(lacking)}"
        pytest.fail(said) if os.environ.get("REAL_SERVERS") == "required" else pytest.skip(said)
    made = secret_service.begin()
    yield made
    secret_service.end(made)


@pytest.fixture
def server() -> WireServer:
    made = wire_server()
    made.reset()
    return made


def add(session: Session, server: WireServer, secret: str, code: int = 0) -> str:
    """Adds the account; what was complained of."""
    words = ("--secret-stdin", "--set", f"address={server.address}", "--set", "settle=1")
    return session.dateline(
        "account", "add", "wire", "newsroom", *words, typed=f"{secret}\n", code=code
    ).err


def write(session: Session, headline: str = "Water") -> str:
    """A released entry's id."""
    file = session.home / "entry.md"
    file.write_text(f"---\nheadline: {headline}\n---\n\nThe gauge read 7.2 metres.\n", "utf-8")
    return session.dateline("entry", "add", "river", str(file), "--publish").out.strip()


def begin_blog(session: Session) -> None:
    session.dateline("blog", "add", "--headline", "River", "--slug", "river")


def read(session: Session) -> str:
    """The secret's digest as another process reads it, or the problem's code."""
    return session.python(READ, str(session.profile)).out.strip()


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_a_secret_in_any_script_is_kept_by_one_process_and_read_by_another(
    session: Session, server: WireServer
) -> None:
    session.begin_keyring()
    begin_blog(session)
    add(session, server, SECRET)
    assert read(session) == digest(SECRET)
    session.stop()
    session.begin_keyring()
    assert read(session) == digest(SECRET), "after logging in again"
    assert "login.keyring" in files(session.home)
    session.dateline("account", "remove", "newsroom")
    assert read(session) == digest("")
    assert session.places_of(SECRET) == []


def test_a_kept_secret_opens_the_newsroom_and_stands_nowhere_else(
    session: Session, server: WireServer
) -> None:
    session.begin_keyring()
    begin_blog(session)
    add(session, server, "an old one")
    session.dateline("target", "add", "river", "newsroom")
    entry = write(session)
    assert session.dateline("sync", "--timeout", "5", code=3).out
    assert "sign in" in session.dateline("account", "list").out
    session.dateline("account", "sign-in", "newsroom", typed=f"{server.token}\n")
    session.dateline("account", "check", "newsroom")
    server.fault("*", "late-answer", seconds=2)
    session.dateline("sync", "--timeout", "30")
    assert [each["key"] for each in server.public()] == [entry]
    session.dateline("entry", "log", entry)
    session.dateline("backup", str(session.home / "kept.zip"))
    session.dateline("export", "river", str(session.home / "exported"), "--as", "json")
    assert {"kept.zip", "dateline.db"} <= set(files(session.home))
    assert len(session.seen) > 20
    for secret in (server.token, "an old one"):
        assert session.places_of(secret) == []


def test_a_locked_keyring_is_waited_for_and_pauses_nobody(
    session: Session, server: WireServer
) -> None:
    session.begin_keyring()
    begin_blog(session)
    add(session, server, server.token)
    session.dateline("target", "add", "river", "newsroom")
    entry = write(session)
    session.begin_keyring("not its password")
    assert read(session) == "keyring-locked"
    assert LOCKED in session.dateline("account", "check", "newsroom", code=1).err
    session.dateline("sync", "--timeout", "1", code=3)
    assert LOCKED in session.dateline("outbox").out
    assert "ready" in session.dateline("account", "list").out.split("newsroom")[1]
    assert server.requests() == []
    added = session.dateline(
        *("account", "add", "wire", "another", "--secret-stdin"),
        *("--set", f"address={server.address}"),
        typed=f"{SECRET}\n",
        code=1,
    )
    assert LOCKED in added.err
    assert "another" not in session.dateline("account", "list").out
    session.begin_keyring()
    session.dateline("sync", "--timeout", "30")
    assert [each["key"] for each in server.public()] == [entry]
    assert session.places_of(SECRET) == []
    assert session.places_of(server.token) == []


def test_an_account_is_removed_while_the_keyring_is_locked_and_its_secret_is_told_to_stay(
    session: Session, server: WireServer
) -> None:
    session.begin_keyring()
    begin_blog(session)
    add(session, server, SECRET)
    session.begin_keyring(None)
    removed = session.dateline("account", "remove", "newsroom", code=1)
    assert "“newsroom” is removed, but" in removed.err
    assert "newsroom" not in session.dateline("account", "list").out
    session.begin_keyring()
    assert read(session) == digest(SECRET)
    assert session.places_of(SECRET) == []


def test_a_question_of_the_keyring_that_is_dismissed_denies_it(
    session: Session, server: WireServer
) -> None:
    """Without a keyring of its own yet the daemon asks for a new password, and nobody is there to give it."""
    session.begin_keyring(None)
    begin_blog(session)
    assert DENIED in add(session, server, SECRET, code=1)
    assert read(session) == "keyring-denied"
    assert "newsroom" not in session.dateline("account", "list").out
    assert session.places_of(SECRET) == []


@pytest.mark.parametrize("bus", [True, False], ids=["nobody on the bus", "no bus"])
def test_without_a_keyring_no_secret_is_kept_anywhere(
    session: Session, server: WireServer, bus: bool
) -> None:
    if bus:
        session.begin_bus()
    begin_blog(session)
    assert NONE in add(session, server, SECRET, code=1)
    assert read(session) == "keyring-none"
    assert "newsroom" not in session.dateline("account", "list").out
    assert session.places_of(SECRET) == []


def test_without_a_keyring_the_work_goes_on_with_a_secret_for_this_session_only(
    session: Session, server: WireServer
) -> None:
    begin_blog(session)
    entry = write(session)
    words = (str(session.profile), server.address)
    said = session.python(FOR_THE_SESSION, *words, typed=f"{server.token}\n").out.splitlines()
    assert said == ["keyring-none 1", "True []", "0"]
    assert [each["key"] for each in server.public()] == [entry]
    assert {"dateline.log"} <= set(files(session.profile))
    assert any((session.profile / "backups").iterdir())
    assert session.places_of(server.token) == []
    other = write(session, "Another")
    session.dateline("sync", "--timeout", "1", code=3)
    assert NONE in session.dateline("outbox").out
    assert other not in [each["key"] for each in server.public()]


def test_the_search_for_secrets_finds_them(session: Session) -> None:
    """What proves an absence must find a presence."""
    assert session.places_of(SECRET) == []
    hidden = {
        "plain": SECRET.encode(),
        "json": json.dumps({"a": SECRET}).encode(),
        "base64": base64.b64encode(f"anna:{SECRET}".encode()),
        "wide": SECRET.encode("utf-16-le"),
    }
    for name, data in hidden.items():
        (session.home / name).write_bytes(b"..." + data + b"...")
    found = sorted(session.places_of(SECRET))
    assert found == [f"home/{name}" for name in sorted(hidden)]
    session.python("import time; time.sleep(0.3)", SECRET)
    assert "a process" in session.places_of(SECRET)
