"""Signs programs for Windows: ``python packaging/windows/sign.py FILE...``. Without a certificate nothing is signed.

The certificate is a PKCS #12 file. Windows' own ``signtool`` does it, or ``osslsigncode`` elsewhere. Where the certificate is,
its password and who confirms the time are told by the environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

CERTIFICATE = "DATELINE_WINDOWS_CERTIFICATE"
PASSWORD = "DATELINE_WINDOWS_PASSWORD"
TIMESTAMP = "DATELINE_WINDOWS_TIMESTAMP"
"""The address of a timestamp server (RFC 3161). Without it, a signature ends with its certificate."""

_TITLE = "Dateline"


def can_sign() -> bool:
    """Whether somebody has told of a certificate."""
    return bool(os.environ.get(CERTIFICATE))


def signing_command() -> str:
    """The command line for makensis, which appends the file: the uninstaller exists only while it runs."""
    return f'"{sys.executable}" "{Path(__file__).resolve()}"'


def sign(files: Sequence[Path]) -> None:
    """Signs files in their places. Raises ``LookupError`` where something is missing for it."""
    certificate = Path(os.environ.get(CERTIFICATE, ""))
    if not can_sign() or not certificate.is_file():
        raise LookupError(f"{CERTIFICATE} names no file: nothing is signed")
    for file in dict.fromkeys(files):
        if signtool := _signtool():
            _run([*_signtool_words(signtool, certificate), str(file)])
        elif osslsigncode := shutil.which("osslsigncode"):
            _sign_elsewhere(osslsigncode, certificate, file)
        else:
            raise LookupError("there is neither signtool (Windows SDK) nor osslsigncode")


def _signtool() -> str | None:
    """Windows' own; its SDK puts the program on nobody's path."""
    if found := shutil.which("signtool"):
        return found
    kits = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "Windows Kits" / "10" / "bin"
    found_there = sorted(kits.glob("10.*/x64/signtool.exe")) if sys.platform == "win32" else []
    return str(found_there[-1]) if found_there else None


def _signtool_words(signtool: str, certificate: Path) -> list[str]:
    words = [signtool, "sign", "/q", "/fd", "sha256", "/d", _TITLE, "/f", str(certificate)]
    if password := os.environ.get(PASSWORD):
        words += ["/p", password]  # signtool reads it from nowhere else
    if server := os.environ.get(TIMESTAMP):
        words += ["/tr", server, "/td", "sha256"]
    return words


def _sign_elsewhere(osslsigncode: str, certificate: Path, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        signed, secret = Path(folder) / file.name, Path(folder) / "password"
        secret.touch(mode=0o600)
        secret.write_text(os.environ.get(PASSWORD, ""), "utf-8")
        words = [
            osslsigncode, "sign", "-pkcs12", str(certificate), "-readpass", str(secret),
            "-h", "sha256", "-n", _TITLE,
        ]  # fmt: skip
        if server := os.environ.get(TIMESTAMP):
            words += ["-ts", server]
        _run([*words, "-in", str(file), "-out", str(signed)])
        shutil.copyfile(signed, file)


def _run(words: Sequence[str]) -> None:
    ran = subprocess.run(words, capture_output=True, check=False, text=True)
    if ran.returncode:  # the words themselves hold a password
        raise RuntimeError(
            f"{Path(words[0]).name} could not sign {words[-1]}: {ran.stdout}{ran.stderr}"
        )


def main(words: Sequence[str]) -> int:
    """Signs the files that are named."""
    try:
        sign([Path(word) for word in words])
    except (LookupError, RuntimeError) as trouble:
        print(f"sign.py: {trouble}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
