"""Of what a bundle is made: every distribution, library and font in it, found from where each file came.

PyInstaller knows the source of each file it collects. Whatever belongs to no component, or to one that the program does not
depend on, ends the build: nothing gets into a bundle unseen, and the licences and the list of components are complete.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from contents import Entry
from product import LICENCE, NAME, RESOURCES, ROOT, version

TEXTS = Path(__file__).parent / "licences"
SCRIPTS = {"pyinstaller", "pyinstaller-hooks-contrib"}
"""What starts a bundle comes from these; the program itself does not depend on them."""

_NAMES = {
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_LICENCES = {
    # the wheels tell these in words, or not at all
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pyinstaller-hooks-contrib": "Apache-2.0",
}
_OF_DEBIAN = {
    "libbz2": "bzip2-1.0.6",
    "libexpat": "MIT",
    "libffi": "MIT",
    "liblzma": "0BSD",
    "libmpdec": "BSD-2-Clause",
    "libsqlite3": "blessing",
}
_QT_TEXTS = (TEXTS / "LGPL-3.0.txt", TEXTS / "GPL-3.0.txt")
_WITHOUT_TEXTS = {"pyside6-essentials": _QT_TEXTS, "shiboken6": _QT_TEXTS}


@dataclass(frozen=True)
class Component:
    """A part that somebody made. ``files`` are its places in the bundle, ``texts`` its licences as they came with it."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...]
    files: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def components(collected: Iterable[Entry]) -> list[Component]:
    """The components of what was collected, by name. Raises ``LookupError`` for a file of unknown origin."""
    owners = _Owners()
    files: dict[str, list[str]] = {}
    for to, source, _ in collected:
        files.setdefault(owners.owner(Path(source)), []).append(to)
    made = [owners.describe(owner, sorted(places)) for owner, places in files.items()]
    made += _within_qt([place for places in files.values() for place in places])
    made += fonts_and_icons()
    return sorted(made, key=lambda component: component.name.lower())


def strangers(found: Iterable[Component]) -> list[str]:
    """Distributions that are in the bundle although the program does not depend on them."""
    allowed = dependencies(NAME) | SCRIPTS
    names = (component for component in found if component.purl.startswith("pkg:pypi/"))
    return sorted(each.name for each in names if canonicalize_name(each.name) not in allowed)


def dependencies(name: str, extras: Sequence[str] = ()) -> set[str]:
    """All that a distribution depends on here, itself included."""
    found: set[str] = set()
    _walk(name, tuple(extras), found)
    return found


def fonts_and_icons() -> list[Component]:
    """What lies in ``resources`` and is somebody else's."""
    fonts, icons = RESOURCES / "fonts", RESOURCES / "icons"
    data = (
        ("Inter", "4", "OFL-1.1", fonts / "inter" / "OFL.txt", "fonts/inter"),
        ("Source Serif 4", "4", "OFL-1.1", fonts / "source-serif-4" / "OFL.txt", "fonts/source-serif-4"),
        ("Lucide icons", "1.62", "ISC", icons / "LUCIDE-LICENSE", "icons"),
        ("oEmbed providers", "1.0.20260604", "MIT", RESOURCES / "oembed" / "LICENSE", "oembed"),
    )  # fmt: skip
    return [
        Component(name, version, licence, "", (text,), (f"resources/{place}",))
        for name, version, licence, text, place in data
    ]


class _Owners:
    """Tells whose a file is."""

    def __init__(self) -> None:
        self._distributions = {
            canonicalize_name(each.name): each for each in metadata.distributions()
        }
        self._of = {
            os.path.normpath(str(each.locate_file(file))): name
            for name, each in self._distributions.items()
            for file in each.files or ()
        }
        self._pythons = [
            Path(sysconfig.get_path("stdlib")).resolve(),
            Path(sys.base_prefix).resolve() / "lib",
        ]

    def owner(self, source: Path) -> str:
        """A distribution's name, ``python``, ``dateline``, or ``deb:`` and the name of a Debian package."""
        if name := self._of.get(os.path.normpath(str(source))):
            return name
        real = source.resolve()
        if real.name == "base_library.zip":  # PyInstaller makes it of Python's own modules
            return "python"
        if real.is_relative_to(ROOT) and not real.is_relative_to(ROOT / ".venv"):
            return NAME
        if any(real.is_relative_to(folder) for folder in self._pythons[:1]):
            return "python"
        if real.name.startswith(("libpython3", "python3")) or self._is_beside_python(real):
            return "python"
        if package := _debian_package(source):
            return f"deb:{package}"
        raise LookupError(f"{source} is in the bundle, and nobody knows where it comes from")

    def describe(self, owner: str, files: Sequence[str]) -> Component:
        """The component of this name."""
        if owner == NAME:
            return Component(
                NAME, version(), LICENCE, "", (ROOT / "LICENSE",), tuple(files), self._needs(NAME)
            )
        if owner == "python":
            return _python(files)
        if owner.startswith("deb:"):
            return _of_debian(owner.removeprefix("deb:"), files)
        found = self._distributions[canonicalize_name(owner)]
        return Component(
            found.name,
            found.version,
            licence_of(found),
            f"pkg:pypi/{owner}@{found.version}",
            _texts_of(found),
            tuple(files),
            self._needs(owner),
        )

    def _is_beside_python(self, real: Path) -> bool:
        """Whether a library came with a Python that brings its own, as those of Windows and macOS do."""
        return sys.platform != "linux" and real.is_relative_to(Path(sys.base_prefix).resolve())

    def _needs(self, owner: str) -> tuple[str, ...]:
        needs = _requirements(self._distributions[canonicalize_name(owner)], ())
        return tuple(sorted({canonicalize_name(each.name) for each in needs}))


def licence_of(distribution: metadata.Distribution) -> str:
    """A distribution's licence as it tells it, an SPDX expression wherever that can be."""
    told = distribution.metadata.json
    name = canonicalize_name(distribution.name)
    if name in _LICENCES:
        return _LICENCES[name]
    expression = str(told.get("license_expression") or told.get("license") or "")
    if expression and "\n" not in expression and expression != "UNKNOWN":
        return expression
    for line in told.get("classifier", ()):
        if line.startswith("License ::"):
            words = line.split(" :: ")[-1]
            return _NAMES.get(words, words)
    raise LookupError(f"{distribution.name} does not say its licence")


def _texts_of(distribution: metadata.Distribution) -> tuple[Path, ...]:
    name = canonicalize_name(distribution.name)
    if name in _WITHOUT_TEXTS:
        return _WITHOUT_TEXTS[name]
    words = ("licen", "copying", "notice", "authors")
    found = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if ".dist-info" in str(file) and any(word in file.name.lower() for word in words)
    ]
    if not found:
        raise LookupError(f"{distribution.name} has no text of its licence")
    return tuple(sorted(found))


def _walk(name: str, extras: tuple[str, ...], found: set[str]) -> None:
    key = canonicalize_name(name)
    if key in found and not extras:
        return
    found.add(key)
    for need in _requirements(metadata.distribution(name), extras):
        _walk(need.name, tuple(need.extras), found)


def _requirements(distribution: metadata.Distribution, extras: Sequence[str]) -> list[Requirement]:
    """What a distribution asks for on this machine."""
    needs = [Requirement(line) for line in distribution.requires or ()]
    return [
        need
        for need in needs
        if need.marker is None or any(need.marker.evaluate({"extra": e}) for e in ("", *extras))
    ]


def _python(files: Sequence[str]) -> Component:
    number = sys.version.split()[0]
    homes = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    texts = [home / "LICENSE.txt" for home in homes if (home / "LICENSE.txt").exists()]
    texts = texts or [Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright")]
    if not texts[0].exists():
        raise LookupError("this Python has no text of its licence")
    return Component(
        "Python", number, "PSF-2.0", f"pkg:generic/python@{number}", (texts[0],), tuple(files)
    )


def _debian_package(source: Path) -> str:
    """The Debian package that a system's library belongs to; empty where there is none."""
    for path in dict.fromkeys((str(source), str(source).removeprefix("/usr"), f"/usr{source}")):
        asked = subprocess.run(["dpkg", "-S", path], capture_output=True, check=False, text=True)
        if asked.returncode == 0:
            return asked.stdout.split(":")[0].split(",")[0]
    return ""


def _of_debian(package: str, files: Sequence[str]) -> Component:
    number = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", package],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    purl = f"pkg:deb/debian/{package}@{number.replace('+', '%2B')}"
    text = Path(f"/usr/share/doc/{package}/copyright")
    licence = next(
        (told for name, told in _OF_DEBIAN.items() if package.startswith(name)), "see its text"
    )
    return Component(package, number, licence, purl, (text.resolve(),), tuple(files))


def _within_qt(places: Sequence[str]) -> list[Component]:
    """Qt and ICU, which came inside PySide6's wheel."""
    number = metadata.version("PySide6-Essentials")
    qt = tuple(place for place in places if "Qt6" in place or "/Qt/" in place)
    made = [
        Component(
            "Qt", number, "LGPL-3.0-only", f"pkg:generic/qt@{number}", _QT_TEXTS, qt, ("icu",)
        )
    ]
    icu = tuple(place for place in places if "libicu" in place)
    for place in icu:
        if "libicudata.so." in place:
            number = place.rsplit(".", 1)[1]
            texts = (TEXTS / "ICU.txt",)
            made.append(Component("ICU", number, "ICU", f"pkg:generic/icu@{number}", texts, icu))
            break
    return made
