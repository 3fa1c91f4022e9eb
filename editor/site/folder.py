"""Files that are whole or not there: written aside, synced, renamed.

A power cut leaves the old file or the new one. Folders are synced before the last file of a change, which is the one
that leads readers to the others.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from editor.site.sums import untouched


class Folder:
    """One blog's folder. ``writes`` counts the files that were written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writes = 0
        self._unsynced: set[Path] = set()

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None when it is not there. Raises ``OSError`` for anything else."""
        try:
            return (self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        return (self.path / name).is_file()

    def write(self, name: str, data: bytes) -> None:
        """Writes a file whole. Raises ``OSError``, and then the old file stands."""
        path = self.path / name
        if not path.parent.is_dir():
            self._make(path.parent)
        aside = _aside(path)
        try:
            with aside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
        except OSError:
            aside.unlink(missing_ok=True)
            raise
        self.writes += 1
        self._unsynced.add(path.parent)

    def remove(self, name: str) -> None:
        """Removes a file if it is there."""
        path = self.path / name
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            self._unsynced.add(path.parent)

    def discard(self, name: str) -> None:
        """Removes a file and what a cut-off ``write`` left beside it: whoever guesses the name could fetch that too."""
        _aside(self.path / name).unlink(missing_ok=True)
        self.remove(name)

    def keep_edited(self, name: str) -> None:
        """Copies a generated page that somebody edited by hand to ``edited/``, before it is written over."""
        data = self.read(name)
        if data is None or untouched(data):
            return
        stem, dot, suffix = name.replace("/", "-").rpartition(".")
        copy = f"edited/{stem}.{hashlib.sha256(data).hexdigest()[:8]}{dot}{suffix}"
        if not self.has(copy):
            self.write(copy, data)

    def sync(self) -> None:
        """Makes renames and removals last through a power cut, where the system can."""
        for folder in sorted(self._unsynced):
            _sync(folder)
        self._unsynced.clear()

    def names(self, folder: str) -> tuple[str, ...]:
        """What lies in a folder, in order."""
        path = self.path / folder
        return tuple(sorted(each.name for each in path.iterdir())) if path.is_dir() else ()

    def signature(self, name: str) -> tuple[int, int, int] | None:
        """Changes whenever a file is written: to know that what was read before still stands."""
        try:
            found = (self.path / name).stat()
        except FileNotFoundError:
            return None
        return (found.st_mtime_ns, found.st_size, found.st_ino)

    def _make(self, folder: Path) -> None:
        missing = [folder, *folder.parents]
        made = [path for path in missing if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        self._unsynced.update(path.parent for path in made)


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _sync(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder for this, and journals renames itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
