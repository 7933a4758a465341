"""A stand-in for a seal's certificate and key: for judging a seal before the real key makes one. Nobody keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from atesto.keys.private_key import PrivateKey
from atesto.proofs.jades.asn1 import reading
from atesto.proofs.jades.certificate import CODE


@dataclass(frozen=True, slots=True)
class ThrowawaySealKey:
    """A `SealKey` with a P-256 key of its own and the names, dates and key usage of another certificate."""

    chain: tuple[bytes, ...]
    key: PrivateKey

    async def sign(self, data: bytes) -> bytes:
        """A raw signature by the throwaway key."""
        return self.key.sign(data)


def throwaway_seal_key(real: bytes) -> ThrowawaySealKey:
    """One in the place of the certificate `real` (DER). Raises MalformedInput `seal.certificate_malformed`."""
    secret = ec.generate_private_key(ec.SECP256R1())
    with reading(CODE, "The seal's certificate"):
        model = x509.load_der_x509_certificate(real)
        builder = (
            x509.CertificateBuilder()
            .subject_name(model.subject)
            .issuer_name(model.subject)
            .public_key(secret.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(model.not_valid_before_utc)
            .not_valid_after(model.not_valid_after_utc)
        )
        for extension in model.extensions:
            if isinstance(extension.value, x509.KeyUsage | x509.BasicConstraints):
                builder = builder.add_extension(extension.value, critical=extension.critical)
        certificate = builder.sign(secret, hashes.SHA256())
    seed = secret.private_numbers().private_value.to_bytes(32, "big")
    return ThrowawaySealKey((certificate.public_bytes(Encoding.DER),), PrivateKey.from_seed("P-256", seed))
