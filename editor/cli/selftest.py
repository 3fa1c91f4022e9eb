"""``dateline self-test``: checks this installation and prints a line each, so that a packaged program can be trusted.

A folder registry that a packager left out is silently empty; this is where it would show.
"""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from editor.cli.output import Output
from editor.newsroom import Newsroom
from editor.paths import Profile, resources

BLOCKS = {"text", "photo", "quote", "social", "story"}
BACKENDS = {"memory", "site", "wire", "wordpress"}


def self_test(profile: Profile, arguments: Namespace, out: Output) -> int:
    """Runs every check in a profile of its own; 0 when all hold."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("python", lambda: sys.version.split()[0]),
        ("store", _store),
        ("blocks", _blocks),
        ("block widgets", _block_widgets),
        ("backends", _backends),
        ("resources", _resources),
        ("photos", _photos),
        ("photo process", _photo_process),
        ("window", _qt),
        ("keyring", _keyring),
    ]
    results = []
    for name, check in checks:
        try:
            results.append({"check": name, "ok": True, "says": check()})
        except (Exception, SystemExit) as error:
            results.append({"check": name, "ok": False, "says": f"{type(error).__name__}: {error}"})
    out.result(
        results,
        [f"{'ok  ' if r['ok'] else 'FAIL'}  {r['check']:13s} {r['says']}" for r in results],
    )
    return 0 if all(result["ok"] for result in results) else 1


def _store() -> str:
    from editor.desk.blogs import add_blog
    from editor.desk.writing import new_entry

    with tempfile.TemporaryDirectory() as folder:
        with Newsroom(Profile(Path(folder) / "profile")) as newsroom:
            (blog,) = add_blog(newsroom.room, headline="self-test").blogs
            new_entry(newsroom.room, blog)
            count = len(newsroom.views.timeline(blog))
        if count != 1:
            raise AssertionError("the entry that was written is not there")
    return "written, read and searched"


def _blocks() -> str:
    from editor.content.blocks import kinds

    return _has_all(BLOCKS, set(kinds()))


def _block_widgets() -> str:
    from editor.ui.blocks import widgets

    return _has_all(BLOCKS, set(widgets()))


def _backends() -> str:
    from editor.registry import kind_names

    return _has_all(BACKENDS, set(kind_names()))


def _resources() -> str:
    wanted = ("fonts", "icons", "oembed", "site")
    missing = [name for name in wanted if not any((resources() / name).glob("*"))]
    if missing:
        raise FileNotFoundError(", ".join(missing))
    return ", ".join(wanted)


def _photos() -> str:
    from PIL import features

    formats = [name for name in ("jpg", "zlib", "webp", "avif") if features.check(name)]
    if "jpg" not in formats:
        raise AssertionError("JPEG cannot be read")
    import pi_heif

    return ", ".join([*formats, f"heic (libheif {pi_heif.libheif_version()})"])


def _photo_process() -> str:
    from editor.media.lab import Lab
    from editor.media.paintings import write_painting
    from editor.media.photo import inspect

    lab = Lab()
    try:
        with tempfile.TemporaryDirectory() as folder:
            found = lab.do(inspect, write_painting("bridge", Path(folder)))
    finally:
        lab.close()
    return f"looked at {found.width} × {found.height} pixels"


def _qt() -> str:
    from editor.app import describe_qt

    return describe_qt()


def _keyring() -> str:
    import keyring

    # Only its name: a get may open a dialog and wait for somebody.
    return type(keyring.get_keyring()).__module__


def _has_all(wanted: set[str], found: set[str]) -> str:
    if wanted - found:
        raise AssertionError("missing: " + ", ".join(sorted(wanted - found)))
    return ", ".join(sorted(found))
