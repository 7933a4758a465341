"""The Commission's sealed micro-credential: every result of it, and of each copy with one byte changed."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from atesto.encoding.base64url import encode_base64url
from atesto.errors import AtestoError
from atesto.issuance.sealing import DATA_INTEGRITY_CONTEXT
from atesto.proofs.data_integrity import check_signature, hash_proofs
from atesto.proofs.jades.assessment import NO_TRUST, SealAssessment, SealTrust, assess_seal
from atesto.proofs.jades.certificate import certificate_of
from atesto.proofs.jades.create import SealOptions, payload_text, seal
from atesto.proofs.jades.seal import parse_seal
from atesto.proofs.jades.unsigned_parts import certificate_values, revocation_values
from atesto.proofs.proof import parse_proofs
from tests.reference_data import reference
from tests.simulators.parts import PROCESSOR, MemorySigner, secured
from tests.simulators.seals import SEALED, World

pytestmark = pytest.mark.vectors

SAMPLE: Final[Any] = json.loads(reference("edc", "samples", "Sample-MC-Annex1-signed.jsonld").read_text(encoding="utf-8"))
NOW: Final = datetime(2026, 11, 25, tzinfo=UTC)
SEAL: Final = parse_seal(SAMPLE)
AUTHORITIES: Final = {certificate_of(der).facts.subject.shown: der for der in certificate_values(SEAL.parts)}
ISSUER: Final = AUTHORITIES["ANF AC Qualified Certificates for eSeal"]
SIGNER: Final = MemorySigner.numbered(93)
CLOCK: Final = AUTHORITIES["good-tsa"]


def assess(document: Any = SAMPLE, trust: SealTrust = NO_TRUST) -> SealAssessment:
    return assess_seal(parse_seal(document), trust, now=NOW)


def test_nobody_trusted() -> None:
    found = assess()
    assert (found.indication.value, found.sub_indication) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")
    assert (found.signature_valid, found.level, found.trusted, found.proven_at) == (True, "B-LTA", False, None)
    assert (found.claimed_by, found.claimed_at) == ("sigT", datetime(2023, 9, 27, 11, 54, 17, tzinfo=UTC))
    assert [(one.kind, one.state.value, one.authority) for one in found.timestamps] == [
        ("adoTst", "untrusted", "good-tsa"), ("sigTst", "untrusted", "good-tsa"), ("arcTst", "untrusted", "good-tsa"),
    ]  # fmt: skip
    told: Any = found.to_json()
    assert told["qualification"] == {
        "seal": "advanced seal with a qualified certificate", "qualifiedCertificate": True, "qualifiedDevice": False,
        "certificateFor": "seal",
    }  # fmt: skip
    certificate = told["certificate"]
    assert (certificate["validWhenSealed"], certificate["validNow"], certificate["trusted"]) == (True, False, False)
    assert (certificate["organizationIdentifier"], certificate["notAfter"]) == ("VATES-A00000000", "2025-05-10T14:31:15Z")
    assert told["unknownParts"] == []


def test_the_authority_trusted_and_its_clock_not() -> None:
    found = assess(trust=SealTrust((ISSUER,)))
    assert (found.indication.value, found.sub_indication) == ("INDETERMINATE", "OUT_OF_BOUNDS_NO_POE")
    assert (found.trusted, found.revocation) == (True, "good")


def test_both_trusted() -> None:
    found = assess(trust=SealTrust((ISSUER,), (CLOCK,)))
    assert (found.indication.value, found.sub_indication, found.revocation) == ("TOTAL-PASSED", None, "good")
    assert found.proven_at == datetime(2023, 9, 27, 11, 54, 20, tzinfo=UTC)


def test_the_clock_s_authority_has_ended_too() -> None:
    """Its root is trusted, and the clock's certificate below it ended in 2024: no later timestamp carries it."""
    found = assess(trust=SealTrust((ISSUER,), (AUTHORITIES["root-ca"],)))
    assert found.sub_indication == "OUT_OF_BOUNDS_NO_POE"
    assert {one.state.value for one in found.timestamps} == {"untrusted"}


def test_what_the_seal_embeds() -> None:
    crls, responses = revocation_values(SEAL.parts)
    assert (len(AUTHORITIES), len(crls), len(responses)) == (4, 1, 1)


def states(found: SealAssessment) -> list[str]:
    return [one.state.value for one in found.timestamps]


def at(text: str, index: int) -> str:
    """The same text with another letter of base64url there."""
    return text[:index] + ("A" if text[index] != "A" else "B") + text[index + 1 :]


def test_one_byte_of_the_payload() -> None:
    payload = SAMPLE["payload"]
    for index in (0, len(payload) // 2, len(payload) - 1):
        found = assess({**SAMPLE, "payload": payload[:index] + chr(ord(payload[index]) ^ 1) + payload[index + 1 :]})
        assert (found.indication.value, found.sub_indication) == ("TOTAL-FAILED", "SIG_CRYPTO_FAILURE")
        # The content's own timestamp and the archive's are over the payload; the signature's is not.
        assert states(found) == ["failed", "untrusted", "failed"]


def test_one_byte_of_the_protected_header() -> None:
    """Wherever it stands: the header is refused for what it says, or the signature does not fit."""
    protected = SAMPLE["signatures"][0]["protected"]
    read = 0
    for index in range(0, len(protected), 97):
        document = copy.deepcopy(SAMPLE)
        document["signatures"][0]["protected"] = at(protected, index)
        try:
            found = assess(document)
        except AtestoError:
            continue
        read += 1
        assert (found.indication.value, found.sub_indication) == ("TOTAL-FAILED", "SIG_CRYPTO_FAILURE")
    assert read > 5


@pytest.mark.parametrize(
    ("part", "expected", "levels"),
    [
        (0, ["untrusted", "failed", "failed"], {"B-B"}),
        (1, ["untrusted", "untrusted", "failed"], {"B-LT"}),
        (2, ["untrusted", "untrusted", "failed"], {"B-T", "B-LT"}),
        (3, ["untrusted", "untrusted", "failed"], {"B-LT"}),
    ],
    ids=["sigTst", "xVals", "rVals", "arcTst"],
)
def test_one_byte_of_an_unsigned_part(part: int, expected: list[str], levels: set[str]) -> None:
    """The signature holds whatever happens to them; the timestamps over them do not."""
    text = SAMPLE["signatures"][0]["header"]["etsiU"][part]
    whole = 0
    for index in range(2, len(text), 211):
        document = copy.deepcopy(SAMPLE)
        document["signatures"][0]["header"]["etsiU"][part] = at(text, index)
        found = assess(document)
        assert (found.signature_valid, found.indication.value) == (True, "INDETERMINATE")
        assert found.level in levels
        kinds = [one.kind for one in found.timestamps]
        # A part that cannot be read any more is no timestamp at all.
        assert states(found) == [state for kind, state in zip(("adoTst", "sigTst", "arcTst"), expected, strict=True) if kind in kinds]
        whole += len(kinds) == 3
    assert whole > 5


def test_the_form_that_we_write_is_the_one_that_was_sealed() -> None:
    """Minified, no ASCII escapes, members in their order, @context last: their text, byte for byte."""
    assert payload_text(json.loads(SAMPLE["payload"])) == SAMPLE["payload"]


def test_the_parts_in_another_order() -> None:
    document = copy.deepcopy(SAMPLE)
    parts = document["signatures"][0]["header"]["etsiU"]
    parts[1], parts[2] = parts[2], parts[1]
    assert states(assess(document)) == ["untrusted", "untrusted", "failed"]


def test_a_part_put_before_the_archive_timestamp() -> None:
    document = copy.deepcopy(SAMPLE)
    document["signatures"][0]["header"]["etsiU"].insert(1, encode_base64url(b'{"cSig":"x"}'))
    found = assess(document)
    assert states(found) == ["untrusted", "untrusted", "failed"]
    assert found.unknown_parts == ("cSig",)


async def test_sealed_then_proved_then_sealed_says_the_same() -> None:
    """Each by itself, with keys of tests: no policy would take the sample's document from another issuer, and nothing is recorded."""
    document: Any = json.loads(SEAL.payload)
    contexts = document["@context"]
    proved: Any = await secured({**document, "@context": [*contexts, DATA_INTEGRITY_CONTEXT]}, SIGNER)
    (proof,) = parse_proofs(proved)
    (hashes,) = hash_proofs(PROCESSOR, proved, (proof,))
    check_signature(proof, hashes, SIGNER.public_key)
    changed = copy.deepcopy(proved)
    changed["credentialSubject"]["hasClaim"]["title"] = {"en": "Doctor of Everything"}
    (hashes,) = hash_proofs(PROCESSOR, changed, (proof,))
    with pytest.raises(AtestoError, match=r"proof\.signature_invalid"):
        check_signature(proof, hashes, SIGNER.public_key)
    again = {**{name: value for name, value in proved.items() if name != "proof"}, "@context": contexts}
    world = World()
    resealed: Any = await seal(payload_text(again), SealOptions(SEALED), key=world.holder)
    assert assess_seal(parse_seal(resealed), SealTrust((world.root.der,)), now=NOW).signature_valid
    statements = [PROCESSOR.dataset_of(one) for one in (document, json.loads(resealed["payload"]))]
    of_proved = PROCESSOR.dataset_of({name: value for name, value in proved.items() if name != "proof"})
    assert sorted(statements[0]) == sorted(statements[1]) == sorted(of_proved)
    assert len(statements[0]) == 353
