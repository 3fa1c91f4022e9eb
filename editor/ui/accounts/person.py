"""What an account is called on this laptop, and what its user does there: never more than the place allows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from editor.domain.blog import Account, Role
from editor.problems import Problem
from editor.sync.backend import May
from editor.ui.accounts.account_words import ROLE_HELP, ROLES, most
from editor.ui.accounts.parts import of_any_width
from editor.ui.accounts.work import name_for
from editor.ui.kit.choice import Choice
from editor.ui.kit.field import Field
from editor.ui.messages import sentence
from editor.ui.theme.theme import Theme

NOT_MORE = "The place does not let you publish."
UNKNOWN = "Known after the test; until then nothing is published without the desk."


class PersonRow(QWidget):
    """The name of an account that is kept already stays."""

    def __init__(self, theme: Theme, taken: Collection[str], account: Account | None) -> None:
        super().__init__()
        self._taken = taken
        self._chosen: Role | None = account.role if account else None
        self._name = QLineEdit(account.name if account else "")
        self._roles = of_any_width(Choice(theme))
        self._roles.activated.connect(self._choose)
        self.name_field = Field(theme, "Name on this laptop", self._name)
        self.name_field.setVisible(account is None)
        self.role_field = Field(theme, "What you do there", self._roles)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.name_field, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.role_field, 1, Qt.AlignmentFlag.AlignTop)

    def name(self) -> str:
        """The name as typed, else the one that was suggested."""
        return self._name.text().strip() or self._name.placeholderText()

    def role(self) -> Role:
        """What was chosen."""
        return Role(self._roles.currentData())

    def suggest(self, settings: Mapping[str, str]) -> None:
        """Offers a name that follows from the settings."""
        self._name.setPlaceholderText(name_for(settings, self._taken))

    def allow(self, may: frozenset[May] | None, *, known: bool) -> None:
        """Offers the roles that these rights allow; ``known`` says whether the place tells of rights at all."""
        highest = most(may) if known else Role.DESK
        offered = [role for role in ROLES if highest is Role.DESK or role is highest]
        wanted = self._chosen if self._chosen in offered else highest
        self._roles.clear()
        for role in offered:
            self._roles.addItem(ROLES[role], role)
        self._roles.setCurrentIndex(offered.index(wanted))
        self._unknown = known and may is None
        self._highest = highest
        self._explain()

    def tell(self, problem: Problem) -> bool:
        """Says a problem at the name, where it is one of it."""
        if problem.field != "name":
            return False
        self.name_field.tell(sentence(problem))
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def tell_nothing(self) -> None:
        """Takes back what was said."""
        self.name_field.tell("")

    def _choose(self, _: int) -> None:
        self._chosen = self.role()
        self._explain()

    def _explain(self) -> None:
        if self._unknown:
            said = UNKNOWN
        elif self._highest is Role.DESK:
            said = ROLE_HELP[self.role()]
        else:
            said = f"{NOT_MORE} {ROLE_HELP[Role.CORRESPONDENT]}"
        self.role_field.explain(said)
