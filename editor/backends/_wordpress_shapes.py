"""What WordPress's REST API answers, as far as it is read: https://developer.wordpress.org/rest-api/reference/."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from editor.sync.backend import May
from editor.sync.delivery import Visibility

BOUND = msgspec.Meta(max_length=200)
Id = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
Word = Annotated[str, BOUND]
Moment = Annotated[str, msgspec.Meta(pattern=r"^[0-9T:-]{0,30}\Z")]

FIELDS = (
    "id,author,slug,status,link,date_gmt,modified_gmt,title.raw,content.raw,content.protected,"
    "excerpt.raw,categories,tags,sticky,_links"
)
BRIEF = "id,slug,status,link,date_gmt,modified_gmt,tags,sticky,_links"
ROWS = "id,slug,status,modified_gmt"
STATUSES = "publish,future,draft,pending,private,trash"
"""Every status that an entry may be in. ``any`` leaves the bin out."""

SHOWN = {"publish": Visibility.PUBLIC, "trash": Visibility.GONE}
MAY = {
    "edit_posts": May.SUBMIT,
    "publish_posts": May.PUBLISH,
    "upload_files": May.PHOTOS,
    "edit_others_posts": May.OTHERS,
    "manage_categories": May.BLOGS,
}


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A text: as it is kept, where that may be read, and as readers get it."""

    raw: str | None = None
    rendered: str = ""
    protected: bool = False


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A link of an answer, which may name a revision."""

    id: int = 0
    count: int = 0


class Links(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename={"predecessor": "predecessor-version", "history": "version-history"},
):
    """The links of a post: its newest revision grows with each change of its words, and so does their number."""

    predecessor: tuple[Link, ...] = ()
    history: tuple[Link, ...] = ()


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A post."""

    id: Id
    author: int = 0
    status: Word
    slug: Word = ""
    link: str = ""
    date_gmt: Moment | None = ""
    modified_gmt: Moment = ""
    title: Written = Written()
    content: Written = Written()
    excerpt: Written = Written()
    categories: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    sticky: bool = False
    links: Links = msgspec.field(name="_links", default=Links())

    @property
    def ref(self) -> str:
        """Its number, as the ledger keeps it."""
        return str(self.id)

    @property
    def revision(self) -> int:
        """The number of its newest revision; nought before the first change."""
        return self.links.predecessor[0].id if self.links.predecessor else 0

    @property
    def version(self) -> str:
        """The version: when and how it stood, and its newest revision, since one second may see several changes."""
        count = self.links.history[0].count if self.links.history else 0
        return f"{self.brief}.{self.revision}.{count}"

    @property
    def brief(self) -> str:
        """The beginning of the version, which a short list tells."""
        return f"{''.join(filter(str.isdigit, self.modified_gmt))}.{self.status}"

    @property
    def due(self) -> datetime | None:
        """When WordPress makes it public by itself."""
        return moment(self.date_gmt or "") if self.status == "future" else None

    @property
    def visibility(self) -> Visibility:
        """Who sees it. A post with a password, or a private one, is its desk's."""
        if self.content.protected:
            return Visibility.DESK
        return SHOWN.get(self.status, Visibility.DESK)


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who the password is for. PHP writes an empty object as a list."""

    id: Id
    name: str = ""
    slug: str = ""
    roles: tuple[str, ...] = ()
    capabilities: dict[str, Any] | list[Any] = {}

    @property
    def may(self) -> frozenset[May]:
        """What this user may do."""
        held = self.capabilities if isinstance(self.capabilities, dict) else {}
        return frozenset(may for name, may in MAY.items() if held.get(name))


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A category or a tag."""

    id: Id
    name: str = ""
    slug: str = ""
    description: str = ""


class Medium(msgspec.Struct, frozen=True, kw_only=True):
    """A file in the library."""

    id: Id
    author: int = 0
    slug: str = ""
    source_url: str = ""
    media_details: dict[str, Any] | list[Any] = {}

    @property
    def is_whole(self) -> bool:
        """Whether WordPress has finished with it: the smaller sizes are made after the file was kept."""
        return bool(self.media_details)


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """A post as it was once."""

    id: Id
    author: int = 0
    date_gmt: Moment = ""
    slug: str = ""
    title: Written = Written()
    content: Written = Written()


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """WordPress's own words for a refusal."""

    code: str = ""
    message: str = ""
    data: Any = None


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """What the API tells anybody of the site."""

    name: str = ""
    url: str = ""
    home: str = ""
    namespaces: tuple[str, ...] = ()
    authentication: dict[str, Any] | list[Any] = {}

    @property
    def authorization(self) -> str:
        """The page where a person lets a program in; empty where application passwords are switched off."""
        at: Any = self.authentication
        for name in ("application-passwords", "endpoints", "authorization"):
            at = at.get(name) if isinstance(at, dict) else None
        return at if isinstance(at, str) else ""


def moment(told: str) -> datetime | None:
    """A time as the API tells it: whole seconds of UTC, without a zone."""
    try:
        return datetime.fromisoformat(told).replace(tzinfo=UTC)
    except ValueError:
        return None


def revision_in(version: str) -> int:
    """The newest revision that a version names."""
    return _number(version, 2)


def revisions_in(version: str) -> int:
    """How many revisions a version counts."""
    return _number(version, 3)


def _number(version: str, at: int) -> int:
    parts = version.split(".")
    found = parts[at] if at < len(parts) else ""
    return int(found) if found.isascii() and found.isdigit() else 0
