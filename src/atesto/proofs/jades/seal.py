"""A JAdES seal, read without trust: JWS general JSON serialization, one signature, the payload as a text (RFC 7515 7.2.1, RFC 7797).

Checks, in order:
1. the object has `payload` and `signatures` and nothing beside them: what stands beside is not signed; other forms are refused by name;
2. one signature, of `protected`, `signature` and at most `header`, each canonical base64url or an object;
3. the protected header is one strict JSON object within its bound;
4. no `jku`, `jwk`, `x5u` (a key that is fetched or brought without a certificate), no `sigD` (a payload that stands elsewhere);
5. `b64` is false, the one way that Europass writes; `true`, or none, is refused by name;
6. `crit` names `b64`, parameters that are known here (`sigT`, `adoTst`), and nothing that is absent;
7. `alg` is RS256, PS256, ES256 or ES384; `typ`, where it stands, `jose+json`;
8. `x5c` holds certificates, the signer's first; `x5t#S256` is the digest of that one;
9. when it was sealed is claimed once, by `iat` or by `sigT`;
10. the unprotected header holds `etsiU` alone: a list of base64url texts, each one named part (`unsigned_parts`).

`kid`, an IssuerSerial, is not read: `x5c` and `x5t#S256`, both signed, say which certificate it is. It does not check the signature, nor
whether `alg` is the key's: `assessment` does.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.encoding.base64url import decode_base64url, encode_base64url
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.strict_json import json_type, parse_json_object
from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import AtestoError, MalformedInput, UnsupportedFeature, VerificationError
from atesto.proofs.jades.asn1 import decode_base64
from atesto.proofs.jades.certificate import Certificate, certificate_of
from atesto.proofs.jades.unsigned_parts import UnsignedPart, read_parts, token_values

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

ALGORITHMS: Final[dict[str, tuple[str, ...]]] = {"RSA": ("RS256", "PS256"), "P-256": ("ES256",), "P-384": ("ES384",)}
"""The `alg` that a key takes, the one that is written first."""
_ALLOWED: Final = frozenset(name for names in ALGORITHMS.values() for name in names)
_CRITICAL: Final = frozenset({"b64", "sigT", "adoTst"})
_FOREIGN_KEYS: Final = ("jku", "jwk", "x5u")
_SIGNATURE: Final = "/signatures/0"
_PROTECTED: Final = f"{_SIGNATURE}/protected"
_LAST_SECOND: Final = 253_402_300_799


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal taken apart. `payload`, `protected` and `signature` are the texts as received: they are what was signed and stamped."""

    payload: str
    protected: str
    signature: str
    algorithm: str
    chain: tuple[bytes, ...]
    """The certificates of `x5c` (DER), the signer's first."""
    claimed_at: datetime
    claimed_by: str
    """"iat" or "sigT"."""
    content_timestamps: tuple[str, ...]
    """The RFC 3161 tokens of `adoTst`, in base64."""
    parts: tuple[UnsignedPart, ...]

    @property
    def signing_input(self) -> bytes:
        """What the signature is over (RFC 7797 section 3)."""
        return f"{self.protected}.{self.payload}".encode()

    def archive_input(self, index: int) -> bytes:
        """What an archive timestamp at `index` of `etsiU` is over (ETSI TS 119 182-1 section 5.3.6.3)."""
        return f"{self.payload}.{self.protected}.{self.signature}.{''.join(part.text for part in self.parts[:index])}".encode()


def is_seal(document: JsonObject) -> bool:
    """Whether `document` is a JWS in JSON, well or badly formed, rather than a credential."""
    return "payload" in document and not {"signatures", "signature"}.isdisjoint(document)


def parse_seal(document: JsonObject) -> Seal:
    """Raises MalformedInput `seal.*`, `json.*`, `time.*`; UnsupportedFeature `seal.*`; VerificationError `seal.certificate_differs`."""
    payload, signature = _taken_apart(document)
    protected, text = _text(signature, "protected"), _text(signature, "signature")
    header = _header(protected)
    _check_keys(header)
    _check_critical(header)
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in _ALLOWED:
        raise UnsupportedFeature("seal.algorithm", f"The seal's alg is none of {', '.join(sorted(_ALLOWED))}.", pointer=_PROTECTED)
    if header.get("typ", "jose+json") != "jose+json":
        raise MalformedInput("seal.header", "The seal's typ is not jose+json.", pointer=_PROTECTED)
    chain = _chain(header)
    if header.get("x5t#S256") != encode_base64url(hashlib.sha256(chain[0]).digest()):
        raise VerificationError("seal.certificate_differs", "x5t#S256 is not the digest of the first certificate.", pointer=_PROTECTED)
    claimed_by, claimed_at = _claimed(header)
    return Seal(
        payload=payload,
        protected=protected,
        signature=text,
        algorithm=algorithm,
        chain=chain,
        claimed_at=claimed_at,
        claimed_by=claimed_by,
        content_timestamps=_content_timestamps(header),
        parts=_parts(signature),
    )


def signature_bytes(seal: Seal) -> bytes:
    """The raw signature. `parse_seal` has seen that it can be decoded."""
    return decode_base64url(seal.signature)


def leaf(seal: Seal) -> Certificate:
    """The certificate of whoever sealed."""
    return certificate_of(seal.chain[0])


def _taken_apart(document: JsonObject) -> tuple[str, JsonObject]:
    if "signature" in document or "protected" in document:
        raise UnsupportedFeature("seal.form", "This is the flattened form of a JWS; seals are read in the general form, with signatures.")
    for name in document:
        if name not in {"payload", "signatures"}:
            raise MalformedInput(
                "seal.malformed", "Something stands beside the seal's payload and signatures.", pointer=json_pointer(name[:64])
            )
    payload, signatures = document.get("payload"), document.get("signatures")
    if not isinstance(payload, str):
        raise MalformedInput("seal.malformed", f"The payload is {json_type(payload)}, not a text.", pointer="/payload")
    if not isinstance(signatures, list) or not signatures:
        raise MalformedInput("seal.malformed", "The seal has no list of signatures.", pointer="/signatures")
    if len(signatures) > 1:
        raise UnsupportedFeature("seal.form", f"The seal has {len(signatures)} signatures; one is read.", pointer="/signatures")
    signature = signatures[0]
    if not isinstance(signature, dict):
        raise MalformedInput("seal.malformed", f"The signature is {json_type(signature)}, not an object.", pointer=_SIGNATURE)
    for name in signature:
        if name not in {"protected", "header", "signature"}:
            raise MalformedInput(
                "seal.malformed", "The signature has a member that is not known.", pointer=_SIGNATURE + json_pointer(name[:64])
            )
    return payload, signature


def _text(signature: JsonObject, name: str) -> str:
    value, pointer = signature.get(name), f"{_SIGNATURE}/{name}"
    if not isinstance(value, str) or not value or len(value) > limits.MAX_SEAL_HEADER_CHARACTERS:
        detail = f"The {name} is no text of at most {limits.MAX_SEAL_HEADER_CHARACTERS} characters."
        raise MalformedInput("seal.malformed", detail, pointer=pointer)
    try:
        decode_base64url(value)
    except MalformedInput as error:
        raise MalformedInput("seal.malformed", error.detail, pointer=pointer) from None
    return value


def _header(protected: str) -> JsonObject:
    try:
        return parse_json_object(decode_base64url(protected))
    except AtestoError as error:
        # The pointer of the fault leads into the header, which has no place of its own in the document.
        raise MalformedInput(error.code, error.detail, pointer=_PROTECTED) from None


def _check_keys(header: JsonObject) -> None:
    for name in _FOREIGN_KEYS:
        if name in header:
            raise UnsupportedFeature("seal.foreign_key", f"The seal's header brings or names a key by {name}.", pointer=_PROTECTED)
    if "sigD" in header:
        raise UnsupportedFeature("seal.form", "The seal is over data that stand elsewhere (sigD).", pointer=_PROTECTED)


def _check_critical(header: JsonObject) -> None:
    if header.get("b64", True) is not False:
        raise UnsupportedFeature("seal.payload_encoding", "The seal's b64 is not false.", pointer=_PROTECTED)
    critical = header.get("crit")
    names = [name for name in critical if isinstance(name, str)] if isinstance(critical, list) else []
    if not isinstance(critical, list) or len(set(names)) != len(critical):
        raise MalformedInput("seal.header", "The seal's crit is not a list of different names.", pointer=_PROTECTED)
    for name in names:
        if name not in _CRITICAL:
            raise UnsupportedFeature("seal.critical", f"The seal demands {name[:64]!r}, which is not known here.", pointer=_PROTECTED)
        if name not in header:
            raise MalformedInput("seal.header", f"The seal's crit names {name}, and there is none.", pointer=_PROTECTED)
    if "b64" not in names:
        raise MalformedInput("seal.header", "The seal's crit does not name b64 (RFC 7797 section 6).", pointer=_PROTECTED)


def _chain(header: JsonObject) -> tuple[bytes, ...]:
    listed = header.get("x5c")
    if not isinstance(listed, list) or not 1 <= len(listed) <= limits.MAX_SEAL_CHAIN:
        raise MalformedInput("seal.header", f"x5c is no list of one to {limits.MAX_SEAL_CHAIN} certificates.", pointer=_PROTECTED)
    return tuple(
        decode_base64(
            text, code="seal.certificate_malformed", what="A certificate of x5c", max_bytes=limits.MAX_CERTIFICATE_BYTES, pointer=_PROTECTED
        )
        for text in listed
    )


def _claimed(header: JsonObject) -> tuple[str, datetime]:
    named = [name for name in ("iat", "sigT") if name in header]
    if len(named) != 1:
        raise MalformedInput("seal.header", "When it was sealed is stated neither by iat nor by sigT, or by both.", pointer=_PROTECTED)
    value: JsonValue = header[named[0]]
    if named[0] == "sigT":
        if not isinstance(value, str):
            raise MalformedInput("seal.header", f"The seal's sigT is {json_type(value)}, not a text.", pointer=_PROTECTED)
        stated = parse_timestamp(value, pointer=_PROTECTED)
        if not stated.has_offset:
            raise MalformedInput("seal.header", "The seal's sigT names no time zone.", pointer=_PROTECTED)
        return "sigT", stated.moment
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LAST_SECOND:
        raise MalformedInput("seal.header", "The seal's iat is no number of seconds since 1970.", pointer=_PROTECTED)
    return "iat", datetime.fromtimestamp(value, UTC)


def _content_timestamps(header: JsonObject) -> tuple[str, ...]:
    if "adoTst" not in header:
        return ()
    tokens = token_values(header["adoTst"])
    if not 1 <= len(tokens) <= limits.MAX_SEAL_TIMESTAMPS:
        raise MalformedInput("seal.header", f"The seal's adoTst holds {len(tokens)} timestamps.", pointer=_PROTECTED)
    return tokens


def _parts(signature: JsonObject) -> tuple[UnsignedPart, ...]:
    if "header" not in signature:
        return ()
    header, pointer = signature["header"], f"{_SIGNATURE}/header"
    if not isinstance(header, dict) or not set(header) <= {"etsiU"}:
        raise MalformedInput("seal.malformed", "The unprotected header holds something else than etsiU: nobody signed it.", pointer=pointer)
    return read_parts(header["etsiU"], f"{pointer}/etsiU") if "etsiU" in header else ()
