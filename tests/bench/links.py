"""How long it takes to tell whose post an address is: it is done at every paste and every look at a paragraph."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from editor.content.networks import recognise
from tests.bench.figures import Figure
from tests.content.addresses import look_alikes, posts

ROUNDS = 40
MICROSECONDS = 1e6
LIMIT = 20.0


def measure_links() -> list[Figure]:
    """Microseconds an address, the best of many rounds, beside a bare ``urlsplit`` of the same addresses."""
    figures = []
    for name, urls in (
        ("post recognised", [pasted for pasted, _, _ in posts()]),
        ("look-alike passed by", look_alikes()),
    ):
        for url in urls:
            recognise(url)
        own, bare = [], []
        for turn in range(ROUNDS):
            # urlsplit remembers what it has split; no address is asked twice
            own.append(_seconds(recognise, [f"{url}#{turn}" for url in urls]))
            bare.append(_seconds(_split, [f"{url}#b{turn}" for url in urls]))
        each = MICROSECONDS / len(urls)
        best, base = min(own) * each, min(bare) * each
        figures.append(Figure(name, best, "us", base=base, limit=LIMIT, beside="urlsplit"))
    return figures


def _split(url: str) -> object:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _seconds(what: object, urls: list[str]) -> float:
    assert callable(what)
    begun = time.thread_time()
    for url in urls:
        what(url)
    return time.thread_time() - begun
