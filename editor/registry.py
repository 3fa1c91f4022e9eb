"""The kinds of publishing system: every module of ``editor.backends`` that names a ``BACKEND``. The folder is the list.

A module is imported when its kind is asked for, so that a window starts without anybody's HTTP client.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from editor.problems import refuse
from editor.sync.backend import BackendKind

FOLDER = "editor.backends"


def kind_names() -> tuple[str, ...]:
    """The names of all kinds, in the alphabet's order. None of them is imported."""
    found = pkgutil.iter_modules(import_module(FOLDER).__path__)
    return tuple(sorted(module.name for module in found if not module.name.startswith("_")))


class Kinds:
    """Kinds by name. ``BACKEND`` is a kind, or a class of one, which is made once for each ``Kinds``."""

    def __init__(self) -> None:
        self._made: dict[str, BackendKind] = {}

    def known(self, name: str) -> BackendKind | None:
        """The kind of this name where it was asked for before: nothing is imported, so that a window may ask."""
        return self._made.get(name)

    def get(self, name: str) -> BackendKind:
        """The kind of this name. Raises ``Refused`` (``no-such-backend``) where there is none."""
        if name not in self._made:
            if name not in kind_names():
                raise refuse("no-such-backend", field="kind", kind=name)
            made = import_module(f"{FOLDER}.{name}").BACKEND
            self._made[name] = made() if isinstance(made, type) else made
        return self._made[name]
