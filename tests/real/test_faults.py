"""Each way in which a real site and the way to it fail, by its name; then hundreds of them at once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace as with_fields

from editor.desk import release
from editor.domain.blog import AccountState
from editor.domain.entry import Stage
from editor.sync.delivery import Phase
from tests.real import faults, storm
from tests.real.between import FINE, Fate, Passed, Way
from tests.real.faults import FAILS, KILLED, PRINTS, WAITS
from tests.real.naming import words
from tests.real.newsroom import NAME
from tests.real.scene import Scene, a_scene, creates, kind, updates
from tests.real.sites import needs, shared

pytestmark = [pytest.mark.slow, pytest.mark.real]
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(params=["mariadb", "sqlite"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path, shared(request.param, "fpm")) as made:
        yield made


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Scene]:
    """At a site whose database is a server of its own."""
    with a_scene(tmp_path, shared("mariadb", "fpm")) as made:
        yield made


@pytest.mark.parametrize("how", [*KILLED[1:], *FAILS[1:]])
def test_a_create_that_was_killed_after_saving_is_found_and_not_made_again(
    scene: Scene, how: str
) -> None:
    entry = scene.laptop.publish(words(1))
    scene.next(how)
    scene.laptop.sync()
    scene.assert_once(entry)
    assert scene.broken.met() == [how]
    assert scene.asked.count("create") == 1
    assert scene.asked[:2] == ["create", "find"]
    assert scene.laptop.notices() == []


@pytest.mark.parametrize("how", [KILLED[0], FAILS[0]])
def test_a_create_that_was_killed_before_saving_is_made_again_after_a_look(
    scene: Scene, how: str
) -> None:
    entry = scene.laptop.publish(words(1))
    scene.next(how)
    scene.laptop.sync()
    scene.assert_once(entry)
    assert scene.asked[0] == "create"
    assert "find" in scene.asked[1 : scene.asked.index("create", 1)]
    assert scene.asked.count("create") == 2


@pytest.mark.parametrize("how", [KILLED[1], FAILS[1]])
def test_a_correction_that_was_kept_without_its_tags_gets_them(scene: Scene, how: str) -> None:
    laptop = scene.laptop
    entry = laptop.publish(words(1))
    laptop.sync()
    after = with_fields(words(1, 1), labels=("Rescue",), pinned=True, key_event=True)
    laptop.correct(entry, after)
    scene.next(how, updates)
    laptop.sync()
    scene.assert_once(entry)
    assert laptop.working(entry) == after
    assert laptop.notices() == []


def test_tags_that_the_desk_took_away_are_not_put_back(scene: Scene) -> None:
    laptop = scene.laptop
    entry = laptop.publish(words(1))
    laptop.sync()
    path = f"/wp/v2/posts/{laptop.row(entry).held.ref}"
    for tags in ([], ["Rescue"]):
        time.sleep(1.1)  # WordPress tells changes of tags apart by whole seconds
        numbers = [scene.site.call("desk", "POST", "/wp/v2/tags", name=n)[1]["id"] for n in tags]
        assert scene.site.call("desk", "POST", path, tags=numbers)[0] == 200
        laptop.forward(60)
        laptop.pull()
        assert laptop.working(entry).labels == tuple(tags)
        scene.assert_once(entry)


def test_a_plug_in_that_fails_each_time_keeps_no_entry_waiting_for_ever(scene: Scene) -> None:
    laptop = scene.laptop
    entry = laptop.publish(words(2))
    scene.between.fate = lambda request: Fate(FAILS[1], order=FAILS[1])
    laptop.sync()
    scene.between.fate = lambda request: FINE
    (post,) = scene.site.posts()
    assert (post["slug"], post["status"]) == (entry, "publish")
    assert scene.asked.count("create") == 1
    assert laptop.there(entry).held.digest == laptop.approved(entry)
    assert laptop.row(entry).phase is Phase.DONE
    assert laptop.notices() == []


@pytest.mark.parametrize("how", PRINTS)
def test_what_a_plug_in_prints_before_the_answer_is_no_failure(scene: Scene, how: str) -> None:
    entry = scene.laptop.publish(words(1))
    for which in (creates, updates):
        scene.next(how, which)
    scene.laptop.run()
    scene.assert_once(entry)
    assert scene.broken.met() == [how, how]
    assert scene.asked[:2] == ["create", "update"]


@pytest.mark.parametrize("how", ["busy", "busy until", "maintenance"])
def test_a_site_that_asks_for_patience_is_left_alone_for_so_long(scene: Scene, how: str) -> None:
    laptop = scene.laptop
    first = laptop.publish(words(1))
    laptop.sync()
    laptop.correct(first, words(1, 1))
    second = laptop.publish(words(2))
    seconds, before = 600, len(scene.between.passed)
    if how == "maintenance":
        scene.site.maintenance(True)
    else:
        seconds = 45
        scene.next(Fate(how, order=f"{how}:{seconds}"), lambda request: True)
    report = laptop.run()
    assert [each.status for each in scene.between.passed[before:]] == [
        503 if how == "maintenance" else 429
    ]
    assert report is not None and report.waiting == 2
    scene.site.maintenance(False)
    for _ in range(3):
        laptop.forward((seconds - 2) / 3)
        laptop.engine.pull_soon()
        laptop.run()
    assert len(scene.between.passed) == before + 1
    laptop.forward(3)
    laptop.sync()
    scene.assert_once(first, second)


LOST = [Way.CUT, Way.CLOSE, Way.RESET, Way.LATE]


@pytest.mark.parametrize("way", LOST)
@pytest.mark.parametrize("step", ["create", "update"])
def test_an_answer_that_is_lost_on_its_way_makes_no_second_post(
    scene: Scene, step: str, way: Way
) -> None:
    entry = scene.laptop.publish(words(1))
    scene.next(way, lambda request: kind(request) == step)
    scene.laptop.sync()
    scene.assert_once(entry)
    assert scene.asked.count("create") == 1
    assert scene.laptop.notices() == []


@pytest.mark.parametrize("way", LOST)
def test_a_withdrawal_whose_answer_is_lost_is_done_once(scene: Scene, way: Way) -> None:
    entry = scene.laptop.publish(words(1))
    scene.laptop.sync()
    release.withdraw(scene.laptop.room, entry, "It was somewhere else.")
    scene.next(way, lambda request: kind(request) == "bin")
    scene.laptop.sync()
    scene.assert_once()
    assert scene.asked.count("bin") == 1
    assert [post["status"] for post in scene.site.posts()] == ["trash"]
    assert scene.laptop.entry(entry).stage is Stage.WITHDRAWN


@pytest.mark.parametrize("where", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_wherever_an_answer_is_cut_off_it_is_not_taken_for_a_whole_one(
    scene: Scene, where: float
) -> None:
    scene.between.cut = where
    entry = scene.laptop.publish(words(1))
    for which in (creates, updates):
        scene.next(Way.CUT, which)
    for _ in range(3):
        scene.next(Way.CUT, lambda request: not request.writes)
    scene.laptop.sync()
    scene.assert_once(entry)
    assert scene.asked.count("create") == 1


@pytest.mark.parametrize("way", [Way.SWALLOW, Way.HANG, Way.HOTEL])
def test_a_request_that_is_lost_on_its_way_is_made_again_after_a_look(
    scene: Scene, way: Way
) -> None:
    entry = scene.laptop.publish(words(1))
    scene.next(way, creates)
    scene.laptop.sync()
    scene.assert_once(entry)
    assert scene.asked.count("create") == 2
    assert "find" in scene.asked[1 : scene.asked.index("create", 1)]


@pytest.mark.parametrize("which", [creates, updates])
def test_a_request_that_lands_late_is_waited_for(
    scene: Scene, which: Callable[[Passed], bool]
) -> None:
    laptop = scene.laptop
    entry = laptop.publish(words(1))
    scene.next(Way.HOLD, which)
    laptop.sync()
    scene.assert_once(entry)
    assert scene.asked.count("create") == 1
    laptop.correct(entry, words(1, 1))
    scene.next(Way.HOLD, updates)
    laptop.run()
    laptop.correct(entry, words(1, 2))
    laptop.sync()
    scene.assert_once(entry)
    assert laptop.working(entry).headline == words(1, 2).headline


def test_a_site_that_cannot_be_reached_is_waited_for(scene: Scene) -> None:
    laptop = scene.laptop
    scene.between.close()
    entries = [laptop.publish(words(number)) for number in range(3)]
    for _ in range(3):
        report = laptop.run()
        assert report is not None and (report.waiting, report.online) == (3, False)
        laptop.wait(report)
    assert scene.asked == []
    scene.between.open()
    laptop.sync()
    scene.assert_once(*entries)
    assert scene.asked.count("create") == 3


@pytest.mark.parametrize("how", [faults.DATABASE_KILLED, faults.SERVER_KILLED])
def test_a_server_that_is_killed_in_the_middle_of_a_create_leaves_one_post(
    database: Scene, how: str
) -> None:
    laptop = database.laptop
    entries = [laptop.publish(words(number)) for number in range(6)]
    for _ in entries:
        database.next(how, creates)
    laptop.sync()
    database.assert_once(*entries)
    assert set(database.broken.met()) <= set(WAITS) and database.broken.met()


def test_a_database_that_is_down_is_waited_for(database: Scene) -> None:
    laptop = database.laptop
    first = laptop.publish(words(1))
    laptop.sync()
    database.site.kill_db()
    laptop.correct(first, words(1, 1))
    second = laptop.publish(words(2))
    report = laptop.run()
    assert report is not None and report.waiting == 2
    laptop.wait(report, 60)
    laptop.run()
    assert {each.status for each in database.between.passed[-2:]} == {500}
    database.site.start_db()
    laptop.sync()
    database.assert_once(first, second)
    assert laptop.notices() == []


@pytest.mark.parametrize("how", faults.PROGRAM_KILLED)
@pytest.mark.parametrize("step", ["create", "update", "bin"])
def test_a_program_that_ends_in_the_middle_of_a_request_looks_when_it_is_back(
    scene: Scene, step: str, how: str
) -> None:
    laptop = scene.laptop
    entry = laptop.publish(words(1))
    if step == "bin":
        laptop.sync()
        release.withdraw(laptop.room, entry, "It was somewhere else.")
    scene.next(how, lambda request: kind(request) == step)
    laptop.sync()
    assert laptop.deaths == 1
    scene.assert_once(*([] if step == "bin" else [entry]))
    assert scene.asked.count("create") == (
        2 if (step, how) == ("create", faults.PROGRAM_KILLED[0]) else 1
    )


def test_a_program_that_is_killed_in_the_middle_of_a_create_finds_its_post(
    scene: Scene, tmp_path: Path
) -> None:
    laptop = scene.laptop
    entry = laptop.publish(words(1))
    command = [sys.executable, "-m", "tests.real.one_pass", str(tmp_path), str(laptop.clock.run)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, text=True) as program:
        killed = Fate("the program is killed", order=WAITS[1])
        scene.next(scene.broken.waiting(killed, program.kill), creates)
        assert program.stdin is not None
        program.stdin.write(f"{laptop.secret}\n")
        program.stdin.close()
        assert program.wait(60) == -9
    scene.between.idle()
    with laptop.store.read() as tx:
        assert len(tx.ops_in_flight()) == 1
    laptop.sync()
    scene.assert_once(entry)
    assert scene.asked.count("create") == 1


def test_a_password_that_is_revoked_pauses_the_account_and_a_new_one_goes_on_with_nothing_lost(
    scene: Scene,
) -> None:
    laptop, site = scene.laptop, scene.site
    first = laptop.publish(words(1))
    doubtful = laptop.publish(words(2))
    scene.next(Way.CLOSE, lambda request: creates(request) and b"Ours 2.0" in request.body)
    laptop.run()
    user = site.users["field"].id
    site.php(f"WP_Application_Passwords::delete_all_application_passwords({user});")
    laptop.correct(first, words(1, 1))
    others = [laptop.publish(words(number)) for number in range(3, 6)]
    laptop.forward(130)
    before = len(scene.between.passed)
    report = laptop.run()
    assert report is not None and report.sign_in
    assert [each.status in (400, 401) for each in scene.between.passed[before:]] == [True]
    assert laptop.views.account(NAME).state is AccountState.SIGN_IN
    for _ in range(5):
        laptop.forward(400)
        report = laptop.run()
        assert report is not None and report.waiting == 5
    assert len(scene.between.passed) == before + 1, "nothing was asked"
    secret = site.php(
        f"echo WP_Application_Passwords::create_new_application_password({user}, ['name' => 'new'])[0];"
    )
    laptop.sign_in(secret)
    laptop.sync()
    scene.assert_once(first, doubtful, *others)
    assert scene.asked.count("create") == 5
    assert laptop.notices() == []


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "plan",
    [
        storm.Plan(variant="mariadb", user="field", entries=200, faults=500),
        storm.Plan(variant="sqlite", user="desk", entries=50, faults=120),
    ],
    ids=lambda plan: f"{plan.faults} as {plan.user}",
)
def test_after_500_faults_each_of_200_entries_is_there_once_with_its_own_words(
    tmp_path: Path, plan: storm.Plan
) -> None:
    needs(plan.variant, "fpm")
    tally = storm.live(tmp_path, plan)
    print("\n".join(f"{count:7} {name}" for name, count in sorted(tally.items())))
    assert tally["entries"] == plan.entries
    assert tally["faults"] >= plan.faults
    if plan.variant == "mariadb":
        assert [name for name in faults.NAMES if not tally[name]] == [], "each came at least once"
