"""Runs in the packaged program before it: the programs it opens, such as a browser, get back the user's own settings.

The program's loader finds the bundled libraries by ``LD_LIBRARY_PATH``; a browser that inherits it would take them for
the system's and may not start.
"""

import os


def _give_back() -> None:
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before


_give_back()
