"""A post that somebody changed in WordPress's editors is read as they left it, and is theirs still after our next change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.sync.backend import Backend, Found
from editor.sync.delivery import Held, MediaFile
from tests.real.entries import backend_at, key, one_photo, page_of, sent
from tests.real.opening import complaints, make_category
from tests.real.sites import shared
from tests.real.wordpress import WordPress
from tests.wordpress.edits import (
    FRAME,
    MADE_THERE,
    PHOTO,
    QUOTE,
    TEXT,
    WHOLE,
    at,
    change,
    taking,
)

pytestmark = [pytest.mark.real, pytest.mark.slow]
both = pytest.mark.parametrize("site", ["sqlite", "mariadb"], indirect=True)
NEW = "<!-- wp:paragraph -->\n<p>The desk has a word.</p>\n<!-- /wp:paragraph -->"
HEADLINE = "Water over the gate"


@dataclass
class Post:
    """A post that Dateline made, and the desk at it in the web editor."""

    site: WordPress
    backend: Backend
    held: Held
    photos: tuple[MediaFile, ...]
    user: str = "desk"

    def raw(self) -> str:
        """Its content as the editor gets it."""
        path = f"/wp/v2/posts/{self.held.ref}?context=edit&_fields=content.raw"
        _, answer = self.site.call("desk", "GET", path)
        found: str = answer["content"]["raw"]
        return found

    def save(self, by: str = "desk", **fields: object) -> None:
        """What the editor's button does."""
        status, answer = self.site.call(by, "POST", f"/wp/v2/posts/{self.held.ref}", **fields)
        assert status == 200, answer

    def look(self) -> Found:
        """What Dateline finds."""
        found = self.backend.find(key(1), self.held)
        assert found is not None
        return found

    def read(self) -> Content:
        content = self.look().content
        assert content is not None
        return content

    def send(self, content: Content) -> Held:
        """Another change by Dateline."""
        dispatch = sent(content, by=self.user, photos=self.photos)
        self.held = self.backend.put(dispatch, self.look().held)
        return self.held


Made = Callable[[str], Post]


@pytest.fixture
def site(request: pytest.FixtureRequest) -> WordPress:
    """WordPress 6.5, or the one that a test names."""
    found = shared(getattr(request, "param", "sqlite"))
    found.reset()
    return found


@pytest.fixture
def made(site: WordPress, tmp_path: Path) -> Iterator[Made]:
    make_category(site)
    backends: list[Backend] = []

    def by(user: str) -> Post:
        content = WHOLE if user != "stringer" else taking(WHOLE, 2)
        backends.append(backend_at(site, user))
        photos = () if user == "stringer" else one_photo(backends[-1], tmp_path, content)
        held = backends[-1].put(sent(content, by=user, photos=photos), Held())
        return Post(site, backends[-1], held, photos, user)

    yield by
    for each in backends:
        each.close()
    assert complaints(site) == []


@pytest.fixture
def post(made: Made) -> Post:
    return made("desk")


def moved(raw: str) -> str:
    quote, photo = at(raw, "We close the gate"), at(raw, "Sandbags")
    raw = change(raw, quote, "<!-- here -->")
    return change(change(raw, photo, quote), "<!-- here -->", photo)


WAYS: dict[str, tuple[Callable[[str], str], Content]] = {
    "words": (
        lambda raw: change(raw, "The gate is shut.", "The gate is open."),
        taking(WHOLE, 0, Text(text="The gate is open.\n\nThe *pumps* run.")),
    ),
    "bold and a link": (
        lambda raw: change(
            raw,
            "The gate",
            'The <strong>gate</strong> at <a href="https://a.example/?b=1&amp;c=2">7</a>',
        ),
        taking(
            WHOLE,
            0,
            Text(
                text="The **gate** at [7](https://a.example/?b=1&c=2) is shut.\n\nThe *pumps* run."
            ),
        ),
    ),
    "a paragraph in the middle": (
        lambda raw: change(raw, at(raw, "Sandbags"), f"{NEW}\n\n{at(raw, 'Sandbags')}"),
        taking(WHOLE, 2, Text(text="The desk has a word."), PHOTO),
    ),
    "a block less": (lambda raw: change(raw, at(raw, "We close"), ""), taking(WHOLE, 1)),
    "the first block less": (
        lambda raw: change(raw, at(raw, "Not verified"), ""),
        replace(WHOLE, unverified=False),
    ),
    "blocks moved": (moved, taking(taking(WHOLE, 2, QUOTE), 1, PHOTO)),
    "a heading": (
        lambda raw: change(raw, "What is known", "What we know"),
        taking(
            WHOLE, 3, Text(text=WHOLE.body[3].text.replace("## What is known", "### What we know"))
        ),
    ),
    "alt text": (
        lambda raw: change(raw, 'alt="Sandbags"', 'alt="Sandbags &amp; \\ pumps"'),
        taking(WHOLE, 2, replace(PHOTO, alt="Sandbags & \\ pumps")),
    ),
    "a caption": (
        lambda raw: change(raw, "The quay at noon.", "The quay."),
        taking(WHOLE, 2, replace(PHOTO, caption="The quay.")),
    ),
    "a quote": (
        lambda raw: change(raw, "We close the gate at six.", "We close at <em>six</em>."),
        taking(WHOLE, 1, replace(QUOTE, text="We close at six.")),
    ),
    "whose words": (
        lambda raw: re.sub("— A lock keeper.*?</cite>", "— The lock keeper</cite>", raw),
        taking(WHOLE, 1, Quote(text=QUOTE.text, speaker="The lock keeper")),
    ),
}


@both
def test_what_the_desk_changes_comes_back_as_our_blocks(post: Post) -> None:
    raw = post.raw()
    for name, (edit, expected) in WAYS.items():
        post.save(content=edit(raw))
        found = post.look()
        assert found.content == expected, name
        assert found.held.digest == digest(expected), name
        assert found.author == "Desk", name
    post.save(content=raw)
    assert post.read() == WHOLE


def test_a_card_that_was_changed_is_a_quote_with_every_word(post: Post) -> None:
    post.save(content=change(post.raw(), "Gauge 7: 4.12 m.", "Gauge 7: 4.2 m."))
    quote = post.read().body[4]
    assert isinstance(quote, Quote)
    assert all(words in quote.text for words in ("4.2 m.", "A gauge under water", "Text kept"))


def test_a_photo_from_the_library_in_the_place_of_ours_is_kept_and_stays(post: Post) -> None:
    other = post.site.php(
        "echo wp_insert_attachment(['post_title' => 'Crowd', 'post_mime_type' => 'image/jpeg']);"
    )
    raw = post.raw()
    block = at(raw, "Sandbags")
    crowd = (
        f'<!-- wp:image {{"id":{other},"sizeSlug":"large","linkDestination":"none"}} -->\n'
        f'<figure class="wp-block-image size-large"><img src="{post.site.url}/u/crowd.jpg"'
        f' alt="A crowd" class="wp-image-{other}"/></figure>\n<!-- /wp:image -->'
    )
    post.save(content=change(raw, block, crowd))
    found = post.read()
    assert found.body[2].fields()["markup"] == crowd
    post.send(replace(found, headline=HEADLINE))
    assert crowd in post.raw()
    assert post.read() == replace(found, headline=HEADLINE)
    assert post.backend.answer.remark is None


@both
def test_what_only_wordpress_knows_is_there_byte_for_byte_after_our_next_change(post: Post) -> None:
    everything = "\n\n".join(MADE_THERE.values())
    raw = post.raw()
    post.save(by="admin", content=change(raw, at(raw, "Sandbags"), f"{everything}\n\n{NEW}"))
    found = post.read()
    kept = [block.fields()["markup"] for block in found.body if block.TYPE == "unknown"]
    assert kept == list(MADE_THERE.values())
    held = post.send(replace(found, headline=HEADLINE))
    after = post.raw()
    assert [name for name, markup in MADE_THERE.items() if markup not in after] == []
    there = post.read()
    assert there == replace(found, headline=HEADLINE)
    assert (held.digest, post.backend.answer.remark) == (digest(there), None)
    assert '<iframe src="https://maps.example/' in page_of(post.site, held.ref)


def test_an_authors_next_change_takes_the_desks_frame_out_and_says_so(made: Made) -> None:
    post = made("field")
    raw = post.raw()
    post.save(by="admin", content=f"{raw}\n\n{FRAME}\n\n{NEW}")
    found = post.read()
    assert found.body[-2].fields()["markup"] == FRAME
    held = post.send(replace(found, headline=HEADLINE))
    remark = post.backend.answer.remark
    assert remark is not None
    assert remark.code == "wordpress-altered"
    assert "<iframe" not in post.raw()
    there = post.look()
    assert (there.held, there.author) == (held, "")
    assert held.digest != digest(replace(found, headline=HEADLINE))


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Fire &amp; flood &#8211; 5 &lt; 6", "Fire & flood – 5 < 6"),
        ("Fire & flood: “<em>over</em>”", "Fire & flood: “over”"),
        ("سطح آب رودخانه می\u200cرود 🌊", "سطح آب رودخانه می\u200cرود 🌊"),
    ],
)
def test_a_title_that_the_desk_typed_is_the_headline(post: Post, title: str, headline: str) -> None:
    post.save(title=title)
    assert post.read() == replace(WHOLE, headline=headline)
    post.send(replace(WHOLE, headline=headline))
    assert post.read() == replace(WHOLE, headline=headline)


def test_tags_are_labels_and_one_of_them_the_key_event(post: Post) -> None:
    def tags(*names: str) -> list[int]:
        found = []
        for name in names:
            status, answer = post.site.call("desk", "POST", "/wp/v2/tags", name=name)
            found.append(answer["data"]["term_id"] if status == 400 else answer["id"])
        return found

    assert (post.read().labels, post.read().key_event) == (("Roads",), False)
    post.save(tags=tags("Roads", "Rescue & aid", "key event"))
    there = post.read()
    assert (there.labels, there.key_event) == (("Roads", "Rescue & aid"), True)
    held = post.send(there)
    assert post.read() == there
    assert sorted(post.site.posts()[0]["tags"]) == ["Rescue &amp; aid", "Roads", "key event"]
    post.save(tags=[])
    assert (post.read().labels, post.read().key_event) == ((), False)
    post.send(replace(WHOLE, labels=()))
    assert (post.read().labels, held.ref) == ((), post.held.ref)


def test_a_post_that_was_put_on_top_is_pinned_and_one_taken_down_is_not(post: Post) -> None:
    post.save(sticky=True)
    assert post.read() == replace(WHOLE, pinned=True)
    post.send(replace(WHOLE, pinned=True))
    assert post.read() == replace(WHOLE, pinned=True)
    post.save(sticky=False)
    assert post.read() == WHOLE


def test_the_classic_editors_words_are_read_and_sent_back_as_blocks(post: Post) -> None:
    classic = (
        'The gate is <strong>shut</strong>.\r\nStill.\r\n\r\n<a href="https://a.example">More</a>'
    )
    post.save(content=classic)
    expected = Text(text="The gate is **shut**.\\\nStill.\n\n[More](https://a.example)")
    found = post.read()
    assert found.body == (expected,)
    post.send(replace(found, headline=HEADLINE))
    assert post.raw().startswith("<!-- wp:paragraph {")
    assert post.read() == replace(found, headline=HEADLINE)


def test_a_post_without_our_metadata_is_read_all_the_same(post: Post) -> None:
    bare = re.sub(r',?"metadata":\{[^{}]*\}', "", post.raw()).replace(" {}", "")
    post.save(content=bare)
    there = post.read()
    assert (there.headline, there.byline, there.labels) == (
        WHOLE.headline,
        WHOLE.byline,
        WHOLE.labels,
    )
    assert there.body[0] == TEXT
    assert not any(isinstance(block, Photo) for block in there.body)
    assert backend_at(post.site).find(key(1), Held()) is not None


def test_what_the_desk_does_to_a_pending_post_comes_back_to_its_contributor(made: Made) -> None:
    post = made("stringer")
    post.save(title=HEADLINE, content=change(post.raw(), "The gate is shut.", "It is open."))
    text = Text(text="It is open.\n\nThe *pumps* run.")
    expected = replace(taking(taking(WHOLE, 2), 0, text), headline=HEADLINE)
    assert post.read() == expected
    held = post.send(replace(expected, headline="Water at the gate again"))
    assert held.ref == str(post.site.posts()[0]["id"])
    assert len(post.site.posts()) == 1
