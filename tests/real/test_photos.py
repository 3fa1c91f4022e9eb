"""Photos in the library of a real WordPress: each once, whole, and refused in a sentence where it cannot be taken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from editor.content.blocks.photo import Photo
from editor.content.entry import Content
from editor.domain.ids import AssetId
from editor.sync.backend import Backend, NotApplied, Rejected, Unanswered
from editor.sync.delivery import Held, MediaFile
from editor.ui.messages import sentence
from tests.real.entries import backend_at, key, page_of, sent
from tests.real.loopback import Asked, Loopback, Told, passing
from tests.real.opening import complaints, make_category
from tests.real.services import Limits
from tests.real.sites import needs, shared
from tests.real.wordpress import WordPress

pytestmark = [pytest.mark.real, pytest.mark.slow]
both = pytest.mark.parametrize("site", ["sqlite", "mariadb"], indirect=True)
FAILS = """
add_filter('%s', function ($given) {
    $left = (int) get_option('tests_fails', %d);
    if ($left > 0) {
        update_option('tests_fails', $left - 1);
        no_such_function();
    }
    return $given;
});
"""
"""Fails so many times: once the photo is kept, or when its smaller sizes are to be made."""
KEPT, SIZES = "add_attachment", "wp_image_editors"


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Iterator[WordPress]:
    """WordPress 6.5, or the one that a test names; the desk has made the category."""
    found = shared(getattr(request, "param", "sqlite"))
    found.reset()
    make_category(found)
    yield found
    found.php("delete_option('tests_fails');")


def a_photo(
    folder: Path,
    colour: tuple[int, int, int] = (30, 90, 160),
    width: int = 1280,
    noisy: bool = False,
) -> tuple[MediaFile, Path]:
    """A JPEG that was made here, named as the engine names it."""
    path = folder / f"{width}-{'-'.join(map(str, colour))}.jpg"
    size = (width, width * 9 // 16)
    picture = Image.effect_noise(size, 90) if noisy else Image.new("RGB", size, colour)
    picture.convert("RGB").save(path, "JPEG", quality=90)
    data = path.read_bytes()
    name = hashlib.sha256(data).hexdigest()
    file = MediaFile(
        id=name,
        asset=AssetId("a0" * 32),
        name=f"{name[:16]}-{width}.jpg",
        mime="image/jpeg",
        width=size[0],
        height=size[1],
        size=len(data),
    )
    return file, path


def entry(backend: Backend, file: MediaFile, by: str = "desk") -> Held:
    """An entry with the photo."""
    photo = Photo(
        asset=file.asset,
        alt='The quay & "the" bridge',
        caption="The quay at noon.\nThe lower road.",
        credit="Field team A",
        width=file.width,
        height=file.height,
    )
    content = Content(headline="The quay", body=(photo,))
    held = backend.put(sent(content, by=by, photos=(file,)), Held())
    found = backend.find(key(1), Held())
    assert found is not None
    assert found.content == content
    return held


@both
def test_a_photo_is_sent_once_and_stands_in_the_entry_with_its_words(
    site: WordPress, tmp_path: Path
) -> None:
    file, path = a_photo(tmp_path)
    sizes = []

    def flow(sent: int) -> None:
        sizes.append(sent)

    backend_at(site, "field").put_media(file, path, flow)
    assert sizes[-1] < file.size <= sizes[-1] + 8192
    (there,) = site.media()
    assert there["slug"] == f"dateline-{file.id[:40]}"
    kept = site.folder / "site/wp-content/uploads" / there["meta"]["_wp_attached_file"]
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == file.id
    for user in ("field", "desk"):
        sizes.clear()
        backend_at(site, user).put_media(file, path, flow)
        assert sizes == []
    held = entry(backend_at(site, "field"), file, by="field")
    raw = site.posts()[0]["content"]
    assert f'<!-- wp:image {{"id":{there["id"]},"sizeSlug":"full","linkDestination":"none"' in raw
    page = page_of(site, held.ref)
    assert 'alt="The quay &amp; &quot;the&quot; bridge"' in page
    assert "The quay at noon.<br>The lower road. Photograph: Field team A</figcaption>" in page
    assert f"{file.id[:16]}-1280-300x169.jpg 300w" in page
    assert complaints(site) == []


def test_the_smaller_prints_of_a_photo_are_left_to_wordpress(
    site: WordPress, tmp_path: Path
) -> None:
    file, path = a_photo(tmp_path, width=640)
    backend = backend_at(site, "desk")
    backend.put_media(replace(file, largest=False), path)
    backend.remove_media(replace(file, largest=False))
    assert site.media() == []


def test_a_photo_that_was_damaged_on_its_way_is_refused_and_sent_again(
    site: WordPress, tmp_path: Path
) -> None:
    file, path = a_photo(tmp_path)
    hand_on, made, left = passing(site), list[Loopback](), [1]

    def damage(asked: Asked) -> Told:
        if asked.method == "POST" and "media" in asked.path and left.pop():
            left.append(0)
            body = asked.body[:-600] + bytes(600)
            asked = Asked(asked.method, asked.path, asked.headers, body)
        return hand_on(asked, made[0].url)

    with Loopback(damage) as way:
        made.append(way)
        backend = backend_at(site, "field", address=way.url, rest=f"{way.url}/wp-json/")
        with pytest.raises(NotApplied) as caught:
            backend.put_media(file, path)
        assert caught.value.problem.code == "wordpress-damaged"
        assert sentence(caught.value.problem).endswith("it is sent again.")
        assert site.media() == []
        backend.put_media(file, path)
        backend.close()
    assert len(site.media()) == 1


def test_a_photo_that_is_too_large_for_the_server_is_refused_for_good(tmp_path: Path) -> None:
    needs("sqlite", "fpm")
    file, path = a_photo(tmp_path, width=1920, noisy=True)
    assert file.size > 1_100_000
    small, its_path = a_photo(tmp_path, width=640)
    with WordPress("sqlite", serve="fpm", limits=Limits(body="1m")) as site:
        make_category(site)
        backend = backend_at(site, "desk")
        with pytest.raises(Rejected) as caught:
            backend.put_media(file, path)
        assert caught.value.problem.code == "web-too-large"
        assert backend.answer.status == 413
        backend.put_media(small, its_path)
        entry(backend, small)
        backend.close()
        assert len(site.media()) == 1


@both
def test_sizes_that_failed_are_made_by_asking_again_and_the_photo_is_there_once(
    site: WordPress, tmp_path: Path
) -> None:
    site.plugin("fails", FAILS % (SIZES, 2))
    file, path = a_photo(tmp_path)
    backend = backend_at(site, "field")
    backend.put_media(file, path)
    assert site.php("echo get_option('tests_fails');") == "0"
    (there,) = site.media()
    assert '"medium"' in there["meta"]["_wp_attachment_metadata"]
    backend_at(site, "field").put_media(file, path)
    entry(backend, file, by="field")
    assert len(site.media()) == 1


@pytest.mark.parametrize("hook", [KEPT, SIZES])
def test_a_photo_that_was_kept_before_something_failed_is_used_and_not_sent_again(
    site: WordPress, tmp_path: Path, hook: str
) -> None:
    site.plugin("fails", FAILS % (hook, 99))
    file, path = a_photo(tmp_path)
    with pytest.raises(Unanswered):
        backend_at(site, "field").put_media(file, path)
    assert len(site.media()) == 1
    site.unplug("fails")
    sent_again: list[int] = []
    backend = backend_at(site, "field")
    backend.put_media(file, path, sent_again.append)
    assert sent_again == []
    entry(backend, file, by="field")
    assert len(site.media()) == 1


def test_a_kind_of_file_that_is_not_taken_is_refused_with_wordpresss_own_words(
    site: WordPress, tmp_path: Path
) -> None:
    path = tmp_path / "photo.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    file, _ = a_photo(tmp_path)
    file = replace(file, name="photo.svg", mime="image/svg+xml", size=path.stat().st_size)
    with pytest.raises(Rejected) as caught:
        backend_at(site, "admin").put_media(file, path)
    assert caught.value.problem.code == "wordpress-photo-refused"
    said = sentence(caught.value.problem)
    assert said.startswith(
        f"127.0.0.1:{site.port} did not take the photo: Sorry, you are not allowed"
    )
    assert site.media() == []


def test_a_photo_whose_file_is_gone_here_is_refused_before_anything_leaves(
    site: WordPress, tmp_path: Path
) -> None:
    file, path = a_photo(tmp_path)
    path.unlink()
    with pytest.raises(Rejected) as caught:
        backend_at(site, "desk").put_media(file, path)
    assert caught.value.problem.code == "photo-file-missing"


def test_a_photo_that_was_removed_is_gone_for_good_and_may_come_again(
    site: WordPress, tmp_path: Path
) -> None:
    file, path = a_photo(tmp_path)
    backend = backend_at(site, "field")
    backend.put_media(file, path)
    first = entry(backend, file, by="field")
    backend.remove_media(file)
    backend_at(site, "field").remove_media(file)
    assert site.media() == []
    assert not list((site.folder / "site/wp-content/uploads").rglob("*.jpg"))
    backend.put_media(file, path)
    (there,) = site.media()
    found = backend.find(key(1), first)
    assert found is not None
    assert found.content is not None
    after = backend.put(sent(found.content, by="field", photos=(file,)), found.held)
    assert f"wp-image-{there['id']}" in site.posts()[0]["content"]
    assert after.ref == first.ref


def test_somebody_elses_photo_is_used_and_never_removed(site: WordPress, tmp_path: Path) -> None:
    file, path = a_photo(tmp_path)
    backend_at(site, "desk").put_media(file, path)
    author = backend_at(site, "field")
    author.put_media(file, path)
    entry(author, file, by="field")
    author.remove_media(file)
    assert [each["author"] for each in site.media()] == [site.users["desk"].id]
    backend_at(site, "desk").remove_media(file)
    assert site.media() == []


def test_a_library_with_another_photo_of_that_name_gives_ours_its_own(
    site: WordPress, tmp_path: Path
) -> None:
    file, path = a_photo(tmp_path)
    other, its_path = a_photo(tmp_path, (200, 40, 40))
    backend = backend_at(site, "desk")
    backend.put_media(replace(other, name=file.name), its_path)
    backend.put_media(file, path)
    names = sorted(each["meta"]["_wp_attached_file"].rpartition("/")[2] for each in site.media())
    assert names == [f"{file.id[:16]}-1280-1.jpg", f"{file.id[:16]}-1280.jpg"]
    entry(backend, file)
    assert f"{file.id[:16]}-1280-1.jpg" in site.posts()[0]["content"]
