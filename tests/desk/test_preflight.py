"""Before it goes out: what preflight finds, where it leads, and how much a blog lets it weigh."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content, Facts
from editor.desk import blogs, release, writing
from editor.desk.checks import USUAL, changed, weighed
from editor.desk.preflight import LONGEST_ALT, Around, Place, preflight
from editor.desk.surroundings import look_over
from editor.domain.blog import Account, Blog, Target
from editor.domain.entry import Kind, Stage
from editor.domain.ids import BlogId, EntryId
from editor.problems import Problem, Refused, Severity
from editor.sync.backend import Capabilities
from editor.ui.words import CHECKS
from tests.content.strategies import contents
from tests.rooms import TestRoom

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HERE = Around(now=NOON, zone=UTC)
PHOTO = Photo(asset="a" * 64, alt="Sandbags along a dyke", caption="The dyke", credit="Staff")

arounds = st.builds(
    Around,
    now=st.just(NOON),
    zone=st.just(UTC),
    checks=st.dictionaries(st.sampled_from(sorted(USUAL)), st.sampled_from(Severity)),
    file_names=st.just({"a" * 64: "sandbags.jpg"}),
    twin=st.sampled_from(["", "11:40"]),
    protected=st.booleans(),
    places=st.lists(
        st.builds(
            Place,
            name=st.just("نشر"),
            able=st.builds(
                Capabilities, drafts=st.booleans(), media=st.booleans(), withdraws=st.booleans()
            ),
            reviews=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    first=st.booleans(),
)


def codes(content: Content, around: Around = HERE) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in preflight(content, around)]


def with_block(block: object) -> Content:
    return Content(headline="The dyke", body=(block,))


@given(contents, arounds)
def test_every_problem_leads_to_a_place_that_is_there(content: Content, around: Around) -> None:
    for problem in preflight(content, around):
        first, *rest = problem.field.split(".")
        if rest:
            block = content.body[int(rest[0])]
            assert first == "body"
            assert all(part in block.__struct_fields__ for part in rest[1:])
        else:
            assert first in {"body", *Facts.__struct_fields__}


@given(contents, arounds)
def test_a_check_weighs_what_the_blog_says_and_else_what_is_usual(
    content: Content, around: Around
) -> None:
    plain = {(p.code, p.field): p.severity for p in preflight(content, replace(around, checks={}))}
    for problem in preflight(content, around):
        assert plain.pop((problem.code, problem.field), problem.severity)
        if problem.code in USUAL:
            wished = around.checks.get(problem.code, USUAL[problem.code])
            assert problem.severity is wished
        else:
            assert problem.severity is weighed(problem, {}).severity


def test_an_empty_entry_is_refused_whatever_a_blog_says() -> None:
    own = dict.fromkeys((*USUAL, "entry-empty"), Severity.WARNING)
    (problem,) = preflight(Content(), replace(HERE, checks=own))
    assert (problem.code, problem.refuses) == ("entry-empty", True)


def test_every_check_that_can_be_changed_has_a_name_in_the_settings() -> None:
    assert set(CHECKS) == set(USUAL)


@pytest.mark.parametrize(
    ("photo", "found"),
    [
        (PHOTO, []),
        (replace(PHOTO, alt=" \u00a0"), [("photo-without-alt", "body.0.alt")]),
        (replace(PHOTO, alt="", decorative=True), []),
        (replace(PHOTO, credit=" "), [("photo-without-credit", "body.0.credit")]),
        (replace(PHOTO, alt="the  DYKE "), [("alt-like-caption", "body.0.alt")]),
        (replace(PHOTO, alt="سد النهر", caption="سد  النهر"), [("alt-like-caption", "body.0.alt")]),
        (replace(PHOTO, alt="IMG_4711.JPG"), [("alt-like-file-name", "body.0.alt")]),
        (replace(PHOTO, alt="DSC04711"), [("alt-like-file-name", "body.0.alt")]),
        (replace(PHOTO, alt="صورة من الجسر"), [("alt-like-file-name", "body.0.alt")]),
        (replace(PHOTO, alt="水" * LONGEST_ALT), []),
        (replace(PHOTO, alt="水" * (LONGEST_ALT + 1)), [("alt-too-long", "body.0.alt")]),
    ],
)
def test_a_photo_says_what_it_shows_and_who_made_it(
    photo: Photo, found: list[tuple[str, str]]
) -> None:
    around = replace(HERE, file_names={PHOTO.asset: "صورة من الجسر.jpg"})
    assert codes(with_block(photo), around) == found


def test_who_made_a_photo_may_stay_unsaid_where_a_source_is_protected() -> None:
    bare = with_block(replace(PHOTO, credit=""))
    assert codes(bare, replace(HERE, protected=True)) == []


@pytest.mark.parametrize(
    ("block", "field"),
    [
        (Text(text="[the gauge](http://example.org/gauge) and [more](http://example.org)"), "text"),
        (Text(text="See <HTTP://example.org/gauge>."), "text"),
        (Story(url="http://example.org/a", headline="A"), "url"),
        (Quote(text="نعم", speaker="A resident", source="http://example.org"), "source"),
        (Social(url="http://social.example/@gauges/1"), "url"),
    ],
)
def test_a_link_that_is_not_encrypted_is_told_once_where_it_stands(
    block: object, field: str
) -> None:
    assert codes(with_block(block)) == [("link-not-https", f"body.0.{field}")]


def test_an_address_that_only_names_http_is_no_link() -> None:
    assert codes(with_block(Text(text="They wrote http://example.org on a wall."))) == []


def test_times_to_come_are_told_and_times_past_are_not() -> None:
    soon, past = NOON + timedelta(hours=2), NOON - timedelta(hours=2)
    entry = Content(headline="x", time=soon, embargo=soon)
    assert codes(entry) == [("time-ahead", "time"), ("embargo-set", "embargo")]
    assert codes(replace(entry, time=past, embargo=past)) == []
    assert codes(replace(entry, time=NOON + timedelta(seconds=40), embargo=None)) == []


def test_a_claim_that_nobody_confirmed_is_told() -> None:
    assert codes(Content(headline="x", unverified=True)) == [("claim-unverified", "unverified")]


def test_only_what_a_place_truly_cannot_do_is_told() -> None:
    bare = Capabilities(media=False, withdraws=False, drafts=False)
    around = replace(HERE, places=(Place(name="ticker", able=bare, reviews=True),))
    assert codes(with_block(PHOTO), around) == [
        ("target-without-media", "body.0"),
        ("target-without-withdrawal", "body"),
        ("target-without-drafts", "body"),
    ]
    assert codes(Content(headline="x"), replace(around, first=False)) == []
    able = Place(name="site", able=Capabilities(drafts=False))
    assert codes(with_block(PHOTO), replace(HERE, places=(able,))) == []


def test_what_is_usual_is_not_stored_and_an_unknown_check_is_refused() -> None:
    stops = changed({}, {"alt-too-long": Severity.ERROR, "text-twice": Severity.WARNING})
    assert stops == {"alt-too-long": Severity.ERROR}
    assert changed(stops, {"alt-too-long": Severity.WARNING}) == {}
    for code in ("entry-empty", "alt", ""):
        with pytest.raises(Refused, match="no-such-check"):
            changed({}, {code: Severity.WARNING})


# With the store


def begun(house: TestRoom, blog: BlogId, content: Content) -> EntryId:
    (entry,) = writing.new_entry(house.room, blog, content).entries
    return entry


def found(house: TestRoom, entry: EntryId) -> list[Problem]:
    return list(look_over(house.room, entry, house.views.entry(entry).content))


def test_a_photo_without_alt_text_stops_every_verb_that_sends(
    house: TestRoom, blog: BlogId
) -> None:
    whole = with_block(PHOTO)
    bare = with_block(replace(PHOTO, alt=""))
    entry = begun(house, blog, bare)
    for verb in (release.submit, release.publish):
        with pytest.raises(Refused, match="photo-without-alt"):
            verb(house.room, entry)
    with pytest.raises(Refused, match="photo-without-alt"):
        release.publish(house.room, entry, at=NOON + timedelta(hours=1))
    assert house.views.entry(entry).entry.stage is Stage.DRAFT
    writing.save_draft(house.room, entry, whole)
    release.publish(house.room, entry)
    writing.save_draft(house.room, entry, bare)
    with pytest.raises(Refused, match="photo-without-alt"):
        release.correct(house.room, entry, Kind.TYPO)


def test_a_blog_lets_pass_what_usually_stops_and_stops_what_usually_passes(
    house: TestRoom, blog: BlogId
) -> None:
    entry = begun(house, blog, with_block(replace(PHOTO, alt="", credit="")))
    wishes = {"photo-without-alt": Severity.WARNING, "photo-without-credit": Severity.ERROR}
    blogs.edit_blog(house.room, blog, checks=wishes)
    with pytest.raises(Refused) as refused:
        release.submit(house.room, entry)
    assert [problem.code for problem in refused.value.problems] == ["photo-without-credit"]
    blogs.edit_blog(house.room, blog, checks={"photo-without-credit": Severity.WARNING})
    assert house.views.blog(blog).checks == {"photo-without-alt": Severity.WARNING}
    release.submit(house.room, entry)
    assert house.views.entry(entry).entry.stage is Stage.SUBMITTED


@pytest.mark.parametrize(
    "words",
    [
        "Water reached the old bridge at noon, and the road along the river is closed to all.",
        "وصل الماء إلى الجسر القديم، والطريق على طول النهر مغلق",
        "洪水到达旧桥，沿河道路已关闭，居民正在撤离",
        "पानी पुराने पुल तक पहुँचा और सड़क बंद है",
        "המים הגיעו לגשר הישן והכביש סגור",
    ],
)
def test_the_same_text_is_told_however_it_is_spaced_where_another_is_out_or_in_review(
    house: TestRoom, blog: BlogId, words: str
) -> None:
    first = begun(house, blog, Content(headline="The bridge", body=(Text(text=words),)))
    spaced = words.replace(" ", "  \n")
    second = begun(house, blog, Content(headline=" The bridge", body=(Text(text=spaced),)))
    assert found(house, second) == []
    release.submit(house.room, first)
    (problem,) = found(house, second)
    assert (problem.code, problem.refuses, problem.detail["time"]) == ("text-twice", False, "13:00")
    assert found(house, first) == []
    release.publish(house.room, first)
    assert [each.code for each in found(house, second)] == ["text-twice"]
    release.withdraw(house.room, first, "A mistake")
    assert found(house, second) == []


def test_a_longer_text_and_one_of_another_blog_are_not_the_same(
    house: TestRoom, blog: BlogId
) -> None:
    words = Content(headline="The bridge", body=(Text(text="Closed."),))
    (other,) = blogs.add_blog(house.room, headline="Elsewhere").blogs
    release.publish(house.room, begun(house, blog, words))
    assert found(house, begun(house, other, words)) == []
    more = replace(words, body=(Text(text="Closed. Open again."),))
    assert found(house, begun(house, blog, more)) == []


def test_what_a_place_can_do_is_asked_of_the_room(house: TestRoom, blog: BlogId) -> None:
    asked: list[str] = []

    def able(account: Account, target: Target) -> Capabilities:
        asked.append(f"{account.id}/{target.name}")
        return Capabilities(withdraws=False)

    house.room.able = able
    entry = begun(house, blog, Content(headline="x"))
    assert [problem.code for problem in found(house, entry)] == ["target-without-withdrawal"]
    assert asked == ["local/site"]


def test_a_blog_keeps_its_word_on_checks_and_its_page_is_not_drawn_anew_for_it(
    house: TestRoom, blog: BlogId, tmp_path: Path
) -> None:
    from editor.sync.dispatch import cover_digest

    before: Blog = house.views.blog(blog)
    blogs.edit_blog(house.room, blog, checks={"alt-too-long": Severity.ERROR})
    after = house.views.blog(blog)
    assert after.checks == {"alt-too-long": Severity.ERROR}
    assert cover_digest(after) == cover_digest(before)
