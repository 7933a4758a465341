"""RFC 3161 timestamps: a request, an answer, and what a token proves.

Checks of a token, in order:
1. it is one CMS SignedData over a TSTInfo, with one signer (RFC 3161 section 2.4.2);
2. its imprint is the digest of what it is said to be over, by SHA-256, SHA-384 or SHA-512;
3. its signed attributes are for this content, digest and signer's certificate (RFC 5816), and its signature holds;
4. the signer's certificate is for timestamping and nothing else (RFC 3161 section 2.3), and was valid at the time it states;
5. that certificate leads to an anchor of the operator's, at a moment that is known by other means (now, or a later timestamp).
Only then the time is proven. A token of which 5 alone fails is *untrusted*: it says a time, on nobody's word.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from asn1crypto import algos, cms, core, tsp
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko_certvalidator.sig_validate import DEFAULT_SIGNATURE_VALIDATOR, SignatureValidationContext

from atesto import limits
from atesto.encoding.timestamp import format_timestamp
from atesto.errors import MalformedInput, VerificationError
from atesto.proofs.jades.asn1 import FAULTS, decode_base64, reading
from atesto.proofs.jades.certificate import Certificate, certificate_of
from atesto.proofs.jades.chain import Material, judge_chain

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject

_HASHES: Final = frozenset({"sha256", "sha384", "sha512"})
_CODE: Final = "seal.timestamp_malformed"


class TimestampState(StrEnum):
    """What a token is worth."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TimestampResult:
    """One timestamp of a seal. `kind` is the name of its place: "adoTst", "sigTst" or "arcTst"."""

    kind: str
    state: TimestampState
    detail: str = ""
    time: datetime | None = None
    """The time that it states; None when it cannot be read, or is over something else."""
    authority: str | None = None

    def to_json(self) -> JsonObject:
        """`{kind, covers, state, time, authority, detail}`, without what is not known."""
        known: dict[str, str | None] = {
            "kind": self.kind,
            "covers": COVERS[self.kind],
            "state": self.state.value,
            "time": None if self.time is None else format_timestamp(self.time),
            "authority": self.authority,
            "detail": self.detail or None,
        }
        return {name: value for name, value in known.items() if value is not None}


COVERS: Final = {
    "adoTst": "the credential, before it was sealed",
    "sigTst": "the signature",
    "arcTst": "the whole seal, with all parts before it",
}


@dataclass(frozen=True, slots=True)
class _Token:
    """A token whose checks 1 to 4 have passed."""

    time: datetime
    signer: Certificate
    material: Material


class _Answer(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types; its own class demands a token where there may be none
    _fields: Final = [("status", tsp.PKIStatusInfo), ("token", cms.ContentInfo, {"optional": True})]


@dataclass(frozen=True, slots=True)
class _Received:
    """The bytes of a token that are signed: the TSTInfo, and the attributes under the tag of a set (RFC 5652 section 5.4)."""

    content: bytes
    attributes: bytes


def timestamp_request(digest: bytes, nonce: int) -> bytes:
    """The request (DER) for a token over a SHA-256 digest, with the authority's certificate in it (RFC 3161 section 2.4.1)."""
    request = tsp.TimeStampReq(
        {
            "version": 1,
            "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest},
            "nonce": nonce,
            "cert_req": True,
        }
    )
    return bytes(request.dump())


def read_timestamp_answer(answer: bytes, digest: bytes, nonce: int) -> bytes:
    """The token (DER) in an authority's answer to that request. Raises MalformedInput `seal.timestamp_malformed`, and as `check_token`."""
    with reading(_CODE, "The answer of the timestamp service"):
        response = _Answer.load(answer, strict=True)
        status = response["status"]["status"].native
        if status not in {"granted", "granted_with_mods"}:
            raise MalformedInput(_CODE, f"The timestamp service answers {str(status)[:64]!r}.")
        token = bytes(response["token"].dump())
        echoed = cms.ContentInfo.load(token, strict=True)["content"]["encap_content_info"]["content"].parsed["nonce"].native
    if echoed != nonce:
        raise VerificationError("seal.timestamp_failed", "The timestamp service answered another request: the nonce differs.")
    check_token(token, {"sha256": digest})
    return token


def judge_timestamp(kind: str, token: str, over: bytes, *, material: Material, anchors: tuple[bytes, ...], at: datetime) -> TimestampResult:
    """What the token (base64) says of `over`. `at` is the moment at which its authority's certificate has to hold."""
    failed = TimestampResult(kind, TimestampState.FAILED)
    try:
        der = decode_base64(token, code=_CODE, what="The timestamp", max_bytes=limits.MAX_TIMESTAMP_BYTES)
        found = _checked(der, over, material)
    except (MalformedInput, VerificationError) as error:
        return replace(failed, detail=error.detail)
    result = TimestampResult(kind, TimestampState.TRUSTED, time=found.time, authority=found.signer.facts.subject.shown)
    chain = judge_chain(found.signer.der, found.material, anchors, at)
    if chain.fault is not None:
        return replace(result, state=TimestampState.UNTRUSTED, detail=chain.detail)
    return result


def check_token(token: bytes, digests: dict[str, bytes]) -> None:
    """Checks 1 to 4, for a token (DER) over something of which these digests are known, by algorithm.

    Raises MalformedInput `seal.timestamp_malformed`, VerificationError `seal.timestamp_failed`.
    """
    _check(token, digests, Material())


def _checked(token: bytes, over: bytes, material: Material) -> _Token:
    return _check(token, {name: hashlib.new(name, over).digest() for name in _HASHES}, material)


def _check(token: bytes, digests: dict[str, bytes], material: Material) -> _Token:
    with reading(_CODE, "The timestamp"):
        content = cms.ContentInfo.load(token, strict=True)  # 1.
        if content["content_type"].native != "signed_data":
            raise MalformedInput(_CODE, "The timestamp is no signed data.")
        signed = content["content"]
        encapsulated = signed["encap_content_info"]
        if encapsulated["content_type"].native != "tst_info" or len(signed["signer_infos"]) != 1:
            raise MalformedInput(_CODE, "The timestamp is not one signed TSTInfo.")
        signer = signed["signer_infos"][0]
        # What is signed is taken as it was received, before it is read: a structure that was read may be written anew in other bytes.
        received = _Received(encapsulated["content"].contents, b"\x31" + signer["signed_attrs"].dump()[1:])
        info = encapsulated["content"].parsed
        imprint = info["message_imprint"]
        algorithm, hashed = imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native
        time: datetime = info["gen_time"].native
        enclosed = tuple(bytes(choice.chosen.dump()) for choice in signed["certificates"] or () if choice.name == "certificate")
        if time.tzinfo is None:
            raise MalformedInput(_CODE, "The timestamp's time names no time zone.")
    if digests.get(algorithm) != hashed:  # 2.
        raise VerificationError("seal.timestamp_failed", "The timestamp is over something else.")
    whole = Material(enclosed[: limits.MAX_SEAL_CERTIFICATES] + material.certificates, material.crls, material.responses)
    with reading(_CODE, "The signature of the timestamp"):
        certificate = _signer(signer, whole.certificates)
        _check_signature(received, signer, certificate)  # 3.
        _check_use(certificate, time)  # 4.
    return _Token(time, certificate, whole)


def _signer(signer: Any, certificates: tuple[bytes, ...]) -> Certificate:
    named = signer["sid"]
    for der in certificates:
        certificate = certificate_of(der)
        try:
            parsed = certificate.parsed
            if named.name == "issuer_and_serial_number":
                chosen = named.chosen
                fits = parsed.serial_number == chosen["serial_number"].native and parsed.issuer == chosen["issuer"]
            else:
                fits = parsed.key_identifier == named.chosen.native
        except (MalformedInput, *FAULTS):
            continue
        if fits:
            return certificate
    raise VerificationError("seal.timestamp_failed", "The certificate of the timestamp's authority is missing.")


def _check_signature(received: _Received, signer: Any, certificate: Certificate) -> None:
    attributes: dict[str, Any] = {}
    for attribute in signer["signed_attrs"]:
        name = attribute["type"].native
        if name in attributes or len(attribute["values"]) != 1:
            raise VerificationError("seal.timestamp_failed", "An attribute of the timestamp's signature stands twice.")
        attributes[name] = attribute["values"][0]
    digest_name = signer["digest_algorithm"]["algorithm"].native
    if digest_name not in _HASHES:
        raise VerificationError("seal.timestamp_failed", "The timestamp is signed over a digest that is too weak.")
    digest = hashlib.new(digest_name, received.content).digest()
    if "content_type" not in attributes or attributes["content_type"].native != "tst_info":
        raise VerificationError("seal.timestamp_failed", "The timestamp's signature is not for a timestamp.")
    if "message_digest" not in attributes or attributes["message_digest"].native != digest:
        raise VerificationError("seal.timestamp_failed", "The timestamp's signature is over another content.")
    _check_named_certificate(attributes, certificate)
    algorithm = signer["signature_algorithm"]
    if _hash_of(algorithm) not in {None, *_HASHES}:
        raise VerificationError("seal.timestamp_failed", "The timestamp is signed by an algorithm that is too weak.")
    try:
        DEFAULT_SIGNATURE_VALIDATOR.validate_signature(
            signer["signature"].native,
            received.attributes,
            certificate.parsed.public_key,
            algorithm,
            SignatureValidationContext(contextual_md_algorithm=digest_name),
        )
    except (InvalidSignature, UnsupportedAlgorithm):
        raise VerificationError("seal.timestamp_failed", "The timestamp's signature does not hold.") from None


def _hash_of(algorithm: algos.SignedDigestAlgorithm) -> str | None:
    """None where the digest algorithm beside it says it."""
    try:
        return str(algorithm.hash_algo)
    except ValueError:
        return None


def _check_named_certificate(attributes: dict[str, Any], certificate: Certificate) -> None:
    """The signer's certificate is the one that the signature names (RFC 5035): another one with the same key proves nothing."""
    if "signing_certificate_v2" in attributes:
        named = attributes["signing_certificate_v2"]["certs"][0]
        algorithm = named["hash_algorithm"]["algorithm"].native
    elif "signing_certificate" in attributes:
        named, algorithm = attributes["signing_certificate"]["certs"][0], "sha1"
    else:
        raise VerificationError("seal.timestamp_failed", "The timestamp's signature does not name its certificate.")
    # SHA-1 is what RFC 3161 itself demands here; a second certificate with the same digest is beyond its known weakness.
    if algorithm not in {"sha1", *_HASHES} or hashlib.new(algorithm, certificate.der).digest() != named["cert_hash"].native:
        raise VerificationError("seal.timestamp_failed", "The timestamp's signature names another certificate.")


def _check_use(certificate: Certificate, time: datetime) -> None:
    extended = certificate.parsed.extended_key_usage_value
    if extended is None or extended.native != ["time_stamping"] or "extended_key_usage" not in certificate.parsed.critical_extensions:
        raise VerificationError("seal.timestamp_failed", "The certificate of the timestamp's authority is not for timestamps alone.")
    if not certificate.facts.may_seal:
        raise VerificationError("seal.timestamp_failed", "The certificate of the timestamp's authority may not sign.")
    if not certificate.facts.holds_at(time):
        raise VerificationError("seal.timestamp_failed", "The certificate of the timestamp's authority did not hold at that time.")
