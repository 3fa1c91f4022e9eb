"""``python -m tests.promises.lives``: starts processes that are to be killed, as fast as they are killed.

Each is a fork of one process that has imported everything and holds nothing open: a life of the program, with the real
store, worker and commands, that begins in milliseconds. Orders come in as lines of JSON, and what happens goes out so.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import tempfile
import traceback
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import editor.newsroom
from editor import clock
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.blogs import add_blog
from editor.desk.photos import add_photo
from editor.desk.release import publish
from editor.desk.writing import new_entry
from editor.log import start_log
from editor.newsroom import Newsroom
from editor.paths import Profile

Order = dict[str, Any]


def tell(**said: Any) -> None:
    """One line, in one write: what was told before a kill has been told."""
    os.write(1, json.dumps(said).encode() + b"\n")


class WrongClock(clock.SystemClock):
    """A laptop's clock that somebody set: ``file`` says by how many seconds it is wrong now."""

    file: Path

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=float(self.file.read_text()))


def main() -> None:
    _warm_up()
    tell(ready=os.getpid())
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _live(order)
        tell(pid=pid)
        _, status = os.waitpid(pid, 0)
        tell(ended=os.waitstatus_to_exitcode(status))


def _live(order: Order) -> None:
    """A process from its first line to its last. It never returns."""
    code = 1
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    folder = Path(order["profile"])
    os.environ["DATELINE_TEST_KEYRING"] = order["keyring"]
    said = os.open(order["stderr"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(said, 2)
    sys.stdin = io.StringIO(order.get("typed", ""))
    if "clock" in order:
        WrongClock.file = Path(order["clock"])
        vars(editor.newsroom)["SystemClock"] = WrongClock
    try:
        if "words" in order:
            code = _command(folder, order["words"])
        else:
            from tests.promises.writer import Writer

            with Newsroom(Profile(folder)) as newsroom:
                start_log(newsroom.profile.log)
                Writer(newsroom, order).live()
            code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _command(folder: Path, words: list[str]) -> int:
    """``dateline ...``; what it says is told as one line."""
    from editor.cli import main as dateline

    tell(alive=True)
    sys.stdout = io.StringIO()
    code = dateline(["--profile", str(folder), *words])
    tell(said=sys.stdout.getvalue(), code=code)
    return code


def _warm_up() -> None:
    """Imports what a life needs, by living once, in a folder that is thrown away."""
    import httpx
    import keyring.backends.fail
    import truststore

    import editor.backends.wire
    import editor.cli.running
    import editor.sync.worker
    import tests.file_keyring
    import tests.promises.writer

    assert all((httpx, truststore, keyring, editor.cli, editor.sync, tests.file_keyring))
    with tempfile.TemporaryDirectory() as scratch:
        from PIL import Image

        picture = Path(scratch) / "one.png"
        Image.new("RGB", (600, 400)).save(picture)
        with Newsroom(Profile(Path(scratch) / "profile")) as newsroom:
            room = newsroom.room
            (blog,) = add_blog(room, headline="Once").blogs
            body = (Text(text="Once"), add_photo(room, picture, alt="The river"))
            (entry,) = new_entry(room, blog, Content(headline="Once", body=body)).entries
            publish(room, entry)
            newsroom._engine().run_pass()


if __name__ == "__main__":
    main()
