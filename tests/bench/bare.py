"""The baseline: the smallest window with a text edit that PySide6 can show, and the same 2,000 words in it."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit


def main() -> int:
    app = QApplication(sys.argv)
    window = QMainWindow()
    edit = QPlainTextEdit()
    window.setCentralWidget(edit)
    window.resize(1440, 900)
    window.setWindowTitle("bare")
    if len(sys.argv) > 1:
        edit.setPlainText(Path(sys.argv[1]).read_text("utf-8"))
    window.show()
    edit.setFocus()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
