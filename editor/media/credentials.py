"""Content Credentials of a photo's file (C2PA 2.1): who signed it, and whether it is still as it was signed.

They are read on this laptop alone. A file may name an address where its credentials lie, and asking there would tell
somebody that the photo was opened; so that is said, and not asked. What is sent is another file, for which nothing is
claimed. The library is an optional part (``credentials`` in ``pyproject.toml``): without it nothing is told.
"""

from __future__ import annotations

import mmap
from contextlib import chdir, suppress
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

_SETTINGS: dict[str, Any] = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
_BOX, _ELSEWHERE = b"jumb", b"dcterms:provenance"
"""What a file with credentials holds: a box of them (ISO 19566-5), or an address in its XMP."""
_LONGEST = 200
_LARGEST = 1_000_000


class State(StrEnum):
    """How a file stands to its credentials. ``UNKNOWN``: unchanged, and nobody here knows the signer."""

    NONE = ""
    VALID = "valid"
    UNKNOWN = "unknown"
    CHANGED = "changed"
    ELSEWHERE = "elsewhere"


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. ``signer`` is a stranger's word for itself."""

    state: State = State.NONE
    signer: str = ""


def credentials_of(path: Path, mime: str, signers: Path | None = None) -> Credentials:
    """The credentials in an image's file; none where there are none, or none that can be read.

    ``signers`` is a file of certificates (PEM): whoever was certified by one of them counts as known.
    """
    box, elsewhere = _signs(path)
    if not (box or elsewhere):
        return Credentials()
    if (c2pa := _library()) is None:
        return Credentials()
    anchors = _read(signers)
    settings = _SETTINGS | ({"trust": {"trust_anchors": anchors}} if anchors else {})
    try:
        with path.open("rb") as file, c2pa.Context(c2pa.Settings.from_dict(settings)) as context:
            reader = c2pa.Reader.try_create(mime, file, context=context)
            if reader is None:
                return Credentials(state=State.ELSEWHERE if elsewhere else State.NONE)
            with reader:
                return _told(str(reader.get_validation_state()), reader.get_active_manifest())
    except (c2pa.C2paError, OSError):
        return Credentials(state=State.ELSEWHERE if elsewhere and not box else State.NONE)


def _library() -> Any:
    """The optional part, None where it is not installed.

    It looks for its shared library in the working folder first, and runs what it finds; whatever a stranger has put there is
    not to be run. The working folder is another one for that long: this runs in the photo process, which does one thing at a time.
    """
    found = find_spec("c2pa")
    if found is None or found.origin is None:
        return None
    with suppress(ImportError), chdir(Path(found.origin).parent.parent):
        return import_module("c2pa")
    return None


def _told(state: str, manifest: Any) -> Credentials:
    found = {"Trusted": State.VALID, "Valid": State.UNKNOWN}.get(state, State.CHANGED)
    info = manifest.get("signature_info") if isinstance(manifest, dict) else None
    names = [info.get(name) for name in ("common_name", "issuer")] if isinstance(info, dict) else []
    said = ", ".join(dict.fromkeys(name for name in names if isinstance(name, str) and name))
    plain = "".join(sign if sign.isprintable() else " " for sign in said)
    return Credentials(state=found, signer=plain[:_LONGEST])


def _read(signers: Path | None) -> str:
    """The certificates; none where they cannot be read, so that nobody counts as known by mistake."""
    if signers is not None:
        with suppress(OSError), signers.open("rb") as file:
            return file.read(_LARGEST).decode("ascii", "ignore")
    return ""


def _signs(path: Path) -> tuple[bool, bool]:
    """Whether the file holds a box, and whether it names an address. Costs next to nothing for one that does neither."""
    with (
        suppress(OSError, ValueError),  # an empty file cannot be mapped
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        return data.find(_BOX) >= 0, data.find(_ELSEWHERE) >= 0
    return False, False
