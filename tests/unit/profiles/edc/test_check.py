"""The profile's findings: each fault alone, each with its place."""

from __future__ import annotations

from typing import Any

import pytest

from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.check import check
from tests.simulators.awards import credential, example

ENGLISH = "en-tidal-turbines"


def document() -> Any:
    return credential(parse_award(example(ENGLISH)))


def found(value: Any) -> list[tuple[str, str]]:
    return [(finding.code, finding.pointer) for finding in check(value)]


def at(value: Any, pointer: str) -> Any:
    for name in pointer.split("/")[1:]:
        value = value[int(name) if isinstance(value, list) else name]
    return value


CLAIM = "/credentialSubject/hasClaim"


def test_what_is_written_has_no_findings() -> None:
    assert found(document()) == []


@pytest.mark.parametrize("kind", [[], "VerifiableCredential", ["VerifiableCredential"], None, {"id": "EuropeanDigitalCredential"}])
def test_a_root_of_another_type(kind: Any) -> None:
    assert found({**document(), "type": kind}) == [("edc.root_type", "/type")]


def test_an_empty_document() -> None:
    assert found({}) == [("edc.root_type", "/type")]


def test_a_second_root_inside_the_first() -> None:
    value = document()
    value["credentialSubject"]["type"] = ["Person", "EuropeanDigitalCredential"]
    assert found(value) == [("edc.root_type", "/credentialSubject")]


def test_one_id_with_two_contents() -> None:
    value = document()
    body = at(value, f"{CLAIM}/awardedBy/awardingBody")
    value["issuer"] = {**body, "legalName": {"en": "Another name"}}
    codes = found(value)
    assert codes[0] == ("edc.node_differs", f"{CLAIM}/awardedBy/awardingBody")
    assert {code for code, _ in codes} == {"edc.node_differs"}


def test_a_finding_does_not_repeat_a_persons_address() -> None:
    value = document()
    mailbox = at(value, "/credentialSubject/contactPoint/emailAddress")
    value["issuer"] = {**value["issuer"], "extra": {**mailbox, "type": "Thing"}}
    details = [finding.detail for finding in check(value) if finding.pointer.endswith("emailAddress")]
    assert details == ["The same id says something else at /issuer/extra."]


def test_a_node_that_is_only_named_does_not_differ() -> None:
    value = document()
    value["issuer"] = {"id": value["issuer"]["id"]}
    assert found(value) == []


@pytest.mark.parametrize(
    ("pointer", "iri"),
    [
        (f"{CLAIM}/specifiedBy/eqfLevel", "http://data.europa.eu/snb/eqf/99"),
        (f"{CLAIM}/specifiedBy/thematicArea", "http://data.europa.eu/snb/isced-f/0777"),
        (f"{CLAIM}/specifiedBy/mode", "http://data.europa.eu/snb/learning-assessment/"),
        (f"{CLAIM}/specifiedBy/accreditation/dcType", "https://a.example/accredited"),
        (f"{CLAIM}/provenBy/specifiedBy/dcType", "http://data.europa.eu/snb/assessment/0000000000"),
        (f"{CLAIM}/influencedBy/specifiedBy/dcType", "http://data.europa.eu/snb/learning-activity/x"),
        (f"{CLAIM}/creditReceived/framework", "http://data.europa.eu/snb/education-credit/x"),
    ],
)
def test_a_concept_that_its_list_does_not_hold(pointer: str, iri: str) -> None:
    value = document()
    at(value, pointer)["id"] = iri
    assert found(value) == [("edc.concept_unknown", pointer)]


def test_an_unknown_country_in_every_place_where_it_stands() -> None:
    value = document()
    at(value, f"{CLAIM}/specifiedBy/accreditation/accreditingAgent/location/address/countryCode")["id"] += "X"
    assert found(value) == [("edc.concept_unknown", f"{CLAIM}/specifiedBy/accreditation/accreditingAgent/location/address/countryCode")]


def test_a_concept_without_an_id() -> None:
    value = document()
    del at(value, f"{CLAIM}/specifiedBy/eqfLevel")["id"]
    assert found(value) == [("edc.concept_unknown", f"{CLAIM}/specifiedBy/eqfLevel")]


def test_a_scheme_that_is_named_and_not_told() -> None:
    value = document()
    level = at(value, f"{CLAIM}/specifiedBy/eqfLevel")
    level["inScheme"] = "http://data.europa.eu/snb/eqf/25831c2"
    assert found(value) == []
    level["id"] = "http://data.europa.eu/snb/eqf/0"
    assert found(value) == [("edc.concept_unknown", f"{CLAIM}/specifiedBy/eqfLevel")]


@pytest.mark.parametrize("pointer", [f"{CLAIM}/provenBy/idVerification", f"{CLAIM}/specifiedBy/language", "/credentialProfiles"])
def test_nothing_is_said_about_lists_that_are_held_in_part(pointer: str) -> None:
    value = document()
    at(value, pointer)["id"] += "x"
    assert found(value) == []


@pytest.mark.parametrize(
    "text", ["2026-06-15", "2026-06-15T12:00:00", "15.06.2026", "", "2026-13-01T00:00:00Z", 5, None, {"@value": "2026-06-15T12:00:00Z"}]
)
def test_a_date_that_is_no_date_time_with_an_offset(text: Any) -> None:
    value = document()
    value["issued"] = text
    value["credentialSubject"]["dateOfBirth"] = text
    assert found(value) == [("edc.date_malformed", "/issued"), ("edc.date_malformed", "/credentialSubject/dateOfBirth")]


@pytest.mark.parametrize("text", ["60", "PT", "P", "P1H", "PT1D", "60H", "PT60H ", "PT1.5H", "PT60h", "P-1D", "", 60, None])
def test_a_duration_that_is_none(text: Any) -> None:
    value = document()
    at(value, f"{CLAIM}/specifiedBy")["volumeOfLearning"] = text
    assert found(value) == [("edc.duration_malformed", f"{CLAIM}/specifiedBy/volumeOfLearning")]


@pytest.mark.parametrize("text", ["PT60H", "P60M", "P1Y2M3DT4H5M6.7S", "-P1D", "PT0S", "P1DT1S"])
def test_a_duration_that_is_one(text: str) -> None:
    value = document()
    at(value, f"{CLAIM}/specifiedBy")["volumeOfLearning"] = text
    assert found(value) == []


def test_contexts_and_proofs_are_not_the_credentials_own() -> None:
    value = {**document(), "proof": {"type": "EuropeanDigitalCredential", "validFrom": "soon"}}
    value["@context"] = [{"validFrom": "x"}]
    assert found(value) == []


def test_the_findings_come_in_the_order_of_the_checks() -> None:
    value = document()
    value["type"] = []
    value["issued"] = "soon"
    at(value, f"{CLAIM}/specifiedBy/eqfLevel")["id"] = "http://data.europa.eu/snb/eqf/99"
    assert [code for code, _ in found(value)] == ["edc.root_type", "edc.concept_unknown", "edc.date_malformed"]


@pytest.mark.parametrize("member", ["issued", "issuanceDate", "expirationDate", "validFrom", "validUntil"])
def test_every_date_of_the_credential_itself_is_looked_at(member: str) -> None:
    assert found({**document(), member: "soon"}) == [("edc.date_malformed", f"/{member}")]
