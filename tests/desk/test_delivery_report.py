"""The delivery log for support tells of requests, and of nothing that somebody wrote or keeps secret."""

from __future__ import annotations

from datetime import timedelta

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import accounts, release, writing
from editor.desk.delivery_report import delivery_report
from editor.domain.ids import AccountId, BlogId, EntryId, TargetId
from editor.sync.records import Act, LogLine
from tests.rooms import NOON, TestRoom

SETTINGS = {
    "address": "https://desk-user:hunter2@newsroom.example:8443/wp/?token=abc",
    "user": "m.correspondent",
}


def published(house: TestRoom, blog: BlogId) -> tuple[EntryId, TargetId]:
    accounts.add_account(house.room, kind="wordpress", name="Anna’s desk", settings=SETTINGS)
    accounts.add_target(house.room, blog, AccountId("Anna’s desk"), settings={})
    content = Content(headline="Secret headline", body=(Text(text="Secret words."),))
    (entry,) = writing.new_entry(house.room, blog, content).entries
    release.publish(house.room, entry)
    return entry, next(t.id for t in house.views.targets(blog) if t.name == "Anna’s desk")


def logged(house: TestRoom, entry: EntryId, target: TargetId, **facts: object) -> LogLine:
    given = {"outcome": "confirmed", "status": 201, "sent": 1234, "took": 0.9, **facts}
    line = LogLine(entry=entry, target=target, at=NOON, act=Act.CREATE, **given)  # type: ignore[arg-type]
    with house.store.write() as tx:
        tx.log(line)
    return line


def test_a_report_has_each_request_with_its_server_id(house: TestRoom, blog: BlogId) -> None:
    entry, target = published(house, blog)
    logged(house, entry, target, request_id="req-7f", outcome="ambiguous", code="look-failed")
    later = NOON + timedelta(minutes=2)
    logged(house, entry, target, request_id="req-80", next_try=later)
    said = delivery_report(house.views, entry, NOON)
    lines = said.splitlines()
    assert f"entry {entry}, " in said
    assert "wordpress at newsroom.example" in said
    assert lines[-1].split()[:1] == ["2026-11-22T12:00:00Z"]
    for part in ("req-7f", "req-80", "201", "1234", "0.9", "2026-11-22T12:02:00Z", "look-failed"):
        assert part in said


def test_a_report_holds_no_text_no_name_and_no_secret(house: TestRoom, blog: BlogId) -> None:
    entry, target = published(house, blog)
    logged(house, entry, target, request_id="x")
    said = delivery_report(house.views, entry, NOON)
    for secret in ("Secret", "Anna", "hunter2", "desk-user", "token", "correspondent", "Flood"):
        assert secret not in said


def test_what_a_server_calls_a_request_cannot_add_lines(house: TestRoom, blog: BlogId) -> None:
    entry, target = published(house, blog)
    logged(house, entry, target, request_id="a\nentry forged\x1b[31m" + "z" * 500)
    said = delivery_report(house.views, entry, NOON)
    assert "\nentry forged" not in said
    assert "\x1b" not in said
    assert max(len(line) for line in said.splitlines()) < 320


def test_two_places_of_one_kind_are_told_apart(house: TestRoom, blog: BlogId) -> None:
    entry, _ = published(house, blog)
    other = {**SETTINGS, "user": "somebody"}
    accounts.add_account(house.room, kind="wordpress", name="second", settings=other)
    accounts.add_target(house.room, blog, AccountId("second"), settings={})
    said = delivery_report(house.views, entry, NOON)
    assert "wordpress at newsroom.example:" in said
    assert "wordpress at newsroom.example #2:" in said


def test_an_entry_nobody_sent_has_a_report_too(house: TestRoom, blog: BlogId) -> None:
    (entry,) = writing.new_entry(house.room, blog, Content(headline="Alone")).entries
    assert "no request was made" in delivery_report(house.views, entry, NOON)
