"""What a newcomer sees: what this is in two sentences, and two ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from editor.changes import Changes
from editor.problems import Refused, Unavailable
from editor.ui.bridge import Bridge
from editor.ui.kit.buttons import Button, FlatButton
from editor.ui.kit.labels import Label
from editor.ui.messages import sentence
from editor.ui.office import Office
from editor.ui.theme.theme import Theme


class FirstRun(QWidget):
    """Start with the sample, or with a live blog of one's own; where to publish can be said now or at any time later."""

    new_blog = Signal()
    account_wanted = Signal()
    made = Signal(str)

    def __init__(self, theme: Theme, bridge: Bridge, office: Office) -> None:
        super().__init__()
        self._theme = theme
        self._bridge = bridge
        self._office = office
        self._logo = QLabel()
        self._sample = Button(theme, "Start with the sample", primary=True)
        self._sample.clicked.connect(self._make_sample)
        self._new = Button(theme, "New live blog")
        self._new.clicked.connect(self.new_blog)
        self._said = Label(theme, ink="ink_2", wraps=True)
        middle = Qt.AlignmentFlag.AlignHCenter
        title = Label(theme, "Report live, with or without a network", px=22, weight=600)
        text = Label(
            theme,
            "Every word is saved on this laptop as you type. What you release is sent"
            " as soon as there is a connection, and nothing before.",
            px=15,
            ink="ink_2",
            wraps=True,
        )
        text.setFixedWidth(540)
        text.setAlignment(middle)
        # Aligned in the column itself it would get the height of a single line.
        words = QHBoxLayout()
        words.addStretch(1)
        words.addWidget(text)
        words.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self._sample)
        buttons.addWidget(self._new)
        buttons.addStretch(1)
        below = Label(
            theme,
            "The sample is a live blog with photos, quotes and posts to look around in.",
            px=12,
            ink="ink_3",
        )
        name = "Add your newsroom’s account…"
        account = FlatButton(theme, name, icon="log-in", text=name)
        account.clicked.connect(self.account_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 40, 40, 40)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(self._logo, 0, middle)
        column.addWidget(title, 0, middle)
        column.addLayout(words)
        column.addSpacing(10)
        column.addLayout(buttons)
        column.addWidget(below, 0, middle)
        column.addWidget(account, 0, middle)
        column.addWidget(self._said, 0, middle)
        column.addStretch(3)
        self._draw_logo()
        theme.changed.connect(self._draw_logo)

    def _make_sample(self) -> None:
        self._sample.setEnabled(False)
        self._new.setEnabled(False)
        self._said.set_ink("ink_2")
        self._said.setText("Making the sample…")
        self._bridge.run_in_pool(self._office.make_sample, self._show_sample, self._tell)

    def _show_sample(self, changes: Changes) -> None:
        self._wait_no_more()
        self._said.setText("")
        for blog in changes.blogs:
            self.made.emit(blog)

    def _tell(self, trouble: Exception) -> None:
        self._wait_no_more()
        self._said.set_ink("live")
        match trouble:
            case Refused():
                self._said.setText(sentence(trouble.first))
            case Unavailable():
                self._said.setText(sentence(trouble.problem))
            case _:
                raise trouble

    def _wait_no_more(self) -> None:
        self._sample.setEnabled(True)
        self._new.setEnabled(True)

    def _draw_logo(self) -> None:
        self._logo.setPixmap(self._theme.pixmap("dateline", "accent", 56, self))
