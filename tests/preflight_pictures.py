"""The picture of the list above the foot, light and dark side by side, with the drawer."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk.protecting import protect
from editor.desk.release import publish
from editor.desk.writing import new_entry
from editor.domain.ids import BlogId, EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.ui.main_window import MainWindow

WORDS = "Two witnesses say the pumping station at the old bridge has stopped. Nobody could be reached there."


def unfinished(newsroom: Newsroom, blog: BlogId, photo: Photo) -> EntryId:
    """An entry with much to mend, on a claim that nobody could confirm, from a source that is protected."""
    room = newsroom.room
    told = Content(headline="Pumps said to have stopped", body=(Text(text=WORDS),))
    (before,) = new_entry(room, blog, told).entries
    publish(room, before)
    content = replace(
        told,
        unverified=True,
        embargo=room.clock.now() + timedelta(hours=2),
        body=(
            *told.body,
            replace(photo, alt="", caption="The pumping station, this morning", credit=""),
            Quote(text="We heard them fall silent, one after the other."),
            Story(url="http://example.org/pumps", headline="How the pumps work"),
        ),
    )
    (entry,) = new_entry(room, blog, content).entries
    protect(room, entry, True)
    return entry


def take(profile: Profile) -> None:
    """Takes the picture of the whole window with the list and the details open."""
    from tests import pictures

    with Newsroom(profile) as newsroom:
        newsroom.make_sample()
        (blog,) = (row.id for row in newsroom.views.blogs())
        entry = unfinished(newsroom, blog, pictures._photo(newsroom, profile))

        def shown(window: MainWindow) -> None:
            window.show_blog(blog)
            window.timeline.list.select(entry)
            window.open_entry(entry, focus=False)
            window.registry.run("entry.details")
            window.registry.run("entry.problems")
            pictures._keep_looks(window, window, "preflight", pictures._light_and_dark(window))

        pictures._with_window(newsroom, shown)
