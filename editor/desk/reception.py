"""Accounts with their secrets: what stands at an address, who somebody is there, adding, changing, signing in, leaving.

The keyring may open a dialog, and a place may take its time to answer: nothing here is for the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from editor.changes import Changes
from editor.desk import accounts
from editor.desk.accounts import Waiting
from editor.desk.moving import is_elsewhere, must_be_chosen, targets_of, waiting_at
from editor.domain.blog import Account, AccountState, Blog, Role, Target
from editor.domain.ids import AccountId
from editor.ports import Room, Secrets
from editor.problems import Problem, Refused, Unavailable, refuse
from editor.registry import Kinds
from editor.sync.backend import (
    Door,
    Greeting,
    Moved,
    NotApplied,
    Rejected,
    Unanswered,
    Welcome,
)

Try = Callable[[Blog, Target, Account, str], None]
"""Tries a target with a secret. Raises what a backend raises."""


class Reception:
    """The accounts of one profile. Every call may take half a minute, and more where the keyring asks its user."""

    def __init__(self, room: Room, secrets: Secrets, kinds: Kinds, try_out: Try) -> None:
        self._room = room
        self._secrets = secrets
        self._kinds = kinds
        self._try_out = try_out

    def discover(self, kind: str, settings: Mapping[str, str]) -> Door | None:
        """What stands at the address; None where the kind cannot tell. Raises ``Refused``."""
        system = self._kinds.get(kind)
        if not isinstance(system, Greeting):
            return None
        with _asked():
            return system.discover(settings)

    def greet(self, kind: str, settings: Mapping[str, str], secret: str) -> Welcome | None:
        """Who the user is there, and what this user may do; None where the kind cannot tell. Raises ``Refused``."""
        system = self._kinds.get(kind)
        if not isinstance(system, Greeting):
            return None
        with _asked():
            return system.greet(settings, secret)

    def welcome(self, account: AccountId) -> Welcome | None:
        """``greet`` with what is kept of an account, which keeps what it tells of the place itself.

        Raises ``Refused`` and, for the keyring, ``Unavailable``.
        """
        kept = self._account(account)
        with _asked():
            said = self.greet(kept.kind, kept.settings, self.secret(kept))
        if said is not None:
            settings = {**kept.settings, **said.settings}
            if settings != kept.settings and not is_elsewhere(kept.settings, settings):
                accounts.change_account(self._room, account, settings=settings)
        return said

    def check(self, account: AccountId) -> list[str]:
        """Tries every target of an account; returns their names. Raises as ``welcome`` does."""
        kept, places = self._places(account)
        with _asked():
            for blog, target in places:
                self._try_out(blog, target, kept, self.secret(kept))
        return [f"{blog.slug}: {target.name}" for blog, target in places]

    def secret(self, account: Account) -> str:
        """The account's secret, where its kind has one: the keyring may be slow, or ask its user.

        Raises ``NotApplied`` (``secret-missing``) where it must have one and there is none, so that nothing is asked
        without credentials; ``Unavailable`` where the keyring does not say.
        """
        fields = [field for field in self._kinds.get(account.kind).FIELDS if field.secret]
        secret = self._secrets.get(account.id) if fields else ""
        if not secret and any(field.required for field in fields):
            problem = Problem(code="secret-missing", detail={"name": account.name})
            raise NotApplied(problem, sign_in=True)
        return secret

    def add(
        self,
        kind: str,
        name: str,
        settings: Mapping[str, str],
        secret: str,
        *,
        role: Role,
        session_only: bool = False,
    ) -> Changes:
        """Adds an account and keeps its secret. Asks nobody but the keyring.

        Raises ``Refused`` for what is wrong with the name or the settings, and ``Unavailable`` where the keyring does not
        take the secret. Nothing is left behind then.
        """
        system = self._kinds.get(kind)
        problems = system.problems(settings)
        changes = accounts.add_account(
            self._room, kind=kind, name=name, settings=settings, role=role, problems=problems
        )
        if not secret:
            return changes
        account = AccountId(name.strip())
        try:
            self._keep(account, secret, session_only)
        except Unavailable:
            with self._room.store.write() as tx:
                tx.remove_account(account)
            raise
        return changes

    def change(
        self,
        account: AccountId,
        settings: Mapping[str, str],
        secret: str | None,
        *,
        session_only: bool = False,
    ) -> Changes:
        """Gives an account other settings and, unless it is None, another secret. Asks nobody but the keyring.

        Raises ``Refused``: what its kind says of the settings, ``choose-first`` (see ``accounts.change_account``), and
        ``secret-for-address`` where the old secret would be sent to another host. Raises ``Unavailable`` where the
        keyring does not take the secret. The account is as it was then.
        """
        old = self._account(account)
        system = self._kinds.get(old.kind)
        if problems := system.problems(settings):
            raise Refused(*problems)
        moved = is_elsewhere(old.settings, settings)
        needs = next((field.name for field in system.FIELDS if field.secret), "")
        if moved and needs and not secret:
            raise refuse("secret-for-address", field=needs)
        if secret:
            self._keep_for(old, secret, moved, session_only)
        ready = secret and old.state is AccountState.SIGN_IN
        state = AccountState.READY if ready else old.state
        return accounts.change_account(self._room, account, settings=settings, state=state)

    def sign_in(self, account: AccountId, secret: str, *, session_only: bool = False) -> Changes:
        """Keeps an account's secret anew and lets the account go on, unless it is refused now.

        A place that cannot be reached now is asked when it can be. Raises ``Refused`` where the place does not accept the
        secret, which is not kept then, and ``Unavailable`` where the keyring does not take it.
        """
        if not secret:
            raise refuse("secret-empty")
        kept, places = self._places(account)
        try:
            with _asked():
                self._try(kept, places, secret)
        except Refused as refused:
            if isinstance(refused.__cause__, NotApplied) and refused.__cause__.sign_in:
                raise
        self._keep(account, secret, session_only)
        return accounts.signed_in(self._room, account)

    def waiting_at(self, account: AccountId) -> int:
        """How many entries wait for an account; those in doubt are among them."""
        with self._room.store.read() as tx:
            return len({entry.id for _, entry in waiting_at(tx, account)})

    def remove(
        self, account: AccountId, *, waiting: Waiting | None = None, to: AccountId | None = None
    ) -> Changes:
        """Forgets an account and its secret; see ``accounts.remove_account``, whose refusals it raises.

        Raises ``Unavailable`` (``secret-stayed``) when the account is gone and the keyring still has its secret.
        """
        gone = self._account(account)
        reviews, media = False, "image/jpeg"
        if to is not None:
            owner = self._account(to)
            system = self._kinds.get(owner.kind)
            reviews, media = system.able(owner.settings).drafts, system.PICTURES
        changes = accounts.remove_account(
            self._room, account, waiting=waiting, to=to, reviews=reviews, media=media
        )
        if self._has_secret(gone):
            try:
                self._secrets.forget(account)
            except Unavailable as error:
                problem = Problem(code="secret-stayed", detail={"name": gone.name})
                raise Unavailable(problem) from error
        return changes

    def _try(self, kept: Account, places: list[tuple[Blog, Target]], secret: str) -> None:
        """Tries a secret at an account's system: with one question where it greets, else at every target."""
        if self.greet(kept.kind, kept.settings, secret) is None:
            for blog, target in places:
                self._try_out(blog, target, kept, secret)

    def _keep(self, account: AccountId, secret: str, session_only: bool) -> None:
        if session_only:
            self._secrets.keep(account, secret)
        else:
            self._secrets.put(account, secret)

    def _keep_for(self, old: Account, secret: str, moved: bool, session_only: bool) -> None:
        """Keeps another secret. Where it is for another place, nothing is sent to the old one with it meanwhile."""
        ready = old.state is AccountState.READY
        if moved:
            with self._room.store.write() as tx:
                must_be_chosen(tx, old.id)
                if ready:
                    tx.set_account_state(old.id, AccountState.SIGN_IN)
        try:
            self._keep(old.id, secret, session_only)
        except Unavailable:
            if moved and ready:
                with self._room.store.write() as tx:
                    tx.set_account_state(old.id, AccountState.READY)
            raise

    def _has_secret(self, account: Account) -> bool:
        try:
            return any(field.secret for field in self._kinds.get(account.kind).FIELDS)
        except Refused:  # a kind that this program does not know any more
            return True

    def _account(self, account: AccountId) -> Account:
        with self._room.store.read() as tx:
            return tx.account(account)

    def _places(self, account: AccountId) -> tuple[Account, list[tuple[Blog, Target]]]:
        with self._room.store.read() as tx:
            targets = targets_of(tx, account)
            return tx.account(account), [(tx.blog(target.blog), target) for target in targets]


@contextmanager
def _asked() -> Iterator[None]:
    """What a place says against a request, as ``Refused``. Its ``__cause__`` is the place's own."""
    try:
        yield
    except (NotApplied, Unanswered, Rejected) as error:
        raise Refused(error.problem) from error
    except Moved as error:
        raise Refused(Problem(code="target-moved")) from error
