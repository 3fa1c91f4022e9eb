"""A window over an entry whose texts clash."""

from __future__ import annotations

from tests.ui.conftest import at, offscreen_limits, window

__all__ = ["at", "offscreen_limits", "window"]
