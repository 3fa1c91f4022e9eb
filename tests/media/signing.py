"""Photos that are really signed, with certificates made for the test."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CAMERA = "Camera 3 של הצוות"
BY = f"{CAMERA}, Delta Foto"
_DAY = timedelta(days=1)


def _name(common: str, organisation: str) -> x509.Name:
    parts = ((NameOID.COMMON_NAME, common), (NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _usage(*, signs: bool, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )


class Signer:
    """Somebody who signs photos; ``anchor`` is the certificate by which others know them."""

    def __init__(self) -> None:
        now = datetime.now(UTC)
        root, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        issuer = _name("Delta root", "Delta Foto")

        def certificate(subject: x509.Name, key: ec.EllipticCurvePrivateKey, *, ca: bool) -> bytes:
            builder = (
                x509.CertificateBuilder()
                .subject_name(subject)
                .issuer_name(issuer)
                .public_key(key.public_key())
                .serial_number(x509.random_serial_number())
                .not_valid_before(now - _DAY)
                .not_valid_after(now + 30 * _DAY)
                .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
                .add_extension(_usage(signs=True, certifies=ca), critical=True)
                .add_extension(
                    x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
                )
                .add_extension(
                    x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()),
                    critical=False,
                )
            )
            if not ca:
                usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
                builder = builder.add_extension(usage, critical=False)
            return builder.sign(root, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

        anchor = certificate(issuer, root, ca=True)
        self.anchor = anchor
        self._chain = certificate(_name(CAMERA, "Delta Foto"), own, ca=False) + anchor
        self._key = own.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def sign(self, source: Path, target: Path, mime: str, *, elsewhere: str = "") -> None:
        """Writes the photo with credentials in it, or with the address of them alone."""
        info = c2pa.C2paSignerInfo(b"es256", self._chain, self._key, None)
        created = {
            "action": "c2pa.created",
            "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
        }
        claim = {
            "claim_generator_info": [{"name": "camera", "version": "1"}],
            "assertions": [{"label": "c2pa.actions", "data": {"actions": [created]}}],
        }
        builder = c2pa.Builder(claim)
        if elsewhere:
            builder.set_no_embed()
            builder.set_remote_url(elsewhere)
        made = io.BytesIO()
        with source.open("rb") as file:
            builder.sign(c2pa.Signer.from_info(info), mime, file, made)
        target.write_bytes(made.getvalue())
