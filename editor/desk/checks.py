"""What preflight looks for that a newsroom may weigh differently, and how much each weighs where its blog says nothing.

What shuts readers out stops an entry: a photo that says nothing to those who cannot see it. All else is told and lets a
correspondent under pressure go on. A check whose absence would send nothing, or nonsense (an
empty entry, an address that is none), is not in the table and cannot be changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec.structs import replace

from editor.problems import Problem, Severity, refuse

_STOPS, _WARNS = Severity.ERROR, Severity.WARNING

USUAL: Mapping[str, Severity] = MappingProxyType(
    {
        "photo-without-alt": _STOPS,
        "photo-without-credit": _WARNS,
        "alt-like-caption": _WARNS,
        "alt-like-file-name": _WARNS,
        "alt-too-long": _WARNS,
        "quote-without-speaker": _WARNS,
        "link-not-https": _WARNS,
        "claim-unverified": _WARNS,
        "time-ahead": _WARNS,
        "embargo-set": _WARNS,
        "text-twice": _WARNS,
        "target-without-media": _WARNS,
        "target-without-withdrawal": _WARNS,
        "target-without-drafts": _WARNS,
    }
)
"""By the problem's code, in the order in which they are offered."""


def weighed(problem: Problem, own: Mapping[str, Severity]) -> Problem:
    """The problem as much as it weighs in a blog whose own word on it is in ``own``."""
    usual = USUAL.get(problem.code)
    if usual is None:
        return problem
    weight = own.get(problem.code, usual)
    return problem if problem.severity is weight else replace(problem, severity=weight)


def changed(own: Mapping[str, Severity], wishes: Mapping[str, Severity]) -> Mapping[str, Severity]:
    """A blog's own word on its checks after these wishes; what is usual needs no word.

    Raises ``Refused`` (``no-such-check``) for a code that is not in the table.
    """
    for code in wishes:
        if code not in USUAL:
            raise refuse("no-such-check", field="checks", name=code[:60], known=", ".join(USUAL))
    after = {**own, **wishes}
    return {code: after[code] for code, usual in USUAL.items() if after.get(code, usual) != usual}
