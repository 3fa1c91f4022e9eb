"""The one door to a packaged program: ``python packaging/build.py linux|macos|windows``.

PyInstaller makes the bundle in ``build/bundle``, ``finish.py`` makes it what is delivered, the platform's own folder makes
packages of it in ``dist``, and ``smoke.py`` tries it. Building is done on the platform itself: nothing is cross-built.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import smoke
from finish import finish, read_collected
from product import NAME, ROOT, TITLE, epoch, version

SPEC = ROOT / "packaging" / f"{NAME}.spec"
PLATFORMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}


def main(words: Sequence[str] | None = None) -> int:
    """Builds; returns the exit code."""
    parser = argparse.ArgumentParser(prog="packaging/build.py", description=__doc__)
    parser.add_argument("platform", choices=sorted(PLATFORMS.values()))
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="where to work")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where packages go")
    parser.add_argument("--bundle-only", action="store_true", help="make no packages")
    parser.add_argument("--no-smoke", action="store_true", help="do not try the bundle")
    options = parser.parse_args(words)
    if PLATFORMS.get(sys.platform) != options.platform:
        parser.error(f"a package for {options.platform} is built on {options.platform}")
    if find_spec("PyInstaller") is None:
        parser.error("there is no PyInstaller here: run this with the Python of “make setup”")
    bundle = make_bundle(options.platform, options.build.resolve())
    _tell(f"{bundle}: {size_of(bundle) / 1e6:.1f} MB")
    if not options.no_smoke and smoke.try_out(bundle):
        return 1
    if not options.bundle_only:
        make_packages(options.platform, bundle, options.out.resolve())
    return 0


def make_bundle(platform: str, build: Path) -> Path:
    """Makes the bundle anew and returns its folder (on macOS, the .app's folder with the program in it)."""
    begun = time.monotonic()
    out, work = build / "bundle", build / "pyinstaller"
    shutil.rmtree(out, ignore_errors=True)
    command = [
        sys.executable, "-m", "PyInstaller", str(SPEC), "--noconfirm", "--clean", "--log-level", "WARN",
        "--distpath", str(out), "--workpath", str(work),
    ]  # fmt: skip
    subprocess.run(command, cwd=ROOT, env=environment(build), check=True)
    bundle = out / NAME
    if platform == "macos":
        shutil.rmtree(bundle)
        bundle = out / f"{TITLE}.app"
    finish(bundle, read_collected(work), platform)
    _tell(f"bundle made in {time.monotonic() - begun:.0f} s")
    return bundle


def environment(build: Path) -> dict[str, str]:
    """What makes two builds of one commit the same: one time, one order of sets, no cache of somebody's home."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "PYINSTALLER_CONFIG_DIR": str(build / "pyinstaller-cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(epoch()),
        "LC_ALL": "C.UTF-8" if sys.platform == "linux" else os.environ.get("LC_ALL", ""),
        "TZ": "UTC",
    }


def make_packages(platform: str, bundle: Path, out: Path) -> None:
    """Lets the platform's folder make its packages, and writes their sums."""
    if find_spec(platform) is None or find_spec(f"{platform}.package") is None:
        _tell(f"packaging/{platform}/package.py is not there: the bundle is all there is")
        return
    out.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch())
    made: list[Path] = import_module(f"{platform}.package").make(bundle, out)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    (out / f"{NAME}-{version()}-{platform}.sha256").write_text("".join(sums), "utf-8")
    for path in made:
        _tell(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    _tell(f"packages made in {time.monotonic() - begun:.0f} s")


def size_of(folder: Path) -> int:
    """The bytes of all files; a file that has two names is counted once."""
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
