"""What is said of accounts, without a window."""

from __future__ import annotations

import pytest

from editor.domain.blog import AccountState, Role
from editor.sync.backend import May, Place
from editor.ui.accounts.account_words import (
    blogs_sentence,
    clock_line,
    may_lines,
    most,
    places_sentence,
    standing,
)
from editor.ui.accounts.work import name_for, needs_consent


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (None, (False, "")),
        (0.3, (False, "This laptop’s clock agrees with the site’s.")),
        (-12.0, (False, "This laptop’s clock is 12 seconds behind.")),
        (40.2, (True, "This laptop’s clock is 40 seconds ahead.")),
        (-7300.0, (True, "This laptop’s clock is 2 h 2 min behind.")),
    ],
)
def test_the_clocks_are_compared(ahead: float | None, said: tuple[bool, str]) -> None:
    assert clock_line(ahead) == said


def test_what_is_allowed_is_said_in_words_both_ways() -> None:
    lines = {words: on for on, words in may_lines(frozenset((May.PUBLISH,)))}
    assert lines["May publish"] and not lines["May not send photos"]
    assert len(lines) == len(May)


def test_the_role_follows_the_right_to_publish() -> None:
    assert most(frozenset((May.SUBMIT, May.PUBLISH))) is Role.DESK
    assert most(frozenset((May.SUBMIT,))) is most(None) is Role.CORRESPONDENT


def test_an_account_stands_somewhere() -> None:
    assert standing(AccountState.READY, online=True)[0] == "Ready"
    assert standing(AccountState.READY, online=False)[0] == "Offline"
    assert standing(AccountState.READY, online=False, local=True)[0] == "Ready"
    assert standing(AccountState.SIGN_IN, online=True)[0] == "Sign in again"
    assert standing(AccountState.PAUSED, online=True)[0] == "Paused"


def test_long_lists_are_counted_from_the_fifth_on() -> None:
    places = [Place(name=str(n), title=f"Place {n}") for n in range(6)]
    assert places_sentence(places).endswith("Place 3 and 2 more.")
    assert places_sentence(places[:1]) == "1 place for live blogs: Place 0."
    assert places_sentence(()) == "No place for a live blog was found yet."
    heads = ["A", "B", "C"]
    assert blogs_sentence(heads, all_of=3, local=False) == "All 3 live blogs go there."
    assert blogs_sentence(heads, all_of=4, local=False) == "Live blogs: A, B and C"
    assert blogs_sentence((), all_of=4, local=False) == "No live blog goes there yet."


@pytest.mark.parametrize(
    ("address", "asks"),
    [
        ("http://news.example", True),
        ("HTTP://news.example/x", True),
        ("http://192.0.2.7:8080", True),
        ("https://news.example", False),
        ("news.example", False),
        ("http://localhost", False),
        ("http://127.0.0.1:8080/", False),
        ("http://[::1]/", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_consent_is_asked_for_what_others_could_read(address: str, asks: bool) -> None:
    assert needs_consent(address) is asks


def test_an_account_is_called_by_its_host_and_by_more_where_that_is_taken() -> None:
    settings = {"address": "https://news.example:8443/blog", "user": "noor"}
    assert name_for(settings, ()) == "news.example"
    assert name_for(settings, ("news.example",)) == "news.example (noor)"
    taken = ("news.example", "news.example (noor)", "news.example 2")
    assert name_for(settings, taken) == "news.example 3"
    assert name_for({"folder": "/srv/live"}, ()) == "live"
    assert name_for({"address": "news.example"}, ()) == "news.example"
    assert name_for({}, ()) == ""
