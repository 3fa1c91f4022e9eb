"""What a page may load: its own files, and the frames of posts that a reader asks for.

Entries come to pages that are open, and a policy cannot be changed by then, so every page may frame the networks that
have one home. Of those that live on many hosts a page knows the hosts of the posts that are on it. A post of another
host keeps its link, and gets its button when the page is opened again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from editor.content.frames import ORIGINS

_SELF = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
)
_NOWHERE = "base-uri 'none'; form-action 'none'"
# What people type is escaped, so only a card begins like this.
_FRAMED = re.compile(r'<figure class="post" data-frame="(https://[a-z0-9.-]+)/')


def policy(drawn: Iterable[object]) -> str:
    """The policy of a page with these pieces on it."""
    hosts = {found for piece in drawn if isinstance(piece, str) for found in _FRAMED.findall(piece)}
    others = sorted(hosts.difference(ORIGINS))
    return f"{_SELF}; frame-src {' '.join((*ORIGINS, *others))}; {_NOWHERE}"
