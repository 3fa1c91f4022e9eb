"""Accounts with their secrets: adding, changing, signing in, and leaving without dropping anything."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from editor.backends.memory import MemoryBlog, Stored
from editor.content.blocks.text import Text
from editor.content.entry import Content
from editor.desk import accounts, release, writing
from editor.desk.accounts import Waiting
from editor.desk.blogs import LOCAL, add_blog
from editor.desk.moving import is_elsewhere
from editor.domain.blog import Account, AccountState, Role
from editor.domain.entry import Stage
from editor.domain.ids import AccountId, BlogId, EntryId
from editor.newsroom import Newsroom
from editor.paths import Profile
from editor.problems import Refused, Unavailable
from editor.sync.backend import May
from editor.sync.delivery import Delivery, Op, OpKind, Phase, Visibility
from editor.sync.records import Conflict
from editor.views import Badge
from tests.town import HALL, MILL, Purse, Town

HALLS = AccountId("hall")
MILLS = AccountId("mill")
SECRET = "open sesame"


class House:
    """A profile whose one kind of place on the web is the town."""

    def __init__(self, folder: Path) -> None:
        self.town = Town()
        self.purse = Purse()
        self.newsroom = Newsroom(Profile(folder))
        self.newsroom.kinds._made["town"] = self.town
        self.newsroom.__dict__["secrets"] = self.purse
        self.room = self.newsroom.room
        (self.blog,) = add_blog(self.room, headline="Flood", timezone="UTC").blogs
        with self.room.store.write() as tx:
            tx.remove_account(LOCAL)

    def add(self, name: str = "hall", address: str = HALL, secret: str = SECRET) -> AccountId:
        settings = {"address": address}
        self.newsroom.add_account("town", name, settings, secret, role=Role.DESK)
        return AccountId(name)

    def goes_to(self, account: AccountId, blog: BlogId | None = None, place: str = "") -> None:
        settings = {"place": place} if place else {}
        blog = blog or self.blog
        accounts.add_target(self.room, blog, account, settings=settings, reviews=True)

    def write(self, headline: str, blog: BlogId | None = None) -> EntryId:
        content = Content(headline=headline, body=(Text(text="Water."),))
        (entry,) = writing.new_entry(self.room, blog or self.blog, content).entries
        return entry

    def publish(self, headline: str, blog: BlogId | None = None) -> EntryId:
        entry = self.write(headline, blog)
        release.publish(self.room, entry)
        return entry

    def sync(self) -> None:
        self.newsroom.send(time.monotonic() + 0.3)

    def account(self, account: AccountId = HALLS) -> Account:
        with self.room.store.read() as tx:
            return tx.account(account)

    def row(self, entry: EntryId, account: AccountId = HALLS) -> Delivery:
        with self.room.store.read() as tx:
            (target,) = [t for t in tx.targets(tx.entry(entry).blog) if t.account == account]
            row = tx.delivery(entry, target.id)
        assert row is not None
        return row

    def audited(self, what: str, detail: str) -> bool:
        with self.room.store.read() as tx:
            return tx.audited(what, detail)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path / "profile")
    yield made
    made.newsroom.close()


def refusal(call: Any, *args: Any, **kwargs: Any) -> tuple[str, Mapping[str, str | int]]:
    with pytest.raises(Refused) as raised:
        call(*args, **kwargs)
    return raised.value.first.code, raised.value.first.detail


# --- adding


def test_an_account_is_added_with_its_secret(house: House) -> None:
    assert house.newsroom.add_account("town", " hall ", {"address": HALL}, SECRET, role=Role.DESK)
    assert house.account() == Account(
        id=HALLS, name="hall", kind="town", settings={"address": HALL}
    )
    assert house.purse.kept == {HALLS: SECRET}
    assert house.town.asked == []


def test_a_secret_can_be_for_this_session_only(house: House) -> None:
    house.newsroom.add_account(
        *("town", "hall", {"address": HALL}, SECRET), role=Role.CORRESPONDENT, session_only=True
    )
    assert house.account().role is Role.CORRESPONDENT
    assert (house.purse.kept, house.purse.session) == ({}, {HALLS: SECRET})


@pytest.mark.parametrize(
    "code", ["keyring-none", "keyring-locked", "keyring-denied", "keyring-closed"]
)
def test_an_account_whose_secret_is_not_taken_is_not_left_behind(house: House, code: str) -> None:
    house.purse.shut = code
    with pytest.raises(Unavailable) as raised:
        house.add()
    assert raised.value.problem.code == code
    assert house.newsroom.views.accounts() == ()
    house.purse.shut = ""
    house.add()


def test_settings_that_cannot_be_are_refused_and_no_secret_is_kept(house: House) -> None:
    assert refusal(house.add, address="")[0] == "web-address"
    house.add()
    assert refusal(house.add, secret="another")[0] == "account-exists"
    assert house.purse.kept == {HALLS: SECRET}


def test_what_stands_at_an_address_and_who_is_there_is_told(house: House) -> None:
    door = house.newsroom.discover("town", {"address": HALL})
    assert door is not None
    assert door.site == "Town hall"
    welcome = house.newsroom.greet("town", {"address": HALL}, SECRET)
    assert welcome is not None
    assert May.PUBLISH in welcome.may
    assert house.newsroom.discover("site", {}) is None
    assert house.newsroom.greet("site", {}, "") is None


def test_what_stands_against_a_greeting_is_told_as_a_problem(house: House) -> None:
    found = refusal(house.newsroom.greet, "town", {"address": HALL}, "wrong")
    assert found == ("web-credentials", {"host": "hall.example"})
    house.town.offline = True
    assert refusal(house.newsroom.discover, "town", {"address": HALL})[0] == "web-unreached"
    house.town.offline, house.town.no_town = False, True
    assert refusal(house.newsroom.discover, "town", {"address": HALL})[0] == "web-not-found"


def test_a_welcome_is_asked_for_with_what_is_kept(house: House) -> None:
    account = house.add()
    house.town.told = {"rest": f"{HALL}/api"}
    assert house.newsroom.welcome(account) is not None
    assert house.town.asked == [("greet", SECRET)]
    assert house.account().settings == {"address": HALL, "rest": f"{HALL}/api"}
    house.town.told = {"address": MILL}
    house.newsroom.welcome(account)
    assert house.account().settings["address"] == HALL, "nobody is led to another place"


# --- signing in


def test_a_changed_password_pauses_and_what_waited_goes_on_after_signing_in(house: House) -> None:
    house.goes_to(house.add())
    house.town.secrets["hall.example"] = "changed"
    house.publish("Water")
    house.sync()
    assert house.account().state is AccountState.SIGN_IN
    asked = len(house.town.asked)
    house.sync()
    assert len(house.town.asked) == asked, "nothing is asked while nobody signed in"
    assert house.newsroom.waiting_at(HALLS) == 1
    house.newsroom.sign_in(HALLS, "changed")
    assert house.account().state is AccountState.READY
    house.sync()
    assert house.town.headlines(HALL) == ["Water"]
    assert house.newsroom.waiting_at(HALLS) == 0


def test_a_secret_that_is_refused_is_not_kept(house: House) -> None:
    account = house.add()
    assert refusal(house.newsroom.sign_in, account, "wrong")[0] == "web-credentials"
    assert house.purse.kept == {HALLS: SECRET}
    assert refusal(house.newsroom.sign_in, account, "")[0] == "secret-empty"


def test_signing_in_without_a_network_is_believed(house: House) -> None:
    account = house.add(secret="")
    with house.room.store.write() as tx:
        tx.set_account_state(account, AccountState.SIGN_IN)
    house.town.offline = True
    house.newsroom.sign_in(account, SECRET, session_only=True)
    assert house.account().state is AccountState.READY
    assert (house.purse.kept, house.purse.session) == ({}, {HALLS: SECRET})


def test_where_the_keyring_takes_no_secret_nobody_is_signed_in(house: House) -> None:
    account = house.add()
    with house.room.store.write() as tx:
        tx.set_account_state(account, AccountState.SIGN_IN)
    house.purse.shut = "keyring-denied"
    with pytest.raises(Unavailable):
        house.newsroom.sign_in(account, SECRET)
    assert house.account().state is AccountState.SIGN_IN
    house.newsroom.sign_in(account, SECRET, session_only=True)
    assert house.account().state is AccountState.READY


# --- a secret that is not there


def test_without_its_secret_nothing_is_asked_and_the_account_waits_for_its_user(
    house: House,
) -> None:
    house.goes_to(house.add(secret=""))
    entry = house.publish("Water")
    house.sync()
    assert house.town.asked == []
    assert house.account().state is AccountState.SIGN_IN
    problem = house.row(entry).problem
    assert problem is not None
    assert problem.code == "secret-missing"
    assert refusal(house.newsroom.check, house.account())[0] == "secret-missing"
    house.newsroom.sign_in(HALLS, SECRET)
    house.sync()
    assert house.town.headlines(HALL) == ["Water"]


@pytest.mark.parametrize("code", ["keyring-none", "keyring-locked", "keyring-closed"])
def test_a_keyring_that_is_shut_now_is_waited_for(house: House, code: str) -> None:
    house.goes_to(house.add())
    entry = house.publish("Water")
    house.purse.shut = code
    house.sync()
    row = house.row(entry)
    assert house.account().state is AccountState.READY
    assert (row.phase, row.problem.code if row.problem else "") == (Phase.PENDING, code)
    assert row.next_try is not None
    assert house.town.asked == []
    house.purse.keep(HALLS, SECRET)
    with house.room.store.write() as tx:
        tx.put_delivery(replace(row, next_try=None))
    house.sync()
    assert house.town.headlines(HALL) == ["Water"]


# --- changing


def test_a_secret_is_changed_without_its_place(house: House) -> None:
    account = house.add()
    with house.room.store.write() as tx:
        tx.set_account_state(account, AccountState.SIGN_IN)
    settings = {"address": f"{HALL.upper()}/", "user": "anna"}
    assert house.newsroom.change_account(account, settings, "new").accounts
    assert house.purse.kept == {HALLS: "new"}
    assert house.account().state is AccountState.READY
    assert house.account().settings == settings
    house.newsroom.change_account(account, {"address": HALL}, None)
    assert house.purse.kept == {HALLS: "new"}


def test_another_place_is_never_told_the_old_secret(house: House) -> None:
    account = house.add()
    found = refusal(house.newsroom.change_account, account, {"address": MILL}, None)
    assert found[0] == "secret-for-address"
    assert house.account().settings == {"address": HALL}
    house.newsroom.change_account(account, {"address": MILL}, "mill's", session_only=True)
    assert house.account().state is AccountState.READY
    assert house.purse.get(HALLS) == "mill's"


def test_an_account_is_as_it_was_where_another_secret_is_not_taken(house: House) -> None:
    account = house.add()
    house.purse.shut = "keyring-locked"
    with pytest.raises(Unavailable):
        house.newsroom.change_account(account, {"address": MILL}, "new")
    assert house.account() == Account(
        id=HALLS, name="hall", kind="town", settings={"address": HALL}
    )
    assert refusal(house.newsroom.change_account, account, {}, None)[0] == "web-address"


def test_at_another_place_the_old_numbers_are_somebody_elses(house: House) -> None:
    house.goes_to(house.add())
    one = house.publish("One")
    house.sync()
    held = house.row(one).held
    theirs = Stored(
        ref=held.ref,
        entry=EntryId("01936f2a-7000-7000-8000-0000000000ff"),
        content=Content(headline="Theirs"),
        digest="theirs",
        visibility=Visibility.PUBLIC,
        version=int(held.version),
    )
    there = house.town.blogs.setdefault(f"mill.example//{house.blog}", MemoryBlog(made=9))
    there.keep(theirs)
    house.newsroom.change_account(HALLS, {"address": MILL}, SECRET)
    release.withdraw(house.room, one, "Wrong.")
    house.publish("Two")
    house.sync()
    assert house.town.headlines(MILL) == ["Theirs", "Two"]
    assert there.objects[held.ref] == theirs


def test_a_place_that_only_got_another_address_is_recognized_by_our_keys(house: House) -> None:
    house.goes_to(house.add())
    one, two = house.publish("One"), house.publish("Two")
    house.sync()
    house.town.blogs = {
        name.replace("hall", "mill"): blog for name, blog in house.town.blogs.items()
    }
    house.newsroom.change_account(HALLS, {"address": MILL}, SECRET)
    assert house.newsroom.waiting_at(HALLS) == 2
    house.sync()
    assert house.newsroom.waiting_at(HALLS) == 0
    assert [each.entry for each in house.town.there(MILL)] == [one, two]
    assert house.town.headlines(MILL) == ["One", "Two"]


def test_the_place_stays_while_two_texts_clash_there(house: House) -> None:
    house.goes_to(house.add())
    entry = house.publish("One")
    house.sync()
    row = house.row(entry)
    assert row.held.revision is not None
    with house.room.store.write() as tx:
        tx.put_delivery(replace(row, phase=Phase.CONFLICT))
        tx.put_conflict(
            Conflict(
                entry=entry,
                target=row.target,
                base=None,
                mine=row.held.revision,
                theirs=row.held.revision,
                found=house.room.clock.now(),
            )
        )
    change = house.newsroom.change_account
    assert refusal(change, HALLS, {"address": MILL}, SECRET)[0] == "choose-first"
    assert house.account().settings == {"address": HALL}
    assert house.account().state is AccountState.READY
    change(HALLS, {"address": HALL, "user": "anna"}, None)


@pytest.mark.parametrize(
    ("old", "new", "elsewhere"),
    [
        ({"address": "https://news.example"}, {"address": "https://news.example/"}, False),
        ({"address": "News.example"}, {"address": "https://news.example"}, False),
        ({"address": "http://news.example/a"}, {"address": "HTTPS://NEWS.example/a/"}, False),
        ({"address": "https://news.example/a"}, {"address": "https://news.example/A"}, True),
        ({"address": "https://news.example"}, {"address": "https://news.example:8443"}, True),
        ({"address": "https://news.example"}, {"address": "https://news.example.org"}, True),
        ({"folder": "/srv/live"}, {"folder": "/srv/live/", "poll": "3"}, False),
        ({"folder": "/srv/live"}, {"folder": "/srv/Live"}, True),
        ({"folder": "/a"}, {"folder": "/a", "address": "https://news.example"}, False),
        ({"folder": "C:\\[live"}, {"folder": "D:\\[live"}, True),
        ({"address": "http://[::1]:8080/a"}, {"address": "[::1]:8080/a/"}, False),
        ({"address": "https://news.example", "user": "a"}, {"address": "news.example"}, False),
    ],
)
def test_what_counts_as_another_place(
    old: dict[str, str], new: dict[str, str], elsewhere: bool
) -> None:
    assert is_elsewhere(old, new) is elsewhere
    assert is_elsewhere(new, old) is elsewhere


# --- leaving


def test_what_waits_is_never_dropped_without_asking(house: House) -> None:
    house.goes_to(house.add())
    entry = house.publish("Water")
    house.publish("Bridge")
    assert refusal(house.newsroom.remove_account, HALLS) == (
        "account-has-waiting",
        {"name": "hall", "count": 2},
    )
    assert house.newsroom.waiting_at(HALLS) == 2
    assert house.row(entry).phase is Phase.PENDING
    assert house.purse.kept == {HALLS: SECRET}


def test_what_is_in_doubt_waits_too(house: House) -> None:
    house.goes_to(house.add())
    entry = house.publish("Water")
    house.sync()
    assert house.newsroom.waiting_at(HALLS) == 0
    with house.room.store.write() as tx:
        tx.put_delivery(replace(house.row(entry), phase=Phase.IN_DOUBT))
    assert house.newsroom.waiting_at(HALLS) == 1
    assert refusal(house.newsroom.remove_account, HALLS)[0] == "account-has-waiting"


def test_what_waits_may_stay_on_this_laptop(house: House) -> None:
    house.goes_to(house.add())
    public = house.publish("Public")
    house.sync()
    waits, draft = house.publish("Waits"), house.write("Draft")
    before = [house.newsroom.views.entry(each).entry for each in (public, waits, draft)]
    house.newsroom.remove_account(HALLS, waiting=Waiting.KEEP)
    after = [house.newsroom.views.entry(each).entry for each in (public, waits, draft)]
    assert after == before
    assert house.town.headlines(HALL) == ["Public"]
    assert house.newsroom.views.accounts() == ()
    assert house.purse.kept == {}
    assert house.audited("remove account", "hall: 1 waited, 0 moved")
    rows = house.newsroom.views.rows((public, waits, draft))
    assert [row.badge for row in rows] == [Badge.PUBLISHED, Badge.QUEUED, Badge.DRAFT]


def test_an_account_for_which_nothing_waits_goes_at_once(house: House) -> None:
    house.goes_to(house.add())
    house.publish("Public")
    house.sync()
    house.newsroom.remove_account(HALLS)
    assert house.town.headlines(HALL) == ["Public"]
    assert refusal(house.newsroom.remove_account, HALLS)[0] == "no-such-account"


def test_what_waits_goes_to_another_account(house: House) -> None:
    (other,) = add_blog(house.room, headline="Fire", timezone="UTC").blogs
    house.goes_to(house.add())
    house.goes_to(HALLS, other)
    house.goes_to(house.add("mill", MILL), other)
    house.publish("Water")
    submitted = house.write("Submitted")
    release.submit(house.room, submitted)
    house.publish("Smoke", other)
    house.newsroom.remove_account(HALLS, waiting=Waiting.MOVE, to=MILLS)
    assert house.audited("remove account", "hall: 3 waited, 3 moved to mill")
    assert house.newsroom.waiting_at(MILLS) == 3
    house.sync()
    assert house.town.headlines(MILL) == ["Smoke", "Water"]
    assert [each.visibility for each in house.town.there(MILL) if each.entry == submitted] == [
        "desk"
    ]
    assert house.town.headlines(HALL) == []
    assert house.newsroom.views.entry(submitted).entry.stage is Stage.SUBMITTED


def test_a_blog_that_moves_brings_what_was_public(house: House) -> None:
    house.goes_to(house.add())
    house.publish("Public")
    house.sync()
    house.publish("Waits")
    house.add("mill", MILL)
    house.newsroom.remove_account(HALLS, waiting=Waiting.MOVE, to=MILLS)
    house.sync()
    assert house.town.headlines(MILL) == ["Public", "Waits"]
    assert house.town.headlines(HALL) == ["Public"]


def test_moving_needs_another_account(house: House) -> None:
    house.goes_to(house.add())
    house.publish("Water")
    remove = house.newsroom.remove_account
    assert refusal(remove, HALLS, waiting=Waiting.MOVE)[0] == "account-to-missing"
    assert refusal(remove, HALLS, waiting=Waiting.MOVE, to=HALLS)[0] == "account-to-missing"
    assert refusal(remove, HALLS, waiting=Waiting.MOVE, to=MILLS)[0] == "no-such-account"
    assert house.newsroom.waiting_at(HALLS) == 1


def test_what_is_to_be_taken_back_cannot_go_to_another_account(house: House) -> None:
    house.goes_to(house.add())
    entry = house.publish("Water")
    house.sync()
    house.add("mill", MILL)
    release.withdraw(house.room, entry, "Wrong.")
    remove = house.newsroom.remove_account
    assert refusal(remove, HALLS) == (
        "account-has-waiting",
        {"name": "hall", "count": 1, "withdrawals": 1},
    )
    found = refusal(remove, HALLS, waiting=Waiting.MOVE, to=MILLS)
    assert found == ("account-has-withdrawals", {"name": "hall", "count": 1})
    remove(HALLS, waiting=Waiting.KEEP)
    assert house.town.headlines(HALL) == ["Water"]


@pytest.mark.parametrize("place", ["", "7"])
def test_another_account_at_the_same_place_publishes_nothing_twice(
    house: House, place: str
) -> None:
    house.goes_to(house.add(), place=place)
    house.publish("Public")
    house.sync()
    house.publish("Waits")
    house.add("anna", HALL)
    house.newsroom.remove_account(HALLS, waiting=Waiting.MOVE, to=AccountId("anna"))
    house.sync()
    assert house.town.headlines(HALL) == ["Public", "Waits"]
    assert house.town.twice(HALL) == []
    assert len(house.town.blogs) == 1, "to the same part of the place"


def test_an_account_that_is_added_again_publishes_nothing_twice(house: House) -> None:
    house.goes_to(house.add())
    stays, goes = house.publish("Stays"), house.publish("Goes")
    house.sync()
    house.publish("Waits")
    house.newsroom.remove_account(HALLS, waiting=Waiting.KEEP)
    release.withdraw(house.room, goes, "Wrong.")
    house.publish("Meanwhile")
    house.goes_to(house.add("again", f"{HALL}/"))
    house.sync()
    assert house.town.headlines(HALL) == ["Meanwhile", "Stays", "Waits"]
    assert house.town.twice(HALL) == []
    assert house.row(stays, AccountId("again")).phase is Phase.DONE
    assert house.newsroom.waiting_at(AccountId("again")) == 0


def test_a_request_on_its_way_lands_before_it_is_looked_for_by_another_account(
    house: House,
) -> None:
    house.goes_to(house.add())
    entry = house.publish("Water")
    row = house.row(entry)
    with house.room.store.write() as tx:
        tx.put_delivery(replace(row, phase=Phase.IN_DOUBT))
        tx.add_op(
            Op(
                id=0,
                entry=entry,
                target=row.target,
                kind=OpKind.CREATE,
                revision=row.wanted.revision,
                visibility=Visibility.DESK,
                digest="d",
                sent=house.room.clock.now(),
                steady=house.room.clock.steady(),
                settle=60.0,
            )
        )
    house.add("anna", HALL)
    house.newsroom.remove_account(HALLS, waiting=Waiting.MOVE, to=AccountId("anna"))
    moved = house.row(entry, AccountId("anna"))
    assert moved.phase is Phase.IN_DOUBT
    assert moved.next_try is not None
    assert 50 < (moved.next_try - house.room.clock.now()).total_seconds() <= 60
    house.sync()
    assert house.town.there(HALL) == []


def test_the_secret_of_an_account_that_goes_may_stay_and_that_is_told(house: House) -> None:
    house.add()
    house.purse.shut = "keyring-locked"
    with pytest.raises(Unavailable) as raised:
        house.newsroom.remove_account(HALLS)
    assert raised.value.problem.code == "secret-stayed"
    assert raised.value.problem.detail == {"name": "hall"}
    assert house.newsroom.views.accounts() == ()


def test_an_account_without_a_secret_goes_without_the_keyring(house: House, tmp_path: Path) -> None:
    settings = {"folder": str(tmp_path / "page")}
    house.newsroom.add_account("site", "page", settings, "", role=Role.DESK)
    house.purse.shut = "keyring-closed"
    house.newsroom.remove_account(AccountId("page"))
    assert house.newsroom.views.accounts() == ()


def test_an_account_that_goes_during_a_pass_disturbs_nobody(house: House) -> None:
    house.goes_to(house.add())
    house.goes_to(house.add("mill", MILL))
    house.publish("Water")
    enter = house.town.enter

    def leaves(host: str, secret: str, what: str) -> None:
        enter(host, secret, what)
        if host == "hall.example" and what in ("find", "put"):
            house.town.enter = enter  # type: ignore[method-assign]
            house.newsroom.remove_account(HALLS, waiting=Waiting.KEEP)

    house.town.enter = leaves  # type: ignore[method-assign]
    house.sync()
    assert house.town.headlines(MILL) == ["Water"]
    assert [row.id for row in house.newsroom.views.accounts()] == [MILLS]
