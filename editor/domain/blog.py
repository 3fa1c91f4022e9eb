"""A live blog, and where its entries go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from editor.domain.ids import AccountId, BlogId, TargetId
from editor.problems import Severity


class BlogStatus(StrEnum):
    """Where a live blog stands."""

    UPCOMING = "upcoming"
    LIVE = "live"
    ENDED = "ended"


class Blog(msgspec.Struct, frozen=True, kw_only=True):
    """One live blog. ``timezone`` is an IANA name, ``language`` a BCP 47 tag.

    ``checks`` says by a problem's code how much preflight makes of it here, where that is not the usual.
    """

    id: BlogId
    slug: str
    headline: str
    standfirst: str = ""
    byline: str = ""
    language: str = "en"
    timezone: str = "UTC"
    status: BlogStatus = BlogStatus.LIVE
    created: datetime
    coverage_start: datetime
    coverage_end: datetime | None = None
    checks: Mapping[str, Severity] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The zone its times are told in."""
        return ZoneInfo(self.timezone)


class Role(StrEnum):
    """What an account lets its user do: a correspondent submits, the desk publishes."""

    CORRESPONDENT = "correspondent"
    DESK = "desk"


class AccountState(StrEnum):
    """Whether requests may be sent: after a 401 none is, until somebody signs in; none while a person wants a pause."""

    READY = "ready"
    SIGN_IN = "sign in"
    PAUSED = "paused"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A publishing backend with an address and a user. Its secret lives in the system's keyring only."""

    id: AccountId
    name: str
    kind: str
    role: Role = Role.DESK
    state: AccountState = AccountState.READY
    settings: Mapping[str, str] = {}

    @property
    def gate(self) -> str:
        """The name under which it is kept that requests have to wait: the host its settings name, else its own."""
        from urllib.parse import urlsplit

        for value in self.settings.values():
            if value.startswith(("http://", "https://")) and (host := urlsplit(value).hostname):
                return host
        return f"account:{self.id}"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A blog on an account.

    ``cover`` is the digest of the blog's own face (headline, status) it last held. ``reviews`` says that submissions are
    sent to it too, because its backend keeps what the public cannot see. ``media`` is the kind of picture it is sent.
    """

    id: TargetId
    blog: BlogId
    account: AccountId
    name: str
    settings: Mapping[str, str] = {}
    cover: str = ""
    reviews: bool = False
    media: str = "image/jpeg"
