"""A Python for Windows that Wine runs, made of Python packages alone: its own installer is in no registry.

A wheel of panda3d brings what python.org has compiled and signed, for programs that are built elsewhere. The modules that are
written in Python are those of the Python that runs this; ``python.exe`` and ``python3.dll`` are compiled here.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from packaging.requirements import Requirement

from product import ROOT

CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
RELEASE = (3, 11)
COMPILED = (
    "panda3d==1.10.16"
    " --hash=sha256:37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"
)
"""Python 3.11.9 of the Python Software Foundation is in this wheel, and its libraries: SQLite, OpenSSL, libffi."""

MACHINE = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
"""What a requirement may ask about the machine."""

LEFT_OUT = (
    "c2pa-python",  # not every release has a wheel for Windows
    "numpy",  # calls functions of the C library that Wine's own does not have
)
"""Developers' tools that cannot be had here. No bundle has anything of them."""

ICU = "icuuc.dll"
"""Windows 10 has it and Wine has not. Qt wants it to start, and calls it for old encodings only."""

_WINES_OWN = b"Wine builtin DLL".ljust(32, b"\0")
"""By this mark, where other programs say that DOS does not run them, Wine knows its own libraries."""

_COMPILER = "x86_64-w64-mingw32-gcc"
_READER = "x86_64-w64-mingw32-objdump"
PROGRAM = """\
#include <wchar.h>
__declspec(dllimport) int Py_Main(int, wchar_t **);
int wmain(int argc, wchar_t **argv) { return Py_Main(argc, argv); }
"""
LOADED = "int DllMain(void *self, unsigned reason, void *nothing) { return 1; }\n"

_NO_MODULES = (
    "__pycache__", "site-packages", "dist-packages", "lib-dynload", "config-*", "test", "tests", "idlelib", "_sysconfigdata*",
)  # fmt: skip


def make_python(folder: Path) -> str:
    """Makes the Python in ``folder``, with all that the program and its developers use; returns its release.

    Nothing is done where it is there already, of the same requirements. Raises ``LookupError`` for a Python of another
    release than the wheel's.
    """
    if sys.version_info[:2] != RELEASE:
        raise LookupError(
            f"this is made by Python {'.'.join(map(str, RELEASE))}, whose modules it takes"
        )
    wanted = for_windows(CONSTRAINTS.read_text("utf-8"))
    recipe = wanted + Path(__file__).read_text("utf-8") + sys.version
    state = hashlib.sha256(recipe.encode()).hexdigest()
    stamp = folder / "made-of.txt"
    if not stamp.exists() or stamp.read_text("utf-8") != state:
        shutil.rmtree(folder, ignore_errors=True)
        site = folder / "Lib" / "site-packages"
        _copy_modules(folder)
        _unpack_compiled(folder)
        _pip("install", wanted, "--no-compile", "--target", str(site))
        compile_windows(folder / "python.exe", PROGRAM, "-municode", str(folder / "python311.dll"))
        names = exported(read(folder / "python311.dll"))
        compile_library(folder / "python3.dll", LOADED, forwarder(names))
        stamp.write_text(state, "utf-8")
    return MACHINE["python_full_version"]


def make_icu(file: Path, qt: Path) -> int:
    """Makes a stand-in for ICU among Wine's libraries, of the functions that this one of Qt's wants; returns how many."""
    names = imported(read(qt), ICU)
    compile_library(file, LOADED + stand_in(names))
    made = bytearray(file.read_bytes())
    made[0x40 : 0x40 + len(_WINES_OWN)] = _WINES_OWN
    file.write_bytes(made)
    return len(names)


def for_windows(constraints: str) -> str:
    """The lines of a locked list that apply to Windows, each with its hashes and nothing else."""
    lines = []
    for line in constraints.replace("\\\n", " ").splitlines():
        told, *hashes = (part.strip() for part in line.split(" --hash="))
        if not told or told.startswith("#"):
            continue
        need = Requirement(told)
        if need.name in LEFT_OUT:
            continue
        if need.marker is None or need.marker.evaluate(MACHINE):
            words = [f"{need.name}{need.specifier}", *(f"--hash={each}" for each in hashes)]
            lines.append(" ".join(words) + "\n")
    return "".join(lines)


def exported(listing: str) -> list[str]:
    """The names that a library gives to others, of what objdump says of it."""
    table = listing.partition("[Ordinal/Name Pointer] Table")[2].partition("\n\n")[0]
    return re.findall(r"^\s+\[ *\d+\](?: \+base\[ *\d+\])? +(?:[0-9a-f]+ +)?(\w+)$", table, re.M)


def imported(listing: str, library: str) -> list[str]:
    """The names that a library wants of another one, of what objdump says of it."""
    table = listing.partition(f"DLL Name: {library}\n")[2].partition("\n\n")[0]
    return re.findall(r"^\s+[0-9a-f]+\s+\d+\s+(\w+)$", table, re.M)


def forwarder(names: Iterable[str]) -> str:
    """The definition of ``python3.dll``, which libraries for any release want: each name is this release's own."""
    rows = [f"{name} = python311.{name}\n" for name in names]
    return "".join(["LIBRARY python3.dll\n", "EXPORTS\n", *rows])


def stand_in(names: Iterable[str]) -> str:
    """A library in C whose functions do nothing."""
    rows = [f"__declspec(dllexport) void *{name}(void) {{ return 0; }}\n" for name in names]
    return "".join(rows)


def read(library: Path) -> str:
    """What objdump says of a library's names."""
    ran = subprocess.run([_READER, "-p", str(library)], capture_output=True, check=True, text=True)
    return ran.stdout


def compile_library(made: Path, text: str, definition: str = "") -> None:
    """Compiles a library for Windows that needs no other one."""
    compile_windows(
        made, text, "-shared", "-nostdlib", "-Wl,--entry,DllMain", definition=definition
    )


def compile_windows(made: Path, text: str, *words: str, definition: str = "") -> None:
    """Compiles C for Windows. Raises ``LookupError`` where there is no compiler for it."""
    if shutil.which(_COMPILER) is None:
        raise LookupError(f"there is no {_COMPILER}: packaging/system.sh wine")
    with tempfile.TemporaryDirectory() as folder:
        source, exports = Path(folder) / "source.c", Path(folder) / "exports.def"
        source.write_text(text, "utf-8")
        exports.write_text(definition, "utf-8")
        files = [str(source), *([str(exports)] if definition else [])]
        subprocess.run([_COMPILER, "-O2", "-s", *files, *words, "-o", str(made)], check=True)


def _copy_modules(folder: Path) -> None:
    """Python's modules that are written in Python, and its licence."""
    here = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(here, folder / "Lib", ignore=shutil.ignore_patterns(*_NO_MODULES))
    shutil.copyfile(here / "LICENSE.txt", folder / "LICENSE.txt")


def _unpack_compiled(folder: Path) -> None:
    """What is compiled, from its wheel to where Python's own installer puts it."""
    with tempfile.TemporaryDirectory() as place:
        _pip("download", COMPILED + "\n", "--dest", place)
        wheel = next(Path(place).glob("*.whl"))
        with zipfile.ZipFile(wheel) as packed:
            for name in packed.namelist():
                if not name.startswith("deploy_libs/") or not name.endswith((".dll", ".pyd")):
                    continue
                file = name.removeprefix("deploy_libs/")
                if file.startswith(("api-ms-", "tcl", "tk", "_tkinter")):
                    continue
                beside = file.lower().startswith(("python3", "vcruntime"))
                to = folder / file if beside else folder / "DLLs" / file
                to.parent.mkdir(exist_ok=True)
                to.write_bytes(packed.read(name))


def _pip(command: str, requirements: str, *words: str) -> None:
    """Has pip take wheels for Windows, of exactly these hashes."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(requirements)
        file.flush()
        subprocess.run(
            [
                sys.executable, "-m", "pip", command, "-qq", "--disable-pip-version-check", "--require-hashes",
                "--no-deps", "--only-binary", ":all:", "--platform", "win_amd64",
                "--python-version", "3.11", "--implementation", "cp", "--abi", "cp311", "--abi", "abi3", "--abi", "none",
                "-r", file.name, *words,
            ],
            check=True,
        )  # fmt: skip
