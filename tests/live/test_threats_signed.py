"""Rows of the threat catalogue whose faults carry valid signatures, and those of presentations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import base58
import pytest

from tests.live.material import OPEN_BADGES, V2, changed, put, unsigned
from tests.live.test_threats import refused
from tests.simulators.parts import MemorySigner, presentation, secured
from tests.simulators.parts import credential as made

if TYPE_CHECKING:
    from tests.live.node_process import NodeProcess, Reply

pytestmark = [pytest.mark.hostile, pytest.mark.loopback]

NOW: Final = datetime.now(UTC).replace(microsecond=0)
SIGNER: Final = MemorySigner.numbered(41)
STRANGER: Final = MemorySigner.numbered(42)
P256: Final = MemorySigner.numbered(43, "P-256")
P384: Final = MemorySigner.numbered(44, "P-384")
PAST: Final = NOW - timedelta(days=1)
P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def credential(signer: MemorySigner, **members: Any) -> Any:
    return made(signer, validFrom="2026-01-15T09:00:00Z", **members)


@pytest.mark.parametrize(
    ("signer", "suite"),
    [
        (SIGNER, "eddsa-rdfc-2022"), (SIGNER, "eddsa-jcs-2022"), (P256, "ecdsa-rdfc-2019"), (P256, "ecdsa-jcs-2019"),
        (P384, "ecdsa-rdfc-2019"), (P384, "ecdsa-jcs-2019"),
    ],
)  # fmt: skip
async def test_what_others_sign_well_is_confirmed(live: NodeProcess, signer: MemorySigner, suite: str) -> None:
    document = await secured(credential(signer), signer, suite, created=PAST)
    assert live.verify(document).code == "confirmed"


async def signed_with(live: NodeProcess, signer: MemorySigner, **members: Any) -> Reply:
    return live.verify(await secured(credential(SIGNER, **members), signer, created=PAST))


async def test_the_proof_of_somebody_else(live: NodeProcess) -> None:
    refused(await signed_with(live, STRANGER), 400, "binding.issuer_mismatch", "/issuer")
    refused(await signed_with(live, STRANGER, issuer={"id": SIGNER.did, "name": "x"}), 400, "binding.issuer_mismatch", "/issuer")
    refused(await signed_with(live, SIGNER, issuer="urn:issuer:1"), 400, "binding.issuer_unverified", "/issuer")
    refused(await signed_with(live, SIGNER, issuer="did:web:school.example"), 400, "binding.issuer_mismatch", "/issuer")
    refused(await signed_with(live, SIGNER, issuer=SIGNER.did + "#x"), 400, "binding.issuer_mismatch", "/issuer")


async def test_a_second_proof_by_a_stranger_changes_nothing_and_one_alone_is_not_enough(live: NodeProcess) -> None:
    document = await secured(credential(SIGNER), SIGNER, created=PAST)
    both = await secured(document, STRANGER, created=PAST)
    assert live.verify(both).code == "confirmed"
    proofs: Any = both["proof"]
    refused(live.verify({**both, "proof": [proofs[1]]}), 400, "binding.issuer_mismatch", "/issuer")


@pytest.mark.parametrize("purpose", ["authentication", "keyAgreement", "capabilityInvocation"])
async def test_a_credential_signed_for_another_purpose(live: NodeProcess, purpose: str) -> None:
    document = await secured(credential(SIGNER), SIGNER, purpose=purpose, created=PAST)
    refused(live.verify(document), 400, "binding.purpose", "/proof/proofPurpose")


TIMES: Final[dict[str, tuple[dict[str, Any], str, str]]] = {
    "not yet": ({"validFrom": "2099-01-01T00:00:00Z"}, "time.not_yet_valid", "/validFrom"),
    "expired": ({"validUntil": "2026-01-16T00:00:00Z"}, "time.expired", "/validUntil"),
    "inverted": ({"validUntil": "2026-01-14T00:00:00Z"}, "time.inverted", "/validUntil"),
    "date alone": ({"validFrom": "2026-01-15"}, "time.malformed", "/validFrom"),
    "month 13": ({"validFrom": "2026-13-15T00:00:00Z"}, "time.malformed", "/validFrom"),
    "number": ({"validFrom": 20260115}, "time.malformed", "/validFrom"),
}


@pytest.mark.parametrize("name", TIMES)
async def test_times(live: NodeProcess, name: str) -> None:
    members, code, pointer = TIMES[name]
    document = made(SIGNER, **({"validFrom": "2026-01-15T09:00:00Z"} | members))
    refused(live.verify(await secured(document, SIGNER, created=PAST)), 400, code, pointer)


async def test_proofs_out_of_their_time(live: NodeProcess) -> None:
    expired = await secured(credential(SIGNER), SIGNER, created=PAST, more={"expires": (NOW - timedelta(hours=1)).isoformat()})
    refused(live.verify(expired), 400, "time.proof_expired", "/proof/expires")
    ahead = await secured(credential(SIGNER), SIGNER, created=NOW + timedelta(hours=1))
    refused(live.verify(ahead), 400, "time.proof_from_future", "/proof/created")


async def test_ecdsa_signatures(live: NodeProcess) -> None:
    document: Any = await secured(credential(P256), P256, "ecdsa-rdfc-2019", created=PAST)
    data = base58.b58decode(document["proof"]["proofValue"][1:])
    r, s = int.from_bytes(data[:32], "big"), int.from_bytes(data[32:], "big")

    def with_halves(first: int, second: int, length: int = 32) -> Reply:
        value = "z" + base58.b58encode(first.to_bytes(length, "big") + second.to_bytes(length, "big")).decode()
        return live.verify(changed(document, put("proof", "proofValue", value=value)))

    # The other half of the same signature is as valid: hardware makes either.
    assert with_halves(r, P256_ORDER - s).code == "confirmed"
    for first, second, length in (
        (0, s, 32),
        (r, 0, 32),
        (P256_ORDER, s, 32),
        (r, P256_ORDER, 32),
        (0, 0, 32),
        (s, r, 32),
        (r, s, 33),
        (r, s, 48),
    ):
        refused(with_halves(first, second, length), 400, "proof.signature_invalid", "/proof/proofValue")


LOW_ORDER: Final = {
    "identity": "0100000000000000000000000000000000000000000000000000000000000000",
    "order 2": "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "order 4": "0000000000000000000000000000000000000000000000000000000000000000",
    "order 8": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "identity, not canonical": "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
}
KEYS: Final = {name: (b"\xed\x01" + bytes.fromhex(key), {"key.weak", "key.malformed"}) for name, key in LOW_ORDER.items()} | {
    "33 bytes": (b"\xed\x01" + bytes(range(33)), {"key.malformed"}),
    "31 bytes": (b"\xed\x01" + bytes(range(31)), {"key.malformed"}),
    "prefix written too long": (b"\xed\x81\x00" + bytes(range(32)), {"key.malformed"}),
    "X25519": (b"\xec\x01" + bytes(range(32)), {"key.unsupported", "key.malformed", "did.method_not_found"}),
    "unknown prefix": (b"\x00\x01" + bytes(range(32)), {"key.unsupported", "key.malformed"}),
    "P-256 off its curve": (b"\x80\x24\x02" + b"\xff" * 32, {"key.malformed"}),
    "P-256 at infinity": (b"\x80\x24\x00", {"key.malformed"}),
    "P-256 not compressed": (b"\x80\x24\x04" + bytes(64), {"key.malformed"}),
    "nothing": (b"", {"key.malformed", "did.invalid"}),
}


@pytest.mark.parametrize("name", KEYS)
async def test_weak_and_malformed_keys(live: NodeProcess, issued: Any, name: str) -> None:
    data, codes = KEYS[name]
    text = "z" + base58.b58encode(data).decode()
    # The constant signature that fits every document under the identity.
    constant = "z" + base58.b58encode(bytes.fromhex(LOW_ORDER["identity"]) + bytes(32)).decode()
    forged = changed(issued, put("issuer", value=f"did:key:{text}"))
    forged["proof"] |= {"verificationMethod": f"did:key:{text}#{text}", "proofValue": constant}
    reply = live.verify(forged)
    assert reply.status == 400
    assert reply.code in codes, reply.code
    assert reply.pointer == "/proof/verificationMethod"


# --- presentations ---------------------------------------------------------------------------------------------------------------


async def shown(
    holder: MemorySigner | None, *credentials: Any, signer: MemorySigner = SIGNER, purpose: str = "authentication", **options: Any
) -> Any:
    return await secured(presentation(holder, *credentials), signer, purpose=purpose, created=PAST, more=options or None)


@pytest.fixture(scope="module")
async def good() -> Any:
    return await secured(credential(SIGNER), SIGNER, created=PAST)


@pytest.fixture(scope="module")
async def second() -> Any:
    return await secured(credential(SIGNER, id="urn:uuid:3b1f3f2e-6f0e-4d55-9a86-0f3f6f7f1c02"), SIGNER, created=PAST)


async def test_a_good_presentation_is_confirmed(live: NodeProcess, good: Any, second: Any) -> None:
    asked = await shown(STRANGER, good, second, signer=STRANGER, challenge="c-1", domain="verifier.example")
    report = live.verify_presentation(asked, challenge="c-1", domain="verifier.example").json
    assert (report["verified"], report["presenter"]) == (True, STRANGER.did)
    assert [inner["verified"] for inner in report["credentials"]] == [True, True]
    assert "holder.not_subject" in {finding["code"] for finding in report["findings"]}
    assert live.verify_presentation(asked).code == "confirmed"
    assert live.verify_presentation(await shown(None, good)).json["presenter"] == SIGNER.did


@pytest.mark.parametrize("challenge", ["c-1 ", " c-1", "C-1", "c-11", "c-", "c-1\u0000", "c\u20111", "x"])
async def test_a_replayed_challenge(live: NodeProcess, good: Any, challenge: str) -> None:
    document = await shown(SIGNER, good, challenge="c-1", domain="verifier.example")
    if "\0" in challenge:
        refused(live.verify_presentation(document, challenge=challenge), 400, "json.nul_character", "/options/challenge")
        return
    refused(
        live.verify_presentation(document, challenge=challenge, domain="verifier.example"), 400, "binding.challenge", "/proof/challenge"
    )


@pytest.mark.parametrize(
    "domain",
    ["evil.example", "verifier.example.evil.example", "verifier.example.", "VERIFIER.example", "https://verifier.example", "example"],
)
async def test_a_presentation_for_another_verifier(live: NodeProcess, good: Any, domain: str) -> None:
    document = await shown(SIGNER, good, challenge="c-1", domain="verifier.example")
    refused(live.verify_presentation(document, challenge="c-1", domain=domain), 400, "binding.domain", "/proof/domain")


async def test_a_presentation_that_answers_nobody(live: NodeProcess, good: Any) -> None:
    document = await shown(SIGNER, good)
    refused(live.verify_presentation(document, challenge="c-1"), 400, "binding.challenge", "/proof/challenge")
    refused(live.verify_presentation(document, domain="verifier.example"), 400, "binding.domain", "/proof/domain")
    assert "freshness.not_checked" in {finding["code"] for finding in live.verify_presentation(document).json["findings"]}


async def test_challenges_cannot_be_written_into_a_proof_afterwards(live: NodeProcess, good: Any) -> None:
    document = await shown(SIGNER, good, challenge="c-1", domain="verifier.example")
    moved = changed(document, put("proof", "challenge", value="c-2"))
    refused(
        live.verify_presentation(moved, challenge="c-2", domain="verifier.example"), 400, "proof.signature_invalid", "/proof/proofValue"
    )
    moved = changed(document, put("proof", "domain", value=["verifier.example", "evil.example"]))
    refused(live.verify_presentation(moved, challenge="c-1", domain="evil.example"), 400, "binding.domain", "/proof/domain")
    moved = changed(document, put("proof", "domain", value="evil.example"))
    reply = live.verify_presentation(moved, challenge="c-1", domain="evil.example")
    refused(reply, 400, "proof.signature_invalid", "/proof/proofValue")


async def test_the_holder_and_the_signer(live: NodeProcess, good: Any) -> None:
    refused(live.verify_presentation(await shown(SIGNER, good, signer=STRANGER)), 400, "binding.holder_mismatch", "/holder")
    for purpose in ("assertionMethod", "keyAgreement"):
        refused(live.verify_presentation(await shown(SIGNER, good, purpose=purpose)), 400, "binding.purpose", "/proof/proofPurpose")
    bare = presentation(SIGNER, good)
    refused(live.verify_presentation(bare), 400, "proof.missing", "/proof")
    refused(live.verify_presentation({**bare, "proof": good["proof"]}), 400, "binding.purpose", "/proof/proofPurpose")


FORGERIES: Final[dict[str, tuple[Any, str, str]]] = {
    "claim changed": (put("credentialSubject", "name", value="Mallory"), "proof.signature_invalid", "/proof/proofValue"),
    "proof removed": (put("proof", value=...), "proof.missing", "/proof"),
    "issuer exchanged": (put("issuer", value=STRANGER.did), "binding.issuer_mismatch", "/issuer"),
    "validity added": (put("validUntil", value="2099-01-01T00:00:00Z"), "proof.signature_invalid", "/proof/proofValue"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
@pytest.mark.parametrize("place", [0, 1])
async def test_a_forged_credential_in_a_well_signed_presentation(live: NodeProcess, good: Any, second: Any, name: str, place: int) -> None:
    change, code, pointer = FORGERIES[name]
    inside = [good, second]
    inside[place] = changed(inside[place], change)
    # By somebody else than the issuer: whoever presents their own claims needs no second proof.
    reply = live.verify_presentation(await shown(STRANGER, *inside, signer=STRANGER))
    refused(reply, 400, code, f"/verifiableCredential/{place}{pointer}")
    assert [inner["verified"] for inner in reply.json["credentials"]] == [place != 0, place != 1]


async def test_a_credential_added_or_removed_afterwards(live: NodeProcess, good: Any) -> None:
    document = await shown(SIGNER, good)
    more = changed(document, lambda value: value["verifiableCredential"].append(good | {"id": "urn:uuid:another"}))
    assert live.verify_presentation(more).code == "proof.signature_invalid"
    refused(
        live.verify_presentation(changed(document, put("verifiableCredential", value=...))),
        400,
        "proof.signature_invalid",
        "/proof/proofValue",
    )


async def test_documents_at_the_wrong_door(live: NodeProcess, good: Any) -> None:
    document = await shown(SIGNER, good)
    assert live.verify(document).code == "model.type_missing"
    assert live.verify_presentation(good).code == "model.type_missing"
    both = await secured({**credential(SIGNER), "type": ["VerifiableCredential", "VerifiablePresentation"]}, SIGNER, created=PAST)
    assert live.verify(both).json["verified"] in {True, False}


async def test_seventeen_credentials(live: NodeProcess, good: Any) -> None:
    document = changed(await shown(SIGNER, good), put("verifiableCredential", value=[good] * 17))
    refused(live.verify_presentation(document), 400, "model.too_many", "/verifiableCredential")


async def test_sixteen_credentials_of_the_node_are_confirmed_in_time(live: NodeProcess) -> None:
    credentials = [live.issue(unsigned(live.did, id=f"urn:uuid:{number:08d}-0000-4000-8000-000000000016")) for number in range(16)]
    reply = live.verify_presentation(live.present(*credentials))
    assert (reply.code, len(reply.json["credentials"])) == ("confirmed", 16)


async def test_a_credential_that_is_shown_twice_is_confirmed_twice(live: NodeProcess, good: Any) -> None:
    reply = live.verify_presentation(await shown(SIGNER, good, good))
    assert (reply.code, [inner["verified"] for inner in reply.json["credentials"]]) == ("confirmed", [True, True])


async def test_jcs_proofs_hold_the_context(live: NodeProcess) -> None:
    document: Any = await secured(credential(SIGNER), SIGNER, "eddsa-jcs-2022", created=PAST)
    assert live.verify(document).code == "confirmed"
    refused(live.verify(changed(document, put("@context", value=[OPEN_BADGES, V2]))), 400, "model.context_missing", "/@context")
    refused(live.verify(changed(document, put("proof", "@context", value=[OPEN_BADGES]))), 400, "proof.context_mismatch", "/proof/@context")
    assert live.verify({name: document[name] for name in reversed(document)}).code == "confirmed"
