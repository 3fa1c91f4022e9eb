"""The shelf: files of assets and renditions in the profile, named by the hash of what is in them.

A file appears under its name only when it is whole and on the disk, so a power cut leaves a photo or none.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from editor.domain.ids import AssetId
from editor.problems import Problem, Unavailable, refuse

_CHUNK = 1 << 20
_FORGOTTEN_AFTER = 3600  # seconds; a temporary file this old was left by a crash
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class FolderShelf:
    """``ports.Shelf`` in a folder: ``assets/ab/<sha256>`` and ``renditions/ab/<sha256>``, for this user's eyes only."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def original(self, asset: AssetId) -> Path:
        """Where the asset's untouched file lies; it may be absent."""
        return self._place("assets", asset)

    def rendition(self, rendition: str) -> Path:
        """Where the rendition's file lies; it may be absent."""
        return self._place("renditions", rendition)

    def keep_original(self, source: Path) -> AssetId:
        """Copies a file in and returns its SHA-256; a file that is there already is left as it is.

        Raises ``Refused`` (``photo-missing``, ``photo-unreadable``, ``profile-read-only``) and ``Unavailable``
        (``disk-full``). Then nothing is kept.
        """
        return AssetId(self._keep("assets", _chunks(source)))

    def keep_rendition(self, data: bytes) -> str:
        """Writes a rendition's bytes and returns their SHA-256. Raises as ``keep_original`` does."""
        return self._keep("renditions", (data,))

    def _place(self, kind: str, name: str) -> Path:
        return self._root / kind / name[:2] / name

    def _keep(self, kind: str, chunks: Iterable[bytes]) -> str:
        from hashlib import sha256
        from tempfile import mkstemp

        incoming = self._root / "incoming"
        with _told(self._root):
            _make_folder(incoming)
            handle, name = mkstemp(dir=incoming)
        temporary = Path(name)
        try:
            digest = sha256()
            with os.fdopen(handle, "wb") as file:
                _forget_leftovers(incoming, os.fstat(file.fileno()).st_mtime)
                for chunk in chunks:
                    digest.update(chunk)
                    with _told(self._root):
                        file.write(chunk)
                with _told(self._root):
                    file.flush()
                    os.fsync(file.fileno())
            with _told(self._root):
                self._settle(temporary, self._place(kind, digest.hexdigest()))
            return digest.hexdigest()
        finally:
            temporary.unlink(missing_ok=True)

    def _settle(self, temporary: Path, place: Path) -> None:
        with suppress(FileNotFoundError):
            if place.stat().st_size == temporary.stat().st_size:
                return
        _make_folder(place.parent)
        temporary.replace(place)
        _sync_folder(place.parent)


def _chunks(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except FileNotFoundError:
        raise refuse("photo-missing", str(source), name=source.name) from None
    except OSError as error:
        raise refuse(
            "photo-unreadable", str(source), name=source.name, reason=error.strerror or ""
        ) from error


def _make_folder(folder: Path) -> None:
    """Makes the folder and what is missing above it, each readable by this user only and known to the disk."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there, and NTFS keeps a journal of names
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget_leftovers(incoming: Path, now: float) -> None:
    for path in incoming.iterdir():
        with suppress(OSError):  # another process may be tidying up as well
            if path.stat().st_mtime < now - _FORGOTTEN_AFTER:
                path.unlink()


@contextmanager
def _told(root: Path) -> Iterator[None]:
    """Tells a full disk and a read-only profile in the program's own terms."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Unavailable(Problem(code="disk-full")) from error
        if error.errno in _READ_ONLY:
            raise refuse("profile-read-only", str(root), path=str(root)) from error
        raise
