"""The parts of WordPress that come from npm, kept in a cache so that a test never waits for a download.

``python -m tests.real.parts`` fetches what is missing; tests only look.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_FETCH = 900


@dataclass(frozen=True)
class Part:
    """One file out of an npm package."""

    package: str
    inside: str
    name: str
    sha256: str


WORDPRESS = Part(
    package="@wp-playground/wordpress-builds@0.9.19",
    inside="package/src/wordpress/wp-6.5.zip",
    name="wordpress-6.5.5.zip",
    sha256="264f163157658da2a4df8f9979f527fc806fd963039b4a14062ab99e8f44ecd9",
)
SQLITE = Part(
    package="@wp-playground/cli@3.1.56",
    inside="package/sqlite-database-integration.zip",
    name="sqlite-database-integration-3.0.2.zip",
    sha256="519abfab608e6b70e88d8731192eae51da3eadf3981ee2be043f0b01c214a9ee",
)
PARTS = (WORDPRESS, SQLITE)


class NoPart(Exception):
    """A part is not there and could not be fetched."""


def home() -> Path:
    """The user's own home; in tests HOME is another one."""
    return Path(pwd.getpwuid(os.getuid()).pw_dir)


def cache() -> Path:
    """Where parts are kept."""
    return home() / ".cache" / "dateline-tests"


def path(part: Part) -> Path:
    """Where a part is once it was fetched."""
    return cache() / part.name


def missing() -> list[Part]:
    """The parts that are not there, or are not what they should be."""
    return [part for part in PARTS if not _is_whole(path(part), part)]


def fetch(part: Part) -> None:
    """Takes a part out of its package."""
    npm = shutil.which("npm")
    if npm is None:
        raise NoPart(f"npm is not installed, and {part.package} comes from there")
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=cache()) as name:
        folder = Path(name)
        try:
            subprocess.run(
                [npm, "pack", "--silent", "--ignore-scripts", part.package],
                cwd=folder,
                env={**os.environ, "HOME": str(home())},
                check=True,
                capture_output=True,
                text=True,
                timeout=SECONDS_TO_FETCH,
            )
        except subprocess.CalledProcessError as error:
            raise NoPart(f"npm has no {part.package}: {(error.stderr or '').strip()}") from None
        except subprocess.TimeoutExpired:
            raise NoPart(f"npm took too long over {part.package}") from None
        taken = folder / part.name
        (package,) = folder.glob("*.tgz")
        with tarfile.open(package) as archive:
            source = archive.extractfile(part.inside)
            if source is None:
                raise NoPart(f"{part.package} holds no {part.inside}")
            with source, taken.open("wb") as target:
                shutil.copyfileobj(source, target)
        if not _is_whole(taken, part):
            raise NoPart(f"{part.inside} of {part.package} is not the file that was pinned")
        taken.replace(path(part))


def _is_whole(file: Path, part: Part) -> bool:
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == part.sha256


def main() -> int:
    """Fetches what is missing and says loudly what could not be had."""
    try:
        for part in missing():
            print(f"Fetching {part.package} for the tests against real servers ...", flush=True)
            fetch(part)
    except (NoPart, OSError, KeyError, tarfile.TarError) as error:
        print(f"\n*** NO REAL WORDPRESS: {error}\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
