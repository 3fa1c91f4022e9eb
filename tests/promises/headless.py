"""``python -m tests.promises.headless PROFILE``: the program without its window. What is released is sent by its worker.

Each line on standard input is the headline of an entry that is released at once; its id is the answer. The program ends
with its standard input.
"""

from __future__ import annotations

import sys
from pathlib import Path

from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.release import publish
from editor.desk.writing import new_entry
from editor.newsroom import Newsroom
from editor.paths import Profile


def main(folder: Path) -> None:
    with Newsroom(Profile(folder)) as newsroom:
        blog = newsroom.views.blogs()[0].id
        newsroom.watch_the_outbox(lambda state: None)
        print("open", flush=True)
        for line in sys.stdin:
            content = Content(headline=line.strip(), body=(Text(text="It cannot wait."),))
            (entry,) = new_entry(newsroom.room, blog, content).entries
            publish(newsroom.room, entry)
            print(entry, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
