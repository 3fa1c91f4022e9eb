"""Text on a page: CommonMark where a writer would notice, and never anything that runs."""

from __future__ import annotations

import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.content.commonmark import render

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)"',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example>",
    "<object data=x></object><embed src=x>",
    "<form action=//evil.example><button>x</button></form>",
    "<a href='javascript:alert(1)'>x</a>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<!-- <script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<p onclick=alert(1)>x</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](java\tscript:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](&#x6a;avascript:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/relative)",
    "[x](#fragment)",
    '[x](https://example.org/ "onmouseover=alert(1)")',
    '[x](https://example.org/"onmouseover="alert(1))',
    "[x](https://example.org/'onmouseover='alert(1))",
    "[x]\n\n[x]: javascript:alert(1)",
    "[x][1]\n\n[1]: data:text/html,x",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x](https://evil.example/pixel.gif "t")',
    "![x][1]\n\n[1]: https://evil.example/pixel.gif",
    '![" onerror="alert(1)](x)',
    "```<script>\nalert(1)\n```",
    '``` "><script>alert(1)</script>\nx\n```',
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "    </code></pre><script>alert(1)</script>",
    "`</code><script>alert(1)</script>`",
    "# <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "- <img src=x onerror=alert(1)>",
    "**<script>**alert(1)</script>",
    "\x02wzxhzdk:0\x03",
    "\x02amp\x03#60;script>",
    '<a@b.example" onclick=alert(1)>',
    "<mailto:javascript@example.org>",
]
TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)((?:\s+[a-z]+=\"[^\"<>]*\")*)>")
ATTRIBUTE = re.compile(r"([a-z]+)=\"([^\"]*)\"")
TAGS = set("p br strong em a ul ol li blockquote code pre h3 h4 hr".split())


def assert_is_harmless(html: str) -> None:
    """Every ``<`` begins an allowed tag with allowed attributes."""
    assert html.count("<") == len(TAG.findall(html)), html
    for _, name, attributes in TAG.findall(html):
        assert name in TAGS, html
        for key, value in ATTRIBUTE.findall(attributes):
            assert key in ("dir", "href", "rel", "start"), html
            if key == "href":
                assert re.match(r"https?://[^/]|mailto:", value), html


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_shown_as_text(attack: str) -> None:
    assert_is_harmless(render(attack))


@given(
    st.lists(
        st.sampled_from([*ATTACKS, "<", "[", "](", ")", '"', "`", "&", "\n", "> "]), max_size=6
    )
)
def test_attacks_in_any_mixture_are_harmless(parts: list[str]) -> None:
    assert_is_harmless(render("".join(parts)))


@given(st.text(st.sampled_from("<>[]()`*_&#;:/\"'\\ \n\tajs1.-+~=!"), max_size=80))
def test_any_text_is_harmless(text: str) -> None:
    assert_is_harmless(render(text))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("#hashtag first", "<p>#hashtag first</p>"),
        ("# Heading", "<h3>Heading</h3>"),
        ("### Lower ###", "<h4>Lower</h4>"),
        ("Open:\n- one\n- two", "<p>Open:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("3. three\n4. four", '<ol start="3">\n<li>three</li>\n<li>four</li>\n</ol>'),
        ("one\\\ntwo", "<p>one<br>\ntwo</p>"),
        ("one  \ntwo", "<p>one<br>\ntwo</p>"),
        ("snake_case_word", "<p>snake_case_word</p>"),
        ("2 < 3 & 4 > 1", "<p>2 &lt; 3 &amp; 4 &gt; 1</p>"),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<p>| a | b |\n|---|---|\n| 1 | 2 |</p>"),
        ("a[^1]\n\n[^1]: b", None),
        ("![map](https://example.org/a.png)", "<p>![map](https://example.org/a.png)</p>"),
        ("---", "<hr>"),
        ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("\\*not bold\\*", "<p>*not bold*</p>"),
        ("> said\n\nthen", "<blockquote>\n<p>said</p>\n</blockquote>\n<p>then</p>"),
        ("", ""),
        ("   \n", ""),
        ("[x](javascript:a)", "<p>x</p>"),
        (
            "<https://example.org> <desk@example.org>",
            '<p><a href="https://example.org" rel="noopener noreferrer">https://example.org</a>'
            ' <a href="mailto:desk@example.org" rel="noopener noreferrer">desk@example.org</a></p>',
        ),
        (
            "[نهر](https://example.org/نهر)",
            '<p><a href="https://example.org/نهر" rel="noopener noreferrer">نهر</a></p>',
        ),
    ],
)
def test_text_is_what_a_writer_expects(source: str, html: str | None) -> None:
    found = render(source).replace(' dir="auto"', "")
    if html is None:
        assert "sup" not in found
    else:
        assert found == html


def test_every_part_of_a_text_finds_its_own_direction() -> None:
    html = render("نص\n\n- פריט\n\n1. one\n\n> نقل\n\n# عنوان")
    assert html.count('dir="auto"') == 5
    assert "<li>" in html


def test_a_text_does_not_leak_into_the_next() -> None:
    render("[a]: https://example.org/\n\n- open")
    assert render("[a]") == '<p dir="auto">[a]</p>'


def test_brackets_by_the_thousand_do_not_hold_up_anything() -> None:
    for part in ("[", "[a](", "[a]: https://example.org\n", "![", "[["):
        html = render(part * 20_000)
        assert_is_harmless(html)
        assert "[" in html


def test_very_deep_nesting_is_still_shown() -> None:
    for source in ("> " * 1_000 + "deep", "\n".join("    " * i + "- deep" for i in range(150))):
        html = render(source)
        assert_is_harmless(html)
        assert "deep" in html
    assert render("after") == '<p dir="auto">after</p>'


def test_two_threads_may_write_at_once() -> None:
    results: dict[int, set[str]] = {}

    def write(number: int) -> None:
        source = f"[a{number}]: https://example.org/{number}\n\n[a{number}] **{number}**"
        results[number] = {render(source) for _ in range(50)}

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(found) for found in results.values()] == [1, 1, 1, 1]
    assert all(f"example.org/{n}" in results[n].pop() for n in range(4))
