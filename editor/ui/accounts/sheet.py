"""The list of accounts: where this laptop's live blogs go, how each place stands, and what can be done about it.

Opening it asks nobody: neither the network nor the keyring, before somebody presses a button.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from editor.changes import Changes
from editor.desk import accounts
from editor.desk.blogs import LOCAL
from editor.domain.blog import Account, AccountState, Role
from editor.domain.ids import AccountId
from editor.sync.backend import Welcome
from editor.ui.accounts import work
from editor.ui.accounts.account_words import ROLES, blogs_sentence, most, standing
from editor.ui.accounts.asking import Asking, Trouble
from editor.ui.accounts.card import AccountCard, Shown
from editor.ui.accounts.kinds import title_of
from editor.ui.accounts.parts import Panel, Reaching, Scrolled, column_in, tab_in_order
from editor.ui.accounts.work import Visit
from editor.ui.kit.buttons import Button, FlatButton
from editor.ui.kit.labels import EmptyState, Label
from editor.ui.kit.sheet import Sheet
from editor.ui.outbox.deeds import is_paused, toggle_pause

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

MEANS = (
    "Where your live blogs go. Passwords are in the system’s keyring, never in Dateline’s files."
)
ALONE = "No other place yet. Add your newsroom’s site, then choose which live blogs go there."
NONE = (
    "No account yet",
    "Live blogs are written and kept on this laptop. To publish them, add your newsroom’s site.",
)
PAUSED = "Everything is paused: nothing is sent until you resume."
SIZE = (620, 600)


def show_accounts(window: MainWindow, over: QWidget | None = None) -> AccountsSheet:
    """Opens the list of accounts, over the window or another sheet."""
    sheet = AccountsSheet(window, over or window)
    sheet.open()
    return sheet


class AccountsSheet(Sheet):
    """It follows what changes as long as it is open."""

    def __init__(self, window: MainWindow, over: QWidget) -> None:
        super().__init__(window.theme, over, "Accounts", "Close", cancel="")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        theme = window.theme
        self.cards: dict[AccountId, AccountCard] = {}
        self.known: dict[AccountId, Welcome] = {}
        self._asking: dict[AccountId, Asking] = {}
        self._stops: list[tuple[object, ...]] = []
        self.add_button = Button(theme, "Add account…", icon="plus")
        self.add_button.clicked.connect(self._add)
        self.pause_button = FlatButton(
            theme, "Pause sending", icon="circle-dot", text="Pause sending"
        )
        self.pause_button.clicked.connect(lambda: toggle_pause(window))
        self.foot.insertWidget(0, self.add_button)
        self.foot.insertWidget(1, self.pause_button)
        self.paused = Panel(theme, "ink_3", "circle-dot")
        self.paused.add("Resume", lambda: toggle_pause(window))
        self._alone = Label(theme, ALONE, ink="ink_2", wraps=True)
        inner = QWidget()
        self._rows = column_in(inner, spacing=8)
        means = Label(theme, MEANS, ink="ink_2", wraps=True)
        means.setContentsMargins(0, 0, 0, 6)
        self._rows.addWidget(means)
        self._rows.addWidget(self.paused)
        self._rows.addWidget(self._alone)
        self._rows.addStretch(1)
        self._list = Scrolled(inner)
        self.nothing = EmptyState(theme, "globe")
        self.nothing.say(*NONE)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self.nothing)
        self.column.addLayout(Reaching(self._stack), 1)
        self.fit(*SIZE)
        window.bridge.changed.connect(self._follow)
        window.bridge.sync_state.connect(self._follow_state)
        self._renew()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self, account: AccountId, deed: str) -> None:
        """Does what was chosen for an account."""
        window = self._window
        match deed:
            case "test":
                self._test(account)
            case "sign_in":
                from editor.ui.dialogs.sign_in import show_sign_in

                show_sign_in(window, account, self)
            case "blogs":
                from editor.ui.accounts.blogs_sheet import show_blogs

                show_blogs(window, account, self.known.get(account), self)
            case "change":
                from editor.ui.accounts.form_sheet import show_change

                show_change(window, account, self)
            case "remove":
                from editor.ui.accounts.removing import show_remove

                show_remove(window, account, self)
            case "lower":
                lower = partial(accounts.set_role, window.room, account, Role.CORRESPONDENT)
                if window.attempt(lower) is not None:
                    self.cards[account].lesser.say("")

    def done(self, result: int) -> None:
        """Closed: answers that are still to come find nobody."""
        for asking in self._asking.values():
            asking.close()
        super().done(result)

    def _add(self) -> None:
        from editor.ui.accounts.adding import show_add

        show_add(self._window, self)

    def _test(self, account: AccountId) -> None:
        card, office = self.cards[account], self._window.office
        kept = self._window.views.account(account)
        asking = self._asking.get(account)
        if asking is None:
            asking = self._asking[account] = Asking(self._window.bridge, self)
            asking.slow.connect(partial(card.asking, True, slow=True))
            asking.rested.connect(partial(card.asking, False))
        card.asking(True)
        asking.ask(
            partial(work.visit, office, kept),
            partial(self._on_visit, account),
            partial(self._on_trouble, account),
        )

    def _on_visit(self, account: AccountId, visit: Visit) -> None:
        welcome = visit.welcome
        window, card = self._window, self.cards.get(account)
        if card is None:
            return
        kept = window.views.account(account)
        if welcome is not None:
            self.known[account] = welcome
        if (welcome or visit.tried) and kept.state is AccountState.SIGN_IN:
            # it is let in again: what waited goes on
            window.attempt(lambda: accounts.signed_in(window.room, account))
            window.office.wake()
        too_high = welcome is not None and kept.role is Role.DESK is not most(welcome.may)
        card.greet(visit, too_high=too_high)
        self._list.ensureWidgetVisible(card, 0, 8)

    def _on_trouble(self, account: AccountId, trouble: Trouble) -> None:
        if card := self.cards.get(account):
            card.tell(trouble.problem)

    def _follow(self, changes: Changes) -> None:
        if changes.accounts or changes.blogs or changes.everything:
            self._renew()

    def _follow_state(self, _: object) -> None:
        self._renew()

    def _renew(self) -> None:
        views = self._window.views
        rows = views.accounts()
        ids = [row.id for row in rows]
        for gone in [account for account in self.cards if account not in ids]:
            card = self.cards.pop(gone)
            if asking := self._asking.pop(gone, None):
                asking.close()
            self._rows.removeWidget(card)
            card.hide()
            card.deleteLater()
        going = self._going()
        for place, account in enumerate(sorted(ids, key=lambda one: one == LOCAL)):
            card = self.cards.get(account) or self._new_card(account)
            if self._rows.indexOf(card) != place + 2:
                self._rows.insertWidget(place + 2, card)
            card.show_account(self._shown(views.account(account), going))
        paused = is_paused(self._window)
        self.paused.say(PAUSED if paused else "")
        self.pause_button.setVisible(bool(rows) and not paused)
        self._alone.setVisible(ids == [LOCAL])
        self._stack.setCurrentWidget(self._list if rows else self.nothing)
        stops = [(one, *card.buttons.values()) for one, card in self.cards.items()]
        if stops != self._stops:
            self._stops = stops
            tab_in_order(self)

    def _new_card(self, account: AccountId) -> AccountCard:
        card = self.cards[account] = AccountCard(self._window.theme)
        card.asked.connect(partial(self.do, account))
        return card

    def _going(self) -> dict[AccountId, list[str]]:
        """The headlines of the blogs that go to each account."""
        views = self._window.views
        going: dict[AccountId, list[str]] = {}
        for row in views.blogs():
            for owner in dict.fromkeys(target.account for target in views.targets(row.id)):
                going.setdefault(owner, []).append(row.headline)
        return going

    def _shown(self, account: Account, going: dict[AccountId, list[str]]) -> Shown:
        window, local = self._window, account.id == LOCAL
        kind = window.office.kinds.known(account.kind)
        secret = work.has_secret(kind, account.kind)
        facts = [title_of(account.kind), account.settings.get("user", ""), ROLES[account.role]]
        if secret and window.office.secrets.is_kept(account.id):
            facts.append("signed in for this session only")
        deeds = ["test", "blogs", "change", "remove"]
        if secret:
            deeds.insert(0 if account.state is AccountState.SIGN_IN else 1, "sign_in")
        return Shown(
            name="This laptop" if local else account.name,
            what=" · ".join(filter(None, facts)),
            blogs=blogs_sentence(going.get(account.id, []), all_of=len(window.blogs), local=local),
            look=standing(
                account.state,
                online=window.bridge.connection.online,
                local=account.kind == "site",
            ),
            deeds=() if local else tuple(deeds),
        )
