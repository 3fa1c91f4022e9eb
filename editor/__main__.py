"""``python -m editor`` is ``dateline``."""

import sys
from multiprocessing import freeze_support

from editor.cli import main

if __name__ == "__main__":
    freeze_support()  # a bundled program is its own photo process
    sys.exit(main())
