"""How it gets out, as rows and back: accounts, targets, and the delivery ledger."""

from __future__ import annotations

from typing import Any

import msgspec

from db.rows import Row, from_time, maybe_from, maybe_to, to_time
from editor.domain.blog import Account, AccountState, Role, Target
from editor.problems import Problem
from editor.sync.delivery import Delivery, Held, Op, OpKind, OpState, Phase, Visibility, Wanted

_settings = msgspec.json.Decoder(dict[str, str])
_problem = msgspec.json.Decoder(Problem)


def from_account(account: Account) -> dict[str, Any]:
    """An account's row."""
    return {
        "id": account.id,
        "name": account.name,
        "kind": account.kind,
        "role": account.role.value,
        "state": account.state.value,
        "settings": _json(account.settings),
    }


def to_account(row: Row) -> Account:
    """The account of a row."""
    return Account(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        role=Role(row["role"]),
        state=AccountState(row["state"]),
        settings=_settings.decode(row["settings"]),
    )


def from_target(target: Target) -> dict[str, Any]:
    """A target's row."""
    return {
        "id": target.id,
        "blog": target.blog,
        "account": target.account,
        "name": target.name,
        "settings": _json(target.settings),
        "cover": target.cover,
        "reviews": int(target.reviews),
        "media": target.media,
    }


def to_target(row: Row) -> Target:
    """The target of a row."""
    return Target(
        id=row["id"],
        blog=row["blog"],
        account=row["account"],
        name=row["name"],
        settings=_settings.decode(row["settings"]),
        cover=row["cover"],
        reviews=bool(row["reviews"]),
        media=row["media"],
    )


def from_delivery(delivery: Delivery) -> dict[str, Any]:
    """A delivery's row. ``unsettled`` repeats what the value says, so that the few open ones have an index."""
    wanted, held = delivery.wanted, delivery.held
    return {
        "entry": delivery.entry,
        "target": delivery.target,
        "wanted_revision": wanted.revision,
        "wanted_visibility": wanted.visibility.value,
        "not_before": maybe_from(wanted.not_before),
        "held_revision": held.revision,
        "held_visibility": held.visibility.value,
        "ref": held.ref,
        "version": held.version,
        "url": held.url,
        "digest": held.digest,
        "phase": delivery.phase.value,
        "attempts": delivery.attempts,
        "next_try": maybe_from(delivery.next_try),
        "problem": None if delivery.problem is None else _json(delivery.problem),
        "unsettled": int(not delivery.settled),
        "held_text_only": int(held.text_only),
        "held_due": maybe_from(held.due),
    }


def to_delivery(row: Row) -> Delivery:
    """The delivery of a row."""
    return Delivery(
        entry=row["entry"],
        target=row["target"],
        wanted=Wanted(
            revision=row["wanted_revision"],
            visibility=Visibility(row["wanted_visibility"]),
            not_before=maybe_to(row["not_before"]),
        ),
        held=Held(
            revision=row["held_revision"],
            visibility=Visibility(row["held_visibility"]),
            ref=row["ref"],
            version=row["version"],
            url=row["url"],
            digest=row["digest"],
            text_only=bool(row["held_text_only"]),
            due=maybe_to(row["held_due"]),
        ),
        phase=Phase(row["phase"]),
        attempts=row["attempts"],
        next_try=maybe_to(row["next_try"]),
        problem=to_problem(row["problem"]),
    )


def from_op(op: Op) -> dict[str, Any]:
    """A write-ahead row, without its number."""
    return {
        "entry": op.entry,
        "target": op.target,
        "kind": op.kind.value,
        "revision": op.revision,
        "visibility": op.visibility.value,
        "digest": op.digest,
        "sent": from_time(op.sent),
        "state": op.state.value,
        "error": op.error,
        "steady": op.steady,
        "settle": op.settle,
        "text_only": int(op.text_only),
    }


def to_op(row: Row) -> Op:
    """The request of a write-ahead row."""
    return Op(
        id=row["id"],
        entry=row["entry"],
        target=row["target"],
        kind=OpKind(row["kind"]),
        revision=row["revision"],
        visibility=Visibility(row["visibility"]),
        digest=row["digest"],
        sent=to_time(row["sent"]),
        state=OpState(row["state"]),
        error=row["error"],
        steady=row["steady"],
        settle=row["settle"],
        text_only=bool(row["text_only"]),
    )


def to_problem(text: str | None) -> Problem | None:
    """A problem from its column."""
    return None if text is None else _problem.decode(text)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
