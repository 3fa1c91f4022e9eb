"""Each line of the outbox says where an entry stands and what it waits for; each case by name."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.domain.blog import AccountState, Role
from editor.domain.ids import AccountId, BlogId, EntryId, TargetId
from editor.problems import Problem
from editor.sync.delivery import Phase, Visibility
from editor.sync.report import Sending, SyncState
from editor.ui.messages import part_of
from editor.ui.outbox_words import (
    NEEDS_YOU,
    State,
    outbox_sentence,
    question,
    state_of,
    word,
)
from editor.ui.status_words import clock_sentence, status_sentence
from editor.ui.words import SENTENCES
from editor.views import AccountRow, OutboxRow

NOW = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Budapest")  # one hour ahead: NOW is 14:00 there
ONLINE = SyncState(online=True)
OFFLINE = SyncState(online=False)


def row(**facts: object) -> OutboxRow:
    given = {"phase": Phase.PENDING, "wanted": Visibility.PUBLIC, "bytes": 412_000, **facts}
    return OutboxRow(
        entry=EntryId("e"),
        target=TargetId("t"),
        blog=BlogId("b"),
        headline="Water at the bridge",
        blog_headline="Flood",
        target_name="newsroom.example",
        attempts=0,
        **given,  # type: ignore[arg-type]
    )


def public(**facts: object) -> OutboxRow:
    given = {"held": Visibility.PUBLIC, "published": at(3), **facts}
    return row(**given)


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def problem(code: str, **detail: str | int) -> Problem:
    return Problem(code=code, detail=detail)


def sending(done: int, total: int) -> SyncState:
    on_its_way = Sending(entry=EntryId("e"), target=TargetId("t"), done=done, bytes=total)
    return SyncState(online=True, sending=on_its_way)


CASES: dict[str, tuple[OutboxRow, SyncState, str]] = {
    "saved, waits for its embargo": (
        row(not_before=at(180)),
        ONLINE,
        "Saved on this laptop: will go out at 17:00.",
    ),
    "saved, goes out on another day": (
        row(not_before=at(24 * 60)),
        OFFLINE,
        "Saved on this laptop: will go out at 23 Nov 14:00.",
    ),
    "saved, waits to be released": (
        row(released=False),
        ONLINE,
        "Saved on this laptop: waits until it is released.",
    ),
    "saved, waits its turn": (row(), ONLINE, "Saved on this laptop: waits its turn."),
    "waits for a connection": (row(), OFFLINE, "Waiting for a connection (412 KB)."),
    "waits for a connection, text alone": (
        row(bytes=0),
        OFFLINE,
        "Waiting for a connection.",
    ),
    "is being sent": (row(), sending(120_000, 412_000), "Sending 120 of 412 KB."),
    "is being sent, size not known": (row(), sending(0, 0), "Sending 412 KB."),
    "nobody knows whether it arrived": (
        row(phase=Phase.IN_DOUBT, next_try=at(7)),
        ONLINE,
        "Not sure it arrived: checking at 14:07.",
    ),
    "nobody knows, and it is looked up": (
        row(phase=Phase.IN_DOUBT),
        ONLINE,
        "Not sure it arrived: checking now.",
    ),
    "nobody knows, and there is no connection": (
        row(phase=Phase.IN_DOUBT, next_try=at(7)),
        OFFLINE,
        "Not sure it arrived: checking when there is a connection.",
    ),
    "somebody changed it there, not looked at yet": (
        row(phase=Phase.IN_DOUBT, problem=problem("changed-there"), held=Visibility.PUBLIC),
        ONLINE,
        "Public; somebody changed it there: looking at what is new.",
    ),
    "in review": (
        row(phase=Phase.DONE, wanted=Visibility.DESK, held=Visibility.DESK),
        ONLINE,
        "In review.",
    ),
    "in review, a later text waits": (
        row(wanted=Visibility.DESK, held=Visibility.DESK),
        OFFLINE,
        "In review; your later change waits for a connection.",
    ),
    "a draft there, scheduled": (
        row(held=Visibility.DESK, not_before=at(180)),
        ONLINE,
        "At the desk; it will be public at 17:00.",
    ),
    "public": (public(phase=Phase.DONE), ONLINE, "Public since 14:03."),
    "public, photos follow": (
        public(text_only=True, bytes=380_000),
        ONLINE,
        "Public since 14:03; photos follow (380 KB).",
    ),
    "public, photos wait for a connection": (
        public(text_only=True, bytes=380_000),
        OFFLINE,
        "Public since 14:03; photos (380 KB) wait for a connection.",
    ),
    "public, photos are being sent": (
        public(text_only=True, bytes=380_000),
        sending(120_000, 380_000),
        "Public since 14:03; sending photos: 120 of 380 KB.",
    ),
    "public, a later change waits for approval": (
        public(released=False),
        ONLINE,
        "Public since 14:03; your later change waits for approval.",
    ),
    "public, a later change waits for its turn": (
        public(),
        ONLINE,
        "Public since 14:03; your later change waits its turn.",
    ),
    "public, and nobody knows whether the change arrived": (
        public(phase=Phase.IN_DOUBT, next_try=at(7)),
        ONLINE,
        "Public since 14:03; not sure your later change arrived: checking at 14:07.",
    ),
    "public, and is being taken back": (
        public(wanted=Visibility.GONE),
        sending(0, 300),
        "Public since 14:03; taking it back now.",
    ),
    "public, and cannot be taken back yet": (
        public(wanted=Visibility.GONE),
        OFFLINE,
        "Public since 14:03; taking it back waits for a connection.",
    ),
    "withdrawn": (
        row(phase=Phase.DONE, wanted=Visibility.GONE, held=Visibility.GONE),
        ONLINE,
        "Withdrawn.",
    ),
    "refused, and why": (
        row(phase=Phase.REFUSED, problem=problem("photo-failed")),
        ONLINE,
        "Refused. The photo could not be read.",
    ),
    "refused, and nobody said why": (
        row(phase=Phase.REFUSED),
        ONLINE,
        "Refused. It was not said why.",
    ),
    "refused, the earlier text stays public": (
        public(phase=Phase.REFUSED, problem=problem("photo-failed")),
        ONLINE,
        "Public since 14:03; your later change was refused. The photo could not be read.",
    ),
    "the desk changed this too": (
        public(phase=Phase.CONFLICT, problem=problem("remote-changed")),
        ONLINE,
        "Public since 14:03. The desk changed this too: choose which text to keep.",
    ),
    "the desk took this down": (
        public(phase=Phase.CONFLICT, problem=problem("remote-gone")),
        ONLINE,
        "The desk took this down: send it again, or leave it down.",
    ),
    "the desk took this off the page": (
        public(phase=Phase.CONFLICT, problem=problem("remote-unpublished")),
        ONLINE,
        "The desk took this off the page: send it again, or leave it.",
    ),
    "sign in to continue": (
        row(account_state=AccountState.SIGN_IN),
        ONLINE,
        "Sign in to continue (7 waiting).",
    ),
    "public, sign in to continue": (
        public(account_state=AccountState.SIGN_IN),
        ONLINE,
        "Public since 14:03; your later change waits: sign in to continue (7 waiting).",
    ),
    "the server asks to wait": (
        row(closed_until=at(20)),
        ONLINE,
        "The server asks to wait until 14:20.",
    ),
    "public, the server asks to wait": (
        public(closed_until=at(20)),
        ONLINE,
        "Public since 14:03; your later change waits: the server asks to wait until 14:20.",
    ),
    "paused": (
        row(account_state=AccountState.PAUSED),
        ONLINE,
        "Paused: nothing is sent until you resume.",
    ),
    "public, paused": (
        public(account_state=AccountState.PAUSED, text_only=True, bytes=0),
        ONLINE,
        "Public since 14:03; photos wait: sending is paused.",
    ),
    "paused while nobody knows whether it arrived": (
        row(phase=Phase.IN_DOUBT, account_state=AccountState.PAUSED),
        ONLINE,
        "Not sure it arrived: checking when you resume.",
    ),
    "sign in, and nobody knows whether it arrived": (
        row(phase=Phase.IN_DOUBT, account_state=AccountState.SIGN_IN),
        ONLINE,
        "Not sure it arrived: sign in to continue (7 waiting).",
    ),
    "the server asks to wait, and nobody knows whether it arrived": (
        row(phase=Phase.IN_DOUBT, closed_until=at(20)),
        ONLINE,
        "Not sure it arrived: the server asks to wait until 14:20.",
    ),
    "many are gone at once": (
        public(emptied=12),
        ONLINE,
        "Waits for your answer: 12 entries are gone from there at once.",
    ),
    "a failure that is tried again": (
        row(problem=problem("disk-full"), next_try=at(7)),
        ONLINE,
        "The disk is full: free some space, then it goes on. Next try at 14:07.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_line_of_the_outbox_says(case: str) -> None:
    what, sync, said = CASES[case]
    assert outbox_sentence(what, sync, NOW, ZONE, waiting=7) == said


def test_an_embargo_goes_by_the_servers_clock() -> None:
    ahead = SyncState(online=True, skew=600.0)
    assert state_of(row(not_before=at(-5)), ahead, NOW) is State.SCHEDULED
    assert state_of(row(not_before=at(-5)), ONLINE, NOW) is State.WAITS


def test_sign_in_does_not_count_one() -> None:
    alone = row(account_state=AccountState.SIGN_IN)
    assert outbox_sentence(alone, ONLINE, NOW, ZONE, waiting=1) == "Sign in to continue."


def test_many_gone_at_once_is_a_question() -> None:
    assert question("newsroom.example", 12) == (
        "12 entries are gone from newsroom.example at once:"
        " nothing is sent until you say what happened."
    )


@pytest.mark.parametrize(
    ("done", "total", "said"),
    [
        (120_000, 412_000, "120 of 412 KB"),
        (0, 800, "0 of 800 bytes"),
        (400_000, 1_400_000, "0.4 of 1.4 MB"),
        (2_000_000, 1_400_000, "1.4 of 1.4 MB"),
    ],
)
def test_progress_is_told_in_the_unit_of_the_whole(done: int, total: int, said: str) -> None:
    assert part_of(done, total) == said


times = st.none() | st.integers(-3000, 3000).map(at)
rows = st.builds(
    OutboxRow,
    entry=st.just(EntryId("e")),
    target=st.just(TargetId("t")),
    blog=st.just(BlogId("b")),
    headline=st.just("Water"),
    blog_headline=st.just("Flood"),
    target_name=st.just("site"),
    account=st.just(AccountId("a")),
    wanted=st.sampled_from(Visibility),
    held=st.sampled_from(Visibility),
    phase=st.sampled_from(Phase),
    attempts=st.integers(0, 20),
    bytes=st.integers(0, 10**10),
    next_try=times,
    not_before=times,
    closed_until=times,
    published=times,
    problem=st.none() | st.sampled_from(sorted(SENTENCES)).map(problem),
    text_only=st.booleans(),
    released=st.booleans(),
    emptied=st.sampled_from((0, 0, 0, 12)),
    account_state=st.sampled_from(AccountState),
)
states = st.builds(
    SyncState,
    online=st.none() | st.booleans(),
    sending=st.none()
    | st.builds(
        Sending,
        entry=st.just(EntryId("e")),
        target=st.just(TargetId("t")),
        done=st.integers(0, 10**7),
        bytes=st.integers(0, 10**7),
    ),
    skew=st.floats(-7200, 7200),
)


@given(rows, states)
def test_no_line_is_empty_or_a_code(what: OutboxRow, sync: SyncState) -> None:
    said = outbox_sentence(what, sync, NOW, ZONE, waiting=3)
    assert re.fullmatch(r"[A-Z…“0-9].*[.!?]", said), said
    assert "  " not in said
    assert "None" not in said
    assert not re.search(r"[.;:]\.|\{", said), said
    code = what.problem.code if what.problem else "-"
    assert code not in said or "-" not in code
    assert word(what, state_of(what, sync, NOW))


@given(rows, states)
def test_what_needs_a_person_is_never_said_to_go_on_by_itself(
    what: OutboxRow, sync: SyncState
) -> None:
    if state_of(what, sync, NOW) in NEEDS_YOU - {State.EMPTIED}:
        said = outbox_sentence(what, sync, NOW, ZONE)
        assert "waits its turn" not in said


def account(kind: str = "wordpress", state: AccountState = AccountState.READY) -> AccountRow:
    return AccountRow(id=AccountId(kind), name=kind, kind=kind, role=Role.DESK, state=state)


FOLDER, SERVER = account("site"), account()
SIGN_IN = account(state=AccountState.SIGN_IN)


@pytest.mark.parametrize(
    ("accounts", "facts", "said"),
    [
        ([FOLDER], {}, "Everything is saved on this laptop"),
        ([FOLDER, SERVER], {}, "Online"),
        ([FOLDER, SERVER], {"sending": (120_000, 412_000)}, "Sending 120 of 412 KB"),
        ([FOLDER, SERVER], {"sending": (0, 0)}, "Sending…"),
        (
            [FOLDER, SERVER],
            {"online": False, "since": at(-49)},
            "Offline since 13:11 — everything is saved on this laptop",
        ),
        ([SERVER], {"online": False}, "Offline — everything is saved on this laptop"),
        ([FOLDER, SIGN_IN], {"waiting": 7}, "Sign in to continue (7 waiting)"),
        ([FOLDER, SIGN_IN], {}, "Sign in to continue"),
        (
            [account("site", AccountState.PAUSED), SIGN_IN],
            {"waiting": 7, "online": False},
            "Paused: nothing is sent until you resume",
        ),
    ],
)
def test_the_foot_of_the_window_says(
    accounts: list[AccountRow], facts: dict[str, object], said: str
) -> None:
    assert status_sentence(accounts, NOW, ZONE, **facts) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("skew", "said"),
    [
        (0.0, ""),
        (30.0, ""),
        (-29.0, ""),
        (45.0, "This laptop’s clock is 45 s ahead of the server’s."),
        (180.0, "This laptop’s clock is 3 min ahead of the server’s."),
        (-7500.0, "This laptop’s clock is 2 h 5 min behind the server’s."),
        (86_400.0, "This laptop’s clock is 24 h ahead of the server’s."),
    ],
)
def test_a_wrong_clock_is_told(skew: float, said: str) -> None:
    assert clock_sentence(skew) == said
