"""The long ways to a site: through folders, redirects, TLS and plain permalinks; and what is said where there is no way."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from shutil import which

import pytest

from editor.backends.wordpress import WordPress as Kind
from editor.clock import SystemClock
from editor.problems import Problem
from editor.sync.backend import Door, NotApplied, Rejected, Unanswered
from editor.sync.delivery import Held, Visibility
from editor.ui.messages import sentence
from tests.backends.contract import FILE, JPEG, dispatch
from tests.backends.opening import BLOG
from tests.real.entries import backend_at, page_of
from tests.real.loopback import Answers, Asked, Loopback, Told, before, page, passing, to
from tests.real.opening import complaints, make_category
from tests.real.wordpress import WordPress

pytestmark = [pytest.mark.real, pytest.mark.slow]
GUARD = "add_action('init', function () { status_header(403); die('<html>Blocked</html>'); });"
NO_PASSWORDS = "add_filter('wp_is_application_passwords_available', '__return_false');"


def discover(address: str) -> Door:
    return Kind().discover({"address": address})


def refused(address: str) -> tuple[type[Exception], Problem, str]:
    """How an address is refused, and what is said of it."""
    try:
        discover(address)
    except (Rejected, NotApplied, Unanswered) as error:
        return type(error), error.problem, sentence(error.problem)
    raise AssertionError("it is not refused")


Serve = Callable[..., Loopback]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Servers that are no WordPress."""
    made: list[Loopback] = []

    def begin(answers: Answers, certificate: Path | None = None) -> Loopback:
        made.append(Loopback(answers, certificate))
        return made[-1]

    yield begin
    for each in made:
        each.__exit__(None, None, None)


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for this machine, which is trusted."""
    if which("openssl") is None:
        pytest.skip("needs openssl")
    file, cert = tmp_path / "both.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", str(file)),
            *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", str(cert)),
        ],
        check=True,
        capture_output=True,
    )
    file.write_bytes(file.read_bytes() + cert.read_bytes())
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


# --- where a site is


def test_with_plain_permalinks_everything_works_as_with_pretty_ones(
    either: WordPress, tmp_path: Path
) -> None:
    make_category(either)
    either.permalinks("plain")
    door = discover(either.url)
    assert door.settings["rest"] == f"{either.url}/index.php?rest_route=/"
    backend = backend_at(either, "field", **door.settings)
    backend.check()
    (tmp_path / "photo.jpg").write_bytes(JPEG)
    backend.put_media(FILE, tmp_path / "photo.jpg")
    cursor = backend.changes("").cursor
    draft = backend.put(dispatch(visibility=Visibility.DESK), Held())
    held = backend.put(dispatch(photo=True, backend=backend), draft)
    assert (held.ref, held.visibility) == (draft.ref, Visibility.PUBLIC)
    assert held.url == f"{either.url}/?p={held.ref}"
    assert [each.ref for each in backend.changes(cursor).changed] == [held.ref]
    found = backend_at(either, "field", **door.settings).find(dispatch().entry, Held())
    assert found is not None
    assert found.held == held
    assert "The level is 4.1 m." in page_of(either, held.ref)
    gone = backend.withdraw(dispatch(visibility=Visibility.GONE), held)
    assert gone.visibility is Visibility.GONE
    backend.remove_media(FILE)
    backend.close()
    assert (either.media(), complaints(either)) == ([], [])


def test_a_site_in_a_folder_of_its_host_is_found_there(wordpress: WordPress) -> None:
    make_category(wordpress)
    with before(wordpress, "/news") as host:
        door = discover(f"{host.url}/news")
        assert door.settings == {"address": f"{host.url}/news", "rest": f"{host.url}/news/wp-json/"}
        backend = backend_at(wordpress, "desk", **door.settings)
        held = backend.put(dispatch(), Held())
        found = backend.find(dispatch().entry, Held())
        backend.close()
        assert found is not None
        assert found.held == held
        assert held.url.startswith(f"{host.url}/news/2026/")
        assert backend.address() == f"{host.url}/news/?category_name={BLOG.slug}"
        assert discover(held.url).settings == door.settings
        assert refused(host.url)[1].code == "wordpress-none-there"


def test_a_page_that_hides_where_the_api_is_is_no_hindrance(wordpress: WordPress) -> None:
    wordpress.plugin(
        "hides",
        "remove_action('template_redirect', 'rest_output_link_header', 11);"
        "remove_action('wp_head', 'rest_output_link_wp_head', 10);",
    )
    assert discover(wordpress.url).settings["rest"] == f"{wordpress.url}/wp-json/"
    wordpress.permalinks("plain")
    assert discover(wordpress.url).settings["rest"] == f"{wordpress.url}/index.php?rest_route=/"


def test_a_redirect_is_gone_after_and_the_sites_own_address_kept(
    wordpress: WordPress, serve: Serve
) -> None:
    old = serve(lambda asked: to(f"http://localhost:{wordpress.port}/"))
    assert discover(old.url).settings == {
        "address": f"http://localhost:{wordpress.port}",
        "rest": f"http://localhost:{wordpress.port}/wp-json/",
    }
    assert [each.headers.get("authorization") for each in old.asked] == [None]


def test_http_that_leads_to_https_is_gone_after(
    wordpress: WordPress, serve: Serve, certificate: Path
) -> None:
    with before(wordpress, certificate=certificate) as safe:
        old = serve(lambda asked: to(f"{safe.url}/"))
        door = discover(old.url)
    assert door.settings == {"address": safe.url, "rest": f"{safe.url}/wp-json/"}
    assert door.sign_in.startswith(f"{safe.url}/wp-admin/")


# --- where there is no way


def test_https_that_leads_to_http_is_refused(serve: Serve, certificate: Path) -> None:
    safe = serve(lambda asked: to("http://127.0.0.1:9/"), certificate)
    kind, problem, said = refused(safe.url)
    assert (kind, problem.code) == (Rejected, "wordpress-turns-plain")
    assert said.endswith("leads from an encrypted address to one that is not; nothing was sent.")


def test_a_page_where_the_api_should_be_says_that_it_is_switched_off(
    wordpress: WordPress, serve: Serve
) -> None:
    hand_on, made = passing(wordpress), list[Loopback]()

    def answers(asked: Asked) -> Told:
        barred = "rest_route" in asked.path or "wp-json" in asked.path
        return page("Please sign in.") if barred else hand_on(asked, made[0].url)

    made.append(serve(answers))
    kind, problem, said = refused(made[0].url)
    assert (kind, problem.code, problem.field) == (Rejected, "wordpress-rest-off", "address")
    assert said.startswith(f"The site at 127.0.0.1:{made[0].port} has its REST API switched off")


def test_application_passwords_that_are_not_to_be_had(either: WordPress, certificate: Path) -> None:
    either.production(True)
    kind, problem, said = refused(either.url)
    assert (kind, problem.code) == (Rejected, "wordpress-no-passwords-plain")
    assert said.endswith(f"type the address of 127.0.0.1:{either.port} with https://.")
    either.production(False)
    either.plugin("off", NO_PASSWORDS)
    with before(either, certificate=certificate) as safe:
        kind, problem, said = refused(safe.url)
    assert (kind, problem.code) == (Rejected, "wordpress-no-passwords")
    assert "application passwords switched off; ask whoever runs it" in said


def test_a_security_plugins_page_is_told_of_also_when_the_site_is_known(
    wordpress: WordPress,
) -> None:
    wordpress.plugin("guard", GUARD)
    for ask in (lambda: discover(wordpress.url), backend_at(wordpress, "desk").check):
        with pytest.raises(Rejected) as caught:
            ask()
        assert caught.value.problem.code == "wordpress-guarded"
        said = sentence(caught.value.problem)
        assert said.startswith(f"A firewall or security plugin at 127.0.0.1:{wordpress.port}")


def test_a_site_that_is_unwell_may_be_asked_again(wordpress: WordPress) -> None:
    wordpress.plugin("broken", "no_such_function();")
    kind, problem, said = refused(wordpress.url)
    assert (kind, problem.code) == (NotApplied, "web-unwell")
    assert said == f"127.0.0.1:{wordpress.port} has trouble of its own (500)."


NO_WORDPRESS: dict[str, Answers] = {
    "a proxy's page for everything": lambda asked: page("Sign in to the network."),
    "a page that is not there": lambda asked: page("Nothing here.", 404),
    "an API of another kind": lambda asked: Told(
        200, b'{"name":"x","namespaces":[]}', {"content-type": "application/json"}
    ),
    "nothing at all": lambda asked: Told(200),
    "numbers": lambda asked: Told(200, b"[[[[1]]]]", {"content-type": "application/json"}),
}


@pytest.mark.parametrize("answers", NO_WORDPRESS.values(), ids=NO_WORDPRESS)
def test_what_is_no_wordpress_is_said_to_be_none(serve: Serve, answers: Answers) -> None:
    there = serve(answers)
    kind, problem, said = refused(there.url)
    assert (kind, problem.code) == (Rejected, "wordpress-none-there")
    assert said == f"There is no WordPress at 127.0.0.1:{there.port}; check the address."


def test_an_api_at_another_host_is_never_asked(wordpress: WordPress, serve: Serve) -> None:
    link = f'<http://localhost:{wordpress.port}/wp-json/>; rel="https://api.w.org/"'
    there = serve(lambda asked: page("A page.", link=link))
    kind, problem, said = refused(there.url)
    assert (kind, problem.code) == (Rejected, "wordpress-elsewhere")
    assert f"says that it is at localhost:{wordpress.port};" in said
    assert len(there.asked) == 1


def test_redirects_without_end_are_given_up_after_a_few(serve: Serve) -> None:
    made: list[Loopback] = []
    made.append(serve(lambda asked: to(f"{made[0].url}{asked.path}x")))
    kind, problem, said = refused(made[0].url)
    assert (kind, problem.code) == (Rejected, "wordpress-in-circles")
    assert said.endswith("leads from one address to the next without end; check the address.")
    assert len(made[0].asked) == 5


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "wordpress-address-missing"),
        ("ftp://news.example", "web-address"),
        ("http://news.example", "web-plain"),
        ("https://user:word@news.example", "web-address"),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_without_asking(address: str, code: str) -> None:
    assert refused(address)[1].code == code


# --- who somebody is there


def test_a_reader_cannot_be_given_an_account(wordpress: WordPress) -> None:
    with pytest.raises(Rejected) as caught:
        backend_at(wordpress, "reader").check()
    assert caught.value.problem.code == "wordpress-only-reads"
    assert "ask the desk for the Contributor role" in sentence(caught.value.problem)


def test_the_password_of_the_account_itself_is_none(either: WordPress) -> None:
    with pytest.raises(NotApplied) as caught:
        Kind().greet({"address": either.url, "user": "desk"}, "only for tests")
    assert (caught.value.sign_in, caught.value.problem.code) == (True, "wordpress-password")
    assert "does not take the user name with this application password" in sentence(
        caught.value.problem
    )


def test_a_password_is_taken_as_it_is_copied_and_with_the_users_address(
    wordpress: WordPress,
) -> None:
    secret = wordpress.users["desk"].app_password
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    settings = {"address": wordpress.url, "user": "desk@example.test"}
    assert Kind().greet(settings, spaced).role == "editor"


@pytest.mark.parametrize("hours", [-2, 3])
def test_a_clock_that_is_hours_ahead_or_behind_is_told(wordpress: WordPress, hours: int) -> None:
    there = format_datetime(SystemClock().now() - timedelta(hours=hours), usegmt=True)
    secret = wordpress.users["desk"].app_password
    with before(wordpress, date=there) as late:
        found = Kind().greet({"address": late.url, "user": "desk"}, secret)
    assert found.ahead is not None
    assert abs(found.ahead - hours * 3600) < 10
