"""The story link's widget: a related story, typed or filled from its page."""

from __future__ import annotations

from typing import ClassVar

from editor.content.block import Block
from editor.content.blocks.story import Story
from editor.ui.blocks.base import BlockWidget, Offer, Setting
from editor.ui.blocks.fields import FramedEdit, Line
from editor.ui.blocks.form import Form


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
        self.inside.addWidget(self.form)
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

    def focus_at(self, where: int) -> None:
        self.form.focus_first() if where > 0 else self.form.focus_last()

    def set_read_only(self, on: bool) -> None:
        self.form.set_read_only(on)


WIDGET = StoryBlock
