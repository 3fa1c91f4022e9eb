"""Photo: an asset with the words that belong to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Self

import msgspec
from msgspec import UNSET, UnsetType

from editor.content import markup, print_form
from editor.content.block import FileForm, FindPhoto, Page, Picture
from editor.content.print import LONGEST, Asked, Edit, Longest, Point, Rights, print_of
from editor.content.words import words
from editor.problems import Problem, warn

# Patterns are compiled when a file is read; the window imports this at its start.
# The column of the reader's page.
SIZES = "(min-width: 1080px) 648px, 100vw"

_IMAGE = (
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\]"
    r'\((?:<(?P<in_angles>(?:[^<>\\]|\\.)+)>|(?P<bare>[^\s()<>"]+(?:\([^\s()<>"]*\)[^\s()<>"]*)*))'
    r'(?:[ ]+"(?P<caption>(?:[^"\\]|\\.)*)")?[ ]*\)[ ]*'
)
_CREDIT = r"Credit:[ ]*(\S.*)"
_ESCAPE = r"\\([!-/:-@\[-`{-~])"
# Said by leaving it out.
_NOTHING = {"edit": Edit(), "rights": Rights(), "longest": LONGEST[0]}
_ENDS_SENTENCE = (".", "!", "?", "…", "。", "！", "？", "؟", "।", "۔")


class Photo(FileForm, frozen=True, kw_only=True, tag_field="type", tag="photo"):
    """A photo. ``asset`` is the SHA-256 of the untouched original; ``width`` and ``height`` are its pixels upright.

    What came with version 2 is left out of the stored form where it was not asked for, so that a text that was approved
    before keeps its digest.
    """

    TYPE: ClassVar[str] = "photo"
    VERSION: ClassVar[int] = 2
    PRIORITY: ClassVar[int | None] = 40
    # ``v`` follows from the others
    APART: ClassVar[tuple[str, ...]] = (
        "caption",
        "alt",
        "credit",
        "rights",
        "longest",
        "focus",
        "v",
    )

    asset: str
    caption: str = ""
    alt: str = ""
    decorative: bool = False
    credit: str = ""
    width: int = 0
    height: int = 0
    location_kept: bool = False
    edit: Edit | UnsetType = UNSET
    focus: Point | UnsetType = UNSET
    rights: Rights | UnsetType = UNSET
    longest: Longest | UnsetType = UNSET
    v: int = 1

    def __post_init__(self) -> None:
        for name, nothing in _NOTHING.items():
            if getattr(self, name) == nothing:
                msgspec.structs.force_setattr(self, name, UNSET)
        told = any(getattr(self, name) is not UNSET for name in ("focus", *_NOTHING))
        msgspec.structs.force_setattr(self, "v", 2 if told else 1)

    @property
    def asked(self) -> Asked:
        """What is asked of the photo's print."""
        return Asked(
            edit=self.edit or Edit(),
            rights=self.rights or Rights(),
            longest=self.longest or LONGEST[0],
            location=self.location_kept,
        )

    @property
    def print(self) -> str:
        """The name of the photo as it is sent."""
        return print_of(self.asset, self.asked)

    def problems(self) -> tuple[Problem, ...]:
        """A photo that says something needs words for those who do not see it."""
        if self.decorative or self.alt.strip():
            return ()
        return (warn("photo-without-alt", "alt"),)

    def html(self, page: Page) -> str:
        """A figure with its caption. The words stay where the picture is not at hand."""
        picture = page.pictures.get(self.print)
        image = self._image(picture) if picture else ""
        caption = self._caption(page)
        if not image and not caption:
            return ""
        return f'<figure class="photo">{image}{caption}</figure>'

    def plain(self) -> str:
        """The caption, or what the photo shows."""
        return self.caption.strip() or self.alt.strip()

    def markdown(self, name_photo: Callable[[str], str]) -> str | None:
        """An image with its caption as title, and a line with the credit."""
        if not self.asset or self.decorative or self.location_kept or self.v > 1:
            return None
        title = f' "{_escaped(self.caption, chr(34))}"' if self.caption else ""
        path = name_photo(self.asset)
        if re.search(r'[\s()<>"\\]', path):
            path = f"<{_escaped(path, '<>')}>"
        image = f"![{_escaped(self.alt, '[]')}]({path}{title})"
        return f"{image}\nCredit: {self.credit}" if self.credit else image

    def is_empty(self) -> bool:
        """Whether no photo was chosen."""
        return not self.asset

    @classmethod
    def read_paragraph(cls, lines: Sequence[str], find_photo: FindPhoto) -> Self | None:
        """A photo: an image alone, and maybe its credit."""
        image = re.fullmatch(_IMAGE, lines[0])
        credit = re.fullmatch(_CREDIT, lines[1]) if len(lines) == 2 else None
        if image is None or len(lines) > 2 or (len(lines) == 2 and credit is None):
            return None
        file = find_photo(re.sub(_ESCAPE, r"\1", image["in_angles"] or image["bare"]))
        return cls(
            asset=file.asset,
            alt=re.sub(_ESCAPE, r"\1", image["alt"]),
            caption=re.sub(_ESCAPE, r"\1", image["caption"] or ""),
            credit=credit[1] if credit else "",
            width=file.width,
            height=file.height,
        )

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """A file stands for the asset and its pixels, and plain lines for what is asked of the print."""
        inner = ("asset", "width", "height", "edit", "focus", "rights")
        return ("file", *(n for n in cls.__struct_fields__ if n not in inner), *print_form.NAMES)

    def to_fields(self, name_photo: Callable[[str], str]) -> dict[str, Any]:
        """The file and what was typed."""
        fields = super().to_fields(name_photo)
        named = {"file": name_photo(self.asset)} if self.asset else {}
        named |= {n: value for n, value in fields.items() if n in self.field_names() and n != "v"}
        focus = None if isinstance(self.focus, UnsetType) else self.focus
        return named | print_form.to_fields(self.asked.edit, focus, self.asked.rights)

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any], find_photo: FindPhoto) -> Self:
        """The photo whose file is named, or an empty one."""
        plain = {n: value for n, value in fields.items() if n not in ("file", *print_form.NAMES)}
        own = {"asset": "", **plain, **print_form.from_fields(fields)}
        if fields.get("file"):
            own |= msgspec.structs.asdict(find_photo(str(fields["file"])))
        return super().from_fields(own, find_photo)

    def _image(self, picture: Picture) -> str:
        sources = ", ".join(f"{address} {width}w" for address, width in picture.sources)
        given = markup.attributes(
            src=picture.src,
            srcset=sources or None,
            sizes=SIZES if sources else None,
            width=picture.width or None,
            height=picture.height or None,
            alt="" if self.decorative else self.alt,
            loading="lazy",
            decoding="async",
        )
        return f"<img{given}>"

    def _caption(self, page: Page) -> str:
        caption, credit = self.caption.strip(), self.credit.strip()
        if not caption and not credit:
            return ""
        if caption and credit and not caption.endswith(_ENDS_SENTENCE):
            caption += "."
        label = words(page.language).photograph
        parts = [markup.lines(caption)] if caption else []
        if credit:
            parts.append(f'<span class="credit">{label}: {markup.text(credit)}</span>')
        return f'<figcaption dir="auto">{" ".join(parts)}</figcaption>'


BLOCK = Photo


def _escaped(words: str, marks: str) -> str:
    return "".join("\\" + sign if sign in marks or sign == "\\" else sign for sign in words)
