"""A bare Debian of its own to try packages in: ``debootstrap``'s smallest, with nothing of the machine that builds.

Packages come from wherever this machine's apt gets its own. What is run inside as a user has no network and sees the
program's folder read-only; a display, where it is asked for, is lent by its socket.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

USER = 1000
_APT = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Check-Valid-Until=false")
_VOLATILE = ("dev", "home", "proc", "run", "sys", "tmp")


class Chroot:
    """A Debian in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, *command: str, check: bool = True) -> str:
        """Runs a command inside, as root, with the network; returns what it printed."""
        environment = {
            "DEBIAN_FRONTEND": "noninteractive",
            "HOME": "/root",
            "LC_ALL": "C.UTF-8",
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        }
        ran = subprocess.run(
            ["chroot", str(self.root), *command],
            env=environment, capture_output=True, check=False, encoding="utf-8",
        )  # fmt: skip
        if check and ran.returncode:
            raise RuntimeError(f"{' '.join(command)}: {ran.stdout}{ran.stderr}")
        return ran.stdout

    def apt(self, *words: str) -> str:
        """Runs apt-get inside."""
        return self.run(*_APT, *words)

    def as_user(self, *command: str) -> tuple[str, ...]:
        """The command that runs another one inside as a user who is nobody, with no network at all."""
        return (
            "/usr/bin/unshare", "--net", "/usr/sbin/chroot", f"--userspec={USER}:{USER}", str(self.root), *command,
        )  # fmt: skip

    def home(self, name: str) -> Path:
        """Makes the user's home inside, named as one likes, and returns it seen from outside."""
        folder = self.root / "home" / name
        folder.mkdir(parents=True, exist_ok=True)
        os.chown(folder, USER, USER)
        return folder

    def files(self) -> set[str]:
        """Every path that stays when the machine is off, homes left out."""
        found = set()
        for top in self.root.iterdir():
            if top.name not in _VOLATILE:
                found |= {path.relative_to(self.root).as_posix() for path in (top, *top.rglob("*"))}
        return found

    @contextmanager
    def mounted(self, *read_only: str) -> Iterator[None]:
        """With what programs ask the kernel for, the displays' sockets, and folders that nobody can write to."""
        with ExitStack() as stack:
            sockets = self.root / "tmp" / ".X11-unix"
            sockets.mkdir(mode=0o1777, exist_ok=True)
            Path("/tmp/.X11-unix").mkdir(mode=0o1777, exist_ok=True)
            for source, target, options in (
                ("proc", "proc", ("-t", "proc")),
                ("tmpfs", "dev/shm", ("-t", "tmpfs", "-o", "mode=1777")),
                ("/tmp/.X11-unix", "tmp/.X11-unix", ("--bind",)),
                *((str(self.root / each), each, ("--bind", "-o", "ro")) for each in read_only),
            ):
                place = self.root / target
                place.mkdir(parents=True, exist_ok=True)
                subprocess.run(["mount", *options, source, str(place)], check=True)
                stack.callback(subprocess.run, ["umount", "--lazy", str(place)], check=True)
            yield


@contextmanager
def bare_debian(suite: str, work: Path) -> Iterator[Chroot]:
    """A fresh bare Debian; a packed copy is kept in ``work`` for the next time."""
    packed = work / f"{suite}.tar"
    root = work / suite
    subprocess.run(["rm", "-rf", "--one-file-system", str(root)], check=True)
    root.mkdir(parents=True)
    if not packed.exists():
        subprocess.run(
            ["debootstrap", "--variant=minbase", suite, str(root), mirror()],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        subprocess.run(["tar", "-C", str(root), "-cf", str(packed), "."], check=True)
    else:
        subprocess.run(["tar", "-C", str(root), "-xpf", str(packed)], check=True)
    shutil.copyfile("/etc/resolv.conf", root / "etc" / "resolv.conf")
    try:
        yield Chroot(root)
    finally:
        subprocess.run(["rm", "-rf", "--one-file-system", str(root)], check=True)


def mirror() -> str:
    """Where this machine's apt gets Debian's packages from."""
    wanted = "$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)"
    said = subprocess.run(
        ["apt-get", "indextargets", "--format", wanted, "Identifier: Packages"],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    for line in said.splitlines():
        origin, label, component, address = line.split("|")
        if (origin, label, component) == ("Debian", "Debian", "main"):
            return address
    raise LookupError("apt on this machine knows no place that has Debian")
