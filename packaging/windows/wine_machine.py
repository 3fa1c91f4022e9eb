"""A machine that is as much of a Windows as Wine is: Debian 13's, in a Debian of its own, with this tree in it.

The Wine of Debian 12 (8.0) lacks ``bcryptprimitives.dll``, of which cryptography and nh3 ask their random numbers.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath

from linux.chroot import Chroot, mirror
from product import NAME, ROOT, epoch

SUITE = "trixie"
WINE = "/usr/lib/wine/wine64"
PYTHON = PurePosixPath("/opt/Python311")
SOURCE = PurePosixPath("/opt") / NAME
PREFIX = PurePosixPath("/opt/machine")
LIBRARIES = PurePosixPath("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows")
"""Wine's own, which it puts into ``system32`` of every disk that it makes."""

RUNTIME = ("vcruntime140", "vcruntime140_1", "msvcp140", "msvcp140_1", "msvcp140_2", "concrt140")
"""Microsoft's own, which Python and Qt bring, and not what Wine has by these names."""


class Machine:
    """The machine, once it is there. Paths are those that Linux has inside; Windows has them as its drive Z."""

    def __init__(self, debian: Chroot) -> None:
        self.debian = debian
        self.environment = {
            "HOME": "/root",
            "LC_ALL": "C.UTF-8",
            "PATH": "/usr/bin:/bin",
            "PYTHONUTF8": "1",
            "SOURCE_DATE_EPOCH": str(epoch()),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": f"mscoree,mshtml,winemenubuilder.exe=;{','.join(RUNTIME)}=n,b",
            "WINEPREFIX": str(PREFIX),
            "XDG_RUNTIME_DIR": "/run",  # or Wine says that there is none
        }

    def outside(self, place: PurePosixPath) -> Path:
        """A place inside, as this machine sees it."""
        return self.debian.root / place.relative_to("/")

    def command(self, *words: str, **more: str) -> tuple[str, ...]:
        """The command that has Wine run another one, in the tree's folder."""
        told = (f"{name}={value}" for name, value in (self.environment | more).items())
        return (
            "/usr/sbin/chroot", str(self.debian.root), "/usr/bin/env", f"--chdir={SOURCE}", *told, WINE, *words,
        )  # fmt: skip

    def python(self, *words: str, log: Path | None = None, **more: str) -> int:
        """Runs the Windows' Python and returns its exit code; what it says goes to a file, or to this one's output."""
        sys.stdout.flush()
        command = self.command(f"{PYTHON}/python.exe", *words, **more)
        with ExitStack() as stack:
            file = stack.enter_context(log.open("wb")) if log else None
            ran = subprocess.run(
                command,
                env={}, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, check=False,
            )  # fmt: skip
        return ran.returncode

    def output(self, *words: str) -> str:
        """What a command prints. Raises ``RuntimeError`` where it fails."""
        ran = subprocess.run(
            self.command(*words), env={},
            stdin=subprocess.DEVNULL, capture_output=True, check=False, encoding="utf-8", errors="replace",
        )  # fmt: skip
        if ran.returncode:
            raise RuntimeError(
                f"{' '.join(words)} ended with {ran.returncode}: {ran.stdout}{ran.stderr}"
            )
        return ran.stdout

    def start(self) -> str:
        """Makes the machine's disk anew; returns Wine's version."""
        shutil.rmtree(self.outside(PREFIX), ignore_errors=True)
        self.outside(SOURCE).mkdir(exist_ok=True)
        self.output("wineboot", "--init")
        self.end()
        return self.output("--version").strip()

    def take_tree(self) -> int:
        """Copies the tree as it is, without what is made from it; returns how many files."""
        to = self.outside(SOURCE)
        shutil.rmtree(to, ignore_errors=True)
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True,
        ).stdout  # fmt: skip
        files = [
            name for name in os.fsdecode(listed).split("\0") if name and (ROOT / name).is_file()
        ]
        for name in files:
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)
        return len(files)

    @contextmanager
    def shared(self, folder: Path) -> Iterator[None]:
        """With a folder of this machine's at the same place inside."""
        place = self.debian.root / folder.relative_to("/")
        place.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "--bind", str(folder), str(place)], check=True)
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", str(place)], check=True)

    def end(self) -> None:
        """Ends what runs on the machine."""
        for word in ("-k", "-w"):  # ends them, waits for them
            server = ("/usr/lib/wine/wineserver", word)
            self.debian.run("env", f"WINEPREFIX={PREFIX}", *server, check=False)


@contextmanager
def switched_on(work: Path) -> Iterator[Machine]:
    """The machine, with what Wine asks the kernel for; everything that it runs is ended afterwards."""
    machine = Machine(_debian(work))
    with machine.debian.mounted():
        try:
            yield machine
        finally:
            machine.end()


def _debian(work: Path) -> Chroot:
    """The Debian with Wine in it; it stays for the next time."""
    debian = Chroot(work / "debian")
    done = debian.root / "opt" / "wine-is-here"
    if not done.exists():
        subprocess.run(["rm", "-rf", "--one-file-system", str(debian.root)], check=True)
        subprocess.run(
            ["debootstrap", "--variant=minbase", SUITE, str(debian.root), mirror()],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        shutil.copyfile("/etc/resolv.conf", debian.root / "etc" / "resolv.conf")
        debian.apt("update")
        debian.apt("install", "-y", "--no-install-recommends", "wine", "wine64")
        debian.apt("clean")
        done.touch()
    return debian
