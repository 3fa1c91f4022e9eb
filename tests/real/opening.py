"""How a test opens a blog at a real WordPress: as one of its users, with a category that an editor has made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from editor.registry import Kinds
from editor.sync.delivery import Held, Visibility
from tests.backends.opening import BLOG, Opened
from tests.real.wordpress import WordPress

STATUS = {Visibility.DESK: "draft", Visibility.PUBLIC: "publish"}


@dataclass
class WebDesk:
    """An editor in the web editor, which speaks to the same API."""

    site: WordPress

    def edit(self, ref: str, headline: str) -> None:
        self.write(ref, title=headline)

    def show(self, ref: str, visibility: Visibility) -> None:
        if visibility is Visibility.GONE:
            status, _ = self.site.call("desk", "DELETE", f"/wp/v2/posts/{ref}")
            assert status == 200
        else:
            self.write(ref, status=STATUS[visibility])

    def write(self, ref: str, **fields: object) -> None:
        status, answer = self.site.call("desk", "POST", f"/wp/v2/posts/{ref}", **fields)
        assert status == 200, answer


def settings_of(site: WordPress, user: str) -> dict[str, str]:
    return {"address": site.url, "user": user}


def opened(site: WordPress, user: str = "desk") -> Opened:
    """The blog at a site that was just reset."""
    make_category(site)

    def shows(words: str) -> bool:
        status, posts = site.call(None, "GET", "/wp/v2/posts?per_page=100")
        assert status == 200
        return any(
            words in each["title"]["rendered"] + each["content"]["rendered"] for each in posts
        )

    def everything() -> object:
        terms = site.php(
            "echo json_encode(get_terms(['hide_empty'=>false,'taxonomy'=>['category','post_tag']]));"
        )
        return site.posts(), site.media(), terms

    return Opened(
        kind=Kinds().get("wordpress"),
        settings=settings_of(site, user),
        names_requests=False,
        secret=site.users[user].app_password,
        shows=shows,
        media=lambda: len(site.media()),
        everything=everything,
        desk=WebDesk(site),
        others=lambda put: aside(site, put),
    )


def make_category(site: WordPress) -> None:
    site.call("desk", "POST", "/wp/v2/categories", name=BLOG.headline, slug=BLOG.slug)


def aside(site: WordPress, put: Callable[[], Held]) -> Held:
    """What is put while the posts that are there are not looked at: the race of two requests, which WordPress loses."""
    site.php(
        "global $wpdb; $wpdb->query(\"UPDATE $wpdb->posts SET post_name = CONCAT('aside-', post_name)\");"
    )
    held = put()
    site.php(
        'global $wpdb; $wpdb->query("UPDATE $wpdb->posts SET post_name = SUBSTR(post_name, 7)'
        " WHERE post_name LIKE 'aside-%'\"); wp_cache_flush();"
    )
    return held


def close(made: Opened) -> None:
    for backend in made.backends:
        backend.close()


def complaints(site: WordPress) -> list[str]:
    """What PHP complained about, but for what WordPress itself does wrong with drafts that have a slug, and says of a file
    that is no picture.
    """
    own = (
        ("stdClass::$", "/class-wp-rest-posts-controller.php"),
        ("array key", "/includes/image.php"),
    )
    return [
        line
        for line in site.errors()
        if not any(all(part in line for part in parts) for parts in own)
    ]
