"""For the release manager: makes the key, and signs the note that tells running programs of a release.

    python packaging/sign_release.py new-key ~/dateline-release.pem
    python packaging/sign_release.py sign --key ~/dateline-release.pem --page https://… --out dateline-release.txt

The private key never lies in the repository. What ``new-key`` prints goes into ``resources/releases/source.json``.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from editor import __version__  # noqa: E402
from editor.paths import resources  # noqa: E402
from editor.problems import Refused  # noqa: E402
from editor.releases.release import Release, note, read_note, unsigned  # noqa: E402
from editor.releases.source import read_source  # noqa: E402


def main(words: Sequence[str] | None = None) -> int:
    """Does what was typed; what is wrong is said in one sentence."""
    parser = argparse.ArgumentParser(
        prog="sign_release.py", description=(__doc__ or "").split("\n")[0]
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("new-key", help="make a key").add_argument("file", type=Path)
    sign = commands.add_parser("sign", help="sign the note about a release")
    sign.add_argument("--key", type=Path, required=True)
    sign.add_argument("--page", required=True, help="where it is told what is new; https")
    sign.add_argument("--version", default=__version__)
    sign.add_argument("--released", help="ISO 8601 with a zone; now by default")
    sign.add_argument("--out", type=Path, required=True)
    sign.add_argument("--public", help="the key (base64) it must fit; the program's own by default")
    arguments = parser.parse_args(words)
    try:
        if arguments.command == "new-key":
            print(new_key(arguments.file))
        else:
            sign_note(arguments)
    except (OSError, ValueError) as error:
        print(f"sign_release.py: {error}", file=sys.stderr)
        return 1
    return 0


def new_key(file: Path) -> str:
    """Writes a new private key, under a passphrase unless it is empty; returns the public one. Raises ``ValueError``."""
    if file.resolve().is_relative_to(ROOT):
        raise ValueError("the private key must not lie in the repository")
    phrase = getpass.getpass("Passphrase (empty for none): ").encode()
    cipher: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if phrase:
        cipher = serialization.BestAvailableEncryption(phrase)
    key = Ed25519PrivateKey.generate()
    form, coding = serialization.PrivateFormat.PKCS8, serialization.Encoding.PEM
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(key.private_bytes(coding, form, cipher))
    return public(key)


def sign_note(arguments: argparse.Namespace) -> None:
    """Writes the note, once it was read again as the programs read it. Raises ``OSError`` and ``ValueError``."""
    now = datetime.now(UTC).replace(microsecond=0)
    released = datetime.fromisoformat(arguments.released) if arguments.released else now
    if released.tzinfo is None:
        raise ValueError("say the time zone of the release's time")
    if released > now + timedelta(hours=1):
        # whoever hears it would take no earlier note again
        raise ValueError("a release is not dated ahead")
    release = Release(
        program="dateline",
        version=arguments.version,
        released=released.astimezone(UTC),
        page=arguments.page,
    )
    key = read_key(arguments.key)
    signed = note(release, key.sign(unsigned(release)))
    keys = read_source(resources()).public_keys
    if arguments.public:
        keys = (b64decode(arguments.public),)
    try:
        read_note(signed, keys)
    except Refused as refused:
        raise ValueError(f"the programs would not take it: {refused.first.code}") from None
    arguments.out.write_bytes(signed)


def read_key(file: Path) -> Ed25519PrivateKey:
    """The private key, its passphrase asked for where it has one. Raises ``OSError`` and ``ValueError``."""
    data = file.read_bytes()
    phrase = getpass.getpass("Passphrase: ").encode() if b"ENCRYPTED" in data else None
    key = serialization.load_pem_private_key(data, phrase)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("this is no Ed25519 key")
    return key


def public(key: Ed25519PrivateKey) -> str:
    """The public key as it stands in ``source.json``."""
    return b64encode(key.public_key().public_bytes_raw()).decode()


if __name__ == "__main__":
    sys.exit(main())
