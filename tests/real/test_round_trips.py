"""What is written through the filters of a real WordPress comes back as it was, from every role, and no reader sees how."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from msgspec.structs import replace

from editor.content.blocks.social import Social
from editor.content.clean import clean_content
from editor.content.entry import Content, encode, prints
from editor.content.foreign import read_foreign
from editor.sync.backend import Backend
from editor.sync.delivery import Held
from tests.backends.contract import FILE
from tests.backends.opening import NOON
from tests.content.strategies import contents
from tests.real import survival
from tests.real.entries import as_print, backend_at, one_photo, sent, shown
from tests.real.opening import complaints, make_category
from tests.real.samples import MADE_THERE, NASTY, PHOTOS, SCRIPTS
from tests.real.sites import needs
from tests.real.survival import BOOM, OWN, ROLES, Run, run
from tests.real.template import Variant
from tests.real.wordpress import WordPress

pytestmark = [pytest.mark.real, pytest.mark.slow]
CASES: list[tuple[Variant, str]] = [
    (site, user) for site in ("sqlite", "mariadb") for user in ROLES
]
OURS = ("own", "embeds", "strange")
"""The entries that hold nothing but what Dateline makes."""
HINTS = ("<!-- wp:", "<!-- /wp:", '{"metadata', "datelineEntry", "Dateline 0193", '"dateline"')


@pytest.fixture(params=CASES, ids=" as ".join)
def done(request: pytest.FixtureRequest) -> Run:
    """Everything sent once, in every role to both sites."""
    variant, user = request.param
    needs(variant)
    return run(variant, user)


def test_every_block_comes_back_as_the_same_content(done: Run) -> None:
    for name in OURS:
        trip = done.trips[name]
        assert trip.found == trip.content, name
        assert trip.told == trip.found_digest == trip.digest, name
        assert trip.remark == "", name
    assert done.complaints == []


def test_what_put_says_of_a_block_that_a_filter_changed_is_what_a_look_finds(done: Run) -> None:
    trip = done.trips["there"]
    assert trip.told == trip.found_digest
    took_out = "https://maps.example/quay" not in trip.page
    assert trip.remark == ("wordpress-altered" if took_out else "")
    assert (trip.digest == trip.told) == (trip.found == trip.content)


def test_readers_are_shown_every_word_of_every_block(done: Run) -> None:
    page = shown(done.trips["own"].page)
    blocks = OWN if done.photos else (*OWN, *PHOTOS)
    lost = [(each.name, words) for each in blocks for words in each.shows if words not in page]
    assert lost == []
    strange = shown(done.trips["strange"].page)
    assert [words for words in SCRIPTS if words not in strange] == []
    assert [words for words in (NASTY[3], NASTY[7]) if words not in strange] == []
    assert "long long long" in strange


def test_readers_get_no_hint_of_ours_and_no_comment_of_wordpresss(done: Run) -> None:
    found = [
        (name, hint) for name, trip in done.trips.items() for hint in HINTS if hint in trip.page
    ]
    assert found == []


def test_nothing_that_was_typed_is_executed(done: Run) -> None:
    executed = [name for name in ("own", "strange") if "EXECUTED" in done.trips[name].page]
    assert executed == []
    # in a title, a byline, a label, a note, and in every place of every block
    assert shown(done.trips["strange"].page).count(BOOM) > 15
    assert "<script>alert(1)" not in done.trips["strange"].page
    assert "EXECUTED https://social.example/@gauges" in done.trips["embeds"].page
    assert "EXECUTED countdown" in done.trips["there"].page


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=contents)
@example(drawn=Content(body=(Social(url="https://social.example/\\", network="\\"),)))
def test_whatever_is_typed_comes_back_to_an_author(author: Backend, drawn: Content) -> None:
    content = read_foreign(encode(clean_content(drawn)))
    assume(content is not None)
    assert content is not None
    if content.time is not None and content.time.year < 1971:
        content = replace(content, time=NOON)  # the API takes the second 0 for no date
    photos = tuple(as_print(FILE, each) for each in prints(content))
    dispatch = sent(content, next(_numbers), by="field", photos=photos)
    held = author.put(dispatch, Held())
    found = author.find(dispatch.entry, Held())
    assert found is not None
    assert found.content == content
    assert held.digest == found.held.digest == dispatch.digest


_numbers = count()


@pytest.fixture
def author(wordpress: WordPress, tmp_path: Path) -> Iterator[Backend]:
    """With one photo in the library."""
    make_category(wordpress)
    backend = backend_at(wordpress, "field")
    one_photo(backend, tmp_path, Content())
    yield backend
    backend.close()


def test_an_update_comes_back_as_whole_as_what_was_made(
    wordpress: WordPress, tmp_path: Path
) -> None:
    make_category(wordpress)
    for number, user in enumerate(("field", "stringer")):
        backend = backend_at(wordpress, user)
        content, _ = survival.contents(user != "stringer")["own"]
        photos = () if user == "stringer" else one_photo(backend, tmp_path, content)
        held = backend.put(sent(Content(headline="First"), number, by=user), Held())
        dispatch = sent(content, number, by=user, photos=photos)
        after = backend.put(dispatch, held)
        found = backend_at(wordpress, user).find(dispatch.entry, after)
        assert found is not None
        assert found.content == content
        assert (found.held, found.author) == (after, "")
    assert complaints(wordpress) == []


def test_the_table_in_the_docs_is_what_the_servers_do() -> None:
    for variant in ("sqlite", "mariadb"):
        needs(variant)
    told = survival.document()
    assert survival.DOCUMENT.read_text("utf-8") == told, "python -m tests.real.survival"
    assert all(f"| {each.name} |" in told for each in (*OWN, *PHOTOS, *MADE_THERE))
