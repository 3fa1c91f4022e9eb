"""The entry file: its plain forms, its fences, and what is refused with file, line and reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from editor.content.block import PhotoFile, Unknown
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.content.entry_file import MAX_BYTES, decode_file, read_entry, read_file, write_entry
from editor.problems import Problem, Refused, refuse

SANDBAGS = PhotoFile(asset="a" * 64, width=1600, height=1200)
POST = "https://social.example/@gauges/113456789012345678"
CET = timezone(timedelta(hours=1))
EXAMPLE = """\
---
headline: Water reaches the old bridge
time: 2026-11-22T14:32:00+01:00
byline: Field team A
key_event: true
labels: [river, evacuation]
---

The gauge under the eastern arch read **7.2 metres** at half past two.

![A line of people](photos/sandbags.jpg "Volunteers fill sandbags below the old bridge")
Credit: Staff photographer

> We have three pumps and we need ten. Everyone here knows it.
>
> — River engineer, city waterworks (by phone) <https://example.org/statement>

https://social.example/@gauges/113456789012345678

[First shelter opens](https://news.example.org/shelter)
"""


def find(path: str) -> PhotoFile:
    if path == "photos/sandbags.jpg":
        return SANDBAGS
    raise refuse("file-photo-missing", path=path)


def read(text: str) -> Content:
    return read_entry(text, find_photo=find, zone=UTC, name="entry.md")[0]


def body(text: str) -> tuple[object, ...]:
    return read(text).body


def write(*blocks: object) -> str:
    return write_entry(Content(body=blocks), name_photo=lambda _: "photos/sandbags.jpg")


def refusal(text: str) -> Problem:
    with pytest.raises(Refused) as caught:
        read(text)
    (problem,) = caught.value.problems
    assert problem.field == problem.detail["file"] == "entry.md"
    return problem


def where(text: str) -> tuple[str, int | str]:
    problem = refusal(text)
    return problem.code, problem.detail["line"]


def test_the_example_of_the_format_is_read_and_written_again_as_it_was() -> None:
    content = read(EXAMPLE)
    assert content == Content(
        headline="Water reaches the old bridge",
        time=datetime(2026, 11, 22, 14, 32, tzinfo=CET),
        byline=("Field team A",),
        key_event=True,
        labels=("river", "evacuation"),
        body=(
            Text(text="The gauge under the eastern arch read **7.2 metres** at half past two."),
            Photo(
                asset=SANDBAGS.asset,
                alt="A line of people",
                caption="Volunteers fill sandbags below the old bridge",
                credit="Staff photographer",
                width=1600,
                height=1200,
            ),
            Quote(
                text="We have three pumps and we need ten. Everyone here knows it.",
                speaker="River engineer",
                role="city waterworks",
                how="by phone",
                source="https://example.org/statement",
            ),
            Social(url=POST, network="mastodon", handle="@gauges@social.example"),
            Story(url="https://news.example.org/shelter", headline="First shelter opens"),
        ),
    )
    assert write_entry(content, name_photo=lambda _: "photos/sandbags.jpg") == EXAMPLE


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("> said\n>\n> -- Speaker", Quote(text="said", speaker="Speaker")),
        ("> said\n> — Speaker", Quote(text="said", speaker="Speaker")),
        ("> one\n>\n> two\n>\n> —Speaker, a\n> role", Quote(text="one\n\ntwo", speaker="Speaker", role="a role")),
        (">قال\n>\n> — مهندس النهر (هاتفيا)", Quote(text="قال", speaker="مهندس النهر", how="هاتفيا")),
        ("> said", Text(text="> said")),
        ("> — only a dash", Text(text="> — only a dash")),
        ("> said\n>\n> --- not a dash", Text(text="> said\n>\n> --- not a dash")),
        ("https://example.org/a", Story(url="https://example.org/a")),
        ("<https://example.org/a>", Story(url="https://example.org/a")),
        (f"{POST}?utm_source=share", Social(url=POST, network="mastodon", handle="@gauges@social.example")),
        ('[A](https://example.org/a_(b) "why")', Story(url="https://example.org/a_(b)", headline="A", summary="why")),
        ("[نهر \\[1\\]](https://example.org/)", Story(url="https://example.org/", headline="نهر [1]")),
        ("see https://example.org/a", Text(text="see https://example.org/a")),
        ("https://example.org/a\nhttps://example.org/b", Text(text="https://example.org/a\nhttps://example.org/b")),
        ("- item\n\n  https://example.org/a", Text(text="- item\n\n  https://example.org/a")),
        ("[a](javascript:b)", Text(text="[a](javascript:b)")),
        ("[a](https://example.org/) and more", Text(text="[a](https://example.org/) and more")),
        ("see ![a](photos/sandbags.jpg)", Text(text="see ![a](photos/sandbags.jpg)")),
        ("```\nhttps://example.org/a\n\n> a\n>\n> — b\n```", Text(text="```\nhttps://example.org/a\n\n> a\n>\n> — b\n```")),
        ("    https://example.org/a", Text(text="    https://example.org/a")),
        ("<b>raw</b>\n\n<!-- note -->", Text(text="<b>raw</b>\n\n<!-- note -->")),
        ("Tea\n---\n\nand more", Text(text="Tea\n---\n\nand more")),
    ],
)  # fmt: skip
def test_a_plain_form_is_read_as_its_block(text: str, block: object) -> None:
    assert body(text) == (block,)
    assert body(f"before\n\n{text}\n") in (
        (Text(text="before"), block),
        (Text(text=f"before\n\n{text}"),),
    )


def test_a_photo_may_have_escapes_and_angle_brackets() -> None:
    photo = Photo(asset="b", alt="a [b] \\ c", caption='the "old" bridge', width=1, height=2)
    path = "my photos/(1) <ä>.jpg"
    text = write_entry(Content(body=(photo,)), name_photo=lambda _: path)
    assert text == '![a \\[b\\] \\\\ c](<my photos/(1) \\<ä\\>.jpg> "the \\"old\\" bridge")\n'

    def found(asked: str) -> PhotoFile:
        assert asked == path
        return PhotoFile(asset="b", width=1, height=2)

    assert read_entry(text, find_photo=found, zone=UTC, name="a.md")[0].body == (photo,)


def test_what_the_plain_form_cannot_carry_is_a_fence() -> None:
    post = Social(
        url=POST,
        network="mastodon",
        author="River gauge service",
        handle="@gauges@social.example",
        posted=datetime(2026, 11, 22, 14, 21, tzinfo=CET),
        text="Gauge 7 passed the 1998 mark at 14:15.\nمستوى النهر 👩🏽‍🚒",
    )
    text = write(post)
    assert text == (
        "```dateline-social\n"
        f"url: {POST}\n"
        "network: mastodon\n"
        "author: River gauge service\n"
        "handle: '@gauges@social.example'\n"
        "posted: 2026-11-22T14:21:00+01:00\n"
        "text: |-\n"
        "  Gauge 7 passed the 1998 mark at 14:15.\n"
        "  مستوى النهر 👩🏽‍🚒\n"
        "```\n"
    )
    assert body(text) == (post,)
    kept = Photo(asset=SANDBAGS.asset, width=1600, height=1200, location_kept=True)
    text = write(kept)
    assert text == "```dateline-photo\nfile: photos/sandbags.jpg\nlocation_kept: true\n```\n"
    assert body(text) == (kept,)


def test_a_post_in_a_fence_need_not_name_its_network() -> None:
    assert body(f"```dateline-social\nurl: {POST}\ntext: a\n```") == (
        Social(url=POST, network="mastodon", text="a"),
    )
    nameless = Social(url=POST, text="a")
    assert body(write(nameless)) == (nameless,)


def test_texts_side_by_side_stay_apart() -> None:
    blocks = (Text(text="one"), Text(text="two"), Text(text="three"))
    assert body(write(*blocks)) == blocks


def test_an_unknown_block_is_kept_byte_for_byte() -> None:
    raws = (
        b'{"type":"poll","v":1,"question":"```","emoji":"\xf0\x9f\x8c\x8a"}',
        b'{ "type" : "poll",\n\n  "v": 2 }',
        b'{"type":"text","v":99,"text":"later"}',
    )
    for raw in raws:
        blocks = (Text(text="a"), Unknown(type="poll", raw=raw), Text(text="b"))
        text = write(*blocks)
        assert raw.decode() in text
        assert body(text) == blocks
    text = write(Unknown(type="poll", raw=b'{"type":"poll",\r\n"v":1}'))
    assert "dateline-unknown base64" in text
    assert body(text) == (Unknown(type="poll", raw=b'{"type":"poll",\r\n"v":1}'),)


def test_a_block_that_this_program_knows_by_now_is_no_longer_unknown() -> None:
    assert body('```dateline-unknown\n{"type":"text","v":1,"text":"a"}\n```') == (Text(text="a"),)


def test_front_matter_means_what_was_typed() -> None:
    text = "---\nheadline: {}\n---\n"
    for typed in ("No", "12:30", "2026-11-22", "1e3", "007", "Yes"):
        assert read(text.format(typed)).headline == typed
    assert read("---\nheadline:\ntime:\nlabels:\n---\n") == Content()
    assert read("---\nlabels: river, evacuation ,\n---\n").labels == ("river", "evacuation")
    assert read("---\nbyline: A, B\n---\n").byline == ("A, B",)
    assert read("---\nbyline: [A, B]\n---\n").byline == ("A", "B")
    assert read("---\nbyline:\n- A\n- B\n---\n").byline == ("A", "B")
    assert read("---\npinned: Yes\nkey_event: off\n---\n") == Content(pinned=True)
    assert read("---\n---\n") == Content()
    assert read("") == Content()


def test_a_time_without_a_zone_is_in_the_blogs() -> None:
    zone = ZoneInfo("Europe/Budapest")
    text = "---\ntime: 2026-07-01 14:32\n---\n```dateline-social\nposted: 2026-12-01T08:00:00\n```"
    content, _ = read_entry(text, find_photo=find, zone=zone, name="a.md")
    assert content.time is not None
    assert content.time.isoformat() == "2026-07-01T14:32:00+02:00"
    (post,) = content.body
    assert post.posted.isoformat() == "2026-12-01T08:00:00+01:00"
    assert read("---\ntime: 2026-07-01t14:32:00z\n---\n").time == datetime(
        2026, 7, 1, 14, 32, tzinfo=UTC
    )


def test_the_id_of_an_export_comes_back() -> None:
    own = "019ab2c0-0000-7000-8000-000000000001"
    text = write_entry(Content(headline="a"), entry_id=own, name_photo=str)
    assert text == f"---\nheadline: a\nid: {own}\n---\n"
    assert read_entry(text, find_photo=find, zone=UTC, name="a.md") == (Content(headline="a"), own)
    upper = read_entry(text.upper().replace("ID:", "id:").replace("HEADLINE", "headline"),
                       find_photo=find, zone=UTC, name="a.md")  # fmt: skip
    assert upper[1] == own


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    for text in (EXAMPLE.replace("\n", "\r\n"), EXAMPLE.replace("\n", "\r"), "\ufeff" + EXAMPLE):
        assert read(text) == read(EXAMPLE)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("---\nheadline: a\nheadlin: b\n---\n", "file-unknown-key", 3),
        ("---\nheadline: a\nheadline: b\n---\n", "file-key-twice", 3),
        ("---\nheadline: [a\n---\n", "file-yaml", 3),
        ("---\nheadline: 'a\n---\n", "file-yaml", 3),
        ("---\na: b: c\n---\n", "file-yaml", 2),
        ("---\njust words\n---\n", "file-yaml", 2),
        ("---\nheadline: a\n\nNo end.", "file-front-matter-unclosed", 1),
        ("---\nheadline: *nobody\n---\n", "file-yaml", 2),
        ("---\nlabels: " + "[" * 5_000 + "\n---\n", "file-yaml", 2),
        ("---\nlabels: &a [*a]\n---\n", "file-value", 2),
        ("---\nheadline: {a: b}\n---\n", "file-value", 2),
        ("---\nheadline: [a, b]\n---\n", "file-value", 2),
        ("---\n? [a]\n: b\n---\n", "file-unknown-key", 2),
        ("---\nheadline: a\ntime: yesterday\n---\n", "file-value", 3),
        ("---\ntime: 2026-11-22\n---\n", "file-value", 2),
        ("---\ntime: 2026-13-22T10:00:00Z\n---\n", "file-value", 2),
        ("---\nkey_event: maybe\n---\n", "file-value", 2),
        ("---\nid: 12\n---\n", "file-value", 2),
        ('---\nheadline: "a\\0b"\n---\n', "file-character", 2),
        ('---\nlabels: ["a", "\\ud800"]\n---\n', "file-character", 2),
        ("one\ntwo \x00", "file-character", 2),
        ("one\n\ntwo \x1b[31m", "file-character", 3),
        ("one \ud800", "file-character", 1),
        ("one\n\n![a](photos/none.jpg)", "file-photo-missing", 3),
        ("---\nheadline: a\n---\n\none\n\n![a](photos/none.jpg)", "file-photo-missing", 7),
        ("a\n\n```dateline-photo\nfile: none.jpg\n```", "file-photo-missing", 3),
        ("a\n\n```dateline-social\nurl: b", "file-fence-unclosed", 3),
        ("a\n```dateline-social\nurl: b\nlikes: 3\n```", "file-unknown-key", 4),
        ("```dateline-social\nposted: never\n```", "file-value", 2),
        ("```dateline-social\nurl: [a, b]\n```", "file-block", 2),
        ("```dateline-photo\ndecorative: perhaps\n```", "file-block", 2),
        ("```dateline-social\nurl: b: c\n```", "file-yaml", 2),
        ("```dateline-poll\nquestion: a\n```", "file-unknown-block", 1),
        ("```dateline-text\nv: 2\n```", "file-unknown-block", 1),
        ("```dateline-text\nv: many\n```", "file-block", 2),
        ("```dateline-unknown\n{\n```", "file-block", 2),
        ("```dateline-unknown base64\n!\n```", "file-block", 2),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    assert where(text) == (code, line)


def test_a_refusal_names_what_it_is_about() -> None:
    assert refusal("---\nheadlin: b\n---\n").detail["key"] == "headlin"
    assert refusal("---\ntime: soon\n---\n").detail["value"] == "soon"
    assert refusal("![a](b.jpg)").detail["path"] == "b.jpg"
    assert refusal("a\x07").detail["character"] == "U+0007"
    assert "mapping" in str(refusal("---\na: b: c\n---\n").detail["reason"])


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    for data, code, line in (
        (b"one\ntwo \xff", "file-not-utf8", 2),
        (b"\xed\xa0\x80", "file-not-utf8", 1),
        (b"a" * (MAX_BYTES + 1), "file-too-large", 1),
    ):
        with pytest.raises(Refused) as caught:
            decode_file(data, name="entry.md")
        detail = caught.value.first.detail
        assert (caught.value.first.code, detail["file"], detail["line"]) == (code, "entry.md", line)
    assert decode_file(b"a" * MAX_BYTES, name="entry.md")


def test_a_file_is_read_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "ورق.md"
    path.write_text(EXAMPLE, "utf-8")
    assert read_file(path, find_photo=find, zone=UTC)[0] == read(EXAMPLE)
    for wrong, code in ((tmp_path / "none.md", "file-missing"), (tmp_path, "file-unreadable")):
        with pytest.raises(Refused) as caught:
            read_file(wrong, find_photo=find, zone=UTC)
        assert caught.value.first.code == code
        assert caught.value.first.detail["file"] == wrong.name
