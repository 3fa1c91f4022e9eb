"""What a photo's block says of it in one line each: how large what is sent is, what is in it, who signed it."""

from __future__ import annotations

from editor.content.blocks.photo import Photo
from editor.content.print import LONGEST, Rights
from editor.domain.asset import Asset
from editor.ui.messages import size

MAKING = "making the print…"
LOCATION = "Anyone can read from the file where you stood. Leave it out if that could put somebody in danger."
PROTECTED = "The source is protected: neither names nor a place are sent inside the file"
_RIGHTS = (
    ("creator", "creator"),
    ("credit", "credit"),
    ("copyright", "copyright"),
    ("source", "source"),
    ("licence", "licence"),
    ("digital_source_type", "how it was made"),
    ("data_mining", "data mining"),
    ("created", "when it was taken"),
)


def sent(photo: Photo, asset: Asset | None, octets: int, *, slow: bool) -> str:
    """``8.1 MB → 412 KB · location removed``. ``octets`` is 0 while the print is still to be made."""
    if asset is None:
        return ""
    parts = [f"{size(asset.size)} → {size(octets) if octets else MAKING}"]
    longest = photo.longest or LONGEST[0]
    if longest != LONGEST[0]:
        parts.append(f"{longest} px for a slow line" if slow else f"{longest} px")
    if asset.has_location:
        parts.append("location kept" if photo.location_kept else "location removed")
    return " · ".join(parts)


def inside(rights: Rights) -> str:
    """``Sent inside the file: creator, credit, copyright``; empty where nothing is."""
    named = [words for name, words in _RIGHTS if getattr(rights, name)]
    return f"Sent inside the file: {', '.join(named)}" if named else ""


def credentials(asset: Asset | None) -> str:
    """Who signed the file, and whether it is still as it was signed; empty where nobody did."""
    told = asset.told if asset is not None else None
    if told is None or not told.credentials:
        return ""
    by = f"signed by {told.signer}" if told.signer else "signed"
    return {
        "valid": f"Content Credentials: {by}, valid",
        "unknown": f"Content Credentials: {by}, unchanged; nobody here knows the signer",
        "changed": f"Content Credentials: {by}, and changed since",
        "elsewhere": "Content Credentials: kept on a network, and not looked at",
    }.get(told.credentials, "")
