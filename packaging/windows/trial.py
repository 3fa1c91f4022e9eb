"""Tries an installer as its user would, on a machine that has no Dateline: ``python packaging/windows/trial.py SETUP``.

It is installed silently into a folder with spaces and foreign letters, refuses to run over a running copy, is upgraded in place,
and is removed; what it has not installed itself, and what was written, has to be there afterwards. ``--wine wine64`` does the
same under Wine, in a prefix that is thrown away.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))  # it is run by its path too

import smoke
from product import NAME, TITLE
from windows.package import window_of

UNINSTALLER = "Uninstall.exe"
RUNNING = 10
KEY = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{TITLE}"
CLASS = rf"HKCU\Software\Classes\{TITLE}.Entry"
PROGIDS = r"HKCU\Software\Classes\.md\OpenWithProgids"
FOLDER = f"Zoë's 家 {TITLE}"
PATIENT = 300.0


class Trouble(Exception):
    """The installer does not do what it should; in words."""


class Machine:
    """A Windows: this one, or Wine's."""

    def __init__(self, wine: Sequence[str], home: Path) -> None:
        self._wine = wine
        self._home = home
        self.environment = dict(os.environ)
        if wine:
            self.environment |= {
                "WINEPREFIX": str(home / "prefix"),
                "WINEDEBUG": "-all",
                "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
                "LC_ALL": "C.UTF-8",
            }
            # an older Wine says that it is Windows 7
            self.output("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")

    @property
    def folder(self) -> Path:
        """Where things are installed in this trial."""
        return (self._home / "prefix/drive_c" if self._wine else self._home) / FOLDER

    def known(self, folder: str) -> Path:
        """One of Windows' own folders, by the variable that names it."""
        told = self.output("cmd", "/c", f"echo %{folder}%").strip()
        if not self._wine:
            return Path(told)
        return self._home / "prefix/drive_c" / told.removeprefix("C:\\").replace("\\", "/")

    def named(self, path: Path) -> str:
        """A path as Windows writes it."""
        if not self._wine:
            return str(path)
        inside = path.relative_to(self._home / "prefix/drive_c")
        return "C:\\" + str(inside).replace("/", "\\")

    def start(self, program: Path | str, words: str = "") -> subprocess.Popen[bytes]:
        """Begins a program. ``words`` are the rest of the command line as it is, since /D= may not be in quotation marks.

        What it says is not read: an installer's pipe may be kept open by something that it has started.
        """
        command: list[str] | str = [*self._wine, str(program), *words.split()]
        if not self._wine:
            command = f'"{program}" {words}'
        return subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def code(self, program: Path | str, words: str = "") -> int:
        """Runs a program to its end and returns its exit code."""
        return self.start(program, words).wait(PATIENT)

    def output(self, *command: str) -> str:
        """What a command prints; nothing where it fails."""
        ran = subprocess.run(
            [*self._wine, *command],
            env=self.environment,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
        return ran.stdout if ran.returncode == 0 else ""


class Trial:
    """An installer on a machine, step by step."""

    def __init__(self, machine: Machine, setup: Path, former: Path | None, *, smoke: bool) -> None:
        self._machine = machine
        self._setup = setup
        self._former = former
        self._smoke = smoke
        self._folder = machine.folder
        self._foreign = machine.folder / "somebody's own.txt"
        self._written = machine.known("LOCALAPPDATA") / NAME / "written by the trial.txt"
        self._link = machine.known("APPDATA") / f"Microsoft/Windows/Start Menu/Programs/{TITLE}.lnk"

    def steps(self) -> list[Callable[[], str]]:
        """All that is tried, in order."""
        return [
            self.nothing_is_installed,
            self.installing,
            *([self.the_program] if self._smoke else []),
            self.running_copies,
            self.upgrading,
            self.removing,
        ]

    def nothing_is_installed(self) -> str:
        """The trial removes what it finds: it does not begin where somebody uses the program."""
        if self._machine.output("reg", "query", KEY):
            raise Trouble(f"{TITLE} is installed here: try this on another machine")
        self._written.parent.mkdir(parents=True, exist_ok=True)
        self._written.write_text("", "utf-8")
        return "the machine is free"

    def installing(self) -> str:
        """A silent installation: the files, the entry in the list of programs, the Start menu, Explorer."""
        self._install(self._former or self._setup)
        told = self._machine.output("reg", "query", KEY)
        wanted = (
            "DisplayName",
            "DisplayVersion",
            "Publisher",
            "EstimatedSize",
            "QuietUninstallString",
        )
        if missing := [name for name in wanted if name not in told]:
            raise Trouble(f"the list of programs lacks {', '.join(missing)}")
        # reg.exe prints other letters than its own code page's as it likes
        if f" {TITLE}\\{UNINSTALLER}" not in told:
            raise Trouble(f"the list of programs does not know the folder: {told}")
        if not self._link.is_file():
            raise Trouble("the Start menu has nothing")
        if window_of(self._folder) not in self._machine.output("reg", "query", CLASS, "/s"):
            raise Trouble("Explorer does not know what opens an entry")
        if f"{TITLE}.Entry" not in self._machine.output("reg", "query", PROGIDS):
            raise Trouble("Explorer does not offer it for Markdown")
        return f"{len(self._installed())} files"

    def the_program(self) -> str:
        """The installed program does what a bundle does."""
        if smoke.try_out(self._folder):
            raise Trouble("the installed program does not work")
        return "it works"

    def running_copies(self) -> str:
        """Neither the installer nor the uninstaller touches anything while a program runs."""
        programs = dict.fromkeys((window_of(self._folder), f"{NAME}.exe"))
        for program in programs:
            before = self._installed()
            with self._running(self._folder / program):
                if (code := self._run(self._setup)) != RUNNING:
                    raise Trouble(f"with {program} running, the installer ended with {code}")
                if (code := self._uninstall()) != RUNNING:
                    raise Trouble(f"with {program} running, the uninstaller ended with {code}")
            if self._installed() != before:
                raise Trouble("it has changed files all the same")
        return f"refused: {', '.join(programs)}"

    def upgrading(self) -> str:
        """Over a former version, without its files; a file of somebody's own stays."""
        self._foreign.write_text("", "utf-8")
        before = set(self._installed())
        self._install(self._setup)
        after = set(self._installed())
        if not self._foreign.is_file():
            raise Trouble("somebody's own file is gone")
        return f"{len(before - after)} files went, {len(after - before)} came"

    def removing(self) -> str:
        """All that was installed goes, and nothing else does."""
        if code := self._uninstall():
            raise Trouble(f"the uninstaller ended with {code}")
        # told where it is, it does not remove itself
        left = sorted(path.name for path in self._folder.iterdir())
        if (
            left != sorted({UNINSTALLER, self._foreign.name} & set(left))
            or not self._foreign.exists()
        ):
            raise Trouble(f"this is left: {', '.join(left)}")
        self._install(self._setup)
        self._machine.code(self._folder / UNINSTALLER, "/S")  # as the list of programs does
        self._wait_for_the_end()
        for key in (KEY, CLASS, PROGIDS):
            if told := self._machine.output("reg", "query", key):
                raise Trouble(f"the registry still has {told}")
        if self._link.exists():
            raise Trouble("the Start menu still has it")
        if not self._written.is_file():
            raise Trouble("what was written is gone")
        self._written.unlink()
        self._foreign.unlink()
        return "nothing is left but what was somebody's own"

    def _install(self, setup: Path) -> None:
        if code := self._run(setup):
            raise Trouble(f"{setup.name} ended with {code}")
        if not (self._folder / f"{NAME}.exe").is_file():
            raise Trouble(f"{setup.name} has installed nothing")

    def _run(self, setup: Path) -> int:
        return self._machine.code(setup, f"/S /D={self._machine.named(self._folder)}")

    def _uninstall(self) -> int:
        """Runs the uninstaller in its place, or it would copy itself away and tell no exit code."""
        place = self._machine.named(self._folder)
        return self._machine.code(self._folder / UNINSTALLER, f"/S _?={place}")

    def _installed(self) -> dict[str, str]:
        """Every file of the folder and its hash."""
        return {
            path.relative_to(self._folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self._folder.rglob("*")
            if path.is_file()
        }

    def _wait_for_the_end(self) -> None:
        end = time.monotonic() + PATIENT
        while [path for path in self._folder.iterdir() if path != self._foreign]:
            if time.monotonic() > end:
                left = ", ".join(sorted(self._installed()))
                raise Trouble(f"this is left: {left}")
            time.sleep(0.2)
        time.sleep(2)  # the registry comes after the files

    @contextmanager
    def _running(self, program: Path) -> Iterator[None]:
        """A window that is open, of a profile that is thrown away."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            self._machine.environment |= {
                "QT_QPA_PLATFORM": "offscreen",
                "DATELINE_PROFILE": profile,
            }
            process = self._machine.start(program)
            time.sleep(3)
            try:
                if process.poll() is not None:
                    raise Trouble(
                        f"{program.name} does not stay open: it ended with {process.returncode}"
                    )
                yield
            finally:
                process.kill()
                process.wait()


def main(words: Sequence[str] | None = None) -> int:
    """Tries an installer; 1 where something is wrong with it, which is printed."""
    parser = argparse.ArgumentParser(prog="packaging/windows/trial.py", description=__doc__)
    parser.add_argument("setup", type=Path, help="the installer")
    parser.add_argument("--former", type=Path, help="another, which is installed before it")
    parser.add_argument("--smoke", action="store_true", help="try the installed program too")
    parser.add_argument("--wine", type=shlex.split, default=[], help="the command of Wine")
    options = parser.parse_args(words)
    if sys.platform != "win32" and not options.wine:
        parser.error("an installer for Windows is tried on Windows, or with --wine")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        machine = Machine(options.wine, Path(home))
        former = options.former.resolve() if options.former else None
        trial = Trial(machine, options.setup.resolve(), former, smoke=options.smoke)
        for step in trial.steps():
            name = step.__name__.replace("_", " ")
            try:
                print(f"ok    {name}: {step()}", flush=True)
            except Trouble as trouble:
                print(f"FAIL  {name}: {trouble}", flush=True)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
