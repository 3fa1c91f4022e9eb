"""Tries a packaged program as its user would: ``python packaging/smoke.py build/bundle/dateline``.

Its own ``self-test`` holds and knows the same blocks, widgets and backends as the source tree; a sample is composed and
published headless; the window opens. The home has spaces and letters of other scripts, there is no keyring, no display and
no locale, and whoever runs it need not be able to write where the program is.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from product import NAME, ROOT, TITLE, version

QUICK = float(os.environ.get("SMOKE_SECONDS", "3"))
"""Seconds that the self-test may take; ``SMOKE_SECONDS`` is for a machine that is only played by another one."""

PATIENT = 60.0
HOME = "Zoë's 家 и дом"
HEADLINE = "Der Fluss steigt 水位 الماء"
ENTRY = f"""\
---
headline: {HEADLINE}
key_event: true
---

The gauge reads **7.2 metres**.

> We have three pumps and we need ten.
>
> — River engineer
"""
REGISTRIES = ("blocks", "block widgets", "backends", "resources")


class Trouble(Exception):
    """The packaged program does not do what it should; in words."""


@dataclass(frozen=True)
class Packaged:
    """A packaged program, and the home that it is run in.

    ``home`` is as the program sees it; ``outside`` is the same folder for whoever looks on.
    """

    command: tuple[str, ...]
    home: Path
    outside: Path

    @property
    def profile(self) -> Path:
        """Where the program keeps what was written, seen from outside."""
        return self.outside / ".local/share" / NAME if sys.platform == "linux" else self.outside

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        """Begins one command; ``environment`` is set beside the little that there is."""
        return subprocess.Popen(
            [*self.command, *words],
            env=self.environment() | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *words: str, code: int = 0) -> str:
        """Runs one command to its end and returns what it printed."""
        out, errors, ended = ended_with(self.start(*words), f"{NAME} {' '.join(words)}")
        if ended != code:
            raise Trouble(f"{NAME} {' '.join(words)} ended with {ended}: {out}{errors}")
        return out

    def json(self, *words: str, code: int = 0) -> Any:
        """What a command says to programs."""
        return json.loads(self.run("--json", *words, code=code))

    def environment(self) -> dict[str, str]:
        """Nobody's: no display, no bus, no locale."""
        if sys.platform != "linux":
            return {**os.environ, "DATELINE_PROFILE": str(self.home)}
        return {"HOME": str(self.home), "LC_ALL": "C", "PATH": "/usr/bin:/bin"}


def ended_with(process: subprocess.Popen[str], what: str) -> tuple[str, str, int]:
    """What a program says to its end, also of its troubles, and its exit code. One that does not end is killed."""
    try:
        out, errors = process.communicate(timeout=PATIENT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Trouble(f"{what} does not end") from None
    return out, errors, process.returncode


def program_of(bundle: Path) -> Path:
    """The program in a bundle."""
    places = {"darwin": f"Contents/MacOS/{NAME}", "win32": f"{NAME}.exe"}
    return bundle / places.get(sys.platform, NAME)


def try_out(bundle: Path) -> int:
    """Tries a bundle; 1 where something is wrong with it, which is printed."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / HOME
        home.mkdir()
        packaged = Packaged((str(program_of(bundle)),), home, home)
        return tell(packaged, steps(packaged))


def tell(packaged: Packaged, all_steps: Sequence[Callable[[Packaged], str]]) -> int:
    """Takes the steps and prints how each went; 1 where one failed."""
    failed = 0
    for step in all_steps:
        name = step.__name__.replace("_", " ")
        try:
            print(f"ok    {name}: {step(packaged)}", flush=True)
        except Trouble as trouble:
            print(f"FAIL  {name}: {trouble}", flush=True)
            failed = 1
    return failed


def steps(packaged: Packaged) -> list[Callable[[Packaged], str]]:
    """All that is tried, in order."""
    return [
        the_version,
        self_test,
        registries,
        stores_of_older_versions,
        composing_and_publishing,
        the_window,
    ]


def the_version(packaged: Packaged) -> str:
    """It says the version that the source has."""
    said = packaged.run("--version").strip()
    if said != f"{NAME} {version()}":
        raise Trouble(f"it says {said!r}")
    return said


def self_test(packaged: Packaged) -> str:
    """All its checks hold, in time."""
    packaged.run("self-test")  # the first time, the files are read from the disk
    took, worked = min(_timed(packaged, "self-test") for _ in range(3))
    # What the machine does beside it is not the program's: then its own work is what counts.
    if min(took, worked or took) > QUICK:
        raise Trouble(f"it took {took:.1f} s, and {worked:.1f} s of processor time")
    return f"{took:.2f} s ({worked:.2f} s of processor time)"


def registries(packaged: Packaged) -> str:
    """It knows all that the source tree knows."""
    ours, theirs = _of_source(), _checks(packaged.json("self-test"))
    for name in REGISTRIES:
        if ours.get(name) != theirs.get(name):
            raise Trouble(f"{name} are {theirs.get(name)}, and in the source {ours.get(name)}")
    return "; ".join(f"{name} {theirs[name]}" for name in REGISTRIES if name in theirs)


def stores_of_older_versions(packaged: Packaged) -> str:
    """A profile that any released version has left is brought up and read."""
    stores = sorted((ROOT / "tests" / "released").glob("*.db.gz"))
    for store in stores:
        folder = packaged.outside / f"from {store.name[:4]}"
        folder.mkdir()
        (folder / "dateline.db").write_bytes(gzip.decompress(store.read_bytes()))
        _give(folder, packaged.outside)
        profile = ("--profile", str(packaged.home / folder.name))
        blogs = packaged.json(*profile, "blog", "list")
        entries = [
            entry
            for blog in blogs
            for entry in packaged.json(*profile, "entry", "list", blog["slug"])
        ]
        if not entries:
            raise Trouble(f"nothing is left of {store.name}")
    return f"{len(stores)} schemas"


def composing_and_publishing(packaged: Packaged) -> str:
    """The sample with its photos, and an entry of our own, get to the page that readers see."""
    slug = packaged.run("sample").strip()
    file = packaged.outside / "entry.md"
    file.write_text(ENTRY, "utf-8")
    entry = packaged.run("entry", "add", slug, str(packaged.home / "entry.md"), "--publish").strip()
    packaged.run("sync", "--timeout", "50")
    pages = sorted(packaged.profile.glob("site/**/index.html"), key=lambda page: len(page.parts))
    if not pages or HEADLINE not in pages[0].read_text("utf-8"):
        raise Trouble("the page has not what was written")
    photos = [path for path in pages[0].parent.glob("m/*") if path.stat().st_size > 5000]
    if len(photos) < 3:
        raise Trouble(f"the page has {len(photos)} photos")
    listed = packaged.json("entry", "list", slug)
    if entry not in {each["id"] for each in listed}:
        raise Trouble("the entry is not in the list")
    return f"{len(listed)} entries, {len(photos)} files of photos"


def the_window(packaged: Packaged) -> str:
    """The window paints, a second one brings the first to the front, and it ends in order."""
    begun = time.monotonic()
    with window(packaged, QT_QPA_PLATFORM="offscreen") as process:
        took = time.monotonic() - begun
        again = packaged.start(QT_QPA_PLATFORM="offscreen")
        _, said, code = ended_with(again, "a second window")
        if code or "open already" not in said:
            raise Trouble(f"a second window ended with {code}: {said}")
    if process.returncode and sys.platform != "win32":
        raise Trouble(f"it ended with {process.returncode}")
    return f"offscreen, after {took:.1f} s"


@contextmanager
def window(packaged: Packaged, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A window that has painted its first picture; it is closed afterwards."""
    mark = packaged.profile / "window.raise"  # touched after the first picture
    mark.unlink(missing_ok=True)
    process = packaged.start(**environment)
    try:
        end = time.monotonic() + PATIENT
        while not mark.exists():
            if process.poll() is not None or time.monotonic() > end:
                process.kill()
                raise Trouble(f"no window came: {''.join(process.communicate())}")
            time.sleep(0.02)
        time.sleep(1)
        if process.poll() is not None:
            raise Trouble(f"the window is gone again, with {process.returncode}")
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def _timed(packaged: Packaged, *words: str) -> tuple[float, float]:
    """Seconds that a command takes, and those that it has a processor (0 where the system does not tell)."""
    before, begun = os.times(), time.monotonic()
    packaged.run(*words)
    after = os.times()
    worked = after.children_user + after.children_system
    return time.monotonic() - begun, worked - before.children_user - before.children_system


def _give(folder: Path, home: Path) -> None:
    """Lets the home's owner have a folder, where somebody else runs this."""
    if sys.platform != "win32":
        owner = home.stat()
        for path in (folder, *folder.iterdir()):
            os.chown(path, owner.st_uid, owner.st_gid)


def _of_source() -> dict[str, str]:
    """What the self-test of the source tree says."""
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(
            [sys.executable, "-m", "editor", "--json", "self-test"],
            cwd=ROOT,
            env={
                **os.environ,
                "DATELINE_PROFILE": folder,
                "PYTHONUTF8": "1",
                "QT_QPA_PLATFORM": "offscreen",
            },
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
    return _checks(json.loads(ran.stdout))


def _checks(results: list[dict[str, Any]]) -> dict[str, str]:
    return {each["check"]: each["says"] for each in results}


def main(words: Sequence[str] | None = None) -> int:
    """Tries a bundle."""
    parser = argparse.ArgumentParser(
        prog="packaging/smoke.py", description=f"Try a packaged {TITLE}."
    )
    parser.add_argument("bundle", type=Path, help="the bundle's folder")
    return try_out(parser.parse_args(words).bundle.resolve())


if __name__ == "__main__":
    sys.exit(main())
