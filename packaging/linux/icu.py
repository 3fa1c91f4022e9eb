"""Makes ICU's data smaller by what Qt never asks it for. Qt's wheel brings 32 MB of it, a fifth of the bundle.

Qt asks ICU for the order of words, for letters' cases, for old encodings and for the name of a time zone, which Dateline never
shows: ``ASKED`` are the functions, and a Qt that asks for more ends the build. Names of languages, regions, currencies and
units, and where a line may break, Qt has from tables of its own.
The package's format is that of ICU's ``ucmndata.h``: a table of offsets, the names, the items. ``ld`` puts it back into a
library of the same name and symbol.
"""

from __future__ import annotations

import re
import struct
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

ASKED = ("UCNV_", "u_strTo", "ucal_", "ucnv_", "ucol_")

UNASKED = ("brkitr", "curr", "lang", "rbnf", "region", "translit", "unit", "zone")
"""Folders of the package. A resource that is not there is looked up in vain, which ICU's callers expect."""

KEPT = re.compile(r"/(res_index|pool|root|tzdbNames|keyTypeData)\.")

_ALIGNED = 16
Items = dict[str, bytes]


def trim(library: Path) -> None:
    """Writes ``libicudata.so.NN`` anew. Raises ``ValueError`` where it is not what is described here."""
    if more := functions_beyond(library.parent.glob("libQt6*.so*")):
        raise ValueError(f"Qt asks ICU for more than was known: {', '.join(more)}")
    data, symbol = _data_of(library)
    header, items = read(data)
    kept = {name: item for name, item in items.items() if is_asked_for(name)}
    _write_library(library, write(header, kept), symbol)


def functions_beyond(libraries: Iterable[Path]) -> list[str]:
    """ICU's functions that libraries want and that are not known here."""
    wanted = set()
    for each in libraries:
        listed = _run("readelf", "--dyn-syms", "--wide", str(each))
        wanted |= set(re.findall(r" UND ([uU]\w+_\d\d)(?:@|\s|$)", listed))
    return sorted(name for name in wanted if not name.startswith(ASKED))


def is_asked_for(name: str) -> bool:
    """Whether an item, such as ``icudt73l/lang/de.res``, stays."""
    folder = name.split("/")[1] if name.count("/") > 1 else ""
    return folder not in UNASKED or bool(KEPT.search(name))


def read(data: bytes) -> tuple[bytes, Items]:
    """The header and the items by name."""
    size = struct.unpack_from("<H", data)[0]
    if data[2:4] != b"\xda\x27" or data[12:16] != b"CmnD":
        raise ValueError("this is no package of ICU's data")
    table = data[size:]
    count = struct.unpack_from("<I", table)[0]
    rows = [struct.unpack_from("<II", table, 4 + 8 * n) for n in range(count)]
    ends = [start for _, start in rows[1:]] + [len(table)]
    items = {}
    for (name, start), end in zip(rows, ends, strict=True):
        items[table[name : table.index(b"\0", name)].decode("ascii")] = table[start:end]
    return data[:size], items


def write(header: bytes, items: Items) -> bytes:
    """The package again: a table of offsets, names, and items that begin at multiples of 16."""
    names = sorted(items, key=str.encode)
    place = 4 + 8 * len(names)
    rows, written, bodies = [], [], []
    for name in names:
        rows.append(place)
        written.append(name.encode() + b"\0")
        place += len(written[-1])
    gap = -place % _ALIGNED
    place += gap
    table = struct.pack("<I", len(names))
    for name, at in zip(names, rows, strict=True):
        table += struct.pack("<II", at, place)
        bodies.append(items[name] + b"\0" * (-len(items[name]) % _ALIGNED))
        place += len(bodies[-1])
    return header + table + b"".join(written) + b"\0" * gap + b"".join(bodies)


def _data_of(library: Path) -> tuple[bytes, str]:
    """The package in a library, and the symbol that it stands at."""
    listed = _run("readelf", "--dyn-syms", "--wide", str(library))
    found = re.findall(r"^ *\d+: ([0-9a-f]+) .* (icudt\d+_dat)$", listed, re.MULTILINE)
    if len(found) != 1:
        raise ValueError(f"{library} has no symbol of ICU's data")
    address, symbol = int(found[0][0], 16), found[0][1]
    for start, offset, size in _segments(library):
        if start <= address < start + size:
            data = library.read_bytes()
            return data[offset + address - start : offset + size], symbol
    raise ValueError(f"{library} has no segment with its data")


def _segments(library: Path) -> list[tuple[int, int, int]]:
    """Of each loaded segment: its address, its place in the file, its size."""
    listed = _run("readelf", "--program-headers", "--wide", str(library))
    rows = re.findall(r"^ *LOAD +0x(\w+) 0x(\w+) 0x\w+ 0x(\w+)", listed, re.MULTILINE)
    return [(int(address, 16), int(offset, 16), int(size, 16)) for offset, address, size in rows]


def _write_library(library: Path, data: bytes, symbol: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw, made = Path(folder) / "icu.dat", Path(folder) / "icu.o"
        raw.write_bytes(data)
        # the symbol that ld makes of the file's name is replaced by ICU's
        _run("ld", "-r", "-b", "binary", "-o", "icu.o", "icu.dat", cwd=folder)
        _run(
            "objcopy",
            "--rename-section=.data=.rodata,alloc,load,readonly,data,contents",
            f"--set-section-alignment=.data={_ALIGNED}",
            f"--redefine-sym=_binary_icu_dat_start={symbol}",
            "--strip-symbol=_binary_icu_dat_end",
            "--strip-symbol=_binary_icu_dat_size",
            str(made),
        )
        _run(
            "ld", "-shared", "-z", "noexecstack", "--build-id=none", "--hash-style=gnu",
            f"-soname={library.name}", "-o", str(library), str(made),
        )  # fmt: skip


def _run(*command: str, cwd: str | None = None) -> str:
    return subprocess.run(command, cwd=cwd, capture_output=True, check=True, text=True).stdout
