"""The form of an account, made from the settings that its kind names: it knows no kind by name.

What stands before the last setting that is required or secret is asked for at once; the rest, which may be left as it is,
is folded away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from editor.problems import Problem
from editor.sync.backend import Field as Setting
from editor.ui.accounts.parts import column_in
from editor.ui.accounts.plain import PlainWarning
from editor.ui.accounts.secret_edit import SecretEdit
from editor.ui.accounts.work import needs_consent
from editor.ui.blocks.fields import Check
from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.field import Field
from editor.ui.kit.labels import Label
from editor.ui.messages import sentence
from editor.ui.theme.theme import Theme

SWITCH = ("on", "off")
ADDRESS, PLAIN = "address", "plain"
KEPT = "Leave it empty to go on with the one that is kept."


class Form(QWidget):
    """``edited`` comes with every change, ``left`` when a field was left (its name), ``entered`` with the Return key;
    ``pointed`` carries the field that is to be looked at.
    """

    edited = Signal()
    pointed = Signal(object)
    left = Signal(str)
    entered = Signal(str)

    def __init__(
        self,
        theme: Theme,
        settings: Sequence[Setting],
        values: Mapping[str, str],
        *,
        secret_kept: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._kept = secret_kept
        self._settings = {s.name: s for s in settings if not s.per_target and s.name != PLAIN}
        self.fields: dict[str, Field] = {}
        self.lines: dict[str, QLineEdit] = {}
        self.checks: dict[str, Check] = {}
        self._below: dict[str, QVBoxLayout] = {}
        plain = any(s.name == PLAIN for s in settings)
        self.plain = PlainWarning(theme, values.get(PLAIN) == "on") if plain else None
        self.more = FlatButton(theme, "More options", icon="chevron-right", text="More options")
        self._folded = QWidget()
        self._lay_out(values)
        if self.plain is not None:
            self.plain.secured.connect(self._begin_with_https)
            self.plain.consented.connect(self._on_edited)
        self._weigh_address()

    def values(self) -> dict[str, str]:
        """What is set otherwise than it would be by itself; without the secret."""
        found = {name: line.text().strip() for name, line in self._plain_lines() if line.text()}
        for name, check in self.checks.items():
            found[name] = SWITCH[0] if check.isChecked() else SWITCH[1]
        if self.plain is not None and self.plain.agreed and self.in_the_clear:
            found[PLAIN] = "on"
        return {
            name: value
            for name, value in found.items()
            if value and value != (self._settings[name].default if name in self._settings else "")
        }

    def secret(self) -> str:
        """The secret as typed; empty where none was."""
        return next((line.text() for line in self.lines.values() if _hides(line)), "")

    def show_values(self, values: Mapping[str, str]) -> None:
        """Shows what was found out, without saying that somebody edited it."""
        for name, line in self._plain_lines():
            if name in values and line.text().strip() != values[name]:
                line.setText(values[name])
        for name, check in self.checks.items():
            if name in values:
                check.blockSignals(True)
                check.setChecked(values[name] == SWITCH[0])
                check.blockSignals(False)
        self._weigh_address()

    def names(self) -> tuple[str, ...]:
        """The settings that it asks for."""
        return tuple(self._settings)

    def below(self, name: str) -> QVBoxLayout | None:
        """The room under a field, for what belongs to it."""
        return self._below.get(name)

    def missing(self) -> tuple[str, ...]:
        """What has to be typed and was not."""
        return tuple(
            name
            for name, line in self.lines.items()
            if self._settings[name].required
            and not line.text().strip()
            and not (_hides(line) and self._kept)
        )

    def tell_missing(self) -> bool:
        """Says at each field that it is missing; whether any is."""
        missing = self.missing()
        for name in missing:
            self._say(name, f"Type the {_small(self._settings[name].label)}.")
        if missing:
            self._point(missing[0])
        return bool(missing)

    def tell(self, problem: Problem, name: str = "", *, focus: bool = True) -> bool:
        """Says a problem at its field and goes there; whether there is one."""
        name = name or problem.field
        if name == PLAIN and self.plain is not None:
            name = ADDRESS
        if name not in self.fields:
            return False
        self._say(name, sentence(problem))
        if focus:
            self._point(name)
        return True

    def tell_nothing(self) -> None:
        """Takes back what was said at the fields."""
        for field in self.fields.values():
            field.tell("")

    def secret_name(self) -> str:
        """The name of the setting that is the secret; empty where the kind has none."""
        return next((name for name, line in self.lines.items() if _hides(line)), "")

    def focus_first(self) -> None:
        """Puts the cursor where the first word is missing, else into the first field."""
        lines = list(self.lines.values())
        empty = next((line for line in lines if not line.text()), lines[0] if lines else None)
        (empty or self.more).setFocus(Qt.FocusReason.OtherFocusReason)

    def unfold(self, on: bool = True) -> None:
        """Shows the options that may be left as they are, or folds them away."""
        self._folded.setVisible(on)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        closed = "chevron-left" if mirrored else "chevron-right"
        self.more.set_icon("chevron-down" if on else closed)
        self.more.setAccessibleDescription("open" if on else "folded")

    @property
    def in_the_clear(self) -> bool:
        """Whether everything would go over somebody's network as it is, for all to read."""
        line = self.lines.get(ADDRESS)
        return line is not None and needs_consent(line.text())

    @property
    def address(self) -> str:
        """The address as typed."""
        line = self.lines.get(ADDRESS)
        return line.text().strip() if line is not None else ""

    def _lay_out(self, values: Mapping[str, str]) -> None:
        names = list(self._settings)
        asked = [n for n in names if self._settings[n].required or self._settings[n].secret]
        first = names[: names.index(asked[-1]) + 1] if asked else names[:1]
        column, folded = column_in(self), column_in(self._folded)
        for name, setting in self._settings.items():
            (column if name in first else folded).addWidget(self._part(setting, values))
        self.tail = QVBoxLayout()
        self.tail.setSpacing(14)
        column.addLayout(self.tail)
        if len(first) < len(names):
            self.more.clicked.connect(lambda: self.unfold(self._folded.isHidden()))
            column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._folded)
        changed = any(values.get(name) for name in names if name not in first)
        self.unfold(changed and not folded.isEmpty())

    def _part(self, setting: Setting, values: Mapping[str, str]) -> QWidget:
        value = values.get(setting.name, setting.default)
        whole = QWidget()
        column = column_in(whole, spacing=8)
        if setting.default in SWITCH:
            column.setSpacing(0)
            check = Check(self._theme, setting.label)
            check.setChecked(value == SWITCH[0])
            check.setAccessibleDescription(setting.help)
            check.toggled.connect(self._on_edited)
            self.checks[setting.name] = check
            below = Label(self._theme, setting.help, px=12, ink="ink_3", wraps=True)
            below.setContentsMargins(24, 0, 24, 0)
            column.addWidget(check, 0, Qt.AlignmentFlag.AlignLeading)
            column.addWidget(below)
            return whole
        line = self._line(setting, value)
        kept = setting.secret and self._kept
        help = KEPT if kept else setting.help
        self.fields[setting.name] = Field(self._theme, setting.label, line, help)
        column.addWidget(self.fields[setting.name])
        self._below[setting.name] = column
        if setting.name == ADDRESS and self.plain is not None:
            column.addWidget(self.plain)
        return whole

    def _line(self, setting: Setting, value: str) -> QLineEdit:
        line = SecretEdit(self._theme, setting.label) if setting.secret else QLineEdit()
        if not setting.secret:
            line.setText("" if value == setting.default else value)
            line.setPlaceholderText(setting.default)
        self.lines[setting.name] = line
        line.textEdited.connect(lambda _, name=setting.name: self._on_typed(name))
        line.editingFinished.connect(partial(self.left.emit, setting.name))
        line.returnPressed.connect(partial(self.entered.emit, setting.name))
        return line

    def _plain_lines(self) -> list[tuple[str, QLineEdit]]:
        return [(name, line) for name, line in self.lines.items() if not _hides(line)]

    def _say(self, name: str, said: str) -> None:
        self.fields[name].tell(said)
        if self._folded.isAncestorOf(self.fields[name]):
            self.unfold()

    def _point(self, name: str) -> None:
        self.lines[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self.pointed.emit(self.fields[name])

    def _on_typed(self, name: str) -> None:
        self.fields[name].tell("")
        if name == ADDRESS:
            self._weigh_address()
        self._on_edited()

    def _on_edited(self) -> None:
        self.edited.emit()

    def _weigh_address(self) -> None:
        if self.plain is not None:
            self.plain.show_for(self.address if self.in_the_clear else "")

    def _begin_with_https(self) -> None:
        line = self.lines[ADDRESS]
        line.setText("https://" + line.text().strip().partition("://")[2])
        self._on_typed(ADDRESS)
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit(ADDRESS)


def _hides(line: QLineEdit) -> bool:
    return isinstance(line, SecretEdit)


def _small(label: str) -> str:
    """A label within a sentence; names that are all capitals stay."""
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"
