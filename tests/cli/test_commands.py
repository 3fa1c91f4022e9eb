"""The command line does the main job, says one sentence about trouble, and prints JSON that scripts can trust."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.problems import Problem
from editor.sync.records import Notice, Watch
from tests.cli.conftest import Run
from tests.media.pictures import telling_jpeg


def test_a_blog_is_begun_listed_and_ended(run: Run, blog: str) -> None:
    assert blog == "flood-in-the-delta"
    assert "live" in run("blog", "list").out
    assert run("blog", "end", blog).code == 0
    assert run("--json", "blog", "list").json[0]["status"] == "ended"


def test_an_entry_goes_from_a_file_to_a_page(run: Run, blog: str, entry_file: Path) -> None:
    (entry,) = run("entry", "add", blog, str(entry_file), "--publish").lines
    assert run("outbox").out.startswith(entry)
    sent = run("--json", "sync")
    assert sent.code == 0
    page = Path(sent.json["pages"][blog])
    assert "Water reaches the old bridge" in page.read_text("utf-8")
    assert "Nothing waits" in run("outbox").out
    (listed,) = run("entry", "list", blog, "--json").json
    assert listed["id"] == entry
    assert listed["stage"] == "published"
    assert listed["blocks"] == ["text", "quote", "social"]
    assert listed["key_event"] is True
    (delivery,) = listed["deliveries"]
    assert (delivery["target"], delivery["phase"]) == ("site", "done")


def test_without_release_nothing_is_sent(run: Run, blog: str, entry_file: Path) -> None:
    run("entry", "add", blog, str(entry_file))
    sent = run("--json", "sync")
    assert (sent.code, sent.json["outbox"]) == (0, [])
    assert run("entry", "list", blog, "--json").json[0]["stage"] == "draft"


def test_the_list_and_the_check_name_a_quote_that_nobody_is_said_to_have_spoken(
    run: Run, blog: str, tmp_path: Path
) -> None:
    file = tmp_path / "quote.md"
    file.write_text(
        "---\nheadline: Pumps\n---\n\n```dateline-quote\ntext: We need ten.\nunnamed: true\n```\n"
    )
    entry = run("entry", "add", blog, str(file)).out.strip()
    assert "Pumps (Quote without a speaker)" in run("entry", "list", blog).out
    told = run("entry", "check", entry).out
    assert "The quote does not say who said it" in told
    assert "unnamed: true" in run("entry", "show", entry).out


def test_a_correction_by_file_says_what_was_put_right(
    run: Run, blog: str, entry_file: Path
) -> None:
    (entry,) = run("entry", "add", blog, str(entry_file), "--publish").lines
    run("sync")
    entry_file.write_text(entry_file.read_text("utf-8").replace("7.2", "7.4"), "utf-8")
    assert run("entry", "edit", entry, str(entry_file), "--publish").code == 1
    done = run("entry", "edit", entry, str(entry_file), "--correct", "The gauge was misread.")
    assert done.code == 0
    page = Path(run("--json", "sync").json["pages"][blog]).read_text("utf-8")
    assert "7.4" in page
    assert "The gauge was misread." in page
    assert "correction" in run("entry", "history", entry).out


def test_the_desk_returns_a_submission(run: Run, blog: str, entry_file: Path) -> None:
    (entry,) = run("entry", "add", blog, str(entry_file), "--submit").lines
    assert run("entry", "return", entry, "--note", "Name the operator, please.").code == 0
    shown = run("entry", "show", entry, "--as", "json").json
    assert (shown["stage"], shown["note"]) == ("returned", "Name the operator, please.")


def test_an_entry_shown_as_a_file_reads_back_the_same(
    run: Run, blog: str, entry_file: Path, tmp_path: Path
) -> None:
    (entry,) = run("entry", "add", blog, str(entry_file)).lines
    again = tmp_path / "again.md"
    again.write_text(run("entry", "show", entry).out, "utf-8")
    before = run("entry", "show", entry, "--as", "json").json["content"]
    assert run("entry", "edit", entry, str(again)).code == 0
    assert run("entry", "show", entry, "--as", "json").json["content"] == before


def test_words_are_found_in_any_script(run: Run, blog: str, entry_file: Path) -> None:
    run("entry", "add", blog, str(entry_file))
    for words in ("bridge", "水位", "الماء", "engineer"):
        assert len(run("search", blog, words, "--json").json) == 1, words
    assert run("search", blog, "nowhere", "--json").json == []


def test_a_withdrawn_entry_leaves_a_notice(run: Run, blog: str, entry_file: Path) -> None:
    (entry,) = run("entry", "add", blog, str(entry_file), "--publish").lines
    page = Path(run("--json", "sync").json["pages"][blog])
    assert run("entry", "withdraw", entry, "--note", "Another bridge was meant.").code == 0
    assert run("sync").code == 0
    assert "7.2" not in page.read_text("utf-8")
    tombstone = page.parent / "e" / entry / "index.html"
    assert "Another bridge was meant." in tombstone.read_text("utf-8")


def test_a_withdrawn_photo_leaves_the_folder_unless_another_entry_shows_it(
    run: Run, blog: str, tmp_path: Path
) -> None:
    telling_jpeg(tmp_path / "bridge.jpg")
    telling_jpeg(tmp_path / "lock.jpg", size=(800, 640))
    entries = []
    for name in ("both", "one"):
        file = tmp_path / f"{name}.md"
        photos = "![The bridge](bridge.jpg)\n"
        if name == "both":
            photos += "\n![The lock](lock.jpg)\n"
        file.write_text(f"---\nheadline: الجسر {name}\n---\n\nWords.\n\n{photos}", "utf-8")
        entries += run("entry", "add", blog, str(file), "--publish").lines[:1]
    page = Path(run("--json", "sync").json["pages"][blog])
    files = {each.name for each in (page.parent / "m").iterdir()}
    both, one = entries
    assert run("entry", "withdraw", both, "--note", "It showed where somebody lives.").code == 0
    assert run("sync").code == 0
    left = {each.name for each in (page.parent / "m").iterdir()}
    assert set() < left < files
    kept = (page.parent / "e" / one / "index.html").read_text("utf-8")
    assert all(name in kept for name in left)
    for written in page.parent.rglob("*.*"):
        if written.suffix in (".html", ".json", ".xml"):
            said = written.read_text("utf-8")
            assert not [name for name in files - left if name in said], written
    assert run("entry", "withdraw", one, "--note", "This one too.").code == 0
    assert run("sync").code == 0
    assert list((page.parent / "m").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["blog", "show", "nowhere"], 1),
        (["entry", "show", "no-such-id"], 1),
        (["entry", "add", "nowhere", "x.md"], 1),
        (["blog", "add"], 2),
        (["entry", "fly"], 2),
        (["account", "check", "nobody"], 1),
        (["account", "add", "nonsense", "x"], 1),
        (["target", "add", "flood-in-the-delta", "nobody"], 1),
        (["restore", "nothing.zip"], 1),
        (["import", "nothing"], 1),
        (["search", "nowhere", "x"], 1),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_never_a_traceback(
    run: Run, blog: str, words: list[str], code: int
) -> None:
    ran = run(*words)
    assert ran.code == code
    assert "Traceback" not in ran.err
    if code == 1:
        (sentence,) = ran.err.splitlines()
        assert sentence.startswith("dateline: ")
        assert sentence.endswith((".", "!", "?")), sentence


BAD_FILES = {
    "unknown key": b"---\nheadlin: x\n---\n",
    "broken yaml": b"---\nheadline: [\n---\n",
    "missing photo": b"![a](photos/none.jpg)\n",
    "not utf-8": b"\xff\xfe\x00",
    "a null": b"a\x00b",
    "a control character": b"a\x07b",
    "a lone surrogate": b"\xed\xa0\x80",
    "six megabytes": b"x" * 6_000_000,
    "a broken time": b"---\ntime: yesterday\n---\nx\n",
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_gets_one_sentence_that_names_it_and_nothing_is_kept(
    run: Run, blog: str, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "bad.md"
    file.write_bytes(BAD_FILES[kind])
    good = tmp_path / "good.md"
    good.write_text("Fine.\n", "utf-8")
    ran = run("entry", "add", blog, str(good), str(file))
    assert ran.code == 1
    (sentence,) = ran.err.splitlines()
    assert "bad.md" in sentence
    assert run("entry", "list", blog, "--json").json == []


def test_a_fake_photo_is_refused_with_its_name(run: Run, blog: str, tmp_path: Path) -> None:
    (tmp_path / "fake.jpg").write_text("I am no photo")
    file = tmp_path / "entry.md"
    file.write_text("![alt](fake.jpg)\n")
    ran = run("entry", "add", blog, str(file))
    assert ran.code == 1
    assert "fake.jpg" in ran.err


def test_a_javascript_link_is_kept_as_typed_and_not_published(
    run: Run, blog: str, tmp_path: Path
) -> None:
    file = tmp_path / "entry.md"
    file.write_text("[click](javascript:alert(1)) and <script>alert(2)</script>\n\nend\n")
    (entry,) = run("entry", "add", blog, str(file), "--publish").lines
    page = Path(run("--json", "sync").json["pages"][blog]).read_text("utf-8")
    assert 'href="javascript' not in page
    assert "<script>alert" not in page
    assert "javascript:alert(1)" in run("entry", "show", entry).out


def test_a_quote_without_a_speaker_is_not_refused(run: Run, blog: str, tmp_path: Path) -> None:
    file = tmp_path / "entry.md"
    file.write_text("```dateline-quote\ntext: Everyone here knows it.\n```\n")
    assert run("entry", "add", blog, str(file), "--publish").code == 0


def test_a_very_long_address_is_refused_when_it_should_go_out(
    run: Run, blog: str, tmp_path: Path
) -> None:
    file = tmp_path / "entry.md"
    file.write_text("[story](https://news.example.org/" + "x" * 2100 + ")\n")
    ran = run("entry", "add", blog, str(file), "--publish")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1


def test_an_export_imported_again_updates_and_never_doubles(
    run: Run, blog: str, entry_file: Path, tmp_path: Path
) -> None:
    run("entry", "add", blog, str(entry_file))
    folder = tmp_path / "export"
    assert run("export", blog, str(folder), "--as", "markdown").code == 0
    before = run("entry", "list", blog, "--json").json
    assert run("import", str(folder)).code == 0
    assert run("entry", "list", blog, "--json").json == before


def test_a_backup_is_restored_word_for_word(
    run: Run, blog: str, entry_file: Path, tmp_path: Path
) -> None:
    (entry,) = run("entry", "add", blog, str(entry_file)).lines
    before = run("entry", "show", entry, "--as", "json").json
    file = tmp_path / "kept.zip"
    assert run("backup", str(file)).code == 0
    run("entry", "withdraw", entry, "--note", "gone")
    assert run("restore", str(file)).code == 0
    assert run("entry", "show", entry, "--as", "json").json == before


def test_a_second_account_gets_what_is_public(
    run: Run, blog: str, entry_file: Path, tmp_path: Path
) -> None:
    run("entry", "add", blog, str(entry_file), "--publish")
    site = tmp_path / "elsewhere"
    assert run("account", "add", "site", "elsewhere", "--set", f"folder={site}").code == 0
    assert run("target", "add", blog, "elsewhere").code == 0
    assert run("account", "check", "elsewhere").code == 0
    assert run("sync").code == 0
    assert "Water reaches" in (site / blog / "index.html").read_text("utf-8")
    assert run("account", "remove", "elsewhere").code == 0
    assert "elsewhere" not in run("account", "list").out


def test_a_field_nobody_knows_is_named(run: Run) -> None:
    ran = run("account", "add", "site", "x", "--set", "fodler=/nowhere")
    assert ran.code == 1
    assert "fodler" in ran.err


def test_the_sample_has_every_kind_of_block_and_can_be_published(run: Run) -> None:
    (slug,) = run("sample").lines
    entries = run("entry", "list", slug, "--json").json
    assert len(entries) >= 25
    blocks = [block for entry in entries for block in entry["blocks"]]
    assert {"text", "photo", "quote", "social", "story"} <= set(blocks)
    assert blocks.count("photo") >= 4
    sent = run("--json", "sync")
    assert sent.code == 0
    assert Path(sent.json["pages"][slug]).is_file()


def test_the_self_test_holds(run: Run) -> None:
    ran = run("self-test")
    assert ran.code == 0, ran.out
    assert "FAIL" not in ran.out


def test_pages_that_a_backup_does_not_carry_are_written_again(
    run: Run, blog: str, entry_file: Path, tmp_path: Path
) -> None:
    run("entry", "add", blog, str(entry_file), "--publish")
    page = Path(run("--json", "sync").json["pages"][blog])
    file = tmp_path / "kept.zip"
    assert run("backup", str(file)).code == 0
    shutil.rmtree(page.parent)
    assert run("restore", str(file)).code == 0
    assert run("sync").code == 0
    assert "Water reaches the old bridge" in page.read_text("utf-8")


@pytest.mark.parametrize("answer", ["taken-down", "send-again"])
def test_what_became_of_entries_that_vanished_at_once_can_be_answered(
    run: Run, blog: str, tmp_path: Path, answer: str
) -> None:
    with Newsroom(Profile(tmp_path / "profile")) as newsroom:
        (target,) = newsroom.views.targets(newsroom.views.blogs()[0].id)
        problem = Problem(code="target-emptied", detail={"count": 12, "all": 14})
        with newsroom.store.write() as tx:
            tx.put_watch(Watch(target=target.id, emptied=12))
            tx.add_notice(Notice(at=newsroom.room.clock.now(), problem=problem, target=target.id))
        account = newsroom.views.account(target.account).name
    assert "12 entries are gone from site at once" in run("outbox").out
    assert run("target", answer, blog, account).code == 0
    assert "gone" not in run("outbox").out


def test_an_entrys_log_is_printed_without_its_text(run: Run, blog: str, entry_file: Path) -> None:
    (entry,) = run("entry", "add", blog, str(entry_file), "--publish").lines
    run("sync")
    said = run("entry", "log", entry).out
    assert f"entry {entry}, published" in said
    assert "confirmed" in said
    assert "bridge" not in said
    assert run("entry", "log", entry, "--json").json[-1]["outcome"] == "confirmed"


def test_what_stands_against_an_entry_is_printed_and_a_blog_changes_what_stops_it(
    run: Run, blog: str, tmp_path: Path
) -> None:
    file = tmp_path / "entry.md"
    file.write_text(
        "---\nheadline: الماء عند الجسر\nunverified: true\n---\n\n"
        "[the gauge](http://example.org)\n\n```dateline-quote\ntext: Everyone here knows it.\n```\n",
        "utf-8",
    )
    (entry,) = run("entry", "add", blog, str(file)).lines
    looked = run("entry", "check", entry)
    assert looked.code == 0
    assert [line.partition(":")[0] for line in looked.lines] == ["warning"] * 3
    assert run("--json", "entry", "check", entry).json[0]["code"] == "claim-unverified"
    stops = ("claim-unverified=error", "quote-without-speaker=error")
    assert run("blog", "edit", blog, *(w for s in stops for w in ("--check", s))).code == 0
    assert [line for line in run("blog", "show", blog).lines if "error" in line] == [
        "check       quote-without-speaker=error",
        "check       claim-unverified=error",
    ]
    assert run("entry", "check", entry).code == 1
    refused = run("entry", "publish", entry)
    assert refused.code == 1
    assert refused.err.count("\n") == 2
    run("blog", "edit", blog, "--check", "claim-unverified=warning", "--headline", "Flood, day 2")
    assert run("--json", "blog", "show", blog).json["blog"]["headline"] == "Flood, day 2"
    run("blog", "edit", blog, "--check", "quote-without-speaker=Warning")
    assert run("entry", "publish", entry).code == 0


@pytest.mark.parametrize("typed", ["entry-empty=warning", "alt-too-long", "alt-too-long=off", "="])
def test_a_check_that_is_none_is_refused(run: Run, blog: str, typed: str) -> None:
    refused = run("blog", "edit", blog, "--check", typed)
    assert (refused.code, bool(refused.err)) == (1, True)
    assert run("--json", "blog", "show", blog).json["blog"]["checks"] == {}


def test_a_source_is_protected_from_the_command_line(run: Run, blog: str, entry_file: Path) -> None:
    (entry,) = run("entry", "add", blog, str(entry_file), "--protect-source").lines
    assert run("entry", "show", entry, "--as", "json").json["protect_source"] is True
    assert run("entry", "protect", entry, "--off").code == 0
    assert run("entry", "show", entry, "--as", "json").json["protect_source"] is False
    assert run("entry", "protect", entry).code == 0
    assert run("entry", "show", entry, "--as", "json").json["protect_source"] is True
