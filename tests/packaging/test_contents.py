"""What goes into a bundle: nothing that is used is left out, nothing that is not is taken."""

from __future__ import annotations

import ast
import re
from importlib import metadata
from pathlib import Path

import pytest

from components import dependencies
from contents import EXCLUDED, QT_MODULES, QT_PLUGINS, modules, plugin, resources, stays
from editor.content.blocks import kinds
from editor.registry import kind_names
from product import NAME, ROOT


def imported_of_qt() -> set[str]:
    found = set()
    for file in (ROOT / "editor").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
                found.add((node.module or "").split(".")[1])
            elif isinstance(node, ast.Import):
                found |= {n.name.split(".")[1] for n in node.names if n.name.startswith("PySide6.")}
    return found


def test_every_module_of_qt_that_is_imported_goes_in() -> None:
    assert imported_of_qt() <= {f"Qt{name}" for name in QT_MODULES}


def test_no_module_of_qt_goes_in_that_nobody_imports_or_needs() -> None:
    assert {f"Qt{name}" for name in QT_MODULES} - imported_of_qt() == {"QtDBus"}


def test_the_folders_that_are_registries_go_in_whole() -> None:
    taken = set(modules())
    assert {f"editor.backends.{name}" for name in kind_names()} <= taken
    assert {kind.__module__ for kind in kinds().values()} <= taken
    for folder in ("editor/ui/blocks", "db/migrations/versions"):
        files = {file.stem for file in (ROOT / folder).glob("*.py")} - {"__init__"}
        assert {f"{folder.replace('/', '.')}.{name}" for name in files} <= taken


def test_all_resources_go_where_the_program_looks_for_them() -> None:
    taken = {f"{folder}/{Path(file).name}" for file, folder in resources()}
    for name in ("icons/dateline.svg", "site/", "samples/", "oembed/providers.json", "fonts/"):
        assert any(place.startswith(f"resources/{name}") for place in taken), name


def test_nothing_is_excluded_that_a_dependency_is_made_of() -> None:
    needed = dependencies(NAME)
    theirs = {
        module
        for module, owners in metadata.packages_distributions().items()
        if {re.sub(r"[-_.]+", "-", owner).lower() for owner in owners} & needed
    }
    # what builds a binding to C; cryptography's is built, and only its backend is imported
    assert theirs & set(EXCLUDED) <= {"cffi", "pycparser"}


@pytest.mark.parametrize(
    ("to", "platform", "kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "linux", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", "linux", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "linux", False),
        ("PySide6/Qt/plugins/imageformats/libqwebp.so", "linux", True),
        ("PySide6/Qt/plugins/imageformats/libqpdf.so", "linux", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", "linux", False),
        ("PySide6/plugins/platforms/qwindows.dll", "windows", True),
        ("PySide6\\plugins\\platforms\\qdirect2d.dll", "windows", False),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", "macos", True),
        ("PySide6/Qt/translations/qtbase_de.qm", "linux", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", "linux", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", "linux", False),
        ("PySide6/Qt/lib/libQt6XcbQpa.so.6", "linux", True),
        ("PySide6/QtWidgets.abi3.so", "linux", True),
        ("PySide6/QtQml.abi3.so", "linux", False),
        ("PySide6/Qt6Widgets.dll", "windows", True),
        ("PySide6/Qt6Qml.dll", "windows", False),
        ("PySide6/QtWidgets.pyd", "windows", True),
        ("PySide6/opengl32sw.dll", "windows", False),
        ("PySide6\\opengl32sw.dll", "windows", False),
        ("PySide6/pyside6.abi3.dll", "windows", True),
        ("PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui", "macos", True),
        ("PySide6/Qt/lib/QtQml.framework/Versions/A/QtQml", "macos", False),
        ("PySide6/Qt/lib/libicudata.so.73", "linux", True),
        ("PySide6/libpyside6.abi3.so.6.11", "linux", True),
        ("libQt6Qml.so.6", "linux", False),
    ],
)
def test_what_stays_of_qt(to: str, platform: str, kept: bool) -> None:
    assert stays((to, f"/anywhere/site-packages/{to}", "BINARY"), platform) is kept


def test_of_the_building_linux_only_named_libraries_go_along() -> None:
    for name, kept in (("libsqlite3.so.0", True), ("libssl.so.3", False), ("libX11.so.6", False)):
        assert stays((name, f"/usr/lib/x86_64-linux-gnu/{name}", "BINARY"), "linux") is kept
    assert stays(("pillow.libs/libX.so", "/venv/pillow.libs/libX.so", "BINARY"), "linux")


def test_every_listed_plugin_of_this_platform_is_in_the_wheel() -> None:
    import PySide6

    folder = Path(PySide6.__path__[0]) / "Qt" / "plugins"
    if not folder.exists():
        pytest.skip("the wheel is laid out otherwise here")
    there = {plugin(str(file)) for file in folder.rglob("*.so")}
    elsewhere = {"qcocoa", "qwindows", "qscnetworkreachability", "qnetworklistmanager"}
    assert {name for names in QT_PLUGINS.values() for name in names} - there <= elsewhere
