"""A keyring for tests of the real program: a file, named by ``DATELINE_TEST_KEYRING``. Nobody's secret is in it.

For a process: ``PYTHON_KEYRING_BACKEND=tests.file_keyring.FileKeyring`` and the repository on ``PYTHONPATH``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Secrets by service and name. ``MADE_FOR`` is how the program tells it from a stranger's file."""

    MADE_FOR = "dateline"
    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write({**self._read(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        there = self._read()
        if there.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError(username)
        self._write(there)

    @property
    def _file(self) -> Path:
        return Path(os.environ["DATELINE_TEST_KEYRING"])

    def _read(self) -> dict[str, str]:
        try:
            found: dict[str, str] = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return found

    def _write(self, there: dict[str, str]) -> None:
        aside = self._file.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps(there), "utf-8")
        aside.replace(self._file)
