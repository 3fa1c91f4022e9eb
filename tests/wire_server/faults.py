"""What goes wrong, and when: a queue for each kind of request, and chance with a seed.

A fault is a dictionary: ``what`` and its numbers.

====================  =============================================================================================
``drop-before``       the connection ends, nothing was done
``drop-after``        it was done, then the connection ends
``late-answer``       it was done, the answer comes after ``seconds``
``late-apply``        the connection ends; it is done after ``seconds``, if ``within`` is not over by then
``hang``              nothing is done and nothing is said for ``seconds``
``refuse``            nothing is done, and nobody can connect for ``seconds``
``status``            ``status`` is answered; with ``applied`` it was done all the same; ``retry_after`` is seconds, or
                      ``"date:SECONDS"`` for a date so far ahead of the server's clock
``portal``            a page in HTML with status 200; with ``applied`` it was done
``redirect``          status ``status`` (302) to ``address``
``half``              it was done, and the answer breaks off in the middle
``garbage``           it was done, and the answer is no JSON
``slow``              the request is read at ``rate`` bytes a second
====================  =============================================================================================

``kind`` is a kind of request, ``reads``, ``writes`` or ``*``. ``times`` (1) is how often it comes, nought for ever;
``called`` is what the record of requests calls it, where that is not ``what``.
"""

from __future__ import annotations

import random
import threading
from typing import Any

Fault = dict[str, Any]
READS = ("hello", "look", "find", "listing", "changes", "versions", "file")


class Faults:
    """What waits to go wrong."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self.seen = 0
        self._queue: list[Fault] = []
        self._chances: list[Fault] = []
        self._random = random.Random(0)

    def add(self, kind: str, what: str, **numbers: Any) -> None:
        """The next ``times`` requests of a kind go wrong so."""
        with self._lock:
            self._queue.append({"kind": kind, "what": what, "times": 1, **numbers})

    def chance(self, kind: str, what: str, share: float, **numbers: Any) -> None:
        """This share of a kind's requests goes wrong so."""
        with self._lock:
            self._chances.append({"kind": kind, "what": what, "share": share, **numbers})

    def seed(self, seed: int) -> None:
        with self._lock:
            self._random = random.Random(seed)

    def clear(self) -> None:
        with self._lock:
            self._queue, self._chances = [], []

    def take(self, kind: str) -> Fault | None:
        """What happens to a request of this kind, which has just come."""
        with self._lock:
            self.seen += 1
            self._lock.notify_all()
            for fault in self._queue:
                if _fits(fault["kind"], kind):
                    fault["times"] -= 1
                    if fault["times"] == 0:
                        self._queue.remove(fault)
                    return fault
            for fault in self._chances:
                if _fits(fault["kind"], kind) and self._random.random() < fault["share"]:
                    return fault
        return None

    def await_request(self, after: int, seconds: float) -> int:
        """Waits until more than ``after`` requests have come; returns how many it were."""
        with self._lock:
            self._lock.wait_for(lambda: self.seen > after, seconds)
            return self.seen


def _fits(wanted: str, kind: str) -> bool:
    match wanted:
        case "*":
            return True
        case "reads":
            return kind in READS
        case "writes":
            return kind not in READS
        case _:
            return wanted == kind
