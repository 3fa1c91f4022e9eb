"""What a profile allows, for the window and the commands alike: whether posts may be looked up, and newer versions asked for.

A look-up tells a network from where, and on what, somebody works. So nothing is looked up that nobody asked for, unless
the profile says so; and what cannot be read allows nothing.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

import msgspec


class Fetching(StrEnum):
    """When a post or a story may be looked up."""

    NEVER = "never"
    ASKED = "asked"
    AT_ONCE = "at-once"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The choices of one profile. ``updates`` is whether newer versions are asked for, ``updates_from`` where, if not where
    this copy of the program came from.
    """

    fetching: Fetching = Fetching.ASKED
    updates: bool = False
    updates_from: str = ""

    def may_fetch(self, *, asked: bool) -> bool:
        """Whether something may be looked up now: because a person asked for it, or as soon as its address is there."""
        return self.fetching is Fetching.AT_ONCE or (asked and self.fetching is Fetching.ASKED)


def load_settings(path: Path) -> Settings:
    """The settings in a profile's file (``Profile.choices``); the usual ones where there is no file yet."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Settings(fetching=Fetching.NEVER)


def save_settings(path: Path, settings: Settings) -> None:
    """Keeps the settings whole, or not at all. Raises ``OSError``."""
    write_whole(path, settings)


def write_whole(path: Path, value: msgspec.Struct) -> None:
    """Writes a value as JSON, whole or not at all, for its owner only. Raises ``OSError``."""
    new = path.with_name(f"{path.name}.new")
    new.touch(mode=0o600)
    with new.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(value)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
