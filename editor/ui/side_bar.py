"""The left pane: new entry, the live blogs, the desk's lists with their counts, and the account at the foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from editor.domain.blog import AccountState, BlogStatus, Role
from editor.domain.ids import BlogId
from editor.domain.roles import role_over
from editor.ui.bridge import Connection
from editor.ui.kit.buttons import Button, FlatButton
from editor.ui.kit.chips import paint_pill, pill_width
from editor.ui.kit.labels import Label
from editor.ui.kit.paint import box, painter_on, ring
from editor.ui.theme.theme import Theme
from editor.views import AccountRow, BlogRow, Counts, Filter

KINDS = {
    "site": "Folder",
    "wordpress": "WordPress",
    "wire": "Newsroom server",
    "ghost": "Ghost",
    "memory": "Memory",
}
DESK = (
    ("review", "To review", "inbox", "amber"),
    ("returned", "Returned to me", "flag", "violet"),
    ("scheduled", "Scheduled", "clock", ""),
    ("outbox", "Outbox", "cloud-upload", ""),
)
LISTS = {
    "review": Filter.IN_REVIEW,
    "returned": Filter.RETURNED,
    "scheduled": Filter.SCHEDULED,
}


class SideRow(QAbstractButton):
    """A line of the side bar: a dot or an icon, words, a count."""

    def __init__(self, theme: Theme, text: str, *, icon: str = "", tint: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._tint = tint
        self._live: bool | None = None
        self.count = 0
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def say(self, text: str, number: int, live: bool | None = None) -> None:
        """Shows other words, another count, and whether it is live."""
        self.setText(text)
        self.count, self._live = number, live
        state = {True: "live, ", False: "not live, ", None: ""}[live]
        self.setAccessibleName(f"{text}, {state}{number:,}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 32 if not self._icon else 34)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, colour = self._theme, painter_on(self), self._theme.colour
        area = self.rect().adjusted(0, 1, 0, -1)
        if self.isChecked():
            box(painter, area, 6, colour("accent_soft"))
        elif self.underMouse():
            box(painter, area, 6, colour("line"))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        ink = "accent" if self.isChecked() else "ink"

        def part(x: int, width: int) -> QRect:
            left = self.width() - x - width if mirrored else x
            return QRect(left, area.top(), width, area.height())

        x = 10
        if self._icon:
            pixmap = theme.pixmap(self._icon, ink, 16, self)
            painter.drawPixmap(part(x, 16).x(), area.center().y() - 7, pixmap)
            x += 24
        elif self._live is not None:
            dot = QRect(part(x, 8).x(), area.center().y() - 3, 8, 8)
            box(
                painter,
                dot,
                4,
                colour("live") if self._live else None,
                None if self._live else colour("ink_3"),
            )
            x += 16
        end = self.width() - 10
        number = f"{self.count:,}"
        if self._tint and self.count:
            wide = max(24, pill_width(theme, number))
            end -= wide
            where = part(end, wide)
            where.setHeight(20)
            where.moveTop(area.center().y() - 9)
            paint_pill(painter, theme, self, where, number, self._tint)
        else:
            font = theme.fonts.numbers(12, 600 if self.isChecked() else 400)
            wide = QFontMetrics(font).horizontalAdvance(number) + 1
            end -= wide
            painter.setFont(font)
            painter.setPen(colour("ink_3"))
            painter.drawText(part(end, wide), Qt.AlignmentFlag.AlignCenter, number)
        font = theme.ui(13, 600 if self.isChecked() else 400)
        painter.setFont(font)
        painter.setPen(colour(ink))
        room = end - x - 8
        shown = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        absolute = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(part(x, room), side | absolute, shown)
        if self.hasFocus():
            ring(painter, area, 6, colour("accent"))


class SideBar(QWidget):
    """Where to go. It shows what it is told and says what was chosen."""

    blog_chosen = Signal(str)
    list_chosen = Signal(str)
    blog_menu = Signal(str, QPoint)
    new_entry = Signal()
    new_blog = Signal()
    menu_wanted = Signal(QPoint)
    account_wanted = Signal()

    def __init__(self, theme: Theme, new_hint: str) -> None:
        super().__init__()
        self._theme = theme
        self._blogs: dict[str, SideRow] = {}
        self._lists: dict[str, SideRow] = {}
        self._build(new_hint)

    def show_blogs(self, blogs: tuple[BlogRow, ...]) -> None:
        """Shows the blogs in their order; rows that stay are kept, with the focus that is on them."""
        wanted = {blog.id for blog in blogs}
        for gone in [blog for blog in self._blogs if blog not in wanted]:
            self._blogs.pop(gone).deleteLater()
        for place, blog in enumerate(blogs):
            row = self._blogs.get(blog.id)
            if row is None:
                row = self._blogs[blog.id] = self._blog_row(blog.id)
            if self._blog_column.indexOf(row) != place:
                self._blog_column.insertWidget(place, row)
            row.say(blog.headline, blog.entries, blog.status is BlogStatus.LIVE)

    def show_counts(self, counts: Counts, role: Role) -> None:
        """Shows the desk's lists: those that the role has, and those that hold something."""
        desk = role is Role.DESK
        numbers = {
            "review": (counts.to_review, desk),
            "returned": (counts.returned, not desk),
            "scheduled": (counts.scheduled, desk),
            "outbox": (counts.outbox, True),
        }
        for name, (number, mine) in numbers.items():
            row = self._lists[name]
            title = "Sent back" if name == "returned" and desk else row.text()
            row.say(title, number)
            row.setVisible(bool(number) or mine)

    def show_account(self, accounts: tuple[AccountRow, ...], connection: Connection) -> None:
        """Shows the account at the foot: the one that is not this laptop, where there is one."""
        self.account.show_account(accounts, connection)

    def mark(self, blog: BlogId | None = None, which: str = "") -> None:
        """Marks where we are."""
        for name, row in self._blogs.items():
            row.setChecked(name == blog)
        for name, row in self._lists.items():
            row.setChecked(name == which)

    def _blog_row(self, blog: BlogId) -> SideRow:
        row = SideRow(self._theme, "")
        row.clicked.connect(lambda: self.blog_chosen.emit(blog))
        row.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        row.customContextMenuRequested.connect(
            lambda at: self.blog_menu.emit(blog, row.mapToGlobal(at))
        )
        return row

    def _build(self, new_hint: str) -> None:
        theme = self._theme
        self.setAutoFillBackground(True)
        self.setMinimumWidth(180)
        self.setMaximumWidth(340)
        menu = FlatButton(theme, "Menu", icon="ellipsis", height=28)
        menu.clicked.connect(
            lambda: self.menu_wanted.emit(menu.mapToGlobal(QPoint(0, menu.height())))
        )
        new = Button(theme, "New entry", hint=new_hint)
        new.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        new.clicked.connect(self.new_entry)
        add = FlatButton(theme, "New live blog…", icon="plus", height=24)
        add.clicked.connect(self.new_blog)
        self._blog_column = _column()
        for name, text, icon, tint in DESK:
            row = self._lists[name] = SideRow(theme, text, icon=icon, tint=tint)
            row.clicked.connect(self._teller(name))
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(10, 0, 10, 0)
        body.setSpacing(2)
        body.addLayout(_beside(_heading(theme, "Live blogs"), add))
        body.addLayout(self._blog_column)
        body.addLayout(_beside(_heading(theme, "Desk")))
        for row in self._lists.values():
            body.addWidget(row)
        body.addStretch(1)
        scroll = QScrollArea()
        # A viewport of our own: to hand out Qt's, PySide6 would make every class of widget with its enumerations.
        scroll.setViewport(QWidget())
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner.setAutoFillBackground(False)
        self.account = AccountFoot(theme)
        self.account.clicked.connect(self.account_wanted)
        title = QHBoxLayout()
        title.setContentsMargins(20, 14, 14, 8)
        title.addWidget(Label(theme, "Dateline", px=15, weight=600), 1)
        title.addWidget(menu)
        button = QHBoxLayout()
        button.setContentsMargins(14, 2, 14, 4)
        button.addWidget(new)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 6, 10, 14)
        foot.addWidget(self.account)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(title)
        whole.addLayout(button)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def _teller(self, name: str) -> Callable[[], None]:
        return lambda: self.list_chosen.emit(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("sunken"))


class AccountFoot(QAbstractButton):
    """The account: its name, online or offline, what it is, and what one may do there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._dot = "green"
        self._lines = ("", "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("Accounts")
        theme.changed.connect(self.update)

    def show_account(self, accounts: tuple[AccountRow, ...], connection: Connection) -> None:
        """Shows the account that is not this laptop, where there is one."""
        remote = [account for account in accounts if account.kind != "site"]
        role = role_over(account.role for account in accounts)
        said = "correspondent" if role is Role.CORRESPONDENT else "desk editor"
        if not remote:
            self._dot = "green"
            self._lines = ("This laptop", f"Folder · {said}")
        else:
            first = remote[0]
            state = "Online" if connection.online else "Offline"
            self._dot = "green" if connection.online else "amber"
            if first.state is AccountState.SIGN_IN:
                state, self._dot = "Sign in again", "live"
            kind = KINDS.get(first.kind, first.kind.capitalize())
            self._lines = (first.name, f"{state} · {kind} · {said}")
        self.setAccessibleName(", ".join(self._lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.ui(12))
        wide = metrics.horizontalAdvance(self._lines[1])
        return QSize(160, 68 if wide > max(self.width(), 160) - 36 else 50)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, painter_on(self)
        if self.underMouse():
            box(painter, self.rect(), 6, theme.colour("line"))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        inner = self.rect().adjusted(10, 6, -26, -6) if mirrored else self.rect()
        inner = inner if mirrored else inner.adjusted(26, 6, -10, -6)
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        side |= Qt.AlignmentFlag.AlignAbsolute
        painter.setFont(theme.ui())
        painter.setPen(theme.colour("ink_2"))
        metrics = painter.fontMetrics()
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(inner, side, metrics.elidedText(self._lines[0], elide, inner.width()))
        painter.setFont(theme.ui(12))
        painter.setPen(theme.colour("ink_3"))
        painter.drawText(
            inner.adjusted(0, 19, 0, 0), side | Qt.TextFlag.TextWordWrap, self._lines[1]
        )
        x = self.width() - 18 if mirrored else 10
        box(painter, QRect(x, self.height() // 2 - 4, 8, 8), 4, theme.colour(self._dot))
        if self.hasFocus():
            ring(painter, self.rect(), 6, theme.colour("accent"))


def _heading(theme: Theme, text: str) -> Label:
    label = Label(theme, text.upper(), px=11, weight=600, ink="ink_3")
    font = label.font()
    font.setLetterSpacing(font.SpacingType.PercentageSpacing, 104)
    label.setFont(font)
    return label


def _beside(left: QWidget, right: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(10, 10, 4, 2)
    row.addWidget(left, 1)
    if right:
        row.addWidget(right)
    return row


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    return column
