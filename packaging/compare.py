"""Compares two builds of one commit: ``python packaging/compare.py [--again | ONE OTHER]``.

Folders are compared file by file, packages by what is in them when their bytes differ. Nothing is explained away: whatever
differs is listed, and the exit code is 1. ``--again`` builds the bundle twice, in folders of different names, and compares.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from product import NAME, ROOT


def main(words: Sequence[str] | None = None) -> int:
    """Compares; 0 where both are the same."""
    parser = argparse.ArgumentParser(prog="packaging/compare.py", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="two files or folders")
    parser.add_argument("--again", metavar="PLATFORM", help="build twice for this platform first")
    options = parser.parse_args(words)
    if options.again:
        return _build_twice(options.again)
    if len(options.paths) != 2:
        parser.error("two paths are compared")
    return tell(*options.paths)


def tell(one: Path, other: Path) -> int:
    """Prints what differs; 0 where nothing does."""
    found = list(differences(one, other))
    for line in found:
        print(line)
    print(f"{len(found)} differences between {one.name} and {other.name}", flush=True)
    return 1 if found else 0


def differences(one: Path, other: Path) -> Iterator[str]:
    """What differs, a line each: what is on one side only, kinds, rights, times, contents."""
    if one.is_file() and other.is_file():
        if _sum(one) != _sum(other):
            yield f"{one.name}: {_sum(one)[:12]} and {_sum(other)[:12]}"
            yield from _inside(one, other)
        return
    here, there = _listing(one), _listing(other)
    for name in sorted(here.keys() | there.keys()):
        if name not in here or name not in there:
            yield f"{name}: only in {one if name in here else other}"
        elif here[name] != there[name]:
            facts = zip(("kind", "rights", "time", "content"), here[name], there[name], strict=True)
            told = ", ".join(f"{fact} {a} and {b}" for fact, a, b in facts if a != b)
            yield f"{name}: {told}"


def _listing(folder: Path) -> dict[str, tuple[str, str, str, str]]:
    return {path.relative_to(folder).as_posix(): _facts(path) for path in folder.rglob("*")}


def _facts(path: Path) -> tuple[str, str, str, str]:
    status = path.lstat()
    rights, moment = oct(status.st_mode & 0o7777), str(int(status.st_mtime))
    if path.is_symlink():
        return "link", "", moment, str(path.readlink())
    if path.is_dir():
        return "folder", rights, moment, ""
    return "file", rights, moment, _sum(path)


def _inside(one: Path, other: Path) -> Iterator[str]:
    """Of two Debian packages, what in them differs."""
    if one.suffix != ".deb":
        return
    with tempfile.TemporaryDirectory() as folder:
        roots = [Path(folder) / side for side in ("one", "other")]
        for deb, root in zip((one, other), roots, strict=True):
            subprocess.run(["dpkg-deb", "--raw-extract", deb, root], check=True)
        yield from differences(*roots)


def _build_twice(platform: str) -> int:
    """Two builds that share nothing but the commit: no cache, other folders, another order of everything random."""
    status = 0
    with tempfile.TemporaryDirectory() as folder:
        sides = [Path(folder) / name for name in ("one", "the other, longer")]
        for side in sides:
            command = [
                sys.executable, str(ROOT / "packaging" / "build.py"), platform, "--no-smoke",
                "--build", str(side / "build"), "--out", str(side / "dist"),
            ]  # fmt: skip
            subprocess.run(command, check=True)
        status |= tell(*(side / "build" / "bundle" / NAME for side in sides))
        for package in sorted((sides[0] / "dist").iterdir()):
            status |= tell(package, sides[1] / "dist" / package.name)
    return status


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
