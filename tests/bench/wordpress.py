"""What publishing to a real WordPress costs: against a bare loop of the very same requests, in bytes, and a poll."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
from msgspec.structs import replace as with_fields

from editor.backends.wordpress import WordPress as Kind
from editor.content.blocks.text import Text
from editor.content.entry import Content, encode
from editor.desk import accounts, release, writing
from editor.desk.blogs import LOCAL, add_blog
from editor.domain.blog import Account, Blog, Target
from editor.domain.ids import AccountId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.sync.backend import Backend
from editor.sync.delivery import Phase
from editor.sync.engine import Engine
from editor.web.session import Session
from tests.backends.opening import BLOG, TARGET
from tests.bench.figures import Figure, percentile
from tests.real.sites import shared
from tests.real.wordpress import WordPress

ENTRIES = 100
ROUNDS = 5
POLLED = 1_000
SENTENCES = (
    "The gauge under the eastern arch read seven metres when the crews came back.",
    "Boats with pumps are **on their way** from [the county depot](https://depot.example.org/pumps).",
    "مستوى النهر يرتفع ببطء منذ الصباح.",
    "A shelter is open in the school by the market; bring blankets.",
)
WORDS = "\n\n".join(" ".join(SENTENCES[n:] + SENTENCES[:n]) for n in range(4))
"""Some 180 words: an update of the longer kind."""


def measure_wordpress(folder: Path) -> list[Figure]:
    """The engine over a store on disk, and a bare loop with httpx, in turns on the same site."""
    site = shared("mariadb", "fpm")
    ours, bare = [], []
    for number in range(ROUNDS + 1):
        with _recorded() as sent, _newsroom(folder / str(number), site) as engine:
            took = _seconds(engine.run_pass)
            assert _published(site) == ENTRIES, "not everything was published"
        again = _bare(site, sent)
        assert _published(site) == ENTRIES, "the bare loop did something else"
        if number:  # the first round warms both
            ours.append(took)
            bare.append(again)
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    base = percentile(bare, 50)
    figures = [
        Figure(
            f"{ENTRIES} entries to WordPress",
            base * percentile(ratios, 50),
            "s",
            base=base,
            ratio=1.15,
            beside="bare POSTs",
        )
    ]
    return figures + _bytes(folder / "bytes", site) + _poll(folder / "poll", site)


@contextmanager
def _newsroom(
    folder: Path, site: WordPress, address: str = "", count: int = ENTRIES
) -> Iterator[Engine]:
    """A laptop with so many released entries for the site, which is emptied before."""
    site.reset()
    kind = Kind()
    user = site.users["desk"]

    def opened(blog: Blog, target: Target, account: Account) -> Backend:
        return kind.open(blog, target, account.settings, user.app_password)

    with Newsroom(Profile(folder)) as newsroom:
        room = newsroom.room
        (blog,) = add_blog(room, headline="Bench").blogs
        there = address or site.url
        settings = {"address": there, "rest": f"{there}/wp-json/", "user": user.name}
        accounts.add_account(room, kind="wordpress", name="wordpress", settings=settings)
        accounts.add_target(room, blog, AccountId("wordpress"), settings={})
        for number in range(count):
            content = Content(headline=f"Update {number}", body=(Text(text=WORDS),))
            (entry,) = writing.new_entry(room, blog, content).entries
            release.publish(room, entry)
        with newsroom.store.write() as tx:
            for each in tx.entries(blog):
                for row in tx.deliveries(each.id):
                    if tx.target(row.target).account == LOCAL:
                        # the folder on this laptop is another figure's
                        tx.put_delivery(with_fields(row, phase=Phase.REFUSED))
        chance = random.Random(1).random
        yield Engine(newsroom.store, room.shelf, opened, room.clock, room.ids, chance)


def _seconds(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _published(site: WordPress) -> int:
    return sum(post["status"] == "publish" for post in site.posts())


@contextmanager
def _recorded() -> Iterator[list[tuple[str, str, dict[str, Any]]]]:
    """What the program posts, with the address of each."""
    sent: list[tuple[str, str, dict[str, Any]]] = []
    send = Session.send

    def recording(self: Session, method: str, path: str, **given: Any) -> Any:
        if method == "POST" and path.startswith("wp/v2/posts"):
            sent.append((path, self._url("", given.get("query")).partition("?")[2], given["json"]))
        return send(self, method, path, **given)

    Session.send = recording  # type: ignore[method-assign]
    try:
        yield sent
    finally:
        Session.send = send  # type: ignore[method-assign]


def _bare(site: WordPress, sent: list[tuple[str, str, dict[str, Any]]]) -> float:
    """The very same requests in a loop, with one connection that is kept. What was made gets its numbers anew."""
    site.wipe()
    user = site.users["desk"]
    category = site.call("desk", "POST", "/wp/v2/categories", name="Bench", slug="bench")[1]["id"]
    numbers: dict[str, str] = {}
    auth = (user.name, user.app_password)
    with httpx.Client(auth=auth, trust_env=False, timeout=60) as client:
        begun = time.perf_counter()
        last = ""
        for path, query, body in sent:
            if path == "wp/v2/posts":
                body = {**body, "categories": [category]}
            else:
                path = f"wp/v2/posts/{numbers.setdefault(path, last)}"
            answer = client.post(f"{site.url}/wp-json/{path}?{query}", json=body)
            answer.raise_for_status()
            last = str(answer.json()["id"])
        return time.perf_counter() - begun


def _bytes(folder: Path, site: WordPress) -> list[Figure]:
    """What an entry weighs on the wire, beside what it says."""
    content = len(encode(Content(headline="Update 10", body=(Text(text=WORDS),))))
    with (
        _counting(site.port) as (port, counted),
        _newsroom(folder, site, f"http://127.0.0.1:{port}", count=20) as engine,
    ):
        with _recorded() as sent:
            engine.run_pass()
        bodies = sum(len(msgspec.json.encode(body)) for _, _, body in sent)
    name = "bytes that leave for a text entry"
    return [
        Figure(f"{name}", bodies / 20, "B", base=content, ratio=1.5, beside="content"),
        Figure(f"{name}, headers and all", counted[0] / 20, "B", base=content, beside="content"),
        Figure("bytes that come back for it", counted[1] / 20, "B", base=content, beside="content"),
    ]


def _poll(folder: Path, site: WordPress) -> list[Figure]:
    """A blog of a thousand entries in which nothing changed."""
    site.reset()
    category = site.call("desk", "POST", "/wp/v2/categories", name="Bench", slug="bench")[1]["id"]
    site.php(
        f"for ($i = 0; $i < {POLLED}; $i++) wp_insert_post(['post_title' => \"Update $i\", "
        "'post_content' => '<!-- wp:paragraph --><p>Seven metres.</p><!-- /wp:paragraph -->', "
        "'post_status' => 'publish', 'post_author' => 2, "
        "'post_name' => sprintf('01936f2a-7000-7000-8000-%012d', $i), "
        f"'post_category' => [{category}]]);"
    )
    user = site.users["desk"]
    with _counting(site.port) as (port, counted):
        kind = Kind()
        blog = with_fields(BLOG, slug="bench")
        settings = {"address": f"http://127.0.0.1:{port}", "user": user.name}
        backend = kind.open(blog, TARGET, settings, user.app_password)
        cursor = backend.changes("").cursor
        time.sleep(12)
        cursor = backend.changes(cursor).cursor
        before, asked = sum(counted[:2]), counted[2]
        assert backend.changes(cursor).changed == ()
        backend.close()
        weight, requests = sum(counted[:2]) - before, counted[2] - asked
    return [
        Figure("requests of a poll, 1,000 entries unchanged", requests, "", limit=1),
        Figure("bytes of it, both ways, headers and all", weight, "B", limit=10_000),
    ]


@contextmanager
def _counting(port: int) -> Iterator[tuple[int, list[int]]]:
    """A door in front of the site that counts the bytes in, the bytes out, and the requests."""
    counted = [0, 0, 0]
    door = socket.create_server(("127.0.0.1", 0))

    def carry(one: socket.socket, other: socket.socket, which: int) -> None:
        try:
            while data := one.recv(65536):
                counted[which] += len(data)
                if which == 0:
                    counted[2] += data.count(b" HTTP/1.1\r\n")
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            other.close()

    def serve() -> None:
        while True:
            try:
                client, _ = door.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", port))
            for one, other, which in ((client, server, 0), (server, client, 1)):
                threading.Thread(target=carry, args=(one, other, which), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield door.getsockname()[1], counted
    finally:
        door.close()
