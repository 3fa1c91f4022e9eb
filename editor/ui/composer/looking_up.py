"""Looking posts and stories up for the entry that is open: what the profile allows, and never where a source is protected."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from editor.ports import Room

if TYPE_CHECKING:
    from editor.desk.embeds import Captured, StoryRead
    from editor.ui.composer.composer import Composer


class LookingUp:
    """``may_fetch`` tells whether anything may be looked up now: asked for by a person (True), or by itself (False)."""

    def __init__(self, composer: Composer, room: Room, may_fetch: Callable[[bool], bool]) -> None:
        self._composer, self._room, self._may_fetch = composer, room, may_fetch

    def at_once(self) -> bool:
        return not self._protected() and self._may_fetch(False)

    def post(self, url: str) -> Callable[[], Captured]:
        from editor.desk.embeds import capture

        return partial(
            capture, self._room, url, protected=self._protected(), allowed=self._may_fetch(True)
        )

    def again(self, snapshot: str) -> Callable[[], Captured]:
        from editor.desk.embeds import look_again

        return partial(
            look_again,
            self._room,
            snapshot,
            protected=self._protected(),
            allowed=self._may_fetch(True),
        )

    def story(self, url: str) -> Callable[[], StoryRead]:
        from editor.desk.embeds import story

        return partial(story, url, protected=self._protected(), allowed=self._may_fetch(True))

    def _protected(self) -> bool:
        view = self._composer.view
        return view is None or view.entry.protect_source
