"""Secrets in the system's keyring, and nowhere else.

Keyring backends raise errors of their own beside ``KeyringError`` (KWallet without its crypto plug-in raises a D-Bus
error), and may open a dialog and block: so every call catches all, and none is made on the UI thread or at start.
"""

from __future__ import annotations

import logging

from editor.domain.ids import AccountId
from editor.problems import Problem, Unavailable

SERVICE = "dateline"
log = logging.getLogger(__name__)


class Keychain:
    """The keyring's entries of one profile; ``profile`` keeps two profiles' accounts of one name apart."""

    def __init__(self, profile: str) -> None:
        self._profile = profile

    def get(self, account: AccountId) -> str:
        """The account's secret; empty when there is none. Raises ``Unavailable`` (``keyring-closed``)."""
        import keyring

        try:
            return keyring.get_password(SERVICE, self._name(account)) or ""
        except Exception as error:
            raise self._closed(error) from error

    def put(self, account: AccountId, secret: str) -> None:
        """Keeps the account's secret. Raises ``Unavailable`` (``keyring-closed``)."""
        import keyring

        try:
            keyring.set_password(SERVICE, self._name(account), secret)
        except Exception as error:
            raise self._closed(error) from error

    def forget(self, account: AccountId) -> None:
        """Removes the account's secret, if there is one. Raises ``Unavailable`` (``keyring-closed``)."""
        import keyring
        from keyring.errors import NoKeyringError, PasswordDeleteError

        try:
            keyring.delete_password(SERVICE, self._name(account))
        except (PasswordDeleteError, NoKeyringError):
            return
        except Exception as error:
            raise self._closed(error) from error

    def _name(self, account: AccountId) -> str:
        return f"{account}@{self._profile}"

    @staticmethod
    def _closed(error: Exception) -> Unavailable:
        # The error's class only: some backends put the secret's name, or worse, into their message.
        log.info("the keyring does not answer: %s", type(error).__name__)
        return Unavailable(Problem(code="keyring-closed"))
