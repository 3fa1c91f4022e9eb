"""The real servers are what the other tests take them for, and leave nothing behind."""

from __future__ import annotations

import contextlib
import http.client
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.real import parts, sites
from tests.real.services import Limits
from tests.real.template import Variant
from tests.real.wordpress import Serve, WordPress

pytestmark = [pytest.mark.slow, pytest.mark.real]

ROOT = Path(__file__).resolve().parent.parent.parent


def write(site: WordPress, user: str = "desk", **fields: Any) -> tuple[int, Any]:
    return site.call(
        user,
        "POST",
        "/wp/v2/posts",
        **{"title": "Water rises", "content": "<p>At the bridge.</p>", **fields},
    )


def test_it_runs_and_knows_its_users(either: WordPress) -> None:
    for name, user in either.users.items():
        status, found = either.call(name, "GET", "/wp/v2/users/me?context=edit")
        assert (status, found["id"], found["roles"]) == (200, user.id, [user.role])
    assert either.php("echo home_url();") == either.url
    assert (either.posts(), either.media(), either.errors()) == ([], [], [])


@pytest.mark.parametrize(
    ("user", "status", "answer"),
    [
        ("admin", "publish", 201),
        ("desk", "publish", 201),
        ("field", "publish", 201),
        ("stringer", "publish", 403),
        ("stringer", "pending", 201),
        ("reader", "draft", 403),
        (None, "draft", 401),
    ],
)
def test_each_role_may_do_what_it_may(
    wordpress: WordPress, user: str | None, status: str, answer: int
) -> None:
    found, _ = wordpress.call(user, "POST", "/wp/v2/posts", title="Water rises", status=status)
    assert found == answer


def test_the_desk_sees_behind_the_interface(either: WordPress) -> None:
    _, tag = either.call("desk", "POST", "/wp/v2/tags", name="flood")
    _, made = write(either, status="publish", tags=[tag["id"]], slug="water")
    status, _ = either.call("desk", "DELETE", f"/wp/v2/posts/{made['id']}")
    assert status == 200
    (post,) = either.posts()
    expected = {
        "id": made["id"],
        "status": "trash",
        "slug": "water__trashed",
        "title": "Water rises",
        "content": "<p>At the bridge.</p>",
        "author": either.users["desk"].id,
        "tags": ["flood"],
    }
    assert {key: post[key] for key in expected} == expected


def test_wiping_leaves_the_default_category_and_nothing_else(either: WordPress) -> None:
    either.call("desk", "POST", "/wp/v2/tags", name="flood")
    either.call("desk", "POST", "/wp/v2/categories", name="Weather")
    write(either, status="publish", sticky=True)
    write(either, status="future", date_gmt="2099-01-01T00:00:00")
    either.php("wp_upload_bits('a.txt', null, 'x'); wp_insert_attachment(['post_title' => 'A']);")
    assert (len(either.posts()), len(either.media())) == (2, 1)
    either.wipe()
    assert either.posts() == either.media() == []
    assert either.call(None, "GET", "/wp/v2/tags")[1] == []
    categories = either.call(None, "GET", "/wp/v2/categories")[1]
    assert [(each["name"], each["count"]) for each in categories] == [("Uncategorized", 0)]
    assert not list((either.folder / "site/wp-content/uploads").rglob("*"))
    assert write(either, status="publish")[0] == 201
    assert either.errors() == []


def test_a_stopped_or_killed_site_comes_back_with_all_it_had(either: WordPress) -> None:
    write(either, status="publish")
    before, address = either.posts(), either.url
    either.kill_web()
    assert either.php("echo count(get_posts());") == "1"
    with pytest.raises(ConnectionRefusedError):
        either.call("desk", "GET", "/wp/v2/posts")
    either.start()
    assert (either.posts(), either.url) == (before, address)
    either.stop()
    either.start()
    assert either.posts() == before
    assert either.call("desk", "GET", "/wp/v2/posts")[0] == 200


def test_a_killed_database_comes_back_with_all_it_had(wordpress_mariadb: WordPress) -> None:
    write(wordpress_mariadb, status="publish")
    before = wordpress_mariadb.posts()
    wordpress_mariadb.kill_db()
    assert wordpress_mariadb.call("desk", "GET", "/wp/v2/posts")[0] == 500
    with pytest.raises(AssertionError, match="PHP failed"):
        wordpress_mariadb.posts()
    wordpress_mariadb.start_db()
    assert wordpress_mariadb.posts() == before


def test_a_plugin_counts_at_once_and_so_does_its_successor(either: WordPress) -> None:
    for answer in (418, 429, 451):
        either.plugin("teapot", f"add_action('rest_api_init', fn() => wp_die('', {answer}));")
        assert either.call("desk", "GET", "/wp/v2/posts")[0] == answer
    either.unplug("teapot")
    assert either.call("desk", "GET", "/wp/v2/posts")[0] == 200


def test_nothing_that_a_test_breaks_holds_behind_the_site(wordpress: WordPress) -> None:
    wordpress.plugin("broken", "no_such_function();")
    wordpress.maintenance(True)
    assert wordpress.php("echo 6 * 7;") == "42"
    assert wordpress.call("desk", "GET", "/wp/v2/posts")[0] == 503
    wordpress.maintenance(False)
    assert wordpress.call("desk", "GET", "/wp/v2/posts")[0] == 500
    assert any("no_such_function" in line for line in wordpress.errors())
    wordpress.reset()
    assert wordpress.call("desk", "GET", "/wp/v2/posts")[0] == 200
    assert wordpress.errors() == []


def test_a_public_site_takes_no_password_without_tls(wordpress: WordPress) -> None:
    wordpress.production(True)
    assert write(wordpress)[0] == 401
    wordpress.production(False)
    assert write(wordpress)[0] == 201


def test_plain_addresses_have_no_wp_json(wordpress: WordPress) -> None:
    kinds = []
    for links in ("pretty", "plain"):
        wordpress.permalinks(links)
        connection = http.client.HTTPConnection("127.0.0.1", wordpress.port)
        with contextlib.closing(connection):
            connection.request("GET", "/wp-json/")
            kinds.append(connection.getresponse().getheader("Content-Type", ""))
        assert write(wordpress)[0] == 201
    assert kinds == ["application/json; charset=UTF-8", "text/html; charset=UTF-8"]


def test_the_hour_of_a_scheduled_post_comes_when_a_test_says_so(either: WordPress) -> None:
    write(either, status="future", date_gmt="2099-01-01T00:00:00")
    assert either.cron() == 0
    assert [post["status"] for post in either.posts()] == ["future"]
    assert either.cron(early=True) == 1
    assert [post["status"] for post in either.posts()] == ["publish"]


def test_what_php_complains_about_is_heard(wordpress: WordPress) -> None:
    wordpress.plugin("careless", "add_action('init', fn() => print($nothing));")
    wordpress.call(None, "GET", "/wp/v2/posts")
    assert any("Undefined variable $nothing" in line for line in wordpress.errors())
    with pytest.raises(AssertionError, match="no_such_function"):
        wordpress.php("no_such_function();")


def test_a_reset_gives_users_their_role_and_password_back(either: WordPress) -> None:
    field = either.users["field"]
    either.php(
        f"(new WP_User({field.id}))->set_role('contributor');"
        f"WP_Application_Passwords::delete_all_application_passwords({field.id});"
    )
    assert either.call("field", "GET", "/wp/v2/users/me")[0] == 401
    either.reset()
    assert write(either, "field", status="publish")[0] == 201


def test_nginx_keeps_a_connection_and_refuses_what_is_too_large() -> None:
    sites.needs("sqlite", "fpm")
    with WordPress("sqlite", serve="fpm", limits=Limits(body="1m")) as site:
        connection = http.client.HTTPConnection("127.0.0.1", site.port)
        with contextlib.closing(connection):
            for _ in range(2):
                connection.request("GET", "/wp-json/wp/v2/posts")
                answer = connection.getresponse()
                assert (answer.status, answer.read()) == (200, b"[]")
                assert connection.sock is not None
        assert write(site, content="x" * 2_000_000)[0] == 413
        write(site)
        before = site.posts()
        site.kill_web()
        site.start()
        assert site.posts() == before


def test_sites_run_side_by_side(wordpress: WordPress, wordpress_mariadb: WordPress) -> None:
    with WordPress("sqlite") as third:
        everybody = (wordpress, wordpress_mariadb, third)
        for number, site in enumerate(everybody):
            write(site, title=f"Number {number}")
        assert [[post["title"] for post in site.posts()] for site in everybody] == [
            [f"Number {number}"] for number in range(3)
        ]


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not yet taken away does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def descendants(pid: int) -> set[int]:
    found: set[int] = set()
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            found |= {child} | descendants(child)
    return found


@pytest.mark.parametrize(("variant", "serve"), [("sqlite", "php"), ("mariadb", "fpm")])
def test_nothing_outlives_a_test_process_that_is_killed(variant: Variant, serve: Serve) -> None:
    sites.needs(variant, serve)
    program = (
        "import time\nfrom tests.real.wordpress import WordPress\n"
        f"site = WordPress({variant!r}, serve={serve!r})\n"
        "print(site.folder, flush=True)\ntime.sleep(100)\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        until = time.monotonic() + 10
        while len(everybody := descendants(process.pid)) <= 5 and time.monotonic() < until:
            time.sleep(0.02)  # a server's workers are not there at once
        assert folder.is_dir()
        assert len(everybody) > 5
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    until = time.monotonic() + 10
    while (folder.exists() or any(map(alive, everybody))) and time.monotonic() < until:
        time.sleep(0.02)
    assert not folder.exists()
    assert [pid for pid in everybody if alive(pid)] == []


def test_a_part_that_is_not_the_one_that_was_pinned_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "cache", lambda: tmp_path)
    assert parts.missing() == list(parts.PARTS)
    parts.path(parts.SQLITE).write_bytes(b"something else")
    assert parts.missing() == list(parts.PARTS)


def test_a_machine_without_the_parts_skips_unless_it_must_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "cache", lambda: tmp_path)
    monkeypatch.setattr(sites, "REQUIRED", False)
    with pytest.raises(pytest.skip.Exception, match=r"tests\.real\.parts"):
        sites.needs("sqlite")
    monkeypatch.setattr(sites, "REQUIRED", True)
    with pytest.raises(pytest.fail.Exception, match=r"tests\.real\.parts"):
        sites.needs("sqlite")
