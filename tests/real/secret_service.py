"""A desktop session of its own: a home, a D-Bus and a real keyring daemon that nobody else reaches, without a display.

Every command run in it is watched: what any process could read of it, its words and its environment, is kept.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.promises.driver import ROOT, environment

NEEDS = ("dbus-daemon", "gnome-keyring-daemon")
PASSWORD = "the keyring's own password"
PATIENCE = 120.0
"""How long anything may take on a machine that is busy, in seconds."""
# No folder of services: nothing of this machine is begun by it, so no dialog either, and whoever asks is dismissed.
BUS = """<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def missing() -> list[str]:
    """What this machine lacks for it."""
    return [name for name in NEEDS if shutil.which(name) is None]


@dataclass
class Ran:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


@dataclass
class Session:
    """The session. ``seen`` is what could be read of its processes from outside."""

    folder: Path
    address: str = ""
    seen: set[bytes] = field(default_factory=set)
    _running: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def home(self) -> Path:
        """The home folder."""
        return self.folder / "home"

    @property
    def profile(self) -> Path:
        """The program's profile."""
        return self.home / "profile"

    def begin_bus(self) -> None:
        """Starts the bus, with nobody on it."""
        self.stop()
        path, settings = self.folder / "bus", self.folder / "bus.conf"
        path.unlink(missing_ok=True)
        settings.write_text(BUS.format(path=path), "utf-8")
        self._start("dbus-daemon", f"--config-file={settings}", "--nofork", "--nopidfile")
        self._wait("the bus", path.exists)
        self.address = f"unix:path={path}"

    def begin_keyring(self, password: str | None = PASSWORD) -> None:
        """Starts a bus with a keyring on it, which this password is tried on; None: nobody tries to unlock it."""
        self.begin_bus()
        words = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        if password is None:
            self._start(*words, "--start")
        else:
            daemon = self._start(*words, "--unlock")
            assert daemon.stdin is not None
            daemon.stdin.write(password)
            daemon.stdin.close()
        self._wait("the keyring", self._has_keyring)

    def stop(self) -> None:
        """Ends the bus and the keyring: the person has logged out."""
        for process in reversed(self._running):
            process.terminate()
            process.wait(10)
            if process.stdin is not None and not process.stdin.closed:
                process.stdin.close()
        self._running.clear()
        self.address = ""

    def environment(self) -> dict[str, str]:
        """For a process of this session."""
        env = environment(
            HOME=str(self.home),
            XDG_RUNTIME_DIR=str(self.folder / "run"),
            XDG_DATA_HOME=str(self.home / ".local/share"),
            XDG_CONFIG_HOME=str(self.home / ".config"),
            XDG_CACHE_HOME=str(self.home / ".cache"),
            XDG_STATE_HOME=str(self.home / ".local/state"),
        )
        del env["PYTHON_KEYRING_BACKEND"]
        if self.address:
            env["DBUS_SESSION_BUS_ADDRESS"] = self.address
        return env

    def dateline(self, *words: str, typed: str = "", code: int | None = 0) -> Ran:
        """``dateline ...`` on the session's profile."""
        command = ["-m", "editor", "--profile", str(self.profile), *words]
        return self._watched(command, typed, code)

    def python(self, program: str, *words: str, typed: str = "", code: int | None = 0) -> Ran:
        """A program of this session's own."""
        return self._watched(["-c", program, *words], typed, code)

    def _watched(self, command: list[str], typed: str, code: int | None) -> Ran:
        out, err = self.folder / "out", self.folder / "err"
        with out.open("w") as said, err.open("w") as complained:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=complained,
                text=True,
            )
            assert process.stdin is not None
            process.stdin.write(typed)
            process.stdin.close()
            until = time.monotonic() + PATIENCE
            while process.poll() is None and time.monotonic() < until:
                self._look_at(process.pid)
                time.sleep(0.01)
            process.kill()
            process.wait()
        ran = Ran(process.returncode, out.read_text("utf-8"), err.read_text("utf-8"))
        out.unlink()
        err.unlink()
        assert code is None or ran.code == code, (command, ran)
        return ran

    def _look_at(self, process: int) -> None:
        """What anybody may read of a process and of those that it began, as long as they are there."""
        with suppress(OSError):
            for name in ("cmdline", "environ"):
                self.seen.add(Path(f"/proc/{process}/{name}").read_bytes())
            for task in list(Path(f"/proc/{process}/task").iterdir()):
                for child in (task / "children").read_text().split():
                    self._look_at(int(child))

    def places_of(self, secret: str) -> list[str]:
        """Where the secret stands in plain, or all but: in files of the session, packed ones too, and seen from outside."""
        forms = _forms(secret)
        found = ["a process" for each in self.seen if any(form in each for form in forms)]
        for path in self.folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                if zipfile.is_zipfile(path):
                    with zipfile.ZipFile(path) as packed:
                        data += b"".join(packed.read(name) for name in packed.namelist())
                if any(form in data for form in forms):
                    found.append(str(path.relative_to(self.folder)))
        return found

    def _start(self, *words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            words,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._running.append(process)
        return process

    def _wait(self, what: str, true: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < until, f"waited in vain for {what}"
            time.sleep(0.02)

    def _has_keyring(self) -> bool:
        from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
        from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

        with open_dbus_connection(bus=self.address) as connection:
            asked = message_bus.NameHasOwner("org.freedesktop.secrets")
            return bool(connection.send_and_get_reply(asked).body[0])


def begin() -> Session:
    """A session with an empty home. Its path is short, for a socket's may have a hundred characters."""
    session = Session(Path(tempfile.mkdtemp(prefix="dl-")))
    for name in ("home", "run"):
        (session.folder / name).mkdir(mode=0o700)
    return session


def end(session: Session) -> None:
    """Ends it, and nothing is left."""
    session.stop()
    shutil.rmtree(session.folder, ignore_errors=True)


def _forms(secret: str) -> list[bytes]:
    """The secret as it might be written: as it is, escaped, or in a coding that anybody undoes."""
    plain = secret.encode()
    padded = [base64.b64encode(b"x" * skip + plain)[4:-4] for skip in range(3)]
    texts = [quote(secret), json.dumps(secret)[1:-1], ascii(secret)[1:-1], plain.hex()]
    wide = [secret.encode(coding) for coding in ("utf-16-le", "utf-16-be")]
    return [plain, *padded, *wide, *(text.encode() for text in texts)]
