from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from editor.content.entry import Content, assets
from editor.desk import release, writing
from editor.desk.blogs import edit_blog
from editor.domain.entry import Kind, Stage
from editor.problems import Problem, Unavailable
from editor.sync.backend import Flow, NotApplied, Rejected, at_will
from editor.sync.delivery import Dispatch, Held, Phase, Visibility
from editor.sync.report import Sending
from tests.sync.conftest import Books
from tests.sync.world import NOON, FlakyBackend, Shelf, World, run


def shown(world: World) -> dict[str, Content]:
    return {each.entry: each.content for each in world.remote.public()}


def row_of(world: World, entry: Any) -> Any:
    with world.store.read() as tx:
        return tx.delivery(entry, world.target)


@pytest.mark.parametrize("drafts", [True, False], ids=["two-phase", "public at once"])
def test_the_seeds_hold_over_the_real_store_too(drafts: bool, sqlite: Books, shelf: Shelf) -> None:
    for seed in range(6):
        run(World(seed, shelf, drafts=drafts, versions=True, store=sqlite))


def test_an_entry_is_published_and_gets_its_time(world: World) -> None:
    entry = world.write()
    world.publish(entry)
    report = world.engine.run_pass()
    with world.store.read() as tx:
        assert tx.entry(entry).published == NOON
        assert tx.delivery(entry, world.target).phase is Phase.DONE  # type: ignore[union-attr]
    assert report.waiting == 0
    assert report.next_wake is None
    assert report.sent == 2
    assert report.online is True
    assert list(shown(world)) == [entry]


def test_a_pass_with_nothing_to_do_opens_no_target(world: World) -> None:
    def closed(*_: object) -> Any:
        raise AssertionError("opened")

    engine = world.make_engine(
        world.store, world.shelf, closed, world.clock, world.ids, lambda: 0.5
    )
    assert engine.run_pass().next_wake is None


def test_a_pass_tells_that_photos_would_keep_texts_waiting(world: World) -> None:
    world.publish(world.write())
    assert not world.engine.run_pass().slow
    world.engine.targets.carried(world.target, 20_000)
    assert world.engine.run_pass().slow
    world.engine.targets.carried(world.target, 2_000_000)
    assert not world.engine.run_pass().slow


def test_a_scheduled_entry_goes_out_at_its_time_and_holds_up_nobody(world: World) -> None:
    later = world.write()
    world.publish(later, at=NOON + timedelta(minutes=5))
    now = world.write()
    world.publish(now)
    report = world.engine.run_pass()
    assert list(shown(world)) == [now]
    assert report.next_wake == NOON + timedelta(minutes=5)
    world.forward(300)
    world.engine.run_pass()
    assert set(shown(world)) == {now, later}
    with world.store.read() as tx:
        assert tx.entry(later).stage is Stage.PUBLISHED
        assert tx.entry(later).published == NOON + timedelta(minutes=5)


def test_one_bad_entry_never_holds_up_the_next(
    plain: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [plain.write() for _ in range(3)]
    for entry in entries:
        plain.publish(entry)
    put = FlakyBackend.put

    def picky(self: FlakyBackend, dispatch: Dispatch, held: Held) -> Held:
        if dispatch.entry == entries[0]:
            raise Rejected(Problem(code="too-long"))
        return put(self, dispatch, held)

    monkeypatch.setattr(FlakyBackend, "put", picky)
    report = plain.engine.run_pass()
    assert set(shown(plain)) == set(entries[1:])
    assert report.refused == 1
    refused = row_of(plain, entries[0])
    assert (refused.phase, refused.problem.code) == (Phase.REFUSED, "too-long")


def test_a_mistake_of_ours_is_logged_and_the_next_entry_has_its_turn(
    plain: World, monkeypatch: pytest.MonkeyPatch, expected_log: Callable[[str], None]
) -> None:
    expected_log("failed by a mistake of ours")
    entries = [plain.write() for _ in range(2)]
    for entry in entries:
        plain.publish(entry)
    put = FlakyBackend.put

    def broken(self: FlakyBackend, dispatch: Dispatch, held: Held) -> Held:
        if dispatch.entry == entries[0]:
            put(self, dispatch, held)
            raise KeyError("an answer without an id")
        return put(self, dispatch, held)

    monkeypatch.setattr(FlakyBackend, "put", broken)
    plain.engine.run_pass()
    assert set(shown(plain)) == set(entries)
    assert row_of(plain, entries[0]).phase is Phase.IN_DOUBT
    monkeypatch.setattr(FlakyBackend, "put", put)
    plain.quiet()
    assert len(plain.remote.public()) == 2


def test_what_was_approved_is_sent_and_not_what_was_typed_since(world: World) -> None:
    entry = world.write()
    world.publish(entry)
    with world.store.read() as tx:
        approved = tx.revision(tx.entry(entry).approved or tx.revisions(entry)[0].id).content
    writing.save_draft(world.room, entry, world.content())
    world.engine.run_pass()
    assert shown(world)[entry] == approved


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, Dispatch]:
    """What was sent last of each entry."""
    last: dict[str, Dispatch] = {}
    put, withdraw = FlakyBackend.put, FlakyBackend.withdraw

    def putting(self: FlakyBackend, dispatch: Dispatch, held: Held) -> Held:
        last[dispatch.entry] = dispatch
        return put(self, dispatch, held)

    def withdrawing(self: FlakyBackend, dispatch: Dispatch, held: Held) -> Held:
        last[dispatch.entry] = dispatch
        return withdraw(self, dispatch, held)

    monkeypatch.setattr(FlakyBackend, "put", putting)
    monkeypatch.setattr(FlakyBackend, "withdraw", withdrawing)
    return last


def test_a_correction_is_told_to_readers_and_a_typo_is_not(
    world: World, sent: dict[str, Dispatch]
) -> None:
    entry = world.write()
    world.publish(entry)
    world.engine.run_pass()
    for minutes, kind in enumerate((Kind.TYPO, Kind.CORRECTION, Kind.MEDIA_ADDED), start=1):
        world.forward(60)
        world.correct(entry, kind)
        assert minutes
        world.engine.run_pass()
    last = sent[entry]
    assert [each.kind for each in last.corrections] == [Kind.CORRECTION, Kind.MEDIA_ADDED]
    assert last.published == NOON
    assert last.updated == NOON + timedelta(minutes=3)


def test_what_was_put_right_before_readers_saw_it_is_nothing_to_tell(
    world: World, sent: dict[str, Dispatch]
) -> None:
    entry = world.write()
    world.publish(entry)
    world.forward(30)
    world.correct(entry)
    world.forward(30)
    world.engine.run_pass()
    assert sent[entry].corrections == ()


def test_a_withdrawn_entry_leaves_its_notice(world: World, sent: dict[str, Dispatch]) -> None:
    entry = world.write()
    world.publish(entry)
    world.engine.run_pass()
    release.withdraw(world.room, entry, "It was another bridge.")
    world.engine.run_pass()
    assert shown(world) == {}
    assert len(world.remote.of(entry)) == 1
    assert sent[entry].notice == "It was another bridge."
    assert row_of(world, entry).settled


def test_a_submission_that_is_recalled_is_removed_from_the_target(world: World) -> None:
    entry = world.write()
    release.submit(world.room, entry)
    world.engine.run_pass()
    assert [each.visibility for each in world.remote.of(entry)] == [Visibility.DESK]
    release.recall(world.room, entry)
    world.engine.run_pass()
    assert world.remote.of(entry) == []
    release.submit(world.room, entry)
    world.engine.run_pass()
    assert len(world.remote.of(entry)) == 1


def test_a_photo_without_a_file_is_refused_and_nothing_is_public(world: World) -> None:
    entry = world.write()
    while "photo" not in {block.TYPE for block in _content(world, entry).body}:
        entry = world.write()
    world.publish(entry)
    world.shelf = Shelf.__new__(Shelf)
    world.shelf.folder = Path("/nowhere")
    world.start().run_pass()
    assert row_of(world, entry).problem.code == "photo-file-missing"
    assert world.remote.public() == []


def _content(world: World, entry: Any) -> Any:
    with world.store.read() as tx:
        draft = tx.draft(entry)
        assert draft is not None
        return draft.content


def test_the_bytes_of_photos_are_told_while_they_go(plain: World) -> None:
    told: list[Sending | None] = []
    plain.engine.tell = told.append
    while not plain.remote.media:
        plain.publish(plain.write())
        plain.engine.run_pass()
    assert any(each is not None and each.bytes > each.done >= 0 for each in told)
    assert told[-1] is None


def test_a_rendition_is_sent_once(plain: World) -> None:
    puts: list[str] = []
    backend = FlakyBackend.put_media

    def counted(self: FlakyBackend, file: Any, path: Path, flow: Flow = at_will) -> None:
        puts.append(file.id)
        backend(self, file, path, flow)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FlakyBackend, "put_media", counted)
        for _ in range(12):
            plain.publish(plain.write())
        plain.engine.run_pass()
    assert len(puts) == len(set(puts)) > 0


def test_without_a_network_one_request_is_tried_and_the_others_wait(
    plain: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        plain.publish(plain.write())
    tries = []

    def unreachable(self: FlakyBackend, *_: Any) -> Any:
        tries.append(1)
        raise NotApplied(Problem(code="offline"), offline=True)

    with monkeypatch.context() as patch:
        patch.setattr(FlakyBackend, "put", unreachable)
        patch.setattr(FlakyBackend, "put_media", unreachable)
        patch.setattr(FlakyBackend, "listing", unreachable)
        report = plain.engine.run_pass()
        assert (len(tries), report.online, report.waiting) == (1, False, 5)
        assert report.next_wake is not None
        plain.engine.run_pass()
        assert len(tries) == 1
        plain.engine.retry_now()
        plain.engine.run_pass()
        assert len(tries) == 2
    plain.engine.retry_now()
    report = plain.engine.run_pass()
    assert (report.online, report.waiting, len(shown(plain))) == (True, 0, 5)


def test_after_a_401_nothing_is_asked_until_somebody_signs_in(plain: World) -> None:
    plain.publish(plain.write())
    plain.network.fault_at = {0: "401"}
    report = plain.engine.run_pass()
    assert report.sign_in
    assert report.next_wake is None
    asked = plain.sent
    plain.start().run_pass()
    assert plain.sent == asked
    plain.sign_in()
    plain.engine.run_pass()
    assert len(shown(plain)) == 1


def test_what_a_host_asked_for_is_kept_over_a_restart(plain: World) -> None:
    plain.publish(plain.write())
    plain.network.fault_at = {0: "429"}
    report = plain.engine.run_pass()
    assert report.next_wake == plain.network.gate
    assert plain.start().run_pass().next_wake == plain.network.gate
    plain.forward(300)
    plain.engine.run_pass()
    assert len(shown(plain)) == 1


def test_the_blogs_face_follows_once_readers_see_something(world: World) -> None:
    edit_blog(world.room, world.blog, headline="فيضان النهر")
    world.engine.run_pass()
    assert _face(world) == ""
    world.publish(world.write())
    world.engine.run_pass()
    assert _face(world) == "فيضان النهر"
    world.engine.run_pass()
    asked = world.sent
    world.engine.run_pass()
    assert world.sent == asked
    edit_blog(world.room, world.blog, headline="洪水")
    world.engine.run_pass()
    assert _face(world) == "洪水"


def _face(world: World) -> str:
    return world.remote.cover.headline if world.remote.cover else ""


def test_text_that_somebody_else_wrote_at_the_target_is_not_overwritten(world: World) -> None:
    entry = world.write()
    world.publish(entry)
    world.engine.run_pass()
    (theirs,) = world.remote.objects.values()
    strange = replace(theirs.content, headline="عنوان آخر")
    world.desks[0].write(theirs, strange)
    changed = replace(theirs.content, headline="Another headline")
    writing.save_draft(world.room, entry, changed)
    release.correct(world.room, entry, Kind.CORRECTION, "The level was wrong.")
    world.engine.run_pass()
    row = row_of(world, entry)
    assert (row.phase, row.problem.code) == (Phase.CONFLICT, "remote-changed")
    assert shown(world)[entry] == strange
    with world.store.read() as tx:
        conflict = tx.conflict(entry, world.target)
        assert conflict is not None
        assert tx.revision(conflict.theirs).content == strange
        assert tx.revision(conflict.mine).content == changed


def test_what_vanished_at_the_target_is_not_made_again_by_itself(world: World) -> None:
    """T2 NO-AUTO-RECREATE"""
    entry = world.write()
    world.publish(entry)
    world.engine.run_pass()
    world.remote.objects.clear()
    world.correct(entry)
    world.engine.run_pass()
    row = row_of(world, entry)
    assert (row.phase, row.problem.code) == (Phase.CONFLICT, "remote-gone")
    assert shown(world) == {}


def test_a_keyring_that_does_not_answer_is_waited_for(world: World) -> None:
    entry = world.write()
    world.publish(entry)

    def locked(*_: object) -> Any:
        raise Unavailable(Problem(code="keyring-locked"))

    engine = world.make_engine(
        world.store, world.shelf, locked, world.clock, world.ids, lambda: 1.0
    )
    report = engine.run_pass()
    row = row_of(world, entry)
    assert (row.phase, row.problem.code) == (Phase.PENDING, "keyring-locked")
    assert report.next_wake is not None
    assert report.next_wake > world.clock.now()


def test_what_the_desk_does_during_a_pass_is_planned_anew(plain: World) -> None:
    first, second = plain.write(), plain.write()
    plain.publish(second)
    put = FlakyBackend.put
    order: list[str] = []

    def and_meanwhile(self: FlakyBackend, dispatch: Dispatch, held: Held) -> Held:
        order.append(dispatch.entry)
        answer = put(self, dispatch, held)
        if len(order) == 1:
            plain.publish(first)
            plain.publish(plain.write())
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FlakyBackend, "put", and_meanwhile)
        plain.engine.run_pass()
    assert order[:2] == [second, first]
    assert len(shown(plain)) == 3


def test_a_deep_queue_is_sent_in_its_order(plain: World) -> None:
    entries = [plain.write() for _ in range(40)]
    for entry in reversed(entries):
        plain.publish(entry)
    report = plain.engine.run_pass()
    texts = [entry for entry in entries if not assets(shown(plain)[entry])]
    assert [entry for entry in shown(plain) if entry in texts] == texts
    assert report.sent == 40


def test_a_schedule_given_up_while_its_request_is_on_its_way_stays_public_as_it_was_approved(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = world.write()
    world.publish(entry, at=NOON + timedelta(minutes=5))
    world.forward(300)
    put, before = FlakyBackend.put, world.laptop.working(entry)

    def meanwhile(self: FlakyBackend, dispatch: Dispatch, held: Held) -> Held:
        if dispatch.visibility is Visibility.PUBLIC:
            writing.save_draft(world.room, entry, replace(before, headline="Another text"))
            release.submit(world.room, entry)
        return put(self, dispatch, held)

    monkeypatch.setattr(FlakyBackend, "put", meanwhile)
    world.engine.run_pass()
    assert shown(world) == {entry: before}
    with world.store.read() as tx:
        kept = tx.entry(entry)
        assert (kept.stage, kept.published) == (Stage.PUBLISHED, NOON + timedelta(minutes=5))
        assert kept.approved is not None and kept.submitted is not None
        assert tx.revision(kept.approved).content == before
        assert tx.revision(kept.submitted).content.headline == "Another text"
    assert row_of(world, entry).settled
