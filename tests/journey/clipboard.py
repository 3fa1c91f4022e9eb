"""Another program in which something is copied: ``python -m tests.journey.clipboard WORDS``. It keeps the clipboard until it ends."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    application.clipboard().setText(sys.argv[1])
    application.processEvents()
    print("copied", flush=True)
    sys.exit(application.exec())
