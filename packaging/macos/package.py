"""macOS' package: a disk image with the app, signed and notarised where there are a certificate and a key.

Without a certificate the app is signed for the machine that built it, which macOS asks of every program on Apple silicon; others
have to allow it in the system's settings. Without a key, nothing is notarised.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from macos.minimum import check
from product import TITLE, version

HERE = Path(__file__).resolve().parent
IDENTITY = "DATELINE_MACOS_IDENTITY"
KEY = "DATELINE_MACOS_NOTARY_KEY"


def make(bundle: Path, out: Path) -> list[Path]:
    """Makes the image of an app and returns its file. Raises ``LookupError`` where the app is not what it says."""
    machines = check(bundle)
    image = out / f"{TITLE}-{version()}-{machines}.dmg"
    signs = os.environ.get(IDENTITY, "-") != "-"
    notarises = signs and bool(os.environ.get(KEY))
    _run("sign.sh", bundle)
    if notarises:
        _run("notarise.sh", bundle)
    _run("make_dmg.sh", bundle, image)
    if signs:
        _run("sign.sh", image)
    if notarises:
        _run("notarise.sh", image)
    return [image]


def _run(script: str, *paths: Path) -> None:
    subprocess.run([HERE / script, *paths], env={IDENTITY: "-", **os.environ}, check=True)
