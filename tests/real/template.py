"""An installed site of each variant, made once by each test process; every site is a copy of one."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Literal

from tests.real import parts
from tests.real.processes import Guard
from tests.real.services import Limits, database_server, new_database, php_options, program

Variant = Literal["sqlite", "mariadb"]
PHP = Path(__file__).parent / "php"
DEBIANS = Path("/usr/share/wordpress")
_PLUGIN = Path("wp-content/plugins/sqlite-database-integration")


@cache
def template(variant: Variant) -> Path:
    """A folder with a site that was just installed, its database and ``users.json``; nothing runs there."""
    home = Path(tempfile.mkdtemp(prefix="dateline-wp-"))
    guard = Guard(home)
    atexit.register(guard.close)
    site, database = home / "site", None
    if variant == "sqlite":
        _npms_wordpress(site)
        (home / "db").mkdir()
    else:
        shutil.copytree(DEBIANS, site, ignore=shutil.ignore_patterns("wp-config.php", ".htaccess"))
        new_database(home)
        database = database_server(guard, home)
    for folder in ("uploads", "mu-plugins"):
        (site / "wp-content" / folder).mkdir(exist_ok=True)
    shutil.copy(PHP / "config.php", site / "wp-config.php")
    shutil.copy(PHP / "behind.php", site / "behind.php")
    shutil.copy(PHP / "functions.php", home / "functions.php")
    (home / "port").write_text("80")
    _install(home)
    if database is not None:
        guard.end(database, signal.SIGTERM)
    return home


def copy(variant: Variant, home: Path) -> None:
    """Makes a site in an empty folder. Its WordPress is linked, for nobody writes into that."""
    made = template(variant)
    shutil.copytree(made / "site", home / "site", copy_function=os.link)
    shutil.copytree(made / "db", home / "db")
    for name in ("users.json", "functions.php"):
        shutil.copy(made / name, home / name)


def _npms_wordpress(site: Path) -> None:
    with zipfile.ZipFile(parts.path(parts.WORDPRESS)) as archive:
        archive.extractall(site)
    (site / "wp-config.php").unlink()
    shutil.rmtree(site / "wp-content" / "database")
    with zipfile.ZipFile(parts.path(parts.SQLITE)) as archive:
        archive.extractall(site.parent / "plugin")
    (unpacked,) = (site.parent / "plugin").iterdir()
    unpacked.rename(site / _PLUGIN)
    # The drop-in looks for the plugin beside itself when its placeholders were left as they are.
    shutil.copy(site / _PLUGIN / "db.copy", site / "wp-content" / "db.php")


def _install(home: Path) -> None:
    made = subprocess.run(
        [program("php"), *php_options(Limits()), str(PHP / "install.php"), str(home / "site")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if made.returncode != 0 or not made.stdout.startswith("{"):
        log = home / "install.log"
        said = log.read_text("utf-8") if log.exists() else ""
        raise AssertionError(f"WordPress could not be made: {made.stdout}{made.stderr}{said}")
    (home / "users.json").write_text(json.dumps(json.loads(made.stdout)))
