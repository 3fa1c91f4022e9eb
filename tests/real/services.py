"""The server programs of a site and how each is started: PHP's own server, nginx with PHP-FPM, MariaDB."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.real.processes import Guard, wait_until

ROUTER = Path(__file__).parent / "php" / "router.php"
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
AS_ROOT = os.geteuid() == 0


@dataclass(frozen=True)
class Limits:
    """What a site takes: of nginx its body, of PHP an uploaded file and a form; requests at a time."""

    body: str = "20m"
    upload: str = "16M"
    form: str = "20M"
    workers: int = 4


def program(*names: str) -> str:
    """The first of the programs that is installed."""
    for name in names:
        found = shutil.which(name, path=PLACES)
        if found:
            return found
    raise FileNotFoundError(f"{names[0]} is not installed (packaging/system.sh real)")


def fpm_program() -> str:
    """PHP-FPM, whose name has the version of PHP in it."""
    found = sorted(str(each) for each in Path("/usr/sbin").glob("php-fpm*"))
    return found[-1] if found else program("php-fpm")


def php_options(limits: Limits) -> list[str]:
    """A changed file counts at once; mail goes nowhere; what PHP has to say goes to the log."""
    settings = {
        "upload_max_filesize": limits.upload,
        "post_max_size": limits.form,
        "memory_limit": "256M",
        "sendmail_path": shutil.which("true") or "/bin/true",
        "display_errors": "0",
        "html_errors": "0",
        "log_errors": "1",
        "opcache.revalidate_freq": "0",
        "opcache.validate_timestamps": "1",
    }
    return [word for name, value in settings.items() for word in ("-d", f"{name}={value}")]


def _answers(place: tuple[str, int] | str) -> bool:
    with socket.socket(socket.AF_UNIX if isinstance(place, str) else socket.AF_INET) as probe:
        try:
            probe.connect(place)
        except OSError:
            return False
        return True


def php_server(
    guard: Guard, home: Path, port: int, limits: Limits
) -> list[subprocess.Popen[bytes]]:
    """PHP's own server. It closes every connection after its answer."""
    log = home / "web.log"
    listen = ["-S", f"127.0.0.1:{port}", "-t", str(home / "site"), str(ROUTER)]
    process = guard.start(
        [program("php"), *php_options(limits), *listen],
        log,
        {"PHP_CLI_SERVER_WORKERS": str(limits.workers)},
    )
    wait_until(lambda: _answers(("127.0.0.1", port)), process, log, "php -S")
    return [process]


_POOL = """\
[global]
error_log = {home}/fpm.log
daemonize = no
[www]
listen = {home}/fpm.sock
pm = static
pm.max_children = {workers}
catch_workers_output = yes
"""
_POOL_OF_ROOT = """\
user = root
group = root
"""
_NGINX = """\
daemon off;
worker_processes 1;
pid {home}/nginx.pid;
error_log {home}/nginx.log;
{user}
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_max_body_size {body};
    client_body_temp_path {home}/nginx-body;
    proxy_temp_path {home}/nginx-proxy;
    fastcgi_temp_path {home}/nginx-fastcgi;
    uwsgi_temp_path {home}/nginx-uwsgi;
    scgi_temp_path {home}/nginx-scgi;
    server {{
        listen 127.0.0.1:{port};
        root {home}/site;
        index index.php;
        location / {{ try_files $uri $uri/ /index.php?$args; }}
        location ~ \\.php$ {{
            include /etc/nginx/fastcgi_params;
            fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
            fastcgi_param HTTP_HOST $http_host;
            fastcgi_pass unix:{home}/fpm.sock;
            fastcgi_read_timeout 60;
        }}
    }}
}}
"""


def nginx_server(
    guard: Guard, home: Path, port: int, limits: Limits
) -> list[subprocess.Popen[bytes]]:
    """nginx before PHP-FPM. It keeps connections and refuses what is larger than its limit."""
    pool, settings = home / "fpm.conf", home / "nginx.conf"
    pool.write_text(
        _POOL.format(home=home, workers=limits.workers) + (_POOL_OF_ROOT if AS_ROOT else "")
    )
    user = "user root;" if AS_ROOT else ""
    settings.write_text(_NGINX.format(home=home, port=port, body=limits.body, user=user))
    socket_file = home / "fpm.sock"
    socket_file.unlink(missing_ok=True)  # of one that was killed
    as_root = ["-R"] if AS_ROOT else []
    fpm = guard.start(
        [fpm_program(), *as_root, "-F", "-y", str(pool), *php_options(limits)], home / "fpm.out"
    )
    wait_until(lambda: _answers(str(socket_file)), fpm, home / "fpm.out", "php-fpm")
    log = home / "nginx.log"
    command = [program("nginx"), "-p", str(home), "-e", str(log), "-c", str(settings)]
    nginx = guard.start(command, home / "nginx.out")
    wait_until(lambda: _answers(("127.0.0.1", port)), nginx, home / "nginx.out", "nginx")
    return [nginx, fpm]


# A small log file, so that the folder can be copied quickly.
_DATABASE = ["--no-defaults", "--innodb-log-file-size=4M", *(["--user=root"] if AS_ROOT else [])]


def new_database(home: Path) -> None:
    """An empty MariaDB."""
    made = subprocess.run(
        [
            program("mariadb-install-db"),
            *_DATABASE,
            f"--datadir={home / 'db'}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise AssertionError(f"MariaDB could not be made: {made.stdout}{made.stderr}")


def database_server(guard: Guard, home: Path) -> subprocess.Popen[bytes]:
    """MariaDB, on a socket in the folder."""
    log, listens = home / "mariadb.log", home / "db.sock"
    listens.unlink(missing_ok=True)
    process = guard.start(
        [
            program("mariadbd"),
            *_DATABASE,
            f"--datadir={home / 'db'}",
            f"--socket={listens}",
            f"--pid-file={home / 'mariadb.pid'}",
            "--skip-networking",
            "--innodb-flush-log-at-trx-commit=2",
            "--innodb-buffer-pool-size=32M",
            "--performance-schema=0",
            "--character-set-server=utf8mb4",
        ],
        log,
    )
    wait_until(lambda: _answers(str(listens)), process, log, "mariadbd")
    return process
