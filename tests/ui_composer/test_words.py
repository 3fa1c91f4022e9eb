"""Marks, lists and links as functions of a text and its selection; the live styling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.ui.blocks.editing import Selected, linked, listed, next_item, toggled
from editor.ui.blocks.marks import Mark, spans
from editor.ui.blocks.writing import plain_paragraphs
from editor.ui.composer.arranging import matched
from editor.ui.composer.compare import differences_html
from editor.ui.composer.history_stack import HistoryStack

MARKED = "|"


def selected(text: str) -> Selected:
    start = text.index(MARKED)
    rest = text[start + 1 :]
    end = start + rest.index(MARKED) if MARKED in rest else start
    return Selected(text.replace(MARKED, ""), start, end)


@pytest.mark.parametrize(
    ("before", "mark", "after"),
    [
        ("the |big| wave", "**", "the **big** wave"),
        ("the **|big|** wave", "**", "the big wave"),
        ("the |**big**| wave", "**", "the big wave"),
        ("the b|ig wave", "**", "the **big** wave"),
        ("the |big | wave", "*", "the *big*  wave"),
        ("**|big|**", "*", "***big***"),
        ("***|big|***", "**", "*big*"),
        ("|one\n\ntwo|", "**", "**one**\n\n**two**"),
        ("|**one**\n\n**two**|", "**", "one\n\ntwo"),
        ("|", "**", "****"),
        ("كتب |الكاتب| هنا", "**", "كتب **الكاتب** هنا"),
        ("👩‍👩‍👧 |family| e\u0301", "*", "👩‍👩‍👧 *family* e\u0301"),
    ],
)
def test_a_mark_goes_on_and_off(before: str, mark: str, after: str) -> None:
    assert toggled(selected(before), mark).text == after


@given(st.text(st.sampled_from("ab *\n"), max_size=20), st.data())
def test_marking_never_loses_a_letter(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for mark in ("*", "**"):
        done = toggled(Selected(text, start, end), mark)
        assert done.text.replace("*", "") == text.replace("*", "")
        assert 0 <= done.start <= done.end <= len(done.text)


def test_an_address_becomes_the_target_and_words_become_the_link() -> None:
    assert linked(selected("see |https://example.org|")).text == "see [](https://example.org)"
    assert linked(selected("see |the report| now")) == Selected("see [the report]() now", 17, 17)
    assert linked(selected("|words|"), "https://e.org").text == "[words](https://e.org)"


def test_paragraphs_become_items_and_items_paragraphs() -> None:
    assert listed(selected("|one\n\ntwo|")).text == "- one\n- two"
    assert listed(selected("|- one\n- two|")).text == "one\ntwo"
    assert listed(selected("|")).text == "- "


@pytest.mark.parametrize(
    ("line", "then"),
    [
        ("- one", "- "),
        ("3. c", "4. "),
        ("    * x", "    * "),
        ("- ", ""),
        ("7.", ""),
        ("text", None),
    ],
)
def test_a_list_goes_on_by_itself(line: str, then: str | None) -> None:
    assert next_item(line) == then


def test_marks_fade_and_what_they_mark_is_styled() -> None:
    found = {
        ("a **b** *c* [d](https://e.org)"[s:e], m)
        for s, e, m in spans("a **b** *c* [d](https://e.org)")
    }
    assert ("b", Mark.BOLD) in found
    assert ("c", Mark.ITALIC) in found
    assert ("d", Mark.LINK) in found
    assert ("**", Mark.FADED) in found
    assert ("](https://e.org)", Mark.FADED) in found


@given(st.text(st.sampled_from("ab *_[]()`#->1.\\"), max_size=40))
def test_styled_stretches_are_in_order_and_never_overlap(line: str) -> None:
    at = 0
    for start, end, _ in spans(line):
        assert at <= start <= end <= len(line)
        at = end


def test_differences_are_escaped() -> None:
    old = Content(headline="<b>", body=(Text(text="<script>"),))
    html = differences_html(old, Content(), add="#0f0", remove="#f00", quiet="#999")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_every_widget_is_used_once_and_equal_blocks_keep_theirs(
    old: list[int], new: list[int]
) -> None:
    before = [Text(text=str(number)) for number in old]
    after = [Text(text=str(number)) for number in new]
    found = matched(before, after)
    used = [at for at in found if at is not None]
    assert len(used) == len(set(used))
    assert len(used) == min(len(old), len(new))
    if before == after:
        assert found == list(range(len(old)))


@given(st.lists(st.integers(0, 5), max_size=20))
def test_undoing_everything_gives_the_start_and_redoing_everything_the_end(
    steps: list[int],
) -> None:
    start = Content(headline="start")
    stack = HistoryStack(start)
    for step in steps:
        stack.keep(Content(headline=str(step)))
    end = stack.now
    while stack.undo():
        pass
    assert stack.now == start
    while stack.redo():
        pass
    assert stack.now == end


def test_every_kind_of_line_end_becomes_one() -> None:
    assert plain_paragraphs("a\r\nb\rc\u2028d\u2029e") == "a\nb\nc\nd\ne"
