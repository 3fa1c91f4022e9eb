"""The release manager's script makes notes that the programs believe, and keeps its key out of the repository."""

from __future__ import annotations

import importlib.util
import stat
from base64 import b64decode
from pathlib import Path
from types import ModuleType

import pytest

from editor import __version__
from editor.releases.release import read_note

ROOT = Path(__file__).resolve().parents[2]
PAGE = "https://dateline.example/new"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    path = ROOT / "packaging" / "sign_release.py"
    spec = importlib.util.spec_from_file_location("sign_release", path)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    monkeypatch.setattr("getpass.getpass", lambda _: "a long phrase")
    return made


def test_a_note_signed_with_a_new_key_is_believed(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, out = tmp_path / "key.pem", tmp_path / "note.txt"
    assert script.main(["new-key", str(key)]) == 0
    public = capsys.readouterr().out.strip()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert b"ENCRYPTED" in key.read_bytes()
    words = ["sign", "--key", str(key), "--page", PAGE, "--out", str(out)]
    assert script.main([*words, "--public", public]) == 0
    found = read_note(out.read_bytes(), [b64decode(public)])
    assert (found.version, found.page) == (__version__, PAGE)
    assert script.main(words) == 1, "it does not fit the key that the programs have"
    assert "release-not-signed" in capsys.readouterr().err


def test_what_the_programs_would_not_take_is_not_written(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, out = tmp_path / "key.pem", tmp_path / "note.txt"
    script.main(["new-key", str(key)])
    public = capsys.readouterr().out.strip()
    words = ["sign", "--key", str(key), "--public", public, "--out", str(out), "--page"]
    for more in (
        ["http://dateline.example"],
        [PAGE, "--version", "1.3rc1"],
        [PAGE, "--released", "2126-01-01T00:00:00Z"],
        [PAGE, "--released", "2026-01-01T00:00:00"],
    ):
        assert script.main([*words, *more]) == 1
    assert not out.exists()


def test_the_private_key_does_not_come_into_the_repository(script: ModuleType) -> None:
    place = ROOT / "resources" / "releases" / "key.pem"
    assert script.main(["new-key", str(place)]) == 1
    assert not place.exists()
    beginning = b"-----BEGIN " + b"%s"
    for kind in (b"PRIVATE KEY", b"ENCRYPTED PRIVATE KEY"):
        for path in (ROOT / "resources").rglob("*"):
            assert not path.is_file() or beginning % kind not in path.read_bytes()
