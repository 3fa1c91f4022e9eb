"""The composer's tool bar: what is done to words, what can be added, and the preview."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.ui.kit.buttons import FlatButton
from editor.ui.kit.labels import Hairline
from editor.ui.theme.theme import Theme

LEFT = (
    ("bold", "Bold (Ctrl+B)", "bold", ""),
    ("italic", "Italic (Ctrl+I)", "italic", ""),
    ("link", "Link (Ctrl+L)", "link-2", ""),
    ("list", "List (Ctrl+Shift+L)", "", "• List"),
    ("", "", "", ""),
    ("photo", "Photo", "camera", "Photo"),
    ("quote", "Quote", "quote", "Quote"),
    ("social", "Social post", "message-square", "Social post"),
    ("story", "Story", "link", "Story"),
    ("", "", "", ""),
    ("key_event", "Key event", "flag", "Key event"),
)
FULL = 800  # below this, what has an icon does without words
NARROWEST = 520
WRITING = ("bold", "italic", "link", "list", "photo", "quote", "social", "story", "key_event")


class Toolbar(QWidget):
    """One row of flat buttons; ``pressed`` names the one that was pressed."""

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._buttons: dict[str, FlatButton] = {}
        self._narrow = False
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(2)
        for name, says, icon, text in LEFT:
            if name:
                row.addWidget(self._made(name, says, icon, text))
            else:
                row.addSpacing(6)
                row.addWidget(self._line())
                row.addSpacing(6)
        row.addStretch(1)
        row.addWidget(self._made("details", "Details: labels, byline, time, embargo", "tag", ""))
        preview = self._made("preview", "Preview (Ctrl+P)", "", "Preview", "Ctrl P")
        row.addWidget(preview)
        for name in ("key_event", "details", "preview"):
            self._buttons[name].setCheckable(True)
        self.setFixedHeight(47)
        theme.changed.connect(self.update)

    def set_checked(self, name: str, on: bool) -> None:
        """Shows that something is on."""
        self._buttons[name].setChecked(on)

    def set_writable(self, on: bool) -> None:
        """Whether what changes the text can be pressed."""
        for name in WRITING:
            self._buttons[name].setEnabled(on)

    def set_open(self, on: bool) -> None:
        """Whether an entry is open at all."""
        for button in self._buttons.values():
            button.setEnabled(on)

    def _made(self, name: str, says: str, icon: str, text: str, hint: str = "") -> FlatButton:
        button = FlatButton(self._theme, says, icon=icon, text=text, hint=hint)
        button.setToolTip(says)
        # a click leaves the cursor in the text; the keyboard still reaches the button
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _=False: self.pressed.emit(name))
        self._buttons[name] = button
        return button

    def _line(self) -> Hairline:
        line = Hairline(self._theme, upright=True)
        line.setFixedHeight(18)
        return line

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < FULL
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for name, _, icon, text in LEFT:
            if name and icon and text:
                self._buttons[name].setText("" if narrow else text)
                self._buttons[name].updateGeometry()
