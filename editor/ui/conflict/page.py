"""The page that stands in the window while somebody chooses between two texts: what differs, and what will stay.

Nothing is changed before *Use this text*; going away leaves everything as it was.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.content.merge import BODY, Change
from editor.ui.blocks.base import Setting
from editor.ui.composer.preview import Preview
from editor.ui.conflict import telling
from editor.ui.conflict.choices import Choices, Texts
from editor.ui.conflict.fold import Fold
from editor.ui.conflict.row import Row
from editor.ui.kit.buttons import Button, FlatButton
from editor.ui.kit.labels import Elided, Hairline, Label
from editor.ui.messages import clock, count
from editor.ui.pool import Pool

WIDE = 1180
"""From how many pixels on the text that will stay is shown beside."""
THREE = 900
"""From how many pixels on three texts fit beside each other."""
BLANK = Text(text="*… what stays here is not chosen yet …*")
KEPT = "Whatever you choose, all the texts stay in the entry’s history."
TYPED = "What you have typed since is not in it: it stays your draft, and is brought together afterwards."
MARKS = "Underlined: came in. Struck through: was taken out."


class ConflictPage(QWidget):
    """``used`` carries the content that was chosen; ``left`` says that nothing shall be changed.

    ``held`` are the window's actions that wait until the page has gone.
    """

    used = Signal(object)
    left = Signal()

    def __init__(self, setting: Setting, texts: Texts) -> None:
        super().__init__()
        self.choices = Choices(texts)
        self.pool = Pool(setting.run_in_pool)
        self._setting = setting = replace(setting, run_in_pool=self.pool.run)
        theme = setting.theme
        self.rows: dict[int, Row] = {}
        self.held: list[QAction] = []
        self.setAccessibleName("Choose what stays")
        self.preview = Preview(theme, setting.picture, setting.run_in_pool)
        self.preview.setAccessibleName("The text that will stay")
        self._result = QWidget()
        result = QVBoxLayout(self._result)
        result.setContentsMargins(0, 0, 0, 0)
        result.setSpacing(0)
        heading = Label(theme, "What will stay", px=11, weight=600, ink="ink_3")
        heading.setContentsMargins(28, 14, 0, 4)
        result.addWidget(heading)
        result.addWidget(self.preview, 1)
        self._list = QScrollArea()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWidgetResizable(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setWidget(self._made_list())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._list, 5)
        self._line = Hairline(theme, upright=True)
        middle.addWidget(self._line)
        middle.addWidget(self._result, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._made_head())
        column.addWidget(Hairline(theme))
        column.addLayout(middle, 1)
        column.addWidget(Hairline(theme))
        column.addLayout(self._made_foot())
        for keys, call in (
            (QKeySequence(QKeySequence.StandardKey.Undo), self.undo),
            (QKeySequence("Ctrl+Shift+Z"), self.redo),
            (QKeySequence("Ctrl+Y"), self.redo),
            (QKeySequence("Ctrl+Return"), self.use),
            (QKeySequence("Alt+Down"), lambda: self.go(1)),
            (QKeySequence("Alt+Up"), lambda: self.go(-1)),
            (QKeySequence("Escape"), self._escape),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)
        self._show()

    @property
    def texts(self) -> Texts:
        """What is chosen from."""
        return self.choices.texts

    def undo(self) -> None:
        """Takes the last choice back."""
        self._settle()
        self.choices.undo()
        self._show()

    def redo(self) -> None:
        """Makes the choice again that was taken back last."""
        self.choices.redo()
        self._show()

    def use(self) -> None:
        """Hands over what was chosen, once nothing is open any more."""
        self._settle()
        content = self.choices.result()
        if content is not None:
            self.used.emit(content)

    def go(self, way: int) -> None:
        """To the next place that differs, or the one before."""
        focus = QApplication.focusWidget()
        numbers = list(self.rows)
        here = next((n for n in numbers if focus and self.rows[n].isAncestorOf(focus)), None)
        if here is None:
            at = 0 if way > 0 else len(numbers) - 1
        else:
            at = (numbers.index(here) + way) % len(numbers)
        self._focus(numbers[at])

    def focus_first(self) -> None:
        """The keyboard goes to the first place that waits for a choice."""
        waiting = self.choices.waiting() or tuple(self.rows)
        if waiting:
            self._focus(waiting[0])

    def complain(self, sentence: str) -> None:
        """Says why the text could not be used."""
        self._said.setText(sentence)
        self._said.set_ink("live")

    def _focus(self, number: int) -> None:
        row = self.rows[number]
        row.focus_first()
        # when the row is as high as its words: the whole of it where that fits, else its beginning
        QTimer.singleShot(0, lambda: self._show_row(row))

    def _show_row(self, row: Row) -> None:
        top = row.pos().y()
        self._list.ensureVisible(0, top + row.height(), 0, 0)
        self._list.ensureVisible(0, max(0, top - 8), 0, 0)

    def _choose(self, number: int, choice: object) -> None:
        self.choices.choose(number, choice)  # type: ignore[arg-type]
        self._show()

    def _settle(self) -> None:
        for row in self.rows.values():
            row.settle()

    def _show(self) -> None:
        choices = self.choices
        for number, row in self.rows.items():
            row.show_choice(choices.at(number))
        waiting, all_clashes = len(choices.waiting()), len(choices.clashes())
        self._use.setEnabled(waiting == 0)
        self._undo.setEnabled(choices.can_undo)
        self._redo.setEnabled(choices.can_redo)
        self._said.set_ink("ink_2")
        if waiting:
            self._said.setText(f"{waiting} of {count(all_clashes, 'place')} still to choose.")
        else:
            self._said.setText("Everything is chosen.")
        self.preview.show_content(choices.so_far(BLANK), self.texts.blog)

    def _arrange(self) -> None:
        wide = self.width() >= WIDE
        shows = self._toggle.isChecked() if not wide else True
        self._toggle.setVisible(not wide)
        self._result.setVisible(shows)
        self._list.setVisible(wide or not shows)
        self._line.setVisible(wide)
        list_width = self.width() * 5 // 8 if wide else self.width()
        for row in self.rows.values():
            row.show_base(self._before.isChecked() or list_width >= THREE)
        self._before.setVisible(self.texts.base is not None and list_width < THREE)

    def _escape(self) -> None:
        focus = QApplication.focusWidget()
        for row in self.rows.values():
            if focus is not None and row.isAncestorOf(focus) and not isinstance(focus, FlatButton):
                row.focus_first()
                return
        self.left.emit()

    def _made_head(self) -> QVBoxLayout:
        theme, texts, setting = self._setting.theme, self.texts, self._setting
        head = QVBoxLayout()
        head.setContentsMargins(24, 14, 24, 12)
        head.setSpacing(3)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(Label(theme, "Choose what stays", px=17, weight=600))
        top.addStretch(1)
        self._before = FlatButton(theme, "Show what stood there before", text="Before")
        self._before.setCheckable(True)
        self._before.toggled.connect(self._arrange)
        self._toggle = FlatButton(theme, "Show the text that will stay", icon="eye", text="Result")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._arrange)
        top.addWidget(self._before)
        top.addWidget(self._toggle)
        head.addLayout(top)
        when = clock(texts.found, setting.zone, setting.now()) if texts.found else ""
        who = texts.author or "the desk"
        where = f" at {texts.place}" if texts.place else ""
        by = f"changed by {who}{where}" + (f", found {when}" if when else "")
        head.addWidget(Elided(theme, f"{telling.headline(texts.mine)} · {by}", ink="ink_2"))
        notes = " ".join([KEPT, *[TYPED] * texts.typed, MARKS])
        head.addWidget(Label(theme, notes, px=12, ink="ink_3", wraps=True))
        return head

    def _made_list(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(4)
        known = self.texts.base is not None
        for number, part in enumerate(self.choices.parts):
            if part.change is not Change.SAME:
                row = Row(self._setting, part, base_known=known)
                row.chosen.connect(lambda choice, number=number: self._choose(number, choice))
                self.rows[number] = row
                column.addWidget(row)
            elif part.name == BODY:
                column.addWidget(Fold(self._setting, part))
        column.addStretch(1)
        return holder

    def _made_foot(self) -> QHBoxLayout:
        theme = self._setting.theme
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 10, 24, 10)
        foot.setSpacing(10)
        self._said = Elided(theme, ink="ink_2")
        self._undo = FlatButton(theme, "Undo the last choice", icon="undo-2")
        self._redo = FlatButton(theme, "Redo", icon="redo-2")
        self._undo.clicked.connect(self.undo)
        self._redo.clicked.connect(self.redo)
        cancel = Button(theme, "Cancel")
        cancel.clicked.connect(self.left)
        self._use = Button(theme, "Use this text", primary=True)
        self._use.clicked.connect(self.use)
        foot.addWidget(self._said, 1)
        for button in (self._undo, self._redo, cancel, self._use):
            foot.addWidget(button)
        return foot

    @property
    def use_button(self) -> Button:
        """*Use this text*."""
        return self._use

    @property
    def said(self) -> str:
        """What the foot says."""
        return self._said.text()

    def shown_result(self) -> Content:
        """The text as far as it is chosen."""
        return self.choices.so_far(BLANK)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
