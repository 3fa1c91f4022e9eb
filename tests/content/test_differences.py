"""Word differences tell both texts whole, and never part a sign from its marks."""

from __future__ import annotations

from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from editor.content.differences import Mark, Run, differences, words
from tests.content import strategies

mixed = st.one_of(
    strategies.words,
    st.text(st.sampled_from("ab 洪水到达桥क्षिनी์ำก\u0301\u200d\ufe0f👩🚒🏽🇭🇺'’\n é가"), max_size=30),
)


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(run.mark.value, run.text) for run in differences(old, new)]


@given(mixed, mixed)
def test_the_runs_are_both_texts(old: str, new: str) -> None:
    runs = differences(old, new)
    assert "".join(run.text for run in runs if run.mark is not Mark.ADDED) == old
    assert "".join(run.text for run in runs if run.mark is not Mark.REMOVED) == new
    assert all(run.text for run in runs)


@given(mixed)
def test_words_joined_are_the_text_and_no_mark_begins_one(text: str) -> None:
    found = words(text)
    assert "".join(found) == text
    assert not any(category(word[0])[0] == "M" for word in found[1:] if word[0] >= "\u0300")


def test_a_word_that_went_and_one_that_came() -> None:
    assert told("did not confirm", "did confirm or deny") == [
        ("same", "did "),
        ("removed", "not "),
        ("same", "confirm"),
        ("added", " or deny"),
    ]


def test_an_apostrophe_stays_in_its_word() -> None:
    assert told("He didn't say", "He did say") == [
        ("same", "He "),
        ("removed", "didn't"),
        ("added", "did"),
        ("same", " say"),
    ]


def test_neighbouring_changed_words_are_told_together() -> None:
    assert told("the old stone bridge", "the new iron bridge") == [
        ("same", "the "),
        ("removed", "old stone"),
        ("added", "new iron"),
        ("same", " bridge"),
    ]


def test_chinese_is_compared_sign_by_sign() -> None:
    assert told("洪水到达旧桥", "洪水到达新桥") == [
        ("same", "洪水到达"),
        ("removed", "旧"),
        ("added", "新"),
        ("same", "桥"),
    ]


def test_arabic_persian_and_devanagari_are_compared_by_words() -> None:
    assert told("وصل الماء إلى الجسر", "وصل الماء إلى البيت")[1:] == [
        ("removed", "الجسر"),
        ("added", "البيت"),
    ]
    assert words("می‌گویند آب") == ["می‌گویند", " ", "آب"]
    assert words("पानी पुल") == ["पानी", " ", "पुल"]


def test_an_accent_a_family_and_a_flag_are_signs() -> None:
    assert words("e\u0301👩🏽\u200d🚒🇭🇺🇸🇰") == ["e\u0301", "👩🏽\u200d🚒", "🇭🇺", "🇸🇰"]
    assert words("ក្រោម") == ["ក្រោ", "ម"]
    assert words("น้ำ") == ["น้ำ"]


def test_what_is_long_and_all_alike_is_told_as_changed_altogether() -> None:
    old, new = "ja " * 5000 + "a", "nein " + "ja " * 4000 + "b"
    assert [run.mark for run in differences(old, new)] == [Mark.REMOVED, Mark.ADDED]


def test_the_same_is_one_run() -> None:
    assert differences("a b", "a b") == (Run(Mark.SAME, "a b"),)
    assert differences("", "") == ()
