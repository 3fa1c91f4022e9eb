"""Live blogs: begun, changed, ended, and what is refused."""

from __future__ import annotations

import pytest

from editor.desk.blogs import add_blog, edit_blog, end_blog, reopen_blog, slug_of
from editor.domain.blog import BlogStatus, Role
from editor.domain.ids import BlogId
from editor.problems import Refused
from tests.rooms import TestRoom


def test_a_new_blog_publishes_to_a_folder_with_nothing_to_set_up(
    house: TestRoom, blog: BlogId
) -> None:
    (target,) = house.views.targets(blog)
    (account,) = house.views.accounts()
    assert (target.name, account.name, account.kind, account.role) == (
        "site",
        "local",
        "site",
        Role.DESK,
    )


def test_two_blogs_share_the_local_account(house: TestRoom, blog: BlogId) -> None:
    add_blog(house.room, headline="Budget day")
    assert len(house.views.accounts()) == 1
    assert [row.headline for row in house.views.blogs()]


def test_a_taken_address_gets_a_number_when_it_was_not_asked_for(
    house: TestRoom, blog: BlogId
) -> None:
    (second,) = add_blog(house.room, headline="Flood in the delta").blogs
    assert house.views.blog(second).slug == "flood-in-the-delta-2"


def test_a_taken_address_that_was_asked_for_is_refused(house: TestRoom, blog: BlogId) -> None:
    with pytest.raises(Refused) as refused:
        add_blog(house.room, headline="Other", slug="flood-in-the-delta")
    assert refused.value.first.code == "slug-taken"
    assert len(house.views.blogs()) == 1


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Überschwemmung: Lage am Fluss", "uberschwemmung-lage-am-fluss"),
        ("  A -- B  ", "a-b"),
        ("فيضان", ""),
        ("洪水", ""),
        ("x" * 200, "x" * 80),
    ],
)
def test_an_address_is_made_of_ascii_letters_and_digits(headline: str, slug: str) -> None:
    assert slug_of(headline) == slug


def test_a_headline_without_latin_letters_still_gets_an_address(house: TestRoom) -> None:
    (made,) = add_blog(house.room, headline="فيضان في الدلتا", language="ar").blogs
    assert house.views.blog(made).slug == "live"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"headline": " \n "}, "headline-missing"),
        ({"headline": "x" * 301}, "headline-too-long"),
        ({"headline": "A", "timezone": "Mars/Olympus"}, "timezone-unknown"),
        ({"headline": "A", "timezone": "../../etc/passwd"}, "timezone-unknown"),
        ({"headline": "A", "language": "not a tag!"}, "language-unknown"),
        ({"headline": "A", "slug": "../up"}, "slug-malformed"),
        ({"headline": "A", "slug": "Ünïcode"}, "slug-malformed"),
    ],
)
def test_bad_input_names_its_field_and_keeps_nothing(
    house: TestRoom, wrong: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        add_blog(house.room, **wrong)
    assert refused.value.first.code == code
    assert refused.value.first.field
    assert house.views.blogs() == ()


def test_an_ended_blog_has_an_end_and_a_reopened_one_has_none(
    house: TestRoom, blog: BlogId
) -> None:
    house.clock.forward(hours=5)
    end_blog(house.room, blog)
    ended = house.views.blog(blog)
    assert (ended.status, ended.coverage_end) == (BlogStatus.ENDED, house.clock.now())
    reopen_blog(house.room, blog)
    assert house.views.blog(blog).coverage_end is None


def test_an_edit_that_changes_nothing_is_not_announced(house: TestRoom, blog: BlogId) -> None:
    assert not edit_blog(house.room, blog, headline="Flood in the delta")
    assert edit_blog(house.room, blog, headline="Flood in the delta: the peak").blogs == {blog}
