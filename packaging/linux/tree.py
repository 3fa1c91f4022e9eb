"""Everything that is installed on a Linux system, laid out under one folder; the packages are made of it."""

from __future__ import annotations

import gzip
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from product import CHANGELOG, IDENTIFIER, NAME, ROOT, epoch

sys.path.append(str(ROOT))  # the command line's grammar is the program's own

from linux.completion import completion
from linux.icons import write_icons
from linux.manual import manual
from linux.metainfo import metainfo

HERE = Path(__file__).parent

_RUN = ("import-entries", "install.sh", "uninstall.sh", "AppRun")


def lay_out(bundle: Path, usr: Path) -> None:
    """Fills ``usr``: the bundle under ``lib``, the command under ``bin``, and what the desktop looks for."""
    shutil.copytree(bundle, usr / "lib" / NAME, symlinks=True)
    shutil.copyfile(HERE / "import-entries.sh", usr / "lib" / NAME / "import-entries")
    (usr / "bin").mkdir()
    (usr / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    share = usr / "share"
    for name in (f"{NAME}.desktop", f"{NAME}-import.desktop"):
        _write(share / "applications" / name, (HERE / name).read_text("utf-8"))
    _write(share / "mime" / "packages" / f"{NAME}.xml", (HERE / f"{NAME}.xml").read_text("utf-8"))
    day = datetime.fromtimestamp(epoch(), UTC).date().isoformat()
    _write(share / "metainfo" / f"{IDENTIFIER}.metainfo.xml", metainfo(day))
    _write(share / "bash-completion" / "completions" / NAME, completion())
    _compressed(share / "man" / "man1" / f"{NAME}.1.gz", manual())
    _compressed(share / "doc" / NAME / "NEWS.gz", CHANGELOG.read_text("utf-8"))
    write_icons(share / "icons" / "hicolor")


def make_alike(root: Path) -> None:
    """One time for everything, and rights that do not depend on who builds. What runs in a bundle runs already."""
    moment = epoch()
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            bundled = f"/lib/{NAME}/" in path.as_posix() and os.access(path, os.X_OK)
            runs = path.is_dir() or path.name in _RUN or bundled
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _compressed(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
