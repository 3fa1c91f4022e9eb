"""``python -m tests.real.one_pass FOLDER RUN``: one pass of a program that may be killed in it, really.

The clock of its laptop has run for ``RUN`` seconds; the password is read from standard input.
"""

from __future__ import annotations

import sys
from pathlib import Path

from editor.domain.blog import Account, Blog, Target
from editor.registry import Kinds
from editor.sync.backend import Backend
from editor.sync.engine import Engine
from tests.rooms import TestRoom


def main() -> None:
    base = TestRoom(Path(sys.argv[1]))
    base.clock.run = float(sys.argv[2])
    secret = sys.stdin.readline().strip()
    kinds = Kinds()

    def opened(blog: Blog, target: Target, account: Account) -> Backend:
        settings = {**account.settings, **target.settings}
        return kinds.get("wordpress").open(blog, target, settings, secret)

    ids, shelf = base.room.ids, base.room.shelf
    Engine(base.store, shelf, opened, base.clock, ids, lambda: 0.5).run_pass()


if __name__ == "__main__":
    main()
