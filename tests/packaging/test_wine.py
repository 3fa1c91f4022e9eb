"""What Windows' packages are built and tried with under Wine: the pure parts, and what the compiler makes of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path, PurePosixPath

import pytest

from windows import wine_python
from windows.wine import unresolved, windows_path

with_compiler = pytest.mark.skipif(
    shutil.which("x86_64-w64-mingw32-gcc") is None, reason="needs a compiler for Windows"
)

LOCKED = """\
# a comment
alembic==1.20.1 \\
    --hash=sha256:83490d \\
    --hash=sha256:997071
backports-tarfile==1.2.0 ; python_full_version < '3.12' \\
    --hash=sha256:77e284
jeepney==0.9.0 ; sys_platform == 'linux' \\
    --hash=sha256:97e571
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:000000
pefile==2024.8.26 ; sys_platform == 'win32' \\
    --hash=sha256:3ff6c5
"""

OF_A_LIBRARY = """\
The Import Tables (interpreted .rdata section contents)

\tDLL Name: icuuc.dll
\tvma:  Hint/Ord Member-Name Bound-To
\t9989e8\t  263  ucnv_open
\t9989a6\t    3  UCNV_FROM_U_CALLBACK_SUBSTITUTE

 00996864\t00997000 00000000 00000000 00998f12 003d5648

\tDLL Name: MSVCP140.dll
\tvma:  Hint/Ord Member-Name Bound-To
\t9989e8\t  263  another

Export Address Table -- Ordinal Base 1
\t[   0] +base[   1] 221a4c Export RVA

[Ordinal/Name Pointer] Table
\t[   0] PyAIter_Check
\t[   1] PyArg_Parse

The Function Table (interpreted .pdata section contents)
"""


def test_the_lines_that_apply_to_windows_are_taken_with_their_hashes() -> None:
    assert wine_python.for_windows(LOCKED) == (
        "alembic==1.20.1 --hash=sha256:83490d --hash=sha256:997071\n"
        "backports-tarfile==1.2.0 --hash=sha256:77e284\n"
        "pefile==2024.8.26 --hash=sha256:3ff6c5\n"
    )


def test_of_the_locked_list_all_is_taken_that_a_bundle_is_made_of() -> None:
    lines = wine_python.for_windows(wine_python.CONSTRAINTS.read_text("utf-8")).splitlines()
    names = {line.partition("==")[0] for line in lines}
    assert {"pyside6-essentials", "pyinstaller", "pefile", "pywin32-ctypes", "keyring"} <= names
    assert names & {"jeepney", "secretstorage", "macholib", *wine_python.LEFT_OUT} == set()
    assert all(re.fullmatch(r"\S+==\S+( --hash=sha256:[0-9a-f]{64})+", line) for line in lines)


def test_what_a_library_gives_and_wants_is_read() -> None:
    assert wine_python.exported(OF_A_LIBRARY) == ["PyAIter_Check", "PyArg_Parse"]
    wanted = ["ucnv_open", "UCNV_FROM_U_CALLBACK_SUBSTITUTE"]
    assert wine_python.imported(OF_A_LIBRARY, "icuuc.dll") == wanted
    assert wine_python.imported(OF_A_LIBRARY, "nobody.dll") == []


def test_the_stable_interface_is_the_release_s_own() -> None:
    assert wine_python.forwarder(["PyArg_Parse", "PyBool_Type"]) == (
        "LIBRARY python3.dll\nEXPORTS\n"
        "PyArg_Parse = python311.PyArg_Parse\nPyBool_Type = python311.PyBool_Type\n"
    )


@with_compiler
def test_the_libraries_that_are_made_have_the_names_they_should(tmp_path: Path) -> None:
    names = ["PyArg_Parse", "PyBool_Type"]
    made = tmp_path / "python3.dll"
    wine_python.compile_library(made, wine_python.LOADED, wine_python.forwarder(names))
    told = wine_python.read(made)
    assert wine_python.exported(told) == names
    assert "python311.PyBool_Type" in told
    assert "DLL Name:" not in told


@with_compiler
def test_wine_takes_the_stand_in_for_one_of_its_own(tmp_path: Path) -> None:
    qt, made = tmp_path / "Qt6Core.dll", tmp_path / wine_python.ICU
    wine_python.compile_library(made, wine_python.LOADED + wine_python.stand_in(["ucnv_open"]))
    wanting = (
        "__declspec(dllimport) void *ucnv_open(void);\nvoid *f(void) { return ucnv_open(); }\n"
    )
    wine_python.compile_windows(
        qt, wine_python.LOADED + wanting,
        "-shared", "-nostdlib", "-Wl,--entry,DllMain", str(made),
    )  # fmt: skip
    assert wine_python.make_icu(made, qt) == 1
    assert wine_python.exported(wine_python.read(made)) == ["ucnv_open"]
    assert made.read_bytes()[0x40:0x51] == b"Wine builtin DLL\0"


def test_a_library_that_pyinstaller_misses_is_told_unless_it_is_windows_own() -> None:
    said = (
        "1 WARNING: Library not found: could not resolve 'api-ms-win-crt-heap-l1-1-0.dll', ...\n"
        "2 WARNING: Library not found: could not resolve 'libheif.dll', dependency of ...\n"
    )
    assert unresolved(said) == ["libheif.dll"]


def test_a_place_in_the_machine_has_a_name_in_windows() -> None:
    assert windows_path(PurePosixPath("/opt/dateline")) == "Z:\\opt\\dateline"
