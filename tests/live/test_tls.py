"""TLS from files."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import subprocess
import warnings
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.live.material import unsigned
from tests.live.node_process import PROGRAM, NodeProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.loopback


def make_pair(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1 that signs itself, and its key."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return paths


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = make_pair(folder, "node")
    context = ssl.create_default_context(cafile=certificate)
    node = NodeProcess.start(folder / "node", "--tls-cert", str(certificate), "--tls-key", str(key), tls=context)
    try:
        yield node
        assert node.stop() == 0
        assert "Traceback" not in node.said()
    finally:
        node.kill()


def test_https_works_and_says_that_it_stays(secure: NodeProcess) -> None:
    assert secure.scheme == "https"
    reply = secure.ask("GET", "/health/live")
    assert (reply.status, reply.headers["strict-transport-security"]) == (200, "max-age=31536000")
    assert secure.verify(secure.issue(unsigned(secure.did))).code == "confirmed"
    assert secure.ask("GET", "/openapi.json").json["servers"] == [{"url": secure.base}]


def test_plain_http_gets_nothing_there(secure: NodeProcess) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", secure.port, timeout=10)
    connection.request("GET", "/health/live")
    with pytest.raises((OSError, http.client.HTTPException)):
        connection.getresponse()
    connection.close()
    assert secure.ask("GET", "/health/live").status == 200
    assert "Traceback" not in secure.said()


def test_old_versions_are_refused(secure: NodeProcess) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", secure.port), timeout=10) as plain, pytest.raises((ssl.SSLError, ConnectionResetError)):
        context.wrap_socket(plain)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with socket.create_connection(("127.0.0.1", secure.port), timeout=10) as plain, context.wrap_socket(plain) as wrapped:
        assert wrapped.version() == "TLSv1.2"


def test_a_name_that_is_not_the_nodes_is_misdirected(secure: NodeProcess) -> None:
    assert secure.ask("GET", "/health/live", headers={"Host": "evil.example"}).status == 421


@pytest.mark.parametrize("fault", ["another key", "no certificate", "no such file", "half of the pair", "sealed key"])
def test_files_that_do_not_fit_are_refused_at_start(tmp_path: Path, fault: str) -> None:
    certificate, key = make_pair(tmp_path, "one")
    options = ["--tls-cert", str(certificate), "--tls-key", str(key)]
    if fault == "another key":
        options[3] = str(make_pair(tmp_path, "two")[1])
    elif fault == "no certificate":
        certificate.write_text("not a certificate")
    elif fault == "no such file":
        options[1] = str(tmp_path / "nowhere.pem")
    elif fault == "half of the pair":
        options = options[:2]
    else:
        loaded = serialization.load_pem_private_key(key.read_bytes(), None)
        sealed = serialization.BestAvailableEncryption(b"passphrase")
        key.write_bytes(loaded.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed))
    done = subprocess.run(
        [PROGRAM, "serve", "--port", "0", "--data", tmp_path / "data", *options],
        capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 78, done.stderr
    assert "settings.invalid" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
