"""After a run that ended badly: what was being written is offered, with the cursor in it. Nothing is modal, nothing is lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from editor.domain.ids import EntryId
from editor.problems import Problem
from editor.ui.kit.strip import Strip
from editor.ui.messages import sentence

if TYPE_CHECKING:
    from editor.crashes.last_run import LastRun
    from editor.ui.main_window import MainWindow

LENGTH = 60
"""Letters of a headline, or of the first words where there is none."""


def offer_last_time(window: MainWindow, last: LastRun) -> Strip | None:
    """Shows the strip over the window; none where nothing was written and the process said nothing."""
    rows = window.views.rows((EntryId(last.entry),)) if last.entry else ()
    if not rows and not last.died and last.whole:
        return None
    strip = Strip(window.theme)
    said = Problem(code="ended-badly")
    if rows:
        name = rows[0].headline or rows[0].excerpt
        name = name if len(name) <= LENGTH else f"{name[:LENGTH].rstrip()}…"
        code = "ended-badly-writing" if name else "ended-badly-unnamed"
        said = Problem(code=code, detail={"headline": name})
        strip.add_button("Go on", partial(_go_on, window, strip, rows[0].id))
    strip.add_button("Copy details", partial(_copy, last))
    window.add_strip(strip, above=True)
    strip.say(sentence(said))
    return strip


def _go_on(window: MainWindow, strip: Strip, entry: EntryId) -> None:
    strip.hide()
    window.attempt(lambda: window.go_to(entry))


def _copy(last: LastRun) -> None:
    QGuiApplication.clipboard().setText(last.report.text())
