"""Builds and tries Windows' packages on Linux, under Wine, as root: ``python packaging/windows/wine.py --work DIR``.

Nothing is needed but Debian's packages and Python's. It says whether the recipe, the bundle and the installer hold on something
like a Windows. Its Python is put together here, so what comes of it is tried and given to nobody.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

sys.path.append(str(Path(__file__).resolve().parent.parent))  # it is run by its path

from build import size_of
from product import NAME, ROOT, TITLE, version
from smoke import HOME, Packaged, Trouble
from windows.wine_machine import LIBRARIES, PREFIX, PYTHON, SOURCE, WINE, Machine, switched_on
from windows.wine_python import ICU, make_icu, make_python
from windows.wine_screen import BLOG, type_and_publish

BUNDLE = SOURCE / "build" / "bundle" / NAME
SITE = PYTHON / "Lib" / "site-packages"
HERE = Path(__file__).resolve().parent

TROUBLES = (Trouble, LookupError, RuntimeError, AssertionError, subprocess.SubprocessError)
OLDER = "0.0.1"
SECONDS = 15
NOT_TIMED = (
    f"see above; that the self-test takes 3 s at most is not proved, it has {SECONDS} s under Wine"
)

_PROOF = """\
import ctypes, sqlite3, ssl, sys
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication
app = QApplication([])
print(sys.version.split()[0], "SQLite", sqlite3.sqlite_version, ssl.OPENSSL_VERSION, "Qt", qVersion(), app.platformName())
"""


class Work:
    """All that is done, step by step."""

    def __init__(self, machine: Machine, work: Path) -> None:
        self._machine = machine
        self._out = work / "out"
        self._setup = self._out / f"{TITLE}-{version()}-setup.exe"
        self._older = self._out / f"{TITLE}-{OLDER}-setup.exe"

    def steps(self) -> list[Callable[[], str]]:
        """In order; each needs those before it."""
        return [
            self.a_python_for_windows,
            self.the_machine,
            self.the_bundle,
            self.the_bundle_does_what_it_should,
            self.the_window_on_a_screen,
            self.the_installer,
            self.an_older_installer,
            self.the_installer_where_nothing_is,
            self.the_installer_and_what_it_installs,
        ]

    def a_python_for_windows(self) -> str:
        """Python with all that ``packaging/constraints.txt`` has for Windows, and this tree for it to find."""
        files = self._machine.take_tree()
        number = make_python(self._machine.outside(PYTHON))
        self._put_in_the_program()
        qt = self._machine.outside(SITE) / "PySide6" / "Qt6Core.dll"
        functions = make_icu(self._machine.outside(LIBRARIES) / ICU, qt)
        return f"{number}; {files} files of the tree; {functions} functions of ICU that do nothing"

    def the_machine(self) -> str:
        """Wine with an empty disk; the Python opens a window of Qt's."""
        number = self._machine.start()
        return f"{number}; {self._machine.output(f'{PYTHON}/python.exe', '-c', _PROOF).strip()}"

    def the_bundle(self) -> str:
        """The one door that Windows has too: PyInstaller and all that is done to a bundle after it."""
        log = self._out / "build.log"
        code = self._machine.python(
            "packaging/build.py", "windows", "--bundle-only", "--no-smoke", log=log
        )
        said = log.read_text("utf-8", "replace")
        if code:
            raise Trouble(f"build.py ended with {code}: {said[-2000:]}")
        if missing := unresolved(said):
            raise Trouble(f"PyInstaller does not find {', '.join(missing)}")
        bundle = self._machine.outside(BUNDLE)
        if found := [path.name for path in bundle.rglob(ICU)]:
            raise Trouble(f"{found[0]} is in the bundle, and is there for Wine only")
        files = sum(path.is_file() for path in bundle.rglob("*"))
        return f"{size_of(bundle) / 1e6:.1f} MB, {files} files"

    def the_bundle_does_what_it_should(self) -> str:
        """``smoke.py``, run by the Windows' Python."""
        self._run("packaging/smoke.py", str(BUNDLE))
        return NOT_TIMED

    def the_window_on_a_screen(self) -> str:
        """The window as Windows draws it, on an X server: an entry is typed and published."""
        drive = self._machine.outside(PREFIX) / "drive_c"
        home = drive / HOME
        home.mkdir()
        # no variable of Qt's comes through Wine: the window is Windows' own without being told
        profile = f"C:\\{HOME}\\.local\\share\\{NAME}"
        command = self._machine.command(f"{BUNDLE}/{NAME}.exe", DATELINE_PROFILE=profile)
        packaged = Packaged(command, home, home)
        packaged.run("sample", BLOG)
        self._machine.end()  # what began without a screen gets none later
        try:
            return type_and_publish(packaged, self._out / "window.png")
        finally:
            self._machine.end()

    def the_installer(self) -> str:
        """Made by NSIS here, of the bundle."""
        begun = time.monotonic()
        self._pack(self._machine.outside(BUNDLE), self._setup, version())
        took = time.monotonic() - begun
        return f"{self._setup.name}: {self._setup.stat().st_size / 1e6:.1f} MB in {took:.0f} s"

    def an_older_installer(self) -> str:
        """For an upgrade: of an older number, with a file that has gone since, and without one that has come."""
        older = self._out / "older"
        shutil.rmtree(older, ignore_errors=True)
        shutil.copytree(self._machine.outside(BUNDLE), older, copy_function=os.link)
        (older / "_internal" / "gone.txt").write_text("", "utf-8")
        (older / f"{NAME}.cdx.json").unlink()
        self._pack(older, self._older, OLDER)
        shutil.rmtree(older)
        return self._older.name

    def the_installer_where_nothing_is(self) -> str:
        """``trial.py`` of this machine, on another empty disk: no Python, and nothing of the build. The older one comes first."""
        # Debian's Wine ends at once where TMPDIR is set
        root = str(self._machine.debian.root)
        wine = shlex.join(["/usr/sbin/chroot", root, "/usr/bin/env", "-u", "TMPDIR", WINE])
        script = [sys.executable, str(HERE / "trial.py"), str(self._setup), "--wine", wine]
        script += ["--former", str(self._older)]
        environment = os.environ | {"TMPDIR": str(self._out)}
        sys.stdout.flush()
        with self._machine.shared(self._out):
            if subprocess.run(script, env=environment, check=False).returncode:
                raise Trouble("see above")
        return "see above"

    def the_installer_and_what_it_installs(self) -> str:
        """``trial.py``, run by the Windows' Python as on a Windows, with the smoke test of what was installed."""
        with self._machine.shared(self._out):
            self._run("packaging/windows/trial.py", windows_path(self._setup), "--smoke")
        return NOT_TIMED

    def _put_in_the_program(self) -> None:
        """Has the Python find the tree, and the program's own metadata, as ``pip install -e`` does."""
        path = self._machine.outside(SITE) / f"{NAME}.pth"
        path.write_text(windows_path(SOURCE) + "\n", "utf-8")
        subprocess.run(
            [sys.executable, "-c", "from setuptools import setup; setup()", "--quiet", "egg_info"],
            cwd=self._machine.outside(SOURCE),
            check=True,
        )

    def _pack(self, bundle: Path, made: Path, number: str) -> None:
        made.unlink(missing_ok=True)
        script = [sys.executable, str(HERE / "package.py"), "--version", number]
        words = [str(bundle), str(self._out)]
        if subprocess.run([*script, *words], stdout=subprocess.DEVNULL, check=False).returncode:
            raise Trouble("package.py has failed")

    def _run(self, *words: str) -> None:
        if code := self._machine.python(*words, SMOKE_SECONDS=str(SECONDS)):
            raise Trouble(f"{Path(words[0]).name} ended with {code}")


def unresolved(said: str) -> list[str]:
    """The libraries that PyInstaller did not find, but for those that Windows 10 itself is made of."""
    missing = set(re.findall(r"could not resolve '([^']+)'", said))
    return sorted(name for name in missing if not name.lower().startswith("api-ms-win-"))


def windows_path(place: PurePath) -> str:
    """A place inside the machine as Windows writes it: Wine's drive Z is the whole of Linux."""
    return "Z:" + str(place).replace("/", "\\")


def take(steps: Sequence[Callable[[], str]]) -> int:
    """Takes the steps and prints how each went; 1 at the first that fails, as the others need it."""
    for step in steps:
        name, begun = step.__name__.replace("_", " "), time.monotonic()
        try:
            said = step()
        except TROUBLES as trouble:
            print(f"FAIL  {name}: {trouble}", flush=True)
            return 1
        print(f"ok    {name}: {said} [{time.monotonic() - begun:.0f} s]", flush=True)
    return 0


def main(words: Sequence[str] | None = None) -> int:
    """Builds and tries; 1 where something does not hold."""
    parser = argparse.ArgumentParser(prog="packaging/windows/wine.py", description=__doc__)
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build" / "wine",
        help="what was fetched stays here for the next time, and the installer is in its folder out",
    )  # fmt: skip
    work = parser.parse_args(words).work.resolve()
    if os.geteuid() != 0:
        parser.error("this makes a Debian to work in, which only root may")
    (work / "out").mkdir(parents=True, exist_ok=True)
    with switched_on(work) as machine:
        return take(Work(machine, work).steps())


if __name__ == "__main__":
    sys.exit(main())
