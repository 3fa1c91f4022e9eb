"""A field for a language: found by its English name, its own, or its tag; the tag is what is kept."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLocale

from editor.content.names import fits, folded
from editor.ui.blocks.fields import Line
from editor.ui.dialogs.languages import LANGUAGES
from editor.ui.theme.theme import Theme


class Tongue(Line):
    """A language's tag."""

    def __init__(self, theme: Theme, name: str, placeholder: str = "") -> None:
        super().__init__(theme, name, placeholder)
        self.suggest(languages)
        self.editingFinished.connect(self._settle)

    def _settle(self) -> None:
        tag = tag_of(self.text())
        if tag != self.text():
            self.set_text(tag)
            self.changed.emit()


def languages(typed: str) -> tuple[tuple[str, str], ...]:
    """Tags with their names that fit what is typed."""
    rows = _rows()
    return tuple((tag, told) for tag, told in rows if fits(typed, tag) or fits(typed, told))


def tag_of(typed: str) -> str:
    """The tag of a language whose name was typed; anything else as it is."""
    wanted = folded(typed).strip()
    for tag, told in _rows():
        if wanted in (folded(name) for name in told.split(" · ")):
            return tag
    return typed.strip()


def language_name(tag: str) -> str:
    """``Arabic``; the tag where it is no language that Qt knows."""
    language = QLocale(tag).language()
    known = tag and language is not QLocale.Language.C
    return QLocale.languageToString(language) if known else tag


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    return tuple((tag, f"{language_name(tag)} · {own}") for tag, own in LANGUAGES)
