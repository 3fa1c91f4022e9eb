"""Server processes that cannot outlive the tests, however these end.

A guard holds the reading end of a pipe. When the pipe closes, because it was asked to or because this
process is gone, it kills every process group it was told of and removes the folder they worked in.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

# The last line read is the list of groups. Removed twice: a dying process may still write.
_GUARD = """
while read -r line; do groups=$line; done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
rm -rf -- "$1" 2>/dev/null || { sleep 0.3; rm -rf -- "$1"; }
"""
SECONDS_TO_START = 60


class Guard:
    """Keeps the processes of one folder."""

    def __init__(self, folder: Path) -> None:
        self._groups: dict[int, subprocess.Popen[bytes]] = {}
        self._process = subprocess.Popen(
            ["sh", "-c", _GUARD, "guard", str(folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def start(
        self, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Starts a process in a group of its own."""
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
            )
        self._groups[process.pid] = process
        self._tell()
        return process

    def end(self, process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGKILL) -> None:
        """Ends a process and all that it started: at once, or asking it first."""
        if process.pid not in self._groups:
            return
        if how is not signal.SIGKILL:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
        while _has_members(process.pid):  # a worker may hold the port for a moment longer
            time.sleep(0.005)
        del self._groups[process.pid]
        self._tell()

    def close(self) -> None:
        """Ends everything and removes the folder."""
        if self._process.stdin is None or self._process.stdin.closed:
            return
        self._process.stdin.close()
        self._process.wait(30)
        for process in self._groups.values():
            process.wait(20)

    def _tell(self) -> None:
        assert self._process.stdin is not None
        line = " ".join(map(str, self._groups))
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()


def _has_members(group: int) -> bool:
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group = status.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                return True
    return False


def reserved_port() -> socket.socket:
    """A port that the kernel gives to nobody else while this is open; a server may listen at it."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held


def wait_until(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, what: str
) -> None:
    """Waits for a server; says what it wrote when it does not come."""
    until = time.monotonic() + SECONDS_TO_START
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            raise AssertionError(f"{what} does not start: {log.read_text('utf-8')[-3000:]}")
        time.sleep(0.01)
