"""``dateline photo``: put photos into an entry, and tell of each what will leave the laptop."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from editor.cli.output import Output
from editor.content.block import Block
from editor.content.blocks.photo import Photo
from editor.content.print import LONGEST, Edit, Rights
from editor.desk.photos import add_photo_to, weight
from editor.desk.writing import add_blocks
from editor.domain.asset import Asset, Told
from editor.domain.ids import AssetId, EntryId
from editor.domain.stages import must_be_editable
from editor.media.card import RAW, photos_in
from editor.newsroom import Newsroom
from editor.problems import Problem, Refused, Unavailable, refuse
from editor.ui.blocks.photo_words import credentials, inside
from editor.ui.messages import count, sentence, size


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of an entry. ``place`` counts the entry's blocks from one; ``sent`` is 0 while the print is not made."""

    place: int
    asset: str
    print: str
    file: str
    original: int
    sent: int
    longest: int
    caption: str
    alt: str
    decorative: bool
    credit: str
    edit: Edit
    inside: Rights
    location: str
    told: Told
    signed: str


def add(newsroom: Newsroom, arguments: Namespace, out: Output) -> int:
    """Puts photos at the end of an entry's working text; a file that is unfit is told, and the others come all the same."""
    entry = EntryId(arguments.id)
    must_be_editable(newsroom.views.entry(entry).entry)
    paths, problems = _files([Path(path) for path in arguments.paths])
    words = {
        name: getattr(arguments, name)
        for name in ("caption", "alt", "credit", "decorative")
        if getattr(arguments, name) is not None
    }
    if words and len(paths) > 1:
        raise refuse("photo-words-for-one")
    taken: list[Photo] = []
    for path in paths:
        try:
            photo = add_photo_to(newsroom.room, entry, path, longest=arguments.longest)
        except Refused as refused:
            problems += refused.problems
        except Unavailable as unavailable:
            problems.append(unavailable.problem)
            break
        else:
            taken.append(replace(photo, **words))
    if taken:
        add_blocks(newsroom.room, entry, taken)
    blocks = newsroom.views.entry(entry).content.blocks
    shown = list(_shown(newsroom, blocks))[-len(taken) :] if taken else []
    out.result(
        {"entry": entry, "photos": shown, "problems": problems},
        [f"{each.place}  {each.file}  {_sizes(each)}" for each in shown],
    )
    out.problem(*(sentence(problem) for problem in problems))
    return 1 if problems else 0


def show(newsroom: Newsroom, arguments: Namespace, out: Output) -> None:
    """Prints each photo of an entry: what is sent in its place, and what the file alone tells."""
    blocks = newsroom.views.entry(EntryId(arguments.id)).content.blocks
    shown = list(_shown(newsroom, blocks))
    out.result(shown, [line for each in shown for line in _lines(each)])


def _files(paths: Sequence[Path]) -> tuple[list[Path], list[Problem]]:
    """The files that are meant, each once: a folder's photos, and of a camera's two files of one shot its JPEG."""
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    shots = {_shot(path) for path in paths if path.suffix.lower() in (".jpg", ".jpeg")}
    for path in paths:
        if path.suffix.lower() in RAW and _shot(path) in shots:
            continue
        try:
            inner = photos_in(path).photos if path.is_dir() else (path,)
        except OSError as error:
            detail = {"name": path.name, "reason": error.strerror or ""}
            problems.append(Problem(code="photo-unreadable", detail=detail))
            continue
        if not inner:
            problems.append(Problem(code="photo-none-in-folder", detail={"name": path.name}))
        found |= dict.fromkeys(each.absolute() for each in inner)
    return list(found), problems


def _shot(path: Path) -> tuple[Path, str]:
    return path.absolute().parent, path.stem.casefold()


def _shown(newsroom: Newsroom, blocks: Sequence[Block]) -> Iterator[Shown]:
    for place, block in enumerate(blocks, 1):
        if not isinstance(block, Photo):
            continue
        with newsroom.room.store.read() as tx:
            asset = tx.asset(AssetId(block.asset))
        yield Shown(
            place=place,
            asset=block.asset,
            print=block.print,
            file=asset.name if asset else "",
            original=asset.size if asset else 0,
            sent=weight(newsroom.room, block.print),
            longest=block.asked.longest,
            caption=block.caption,
            alt=block.alt,
            decorative=block.decorative,
            credit=block.credit,
            edit=block.asked.edit,
            inside=block.asked.rights,
            location=_location(block, asset),
            told=asset.told if asset else Told(),
            signed=credentials(asset),
        )


def _location(photo: Photo, asset: Asset | None) -> str:
    if asset is None or not asset.has_location:
        return "none"
    return "kept" if photo.location_kept else "removed"


def _sizes(photo: Shown) -> str:
    if not photo.original:
        return "not on this laptop"
    sent = size(photo.sent) if photo.sent else "not made yet"
    small = f", {photo.longest} px" if photo.longest != LONGEST[0] else ""
    return f"{size(photo.original)} → {sent}{small}"


def _lines(photo: Shown) -> Iterator[str]:
    yield f"{photo.place}  {photo.file or 'no photo'}  {_sizes(photo)}"
    words = [
        ("caption", photo.caption),
        ("alt", "decorative" if photo.decorative else photo.alt),
        ("credit", photo.credit),
        ("edited", edited(photo.edit)),
        ("location", photo.location),
        ("headline in the file", photo.told.headline),
    ]
    for name, said in words:
        if said:
            yield f"   {name}: {' '.join(said.split())}"
    yield f"   {inside(photo.inside) or 'Nothing about who made it is sent inside the file'}"
    if photo.signed:
        yield f"   {photo.signed}"


def edited(edit: Edit) -> str:
    """``cropped, 2 regions blurred, turned by 90°``; empty for a photo as it was taken."""
    said = []
    if edit.crop is not None:
        said.append("cropped")
    if edit.blurs:
        said.append(f"{count(len(edit.blurs), 'region')} blurred")
    if edit.turns:
        said.append(f"turned by {90 * edit.turns}°")
    return ", ".join(said)
