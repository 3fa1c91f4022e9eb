from __future__ import annotations

from itertools import product

import pytest

from editor.badge import badge
from editor.domain.entry import Stage
from editor.sync.delivery import Phase
from editor.views import Badge


@pytest.mark.parametrize(
    ("stage", "facts", "expected"),
    [
        (Stage.DRAFT, {}, Badge.DRAFT),
        (Stage.DRAFT, {"phases": [Phase.PENDING]}, Badge.DRAFT),  # a recalled draft is taken back
        (Stage.DRAFT, {"phases": [Phase.REFUSED]}, Badge.REFUSED),
        (Stage.SUBMITTED, {"waits_for_desk": True}, Badge.IN_REVIEW),
        (Stage.SUBMITTED, {"phases": [Phase.PENDING]}, Badge.QUEUED),
        (Stage.SUBMITTED, {"phases": [Phase.IN_DOUBT], "in_flight": True}, Badge.SENDING),
        (Stage.RETURNED, {}, Badge.RETURNED),
        (Stage.RETURNED, {"phases": [Phase.PENDING]}, Badge.RETURNED),
        (Stage.SCHEDULED, {"phases": [Phase.PENDING]}, Badge.SCHEDULED),
        (Stage.SCHEDULED, {"phases": [Phase.IN_DOUBT], "in_flight": True}, Badge.SENDING),
        (Stage.PUBLISHED, {}, Badge.PUBLISHED),
        (Stage.PUBLISHED, {"unseen": True}, Badge.QUEUED),
        (Stage.SCHEDULED, {"unseen": True}, Badge.SCHEDULED),
        (Stage.PUBLISHED, {"corrected": True}, Badge.CORRECTED),
        (Stage.PUBLISHED, {"corrected": True, "phases": [Phase.PENDING]}, Badge.QUEUED),
        (Stage.PUBLISHED, {"phases": [Phase.IN_DOUBT]}, Badge.QUEUED),
        (Stage.PUBLISHED, {"phases": [Phase.IN_DOUBT], "in_flight": True}, Badge.SENDING),
        (Stage.PUBLISHED, {"waits_for_desk": True}, Badge.IN_REVIEW),
        (Stage.PUBLISHED, {"returned": True}, Badge.RETURNED),
        (Stage.WITHDRAWN, {}, Badge.WITHDRAWN),
        (Stage.WITHDRAWN, {"phases": [Phase.PENDING]}, Badge.WITHDRAWN),
        (Stage.WITHDRAWN, {"phases": [Phase.REFUSED]}, Badge.REFUSED),
    ],
)
def test_an_entry_says_where_it_is(stage: Stage, facts: dict[str, object], expected: Badge) -> None:
    assert badge(stage, **facts) is expected  # type: ignore[arg-type]


def test_what_needs_a_person_comes_before_everything_else() -> None:
    for stage, other in product(Stage, Phase):
        expected = Badge.CONFLICT if other is Phase.CONFLICT else Badge.REFUSED
        for yes in (False, True):
            found = badge(
                stage,
                waits_for_desk=yes,
                returned=yes,
                corrected=yes,
                phases=[Phase.REFUSED, other],
                in_flight=yes,
            )
            assert found is expected
