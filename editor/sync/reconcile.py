"""What a look at a target means: our own request that arrived, or did not, or a change that others made there. Pure.

Texts are told apart by their digests, never by times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as replaced

from msgspec.structs import replace

from editor.domain.ids import RevisionId
from editor.problems import Problem
from editor.sync.backend import Found
from editor.sync.delivery import Delivery, Held, Op, OpKind, OpState, Phase, Visibility, Wanted
from editor.sync.intent import OFF, rested, too_late
from editor.sync.plan import landing_for

GONE = "remote-gone"
UNPUBLISHED = "remote-unpublished"
TAKEN_DOWN = "taken-down"
"""The problem of a row of which a person said that it may well be gone there."""
SEND_AGAIN = "send-again"
"""The problem of a row of which a person said that it shall be there again."""


@dataclass(frozen=True)
class Ours:
    """The text of a revision of ours, whole or without its photos."""

    revision: RevisionId
    text_only: bool = False


@dataclass(frozen=True)
class Seen:
    """What a look came to: the row, its last request's state, and what others did there, if they did anything.

    ``theirs`` is what they left; ``revision`` the one of ours whose text that is, None for a text of their own. ``late``
    says that an older text of ours was taken for a late request, so that the newer one goes over it.
    """

    row: Delivery
    state: OpState
    theirs: Found | None = None
    revision: RevisionId | None = None
    late: bool = False


def reconcile(
    row: Delivery,
    op: Op | None,
    found: Found | None,
    ours: Mapping[str, RevisionId],
    steady: float,
    *,
    guarded: bool = False,
) -> Seen:
    """The row and its last request after a look at the target.

    ``ours`` names the entry's revisions by their digests. A revision's text without its photos is ours only where we know
    that we left it so: somebody else may have taken a photo out for good reason. A text of ours that is older
    than what we know to be there is a late request of our own while one may still have been on its way, and somebody's
    choice after that; where version tokens ``guarded`` the object, no late request can have changed it.
    """
    lost = _not_applied(row, op)
    if found is None or found.held.visibility in OFF:
        seen = _gone(row, op, None if found is None else found.held)
        # a text of theirs that lies in the bin may be replaced by what comes after
        strange = found is not None and found.held.digest and not _whose(row, op, found.held, ours)
        return replaced(seen, theirs=found) if strange else seen
    whose = _whose(row, op, found.held, ours)
    if whose is None and found.held.digest:
        return Seen(_bound(row, found.held), lost, found)
    held = _as_ours(found.held, whose)
    if row.wanted.visibility in OFF:
        return Seen(_bound(row, held), lost)
    if op is not None and _is_applied(op, held):
        return Seen(rested(too_late(_bound(row, held))), OpState.CONFIRMED)
    published = held.visibility is Visibility.PUBLIC and row.wanted.visibility is Visibility.DESK
    if whose is not None and published:
        return Seen(_bound(row, held), lost, found, whose.revision)
    bare = held.digest == row.held.digest and held.version != row.held.version
    if bare and op is not None and may_hold_whole(row.held, op):
        # somebody took the photo out of the whole
        return Seen(_bound(row, found.held), lost, found)
    if _same(row.held, held):
        return Seen(_bound(row, held), lost)
    if row.held.due is not None and _is_wanted(row, held):
        # it made it public by itself, when the time had come
        return Seen(_bound(row, held), lost)
    if op is not None and not _waits(op) and _is_hidden(row, held):
        # we turn nothing public into a draft: it was the desk, however soon after us
        return Seen(_conflict(row, held, UNPUBLISHED), lost)
    if op is not None and _may_be_late(op, steady) and not (guarded and row.held.ref):
        return Seen(_bound(row, held), lost, late=bool(row.held.ref))
    if whose is None or not row.held.ref or _is_wanted(row, held):
        return Seen(_bound(row, held), lost)
    if row.held.visibility is Visibility.PUBLIC and held.visibility is not Visibility.PUBLIC:
        return Seen(_conflict(row, held, UNPUBLISHED), lost)
    return Seen(_bound(row, held), lost, found, whose.revision)


def _gone(row: Delivery, op: Op | None, held: Held | None) -> Seen:
    """There is nothing, or what there is lies in the bin."""
    lost = _not_applied(row, op)
    if row.wanted.visibility in OFF:
        if held is None:
            held = Held()
            taken = op is not None and op.kind is OpKind.WITHDRAW
            return Seen(_bound(row, held), OpState.CONFIRMED if taken else lost)
        wanted = row.wanted
        held = replace(held, revision=wanted.revision, visibility=wanted.visibility)
        return Seen(_bound(row, held), OpState.CONFIRMED)
    said = row.problem.code if row.problem is not None else ""
    if said == TAKEN_DOWN:
        held = held or Held()
        return Seen(_bound(replace(row, wanted=Wanted(visibility=held.visibility)), held), lost)
    if said == SEND_AGAIN and row.held.ref:
        # what we knew is gone; looked for by its key before it is made anew
        return Seen(replace(row, held=Held(), next_try=None), lost)
    if said == SEND_AGAIN:
        # a bin may stay shut: what lies there is left, and it is made anew
        return Seen(_bound(row, Held()), lost)
    if op is not None and op.kind is OpKind.WITHDRAW and _waits(op):
        # gone by our own request, and wanted again since
        return Seen(_bound(row, Held()), OpState.CONFIRMED)
    if row.held.ref or held is not None:
        # what we knew is gone, and not by us: it is never made again without a person
        return Seen(_conflict(row, held or Held(), GONE), lost)
    return Seen(_bound(row, Held()), lost)


def _whose(row: Delivery, op: Op | None, held: Held, ours: Mapping[str, RevisionId]) -> Ours | None:
    """The revision of ours that was found. The same words may be several revisions: the one just sent comes first."""
    if not held.digest:
        return None
    if op is not None and held.digest == op.digest and op.revision is not None:
        return Ours(op.revision, op.text_only)
    if held.digest == row.held.digest and row.held.revision is not None:
        return Ours(row.held.revision, row.held.text_only)
    revision = ours.get(held.digest)
    return None if revision is None else Ours(revision)


def _as_ours(held: Held, whose: Ours | None) -> Held:
    if whose is None:
        return held
    return replace(held, revision=whose.revision, text_only=whose.text_only)


def _waits(op: Op) -> bool:
    """Whether nobody knows yet what became of it."""
    return op.state in (OpState.IN_FLIGHT, OpState.AMBIGUOUS)


def _is_applied(op: Op, held: Held) -> bool:
    if not _waits(op):
        return False
    return held.digest == op.digest and held.visibility is op.visibility


def may_hold_whole(known: Held, op: Op) -> bool:
    """Whether a target where we left a text without its photos may hold all of it: that was sent, and got no answer."""
    whole = known.text_only and not op.text_only and op.revision == known.revision
    return whole and op.state is OpState.AMBIGUOUS


def _is_wanted(row: Delivery, held: Held) -> bool:
    wanted = row.wanted
    return (wanted.revision, wanted.visibility) == (held.revision, held.visibility)


def _is_hidden(row: Delivery, held: Held) -> bool:
    """Whether the very words that we knew to be public are seen by the desk alone now, and nobody here wants that."""
    known, public = row.held, Visibility.PUBLIC
    was = known.visibility is public and known.digest == held.digest
    return was and held.visibility is not public and row.wanted.visibility is public


def _same(known: Held, held: Held) -> bool:
    return (known.digest, known.visibility) == (held.digest, held.visibility)


def _may_be_late(op: Op, steady: float) -> bool:
    """Whether an older request of ours may have landed since: within the time that one may take."""
    return _waits(op) or landing_for(op, steady) > 0


def _not_applied(row: Delivery, op: Op | None) -> OpState:
    """Void, or superseded where something else is wanted by now."""
    wanted = row.wanted
    taken = op is not None and op.visibility in OFF
    if op is None or (op.revision == wanted.revision and taken == (wanted.visibility in OFF)):
        return OpState.VOID
    return OpState.SUPERSEDED


def _bound(row: Delivery, held: Held) -> Delivery:
    # attempts stay until something is confirmed, so that a target that answers nonsense is asked ever less often
    return rested(replace(row, held=held, phase=Phase.PENDING, problem=None, next_try=None))


def _conflict(row: Delivery, held: Held, code: str) -> Delivery:
    return replace(row, held=held, phase=Phase.CONFLICT, problem=Problem(code=code), next_try=None)
