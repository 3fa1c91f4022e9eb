"""What holds for every test: no display, no network, no one's home, and not a stray word.

A test fails on any warning, any Qt message, any log record from WARNING up and any exception that
Qt swallowed, unless it asked for it with `expected_log`. After qutebrowser's `logfail.py`.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

REPOSITORY = Path(__file__).resolve().parent.parent

# Nothing of the person who runs the tests reaches them. Set before anything else is imported.
_HOME = Path(tempfile.mkdtemp(prefix="dateline-tests-"))
_FOREIGN = re.compile(
    r"(?i)^(DISPLAY|WAYLAND_DISPLAY|DBUS_SESSION_BUS_ADDRESS|DATELINE_.*|QT_.*|.*_proxy)$"
)
for _name in [name for name in os.environ if _FOREIGN.match(name)]:
    del os.environ[_name]
os.environ.update(
    QT_QPA_PLATFORM="offscreen",
    PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    TZ="UTC",
    LC_ALL="C.UTF-8",
)


def _use_home(home: Path, set_variable: Callable[[str, str], Any]) -> None:
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_DATA_HOME": home / ".local/share",
        "XDG_STATE_HOME": home / ".local/state",
        "XDG_RUNTIME_DIR": home / ".run",
    }
    for name, folder in folders.items():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        set_variable(name, str(folder))


_use_home(_HOME, os.environ.__setitem__)

hypothesis.settings.register_profile("developer", deadline=None, max_examples=60)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=3000)
hypothesis.settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "developer")
)


ALONE = tuple(REPOSITORY / "tests" / folder for folder in ("journey", "promises"))
"""Whose tests are about time, so that nothing may run beside them."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent in ALONE:
            item.add_marker(pytest.mark.alone)


class Strays:
    """What was said during a test, and what of it the test had asked for."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.expected: dict[re.Pattern[str], bool] = {}

    def expect(self, pattern: str) -> None:
        self.expected[re.compile(pattern)] = False

    def add(self, text: str) -> None:
        self.said.append(text)

    def complaints(self) -> list[str]:
        stray = []
        for text in self.said:
            matching = [pattern for pattern in self.expected if pattern.search(text)]
            for pattern in matching:
                self.expected[pattern] = True
            if not matching:
                stray.append(f"unexpected: {text}")
        silent = [
            f"expected, but not said: {pattern.pattern}"
            for pattern, seen in self.expected.items()
            if not seen
        ]
        return stray + silent


_strays = Strays()  # replaced before each test


class _Listener(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        text = f"log {record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[1] is not None:
            text += f" [{record.exc_info[1]!r}]"
        _strays.add(text)


def _on_exception(
    kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    sys.__excepthook__(kind, error, _trace)
    _strays.add(f"exception {kind.__name__}: {error}")


def _listen_to_qt() -> None:
    """Install the message handler, once QtCore is there: importing it here would cost every test."""
    if "PySide6.QtCore" not in sys.modules:
        return
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def on_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg:
            _strays.add(f"qt {context.category}: {message}")

    qInstallMessageHandler(on_message)


def _guard_network(event: str, args: tuple[Any, ...]) -> None:
    """Let sockets reach this machine only. An audit hook sees every library's calls."""
    if event in ("socket.connect", "socket.sendto"):
        host = args[1][0] if isinstance(args[1], tuple) else None  # a Unix socket has a path
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host in (None, "", "localhost", "localhost."):
        return
    try:
        if ipaddress.ip_address(host).is_loopback or host in ("0.0.0.0", "::"):
            return
    except ValueError:
        if host.endswith(".invalid"):  # never resolves, anywhere: a fair way to be offline
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from None
    _strays.add(f"network {event}: {host}")
    raise PermissionError(f"tests have no network: {event} {host}")


def pytest_configure() -> None:
    sys.addaudithook(_guard_network)
    logging.getLogger().addHandler(_Listener(level=logging.WARNING))


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def strays(monkeypatch: pytest.MonkeyPatch) -> Iterator[Strays]:
    """Fail the test on whatever was said and not asked for."""
    global _strays
    _strays = heard = Strays()
    monkeypatch.setattr(sys, "excepthook", _on_exception)
    _listen_to_qt()
    yield heard
    complaints = heard.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expected_log(strays: Strays) -> Callable[[str], None]:
    """`expected_log("regex")`: this may be said, and must be."""
    return strays.expect


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home folder with its XDG folders, for a test that looks into it."""
    folder = tmp_path / "home"
    _use_home(folder, monkeypatch.setenv)
    return folder


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    """The one QApplication, offscreen; its platform speaks no language but English."""
    from PySide6.QtWidgets import QApplication

    _listen_to_qt()
    app = QApplication.instance() or QApplication(["dateline"])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    yield app
    for widget in app.topLevelWidgets():
        widget.close()
    app.processEvents()
