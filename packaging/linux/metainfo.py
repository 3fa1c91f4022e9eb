"""The AppStream data, which software centres show: what the program is, and its versions from the changelog."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from product import AUTHORS, IDENTIFIER, LICENCE, NAME, SUMMARY, TITLE, releases, version

PARAGRAPHS = (
    "A correspondent in the field writes entries without a network: text, photos with captions, attributed quotes, social "
    "posts. Everything is safe on the laptop as it is typed, and nothing leaves it that was not released. The desk "
    "reviews, corrects and publishes: to a folder that any web server can serve, to WordPress, or to a newsroom's own "
    "server.",
    "Readers get a fast page of plain files that works without JavaScript, in every script, left to right or right to left.",
)
CATEGORIES = ("Office", "Publishing")


def metainfo(day: str) -> str:
    """The file. ``day`` stands for a version that the changelog has not released yet."""
    root = Element("component", type="desktop-application")
    _text(root, "id", IDENTIFIER)
    _text(root, "metadata_license", "CC0-1.0")
    _text(root, "project_license", LICENCE)
    _text(root, "name", TITLE)
    _text(root, "summary", SUMMARY)
    developer = SubElement(root, "developer", id=IDENTIFIER.rsplit(".", 1)[0])
    _text(developer, "name", AUTHORS)
    # older readers look for this one
    _text(root, "developer_name", AUTHORS)
    description = SubElement(root, "description")
    for paragraph in PARAGRAPHS:
        _text(description, "p", paragraph)
    SubElement(root, "launchable", type="desktop-id").text = f"{NAME}.desktop"
    provides = SubElement(root, "provides")
    _text(provides, "binary", NAME)
    _text(provides, "mediatype", "text/x-dateline-entry")
    categories = SubElement(root, "categories")
    for category in CATEGORIES:
        _text(categories, "category", category)
    SubElement(root, "content_rating", type="oars-1.1")
    listed = SubElement(root, "releases")
    known = releases()
    if version() not in dict(known):
        known = [(version(), day), *known]
    for number, released in known:
        SubElement(listed, "release", version=number, date=released)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode") + "\n"


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text
