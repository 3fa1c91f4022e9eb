"""What readers see in a real browser."""

from __future__ import annotations

import gzip
import json
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from editor.backends.site import SiteBackend
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.content.frames import ORIGINS
from editor.domain.blog import BlogStatus
from editor.sync.delivery import Held
from tests.browser.conftest import Browser, Served
from tests.site.newsroom import (
    START,
    a_backend,
    a_blog,
    a_correction,
    a_dispatch,
    id_of,
    live,
    publish,
    the_arabic_page,
    the_picture_page,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

IDS = "return [...document.querySelectorAll('#timeline article')].map(a => a.id.slice(2))"
HERE = "return Boolean(document.querySelector('#timeline #e-' + CSS.escape(arguments[0])))"
SAID = "return document.getElementById('said').textContent"
RECORD = """
window.heard = [];
new MutationObserver(() => heard.push(document.getElementById('said').textContent))
  .observe(document.getElementById('said'), {childList: true, characterData: true, subtree: true});
window.opened = true;
"""


@pytest.fixture
def backend(tmp_path: Path) -> SiteBackend:
    (tmp_path / "out").mkdir()
    return a_backend(tmp_path / "out", poll="1")


def opened(browser: Browser, served: Served, name: str = "flood/index.html") -> None:
    browser.open(served.base + name)
    browser.run(RECORD if "index" in name and "e/" not in name else "")


def clean(browser: Browser, served: Served) -> None:
    """No complaint in the console, and nothing asked of anybody else."""
    assert browser.complaints() == []
    asked = [url for url in browser.asked() if not url.startswith(("data:", "about:"))]
    assert [url for url in asked if not url.startswith(served.base)] == []


def test_an_entry_published_while_the_page_is_open_appears_in_order_and_is_told_once(
    browser: Browser, served: Served, backend: SiteBackend
) -> None:
    publish(backend, 1, 2, 4)
    opened(browser, served)
    assert browser.run(IDS) == [id_of(4), id_of(2), id_of(1)]
    publish(backend, 5)
    browser.until(HERE, id_of(5))
    assert browser.run(IDS)[0] == id_of(5)
    publish(backend, 3)  # a late arrival belongs between what is there
    browser.until(HERE, id_of(3))
    assert browser.run(IDS) == [id_of(n) for n in (5, 4, 3, 2, 1)]
    browser.until("return window.heard.length > 0")
    assert browser.run("return window.heard") == ["1 new update"]
    assert browser.run("return window.opened")  # it was never loaded anew
    assert browser.run("return document.querySelector('#part-meta').textContent").endswith(
        "5 updates"
    )
    assert any(
        "/d/" in url
        for url in browser.run("return performance.getEntriesByType('resource').map(e => e.name)")
    )
    clean(browser, served)


def test_a_claim_that_nobody_confirmed_is_seen_as_one_on_a_page_that_is_open(
    browser: Browser, served: Served, backend: SiteBackend
) -> None:
    publish(backend, 1)
    opened(browser, served)
    claim = Content(
        headline="Pumps said to have stopped",
        unverified=True,
        body=(Text(text="Two witnesses say so. شاهدان يقولان ذلك"),),
    )
    held = backend.put(a_dispatch(2, claim), Held())
    browser.until(HERE, id_of(2))
    mark = "#e-" + id_of(2).replace("-", "\\-") + " .unverified"
    look = """
    const mark = document.querySelector(arguments[0]);
    if (!mark) return null;
    const box = mark.getBoundingClientRect(), text = document.querySelector('.text').getBoundingClientRect();
    return [mark.textContent, mark.lang, box.height > 10 && box.width < text.width];
    """
    assert browser.run(look, mark) == ["Not verified", "en", True]
    backend.put(a_dispatch(2, replace(claim, unverified=False), revision=2), held)
    browser.until("return !document.querySelector(arguments[0])", mark)
    clean(browser, served)


def test_new_entries_wait_behind_a_button_while_the_reader_is_further_down(
    browser: Browser, served: Served, backend: SiteBackend
) -> None:
    publish(backend, *range(1, 30))
    opened(browser, served)
    browser.run("window.scrollTo(0, 2000)")
    before = browser.run(
        "return document.querySelector('#timeline article:nth-of-type(12)').getBoundingClientRect().top"
    )
    publish(backend, 31, 32, 33)
    browser.until("return document.querySelector('#toast button').textContent === '3 new updates'")
    assert browser.run("return document.title").startswith("(3) ")
    assert not browser.run(HERE, id_of(33))
    assert browser.run(
        "return document.querySelector('#timeline article:nth-of-type(12)').getBoundingClientRect().top"
    ) == pytest.approx(before, abs=1)
    browser.run("document.querySelector('#toast button').click()")
    assert browser.run(IDS)[:4] == [id_of(n) for n in (33, 32, 31, 29)]
    assert browser.run("return document.getElementById('toast').hidden")
    assert browser.run("return document.activeElement.id") == f"e-{id_of(33)}"
    assert not browser.run("return document.title").startswith("(")
    clean(browser, served)


def test_waiting_entries_appear_when_the_reader_comes_back_to_the_top(
    browser: Browser, served: Served, backend: SiteBackend
) -> None:
    publish(backend, *range(1, 20))
    opened(browser, served)
    browser.run("window.scrollTo(0, 1500)")
    publish(backend, 21)
    browser.until("return !document.getElementById('toast').hidden")
    browser.run("window.scrollTo(0, 0)")
    browser.until(HERE, id_of(21))
    assert browser.run("return document.getElementById('toast').hidden")


def test_corrections_and_withdrawals_reach_the_open_page_in_place(
    browser: Browser, served: Served, backend: SiteBackend
) -> None:
    held = publish(backend, *range(1, 10))
    opened(browser, served)
    browser.run("document.querySelector('#e-' + CSS.escape(arguments[0]) + ' a').focus()", id_of(5))
    content = Content(headline="Put right", body=(Text(text="Six metres."),), key_event=True)
    fix = a_correction("It was six metres.", START + timedelta(minutes=20))
    held[5] = backend.put(a_dispatch(5, content, revision=2, corrections=(fix,)), held[5])
    backend.withdraw(a_dispatch(3, notice="It was another bridge."), held[3])
    text = "return document.getElementById('e-' + arguments[0]).textContent"
    browser.until(f"{text}.includes('another bridge')", id_of(3))
    assert "It was six metres." in browser.run(text, id_of(5))
    assert browser.run(IDS) == [id_of(n) for n in range(9, 0, -1)]
    assert "Put right" in browser.run("return document.getElementById('part-keys').textContent")
    # the reader's place was in the entry, and still is
    assert browser.run("return document.activeElement.id") == f"e-{id_of(5)}"
    assert browser.run("return window.heard") == []
    clean(browser, served)


def test_a_pinned_entry_moves_into_its_box_and_back(
    browser: Browser, served: Served, backend: SiteBackend
) -> None:
    held = publish(backend, *range(1, 6))
    opened(browser, served)
    content = Content(headline="Update 3", body=(Text(text="What we know."),), pinned=True)
    held[3] = backend.put(a_dispatch(3, content, revision=2), held[3])
    browser.until("return Boolean(document.querySelector('#part-pinned article'))")
    assert browser.run(IDS) == [id_of(n) for n in (5, 4, 2, 1)]
    plain = Content(headline="Update 3", body=(Text(text="What we knew."),))
    backend.put(a_dispatch(3, plain, revision=3), held[3])
    browser.until(HERE, id_of(3))
    assert browser.run(IDS) == [id_of(n) for n in range(5, 0, -1)]
    assert browser.run("return document.querySelector('#part-pinned article')") is None


def test_a_page_that_was_left_alone_for_long_catches_up_by_a_snapshot(
    browser: Browser, served: Served, backend: SiteBackend, tmp_path: Path
) -> None:
    held = publish(backend, *range(1, 6))
    opened(browser, served)
    browser.run("document.getElementById('pause').click()")
    publish(backend, *range(6, 40))
    backend.withdraw(a_dispatch(4, notice="Not so."), held[4])
    assert int(str(live(tmp_path / "out/flood")["snap"])) > 10
    browser.asked()
    browser.run("document.getElementById('pause').click()")
    browser.until(HERE, id_of(39))
    asked = browser.asked()
    assert any("/s/" in url for url in asked)
    assert len([url for url in asked if "/d/" in url]) <= 13
    assert browser.run(IDS) == [id_of(n) for n in (*range(39, 9, -1), 5, 4, 3, 2, 1)]
    # what lies between is a page away
    link = browser.run("return document.querySelector('#timeline .turn a').getAttribute('href')")
    assert link == "p/1.html"
    after = browser.run(
        "return document.querySelector('#timeline .turn').previousElementSibling.id"
    )
    assert after == f"e-{id_of(10)}"
    clean(browser, served)


def test_a_page_whose_state_was_made_again_catches_up(
    browser: Browser, served: Served, backend: SiteBackend, tmp_path: Path
) -> None:
    publish(backend, *range(1, 6))
    opened(browser, served)
    (tmp_path / "out/flood/site.json").unlink()
    publish(backend, 6)
    browser.until(HERE, id_of(6))
    assert browser.run(IDS) == [id_of(n) for n in range(6, 0, -1)]
    clean(browser, served)


def test_nobody_asks_any_more_when_the_blog_has_ended(
    browser: Browser, served: Served, backend: SiteBackend
) -> None:
    publish(backend, 1)
    opened(browser, served)
    backend.put_cover(a_blog(status=BlogStatus.ENDED, coverage_end=START + timedelta(hours=9)))
    browser.until("return document.querySelector('.pill').textContent === 'Ended'")
    browser.asked()
    browser.run("return new Promise(done => setTimeout(done, 3000))")
    assert browser.asked() == []
    assert browser.run("return document.getElementById('pause').hidden")


def test_a_reader_can_pause(browser: Browser, served: Served, backend: SiteBackend) -> None:
    publish(backend, 1)
    opened(browser, served)
    browser.run("document.getElementById('pause').click()")
    assert browser.run("return document.getElementById('pause').textContent") == "Resume updates"
    publish(backend, 2)
    browser.run("return new Promise(done => setTimeout(done, 2500))")
    assert not browser.run(HERE, id_of(2))
    browser.run("document.getElementById('pause').click()")
    browser.until(HERE, id_of(2))


def test_a_server_that_fails_for_a_while_is_asked_again(
    browser: Browser, served: Served, backend: SiteBackend, tmp_path: Path
) -> None:
    publish(backend, 1)
    opened(browser, served)
    pointer = tmp_path / "out/flood/live.json"
    aside = pointer.rename(pointer.with_name("away"))
    browser.until(
        "return performance.getEntriesByType('resource').some(e => e.responseStatus === 404)"
    )
    aside.rename(pointer)
    publish(backend, 2)
    browser.until(HERE, id_of(2), seconds=20)


def test_share_copies_the_entrys_own_address(
    browser: Browser, served: Served, backend: SiteBackend
) -> None:
    publish(backend, 1)
    opened(browser, served)
    browser.run(
        "window.kept = ''; navigator.clipboard.writeText = text => { kept = text; return Promise.resolve(); }; navigator.share = undefined"
    )
    browser.run("document.querySelector('.share').click()")
    browser.until("return document.querySelector('.share').textContent === 'Link copied'")
    assert browser.run("return kept") == f"{served.base}flood/e/{id_of(1)}/index.html"


def test_without_scripts_the_page_is_whole_and_leads_to_every_entry(
    browser: Browser, served: Served, backend: SiteBackend
) -> None:
    publish(backend, *range(1, 90))
    browser.scripts(on=False)
    seen, name = [], "flood/index.html"
    for _ in range(5):
        browser.open(served.base + name)
        found = browser.driver.find_elements("css selector", "article.entry")
        seen += [str(element.get_attribute("id"))[2:] for element in found]
        older = browser.driver.find_elements("css selector", "a[rel=prev]")
        if not older:
            break
        name = str(older[0].get_attribute("href")).removeprefix(served.base)
    assert seen == [id_of(n) for n in range(89, 0, -1)]
    browser.open(served.base + "flood/index.html")
    assert browser.driver.find_element("css selector", "noscript a").is_displayed()
    assert not browser.driver.find_element("css selector", ".share").is_displayed()
    clean(browser, served)


PAGES = ("index.html", "p/1.html", "corrections.html", "entry")


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_forbids_everything_but_the_pages_own_host(
    browser: Browser, served: Served, backend: SiteBackend, name: str, tmp_path: Path
) -> None:
    the_picture_page(backend, tmp_path)
    name = f"e/{id_of(103)}/index.html" if name == "entry" else name
    browser.open(f"{served.base}flood/{name}")
    policy = browser.run(
        "return document.querySelector('meta[http-equiv=Content-Security-Policy]').content"
    )
    before, _, after = policy.partition(" frame-src ")
    assert before == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self';"
    )
    framed, _, rest = after.partition("; ")
    assert set(framed.split()) - set(ORIGINS) <= {"https://social.example"}
    assert rest == "base-uri 'none'; form-action 'none'"
    assert browser.run("return document.querySelectorAll('[style], [onclick], style').length") == 0
    clean(browser, served)
    refused = browser.run(
        "return new Promise(done => { document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective));"
        " const s = document.createElement('script'); s.textContent = 'window.broken = 1'; document.body.append(s); })"
    )
    assert refused == "script-src-elem"
    assert browser.complaints() != []


def test_what_a_writer_typed_is_never_markup(
    browser: Browser, served: Served, backend: SiteBackend
) -> None:
    evil = '</script><script>window.broken=1</script><img src=x onerror="window.broken=1">"\'&'
    blog = a_blog(headline=evil, standfirst=evil, byline=evil)
    content = Content(
        headline=evil, byline=(evil,), body=(Text(text=evil),), key_event=True, pinned=False
    )
    fix = a_correction(evil, START)
    held = backend.put(a_dispatch(1, content, blog=blog, corrections=(fix,)), Held())
    backend.put(a_dispatch(2, Content(headline=evil, pinned=True), blog=blog), Held())
    for name in ("index.html", f"e/{id_of(1)}/index.html", "corrections.html"):
        opened(browser, served, f"flood/{name}")
        assert browser.run("return window.broken") is None
        if name != "corrections.html":
            said = browser.run(
                "return document.querySelector('script[type=\"application/ld+json\"]').textContent"
            )
            assert json.loads(said)["headline"] == evil
        clean(browser, served)
    opened(browser, served)
    backend.put(a_dispatch(1, content, blog=blog, revision=2), held)
    backend.put(a_dispatch(3, content, blog=blog), Held())
    browser.until(HERE, id_of(3))
    assert browser.run("return window.broken") is None
    clean(browser, served)


def test_search_engines_are_told_what_the_page_is(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    backend = a_backend(tmp_path / "out", address=served.base.rstrip("/"))
    the_picture_page(backend, tmp_path)
    browser.open(served.base + "flood/index.html")
    said: Any = json.loads(
        browser.run(
            "return document.querySelector('script[type=\"application/ld+json\"]').textContent"
        )
    )
    assert said["@type"] == "LiveBlogPosting"
    assert (
        said["@id"]
        == said["url"]
        == browser.run("return document.querySelector('link[rel=canonical]').href")
    )
    assert said["coverageStartTime"] == "2026-11-22T07:00:00+01:00"
    assert "coverageEndTime" not in said
    updates = said["liveBlogUpdate"]
    assert 20 <= len(updates) <= 50
    first = updates[0]
    assert first["@type"] == "BlogPosting"
    assert first["headline"] == "Water reaches the old bridge"
    assert "7.2 metres" in first["articleBody"] and "<" not in first["articleBody"]
    assert first["image"].startswith(served.base + "flood/m/")
    corrected = next(update for update in updates if "alert" in update["headline"])
    assert corrected["correction"][0]["@type"] == "CorrectionComment"
    for update in updates:
        browser_url = update["url"]
        assert browser_url.endswith("/")
        assert update["datePublished"].endswith("+01:00")
    browser.open(first["url"])
    assert browser.run("return document.title") == "Water reaches the old bridge"
    clean(browser, served)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_fits_its_screen_and_every_word_can_be_read(
    browser: Browser,
    served: Served,
    backend: SiteBackend,
    tmp_path: Path,
    language: str,
    width: int,
    scheme: str,
) -> None:
    if language == "en":
        the_picture_page(backend, tmp_path)
        long = Content(
            headline="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
            body=(Text(text="https://example.org/" + "a" * 400),),
        )
        backend.put(a_dispatch(900, long), Held())
    else:
        blog = a_blog(language="ar", headline="فيضان في الدلتا", timezone="Asia/Baghdad")
        the_arabic_page(a_backend(tmp_path / "out", blog), blog, tmp_path)
    browser.screen(width, 900, scheme)
    browser.open(served.base + "flood/index.html")
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.run("return getComputedStyle(document.body).direction") == (
        "ltr" if language == "en" else "rtl"
    )
    assert browser.run(CONTRAST) == []
    assert browser.run(SMALL) == []
    headings = browser.run("return [...document.querySelectorAll('h1')].length")
    assert headings == 1
    clean(browser, served)


# Every text whose colour is less than 4.5:1 from what lies behind it (WCAG 1.4.3; 3:1 for large text).
CONTRAST = """
const parse = c => c.match(/[\\d.]+/g).map(Number);
const lum = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
const back = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
const found = [];
for (const e of document.querySelectorAll('body *')) {
  if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.getClientRects().length) continue;
  const s = getComputedStyle(e), a = lum(parse(s.color).slice(0, 3)), b = lum(back(e));
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  const large = parseFloat(s.fontSize) >= 24 || (parseFloat(s.fontSize) >= 18.66 && s.fontWeight >= 700);
  if (ratio < (large ? 3 : 4.5)) found.push(e.className + ' ' + e.textContent.slice(0, 20) + ' ' + ratio.toFixed(2));
}
return found;
"""

# Buttons that are smaller than 24 by 24 pixels (WCAG 2.5.8).
SMALL = """
return [...document.querySelectorAll('button')].filter(b => b.getClientRects().length)
  .map(b => [b.textContent, b.getBoundingClientRect()])
  .filter(([, r]) => r.width < 24 || r.height < 24).map(([t]) => t);
"""


def test_photos_keep_their_room_before_they_are_there(
    browser: Browser, served: Served, backend: SiteBackend, tmp_path: Path
) -> None:
    the_picture_page(backend, tmp_path)
    for photo in (tmp_path / "out/flood/m").iterdir():
        photo.unlink()
    browser.open(served.base + "flood/index.html")
    box = browser.run(
        "const r = document.querySelector('figure img').getBoundingClientRect(); return [r.width, r.height]"
    )
    assert box[0] / box[1] == pytest.approx(1200 / 675, rel=0.01)


def test_key_events_are_open_beside_the_page_and_folded_on_a_phone(
    browser: Browser, served: Served, backend: SiteBackend, tmp_path: Path
) -> None:
    the_picture_page(backend, tmp_path)
    shown = "return document.querySelector('.keys li a').checkVisibility()"
    for scripts in (True, False):
        browser.scripts(on=scripts)
        for width, visible in ((1280, True), (390, False)):
            browser.screen(width, 900)
            browser.open(served.base + "flood/index.html")
            assert browser.run(shown) is visible


def test_the_page_weighs_less_than_60_kb_without_photos(tmp_path: Path) -> None:
    backend = a_backend(tmp_path)
    the_picture_page(backend, tmp_path)
    folder = tmp_path / "flood"
    files = [folder / "index.html", *(folder / "a").iterdir()]
    assert sum(path.stat().st_size for path in files) < 60_000
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 20_000


def test_a_page_of_long_entries_travels_in_less_than_30_kb(tmp_path: Path) -> None:
    backend = a_backend(tmp_path, address="https://live.example.org")
    chance = random.Random(1)
    vocabulary = ["".join(chance.choices("abcdefghilmnoprstu", k=n % 9 + 2)) for n in range(900)]
    for number in range(1, 41):
        words = " ".join(chance.choices(vocabulary, k=120))
        content = Content(headline=words[:60], body=(Text(text=words),))
        backend.put(a_dispatch(number, content), Held())
    folder = tmp_path / "flood"
    files = [folder / "index.html", *(folder / "a").iterdir()]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 30_000


def test_the_page_opens_from_the_disk_too(
    browser: Browser, backend: SiteBackend, tmp_path: Path
) -> None:
    publish(backend, 1)
    browser.open((tmp_path / "out/flood/index.html").as_uri())
    assert browser.run("return getComputedStyle(document.querySelector('h1')).fontSize") == "40px"
    assert browser.driver.find_element("css selector", "article h2").text == "Update 1"
    browser.run("return new Promise(done => setTimeout(done, 1500))")
    assert browser.complaints() == []
