"""Content Credentials are read on this laptop, and are never claimed for what is sent."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import c2pa
import pytest

from editor.media.credentials import Credentials, State, credentials_of
from editor.media.photo import inspect
from editor.media.renditions import make_renditions
from tests.conftest import REPOSITORY
from tests.media.pictures import drawn, telling_jpeg
from tests.media.signing import BY, Signer

LOADED = """
import sys
from pathlib import Path
from editor.media.credentials import credentials_of
state = credentials_of(Path(sys.argv[1]), "image/jpeg").state
mapped = Path("/proc/self/maps").read_text().splitlines()
print(state, *{line.split(maxsplit=5)[5] for line in mapped if "libc2pa" in line})
"""


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_who_signed_a_photo_is_told_and_whether_it_is_as_it_was(
    tmp_path: Path, signer: Signer, kind: str
) -> None:
    plain, signed, mime = tmp_path / "plain", tmp_path / "signed", f"image/{kind.lower()}"
    drawn().save(plain, kind)
    signer.sign(plain, signed, mime)
    assert credentials_of(plain, mime) == Credentials()
    assert credentials_of(signed, mime) == Credentials(state=State.UNKNOWN, signer=BY)
    (tmp_path / "signers.pem").write_bytes(signer.anchor)
    known = credentials_of(signed, mime, tmp_path / "signers.pem")
    assert known == Credentials(state=State.VALID, signer=BY)


def test_a_photo_that_was_changed_since_is_told(tmp_path: Path, signer: Signer) -> None:
    path = tmp_path / "a.jpg"
    signer.sign(telling_jpeg(tmp_path / "plain.jpg"), path, "image/jpeg")
    data = bytearray(path.read_bytes())
    data[-300] ^= 0xFF
    path.write_bytes(data)
    known = tmp_path / "signers.pem"
    known.write_bytes(signer.anchor)
    for signers in (None, known):
        assert credentials_of(path, "image/jpeg", signers).state is State.CHANGED


def test_credentials_that_lie_elsewhere_are_said_and_not_asked_for(
    tmp_path: Path, signer: Signer
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/manifest.c2pa"
        path = tmp_path / "a.jpg"
        signer.sign(telling_jpeg(tmp_path / "plain.jpg"), path, "image/jpeg", elsewhere=address)
        assert credentials_of(path, "image/jpeg") == Credentials(state=State.ELSEWHERE)
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what was loaded")
def test_a_library_that_somebody_put_into_the_working_folder_is_not_run(
    tmp_path: Path, signer: Signer
) -> None:
    signer.sign(telling_jpeg(tmp_path / "plain.jpg"), tmp_path / "a.jpg", "image/jpeg")
    (library,) = Path(c2pa.__file__).parent.rglob("libc2pa_c.so")
    shutil.copyfile(library, tmp_path / library.name)
    told = subprocess.run(
        [sys.executable, "-c", LOADED, "a.jpg"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout.split() == ["unknown", str(library)]


def test_the_photos_own_facts_tell_of_them_and_what_is_sent_claims_nothing(
    tmp_path: Path, signer: Signer
) -> None:
    path = tmp_path / "a.jpg"
    signer.sign(telling_jpeg(tmp_path / "plain.jpg"), path, "image/jpeg")
    told = inspect(path).told
    assert (told.credentials, told.signer) == (State.UNKNOWN, BY)
    for mime in ("image/jpeg", "image/webp"):
        for data, *_ in make_renditions(path, mime=mime):
            assert b"c2pa" not in data and b"jumb" not in data


@pytest.mark.parametrize("nonsense", [b"", b"\xff\x00", b"-----BEGIN CERTIFICATE-----\nnone"])
def test_certificates_that_cannot_be_read_make_nobody_known(
    tmp_path: Path, signer: Signer, nonsense: bytes
) -> None:
    path, signers = tmp_path / "a.jpg", tmp_path / "signers.pem"
    signer.sign(telling_jpeg(tmp_path / "plain.jpg"), path, "image/jpeg")
    signers.write_bytes(nonsense)
    assert credentials_of(path, "image/jpeg", signers).state is not State.VALID


def test_a_box_that_is_none_is_no_credentials(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    drawn().save(path, "JPEG", comment=b"jumb c2pa \xff\x00 nonsense")
    assert credentials_of(path, "image/jpeg").state is State.NONE
    assert inspect(path).told.credentials == ""
