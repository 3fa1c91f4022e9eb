"""ICU's data is read and written as ICU has it, and only what nobody asks for goes."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from linux.icu import functions_beyond, is_asked_for, read, trim, write

HEADER = b"\x20\x00\xda\x27\x14\x00\x00\x00\x00\x00\x02\x00CmnD\x01\x00\x00\x00" + b"\0" * 12
ITEMS = {
    "icudt73l/coll/de.res": b"order" + b"\0" * 11,
    "icudt73l/lang/de.res": b"names of languages" + b"\0" * 14,
    "icudt73l/lang/res_index.res": b"index" + b"\0" * 11,
    "icudt73l/root.res": b"root" + b"\0" * 12,
}


def test_what_is_written_is_read_again() -> None:
    header, items = read(write(HEADER, ITEMS))
    assert header == HEADER
    assert items == ITEMS


def test_items_begin_where_icu_looks_for_them() -> None:
    data = write(HEADER, ITEMS)
    for item in ITEMS.values():
        assert (data.index(item) - len(HEADER)) % 16 == 0


def test_names_go_and_orders_stay() -> None:
    assert [name for name in ITEMS if is_asked_for(name)] == [
        "icudt73l/coll/de.res",
        "icudt73l/lang/res_index.res",
        "icudt73l/root.res",
    ]


def test_anything_else_is_refused() -> None:
    with pytest.raises(ValueError, match="no package"):
        read(b"\x20\x00" + b"\0" * 60)


@pytest.mark.skipif(sys.platform != "linux", reason="ICU comes along on Linux only")
def test_the_qt_in_use_asks_icu_for_what_is_known() -> None:
    import PySide6

    libraries = list((Path(PySide6.__path__[0]) / "Qt" / "lib").glob("libQt6*.so*"))
    assert libraries
    assert functions_beyond(libraries) == []


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs a compiler")
def test_a_library_keeps_its_name_and_its_symbol(tmp_path: Path) -> None:
    (tmp_path / "data.bin").write_bytes(write(HEADER, ITEMS))
    (tmp_path / "data.s").write_text(
        ".section .rodata\n.balign 16\n.globl icudt73_dat\n.type icudt73_dat, @object\n"
        'icudt73_dat: .incbin "data.bin"\n.size icudt73_dat, .-icudt73_dat\n'
        '.section .note.GNU-stack,"",@progbits\n'
    )
    library = tmp_path / "libicudata.so.73"
    subprocess.run(
        ["gcc", "-shared", "-nostdlib", f"-Wl,-soname,{library.name}", "-o", library, "data.s"],
        cwd=tmp_path,
        check=True,
    )
    before = library.stat().st_size
    trim(library)
    assert library.stat().st_size <= before
    dynamic = subprocess.run(
        ["readelf", "-d", library], capture_output=True, check=True, text=True
    ).stdout
    assert f"[{library.name}]" in dynamic
    kept = write(HEADER, {n: item for n, item in ITEMS.items() if is_asked_for(n)})
    symbol = ctypes.c_char.in_dll(ctypes.CDLL(str(library)), "icudt73_dat")
    address = ctypes.addressof(symbol)
    assert address % 16 == 0
    assert ctypes.string_at(address, len(kept)) == kept
