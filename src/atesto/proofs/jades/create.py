"""Making a seal (ETSI TS 119 182-1, level B-B; B-T with a timestamp service), in the form that Europass writes and reads.

The payload is a text, minified, `@context` last; it is signed, and kept, byte for byte. The header has the members of Europass's own seals,
with `iat` for the time since that is what seals made since 15 July 2025 shall use (version 1.2.1); `sigT` in its place for older readers.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509

from atesto.encoding.base64url import encode_base64url
from atesto.encoding.timestamp import format_timestamp
from atesto.errors import UnsupportedFeature
from atesto.proofs.jades.certificate import Certificate, certificate_of
from atesto.proofs.jades.seal import ALGORITHMS
from atesto.proofs.jades.timestamp import check_token

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.ports import SealKey, TimestampService

ClaimedTime = Literal["iat", "sigT"]
CERTIFICATE_MEMBERS: Final = frozenset({"kid", "x5t#S256", "x5c"})
"""The members of a header that say which certificate it is."""


@dataclass(frozen=True, slots=True)
class SealOptions:
    """When it is sealed, and by which member that is said."""

    at: datetime
    claimed_time: ClaimedTime = "iat"


def payload_text(credential: JsonObject) -> str:
    """The text of a credential as Europass seals it: minified, members in their order, `@context` last."""
    ordered = {name: value for name, value in credential.items() if name != "@context"}
    if "@context" in credential:
        ordered["@context"] = credential["@context"]
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def seal_header(chain: tuple[bytes, ...], options: SealOptions) -> JsonObject:
    """The protected header for a certificate and those above it (DER). Raises as `Certificate.public_key`."""
    certificate = certificate_of(chain[0])
    names = ALGORITHMS.get(certificate.public_key.algorithm)
    if names is None:
        raise UnsupportedFeature("key.unsupported", "Nothing is sealed with such a key here.")
    listed: list[JsonValue] = [base64.b64encode(der).decode("ascii") for der in chain]
    header: JsonObject = {
        "alg": names[0],
        "cty": "octet-stream",
        "kid": _issuer_serial(certificate),
        "x5t#S256": encode_base64url(hashlib.sha256(chain[0]).digest()),
        "x5c": listed,
        "typ": "jose+json",
        "b64": False,
    }
    if options.claimed_time == "sigT":
        return header | {"sigT": format_timestamp(options.at), "crit": ["b64", "sigT"]}
    return header | {"iat": int(options.at.timestamp()), "crit": ["b64"]}


async def seal(payload: str, options: SealOptions, *, key: SealKey, timestamps: TimestampService | None = None) -> JsonObject:
    """The sealed document over `payload`, and with `timestamps` a signature timestamp in it (B-T).

    Raises CustodyError; as `seal_header`; what the service raises, and VerificationError `seal.timestamp_failed` for another thing's token.
    """
    header = json.dumps(seal_header(key.chain, options), separators=(",", ":"))
    protected = encode_base64url(header.encode("ascii"))
    signature = encode_base64url(await key.sign(f"{protected}.{payload}".encode()))
    row: JsonObject = {"protected": protected}
    if timestamps is not None:
        digest = hashlib.sha256(signature.encode("ascii")).digest()
        token = await timestamps.stamp(digest)
        check_token(token, {"sha256": digest})
        row["header"] = {"etsiU": [_timestamp_part(token)]}
    row["signature"] = signature
    return {"payload": payload, "signatures": [row]}


def _timestamp_part(token: bytes) -> str:
    value = base64.b64encode(token).decode("ascii")
    return encode_base64url(json.dumps({"sigTst": {"tstTokens": [{"val": value}]}}, separators=(",", ":")).encode("ascii"))


def _issuer_serial(certificate: Certificate) -> str:
    """The IssuerSerial (RFC 5035) of a certificate in base64: what JAdES puts in `kid` (section 5.1.4)."""
    parsed = certificate.parsed
    names = asn1_x509.GeneralNames([asn1_x509.GeneralName("directory_name", parsed.issuer)])
    value = tsp.IssuerSerial({"issuer": names, "serial_number": parsed.serial_number})
    return base64.b64encode(value.dump()).decode("ascii")
