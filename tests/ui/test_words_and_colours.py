"""Every sentence can be read, and so can every colour."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.domain.entry import Stage
from editor.domain.ids import BlogId, EntryId
from editor.problems import Problem, refuse
from editor.ui import messages
from editor.ui.theme.tokens import DARK, LIGHT, Colours, text_pairs
from editor.ui.words import SENTENCES
from editor.views import Badge, Counts, EntryRow

NOW = datetime(2026, 11, 22, 13, 33, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Budapest")


def row(badge: Badge, **facts: object) -> EntryRow:
    return EntryRow(
        id=EntryId("e"),
        blog=BlogId("b"),
        time=NOW,
        headline="Water",
        excerpt="",
        stage=Stage.DRAFT,
        badge=badge,
        **facts,  # type: ignore[arg-type]
    )


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_has_a_contrast_of_four_and_a_half(colours: Colours) -> None:
    weak = []
    for ink, ground in text_pairs():
        pair = (luminance(getattr(colours, ink)), luminance(getattr(colours, ground)))
        ratio = (max(pair) + 0.05) / (min(pair) + 0.05)
        if ratio < 4.5:
            weak.append(f"{ink} on {ground}: {ratio:.2f}")
    assert weak == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_reads_even_when_its_detail_is_missing(code: str) -> None:
    said = messages.sentence(Problem(code=code))
    assert said[-1] in ".!?…"
    assert "{" not in said
    assert all(name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name != None)  # noqa: E711


def test_a_code_without_a_sentence_still_reads() -> None:
    assert messages.sentence(refuse("ink-runs-dry", colour="blue").first) == "Ink runs dry (blue)."


def test_a_place_is_told_in_words() -> None:
    problem = refuse("alt-missing", field="body.2.alt").first
    assert messages.sentence_with_place(problem).startswith("Block 3, the alt text: ")


@pytest.mark.parametrize(
    ("what", "online", "said"),
    [
        (row(Badge.QUEUED, bytes_waiting=1_400_000), False, "waits for a connection · 1.4 MB"),
        (row(Badge.QUEUED), True, "waits for its turn"),
        (row(Badge.IN_REVIEW, submitted_at=NOW - timedelta(minutes=34)), True, "sent 13:59"),
        (
            row(Badge.RETURNED, note="Name the operator, please."),
            True,
            "“Name the operator, please.”",
        ),
        (row(Badge.PUBLISHED, key_event=True, pinned=True), True, "Key event · pinned"),
        (row(Badge.PUBLISHED, corrected=NOW - timedelta(minutes=95)), True, "corrected 12:58"),
        (row(Badge.PUBLISHED, changed=True), True, "your changes are not public yet"),
        (row(Badge.DRAFT, photos=1, quotes=1), True, "1 photo · 1 quote"),
        (row(Badge.SCHEDULED, not_before=NOW + timedelta(days=1)), True, "goes out 23 Nov 14:33"),
    ],
)
def test_an_entry_says_what_it_waits_for(what: EntryRow, online: bool, said: str) -> None:
    assert messages.waits_for(what, ZONE, online=online, now=NOW) == said


@given(st.sampled_from(Badge), st.booleans())
def test_every_badge_has_words(badge: Badge, online: bool) -> None:
    assert messages.badge_word(badge)[0].isupper()
    messages.waits_for(row(badge), ZONE, online=online, now=NOW)


def test_an_entry_with_a_quote_without_a_speaker_says_so_in_words() -> None:
    assert messages.marks(row(Badge.DRAFT, unattributed=2)) == "Quote without a speaker"


def test_the_outbox_counts_or_says_that_all_is_sent() -> None:
    assert messages.outbox_title(Counts(outbox=2)) == "2 waiting in the outbox"
    assert messages.outbox_title(Counts()) == "All sent"


@given(st.integers(0, 10**12))
def test_a_size_is_short(octets: int) -> None:
    assert len(messages.size(octets)) <= 10
