"""The kinds of publishing system a world can have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class System:
    """What a system can do and how it behaves. Times are seconds.

    ``lag`` is how long a new object, or a change, is missing from look-ups by key and from lists. ``late`` is how long a
    request may be on its way, ``settle`` how long we wait for that: where it is too short, what is public twice and
    what lacks its photos is asked for only at rest (D2, M1). ``batch`` is how many entries it takes in one request.
    ``rate`` is the way's width in bytes a second, ``trip`` its length.
    """

    drafts: bool = True
    versions: bool = True
    pulls: bool = True
    history: bool = True
    lag: int = 0
    late: tuple[int, int] = (35, 80)
    settle: int = 120
    batch: int = 0
    rate: float = 0.0
    trip: float = 0.0

    @property
    def patient(self) -> bool:
        """Whether we wait for as long as a request may be on its way."""
        return self.settle >= self.late[1] + self.lag


SYSTEMS: Mapping[str, System] = {
    "two-phase with versions": System(),
    "two-phase": System(versions=False),
    "public at once": System(drafts=False, versions=False),
    "public at once with versions": System(drafts=False),
    "two-phase without history": System(versions=False, history=False),
    "two-phase without pulls": System(pulls=False, history=False),
    "public at once without pulls": System(
        drafts=False, versions=False, pulls=False, history=False
    ),
    "laggy look-up": System(lag=35),
    "laggy look-up, public at once": System(drafts=False, versions=False, lag=35),
    "slow way": System(versions=False, rate=4000.0, trip=0.9),
    "slow way, public at once": System(drafts=False, versions=False, rate=4000.0, trip=0.9),
    "settles too soon": System(versions=False, settle=45),
    "settles too soon, public at once": System(drafts=False, versions=False, settle=45),
    "takes several at once": System(rate=4000.0, trip=0.9, batch=5),
    "takes several at once, public at once": System(
        drafts=False, versions=False, rate=4000.0, trip=0.9, batch=5
    ),
}
"""By the names that a failing seed prints."""
