"""From what somebody typed to the site, or to the one sentence that says why not; and who the user is there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from editor.backends.wordpress import WordPress as Kind
from editor.problems import Problem
from editor.sync.backend import Door, May, NotApplied, Rejected
from editor.ui.messages import sentence
from tests.real.sites import shared
from tests.real.wordpress import WordPress

pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.fixture
def site() -> WordPress:
    there = shared()
    there.reset()
    return there


def found(address: str) -> Door:
    return Kind().discover({"address": address})


def barred(address: str, settings: dict[str, str] | None = None) -> Problem:
    with pytest.raises((Rejected, NotApplied)) as raised:
        Kind().discover({"address": address, **(settings or {})})
    error = raised.value
    assert isinstance(error, Rejected | NotApplied)
    assert "{" not in sentence(error.problem)
    return error.problem


@contextmanager
def answering(page: bytes, **headers: str) -> Iterator[str]:
    """Something that is no WordPress, or a proxy in front of one: the same page for everything."""
    status = int(headers.pop("status", "200"))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in {"content-type": "text/html", **headers}.items():
                self.send_header(name, value.replace("{host}", self.headers["host"]))
            self.send_header("content-length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_site_is_found_by_its_bare_address(site: WordPress) -> None:
    door = found(site.url.removeprefix("http://"))
    assert door.site == "The live desk"
    assert door.settings == {"address": site.url, "rest": f"{site.url}/wp-json/"}
    assert door.sign_in.startswith(
        f"{site.url}/wp-admin/authorize-application.php?app_name=Dateline"
    )


@pytest.mark.parametrize("page", ["/", "/wp-json/", "/?cat=1", "/?p=5#more", "/no-such-page/"])
def test_a_site_is_found_by_any_page_of_it(site: WordPress, page: str) -> None:
    assert found(site.url + page).settings["rest"] == f"{site.url}/wp-json/"


def test_a_site_with_plain_permalinks_is_found_and_can_be_published_to(site: WordPress) -> None:
    from editor.sync.delivery import Held
    from tests.backends.contract import ENTRY, dispatch
    from tests.real.opening import close, opened

    site.permalinks("plain")
    assert "rest_route=/" in found(site.url).settings["rest"]
    made = opened(site)
    try:
        backend = made.backend()
        held = backend.put(dispatch("Plain"), Held())
        there = made.backend().find(ENTRY, Held())
        assert there is not None
        assert there.held.ref == held.ref
        assert [each.ref for each in backend.changes("").changed] == [held.ref]
        assert [each.ref for each in backend.listing()] == [held.ref]
    finally:
        close(made)


@pytest.mark.parametrize(
    ("plugin", "code"),
    [
        (
            "add_filter('rest_authentication_errors', fn() => new WP_Error('rest_off', 'Off', ['status' => 403]));",
            "wordpress-rest-off",
        ),
        ("remove_action('template_redirect', 'rest_output_link_header', 11);"
         "remove_action('wp_head', 'rest_output_link_wp_head'); add_filter('rest_enabled', '__return_false');"
         "add_action('rest_api_init', function () { status_header(404); echo '<html>no</html>'; exit; });",
         "wordpress-rest-off"),
        ("add_filter('wp_is_application_passwords_available', '__return_false');", "wordpress-no-passwords"),
        (
            "if (isset($_SERVER['REQUEST_URI'])) { status_header(403); header('Content-Type: text/html');"
            " echo '<html><h1>Blocked</h1></html>'; exit; }",
            "wordpress-guarded",
        ),
    ],
    ids=["switched off", "hidden", "no passwords", "guarded"],
)  # fmt: skip
def test_what_stands_in_the_way_is_told_apart(site: WordPress, plugin: str, code: str) -> None:
    site.plugin("way", plugin)
    problem = barred(site.url)
    if code == "wordpress-no-passwords" and site.url.startswith("http:"):
        # over plain http WordPress cannot say which of the two it is
        assert problem.code in (code, f"{code}-plain")
    else:
        assert problem.code == code


@pytest.mark.parametrize("permalinks", ["pretty", "plain"])
def test_a_site_whose_api_is_for_signed_in_users_only_is_found_and_let_in_to(
    site: WordPress, permalinks: str
) -> None:
    if permalinks == "plain":
        site.permalinks("plain")
    site.plugin(
        "way",
        "add_filter('rest_authentication_errors', fn($so_far) => $so_far ?: (is_user_logged_in() ? $so_far"
        " : new WP_Error('rest_for_users', 'Sign in.', ['status' => 401])));",
    )
    door = found(site.url)
    assert door.sign_in.startswith(f"{site.url}/wp-admin/authorize-application.php?app_name=")
    settings = {**door.settings, "user": "desk"}
    assert Kind().greet(settings, site.users["desk"].app_password).role == "editor"
    with pytest.raises(NotApplied) as raised:
        Kind().greet(settings, "abcd efgh ijkl mnop qrst uvwx")
    assert (raised.value.problem.code, raised.value.sign_in) == ("wordpress-shut", True)


def test_a_site_whose_api_is_shut_to_everybody_says_so_to_whoever_signs_in(
    site: WordPress,
) -> None:
    site.plugin(
        "way",
        "add_filter('rest_authentication_errors', fn() => new WP_Error('off', 'Off', ['status' => 401]));",
    )
    settings = {**found(site.url).settings, "user": "desk"}
    with pytest.raises(NotApplied) as raised:
        Kind().greet(settings, site.users["desk"].app_password)
    assert raised.value.problem.code == "wordpress-shut"
    assert "REST API is shut" in sentence(raised.value.problem)


def test_application_passwords_over_plain_http_are_told_of(site: WordPress) -> None:
    site.production(True)
    assert barred(site.url).code == "wordpress-no-passwords-plain"


def test_maintenance_is_told_of_and_worth_trying_again(site: WordPress) -> None:
    site.maintenance(True)
    with pytest.raises(NotApplied) as raised:
        found(site.url)
    assert raised.value.problem.code == "wordpress-maintenance"


def test_what_is_no_wordpress_is_told_of() -> None:
    with answering(b"<html>A shop</html>") as address:
        assert barred(address).code == "wordpress-none-there"
    assert barred("http://127.0.0.1:9").code == "web-unreached"


def test_an_api_at_another_host_is_not_followed() -> None:
    link = '<http://elsewhere.example/wp-json/>; rel="https://api.w.org/"'
    with answering(b"<html></html>", link=link) as address:
        problem = barred(address)
    assert problem.code == "wordpress-elsewhere"
    assert problem.detail["there"] == "elsewhere.example"


def test_redirects_without_end_and_to_a_plain_address_are_told_of() -> None:
    with answering(b"", status="302", location="http://{host}/again") as address:
        assert barred(address).code == "wordpress-in-circles"
    with answering(b"", status="301", location="http://news.example/") as address:
        assert barred(address).code == "web-plain"


def test_no_credentials_are_sent_before_a_site_is_found(site: WordPress) -> None:
    site.plugin(
        "ears",
        "file_put_contents(WP_CONTENT_DIR . '/heard', json_encode([$_SERVER['HTTP_AUTHORIZATION'] ?? '',"
        " $_SERVER['HTTP_COOKIE'] ?? '', $_SERVER['HTTP_USER_AGENT'] ?? '']) . \"\\n\", FILE_APPEND);",
    )
    found(site.url)
    heard = (site.folder / "site/wp-content/heard").read_text().split("\n")
    assert set(filter(None, heard)) == {'["","","Dateline"]'}


def test_a_user_is_told_who_they_are_and_what_they_may_do(site: WordPress) -> None:
    site.call("desk", "POST", "/wp/v2/categories", name="Flood & rain", slug="flood")
    settings = {"address": site.url, "user": "desk"}
    welcome = Kind().greet(settings, site.users["desk"].app_password)
    assert (welcome.site, welcome.role) == ("The live desk", "editor")
    assert welcome.may == frozenset(May)
    assert {place.name: place.title for place in welcome.places}["flood"] == "Flood & rain"
    assert welcome.ahead is not None
    assert abs(welcome.ahead) < 5
    assert welcome.remarks == ()


@pytest.mark.parametrize(
    ("user", "may", "remarks"),
    [
        ("field", {May.SUBMIT, May.PUBLISH, May.PHOTOS}, []),
        ("stringer", {May.SUBMIT}, ["wordpress-only-submits", "wordpress-no-photos"]),
        ("reader", set(), ["wordpress-only-reads"]),
    ],
)
def test_what_a_role_lacks_is_said_before_it_is_tried(
    site: WordPress, user: str, may: set[May], remarks: list[str]
) -> None:
    settings = {"address": site.url, "user": user}
    welcome = Kind().greet(settings, site.users[user].app_password)
    assert welcome.may == may
    assert [problem.code for problem in welcome.remarks] == remarks
    able = Kind().able({**settings, **welcome.settings})
    assert able.media == (May.PHOTOS in may)


@pytest.mark.parametrize("user", ["desk", "nobody"])
def test_a_wrong_password_is_told_of(site: WordPress, user: str) -> None:
    with pytest.raises(NotApplied) as raised:
        Kind().greet({"address": site.url, "user": user}, "abcd efgh ijkl mnop")
    assert raised.value.sign_in
    assert raised.value.problem.code == "wordpress-password"


def test_a_clock_that_is_ahead_is_told_of(site: WordPress) -> None:
    site.plugin("clock", "header('Date: ' . gmdate('D, d M Y H:i:s', time() - 90) . ' GMT');")
    welcome = Kind().greet({"address": site.url, "user": "desk"}, site.users["desk"].app_password)
    assert welcome.ahead is not None
    assert 85 < welcome.ahead < 100
