"""Words that must never leave in a report, and errors that are full of them."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

TEXT = "mktext-the-minister-resigned"
NOTE = "mknote-second-source"
LOCAL = "mklocal-headline"
FILE = "mkfile-interview"
USER = "mkuser"
HOST = "mkhost"
SECRET = "mksecret-application-password"
ENTRY = "018bcfe5-0000-7000-8000-00000000beef"
THREAD = "mkthread"
HOME = "/".join(("", "home", USER))
MARKERS = (TEXT, NOTE, LOCAL, FILE, USER, HOST, SECRET, ENTRY, THREAD)


class Talkative(Exception):
    """An error that tells everything it knows, in every way there is."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.secret = SECRET

    def __str__(self) -> str:
        return f"{TEXT} {SECRET}"

    __repr__ = __str__


def say_everything() -> None:
    """Raises an error that came of others, all of them full of markers."""
    headline = f"{LOCAL} {ENTRY}"
    try:
        try:
            raise FileNotFoundError(errno.ENOENT, TEXT, f"{HOME}/{FILE}.jpg")
        except OSError as missing:
            raise KeyError(headline, SECRET) from missing
    except KeyError:
        error = Talkative(f"{headline} {TEXT}")
        error.add_note(NOTE)
        raise error  # noqa: B904


def say_in_a_file_of_the_users() -> None:
    """The same from code that lies in somebody's folder."""
    told = f"def mklocal_function(x):\n    {LOCAL.replace('-', '_')} = x\n    raise ValueError({TEXT!r}, x)\n"
    space: dict[str, object] = {"__name__": FILE}
    exec(compile(told, f"{HOME}/{FILE}.py", "exec"), space)
    space["mklocal_function"](SECRET)  # type: ignore[operator]


def say_in_a_group() -> None:
    """Several at once."""
    raise ExceptionGroup(TEXT, [ValueError(SECRET), Talkative(ENTRY)])


def caught(work: object) -> BaseException:
    """The error that a function raises."""
    try:
        work()  # type: ignore[operator]
    except Exception as error:
        return error
    raise AssertionError("it raised nothing")


def files_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder: its name and its bytes."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()


def assert_none(*told: str | bytes) -> None:
    """No byte of a marker is in what was told."""
    for each in told:
        data = each.encode() if isinstance(each, str) else each
        found = [marker for marker in MARKERS if marker.encode() in data.replace(b"_", b"-")]
        assert found == [], data.decode("utf-8", "replace")


def live_as_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine and an account whose names are markers."""
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, USER)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, HOME)
    monkeypatch.setattr("platform.node", lambda: HOST)
    monkeypatch.setattr("socket.gethostname", lambda: HOST)
    monkeypatch.setattr("platform.release", lambda: f"6.1.0-{HOST}-{USER}")
    monkeypatch.setattr(
        "platform.freedesktop_os_release",
        lambda: {"ID": "debian", "VERSION_ID": "12", "PRETTY_NAME": f"{HOST} Linux"},
    )


def in_a_thread(work: object) -> None:
    """Does something in a thread with a telling name."""
    thread = threading.Thread(target=work, name=THREAD)  # type: ignore[arg-type]
    thread.start()
    thread.join()
