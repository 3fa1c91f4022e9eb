"""What a Linux desktop reads: each file is what its reader takes, and tells of the command line that there is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from linux.alone import OF_EVERY_DESKTOP
from linux.commands import all_commands
from linux.completion import completion
from linux.deb import RECOMMENDS, control_file, copyright_file, debian_changelog
from linux.icons import SIZES, write_icons
from linux.manual import manual
from linux.metainfo import metainfo
from product import IDENTIFIER, NAME, ROOT, version

LINUX = ROOT / "packaging" / "linux"
MIME = "text/x-dateline-entry"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="of Linux")


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"needs {tool}")


def said(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, check=False, text=True, **options)  # type: ignore[call-overload,no-any-return]


@needs("desktop-file-validate")
@pytest.mark.parametrize("name", ["dateline", "dateline-import"])
def test_the_desktop_files_are_valid(name: str) -> None:
    checked = said("desktop-file-validate", LINUX / f"{name}.desktop")
    assert (checked.returncode, checked.stdout) == (0, "")


def test_the_window_has_the_name_that_the_program_gives_it() -> None:
    desktop = (LINUX / "dateline.desktop").read_text("utf-8")
    assert 'setDesktopFileName(os.environ.get("FLATPAK_ID", "dateline"))' in (
        ROOT / "editor/app.py"
    ).read_text("utf-8")
    assert "StartupWMClass=dateline" in desktop
    assert "Exec=dateline\n" in desktop


def test_entry_files_have_a_type_that_is_markdown_too() -> None:
    root = ElementTree.parse(LINUX / "dateline.xml").getroot()
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = root.find("m:mime-type", space)
    assert kind is not None
    assert kind.get("type") == MIME
    assert [each.get("type") for each in kind.findall("m:sub-class-of", space)] == ["text/markdown"]
    assert [each.get("pattern") for each in kind.findall("m:glob", space)] == ["*.dateline.md"]
    assert f"MimeType={MIME};" in (LINUX / "dateline-import.desktop").read_text("utf-8")


@needs("update-mime-database")
def test_the_type_is_found_by_the_name_and_plain_markdown_is_left_alone(tmp_path: Path) -> None:
    packages = tmp_path / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copy(LINUX / "dateline.xml", packages)
    found = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    checked = said("update-mime-database", tmp_path / "mime", env=found)
    assert (checked.returncode, checked.stderr) == (0, "")
    globs = (tmp_path / "mime" / "globs2").read_text("utf-8")
    assert f"50:{MIME}:*.dateline.md" in globs
    assert ":*.md" not in globs


def test_the_manual_page_tells_of_every_command_and_option() -> None:
    page = manual().replace("\\-", "-")
    for command in all_commands():
        if not command.names:
            assert f".B {' '.join(command.words)}" in page, command.words
        for option in command.options:
            for name in option.names:
                assert name in page, (command.words, name)
    assert version() in page


@needs("groff")
def test_the_manual_page_is_one() -> None:
    checked = said("groff", "-man", "-Tutf8", "-ww", "-z", input=manual())
    assert (checked.returncode, checked.stderr) == (0, "")


COMPLETE = """
source /dev/stdin
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
compopt() { :; }
_dateline
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["ent"], ["entry"]),
        (["--profile", "/x", "entry", "with"], ["withdraw"]),
        (["entry", "list", "slug", "--stage", "ret"], ["returned"]),
        (["export", "slug", "/x", "--a"], ["--as"]),
        (["export", "slug", "--as", "j"], ["json"]),
        (["post", "fetching", "nev"], ["never"]),
        (["--profile", ""], [""]),
        (["self"], ["self-test"]),
    ],
)
def test_the_completion_offers(typed: list[str], offered: list[str]) -> None:
    done = said("bash", "-uc", COMPLETE, "bash", "dateline", *typed, input=completion())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == offered


def test_the_appstream_data_has_this_version_and_the_desktop_file() -> None:
    root = ElementTree.fromstring(metainfo("2026-11-27"))
    assert root.findtext("id") == IDENTIFIER
    assert root.findtext("launchable") == f"{NAME}.desktop"
    releases = root.findall("releases/release")
    assert releases[0].get("version") == version()


@needs("appstreamcli")
def test_the_appstream_data_is_valid(tmp_path: Path) -> None:
    file = tmp_path / f"{IDENTIFIER}.metainfo.xml"
    file.write_text(metainfo("2026-11-27"), "utf-8")
    checked = said("appstreamcli", "validate", "--no-net", "--no-color", file)
    # what is missing for a shop's window: a home page, and pictures at addresses
    told = re.findall(r"^[EW]: .*$", checked.stdout, re.MULTILINE)
    assert [line for line in told if "url-homepage-missing" not in line] == []


def test_the_icon_is_drawn_in_every_size(tmp_path: Path, qapp: object) -> None:
    from PySide6.QtGui import QImage

    write_icons(tmp_path)
    assert (tmp_path / "scalable/apps/dateline.svg").exists()
    for size in SIZES:
        image = QImage(str(tmp_path / f"{size}x{size}/apps/dateline.png"))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(size // 2, size // 4).alpha() == 255
        assert image.pixelColor(0, 0).alpha() == 0


def test_the_package_says_what_it_is() -> None:
    control = control_file("1.2.3", ["libc6 (>= 2.36)", "libgl1"], 140_000)
    assert "Version: 1.2.3\n" in control
    assert "Depends: libc6 (>= 2.36), libgl1\n" in control
    assert "Installed-Size: 140000\n" in control
    assert any(each.startswith("ca-certificates") for each in RECOMMENDS)
    description = control.partition("Description: ")[2]
    assert all(line.startswith(" ") for line in description.splitlines()[1:])
    assert all(len(line) <= 80 for line in description.splitlines())


def test_the_copyright_file_is_in_debians_form() -> None:
    paragraphs = copyright_file().strip().split("\n\n")
    assert paragraphs[0].startswith("Format: ")
    assert all(each.startswith("Files: ") for each in paragraphs[1:])
    assert all("\nCopyright: " in each and "\nLicense: " in each for each in paragraphs[1:])


def test_the_packages_changelog_is_debians(tmp_path: Path) -> None:
    file = tmp_path / "changelog"
    file.write_text(debian_changelog("1.2.3"), "utf-8")
    assert "1.2.3" in file.read_text("utf-8")
    if shutil.which("dpkg-parsechangelog"):
        checked = said("dpkg-parsechangelog", f"-l{file}", "-SVersion")
        assert (checked.stdout, checked.stderr) == ("1.2.3\n", "")


def test_the_flatpak_gives_the_sandbox_what_the_program_asks_for() -> None:
    manifest = yaml.safe_load((LINUX / f"{IDENTIFIER}.yml").read_text("utf-8"))
    assert manifest["id"] == IDENTIFIER
    assert manifest["command"] == NAME
    wanted = {"--share=network", "--socket=wayland", "--socket=fallback-x11"}
    assert wanted | {"--talk-name=org.freedesktop.secrets"} <= set(manifest["finish-args"])
    (module,) = manifest["modules"]
    assert module["buildsystem"] == "simple"
    assert not any("://" in str(value) for value in module["sources"])


def test_what_every_desktop_has_is_never_taken_along() -> None:
    assert not "libxcb-cursor.so.0".startswith(OF_EVERY_DESKTOP)
    assert not "libssl.so.3".startswith(OF_EVERY_DESKTOP)
    for name in ("libc.so.6", "libGL.so.1", "libxcb.so.1", "libwayland-client.so.0"):
        assert name.startswith(OF_EVERY_DESKTOP)
