"""When the profile cannot be opened: what is wrong, where the files are, and what can be done. Nothing is touched by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from editor.paths import Profile
from editor.problems import Problem, Refused, Unavailable
from editor.ui.messages import sentence


def tell_trouble(
    profile: Profile,
    trouble: Refused | Unavailable,
    restore: Callable[[], None] | None = None,
) -> bool:
    """Tells why the profile cannot be opened, before there is a window. True to try again.

    ``restore`` puts the newest copy of the store in the damaged one's place; it is offered where there is such a copy.
    """
    problem = trouble.first if isinstance(trouble, Refused) else trouble.problem
    dialog = QMessageBox()
    dialog.setWindowTitle("Dateline")
    dialog.setIcon(QMessageBox.Icon.Warning)
    dialog.setText(sentence(problem))
    dialog.setInformativeText(f"Your files are in {profile.folder}. Nothing in them was changed.")
    again = dialog.addButton("Try again", QMessageBox.ButtonRole.ResetRole)
    copy = None
    backup = str(problem.detail.get("backup", ""))
    if restore is not None and backup:
        dialog.setInformativeText(
            f"Your files are in {profile.folder}. The newest copy is {backup}; the damaged file is"
            " kept aside when it is used."
        )
        copy = dialog.addButton("Use the newest copy", QMessageBox.ButtonRole.AcceptRole)
    dialog.addButton("Quit", QMessageBox.ButtonRole.RejectRole)
    dialog.exec()
    clicked = dialog.clickedButton()
    if copy is not None and clicked is copy and restore is not None:
        restore()
        return True
    return clicked is again


def tell_bug(profile: Profile, report: str) -> None:
    """Tells that the program cannot start by a mistake of ours, before there is a window in which to say so."""
    dialog = QMessageBox()
    dialog.setWindowTitle("Dateline")
    dialog.setIcon(QMessageBox.Icon.Warning)
    dialog.setText(sentence(Problem(code="bug-at-start")))
    dialog.setInformativeText(
        f"Your files are in {profile.folder}. What you wrote is safe there, and a report of the error is in"
        f" {profile.crashes}."
    )
    copy = dialog.addButton("Copy details", QMessageBox.ButtonRole.ActionRole)
    dialog.addButton("Quit", QMessageBox.ButtonRole.RejectRole)
    # what was copied is gone with the program on some systems, so it stays until somebody ends it
    dialog.exec()
    while dialog.clickedButton() is copy:
        QGuiApplication.clipboard().setText(report)
        dialog.exec()
