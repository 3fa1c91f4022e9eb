"""The process that opens photos: what dies or hangs in it is one photo's misfortune and nobody else's."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.content.print import Asked, Box, Edit, Rights
from editor.media.card import thumbnail
from editor.media.lab import Lab
from editor.media.photo import inspect
from editor.media.renditions import check_pixels, make_renditions
from editor.problems import Refused
from tests.media.pictures import png_bomb, telling_jpeg


def process(_: Path) -> int:
    return os.getpid()


def crash(_: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL if os.name != "nt" else signal.SIGTERM)


def crash_once(path: Path) -> str:
    seen = path.with_suffix(".seen")
    if not seen.exists():
        seen.touch()
        crash(path)
    return "done"


def hang(_: Path) -> None:
    threading.Event().wait()


def flood(_: Path) -> int:
    return len(bytes(64 << 30))


def blunder(_: Path) -> None:
    raise ZeroDivisionError


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    made = Lab()
    yield made
    made.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return telling_jpeg(tmp_path / "छाया 🌊.jpg")


def code(lab: Lab, work: object, path: Path) -> str:
    with pytest.raises(Refused) as caught:
        lab.do(work, path)  # type: ignore[arg-type]
    assert caught.value.first.detail["name"] == path.name
    return caught.value.first.code


def test_it_makes_what_this_process_would(lab: Lab, photo: Path) -> None:
    asked = Asked(
        edit=Edit(blurs=(Box(0, 0, 3000, 3000),), turns=1), rights=Rights(creator="छायाकार")
    )
    assert lab.do(inspect, photo) == inspect(photo)
    assert lab.do(thumbnail, photo, 240) == thumbnail(photo, 240)
    assert lab.do(make_renditions, photo, asked, "image/webp") == make_renditions(
        photo, asked, "image/webp"
    )
    lab.do(check_pixels, photo)


def test_it_is_another_process_and_stays_for_the_next_photo(lab: Lab, photo: Path) -> None:
    first = lab.do(process, photo)
    assert first != os.getpid()
    assert lab.do(process, photo) == first


def test_a_refusal_comes_back_as_it_was(lab: Lab, tmp_path: Path) -> None:
    bomb = png_bomb(tmp_path / "bomb.png", 30_000, 30_000)
    with pytest.raises(Refused) as caught:
        lab.do(inspect, bomb)
    with pytest.raises(Refused) as here:
        inspect(bomb)
    assert caught.value.problems == here.value.problems


@pytest.mark.parametrize("work", [crash, blunder])
def test_what_dies_over_one_photo_is_there_for_the_next(
    lab: Lab, photo: Path, work: object
) -> None:
    before = lab.do(process, photo)
    assert code(lab, work, photo) == "photo-too-hard"
    assert lab.do(process, photo) not in (before, os.getpid())
    assert lab.do(inspect, photo).width == 900


def test_a_process_that_was_ended_in_the_midst_of_a_photo_begins_it_again(
    lab: Lab, photo: Path
) -> None:
    assert lab.do(crash_once, photo) == "done"


@pytest.mark.skipif(os.name == "nt", reason="has no such limit")
def test_a_photo_that_wants_all_memory_does_not_get_it(lab: Lab, photo: Path) -> None:
    assert code(lab, flood, photo) == "photo-too-hard"
    assert lab.do(inspect, photo).width == 900


def test_a_photo_that_is_never_done_is_given_up(photo: Path) -> None:
    lab = Lab(patience=0.5)
    try:
        assert code(lab, hang, photo) == "photo-too-hard"
    finally:
        lab.close()


def test_a_process_that_was_killed_between_photos_is_not_missed(lab: Lab, photo: Path) -> None:
    lab.do(process, photo)
    worker = lab._worker
    assert worker is not None
    worker.process.kill()
    worker.process.join()
    assert lab.do(inspect, photo).width == 900


def test_a_process_that_had_nothing_to_do_has_ended_and_is_not_missed(photo: Path) -> None:
    lab = Lab(idle=0.05)
    try:
        lab.do(process, photo)
        worker = lab._worker
        assert worker is not None
        worker.process.join()
        assert worker.process.exitcode == 0
        lab.do(process, photo)
    finally:
        lab.close()


def test_it_closes_in_the_midst_of_a_photo(photo: Path) -> None:
    lab = Lab()
    lab.do(process, photo)
    told: list[str] = []
    thread = threading.Thread(target=lambda: told.append(code(lab, hang, photo)))
    thread.start()
    lab.close()
    thread.join(30)
    assert told == ["photo-too-hard"]


def test_many_threads_get_their_own_answers(lab: Lab, tmp_path: Path) -> None:
    sizes = {
        telling_jpeg(tmp_path / f"{width}.jpg", size=(width, 90)): width
        for width in range(100, 900, 100)
    }
    found: dict[Path, int] = {}

    def look(path: Path) -> None:
        found[path] = lab.do(inspect, path).width

    threads = [threading.Thread(target=look, args=(path,)) for path in sizes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == sizes
