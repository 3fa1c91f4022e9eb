"""A note about a release is believed when it is signed by one of ours, and says what a note says; else nothing of it is."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.paths import resources
from editor.problems import Refused
from editor.releases.release import FIRST_LINE, MOST, is_newer, read_note, unsigned
from editor.releases.source import Source, read_source
from tests.releases.notes import KEY, OTHER, PAGE, PUBLIC, release, signed, signed_bytes


def refused(document: bytes, *keys: bytes) -> str:
    with pytest.raises(Refused) as raised:
        read_note(document, keys or (PUBLIC,))
    return raised.value.first.code


def test_a_note_that_one_of_our_keys_signed_is_read() -> None:
    assert read_note(signed(), (PUBLIC,)) == release()
    other = OTHER.public_key().public_bytes_raw()
    assert read_note(signed(), (other, PUBLIC)) == release()
    assert read_note(signed(key=OTHER), (other, PUBLIC)) == release()


def test_a_note_that_somebody_else_signed_is_not_read() -> None:
    assert refused(signed(key=OTHER)) == "release-not-signed"
    with pytest.raises(Refused):
        read_note(signed(), ())


@given(st.data())
def test_a_note_of_which_one_bit_was_changed_is_not_read(data: st.DataObject) -> None:
    document = bytearray(signed())
    place = data.draw(st.integers(0, len(document) - 1))
    document[place] ^= 1 << data.draw(st.integers(0, 7))
    # what base64 leaves over at its end can be written in several ways, which say the same bytes
    if _same_bytes(bytes(document)):
        return
    assert refused(bytes(document)) == "release-not-signed"


def _same_bytes(document: bytes) -> bool:
    from editor.releases.release import _signature

    head, _, body = document.partition(b"\n")
    return body == unsigned(release()) and _signature(head) == KEY.sign(body)


@given(st.binary(max_size=300))
def test_bytes_that_are_no_note_are_refused_with_a_sentence(document: bytes) -> None:
    assert refused(document) == "release-not-signed"
    assert refused(FIRST_LINE + document) == "release-not-signed"


@pytest.mark.parametrize(
    "said",
    [
        {"program": "another"},
        {"version": "1.3.0rc1"},
        {"version": "<b>1.3</b>"},
        {"version": "１.３"},
        {"version": "1"},
        {"released": "2026-11-20T10:00:00"},
        {"released": "today"},
        {"page": "http://dateline.example/1.3"},
        {"page": "javascript:alert(1)"},
        {"page": "file:///etc/passwd"},
        {"page": "https://"},
        {"page": "https://dateline.example/" + "x" * 300},
        {"page": None},
    ],
)
def test_a_signed_note_that_says_something_else_is_refused(said: dict[str, object]) -> None:
    plain = msgspec.to_builtins(release())
    body = msgspec.json.encode({**plain, **said})
    assert refused(signed_bytes(body)) == "release-malformed"


def test_what_a_later_note_says_besides_does_no_harm() -> None:
    plain = msgspec.to_builtins(release())
    assert (
        read_note(signed_bytes(msgspec.json.encode({**plain, "size": 3})), (PUBLIC,)) == release()
    )
    assert refused(signed_bytes(b"[" * 5000)) == "release-malformed"
    assert refused(signed_bytes(b" " * MOST)) == "release-not-signed"


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [
        ("1.3", "1.2", True),
        ("1.3", "1.3", False),
        ("1.3.0", "1.3", False),
        ("1.10", "1.9", True),
        ("1.2.9", "1.3", False),
        ("0.1.0", "0.1.0", False),
        ("2.0", "1.99.99", True),
        ("1.3", "1.3.0rc1", True),
        ("1.3", "1.3.0.dev4", True),
        ("1.3", "1.3.0+local", False),
        ("1.2", "1.3.0rc1", False),
    ],
)
def test_newer_is_what_comes_after(version: str, than: str, newer: bool) -> None:
    assert is_newer(version, than) is newer


def test_the_program_comes_with_a_key_and_trusts_nobody_without_one(tmp_path: Path) -> None:
    assert [len(key) for key in read_source(resources()).public_keys] == [32]
    assert read_source(tmp_path) == Source()
    assert refused(signed(), *read_source(resources()).public_keys) == "release-not-signed"
    assert PAGE.startswith("https://")
