"""The status bar tells the truth about what is saved."""

from __future__ import annotations

from editor.ui.kit.labels import Elided
from editor.ui.main_window import MainWindow


def told(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.status.findChildren(Elided))


def test_the_status_bar_does_not_say_saved_while_something_is_not(window: MainWindow) -> None:
    assert "Everything is saved" in told(window)
    window.bridge.unsaved.emit(True)
    assert "Not everything is saved" in told(window)
    window.bridge.unsaved.emit(False)
    assert "Everything is saved" in told(window)


def test_new_entry_on_the_empty_page_makes_one_entry(window: MainWindow) -> None:
    blog = window.current_blog()
    assert blog is not None
    before = len(window.views.timeline(blog))
    window.new_entry()
    assert window.composer is not None
    window.composer.new_entry_wanted.emit()
    assert len(window.views.timeline(blog)) == before + 2
