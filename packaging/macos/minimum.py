"""The oldest macOS that an app says it runs on, held against what its libraries say, and against the kind of Mac it is for.

Each library names in its head the system that it was built for. A wheel's name may promise more than its libraries do, so they
are asked, all of them; this reads them on any system. The form is that of Apple's ``loader.h`` and ``fat.h``.
"""

from __future__ import annotations

import plistlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Version = tuple[int, int]

_THIN, _FAT, _FAT_64 = 0xFEEDFACF, 0xCAFEBABE, 0xCAFEBABF
_LC_VERSION_MIN_MACOSX, _LC_BUILD_VERSION = 0x24, 0x32
_MACHINES = {0x01000007: "x86_64", 0x0100000C: "arm64"}
_MANY = 16
"""More kinds of machine than a library has; a Java class begins with the same bytes as a fat library."""


@dataclass(frozen=True)
class Slice:
    """What a library holds for one kind of Mac."""

    machine: str
    minimum: Version


def check(app: Path) -> str:
    """Returns the kinds of Mac the app is for. Raises ``LookupError`` where a library does not fit what the app promises."""
    info = plistlib.loads((app / "Contents/Info.plist").read_bytes())
    promised = as_version(info["LSMinimumSystemVersion"])
    program = app / "Contents/MacOS" / info["CFBundleExecutable"]
    machines = {each.machine for each in slices(program)}
    if not machines:
        raise LookupError(f"{program.name} is no program for a Mac")
    for file, found in libraries(app):
        mine = {each.machine: each.minimum for each in found}
        name = file.relative_to(app)
        if missing := machines - set(mine):
            raise LookupError(f"{name} is not for {', '.join(sorted(missing))}")
        if (needed := max(mine[machine] for machine in machines)) > promised:
            raise LookupError(
                f"{name} needs macOS {_told(needed)}, and the app promises {_told(promised)}"
            )
    return "+".join(sorted(machines))


def libraries(folder: Path) -> Iterator[tuple[Path, list[Slice]]]:
    """Every library and program of a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and (found := slices(path)):
            yield path, found


def slices(file: Path) -> list[Slice]:
    """What a file holds; nothing where it is no library for a Mac."""
    with file.open("rb") as opened:
        if struct.unpack("<I", opened.read(4).ljust(4, b"\0"))[0] not in _BEGINNINGS:
            return []
    data = file.read_bytes()
    return [slice for start in _starts(data) if (slice := _slice(data, start))]


def as_version(told: str) -> Version:
    """``15.0`` as numbers."""
    first, _, rest = told.partition(".")
    return int(first), int(rest.partition(".")[0] or 0)


def _swapped(number: int) -> int:
    return int.from_bytes(number.to_bytes(4, "big"), "little")


_BEGINNINGS = {_THIN, _swapped(_FAT), _swapped(_FAT_64)}
"""The first four bytes, read as a little number; a fat library begins with a big one."""


def _starts(data: bytes) -> list[int]:
    magic, count = struct.unpack_from(">II", data)
    if magic not in (_FAT, _FAT_64):
        return [0]
    if count > _MANY:
        return []
    row = ">IIQQII" if magic == _FAT_64 else ">IIIII"
    return [struct.unpack_from(row, data, 8 + n * struct.calcsize(row))[2] for n in range(count)]


def _slice(data: bytes, start: int) -> Slice | None:
    magic, machine, _, _, commands = struct.unpack_from("<IIIII", data, start)
    if magic != _THIN:
        return None
    place = start + 32
    minimum: Version = (0, 0)
    for _ in range(commands):
        command, size = struct.unpack_from("<II", data, place)
        if command == _LC_BUILD_VERSION:
            minimum = _version(struct.unpack_from("<I", data, place + 12)[0])
        elif command == _LC_VERSION_MIN_MACOSX:
            minimum = _version(struct.unpack_from("<I", data, place + 8)[0])
        place += size
    return Slice(_MACHINES.get(machine, f"{machine:#x}"), minimum)


def _version(number: int) -> Version:
    return number >> 16, number >> 8 & 0xFF


def _told(version: Version) -> str:
    return ".".join(map(str, version))
