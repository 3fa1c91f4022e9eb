"""What the program makes of a keyring: which one it may use, what its errors mean, and what is for one session only."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import (
    InitError,
    KeyringError,
    KeyringLocked,
    NoKeyringError,
    PasswordDeleteError,
    PasswordSetError,
)

from editor.domain.ids import AccountId
from editor.keychain import Keychain
from editor.problems import Unavailable
from tests.file_keyring import FileKeyring

NEWSROOM = AccountId("newsroom")
SECRET = "pâsswörd 水位"

Use = Callable[[KeyringBackend], None]


class PlaintextKeyring(FileKeyring):
    """What a stranger's package may bring: it takes everything, into a file that anybody can read."""

    MADE_FOR = ""
    priority = 9


class Broken(KeyringBackend):
    """A system's keyring that fails."""

    MADE_FOR = "dateline"
    priority = 1

    def __init__(self, error: Exception) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error

    def delete_password(self, service: str, username: str) -> None:
        raise self.error


class Deaf(FileKeyring):
    """Takes nothing and says nothing, as KWallet does when it cannot write."""

    def set_password(self, service: str, username: str, password: str) -> None:
        return


class Stubborn(FileKeyring):
    """Gives nothing back."""

    def delete_password(self, service: str, username: str) -> None:
        raise PasswordDeleteError("cancelled")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keyring.json"
    monkeypatch.setenv("DATELINE_TEST_KEYRING", str(path))
    return path


@pytest.fixture
def use(file: Path) -> Iterator[Use]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def keychain(use: Use) -> Keychain:
    use(FileKeyring())  # type: ignore[no-untyped-call]
    return Keychain("/profile")


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(Unavailable) as raised:
        call()
    return raised.value.problem.code


def raised_from(cause: Exception, error: Exception) -> Exception:
    error.__cause__ = cause
    return error


def named(kind: str, /, *bases: type[Exception], **holds: object) -> Exception:
    """An error of a library that is not on every system."""
    made: Exception = type(kind, bases or (Exception,), {})("a secret may stand here")
    for attribute, value in holds.items():
        setattr(made, attribute, value)
    return made


def test_a_secret_is_kept_for_one_profile_and_forgotten(keychain: Keychain, file: Path) -> None:
    assert keychain.get(NEWSROOM) == ""
    keychain.put(NEWSROOM, SECRET)
    assert keychain.get(NEWSROOM) == SECRET
    assert Keychain("/another").get(NEWSROOM) == ""
    assert "dateline/newsroom@/profile" in file.read_text("utf-8")
    keychain.forget(NEWSROOM)
    assert keychain.get(NEWSROOM) == ""
    keychain.forget(NEWSROOM)


def test_a_secret_for_this_session_only_is_written_nowhere(keychain: Keychain, file: Path) -> None:
    keychain.keep(NEWSROOM, SECRET)
    assert keychain.get(NEWSROOM) == SECRET
    assert keychain.is_kept(NEWSROOM)
    assert not file.exists()
    assert Keychain("/profile").get(NEWSROOM) == ""


def test_the_sessions_secret_goes_before_the_keyrings_until_another_is_put_there(
    keychain: Keychain,
) -> None:
    keychain.put(NEWSROOM, "old")
    keychain.keep(NEWSROOM, "session")
    assert keychain.get(NEWSROOM) == "session"
    keychain.put(NEWSROOM, "new")
    assert keychain.get(NEWSROOM) == "new"
    assert not keychain.is_kept(NEWSROOM)


def test_both_are_forgotten(keychain: Keychain) -> None:
    keychain.put(NEWSROOM, "kept")
    keychain.keep(NEWSROOM, "session")
    keychain.forget(NEWSROOM)
    assert keychain.get(NEWSROOM) == ""
    assert not keychain.is_kept(NEWSROOM)


def test_a_session_goes_on_where_there_is_no_keyring(use: Use) -> None:
    use(fail.Keyring())  # type: ignore[no-untyped-call]
    keychain = Keychain("/profile")
    keychain.keep(NEWSROOM, SECRET)
    assert code_of(lambda: keychain.put(NEWSROOM, "other")) == "keyring-none"
    assert keychain.get(NEWSROOM) == SECRET
    keychain.forget(NEWSROOM)
    assert code_of(lambda: keychain.get(NEWSROOM)) == "keyring-none"


def test_a_keyring_that_no_system_brings_gets_no_secret(use: Use, file: Path) -> None:
    use(PlaintextKeyring())  # type: ignore[no-untyped-call]
    keychain = Keychain("/profile")
    assert code_of(lambda: keychain.put(NEWSROOM, SECRET)) == "keyring-none"
    assert code_of(lambda: keychain.get(NEWSROOM)) == "keyring-none"
    assert not file.exists()


def test_naming_it_in_the_environment_does_not_open_the_door(
    use: Use, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"{__name__}.PlaintextKeyring")
    keyring.core.init_backend()
    assert isinstance(keyring.get_keyring(), PlaintextKeyring)
    assert code_of(lambda: Keychain("/profile").put(NEWSROOM, SECRET)) == "keyring-none"
    assert not file.exists()


def test_a_keyring_that_keeps_nothing_gets_no_secret(use: Use) -> None:
    use(null.Keyring())  # type: ignore[no-untyped-call]
    assert code_of(lambda: Keychain("/profile").put(NEWSROOM, SECRET)) == "keyring-none"


def test_of_a_chain_only_the_systems_own_is_asked(
    use: Use, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    class Chain(chainer.ChainerBackend):
        backends = [PlaintextKeyring(), Broken(KeyringLocked())]  # type: ignore[no-untyped-call]  # noqa: RUF012

    Chain.__module__ = chainer.__name__
    use(Chain())  # type: ignore[no-untyped-call]
    assert code_of(lambda: Keychain("/profile").put(NEWSROOM, SECRET)) == "keyring-locked"
    Chain.backends = [PlaintextKeyring()]  # type: ignore[no-untyped-call]
    assert code_of(lambda: Keychain("/profile").put(NEWSROOM, SECRET)) == "keyring-none"
    assert not file.exists()


def test_a_keyring_that_cannot_be_loaded_is_none(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.Keyring")
    assert code_of(lambda: Keychain("/profile").get(NEWSROOM)) == "keyring-none"


DISMISSED = named("PromptDismissedException", named("ItemNotFoundException").__class__)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NoKeyringError(), "keyring-none"),
        (KeyringLocked(), "keyring-locked"),
        (named("LockedException"), "keyring-locked"),
        (
            named("DBusErrorResponse", name="org.freedesktop.Secret.Error.IsLocked"),
            "keyring-locked",
        ),
        (DISMISSED, "keyring-denied"),
        (raised_from(DISMISSED, InitError("Prompt dismissed")), "keyring-denied"),
        (PasswordSetError("Cancelled by user"), "keyring-denied"),
        (raised_from(named("KeychainDenied"), KeyringLocked()), "keyring-denied"),
        (raised_from(named("SecAuthFailure"), KeyringError()), "keyring-denied"),
        (named("error", winerror=1223), "keyring-denied"),
        (named("error", winerror=5), "keyring-denied"),
        (named("error", winerror=1312), "keyring-closed"),
        (InitError("Failed to open keyring"), "keyring-closed"),
        (named("SecretServiceNotAvailableException"), "keyring-closed"),
        (named("DBusErrorResponse", name="org.kde.KWallet.Error"), "keyring-closed"),
        (EOFError(), "keyring-closed"),
    ],
    ids=lambda each: each if isinstance(each, str) else type(each).__name__,
)
def test_what_a_keyrings_error_means(
    use: Use, error: Exception, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    use(Broken(error))
    keychain = Keychain("/profile")
    with caplog.at_level(logging.DEBUG):
        assert code_of(lambda: keychain.get(NEWSROOM)) == code
        assert code_of(lambda: keychain.put(NEWSROOM, SECRET)) == code
        if code != "keyring-none":
            assert code_of(lambda: keychain.forget(NEWSROOM)) == code
    said = caplog.text
    assert type(error).__name__ in said or code == "keyring-none"
    assert SECRET not in said
    assert not str(error) or str(error) not in said


def test_an_error_is_told_without_what_the_keyring_said(use: Use) -> None:
    use(Broken(KeyringLocked(f"cannot unlock for {SECRET}")))
    with pytest.raises(Unavailable) as raised:
        Keychain("/profile").put(NEWSROOM, SECRET)
    assert raised.value.__suppress_context__
    assert SECRET not in str(raised.value)


def test_a_secret_that_was_not_kept_is_not_taken_for_kept(use: Use) -> None:
    use(Deaf())  # type: ignore[no-untyped-call]
    keychain = Keychain("/profile")
    keychain.keep(NEWSROOM, "session")
    assert code_of(lambda: keychain.put(NEWSROOM, SECRET)) == "keyring-denied"
    assert keychain.get(NEWSROOM) == "session"


def test_a_secret_that_stays_is_not_taken_for_forgotten(use: Use) -> None:
    use(Stubborn())  # type: ignore[no-untyped-call]
    keychain = Keychain("/profile")
    keychain.forget(NEWSROOM)
    keychain.put(NEWSROOM, SECRET)
    assert code_of(lambda: keychain.forget(NEWSROOM)) == "keyring-denied"
