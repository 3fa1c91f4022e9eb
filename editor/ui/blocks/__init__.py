"""The blocks' widgets. This folder is the registry: a module here with a ``WIDGET`` shows the kind it names."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editor.ui.blocks.base import BlockWidget


@cache
def widgets() -> Mapping[str, type[BlockWidget]]:
    """Every widget by the type of block it shows."""
    modules = (
        import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    )
    found = (getattr(module, "WIDGET", None) for module in modules)
    return {widget.TYPE: widget for widget in found if widget is not None}
