"""What the page says itself, in every language it speaks."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from editor.site.times import clock, date, key_time, moment, zone_name
from editor.site.words import LANGUAGES, Words, counted, direction, words

NIGHT = datetime(2026, 11, 22, 23, 5, tzinfo=UTC)
GAPS = {"updated", "corrected", "clarified", "changed", "withdrawn", "published"}


def test_the_page_speaks_ten_languages() -> None:
    assert set(LANGUAGES) == {"en", "ar", "fa", "he", "de", "fr", "es", "hu", "zh", "hi"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_and_has_its_gap(language: str) -> None:
    said = words(language)
    for field in fields(Words):
        value = getattr(said, field.name)
        if isinstance(value, str):
            assert value.strip()
            assert ("{time}" in value) == (field.name in GAPS)
        else:
            assert "{n}" in value["other"]


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 1, "1 update"),
        ("en", 0, "0 updates"),
        ("fr-CA", 0, "0 publication"),
        ("ar", 1, "تحديث واحد"),
        ("ar", 2, "تحديثان"),
        ("ar", 5, "5 تحديثات"),
        ("ar", 11, "11 تحديثًا"),
        ("ar", 100, "100 تحديث"),
        ("he", 2, "שני עדכונים"),
        ("zh-Hant", 3, "3 条更新"),
        ("nn", 3, "3 updates"),
    ],
)
def test_counted_words_take_the_form_their_number_asks_for(
    language: str, n: int, said: str
) -> None:
    assert counted(words(language).updates, n, language) == said


def test_three_languages_run_from_right_to_left() -> None:
    assert [name for name in LANGUAGES if direction(name) == "rtl"] == ["ar", "fa", "he"]
    assert direction("ur-PK") == "rtl"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Budapest", "00:05 CET"),
        ("Asia/Kathmandu", "04:50 UTC+5:45"),
        ("America/Sao_Paulo", "20:05 UTC-3"),
        ("UTC", "23:05 UTC"),
    ],
)
def test_a_time_is_told_with_its_zone(zone: str, said: str) -> None:
    assert moment(NIGHT, ZoneInfo(zone)) == said
    assert clock(NIGHT, ZoneInfo(zone)) in said
    assert said.endswith(zone_name(NIGHT, ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "23 November 2026"),
        ("de", "23. November 2026"),
        ("hu", "2026. november 23."),
        ("zh", "2026年11月23日"),
        ("he", "23 בנובמבר 2026"),
        ("fa", "23 نوامبر 2026"),
        ("es", "23 de noviembre de 2026"),
    ],
)
def test_a_date_is_the_zones_in_the_words_of_the_language(language: str, said: str) -> None:
    assert date(NIGHT, ZoneInfo("Europe/Budapest"), language) == said


def test_keys_sort_as_text_in_the_order_of_time() -> None:
    later = NIGHT.replace(microsecond=1)
    assert key_time(NIGHT) < key_time(later)
    assert key_time(NIGHT) == key_time(NIGHT.astimezone(ZoneInfo("Asia/Kathmandu")))
