"""A name is found by what people type of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.content.names import fits, fitting, folded
from tests.content.strategies import SCRIPTS

FOUND = [
    ("gar", "García"),
    ("GARCÍA", "garcia"),
    ("márq", "Gabriel García Marquez"),
    ("gab márq", "Gabriel García Márquez"),
    ("o'b", "Niamh O’Brien"),
    ("brien", "Niamh O’Brien"),
    ("strasse", "Straße"),
    ("lodz", "Łódź"),
    ("istanbul", "Istanbul"),
    ("izmir", "İzmir"),
    ("angstr", "Ångström"),
    ("soren", "Søren"),
    ("őr", "Orbán"),
    ("خالد", "خَالِد"),
    ("خَالِد", "خالد"),
    ("خـالد", "خالد"),
    ("احمد", "أحمد"),
    ("إبر", "ابراهيم"),
    ("على", "علي"),
    ("علی", "علي"),
    ("کریم", "كريم"),
    ("فاطمه", "فاطمة"),
    ("می‌گ", "میگون"),
    ("דוד", "דָּוִד"),
    ("שָׁל", "שלום"),
    ("प्रि", "प्रिया शर्मा"),
    ("शर्", "प्रिया शर्मा"),
    ("फिर", "फ़िरोज़"),
    ("小明", "李小明"),
    ("明", "李小明"),
    ("たろう", "やまだたろう"),
    ("ｔａｎａ", "Tanaka"),
    ("김", "김민수"),
    ("기", "김민수"),
    ("สม", "นายสมชาย"),
    ("иванов", "Пётр Иванов"),
    ("петр", "Пётр Иванов"),
    ("παπ", "Γιώργος Παπαδόπουλος"),
    ("", "Anybody"),
]
NOT_FOUND = [
    ("arc", "García"),
    ("mar gar", "García Márquez"),
    ("garcia x", "García"),
    ("الد", "خالد"),
    ("कि", "काव्या"),
    ("小王", "李小明"),
    ("ivan", "Иван"),
]


@pytest.mark.parametrize(("typed", "name"), FOUND)
def test_a_name_is_found_by_the_beginning_of_a_word_in_any_script(typed: str, name: str) -> None:
    assert fits(typed, name)


@pytest.mark.parametrize(("typed", "name"), NOT_FOUND)
def test_other_names_are_not_found(typed: str, name: str) -> None:
    assert not fits(typed, name)


names = st.one_of(
    st.text(max_size=20), st.lists(st.sampled_from(SCRIPTS), max_size=2).map(" ".join)
)


@given(names, st.data())
def test_a_name_completes_itself_from_any_beginning_of_its_words(
    name: str, data: st.DataObject
) -> None:
    words = name.split()
    first = data.draw(st.integers(0, len(words)))
    typed = " ".join(words[first:])
    assert fits(typed[: data.draw(st.integers(0, len(typed)))], name)


@given(names, names)
def test_folding_goes_letter_by_letter_and_once_is_enough(one: str, other: str) -> None:
    assert folded(one + other) == folded(one) + folded(other)
    assert folded(folded(one)) == folded(one)


def test_names_that_begin_with_it_come_first_and_the_newest_before_the_older() -> None:
    known = (
        ("Ana García", "nurse"),
        ("Garrett Lee", "mayor"),
        ("Lee", ""),
        ("García López", "pilot"),
    )
    assert fitting("gar", known) == (known[1], known[3], known[0])
    assert fitting("", known) == known
