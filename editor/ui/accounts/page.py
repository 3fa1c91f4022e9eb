"""An account's form with all that is asked about it: what stands at the address, who its user is there, where the secret is kept.

Nothing here waits: the network and the keyring are asked in the pool, and an answer that comes too late finds nobody.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from editor.domain.blog import Account
from editor.domain.ids import AccountId
from editor.problems import Problem
from editor.sync.backend import BackendKind, Door, Welcome
from editor.ui.accounts import work
from editor.ui.accounts.answers import Answers
from editor.ui.accounts.asking import Asking, Trouble
from editor.ui.accounts.form import ADDRESS, Form
from editor.ui.accounts.found import FoundLine
from editor.ui.accounts.keeping import is_keyrings
from editor.ui.accounts.parts import column_in
from editor.ui.accounts.person import PersonRow
from editor.ui.accounts.work import Met

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow


class AccountPage(QWidget):
    """For a new account of a kind, or for one that is changed.

    ``moved`` comes when what can be done has changed, ``tested`` when the place has let its user in, ``stored`` with
    the account's id, ``stuck`` when something is wrong with all of it.
    """

    moved = Signal()
    tested = Signal()
    stored = Signal(str)
    stuck = Signal()

    def __init__(
        self, window: MainWindow, kind: BackendKind, account: Account | None = None
    ) -> None:
        super().__init__()
        theme = window.theme
        self._window, self._kind, self._account = window, kind, account
        self._sought = ""
        self._saves = self._goes_on = False
        self.met = Met()
        self.greets = work.greets(kind)
        values = dict(account.settings) if account else {}
        self.form = Form(theme, kind.FIELDS, values, secret_kept=account is not None)
        self._extra = {n: v for n, v in values.items() if n not in {f.name for f in kind.FIELDS}}
        self.found = FoundLine(theme)
        if (room := self.form.below(ADDRESS)) is not None:
            room.addWidget(self.found)
        taken = [row.name for row in window.views.accounts()]
        self.person = PersonRow(theme, taken, account)
        self.form.tail.addWidget(self.person)
        self.answers = Answers(theme)
        self.answers.anyway.connect(self._store)
        self.answers.again.connect(self._store)
        self.answers.for_session.connect(partial(self._store, session_only=True))
        column = column_in(self)
        column.addWidget(self.form)
        column.addWidget(self.answers)
        column.addStretch(1)
        self._finding, self._testing = Asking(window.bridge, self), Asking(window.bridge, self)
        self._finding.slow.connect(self._tell_looking)
        self._testing.slow.connect(self._tell_asking)
        self._testing.rested.connect(self._on_rested)
        self.form.edited.connect(self._on_edited)
        self.form.left.connect(self._on_left)
        self.form.entered.connect(self._on_entered)
        self.found.opened.connect(self.form.focus_first)
        self.person.allow(None, known=self.greets and account is None)
        self._suggest()

    @property
    def busy(self) -> bool:
        """Whether an answer is waited for that a button asked for."""
        return self._testing.busy or self._goes_on

    @property
    def saves(self) -> bool:
        """Whether it is kept as soon as the answer is there."""
        return self._saves

    def test(self, *, then_save: bool = False) -> None:
        """Asks the place who its user is; what stands at the address is found first, where it was not yet."""
        if self.busy or not self._is_ready():
            return
        self._saves, self._goes_on = then_save, True
        if self.met.door is not None:
            self._meet()
        elif not self._finding.busy:
            self._seek()
        self.moved.emit()

    def save(self) -> None:
        """Keeps the account; it is tested first, where its kind can be."""
        if self.busy or not self._is_ready():
            return
        if self.greets and self.met.welcome is None and self._is_changed():
            self.test(then_save=True)
        else:
            self._store()

    def close_up(self) -> None:
        """The sheet is closed: nobody waits any more."""
        self._finding.close()
        self._testing.close()

    def _store(self, *, session_only: bool = False) -> None:
        self._saves = True
        self.answers.clear(but_welcome=True)
        window, account = self._window, self._account
        office, secret, role = window.office, self.form.secret(), self.person.role()
        settings = self._settings()
        if account is None:
            keep = partial(work.add, office, self._kind.KIND, self.person.name(), settings, secret)
        else:
            keep = partial(work.change, office, window.room, account, settings, secret)
        self._testing.ask(
            partial(keep, role=role, session_only=session_only),
            self._on_stored,
            self._on_not_stored,
            window.tell,
        )
        self.moved.emit()

    def _on_stored(self, account: AccountId) -> None:
        self._window.office.wake()
        self.stored.emit(account)

    def _on_not_stored(self, trouble: Trouble) -> None:
        self._saves = False
        if is_keyrings(trouble.problem):
            self.answers.tell_keyrings(trouble.problem)
        else:
            self._tell(trouble)

    def _find(self) -> None:
        """Looks what stands at the address, once for each that was typed."""
        address = self.form.address
        if not self.greets or not address or address == self._sought or self.busy:
            return
        if not self.form.in_the_clear or "plain" in self.form.values():
            self._seek()

    def _seek(self) -> None:
        self._sought = self.form.address
        look = partial(self._window.office.discover, self._kind.KIND, self._settings())
        self._finding.ask(look, self._on_door, self._on_not_found)

    def _on_door(self, door: Door | None) -> None:
        self.met = Met(door=door)
        if door is not None:
            self.form.show_values(door.settings)
            self._sought = self.form.address
            self.found.found(door, door.settings.get(ADDRESS, self.form.address))
            self._suggest()
        else:
            self.found.clear()
        if self._goes_on:
            self._meet()

    def _on_not_found(self, trouble: Trouble) -> None:
        """Said at the address; whoever types on in another field meanwhile is left alone."""
        self.found.clear()
        self._sought = ""
        if self._goes_on:
            self._on_not_met(trouble)
        else:
            self.form.tell(trouble.problem, ADDRESS, focus=False)

    def _meet(self) -> None:
        self._goes_on = False
        office, kind, account = self._window.office, self._kind.KIND, self._account
        settings, secret = self._settings(), self.form.secret()
        meet = partial(work.meet, office, kind, settings, secret, account)
        self._testing.ask(meet, self._on_welcome, self._on_not_met)
        self.moved.emit()

    def _on_welcome(self, welcome: Welcome | None) -> None:
        self.met = Met(door=self.met.door, welcome=welcome)
        if welcome is None:
            self._store()
            return
        self.found.put_away_steps()
        self.form.show_values(welcome.settings)
        self._sought = self.form.address
        self.person.allow(welcome.may, known=True)
        self.answers.greet(welcome)
        if self._saves:
            self._store()
        else:
            self.tested.emit()

    def _on_not_met(self, trouble: Trouble) -> None:
        self._saves = self._goes_on = False
        self.moved.emit()
        self._tell(trouble)
        if trouble.passes or is_keyrings(trouble.problem):
            self.answers.offer_untested()

    def _tell(self, trouble: Trouble) -> None:
        """Says what is wrong where it belongs."""
        problem = trouble.problem
        at = problem.field
        if trouble.sign_in or problem.code == "secret-for-address" or is_keyrings(problem):
            at = self.form.secret_name()
        elif not at and (trouble.passes or problem.code in work.AT_THE_ADDRESS):
            at = ADDRESS
        if not self.form.tell(problem, at) and not self.person.tell(problem):
            self.answers.tell(problem)
            self.stuck.emit()

    def _is_ready(self) -> bool:
        """Whether there is all that has to be; what is missing or wrong is said at its field."""
        self.form.tell_nothing()
        self.person.tell_nothing()
        self.answers.clear(but_welcome=True)
        if self.form.tell_missing():
            return False
        if self.form.in_the_clear and "plain" not in self.form.values():
            plain = Problem(code="web-plain", detail={"address": self.form.address})
            return not self.form.tell(plain, ADDRESS)
        for problem in self._kind.problems(self._settings()):
            if self.greets and problem.code == "web-address" and self.met.door is None:
                continue  # it is not known yet how the address is written out
            self._tell(Trouble(problem=problem))
            return False
        return True

    def _is_changed(self) -> bool:
        old = self._account
        return old is None or bool(self.form.secret()) or dict(old.settings) != self._settings()

    def _settings(self) -> dict[str, str]:
        """What was found out before and still holds, what was typed, and what was found out now."""
        old, asked = self._account, self.form.names()
        same = old is not None and self.form.address == old.settings.get(ADDRESS, "")
        told = {name: value for name, value in self.met.settings().items() if name not in asked}
        return {**(self._extra if same else {}), **told, **self.form.values()}

    def _on_edited(self) -> None:
        self._testing.forget()
        self._saves = self._goes_on = False
        self.answers.clear()
        same = self.form.address == self._sought
        self.met = Met(door=self.met.door if same else None)
        if not same:
            self._sought = ""
            self._finding.forget()
            self.found.clear()
        self._suggest()
        self.moved.emit()

    def _on_left(self, name: str) -> None:
        if name == ADDRESS:
            self._find()

    def _on_entered(self, name: str) -> None:
        if self.form.missing():
            self.form.focus_first()
        elif self.greets:
            self.test()

    def _on_rested(self) -> None:
        self.answers.asking("")
        self.moved.emit()

    def _suggest(self) -> None:
        self.person.suggest(self._settings())

    def _tell_looking(self) -> None:
        self.found.looking(self.form.address)

    def _tell_asking(self) -> None:
        keeps = self._saves and (self.met.welcome is not None or not self.greets)
        self.answers.asking("Keeping it…" if keeps else f"Asking {self.form.address}…")
