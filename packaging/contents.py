"""What goes into a bundle and what stays out, as lists: the program's modules, Qt's modules and plugins, libraries.

A bundle holds what the program uses and nothing that only a wheel brought along. ``packaging/smoke.py`` proves that
nothing is missing, ``packaging/components.py`` that nothing came in from the developers' tools.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from product import ROOT

PACKAGES = ("editor", "db")
"""All their modules go in. The registries are folders, and what nobody imports by name would be left out."""

METADATA = ("keyring",)
"""Distributions that look for parts of their own by entry points."""

HIDDEN = ("pi_heif", "sqlalchemy.dialects.sqlite", "truststore", "tzdata")
"""Modules that are found only at the moment they are asked for."""

EXCLUDED = (
    # the developers' tools, and what they bring
    "IPython", "Xlib", "_pytest", "c2pa", "cffi", "grimp", "hypothesis", "importlinter", "mypy", "numpy", "pip",
    "pluggy", "pycparser", "pygments", "pytest", "requests", "rich", "ruff", "selenium", "setuptools", "pkg_resources", "sniffio", "toml",
    "trio", "urllib3", "uv", "wheel",
    # Python's own
    "_tkinter", "curses", "doctest", "ensurepip", "idlelib", "lib2to3", "pdb", "pydoc", "pydoc_data", "readline",
    "test", "tkinter", "turtle", "unittest", "venv", "xmlrpc",
    # other ways to do what is done already
    "anyio._backends._trio", "h2", "httpx._main", "pyvips", "socksio", "zstandard", "brotli", "brotlicffi",
    "PIL.ImageQt", "PIL.ImageTk", "PIL.ImageShow",
    "_pydecimal", "attr", "attrs", "mako.ext",
    "sqlalchemy.ext.asyncio", "sqlalchemy.ext.baked", "sqlalchemy.orm", "sqlalchemy.testing",
    # on the way out of keyring: no other keyring than the system's is ever used
    "keyring.testing", "keyring.cli", "keyring.completion", "keyring.devpi_client",
)  # fmt: skip

QT_MODULES = ("Core", "DBus", "Gui", "Network", "Svg", "Widgets")
"""Qt's parts: those that are imported, and those that they need everywhere."""

QT_MODULES_OF = {
    # how a window comes onto the screen
    "linux": ("OpenGL", "WaylandClient", "WlShellIntegration", "XcbQpa"),
    "macos": (),
    "windows": (),
}

NOT_OF_QT = ("opengl32sw.dll",)
"""What a wheel brings for programs that draw by OpenGL: 20 MB that Qt's widgets never ask for."""

QT_PLUGINS = {
    "iconengines": ("qsvgicon",),
    "imageformats": ("qgif", "qjpeg", "qsvg", "qwebp"),
    "networkinformation": ("qnetworkmanager", "qglib", "qscnetworkreachability", "qnetworklistmanager"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platforms": ("qcocoa", "qoffscreen", "qwayland", "qwindows", "qxcb"),
    "platformthemes": ("qxdgdesktopportal",),
    "styles": (),  # the program has a style of its own on Qt's Fusion
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-shell-integration": ("xdg-shell",),
}  # fmt: skip
"""By kind; of all platforms, as a wheel has those of its own only."""

BESIDE_PYTHON = ("libbz2", "libexpat", "libffi", "liblzma", "libmpdec", "libpython3", "libsqlite3")
"""Libraries of the building Linux that go along. All others are asked of the system: ``linux/needs.py``."""

TRANSLATIONS: tuple[str, ...] = ()
"""The languages of the window besides English: Qt's own translations are taken for these."""

_QT_FOLDERS = re.compile(r"PySide6/(?:Qt/)?(plugins|translations|qml|metatypes|resources)/(.*)")
_QT_LIBRARY = re.compile(
    r"(?:^|/)(?:lib)?Qt6?([A-Z]\w*?)(?:\.framework/.*|\.so[.\d]*|\.dll|\.abi3\.so|\.pyd)$"
)

Entry = tuple[str, str, str]
"""A row of PyInstaller's: where to, where from, its kind."""


def modules(root: Path = ROOT) -> list[str]:
    """Every module of the program by its name, found and not imported."""
    found = []
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def resources(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """The program's data: each file, and the folder it goes to."""
    for file in sorted((root / "resources").rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield str(file), file.parent.relative_to(root).as_posix()


def trimmed(entries: Iterable[Entry], platform: str) -> list[Entry]:
    """The rows that stay."""
    return sorted(entry for entry in entries if stays(entry, platform))


def stays(entry: Entry, platform: str) -> bool:
    """Whether a file goes into the bundle."""
    to, source, _ = entry
    place = PurePath(to.replace("\\", "/")).as_posix()
    if PurePath(place).name in NOT_OF_QT:
        return False
    if inside := _QT_FOLDERS.search(place):
        return _stays_of_qt(inside[1], inside[2])
    if "PySide6" in place or place.startswith(("libQt6", "Qt6")):
        if library := _QT_LIBRARY.search(place):
            return library[1] in (*QT_MODULES, *QT_MODULES_OF[platform])
        return True
    if platform == "linux" and _is_of_the_system(source):
        return PurePath(place).name.startswith(BESIDE_PYTHON)
    return True


def plugin(path: str) -> str:
    """A plug-in's name: that of its file without what a platform puts around it."""
    return PurePath(path).name.split(".")[0].removeprefix("lib")


def _stays_of_qt(folder: str, rest: str) -> bool:
    match folder:
        case "plugins":
            return plugin(rest) in QT_PLUGINS.get(rest.split("/")[0], ())
        case "translations":
            return any(PurePath(rest).stem == f"qtbase_{language}" for language in TRANSLATIONS)
        case _:
            return False


def _is_of_the_system(source: str) -> bool:
    """Whether a library comes from the system that builds, and from no wheel and no Python."""
    return source.startswith(("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/"))
