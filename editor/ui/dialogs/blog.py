"""The dialog for a new live blog, and for changing one's face. What is wrong is said at the field."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import QLocale, Qt, QTimeZone
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from editor.desk import blogs
from editor.domain.blog import Blog
from editor.domain.ids import BlogId
from editor.ports import Room
from editor.problems import Problem, Refused, Unavailable
from editor.ui.dialogs.checks import ChecksTable
from editor.ui.dialogs.languages import LANGUAGES
from editor.ui.kit.choice import Choice
from editor.ui.kit.field import Field
from editor.ui.kit.labels import Label
from editor.ui.kit.sheet import Sheet
from editor.ui.messages import sentence
from editor.ui.theme.theme import Theme

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow


def new_blog(window: MainWindow) -> None:
    """Asks for a new live blog, makes it and shows it."""
    dialog = BlogDialog(window.theme, window, window.room)
    dialog.accepted.connect(lambda: _show(window, dialog.blog))
    dialog.open()


def edit_blog(window: MainWindow, blog: BlogId) -> None:
    """Changes a live blog's face."""
    dialog = BlogDialog(window.theme, window, window.room, window.views.blog(blog))
    dialog.accepted.connect(window.office.wake)
    dialog.open()


def _show(window: MainWindow, blog: BlogId | None) -> None:
    if blog is not None:
        window.show_blog(blog)


class BlogDialog(Sheet):
    """A live blog's headline, standfirst, byline, language, time zone and address; later on, what stops its entries."""

    def __init__(self, theme: Theme, parent: QWidget, room: Room, blog: Blog | None = None) -> None:
        title = "Edit the live blog" if blog else "New live blog"
        super().__init__(theme, parent, title, "Save" if blog else "Create")
        self._room = room
        self._old = blog
        self.blog: BlogId | None = blog.id if blog else None
        self._language = _language_box(theme, blog.language if blog else "")
        self._zone = _zone_box(theme, blog.timezone if blog else "")
        self._slug = QLineEdit()
        self.fields = {
            "headline": Field(theme, "Headline", QLineEdit(blog.headline if blog else "")),
            "standfirst": Field(
                theme,
                "Standfirst",
                QLineEdit(blog.standfirst if blog else ""),
                "A sentence or two below the headline. May be left empty.",
            ),
            "byline": Field(theme, "Byline", QLineEdit(blog.byline if blog else "")),
            "language": Field(theme, "Language", self._language),
            "timezone": Field(
                theme, "Time zone", self._zone, "The times on the page are told in this zone."
            ),
        }
        if blog is None:
            help = "The last part of the page’s address. It stays as it is once made."
            self.fields["slug"] = Field(theme, "Address", self._slug, help)
            self._line("headline").textChanged.connect(self._suggest_slug)
        self.checks = ChecksTable(theme, blog.checks) if blog is not None else None
        face = QVBoxLayout()
        face.setSpacing(14)
        for field in self.fields.values():
            face.addWidget(field)
        face.addStretch(1)
        beside = QHBoxLayout()
        beside.setSpacing(28)
        beside.addLayout(face, 1)
        if self.checks is not None:
            beside.addWidget(self.checks, 0, Qt.AlignmentFlag.AlignTop)
            self.setMinimumWidth(720)
        self.column.addLayout(beside)
        self._general = Label(theme, "", ink="live", wraps=True)
        self._general.hide()
        self.column.addWidget(self._general)
        self.column.addStretch(1)
        self._line("headline").setFocus()

    def accept(self) -> None:
        """Keeps it; where something is refused, says so at the field and stays open."""
        for field in self.fields.values():
            field.tell("")
        self._general.hide()
        try:
            self._keep()
        except Refused as refused:
            for problem in refused.problems:
                self._tell(problem)
            return
        except Unavailable as unavailable:
            self._tell(unavailable.problem)
            return
        super().accept()

    def _keep(self) -> None:
        text = {name: field.text() for name, field in self.fields.items()}
        zone = text["timezone"].replace(" ", "_")
        if self._old is not None:
            blogs.edit_blog(
                self._room,
                self._old.id,
                headline=text["headline"],
                standfirst=text["standfirst"],
                byline=text["byline"],
                language=self._tag(),
                timezone=zone,
                checks=self.checks.wishes() if self.checks is not None else {},
            )
            return
        changes = blogs.add_blog(
            self._room,
            headline=text["headline"],
            standfirst=text["standfirst"],
            byline=text["byline"],
            language=self._tag(),
            timezone=zone,
            slug=text["slug"],
        )
        self.blog = next(iter(changes.blogs))

    def _tell(self, problem: Problem) -> None:
        field = self.fields.get(problem.field)
        if field is None:
            self._general.setText(sentence(problem))
            self._general.show()
        else:
            field.tell(sentence(problem))
            field.control.setFocus()

    def _tag(self) -> str:
        text = self._language.currentText().strip()
        place = self._language.findText(text)
        return str(self._language.itemData(place)) if place >= 0 else text

    def _suggest_slug(self, headline: str) -> None:
        self._slug.setPlaceholderText(blogs.slug_of(headline) or "live")

    def _line(self, name: str) -> QLineEdit:
        control = self.fields[name].control
        assert isinstance(control, QLineEdit)
        return control


def _language_box(theme: Theme, chosen: str) -> Choice:
    box = Choice(theme, searchable=True)
    for tag, name in LANGUAGES:
        box.addItem(f"{name} — {tag}", tag)
    tags = [tag for tag, _ in LANGUAGES]
    system = QLocale.system().bcp47Name()
    wish = chosen or (system if system in tags else system.partition("-")[0])
    if wish in tags:
        box.setCurrentIndex(tags.index(wish))
    elif chosen:
        box.setEditText(chosen)
    else:
        box.setCurrentIndex(tags.index("en"))
    return box


def _zone_box(theme: Theme, chosen: str) -> Choice:
    box = Choice(theme, searchable=True)
    named = sorted(zone for zone in available_timezones() if "/" in zone and zone[:1].isupper())
    zones = ["UTC", *(zone for zone in named if not zone.startswith(("Etc/", "SystemV/", "US/")))]
    box.addItems(zones)
    system = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    wish = chosen or (system if system in zones else "UTC")
    box.setCurrentIndex(zones.index(wish) if wish in zones else -1)
    box.setEditText(wish)
    return box
