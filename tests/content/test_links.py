"""Which addresses may become links."""

from __future__ import annotations

import pytest

from editor.content.links import host, is_safe, link, link_problem


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "HTTPS://EXAMPLE.ORG/",
        "https://مثال.example/نهر?س=ج",
        "https://example.org/水/पानी",
        "https://[2001:db8::1]/a",
        "https://example.org/a_(b)",
        "mailto:desk@example.org",
        "mailto:desk@example.org?subject=a",
    ],
)
def test_an_ordinary_address_may_be_a_link(url: str) -> None:
    assert link_problem(url, "url") is None
    assert link(url, "a").startswith("<a href=")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("javascript:alert(1)", "link-scheme"),
        (" javascript:alert(1)", "link-scheme"),
        ("JAVASCRIPT:alert(1)", "link-scheme"),
        ("data:text/html,a", "link-scheme"),
        ("file:///etc/passwd", "link-scheme"),
        ("ftp://example.org/", "link-scheme"),
        ("vbscript:a", "link-scheme"),
        ("example.org/a", "link-malformed"),
        ("example.org:443/a", "link-malformed"),
        ("//example.org/a", "link-malformed"),
        ("/a", "link-malformed"),
        ("https://", "link-malformed"),
        ("https:///a", "link-malformed"),
        ("https:example.org", "link-malformed"),
        ("https://example.org:port/", "link-malformed"),
        ("https://[::1/", "link-malformed"),
        ("https://exa mple.org/", "link-malformed"),
        ("https://example.org/\n", "link-malformed"),
        ("https://example.org\\@evil.example/", "link-malformed"),
        ('https://example.org/"onclick="a', "link-malformed"),
        ("https://example.org/<b>", "link-malformed"),
        ("java\nscript:alert(1)", "link-malformed"),
        ("\x01javascript:alert(1)", "link-malformed"),
        ("mailto:", "link-malformed"),
        ("mailto:desk", "link-malformed"),
        ("https://example.org/" + "a" * 2_000, "link-too-long"),
        ("", "link-malformed"),
    ],
)
def test_any_other_address_is_told_and_never_linked(url: str, code: str) -> None:
    problem = link_problem(url, "url")
    assert problem is not None
    assert (problem.code, problem.field) == (code, "url")
    assert not is_safe(url)
    assert link(url, "words") == "words"


def test_a_host_is_shown_as_readers_know_it() -> None:
    assert host("https://www.example.org:8080/a") == "example.org"
    assert host("https://[broken") == ""
    assert host("words") == ""
