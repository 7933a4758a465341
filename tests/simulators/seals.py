"""A public key infrastructure of the tests: authorities, seal certificates with every fault, revocation data, and a timestamp authority."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from atesto.encoding.base64url import decode_base64url, encode_base64url
from atesto.proofs.jades.create import SealOptions, payload_text, seal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atesto.encoding.strict_json import JsonObject

SEALED: Final = datetime(2026, 6, 1, 9, tzinfo=UTC)
"""When the seals of the tests are made."""
NOW: Final = datetime(2026, 6, 15, 12, tzinfo=UTC)
"""When they are judged."""
ORGANIZATION: Final = "VATIE-0000000T"
DAY: Final = timedelta(days=1)
_QUALIFIED: Final = {"1.1": None, "1.6": "0.4.0.1862.1.6.2", "1.4": None}


@lru_cache
def key_of(kind: str, number: int = 0) -> Any:
    """A private key: "P-256", "P-384", "P-521", the same in every run; "RSA-2048", "RSA-1024" …, the same within a run."""
    if kind.startswith("RSA"):
        return rsa.generate_private_key(65_537, int(kind[4:]))
    secret = int.from_bytes(hashlib.sha256(f"{kind} {number}".encode()).digest()) >> 1
    return ec.derive_private_key(secret, {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}[kind])


def _steady(key: Any) -> bool | None:
    """Whether ECDSA is to be deterministic, so that every run makes the same bytes: None for a key of another kind."""
    return True if isinstance(key, ec.EllipticCurvePrivateKey) else None


def name(common: str, *, organization: str | None = None, identifier: str | None = None) -> x509.Name:
    """A distinguished name."""
    rows = [(NameOID.COMMON_NAME, common), (NameOID.ORGANIZATION_NAME, organization), (NameOID.ORGANIZATION_IDENTIFIER, identifier)]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in rows if value is not None])


def usage(*names: str) -> x509.KeyUsage:
    """A key usage of these names."""
    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
             "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{one: one in names for one in every})


def statements(*suffixes: str) -> x509.UnrecognizedExtension:
    """qcStatements (EN 319 412-5) of these: "1.1" qualified, "1.6" for seals, "1.4" in a qualified device."""
    rows = b""
    for suffix in suffixes:
        content = core.ObjectIdentifier(f"0.4.0.1862.{suffix}").dump()
        if _QUALIFIED[suffix]:
            content += _sequence(core.ObjectIdentifier(_QUALIFIED[suffix]).dump())
        rows += _sequence(content)
    return x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), _sequence(rows))


def _sequence(content: bytes) -> bytes:
    return b"\x30" + bytes([len(content)]) + content


@dataclass
class Holder:
    """A certificate, those above it, and its key: a `SealKey`."""

    certificate: x509.Certificate
    key: Any
    above: tuple[bytes, ...] = ()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def chain(self) -> tuple[bytes, ...]:
        return (self.der, *self.above)

    async def sign(self, data: bytes) -> bytes:
        return self.signature(data)

    def signature(self, data: bytes) -> bytes:
        """As a JWS has it."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        size = (self.key.key_size + 7) // 8
        digest = {256: hashes.SHA256(), 384: hashes.SHA384(), 521: hashes.SHA512()}[self.key.key_size]
        r, s = decode_dss_signature(self.key.sign(data, ec.ECDSA(digest, deterministic_signing=True)))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")


@dataclass
class Authority(Holder):
    """A holder that signs certificates, revocation lists and OCSP responses."""

    certificate: x509.Certificate = field(init=False)
    key: Any = field(default_factory=lambda: key_of("P-256", 1))
    common: str = "Root of the tests"
    parent: Authority | None = None
    since: datetime = SEALED - 3_000 * DAY
    until: datetime = SEALED + 3_000 * DAY
    serials: int = 1_000

    def __post_init__(self) -> None:
        signer = self.parent or self
        self.subject = name(self.common)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(self.subject)
            .issuer_name(signer.subject)
            .public_key(self.key.public_key())
            .serial_number(int.from_bytes(self.common.encode()[:16]))
            .not_valid_before(self.since)
            .not_valid_after(self.until)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(usage("key_cert_sign", "crl_sign", "digital_signature"), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key()), critical=False)
            .add_extension(_lists_at("http://crl.example/root.crl"), critical=False)
            .sign(signer.key, hashes.SHA256(), ecdsa_deterministic=_steady(signer.key))
        )

    def issue(
        self,
        common: str = "Seal of the tests",
        *,
        kind: str = "P-256",
        number: int = 10,
        organization: str | None = "University of the Tests",
        identifier: str | None = ORGANIZATION,
        since: datetime = SEALED - 100 * DAY,
        until: datetime = SEALED + 600 * DAY,
        key_usage: tuple[str, ...] | None = ("digital_signature", "content_commitment"),
        authority: bool = False,
        qualified: tuple[str, ...] = ("1.1", "1.6"),
        extended: tuple[x509.ObjectIdentifier, ...] = (),
        extended_critical: bool = True,
        above: Iterable[bytes] | None = None,
        declares_revocation: bool = True,
    ) -> Holder:
        """A certificate below this authority."""
        key = key_of(kind, number)
        self.serials += 1
        builder = (
            x509.CertificateBuilder()
            .subject_name(name(common, organization=organization, identifier=identifier))
            .issuer_name(self.subject)
            .public_key(key.public_key())
            .serial_number(self.serials)
            .not_valid_before(since)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        if key_usage is not None:
            builder = builder.add_extension(usage(*key_usage), critical=True)
        if qualified:
            builder = builder.add_extension(statements(*qualified), critical=False)
        if extended:
            builder = builder.add_extension(x509.ExtendedKeyUsage(extended), critical=extended_critical)
        if declares_revocation:
            builder = builder.add_extension(_lists_at("http://crl.example/list.crl"), critical=False)
            builder = builder.add_extension(_answers_at("http://ocsp.example/"), critical=False)
        certificate = builder.sign(self.key, hashes.SHA256(), ecdsa_deterministic=_steady(self.key))
        chain = tuple(above) if above is not None else (self.chain if self.parent else ())
        return Holder(certificate, key, chain)

    def weakly_signed(self, holder: Holder) -> Holder:
        """The same certificate, signed over SHA-1: no builder of certificates does that any more."""
        parsed = asn1.Certificate.load(holder.der)
        parsed["tbs_certificate"]["signature"] = parsed["signature_algorithm"] = {"algorithm": "sha1_ecdsa"}
        parsed["signature_value"] = self.key.sign(parsed["tbs_certificate"].dump(force=True), ec.ECDSA(hashes.SHA1()))
        return Holder(x509.load_der_x509_certificate(parsed.dump(force=True)), holder.key, holder.above)

    def revocation_list(
        self, *revoked: tuple[Holder, datetime], made: datetime = SEALED + DAY, until: datetime = NOW + 30 * DAY, by: Holder | None = None
    ) -> bytes:
        """A CRL (DER), signed by this authority, or in its name by another."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.subject).last_update(made).next_update(until)
        for holder, at in revoked:
            row = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number).revocation_date(at)
            row = row.add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
            builder = builder.add_revoked_certificate(row.build())
        return builder.sign((by or self).key, hashes.SHA256(), ecdsa_deterministic=True).public_bytes(serialization.Encoding.DER)

    def response(
        self, holder: Holder, *, revoked: datetime | None = None, made: datetime = SEALED + DAY, until: datetime = NOW + 30 * DAY
    ) -> bytes:
        """An OCSP response (DER) on `holder`."""
        builder = (
            ocsp.OCSPResponseBuilder()
            .add_response(
                cert=holder.certificate,
                issuer=self.certificate,
                algorithm=hashes.SHA256(),
                cert_status=ocsp.OCSPCertStatus.GOOD if revoked is None else ocsp.OCSPCertStatus.REVOKED,
                this_update=made,
                next_update=until,
                revocation_time=revoked,
                revocation_reason=None if revoked is None else x509.ReasonFlags.key_compromise,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        )
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _lists_at(url: str) -> x509.CRLDistributionPoints:
    return x509.CRLDistributionPoints([x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)])


def _answers_at(url: str) -> x509.AuthorityInformationAccess:
    access = x509.AccessDescription(x509.oid.AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(url))
    return x509.AuthorityInformationAccess([access])


@dataclass
class TimestampAuthority:
    """RFC 3161 tokens, at any time, with any fault: a `TimestampService`."""

    holder: Holder
    time: datetime = SEALED + timedelta(seconds=3)
    algorithm: str = "sha256"
    names_certificate: bool = True
    content_type: str = "tst_info"

    async def stamp(self, digest: bytes) -> bytes:
        return self.token(digest)

    def over(self, data: bytes) -> str:
        """The token in base64 over `data`."""
        return base64.b64encode(self.token(hashlib.new(self.algorithm, data).digest())).decode("ascii")

    def token(self, digest: bytes, *, nonce: int | None = None) -> bytes:
        """The token (DER)."""
        info = {
            "version": 1,
            "policy": "1.2.3.4.1",
            "message_imprint": {"hash_algorithm": {"algorithm": self.algorithm}, "hashed_message": digest},
            "serial_number": 1,
            "gen_time": self.time,
        }
        if nonce is not None:
            info["nonce"] = nonce
        content = tsp.TSTInfo(info)
        leaf = asn1.Certificate.load(self.holder.der)
        attributes = [
            {"type": "content_type", "values": [self.content_type]},
            {"type": "message_digest", "values": [hashlib.sha256(content.dump()).digest()]},
        ]
        if self.names_certificate:
            named = {"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": hashlib.sha256(self.holder.der).digest()}
            attributes.append({"type": "signing_certificate_v2", "values": [{"certs": [named]}]})
        signed = cms.CMSAttributes(attributes)
        signature = self.holder.key.sign(signed.dump(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        signer = {
            "version": "v1",
            "sid": {"issuer_and_serial_number": {"issuer": leaf.issuer, "serial_number": leaf.serial_number}},
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": signed,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": signature,
        }
        content_info = cms.ContentInfo(
            {
                "content_type": "signed_data",
                "content": {
                    "version": "v3",
                    "digest_algorithms": [{"algorithm": "sha256"}],
                    "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content.dump())},
                    "certificates": [asn1.Certificate.load(der) for der in self.holder.chain],
                    "signer_infos": [signer],
                },
            }
        )
        return bytes(content_info.dump())


@dataclass
class World:
    """A root, an authority for seals below it, one seal, and a timestamp authority below a root of its own."""

    root: Authority = field(default_factory=Authority)
    stamp_root: Authority = field(default_factory=lambda: Authority(key=key_of("P-256", 2), common="Root of the timestamps"))

    def __post_init__(self) -> None:
        self.authority = Authority(key=key_of("P-256", 3), common="Seals of the tests", parent=self.root)
        self.holder = self.authority.issue()
        self.stamps = TimestampAuthority(self.stamp_holder())

    def stamp_holder(self, **changes: Any) -> Holder:
        """A certificate for timestamps."""
        given: dict[str, Any] = {"identifier": None, "number": 20, "qualified": (), "declares_revocation": False}
        given["extended"] = (ExtendedKeyUsageOID.TIME_STAMPING,)
        return self.stamp_root.issue("Clock of the tests", **{**given, **changes})


PAYLOAD: Final[JsonObject] = {
    "@context": ["https://www.w3.org/2018/credentials/v1"],
    "id": "urn:uuid:6f0e4d55-1f0e-4d55-9a86-0f3f6f7f1c01",
    "type": ["VerifiableCredential"],
    "issuer": {"id": "urn:example:issuer", "eIDASIdentifier": {"notation": ORGANIZATION}},
    "issuanceDate": "2026-06-01T09:00:00Z",
    "credentialSubject": {"id": "urn:example:lærer"},
}


async def sealed(holder: Any, payload: JsonObject = PAYLOAD, *, at: datetime = SEALED, claimed_time: Any = "iat", **more: Any) -> Any:
    """A seal over `payload`."""
    return await seal(payload_text(payload), SealOptions(at, claimed_time), key=holder, **more)


def certified(holder: Holder) -> dict[str, Any]:
    """The header members that say which certificate it is, for `resealed`."""
    thumbprint = encode_base64url(hashlib.sha256(holder.der).digest())
    return {"x5c": [base64.b64encode(der).decode("ascii") for der in holder.chain], "x5t#S256": thumbprint}


def resealed(document: Any, holder: Holder, payload: str | None = None, **changes: Any) -> Any:
    """The same seal with other header members (`...` removes one), signed anew; `_raw` is the whole header as bytes."""
    row = document["signatures"][0]
    raw = changes.pop("_raw", None)
    header = {**json.loads(decode_base64url(row["protected"])), **changes}
    header = {member: value for member, value in header.items() if value is not ...}
    protected = encode_base64url(raw if raw is not None else json.dumps(header, separators=(",", ":")).encode())
    text = document["payload"] if payload is None else payload
    signature = encode_base64url(holder.signature(f"{protected}.{text}".encode()))
    return {"payload": text, "signatures": [{**row, "protected": protected, "signature": signature}]}


def with_parts(document: Any, *parts: Any) -> Any:
    """The same seal with further parts in `etsiU`: objects, or texts as they are."""
    row = document["signatures"][0]
    texts = [part if isinstance(part, str) else encode_base64url(json.dumps(part, separators=(",", ":")).encode()) for part in parts]
    before = row.get("header", {}).get("etsiU", [])
    return {**document, "signatures": [{**row, "header": {"etsiU": [*before, *texts]}}]}


def stamped(document: Any, stamps: TimestampAuthority, member: str = "sigTst", over: bytes | None = None) -> Any:
    """The same seal with one more timestamp: over what it has to be over, or over something else."""
    row = document["signatures"][0]
    if over is None:
        parts = "".join(row.get("header", {}).get("etsiU", []))
        whole = f"{document['payload']}.{row['protected']}.{row['signature']}.{parts}"
        over = (whole if member == "arcTst" else row["signature"]).encode()
    return with_parts(document, {member: {"tstTokens": [{"val": stamps.over(over)}]}})


def with_values(document: Any, *, certificates: Iterable[bytes] = (), crls: Iterable[bytes] = (), responses: Iterable[bytes] = ()) -> Any:
    """The same seal with what later readers need: certificates and revocation data."""
    given = [{"x509Cert": {"val": base64.b64encode(der).decode()}} for der in certificates]
    lists = {"crlVals": [{"val": base64.b64encode(der).decode()} for der in crls]}
    answers = {"ocspVals": [{"val": base64.b64encode(der).decode()} for der in responses]}
    return with_parts(document, *([{"xVals": given}] if given else []), {"rVals": {**lists, **answers}})


def number(value: int, size: int | None = None) -> str:
    """A number as a JWK has it."""
    return encode_base64url(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


def public_jwk(holder: Holder) -> dict[str, str]:
    """The key of a certificate, as others read keys."""
    numbers = holder.key.public_key().public_numbers()
    if hasattr(numbers, "n"):
        return {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e)}
    size = holder.key.key_size // 8
    return {"kty": "EC", "crv": f"P-{holder.key.key_size}", "x": number(numbers.x, size), "y": number(numbers.y, size)}
