"""Our checks of the EDC profiles against the published shapes: we see every violation that they see, and name a rule where we see more.

The statements are PyLD's, which drops what it does not know, as the Commission's own tools do. The shapes are applied to what our check
judges too: without status, proof, holder and terms of use.
"""

from __future__ import annotations

import json
import random
import re
import warnings
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import pyshacl
import pytest
from pyld import jsonld
from rdflib import OWL, RDF, SH, Graph

from atesto.profiles.edc.application_profiles import ACCREDITED, CONVERTED, DIPLOMA_SUPPLEMENT, GENERIC, MANDATE
from atesto.profiles.edc.check import NOT_CONFORMING, check, conforms
from atesto.profiles.edc.classes import LEFT_OUT
from atesto.profiles.edc.shapes import shape_files
from tests.reference_data import reference
from tests.simulators.edc_mutants import changed_once, without_one
from tests.simulators.parts import CONTEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.findings import Finding

SEALED = "Sample-MC-Annex1-signed.jsonld"
UNSIGNED = "Sample-MC-Annex1-unsigned.jsonld"
MISSPELT = "credential-sample-with-typo.jsonld"
EXAMPLE = "minimal-mc-all-elements-unsigned.json"
CHUNKS = 24
"""A chunk of mutants is a test, so that several workers share them and none runs out of time."""
CHANGED = 480
"""Changed values that are tried of each document, drawn at random and always the same."""

RESULTS = {
    SEALED: {GENERIC: 0, MANDATE: 0, CONVERTED: 1, ACCREDITED: 1, DIPLOMA_SUPPLEMENT: 4},
    UNSIGNED: {GENERIC: 3, MANDATE: 4, CONVERTED: 4, ACCREDITED: 4, DIPLOMA_SUPPLEMENT: 7},
    MISSPELT: {GENERIC: 3, MANDATE: 4, CONVERTED: 4, ACCREDITED: 4, DIPLOMA_SUPPLEMENT: 7},
    EXAMPLE: {GENERIC: 0, MANDATE: 1, CONVERTED: 1, ACCREDITED: 1, DIPLOMA_SUPPLEMENT: 6},
}
"""How many results the shapes have of each document under each profile."""

STRICTER = (
    ("a bare date is no date-time, nor is a day that no calendar has", "edc.date_malformed", r".* should be a date-time "),
    ("a value that its binding list lacks", "edc.concept_not_allowed", r".* is not in the list of "),
    ("a value without an absolute identifier is in no list", "edc.list_wrong", r".*; it has no absolute identifier\."),
    ("nor is one whose list has none", "edc.list_wrong", r".* should be a value of the list of .*\)\."),
    ("the language of a page comes from the list of languages", "edc.list_wrong", r"language of an IndividualDisplay "),
    ("blank text is no text", "edc.property_missing", r".*: text by language\."),
    ("a root without the type VerifiableCredential, or of another type", "edc.root_type", r"The document does not say "),
    ("a second root", "edc.root_type", r"A second EuropeanDigitalCredential "),
    ("a truth value is no text", "edc.value_malformed", r".* should be text\."),
    ("credit points are a number", "edc.value_malformed", r"point of a CreditPoint "),
    ("a web address is an absolute URI", "edc.value_malformed", r".* should be a web address or another URI\."),
    ("null under a term of dates is no date", "edc.date_malformed", r".* should be a date-time "),
    ("nationalID, whose name the shapes misspell", "edc.property_repeated", r"nationalID of a Person "),
    ("nationalID, whose name the shapes misspell", "edc.class_wrong", r"nationalID of a Person "),
    ("a Claim of no other class says its type", "edc.property_missing", r"dcType of a Claim "),
    ("a learner who is not identified", "edc.learner_unidentified", r""),
)
"""Where we say that a credential does not conform and the shapes see nothing: the rule, its code, how its sentence begins."""


@lru_cache(maxsize=5)
def shapes(profile: str) -> Graph:
    graph = Graph()
    for name in shape_files([profile]):
        graph.parse(reference("edc", "shacl", name))
    graph.remove((None, OWL.imports, None))
    return graph


def results(document: Any, profile: str = GENERIC) -> int:
    """How many results the shapes have; none when the document conforms."""
    told = {name: value for name, value in document.items() if name not in LEFT_OUT}
    options = {"format": "application/n-quads", "documentLoader": load, "rdfDirection": "i18n-datatype"}
    with warnings.catch_warnings():
        # Some literals are wrong on purpose, and rdflib remarks on them.
        warnings.simplefilter("ignore")
        graph = Graph().parse(data=jsonld.to_rdf(told, options), format="nt")
        conforming, report, _ = pyshacl.validate(graph, shacl_graph=shapes(profile), inference="none")
    found = len(list(report.subjects(RDF.type, SH.ValidationResult)))
    assert conforming == (found == 0)
    return found


def load(url: str, _: object = None) -> dict[str, Any]:
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXTS.document(url)}


@lru_cache(maxsize=4)
def sample(name: str) -> Any:
    """A published document, its pictures cut short: they cost time and say nothing here."""
    folder = "examples" if name == EXAMPLE else "samples"
    value = json.loads(reference("edc", folder, name).read_text(encoding="utf-8"))
    value = json.loads(value["payload"]) if "payload" in value else value
    return shortened(value.get("credential", value))


def shortened(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: shortened(child) for name, child in value.items()}
    if isinstance(value, list):
        return [shortened(child) for child in value]
    return value[:40] if isinstance(value, str) and len(value) > 2_000 else value


def disagreement(document: Any) -> str:
    """What is wrong with our verdict; nothing when we see what the shapes see, and give our reason where we see more."""
    findings = check(document)
    if results(document):
        return "the shapes see a violation and we do not" if conforms(findings) else ""
    unexplained = [finding for finding in findings if finding.code in NOT_CONFORMING and not is_stricter(finding)]
    return f"we see {unexplained[0].code} where the shapes see nothing: {unexplained[0].detail}" if unexplained else ""


def is_stricter(finding: Finding) -> bool:
    return any(finding.code == code and re.match(pattern, finding.detail) for _, code, pattern in STRICTER)


def mutants(name: str) -> list[tuple[str, Any]]:
    changed = list(changed_once(sample(name)))
    random.Random(name).shuffle(changed)
    return [*without_one(sample(name)), *changed[:CHANGED]]


@pytest.mark.parametrize(
    "profile",
    [GENERIC, *(pytest.param(profile, marks=pytest.mark.slow) for profile in (MANDATE, CONVERTED, ACCREDITED, DIPLOMA_SUPPLEMENT))],
)
@pytest.mark.parametrize("name", RESULTS)
def test_every_published_document_under_every_profile(name: str, profile: str) -> None:
    document = sample(name)
    assert results(document, profile) == RESULTS[name][profile]
    assert conforms(check(document, profiles=[profile])) == (RESULTS[name][profile] == 0)


def test_a_few_faults_are_seen_by_both() -> None:
    faults = dict(chain(without_one(sample(EXAMPLE)), changed_once(sample(EXAMPLE))))
    for name in ("without /issued", "other class /credentialSubject/type", "twice /credentialSubject/hasClaim/awardedBy", "a word /issued"):
        assert results(faults[name]), name
        assert not conforms(check(faults[name])), name
    harmless = faults["without /credentialSubject/hasClaim/creditReceived"]
    assert results(harmless) == 0
    assert conforms(check(harmless))
    assert disagreement(sample(EXAMPLE)) == ""
    assert not is_stricter(check(faults["without /issued"])[0])


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("name", [EXAMPLE, SEALED])
def test_whatever_the_shapes_refuse_we_refuse(name: str, chunk: int) -> None:
    tried = mutants(name)[chunk::CHUNKS]
    assert len(tried) > 30
    assert {what: wrong for what, document in tried if (wrong := disagreement(document))} == {}


def test_mutants_of_both_kinds_are_tried() -> None:
    counts = {name: sum(what.startswith("without ") for what, _ in mutants(name)) for name in (EXAMPLE, SEALED)}
    assert counts[EXAMPLE] > 400
    assert counts[SEALED] > 900
    assert len(mutants(EXAMPLE)) == counts[EXAMPLE] + CHANGED


def faults_that_the_shapes_do_not_see() -> Iterator[tuple[str, Any]]:
    """What was done, and the document."""
    fresh = json.dumps(sample(EXAMPLE))

    def changed(path: str, value: Any) -> Any:
        document = json.loads(fresh)
        *above, last = path.split(".")
        place = document
        for name in above:
            place = place[name]
        if value is ...:
            del place[last]
        else:
            place[last] = value
        return document

    qualification = "credentialSubject.hasClaim.specifiedBy"
    yield "an empty graph", {}
    yield "no type", changed("type", ["VerifiableCredential"])
    yield "EQF 99", changed(f"{qualification}.eqfLevel.id", "http://data.europa.eu/snb/eqf/99")
    yield "ISCED 7777", changed(f"{qualification}.thematicArea.id", "http://data.europa.eu/snb/isced-f/7777")
    country = f"{qualification}.accreditation.accreditingAgent.location.address.countryCode.id"
    yield "no such country", changed(country, "http://publications.europa.eu/resource/authority/country/ZZZ")
    yield "points abc", changed("credentialSubject.hasClaim.creditReceived.point", "abc")
    yield "a bare date", changed("issued", "2023-09-27")
    nameless = changed("credentialSubject.givenName", ...)
    for name in ("familyName", "fullName"):
        del nameless["credentialSubject"][name]
    yield "a nameless learner with a DID", nameless
    nobody = json.loads(json.dumps(nameless))
    nobody["credentialSubject"]["id"] = "urn:epass:person:1"
    yield "a nameless learner", nobody


UNSEEN = {
    "an empty graph": "edc.root_type",
    "no type": "edc.root_type",
    "EQF 99": "edc.concept_not_allowed",
    "ISCED 7777": "edc.concept_not_allowed",
    "no such country": "edc.concept_not_allowed",
    "points abc": "edc.value_malformed",
    "a bare date": "edc.date_malformed",
    "a nameless learner with a DID": "edc.learner_unnamed",
    "a nameless learner": "edc.learner_unidentified",
}
"""Faults of `faults_that_the_shapes_do_not_see`, and the code that we answer with."""


@pytest.mark.parametrize("what", UNSEEN)
def test_what_the_shapes_do_not_see(what: str) -> None:
    faults = dict(faults_that_the_shapes_do_not_see())
    assert set(faults) == set(UNSEEN)
    assert results(faults[what]) == 0
    findings = check(faults[what])
    assert UNSEEN[what] in {finding.code for finding in findings}
    assert conforms(findings) == (UNSEEN[what] == "edc.learner_unnamed")
    assert disagreement(faults[what]) == ""
