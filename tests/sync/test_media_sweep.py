"""A photo that no entry shows any more leaves the targets, and never one that is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from editor.content.block import Block
from editor.content.blocks.photo import Photo
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import release, writing
from editor.domain.entry import Kind
from editor.domain.ids import EntryId
from editor.problems import Problem
from editor.sync import media_sweep
from editor.sync.backend import Flow, NotApplied, Rejected, Unanswered, at_will
from editor.sync.delivery import Dispatch, Held, MediaFile
from tests.sync.conftest import Books
from tests.sync.world import FlakyBackend, Shelf, World

Patch = pytest.MonkeyPatch
FILES = {photo: {f"r{photo}-{width}-{width}.jpg" for width in (640, 1280)} for photo in range(3)}


def content(*photos: int, words: str = "وصل الماء إلى الجسر") -> Content:
    body: list[Block] = [Text(text=words)]
    body += [Photo(asset=f"a{photo}", alt="The lock", credit="Field team A") for photo in photos]
    return Content(headline="水位", body=tuple(body))


def write(world: World, *photos: int) -> EntryId:
    (entry,) = writing.new_entry(world.room, world.blog, content(*photos)).entries
    return entry


def publish(world: World, *photos: int) -> EntryId:
    entry = write(world, *photos)
    world.publish(entry)
    return entry


def correct(world: World, entry: EntryId, *photos: int) -> None:
    writing.save_draft(world.room, entry, content(*photos, words="It was another bridge."))
    release.correct(world.room, entry, Kind.CORRECTION, "It was another bridge.")
    world.allow(entry)


def withdraw(world: World, entry: EntryId) -> None:
    release.withdraw(world.room, entry, "It put somebody in danger.")


def reachable(world: World) -> set[str]:
    return set(world.remote.media)


def fail(patch: Patch, method: str, error: Exception) -> list[object]:
    """Every call of one method fails; gives the list that counts them."""
    calls: list[object] = []

    def failing(self: FlakyBackend, *given: Any) -> Any:
        calls.append(given)
        raise error

    patch.setattr(FlakyBackend, method, failing)
    return calls


@pytest.fixture(params=["two-phase", "public at once"])
def either(request: pytest.FixtureRequest, books: Books, shelf: Shelf) -> World:
    drafts = request.param == "two-phase"
    return World(7, shelf, drafts=drafts, versions=drafts, store=books)


def test_a_withdrawn_photo_is_no_longer_reachable(either: World) -> None:
    entry = publish(either, 0, 1)
    either.engine.run_pass()
    assert reachable(either) == FILES[0] | FILES[1]
    withdraw(either, entry)
    report = either.engine.run_pass()
    assert reachable(either) == set()
    assert report.next_send is None
    asked = either.sent
    either.engine.run_pass()
    assert either.sent == asked


def test_a_photo_that_another_entry_shows_stays(world: World) -> None:
    first, second = publish(world, 0, 1), publish(world, 1, 2)
    world.engine.run_pass()
    withdraw(world, first)
    world.engine.run_pass()
    assert reachable(world) == FILES[1] | FILES[2]
    withdraw(world, second)
    world.engine.run_pass()
    assert reachable(world) == set()


def test_a_photo_removed_by_a_correction_goes(world: World) -> None:
    entry = publish(world, 0, 1)
    world.engine.run_pass()
    correct(world, entry, 1)
    world.engine.run_pass()
    assert reachable(world) == FILES[1]


def test_a_photo_stays_until_the_correction_that_removes_it_is_public(
    plain: World, monkeypatch: Patch
) -> None:
    entry = publish(plain, 0)
    plain.engine.run_pass()
    correct(plain, entry)
    with monkeypatch.context() as patch:
        fail(patch, "put", Rejected(Problem(code="too-long")))
        plain.engine.run_pass()
    assert reachable(plain) == FILES[0]
    plain.quiet()
    assert reachable(plain) == set()


def test_a_photo_waiting_for_its_entry_is_not_swept(plain: World, monkeypatch: Patch) -> None:
    with monkeypatch.context() as patch:
        fail(patch, "put", NotApplied(Problem(code="busy")))
        publish(plain, 0)
        plain.engine.run_pass()
        plain.start().run_pass()
    assert reachable(plain) == FILES[0]
    plain.quiet()
    assert reachable(plain) == FILES[0]


def test_a_photo_of_a_request_in_doubt_is_not_swept(plain: World) -> None:
    entry = publish(plain)
    plain.engine.run_pass()
    correct(plain, entry, 0)
    # after a list, two photos and a look
    plain.network.fault_at = {plain.network.asked + 4: "lands late"}
    plain.engine.run_pass()
    correct(plain, entry)
    plain.engine.run_pass()
    assert reachable(plain) == FILES[0]
    plain.forward(100)
    plain.quiet()
    assert reachable(plain) == set()


def test_a_photo_that_nobody_shows_in_the_end_is_not_left_there(
    plain: World, monkeypatch: Patch
) -> None:
    """The entry was withdrawn between its photo and itself."""
    with monkeypatch.context() as patch:
        fail(patch, "put", NotApplied(Problem(code="busy")))
        entry = publish(plain, 0)
        plain.engine.run_pass()
    withdraw(plain, entry)
    plain.engine.run_pass()
    assert reachable(plain) == set()


def test_a_photo_whose_reply_was_lost_is_not_left_there(plain: World, monkeypatch: Patch) -> None:
    put = FlakyBackend.put_media

    def lost(self: FlakyBackend, file: MediaFile, path: Path, flow: Flow = at_will) -> None:
        put(self, file, path, flow)
        raise Unanswered(Problem(code="no-answer"))

    with monkeypatch.context() as patch:
        patch.setattr(FlakyBackend, "put_media", lost)
        entry = publish(plain, 0)
        plain.engine.run_pass()
    assert reachable(plain)
    withdraw(plain, entry)
    plain.engine.run_pass()
    assert reachable(plain) == set()


def test_a_photo_withdrawn_while_it_is_sent_is_not_left_there(
    plain: World, monkeypatch: Patch
) -> None:
    entry = publish(plain, 0)
    put = FlakyBackend.put_media

    def and_meanwhile(
        self: FlakyBackend, file: MediaFile, path: Path, flow: Flow = at_will
    ) -> None:
        put(self, file, path, flow)
        if file.width == 640:
            withdraw(plain, entry)

    monkeypatch.setattr(FlakyBackend, "put_media", and_meanwhile)
    plain.engine.run_pass()
    assert reachable(plain) == set()


@pytest.mark.parametrize("again", [False, True], ids=["left", "published again"])
def test_a_crash_amid_the_sweep_is_made_good(world: World, again: bool) -> None:
    """At every point of the sweep; with the same photo wanted again by another entry, or not."""
    for point in range(100):
        entry = publish(world, 0)
        world.engine.run_pass()
        withdraw(world, entry)
        world.network.kill_in = point
        died = world.pass_() is None
        world.network.kill_in = None
        if again:
            withdraw_later = publish(world, 0)
        world.quiet()
        assert reachable(world) == (FILES[0] if again else set())
        if again:
            withdraw(world, withdraw_later)
            world.quiet()
        if not died:
            assert point > 10
            return
    raise AssertionError("a pass has no end")


def test_the_same_photo_published_again_afterwards_is_sent_again(world: World) -> None:
    entry = publish(world, 0)
    world.engine.run_pass()
    withdraw(world, entry)
    world.engine.run_pass()
    assert reachable(world) == set()
    publish(world, 0)
    world.engine.run_pass()
    assert reachable(world) == FILES[0]


def test_a_photo_wanted_again_while_it_is_taken_away_is_sent_again(
    plain: World, monkeypatch: Patch
) -> None:
    entry = publish(plain, 0)
    plain.engine.run_pass()
    withdraw(plain, entry)
    remove = FlakyBackend.remove_media
    wanted: list[EntryId] = []

    def and_meanwhile(self: FlakyBackend, file: MediaFile) -> None:
        if not wanted:
            wanted.append(publish(plain, 0))
        remove(self, file)

    monkeypatch.setattr(FlakyBackend, "remove_media", and_meanwhile)
    plain.quiet()
    assert reachable(plain) == FILES[0]


@pytest.mark.parametrize(
    "error",
    [
        NotApplied(Problem(code="busy")),
        Unanswered(Problem(code="504")),
        Rejected(Problem(code="x")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_removal_that_failed_is_tried_again_ever_later(
    world: World, monkeypatch: Patch, error: Exception
) -> None:
    entry = publish(world, 0)
    world.engine.run_pass()
    withdraw(world, entry)
    with monkeypatch.context() as patch:
        calls = fail(patch, "remove_media", error)
        report = world.engine.run_pass()
        assert len(calls) == len(FILES[0])
        assert report.next_wake is not None
        assert report.next_wake >= world.clock.now() + media_sweep.SOON
        world.engine.run_pass()
        assert len(calls) == len(FILES[0])
        world.forward(600)
        world.start().run_pass()
        assert len(calls) == 2 * len(FILES[0])
    assert reachable(world) == FILES[0]
    world.engine.retry_now()
    world.engine.run_pass()
    assert reachable(world) == set()


def test_a_mistake_with_one_photo_does_not_keep_the_others(
    world: World, monkeypatch: Patch, expected_log: Callable[[str], None]
) -> None:
    expected_log("by a mistake of ours")
    entry = publish(world, 0, 1)
    world.engine.run_pass()
    withdraw(world, entry)
    remove = FlakyBackend.remove_media

    def broken(self: FlakyBackend, file: MediaFile) -> None:
        if file.asset == "a0":
            raise KeyError("an answer without an id")
        remove(self, file)

    monkeypatch.setattr(FlakyBackend, "remove_media", broken)
    world.engine.run_pass()
    assert reachable(world) == FILES[0]


def test_a_host_that_asked_for_patience_is_not_asked_to_remove(world: World) -> None:
    entry = publish(world, 0)
    world.engine.run_pass()
    withdraw(world, entry)
    world.network.fault_at = {world.network.asked + 1: "429"}
    report = world.engine.run_pass()
    assert report.next_wake == world.network.gate
    assert world.start().run_pass().next_wake == world.network.gate
    world.quiet()
    assert reachable(world) == set()


def test_a_withdrawn_photo_does_not_wait_until_a_long_queue_was_sent(
    plain: World, monkeypatch: Patch
) -> None:
    entry = publish(plain, 0)
    plain.engine.run_pass()
    for _ in range(3):
        publish(plain, 1)
    withdraw(plain, entry)
    put = FlakyBackend.put
    seen: list[set[str]] = []

    def looking(self: FlakyBackend, dispatch: Dispatch, held: Held) -> Held:
        seen.append(reachable(plain) & FILES[0])
        return put(self, dispatch, held)

    monkeypatch.setattr(FlakyBackend, "put", looking)
    plain.engine.run_pass()
    assert seen == [set(), set(), set()]


def test_while_a_choice_is_waited_for_the_photo_in_their_text_stays(
    world: World,
) -> None:
    """Somebody changed the words of our entry at the target: our photo may still stand in it."""
    entry = publish(world, 0)
    world.engine.run_pass()
    (theirs,) = world.remote.objects.values()
    world.desks[0].write(theirs, replace(theirs.content, headline="عنوان آخر"))
    correct(world, entry)
    world.engine.run_pass()
    assert reachable(world) == FILES[0]


def test_a_photo_that_the_desk_brings_back_is_sent_again(world: World) -> None:
    entry = publish(world, 0)
    world.engine.run_pass()
    (first,) = world.remote.objects.values()
    correct(world, entry)
    world.engine.run_pass()
    world.engine.run_pass()
    assert reachable(world) == set()
    world.forward(3600)
    (now,) = world.remote.objects.values()
    world.desks[0].write(now, first.content, ours=True)
    world.engine.run_pass()
    assert reachable(world) == FILES[0]
