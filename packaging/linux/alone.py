"""The package for any Linux: one ``.run`` file with everything in it that a plain desktop may lack.

``makeself`` puts a packed tree behind a small script; ``install.sh`` copies the tree where its user wants it. What the
Debian package asks the system for comes along here, but for the libraries that every desktop has and that have to fit it:
the C library, the display's own, fonts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from finish import PARTS
from linux.needs import path_of, wanted_of_system
from linux.tree import HERE, lay_out, make_alike
from product import NAME, TITLE, epoch, version

OF_EVERY_DESKTOP = (
    "ld-linux", "libEGL.", "libGL.", "libX11-xcb.", "libX11.", "libc.", "libdbus-1.", "libdl.", "libfontconfig.",
    "libfreetype.", "libgcc_s.", "libgio-2.0.", "libglib-2.0.", "libgobject-2.0.", "libgssapi_krb5.", "libgthread-2.0.",
    "libm.", "libpthread.", "libresolv.", "librt.", "libstdc++.", "libutil.", "libwayland-client.", "libxcb.", "libz.",
)  # fmt: skip


def make_run(bundle: Path, work: Path, out: Path) -> Path:
    """Makes the file and returns it."""
    tree = work / "run"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(bundle, tree / "usr")
    take_along(tree / "usr" / "lib" / NAME / PARTS["linux"], wanted_of_system(bundle))
    for name in ("install.sh", "uninstall.sh"):
        shutil.copyfile(HERE / name, tree / name)
    make_alike(tree)
    file = out / f"{NAME}-{version()}-{os.uname().machine}.run"
    moment = epoch()
    tar = f"--sort=name --mtime=@{moment} --owner=0 --group=0 --numeric-owner"
    subprocess.run(
        [
            "makeself", "--nox11", "--nomd5", "--nocrc", "--sha256", "--gzip", "--complevel", "9",
            "--tar-extra", tar, "--packaging-date", f"{moment}",
            tree.name, file.name, f"{TITLE} {version()}", "./install.sh",
        ],
        # makeself writes its command into the file, so it must be alike everywhere
        cwd=work,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        # -n: gzip keeps no time. It has no other way to be told, as makeself calls it, and complains of this one.
        env={**os.environ, "LC_ALL": "C.UTF-8", "GZIP": "-n"},
    )  # fmt: skip
    (work / file.name).replace(file)
    return file


def take_along(parts: Path, wanted: Mapping[str, object]) -> list[str]:
    """Copies the libraries that not every desktop has; returns their names."""
    names = [name for name in wanted if not name.startswith(OF_EVERY_DESKTOP)]
    for name in names:
        shutil.copyfile(path_of(name).resolve(), parts / name)
    return names
