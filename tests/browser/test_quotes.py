"""Quotes in a real browser: the translation first, the words as they were said below it, each in its own direction."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from editor.content.blocks.quote import Quote
from editor.content.entry import Content
from editor.sync.delivery import Held
from tests.browser.conftest import Browser, Served
from tests.browser.test_reader_page import CONTRAST, clean
from tests.site.newsroom import a_backend, a_blog, a_dispatch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAID = datetime(2026, 11, 22, 11, 20, tzinfo=UTC)
FROM_ARABIC = Quote(
    text="لدينا ثلاث مضخات ونحتاج إلى عشر. الجميع هنا يعرف ذلك.",
    language="ar",
    translation="We have three pumps and we need ten. Everyone here knows it.",
    speaker="River engineer",
    role="city waterworks",
    how="by phone",
    place="Old bridge",
    said=SAID,
    source="https://example.org/statement",
)
UNNAMED = Quote(
    text="We have beds for forty, and there are ninety.",
    speaker="A nurse at the district hospital",
    unnamed=True,
    reason="she is not allowed to speak to the press",
)
FROM_ENGLISH = Quote(
    text="We have three pumps and we need ten. Everyone here knows it.",
    language="en",
    translation="لدينا ثلاث مضخات ونحتاج إلى عشر. الجميع هنا يعرف ذلك.",
    speaker="مهندس النهر",
    role="مياه المدينة",
    place="الجسر القديم",
    said=SAID,
)
UNNAMED_ARABIC = Quote(
    text="عندنا أسرّة لأربعين، وهنا تسعون.",
    speaker="ممرضة في مستشفى المنطقة",
    unnamed=True,
    reason="لا يُسمح لها بالحديث إلى الصحافة",
)
QUOTES = """
return [...document.querySelectorAll('#timeline figure.quote')].map(f => ({
  said: [...f.querySelectorAll('blockquote')].map(q => [q.lang, getComputedStyle(q).direction, q.getBoundingClientRect().top, parseFloat(getComputedStyle(q).fontSize), getComputedStyle(q).fontStyle]),
  from: f.querySelector('.from')?.textContent,
  cite: f.querySelector('figcaption cite')?.textContent,
  caption: f.querySelector('figcaption').textContent,
}))
"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_translation_comes_first_and_the_original_stands_below_it_in_its_own_direction(
    browser: Browser, served: Served, tmp_path: Path, language: str, scheme: str, width: int
) -> None:
    (tmp_path / "out").mkdir()
    blog = replace(a_blog(), language=language)
    english = language == "en"
    body = (FROM_ARABIC, UNNAMED) if english else (FROM_ENGLISH, UNNAMED_ARABIC)
    content = Content(headline="Pumps" if english else "المضخات", body=body)
    a_backend(tmp_path / "out", blog).put(
        replace(a_dispatch(1, blog=blog), content=content), Held()
    )
    browser.screen(width, 900, scheme)
    browser.scripts(on=False)
    browser.open(served.base + "flood/index.html")
    browser.scripts(on=True)
    first, second = browser.run(QUOTES)
    own, other = ("en", "ltr"), ("ar", "rtl")
    if not english:
        own, other = other, own
    translation, original = first["said"]
    assert (tuple(translation[:2]), tuple(original[:2])) == (own, other)
    assert translation[2] < original[2]
    assert translation[3] > original[3]
    assert [said[4] for said in first["said"] if said[0] == "ar"] == ["normal"]
    assert first["from"] == ("Translated from Arabic" if english else "مترجم عن الإنجليزية")
    assert first["cite"] == body[0].speaker
    assert ("22 November 2026 12:20" if english else "22 نوفمبر 2026 12:20") in first["caption"]
    assert ("unnamed, because she" if english else "لم يُذكر الاسم، والسبب: لا") in second["caption"]
    assert second["from"] is None
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.run(CONTRAST) == []
    clean(browser, served)
