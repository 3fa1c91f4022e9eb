"""Windows' installer: what it installs it removes, and nothing else; and what Explorer hands over."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import pytest

from product import NAME, ROOT, TITLE, version
from windows import icon, package, pyinstaller, script, sign, trial, version_info, window

WINDOWS = ROOT / "packaging" / "windows"
INSTALLER = (WINDOWS / "installer.nsi").read_text("utf-8")
WORDS = (WINDOWS / "words.nsh").read_text("utf-8")

with_nsis = pytest.mark.skipif(shutil.which("makensis") is None, reason="needs makensis")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A made-up bundle, as small as it can be."""
    made = tmp_path / "build" / "bundle" / NAME
    (made / "_internal" / "PySide6").mkdir(parents=True)
    (made / "licences" / "Source Serif 4").mkdir(parents=True)
    for file in (f"{NAME}.exe", f"{NAME}w.exe", "_internal/PySide6/Qt6Core.dll"):
        (made / file).write_bytes(b"MZ " + file.encode())
    (made / "licences" / "Source Serif 4" / "Zoë.txt").write_text("words", "utf-8")
    return made


def test_everything_that_is_installed_is_removed_by_its_name(bundle: Path) -> None:
    text = script.files_script(bundle)
    files = [
        str(PurePosixPath(*path.split("\\")))
        for path in re.findall(r'Delete "\$INSTDIR\\(.*)"', text)
    ]
    assert files == [str(file) for file in script.files_of(bundle)]
    assert len(files) == 4
    installed = re.findall(r'  File "(.*)"', text)
    assert [Path(path) for path in installed] == [bundle / file for file in files]
    folders = re.findall(r'RMDir "\$INSTDIR\\(.*)"', text)
    assert folders == [
        "_internal\\PySide6", "licences\\Source Serif 4", "_internal", "licences",
    ]  # fmt: skip


def test_no_folder_is_ever_removed_with_what_is_in_it(bundle: Path) -> None:
    whole = INSTALLER + script.files_script(bundle)
    assert "RMDir /" not in whole
    assert "Delete" in whole
    assert [line for line in whole.splitlines() if "Delete" in line and "*" in line] == []
    # what was written is not even named, but in a comment
    assert [line for line in whole.splitlines() if "LOCALAPPDATA%" in line and line[0] != ";"] == []


def test_what_cannot_be_installed_ends_the_build(bundle: Path) -> None:
    (bundle / "a$b").write_text("")
    with pytest.raises(ValueError, match="a\\$b"):
        script.files_of(bundle)
    (bundle / "a$b").unlink()
    (bundle / "link").symlink_to(f"{NAME}.exe")
    with pytest.raises(ValueError, match="link"):
        script.files_of(bundle)


def test_a_folder_without_the_program_is_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    with pytest.raises(LookupError, match="exe"):
        package.lay_out(tmp_path / "bundle", tmp_path / "tree")


def test_the_start_menu_opens_the_program_without_a_console(bundle: Path) -> None:
    assert package.window_of(bundle) == f"{NAME}w.exe"
    (bundle / f"{NAME}w.exe").unlink()
    assert package.window_of(bundle) == f"{NAME}.exe"


@with_nsis
@pytest.mark.usefixtures("qapp")
def test_two_installers_of_one_bundle_are_the_same(bundle: Path, tmp_path: Path) -> None:
    made = []
    for turn, moment in (("first", 1_000_000_000), ("second", 1_700_000_000)):
        for path in bundle.rglob("*"):
            os.utime(path, (moment, moment))
        made.append(package.make_setup(bundle, tmp_path / turn, tmp_path / turn / "out"))
    assert made[0].name == f"{TITLE}-{version()}-setup.exe"
    first, second = (file.read_bytes() for file in made)
    assert first == second
    (header,) = struct.unpack_from("<I", first, 0x3C)
    machine = struct.unpack_from("<H", first, header + 4)[0]
    assert machine == (0x8664 if package.target_of("makensis").startswith("amd64") else 0x14C)
    for text in (version(), version_info.PUBLISHER, f"{TITLE} Setup"):
        assert text.encode("utf-16-le") in first
    assert b"PerMonitorV2" in first


@with_nsis
def test_what_nsis_says_is_passed_on(tmp_path: Path) -> None:
    broken = tmp_path / "broken.nsi"
    broken.write_text("Nonsense\n", "utf-8")
    with pytest.raises(RuntimeError, match="Nonsense"):
        package.run_makensis("makensis", broken, {})


def test_the_installer_asks_for_nobodys_rights_and_leaves_markdown_to_its_editor() -> None:
    assert "RequestExecutionLevel user" in INSTALLER
    assert "SetCompressor /SOLID lzma" in INSTALLER
    written = re.findall(
        r'^ *WriteReg\w+ SHCTX "\$\{MARKDOWN\}(.*?)" "(.*?)"', INSTALLER, re.MULTILINE
    )
    assert written == [("\\OpenWithProgids", "${TITLE}.Entry")]
    assert "UserChoice" not in INSTALLER
    assert "cmd" not in INSTALLER.replace("SetCompressor", "").lower()


def test_every_exit_code_is_told() -> None:
    told = INSTALLER.split("Exit codes:")[1].split("Target")[0]
    codes = re.findall(r"!define EXIT_\w+ (\d+)", INSTALLER)
    assert len(set(codes)) == len(codes) == 5
    assert [code for code in codes if not re.search(rf"\b{code}\b", told)] == []
    assert re.search(r"EXIT_RUNNING (\d+)", INSTALLER)[1] == str(trial.RUNNING)  # type: ignore[index]


def test_every_language_has_every_sentence() -> None:
    languages = re.findall(r"MUI_LANGUAGE (\w+)", INSTALLER)
    sentences = set(re.findall(r"LangString (\w+)", WORDS))
    said = re.findall(r'LangString (\w+) \$\{LANG_(\w+)\} ".+"', WORDS)
    assert sorted(said) == sorted((name, each.upper()) for name in sentences for each in languages)
    assert sentences == set(re.findall(r"\$\(([A-Z_]+)\)", INSTALLER))


@pytest.mark.parametrize(
    ("told", "counted"),
    [("1.2.3", (1, 2, 3, 0)), ("10.0.0rc1", (10, 0, 0, 0))],
)
def test_a_version_is_four_numbers(told: str, counted: tuple[int, ...]) -> None:
    assert version_info.numbers(told) == counted


def test_a_word_is_no_version() -> None:
    with pytest.raises(ValueError, match="next"):
        version_info.numbers("next")


def test_the_version_resource_is_what_pyinstaller_reads() -> None:
    names = (
        "VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct", "VarFileInfo", "VarStruct",
    )  # fmt: skip
    strings = {}

    def build(name: str) -> Any:
        def made(*words: Any, **named: Any) -> SimpleNamespace:
            if name == "StringStruct":
                strings[words[0]] = words[1]
            return SimpleNamespace(words=words, **named)

        return made

    found = eval(
        version_info.version_resource("datelinew.exe"), {name: build(name) for name in names}
    )
    assert found.ffi.filevers == version_info.numbers()
    assert strings["FileDescription"] == TITLE
    assert strings["FileVersion"] == version()
    assert strings["OriginalFilename"] == "datelinew.exe"


@pytest.mark.usefixtures("qapp")
def test_the_icon_has_every_size(tmp_path: Path) -> None:
    from PIL import Image

    with Image.open(icon.write_icon(tmp_path / "made" / "icon.ico")) as image:
        assert image.info["sizes"] == {(size, size) for size in icon.SIZES}


@pytest.mark.usefixtures("qapp")
def test_there_are_two_programs_and_one_of_them_has_no_console(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert Path(pyinstaller.WINDOW_SCRIPT).is_file()
    monkeypatch.setattr(pyinstaller, "ROOT", tmp_path)
    first, second = pyinstaller.EXE, pyinstaller.WINDOW_EXE
    assert (first["console"], second["console"]) == (True, False)
    assert second["name"] == f"{NAME}w"
    assert first["icon"] == second["icon"]
    assert f"{NAME}w.exe" in Path(second["version"]).read_text("utf-8")
    with pytest.raises(AttributeError):
        _ = pyinstaller.COLLECT


def test_without_a_certificate_nothing_is_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(sign.CERTIFICATE, raising=False)
    assert not sign.can_sign()
    monkeypatch.setenv(sign.CERTIFICATE, str(tmp_path / "nowhere.p12"))
    assert sign.main([str(tmp_path / "setup.exe")]) == 1
    assert (
        capsys.readouterr().err
        == "sign.py: DATELINE_WINDOWS_CERTIFICATE names no file: nothing is signed\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signtool does it there")
def test_a_file_is_signed_in_its_place_and_the_password_stays_off_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "osslsigncode"
    tool.write_text(
        f"#!{sys.executable}\nimport sys\nwords = sys.argv[1:]\n"
        "told = dict(zip(words[1::2], words[2::2]))\n"
        f"open({str(tmp_path / 'words')!r}, 'w').write(repr(words))\n"
        "open(told['-out'], 'w').write(open(told['-in']).read() + ' signed with ' + open(told['-readpass']).read())\n"
    )
    tool.chmod(0o755)
    file, certificate = tmp_path / "setup.exe", tmp_path / "own.p12"
    file.write_text("setup")
    certificate.write_text("")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(sign.CERTIFICATE, str(certificate))
    monkeypatch.setenv(sign.PASSWORD, "geheim")
    monkeypatch.setenv(sign.TIMESTAMP, "the time")
    assert sign.main([str(file)]) == 0
    assert file.read_text() == "setup signed with geheim"
    words = (tmp_path / "words").read_text()
    assert "geheim" not in words
    assert "'-ts', 'the time'" in words


class CommandLine:
    """The program's command line, which knows one profile with some live blogs."""

    def __init__(self, *live: str, files: Sequence[str] = ()) -> None:
        self.live = live
        self.files = files
        """Those that know their blog."""
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, words: Sequence[str]) -> int:
        self.asked.append(tuple(words))
        match tuple(words):
            case ("import", file) if file not in self.files:
                sys.stderr.write("dateline: Say to which blog it belongs.\n")
                return 1
            case ("--json", "blog", "list"):
                rows = [{"slug": slug, "status": "live"} for slug in self.live]
                print(json.dumps([*rows, {"slug": "old", "status": "closed"}]))
        return 0


@pytest.fixture
def file(tmp_path: Path) -> str:
    """An entry's."""
    made = tmp_path / "50% & %PATH%.md"
    made.write_text("words", "utf-8")
    return str(made)


def test_a_file_that_knows_its_blog_is_taken_in_and_the_window_opens(file: str) -> None:
    run = CommandLine("river", files=[file])
    assert window.main([file], run) == 0
    assert run.asked == [("import", file), ()]


def test_any_other_file_goes_to_the_one_live_blog(file: str) -> None:
    run = CommandLine("river")
    assert window.take_in(file, run) == ""
    assert run.asked[-1] == ("import", "--blog", "river", file)


@pytest.mark.parametrize("live", [(), ("river", "election")])
def test_where_there_are_several_live_blogs_or_none_nobody_guesses(
    live: tuple[str, ...], file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(window, "tell", told.append)
    run = CommandLine(*live)
    assert window.main([file], run) == 0
    assert told == ["Say to which blog it belongs."]
    assert run.asked[-1] == ()
    assert not any("--blog" in words for words in run.asked)


def test_other_words_are_those_of_the_command_line(tmp_path: Path) -> None:
    run = CommandLine()
    window.main(["--profile", str(tmp_path)], run)
    window.main([], run)
    assert run.asked == [("--profile", str(tmp_path)), ()]


def test_a_program_without_a_console_has_something_to_write_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", None)
        window.main([], lambda words: sys.stderr.write("it is open already"))
        sys.stderr.close()


def test_an_installer_is_tried_on_windows_or_under_wine(capsys: pytest.CaptureFixture[str]) -> None:
    if sys.platform == "win32":
        pytest.skip("this is Windows")
    with pytest.raises(SystemExit):
        trial.main(["setup.exe"])
    assert "with --wine" in capsys.readouterr().err


@with_nsis
@pytest.mark.skipif("WINE" not in os.environ, reason="WINE=COMMAND names Wine")
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("qapp")
def test_under_wine_it_installs_refuses_upgrades_and_removes(bundle: Path, tmp_path: Path) -> None:
    for program in (NAME, f"{NAME}w"):  # NSIS makes something that runs for a while
        source = tmp_path / f"{program}.nsi"
        source.write_text(
            f"Target {package.target_of('makensis')}\n"
            f'OutFile "{bundle / program}.exe"\nSilentInstall silent\nSection\nSleep 60000\nSectionEnd\n',
            "utf-8",
        )
        subprocess.run(["makensis", "-V1", str(source)], check=True)
    setup = package.make_setup(bundle, tmp_path / "new", tmp_path / "out")
    (bundle / "_internal" / "only in the old one.dll").write_text("")
    former = package.make_setup(bundle, tmp_path / "old", tmp_path / "out", "0.0.1")
    words = [str(setup), "--former", str(former), "--wine", shlex.quote(os.environ["WINE"])]
    assert trial.main(words) == 0
