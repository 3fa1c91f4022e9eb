"""What the window asks of the program around it, beside the desk and the views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from editor.changes import Changes
from editor.domain.blog import Account, Blog, Role
from editor.domain.ids import AccountId, BlogId
from editor.paths import Profile
from editor.ports import Secrets

if TYPE_CHECKING:
    from editor.desk.accounts import Waiting
    from editor.registry import Kinds
    from editor.releases.asking import Releases
    from editor.sync.backend import Door, Welcome


class Office(Protocol):
    """The opened profile as the window sees it.

    What says that it is slow is never called on the UI thread: the network or the keyring takes part in it. It raises
    ``Refused`` and ``Unavailable``.
    """

    profile: Profile

    @property
    def kinds(self) -> Kinds:
        """The kinds of publishing system; importing one is slow."""
        ...

    @property
    def secrets(self) -> Secrets:
        """The system's keyring; slow, but for ``is_kept``."""
        ...

    @property
    def releases(self) -> Releases:
        """Whether there is a newer version; asking is slow."""
        ...

    def wake(self) -> None:
        """Lets the worker look at once whether there is something to send."""
        ...

    def pull_soon(self) -> None:
        """Lets the worker ask soon what others changed at the places that entries go to."""
        ...

    def make_sample(self) -> Changes:
        """Makes the sample live blog; slow, never on the UI thread. Its id is in the changes' ``blogs``."""
        ...

    def discover(self, kind: str, settings: Mapping[str, str]) -> Door | None:
        """What stands at an address; None where the kind cannot tell. Slow."""
        ...

    def greet(self, kind: str, settings: Mapping[str, str], secret: str) -> Welcome | None:
        """Who the user is at a place; None where the kind cannot tell. Slow."""
        ...

    def welcome(self, account: AccountId) -> Welcome | None:
        """``greet`` with what is kept of an account. Slow."""
        ...

    def check(self, account: Account) -> list[str]:
        """Tries an account for every live blog that goes there, and names them. Slow."""
        ...

    def add_account(
        self,
        kind: str,
        name: str,
        settings: Mapping[str, str],
        secret: str,
        *,
        role: Role,
        session_only: bool = False,
    ) -> Changes:
        """Adds an account and keeps its secret, or does neither. Slow."""
        ...

    def change_account(
        self,
        account: AccountId,
        settings: Mapping[str, str],
        secret: str | None,
        *,
        session_only: bool = False,
    ) -> Changes:
        """Gives an account other settings and, unless it is None, another secret. Slow."""
        ...

    def sign_in(self, account: AccountId, secret: str, *, session_only: bool = False) -> Changes:
        """Keeps an account's secret anew, unless it is refused, and lets the account go on. Slow."""
        ...

    def waiting_at(self, account: AccountId) -> int:
        """How many entries wait for an account."""
        ...

    def remove_account(
        self, account: AccountId, *, waiting: Waiting | None = None, to: AccountId | None = None
    ) -> Changes:
        """Forgets an account and its secret; what waits for it stays here or goes to another. Slow."""
        ...

    def takes_submissions(self, blog: Blog, account: Account, settings: Mapping[str, str]) -> bool:
        """Whether a blog's submissions can be sent to an account. Asks nobody, but may import its kind."""
        ...

    def live_page(self, blog: BlogId) -> str:
        """The blog's public address, or the path of its first page on this laptop; empty when there is none."""
        ...
