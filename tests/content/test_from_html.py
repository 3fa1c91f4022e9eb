import pytest

from editor.content.from_html import markdown_from_html

CASES = [
    ("<p>one <code>a_b*c</code> two</p>", "one `a_b*c` two"),
    ("<p>a</p><pre>x  = 1\n  # y</pre><hr><p>b</p>", "a\n\n```\nx  = 1\n  # y\n```\n\n---\n\nb"),
    ("<p>Hello <b>bold </b>text</p><p>two</p>", "Hello **bold** text\n\ntwo"),
    ("<p>un<b>believ</b>able</p>", "un**believ**able"),
    ("<b>a <i>b</i> c</b>", "**a *b* c**"),
    ("<i><b>both</b></i>", "***both***"),
    ("<p>one<br>two</p>", "one\\\ntwo"),
    ("<ul><li>one<li>two</ul>", "- one\n- two"),
    ("<ol start=3><li>c</li><li>d</li></ol>", "3. c\n4. d"),
    (
        "<ul><li><p>one</p></li><li>two<ul><li>under</li></ul></li></ul>",
        "- one\n- two\n    - under",
    ),
    ("<h1>Big</h1><h3>Small</h3>", "## Big\n\n### Small"),
    ("<blockquote><p>said</p></blockquote><p>then</p>", "> said\n\nthen"),
    ('<a href="https://example.org/a_(b)">link</a>', "[link](https://example.org/a_%28b%29)"),
    ('<a href="javascript:alert(1)">words</a>', "words"),
    ('<a href="file:///etc/passwd">words</a>', "words"),
    ("<p># not a heading</p>", "\\# not a heading"),
    ("<p>1. no list</p>", "1\\. no list"),
    ("<p>- no list</p>", "\\- no list"),
    ("<p>3*4 and *stars* and a_b and _c_</p>", "3\\*4 and \\*stars\\* and a_b and \\_c\\_"),
    ("<script>alert(1)</script><style>p{}</style><p>words</p>", "words"),
    ("<p>a&nbsp;b &lt;c&gt; &amp;</p>", "a b <c> &"),
    ("<p>\n  folded\n  lines\t here </p>", "folded lines here"),
    ("<p>شارع <b>كبير</b></p>", "شارع **كبير**"),
    ("<p>मौसम <i>ख़राब</i> है 👩‍👩‍👧</p>", "मौसम *ख़राब* है 👩‍👩‍👧"),
    ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\n\nb"),
    ("<img src='https://example.org/spy.gif'>", ""),
    ("", ""),
]
WORD = (
    "<html><head><style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment-->"
    "<p class=MsoNormal>Water <b style='mso-bidi-font-weight:normal'>rose</b><o:p></o:p></p>"
    "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>"
    "<![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp; </span></span>"
    "<![endif]>First<o:p></o:p></p><!--EndFragment--></body></html>"
)
DOCS = (
    "<meta charset='utf-8'><b style='font-weight:normal' id='docs-internal-guid-1'>"
    "<p dir='ltr'><span style='font-weight:700'>Key:</span><span> words </span>"
    "<span style='font-style:italic'>slanted</span> <a href='https://www.google.com/url?"
    "q=https://example.org/a&amp;sa=D'><span>link</span></a>.</p></b>"
)


@pytest.mark.parametrize(("html", "markdown"), CASES)
def test_html_becomes_clean_markdown(html: str, markdown: str) -> None:
    assert markdown_from_html(html) == markdown


def test_words_lists_and_marks_come_over_from_word() -> None:
    assert markdown_from_html(WORD) == "Water **rose**\n\n- First"


def test_marks_and_the_true_address_come_over_from_google_docs() -> None:
    assert markdown_from_html(DOCS) == "**Key:** words *slanted* [link](https://example.org/a)."


def test_broken_html_still_gives_its_words() -> None:
    assert markdown_from_html("<p><b>one<p>two</i></ul></li>three") != ""
    assert "three" in markdown_from_html("<p><b>one<p>two</i></ul></li>three")


def test_a_no_break_space_that_somebody_meant_is_kept() -> None:
    assert markdown_from_html("<p>12\xa0000&nbsp;m</p>", pasted=False) == "12\xa0000\xa0m"
    assert markdown_from_html("<p>12\xa0000&nbsp;m</p>") == "12 000 m"
