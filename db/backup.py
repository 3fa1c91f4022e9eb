"""One file that holds a whole profile: the database and the photos. Made while the program is in use.

The file is a zip, so that anybody can look into it: ``dateline.db`` and ``photos/assets/ab/<sha256>``,
``photos/renditions/ab/<sha256>``. It is read with suspicion: everything is unpacked aside and checked before anything
of the profile is touched, and what was there is kept.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from db.connect import connect
from db.copies import copy_database, is_sound
from db.folder import (
    DATABASE,
    PHOTOS,
    backups_folder,
    free_name,
    make_private_file,
    make_private_folder,
    stamp,
    sync_folder,
    with_companions,
)
from db.opening import HEAD, version_of
from db.trouble import known_trouble
from db.whereabouts import look_first
from editor.problems import Refused, refuse

_CHUNK = 1 << 20
_MOST_FILES = 200_000
_LARGEST_FILE = 8 << 30  # bytes, unpacked
_LARGEST = 256 << 30
_KINDS = ("assets", "renditions")
_PHOTO = re.compile(rf"{PHOTOS}/(?:{'|'.join(_KINDS)})/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})")


def backup(path: Path, target: Path) -> None:
    """Writes the profile whose database is at ``path`` to the file ``target``, which is whole when it has its name.

    Raises ``Refused`` (``backup-exists``, ``profile-read-only``, ``store-damaged``) and ``Unavailable``
    (``disk-full``, ``store-locked``). Then there is no file.
    """
    if target.exists():
        raise refuse("backup-exists", str(target), path=str(target))
    unfinished = free_name(target.with_name(f".{target.name}.part"))
    copy = free_name(target.with_name(f".{target.name}.db"))
    with known_trouble(target):
        try:
            copy_database(path, copy)
            make_private_file(unfinished)
            with unfinished.open("r+b") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
                    archive.write(copy, DATABASE)
                    for photo in _photos(path.parent):
                        name = photo.relative_to(path.parent).as_posix()
                        archive.write(photo, name, zipfile.ZIP_STORED)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(target)
            sync_folder(target.parent)
        finally:
            unfinished.unlink(missing_ok=True)
            copy.unlink(missing_ok=True)


def restore(file: Path, path: Path, *, now: datetime) -> Path | None:
    """Makes a backup the profile whose database is at ``path``. Nothing may have that database open.

    ``file`` is what ``backup`` wrote, or a copy of the database alone (``db.folder.newest_backup``), which leaves the
    photos as they are. What was there goes to ``backups/before-restore-<time>``, which is returned; None where there
    was nothing. Raises ``Refused``: ``backup-missing``, ``backup-damaged`` (with ``path`` and ``reason``),
    ``store-newer``, ``profile-read-only``; ``Unavailable``: ``disk-full``. Then the profile is as it was.
    """
    if not file.is_file():
        raise refuse("backup-missing", str(file), path=str(file))
    profile = path.parent
    with known_trouble(path):
        make_private_folder(profile)
        make_private_folder(backups_folder(profile))
        unpacked = free_name(profile / f".restore-{stamp(now)}")
        make_private_folder(unpacked)
        try:
            _unpack(file, unpacked)
            _check_database(file, unpacked / DATABASE)
            look_first(unpacked / DATABASE)
            return _exchange(unpacked, path, now)
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)


def _photos(profile: Path) -> Iterator[Path]:
    for kind in _KINDS:
        for photo in sorted((profile / PHOTOS / kind).glob("*/*")):
            if _PHOTO.fullmatch(photo.relative_to(profile).as_posix()):
                yield photo


def _unpack(file: Path, folder: Path) -> None:
    with file.open("rb") as source:
        alone = source.read(16) == b"SQLite format 3\0"
    if alone:
        with file.open("rb") as source:
            _write(source, folder / DATABASE, file.stat().st_size)
        return
    with _damage_told(file), zipfile.ZipFile(file) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        _check_members(file, members)
        for member in members:
            place = folder / member.filename
            make_private_folder(place.parent)
            with archive.open(member) as source:
                digest = _write(source, place, member.file_size)
            if member.filename != DATABASE and digest != place.name:
                raise _damaged(file, f"{member.filename} is not what its name says")


def _check_members(file: Path, members: list[zipfile.ZipInfo]) -> None:
    """Refuses a zip that is none of ours: names that lead elsewhere, files twice, sizes without measure."""
    names = [member.filename for member in members]
    if DATABASE not in names:
        raise _damaged(file, f"there is no {DATABASE} in it")
    strange = [name for name in names if name != DATABASE and not _PHOTO.fullmatch(name)]
    if strange or len(set(names)) < len(names):
        raise _damaged(file, f"it holds {strange[0] if strange else 'a file twice'}")
    sizes = [member.file_size for member in members]
    if len(sizes) > _MOST_FILES or max(sizes) > _LARGEST_FILE or sum(sizes) > _LARGEST:
        raise _damaged(file, "it is too large")


def _write(source: IO[bytes], place: Path, size: int) -> str:
    """Writes what was promised, and not more; returns its SHA-256."""
    digest = hashlib.sha256()
    make_private_file(place)
    left = size
    with place.open("r+b") as target:
        while chunk := source.read(min(_CHUNK, left)) if left else b"":
            digest.update(chunk)
            target.write(chunk)
            left -= len(chunk)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()


def _check_database(file: Path, database: Path) -> None:
    try:
        with closing(connect(database, mode="ro", immutable=True)) as connection:
            version = version_of(connection)
            sound = is_sound(connection)
    except sqlite3.DatabaseError as error:
        raise _damaged(file, str(error)) from error
    if not version or not sound:
        raise _damaged(file, "its database is not sound")
    if version > HEAD:
        raise refuse("store-newer", path=str(file), version=version)


def _exchange(unpacked: Path, path: Path, now: datetime) -> Path | None:
    """Puts what was unpacked in the place of what was there, which is kept.

    Photos are named by what is in them: the backup's join those that are there, and none is moved away.
    """
    _add_photos(unpacked / PHOTOS, path.parent / PHOTOS)
    kept = None
    if old := with_companions(path):
        kept = free_name(backups_folder(path.parent) / f"before-restore-{stamp(now)}")
        make_private_folder(kept)
        for file in old:
            file.rename(kept / file.name)
    (unpacked / DATABASE).rename(path)
    sync_folder(path.parent)
    return kept


def _add_photos(source: Path, target: Path) -> None:
    for photo in sorted(source.glob("*/*/*")):
        place = target / photo.relative_to(source)
        make_private_folder(place.parent.parent.parent)
        make_private_folder(place.parent.parent)
        make_private_folder(place.parent)
        photo.replace(place)
        sync_folder(place.parent)


@contextmanager
def _damage_told(file: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(file, str(error)) from error


def _damaged(file: Path, reason: str) -> Refused:
    return refuse("backup-damaged", str(file), path=str(file), reason=reason)
