"""Accounts by commands: looked up where there is a network, checked, and removed without dropping anything."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from editor.registry import Kinds
from tests.cli.conftest import Ran, Run
from tests.file_keyring import FileKeyring
from tests.town import HALL, MILL, Town

SECRET = "open sesame"


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    """Every command of the test finds this town."""
    made = Town()
    begin = Kinds.__init__

    def with_town(self: Kinds) -> None:
        begin(self)
        self._made["town"] = made

    monkeypatch.setattr(Kinds, "__init__", with_town)
    return made


@pytest.fixture(autouse=True)
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    file = tmp_path / "keyring.json"
    monkeypatch.setenv("DATELINE_TEST_KEYRING", str(file))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]
    yield file
    keyring.set_keyring(before)


@pytest.fixture
def add(run: Run, town: Town, monkeypatch: pytest.MonkeyPatch) -> Run:
    def adds(*words: str) -> Ran:
        name, address, *more = words
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{SECRET}\n"))
        given = ("--set", f"address={address}", "--secret-stdin", *more)
        return run("account", "add", "town", name, *given)

    return adds


def test_what_stands_at_an_address_completes_an_account(
    run: Run, add: Run, town: Town, secrets: Path
) -> None:
    town.found = {"address": f"{HALL}/city", "rest": f"{HALL}/api"}
    added = add("hall", HALL, "--json")
    assert (added.code, added.err) == (0, "")
    assert added.json["settings"] == town.found
    assert SECRET in secrets.read_text("utf-8")
    assert SECRET not in added.out


def test_without_a_network_an_account_is_added_as_typed_and_that_is_said(
    run: Run, add: Run, town: Town
) -> None:
    town.offline = True
    added = add("hall", HALL)
    assert added.code == 0
    assert added.lines == ["hall"]
    assert added.err.count("\n") == 1
    assert "added as typed" in added.err
    assert "hall.example cannot be reached" in added.err
    assert "hall" in run("account", "list").out


def test_an_address_where_there_is_no_such_system_is_refused(
    run: Run, add: Run, town: Town, secrets: Path
) -> None:
    town.no_town = True
    added = add("hall", HALL)
    assert added.code == 1
    assert "no such place at hall.example" in added.err
    assert run("account", "list").out == ""
    assert not secrets.exists()


def test_a_check_tells_who_is_there_and_what_may_be_done(run: Run, add: Run, town: Town) -> None:
    add("hall", HALL)
    checked = run("account", "check", "hall")
    assert checked.code == 0
    assert checked.lines == [
        "hall answers",
        "site   Town hall",
        "user   clerk",
        "role   Editor",
        "may    submit, publish",
        "place  7: Market square",
        "clock  this laptop is 3 s ahead",
        "hall.example asks to wait.",
    ]
    told = run("account", "check", "hall", "--json").json
    assert told["there"] == {
        "site": "Town hall",
        "user": "clerk",
        "role": "Editor",
        "may": ["publish", "submit"],
        "places": [{"name": "7", "title": "Market square"}],
        "ahead": 3.2,
        "remarks": ["web-busy"],
    }


@pytest.mark.parametrize(
    ("ahead", "said"),
    [(-7250.0, "clock  this laptop is 7,250 s behind"), (0.3, "clock  as on this laptop")],
)
def test_a_check_tells_what_the_clock_is_there(
    run: Run, add: Run, town: Town, ahead: float, said: str
) -> None:
    add("hall", HALL)
    town.ahead = ahead
    assert said in run("account", "check", "hall").lines
    town.ahead = None
    assert "clock" not in run("account", "check", "hall").out


def test_a_check_says_that_the_secret_is_refused_or_is_not_there(
    run: Run, add: Run, town: Town, secrets: Path
) -> None:
    add("hall", HALL)
    town.secrets["hall.example"] = "changed"
    checked = run("account", "check", "hall")
    assert checked.code == 1
    assert "does not accept" in checked.err
    secrets.unlink()
    checked = run("account", "check", "hall")
    assert checked.code == 1
    assert "not on this laptop" in checked.err


def test_what_waits_for_an_account_is_not_dropped_with_it(
    run: Run, add: Run, town: Town, blog: str, entry_file: Path, secrets: Path
) -> None:
    add("hall", HALL)
    run("target", "add", blog, "hall")
    (entry,) = run("entry", "add", blog, str(entry_file), "--publish").lines
    removed = run("account", "remove", "hall")
    assert removed.code == 1
    assert removed.err == (
        "dateline: Entries wait for “hall” (1); say whether they stay here or go to another account.\n"
    )
    assert SECRET in secrets.read_text("utf-8")
    assert "hall" in run("outbox").out
    assert run("account", "remove", "hall", "--waiting", "move").code == 1
    assert run("account", "remove", "hall", "--waiting", "keep").code == 0
    assert run("entry", "show", entry).code == 0
    assert "hall" not in run("outbox").out
    assert SECRET not in secrets.read_text("utf-8")


def test_what_waits_for_an_account_goes_to_another(
    run: Run, add: Run, town: Town, blog: str, entry_file: Path
) -> None:
    add("hall", HALL)
    add("mill", MILL)
    run("target", "add", blog, "hall")
    run("entry", "add", blog, str(entry_file), "--publish")
    moved = run("account", "remove", "hall", "--waiting", "move", "--to", "mill")
    assert (moved.code, moved.err) == (0, "")
    assert run("sync", "--timeout", "5").code == 0
    assert town.headlines(MILL) == ["Water reaches the old bridge"]
    assert town.headlines(HALL) == []


def test_a_secret_that_stays_in_the_keyring_is_told(
    run: Run, add: Run, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("hall", HALL)

    def locked(*_: object) -> None:
        raise keyring.errors.KeyringLocked

    monkeypatch.setattr(FileKeyring, "delete_password", locked)
    removed = run("account", "remove", "hall")
    assert removed.code == 1
    assert "“hall” is removed, but" in removed.err
    assert run("account", "list").out == ""
