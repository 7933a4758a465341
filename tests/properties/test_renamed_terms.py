"""What a reader looks for by name cannot be hidden under its IRI: each of these was once signed, overlooked and confirmed."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, Final

import pytest

from atesto.errors import AtestoError
from atesto.linked_data.reserved import RESERVED
from atesto.verification.nested import nested_parts
from tests.simulators.parts import CONTEXTS, NOW, PROCESSOR, MemorySigner, credential, issuer, presentation, secured, verifier

V2: Final = "https://www.w3.org/ns/credentials/v2"
EXAMPLES: Final = Path(__file__).resolve().parents[2] / "examples"
BADGE: Final = Path(__file__).resolve().parents[2] / "scripts" / "bench_badge.json"
CREDENTIALS: Final = "https://www.w3.org/2018/credentials#"
DATE_TIME: Final = "http://www.w3.org/2001/XMLSchema#dateTime"
ISSUER = MemorySigner.numbered(91)
HOLDER = MemorySigner.numbered(92)
STATUS: Final = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://issuer.example/status/1",
}


def renamed(document: Any, name: str, iri: str, value: Any = None) -> Any:
    result = copy.deepcopy(document)
    result[iri] = result.pop(name) if value is None else (result.pop(name), value)[1]
    return result


async def code_of(document: Any, policy: str = "strict") -> str:
    report = await verifier(policy).verify_credential(document, now=NOW)
    return report.problems[0].code if report.problems else "confirmed"


def dated(text: str) -> dict[str, str]:
    return {"@value": text, "@type": DATE_TIME}


@pytest.mark.parametrize("policy", ["strict", "interop"])
@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("validUntil", "2020-01-01T00:00:00Z", dated("2020-01-01T00:00:00Z")),
        ("validFrom", "2030-01-01T00:00:00Z", dated("2030-01-01T00:00:00Z")),
        ("credentialStatus", STATUS, STATUS),
        ("credentialSchema", {"id": "https://a.example/s", "type": "JsonSchema"}, {"id": "https://a.example/s", "type": "JsonSchema"}),
        ("name", "Certificate", "Certificate"),
    ],
)
async def test_an_iri_in_a_name_s_place_is_refused(policy: str, name: str, value: Any, written: Any) -> None:
    iri = CREDENTIALS + name if name != "name" else "https://schema.org/name"
    signed = await secured(credential(ISSUER, **{name: value}), ISSUER)
    hidden = renamed(signed, name, iri, written)
    # The statements are the same: it is not the signature that finds it.
    plain = {key: value for key, value in signed.items() if key != "proof"}
    assert await code_of(hidden, policy) == "linked_data.renamed_term"
    with pytest.raises(AtestoError) as caught:
        await issuer(ISSUER, policy=policy).issue(renamed(plain, name, iri, written), now=NOW)
    assert caught.value.code == "linked_data.renamed_term"


async def test_a_version_1_1_date_under_the_words_of_version_2_is_refused() -> None:
    signed = await secured(credential(ISSUER), ISSUER)
    hidden = {**signed, CREDENTIALS + "issuanceDate": dated("2030-01-01T00:00:00Z")}
    assert await code_of(hidden) == "linked_data.renamed_term"


@pytest.mark.parametrize("name", ["https://w3id.org/security#expiration", "sec:expiration"])
async def test_a_proof_s_end_cannot_be_hidden(name: str) -> None:
    signed: Any = await secured(credential(ISSUER), ISSUER, more={"expires": "2020-01-01T00:00:00Z"})
    assert await code_of(signed) == "time.proof_expired"
    signed["proof"] = renamed(signed["proof"], "expires", name, dated("2020-01-01T00:00:00Z"))
    assert await code_of(signed) != "confirmed"


async def test_a_second_word_for_a_proof_s_end_is_refused_where_documents_bring_words() -> None:
    context = [V2, {"ende": {"@id": "https://w3id.org/security#expiration", "@type": DATE_TIME}}]
    signed: Any = await secured(credential(ISSUER, context=context), ISSUER, more={"expires": "2020-01-01T00:00:00Z"})
    signed["proof"] = renamed(signed["proof"], "expires", "ende")
    assert await code_of(signed, "interop") == "proof.member_unknown"


@pytest.mark.parametrize(("iri", "name"), RESERVED.items())
async def test_a_second_word_for_a_reserved_iri_is_refused(iri: str, name: str) -> None:
    document = credential(ISSUER, context=[V2, {"anders": {"@id": iri, "@type": "@id"}}], anders="urn:x:y")
    with pytest.raises(AtestoError) as caught:
        PROCESSOR.dataset_of(document)
    assert (caught.value.code, caught.value.pointer) == ("linked_data.renamed_term", "/anders")
    assert name


def test_the_table_is_what_the_bundled_contexts_say() -> None:
    """Every reserved IRI is what its name becomes in some bundled context, and no bundled context has another term for it."""
    names: dict[str, set[str]] = {}
    for entry in {id(entry): entry for entry in CONTEXTS.entries.values()}.values():
        for term, iri in terms_of(entry.document["@context"], {}):
            names.setdefault(iri, set()).add(term)
    assert {iri: {name} for iri, name in RESERVED.items()} == {iri: names.get(iri, set()) for iri in RESERVED}


def terms_of(context: Any, prefixes: dict[str, str]) -> Any:
    """Terms and IRIs of a context document, scoped ones included; compact IRIs are written out."""
    if isinstance(context, list):
        for item in context:
            yield from terms_of(item, prefixes)
    if not isinstance(context, dict):
        return
    known = prefixes | {name: value for name, value in context.items() if isinstance(value, str)}
    for name, value in context.items():
        iri = value if isinstance(value, str) else value.get("@id") if isinstance(value, dict) else None
        if isinstance(iri, str) and not name.startswith("@"):
            prefix, _, rest = iri.partition(":")
            yield name, known[prefix] + rest if prefix in known and not rest.startswith("//") else iri
        if isinstance(value, dict) and "@context" in value:
            yield from terms_of(value["@context"], known)


async def test_a_credential_cannot_be_hidden_in_a_presentation() -> None:
    forged = {"type": ["VerifiableCredential"], "issuer": "did:key:z6MkUniversity", "credentialSubject": {"name": "x"}}
    for name, written in (("verifiableCredential", forged), ("holder", {"id": ISSUER.did})):
        hidden = presentation(None, **{CREDENTIALS + name: written})
        with pytest.raises(AtestoError) as caught:
            await secured(hidden, HOLDER, purpose="authentication")
        assert (caught.value.code, caught.value.detail[:10]) == ("linked_data.renamed_term", "The member")
        signed: Any = await secured(presentation(None), HOLDER, purpose="authentication")
        report = await verifier().verify_presentation({**hidden, "proof": signed["proof"]}, now=NOW)
        assert report.problems[0].code == "linked_data.renamed_term"


async def test_a_document_is_one_of_the_two() -> None:
    good = await secured(credential(ISSUER), ISSUER)
    both: Any = {**credential(ISSUER), "type": ["VerifiableCredential", "VerifiablePresentation"], "verifiableCredential": [good]}
    signed = await secured(both, ISSUER)
    assert await code_of(signed) == "model.ambiguous"
    report = await verifier().verify_presentation(signed, now=NOW)
    assert report.problems[0].code == "model.ambiguous"
    assert await code_of({**good, "verifiableCredential": [good]}) == "model.ambiguous"


async def test_proofs_inside_a_credential_in_no_credential_s_place_are_said_to_be_unverified() -> None:
    evidence = {"type": ["Evidence"], "id": "urn:uuid:5", "proof": {"type": "DataIntegrityProof"}}
    parts, proofs = nested_parts(credential(ISSUER, evidence=[evidence], proof={"proof": {}}))
    assert (parts, proofs) == ([], ["/evidence/0"])
    assert nested_parts(await secured(credential(ISSUER), ISSUER)) == ([], [])


@pytest.mark.parametrize("value", [[], [[]], {"@set": []}, [[], [[]]]])
async def test_a_name_without_a_value_says_nothing_and_is_refused(value: Any) -> None:
    signed: Any = await secured(credential(ISSUER), ISSUER)
    signed["credentialSubject"] = signed["credentialSubject"] | {"urn:degree:PhD-in-Physics": value}
    assert await code_of(signed) != "confirmed"
    signed = await secured(credential(ISSUER), ISSUER)
    signed["proof"] = signed["proof"] | {"urn:note:PhD": value}
    assert await code_of(signed) != "confirmed"


async def test_who_presents_does_not_depend_on_the_order_of_proofs() -> None:
    shown = await secured(await secured(presentation(None), HOLDER, purpose="authentication"), ISSUER, purpose="authentication")
    report = await verifier().verify_presentation(shown, now=NOW)
    assert (report.verified, report.problems[0].code) == (False, "binding.holder_mismatch")


async def test_every_term_of_a_badge_written_out_is_refused() -> None:
    """Names and types alike, one at a time: the statements stay the same, and the document is another to a reader."""
    badge = json.loads(BADGE.read_bytes())
    before = frozenset(PROCESSOR.dataset_of(badge))
    tried = 0
    for path, name in members_of(badge, ()):
        iri = iri_of(badge, path, name)
        if iri is None:
            continue
        changed = copy.deepcopy(badge)
        target = changed
        for step in path:
            target = target[step]
        target[iri] = target.pop(name)
        tried += 1
        try:
            after = frozenset(PROCESSOR.dataset_of(changed))
        except AtestoError:
            continue
        assert after != before, (path, name, iri)
    assert tried > 20


def members_of(value: Any, path: tuple[Any, ...]) -> Any:
    if isinstance(value, dict):
        for name, member in value.items():
            if not name.startswith("@") and name not in {"id", "type"}:
                yield path, name
            yield from members_of(member, (*path, name)) if name != "@context" else ()
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from members_of(item, (*path, index))


def iri_of(document: Any, path: tuple[Any, ...], name: str) -> str | None:
    """The IRI of a member: the predicate that goes when the member goes."""
    without = copy.deepcopy(document)
    target = without
    for step in path:
        target = target[step]
    del target[name]
    try:
        left = {quad[1] for quad in PROCESSOR.dataset_of(without)}
    except AtestoError:
        return None
    gone = {quad[1] for quad in PROCESSOR.dataset_of(document)} - left
    return next(iter(gone))[1:-1] if len(gone) == 1 else None
