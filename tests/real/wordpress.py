"""A real WordPress that runs for a test: start it, break it, act as the desk there, look at what it holds."""

from __future__ import annotations

import base64
import http.client
import json
import secrets
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import quote

import msgspec

from tests.real import template
from tests.real.processes import Guard, reserved_port
from tests.real.services import (
    Limits,
    database_server,
    nginx_server,
    php_options,
    php_server,
    program,
)
from tests.real.template import Variant

Serve = Literal["php", "fpm"]
Links = Literal["pretty", "plain"]
_PRETTY = "/%year%/%monthnum%/%postname%/"


class User(msgspec.Struct, frozen=True):
    """Somebody with an account there."""

    name: str
    id: int
    role: str
    app_password: str


class WordPress:
    """One site with its servers, in a folder of its own. Its address stays the same while it is stopped."""

    def __init__(
        self, variant: Variant = "sqlite", *, serve: Serve = "php", limits: Limits | None = None
    ) -> None:
        """Starts it. ``serve`` is PHP's own server, or nginx with PHP-FPM."""
        self.variant: Variant = variant
        self.folder = Path(tempfile.mkdtemp(prefix="dateline-wp-"))
        self._serve, self._limits = serve, limits or Limits()
        self._guard = Guard(self.folder)
        self._reserved: socket.socket = reserved_port()
        self._web: list[subprocess.Popen[bytes]] = []
        self._database: subprocess.Popen[bytes] | None = None
        self._key = secrets.token_hex(16)
        self._plugged = 0
        self.port: int = self._reserved.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        try:
            template.copy(variant, self.folder)
            (self.folder / "port").write_text(str(self.port))
            (self.folder / "key").write_text(self._key)
            self.users = msgspec.json.decode(
                (self.folder / "users.json").read_bytes(), type=dict[str, User]
            )
            self.start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    # --- running

    def start(self) -> None:
        """Starts what does not run. MariaDB may have ended by itself, when PHP was killed while it was asked."""
        if self._database is not None and self._database.poll() is not None:
            self.kill_db()
        if self.variant == "mariadb" and self._database is None:
            self.start_db()
        if not self._web:
            serve = php_server if self._serve == "php" else nginx_server
            self._web = serve(self._guard, self.folder, self.port, self._limits)

    def stop(self) -> None:
        """Ends the servers in an orderly way; ``start`` brings them back with all they had."""
        for process in self._web:
            self._guard.end(process, signal.SIGTERM)
        self._web = []
        if self._database is not None:
            self._guard.end(self._database, signal.SIGTERM)
            self._database = None

    def kill_web(self) -> None:
        """Ends the web server and PHP in the middle of whatever they do."""
        for process in self._web:
            self._guard.end(process)
        self._web = []

    def kill_db(self) -> None:
        """Ends MariaDB as a power cut does."""
        assert self._database is not None, "no MariaDB runs"
        self._guard.end(self._database)
        self._database = None

    def start_db(self) -> None:
        """Starts MariaDB, again after ``kill_db``."""
        assert self.variant == "mariadb", "this site has no MariaDB"
        assert self._database is None, "MariaDB runs"
        self._database = database_server(self._guard, self.folder)

    def close(self) -> None:
        """Ends everything and removes it."""
        self._web, self._database = [], None
        self._guard.close()
        self._reserved.close()

    # --- how the site is set up

    def plugin(self, name: str, php: str) -> None:
        """Adds a must-use plugin, or replaces it. It counts from the next request on."""
        self.unplug(name)
        self._plugged += 1  # a new file each time: PHP may remember an old one
        code = php if php.lstrip().startswith("<?php") else f"<?php\n{php}"
        (self._plugins / f"{name}.{self._plugged}.php").write_text(code, "utf-8")

    def unplug(self, name: str) -> None:
        """Takes a plugin away."""
        for file in self._plugins.glob(f"{name}.*.php"):
            file.unlink()

    def maintenance(self, on: bool) -> None:
        """Puts the site into the mode that updates put it into."""
        file = self.folder / "site" / ".maintenance"
        if on:
            file.write_text("<?php $upgrading = time();")
        else:
            file.unlink(missing_ok=True)

    def production(self, on: bool) -> None:
        """Makes it a public site, which takes no application password without TLS."""
        file = self.folder / "production"
        if on:
            file.touch()
        else:
            file.unlink(missing_ok=True)

    def permalinks(self, kind: Links) -> None:
        """How addresses look; with plain ones there is no /wp-json/."""
        self.php(f"tests_permalinks('{_PRETTY if kind == 'pretty' else ''}');")

    # --- acting there

    def call(
        self, user: User | str | None, method: str, path: str, /, **fields: Any
    ) -> tuple[int, Any]:
        """One REST request, as somebody or nobody: ``call("desk", "POST", "/wp/v2/posts/7", title="New")``."""
        who = self.users[user] if isinstance(user, str) else user
        headers = {"Accept": "application/json"}
        if who is not None:
            pair = f"{who.name}:{who.app_password}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        body = None
        if fields:
            headers["Content-Type"] = "application/json"
            body = json.dumps(fields)
        route, _, query = path.partition("?")
        address = f"/index.php?rest_route={quote(route)}{'&' if query else ''}{query}"
        status, data, _ = self._request(method, address, body, headers)
        try:
            return status, json.loads(data)
        except ValueError:
            return status, data

    def php(self, code: str) -> str:
        """What PHP prints that runs inside WordPress as the administrator, untouched by plugins and faults."""
        if not self._web:
            return self._php_without_web(code)
        _, printed, done = self._request("POST", "/behind.php", code, {"X-Key": self._key})
        if done != "done":
            raise AssertionError(f"PHP failed: {printed}")
        return printed

    def cron(self, *, early: bool = False) -> int:
        """Publishes the scheduled posts whose time has come, or all of them; says how many."""
        return int(self.php(f"echo tests_cron({json.dumps(early)});"))

    def wipe(self) -> None:
        """Removes every post, photo, comment, tag and category."""
        self.php("tests_wipe();")

    def reset(self) -> None:
        """As new: wiped, set up and running as at the start, with an empty log."""
        self.start()
        for file in self._plugins.iterdir():
            file.unlink()
        self.maintenance(False)
        self.production(False)
        self.php(f"tests_wipe(); tests_restore_users(); tests_permalinks('{_PRETTY}');")
        self._log.write_text("")

    # --- looking

    def posts(self) -> list[dict[str, Any]]:
        """Every post in any status, the trash included: ``id status slug title content excerpt author …``."""
        found: list[dict[str, Any]] = json.loads(self.php("echo json_encode(tests_posts('post'));"))
        return found

    def media(self) -> list[dict[str, Any]]:
        """Every photo, likewise; its ``meta`` has ``_wp_attached_file`` and ``_wp_attachment_image_alt``."""
        code = "echo json_encode(tests_posts('attachment'));"
        found: list[dict[str, Any]] = json.loads(self.php(code))
        return found

    def errors(self) -> list[str]:
        """What PHP and WordPress complained about since the start or the last ``reset``."""
        return self._log.read_text("utf-8").splitlines() if self._log.exists() else []

    # ---

    @property
    def _plugins(self) -> Path:
        return self.folder / "site" / "wp-content" / "mu-plugins"

    @property
    def _log(self) -> Path:
        return self.folder / "debug.log"

    def _request(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body.encode() if body else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.getheader("X-Behind", "")
        finally:
            connection.close()

    def _php_without_web(self, code: str) -> str:
        script = str(self.folder / "site" / "behind.php")
        ran = subprocess.run(
            [program("php"), *php_options(self._limits), script],
            input=code,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        if ran.returncode != 0:
            raise AssertionError(f"PHP failed: {ran.stdout}{ran.stderr}")
        return ran.stdout
