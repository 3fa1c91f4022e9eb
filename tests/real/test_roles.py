"""What each role may do at a real WordPress through Dateline, and what is said of what it may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.domain.entry import Stage
from editor.problems import Problem
from editor.sync.backend import Backend, NotApplied, Rejected
from editor.sync.delivery import Held, Visibility
from editor.ui.messages import sentence
from tests.backends.contract import FILE, JPEG
from tests.backends.opening import BLOG
from tests.real.entries import backend_at, key, sent
from tests.real.loopback import before
from tests.real.opening import complaints, make_category
from tests.real.sites import shared
from tests.real.wordpress import WordPress
from tests.wordpress.edits import TABLE, WHOLE, taking

pytestmark = [pytest.mark.real, pytest.mark.slow]
both = pytest.mark.parametrize("site", ["sqlite", "mariadb"], indirect=True)
TEXT = taking(WHOLE, 2)
"""Without its photo, as a contributor sends it."""
LATER = replace(TEXT, headline="Water over the gate")


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Iterator[WordPress]:
    """WordPress 6.5, or the one that a test names; the desk has made the category."""
    found = shared(getattr(request, "param", "sqlite"))
    found.reset()
    make_category(found)
    yield found
    assert complaints(found) == []


def change(site: WordPress, held: Held, **fields: Any) -> None:
    """What the desk does to it."""
    status, answer = site.call("desk", "POST", f"/wp/v2/posts/{held.ref}", **fields)
    assert status == 200, answer


def categories(site: WordPress) -> dict[str, str]:
    _, found = site.call(None, "GET", "/wp/v2/categories")
    return {each["slug"]: each["name"] for each in found}


def submitted(site: WordPress, content: Content = TEXT, number: int = 1) -> Held:
    return backend_at(site, "stringer").put(sent(content, number, by="stringer"), Held())


def refusal(backend: Backend, content: Content, held: Held = Held(), by: str = "desk") -> Problem:  # noqa: B008
    with pytest.raises(Rejected) as caught:
        backend.put(sent(content, by=by), held)
    return caught.value.problem


# --- a contributor


@both
def test_what_is_submitted_is_pending_without_a_name_and_found_by_its_mark(site: WordPress) -> None:
    held = submitted(site)
    (post,) = site.posts()
    assert (post["status"], post["slug"]) == ("pending", "")
    for _ in range(2):
        found = backend_at(site, "stringer").find(key(1), Held())
        assert found is not None
        assert (found.held, found.content) == (held, TEXT)
    assert backend_at(site, "stringer").find(key(2), Held()) is None
    assert [each.ref for each in backend_at(site, "stringer").listing()] == [held.ref]
    after = backend_at(site, "stringer").put(sent(LATER, by="stringer"), held)
    assert (after.ref, len(site.posts())) == (held.ref, 1)


def test_publishing_is_refused_and_nothing_is_made_or_changed(site: WordPress) -> None:
    backend = backend_at(site, "stringer")
    problem = refusal(backend, TEXT)
    assert problem.code == "wordpress-cannot-publish"
    assert sentence(problem).endswith("submit the entry, and the desk will.")
    assert site.posts() == []
    held = submitted(site)
    assert refusal(backend, LATER, held).code == "wordpress-cannot-publish"
    assert site.posts()[0]["status"] == "pending"
    assert site.posts()[0]["title"] == TEXT.headline


def test_a_photo_is_refused_before_a_byte_of_it_leaves(site: WordPress, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(JPEG)
    with before(site) as between:
        backend = backend_at(site, "stringer", address=between.url, rest=f"{between.url}/wp-json/")
        with pytest.raises(Rejected) as caught:
            backend.put_media(FILE, tmp_path / "photo.jpg")
        backend.close()
        assert [each.method for each in between.asked] == ["GET", "GET"]
    assert caught.value.problem.code == "wordpress-no-photos"
    assert "ask the desk for the Author role, or send the text" in sentence(caught.value.problem)


@both
def test_what_the_desk_publishes_unchanged_is_public_with_our_very_words(site: WordPress) -> None:
    held = submitted(site)
    cursor = backend_at(site, "stringer").changes("").cursor
    backend = backend_at(site, "stringer")
    assert backend.find(key(1), held) is not None
    change(site, held, status="publish")
    (changed,) = backend.changes(cursor).changed
    assert (changed.ref, changed.entry, changed.visibility) == (held.ref, key(1), Visibility.PUBLIC)
    found = backend_at(site, "stringer").find(key(1), held)
    assert found is not None
    assert (found.held.visibility, found.held.digest) == (Visibility.PUBLIC, digest(TEXT))
    assert found.held.url == f"{site.url}/2026/11/water-at-the-gate/"
    assert found.author == ""


def test_what_the_desk_edited_and_published_is_read_as_readers_see_it(site: WordPress) -> None:
    held = submitted(site)
    content = site.posts()[0]["content"].replace("The gate is shut.", "The gate is open.")
    change(site, held, title="Water &amp; gate", content=content, status="publish")
    found = backend_at(site, "stringer").find(key(1), held)
    assert found is not None
    assert found.content is not None
    assert (found.held.visibility, found.author) == (Visibility.PUBLIC, "The desk")
    assert found.held.digest == digest(found.content) != held.digest
    assert (found.content.headline, found.content.byline) == ("Water & gate", WHOLE.byline)
    assert found.content.unverified is True
    (text,) = found.content.body
    assert text.text.startswith(
        "The gate is open.\n\nThe *pumps* run.\n\n> We close the gate at six."
    )
    assert "### What is known\n\nTwo roads are closed.\n\n1. Mill road\n2. Old quay" in text.text


@both
def test_what_the_desk_has_published_cannot_be_changed_until_it_is_a_draft_again(
    site: WordPress,
) -> None:
    held = submitted(site)
    change(site, held, status="publish")
    backend = backend_at(site, "stringer")
    public = backend.find(key(1), held)
    assert public is not None
    for standing in (sent(LATER, by="stringer"), sent(LATER)):
        with pytest.raises(Rejected) as caught:
            backend.put(standing, public.held)
        assert caught.value.problem.code == "wordpress-cannot-edit"
        assert "because the desk has it; tell the desk" in sentence(caught.value.problem)
    with pytest.raises(Rejected) as caught:
        backend.withdraw(sent(TEXT, by="stringer", visibility=Visibility.GONE), public.held)
    assert caught.value.problem.code == "wordpress-cannot-withdraw"
    change(site, held, status="draft", excerpt="Please say which gate.")
    found = backend_at(site, "stringer").find(key(1), held)
    assert found is not None
    assert (found.held.visibility, found.content) == (Visibility.DESK, TEXT)
    assert found.returned == "Please say which gate."
    after = backend.put(sent(LATER, by="stringer"), found.held)
    assert (after.ref, site.posts()[0]["status"]) == (held.ref, "pending")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "future", "date_gmt": "2099-01-01T00:00:00"},
        {"status": "private"},
        {"status": "publish", "password": "secret"},
        {"author": 2},
    ],
    ids=["scheduled", "private", "with a password", "given to somebody else"],
)
def test_what_the_desk_keeps_from_readers_is_its_desks_with_our_words(
    site: WordPress, fields: dict[str, Any]
) -> None:
    held = submitted(site)
    change(site, held, **fields)
    found = backend_at(site, "stringer").find(key(1), held)
    assert found is not None
    assert (found.held.ref, found.held.visibility) == (held.ref, Visibility.DESK)
    assert (found.held.digest, found.author) == (held.digest, "")


@both
def test_an_answer_that_was_lost_makes_no_second_post_though_the_desk_has_published(
    site: WordPress,
) -> None:
    held = submitted(site)
    change(site, held, status="publish")
    found = backend_at(site, "stringer").find(key(1), Held())
    assert found is not None
    assert (found.held.ref, found.held.visibility) == (held.ref, Visibility.PUBLIC)


def test_a_contributor_to_whom_the_desk_gives_another_role_need_not_sign_in_again(
    site: WordPress, tmp_path: Path
) -> None:
    (tmp_path / "photo.jpg").write_bytes(JPEG)
    backend = backend_at(site, "stringer")
    with pytest.raises(Rejected):
        backend.put_media(FILE, tmp_path / "photo.jpg")
    set_role(site, "stringer", "author")
    backend.put_media(FILE, tmp_path / "photo.jpg")
    held = backend.put(sent(TEXT), Held())
    assert (len(site.media()), held.visibility) == (1, Visibility.PUBLIC)


# --- an author


def test_an_author_changes_nobody_elses_entry(site: WordPress) -> None:
    held = backend_at(site, "desk").put(sent(TEXT), Held())
    backend = backend_at(site, "field")
    assert refusal(backend, LATER, held, by="field").code == "wordpress-cannot-edit"
    with pytest.raises(Rejected) as caught:
        backend.withdraw(sent(TEXT, visibility=Visibility.GONE), held)
    assert caught.value.problem.code == "wordpress-cannot-withdraw"
    with pytest.raises(Rejected):
        backend.clear(held.ref)
    assert site.posts()[0]["title"] == TEXT.headline


def test_an_editor_changes_everybodys(site: WordPress) -> None:
    for number, user in enumerate(("field", "stringer")):
        held = backend_at(site, user).put(sent(TEXT, number, by=user), Held())
        found = backend_at(site, "desk").find(key(number), Held())
        assert found is not None
        assert (found.held, found.content) == (held, TEXT)
        after = backend_at(site, "desk").put(sent(LATER, number), found.held)
        assert (after.ref, after.visibility) == (held.ref, Visibility.PUBLIC)
    assert [post["author"] for post in site.posts()] == [
        site.users[name].id for name in ("field", "stringer")
    ]


def test_a_category_that_is_not_there_is_made_by_an_editor_alone(site: WordPress) -> None:
    lacking = "night-desk"
    author = backend_at(site, "field", category=lacking)
    for ask in (author.check, lambda: author.put(sent(TEXT, by="field"), Held())):
        with pytest.raises(Rejected) as caught:
            ask()
        assert caught.value.problem.code == "wordpress-no-category"
        assert "There is no category “night-desk” at 127.0.0.1" in sentence(caught.value.problem)
    assert site.posts() == []
    editor = backend_at(site, "desk", category=lacking)
    editor.check()
    assert lacking not in categories(site)
    editor.put(sent(TEXT), Held())
    assert categories(site)[lacking] == BLOG.headline
    assert site.posts()[0]["categories"] == [BLOG.headline]
    author.put(sent(TEXT, 2, by="field"), Held())
    assert len(site.posts()) == 2


# --- somebody who was one


@pytest.mark.parametrize("user", ["desk", "stringer"])
def test_a_password_that_was_revoked_asks_to_sign_in_again(
    site: WordPress, user: str, tmp_path: Path
) -> None:
    backend = backend_at(site, user)
    held = backend.put(sent(TEXT, by=user), Held())
    number = site.users[user].id
    site.php(f"WP_Application_Passwords::delete_all_application_passwords({number});")
    (tmp_path / "photo.jpg").write_bytes(JPEG)
    asks: list[Callable[[], object]] = [
        backend.check,
        lambda: backend.put(sent(LATER, by=user), held),
        lambda: backend.put(sent(TEXT, 2, by=user), Held()),
        lambda: backend.find(key(1), held),
        lambda: backend.find(key(1), Held()),
        lambda: backend.changes(""),
        backend.listing,
        lambda: backend.clear(held.ref),
        lambda: backend.put_media(FILE, tmp_path / "photo.jpg"),
    ]
    for ask in asks:
        with pytest.raises(NotApplied) as caught:
            ask()
        assert (caught.value.sign_in, caught.value.problem.code) == (True, "wordpress-password")
    assert (len(site.posts()), site.media()) == (1, [])


def set_role(site: WordPress, user: str, role: str) -> None:
    site.php(f"(new WP_User({site.users[user].id}))->set_role('{role}');")


@pytest.mark.parametrize("user", ["desk", "stringer"])
def test_somebody_who_may_only_read_now_waits_and_refuses_no_entry(
    site: WordPress, user: str
) -> None:
    backend = backend_at(site, user)
    held = backend.put(sent(TEXT, by=user), Held())
    set_role(site, user, "subscriber")
    asks: list[Callable[[], object]] = [
        lambda: backend.put(sent(LATER, by=user), held),
        lambda: backend.put(sent(TEXT, 2, by=user), Held()),
        lambda: backend.changes(""),
        backend.listing,
    ]
    for ask in asks:
        with pytest.raises(NotApplied) as caught:
            ask()
        assert (caught.value.sign_in, caught.value.problem.code) == (True, "wordpress-only-reads")
    with pytest.raises(Rejected) as refused:
        backend.check()
    assert refused.value.problem.code == "wordpress-only-reads"
    set_role(site, user, site.users[user].role)
    assert backend.put(sent(LATER, by=user), held).ref == held.ref


def test_an_editor_who_is_an_author_now_keeps_what_is_theirs(site: WordPress) -> None:
    backend = backend_at(site, "desk")
    own = backend.put(sent(TEXT, 1), Held())
    other = backend_at(site, "field").put(sent(TEXT, 2, by="field"), Held())
    set_role(site, "desk", "author")
    assert backend.put(sent(LATER, 1), own).ref == own.ref
    with pytest.raises(Rejected) as caught:
        backend.put(sent(LATER, 2), other)
    assert caught.value.problem.code == "wordpress-cannot-edit"
    kept = replace(LATER, body=(Text(text="More."), *LATER.body))
    assert backend.put(sent(kept, 1), own).digest == digest(kept)


def test_what_the_newsroom_itself_puts_into_the_category_is_listed_to_no_role(
    site: WordPress,
) -> None:
    number = next(iter(site.call("desk", "GET", f"/wp/v2/categories?slug={BLOG.slug}")[1]))["id"]
    for user in ("desk", "field"):
        status, _ = site.call(
            user,
            "POST",
            "/wp/v2/posts",
            title="Ours",
            content=TABLE,
            categories=[number],
            status="publish",
        )
        assert status == 201
    held = backend_at(site, "field").put(sent(TEXT, by="field"), Held())
    for user in ("desk", "field", "stringer"):
        backend = backend_at(site, user)
        assert [each.ref for each in backend.listing()] == [held.ref]
        assert [each.ref for each in backend.changes("").changed] == [held.ref]


def test_what_was_sent_back_stays_a_draft_until_it_is_submitted_again(site: WordPress) -> None:
    backend = backend_at(site, "stringer")
    held = backend.put(sent(TEXT, by="stringer", stage=Stage.RETURNED), Held())
    assert (site.posts()[0]["status"], held.visibility) == ("draft", Visibility.DESK)
    backend.put(sent(TEXT, by="stringer"), held)
    assert site.posts()[0]["status"] == "pending"
