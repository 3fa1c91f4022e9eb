"""Dateline's open protocol against the reference server, while things go wrong and strangers write there."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from msgspec.structs import replace

from editor.backends import wire
from editor.backends.wire import WireBackend
from editor.content.blocks.photo import Photo
from editor.content.blocks.text import Text
from editor.content.entry import Content, digest, encode
from editor.sync.backend import Moved, NotApplied, Rejected, Unanswered
from editor.sync.delivery import Held, Visibility
from editor.web.session import Timeouts
from tests.backends.contract import ENTRY, FILE, JPEG, OTHER, SCRIPTS, dispatch
from tests.backends.opening import BLOG, wire_server
from tests.wire_server.client import WireServer

T = TypeVar("T")
Open = Callable[..., WireBackend]


@pytest.fixture
def server() -> WireServer:
    made = wire_server()
    made.reset()
    return made


@pytest.fixture
def open_wire(server: WireServer) -> Iterator[Open]:
    made: list[WireBackend] = []

    def opened(secret: str = server.token, **settings: str) -> WireBackend:
        backend = WireBackend(BLOG, {"address": server.address, **settings}, secret)
        backend._session._timeouts = Timeouts(connect=2.0, piece=1.0, answer=2.0)
        made.append(backend)
        return backend

    yield opened
    for each in made:
        each.close()


def wait_for(ask: Callable[[], T]) -> T:
    end = time.monotonic() + 20
    while not (answer := ask()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return answer


APPLIED = {
    "drop-before": 0,
    "drop-after": 1,
    "late-answer": 1,
    "hang": 0,
    "half": 1,
    "garbage": 1,
}


@pytest.mark.parametrize("what", APPLIED)
def test_a_create_without_an_answer_is_a_doubt_whether_it_was_done_or_not(
    server: WireServer, open_wire: Open, what: str
) -> None:
    backend = open_wire()
    server.fault("create", what, seconds=1.5)
    with pytest.raises(Unanswered):
        backend.put(dispatch(), Held())
    assert len(server.objects()) == APPLIED[what]
    found = open_wire().find(ENTRY, Held())
    assert (found is not None) == APPLIED[what]
    assert len(server.requests("create")) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("applied", [True, False])
def test_a_5xx_of_a_write_is_a_doubt(
    server: WireServer, open_wire: Open, status: int, applied: bool
) -> None:
    server.fault("create", "status", status=status, applied=applied, retry_after="9")
    with pytest.raises(Unanswered) as told:
        open_wire().put(dispatch(), Held())
    assert told.value.retry_after == 9
    assert len(server.objects()) == applied


def test_a_request_that_lands_late_is_found_later(server: WireServer, open_wire: Open) -> None:
    backend = open_wire()
    server.fault("create", "late-apply", seconds=0.4)
    with pytest.raises(Unanswered):
        backend.put(dispatch(), Held())
    found = wait_for(lambda: backend.find(ENTRY, Held()))
    assert found is not None
    assert found.held.digest == dispatch().digest


def test_a_server_that_is_away_is_offline_and_comes_back(
    server: WireServer, open_wire: Open
) -> None:
    backend = open_wire()
    backend.check()
    server.order("stop")
    for _ in range(2):
        with pytest.raises(NotApplied) as told:
            backend.put(dispatch(), Held())
        assert told.value.offline
    server.order("start")
    backend.put(dispatch(), Held())
    assert len(server.objects()) == 1


@pytest.mark.parametrize("what", ["portal", "redirect"])
def test_a_hotels_page_is_offline_and_nothing_was_done(
    server: WireServer, open_wire: Open, what: str
) -> None:
    backend = open_wire()
    server.fault("*", what, times=0, address="http://portal.invalid/sign-in")
    calls: list[Callable[[], object]] = [
        lambda: backend.put(dispatch(), Held()),
        lambda: backend.find(ENTRY, Held()),
        lambda: backend.find(ENTRY, Held(ref="e1")),
        lambda: backend.changes(""),
        lambda: backend.put_cover(BLOG),
        lambda: backend.clear("e1"),
        lambda: backend.remove_media(FILE),
        backend.check,
    ]
    for call in calls:
        with pytest.raises(NotApplied) as told:
            call()
        assert told.value.offline
    assert server.objects() == []


def test_the_clock_there_is_told(server: WireServer, open_wire: Open) -> None:
    server.adjust(skew=-3600)
    backend = open_wire()
    backend.check()
    assert backend.answer.date is not None
    behind = datetime.now(UTC) - backend.answer.date
    assert timedelta(minutes=59) < behind < timedelta(minutes=61)


@pytest.mark.parametrize("user", ["", "field"])
def test_a_wrong_secret_asks_for_a_sign_in(server: WireServer, open_wire: Open, user: str) -> None:
    open_wire(user=user).check()
    for secret in ("", "wrong", "wrong\r\nX-Evil: 1", "пароль"):
        with pytest.raises(NotApplied) as told:
            open_wire(secret, user=user).put(dispatch(), Held())
        assert told.value.sign_in
    assert server.objects() == []


def test_the_settings_are_held_against_what_the_server_says(
    server: WireServer, open_wire: Open
) -> None:
    open_wire().check()
    server.adjust(drafts=False)
    with pytest.raises(Rejected, match="wire-no-drafts"):
        open_wire().check()
    open_wire(drafts="off").check()
    server.adjust(drafts=True, versions=False)
    with pytest.raises(Rejected, match="wire-no-versions"):
        open_wire().check()
    server.adjust(versions=True, settle=300)
    with pytest.raises(Rejected, match="wire-settle"):
        open_wire().check()
    open_wire(settle="300").check()


def test_settings_that_cannot_be_meant_are_told() -> None:
    def codes(**settings: str) -> list[tuple[str, str]]:
        found = wire.BACKEND.problems({"address": "https://news.example.org/api", **settings})
        return [(each.code, each.field) for each in found]

    assert codes() == []
    assert codes(address="http://127.0.0.1:8000/api", settle="1") == []
    assert codes(address="http://news.example.org", plain="on") == []
    assert codes(address="http://news.example.org") == [("web-plain", "address")]
    for wrong in ("", "news.example.org", "ftp://x.example", "https://u:p@x.example", "https://"):
        assert codes(address=wrong) == [("web-address", "address")]
    assert codes(settle="0") == codes(settle="soon") == [("wire-seconds", "settle")]
    assert codes(drafts="maybe") == [("setting-not-a-switch", "drafts")]
    assert codes(page="x y") == [("web-address", "page")]


def test_an_entry_goes_with_all_that_a_newsroom_needs_and_nothing_of_the_laptop(
    server: WireServer, open_wire: Open, tmp_path: Path
) -> None:
    backend = open_wire(photos="https://photos.example.org")
    photo = tmp_path / "IMG 0001.jpg"
    photo.write_bytes(JPEG)
    backend.put_media(FILE, photo)
    for script in SCRIPTS.values():
        backend.put(dispatch(script, photo=True, backend=backend), Held())
    there = server.objects()[0]
    sent = dispatch(SCRIPTS["Arabic"], photo=True, backend=backend)
    assert json.dumps(there["content"]) == json.dumps(json.loads(encode(sent.content)))
    assert (there["key"], there["digest"], there["author"]) == (ENTRY, sent.digest, "")
    assert SCRIPTS["Arabic"] in there["text"]
    assert f"https://photos.example.org/blogs/flood/media/{FILE.name}" in there["html"]
    assert there["blog"]["headline"] == BLOG.headline
    everything = json.dumps(server.objects()) + json.dumps(server.rows("request"))
    assert "<script>" not in "".join(each["html"] for each in server.objects())
    assert "IMG" not in everything
    assert str(tmp_path) not in everything


def test_a_take_back_of_a_draft_leaves_nothing_and_a_withdrawn_entry_lies_in_the_bin(
    server: WireServer, open_wire: Open
) -> None:
    backend = open_wire()
    draft = backend.put(dispatch(visibility=Visibility.DESK), Held())
    after = backend.withdraw(dispatch(visibility=Visibility.NONE), draft)
    assert after == Held(visibility=Visibility.NONE)
    assert backend.find(ENTRY, Held()) is None
    public = backend.put(dispatch(), backend.put(dispatch(visibility=Visibility.DESK), Held()))
    after = backend.withdraw(dispatch(visibility=Visibility.GONE), public)
    assert (after.visibility, after.ref) == (Visibility.GONE, public.ref)
    with pytest.raises(Moved):
        backend.put(dispatch(), after)
    assert server.public() == []


def test_a_draft_becomes_public_without_its_words_being_sent_again(
    server: WireServer, open_wire: Open
) -> None:
    backend = open_wire()
    draft = backend.put(dispatch("Long " * 390, visibility=Visibility.DESK), Held())
    assert backend.answer.sent > 6_000
    public = backend.put(dispatch("Long " * 390), draft)
    assert backend.answer.sent < 600
    (there,) = server.public()
    assert there["html"].count("Long") == 780
    found = backend.find(ENTRY, public)
    assert found is not None
    assert found.held.digest == public.digest
    careful = open_wire(versions="off")
    careful.put(dispatch("Long " * 390), public)
    assert careful.answer.sent > 6_000
    slow = open_wire(rendered="off")
    slow.put(dispatch("Long " * 390, entry=OTHER), Held())
    assert slow.answer.sent < 0.7 * careful.answer.sent


def test_what_lies_in_the_bin_does_not_hide_what_lives(server: WireServer, open_wire: Open) -> None:
    backend = open_wire()
    stray = backend.put(dispatch(), Held())
    kept = backend.put(dispatch("Two"), Held())
    backend.clear(stray.ref)
    found = backend.find(ENTRY, Held())
    assert found is not None
    assert found.held.ref == kept.ref


def test_long_lists_are_read_to_their_end(
    server: WireServer, open_wire: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "PAGE", 2)
    backend = open_wire()
    keys = [f"01936f2a-7000-7000-8000-{number:012d}" for number in range(7)]
    for key in keys:
        backend.put(replace(dispatch(), entry=key), Held())
    assert [each.entry for each in backend.listing()] == keys
    told = backend.changes("")
    assert [each.entry for each in told.changed] == keys
    before = len(server.requests("changes"))
    assert backend.changes(told.cursor).changed == ()
    assert len(server.requests("changes")) == before + 1


def test_what_the_newsroom_wrote_itself_is_not_ours_to_touch(
    server: WireServer, open_wire: Open
) -> None:
    backend = open_wire()
    for key in ("", "their-own", "../x", ENTRY.upper()):
        backend.put(replace(dispatch(), entry=key), Held())
    backend.put(dispatch(), Held())
    assert [each.entry for each in backend.listing()] == [ENTRY]
    assert [each.entry for each in backend.changes("").changed] == [ENTRY]


def test_without_versions_a_change_is_looked_for_just_before(
    server: WireServer, open_wire: Open
) -> None:
    server.adjust(versions=False)
    backend = open_wire(versions="off")
    held = backend.put(dispatch(), Held())
    server.edit(BLOG.slug, held.ref, text="The desk's words")
    with pytest.raises(Moved):
        backend.put(dispatch("Two", revision="r2"), held)
    found = backend.find(ENTRY, held)
    assert found is not None
    after = backend.put(dispatch("Two", revision="r2"), found.held)
    (theirs,) = backend.replaced(ENTRY, held, after)
    assert theirs.content is not None
    assert theirs.content.body[0] == Text(text="The desk's words")


def hostile(**facts: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(encode(dispatch().content))
    return {**made, **facts}


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "text",
        hostile(body=[{"type": "photo", "asset": "../../../etc/passwd"}]),
        hostile(body=[{"type": "text", "text": 7}]),
        hostile(body=[{"type": "text", "text": "x"}] * 5001),
        hostile(headline="x" * 2001),
        hostile(labels=["x"] * 501),
        hostile(time="yesterday"),
        hostile(body=[{"type": "text", "text": "x" * 4_000_001}]),
    ],
    ids=["null", "list", "text", "path", "type", "blocks", "headline", "labels", "time", "size"],
)
def test_what_cannot_be_an_entry_is_told_as_found_and_unreadable(
    server: WireServer, open_wire: Open, content: object
) -> None:
    backend = open_wire()
    held = backend.put(dispatch(), Held())
    server.edit(BLOG.slug, held.ref, content=content)
    found = backend.find(ENTRY, held)
    assert found is not None
    assert (found.content, found.held.digest) == (None, "")


def test_a_strangers_text_is_cleaned_and_gets_its_zone(server: WireServer, open_wire: Open) -> None:
    backend = open_wire()
    held = backend.put(dispatch(), Held())
    content = hostile(
        headline="River\n rises\u0000\u0085",
        time="2026-11-22T14:00:00",
        body=[{"type": "text", "text": "<script>alert(1)</script>\u0000 [x](javascript:alert(1))"}],
    )
    server.edit(BLOG.slug, held.ref, author="<b>Desk</b>\n\u0000" + "x" * 200, content=content)
    found = backend.find(ENTRY, held)
    assert found is not None
    assert found.content is not None
    assert found.content.headline == "River\n rises"
    assert found.content.time == datetime(2026, 11, 22, 14, tzinfo=UTC)
    assert "\u0000" not in found.content.body[0].text
    from editor.content.block import Page

    drawn = found.content.body[0].html(Page())
    assert "<script" not in drawn
    assert "href" not in drawn
    assert len(found.author) == 100
    assert "\n" not in found.author


def test_a_block_that_we_do_not_know_comes_back_with_the_same_digest(
    server: WireServer, open_wire: Open
) -> None:
    content = Content(body=(Text(text="x"),))
    raw = encode(content).replace(b'"body":[', b'"body":[{"type":"map","v":9,"at":[1,"\xd9\x88"]},')
    from editor.content.entry import decode

    sent = replace(dispatch(), content=decode(raw), digest=digest(decode(raw)))
    backend = open_wire()
    held = backend.put(sent, Held())
    found = backend.find(ENTRY, held)
    assert found is not None
    assert found.held.digest == sent.digest


@pytest.mark.parametrize(
    "bad",
    [
        {"ref": "../../x"},
        {"ref": ""},
        {"ref": "a\r\nb"},
        {"version": 'x"\r\nEvil: 1'},
        {"version": ""},
        {"visibility": "whatever"},
        {"ref": 7},
    ],
)
def test_an_answer_of_another_shape_is_no_answer(
    server: WireServer, open_wire: Open, bad: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = open_wire()
    held = backend.put(dispatch(), Held())
    good = {"ref": "e1", "version": "1", "visibility": "public", "key": ENTRY, "content": None}
    real = backend._session.send

    def answered(*words: Any, **more: Any) -> Any:
        return replace(real(*words, **more), body=json.dumps({**good, **bad}).encode())

    monkeypatch.setattr(backend._session, "send", answered)
    with pytest.raises(Unanswered, match="web-not-understood"):
        backend.put(dispatch("Two"), held)
    with pytest.raises(NotApplied, match="web-not-understood"):
        backend.find(ENTRY, held)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "x", "https://"])
def test_an_address_that_is_no_web_address_is_left_out(url: str) -> None:
    from editor.backends._wire import Kept, Seen, held_of

    kept = Kept(ref="1", version="1", visibility=Seen.PUBLIC, url=url)
    assert held_of(kept, dispatch()).url == ""


def test_a_removal_that_lands_late_does_not_take_a_photo_that_was_put_again(
    server: WireServer, open_wire: Open, tmp_path: Path
) -> None:
    (tmp_path / "r").write_bytes(JPEG)
    backend = open_wire()
    backend.put_media(FILE, tmp_path / "r")
    server.fault("unphoto", "late-apply", seconds=0.3)
    with pytest.raises(Unanswered):
        backend.remove_media(FILE)
    backend.put_media(FILE, tmp_path / "r")
    assert len(server.requests("photo")) == 1
    time.sleep(0.6)
    assert server.media() == [FILE.name]
    backend.remove_media(FILE)
    assert server.media() == []


def test_a_photo_whose_answer_was_lost_is_not_sent_again(
    server: WireServer, open_wire: Open, tmp_path: Path
) -> None:
    (tmp_path / "r").write_bytes(JPEG)
    backend = open_wire()
    server.fault("photo", "drop-after")
    with pytest.raises(Unanswered):
        backend.put_media(FILE, tmp_path / "r")
    backend.put_media(FILE, tmp_path / "r")
    assert len(server.requests("photo")) == 1


def test_entries_go_out_between_the_pieces_of_a_photo(
    server: WireServer, open_wire: Open, tmp_path: Path
) -> None:
    large = tmp_path / "r"
    large.write_bytes(bytes(100_000))
    backend = open_wire()
    server.fault("photo", "slow", rate=400_000)
    sent: list[Held] = []

    def flow(done: int) -> None:
        if done and not sent:
            sent.append(backend.put(dispatch(), Held()))

    backend.put_media(replace(FILE, size=100_000), large, flow)
    kinds = [each["kind"] for each in server.requests("create", "photo")]
    assert kinds == ["create", "photo"]
    assert server.rows("media")[0]["data"] == 100_000


def test_readers_get_the_photo_and_the_entry_without_a_token(
    server: WireServer, open_wire: Open, tmp_path: Path
) -> None:
    from urllib.request import urlopen

    (tmp_path / "r").write_bytes(JPEG)
    backend = open_wire()
    backend.put_media(FILE, tmp_path / "r")
    held = backend.put(dispatch(SCRIPTS["Hebrew"], photo=True, backend=backend), Held())
    with urlopen(backend.picture((FILE,)).src) as answer:
        assert answer.read() == JPEG
    with urlopen(held.url) as answer:
        assert SCRIPTS["Hebrew"] in answer.read().decode()


def test_a_photo_that_is_not_on_the_laptop_is_told(open_wire: Open, tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="photo-file-missing"):
        open_wire().put_media(FILE, tmp_path / "nothing")


def test_what_the_server_holds_outlives_its_end(open_wire: Open, tmp_path: Path) -> None:
    server = WireServer(tmp_path / "own")
    try:
        backend = open_wire(address=server.address)
        held = backend.put(dispatch(), Held())
        server.kill()
        with pytest.raises(NotApplied):
            backend.find(ENTRY, held)
        server.begin()
        found = backend.find(ENTRY, held)
        assert found is not None
        assert found.held.digest == held.digest
        backend.put(dispatch("Two", entry=OTHER), Held())
        assert server.twice() == []
        backend.put(dispatch("Two", entry=OTHER), Held())
        assert server.twice() == [OTHER]
        assert server.ever_public() >= {(ENTRY, held.digest)}
    finally:
        server.close()


def test_asking_nobody_imports_no_http_client() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from datetime import datetime; from editor.registry import Kinds;"
        "from editor.domain.blog import Blog, Target; now = datetime(2026, 1, 1);"
        "blog = Blog(id='b', slug='b', headline='B', created=now, coverage_start=now);"
        "target = Target(id='t', blog='b', account='a', name='t');"
        "b = Kinds().get('wire').open(blog, target, {'address': 'https://x.example', 'page': 'https://y.example'}, '');"
        "assert b.address() == 'https://y.example/b/'; b.close();"
        "print([m for m in ('httpx', 'truststore', 'ssl', 'http.client') if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_a_photo_in_a_content_names_an_asset() -> None:
    """Guards the test above that a path is refused: a real one is taken."""
    from editor.content.foreign import read_foreign

    content = Content(body=(Photo(asset=str(FILE.asset)),))
    assert read_foreign(encode(content)) == content
