"""Posts are looked up only where that is allowed, kept as they were seen, and seen again beside that."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from editor.content.kept import Kept, Medium
from editor.desk.embeds import Standing, capture, is_edited, kept, look_again, looks, story
from editor.embeds.results import StoryFacts
from editor.problems import Refused
from editor.settings import Fetching, Settings, load_settings, save_settings
from tests.embeds.samples import (
    BLUESKY,
    DID,
    MASTODON,
    POSTS,
    RESOLVE,
    STATUS,
    X,
    bluesky_view,
    status,
)
from tests.embeds.web import Reply, Web, page, said
from tests.rooms import TestRoom

STORY = "https://news.example/a"


@pytest.fixture
def web() -> Iterator[Web]:
    made = Web()
    made.answers[STATUS] = said(status())
    made.answers["news.example"] = page("<title>Water</title>")
    yield made
    made.close()


def ask(house: TestRoom, web: Web, url: str = MASTODON) -> Any:
    return capture(house.room, url, protected=False, allowed=True, fetch=web.fetcher())


def again(house: TestRoom, web: Web, snapshot: str) -> Any:
    return look_again(house.room, snapshot, protected=False, allowed=True, fetch=web.fetcher())


def test_what_was_seen_is_kept_with_the_time_it_was_seen(house: TestRoom, web: Web) -> None:
    found = ask(house, web)
    assert (found.standing, found.problem) == (Standing.KEPT, None)
    assert found.kept.captured == house.clock.now()
    assert kept(house.room, found.snapshot) == found.kept
    assert kept(house.room, "0" * 64) is None
    assert looks(house.room, MASTODON) == (found.kept,)


@pytest.mark.parametrize(("protected", "allowed"), [(True, True), (True, False), (False, False)])
def test_nothing_is_asked_of_anybody_for_a_protected_entry_or_where_it_is_switched_off(
    house: TestRoom,
    web: Web,
    monkeypatch: pytest.MonkeyPatch,
    protected: bool,
    allowed: bool,
) -> None:
    first = ask(house, web)
    asked, requests = len(web.asked), len(web.requests)
    touched: list[str] = []
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, lambda *_, name=name: touched.append(name))
    monkeypatch.setattr(socket.socket, "connect", lambda *_: touched.append("connect"))
    how: dict[str, Any] = {"protected": protected, "allowed": allowed}
    # by a fetcher that counts, and by the one that asks the internet itself
    for fetch in (web.fetcher(), None):
        for url in (MASTODON, BLUESKY, X, "https://t.me/river_watch/1042", "no address"):
            found = capture(house.room, url, fetch=fetch, **how)
            assert found.standing is (Standing.PROTECTED if protected else Standing.OFF)
            assert found.problem is not None
            assert (found.snapshot, found.kept) == ("", None)
        looked = look_again(house.room, first.snapshot, fetch=fetch, **how)
        assert looked.standing is (Standing.PROTECTED if protected else Standing.OFF)
        told = story(STORY, fetch=fetch, **how)
        assert (told.facts, told.problem) == (None, found.problem)
    assert touched == []
    assert (len(web.asked), len(web.requests)) == (asked, requests)
    with house.store.read() as tx:
        assert tx.snapshots(MASTODON) == (first.kept,)


def test_a_post_that_is_as_it_was_is_another_snapshot_of_the_same(
    house: TestRoom, web: Web
) -> None:
    first = ask(house, web)
    house.clock.forward(hours=1)
    second = again(house, web, first.snapshot)
    assert second.standing is Standing.KEPT
    assert second.snapshot != first.snapshot
    assert second.kept == replace(first.kept, captured=first.kept.captured + timedelta(hours=1))
    with house.store.read() as tx:
        assert tx.snapshots(MASTODON) == (first.kept, second.kept)


def test_a_post_that_was_edited_since_is_told_and_the_first_snapshot_stands(
    house: TestRoom, web: Web
) -> None:
    first = ask(house, web)
    house.clock.forward(minutes=5)
    web.answers[STATUS] = said(status(content="<p>همه چیز آرام است</p>"))
    second = again(house, web, first.snapshot)
    assert (second.standing, second.kept.text) == (Standing.EDITED, "همه چیز آرام است")
    with house.store.read() as tx:
        assert tx.snapshot(first.snapshot) == first.kept


def test_a_post_that_was_deleted_since_is_told_and_its_words_stand(
    house: TestRoom, web: Web
) -> None:
    first = ask(house, web)
    web.answers[STATUS] = Reply(status=410)
    second = again(house, web, first.snapshot)
    assert (second.standing, second.snapshot, second.kept) == (Standing.GONE, "", None)
    with house.store.read() as tx:
        assert tx.snapshots(MASTODON) == (first.kept,)


def test_trouble_on_the_way_makes_no_post_deleted(house: TestRoom, web: Web) -> None:
    first = ask(house, web)
    for answer, standing in (
        (Reply(status=401), Standing.DENIED),
        (Reply(status=503), Standing.UNREAD),
        (Reply(body=b"<html>", kind="text/html"), Standing.UNREAD),
    ):
        web.answers[STATUS] = answer
        assert again(house, web, first.snapshot).standing is standing


def test_a_post_of_bluesky_is_found_again_under_a_new_handle(house: TestRoom, web: Web) -> None:
    web.answers[RESOLVE] = said({"did": DID})
    web.answers[POSTS] = said({"posts": [bluesky_view()]})
    first = ask(house, web, BLUESKY)
    house.clock.forward(minutes=1)
    del web.answers[RESOLVE]
    view = bluesky_view()
    view["author"]["handle"] = "other.example.org"
    web.answers[POSTS] = said({"posts": [view]})
    second = again(house, web, first.snapshot)
    assert (second.standing, second.kept.handle) == (Standing.KEPT, "@other.example.org")
    assert looks(house.room, BLUESKY) == (first.kept, second.kept)


def test_only_the_posts_own_words_pictures_and_edits_make_it_edited(house: TestRoom) -> None:
    post = Kept(url=X, network="x", captured=house.clock.now(), text="آب", author="River")
    assert not is_edited(post, replace(post, author="Other", handle="@o", language="fa"))
    assert is_edited(post, replace(post, text="آب "))
    assert is_edited(post, replace(post, media=(Medium(),)))
    assert is_edited(post, replace(post, edited=house.clock.now()))


def test_a_post_that_is_typed_and_an_address_of_none_say_so(house: TestRoom, web: Web) -> None:
    typed = ask(house, web, "https://www.instagram.com/p/C8abcDEFghi/")
    assert typed.standing is Standing.TYPED
    assert ask(house, web, STORY).standing is Standing.UNREAD
    assert web.silent


def test_a_snapshot_that_is_not_there_is_refused(house: TestRoom, web: Web) -> None:
    with pytest.raises(Refused, match="no-such-snapshot"):
        again(house, web, "0" * 64)


def test_a_story_is_read_and_nothing_is_kept(house: TestRoom, web: Web) -> None:
    told = story(STORY, protected=False, allowed=True, fetch=web.fetcher())
    assert told.facts == StoryFacts(url=STORY, headline="Water")
    web.answers["news.example"] = Reply(status=404)
    told = story(STORY, protected=False, allowed=True, fetch=web.fetcher())
    assert told.facts is None
    assert told.problem is not None
    assert told.problem.code == "story-gone"


@pytest.mark.parametrize(
    ("fetching", "asked", "by_itself"),
    [(Fetching.NEVER, False, False), (Fetching.ASKED, True, False), (Fetching.AT_ONCE, True, True)],
)
def test_a_profile_says_when_something_may_be_looked_up(
    fetching: Fetching, asked: bool, by_itself: bool
) -> None:
    settings = Settings(fetching=fetching)
    assert settings.may_fetch(asked=True) is asked
    assert settings.may_fetch(asked=False) is by_itself


def test_what_a_profile_allows_is_kept_and_what_cannot_be_read_allows_nothing(
    house: TestRoom,
) -> None:
    place = house.profile.choices
    assert load_settings(place).fetching is Fetching.ASKED
    for fetching in Fetching:
        save_settings(place, Settings(fetching=fetching))
        assert load_settings(place) == Settings(fetching=fetching)
    assert [file.name for file in place.parent.glob("settings*")] == ["settings.json"]
    for damage in (b"", b"{", b'{"fetching": "always"}', b"\xff", b"7"):
        place.write_bytes(damage)
        assert load_settings(place).fetching is Fetching.NEVER
    # a newer version may have more to say
    place.write_bytes(b'{"fetching": "at-once", "later": 1}')
    assert load_settings(place).fetching is Fetching.AT_ONCE


def test_a_settings_file_that_is_a_folder_allows_nothing(tmp_path: Path) -> None:
    assert load_settings(tmp_path).fetching is Fetching.NEVER
