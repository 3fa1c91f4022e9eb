"""What others changed is fetched by a command, and everything can be paused by one."""

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
def server(
    run: Run, blog: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[WireServer]:
    """A newsroom's own server that the blog goes to."""
    made = wire_server()
    made.reset()
    monkeypatch.setenv("DATELINE_TEST_KEYRING", str(tmp_path / "keyring.json"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]
    monkeypatch.setattr("sys.stdin", io.StringIO(made.token + "\n"))
    run(
        *("account", "add", "wire", "newsroom", "--secret-stdin"),
        *("--set", f"address={made.address}", "--set", "settle=1"),
    )
    run("target", "add", blog, "newsroom")
    yield made
    made.reset()
    keyring.set_keyring(before)


@pytest.fixture
def entry(run: Run, blog: str, entry_file: Path, server: WireServer) -> str:
    """An entry that is public at the server."""
    (made,) = run("entry", "add", blog, str(entry_file), "--publish").lines
    assert run("sync", "--timeout", "20").code == 0
    return made


def test_the_desks_change_is_fetched_and_nothing_is_sent(
    run: Run, blog: str, entry_file: Path, entry: str, server: WireServer
) -> None:
    (there,) = server.public()
    assert run("pull").code == 0
    server.edit(blog, there["ref"], headline="الماء يبلغ الجسر القديم")
    (other,) = run("entry", "add", blog, str(entry_file), "--publish").lines
    pulled = run("--json", "pull", blog)
    assert pulled.code == 0
    assert pulled.json["fetched"] == [entry]
    shown = run("entry", "show", entry, "--as", "json").json
    assert shown["headline"] == "الماء يبلغ الجسر القديم"
    assert "desk" in run("entry", "history", entry).out
    assert len(server.public()) == 1
    assert other in {row["entry"] for row in run("--json", "outbox").json}
    assert run("pull").out == "Nothing new was fetched.\n"


def test_where_both_changed_the_same_words_a_person_chooses(
    run: Run, blog: str, entry_file: Path, entry: str, server: WireServer
) -> None:
    (there,) = server.public()
    run("pull")
    server.edit(blog, there["ref"], headline="Water stays below the old bridge")
    entry_file.write_text(entry_file.read_text("utf-8").replace("reaches", "covers"), "utf-8")
    run("entry", "edit", entry, str(entry_file), "--correct", "It is higher.")
    pulled = run("pull")
    assert pulled.code == 4
    assert "1 entry waits for your choice." in pulled.out
    assert run("--json", "pull").json["choose"] == [entry]
    assert run("sync", "--timeout", "5").code == 4
    (there,) = server.public()
    assert there["content"]["headline"] == "Water stays below the old bridge"


def test_a_server_that_cannot_be_reached_is_told(run: Run, entry: str, server: WireServer) -> None:
    server.refuse(60)
    ran = run("pull")
    server.heal()
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("dateline: ") == 1
    assert run("pull").code == 0


def test_nothing_is_sent_or_asked_during_a_pause(
    run: Run, blog: str, entry_file: Path, entry: str, server: WireServer
) -> None:
    paused = run("pause")
    assert paused.code == 0
    assert "resume" in paused.out
    asked = len(server.requests())
    run("entry", "add", blog, str(entry_file), "--publish")
    assert run("sync", "--timeout", "5").code == 3
    pulled = run("pull")
    assert pulled.code == 3
    assert "newsroom was not asked: sending is paused." in pulled.out
    assert "paused" in run("outbox").out.casefold()
    assert len(server.requests()) == asked
    assert {row["state"] for row in run("account", "list", "--json").json} == {"paused"}
    assert run("resume").code == 0
    assert run("sync", "--timeout", "20").code == 0
    assert len(server.public()) == 2


def test_sending_to_the_end_does_not_wait_for_the_next_fetch(
    run: Run, entry: str, server: WireServer
) -> None:
    """A target that is asked once a minute would keep ``sync`` from ever ending before its timeout."""
    before = len(server.requests())
    assert run("sync", "--timeout", "3600").code == 0
    assert len(server.requests()) - before <= 2


def test_pulling_a_blog_nobody_knows_is_one_sentence(run: Run) -> None:
    ran = run("pull", "nowhere")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1


def test_what_arrived_after_the_backup_is_not_sent_again_from_it(
    run: Run, blog: str, entry_file: Path, entry: str, server: WireServer, tmp_path: Path
) -> None:
    (other,) = run("entry", "add", blog, str(entry_file), "--publish").lines
    file = tmp_path / "kept.zip"
    assert run("backup", str(file)).code == 0
    assert run("sync", "--timeout", "20").code == 0
    entry_file.write_text(entry_file.read_text("utf-8").replace("7.2", "7.4"), "utf-8")
    run("entry", "edit", entry, str(entry_file), "--correct", "The gauge was misread.")
    assert run("sync", "--timeout", "20").code == 0
    assert run("restore", str(file)).code == 0
    run("sync", "--timeout", "20")
    assert sorted(each["key"] for each in server.public()) == sorted([entry, other])
    assert server.twice() == []
    assert "7.4" in run("entry", "show", entry).out


def test_a_text_that_was_merged_is_published_only_by_its_name(
    run: Run, blog: str, entry_file: Path, server: WireServer
) -> None:
    """Nobody's approval covers a text that he did not see."""
    (made,) = run("entry", "add", blog, str(entry_file), "--submit").lines
    assert run("sync", "--timeout", "20").code == 0
    ((there,),) = (server.objects(blog),)
    server.edit(blog, there["ref"], headline="الماء يبلغ الجسر القديم")
    entry_file.write_text(entry_file.read_text("utf-8").replace("7.2", "7.4"), "utf-8")
    run("entry", "edit", made, str(entry_file), "--submit")
    assert run("pull").code == 0
    refused = run("entry", "publish", made)
    assert refused.code == 1
    newest = run("entry", "show", made, "--as", "json").json["revision"]
    assert newest in refused.err
    assert run("entry", "publish", made, "--revision", newest).code == 0
    assert run("sync", "--timeout", "20").code == 0
    (public,) = server.public()
    assert public["content"]["headline"] == "الماء يبلغ الجسر القديم"
    assert "7.4" in str(public["content"])
