"""A newsroom for the tests of the reader's page: a blog, entries in several scripts, a folder, and a naive reader."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from editor.backends.site import BACKEND, SiteBackend
from editor.content.block import Picture
from editor.content.blocks.photo import Photo
from editor.content.blocks.quote import Quote
from editor.content.blocks.social import Social
from editor.content.blocks.story import Story
from editor.content.blocks.text import Text
from editor.content.entry import Content, digest
from editor.domain.blog import Blog, BlogStatus, Target
from editor.domain.entry import Kind
from editor.domain.ids import AccountId, AssetId, BlogId, EntryId, RevisionId, TargetId, uuid7
from editor.sync.delivery import Correction, Dispatch, Held, MediaFile, Visibility

START = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def id_of(number: int) -> str:
    """A UUIDv7 that is the same in every run."""
    return uuid7(1_795_000_000_000 + number, number.to_bytes(10, "big"))


def a_blog(**changes: object) -> Blog:
    blog = Blog(
        id=BlogId(id_of(0)),
        slug="flood",
        headline="Flood in the delta: water reaches the old bridge as the peak nears",
        standfirst="Four districts are without power and two shelters are open; the peak is expected "
        "after midnight.",
        byline="The newsroom’s field team and desk",
        language="en",
        timezone="Europe/Budapest",
        status=BlogStatus.LIVE,
        created=START,
        coverage_start=START,
    )
    return replace(blog, **changes)


def a_backend(folder: Path, blog: Blog | None = None, **settings: str) -> SiteBackend:
    blog = blog or a_blog()
    target = Target(
        id=TargetId("t"), blog=blog.id, account=AccountId("a"), name="Folder", settings={}
    )
    backend = BACKEND.open(blog, target, {"folder": str(folder), **settings}, "")
    assert isinstance(backend, SiteBackend)
    return backend


def a_dispatch(
    number: int,
    content: Content | None = None,
    *,
    blog: Blog | None = None,
    revision: int = 1,
    at: datetime | None = None,
    updated: datetime | None = None,
    corrections: tuple[Correction, ...] = (),
    media: tuple[MediaFile, ...] = (),
    pictures: Mapping[str, Picture] | None = None,
    notice: str = "",
) -> Dispatch:
    """What the engine would send for entry ``number``: by default a short text, a minute after the one before."""
    time = at or START + timedelta(minutes=number)
    content = content or Content(
        headline=f"Update {number}",
        time=time,
        body=(Text(text=f"The gauge was read for the {number}th time."),),
    )
    if content.time is None:
        content = replace(content, time=time)
    return Dispatch(
        entry=EntryId(id_of(number)),
        blog=blog or a_blog(),
        revision=RevisionId(f"{id_of(number)}-{revision}"),
        digest=digest(content),
        content=content,
        visibility=Visibility.GONE if notice else Visibility.PUBLIC,
        published=time,
        updated=updated or time,
        corrections=corrections,
        media=media,
        pictures=dict(pictures or {}),
        notice=notice,
    )


def a_correction(note: str, at: datetime, kind: Kind = Kind.CORRECTION) -> Correction:
    return Correction(kind=kind, note=note, at=at)


def publish(backend: SiteBackend, *numbers: int, blog: Blog | None = None) -> dict[int, Held]:
    return {n: backend.put(a_dispatch(n, blog=blog), Held()) for n in numbers}


# ---- what a reader without JavaScript finds


_ARTICLE = re.compile(r'<article class="(entry(?: gone)?)" id="e-([^"]+)"')
_PIN = re.compile(r'<article class="pin" id="e-([^"]+)"')
_OLDER = re.compile(r'<a rel="prev" href="([^"]+)"')


def listed(page: str) -> list[str]:
    """The ids in a page's timeline, from top to bottom."""
    return [found[2] for found in _ARTICLE.finditer(page)]


def pinned(page: str) -> list[str]:
    return _PIN.findall(page)


def gone(page: str) -> list[str]:
    return [found[2] for found in _ARTICLE.finditer(page) if "gone" in found[1]]


def pages(folder: Path) -> list[str]:
    """The pages a reader comes to from the index by following "older", newest first."""
    found, name = [], "index.html"
    while name:
        page = (folder / name).read_text("utf-8")
        found.append(page)
        older = _OLDER.search(page)
        if older is None:
            break
        name = older[1] if older[1].startswith("p/") else f"p/{older[1]}"
    return found


def live(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "live.json").read_bytes())
    return found


# ---- samples to look at


def a_photo(folder: Path, seed: int = 0) -> tuple[MediaFile, Path]:
    """A picture of a river at dusk that this function draws."""
    from PIL import Image, ImageDraw

    width, height = 1200, 675
    image = Image.linear_gradient("L").resize((width, height))
    image = Image.merge(
        "RGB", [image.point(lambda v, s=s: 60 + (v * s) // 255) for s in (150, 120 + seed, 90)]
    )
    draw = ImageDraw.Draw(image)
    draw.ellipse((820, 90, 920, 190), fill=(250, 226, 180))
    for wave in range(12):
        top = 420 + wave * 22
        draw.line((0, top, width, top + 14), fill=(70, 88, 100), width=5)
    draw.rectangle((0, 395, width, 420), fill=(58, 52, 48))
    for arch in range(6):
        draw.rectangle((90 + arch * 190, 420, 120 + arch * 190, 560), fill=(58, 52, 48))
    path = folder / f"photo-{seed}.jpg"
    image.save(path, quality=82)
    data = path.read_bytes()
    import hashlib

    digest_ = hashlib.sha256(data).hexdigest()
    file = MediaFile(
        id=digest_,
        asset=AssetId(f"asset{seed}"),
        name=f"{digest_[:16]}-{width}.jpg",
        mime="image/jpeg",
        width=width,
        height=height,
        size=len(data),
    )
    return file, path


def the_picture_page(backend: SiteBackend, scratch: Path) -> None:
    """The page of the design: a pinned summary, key events, a photo, a quote, a post, a correction."""
    file, path = a_photo(scratch)
    backend.put_media(file, path)
    pictures: dict[str, Picture] = {file.asset: backend.picture((file,))}

    def at(hour: int, minute: int) -> datetime:
        return datetime(2026, 11, 22, hour - 1, minute, tzinfo=UTC)

    for number in range(1, 31):
        publish(backend, number)
    entries = [
        Content(
            headline="First shelter opens",
            time=at(11, 20),
            key_event=True,
            body=(
                Text(text="The school on Mill Street takes in the first families."),
                Story(
                    url="https://news.example.org/shelter",
                    headline="Where to go, and what to bring",
                    outlet="City desk",
                    summary="Addresses, opening hours and transport.",
                ),
            ),
        ),
        Content(
            headline="River authority raises the alert to red",
            time=at(12, 44),
            key_event=True,
            body=(Text(text="It is the first red alert on this stretch since 1998."),),
        ),
        Content(
            headline="What we know so far",
            time=at(13, 5),
            key_event=True,
            pinned=True,
            body=(
                Text(
                    text="- Four districts without power\n- Two shelters open, one already full\n"
                    "- Peak expected after midnight"
                ),
            ),
        ),
        Content(
            headline="Water reaches the old bridge",
            time=at(14, 32),
            key_event=True,
            body=(
                Text(
                    text="The gauge under the eastern arch read **7.2 metres** at half past two, "
                    "forty centimetres above the level at which the city closes the embankment road."
                ),
                Photo(
                    asset=file.asset,
                    alt="An old stone bridge over a swollen river at dusk",
                    caption="The old bridge at dusk.",
                    credit="Staff photographer",
                    width=1200,
                    height=675,
                ),
                Quote(
                    text="We have three pumps and we need ten. Everyone here knows it.",
                    speaker="River engineer",
                    role="city waterworks",
                    how="to this reporter by phone",
                ),
                Social(
                    url="https://social.example/@gauges/113456789012345678",
                    network="mastodon",
                    author="River gauge service",
                    handle="@gauges@social.example",
                    posted=at(14, 21),
                    captured=at(14, 29),
                    text="Gauge 7 passed the 1998 mark at 14:15. Please stay off the embankment.",
                ),
            ),
        ),
    ]
    for number, content in enumerate(entries, 100):
        fixes: tuple[Correction, ...] = ()
        if number == 101:
            fixes = (a_correction("an earlier version gave the year as 1989.", at(12, 58)),)
        backend.put(
            a_dispatch(
                number,
                content,
                corrections=fixes,
                media=(file,),
                pictures=pictures,
                updated=at(14, 36) if number == 103 else None,
            ),
            Held(),
        )


def the_arabic_page(backend: SiteBackend, blog: Blog, scratch: Path) -> None:
    """A page from right to left, with a word or two from left to right in it."""
    file, path = a_photo(scratch, 1)
    backend.put_media(file, path)
    pictures: dict[str, Picture] = {file.asset: backend.picture((file,))}
    time = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
    entries = [
        Content(
            headline="افتتاح أول مركز إيواء",
            key_event=True,
            body=(Text(text="تستقبل المدرسة في شارع الطاحونة العائلات الأولى."),),
        ),
        Content(
            headline="ما نعرفه حتى الآن",
            key_event=True,
            pinned=True,
            body=(Text(text="- أربعة أحياء بلا كهرباء\n- مركزان للإيواء، أحدهما ممتلئ"),),
        ),
        Content(
            headline="المياه تصل إلى الجسر القديم",
            key_event=True,
            body=(
                Text(text="سجّل مقياس المنسوب تحت القوس الشرقي **7.2 أمتار** وفق Gauge 7."),
                Photo(
                    asset=file.asset,
                    alt="جسر حجري قديم",
                    caption="الجسر القديم عند الغسق",
                    credit="مصوّر الصحيفة",
                ),
                Quote(
                    text="لدينا ثلاث مضخات ونحتاج إلى عشر.",
                    speaker="مهندس النهر",
                    role="مياه المدينة",
                ),
                Social(
                    url="https://social.example/@gauges/113456789012345678",
                    network="mastodon",
                    author="خدمة قياس النهر",
                    handle="@gauges@social.example",
                    posted=time,
                    captured=time,
                    text="تجاوز المقياس 7 علامة عام 1998.",
                ),
            ),
        ),
    ]
    for number, content in enumerate(entries, 1):
        at = time + timedelta(minutes=20 * number)
        fixes = (
            (a_correction("ذكرت نسخة سابقة عام 1989.", at + timedelta(minutes=9)),)
            if number == 1
            else ()
        )
        backend.put(
            a_dispatch(
                number,
                content,
                blog=blog,
                at=at,
                corrections=fixes,
                media=(file,),
                pictures=pictures,
            ),
            Held(),
        )
