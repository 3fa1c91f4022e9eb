"""What lies in a blog's folder, looked at as a reader's browser and a curious stranger would."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

_ARTICLE = re.compile(r'<article class="entry[^"]*" id="e-([0-9a-f-]+)"')


def live(folder: Path) -> int:
    """The change set that readers are led to; 0 before there is one."""
    file = folder / "live.json"
    return int(json.loads(file.read_bytes())["seq"]) if file.exists() else 0


def listed(folder: Path) -> Counter[str]:
    """How often each entry stands on the blog's pages."""
    return Counter(entry for page in _pages(folder) for entry in _ARTICLE.findall(_text(page)))


def entry_page(folder: Path, entry: str) -> str:
    """An entry's own page."""
    return _text(folder / "e" / entry / "index.html")


def additions(folder: Path) -> Counter[str]:
    """How often open pages were told to add each entry."""
    changes = [_json(file) for file in (folder / "d").glob("*.json")]
    return Counter(op["id"] for change in changes for op in change["ops"] if op["op"] == "add")


def holding(folder: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """The files whose bytes or names hold one of these words, with the word.

    A writer may be at work: a file that is renamed meanwhile is read by the next look.
    """
    read = [(str(file.relative_to(folder)), data) for file, data in _files(folder)]
    return [(n, word) for word in words for n, data in read if word.encode() in data or word in n]


def assert_whole(folder: Path) -> None:
    """At every moment, a killed writer's last one included, readers find a page that agrees with itself."""
    if not folder.exists():
        return
    for file in folder.rglob("*.json"):
        if not file.name.startswith("."):
            _json(file)
    for page in _pages(folder):
        found = Counter(_ARTICLE.findall(_text(page)))
        assert set(found.values()) <= {1}, f"twice on {page.name}"
        assert _text(page).rstrip().endswith("</html>"), f"{page.name} is cut off"
    if not (folder / "live.json").exists():
        return
    said = _json(folder / "live.json")
    for seq in range(said["snap"] + 1, said["seq"] + 1):
        assert (folder / "d" / f"{seq}.json").exists(), f"readers are led to change set {seq}"
    assert not said["snap"] or (folder / "s" / f"{said['snap']}.json").exists()
    for entry in listed(folder):
        assert (folder / "e" / entry / "index.html").exists(), "what is listed has its page"


def _pages(folder: Path) -> Iterator[Path]:
    yield from (page for page in [folder / "index.html"] if page.exists())
    yield from sorted((folder / "p").glob("[0-9]*.html"))


def _files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):
            if file.is_file():
                yield file, file.read_bytes()


def _text(file: Path) -> str:
    return file.read_text("utf-8")


def _json(file: Path) -> Any:
    return json.loads(file.read_bytes())
