"""The one word that a list says of an entry: a pure rule over where people left it and what its targets hold."""

from __future__ import annotations

from collections.abc import Iterable

from editor.domain.entry import Stage
from editor.sync.delivery import Phase
from editor.views import Badge


def badge(
    stage: Stage,
    *,
    waits_for_desk: bool = False,
    returned: bool = False,
    corrected: bool = False,
    phases: Iterable[Phase] = (),
    in_flight: bool = False,
    unseen: bool = False,
) -> Badge:
    """The entry's word. What needs a person comes first, then what is on its way, then where it stands.

    ``waits_for_desk``: a revision is submitted, be it the first or a change to a public entry. ``returned``: the desk
    sent the last submission back. ``phases``: those of the deliveries that are not settled, without those that wait for
    nothing but photos. ``in_flight``: a request is out at this moment. ``unseen``: no target ever showed it to readers,
    as when the account that it waited for was removed.
    """
    unsettled = set(phases)
    if Phase.CONFLICT in unsettled:
        return Badge.CONFLICT
    if Phase.REFUSED in unsettled:
        return Badge.REFUSED
    if in_flight and unsettled and stage is not Stage.DRAFT:
        return Badge.SENDING
    if stage is Stage.WITHDRAWN:
        return Badge.WITHDRAWN
    if stage is Stage.RETURNED or returned:
        return Badge.RETURNED
    if stage is Stage.SCHEDULED:
        return Badge.SCHEDULED
    if unsettled and stage is not Stage.DRAFT:
        return Badge.QUEUED
    if stage is Stage.SUBMITTED or waits_for_desk:
        return Badge.IN_REVIEW
    if stage is Stage.PUBLISHED and unseen:
        return Badge.QUEUED
    if stage is Stage.PUBLISHED:
        return Badge.CORRECTED if corrected else Badge.PUBLISHED
    return Badge.DRAFT
