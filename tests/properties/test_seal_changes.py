"""Properties of seals under change: whatever is done to one, it is assessed or refused with a code; what was signed cannot change and pass.

Changes are made on each level: letters of the texts, members of the header, and bytes of the ASN.1 inside (certificates, timestamps,
revocation lists, OCSP responses), which are then put back in their place.
"""

from __future__ import annotations

import asyncio
import base64
import copy
import dataclasses
import hashlib
import json
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from atesto.encoding.base64url import decode_base64url, encode_base64url
from atesto.encoding.strict_json import parse_json_object
from atesto.error_codes import ERROR_CODES
from atesto.errors import AtestoError
from atesto.proofs.jades.assessment import Indication, SealAssessment, SealTrust, assess_seal
from atesto.proofs.jades.seal import parse_seal
from atesto.proofs.jades.timestamp import read_timestamp_answer
from tests.simulators.parts import verifier
from tests.simulators.seals import NOW, PAYLOAD, SEALED, TimestampAuthority, World, resealed, sealed, stamped, with_values

WORLD: Final = World()
TRUST: Final = SealTrust((WORLD.root.der,), (WORLD.stamp_root.der,))


async def _good() -> Any:
    document = stamped(await sealed(WORLD.holder), WORLD.stamps)
    document = with_values(
        document,
        certificates=WORLD.holder.above,
        crls=[WORLD.authority.revocation_list((WORLD.authority.issue(), SEALED))],
        responses=[WORLD.authority.response(WORLD.holder)],
    )
    return stamped(document, TimestampAuthority(WORLD.stamps.holder, time=WORLD.stamps.time), "arcTst")


GOOD: Final = asyncio.run(_good())
SMALL: Final = asyncio.run(sealed(WORLD.holder, {**PAYLOAD, "issuer": "urn:example:issuer"}))
VERIFIER: Final = dataclasses.replace(verifier("interop"), trust=TRUST)
PARTS: Final = GOOD["signatures"][0]["header"]["etsiU"]


def assess(document: Any) -> SealAssessment | None:
    """None: refused for its form, with a code of the catalogue. Anything else that is raised is a failure of the test."""
    try:
        found = assess_seal(parse_seal(document), TRUST, now=NOW)
    except AtestoError as error:
        _ = ERROR_CODES[error.code]
        return None
    json.dumps(found.to_json())
    return found


def altered(data: bytes, draw: st.DataObject) -> bytes:
    """`data` with one to four bytes set to something else, cut, or with something put in."""
    changed = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        place = draw.draw(st.integers(0, len(changed) - 1))
        what = draw.draw(st.sampled_from(["set", "set", "cut", "insert", "end"]))
        if what == "set":
            changed[place] = draw.draw(st.integers(0, 255))
        elif what == "cut":
            del changed[place : place + draw.draw(st.integers(1, 8))]
        elif what == "insert":
            changed[place:place] = draw.draw(st.binary(min_size=1, max_size=8))
        else:
            del changed[place:]
        changed = changed or bytearray(b"0")
    return bytes(changed)


def test_the_good_one_passes() -> None:
    found = assess(GOOD)
    assert found is not None
    assert (found.indication, found.level, found.revocation) == (Indication.TOTAL_PASSED, "B-LTA", "good")


@given(st.sampled_from(["payload", "protected", "signature"]), st.data())
def test_a_changed_signed_text_never_passes(member: str, data: st.DataObject) -> None:
    document = copy.deepcopy(GOOD)
    place = document if member == "payload" else document["signatures"][0]
    text = place[member]
    index = data.draw(st.integers(0, len(text) - 1))
    place[member] = text[:index] + data.draw(st.sampled_from("ABab01-_=. \x00é{}\"'")) + text[index + 1 :]
    if place[member] != text:
        found = assess(document)
        assert found is None or found.indication is Indication.TOTAL_FAILED


@given(st.integers(0, len(PARTS) - 1), st.data())
def test_unsigned_asn1_can_be_anything(index: int, data: st.DataObject) -> None:
    """The signature holds; the answer is one of the three; nothing else is raised."""
    ((name, value),) = json.loads(decode_base64url(PARTS[index])).items()
    rows = {
        "xVals": [row["x509Cert"] for row in value if name == "xVals"],
        "rVals": [row for one in ("crlVals", "ocspVals") if name == "rVals" for row in value[one]],
    }.get(name) or value["tstTokens"]
    row = data.draw(st.sampled_from(rows))
    row["val"] = base64.b64encode(altered(base64.b64decode(row["val"]), data)).decode()
    document = copy.deepcopy(GOOD)
    document["signatures"][0]["header"]["etsiU"][index] = encode_base64url(json.dumps({name: value}, separators=(",", ":")).encode())
    found = assess(document)
    assert found is not None
    assert found.signature_valid


@given(st.data())
def test_a_certificate_that_is_anything(data: st.DataObject) -> None:
    """Sealed anew around it, so that the certificate is all that is wrong."""
    der = altered(WORLD.holder.der, data)
    chain = [base64.b64encode(one).decode() for one in (der, *WORLD.holder.above)]
    thumbprint = encode_base64url(hashlib.sha256(der).digest())
    found = assess(resealed(GOOD, WORLD.holder, x5c=chain, **{"x5t#S256": thumbprint}))
    assert found is None or der == WORLD.holder.der or found.indication is not Indication.TOTAL_PASSED


_JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(["alg", "cty", "kid", "x5t#S256", "x5c", "typ", "b64", "iat", "sigT", "adoTst", "crit", "x5u", "sigD"]), _JSON)
def test_a_header_member_that_is_anything(member: str, value: Any) -> None:
    assess(resealed(GOOD, WORLD.holder, **{member: value}))


@given(st.lists(_JSON, max_size=3))
def test_parts_that_are_anything(values: list[Any]) -> None:
    document = copy.deepcopy(GOOD)
    texts = [encode_base64url(json.dumps(value).encode()) for value in values]
    for name in ("sigTst", "arcTst", "xVals", "rVals"):
        texts += [encode_base64url(json.dumps({name: value}).encode()) for value in values]
    document["signatures"][0]["header"]["etsiU"] = texts
    found = assess(document)
    assert found is not None
    assert found.signature_valid


@given(_JSON, _JSON)
def test_an_object_that_is_anything(payload: Any, signatures: Any) -> None:
    assess({"payload": payload, "signatures": signatures})


TOKEN: Final = WORLD.stamps.token(b"\0" * 32, nonce=7)
ANSWER: Final = b"\x30\x82" + (len(TOKEN) + 5).to_bytes(2, "big") + b"\x30\x03\x02\x01\x00" + TOKEN


@given(st.data())
def test_the_verifier_answers_whatever_is_done_to_a_seal(data: st.DataObject) -> None:
    """Letters of the whole text changed, cut or put in: what is still JSON gets a report, and only the untouched payload is ever shown."""
    text = json.dumps(SMALL)
    changed = altered(text.encode(), data).decode("utf-8", "replace")
    try:
        received = parse_json_object(changed.encode())
    except AtestoError:
        return
    report = asyncio.run(VERIFIER.verify_credential(received, now=NOW))
    told = report.to_json()
    json.dumps(told)
    assert not report.verified or json.loads(SMALL["payload"]) == report.shown


@given(_JSON, st.sampled_from(["payload", "signatures", "protected", "header", "signature", "etsiU"]))
def test_the_verifier_answers_whatever_stands_in_a_member(value: Any, member: str) -> None:
    document = copy.deepcopy(GOOD)
    row = document["signatures"][0]
    place = {"payload": document, "signatures": document, "etsiU": row["header"]}.get(member, row)
    place[member] = value
    report = asyncio.run(VERIFIER.verify_credential(document, now=NOW))
    assert not report.verified or member in {"header", "etsiU"}


@given(st.data())
def test_an_answer_of_a_service_that_is_anything(data: st.DataObject) -> None:
    changed = altered(ANSWER, data)
    try:
        read_timestamp_answer(changed, b"\0" * 32, 7)
    except AtestoError as error:
        _ = ERROR_CODES[error.code]
