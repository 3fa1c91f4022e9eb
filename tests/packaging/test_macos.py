"""macOS' app, its signatures and its image, as far as they can be looked at elsewhere: the tools are stood in for."""

from __future__ import annotations

import plistlib
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from macos import icon, minimum, package, pyinstaller
from product import IDENTIFIER, NAME, ROOT, TITLE, version

MACOS = ROOT / "packaging" / "macos"
SCRIPTS = ("keychain.sh", "make_dmg.sh", "notarise.sh", "sign.sh")
SECRETS = {
    "DATELINE_MACOS_IDENTITY": "Developer ID Application: Somebody",
    "DATELINE_MACOS_CERTIFICATE": "own.p12",
    "DATELINE_MACOS_CERTIFICATE_PASSWORD": "geheim",
    "DATELINE_MACOS_NOTARY_KEY": "own.p8",
    "DATELINE_MACOS_NOTARY_KEY_ID": "ID",
    "DATELINE_MACOS_NOTARY_ISSUER": "ISSUER",
}

not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts")


class Mac:
    """A folder, and in it commands of macOS that write down how they were called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.commands = folder / "commands"
        self.log = folder / "log"
        self.commands.mkdir()
        self.log.touch()
        for name in ("codesign", "ditto", "hdiutil", "security", "spctl", "xattr", "xcrun"):
            self.put(name, "")
        self.put("uname", "echo Darwin")
        self.put("file", 'case $2 in *.txt | *.plist) echo text;; *) echo "Mach-O 64-bit";; esac')
        self.put(
            "plutil",
            f"case $2 in CFBundleExecutable) echo {NAME};; status) echo Accepted;; *) echo 42;; esac",
        )

    def put(self, name: str, answer: str) -> None:
        """A command that answers by a line of shell."""
        command = self.commands / name
        noted = (
            f"echo {name} \"$@\" >>'{self.log}'\n"
            if name not in ("uname", "file", "plutil")
            else ""
        )
        command.write_text(f"#!/bin/sh\n{noted}{answer}\n", "utf-8")
        command.chmod(0o755)

    def run(
        self, script: str, *words: str | Path, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs a script with these commands before the system's own."""
        return subprocess.run(
            [MACOS / script, *words],
            cwd=self.folder,
            env={"PATH": f"{self.commands}:/usr/bin:/bin", **environment},
            capture_output=True,
            check=False,
            text=True,
        )

    def called(self) -> list[str]:
        """What was called, one line a call."""
        return self.log.read_text("utf-8").splitlines()


@pytest.fixture
def mac(tmp_path: Path) -> Mac:
    return Mac(tmp_path)


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """An app that is as small as it can be."""
    made = tmp_path / f"{TITLE}.app"
    for place in (
        f"MacOS/{NAME}",
        "Frameworks/libpython3.dylib",
        "Frameworks/PySide6/QtCore.abi3.so",
        "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore",
        "Resources/words.txt",
    ):
        file = made / "Contents" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(library(minimum=(15, 0)) if file.suffix != ".txt" else b"words")
    (made / "Contents/Info.plist").write_bytes(plistlib.dumps(pyinstaller.info_plist()))
    return made


def library(*, minimum: tuple[int, int], machine: int = 0x0100000C) -> bytes:
    """The head of a library for one kind of Mac."""
    number = minimum[0] << 16 | minimum[1] << 8
    command = struct.pack("<IIIIII", 0x32, 24, 1, number, number, 0)
    return struct.pack("<IIIIIIII", 0xFEEDFACF, machine, 0, 6, 1, len(command), 0, 0) + command


def both(arm: bytes, intel: bytes) -> bytes:
    """A library for both kinds of Mac."""
    head = struct.pack(">II", 0xCAFEBABE, 2)
    head += struct.pack(">IIIII", 0x01000007, 3, 256, len(intel), 8)
    head += struct.pack(">IIIII", 0x0100000C, 0, 512, len(arm), 8)
    return head.ljust(256, b"\0") + intel.ljust(256, b"\0") + arm


def test_the_apps_plist_says_what_the_app_is() -> None:
    info = pyinstaller.info_plist()
    assert info["CFBundleIdentifier"] == IDENTIFIER
    assert info["CFBundleExecutable"] == NAME
    assert info["CFBundleShortVersionString"] == info["CFBundleVersion"] == version()
    assert info["NSHighResolutionCapable"] is True
    assert info["NSPrincipalClass"] == "NSApplication"
    assert "LSBackgroundOnly" not in info
    assert "@" not in plistlib.dumps(info).decode().replace("@/", "")


def test_finder_is_promised_no_files_that_the_window_would_not_take() -> None:
    info = pyinstaller.info_plist()
    assert not {"CFBundleDocumentTypes", "CFBundleURLTypes"} & set(info)


def test_the_oldest_system_is_stated_with_its_reason() -> None:
    text = pyinstaller.TEMPLATE.read_text("utf-8")
    assert minimum.as_version(pyinstaller.info_plist()["LSMinimumSystemVersion"]) >= (13, 0)
    before = text.split("<key>LSMinimumSystemVersion")[0]
    assert before.rstrip().endswith("-->")


def test_the_entitlements_are_two_and_have_no_comments() -> None:
    text = (MACOS / "entitlements.plist").read_text("utf-8")
    assert "<!--" not in text
    assert plistlib.loads(text.encode()) == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.cs.disable-library-validation": True,
    }


@pytest.mark.usefixtures("qapp")
def test_pyinstaller_is_told_that_the_app_has_a_window(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pyinstaller, "ROOT", tmp_path)
    assert pyinstaller.EXE["console"] is False
    bundle = pyinstaller.BUNDLE
    assert bundle["bundle_identifier"] == IDENTIFIER
    assert Path(bundle["icon"]).suffix == ".icns"


@pytest.mark.usefixtures("qapp")
def test_the_icon_has_every_size(tmp_path: Path) -> None:
    from PIL import Image

    with Image.open(icon.write_icon(tmp_path / "made" / "icon.icns")) as image:
        widths = {width * scale for width, _, scale in image.info["sizes"]}
    assert set(icon.SIZES) <= widths


def test_an_app_is_for_the_macs_that_all_its_libraries_are_for(app: Path) -> None:
    assert minimum.check(app) == "arm64"
    fat = both(library(minimum=(15, 0)), library(minimum=(11, 0), machine=0x01000007))
    (app / "Contents/Frameworks/libpython3.dylib").write_bytes(fat)
    assert minimum.check(app) == "arm64"
    (app / f"Contents/MacOS/{NAME}").write_bytes(fat)
    with pytest.raises(LookupError, match=r"QtCore.* is not for x86_64"):
        minimum.check(app)


def test_a_library_that_asks_for_a_newer_macos_ends_the_build(app: Path) -> None:
    (app / "Contents/Frameworks/PySide6/QtCore.abi3.so").write_bytes(library(minimum=(26, 0)))
    with pytest.raises(
        LookupError, match=r"QtCore\.abi3\.so needs macOS 26\.0, and the app promises 15\.0"
    ):
        minimum.check(app)


def test_what_is_no_library_is_passed_over(tmp_path: Path) -> None:
    java = struct.pack(">II", 0xCAFEBABE, 52)  # a class file begins like a fat library
    for name, data in (
        ("empty", b""),
        ("short", b"\xcf"),
        ("java", java),
        ("text", b"words and words"),
    ):
        (tmp_path / name).write_bytes(data)
    assert list(minimum.libraries(tmp_path)) == []
    (tmp_path / "old").write_bytes(
        struct.pack("<IIIIIIII", 0xFEEDFACF, 0x01000007, 0, 6, 1, 16, 0, 0)
        + struct.pack("<IIII", 0x24, 16, 10 << 16 | 12 << 8, 0)
    )
    assert minimum.slices(tmp_path / "old") == [minimum.Slice("x86_64", (10, 12))]


@not_on_windows
@pytest.mark.parametrize("script", SCRIPTS)
def test_elsewhere_each_script_says_that_it_needs_a_mac(script: str, mac: Mac) -> None:
    mac.put("uname", "echo Linux")
    words = (
        ["open"]
        if script == "keychain.sh"
        else [mac.folder, mac.folder / "image"][: 1 + (script == "make_dmg.sh")]
    )
    ran = mac.run(script, *words, **SECRETS)
    assert ran.returncode == 1
    assert re.fullmatch(rf"{re.escape(script)}: .* can be done on a Mac only\.\n", ran.stderr)
    assert mac.called() == []


@not_on_windows
@pytest.mark.parametrize("script", SCRIPTS)
def test_each_script_says_how_it_is_called(script: str, mac: Mac) -> None:
    ran = mac.run(script)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"{script}: usage: {script} ")


@not_on_windows
@pytest.mark.parametrize(
    ("script", "word", "secret"),
    [
        ("sign.sh", ".", "DATELINE_MACOS_IDENTITY"),
        ("keychain.sh", "open", "DATELINE_MACOS_CERTIFICATE"),
        ("keychain.sh", "open", "DATELINE_MACOS_CERTIFICATE_PASSWORD"),
        ("notarise.sh", ".", "DATELINE_MACOS_NOTARY_KEY"),
        ("notarise.sh", ".", "DATELINE_MACOS_NOTARY_KEY_ID"),
        ("notarise.sh", ".", "DATELINE_MACOS_NOTARY_ISSUER"),
    ],
)
def test_a_missing_secret_is_named(script: str, word: str, secret: str, mac: Mac) -> None:
    ran = mac.run(script, word, **{name: text for name, text in SECRETS.items() if name != secret})
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"{script}: {secret} is not set.")
    assert mac.called() == []


@not_on_windows
def test_an_app_is_signed_from_the_inside_out(mac: Mac, app: Path) -> None:
    ran = mac.run("sign.sh", app, **SECRETS)
    assert ran.returncode == 0, ran.stderr
    signed = [line for line in mac.called() if line.startswith("codesign --force")]
    inside = f"{app}/Contents"
    assert [line.rsplit(" ", 1)[1].removeprefix(inside) for line in signed] == [
        "/Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore",
        "/Frameworks/PySide6/QtCore.abi3.so",
        "/Frameworks/libpython3.dylib",
        "/Frameworks/PySide6/Qt/lib/QtCore.framework",
        str(app),
    ]
    assert all("--options runtime --timestamp " in line for line in signed)
    assert ["entitlements" in line for line in signed] == [False] * 4 + [True]
    assert mac.called()[-1] == f"codesign --verify --deep --strict --verbose=2 {app}"


@not_on_windows
def test_without_a_certificate_an_app_is_signed_for_its_own_machine(mac: Mac, app: Path) -> None:
    assert mac.run("sign.sh", app, DATELINE_MACOS_IDENTITY="-").returncode == 0
    signed = [line for line in mac.called() if line.startswith("codesign --force")]
    assert all(line.startswith("codesign --force --sign - --timestamp=none ") for line in signed)


@not_on_windows
def test_a_library_that_cannot_be_signed_ends_it(mac: Mac, app: Path) -> None:
    mac.put("codesign", "case $* in *libpython3*) exit 1;; esac")
    assert mac.run("sign.sh", app, **SECRETS).returncode != 0
    assert not mac.called()[-1].endswith(str(app))


@not_on_windows
def test_an_image_holds_the_app_and_the_way_to_install_it(mac: Mac, app: Path) -> None:
    mac.put("hdiutil", 'if [ "$1" = create ]; then ls -l "$6" >>"$PWD/stage"; fi')
    ran = mac.run("make_dmg.sh", app, mac.folder / "image.dmg")
    assert ran.returncode == 0, ran.stderr
    assert "Applications -> /Applications" in (mac.folder / "stage").read_text()
    kinds = [line.split()[:2] for line in mac.called()]
    assert kinds[1:] == [["hdiutil", "create"], ["hdiutil", "verify"]]
    assert mac.called()[0].startswith(f"ditto {app} ")


@not_on_windows
def test_what_apple_takes_gets_its_ticket(mac: Mac, app: Path) -> None:
    (mac.folder / "own.p8").touch()
    ran = mac.run("notarise.sh", app, **SECRETS)
    assert ran.returncode == 0, ran.stderr
    called = mac.called()
    assert called[0].startswith(f"ditto -c -k --keepParent {app} ")
    assert re.match(
        r"xcrun notarytool submit .*\.zip --wait .* --key own\.p8 --key-id ID --issuer ISSUER$",
        called[1],
    )
    assert called[2:] == [
        f"xcrun stapler staple -q {app}",
        f"xcrun stapler validate -q {app}",
        f"spctl --assess --type execute {app}",
    ]


@not_on_windows
@pytest.mark.parametrize("answer", ["Invalid", ""])
def test_what_apple_does_not_take_gets_none(answer: str, mac: Mac, app: Path) -> None:
    (mac.folder / "own.p8").touch()
    said = f"echo {answer}" if answer else "exit 1"
    mac.put("plutil", f"case $2 in status) {said};; *) echo 42;; esac")
    ran = mac.run("notarise.sh", app, **SECRETS)
    assert ran.returncode == 1
    told = answer or "no answer"
    assert ran.stderr == f"notarise.sh: Apple has not notarised {TITLE}.app: {told}.\n"
    assert not any("stapler" in line for line in mac.called())
    assert any("notarytool log 42" in line for line in mac.called())


@not_on_windows
def test_a_certificate_gets_a_keychain_of_its_own(mac: Mac) -> None:
    (mac.folder / "own.p12").touch()
    mac.put(
        "security",
        """if [ "$*" = "list-keychains -d user" ]; then echo '    "/L/login.keychain-db"'; fi""",
    )
    ran = mac.run("keychain.sh", "open", TMPDIR=str(mac.folder), **SECRETS)
    assert ran.returncode == 0, ran.stderr
    own = f"{mac.folder}/dateline-build.keychain-db"
    assert mac.called()[-1] == f"security list-keychains -d user -s {own} /L/login.keychain-db"
    assert mac.run("keychain.sh", "close", TMPDIR=str(mac.folder)).returncode == 0
    assert mac.called()[-1] == f"security delete-keychain {own}"


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        ({}, ["sign app", "make_dmg app"]),
        ({package.IDENTITY: "somebody"}, ["sign app", "make_dmg app", "sign dmg"]),
        (
            {package.IDENTITY: "somebody", package.KEY: "key"},
            ["sign app", "notarise app", "make_dmg app", "sign dmg", "notarise dmg"],
        ),
        ({package.KEY: "key"}, ["sign app", "make_dmg app"]),
    ],
)
def test_an_app_is_signed_and_notarised_before_it_goes_into_its_image(
    told: dict[str, str],
    steps: list[str],
    app: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in (package.IDENTITY, package.KEY):
        monkeypatch.delenv(name, raising=False)
    for name, text in told.items():
        monkeypatch.setenv(name, text)
    taken: list[str] = []
    monkeypatch.setattr(
        package,
        "_run",
        lambda script, *paths: taken.append(f"{script.removesuffix('.sh')} {paths[0].suffix[1:]}"),
    )
    (image,) = package.make(app, tmp_path)
    assert image.name == f"{TITLE}-{version()}-arm64.dmg"
    assert taken == steps


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="needs shellcheck")
def test_shellcheck_finds_nothing() -> None:
    scripts = [f"packaging/macos/{script}" for script in SCRIPTS]
    ran = subprocess.run(
        ["shellcheck", "-x", *scripts], cwd=ROOT, capture_output=True, check=False, text=True
    )
    assert ran.returncode == 0, ran.stdout


def test_every_script_is_there_and_tried() -> None:
    assert {path.name for path in MACOS.glob("*.sh")} == {*SCRIPTS, "common.sh"}
