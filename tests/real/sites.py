"""The sites that tests share, and what happens where they cannot run: tests are skipped, or fail if REAL_SERVERS=required."""

from __future__ import annotations

import atexit
import os
from functools import cache

import pytest

from tests.real import parts
from tests.real.services import fpm_program, program
from tests.real.template import DEBIANS, Variant
from tests.real.wordpress import Serve, WordPress

REQUIRED = os.environ.get("REAL_SERVERS") == "required"


def lacking(variant: Variant, serve: Serve = "php") -> str:
    """What this machine does not have for a site; nothing if it can run."""
    try:
        program("php")
        if serve == "fpm":
            program("nginx")
            fpm_program()
        if variant == "mariadb":
            program("mariadbd")
            program("mariadb-install-db")
    except FileNotFoundError as error:
        return str(error)
    if variant == "mariadb" and not (DEBIANS / "wp-load.php").exists():
        return "wordpress is not installed (packaging/system.sh real-wordpress)"
    if variant == "sqlite":
        names = ", ".join(part.package for part in parts.missing())
        return f"not fetched: {names} (python -m tests.real.parts)" if names else ""
    return ""


def needs(variant: Variant, serve: Serve = "php") -> None:
    """Skips the test where a site cannot run; fails it where it must."""
    reason = lacking(variant, serve)
    if reason and REQUIRED:
        pytest.fail(f"no real WordPress: {reason}", pytrace=False)
    if reason:
        pytest.skip(f"no real WordPress: {reason}")


@cache
def shared(variant: Variant = "sqlite", serve: Serve = "php") -> WordPress:
    """One site for all tests of this process. A test takes it as it is, or begins with ``reset``."""
    needs(variant, serve)
    site = WordPress(variant, serve=serve)
    atexit.register(site.close)
    return site
