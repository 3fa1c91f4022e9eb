"""What every backend has to keep, said once. A backend is covered as soon as it stands in ``tests.backends.opening``."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.domain.blog import BlogStatus
from editor.domain.entry import Kind
from editor.domain.ids import AssetId, EntryId, RevisionId
from editor.sync.backend import Backend, Moved
from editor.sync.delivery import Correction, Dispatch, Held, MediaFile, Visibility
from tests.backends.opening import BLOG, NOON, Desk, Opened

ENTRY = EntryId("01936f2a-7000-7000-8000-000000000001")
OTHER = EntryId("01936f2a-7000-7000-8000-000000000002")
JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
FILE = MediaFile(
    id="5f" * 32,
    asset=AssetId("a0" * 32),
    name="5f5f5f5f5f5f5f5f-640.jpg",
    mime="image/jpeg",
    width=640,
    height=360,
    size=len(JPEG),
)
SCRIPTS = {
    "Arabic": "وصل منسوب النهر إلى ٤٫١ متر",
    "Persian with a joiner": "سطح آب رودخانه می\u200cرود بالا",
    "Hebrew": "מפלס הנהר עלה ל־4.1 מטר",
    "Chinese": "河水位上升至4.1米，继续上涨",
    "Devanagari": "नदी का जलस्तर बढ़ रहा है",
    "emoji": "🚤 👩🏽‍🚒 🏴󠁧󠁢󠁳󠁣󠁴󠁿 boats",
    "combining marks": "e\u0301tat de la riv\u0069\u0300ere",
    "markup that is text": "<script>alert(1)</script> & \"quotes\" 'n' ]]>",
}


def dispatch(
    words: str = "The level is 4.1 m.",
    *,
    entry: EntryId = ENTRY,
    revision: str = "r1",
    visibility: Visibility = Visibility.PUBLIC,
    notice: str = "",
    corrections: tuple[Correction, ...] = (),
    photo: bool = False,
    backend: Backend | None = None,
) -> Dispatch:
    body: tuple[object, ...] = (
        Text(text=words),
        Quote(text=words, speaker="River engineer", how="by phone"),
    )
    if photo:
        body += (Photo(asset=FILE.asset, alt=words, caption=words, credit="Field team A"),)
    content = Content(headline=words, time=NOON, body=body)
    pictures = {str(FILE.asset): backend.picture((FILE,))} if photo and backend else {}
    return Dispatch(
        entry=entry,
        blog=BLOG,
        revision=RevisionId(revision),
        digest=digest(content),
        content=content,
        visibility=visibility,
        published=NOON,
        updated=max((NOON, *(each.at for each in corrections))),
        corrections=corrections,
        media=(FILE,) if photo else (),
        pictures=pictures,
        notice=notice,
    )


def look(backend: Backend, entry: EntryId = ENTRY, held: Held = Held()) -> Held | None:  # noqa: B008
    """What is found under an entry's key, or of the object that is known."""
    found = backend.find(entry, held)
    return None if found is None else found.held


def same_observation(one: Held | None, other: Held) -> bool:
    """Whether two looks saw the same object in the same state. Which revision of ours it is, not every system keeps."""
    plain: dict[str, Any] = {"url": "", "revision": None}
    return one is not None and replace(one, **plain) == replace(other, **plain)


def desk_of(opened: Opened) -> Desk:
    """Somebody else there, where others write at all."""
    if not opened.backend().capabilities.pulls:
        pytest.skip("only we write there")
    assert opened.desk is not None
    return opened.desk


class BackendContract:
    """Mixed into a test class that has a fixture ``opened``: a backend on an empty target, opened anew at will."""

    def test_an_unknown_entry_is_not_found(self, opened: Opened) -> None:
        assert look(opened.backend()) is None

    def test_what_was_put_is_found_also_by_a_program_started_anew(self, opened: Opened) -> None:
        sent = dispatch()
        held = opened.backend().put(sent, Held())
        assert held.ref
        assert (held.visibility, held.digest) == (Visibility.PUBLIC, sent.digest)
        assert same_observation(look(opened.backend()), held)
        assert look(opened.backend(), OTHER) is None

    def test_the_same_put_twice_is_one_object(self, opened: Opened) -> None:
        sent = dispatch()
        backend = opened.backend()
        first = backend.put(sent, Held())
        again = backend.put(sent, Held() if backend.capabilities.repeatable else first)
        assert again.ref == first.ref
        found = look(backend)
        assert found is not None
        assert found.digest == sent.digest

    def test_an_update_changes_the_object_and_its_version(self, opened: Opened) -> None:
        backend = opened.backend()
        first = backend.put(dispatch(), Held())
        correction = Correction(
            kind=Kind.CORRECTION, note="It was 4.1 m.", at=NOON + timedelta(minutes=5)
        )
        changed = dispatch("It is 4.2 m.", revision="r2", corrections=(correction,))
        second = opened.backend().put(changed, first)
        assert (second.ref, second.digest) == (first.ref, changed.digest)
        assert second.version != first.version or not backend.capabilities.versions
        assert same_observation(look(opened.backend()), second)

    def test_an_update_of_an_old_version_is_refused_as_moved(self, opened: Opened) -> None:
        backend = opened.backend()
        if not backend.capabilities.versions:
            pytest.skip("it keeps no versions")
        first = backend.put(dispatch(), Held())
        second = backend.put(dispatch("Two", revision="r2"), first)
        with pytest.raises(Moved):
            backend.put(dispatch("Three", revision="r3"), first)
        assert same_observation(look(backend), second)

    def test_an_update_of_an_object_that_is_gone_is_refused_as_moved(self, opened: Opened) -> None:
        lost = Held(visibility=Visibility.PUBLIC, ref="999", version="1", digest="x")
        with pytest.raises(Moved):
            opened.backend().put(dispatch(), lost)

    def test_a_draft_is_not_public_until_it_is_made_so(self, opened: Opened) -> None:
        backend = opened.backend()
        if not backend.capabilities.drafts:
            pytest.skip("it keeps no drafts")
        draft = backend.put(dispatch(visibility=Visibility.DESK), Held())
        assert draft.visibility is Visibility.DESK
        assert not opened.shows("The level is 4.1 m.")
        public = backend.put(dispatch(), draft)
        assert (public.visibility, public.ref) == (Visibility.PUBLIC, draft.ref)
        assert opened.shows("The level is 4.1 m.")

    @pytest.mark.parametrize("seen", [True, False], ids=["with a notice", "without"])
    def test_withdrawing_leaves_nothing_public(self, opened: Opened, seen: bool) -> None:
        backend = opened.backend()
        if not backend.capabilities.withdraws:
            pytest.skip("it cannot withdraw")
        held = backend.put(dispatch("The bridge is open."), Held())
        gone = dispatch(
            "The bridge is open.",
            visibility=Visibility.GONE,
            notice="It was another bridge." if seen else "",
        )
        assert opened.shows("The bridge is open.")
        after = backend.withdraw(gone, held)
        assert after.visibility in (Visibility.GONE, Visibility.NONE)
        assert not opened.shows("The bridge is open.")
        found = look(opened.backend())
        assert found is None or found.visibility is Visibility.GONE
        assert (found is None) == (not after.ref)

    def test_a_rendition_put_twice_is_the_same_file(self, opened: Opened, tmp_path: Path) -> None:
        backend = opened.backend()
        if not backend.capabilities.media:
            pytest.skip("it takes no media")
        (tmp_path / "r").write_bytes(JPEG)
        backend.put_media(FILE, tmp_path / "r")
        opened.backend().put_media(FILE, tmp_path / "r")
        backend.put(dispatch(photo=True, backend=backend), Held())
        assert opened.media() == 1

    def test_a_rendition_that_was_taken_away_is_not_there_and_may_come_again(
        self, opened: Opened, tmp_path: Path
    ) -> None:
        backend = opened.backend()
        if not backend.capabilities.media:
            pytest.skip("it takes no media")
        (tmp_path / "r").write_bytes(JPEG)
        backend.remove_media(FILE)
        backend.put(dispatch(), Held())
        wide = replace(FILE, id="6f" * 32, name="6f6f6f6f6f6f6f6f-1280.jpg", width=1280, height=720)
        for file in (FILE, wide):
            backend.put_media(file, tmp_path / "r")
        assert opened.media() == 2
        opened.backend().remove_media(FILE)
        opened.backend().remove_media(FILE)
        assert opened.media() == 1
        opened.backend().put_media(FILE, tmp_path / "r")
        assert opened.media() == 2

    def test_a_picture_is_told_without_asking_anybody(self, opened: Opened) -> None:
        backend = opened.backend()
        wide = replace(FILE, id="6f" * 32, name="6f6f6f6f6f6f6f6f-1280.jpg", width=1280, height=720)
        picture = backend.picture((FILE, wide))
        assert picture.src
        assert [width for _, width in picture.sources] == [640, 1280]
        assert picture == backend.picture((FILE, wide))

    def test_a_check_leaves_nothing_behind(self, opened: Opened) -> None:
        before = opened.everything()
        opened.backend().check()
        assert opened.everything() == before
        assert look(opened.backend()) is None

    @pytest.mark.parametrize("script", SCRIPTS)
    def test_every_script_survives(self, opened: Opened, script: str) -> None:
        sent = dispatch(SCRIPTS[script])
        backend = opened.backend()
        held = backend.put(sent, Held())
        found = look(opened.backend())
        assert found is not None
        assert found.digest == held.digest == sent.digest

    def test_entries_do_not_touch_each_other(self, opened: Opened) -> None:
        backend = opened.backend()
        one = backend.put(dispatch("One"), Held())
        backend.put(dispatch("Two", entry=OTHER, revision="s1"), Held())
        assert same_observation(look(backend), one)
        assert opened.shows("One")
        assert opened.shows("Two")

    def test_the_blogs_own_face_can_be_told_twice(self, opened: Opened) -> None:
        backend = opened.backend()
        held = backend.put(dispatch(), Held())
        for status in (BlogStatus.LIVE, BlogStatus.ENDED, BlogStatus.ENDED):
            backend.put_cover(
                replace(BLOG, status=status, headline=SCRIPTS["Hebrew"], coverage_end=NOON)
            )
        assert same_observation(look(backend), held)

    def test_an_object_is_found_by_its_ref_as_its_text(self, opened: Opened) -> None:
        backend = opened.backend()
        sent = dispatch()
        held = backend.put(sent, Held())
        found = opened.backend().find(ENTRY, held)
        assert found is not None
        assert same_observation(found.held, held)
        assert found.content in (None, sent.content)
        assert found.author == ""

    def test_a_ref_that_is_not_there_is_not_found(self, opened: Opened) -> None:
        backend = opened.backend()
        if not backend.capabilities.pulls:
            pytest.skip("only we write there: the key alone says enough")
        backend.put(dispatch(), Held())
        assert backend.find(ENTRY, Held(ref="e999", version="1")) is None

    def test_of_two_objects_under_one_key_the_oldest_is_found_and_the_known_one_by_its_ref(
        self, opened: Opened
    ) -> None:
        backend = opened.backend()
        if backend.capabilities.repeatable:
            pytest.skip("the same twice is one object there")
        first = backend.put(dispatch("One"), Held())
        second = opened.second(dispatch("Two", revision="r2"))
        assert first.ref != second.ref
        assert same_observation(look(opened.backend()), first)
        assert same_observation(look(opened.backend(), held=second), second)
        assert {each.ref for each in backend.listing()} == {first.ref, second.ref}

    def test_what_lies_in_the_bin_is_found_by_its_key_only_where_there_is_nothing_else(
        self, opened: Opened
    ) -> None:
        desk_of(opened)
        backend = opened.backend()
        first = backend.put(dispatch("One"), Held())
        second = opened.second(dispatch("Two", revision="r2"))
        backend.clear(first.ref)
        assert same_observation(look(opened.backend()), second)
        backend.clear(second.ref)
        binned = opened.backend().find(ENTRY, Held())
        assert binned is None or binned.held.visibility is Visibility.GONE

    def test_what_somebody_else_wrote_is_told_from_the_cursor_on(self, opened: Opened) -> None:
        desk = desk_of(opened)
        backend = opened.backend()
        one = backend.put(dispatch("One"), Held())
        backend.put(dispatch("Two", entry=OTHER), Held())
        told = backend.changes("")
        assert {each.entry for each in told.changed} == {ENTRY, OTHER}
        assert backend.changes(told.cursor).changed == ()
        desk.edit(one.ref, "The desk's words")
        (changed,) = opened.backend().changes(told.cursor).changed
        assert (changed.ref, changed.entry) == (one.ref, ENTRY)
        assert changed.version != one.version
        found = opened.backend().find(ENTRY, one)
        assert found is not None
        assert found.content is not None
        assert found.content.headline == "The desk's words"
        assert found.held.digest == digest(found.content) != one.digest
        assert found.held.version == changed.version
        assert found.author

    def test_what_somebody_else_unpublished_or_threw_away_is_told_too(self, opened: Opened) -> None:
        desk = desk_of(opened)
        backend = opened.backend()
        held = backend.put(dispatch(), Held())
        cursor = backend.changes("").cursor
        for visibility in (Visibility.DESK, Visibility.PUBLIC, Visibility.GONE):
            if visibility is Visibility.DESK and not backend.capabilities.drafts:
                continue
            desk.show(held.ref, visibility)
            told = backend.changes(cursor)
            cursor = told.cursor
            assert [each.visibility for each in told.changed] == [visibility]
            found = backend.find(ENTRY, held)
            assert found is not None
            assert found.held.visibility is visibility

    def test_a_stray_is_cleared_and_may_be_cleared_again(self, opened: Opened) -> None:
        backend = opened.backend()
        if backend.capabilities.repeatable:
            pytest.skip("there are no strays")
        first = backend.put(dispatch("One"), Held())
        stray = opened.second(dispatch("Stray"))
        backend.clear(stray.ref)
        opened.backend().clear(stray.ref)
        backend.clear("e999")
        assert not opened.shows("Stray")
        living = [each for each in backend.listing() if each.visibility is not Visibility.GONE]
        assert [each.ref for each in living] == [first.ref]
        assert same_observation(look(opened.backend()), first)

    def test_what_our_write_replaced_is_kept_there_and_given_back(self, opened: Opened) -> None:
        desk = desk_of(opened)
        backend = opened.backend()
        if not backend.capabilities.history:
            pytest.skip("it keeps no history")
        before = backend.put(dispatch("Ours"), Held())
        desk.edit(before.ref, "Theirs")
        between = backend.find(ENTRY, before)
        assert between is not None
        after = backend.put(dispatch("Ours again", revision="r2"), between.held)
        (found,) = opened.backend().replaced(ENTRY, before, after)
        assert found.content is not None
        assert found.content.headline == "Theirs"
        assert found.author
        last = backend.put(dispatch("And again", revision="r3"), after)
        assert backend.replaced(ENTRY, after, last) == ()

    def test_an_answer_tells_of_the_request(self, opened: Opened) -> None:
        backend = opened.backend()
        backend.put(dispatch(), Held())
        if not backend.capabilities.network:
            assert backend.answer.status == 0
            return
        assert 200 <= backend.answer.status < 300
        assert bool(backend.answer.request_id) == opened.names_requests
        assert backend.answer.sent > 100
        assert backend.answer.date is not None
