"""The profile's findings: each fault alone, each with its place."""

from __future__ import annotations

from typing import Any

import pytest

from atesto.findings import FINDING_CODES, Level
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.application_profiles import ACCREDITED, CONVERTED, DIPLOMA_SUPPLEMENT, GENERIC, MANDATE, PROFILES
from atesto.profiles.edc.check import NOT_CONFORMING, check, conclusion, conforms, named_profiles
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


@pytest.mark.parametrize(
    "kind",
    [
        [],
        "VerifiableCredential",
        ["VerifiableCredential"],
        None,
        {"id": "EuropeanDigitalCredential"},
    ],
)
def test_a_root_of_another_type(kind: Any) -> None:
    assert found({**document(), "type": kind}) == [("edc.root_type", "/type")]


def test_an_empty_document() -> None:
    assert found({}) == [("edc.root_type", "/type")]


def test_a_second_root_inside_the_first() -> None:
    value = document()
    value["credentialSubject"]["type"] = ["Person", "EuropeanDigitalCredential"]
    assert found(value)[0] == ("edc.root_type", "/credentialSubject")
    assert {code for code, _ in found(value)[1:]} == {"edc.property_missing"}


def test_a_root_that_is_no_verifiable_credential_has_no_members_of_one() -> None:
    assert found({**document(), "type": "EuropeanDigitalCredential"}) == [("edc.root_type", "/type")]


def test_one_id_with_two_contents() -> None:
    value = document()
    body = at(value, f"{CLAIM}/awardedBy/awardingBody")
    value["issuer"] = {**body, "legalName": {"en": "Another name"}}
    codes = found(value)
    assert codes[0] == ("edc.node_differs", f"{CLAIM}/awardedBy/awardingBody")
    assert {code for code, _ in codes} == {"edc.node_differs", "edc.property_repeated"}


def test_two_contents_that_together_are_one_conform() -> None:
    value = document()
    value["issuer"] = {**value["issuer"], "altLabel": {"en": "The institute"}}
    assert {code for code, _ in found(value)} == {"edc.node_differs"}
    assert conforms(check(value))


def test_a_list_of_one_says_what_its_item_says() -> None:
    value = document()
    body = at(value, f"{CLAIM}/awardedBy/awardingBody")
    value["issuer"] = {**body, "location": [body["location"]]}
    assert found(value) == []


def test_a_finding_does_not_repeat_a_persons_address() -> None:
    value = document()
    mailbox = at(value, "/credentialSubject/contactPoint/emailAddress")
    value["issuer"] = {**value["issuer"], "homepage": {**mailbox, "type": "Thing"}}
    findings = check(value)
    assert "The same id says something else at /issuer/homepage." in [finding.detail for finding in findings]
    assert not [finding for finding in findings if mailbox["id"].removeprefix("mailto:") in finding.detail]


def test_what_stands_below_a_member_that_says_nothing_is_not_told() -> None:
    value = document()
    value["extra"] = {"id": value["id"], "type": ["EuropeanDigitalCredential"], "issued": "soon"}
    assert found(value) == []


def test_a_node_that_is_only_named_does_not_differ() -> None:
    value = document()
    value["issuer"] = {"id": value["issuer"]["id"]}
    assert found(value) == []


@pytest.mark.parametrize(
    ("pointer", "iri"),
    [
        (f"{CLAIM}/specifiedBy/eqfLevel", "http://data.europa.eu/snb/eqf/99"),
        (f"{CLAIM}/specifiedBy/thematicArea", "http://data.europa.eu/snb/isced-f/0777"),
        (f"{CLAIM}/specifiedBy/accreditation/dcType", "https://a.example/accredited"),
        (f"{CLAIM}/provenBy/idVerification", "http://data.europa.eu/snb/supervision-verification/x"),
        ("/credentialProfiles", "http://data.europa.eu/snb/credential/48b514e72a"),
    ],
)
def test_a_concept_that_its_list_does_not_hold_where_the_list_binds(pointer: str, iri: str) -> None:
    value = document()
    at(value, pointer)["id"] = iri
    assert found(value) == [("edc.concept_not_allowed", pointer)]
    assert not conforms(check(value))
    assert check(value)[0].detail.startswith(f"{pointer.rpartition('/')[2]}: {iri} is not in the list of ")


@pytest.mark.parametrize(
    ("pointer", "iri"),
    [
        (f"{CLAIM}/specifiedBy/mode", "http://data.europa.eu/snb/learning-assessment/"),
        (f"{CLAIM}/specifiedBy/language", "http://publications.europa.eu/resource/authority/language/QQQ"),
        ("/displayParameter/individualDisplay/displayDetail/image/contentType", "https://a.example/png"),
        (f"{CLAIM}/provenBy/specifiedBy/dcType", "http://data.europa.eu/snb/assessment/0000000000"),
        (f"{CLAIM}/influencedBy/specifiedBy/dcType", "http://data.europa.eu/snb/learning-activity/x"),
        (f"{CLAIM}/creditReceived/framework", "http://data.europa.eu/snb/education-credit/x"),
    ],
)
def test_a_concept_that_its_list_does_not_hold_where_it_does_not_bind(pointer: str, iri: str) -> None:
    value = document()
    at(value, pointer)["id"] = iri
    assert found(value) == [("edc.concept_unknown", pointer)]
    assert conforms(check(value))


def test_an_unknown_country_in_every_place_where_it_stands() -> None:
    value = document()
    at(value, f"{CLAIM}/specifiedBy/accreditation/accreditingAgent/location/address/countryCode")["id"] += "X"
    assert found(value) == [("edc.concept_not_allowed", f"{CLAIM}/specifiedBy/accreditation/accreditingAgent/location/address/countryCode")]


def test_a_concept_without_an_id() -> None:
    value = document()
    del at(value, f"{CLAIM}/specifiedBy/eqfLevel")["id"]
    place = f"{CLAIM}/specifiedBy/eqfLevel"
    assert found(value) == [("edc.list_wrong", place), ("edc.concept_not_allowed", place)]


def test_a_scheme_that_is_named_and_not_told() -> None:
    value = document()
    level = at(value, f"{CLAIM}/specifiedBy/eqfLevel")
    place = f"{CLAIM}/specifiedBy/eqfLevel"
    level["inScheme"] = "http://data.europa.eu/snb/eqf/25831c2"
    assert found(value) == [("edc.class_wrong", f"{place}/inScheme")]
    level["id"] = "http://data.europa.eu/snb/eqf/0"
    assert found(value) == [("edc.class_wrong", f"{place}/inScheme"), ("edc.concept_not_allowed", place)]


def test_a_language_that_few_teach_is_in_its_list() -> None:
    value = document()
    at(value, f"{CLAIM}/specifiedBy/language")["id"] = "http://publications.europa.eu/resource/authority/language/AAA"
    assert found(value) == []


def test_nothing_is_said_about_lists_that_nobody_knows() -> None:
    value = document()
    at(value, f"{CLAIM}/specifiedBy/mode").update({"id": "urn:x", "inScheme": {"id": "urn:modes", "type": "ConceptScheme"}})
    assert found(value) == []


def test_a_value_of_a_list_of_something_else_is_worth_a_warning() -> None:
    value = document()
    qualification = at(value, f"{CLAIM}/specifiedBy")
    qualification["mode"] = qualification["eqfLevel"]
    assert found(value) == [("edc.concept_unknown", f"{CLAIM}/specifiedBy/mode")]
    assert conforms(check(value))


@pytest.mark.parametrize("pointer", [f"{CLAIM}/specifiedBy/eqfLevel", f"{CLAIM}/specifiedBy/language", "/credentialProfiles"])
def test_a_value_of_another_list_than_the_one_that_is_asked_for(pointer: str) -> None:
    value = document()
    at(value, pointer).update({"id": "urn:x", "inScheme": {"id": "urn:levels", "type": "ConceptScheme"}})
    assert found(value) == [("edc.list_wrong", pointer)]


@pytest.mark.parametrize("text", ["2026-06-15", "15.06.2026", "", "2026-13-01T00:00:00Z", 5, True, {"@value": "2026-06-15T12:00:00Z"}])
def test_a_date_that_is_no_date_time(text: Any) -> None:
    value = document()
    value["issued"] = text
    value["credentialSubject"]["dateOfBirth"] = text
    assert found(value) == [("edc.date_malformed", "/issued"), ("edc.date_malformed", "/credentialSubject/dateOfBirth")]


def test_a_date_that_is_null_is_none_and_not_there() -> None:
    value = {**document(), "issued": None}
    assert found(value) == [("edc.date_malformed", "/issued"), ("edc.property_missing", "")]


def test_a_date_time_without_an_offset_is_worth_a_warning() -> None:
    value = {**document(), "issued": "2026-06-15T12:00:00"}
    assert found(value) == [("time.no_offset", "/issued")]
    assert conforms(check(value))


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
    assert found(value) == [("edc.left_out", "")]


def test_the_findings_come_in_the_order_of_the_checks_and_then_of_the_document() -> None:
    value = {**document(), "holder": {"id": "did:example:h"}}
    value["type"] = ["EuropeanDigitalCredential"]
    value["issued"] = "soon"
    value["issuer"]["altLabel"] = {"en": "Another name"}
    at(value, f"{CLAIM}/specifiedBy/eqfLevel")["id"] = "http://data.europa.eu/snb/eqf/99"
    codes = ["edc.root_type", "edc.node_differs", "edc.left_out", "edc.date_malformed", "edc.concept_not_allowed"]
    assert list(dict.fromkeys(code for code, _ in found(value))) == codes


@pytest.mark.parametrize("member", ["issued", "issuanceDate", "expirationDate", "validFrom", "validUntil"])
def test_every_date_of_the_credential_itself_is_looked_at(member: str) -> None:
    assert found({**document(), member: "soon"}) == [("edc.date_malformed", f"/{member}")]


def test_what_was_left_out_is_named() -> None:
    value = {**document(), "proof": {}, "credentialStatus": {"type": "x"}, "termsOfUse": [], "holder": "did:example:h"}
    findings = check(value)
    assert [finding.detail for finding in findings] == ["Not judged: credentialStatus, holder, proof, termsOfUse."]
    assert conforms(findings)


@pytest.mark.parametrize(
    ("pointer", "member", "sentence"),
    [
        ("", "issued", "issued of a EuropeanDigitalCredential is asked for: a date-time such as 2026-06-15T09:00:00Z."),
        ("", "displayParameter", "displayParameter of a EuropeanDigitalCredential is asked for: a DisplayParameter."),
        ("/issuer", "eIDASIdentifier", "eIDASIdentifier of the issuer is asked for: a LegalIdentifier."),
        (
            "/credentialSubject",
            "hasClaim",
            "hasClaim of a Person is asked for: a Claim or a LearningAchievement or a LearningActivity or another.",
        ),
        (CLAIM, "title", "title of a LearningAchievement is asked for: text by language."),
        (CLAIM, "awardedBy", "awardedBy of a LearningAchievement is asked for: an AwardingProcess."),
        (f"{CLAIM}/provenBy", "grade", "grade of a LearningAssessment is asked for: a Note."),
        (f"{CLAIM}/creditReceived", "point", "point of a CreditPoint is asked for: text."),
    ],
)
@pytest.mark.parametrize("value", [..., None, []])
def test_something_that_is_asked_for_and_not_there(pointer: str, member: str, sentence: str, value: Any) -> None:
    changed = document()
    changed["issuer"] = {**changed["issuer"], "id": "did:example:other"}
    place = at(changed, pointer)
    place[member] = value
    if value is ...:
        del place[member]
    missing = [finding for finding in check(changed) if finding.code == "edc.property_missing"]
    assert [(finding.pointer, finding.detail) for finding in missing] == [(pointer, sentence)]


@pytest.mark.parametrize("text", [{}, {"en": None}, {"en": []}, {"en": " "}, {"en": "", "de": "\n"}])
def test_blank_text_is_no_text(text: Any) -> None:
    value = document()
    at(value, CLAIM)["title"] = text
    assert found(value) == [("edc.property_missing", CLAIM)]


@pytest.mark.parametrize(
    "text", ["Tides", ["Tides"], 5, {"@none": "Tides"}, {"not a tag": "Tides"}, [{"en": "Tides"}], {"en": 5}, {"en": {}}]
)
def test_text_that_is_not_by_language(text: Any) -> None:
    value = document()
    at(value, CLAIM)["title"] = text
    assert ("edc.value_malformed", f"{CLAIM}/title") in [(code, pointer.removesuffix("/0")) for code, pointer in found(value)]


def test_text_may_stand_as_literals_with_their_language() -> None:
    value = document()
    at(value, CLAIM)["title"] = [{"@value": "Tides", "@language": "en"}, {"@value": "Gezeiten", "@language": "de"}]
    assert found(value) == []


def test_a_second_text_in_a_language() -> None:
    value = document()
    at(value, CLAIM)["title"] = {"en": ["Tides", "Ebb and flow"]}
    assert found(value) == [("edc.property_repeated", f"{CLAIM}/title")]
    at(value, CLAIM)["title"] = {"en": "Tides", "EN": "Ebb and flow"}
    assert found(value) == [("edc.property_repeated", f"{CLAIM}/title")]


def test_a_name_in_two_languages() -> None:
    value = document()
    value["credentialSubject"]["fullName"] = {"en": "Noor", "el": "Νουρ"}
    assert found(value) == [("edc.property_repeated", "/credentialSubject/fullName")]


def test_something_stated_twice() -> None:
    value = document()
    process = at(value, f"{CLAIM}/awardedBy")
    at(value, CLAIM)["awardedBy"] = [process, {**process, "id": "urn:uuid:another"}]
    assert found(value) == [("edc.property_repeated", f"{CLAIM}/awardedBy/1")]
    at(value, CLAIM)["awardedBy"] = [process, process, process["id"], {"id": process["id"]}]
    assert found(value) == []


@pytest.mark.parametrize("value", ["urn:nobody", {"id": "urn:nobody"}, {}, 5, True, {"@value": "x"}, {"id": "urn:x", "type": "Phone"}])
def test_something_of_another_class(value: Any) -> None:
    changed = document()
    at(changed, CLAIM)["awardedBy"] = value
    assert ("edc.class_wrong", f"{CLAIM}/awardedBy") in found(changed)


def test_a_subclass_is_another_class() -> None:
    value = document()
    at(value, f"{CLAIM}/influencedBy")["specifiedBy"]["type"] = "Specification"
    assert ("edc.class_wrong", f"{CLAIM}/influencedBy/specifiedBy") in found(value)


@pytest.mark.parametrize(
    ("pointer", "member", "text"),
    [
        ("/displayParameter/individualDisplay/displayDetail", "page", "one"),
        ("/displayParameter/individualDisplay/displayDetail", "page", 0),
        ("/displayParameter/individualDisplay/displayDetail", "page", 1.5),
        ("/displayParameter/individualDisplay/displayDetail/image", "content", True),
        ("/displayParameter/individualDisplay/displayDetail/image", "contentSize", "big"),
        ("/displayParameter/individualDisplay/displayDetail/image", "contentURL", "at home"),
        (f"{CLAIM}/influencedBy", "levelOfCompletion", 101),
        (f"{CLAIM}/specifiedBy", "isPartialQualification", "yes"),
        (f"{CLAIM}/specifiedBy", "dateModified", "2026-01-01T00:00:00Z"),
        (f"{CLAIM}/creditReceived", "point", "abc"),
        (f"{CLAIM}/creditReceived", "point", "-1"),
    ],
)
def test_a_value_in_another_form(pointer: str, member: str, text: Any) -> None:
    value = document()
    at(value, pointer)[member] = text
    assert found(value) == [("edc.value_malformed", f"{pointer}/{member}")]


@pytest.mark.parametrize(
    ("pointer", "member", "text"),
    [
        ("/displayParameter/individualDisplay/displayDetail", "page", "2"),
        ("/displayParameter/individualDisplay/displayDetail/image", "contentSize", 9),
        (f"{CLAIM}/influencedBy", "levelOfCompletion", 100),
        (f"{CLAIM}/specifiedBy", "isPartialQualification", "true"),
        (f"{CLAIM}/specifiedBy", "dateModified", {"@value": "2026-01-01T00:00:00Z", "@type": "xsd:dateTime"}),
        (f"{CLAIM}/creditReceived", "point", 4),
        (f"{CLAIM}/creditReceived", "point", "2.5"),
    ],
)
def test_a_value_in_a_form_that_says_the_same(pointer: str, member: str, text: Any) -> None:
    value = document()
    at(value, pointer)[member] = text
    assert found(value) == []


@pytest.mark.parametrize(("name", "code"), [("did:example:learner", "edc.learner_unnamed"), ("urn:uuid:1", "edc.learner_unidentified")])
def test_a_learner_without_a_name(name: str, code: str) -> None:
    value = document()
    learner = value["credentialSubject"]
    learner["id"] = name
    for member in ("fullName", "givenName", "familyName", "nationalID"):
        learner.pop(member, None)
    assert found(value) == [(code, "/credentialSubject")]


def test_each_profile_asks_for_its_own() -> None:
    value = document()
    asked = {code: [finding.detail.partition(" is asked")[0] for finding in check(value, profiles=[code])] for code in PROFILES}
    evidence = "evidence of a EuropeanDigitalCredential"
    assert asked[GENERIC] == []
    assert asked[MANDATE] == asked[CONVERTED] == asked[ACCREDITED] == [evidence]
    assert evidence in asked[DIPLOMA_SUPPLEMENT]
    assert "maximumDuration of a Qualification" in asked[DIPLOMA_SUPPLEMENT]
    value["evidence"] = {"id": "urn:e", "type": "Evidence", "dcType": None}
    details = [finding.detail for finding in check(value, profiles=[MANDATE])]
    assert "evidenceStatement of an Evidence is asked for by the profile Issued by mandate: text." in details


def test_the_profiles_that_are_named_hold() -> None:
    value = document()
    assert named_profiles(value) == {GENERIC}
    generic = value["credentialProfiles"]
    value["credentialProfiles"] = [generic, {**generic, "id": f"http://data.europa.eu/snb/credential/{CONVERTED}"}]
    assert named_profiles(value) == {GENERIC, CONVERTED}
    assert found(value) == [("edc.property_missing", "")]
    value["credentialProfiles"] = "http://data.europa.eu/snb/credential/unheard-of"
    assert named_profiles(value) == {GENERIC}


def test_the_conclusion_counts_what_keeps_it_from_conforming() -> None:
    value = document()
    assert conclusion(value, check(value)).detail == "Profile: Generic."
    assert conclusion(value, check(value)).code == "edc.conforms"
    at(value, f"{CLAIM}/specifiedBy/mode")["id"] = "urn:x"
    assert conclusion(value, check(value)).code == "edc.conforms"
    del value["issued"]
    value["validFrom"] = "soon"
    concluded = conclusion(value, check(value))
    assert (concluded.code, concluded.detail) == ("edc.not_conforming", "Profile: Generic; 2 faults.")


def test_what_keeps_it_from_conforming_is_a_finding_and_a_warning() -> None:
    assert {FINDING_CODES[code].level for code in NOT_CONFORMING} == {Level.WARNING}
