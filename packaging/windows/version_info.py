"""What Windows shows of a program in its properties and in the task manager: the version resource."""

from __future__ import annotations

import re
from pathlib import Path

from product import MAINTAINER, NAME, SUMMARY, TITLE, version

PUBLISHER = MAINTAINER.partition(" <")[0]


def numbers(told: str = "") -> tuple[int, int, int, int]:
    """A version as Windows counts it: four numbers, and nothing about candidates."""
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", told or version())
    if found is None:
        raise ValueError(f"{told or version()} is no version")
    return int(found[1]), int(found[2]), int(found[3]), 0


def version_resource(program: str) -> str:
    """The resource of one program, in the words of PyInstaller's ``version`` files."""
    strings = {
        "CompanyName": PUBLISHER,
        # the task manager shows this for the program's name
        "FileDescription": TITLE,
        "Comments": SUMMARY,
        "FileVersion": version(),
        "InternalName": NAME,
        "LegalCopyright": PUBLISHER,
        "OriginalFilename": program,
        "ProductName": TITLE,
        "ProductVersion": version(),
    }
    rows = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers()}, prodvers={numbers()}, mask=0x3f, flags=0x0,"
        " OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable('040904B0', [{rows}])]),\n"
        "    VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def write_version_resource(file: Path, program: str) -> Path:
    """Writes it and returns the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(version_resource(program), "utf-8")
    return file
