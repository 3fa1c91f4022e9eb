"""``dateline post`` tells a post by its address, looks it up where that is asked for and allowed, and keeps what it said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.newsroom import Newsroom
from editor.paths import Profile
from tests.cli.conftest import Run
from tests.embeds.samples import MASTODON, STATUS, status
from tests.embeds.web import Reply, Web, said


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    made = Web()
    made.answers[STATUS] = said(status())
    monkeypatch.setattr("editor.embeds.fetching.Fetcher", made.fetcher)
    yield made
    made.close()


def test_a_post_is_told_by_its_address_and_nobody_is_asked(run: Run, web: Web) -> None:
    told = run("--json", "post", "show", f"{MASTODON}?utm_source=x").json
    assert told == {
        "network": "mastodon",
        "url": MASTODON,
        "handle": "@gauges@social.example",
        "post": "113456789012345678",
        "can_be_fetched": True,
    }
    assert run("post", "show", MASTODON).out == f"Mastodon  {MASTODON}\n"
    refused = run("post", "show", "https://news.example/a")
    assert refused.code == 1
    assert "not the address of a post" in refused.err
    assert web.silent


def test_a_post_is_looked_up_and_kept(run: Run, web: Web, tmp_path: Path) -> None:
    told = run("--json", "post", "show", MASTODON, "--fetch").json
    assert told["kept"]["author"] == "سیل‌سنج"
    with Newsroom(Profile(tmp_path / "profile")) as newsroom, newsroom.store.read() as tx:
        kept = tx.snapshot(told["snapshot"])
    assert kept is not None
    assert kept.text == told["kept"]["text"]
    lines = run("post", "show", MASTODON, "--fetch").lines
    assert lines[1] == "سیل‌سنج  @gauges@social.example"
    assert "[image] میل در آب" in lines


def test_what_is_not_there_or_not_allowed_is_one_sentence(run: Run, web: Web) -> None:
    web.answers[STATUS] = Reply(status=404)
    gone = run("post", "show", MASTODON, "--fetch")
    assert (gone.code, len(gone.err.splitlines())) == (1, 1)
    assert "deleted" in gone.err
    asked = len(web.requests)
    assert run("post", "fetching").out == "asked\n"
    assert run("post", "fetching", "never").out == "never\n"
    off = run("post", "show", MASTODON, "--fetch")
    assert off.code == 1
    assert "switched off" in off.err
    assert len(web.requests) == asked
    assert run("--json", "post", "fetching").json == {"fetching": "never"}
