"""Several entries in one request, by Dateline's open protocol, whatever becomes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from editor.backends.wire import WireBackend
from editor.domain.ids import EntryId
from editor.sync.backend import Moved, NotApplied, Rejected, Unanswered
from editor.sync.delivery import Dispatch, Held, Visibility
from editor.web.reply import Reply
from editor.web.session import Timeouts
from tests.backends.contract import dispatch
from tests.backends.opening import BLOG, wire_server
from tests.wire_server.client import WireServer

APPLIED = {
    "drop-before": 0,
    "drop-after": 1,
    "late-answer": 1,
    "hang": 0,
    "half": 1,
    "garbage": 1,
}


@pytest.fixture
def server() -> WireServer:
    made = wire_server()
    made.reset()
    return made


@pytest.fixture
def backend(server: WireServer) -> Iterator[WireBackend]:
    made = WireBackend(BLOG, {"address": server.address}, server.token)
    made._session._timeouts = Timeouts(connect=2.0, piece=1.0, answer=2.0)
    yield made
    made.close()


def drafts(count: int) -> tuple[tuple[Dispatch, Held], ...]:
    """Entries that no server has yet."""
    keys = [EntryId(f"01936f2a-7000-7000-8000-{number:012}") for number in range(count)]
    return tuple((dispatch(entry=key, visibility=Visibility.DESK), Held()) for key in keys)


def made_public(
    puts: tuple[tuple[Dispatch, Held], ...], held: tuple[object, ...]
) -> tuple[tuple[Dispatch, Held], ...]:
    """The same entries, now for readers."""
    pairs = zip(puts, held, strict=True)
    return tuple(
        (replace(each, visibility=Visibility.PUBLIC), there)
        for (each, _), there in pairs
        if isinstance(there, Held)
    )


def test_several_entries_go_in_one_request_as_they_would_alone(
    server: WireServer, backend: WireBackend
) -> None:
    puts = drafts(4)
    held = backend.put_all(puts)
    assert server.public() == []
    public = backend.put_all(made_public(puts, held))
    assert len(server.requests()) == 2
    assert [each["key"] for each in server.public()] == [each.entry for each, _ in puts]
    for (each, _), there in zip(puts, public, strict=True):
        assert isinstance(there, Held)
        found = backend.find(each.entry, Held())
        assert found is not None
        assert found.held.digest == there.digest == each.digest
        assert (found.held.ref, found.held.version) == (there.ref, there.version)


def test_a_batch_stops_at_the_first_entry_that_is_not_taken(
    server: WireServer, backend: WireBackend
) -> None:
    puts = drafts(4)
    changes = made_public(puts, backend.put_all(puts))
    server.edit(BLOG.slug, changes[2][1].ref, headline="The desk was quicker")
    taken = backend.put_all(changes)
    assert [type(each) for each in taken] == [Held, Held, Moved]
    assert len(server.public()) == 2
    server.adjust(drafts=False)
    (refused,) = backend.put_all(drafts(2))
    assert isinstance(refused, Rejected)
    assert refused.problem.detail["reason"] == "no drafts are kept here"


@pytest.mark.parametrize("status", [404, 405, 415, 501])
def test_a_server_that_takes_no_batches_gets_the_entries_one_by_one(
    server: WireServer, backend: WireBackend, status: int
) -> None:
    assert backend.capabilities.batch > 1
    server.fault("batch", "status", status=status)
    with pytest.raises(NotApplied) as told:
        backend.put_all(drafts(2))
    assert told.value.problem.code == "no-batch"
    assert backend.capabilities.batch == 0


@pytest.mark.parametrize("what", APPLIED)
def test_a_batch_without_an_answer_is_a_doubt_about_all_of_it(
    server: WireServer, backend: WireBackend, what: str
) -> None:
    server.fault("batch", what, seconds=1.5)
    with pytest.raises(Unanswered):
        backend.put_all(drafts(3))
    assert len(server.objects()) == 3 * APPLIED[what]
    assert backend.capabilities.batch > 1


@pytest.mark.parametrize("status", [401, 403, 429, 500])
def test_a_batch_that_is_refused_as_a_whole_is_told_like_a_single_entry(
    server: WireServer, backend: WireBackend, status: int
) -> None:
    server.fault("create", "status", status=status)
    server.fault("batch", "status", status=status)
    with pytest.raises((NotApplied, Rejected, Unanswered)) as alone:
        backend.put(dispatch(), Held())
    with pytest.raises(type(alone.value)):
        backend.put_all(drafts(2))
    assert server.objects() == []


@pytest.mark.parametrize(
    "answer",
    [
        {"done": []},
        {"done": [{"ref": "e1", "version": "1", "visibility": "draft"}]},
        {"done": [{"ref": "e1", "version": "1", "visibility": "draft"}] * 3},
        {
            "done": [{"ref": "e1", "version": "1", "visibility": "draft"}] * 2,
            "stopped": {"status": 412},
        },
        {"done": [], "stopped": {"status": 200}},
    ],
)
def test_a_batchs_answer_that_does_not_fit_its_question_is_a_doubt(
    backend: WireBackend, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any]
) -> None:
    body = json.dumps(answer).encode()
    said = Reply(status=200, headers={}, body=body, writes=True, host="news")
    monkeypatch.setattr(backend._session, "send", lambda *_, **__: said)
    with pytest.raises(Unanswered):
        backend.put_all(drafts(2))


@pytest.mark.parametrize("status", [401, 408, 409, 412, 413, 422, 429, 500, 503])
def test_what_stopped_a_batch_was_certainly_not_done(
    backend: WireBackend, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    body = json.dumps({"done": [], "stopped": {"status": status}}).encode()
    said = Reply(status=200, headers={}, body=body, writes=True, host="news")
    monkeypatch.setattr(backend._session, "send", lambda *_, **__: said)
    (refusal,) = backend.put_all(drafts(2))
    assert isinstance(refusal, NotApplied | Rejected | Moved)


@pytest.mark.parametrize("setting", ["versions", "batch"])
def test_a_batch_is_guarded_by_versions_and_can_be_switched_off(setting: str) -> None:
    off = WireBackend(BLOG, {"address": "https://news.example.org", setting: "off"}, "")
    assert off.capabilities.batch == 0
