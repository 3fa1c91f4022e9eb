"""The desk works at its server while the laptop is off: what the laptop finds when it comes back, and what it then does."""

from __future__ import annotations

import pytest

from editor.desk.outbox import retry
from editor.domain.entry import Kind, Origin, Stage
from editor.domain.ids import EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.sync.delivery import Phase, Visibility
from tests.promises.laptop import SLUG, Laptop
from tests.wire_server.client import WireServer

pytestmark = pytest.mark.slow

TWO_BLOCKS = "The gauge reads seven metres.\n\n> We need pumps.\n>\n> — River engineer"


def public(laptop: Laptop, headline: str = "At the bridge", text: str = TWO_BLOCKS) -> str:
    """An entry that is public, and whose standing the laptop has fetched."""
    entry = laptop.write(headline, text)
    laptop.sync()
    laptop.run("pull")
    return entry


def origins(laptop: Laptop, entry: str) -> list[tuple[str, str]]:
    """An entry's versions, newest first: why each was made, and where."""
    rows = laptop.run("entry", "history", entry, "--json").json
    return [(row["kind"], row["origin"]) for row in rows]


def test_what_only_the_desk_changed_is_the_laptops_text_from_then_on_and_nothing_is_sent(
    laptop: Laptop, server: WireServer
) -> None:
    entry = public(laptop)
    server.edit(SLUG, laptop.there(entry)["ref"], "Night desk", headline="عند الجسر القديم")
    writes = len(server.requests("update", "create", "batch", "bin"))
    assert laptop.run("pull", SLUG, "--json").json["fetched"] == [entry]
    assert laptop.run("entry", "show", entry, "--as", "json").json["headline"] == "عند الجسر القديم"
    assert origins(laptop, entry)[0] == (Kind.PULL, Origin.DESK)
    seen = laptop.seen(entry)
    assert seen.entry.stage is Stage.PUBLISHED
    assert not seen.is_draft
    (delivery,) = seen.deliveries
    assert (delivery.phase, delivery.held.revision) == (Phase.DONE, seen.entry.approved)
    assert laptop.notices() == ["desk-changed"]
    laptop.sync()
    assert len(server.requests("update", "create", "batch", "bin")) == writes
    assert laptop.run("pull").out == "Nothing new was fetched.\n"


def test_changes_of_different_blocks_merge_and_the_merge_waits_for_approval(
    laptop: Laptop, server: WireServer
) -> None:
    entry = public(laptop)
    server.edit(SLUG, laptop.there(entry)["ref"], text="The gauge reads eight metres.")
    laptop.correct(entry, "At the old bridge", TWO_BLOCKS)
    laptop.sync(code=None, timeout=20)
    there = laptop.there(entry)["content"]
    assert there["headline"] == "At the bridge", "nobody approved both together"
    assert there["body"][0]["text"] == "The gauge reads eight metres."
    seen = laptop.seen(entry)
    assert seen.content.headline == "At the old bridge"
    assert seen.content.body[0].text == "The gauge reads eight metres."
    assert (Kind.PULL, Origin.MERGE) in origins(laptop, entry)
    assert seen.entry.approved != seen.entry.head
    assert "desk-merged" in laptop.notices()
    laptop.run("entry", "edit", entry, str(laptop.folder / "both.md"), code=1)
    file = laptop.folder / "merged.md"
    file.write_text(laptop.run("entry", "show", entry).out, "utf-8")
    laptop.run("entry", "edit", entry, str(file), "--correct", "Both are right.")
    laptop.sync()
    there = laptop.there(entry)["content"]
    assert there["headline"] == "At the old bridge"
    assert there["body"][0]["text"] == "The gauge reads eight metres."
    laptop.assert_once(entry)


def test_changes_of_the_same_words_wait_for_a_persons_choice_and_both_texts_are_kept(
    laptop: Laptop, server: WireServer
) -> None:
    entry = public(laptop)
    other = public(laptop, "Another", "Elsewhere")
    server.edit(SLUG, laptop.there(entry)["ref"], headline="The police did not confirm")
    laptop.correct(entry, "The police did confirm", TWO_BLOCKS)
    laptop.correct(other, "Another, corrected", "Elsewhere and further")
    assert laptop.sync(code=4).out.startswith("1 stuck")
    assert laptop.there(entry)["content"]["headline"] == "The police did not confirm"
    assert laptop.there(other)["content"]["headline"] == "Another, corrected"
    seen = laptop.seen(entry)
    assert seen.content.headline == "The police did confirm"
    (delivery,) = seen.deliveries
    assert delivery.phase is Phase.CONFLICT
    assert {row[0] for row in origins(laptop, entry)} == {Kind.PUBLISH, Kind.CORRECTION, Kind.PULL}
    assert "choose which text to keep" in laptop.outbox()[entry]
    pulled = laptop.run("pull", "--json", code=4).json
    assert pulled["choose"] == [entry]
    laptop.assert_once(entry, other)


def test_what_the_desk_published_while_the_laptop_was_off_is_published_here_too(
    laptop: Laptop, server: WireServer
) -> None:
    entry = laptop.write("For review", "Please look", "--submit")
    laptop.sync()
    assert server.public() == []
    (draft,) = server.objects()
    server.publish(SLUG, draft["ref"])
    laptop.run("pull")
    seen = laptop.seen(entry)
    assert seen.entry.stage is Stage.PUBLISHED
    assert seen.entry.approved is not None
    laptop.sync()
    laptop.assert_once(entry)


def test_what_the_desk_binned_is_not_made_again_and_its_text_is_kept(
    laptop: Laptop, server: WireServer
) -> None:
    entry = public(laptop)
    others = [public(laptop, f"Stays {number}", "Here") for number in range(2)]
    server.bin(SLUG, laptop.there(entry)["ref"])
    assert laptop.run("pull", code=4).out.count("waits for your choice") == 1
    assert "The desk took this down" in laptop.outbox()[entry]
    creates = laptop.creates(entry)
    laptop.sync(code=4)
    laptop.correct(entry, "Corrected all the same", "Other words")
    laptop.sync(code=4)
    assert laptop.creates(entry) == creates
    assert laptop.seen(entry).content.headline == "Corrected all the same"
    laptop.assert_once(*others)


def test_what_the_desk_binned_is_made_anew_once_a_person_says_so(
    laptop: Laptop, server: WireServer
) -> None:
    entry = public(laptop)
    server.bin(SLUG, laptop.there(entry)["ref"])
    laptop.run("pull", code=4)
    with Newsroom(Profile(laptop.profile)) as newsroom:
        retry(newsroom.room, EntryId(entry), laptop.seen(entry).deliveries[0].target)
    laptop.sync()
    laptop.assert_once(entry)


def test_what_the_desk_took_off_the_page_stays_off_until_somebody_decides(
    laptop: Laptop, server: WireServer
) -> None:
    entry = public(laptop)
    server.unpublish(SLUG, laptop.there(entry)["ref"])
    laptop.run("pull", code=4)
    laptop.sync(code=4)
    assert server.public() == []
    assert "off the page" in laptop.outbox()[entry]


@pytest.mark.parametrize("answer", ["taken-down", "send-again"])
def test_an_emptied_server_is_asked_about_and_nothing_is_sent_until_a_person_says(
    laptop: Laptop, server: WireServer, answer: str
) -> None:
    entries = [laptop.write(f"Entry {number} 水位") for number in range(5)]
    laptop.sync()
    laptop.run("pull")
    for there in server.public():
        server.bin(SLUG, there["ref"])
    asked = laptop.run("pull", code=None)
    assert "5 entries are gone from newsroom at once" in asked.out
    writes = len(server.requests("create", "update", "batch"))
    another = laptop.write("Written since")
    laptop.sync(code=3, timeout=3)
    assert len(server.requests("create", "update", "batch")) == writes
    assert "target-emptied" in laptop.notices()
    told = laptop.outbox()
    assert told and all("waits for your answer" in said.casefold() for said in told.values()), told
    assert {laptop.seen(entry).entry.stage for entry in entries} == {Stage.PUBLISHED}
    laptop.run("target", answer, SLUG, "newsroom")
    laptop.sync()
    laptop.assert_once(another, *(entries if answer == "send-again" else []))
    assert {laptop.seen(entry).content.headline for entry in entries} == {
        f"Entry {number} 水位" for number in range(5)
    }
    assert "target-emptied" not in laptop.notices()


def test_a_draft_typed_here_stays_when_the_desk_changes_the_public_text(
    laptop: Laptop, server: WireServer
) -> None:
    entry = public(laptop)
    file = laptop.folder / "draft.md"
    shown = laptop.run("entry", "show", entry).out
    file.write_text(shown.replace("seven metres", "nine metres"), "utf-8")
    laptop.run("entry", "edit", entry, str(file))
    server.edit(SLUG, laptop.there(entry)["ref"], headline="Changed by the desk")
    laptop.run("pull")
    seen = laptop.seen(entry)
    assert seen.is_draft
    assert seen.overtaken
    assert seen.content.body[0].text == "The gauge reads nine metres."
    file.write_text(shown.replace("seven metres", "ten metres"), "utf-8")
    refused = laptop.run("entry", "edit", entry, str(file), "--correct", "Higher.", code=1)
    assert "desk" in refused.err
    laptop.sync()
    assert laptop.there(entry)["content"]["headline"] == "Changed by the desk"
    assert laptop.seen(entry).deliveries[0].held.visibility is Visibility.PUBLIC
