"""What is written is what is read, for every entry and every file."""

from __future__ import annotations

from datetime import UTC

from hypothesis import assume, example, given
from hypothesis import strategies as st

from editor.content.block import PhotoFile
from editor.content.blocks.photo import Photo
from editor.content.blocks.text import Text
from editor.content.entry import Content, decode, encode
from editor.content.entry_file import read_entry, write_entry
from editor.problems import Refused
from tests.content.strategies import PHOTOS, bodies, contents, find_photo, ids, name_photo


def read(text: str) -> tuple[Content, str | None]:
    return read_entry(text, find_photo=find_photo, zone=UTC, name="entry.md")


@given(contents, ids)
@example(Content(body=(Text(text="a"), Text(text="b"))), None)
@example(Content(body=(Text(text="```\nnever closed"), Text(text="---"))), None)
@example(Content(body=(Text(text="---\nheadline: no"),)), None)
@example(Content(body=(Text(text="\ufeff"),)), None)
@example(Content(body=(Photo(asset=""),)), None)
@example(Content(headline="kept\n\n", body=(Text(text="```\n"), Text(text="```\n\n"))), None)
@example(Content(body=(Text(text=""), Text(text=" \n "))), None)
def test_reading_what_was_written_gives_the_same_entry(
    content: Content, entry_id: str | None
) -> None:
    text = write_entry(content, entry_id=entry_id, name_photo=name_photo)
    text.encode()
    assert read(text) == (content, entry_id)
    assert encode(read(text)[0]) == encode(content)


@given(contents)
def test_a_file_with_windows_line_ends_is_the_same_entry(content: Content) -> None:
    text = write_entry(content, name_photo=name_photo)
    assert read(text.replace("\n", "\r\n"))[0] == content


@given(contents)
def test_stored_content_is_read_back(content: Content) -> None:
    assert decode(encode(content)) == content


@given(st.one_of(bodies, st.text(max_size=200)))
def test_writing_what_was_read_is_stable_after_one_pass(body: str) -> None:
    def find(path: str) -> PhotoFile:
        asset = path.encode().hex()
        return PhotoFile(asset=asset, width=1, height=1)

    def name(asset: str) -> str:
        return bytes.fromhex(asset).decode()

    try:
        content, entry_id = read_entry(body, find_photo=find, zone=UTC, name="entry.md")
    except Refused as refused:
        assert len(refused.problems) == 1
        assert {"file", "line"} <= set(refused.first.detail)
        assume(False)
    once = write_entry(content, entry_id=entry_id, name_photo=name)
    again, again_id = read_entry(once, find_photo=find, zone=UTC, name="entry.md")
    assert (again, again_id) == (content, entry_id)
    assert write_entry(again, entry_id=again_id, name_photo=name) == once


@given(st.text())
def test_any_text_is_read_or_refused_with_one_problem(text: str) -> None:
    try:
        read(text)
    except Refused as refused:
        assert len(refused.problems) == 1


def test_every_photo_of_the_samples_survives_in_plain_form() -> None:
    for asset, (_, width, height) in PHOTOS.items():
        photo = Photo(asset=asset, width=width, height=height, alt="a [b] \\", caption='"c"')
        text = write_entry(Content(body=(photo,)), name_photo=name_photo)
        assert text.startswith("![")
        assert read(text)[0].body == (photo,)
