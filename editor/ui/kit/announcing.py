"""Says something to those who do not look at the screen, after what is being read to them."""

from __future__ import annotations

from PySide6.QtCore import QObject


def announce(about: QObject, text: str) -> None:
    """Tells screen readers, politely; nobody listens, nothing happens."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, text))
