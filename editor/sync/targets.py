"""The targets as a pass sees them: opened when first needed, and closed to us while a host or an account says so.

A host that asked for patience is remembered in the store; one that could not be reached only here, for the network of
a laptop changes with the next door.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from editor.domain.blog import Account, AccountState, Blog, Target
from editor.domain.ids import AccountId, TargetId
from editor.problems import Refused, Unavailable
from editor.sync.backend import Backend, Capabilities, NotApplied
from editor.sync.ledger import Books, Ledger, Now
from editor.sync.outcome import back_off
from editor.sync.plan import UNOPENED, Situation

Open = Callable[[Blog, Target, Account], Backend]
"""Opens a target. May raise ``Unavailable`` (the keyring) and ``Refused`` (settings that cannot be)."""


class Targets:
    """What is open during a pass, and what is closed to us."""

    def __init__(
        self, store: Books, open_backend: Open, clock: Now, chance: Callable[[], float]
    ) -> None:
        self._store = store
        self._open_backend = open_backend
        self._clock = clock
        self._chance = chance
        self._opened: dict[TargetId, Backend] = {}
        self._known: dict[TargetId, Capabilities] = {}
        self._spells: dict[str, tuple[int, datetime]] = {}
        self._accounts: dict[TargetId, AccountId] = {}
        self._keys: dict[TargetId, str] = {}
        self._shut: set[TargetId] = set()
        self.online: bool | None = None

    def begin(self) -> None:
        """A pass begins."""
        self._shut.clear()
        self._accounts.clear()
        self.online = None

    def end(self) -> None:
        """A pass is over: connections are given back."""
        opened, self._opened = self._opened, {}
        for backend in opened.values():
            backend.close()

    def forgive(self) -> None:
        """Forgets which hosts could not be reached. What a host asked for itself still holds."""
        self._spells = {}
        self._shut = set()

    def backend(self, target: TargetId) -> Backend:
        """The target, opened. Raises ``NotApplied`` when it cannot be."""
        if target in self._opened:
            return self._opened[target]
        with self._store.read() as tx:
            at = tx.target(target)
            blog, account = tx.blog(at.blog), tx.account(at.account)
        try:
            backend = self._open_backend(blog, at, account)
        except Unavailable as error:
            raise NotApplied(error.problem) from error
        except Refused as error:
            raise NotApplied(error.first) from error
        self._opened[target] = backend
        self._known[target] = backend.capabilities
        return backend

    def situation(self, tx: Ledger, target: TargetId) -> Situation:
        """How things stand at the target."""
        account = self._account(tx, target)
        key = self._keys[target]
        _, spell = self._spells.get(key, (0, None))
        gate = tx.gate(key)
        return Situation(
            capabilities=self._known.get(target, UNOPENED),
            signed_in=account.state is AccountState.READY,
            closed_until=max((at for at in (spell, gate) if at is not None), default=None),
        )

    def is_shut(self, target: TargetId) -> bool:
        """Whether this pass found the target's host or account closed."""
        return target in self._shut

    def answered(self, target: TargetId) -> None:
        """The target's host was reached."""
        self._spells.pop(self._keys.get(target, ""), None)
        if self._is_on_network(target):
            self.online = True

    def refused(self, tx: Ledger, target: TargetId, error: NotApplied, now: datetime) -> bool:
        """Takes note of what a refusal says of the account or the host. False when it is about the request alone."""
        account = self._account(tx, target)
        key = self._keys[target]
        if error.sign_in:
            tx.set_account_state(account.id, AccountState.SIGN_IN)
        elif error.retry_after is not None:
            tx.put_gate(key, now + timedelta(seconds=max(1.0, error.retry_after)))
        elif error.offline:
            times, _ = self._spells.get(key, (0, now))
            self._spells[key] = (times + 1, now + back_off(times, self._chance()))
            if self._is_on_network(target):
                self.online = False
        else:
            return False
        self._shut.add(target)
        return True

    def _account(self, tx: Ledger, target: TargetId) -> Account:
        """The target's account as it is now; which one it is does not change during a pass."""
        if target not in self._accounts:
            self._accounts[target] = tx.target(target).account
        account = tx.account(self._accounts[target])
        self._keys[target] = account.gate
        return account

    def _is_on_network(self, target: TargetId) -> bool:
        return self._known.get(target, UNOPENED).network
