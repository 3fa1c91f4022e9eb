"""The Debian package: the tree under ``/usr``, what it needs of the system, and whose work it is.

``dpkg-deb`` makes it, without debhelper: there are no scripts to write, since icons, MIME types, desktop files and manual
pages are taken in by the triggers of the packages that read them.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from linux.needs import debian_dependencies
from linux.tree import lay_out, make_alike
from product import AUTHORS, IDENTIFIER, MAINTAINER, NAME, TITLE, epoch, version

RECOMMENDS = (
    "ca-certificates",  # whom TLS trusts
    "fonts-noto-core",  # scripts that the fonts in the program have not
    "gnome-keyring | kwalletmanager | keepassxc",  # where secrets are kept
    "xdg-utils",  # opens the page in a browser
)
"""What no library asks for, and the program does without."""

SUGGESTS = ("fonts-noto-cjk", "fonts-noto-color-emoji", "xdg-desktop-portal", "ibus")

DESCRIPTION = """\
compose live blogs offline and publish them
 Dateline is a desktop program for live blogs. A correspondent in the field
 writes entries without a network: text, photos with captions, attributed
 quotes, social posts. Everything is safe on the laptop as it is typed, and
 nothing leaves it that was not released. The desk reviews, corrects and
 publishes.
 .
 This package brings its own Python and Qt."""


def make_deb(bundle: Path, work: Path, out: Path, number: str = "") -> Path:
    """Makes the package and returns its file. ``number`` is another version than the program's, for tests of upgrading."""
    number = number or version()
    root = work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    lay_out(bundle, root / "usr")
    doc = root / "usr" / "share" / "doc" / NAME
    (doc / "copyright").write_text(copyright_file(), "utf-8")
    with_time = debian_changelog(number).encode("utf-8")
    (doc / "changelog.gz").write_bytes(gzip.compress(with_time, 9, mtime=0))
    overrides = root / "usr" / "share" / "lintian" / "overrides" / NAME
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(Path(__file__).parent / "lintian-overrides", overrides)
    control = root / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(
        control_file(number, debian_dependencies(bundle), _kib(root)), "utf-8"
    )
    (control / "md5sums").write_text(_sums(root), "utf-8")
    make_alike(root)
    file = out / f"{NAME}_{number}_{architecture()}.deb"
    # one thread: the packed bytes depend on how many there are
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--threads-max=1", "--build", root, file],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return file


def control_file(number: str, depends: list[str], kib: int) -> str:
    """The package's description for dpkg."""
    return (
        f"Package: {NAME}\n"
        f"Version: {number}\n"
        f"Architecture: {architecture()}\n"
        f"Maintainer: {MAINTAINER}\n"
        f"Installed-Size: {kib}\n"
        f"Depends: {', '.join(depends)}\n"
        f"Recommends: {', '.join(RECOMMENDS)}\n"
        f"Suggests: {', '.join(SUGGESTS)}\n"
        "Section: editors\n"
        "Priority: optional\n"
        f"Description: {DESCRIPTION}\n"
    )


def debian_changelog(number: str) -> str:
    """The package's own changelog, in Debian's form; what changed in the program is in ``NEWS.gz``."""
    when = format_datetime(datetime.fromtimestamp(epoch(), UTC))
    return (
        f"{NAME} ({number}) unstable; urgency=medium\n\n"
        f"  * {TITLE} {number}: what is new is in NEWS.gz.\n\n"
        f" -- {MAINTAINER}  {when}\n"
    )


def copyright_file() -> str:
    """Who made it and on what terms, as Debian writes it; the parts' texts are in the bundle."""
    year = datetime.fromtimestamp(epoch(), UTC).year
    return f"""\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: {TITLE}
Upstream-Contact: {MAINTAINER}
Comment:
 {TITLE} is delivered with Python, Qt and other works, each under its own licence.
 /usr/lib/{NAME}/licences/LICENCES.txt lists them; their texts are beside it.
 /usr/lib/{NAME}/{NAME}.cdx.json is the same for programs (CycloneDX).

Files: *
Copyright: {year} {AUTHORS}
License: Apache-2.0
 On Debian systems the text of this licence is in
 /usr/share/common-licenses/Apache-2.0.

Files: usr/lib/{NAME}/_internal/PySide6/*
Copyright: 2006-{year} The Qt Company Ltd. and other contributors
License: LGPL-3.0-only
 On Debian systems the text of this licence is in
 /usr/share/common-licenses/LGPL-3.

Files: usr/share/metainfo/{IDENTIFIER}.metainfo.xml
Copyright: {year} {AUTHORS}
License: CC0-1.0
 On Debian systems the text of this licence is in
 /usr/share/common-licenses/CC0-1.0.
"""


def architecture() -> str:
    """Debian's name of this machine's kind."""
    said = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, check=True, text=True
    )
    return said.stdout.strip()


def _kib(root: Path) -> int:
    """The size as Debian counts it: every file in whole KiB, everything else as one."""
    return sum(
        -(-path.lstat().st_size // 1024) if path.is_file() and not path.is_symlink() else 1
        for path in root.rglob("*")
    )


def _sums(root: Path) -> str:
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}"
        f"  {path.relative_to(root).as_posix()}\n"
        for path in files
        if path.relative_to(root).parts[0] != "DEBIAN"
    )
