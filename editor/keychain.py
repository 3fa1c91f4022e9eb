"""Secrets in the system's keyring, or in the memory of this process for as long as it runs; nowhere else.

Keyring backends raise errors of their own beside ``KeyringError`` (KWallet without its crypto plug-in raises a D-Bus
error), and may open a dialog and block: so every call catches all, and none is made on the UI thread or at start.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from editor.domain.ids import AccountId
from editor.problems import Problem, Unavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "dateline"
SYSTEMS = frozenset(
    f"keyring.backends.{name}"
    for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
)
"""Where the keyrings of operating systems come from. What else is installed may write secrets in plain."""
DENIED = frozenset(
    {
        "KeychainDenied",
        "PasswordDeleteError",
        "PasswordSetError",
        "PromptDismissedException",
        "SecAuthFailure",
    }
)
LOCKED = frozenset({"KeyringLocked", "LockedException"})
CANCELLED_ON_WINDOWS = (5, 1223)
log = logging.getLogger("dateline.keychain")


class Keychain:
    """The keyring's entries of one profile; ``profile`` keeps two profiles' accounts of one name apart.

    ``get``, ``put`` and ``forget`` raise ``Unavailable``: ``keyring-none``, ``keyring-locked``, ``keyring-denied`` or
    ``keyring-closed``. Any thread but the window's.
    """

    def __init__(self, profile: str) -> None:
        self._profile = profile
        self._kept: dict[AccountId, str] = {}

    def get(self, account: AccountId) -> str:
        """The account's secret, that of this session before the keyring's; empty when there is none."""
        kept = self._kept.get(account)
        return kept if kept is not None else self._read(account)

    def put(self, account: AccountId, secret: str) -> None:
        """Keeps the account's secret in the keyring, in the place of one that was for this session only."""
        try:
            _system().set_password(SERVICE, self._name(account), secret)
        except Exception as error:
            raise _unavailable(error) from None
        if self._read(account) != secret:
            # KWallet says nothing when it does not take a secret
            raise _told("keyring-denied", "not kept")
        self._kept.pop(account, None)

    def keep(self, account: AccountId, secret: str) -> None:
        """Holds the account's secret until this process ends. It is written nowhere. Any thread; asks nobody."""
        self._kept[account] = secret

    def is_kept(self, account: AccountId) -> bool:
        """Whether the account's secret is held for this session only. Any thread; asks nobody."""
        return account in self._kept

    def forget(self, account: AccountId) -> None:
        """Removes the account's secret from this session and from the keyring, where there is one."""
        self._kept.pop(account, None)
        try:
            _system().delete_password(SERVICE, self._name(account))
        except Exception as error:
            # the same error says that there was nothing to remove, and that it was not removed
            if "PasswordDeleteError" in _names(error) and not self._read(account):
                return
            failed = _unavailable(error)
            if failed.problem.code != "keyring-none":
                raise failed from None

    def _read(self, account: AccountId) -> str:
        try:
            return _system().get_password(SERVICE, self._name(account)) or ""
        except Exception as error:
            raise _unavailable(error) from None

    def _name(self, account: AccountId) -> str:
        return f"{account}@{self._profile}"


class _NoKeyring(Exception):
    """There is none that may be used."""


def _system() -> KeyringBackend:
    """The system's keyring. Raises ``_NoKeyring`` where there is none, whatever else would take a secret.

    Of several in a chain the first of a system is asked by itself: the chain would go on to the next, which may be a
    file. A backend that was written for this program says so in ``MADE_FOR``: the tests' own does, and no library's.
    """
    import keyring

    try:
        chosen = keyring.get_keyring()
    except Exception as error:
        raise _NoKeyring from error
    chained = type(chosen).__module__ == "keyring.backends.chainer"
    for each in chosen.backends if chained else (chosen,):  # type: ignore[attr-defined]
        if type(each).__module__ in SYSTEMS or getattr(each, "MADE_FOR", "") == SERVICE:
            backend: KeyringBackend = each
            return backend
    raise _NoKeyring


def _unavailable(error: Exception) -> Unavailable:
    """What an error of a keyring means, told without its message: some put the secret's name, or worse, into it."""
    names = _names(error)
    numbers = [getattr(each, "winerror", None) for each in _chain(error)]
    if names & {"_NoKeyring", "NoKeyringError"}:
        code = "keyring-none"
    elif names & DENIED or any(number in CANCELLED_ON_WINDOWS for number in numbers):
        code = "keyring-denied"
    elif names & LOCKED or any(_is_locked(each) for each in _chain(error)):
        code = "keyring-locked"
    else:
        code = "keyring-closed"
    return _told(code, type(error).__name__)


def _told(code: str, why: str) -> Unavailable:
    log.info("%s: %s", code, why)
    return Unavailable(Problem(code=code))


def _is_locked(error: BaseException) -> bool:
    return getattr(error, "name", "") == "org.freedesktop.Secret.Error.IsLocked"


def _names(error: BaseException) -> set[str]:
    return {kind.__name__ for each in _chain(error) for kind in type(each).__mro__}


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and those it came from."""
    each: BaseException | None = error
    while each is not None:
        yield each
        each = each.__cause__
