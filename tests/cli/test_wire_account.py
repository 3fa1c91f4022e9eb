"""An account on a newsroom's own server, from its first command to the entry there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from tests.backends.opening import wire_server
from tests.cli.conftest import Run
from tests.file_keyring import FileKeyring
from tests.wire_server.client import WireServer


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    file = tmp_path / "keyring.json"
    monkeypatch.setenv("DATELINE_TEST_KEYRING", str(file))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]
    yield file
    keyring.set_keyring(before)


@pytest.fixture
def server() -> WireServer:
    made = wire_server()
    made.reset()
    return made


def types(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words + "\n"))


def test_an_entry_goes_to_a_newsrooms_own_server(
    run: Run,
    blog: str,
    entry_file: Path,
    secrets: Path,
    server: WireServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    types(monkeypatch, server.token)
    added = run(
        *("account", "add", "wire", "newsroom", "--secret-stdin"),
        *("--set", f"address={server.address}", "--set", "settle=1"),
    )
    assert added.code == 0, added.err
    assert run("target", "add", blog, "newsroom").code == 0
    checked = run("account", "check", "newsroom")
    assert checked.code == 0, checked.err
    run("entry", "add", blog, str(entry_file), "--publish")
    assert run("sync", "--timeout", "20").code == 0
    (there,) = server.public()
    assert there["content"]["headline"] == "Water reaches the old bridge"
    assert server.twice() == []
    assert server.token in secrets.read_text("utf-8")
    profile = [file for file in (entry_file.parent / "profile").rglob("*") if file.is_file()]
    assert profile
    assert all(server.token.encode() not in file.read_bytes() for file in profile)


def test_a_secret_that_is_refused_is_given_anew_and_nothing_was_lost(
    run: Run,
    blog: str,
    entry_file: Path,
    secrets: Path,
    server: WireServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    types(monkeypatch, "an old password")
    run(
        *("account", "add", "wire", "newsroom", "--secret-stdin"),
        *("--set", f"address={server.address}", "--set", "settle=1"),
    )
    run("target", "add", blog, "newsroom")
    run("entry", "add", blog, str(entry_file), "--publish")
    assert "sign in" in run("account", "check", "newsroom").err
    run("sync", "--timeout", "5")
    before = len(server.requests())
    assert "sign in" in run("account", "list").out
    run("sync", "--timeout", "5")
    assert len(server.requests()) == before
    types(monkeypatch, server.token)
    assert run("account", "sign-in", "newsroom").code == 0
    assert run("sync", "--timeout", "20").code == 0
    assert len(server.public()) == 1


def test_an_account_whose_secret_cannot_be_kept_is_not_made(
    run: Run, server: WireServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, server.token)
    added = run(
        *("account", "add", "wire", "newsroom", "--secret-stdin"),
        *("--set", f"address={server.address}"),
    )
    assert added.code != 0
    assert "newsroom" not in run("account", "list").out


def test_an_address_without_encryption_is_refused(run: Run) -> None:
    added = run("account", "add", "wire", "x", "--set", "address=http://news.example.org")
    assert added.code == 1
    assert "https://" in added.err
