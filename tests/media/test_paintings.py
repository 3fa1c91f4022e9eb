from __future__ import annotations

from pathlib import Path

from editor.media.image import opened
from editor.media.paintings import PAINTINGS, paint, write_painting
from editor.media.photo import inspect
from editor.media.renditions import make_renditions


def test_a_painting_is_the_same_every_time() -> None:
    assert paint("lights").tobytes() == paint("lights").tobytes()


def test_a_painting_carries_what_a_camera_writes_and_loses_it(tmp_path: Path) -> None:
    path = write_painting("bridge", tmp_path)
    found = inspect(path)
    assert (found.width, found.height) == (2400, 1600)
    assert found.has_location
    assert found.told.caption == "The old bridge at first light"
    for number, (data, *_) in enumerate(make_renditions(path)):
        out = tmp_path / f"{number}.jpg"
        out.write_bytes(data)
        with opened(out) as image:
            assert not image.getexif()
        assert b"Paintbox" not in data and not inspect(out).has_location


def test_some_paintings_tell_a_place_and_some_do_not() -> None:
    assert {painting.place is None for painting in PAINTINGS.values()} == {True, False}
