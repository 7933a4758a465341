"""Credential schemas: a closed registry, nothing fetched, linear expressions, asserted formats; what they say at issue and verify."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.credentials.json_schema import DRAFTS, SchemaFault, first_fault
from atesto.credentials.schema import NO_SCHEMAS, SchemaRegistry
from atesto.errors import AtestoError, MalformedInput
from tests.simulators.parts import NOW, MemorySigner, credential, issuer, secured, verifier

if TYPE_CHECKING:
    from atesto.verification.pipeline import Verifier
    from atesto.verification.report import Report

SIGNER: Final = MemorySigner.numbered(4)
URL: Final = "https://university.example/schemas/attendance.json"
ENTRY: Final = {"id": URL, "type": "JsonSchema"}
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema(draft: str = DRAFT, rules: dict[str, Any] | None = None, **members: Any) -> bytes:
    return json.dumps({"$schema": draft, **(rules or {}), **members}).encode()


def registry(data: bytes, url: str = URL) -> SchemaRegistry:
    return SchemaRegistry.of({url: (data, hashlib.sha256(data).hexdigest())})


def subject(**rules: Any) -> bytes:
    return schema(properties={"credentialSubject": {"type": "object", **rules}})


def judge(data: bytes, policy: str = "strict") -> Verifier:
    return dataclasses.replace(verifier(policy), schemas=registry(data))


async def verify(data: bytes, **members: Any) -> Report:
    document = await secured(credential(SIGNER, **({"credentialSchema": ENTRY} | members)), SIGNER)
    return await judge(data).verify_credential(document, now=NOW)


def fault(report: Report) -> tuple[int, str, str]:
    (result,) = (result for result in report.stations if result.error is not None)
    assert result.error is not None
    return int(result.station), result.error.code, result.error.pointer


@pytest.mark.parametrize("draft", [*DRAFTS, "http://json-schema.org/draft-07/schema#"])
async def test_a_registered_schema_is_applied(draft: str) -> None:
    data = schema(draft, properties={"credentialSubject": {"required": ["id", "name"]}})
    good = await verify(data)
    assert good.verified, good.problems
    assert good.findings == ()
    bad = await verify(data, credentialSubject={"id": "did:example:learner"})
    assert fault(bad) == (10, "schema.not_satisfied", "/credentialSubject")
    assert bad.problems[0].detail == f"The rule /properties/credentialSubject/required of {URL} does not hold."


async def test_the_document_is_judged_without_its_proof_and_as_a_whole() -> None:
    closed = schema(additionalProperties=False, required=["issuer"], properties=dict.fromkeys(
        ["@context", "id", "type", "issuer", "validFrom", "name", "credentialSubject", "credentialSchema"], True
    ))  # fmt: skip
    assert (await verify(closed)).verified


async def test_nothing_of_a_claim_is_repeated() -> None:
    report = await verify(subject(properties={"name": {"const": "Somebody"}}))
    assert fault(report) == (10, "schema.not_satisfied", "/credentialSubject/name")
    assert "Noor" not in json.dumps(report.to_json())


async def test_one_of_several_schemas() -> None:
    report = await verify(
        subject(required=["grade"]),
        credentialSchema=[{"id": "urn:s:other", "type": "JsonSchema"}, {"id": URL, "type": ["JsonSchema"]}],
    )
    assert fault(report) == (10, "schema.not_satisfied", "/credentialSubject")


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "https://elsewhere.example/s.json", "type": "JsonSchema"},
        {"id": URL, "type": "JsonSchemaCredential"},
        {"id": URL, "type": "https://example.org/#ShaclValidator2017"},
        {"id": URL + "#", "type": "JsonSchema"},
    ],
)
async def test_what_is_not_applied_is_said(entry: dict[str, str]) -> None:
    report = await verify(subject(required=["grade"]), credentialSchema=entry)
    assert report.verified
    assert [(finding.code, finding.pointer) for finding in report.findings] == [("schema.not_checked", "/credentialSchema")]


async def test_a_type_that_has_a_name_is_not_written_as_its_iri() -> None:
    with pytest.raises(AtestoError) as caught:
        await verify(subject(required=["grade"]), credentialSchema={"id": URL, "type": "https://www.w3.org/2018/credentials#JsonSchema"})
    assert (caught.value.code, caught.value.pointer) == ("linked_data.renamed_term", "/credentialSchema/type")


async def test_the_entry_may_state_the_schemas_digest() -> None:
    data = subject()
    report = await verify(data, credentialSchema=ENTRY | {"digestMultibase": "uEiA" + "A" * 43})
    assert fault(report) == (10, "resource.digest_mismatch", "/credentialSchema/digestMultibase")
    sri = "sha384-" + b64encode(hashlib.sha384(data).digest()).decode()
    assert (await verify(data, credentialSchema=ENTRY | {"digestSRI": sri})).verified
    assert (await verify(data, relatedResource={"id": URL, "digestSRI": sri})).findings == ()
    report = await verify(data, relatedResource={"id": URL, "digestSRI": "sha384-" + "A" * 64})
    assert fault(report) == (10, "resource.digest_mismatch", "/relatedResource/digestSRI")


async def test_an_issuer_signs_nothing_that_breaks_the_schema() -> None:
    data = subject(required=["name"])
    careful = dataclasses.replace(issuer(SIGNER), verifier=judge(data))
    assert "proof" in await careful.issue(credential(SIGNER, credentialSchema=ENTRY), now=NOW)
    with pytest.raises(AtestoError) as caught:
        await careful.issue(credential(SIGNER, credentialSchema=ENTRY, credentialSubject={"id": "did:example:l"}), now=NOW)
    assert (caught.value.code, caught.value.pointer) == ("schema.not_satisfied", "/credentialSubject")


UNUSABLE: Final[dict[str, tuple[bytes, str]]] = {
    "a remote reference": (schema(rules={"$ref": "http://127.0.0.1:9/other.json"}), "schema.malformed"),
    "a reference to a file": (schema(rules={"$ref": "file:///etc/passwd"}), "schema.malformed"),
    "a reference beside its own id": (schema(rules={"$id": "https://university.example/a.json", "$ref": "b.json"}), "schema.malformed"),
    "a reference to nothing": (schema(rules={"$ref": "#/$defs/none"}), "schema.malformed"),
    "no draft": (b'{"type": "object"}', "schema.malformed"),
    "another draft": (schema("http://json-schema.org/draft-04/schema#"), "schema.malformed"),
    "a draft of its own": (schema("https://university.example/draft"), "schema.malformed"),
    "a draft that is no text": (b'{"$schema": 7}', "schema.malformed"),
    "no such type": (schema(type="thing"), "schema.malformed"),
    "an expression that looks back": (schema(pattern=r"(a+)\1"), "schema.malformed"),
    "an expression that looks ahead": (schema(pattern=r"(?=a)b"), "schema.malformed"),
    "not JSON": (b"type: object", "json.invalid"),
    "a list": (b"[]", "json.not_an_object"),
    "a member twice": (b'{"$schema": "x", "$schema": "y"}', "json.duplicate_member"),
}


@pytest.mark.parametrize(("data", "code"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_an_unusable_schema_is_refused_when_it_is_registered(data: bytes, code: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        registry(data)
    assert caught.value.code == code
    assert caught.value.detail.startswith(URL)


def test_a_schema_is_held_to_its_digest() -> None:
    with pytest.raises(MalformedInput) as caught:
        SchemaRegistry.of({URL: (schema(), "0" * 64)})
    assert caught.value.code == "schema.digest_mismatch"
    data = schema()
    assert SchemaRegistry.of({URL: (data, hashlib.sha256(data).hexdigest().upper())}).entries == {URL: data}
    assert NO_SCHEMAS.known_digests(URL) is None


def test_references_within_a_schema_hold() -> None:
    data = schema(rules={"$defs": {"n": {"type": "string"}}, "properties": {"a": {"$ref": "#/$defs/n"}, "b": {"$ref": "#"}}})
    registry(data)
    assert first_fault(data, {"a": "x", "b": {"a": "y"}}) is None
    assert first_fault(data, {"a": "x", "b": {"a": 7}}) == SchemaFault("/b/a", "/$defs/n/type")


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("date-time", "2026-06-15T09:00:00Z", "2026-06-15"),
        ("date", "2026-06-15", "15 June"),
        ("uri", "https://example.org/", "not a url"),
        ("email", "noor@example.org", "noor"),
    ],
)
def test_formats_are_asserted(draft: str, name: str, good: str, bad: str) -> None:
    data = schema(draft, properties={"x": {"format": name}})
    assert first_fault(data, {"x": good}) is None
    assert first_fault(data, {"x": bad}) == SchemaFault("/x", "/properties/x/format")


def test_expressions_are_linear() -> None:
    data = schema(properties={"x": {"pattern": "^(a+)+$"}})
    started = time.process_time()
    assert first_fault(data, {"x": "a" * 100_000 + "!"}) is not None
    assert time.process_time() - started < 2


def test_the_first_fault_is_the_first_by_its_pointer() -> None:
    data = schema(additionalProperties={"type": "string"})
    names = [f"m{number:03}" for number in range(90)]
    assert first_fault(data, dict.fromkeys(reversed(names), 7)) == SchemaFault("/m000", "/additionalProperties/type")
    assert first_fault(schema(rules={"not": {}}), {}) == SchemaFault("", "/not")
