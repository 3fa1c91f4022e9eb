"""What a bundle needs of a Linux system, found in its libraries: nothing is guessed.

Each library says which others it wants. Those that are not in the bundle are the system's; ``dpkg-shlibdeps`` knows the
Debian packages that have them, and the oldest version of each that has every symbol.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from finish import elves
from product import MAINTAINER, NAME

_NEEDED = re.compile(r"\(NEEDED\)\s+Shared library: \[(.+)\]")
_SONAME = re.compile(r"\(SONAME\)\s+Library soname: \[(.+)\]")
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")


def wanted_of_system(bundle: Path) -> dict[str, list[Path]]:
    """The libraries (sonames) that are not in the bundle, and who wants each."""
    wanted: dict[str, list[Path]] = {}
    inside: set[str] = set()
    for path in elves(bundle):
        said = _run("readelf", "--dynamic", str(path))
        inside |= {path.name, *_SONAME.findall(said)}
        for name in _NEEDED.findall(said):
            wanted.setdefault(name, []).append(path)
    return {name: wanted[name] for name in sorted(wanted.keys() - inside)}


def debian_dependencies(bundle: Path) -> list[str]:
    """The ``Depends`` of a package that holds the bundle. Raises ``LookupError`` for a library that no package has."""
    wanted = wanted_of_system(bundle)
    asking = sorted({path for paths in wanted.values() for path in paths})
    folders = sorted({str(path.parent) for path in elves(bundle)})
    with tempfile.TemporaryDirectory() as folder:
        control = Path(folder) / "debian" / "control"
        control.parent.mkdir()
        control.write_text(
            f"Source: {NAME}\nMaintainer: {MAINTAINER}\n\nPackage: {NAME}\nArchitecture: any\n",
            "utf-8",
        )
        said = _run(
            "dpkg-shlibdeps", "-O", "--ignore-missing-info",
            *(f"-l{each}" for each in folders), *(f"-e{path}" for path in asking),
            cwd=folder,
        )  # fmt: skip
    found = re.sub(r"^shlibs:Depends=", "", said.strip()).split(", ")
    # It also names packages whose libraries the bundle brings itself.
    packages = packages_with(wanted)
    return sorted(each for each in found if each.split(" ")[0] in packages)


def oldest_glibc(bundle: Path) -> tuple[int, int]:
    """The oldest version of the C library that everything in the bundle runs with."""
    newest = (2, 0)
    for path in elves(bundle):
        said = _run("readelf", "--version-info", "--wide", str(path))
        for major, minor in _GLIBC.findall(said):
            newest = max(newest, (int(major), int(minor)))
    return newest


def path_of(soname: str) -> Path:
    """Where this system has a library. Raises ``LookupError`` where it has not."""
    for line in _run("/sbin/ldconfig", "-p").splitlines():
        words, _, path = line.strip().partition(" => ")
        name, _, kind = words.partition(" ")
        if name == soname and kind.startswith("(libc6,"):
            return Path(path)
    raise LookupError(f"this system has no {soname}, which the bundle wants")


def packages_with(sonames: Iterable[str]) -> set[str]:
    """The Debian packages that have these libraries."""
    found = set()
    for soname in sonames:
        path = path_of(soname)
        # dpkg knows a file by the name that it was installed under, before or after /usr took over /lib
        for name in (path, path.resolve(), f"/usr{path}", str(path.resolve()).removeprefix("/usr")):
            asked = subprocess.run(
                ["dpkg", "-S", str(name)], capture_output=True, check=False, text=True
            )
            if asked.returncode == 0:
                found.add(asked.stdout.split(":")[0])
                break
        else:
            raise LookupError(f"no package has {path}, which the bundle wants")
    return found


def _run(*command: str, cwd: str | None = None) -> str:
    ran = subprocess.run(command, cwd=cwd, capture_output=True, check=False, text=True)
    if ran.returncode:
        raise LookupError(f"{command[0]} failed: {ran.stderr.strip()}")
    return ran.stdout
