"""Our European Digital Credentials against the published shapes and context; the Commission's sample through our reader.

The shapes are applied to the credential without proof, status and terms of use: they demand of the latter two what no context of
Verifiable Credentials can say. Their imports are not followed; the files are read together instead.
"""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyshacl
import pytest
from hypothesis import given, settings
from rdflib import OWL, Graph

from atesto.issuance.award import issue_award
from atesto.linked_data.dataset import dataset_of_expanded
from atesto.linked_data.pyld_gateway import PyldGateway
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.check import check as edc_check
from atesto.profiles.edc.read import read
from atesto.profiles.edc.vocabulary import EDC_AP
from atesto.recognition.frameworks.eu_2022.check import check
from atesto.recognition.frameworks.eu_2022.element_result import Status
from tests.reference_data import reference
from tests.simulators.awards import CREDENTIAL_ID, EXAMPLES, PDF_FILE, PNG_FILE, changed, credential, example, records, supplements
from tests.simulators.parts import CONTEXTS, PROCESSOR, MemorySigner, issuer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.encoding.strict_json import JsonObject
    from atesto.profiles.award.record import Award

FULL = ("EDC-generic-no-cv.ttl", "EDC-generic-full.ttl")
MANDATE = (*FULL, "EDC-issuedByMandate.ttl")
ACCREDITED = (*FULL, "EDC-accredited.ttl")
SUPPLEMENT = "de-diplomzusatz-wasserwirtschaft"
NOT_FOR_SHAPES = ("proof", "credentialStatus", "termsOfUse")

AFTERWARDS = datetime(2026, 8, 1, 12, tzinfo=UTC)
"""A moment behind the day of every example award."""


@lru_cache(maxsize=8)
def shapes(names: tuple[str, ...]) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(reference("edc", "shacl", name))
    graph.remove((None, OWL.imports, None))
    return graph


def report(document: JsonObject, names: tuple[str, ...] = FULL) -> str:
    """What the shapes have against the document; empty when it conforms."""
    shapes(names)
    bare = {name: value for name, value in document.items() if name not in NOT_FOR_SHAPES}
    statements = "".join(f"{s} {p} {o} .\n" for s, p, o, graph in PROCESSOR.dataset_of(bare) if not graph)
    conforms, _, text = pyshacl.validate(Graph().parse(data=statements, format="nt"), shacl_graph=shapes(names), inference="none")
    return "" if conforms else str(text)


def sample(name: str) -> Any:
    value = json.loads(reference("edc", "samples", name).read_text(encoding="utf-8"))
    value = json.loads(value["payload"]) if "payload" in value else value
    return value.get("credential", value)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_conforms_to_the_published_shapes(name: str) -> None:
    assert report(credential(parse_award(example(name)))) == ""


GENERIC = "e34929035b"
PROFILES: dict[str, tuple[str, ...]] = {
    GENERIC: FULL,
    "c_9a31f32a": MANDATE,
    "c_7e400154": (*FULL, "EDC-converted.ttl"),
    "c_ae121a00": ACCREDITED,
    "6dff8a0f87": (*ACCREDITED, "EDC-diplomaSupplement.ttl"),
}
MANDATED = {
    "issuer": {"name": "Marine Skills Alliance", "country": "ES", "eidas": "VATES-A00000000", "email": "info@alliance.example"},
    "statement": "By agreement of 2 March 2026.",
}
CONVERTED = {"document": PDF_FILE, "title": "The certificate of 2019", "statement": "Compared with the register of 2019."}
# What makes an award one of a profile, and the code of that profile.
OF_A_PROFILE: list[tuple[str, dict[str, Any], set[str]]] = [
    ("en-tidal-turbines", {}, {GENERIC}),
    ("en-tidal-turbines", {"mandate": MANDATED}, {"c_9a31f32a"}),
    ("en-tidal-turbines", {"conversion": CONVERTED}, {"c_7e400154"}),
    ("en-tidal-turbines", {"conversion": {"document": PNG_FILE}}, {"c_7e400154"}),
    ("en-tidal-turbines", {"accredited": True}, {"c_ae121a00"}),
    (
        "en-tidal-turbines",
        {"mandate": MANDATED, "accredited": True, "conversion": CONVERTED},
        {"c_9a31f32a", "c_ae121a00", "c_7e400154"},
    ),
    ("fr-geothermie-mandat", {}, {"c_9a31f32a"}),
    (SUPPLEMENT, {}, {"6dff8a0f87"}),
    (SUPPLEMENT, {"mandate": MANDATED, "accredited": True}, {"6dff8a0f87", "c_9a31f32a", "c_ae121a00"}),
]


def profiles(document: Any) -> set[str]:
    found = document["credentialProfiles"]
    return {concept["id"].rpartition("/")[2] for concept in (found if isinstance(found, list) else [found])}


@pytest.mark.parametrize(("name", "more", "codes"), OF_A_PROFILE, ids=[f"{name} {' '.join(more)}" for name, more, _ in OF_A_PROFILE])
def test_a_credential_conforms_to_the_shapes_of_each_profile_that_it_names(name: str, more: dict[str, Any], codes: set[str]) -> None:
    document = credential(parse_award({**example(name), **more}))
    assert profiles(document) == codes
    for code in codes:
        assert report(document, PROFILES[code]) == "", code


@pytest.mark.parametrize("code", [code for code in PROFILES if code != GENERIC])
def test_the_shapes_of_a_profile_refuse_a_generic_credential(code: str) -> None:
    assert "evidence" in report(credential(parse_award(example("en-tidal-turbines"))), PROFILES[code])


# Whatever the shapes of the Diploma Supplement demand, by the place from which it is taken.
OF_THE_QUALIFICATION = (
    "language", "mode", "thematicArea", "maximumDuration", "learningOutcome", "awardingOpportunity", "hasPart", "nqfLevel",
)  # fmt: skip
DEMANDED = [
    "credentialSubject.fullName",
    "credentialSubject.dateOfBirth",
    "credentialSubject.hasClaim.creditReceived",
    "credentialSubject.hasClaim.provenBy",
    *(f"credentialSubject.hasClaim.specifiedBy.{member}" for member in OF_THE_QUALIFICATION),
]


@pytest.mark.parametrize("path", DEMANDED)
def test_the_shapes_of_the_supplement_miss_each_of_its_members(path: str) -> None:
    document = json.loads(json.dumps(credential(parse_award(example(SUPPLEMENT)))))
    assert report(changed(document, path, ...), PROFILES["6dff8a0f87"])


@settings(max_examples=10)
@given(supplements())
def test_whatever_supplement_is_written_conforms(record: Any) -> None:
    document = credential(parse_award(record))
    assert report(document, PROFILES["6dff8a0f87"]) == ""


async def test_what_is_issued_conforms() -> None:
    async def draw(award: Award) -> Mapping[str, bytes]:
        return dict.fromkeys(award.page_languages, b"picture")

    secured = await issue_award(
        parse_award(example(EXAMPLES[0])),
        "edc",
        issuer=issuer(MemorySigner.numbered(1)),
        credential_id=CREDENTIAL_ID,
        draw_pages=draw,
        now=AFTERWARDS,
    )
    assert "proof" in secured
    assert report(secured) == ""


@settings(max_examples=25)
@given(records())
def test_whatever_is_written_conforms(record: Any) -> None:
    assert report(credential(parse_award(record))) == ""


def test_the_shapes_are_really_applied() -> None:
    document: Any = credential(parse_award(example(EXAMPLES[0])))
    for pointer in ("issued", "issuer", "displayParameter", "credentialSchema"):
        broken = copy.deepcopy(document)
        del broken[pointer]
        assert report(broken), pointer
    document["credentialSubject"]["hasClaim"]["specifiedBy"]["eqfLevel"]["inScheme"]["id"] = "https://a.example/levels"
    assert "EQF" in report(document)


@pytest.mark.parametrize("name", [*EXAMPLES, "sample"])
def test_the_published_context_gives_the_same_statements(name: str) -> None:
    published = json.loads(reference("edc", "context", "edc-ap-context.jsonld").read_text(encoding="utf-8"))
    ours = PyldGateway(CONTEXTS.document)
    theirs = PyldGateway(lambda url: published if url == EDC_AP else CONTEXTS.document(url))
    document = sample("Sample-MC-Annex1-signed.jsonld") if name == "sample" else credential(parse_award(example(name)))
    quads = set(dataset_of_expanded(ours.expand(document)))
    assert len(quads) > 150
    assert quads == set(dataset_of_expanded(theirs.expand(document)))


def test_the_commissions_sample_has_ten_of_eleven_elements() -> None:
    award = read(sample("Sample-MC-Annex1-signed.jsonld"))
    results = {result.element: result for result in check(award)}
    missing = [name for name, result in results.items() if result.mandatory and result.status is Status.ABSENT]
    assert missing == ["quality_assurance"]
    assert [name for name, result in results.items() if result.status is Status.INVALID] == ["workload"]
    assert "P60M" in results["workload"].detail
    optional = [name for name, result in results.items() if not result.mandatory and result.status is Status.PRESENT]
    assert optional == ["prerequisites", "supervision", "grade", "stackability"]
    assert award.learner is not None
    assert str(award.learner.date_of_birth) == "1999-10-02"
    assert award.mandate is not None
    assert award.mandate.issuer.name == {"en": "ORGANIZACION TEST"}
    assert award.mandate.statement


def test_the_commissions_sealed_sample_has_no_findings() -> None:
    assert edc_check(sample("Sample-MC-Annex1-signed.jsonld")) == ()


def test_the_misspelt_sample_is_reported_by_what_its_misspelling_hides() -> None:
    found = edc_check(sample("credential-sample-with-typo.jsonld"))
    assert [(finding.code, finding.pointer) for finding in found if finding.code != "time.no_offset"] == [
        ("edc.property_missing", "/issuer"),
        ("edc.concept_not_allowed", "/credentialProfiles"),
        ("edc.property_missing", "/displayParameter"),
    ]
    assert "eIDASIdentifier" in found[5].detail


def test_the_minimal_example_has_every_element() -> None:
    value = json.loads(reference("edc", "examples", "minimal-mc-all-elements-unsigned.json").read_text(encoding="utf-8"))
    results = {result.element: result.status for result in check(read(value))}
    # It states its grade without a scale.
    assert [name for name, status in results.items() if status is not Status.PRESENT] == ["grade"]
    assert results["grade"] is Status.INVALID
    value["credentialSubject"]["hasClaim"]["provenBy"]["specifiedBy"]["gradingScheme"] = {
        "type": "GradingScheme",
        "title": {"en": "Points"},
    }
    assert {result.status for result in check(read(value))} == {Status.PRESENT}
    assert edc_check(value) == ()
