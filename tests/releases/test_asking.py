"""Nobody is asked while it is off, once a day at most while it is on, and an old note is told from no news."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.problems import Problem, Refused, Unavailable
from editor.releases.source import Source
from editor.settings import Settings, load_settings, save_settings
from tests.releases.notes import OTHER, SOURCE, Web, release, releases, signed
from tests.rooms import TestRoom


@pytest.fixture
def at(tmp_path: Path) -> Iterator[TestRoom]:
    room = TestRoom(tmp_path / "profile")
    yield room
    room.close()


@pytest.fixture
def web() -> Web:
    return Web()


def switch_on(at: TestRoom, where: str = "") -> None:
    save_settings(at.profile.choices, Settings(updates=True, updates_from=where))


def test_it_is_off_unless_somebody_switches_it_on(at: TestRoom, web: Web) -> None:
    assert not releases(at, web).is_due()
    assert not load_settings(at.profile.choices).updates
    at.profile.choices.write_text("{")
    assert not releases(at, web).is_due(), "what cannot be read allows nothing"
    switch_on(at)
    assert releases(at, web).is_due()
    assert not releases(at, web, source=Source()).is_due(), "there is nobody to ask"
    switch_on(at, "https://elsewhere.example/note")
    assert releases(at, web, source=Source()).is_due()
    assert web.asked == []


def test_it_asks_at_most_once_a_day_also_when_nobody_answers(at: TestRoom, web: Web) -> None:
    switch_on(at)
    web.note = Unavailable(Problem(code="web-unreached", detail={"host": "there"}))
    with pytest.raises(Unavailable):
        releases(at, web).ask()
    assert not releases(at, web).is_due()
    at.clock.forward(hours=23, minutes=59)
    assert not releases(at, web).is_due()
    at.clock.forward(minutes=1)
    assert releases(at, web).is_due()
    assert web.asked == [SOURCE.address]


def test_a_clock_that_was_put_back_does_not_keep_it_silent(at: TestRoom, web: Web) -> None:
    switch_on(at)
    at.clock.forward(days=400)
    releases(at, web).ask()
    at.clock.forward(days=-400)
    assert releases(at, web).is_due()


def test_only_a_version_that_comes_after_this_one_is_told(at: TestRoom, web: Web) -> None:
    assert releases(at, web, own="1.2").ask() == release()
    assert releases(at, web, own="1.3").ask() is None
    assert releases(at, web, own="2.0").ask() is None


def test_a_note_that_is_older_than_one_that_was_heard_does_not_count(
    at: TestRoom, web: Web
) -> None:
    web.note = signed(release("1.3.1", day=21))
    assert releases(at, web).ask() == release("1.3.1", day=21)
    for old in (release("1.3", day=20), release("9.9", day=1)):
        web.note = signed(old)
        with pytest.raises(Refused) as raised:
            releases(at, web).ask()
        assert raised.value.first.code == "release-old"
    web.note = signed(release("1.3.1", day=21))
    assert releases(at, web).ask() is not None


def test_a_forged_note_leaves_no_trace(at: TestRoom, web: Web) -> None:
    web.note = signed(release("9.9", day=30), OTHER)
    with pytest.raises(Refused):
        releases(at, web).ask()
    web.note = signed(release("1.3", day=2))
    assert releases(at, web).ask() == release("1.3", day=2)


def test_the_users_own_address_is_asked_in_the_place_of_the_usual_one(
    at: TestRoom, web: Web
) -> None:
    switch_on(at, "https://mirror.example/note.txt")
    releases(at, web).ask()
    assert web.asked == ["https://mirror.example/note.txt"]
    with pytest.raises(Refused) as raised:
        save_settings(at.profile.choices, Settings())
        releases(at, web, source=Source()).ask()
    assert raised.value.first.code == "release-no-address"
    assert len(web.asked) == 1


def test_a_version_that_was_put_away_stays_away_and_the_next_does_not(
    at: TestRoom, web: Web
) -> None:
    asking = releases(at, web)
    found = asking.ask()
    assert found is not None
    assert not asking.is_put_away(found)
    asking.put_away(found)
    assert releases(at, web).is_put_away(found)
    assert not releases(at, web).is_put_away(release("1.4"))
    assert stat.S_IMODE(at.profile.newer.stat().st_mode) == 0o600


def test_nobody_is_asked_where_it_cannot_be_kept_that_it_was_done(at: TestRoom, web: Web) -> None:
    at.profile.newer.mkdir()
    with pytest.raises(Refused) as raised:
        releases(at, web).ask()
    assert raised.value.first.code == "release-not-kept"
    assert web.asked == []
