"""Proves Linux's packages in bare Debians, as root: ``python packaging/prove.py --help``.

The ``.deb``: installed by apt where no Python and no Qt is; started, used on a screen, upgraded from an older version with all
that was written, removed without leaving anything but that. The ``.run``: installed by a user, used, removed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import smoke
from linux.alone import OF_EVERY_DESKTOP
from linux.chroot import Chroot, bare_debian
from linux.deb import make_deb
from linux.needs import packages_with, wanted_of_system
from product import NAME, ROOT, version
from smoke import HOME, Packaged, Trouble

HEADLINE = "Written in a bare Debian, où rien n’est prêt"
WORDS = "The water stands at 7.4 m."
OLDER = "0.0.1"
BOOKKEEPING = (
    "etc/ld.so.cache", "usr/share/info/dir", "var/cache/", "var/lib/apt/", "var/lib/dpkg/", "var/log/",
    "var/lib/systemd/", "etc/.pwd.lock", "root/",
)  # fmt: skip
"""Where apt and dpkg keep their own books, whatever is installed and removed."""


def main(words: Sequence[str] | None = None) -> int:
    """Proves; 1 where something does not hold."""
    parser = argparse.ArgumentParser(prog="packaging/prove.py", description=__doc__)
    parser.add_argument("--suites", default="bookworm,trixie", help="Debian's releases")
    parser.add_argument(
        "--older", type=Path, help="a package of an older version; made if not named"
    )
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "prove")
    options = parser.parse_args(words)
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    bundle, out = ROOT / "build" / "bundle" / NAME, ROOT / "dist"
    deb = next(out.glob(f"{NAME}_{version()}_*.deb"))
    run = next(out.glob(f"{NAME}-{version()}-*.run"))
    older = options.older or make_deb(bundle, work, work, OLDER)
    for suite in options.suites.split(","):
        with bare_debian(suite, work) as debian:
            print(f"-- {suite}: {deb.name}, before it {older.name}", flush=True)
            if prove_deb(debian, older, deb, work / f"{suite}.png"):
                return 1
        with bare_debian(suite, work) as debian:
            print(f"-- {suite}: {run.name}", flush=True)
            if prove_run(debian, run, bundle, work / f"{suite}-run.png"):
                return 1
    return 0


def prove_deb(debian: Chroot, older: Path, newer: Path, picture: Path) -> int:
    """The package's whole life; 1 where something does not hold."""
    debian.apt("update")
    before = debian.files()
    home = debian.home(HOME)
    packaged = Packaged(debian.as_user(f"/usr/bin/{NAME}"), Path("/home") / HOME, home)

    def installed() -> str:
        _install(debian, older)
        return debian.run("dpkg-query", "-W", "-f", "${Version} of ${Installed-Size} KiB", NAME)

    def written_with_the_older() -> str:
        with debian.mounted(f"usr/lib/{NAME}"):
            packaged.run("sample", "kept")
            return f"{len(_entries(packaged, 'kept'))} entries"

    def upgraded() -> str:
        with debian.mounted():
            was = _entries(packaged, "kept")
        photos = _sums(packaged.profile / "photos")
        _install(debian, newer)
        with debian.mounted(f"usr/lib/{NAME}"):
            now = _entries(packaged, "kept")
        if was != now or photos != _sums(packaged.profile / "photos") or not photos:
            raise Trouble("not all that was written is there")
        said = debian.run("dpkg-query", "-W", "-f", "${Version}", NAME)
        return f"to {said}: {len(now)} entries and {len(photos)} photos as they were"

    def used() -> str:
        with debian.mounted(f"usr/lib/{NAME}"):
            return _use(packaged, picture)

    def known_to_the_desktop() -> str:
        return _desktop(debian)

    def removed() -> str:
        written = _sums(home)
        debian.apt("purge", "-y", NAME)
        if here := [path for path in debian.files() if NAME in path and "var/" not in path]:
            raise Trouble(f"left behind: {', '.join(sorted(here)[:5])}")
        debian.apt("autoremove", "-y", "--purge")
        left = [path for path in debian.files() - before if not path.startswith(BOOKKEEPING)]
        if left:
            raise Trouble(f"left behind: {', '.join(sorted(left)[:8])}")
        if _sums(home) != written:
            raise Trouble("the user's files changed")
        return f"nothing is left but {len(written)} files of the user"

    return _take([installed, written_with_the_older, upgraded, used, known_to_the_desktop, removed])


def prove_run(debian: Chroot, run: Path, bundle: Path, picture: Path) -> int:
    """The life of the file for any Linux, on what a plain desktop has; 1 where something does not hold."""
    debian.apt("update")
    names = [name for name in wanted_of_system(bundle) if name.startswith(OF_EVERY_DESKTOP)]
    debian.apt("install", "-y", "--no-install-recommends", *sorted(packages_with(names)))
    home = debian.home(HOME)
    inside = Path("/home") / HOME
    program = inside / ".local" / "bin" / NAME
    packaged = Packaged(debian.as_user(str(program)), inside, home)
    shutil.copy(run, debian.root / "tmp" / run.name)

    def of_user(*command: str) -> str:
        ran = subprocess.run(
            debian.as_user(*command), env=packaged.environment(), capture_output=True,
            check=False, encoding="utf-8",
        )  # fmt: skip
        if ran.returncode:
            raise Trouble(f"{command[0]}: {ran.stdout}{ran.stderr}")
        return ran.stdout

    def installed() -> str:
        with debian.mounted():
            of_user("/bin/sh", f"/tmp/{run.name}", "--quiet")
            said = of_user("/bin/sh", f"/tmp/{run.name}", "--quiet")  # over itself
        return said.splitlines()[0]

    def used() -> str:
        with debian.mounted(f"home/{HOME}/.local/lib/{NAME}"):
            return _use(packaged, picture)

    def removed() -> str:
        with debian.mounted():
            of_user(str(inside / ".local" / "lib" / NAME / "uninstall.sh"))
        here = {path.relative_to(home).parts[0:3] for path in home.rglob("*") if path.is_file()}
        strange = [parts for parts in here if parts != (".local", "share", NAME)]
        strange = [parts for parts in strange if parts[0] not in ("entry.md", ".cache", ".config")]
        if strange := [parts for parts in strange if not parts[0].startswith("from ")]:
            raise Trouble(f"left behind: {strange}")
        if not (packaged.profile / "dateline.db").exists():
            raise Trouble("what was written is gone")
        return "nothing is left but the user's own"

    return _take([installed, used, removed])


def _use(packaged: Packaged, picture: Path) -> str:
    def on_a_screen(packaged: Packaged) -> str:
        return type_and_publish(packaged, picture)

    if smoke.tell(packaged, [*smoke.steps(packaged), on_a_screen]):
        raise Trouble("see above")
    return "all of it, with no network and the program's folder read-only"


def type_and_publish(packaged: Packaged, picture: Path) -> str:
    """A window on a real X server, where an entry is written by keys and published."""
    sys.path.append(str(ROOT))
    from tests.promises.driver import desktop, wait_for

    with desktop(HEADLINE + WORDS) as desk:
        begun = time.monotonic()
        with smoke.window(packaged, DISPLAY=desk.screen.name, QT_QPA_PLATFORM="xcb") as process:
            wait_for("the window", lambda: desk.named("Dateline"))
            took = time.monotonic() - begun
            desk.settle(1)
            desk.press("ctrl+n")
            desk.settle()
            desk.type(f"{HEADLINE}\n{WORDS}")
            desk.settle(1)
            desk.press("ctrl+Return")
            desk.settle(1)
            desk.picture(picture)
        said = process.stderr.read() if process.stderr and not process.stderr.closed else ""
    published = [
        entry["id"]
        for blog in packaged.json("blog", "list")
        for entry in packaged.json("entry", "list", blog["slug"])
        if entry["headline"] == HEADLINE and entry["stage"] == "published"
    ]
    if len(published) != 1:
        raise Trouble(f"what was typed is not published: {published} {said}")
    return f"typed and published; the window came after {took:.1f} s; see {picture.name}"


def _install(debian: Chroot, deb: Path) -> None:
    shutil.copy(deb, debian.root / "tmp" / deb.name)
    debian.apt("install", "-y", "--no-install-recommends", f"/tmp/{deb.name}")


def _entries(packaged: Packaged, slug: str) -> list[Any]:
    """What somebody has written, without what sync does to it meanwhile."""
    facts = ("id", "headline", "stage", "time", "blocks", "key_event", "pinned")
    listed = packaged.json("entry", "list", slug)
    return [
        [json.dumps([entry[fact] for fact in facts]), packaged.run("entry", "show", entry["id"])]
        for entry in listed
    ]


def _sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def _desktop(debian: Chroot) -> str:
    """The MIME type is known, the desktop file is listed, the manual page and the completion are where they are read."""
    debian.apt("install", "-y", "--no-install-recommends", "desktop-file-utils", "shared-mime-info")
    debian.run("update-desktop-database", "/usr/share/applications")
    globs = (debian.root / "usr/share/mime/globs2").read_text("utf-8")
    handlers = (debian.root / "usr/share/applications/mimeinfo.cache").read_text("utf-8")
    wanted = {
        "the MIME type": "text/x-dateline-entry:*.dateline.md" in globs,
        "who opens it": "text/x-dateline-entry=dateline-import.desktop" in handlers,
        "the manual page": (debian.root / "usr/share/man/man1/dateline.1.gz").exists()
        or "man" not in debian.run("ls", "/usr/share"),
        "the completion": (debian.root / f"usr/share/bash-completion/completions/{NAME}").exists(),
        "the licence": (debian.root / f"usr/share/doc/{NAME}/copyright").exists(),
        "the icon": (debian.root / f"usr/share/icons/hicolor/48x48/apps/{NAME}.png").exists(),
    }
    missing = [name for name, there in wanted.items() if not there]
    # what these two leave is theirs
    debian.apt("purge", "-y", "desktop-file-utils", "shared-mime-info")
    (debian.root / "usr/share/applications/mimeinfo.cache").unlink(missing_ok=True)
    if missing:
        raise Trouble(f"missing: {', '.join(missing)}")
    return ", ".join(wanted)


def _take(steps: Sequence[Any]) -> int:
    for step in steps:
        name = step.__name__.replace("_", " ")
        try:
            print(f"ok    {name}: {step()}", flush=True)
        except (Trouble, RuntimeError, AssertionError) as trouble:
            print(f"FAIL  {name}: {trouble}", flush=True)
            return 1
    return 0


if __name__ == "__main__":
    if os.geteuid() != 0:
        sys.exit("prove.py makes Debians to try in, which only root may")
    sys.exit(main())
