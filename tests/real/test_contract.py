"""The contract of every backend, kept by real WordPresses, as an editor and as an author."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.backends.contract import BackendContract
from tests.backends.opening import Opened
from tests.real.opening import close, complaints, opened
from tests.real.sites import shared
from tests.real.template import Variant

pytestmark = [pytest.mark.real, pytest.mark.slow]
CASES: list[tuple[Variant, str]] = [
    ("sqlite", "desk"),
    ("sqlite", "field"),
    ("mariadb", "desk"),
    ("mariadb", "field"),
]


class TestWordPress(BackendContract):
    @pytest.fixture(params=CASES, ids=" as ".join)
    def opened(self, request: pytest.FixtureRequest) -> Iterator[Opened]:
        variant, user = request.param
        site = shared(variant)
        site.reset()
        made = opened(site, user)
        yield made
        close(made)
        assert complaints(site) == []
