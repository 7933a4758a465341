"""What a reader looks for at the top cannot be moved to another object with the same id: the statements stay, the verdict would not."""

from __future__ import annotations

import copy
from typing import Any, Final

import pytest

from atesto.errors import AtestoError
from tests.simulators.parts import NOW, PROCESSOR, MemorySigner, credential, issuer, presentation, secured, verifier

V2: Final = "https://www.w3.org/ns/credentials/v2"
BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
ISSUER: Final = MemorySigner.numbered(93)
HOLDER: Final = MemorySigner.numbered(94)
ID: Final = "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33"
ENDED: Final = {"validFrom": "2019-01-01T00:00:00Z", "validUntil": "2020-01-01T00:00:00Z"}
STATUS: Final = {
    "id": "https://issuer.example/status/1#7",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://issuer.example/status/1",
}


def badge(source: Any, **members: Any) -> dict[str, Any]:
    """A badge whose assertion came from the badge itself: odd, and allowed."""
    achievement = {"id": f"{ID}1", "type": ["Achievement"], "name": "n", "description": "d", "criteria": {"narrative": "c"}}
    subject = {"id": "did:example:learner", "type": ["AchievementSubject"], "achievement": achievement, "source": source}
    return credential(ISSUER, id=ID, context=[V2, BADGES], credentialSubject=subject, **members)


async def code_of(document: Any, policy: str = "strict") -> str:
    report = await verifier(policy).verify_credential(document, now=NOW)
    return report.problems[0].code if report.problems else "confirmed"


@pytest.mark.parametrize("policy", ["strict", "interop"])
@pytest.mark.parametrize("source", [{"id": ID}, ID], ids=["object", "text"])
@pytest.mark.parametrize(("name", "before"), [("validUntil", "time.expired"), ("credentialStatus", "status.unreachable")])
async def test_moved_members_are_refused(policy: str, source: Any, name: str, before: str) -> None:
    signed: Any = await secured(badge(source, **(ENDED if name == "validUntil" else {"credentialStatus": STATUS})), ISSUER)
    assert await code_of(signed, policy) == before
    moved = copy.deepcopy(signed)
    moved["credentialSubject"]["source"] = {"id": ID, "type": ["Profile", "VerifiableCredential"], name: moved.pop(name)}
    report = await verifier(policy).verify_credential(moved, now=NOW)
    assert [(problem.code, problem.pointer) for problem in report.problems] == [("linked_data.split_node", "/credentialSubject/source")]


async def test_a_subject_that_is_its_own_credential_holds_no_member_of_it() -> None:
    with pytest.raises(AtestoError) as caught:
        await secured(credential(ISSUER, id=ID, **ENDED, credentialSubject={"id": ID, "name": "x"}), ISSUER)
    assert (caught.value.code, caught.value.pointer) == ("linked_data.split_node", "/credentialSubject")


async def test_issuing_refuses_it_too() -> None:
    with pytest.raises(AtestoError) as caught:
        await issuer(ISSUER).issue(badge({"id": ID, "type": ["Profile"]}), now=NOW)
    assert (caught.value.code, caught.value.pointer) == ("linked_data.split_node", "/credentialSubject/source")


async def test_each_credential_of_a_presentation_is_a_document_of_its_own() -> None:
    """A reference to the credential inside a credential; the presentation's own id inside it is another graph's affair."""
    own = await secured(badge({"id": ID}, issuer=HOLDER.did), HOLDER)
    shown = presentation(HOLDER, own, id="urn:uuid:0b7a1d8e-5f07-4c1c-9d59-5c0d1a3f2e11")
    assert PROCESSOR.dataset_of(shown)
    split: Any = copy.deepcopy(shown)
    split["verifiableCredential"][0]["credentialSubject"]["source"] = {"id": ID, "type": ["Profile"], "name": "x"}
    with pytest.raises(AtestoError) as caught:
        PROCESSOR.dataset_of(split)
    assert (caught.value.code, caught.value.pointer) == ("linked_data.split_node", "/verifiableCredential/0/credentialSubject/source")


async def test_credentials_of_a_learner_record_are_in_the_graph_of_the_record() -> None:
    """CLR 2.0 has a member of the same name that makes no graph: what stands in it goes on about the record itself."""
    clr = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
    inner: Any = {**badge({"id": ID}), "id": f"{ID}2"}
    inner.pop("@context")

    def record(listed: Any) -> Any:
        subject = {"id": "did:example:learner", "type": ["ClrSubject"], "verifiableCredential": [listed]}
        types = ["VerifiableCredential", "ClrCredential"]
        return credential(ISSUER, id=ID, context=[V2, clr, BADGES], type=types, credentialSubject=subject)

    assert PROCESSOR.dataset_of(record(inner))
    with pytest.raises(AtestoError) as caught:
        PROCESSOR.dataset_of(record({**inner, "id": ID}))
    assert (caught.value.code, caught.value.pointer) == ("linked_data.split_node", "/credentialSubject/verifiableCredential/0")
    inner["credentialSubject"]["source"] = {"id": ID, "type": ["VerifiableCredential"], "validUntil": "2020-01-01T00:00:00Z"}
    with pytest.raises(AtestoError) as caught:
        PROCESSOR.dataset_of(record(inner))
    pointer = "/credentialSubject/verifiableCredential/0/credentialSubject/source"
    assert (caught.value.code, caught.value.pointer) == ("linked_data.split_node", pointer)


async def test_organisations_may_be_described_twice() -> None:
    """Only the document's own members have a place of their own."""
    profile = {"id": ISSUER.did, "type": ["Profile"], "name": "Harbour College"}
    signed = await secured(badge(profile, issuer=profile), ISSUER)
    assert await code_of(signed) == "confirmed"


@pytest.mark.parametrize("wrapper", ["@set", "@list", "@value"])
@pytest.mark.parametrize("name", ["credentialSubject", "issuer", "evidence", "credentialStatus"])
async def test_a_wrapper_in_an_object_s_place_is_refused(name: str, wrapper: str) -> None:
    evidence = {"id": "urn:uuid:2b1e0b52-b9a5-44de-9bd5-0a5e2a4b7c55", "type": ["Evidence"]}
    signed: Any = await secured(
        credential(ISSUER, context=[V2, BADGES], issuer={"id": ISSUER.did}, evidence=evidence, credentialStatus=STATUS), ISSUER
    )
    for value in ({wrapper: [signed[name]]}, [{wrapper: [signed[name]]}]):
        if name == "issuer" and isinstance(value, list):
            continue
        assert await code_of({**signed, name: value}) == "model.member_malformed"


async def test_an_empty_type_says_nothing_and_is_refused() -> None:
    signed: Any = await secured(credential(ISSUER), ISSUER)
    signed["credentialSubject"] = signed["credentialSubject"] | {"type": []}
    assert await code_of(signed) == "linked_data.dropped_value"
