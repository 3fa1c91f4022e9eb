"""What was chosen, with the way back; and how the parts are told."""

from __future__ import annotations

from datetime import UTC

from msgspec.structs import replace

from editor.content.block import Unknown
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.content.merge import BODY, Choice, Own, Part, compare
from editor.domain.blog import Blog
from editor.domain.ids import BlogId, EntryId
from editor.ui.conflict import telling
from editor.ui.conflict.choices import Choices, Texts
from tests.rooms import NOON

BASE = Content(headline="Dam", body=(Text(text="He did not confirm."), Text(text="洪水到达旧桥")))
MINE = replace(BASE, body=(Text(text="He did confirm."), BASE.body[1]))
THEIRS = replace(BASE, headline="The dam", body=(Text(text="He did not deny."), BASE.body[1]))
INK = telling.Ink("#dff", "#fdd")


def choices(base: Content | None = BASE) -> Choices:
    blog = Blog(id=BlogId("b"), slug="b", headline="B", created=NOON, coverage_start=NOON)
    return Choices(Texts(entry=EntryId("e"), blog=blog, base=base, mine=MINE, theirs=THEIRS))


def test_choices_are_undone_and_made_again() -> None:
    made = choices()
    (clash,) = made.waiting()
    assert made.result() is None
    made.choose(clash, Choice.MINE)
    made.choose(clash, Choice.MINE)
    made.choose(clash, Own((Text(text="He said nothing."),)))
    assert made.result() == replace(
        MINE, headline="The dam", body=(Text(text="He said nothing."), BASE.body[1])
    )
    made.undo()
    assert made.result() == replace(MINE, headline="The dam")
    made.undo()
    assert (made.waiting(), made.can_undo, made.can_redo) == ((clash,), False, True)
    made.undo()
    made.redo()
    made.redo()
    assert made.at(clash) == Own((Text(text="He said nothing."),))
    made.redo()
    assert not made.can_redo


def test_a_change_of_one_side_is_taken_and_can_be_left_out() -> None:
    made = choices()
    headline = 0
    assert made.at(headline) is Choice.THEIRS
    made.choose(headline, Choice.THEIRS)
    assert not made.can_undo
    made.choose(headline, Choice.MINE)
    assert made.so_far(Text()).headline == "Dam"
    made.choose(headline, None)
    assert made.so_far(Text()).headline == "The dam"


def test_what_is_open_stands_as_a_blank() -> None:
    blank = Text(text="open")
    assert choices().so_far(blank).body == (blank, BASE.body[1])


def body(base: tuple[object, ...], mine: tuple[object, ...], theirs: tuple[object, ...]) -> Part:
    parts = compare(Content(body=base), Content(body=mine), Content(body=theirs))
    return next(part for part in parts if part.name == BODY and part.change.value != "same")


def test_a_part_says_who_did_what() -> None:
    one, two, three = (Text(text=text) for text in ("Eins.", "Zwei.", "Drei."))
    for sides, said in (
        (((one,), (two,), (three,)), "You and the desk both changed this."),
        (((one,), (), (three,)), "You took this out; the desk changed this."),
        (((), (two,), (three,)), "You and the desk both added this."),
        (((), (two,), ()), "Only you added this."),
        (((one,), (one,), ()), "Only the desk took this out."),
        (((one,), (two,), (two,)), "You and the desk changed this alike."),
    ):
        assert telling.told(body(*sides), base_known=True) == said
    (clash, *_) = (part for part in compare(None, MINE, THEIRS) if part.clashes)
    assert telling.told(clash, base_known=False) == "The two texts differ here."


def test_a_part_is_named_by_what_is_in_it() -> None:
    photo = Photo(asset="a" * 64, caption="Sandbags", alt="", decorative=True)
    quote = Quote(text="We stay.", speaker="River engineer")
    poll = Unknown(type="poll", raw=b'{"type":"poll"}')
    part = body((), (photo, quote, poll), ())
    assert telling.title(part) == "Photo, quote and other block"
    words = telling.plain(part, part.mine, UTC)
    assert "Photo\nCaption: Sandbags\nDecorative" in words
    assert "Speaker: River engineer" in words
    assert "“poll”" in words
    assert [photo.asset for photo in telling.photos(part, part.mine)] == ["a" * 64]
    assert telling.plain(body((), (photo,), ()), (photo,), UTC).startswith("Caption")


def test_facts_are_told_in_words() -> None:
    parts = {part.name: part for part in compare(None, MINE, THEIRS)}
    for name, value, words in (
        ("time", NOON, "22 Nov 2026 12:00"),
        ("pinned", True, "Yes"),
        ("labels", ("River", "Delta"), "River, Delta"),
        ("embargo", None, ""),
        ("headline", "Dam", "Dam"),
    ):
        assert telling.plain(parts[name], value, UTC) == words
    assert telling.same(1) == "1 block is the same"
    assert telling.same(3) == "3 blocks are the same"


def test_what_came_and_went_is_marked_by_more_than_colour_and_escaped() -> None:
    shown = telling.html(telling.runs("a <b> c", "a <i> c", ""), INK)
    assert "line-through" in shown
    assert "underline" in shown
    assert "&lt;" in shown
    assert "<b>" not in shown


def test_each_paragraph_reads_in_its_own_direction() -> None:
    words = "وصل الماء\nThe bridge"
    shown = telling.html(telling.runs(words, words, words), INK)
    assert shown == '<p dir="rtl">وصل الماء</p><p>The bridge</p>'
    assert telling.html((), INK) == ""


def test_letters_that_join_are_kept_apart() -> None:
    shown = telling.html(telling.runs("إلى الجسر", "عند الجسر", ""), INK)
    assert telling.THIN_SPACE in shown


def test_without_a_base_a_side_shows_what_the_other_does_not_have() -> None:
    marks = [(run.mark.value, run.text) for run in telling.runs(None, "a b c", "a x c")]
    assert marks == [("same", "a "), ("added", "b"), ("same", " c")]
