"""Entries as a correspondent writes them: a block of every kind in every shape, and what readers are to see of each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from editor.content.block import Unknown
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.kept import Medium

AT = datetime(2026, 11, 22, 11, 40, tzinfo=UTC)
ASSET = "a0" * 32


class Sample(NamedTuple):
    """A block, what it is called in the table, and the words of it that readers are to see."""

    name: str
    block: Any
    shows: tuple[str, ...]


PHOTO = Photo(
    asset=ASSET,
    alt="Sandbags along the quay",
    caption="The quay at noon.\nThe lower road is closed.",
    credit="Field team A",
    width=640,
    height=360,
)


def poll(question: str) -> Unknown:
    """A block of a later version of ours."""
    raw = msgspec.json.encode({"type": "poll", "v": 3, "question": question})
    return Unknown(type="poll", raw=raw)


def made_there(markup: str) -> Unknown:
    """A block that somebody made in the web editor and only WordPress knows."""
    raw = msgspec.json.encode({"type": "wordpress", "markup": markup})
    return Unknown(type="wordpress", raw=raw)


TEXTS = (
    Sample(
        "Text: paragraphs",
        Text(text="The water is at 4.1 m.\n\nIt rises by a hand an hour."),
        ("The water is at 4.1 m.", "It rises by a hand an hour."),
    ),
    Sample(
        "Text: headings",
        Text(text="## What is known\n\nTwo roads are closed.\n\n### In the north\n\nOne."),
        ("What is known", "In the north"),
    ),
    Sample(
        "Text: bulleted list, nested",
        Text(text="- North\n    - Mill road\n    - Old quay\n- South"),
        ("North", "Mill road", "Old quay", "South"),
    ),
    Sample(
        "Text: numbered list, from 3",
        Text(text="3. Close the gate\n4. Call the desk\n    - by radio\n5. Leave"),
        ("Close the gate", "Call the desk", "by radio", "Leave"),
    ),
    Sample(
        "Text: quoted passage",
        Text(text="> The bridge holds.\n>\n> So far.\n\nThat is what the report says."),
        ("The bridge holds.", "So far.", "That is what the report says."),
    ),
    Sample(
        "Text: code",
        Text(text="```\nlevel = 4.1  # m\nif level > 4:\n    close()\n```\n\nRun `level` again."),
        ("level = 4.1", "close()", "Run", "again."),
    ),
    Sample("Text: rule", Text(text="Before.\n\n---\n\nAfter."), ("Before.", "After.")),
    Sample(
        "Text: links, bold, italic",
        Text(
            text="**Now** *open*: the [list of *shelters*](https://shelters.example/list?a=1&b=2),"
            " or [write](mailto:desk@news.example)."
        ),
        ("Now", "open", "list of", "shelters", "https://shelters.example/list", "write"),
    ),
    Sample(
        "Text: line breaks",
        Text(text="North gate: open\\\nSouth gate: shut  \nWest gate: open"),
        ("North gate: open", "South gate: shut", "West gate: open"),
    ),
)
PHOTOS = (
    Sample(
        "Photo with alt text, caption and credit",
        PHOTO,
        ("Sandbags along the quay", "The quay at noon.", "Field team A"),
    ),
    Sample("Photo that is decoration", Photo(asset=ASSET, decorative=True), ("wp-image-",)),
)
QUOTES = (
    Sample(
        "Quote with speaker",
        Quote(text="We close the gate at six.", speaker="A lock keeper"),
        ("We close the gate at six.", "A lock keeper"),
    ),
    Sample(
        "Quote with every field",
        Quote(
            text="Der Damm hält.\n\nNoch.",
            translation="The dam holds.\n\nStill.",
            speaker="A dam warden",
            role="water board",
            how="by phone",
            source="https://waterboard.example/notes/7",
            language="de",
            place="Old quay",
            said=AT,
        ),
        ("Der Damm hält.", "The dam holds.", "A dam warden", "water board", "by phone", "Old quay"),
    ),
    Sample(
        "Quote of somebody unnamed",
        Quote(
            text="We were told to wait.",
            role="a rescue worker",
            unnamed=True,
            reason="not allowed to speak",
        ),
        ("We were told to wait.", "a rescue worker", "not allowed to speak"),
    ),
)
CARD = Social(
    url="https://social.example/@gauges/113456789012345678",
    network="mastodon",
    author="River gauges",
    handle="@gauges@social.example",
    posted=AT,
    captured=AT,
    edited=AT,
    gone=AT,
    text="Gauge 7: 4.12 m.\n\nRising.",
    language="en",
    post_id="113456789012345678",
    author_id="7",
    media=(Medium(alt="A gauge under water"), Medium(kind="video")),
    kept="e" * 64,
)
SOCIALS = (
    Sample(
        "Social post, as the words that were kept",
        CARD,
        ("River gauges", "Gauge 7: 4.12 m.", "Rising.", "A gauge under water"),
    ),
    Sample(
        "Social post, its address alone",
        Social.from_url("https://social.example/@gauges/113456789012345679"),
        ("https://social.example/@gauges/113456789012345679",),
    ),
)
STORIES = (
    Sample(
        "Story elsewhere",
        Story(
            url="https://paper.example/2026/dam?x=1&y=2",
            headline="How the dam was built",
            outlet="The Paper",
            summary="A look back.\nWith maps.",
        ),
        ("How the dam was built", "The Paper", "A look back.", "With maps."),
    ),
    Sample(
        "Story elsewhere, its address alone",
        Story(url="https://paper.example/map"),
        ("https://paper.example/map",),
    ),
)
UNKNOWNS = (Sample("Block of a later Dateline", poll("Is it <b>safe</b> -- & \\ sound?"), ()),)
OURS = (*TEXTS, *PHOTOS, *QUOTES, *SOCIALS, *STORIES, *UNKNOWNS)

NASTY = (
    "I <3 rivers & \"bridges\" 'and' <b>bold</b>",
    "&amp; and &lt;b&gt; and &#91; and &#x26; and &nbsp; and &copy;",
    r"C:\temp\new \\ \0 \\u0041 \\",
    "<script>alert(1)</script> <style>p {}</style> <iframe></iframe>",
    "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph --> <!--more--> <!--nextpage--> -->",
    "https://films.example/watch?v=1&t=2",
    "a -- b --- c ... 9' 5x5 (c) 1/2",
    "%41 %s %d $1 {hash} {{name}} {x} ]]>",
    "1. x\n2) y\n# z\n> q\n- w",
    "[x](javascript:alert(1)) [y](https://a.example/?a=1&b[]=2) <HTTPS://B.EXAMPLE/?c=d>",
    "`<code> & [shortcode]` and ``two ` ticks``",
    "```\n[shortcode]\n\nhttps://films.example/watch?v=1&t=2\n\n<b>&amp;</b>\n```",
    "\u00a0no-break\u00a0spaces\u00a0 \u2028line \ufeffmark",
    "long " * 8_000 + "x" * 8_000,
)
"""Words that formats, filters and shortcodes find something in."""
SCRIPTS = (
    "وصل منسوب النهر إلى ٤٫١ متر",
    "سطح آب رودخانه می\u200cرود بالا",
    "מפלס הנהר עלה ל־4.1 מטר",
    "河水位上升至4.1米，继续上涨",
    "नदी का जलस्तर बढ़ रहा है",
    "👩🏽\u200d🚒🌊🇭🇺 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f boats",
    "e\u0301tat de la rivie\u0300re, \u202eabc\u202c",
    "A víz elérte a régi hidat",
)


def strange(words: str) -> tuple[Any, ...]:
    """The same words in every place of every kind of block."""
    line = words.replace("\n", " ")[:1500]
    quote = Quote(text=words, speaker=line, role=line, how=line, source="https://a.example/?b[]=c")
    return (
        Text(text=words),
        quote,
        replace(quote, translation=line, language="de", place=line),
        replace(CARD, text=words, author=line, media=(Medium(alt=line),)),
        Story(url="https://a.example/?b=[x]", headline=line, outlet=line, summary=words),
        replace(PHOTO, alt=line, caption=words, credit=line),
        poll(line),
    )


MADE_THERE = (
    Sample(
        "Table",
        made_there(
            '<!-- wp:table -->\n<figure class="wp-block-table"><table class="has-fixed-layout"><tbody>'
            "<tr><td>Gauge &amp; place</td><td>4.13 m</td></tr></tbody></table></figure>\n"
            "<!-- /wp:table -->"
        ),
        ("4.13 m",),
    ),
    Sample(
        "Gallery",
        made_there(
            '<!-- wp:gallery {"linkTo":"none"} -->\n<figure class="wp-block-gallery'
            ' has-nested-images"><!-- wp:image {"id":91,"sizeSlug":"large"} -->\n'
            '<figure class="wp-block-image size-large"><img src="https://news.example/u/91.jpg"'
            ' alt="The crowd at the quay" class="wp-image-91"/></figure>\n<!-- /wp:image --></figure>\n'
            "<!-- /wp:gallery -->"
        ),
        ("The crowd at the quay",),
    ),
    Sample(
        "Film of another provider",
        made_there(
            '<!-- wp:embed {"url":"https://films.example/watch?v=1\\u0026t=2","type":"video"} -->\n'
            '<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">\n'
            "https://films.example/watch?v=1&amp;t=2\n</div></figure>\n<!-- /wp:embed -->"
        ),
        ("films.example/watch",),
    ),
    Sample(
        "Group of blocks",
        made_there(
            '<!-- wp:group {"layout":{"type":"constrained"}} -->\n<div class="wp-block-group">'
            "<!-- wp:paragraph -->\n<p>In a box.</p>\n<!-- /wp:paragraph --></div>\n"
            "<!-- /wp:group -->"
        ),
        ("In a box.",),
    ),
    Sample(
        "Shortcode",
        made_there("<!-- wp:shortcode -->\n[countdown to='noon']\n<!-- /wp:shortcode -->"),
        ("EXECUTED countdown",),
    ),
    Sample(
        "HTML of its own",
        made_there(
            '<!-- wp:html -->\n<div data-gauge="7"><b>Gauge seven</b></div>\n<!-- /wp:html -->'
        ),
        ("Gauge seven",),
    ),
    Sample(
        "HTML with a frame",
        made_there(
            '<!-- wp:html -->\n<iframe src="https://maps.example/quay"></iframe> The map.\n'
            "<!-- /wp:html -->"
        ),
        ("https://maps.example/quay", "The map."),
    ),
)
