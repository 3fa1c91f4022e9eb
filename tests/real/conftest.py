"""Real sites, each as new for every test."""

from __future__ import annotations

import pytest

from tests.real.sites import shared
from tests.real.wordpress import WordPress


@pytest.fixture
def wordpress() -> WordPress:
    """WordPress 6.5 on SQLite."""
    site = shared("sqlite")
    site.reset()
    return site


@pytest.fixture
def wordpress_mariadb() -> WordPress:
    """Debian's WordPress on MariaDB."""
    site = shared("mariadb")
    site.reset()
    return site


@pytest.fixture(params=["sqlite", "mariadb"])
def either(request: pytest.FixtureRequest) -> WordPress:
    """The one, then the other."""
    site = shared(request.param)
    site.reset()
    return site
