"""Making a seal: its header, its text, its timestamp; and the answers of a timestamp service."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any, Final

import pytest
from asn1crypto import tsp

from atesto.encoding.base64url import decode_base64url
from atesto.errors import AtestoError
from atesto.proofs.jades.assessment import SealTrust, assess_seal
from atesto.proofs.jades.create import SealOptions, payload_text, seal_header
from atesto.proofs.jades.seal import parse_seal
from atesto.proofs.jades.timestamp import read_timestamp_answer, timestamp_request
from tests.simulators.seals import NOW, PAYLOAD, SEALED, TimestampAuthority, World, sealed

WORLD: Final = World()
DIGEST: Final = hashlib.sha256(b"x").digest()
NONCE: Final = 2**63 + 7


def test_the_text_is_minified_with_the_context_last() -> None:
    text = payload_text({"@context": ["a"], "b": 1, "ä": ["ß", {"c": 1.5}], "z": "\n"})
    assert text == '{"b":1,"ä":["ß",{"c":1.5}],"z":"\\n","@context":["a"]}'


def test_the_header_is_as_europass_writes_it() -> None:
    header = seal_header(WORLD.holder.chain, SealOptions(SEALED, "sigT"))
    assert list(header) == ["alg", "cty", "kid", "x5t#S256", "x5c", "typ", "b64", "sigT", "crit"]
    assert (header["alg"], header["cty"], header["typ"], header["b64"]) == ("ES256", "octet-stream", "jose+json", False)
    assert (header["sigT"], header["crit"]) == ("2026-06-01T09:00:00Z", ["b64", "sigT"])
    header = seal_header(WORLD.authority.issue(kind="RSA-2048").chain, SealOptions(SEALED))
    assert (header["alg"], header["iat"], header["crit"]) == ("RS256", int(SEALED.timestamp()), ["b64"])
    assert "sigT" not in header
    assert isinstance(header["x5c"], list)
    assert len(header["x5c"]) == 2


def test_kid_names_issuer_and_serial() -> None:
    header: Any = seal_header(WORLD.holder.chain, SealOptions(SEALED))
    named = tsp.IssuerSerial.load(base64.b64decode(header["kid"]), strict=True)
    assert named["serial_number"].native == WORLD.holder.certificate.serial_number
    assert named["issuer"][0].chosen.native == {"common_name": "Seals of the tests"}


@pytest.mark.parametrize("claimed_time", ["iat", "sigT"])
async def test_the_payload_stays_byte_for_byte(claimed_time: Any) -> None:
    document = await sealed(WORLD.holder, claimed_time=claimed_time)
    assert list(document) == ["payload", "signatures"]
    (row,) = document["signatures"]
    assert list(row) == ["protected", "signature"]
    assert json.loads(document["payload"]) == PAYLOAD
    assert "lærer" in document["payload"]
    assert len(decode_base64url(row["signature"])) == 64


async def test_with_a_service_it_is_stamped() -> None:
    document = await sealed(WORLD.holder, timestamps=WORLD.stamps)
    assert list(document["signatures"][0]) == ["protected", "header", "signature"]
    found = assess_seal(parse_seal(document), SealTrust((WORLD.root.der,), (WORLD.stamp_root.der,)), now=NOW)
    assert (found.indication.value, found.level, found.proven_at) == ("TOTAL-PASSED", "B-T", WORLD.stamps.time)


async def test_a_service_that_stamps_something_else() -> None:
    class Other(TimestampAuthority):
        async def stamp(self, digest: bytes) -> bytes:
            return self.token(hashlib.sha256(digest).digest())

    with pytest.raises(AtestoError) as caught:
        await sealed(WORLD.holder, timestamps=Other(WORLD.stamps.holder))
    assert caught.value.code == "seal.timestamp_failed"


async def test_a_key_that_nothing_is_sealed_with() -> None:
    with pytest.raises(AtestoError) as caught:
        await sealed(WORLD.authority.issue(kind="P-521"))
    assert caught.value.code == "key.unsupported"


def answer(*, status: int = 0, nonce: int = NONCE, digest: bytes = DIGEST, stamps: TimestampAuthority = WORLD.stamps) -> bytes:
    """A TimeStampResp (RFC 3161 section 2.4.2) of that status: 0 granted, 1 granted with modifications, 2 rejected."""
    content = bytes([0x30, 3, 2, 1, status])
    if status < 2:
        content += stamps.token(digest, nonce=nonce)
    return b"\x30\x82" + len(content).to_bytes(2, "big") + content


def test_the_request() -> None:
    request = tsp.TimeStampReq.load(timestamp_request(DIGEST, NONCE), strict=True)
    assert request["version"].native == "v1"
    assert request["nonce"].native == NONCE
    assert request["cert_req"].native is True
    assert request["message_imprint"]["hashed_message"].native == DIGEST


@pytest.mark.parametrize("status", [0, 1])
def test_an_answer(status: int) -> None:
    given = answer(status=status)
    assert read_timestamp_answer(given, DIGEST, NONCE) == given[9:]


def test_a_refusal_is_told() -> None:
    with pytest.raises(AtestoError) as caught:
        read_timestamp_answer(answer(status=2), DIGEST, NONCE)
    assert caught.value.detail == "The timestamp service answers 'rejection'."


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (answer(status=2), "seal.timestamp_malformed"),
        (answer(nonce=8), "seal.timestamp_failed"),
        (answer(digest=b"\0" * 32), "seal.timestamp_failed"),
        (answer() + b"\0", "seal.timestamp_malformed"),
        (answer()[:-1], "seal.timestamp_malformed"),
        (b"", "seal.timestamp_malformed"),
        (b"<html>", "seal.timestamp_malformed"),
    ],
)
def test_an_answer_that_is_refused(given: bytes, code: str) -> None:
    with pytest.raises(AtestoError) as caught:
        read_timestamp_answer(given, DIGEST, NONCE)
    assert caught.value.code == code


def test_a_token_of_a_clock_whose_certificate_has_not_begun() -> None:
    early = TimestampAuthority(WORLD.stamp_holder(since=SEALED + timedelta(days=1)))
    with pytest.raises(AtestoError) as caught:
        read_timestamp_answer(answer(stamps=early), DIGEST, NONCE)
    assert caught.value.code == "seal.timestamp_failed"
