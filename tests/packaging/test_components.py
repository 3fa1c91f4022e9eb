"""Whose work is in a bundle: everything has an owner, a licence and its text."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest

from components import (
    Component,
    components,
    dependencies,
    fonts_and_icons,
    licence_of,
    strangers,
)
from licences import PAGE, write_licences
from product import NAME, ROOT
from sbom import bill, write_sbom


def source_of(module: str) -> str:
    found = __import__(module)
    assert found.__file__ is not None
    return found.__file__


@pytest.fixture(scope="module")
def found() -> list[Component]:
    rows = [
        (name, source_of(name), "PYMODULE")
        for name in ("editor", "httpx", "PySide6", "json", "msgspec")
    ]
    qt = "PySide6/Qt/lib/libicudata.so.73"
    rows.append((qt, str(Path(source_of("PySide6")).parent / "__init__.py"), "BINARY"))
    return components(rows)


def test_every_dependency_says_its_licence() -> None:
    for name in dependencies(NAME):
        assert licence_of(metadata.distribution(name)), name


def test_every_file_has_an_owner(found: list[Component]) -> None:
    names = {component.name for component in found}
    assert {"dateline", "httpx", "PySide6_Essentials", "Python", "msgspec", "Qt", "ICU"} <= names
    assert {"Inter", "Source Serif 4", "Lucide icons"} <= names
    assert strangers(found) == []


def test_a_file_from_nowhere_ends_the_build(tmp_path: Path) -> None:
    stray = tmp_path / "stray.so"
    stray.write_bytes(b"")
    with pytest.raises(LookupError, match="nobody knows"):
        components([("stray.so", str(stray), "BINARY")])


def test_a_tool_of_the_developers_is_a_stranger() -> None:
    pytest_itself = components([("pytest.py", source_of("pytest"), "PYMODULE")])
    assert strangers(pytest_itself) == ["pytest"]


def test_the_fonts_and_icons_have_the_licences_that_lie_beside_them() -> None:
    for component in fonts_and_icons():
        assert all(text.is_file() for text in component.texts), component.name


def test_the_licences_are_written_with_what_the_lgpl_asks_for(
    found: list[Component], tmp_path: Path
) -> None:
    folder = write_licences(tmp_path, found, "_internal/PySide6/Qt/lib", icu=True)
    page = (folder / PAGE).read_text("utf-8")
    assert "linked dynamically" in page
    assert "_internal/PySide6/Qt/lib" in page
    assert "GNU Lesser General Public License" in page
    assert (folder / "Qt" / "LGPL-3.0.txt").read_text("utf-8").strip().startswith("GNU LESSER")
    assert (folder / "Qt" / "GPL-3.0.txt").exists()
    for component in found:
        if component.name != NAME:
            assert f"\n{component.name} {component.version}\n" in page
    assert all(any(each.iterdir()) for each in folder.iterdir() if each.is_dir())


def test_the_bill_of_materials_is_what_cyclonedx_asks_for(
    found: list[Component], tmp_path: Path
) -> None:
    made = bill(tmp_path, found)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert made["metadata"]["component"]["version"]
    refs = [each["bom-ref"] for each in made["components"]]
    assert len(refs) == len(set(refs))
    known = {*refs, made["metadata"]["component"]["bom-ref"]}
    for each in made["dependencies"]:
        assert {each["ref"], *each["dependsOn"]} <= known
    httpx = next(each for each in made["components"] if each["name"] == "httpx")
    assert httpx["purl"] == f"pkg:pypi/httpx@{metadata.version('httpx')}"
    assert httpx["licenses"] == [{"license": {"id": "BSD-3-Clause"}}]


def test_two_bills_of_one_commit_are_the_same(found: list[Component], tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    texts = [
        write_sbom(folder, folder, found).read_text("utf-8").replace(str(folder), "")
        for folder in (one, other)
    ]
    assert texts[0] == texts[1]
    assert str(ROOT) not in texts[0]
    json.loads(texts[0])
