"""The story link's widget: a related story, typed or filled from its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from editor.content.block import Block
from editor.content.blocks.story import Story
from editor.ui.blocks.base import BlockWidget, Offer, Setting
from editor.ui.blocks.fields import FramedEdit, Line
from editor.ui.blocks.form import Form
from editor.ui.blocks.looking import LookLine
from editor.ui.messages import sentence

if TYPE_CHECKING:
    from editor.desk.embeds import StoryRead


class StoryBlock(BlockWidget):
    """A related story elsewhere."""

    TYPE: ClassVar[str] = "story"
    TITLE: ClassVar[str] = "Story"
    ICON: ClassVar[str] = "link"
    OFFER: ClassVar[Offer | None] = Offer(5, "Story link", "A related story", "Add a story link")

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        theme = setting.theme
        self._kept = Story()
        self.url = Line(theme, "Address of the story", "https://")
        self.headline = FramedEdit(theme, "Headline of the story")
        self.outlet = Line(theme, "Outlet")
        self.summary = FramedEdit(theme, "Summary of the story")
        self.form = Form(
            theme,
            (
                ("Link", self.url),
                ("Headline", self.headline),
                ("Outlet", self.outlet),
                ("Summary", self.summary),
            ),
        )
        self.look = LookLine(theme)
        self._read_only, self._looked = False, ""
        self.inside.addWidget(self.form)
        self.inside.addWidget(self.look)
        self.look.asked.connect(self._look_up)
        self.url.editingFinished.connect(self._on_address)
        self.form.changed.connect(self.edited)
        self.form.run_closed.connect(self.settled)
        self.form.left.connect(self.left)

    def value(self) -> Block:
        made = Story(
            url=self.url.text().strip(),
            headline=self.headline.text(),
            outlet=self.outlet.text(),
            summary=self.summary.text(),
        )
        if made != self._kept:
            self._kept = made
        return self._kept

    def set_value(self, block: Block, *, follow: bool = False) -> None:
        assert isinstance(block, Story)
        self.url.set_text(block.url)
        self.headline.set_text(block.headline, follow=follow)
        self.outlet.set_text(block.outlet)
        self.summary.set_text(block.summary, follow=follow)
        self._kept = block
        self.aside.setText(block.outlet)
        self._offer()

    def focus_at(self, where: int) -> None:
        self.form.focus_first() if where > 0 else self.form.focus_last()

    def set_read_only(self, on: bool) -> None:
        self._read_only = on
        self.form.set_read_only(on)
        self._offer()

    def address_given(self) -> None:
        self._offer()
        looking = self.setting.looking
        if looking is not None and not self._is_told() and self._can() and looking.at_once():
            self._look_up()

    def _on_address(self) -> None:
        if self.url.text().strip() != self._looked:
            self.address_given()

    def _can(self) -> bool:
        given = self.url.text().strip().startswith(("https://", "http://"))
        return given and self.setting.looking is not None and not self._read_only

    def _is_told(self) -> bool:
        return bool(self.headline.text() or self.outlet.text() or self.summary.text())

    def _offer(self, words: str = "", *, trouble: bool = False) -> None:
        if self.look.busy:
            return
        whole = self.headline.text() and self.outlet.text() and self.summary.text()
        if not self._can() or (whole and not words):
            self.look.say("")
        else:
            self.look.say(words, "Try again" if trouble else "Fill from its page", trouble=trouble)

    def _look_up(self) -> None:
        looking, url = self.setting.looking, self.url.text().strip()
        if looking is None or self.look.busy:
            return
        self._looked = url
        # what was typed up to here is a step of its own
        self.settled.emit()
        self.look.start(
            self.setting.run_in_pool,
            looking.story(url),
            lambda found: self._on_looked(url, found),
            "Looking at the page…",
        )

    def _on_looked(self, url: str, found: StoryRead) -> None:
        story, facts = self.value(), found.facts
        assert isinstance(story, Story)
        if story.url != url or self._read_only:
            self._offer()
            return
        if facts is None:
            self._offer(sentence(found.problem) if found.problem else "", trouble=True)
            return
        made = replace(
            story,
            headline=story.headline or facts.headline,
            outlet=story.outlet or facts.outlet,
            summary=story.summary or facts.summary,
        )
        if made != story:
            self.set_value(made)
            self.edited.emit()
            self.settled.emit()
        self._offer("What was empty is filled from its page.")


WIDGET = StoryBlock
