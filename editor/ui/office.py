"""What the window asks of the program around it, beside the desk and the views."""

from __future__ import annotations

from typing import Protocol

from editor.changes import Changes
from editor.domain.ids import AccountId, BlogId
from editor.paths import Profile


class Office(Protocol):
    """The opened profile as the window sees it."""

    profile: Profile

    def wake(self) -> None:
        """Lets the worker look at once whether there is something to send."""
        ...

    def pull_soon(self) -> None:
        """Lets the worker ask soon what others changed at the places that entries go to."""
        ...

    def make_sample(self) -> Changes:
        """Makes the sample live blog; slow, never on the UI thread. Its id is in the changes' ``blogs``."""
        ...

    def sign_in(self, account: AccountId, secret: str) -> Changes:
        """Keeps an account's secret anew and lets the account go on; slow, never on the UI thread.

        Raises ``Refused`` where the place does not take it, ``Unavailable`` where the keyring does not answer.
        """
        ...

    def live_page(self, blog: BlogId) -> str:
        """The blog's public address, or the path of its first page on this laptop; empty when there is none."""
        ...
