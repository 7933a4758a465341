"""Makes what the W3C suites need beside the configuration: a certificate of the loopback that signs itself, and the issuers' ids.

    ./examples/interop/prepare FOLDER

Writes FOLDER/certificate.pem, FOLDER/certificate.key and FOLDER/issuer-ids.json ({"ed25519": DID, "p256": DID, "p384": DID}, the suites'
ISSUER_IDS), and makes the keys themselves in the node's data folder FOLDER/data. Prints the ids to standard output, and how to start to
standard error. What is there already stays, but for a certificate that is about to end. The node may be running.
"""

from __future__ import annotations

import argparse
import ipaddress
import json
import os
import shlex
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from atesto.issuer_keys import issuer_key
from atesto.node import open_keys
from atesto.settings import load_settings

CONFIGURATION: Final = Path(__file__).resolve().with_name("w3c-suites.toml")
CERTIFICATE_DAYS: Final = 90
NAMES: Final = {
    "ed25519": "eddsa-rdfc-2022",
    "p256": "ecdsa-rdfc-2019-p256",
    "p384": "ecdsa-rdfc-2019-p384",
}
"""The suites' name of a kind of key -> an issuer that signs with it."""


def main() -> int:
    """What the module says, for the folder on the command line."""
    parser = argparse.ArgumentParser(description="Makes a certificate and the issuers' ids for the W3C suites.")
    parser.add_argument("folder", type=Path, help="where certificate, ids and the node's data go")
    folder = parser.parse_args().folder.absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    certificate, key, ids = folder / "certificate.pem", folder / "certificate.key", folder / "issuer-ids.json"
    if not _is_current(certificate):
        _make_pair(certificate, key)
    settings = load_settings({"data": folder / "data"}, config=CONFIGURATION)
    store, notices = open_keys(settings)
    listed = json.dumps({kind: issuer_key(store, settings, name).did for kind, name in NAMES.items()}, indent=2) + "\n"
    ids.write_text(listed, encoding="utf-8")
    sys.stdout.write(listed)
    options = (
        f"--config {_quoted(CONFIGURATION)} --data {_quoted(folder / 'data')} --tls-cert {_quoted(certificate)} --tls-key {_quoted(key)}"
    )
    for line in (
        *notices,
        f"Start the node: ./scripts/run {options}",
        f"For the suites: export BASE_URL=https://127.0.0.1:8443 ISSUER_IDS={_quoted(ids)}",
    ):
        print(line, file=sys.stderr)
    return 0


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))


def _is_current(certificate: Path) -> bool:
    if not certificate.exists():
        return False
    ends = x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    return ends > datetime.now(UTC) + timedelta(days=1)


def _make_pair(certificate: Path, key: Path) -> None:
    """A certificate for 127.0.0.1, ::1 and localhost; it is no authority for other names."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "atesto interoperability node")])
    now = datetime.now(UTC)
    addresses = [x509.IPAddress(ipaddress.ip_address(address)) for address in ("127.0.0.1", "::1")]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=CERTIFICATE_DAYS))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost"), *addresses]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))


if __name__ == "__main__":
    sys.exit(main())
