"""The elements of the European approach in presented credentials: each result says where in the document it comes from.

From each document the eleven mandatory elements are deleted one by one, as the document states them.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from atesto.profiles.award.parse import parse_award
from atesto.recognition.frameworks.eu_2022.elements import ELEMENTS
from atesto.verification.profile_findings import profile_findings
from tests.reference_data import reference
from tests.simulators.awards import EXAMPLES, changed, credential, example
from tests.simulators.parts import PROCESSOR

if TYPE_CHECKING:
    from atesto.recognition.frameworks.eu_2022.element_result import ElementResult

CLAIM = "credentialSubject.hasClaim"
QUALIFICATION = f"{CLAIM}.specifiedBy"
# Element -> what a document must lose to state it no more. Some stand in two places.
DELETED: dict[str, tuple[str, ...]] = {
    "learner": tuple(
        f"credentialSubject.{name}" for name in ("id", "givenName", "familyName", "fullName", "nationalID", "dateOfBirth", "contactPoint")
    ),
    "title": (f"{CLAIM}.title", f"{QUALIFICATION}.title"),
    "country": (f"{CLAIM}.awardedBy.awardingBody.location",),
    "awarding_body": (f"{CLAIM}.awardedBy.awardingBody.legalName",),
    "issuing_date": ("issued", f"{CLAIM}.awardedBy.awardingDate"),
    "learning_outcomes": (f"{QUALIFICATION}.learningOutcome",),
    "workload": (
        f"{QUALIFICATION}.volumeOfLearning",
        f"{QUALIFICATION}.creditPoint",
        f"{CLAIM}.creditReceived",
        f"{CLAIM}.influencedBy.workload",
        f"{CLAIM}.influencedBy.specifiedBy.volumeOfLearning",
    ),
    "level": tuple(f"{QUALIFICATION}.{name}" for name in ("eqfLevel", "nqfLevel", "educationLevel", "additionalNote")),
    "assessment": (f"{CLAIM}.provenBy.specifiedBy.dcType",),
    "participation": (f"{QUALIFICATION}.mode", f"{CLAIM}.influencedBy.specifiedBy.mode"),
    "quality_assurance": (f"{QUALIFICATION}.accreditation", f"{CLAIM}.awardedBy.awardingBody.accreditation"),
}
MANDATORY = [element.name for element in ELEMENTS if element.mandatory]


def elements(document: Any) -> dict[str, ElementResult]:
    return {result.element: result for result in profile_findings(PROCESSOR, document).elements}


def without(document: Any, paths: tuple[str, ...]) -> Any:
    found = copy.deepcopy(document)
    deleted = 0
    for path in paths:
        *above, last = path.split(".")
        place = found
        for name in above:
            place = place.get(name, {})
        deleted += place.pop(last, None) is not None
    assert deleted
    return found


def at(document: Any, pointer: str) -> Any:
    """What the pointer leads to; it must lead somewhere."""
    for segment in pointer.split("/")[1:]:
        document = document[int(segment)] if isinstance(document, list) else document[segment]
    return document


def commissions() -> Any:
    sealed = json.loads(reference("edc", "samples", "Sample-MC-Annex1-signed.jsonld").read_text(encoding="utf-8"))
    return json.loads(sealed["payload"])


def minimal() -> Any:
    return json.loads(reference("edc", "examples", "minimal-mc-all-elements-unsigned.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["minimal", *EXAMPLES])
def document(request: pytest.FixtureRequest) -> Any:
    return minimal() if request.param == "minimal" else json.loads(json.dumps(credential(parse_award(example(request.param)))))


def test_the_eleven_are_the_mandatory_ones() -> None:
    assert list(DELETED) == MANDATORY
    assert len(DELETED) == 11


@pytest.mark.parametrize("name", MANDATORY)
def test_a_deleted_element_is_reported_absent_with_its_place(document: Any, name: str) -> None:
    assert elements(document)[name].status.value in ("present", "not_applicable")
    damaged = without(document, DELETED[name])
    result = elements(damaged)[name]
    assert result.status.value == "absent"
    assert isinstance(at(damaged, result.pointer), dict), "the part of the document in which it is missing"
    found = profile_findings(PROCESSOR, damaged).findings
    (said,) = [finding.detail for finding in found if finding.code == "eu2022.element_absent"]
    assert name.replace("_", " ") in said


def test_eleven_of_eleven_deletions_are_reported() -> None:
    whole = minimal()
    reported = [name for name in MANDATORY if elements(without(whole, DELETED[name]))[name].status.value == "absent"]
    assert len(reported) == 11


def test_where_an_element_is_said_to_stand_it_stands(document: Any) -> None:
    """What the pointer leads to is what the result rests on: without it the element is not as it was."""
    for name, result in elements(document).items():
        if result.status.value in ("present", "not_applicable"):
            damaged = copy.deepcopy(document)
            above, _, last = result.pointer.rpartition("/")
            place = at(damaged, above)
            del place[int(last) if isinstance(place, list) else last]
            # A title, level or workload may stand in a second place: then the pointer moves there.
            moved = elements(damaged)[name]
            assert (moved.status, moved.pointer) != (result.status, result.pointer), name
            assert at(document, result.pointer) is not None


def test_the_commissions_sample_yields_ten_of_eleven_with_their_places() -> None:
    whole = commissions()
    found = elements(whole)
    by_status: dict[str, list[str]] = {}
    for name in MANDATORY:
        by_status.setdefault(found[name].status.value, []).append(name)
    assert by_status["absent"] == ["quality_assurance"]
    assert by_status["invalid"] == ["workload"]
    assert len(by_status["present"]) == 9
    assert found["quality_assurance"].pointer == "/credentialSubject/hasClaim/specifiedBy"
    workload = found["workload"]
    assert at(whole, workload.pointer) == "P60M"
    assert workload.pointer == "/credentialSubject/hasClaim/influencedBy/specifiedBy/volumeOfLearning"
    assert "P60M" in workload.detail
    optional = [name for name, result in found.items() if not result.mandatory and result.status.value == "present"]
    assert optional == ["prerequisites", "supervision", "grade", "stackability"]


# One fault, and where the document has it.
INVALID: dict[str, tuple[str, Any, str]] = {
    "level": (f"{QUALIFICATION}.eqfLevel.id", "http://data.europa.eu/snb/eqf/99", "/credentialSubject/hasClaim/specifiedBy/eqfLevel"),
    "participation": (f"{QUALIFICATION}.mode", {"id": "https://a.example/by-post"}, "/credentialSubject/hasClaim/specifiedBy/mode"),
    "country": (
        f"{CLAIM}.awardedBy.awardingBody.location.address.countryCode.id",
        "https://a.example/atlantis",
        "/credentialSubject/hasClaim/awardedBy/awardingBody/location/address/countryCode",
    ),
    "workload": (f"{QUALIFICATION}.volumeOfLearning", "PT2H", "/credentialSubject/hasClaim/specifiedBy/creditPoint"),
    "issuing_date": ("validUntil", "2020-01-01T00:00:00Z", "/validUntil"),
    "learner": ("credentialSubject.dateOfBirth", "2030-01-01T00:00:00Z", "/credentialSubject/dateOfBirth"),
    "grade": (f"{CLAIM}.provenBy.specifiedBy.gradingScheme", ..., "/credentialSubject/hasClaim/provenBy/grade"),
}


@pytest.mark.parametrize("name", INVALID)
def test_what_is_not_sound_is_pointed_at_in_the_document(name: str) -> None:
    path, value, pointer = INVALID[name]
    damaged = changed(json.loads(json.dumps(credential(parse_award(example("en-tidal-turbines"))))), path, value)
    result = elements(damaged)[name]
    assert (result.status.value, result.pointer) == ("invalid", pointer)
    findings = profile_findings(PROCESSOR, damaged).findings
    assert [finding.pointer for finding in findings if finding.code == "eu2022.element_invalid"] == [pointer]


def test_an_element_told_by_its_id_alone_is_pointed_at_where_it_is_told() -> None:
    document = json.loads(json.dumps(credential(parse_award(example("en-tidal-turbines")))))
    body = document["credentialSubject"]["hasClaim"]["awardedBy"]["awardingBody"]
    document["credentialSubject"]["hasClaim"]["awardedBy"]["awardingBody"] = body["id"]
    document["credentialSubject"]["hasClaim"]["influencedBy"]["awardedBy"] = "urn:x:1"
    document["credentialSubject"]["hasClaim"]["provenBy"]["awardedBy"] = "urn:x:2"
    assert elements(document)["awarding_body"].pointer == "/issuer/legalName"
