"""European Digital Credentials from awards: names, containers, concepts, durations, dates, parties."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

import pytest

from atesto.errors import MalformedInput
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.check import check
from atesto.profiles.edc.reader import nodes
from atesto.profiles.edc.vocabulary import NO_GRADE
from tests.simulators.awards import CREDENTIAL_ID, DID, EXAMPLES, PDF_FILE, PICTURE, changed, credential, example
from tests.simulators.parts import PROCESSOR

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

ENGLISH, GERMAN, GREEK = "en-tidal-turbines", "de-kreislaufwirtschaft", "el-thalassia-choirotaxia"
FRENCH, SUPPLEMENT = "fr-geothermie-mandat", "de-diplomzusatz-wasserwirtschaft"
UUID = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")


def written(record: Any) -> Any:
    return credential(parse_award(record))


def refusal(record: Any) -> MalformedInput:
    with pytest.raises(MalformedInput) as caught:
        written(record)
    return caught.value


def typed(document: JsonObject, kind: str) -> list[Any]:
    return [node for node in nodes(document) if node.get("type") == kind]


def concept(document: Any) -> tuple[str, str, str]:
    assert set(document) == {"id", "type", "inScheme", "prefLabel"}
    assert document["type"] == "Concept"
    assert document["inScheme"]["type"] == "ConceptScheme"
    return document["id"], document["inScheme"]["id"], document["prefLabel"]["en"]


def test_the_frame_of_the_credential() -> None:
    document = written(example(ENGLISH))
    assert document["@context"] == [
        "https://www.w3.org/2018/credentials/v1",
        "http://data.europa.eu/snb/model/context/edc-ap",
        "https://w3id.org/security/data-integrity/v2",
    ]
    assert document["id"] == CREDENTIAL_ID
    assert document["type"] == ["VerifiableCredential", "EuropeanDigitalCredential"]
    assert document["credentialSchema"] == {"id": "http://data.europa.eu/snb/model/ap/edc-generic-full", "type": "ShaclValidator2017"}
    assert concept(document["credentialProfiles"]) == (
        "http://data.europa.eu/snb/credential/e34929035b",
        "http://data.europa.eu/snb/credential/25831c2",
        "Generic",
    )
    assert document["issued"] == document["issuanceDate"] == document["validFrom"] == "2026-06-15T12:00:00Z"
    assert "validUntil" not in document
    assert "expirationDate" not in document
    assert "evidence" not in document
    assert document["issuer"]["id"] == DID


def test_the_end_of_validity_is_the_end_of_its_day() -> None:
    document = written(example(GERMAN))
    assert document["validUntil"] == document["expirationDate"] == "2031-07-02T23:59:59Z"


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_node_has_a_type_and_an_absolute_id_or_names_one_that_has(name: str) -> None:
    document = written(example(name))
    language_maps = {
        "title", "legalName", "prefLabel", "noteLiteral", "givenName", "familyName", "fullName", "description", "geographicName",
    }  # fmt: skip
    told, named = set(), set()

    def check_node(node: Any) -> None:
        assert ":" in node["id"], node
        if len(node) == 1:
            named.add(node["id"])
            return
        told.add(node["id"])
        assert "type" in node, node
        for member, value in node.items():
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict) and member not in language_maps:
                    check_node(item)

    check_node({key: value for key, value in document.items() if key != "@context"})
    assert named <= told
    assert bool(named) is (name == SUPPLEMENT)
    own = [str(node["id"]) for node in nodes(document) if str(node.get("id", "")).startswith("urn:uuid:") and node["id"] != CREDENTIAL_ID]
    assert own
    assert all(UUID.match(name) for name in own)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_repeated_node_is_the_same_text(name: str) -> None:
    document = written(example(name))
    told: dict[str, Any] = {}
    repeated = 0
    for node in nodes(document):
        if "id" in node and len(node) > 1:
            repeated += node["id"] in told
            assert told.setdefault(str(node["id"]), node) == node
    assert repeated > 3


@pytest.mark.parametrize("name", EXAMPLES)
def test_json_ld_keeps_every_word(name: str) -> None:
    assert len(PROCESSOR.dataset_of(written(example(name)))) > 150


def test_birth_dates_and_days_are_midnight_without_a_shift() -> None:
    document = written(changed(example(ENGLISH), "learner.date_of_birth", "1988-02-29"))
    person = document["credentialSubject"]
    assert person["dateOfBirth"] == "1988-02-29T00:00:00Z"
    achievement = person["hasClaim"]
    assert achievement["awardedBy"]["awardingDate"] == "2026-06-12T00:00:00Z"
    assert achievement["provenBy"]["awardedBy"]["awardingDate"] == "2026-06-05T00:00:00Z"
    assert achievement["specifiedBy"]["accreditation"]["expiryDate"] == "2030-12-31T00:00:00Z"


def test_the_controlled_values_are_whole_concepts() -> None:
    document = written(example(ENGLISH))
    achievement = document["credentialSubject"]["hasClaim"]
    qualification, assessment = achievement["specifiedBy"], achievement["provenBy"]
    base = "http://data.europa.eu/snb/"
    assert concept(qualification["eqfLevel"]) == (base + "eqf/6", base + "eqf/25831c2", "Level 6")
    mode = base + "learning-assessment/"
    assert concept(qualification["mode"]) == (mode + "e92d221e4d", mode + "25831c2", "Blended")
    field = base + "isced-f/"
    assert concept(qualification["thematicArea"]) == (field + "0713", field + "25831c2", "Electricity and energy")
    kind = base + "assessment/"
    assert concept(assessment["specifiedBy"]["dcType"]) == (kind + "6a4db9f11d", kind + "25831c2", "practical assessment")
    supervision = base + "supervision-verification/"
    assert concept(assessment["idVerification"])[:2] == (supervision + "70be69aaf9", supervision + "25831c2")
    assurance = base + "accreditation/"
    assert concept(qualification["accreditation"]["dcType"])[:2] == (assurance + "bb4618238e", assurance + "25831c2")
    activity = base + "learning-activity/"
    assert concept(achievement["influencedBy"]["specifiedBy"]["dcType"])[:2] == (activity + "3c8bd58d62", activity + "25831c2")
    credit = base + "education-credit/"
    for points in (qualification["creditPoint"], achievement["creditReceived"]):
        assert concept(points["framework"])[:2] == (credit + "6fcec5c5af", credit + "25831c2")
        assert points["point"] == "4"
    country = "http://publications.europa.eu/resource/authority/country"
    assert concept(document["issuer"]["location"]["address"]["countryCode"]) == (country + "/IRL", country, "Ireland")
    language = "http://publications.europa.eu/resource/authority/language"
    assert concept(qualification["language"]) == (language + "/ENG", language, "English")


def test_texts_are_language_maps_and_notes_are_notes() -> None:
    document = written(example(GERMAN))
    achievement = document["credentialSubject"]["hasClaim"]
    assert set(achievement["title"]) == {"de", "en"}
    assert achievement["title"] == achievement["specifiedBy"]["title"] == document["displayParameter"]["title"]
    assert document["issuer"]["legalName"]["en"] == "Weissenfels South University of Applied Sciences"
    assert document["credentialSubject"]["familyName"] == {"de": "Großschädl-Übelhör"}
    grade = achievement["provenBy"]["grade"]
    assert (grade["type"], grade["noteLiteral"]) == ("Note", {"de": "1,3 (sehr gut)", "en": "1.3 (very good)"})
    requirement = achievement["specifiedBy"]["entryRequirement"]
    assert (requirement["type"], set(requirement["noteLiteral"])) == ("Note", {"de"})
    assert achievement["specifiedBy"]["isPartialQualification"] is True


@pytest.mark.parametrize(
    ("hours", "duration"), [(104, "PT104H"), (37.5, "PT37H30M"), (0.25, "PT15M"), (1, "PT1H"), (999_999, "PT999999H"), (0.333333, "PT20M")]
)
def test_hours_are_durations(hours: float, duration: str) -> None:
    document = written(changed(example(ENGLISH), "workload", {"hours": hours}))
    qualification = document["credentialSubject"]["hasClaim"]["specifiedBy"]
    assert qualification["volumeOfLearning"] == duration
    assert "creditPoint" not in qualification


@pytest.mark.parametrize(("path", "hours"), [("workload.hours", 0.001), ("activity.hours", 0), ("activity.hours", -2)])
def test_hours_that_no_duration_can_say_are_refused(path: str, hours: float) -> None:
    found = refusal(changed(example(ENGLISH), path, hours))
    assert (found.code, found.pointer) == ("award.malformed", "/" + path.replace(".", "/"))


@pytest.mark.parametrize(("ects", "point"), [(4, "4"), (2.5, "2.5"), (0.25, "0.25"), (100, "100"), (0.000001, "0.000001")])
def test_credits_are_plain_decimals(ects: float, point: str) -> None:
    document = written(changed(example(ENGLISH), "workload", {"ects": ects}))
    assert document["credentialSubject"]["hasClaim"]["creditReceived"]["point"] == point


def test_an_assessment_without_a_grade_says_so() -> None:
    document = written(changed(example(ENGLISH), "grade", ...))
    assert document["credentialSubject"]["hasClaim"]["provenBy"]["grade"]["noteLiteral"] == NO_GRADE


def test_a_level_that_does_not_apply_is_a_note_about_the_level() -> None:
    qualification = written(example(GREEK))["credentialSubject"]["hasClaim"]["specifiedBy"]
    assert "eqfLevel" not in qualification
    (note,) = [note for note in qualification["additionalNote"] if "subject" in note]
    assert note["subject"]["id"] == "http://data.europa.eu/snb/model/elm/EQFLevel"
    assert set(note["noteLiteral"]) == {"el", "en"}


def test_there_is_a_page_image_for_each_language() -> None:
    display = written(example(GREEK))["displayParameter"]
    assert display["primaryLanguage"]["id"].endswith("/ELL")
    assert [row["id"][-3:] for row in display["language"]] == ["ELL", "ENG"]
    for shown, code in zip(display["individualDisplay"], ("ELL", "ENG"), strict=True):
        assert shown["language"]["id"].endswith(code)
        detail = shown["displayDetail"]
        assert detail["page"] == 1
        image = detail["image"]
        assert image["type"] == "MediaObject"
        assert base64.b64decode(image["content"]) == PICTURE
        assert concept(image["contentType"])[0].endswith("/file-type/PNG")
        assert concept(image["contentEncoding"])[2] == "base64"


def test_a_page_in_the_awards_own_language_is_needed() -> None:
    with pytest.raises(MalformedInput) as caught:
        credential(parse_award(example(GREEK)), pages={"en": PICTURE})
    assert (caught.value.code, caught.value.pointer) == ("award.edc_incomplete", "/language")


def test_a_did_binds_the_learner() -> None:
    document = written(changed(example(ENGLISH), "learner.id", "did:key:z6MkLearner"))
    assert document["credentialSubject"]["id"] == "did:key:z6MkLearner"


def mandated(**members: Any) -> Any:
    issuer = {"name": "Marine Skills Alliance", "country": "ES", "eidas": "VATES-A00000000"}
    return changed(example(ENGLISH), "mandate", {"issuer": {**issuer, **members}, "statement": "By agreement of 2 March 2026."})


def test_who_issues_on_anothers_behalf_shows_the_mandate() -> None:
    document = written(mandated())
    body = document["credentialSubject"]["hasClaim"]["awardedBy"]["awardingBody"]
    assert document["issuer"]["id"] == DID
    assert document["issuer"]["legalName"] == {"en": "Marine Skills Alliance"}
    assert body["id"] != DID
    assert body["legalName"] == {"en": "Carrowmore Institute of Technology"}
    evidence = document["evidence"]
    assert (evidence["type"], evidence["evidenceStatement"]) == ("Evidence", "By agreement of 2 March 2026.")
    assert concept(evidence["dcType"]) == (
        "http://data.europa.eu/snb/evidence-type/c_18016257",
        "http://data.europa.eu/snb/evidence-type/25831c2",
        "Mandate",
    )
    assert check(document) == ()


def test_an_agency_that_is_the_awarding_body_is_written_as_itself() -> None:
    document = written(changed(example(ENGLISH), "quality_assurance.agency", {"id": DID}))
    accreditation = document["credentialSubject"]["hasClaim"]["specifiedBy"]["accreditation"]
    assert accreditation["accreditingAgent"] == document["issuer"]
    assert check(document) == ()


REFUSED: list[tuple[str, Any, str, str]] = [
    ("learner", ..., "award.edc_incomplete", "/learner"),
    ("title", ..., "award.edc_incomplete", "/title"),
    ("issuing_date", ..., "award.edc_incomplete", "/issuing_date"),
    ("awarding_body", ..., "award.edc_incomplete", "/awarding_body/name"),
    ("awarding_body.name", ..., "award.edc_incomplete", "/awarding_body/name"),
    ("awarding_body.country", ..., "award.edc_incomplete", "/awarding_body/country"),
    ("awarding_body.country", "Atlantis", "award.code_unknown", "/awarding_body/country"),
    ("awarding_body.eidas", ..., "award.edc_incomplete", "/awarding_body/eidas"),
    ("awarding_body.vat", {"number": "1", "country": "Atlantis"}, "award.code_unknown", "/awarding_body/vat/country"),
    ("awarding_body.id", "did:web:another.example", "issue.foreign_issuer", "/awarding_body/id"),
    ("learner.national_id", "12345", "award.edc_incomplete", "/learner/national_id/country"),
    ("learner.id", DID, "award.malformed", "/learner/id"),
    ("quality_assurance.type", ..., "award.edc_incomplete", "/quality_assurance/type"),
    ("quality_assurance.agency", ..., "award.edc_incomplete", "/quality_assurance/agency"),
    ("quality_assurance.agency.name", ..., "award.edc_incomplete", "/quality_assurance/agency/name"),
    ("quality_assurance.agency.country", ..., "award.edc_incomplete", "/quality_assurance/agency/country"),
    ("participation", "by post", "award.code_unknown", "/participation"),
    ("supervision", "by a parrot", "award.code_unknown", "/supervision"),
    ("level.eqf", 9, "award.code_unknown", "/level/eqf"),
    ("assessment.type", "séance", "award.code_unknown", "/assessment/type"),
    ("activity.type", "sleep", "award.code_unknown", "/activity/type"),
    ("field_of_education", ["0713", "0777"], "award.code_unknown", "/field_of_education/1"),
    ("instruction_languages", ["Klingon"], "award.code_unknown", "/instruction_languages/0"),
    ("title", {"en": "x", "tlh": "y"}, "award.code_unknown", "/title/tlh"),
    ("language", "tlh", "award.code_unknown", "/language"),
]


@pytest.mark.parametrize(("path", "value", "code", "pointer"), REFUSED, ids=[f"{row[0]}-{index}" for index, row in enumerate(REFUSED)])
def test_what_the_form_cannot_carry_is_refused_where_it_is(path: str, value: Any, code: str, pointer: str) -> None:
    found = refusal(changed(example(ENGLISH), path, value))
    assert (found.code, found.pointer) == (code, pointer)


@pytest.mark.parametrize(
    ("path", "value", "code", "pointer"),
    [
        ("mandate.statement", ..., "award.edc_incomplete", "/mandate/statement"),
        ("mandate.issuer.name", ..., "award.edc_incomplete", "/mandate/issuer/name"),
        ("mandate.issuer.eidas", ..., "award.edc_incomplete", "/mandate/issuer/eidas"),
        ("mandate.issuer.country", ..., "award.edc_incomplete", "/mandate/issuer/country"),
        ("mandate.issuer.id", "did:web:third.example", "issue.foreign_issuer", "/mandate/issuer/id"),
        ("awarding_body.id", DID, "award.malformed", "/mandate"),
    ],
)
def test_what_is_wrong_with_a_mandate_is_refused_where_it_is(path: str, value: Any, code: str, pointer: str) -> None:
    found = refusal(changed(mandated(), path, value))
    assert (found.code, found.pointer) == (code, pointer)


def test_official_numbers_stand_under_their_own_names() -> None:
    record = example(ENGLISH)
    record["awarding_body"].update({"vat": "V", "tax": {"number": "T", "country": "ES"}})
    issuer = written(record)["issuer"]
    found = {
        name: (issuer[name]["type"], issuer[name]["notation"], issuer[name]["spatial"]["id"][-3:])
        for name in issuer
        if "notation" in issuer[name]
    }
    assert found == {
        "eIDASIdentifier": ("LegalIdentifier", "VATIE-0000000T", "IRL"),
        "registration": ("LegalIdentifier", "IE-554433", "IRL"),
        "vatIdentifier": ("LegalIdentifier", "V", "IRL"),
        "taxIdentifier": ("LegalIdentifier", "T", "ESP"),
    }
    assert len({issuer[name]["id"] for name in found}) == 4


def test_a_learner_is_no_agency_either() -> None:
    record = changed(example(ENGLISH), "learner.id", "did:web:agency.example")
    found = refusal(changed(record, "quality_assurance.agency.id", "did:web:agency.example"))
    assert (found.code, found.pointer) == ("award.malformed", "/learner/id")
    del record["quality_assurance"]
    assert written(record)["credentialSubject"]["id"] == "did:web:agency.example"


@pytest.mark.parametrize("member", ["grade", "supervision"])
def test_an_assessment_of_which_no_type_is_known_has_the_awards_title(member: str) -> None:
    record = changed(example(ENGLISH), "assessment", ...)
    del record[{"grade": "supervision", "supervision": "grade"}[member]]
    assessment = written(record)["credentialSubject"]["hasClaim"]["provenBy"]
    assert assessment["title"] == assessment["specifiedBy"]["title"] == {"en": "Condition Monitoring of Tidal Turbines"}
    assert "dcType" not in assessment["specifiedBy"]
    assert assessment["awardedBy"]["awardingDate"] == "2026-06-12T00:00:00Z"


def test_an_assessment_without_a_title_is_called_by_its_type() -> None:
    document = written(changed(example(ENGLISH), "assessment", "quiz"))
    assert document["credentialSubject"]["hasClaim"]["provenBy"]["title"] == {"en": "quiz"}


# --- beyond the generic profile ---------------------------------------------------------------------------------------------


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_the_logo_stands_wherever_the_organisation_does() -> None:
    document = written(example(FRENCH))
    bodies = [node for node in typed(document, "Organisation") if node["id"] == "did:web:ipb.example"]
    assert len(bodies) > 1
    for body in bodies:
        assert body["logo"]["contentType"]["id"].endswith("/file-type/SVG")
        assert base64.b64decode(body["logo"]["content"]).startswith(b"<svg")
    assert "logo" not in document["issuer"]


def test_the_learner_is_told_as_far_as_the_record_goes() -> None:
    person = written(example(FRENCH))["credentialSubject"]
    assert person["id"] == "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    assert [country["prefLabel"]["en"] for country in person["citizenshipCountry"]] == ["France", "Ireland"]
    assert person["placeOfBirth"]["address"]["countryCode"]["id"].endswith("/country/IRL")
    assert person["placeOfBirth"]["geographicName"] == {"fr": "Corcaigh (Cork)"}
    assert (person["identifier"]["type"], person["identifier"]["notation"]) == ("Identifier", "IPB-2026-00417")
    assert person["dateOfBirth"] == "1991-03-31T00:00:00Z"


def test_a_region_stands_in_its_scheme() -> None:
    place = written(example(FRENCH))["credentialSubject"]["hasClaim"]["awardedBy"]["awardingBody"]["location"]
    assert (place["spatialCode"]["id"], place["spatialCode"]["inScheme"]["id"]) == (
        "http://data.europa.eu/nuts/code/FRJ",
        "http://data.europa.eu/nuts",
    )


def test_outcomes_cycles_and_received_credits() -> None:
    achievement = written(example(FRENCH))["credentialSubject"]["hasClaim"]
    qualification = achievement["specifiedBy"]
    first = qualification["learningOutcome"][0]
    assert concept(first["dcType"]) == (
        "http://data.europa.eu/snb/skill-type/skill",
        "http://data.europa.eu/snb/skill-type/25831c2",
        "skill",
    )
    assert concept(first["reusabilityLevel"])[0] == "http://data.europa.eu/snb/skill-reuse-level/sector-specific"
    assert concept(qualification["educationLevel"])[2] == "first cycle"
    assert (qualification["creditPoint"]["point"], achievement["creditReceived"]["point"]) == ("3", "2")
    assert achievement["creditReceived"]["id"] != qualification["creditPoint"]["id"]


def test_evidence_of_a_conversion_holds_the_document() -> None:
    conversion = {"document": PDF_FILE, "title": "Certificate of 2019", "statement": "Compared with the register."}
    evidence = written(changed(example(ENGLISH), "conversion", conversion))["evidence"]
    assert concept(evidence["dcType"])[2] == "Conversion"
    assert evidence["evidenceStatement"] == "Compared with the register."
    assert base64.b64decode(evidence["embeddedEvidence"]["content"]) == b"%PDF-1.4 one page"
    assert evidence["embeddedEvidence"]["contentType"]["id"].endswith("/file-type/PDF")


def test_evidence_of_an_accreditation_is_the_stated_one() -> None:
    document = written(changed(example(ENGLISH), "accredited", True))
    assert document["evidence"]["accreditation"] == document["credentialSubject"]["hasClaim"]["specifiedBy"]["accreditation"]
    record = changed(changed(example(ENGLISH), "accredited", True), "quality_assurance", ...)
    assert (refusal(record).code, refusal(record).pointer) == ("award.edc_incomplete", "/quality_assurance")


def test_modules_of_a_supplement_are_parts_and_achievements() -> None:
    record = example(SUPPLEMENT)
    achievement = written(record)["credentialSubject"]["hasClaim"]
    modules = record["supplement"]["modules"]
    assert [part["title"] for part in achievement["hasPart"]] == [module["title"] for module in modules]
    assert [part["title"] for part in achievement["specifiedBy"]["hasPart"]] == [module["title"] for module in modules]
    first, part = achievement["hasPart"][0], achievement["specifiedBy"]["hasPart"][0]
    assert first["provenBy"]["grade"]["noteLiteral"] == {"de": "sehr gut (1)", "en": "excellent (1)"}
    assert first["specifiedBy"] == {"id": part["id"]} == part["hasPart"]
    assert first["creditReceived"] == {"id": part["creditPoint"]["id"]}
    assert part["creditPoint"]["point"] == "9"
    assert achievement["specifiedBy"]["maximumDuration"] == "P24M"
    assert achievement["awardedBy"]["educationalSystemNote"]["prefLabel"]["en"].startswith("Austrian higher education")
    assert [concept(found["specifiedBy"]["dcType"])[2] for found in achievement["entitlesTo"]] == ["learning opportunity", "occupation"]


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("learner.full_name", "/learner/full_name"),
        ("learner.date_of_birth", "/learner/date_of_birth"),
        ("field_of_education", "/field_of_education"),
        ("instruction_languages", "/instruction_languages"),
        ("level.nqf", "/level/nqf"),
        ("supplement.duration_months", "/supplement/duration_months"),
        ("participation", "/participation"),
        ("learning_outcomes", "/learning_outcomes"),
        ("workload.ects", "/workload/ects"),
        ("supplement.modules", "/supplement/modules"),
        ("quality_assurance", "/quality_assurance"),
    ],
)
def test_a_supplement_that_lacks_what_its_profile_demands_is_refused(path: str, pointer: str) -> None:
    found = refusal(changed(example(SUPPLEMENT), path, ...))
    assert (found.code, found.pointer) == ("award.edc_incomplete", pointer)


def test_a_supplement_needs_an_assessment_and_credits_of_each_module() -> None:
    record = example(SUPPLEMENT)
    for member in ("assessment", "grade", "supervision"):
        del record[member]
    assert refusal(record).pointer == "/assessment"
    record = example(SUPPLEMENT)
    del record["supplement"]["modules"][3]["ects"]
    assert refusal(record).pointer == "/supplement/modules/3/ects"
    part_of = changed(example(SUPPLEMENT), "stackability", {"part_of": ["A larger one"]})
    assert (refusal(part_of).code, refusal(part_of).pointer) == ("award.malformed", "/stackability/part_of")


def test_several_pages_in_one_language_are_numbered() -> None:
    document: Any = credential(parse_award(example(SUPPLEMENT)), pages={"de": (b"one", b"two", b"three"), "en": b"one"})
    german, english = document["displayParameter"]["individualDisplay"]
    assert [(detail["page"], base64.b64decode(detail["image"]["content"])) for detail in listed(german["displayDetail"])] == [
        (1, b"one"),
        (2, b"two"),
        (3, b"three"),
    ]
    assert [detail["page"] for detail in listed(english["displayDetail"])] == [1]
