"""A timestamp authority that is OpenSSL's (`openssl ts`): as a `TimestampService`, and as answers to requests in DER."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from atesto.proofs.jades.timestamp import read_timestamp_answer, timestamp_request

if TYPE_CHECKING:
    from pathlib import Path

    from tests.simulators.seals import Holder

_CONFIGURATION: Final = """
[tsa]
default_tsa = clock
[clock]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/clock.pem
certs = {folder}/chain.pem
signer_key = {folder}/clock.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ordering = yes
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class OpensslClock:
    """Answers in `folder`, with the certificate and key of `holder`. It stamps the machine's own time."""

    def __init__(self, program: str, folder: Path, holder: Holder) -> None:
        self._program, self._folder = program, folder
        pem = serialization.Encoding.PEM
        (folder / "clock.pem").write_bytes(holder.certificate.public_bytes(pem))
        above = [x509.load_der_x509_certificate(der).public_bytes(pem) for der in holder.above]
        (folder / "chain.pem").write_bytes(b"".join(above) or holder.certificate.public_bytes(pem))
        key = holder.key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (folder / "clock.key").write_bytes(key)
        (folder / "serial").write_text("01\n", encoding="ascii")
        (folder / "clock.cnf").write_text(_CONFIGURATION.format(folder=folder), encoding="utf-8")

    def answer(self, request: bytes) -> bytes:
        """The TimeStampResp (DER) to a TimeStampReq."""
        (self._folder / "request.tsq").write_bytes(request)
        section = ("-config", str(self._folder / "clock.cnf"), "-section", "clock")
        command = [self._program, "ts", "-reply", *section, "-queryfile", str(self._folder / "request.tsq")]
        return subprocess.run(command, capture_output=True, check=True).stdout

    async def stamp(self, digest: bytes) -> bytes:
        """The token over a SHA-256 digest."""
        return read_timestamp_answer(self.answer(timestamp_request(digest, 7)), digest, 7)
