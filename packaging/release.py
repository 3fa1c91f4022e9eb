"""Makes a release of what is committed: ``make release VERSION=x.y.z``.

The version is written into its one place, what the changelog has gathered gets the number and the day, both are committed, and
the commit gets the tag ``vx.y.z``. Nothing is sent anywhere; that is said, and left to whoever releases.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from product import ROOT, TITLE, version

_NUMBER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_GATHERED = re.compile(r"^## \[Unreleased\]\n(.*?)(?=^## \[|\Z)", re.MULTILINE | re.DOTALL)


class Refusal(Exception):
    """Why there is no release, in words."""


def main(words: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Releases; 1 where something stands against it, and then nothing was changed."""
    parser = argparse.ArgumentParser(prog="packaging/release.py", description=__doc__)
    parser.add_argument("version", help="such as 1.2.3")
    today = datetime.now(UTC).date().isoformat()
    parser.add_argument("--date", default=today, help="the day in the changelog")
    options = parser.parse_args(words)
    try:
        release(root, options.version, options.date)
    except Refusal as refusal:
        print(f"no release: {refusal}", file=sys.stderr)
        return 1
    print(f"{TITLE} {options.version} is committed and tagged. To send it: git push --follow-tags")
    return 0


def release(root: Path, number: str, day: str) -> None:
    """Writes, commits and tags. Raises ``Refusal``."""
    file, changelog = root / "editor" / "__init__.py", root / "CHANGELOG.md"
    tag = f"v{number}"
    _check(root, number, version(file), tag)
    dated = with_release(changelog.read_text("utf-8"), number, day)
    changelog.write_text(dated, "utf-8")
    file.write_text(with_version(file.read_text("utf-8"), number), "utf-8")
    _git(root, "add", "--", str(file), str(changelog))
    _git(root, "commit", "--quiet", "--message", f"{TITLE} {number}")
    _git(root, "tag", "--annotate", tag, "--message", f"{TITLE} {number}")


def with_version(text: str, number: str) -> str:
    """The module's text with this version in it."""
    new, count = re.subn(
        r'^__version__ = "[^"]*"$', f'__version__ = "{number}"', text, flags=re.MULTILINE
    )
    if count != 1:
        raise Refusal("editor/__init__.py does not say the version on one line")
    return new


def with_release(text: str, number: str, day: str) -> str:
    """The changelog in which what was gathered is that of this version."""
    found = _GATHERED.search(text)
    if found is None or not found[1].strip():
        raise Refusal("the changelog has nothing under [Unreleased]")
    if f"## [{number}]" in text:
        raise Refusal(f"the changelog has {number} already")
    return text.replace("## [Unreleased]\n", f"## [Unreleased]\n\n## [{number}] - {day}\n", 1)


def _check(root: Path, number: str, current: str, tag: str) -> None:
    if not _NUMBER.fullmatch(number):
        raise Refusal(f"{number!r} is no version such as 1.2.3")
    if _parts(number) < _parts(current):
        raise Refusal(f"{number} is older than {current}")
    if _git(root, "status", "--porcelain", "--untracked-files=no"):
        raise Refusal("there are changes that are not committed")
    if _git(root, "tag", "--list", tag):
        raise Refusal(f"there is a tag {tag} already")


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def _git(root: Path, *words: str) -> str:
    ran = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False, text=True)
    if ran.returncode:
        raise Refusal(f"git {words[0]}: {ran.stderr.strip()}")
    return ran.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
