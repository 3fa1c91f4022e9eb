"""The bundle's parts for programs to read: a bill of materials in CycloneDX 1.6 (JSON).

It says the same as the page of licences, with the hash of every library. Nothing in it is of the moment or of chance, so
that two builds of one commit have the same.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from components import Component
from product import LICENCE, NAME, SUMMARY, TITLE, epoch, version

FILE = f"{NAME}.cdx.json"

_SPDX = re.compile(r"[A-Za-z0-9.+-]+")
_EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")
_LIBRARY = re.compile(r"\.(so(\.[\d.]+)?|dll|dylib|pyd)$")


def write_sbom(folder: Path, parts: Path, found: Sequence[Component]) -> Path:
    """Writes the bill into a folder; ``parts`` is where the components' files are."""
    file = folder / FILE
    text = json.dumps(bill(parts, found), indent=1, ensure_ascii=False)
    file.write_text(text + "\n", "utf-8")
    return file


def bill(parts: Path, found: Sequence[Component]) -> dict[str, Any]:
    """The bill as CycloneDX has it."""
    others = [each for each in found if each.name != NAME]
    listed = [_entry(parts, each) for each in others]
    number = version()
    content = json.dumps([number, listed], sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": _ref(NAME),
                "name": TITLE,
                "version": number,
                "description": SUMMARY,
                "licenses": [{"license": {"id": LICENCE}}],
            },
        },
        "components": listed,
        "dependencies": list(_dependencies(found)),
    }


def _entry(parts: Path, component: Component) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": "data" if component.name == "oEmbed providers" else "library",
        "bom-ref": _ref(component.name),
        "name": component.name,
        "version": component.version,
        "licenses": [_licence(component.licence)],
    }
    if component.purl:
        entry["purl"] = component.purl
    if files := list(_files(parts, component)):
        entry["components"] = files
    return entry


def _files(parts: Path, component: Component) -> Iterator[dict[str, Any]]:
    """The libraries of a component, with their hashes. Qt's own are listed under Qt, not under PySide6."""
    for place in component.files:
        path = parts / place
        is_qts = "/Qt/" in place or "libicu" in place
        if component.name.startswith("PySide6") and is_qts:
            continue
        if component.name == "Qt" and "libicu" in place:
            continue
        if _LIBRARY.search(place) and path.is_file() and not path.is_symlink():
            yield {
                "type": "file",
                "bom-ref": f"file/{component.name}/{place}",
                "name": place,
                "hashes": [
                    {"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}
                ],
            }


def _licence(told: str) -> dict[str, Any]:
    if told == "ICU" or (_SPDX.fullmatch(told) and "-" in told) or told in ("MIT", "ISC"):
        return {"license": {"id": told}}
    if _EXPRESSION.fullmatch(told):
        return {"expression": told}
    return {"license": {"name": told}}


def _dependencies(found: Sequence[Component]) -> Iterator[dict[str, Any]]:
    refs = {_ref(component.name) for component in found}
    runs = {_ref(name) for name in ("Python", "Inter", "Source Serif 4", "Lucide icons")}
    for component in found:
        on = {_ref(name) for name in component.needs}
        if component.name == NAME:
            on |= runs | {_ref("oEmbed providers")}
        if component.name.startswith("PySide6"):
            on |= {_ref("Qt")}
        yield {"ref": _ref(component.name), "dependsOn": sorted(on & refs)}


def _ref(name: str) -> str:
    return re.sub(r"[-_. ]+", "-", name).lower()
