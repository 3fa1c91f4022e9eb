"""The licences in a bundle: a page that tells whose work is in it and on what terms, and each text as it came.

Qt is used under the LGPL, which asks that its users may put their own Qt in its place: the page says how.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from components import Component
from product import LICENCE, NAME, TITLE

FOLDER = "licences"
PAGE = "LICENCES.txt"

HEAD = f"""\
{TITLE} and the works in it
===========================

{TITLE} itself is free software under the Apache Licence 2.0 ({LICENCE}): see LICENSE beside this page.
It is delivered together with the works below. Each keeps its own licence; the texts are in the folders
beside this page.

Qt and PySide6
--------------

{TITLE} uses Qt and PySide6 (Qt for Python) under the GNU Lesser General Public License, version 3. Their code is
unmodified and linked dynamically: each library is a file of its own in this folder's neighbour,
{{libraries}}. You may put your own build of the same version, or of a later one that is
compatible with it, in the place of these files; {TITLE} takes it without any other change. You may take the
program apart to find mistakes in such changes. The sources of Qt and of PySide6 are published by the Qt
Company and by the Qt Project, under the version told below; ask {TITLE}'s developers if you cannot get them.
The texts are LGPL-3.0.txt and GPL-3.0.txt in the folder Qt.

libheif and libde265, which read HEIC photos, are under the LGPL too and are separate files of the same kind, with
names that begin so.

{{changes}}The works
---------
"""

ICU_CHANGED = """\
ICU's data is made smaller by what Qt does not ask it for (names of languages, regions, currencies, units and time
zones, places where lines break, spelled-out numbers, transliteration). The libraries of ICU are as Qt's developers built them.

"""


def write_licences(bundle: Path, found: Sequence[Component], libraries: str, *, icu: bool) -> Path:
    """Writes the page and the texts into ``licences``; returns the folder. ``libraries`` is where Qt's files are."""
    folder = bundle / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    lines = [HEAD.format(libraries=libraries, changes=ICU_CHANGED if icu else "")]
    for component in found:
        if component.name == NAME:
            continue
        place = folder_name(component)
        lines.append(
            f"{component.name} {component.version}\n    {component.licence}\n    {place}/\n"
        )
        own = folder / place
        own.mkdir()
        for text in component.texts:
            target = own / text.name
            if target.exists():
                target = own / f"{text.parent.name}-{text.name}"
            shutil.copyfile(text, target)
    (folder / PAGE).write_text("\n".join(lines), "utf-8")
    shutil.copyfile(Path(__file__).parent.parent / "LICENSE", folder / "LICENSE")
    return folder


def folder_name(component: Component) -> str:
    """A component's folder: its name, without what a file's name cannot have."""
    return re.sub(r"[^A-Za-z0-9.+_-]+", "-", component.name)
