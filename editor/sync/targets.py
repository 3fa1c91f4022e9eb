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
from editor.sync.backend import Backend, Capabilities, NotApplied, Unanswered
from editor.sync.ledger import Books, Ledger, Now
from editor.sync.line import Line
from editor.sync.outcome import back_off
from editor.sync.plan import UNOPENED, Moment, Situation

Open = Callable[[Blog, Target, Account], Backend]
"""Opens a target. May raise ``Unavailable`` (the keyring) and ``Refused`` (settings that cannot be)."""
USUAL = 400_000
"""The bytes of a photo as it is usually sent."""
MOST_PATIENCE = timedelta(hours=6)
"""The longest that a host is left alone because it asked for it; a longer wish is a mistake, here or there."""


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
        self._spells: dict[str, tuple[int, float]] = {}
        self._patience: dict[str, float] = {}
        self._lines: dict[str, Line] = {}
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

    def moment(self) -> Moment:
        """Now."""
        return Moment(self._clock.now(), self._clock.steady())

    def backend(self, target: TargetId) -> Backend:
        """The target, opened. Raises ``NotApplied`` when it cannot be."""
        if target in self._opened:
            return self._opened[target]
        try:
            with self._store.read() as tx:
                at = tx.target(target)  # its account may have been removed since the pass began
                blog, account = tx.blog(at.blog), tx.account(at.account)
            backend = self._open_backend(blog, at, account)
        except Unavailable as error:
            raise NotApplied(error.problem) from error
        except Refused as error:
            raise NotApplied(error.first) from error
        self._opened[target] = backend
        self._known[target] = backend.capabilities
        return backend

    def is_slow(self, target: TargetId, size: int) -> bool:
        """Whether so many bytes of photos would keep a text waiting, as the way to the target is known by now."""
        line = self._lines.get(self._keys.get(target, ""))
        return line is not None and line.slow(size)

    def situation(self, tx: Ledger, target: TargetId, size: int = 0) -> Situation:
        """How things stand at the target; ``size`` is how many bytes of photos are to be sent."""
        account = self._account(tx, target)
        key = self._keys[target]
        closed = [at for at in (self._spell(key), self._gate(tx, key)) if at is not None]
        line = self._lines.get(key)
        known = self._known.get(target)
        return Situation(
            capabilities=known or UNOPENED,
            account=account.state,
            emptied=tx.watch(target).emptied > 0,
            closed_until=max(closed, default=None),
            there=None if line is None else line.there(self._clock.steady()),
            asked=(line is not None and line.asked) or not (known or UNOPENED).network,
            slow=self.is_slow(target, size),
        )

    def _spell(self, key: str) -> datetime | None:
        """When a host that could not be reached is tried again."""
        if key not in self._spells:
            return None
        _, until = self._spells[key]
        return self._clock.now() + timedelta(seconds=until - self._clock.steady())

    def _gate(self, tx: Ledger, key: str) -> datetime | None:
        """Until when a host asked to be left alone: by the steady clock, if this process was asked."""
        now = self._clock.now()
        if key in self._patience:
            return now + timedelta(seconds=self._patience[key] - self._clock.steady())
        gate = tx.gate(key)
        # one that is further away was kept before somebody set the clock back
        return gate if gate is not None and gate - now <= MOST_PATIENCE else None

    def capabilities(self, target: TargetId) -> Capabilities:
        """What the target can do, once it was opened."""
        return self._known.get(target, UNOPENED)

    def is_known(self, target: TargetId) -> bool:
        """Whether it was opened since the program started."""
        return target in self._known

    def takes(self) -> dict[TargetId, int]:
        """How many entries each target takes in one request; those that take one are left out."""
        return {target: able.batch for target, able in self._known.items() if able.batch > 1}

    def is_shut(self, target: TargetId) -> bool:
        """Whether this pass found the target's host or account closed."""
        return target in self._shut

    def heard(self, target: TargetId) -> None:
        """Takes note of what the target's last answer told of its clock and of the way to it."""
        key, backend = self._keys.get(target), self._opened.get(target)
        if backend is not None:
            # a system may tell what it can do with its first answer
            self._known[target] = backend.capabilities
        if key is not None and backend is not None:
            self._lines.setdefault(key, Line()).heard(backend.answer, self.moment())

    def carried(self, target: TargetId, rate: float) -> None:
        """So many bytes a second are going to the target."""
        if target in self._keys:
            self._lines.setdefault(self._keys[target], Line()).carried(rate)

    def clocks(self) -> int:
        """How many hosts have told their time."""
        steady = self._clock.steady()
        return sum(line.there(steady) is not None for line in self._lines.values())

    def slow(self) -> bool:
        """Whether a photo of the usual size would keep texts waiting on the way to any target."""
        return any(line.slow(USUAL) for line in self._lines.values())

    def skew(self) -> float:
        """By how many seconds the laptop's clock is ahead of the targets', where one has told its own."""
        moment = self.moment()
        skews = [line.skew(moment) for line in self._lines.values()]
        return max(skews, key=abs, default=0.0)

    def answered(self, target: TargetId) -> None:
        """The target's host was reached."""
        self._spells.pop(self._keys.get(target, ""), None)
        if self._is_on_network(target):
            self.online = True

    def note(self, tx: Ledger, target: TargetId, error: Exception, now: datetime) -> bool:
        """Takes note of what a failure says of the account or the host; whether it says anything of them."""
        match error:
            case NotApplied():
                return self.refused(tx, target, error, now)
            case Unanswered(retry_after=float() | int() as seconds):
                self.hold_off(tx, target, seconds, now)
                return True
            case _:
                return False

    def refused(self, tx: Ledger, target: TargetId, error: NotApplied, now: datetime) -> bool:
        """Takes note of what a refusal says of the account or the host. False when it is about the request alone."""
        account = self._account(tx, target)
        key = self._keys[target]
        if error.sign_in:
            if account.state is AccountState.READY:
                tx.set_account_state(account.id, AccountState.SIGN_IN)
        elif error.retry_after is not None:
            self.hold_off(tx, target, error.retry_after, now)
        elif error.offline:
            times, _ = self._spells.get(key, (0, 0.0))
            wait = back_off(times, self._chance()).total_seconds()
            self._spells[key] = (times + 1, self._clock.steady() + wait)
            if self._is_on_network(target):
                self.online = False
        else:
            return False
        self._shut.add(target)
        return True

    def hold_off(self, tx: Ledger, target: TargetId, seconds: float, now: datetime) -> None:
        """The host asked to be left alone for so long: every request to it, of whatever kind."""
        self._account(tx, target)
        seconds = min(max(1.0, seconds), MOST_PATIENCE.total_seconds())
        self._patience[self._keys[target]] = self._clock.steady() + seconds
        tx.put_gate(self._keys[target], now + timedelta(seconds=seconds))
        self._shut.add(target)

    def _account(self, tx: Ledger, target: TargetId) -> Account:
        """The target's account as it is now; which one it is does not change during a pass."""
        if target not in self._accounts:
            self._accounts[target] = tx.target(target).account
        account = tx.account(self._accounts[target])
        self._keys[target] = account.gate
        return account

    def _is_on_network(self, target: TargetId) -> bool:
        return self._known.get(target, UNOPENED).network
