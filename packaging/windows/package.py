"""Windows' package: an installer, which NSIS makes of the bundle. ``python packaging/windows/package.py BUNDLE OUT``.

The bundle is made on Windows. NSIS runs anywhere: Debian's makes a 64-bit installer, the one for Windows knows 32 bits only,
which installs the same. Two runs on the same bundle by the same NSIS make the same bytes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))  # it is run by its path too

from product import NAME, SUMMARY, TITLE, epoch, version
from windows.icon import write_icon, write_side
from windows.script import files_script
from windows.sign import can_sign, sign, signing_command
from windows.version_info import PUBLISHER, numbers

HERE = Path(__file__).resolve().parent
SCRIPT = HERE / "installer.nsi"
TARGETS = ("amd64-unicode", "x86-unicode")
"""What an installer may be, the best first."""


def make(bundle: Path, out: Path) -> list[Path]:
    """Makes the installer and returns its file. Signs everything in it where there is a certificate."""
    return [make_setup(bundle, bundle.parent.parent / "packages", out)]


def make_setup(bundle: Path, work: Path, out: Path, number: str = "") -> Path:
    """Makes the installer. ``number`` is another version than the program's, for trials of upgrading."""
    number = number or version()
    makensis = find_makensis()
    work = work / "windows"
    shutil.rmtree(work, ignore_errors=True)
    tree = lay_out(bundle, work / TITLE)
    if can_sign():
        sign([tree / f"{NAME}.exe", tree / window_of(tree)])
    files = work / "files.nsh"
    files.write_text(files_script(tree, signing_command() if can_sign() else ""), "utf-8")
    out.mkdir(parents=True, exist_ok=True)
    setup = out / f"{TITLE}-{number}-setup.exe"
    names = {
        "TARGET": target_of(makensis),
        "OUT": str(setup),
        "FILES": str(files),
        "WORDS": str(HERE / "words.nsh"),
        "ICON": str(write_icon(work / f"{NAME}.ico")),
        "SIDE": str(write_side(work / "side.bmp")),
        "NAME": NAME,
        "TITLE": TITLE,
        "WINDOW": window_of(tree),
        "SUMMARY": SUMMARY,
        "PUBLISHER": PUBLISHER,
        "VERSION": number,
        "NUMBERS": ".".join(map(str, numbers(number))),
        "KIB": str(kib(tree)),
    }
    _make_alike(work)
    run_makensis(makensis, SCRIPT, names)
    if can_sign():
        sign([setup])
    return setup


def lay_out(bundle: Path, tree: Path) -> Path:
    """Copies what is installed into a folder, and returns it. Raises ``LookupError`` where there is no program."""
    if not (bundle / f"{NAME}.exe").is_file():
        raise LookupError(f"{bundle} has no {NAME}.exe")
    shutil.copytree(bundle, tree, symlinks=True)
    return tree


def window_of(tree: Path) -> str:
    """The program that the Start menu opens: the one without a console, where the bundle has it."""
    without = f"{NAME}w.exe"
    return without if (tree / without).is_file() else f"{NAME}.exe"


def kib(tree: Path) -> int:
    """The size that Windows' list of programs shows."""
    return sum(-(-path.stat().st_size // 1024) for path in tree.rglob("*") if path.is_file())


def find_makensis() -> str:
    """The command. Raises ``LookupError`` where there is no NSIS."""
    folders = [os.environ.get(name, "") for name in ("PROGRAMFILES(X86)", "PROGRAMFILES")]
    places = [str(Path(folder) / "NSIS") for folder in folders if folder]
    for path in (None, *places):
        if found := shutil.which("makensis", path=path):
            return found
    raise LookupError("there is no makensis: install NSIS (on Debian, the package nsis)")


def target_of(makensis: str) -> str:
    """The best that this NSIS can make: it is asked to make an installer of nothing."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "nothing.nsi"
        script.write_text('Target ${TARGET}\nOutFile "${OUT}"\nSection\nSectionEnd\n', "utf-8")
        for target in TARGETS:
            names = {"TARGET": target, "OUT": str(Path(folder) / "nothing.exe")}
            if (
                subprocess.run(_command(makensis, script, names), capture_output=True).returncode
                == 0
            ):
                return target
    raise LookupError(f"{makensis} makes no installers for Windows")


def run_makensis(makensis: str, script: Path, names: Mapping[str, str]) -> None:
    """Runs NSIS; a warning is an error. Raises ``RuntimeError`` with what it says."""
    ran = subprocess.run(
        _command(makensis, script, names),
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), "TZ": "UTC"},
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    if ran.returncode:
        raise RuntimeError(f"makensis: {ran.stdout}{ran.stderr}")


def _command(makensis: str, script: Path, names: Mapping[str, str]) -> list[str]:
    defines = [f"-D{name}={value}" for name, value in names.items()]
    return [makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defines, str(script)]


def _make_alike(folder: Path) -> None:
    """One time for every file: it goes into the installer."""
    moment = epoch()
    for path in folder.rglob("*"):
        os.utime(path, (moment, moment))


def main(words: Sequence[str] | None = None) -> int:
    """Makes an installer of a bundle that was made elsewhere."""
    parser = argparse.ArgumentParser(prog="packaging/windows/package.py", description=__doc__)
    parser.add_argument("bundle", type=Path, help="the folder with dateline.exe in it")
    parser.add_argument("out", type=Path, help="where the installer goes")
    parser.add_argument("--version", default="", help="another than the program's own")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as work:
        made = make_setup(
            options.bundle.resolve(), Path(work), options.out.resolve(), options.version
        )
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
