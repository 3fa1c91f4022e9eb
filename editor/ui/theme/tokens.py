"""The design's colours, light and dark: nothing in the window takes a colour from elsewhere.

Every text colour reaches a contrast of 4.5:1 (WCAG 2.2, 1.4.3) on every ground it is used on; a test holds that.
"""

from __future__ import annotations

import msgspec


class Colours(msgspec.Struct, frozen=True, kw_only=True):
    """One set of colours, as ``#rrggbb``."""

    paper: str
    surface: str
    sunken: str
    line: str
    line_strong: str
    ink: str
    ink_2: str
    ink_3: str
    accent: str
    accent_soft: str
    on_accent: str
    live: str
    live_soft: str
    amber: str
    amber_soft: str
    green: str
    green_soft: str
    violet: str
    violet_soft: str
    add: str
    remove: str

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Every colour's name."""
        return cls.__struct_fields__


LIGHT = Colours(
    paper="#FBFAF7",
    surface="#FFFFFF",
    sunken="#F3F1EC",
    line="#E2DED6",
    line_strong="#C9C3B8",
    ink="#1B1B1A",
    ink_2="#55524C",
    ink_3="#6E6A62",
    accent="#1D5FA8",
    accent_soft="#E6EFF9",
    on_accent="#FFFFFF",
    live="#B3122B",
    live_soft="#FBE9EC",
    amber="#8A5A00",
    amber_soft="#FFF3D6",
    green="#1B6B3A",
    green_soft="#E4F3E8",
    violet="#6A3EA1",
    violet_soft="#F0E9F9",
    add="#DDF3E2",
    remove="#FBE3E3",
)

DARK = Colours(
    paper="#161719",
    surface="#1E2023",
    sunken="#131416",
    line="#2E3136",
    line_strong="#454A52",
    ink="#ECEAE6",
    ink_2="#B4B1AA",
    ink_3="#9A978F",
    accent="#7DB3F0",
    accent_soft="#1F3148",
    on_accent="#10151C",
    live="#FF6B7E",
    live_soft="#3B1C22",
    amber="#F2BE5C",
    amber_soft="#3A2E14",
    green="#7CCB95",
    green_soft="#1B3324",
    violet="#BFA0EA",
    violet_soft="#2C2340",
    add="#1C3B27",
    remove="#43232A",
)

GROUNDS = ("paper", "surface", "sunken", "accent_soft", "amber_soft")
INKS = ("ink", "ink_2", "ink_3")
TINTS = ("accent", "live", "amber", "green", "violet")


def text_pairs() -> tuple[tuple[str, str], ...]:
    """Every (text, ground) pair the window uses."""
    inks = [(ink, ground) for ink in INKS for ground in GROUNDS]
    tints = [(tint, f"{tint}_soft") for tint in TINTS]
    plain = [(tint, ground) for tint in TINTS for ground in ("paper", "surface", "sunken")]
    changes = [("ink", "add"), ("ink", "remove"), ("on_accent", "accent"), ("paper", "ink")]
    return (*inks, *tints, *plain, *changes)
