"""The palette, and the one style sheet for Qt's own controls. What the design draws itself is in ``kit``.

Kept short on purpose: a style sheet is matched against every widget when it is first shown.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from editor.ui.theme.tokens import Colours

STYLE = ("-style", "Fusion")
"""The style as arguments of ``QApplication``: set later, it would have PySide6 make all of Qt's style enumerations."""

_SHEET = """
QToolTip {{ background: {ink}; color: {paper}; border: 0; padding: 4px 8px; }}
QLineEdit, QPlainTextEdit[field="true"], QComboBox, QDateTimeEdit {{
  background: {surface}; color: {ink}; border: 1px solid {line_strong}; border-radius: 6px;
  padding: 5px 9px; min-height: 20px;
  selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit:focus, QPlainTextEdit[field="true"]:focus, QComboBox:focus, QDateTimeEdit:focus {{
  border: 2px solid {accent}; padding: 4px 8px;
}}
QLineEdit[wrong="true"] {{ border: 2px solid {live}; padding: 4px 8px; }}
QLineEdit:disabled {{ color: {ink_3}; background: {sunken}; }}
QComboBox::drop-down {{ border: 0; width: 22px; }}
QComboBox QAbstractItemView {{
  background: {surface}; color: {ink}; border: 1px solid {line_strong}; outline: 0;
  selection-background-color: {accent_soft}; selection-color: {ink};
}}
QMenu {{ background: {surface}; color: {ink}; border: 1px solid {line_strong};
  border-radius: 8px; padding: 5px; }}
QMenu::item {{ padding: 6px 22px 6px 12px; border-radius: 5px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {ink}; }}
QMenu::item:disabled {{ color: {ink_3}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 5px 8px; }}
QMenu::icon {{ padding-left: 8px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line_strong}; border-radius: 3px; min-height: 36px;
  margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {ink_3}; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {line_strong}; border-radius: 3px; min-width: 36px;
  margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {line}; }}
QDialog {{ background: {paper}; }}
"""


def palette(colours: Colours) -> QPalette:
    """Qt's roles in the design's colours."""
    role = QPalette.ColorRole
    made = QPalette()
    for which, colour in (
        (role.Window, colours.paper),
        (role.WindowText, colours.ink),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.sunken),
        (role.Text, colours.ink),
        (role.PlaceholderText, colours.ink_3),
        (role.Button, colours.surface),
        (role.ButtonText, colours.ink),
        (role.BrightText, colours.live),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.violet),
        (role.ToolTipBase, colours.ink),
        (role.ToolTipText, colours.paper),
        (role.Light, colours.surface),
        (role.Midlight, colours.line),
        (role.Mid, colours.line_strong),
        (role.Dark, colours.line_strong),
        (role.Shadow, colours.line_strong),
        (role.Accent, colours.accent),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.ink_3))
    return made


def style_sheet(colours: Colours) -> str:
    """The style sheet for menus, fields, scroll bars and tool tips."""
    return _SHEET.format(**{name: getattr(colours, name) for name in colours.names()})
