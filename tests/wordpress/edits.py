"""A post with everything in it, and how an editor's hand changes its markup, as the web editor writes that."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from editor.backends._wordpress_grammar import pieces
from editor.backends._wordpress_marks import mark_of
from editor.backends._wordpress_reading import Read, read
from editor.backends._wordpress_writing import page_of, write
from editor.content.block import Block
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.content.kept import Medium
from editor.sync.delivery import Correction
from tests.wordpress.test_round_trip import KEY, NOON, dispatch, shots

TEXT = Text(text="The gate is shut.\n\nThe *pumps* run.")
LISTED = Text(text="## What is known\n\nTwo roads are closed.\n\n1. Mill road\n2. Old quay")
QUOTE = Quote(
    text="We close the gate at six.",
    speaker="A lock keeper",
    role="water board",
    how="by radio",
    source="https://waterboard.example/notes/7",
    place="Old quay",
)
PHOTO = Photo(
    asset="a" * 64, alt="Sandbags", caption="The quay at noon.", credit="Field team A", width=640
)
CARD = Social(
    url="https://social.example/@gauges/113456789012345678",
    network="mastodon",
    author="River gauges",
    text="Gauge 7: 4.12 m.",
    captured=NOON,
    media=(Medium(alt="A gauge under water"),),
)
STORY = Story(url="https://paper.example/dam", headline="How the dam was built", outlet="The Paper")
WHOLE = Content(
    headline="Water at the gate",
    time=NOON,
    byline=("Field desk", "Photo desk"),
    labels=("Roads",),
    unverified=True,
    body=(TEXT, QUOTE, PHOTO, LISTED, CARD, STORY),
)
TABLE = (
    '<!-- wp:table -->\n<figure class="wp-block-table"><table class="has-fixed-layout"><tbody><tr>'
    "<td>Gauge &amp; place</td><td>4.1 m</td></tr></tbody></table></figure>\n<!-- /wp:table -->"
)
GALLERY = (
    '<!-- wp:gallery {"linkTo":"none"} -->\n<figure class="wp-block-gallery has-nested-images">'
    '<!-- wp:image {"id":91,"sizeSlug":"large"} -->\n<figure class="wp-block-image size-large">'
    '<img src="https://news.example/u/91.jpg" alt="" class="wp-image-91"/></figure>\n'
    "<!-- /wp:image --></figure>\n<!-- /wp:gallery -->"
)
FILM = (
    '<!-- wp:embed {"url":"https://films.example/watch?v=1\\u0026t=2","type":"video"} -->\n'
    '<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">\n'
    "https://films.example/watch?v=1&amp;t=2\n</div></figure>\n<!-- /wp:embed -->"
)
GROUP = (
    '<!-- wp:group {"layout":{"type":"constrained"}} -->\n<div class="wp-block-group">'
    "<!-- wp:paragraph -->\n<p>In a box.</p>\n<!-- /wp:paragraph --></div>\n<!-- /wp:group -->"
)
FRAME = (
    '<!-- wp:html -->\n<iframe src="https://maps.example/?a=1&b=2" onload="x()"></iframe>\n'
    "<!-- /wp:html -->"
)
SHORTCODE = "<!-- wp:shortcode -->\n[countdown to='noon']\n<!-- /wp:shortcode -->"
LATEST = '<!-- wp:latest-posts {"postsToShow":3} /-->'
MADE_THERE = {
    "a table": TABLE,
    "a gallery": GALLERY,
    "a film of a provider that we do not know": FILM,
    "a group": GROUP,
    "HTML with a frame": FRAME,
    "a shortcode": SHORTCODE,
    "a block without words": LATEST,
}


def post_of(content: Content, *corrections: Correction) -> str:
    """What Dateline writes."""
    sent = msgspec.structs.replace(dispatch(content), corrections=corrections)
    return write(sent, mark_of(KEY, content, (3,), False), shots(content), embeds=False)


def back(post: str, title: str = "Water at the gate") -> Content:
    """What is read of it."""
    there = whole(post, title)
    assert there.content is not None
    return there.content


def whole(post: str, title: str = "Water at the gate") -> Read:
    return read(title, post, page_of(dispatch(WHOLE)))


def change(post: str, old: str, new: str) -> str:
    assert post.count(old) == 1, old
    return post.replace(old, new)


def at(post: str, words: str) -> str:
    """The block in which these words stand."""
    (found,) = [piece.source for piece in pieces(post) if words in piece.html]
    return found


def taking(content: Content, number: int, *others: Block) -> Content:
    """The content with other blocks in the place of one."""
    return replace(content, body=(*content.body[:number], *others, *content.body[number + 1 :]))
