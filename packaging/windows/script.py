"""The part of the installer's script that depends on the bundle: what is installed, and what is removed again.

Both lists are made of the same files. The uninstaller removes a file by its name or not at all, and a folder only if it is empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

INSTALL = "INSTALL_FILES"
REMOVE = "REMOVE_FILES"


def files_script(tree: Path, signing: str = "") -> str:
    """The macros for a tree. ``signing`` is the command that signs the uninstaller, without the file."""
    files = files_of(tree)
    lines = [f"!macro {INSTALL}"]
    folder = None
    for file in files:
        if file.parent != folder:
            folder = file.parent
            lines.append(f"  SetOutPath {_installed(folder)}")
        lines.append(f'  File "{tree / file}"')
    lines += ["!macroend", f"!macro {REMOVE}"]
    lines += [f"  Delete {_installed(file)}" for file in files]
    lines += [f"  RMDir {_installed(folder)}" for folder in folders_of(files)]
    lines.append("!macroend")
    if signing:
        lines.append(f'!uninstfinalize `{signing} "%1"` = 0')
    return "\n".join(lines) + "\n"


def files_of(tree: Path) -> list[PurePosixPath]:
    """Every file, in one order on every system. Raises ``ValueError`` for one that cannot be installed."""
    files = sorted(
        PurePosixPath(path.relative_to(tree).as_posix())
        for path in tree.rglob("*")
        if path.is_file() or path.is_symlink()
    )
    for file in files:
        if (tree / file).is_symlink():
            raise ValueError(f"{file} is a link, which an installer for Windows cannot make")
        if any(sign in str(file) for sign in '<>:"|?*\\$`'):
            raise ValueError(f"{file} is no name for Windows, or none that NSIS can write")
    return files


def folders_of(files: Iterable[PurePosixPath]) -> list[PurePosixPath]:
    """The folders that files need, the deepest first; the installation's own is not among them."""
    found = {folder for file in files for folder in file.parents if folder.name}
    return sorted(found, key=lambda folder: (-len(folder.parts), folder))


def _installed(place: PurePosixPath) -> str:
    return '"' + "\\".join(("$INSTDIR", *place.parts)) + '"'
