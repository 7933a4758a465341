"""Reading what others write: shapes that JSON-LD allows, values outside lists, shifted dates, conflicting durations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from atesto.errors import MalformedInput
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.read import read
from atesto.recognition.frameworks.eu_2022.check import check
from tests.simulators.awards import as_issued, changed, credential, example

ENGLISH = "en-tidal-turbines"


def document(name: str = ENGLISH) -> Any:
    return json.loads(json.dumps(credential(parse_award(example(name)))))


def claim(value: Any) -> Any:
    return value["credentialSubject"]["hasClaim"]


def record(value: Any) -> Any:
    return read(value).to_json()


def expected() -> Any:
    return as_issued(parse_award(example(ENGLISH)))


@pytest.mark.parametrize(
    "value", [{}, {"credentialSubject": []}, {"credentialSubject": "x", "issuer": 5}, {"credentialSubject": {"hasClaim": [{}, 5]}}]
)
def test_a_document_that_says_nothing_is_an_award_that_says_nothing(value: Any) -> None:
    assert record(value) == {"language": "en"}


def test_every_member_may_stand_in_a_list() -> None:
    def wrapped(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: inner if name.startswith("@") or name in ("id", "type") else _listed(wrapped(inner)) for name, inner in value.items()
            }
        return [wrapped(item) for item in value] if isinstance(value, list) else value

    def _listed(value: Any) -> Any:
        return value if isinstance(value, list) else [value]

    language_maps = {"title", "legalName", "prefLabel", "noteLiteral", "givenName", "familyName", "fullName", "description"}

    def unwrapped_texts(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: inner[0] if name in language_maps and isinstance(inner, list) else unwrapped_texts(inner)
                for name, inner in value.items()
            }
        return [unwrapped_texts(item) for item in value] if isinstance(value, list) else value

    found = record(unwrapped_texts(wrapped(document())))
    wanted = expected()
    # A truth value in a list is not read: the shapes allow one, alone.
    del wanted["stackability"]["partial"]
    assert found == wanted


def test_a_node_may_be_told_once_and_named_elsewhere() -> None:
    value = document()
    body = value["issuer"]
    claim(value)["awardedBy"]["awardingBody"] = body["id"]
    assert record(value) == expected()
    claim(value)["awardedBy"]["awardingBody"] = {"id": body["id"]}
    assert record(value) == expected()


def test_the_first_achievement_is_read() -> None:
    value = document()
    value["credentialSubject"]["hasClaim"] = [
        {"type": "LearningActivity", "title": {"en": "Sea trip"}},
        claim(value),
        {"type": "LearningAchievement"},
    ]
    assert record(value) == expected()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1994-11-23T00:00:00Z", "1994-11-23"),
        ("1999-10-01T22:00:00Z", "1999-10-02"),
        ("1999-12-31T23:00:00Z", "2000-01-01"),
        ("1999-07-01T21:00:00Z", "1999-07-02"),
        ("1999-07-01T20:00:00Z", "1999-07-01"),
        ("1999-07-01T22:30:00Z", "1999-07-01"),
        ("1999-10-02T00:00:00+02:00", "1999-10-02"),
        ("1999-10-01T22:00:00+02:00", "1999-10-01"),
        ("1999-10-02T00:00:00-05:00", "1999-10-02"),
        ("1999-10-02T00:00:00", "1999-10-02"),
        ("9999-12-31T22:00:00Z", "9999-12-31"),
        ("1999-10-02", None),
        ("2 October 1999", None),
    ],
)
def test_a_birth_date_is_the_day_that_was_meant(written: str, day: str | None) -> None:
    value = document()
    value["credentialSubject"]["dateOfBirth"] = written
    assert record(value)["learner"].get("date_of_birth") == day


def test_an_award_date_is_the_day_where_it_was_written() -> None:
    value = document()
    claim(value)["awardedBy"]["awardingDate"] = "2026-06-12T00:00:00+03:00"
    assert record(value)["issuing_date"] == "2026-06-12"
    del claim(value)["awardedBy"]["awardingDate"]
    assert record(value)["issuing_date"] == "2026-06-15"


@pytest.mark.parametrize("place", ["qualification", "activity", "activity specification"])
def test_a_duration_in_months_beside_hours_is_a_conflict(place: str) -> None:
    value = document()
    if place == "qualification":
        claim(value)["specifiedBy"]["volumeOfLearning"] = "P60M"
    elif place == "activity":
        claim(value)["influencedBy"]["workload"] = "P60M"
    else:
        claim(value)["influencedBy"]["specifiedBy"]["volumeOfLearning"] = "P60M"
    award = read(value)
    assert award.workload is not None
    assert award.workload.stated_otherwise == ("P60M",)
    (result,) = [result for result in check(award) if result.element == "workload"]
    assert result.code == "eu2022.workload_invalid"
    assert "P60M" in result.detail


@pytest.mark.parametrize(
    ("duration", "hours"),
    [("PT104H", 104), ("PT37H30M", 37.5), ("PT20M", 0.333333), ("PT90M", 1.5), ("PT0H", 0), ("PT999999H59M", 999999.983333)],
)
def test_hours_and_minutes_are_hours(duration: str, hours: float) -> None:
    value = document()
    claim(value)["specifiedBy"]["volumeOfLearning"] = duration
    assert record(value)["workload"]["hours"] == hours


@pytest.mark.parametrize("duration", ["P1D", "PT1S", "PT", "P", "PT1000000H", "PT999999H60M", "PT99999999M", "PT5,5H", "forever"])
def test_any_other_duration_is_stated_otherwise(duration: str) -> None:
    value = document()
    claim(value)["specifiedBy"]["volumeOfLearning"] = duration
    assert record(value)["workload"] == {"ects": 4.0, "stated_otherwise": [duration]}


@pytest.mark.parametrize("point", ["four", "", "1e9", "1234567", "1.1234567", "4 ", {"@value": "4"}])
def test_credits_that_are_no_number_are_not_read(point: Any) -> None:
    value = document()
    for points in (claim(value)["specifiedBy"]["creditPoint"], claim(value)["creditReceived"]):
        points["point"] = point
    assert record(value)["workload"].get("ects") == (4.0 if point == "4 " else None)


def test_credits_of_another_system_are_not_ects() -> None:
    value = document()
    claim(value)["specifiedBy"]["creditPoint"]["framework"]["id"] = "http://data.europa.eu/snb/education-credit/60b314e826"
    assert record(value)["workload"]["ects"] == 4.0
    claim(value)["creditReceived"]["framework"]["id"] = "https://a.example/credits"
    assert "ects" not in record(value)["workload"]


def test_a_value_outside_its_list_is_kept_and_reported() -> None:
    value = document()
    claim(value)["specifiedBy"]["mode"] = {"id": "https://a.example/by-post", "type": "Concept"}
    claim(value)["specifiedBy"]["eqfLevel"]["id"] = "http://data.europa.eu/snb/eqf/99"
    award = read(value)
    assert award.participation == "https://a.example/by-post"
    codes = {result.code for result in check(award)}
    assert codes == {None, "eu2022.participation_invalid", "eu2022.level_invalid"}


def test_a_home_made_concept_with_a_label_of_the_list_counts() -> None:
    value = document()
    claim(value)["provenBy"]["specifiedBy"]["dcType"] = {"id": "urn:epass:x:1", "type": "Concept", "prefLabel": {"en": "Oral examination"}}
    assert record(value)["assessment"]["type"] == "oral examination"
    claim(value)["specifiedBy"]["accreditation"]["dcType"] = {"id": "urn:x:1", "prefLabel": {"en": "Institutional Quality Assurance"}}
    assert record(value)["quality_assurance"]["type"] == "urn:x:1"


def test_the_form_of_participation_may_stand_at_the_activity() -> None:
    value = document()
    claim(value)["influencedBy"]["specifiedBy"]["mode"] = claim(value)["specifiedBy"].pop("mode")
    assert record(value) == expected()


def test_quality_assurance_may_stand_at_the_awarding_body() -> None:
    value = document()
    claim(value)["awardedBy"]["awardingBody"]["accreditation"] = claim(value)["specifiedBy"].pop("accreditation")
    assert record(value)["quality_assurance"] == expected()["quality_assurance"]


@pytest.mark.parametrize("identifier", ["urn:uuid:4b1e8d5f-b68a-5cec-9287-a2e3edd2a5a4", "urn:epass:person:1", "person 1", 5])
def test_an_id_inside_one_document_identifies_nobody(identifier: Any) -> None:
    value = document()
    value["credentialSubject"]["id"] = identifier
    assert "id" not in record(value)["learner"]


def test_the_case_of_a_language_tag_says_nothing() -> None:
    value = document()
    claim(value)["title"] = {"EN": "Tides", "en": "Other tides", "pt-br": "Marés", "SR-latn-rs": "Plime"}
    assert record(value)["title"] == {"en": "Tides", "pt-BR": "Marés", "sr-Latn-RS": "Plime"}


def test_texts_without_a_language_tag_are_left_out() -> None:
    value = document()
    claim(value)["title"] = {"english": "x", "en": "Title", "de": " ", "fr": 5, "@none": "y", "es": ["Título", "Otro"]}
    assert record(value)["title"] == {"en": "Title", "es": "Título"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//a.example/", "https:// a.example", 5, ""])
def test_only_web_addresses_become_links(url: Any) -> None:
    value = document()
    claim(value)["specifiedBy"]["supplementaryDocument"] = {"type": "WebResource", "contentURL": url}
    assert "links" not in record(value)["further_information"]


@pytest.mark.parametrize("address", ["orla@mail.example", "mailto:", "mailto:orla", 'mailto:"><b>@mail.example', "https://mail.example/"])
def test_only_mail_addresses_are_read(address: str) -> None:
    value = document()
    value["credentialSubject"]["contactPoint"]["emailAddress"]["id"] = address
    assert "email" not in record(value)["learner"]


def test_another_issuer_without_a_mandate_is_reported() -> None:
    value = document()
    value["issuer"] = {**value["issuer"], "id": "did:web:another.example"}
    award = read(value)
    assert award.mandate is not None
    assert award.mandate.issuer.id == "did:web:another.example"
    (result,) = [result for result in check(award) if result.code]
    assert (result.code, result.pointer) == ("eu2022.awarding_body_invalid", "/mandate/statement")
    value["evidence"] = [
        {"type": "Evidence", "dcType": {"id": "http://data.europa.eu/snb/evidence-type/c_c4f849d7"}, "evidenceStatement": "Converted."},
        {"type": "Evidence", "dcType": {"id": "http://data.europa.eu/snb/evidence-type/c_18016257"}, "evidenceStatement": "May issue."},
    ]
    award = read(value)
    assert award.mandate is not None
    assert award.mandate.statement == "May issue."


def test_a_region_in_the_language_is_kept_where_the_title_tells_it() -> None:
    award = parse_award(changed(changed(example(ENGLISH), "language", "en-IE"), "title", {"en-IE": "Tides", "de": "Gezeiten"}))
    assert read(credential(award)).language == "en-IE"


def test_a_record_that_would_exceed_its_bounds_is_refused() -> None:
    value = document()
    claim(value)["title"] = {"en": "x" * 30_000}
    with pytest.raises(MalformedInput) as caught:
        read(value)
    assert (caught.value.code, caught.value.pointer) == ("award.malformed", "/title")
    assert "xxx" not in caught.value.detail


# --- beyond the generic profile ---------------------------------------------------------------------------------------------

SUPPLEMENT = "de-diplomzusatz-wasserwirtschaft"


def test_modules_may_stand_in_the_qualification_alone() -> None:
    value = document(SUPPLEMENT)
    del claim(value)["hasPart"]
    modules = record(value)["supplement"]["modules"]
    assert len(modules) == 10
    assert modules[0]["ects"] == 9
    assert all("grade" not in module for module in modules)


def test_only_a_supplement_is_read_as_one() -> None:
    value = document(SUPPLEMENT)
    value["credentialProfiles"]["id"] = "http://data.europa.eu/snb/credential/e34929035b"
    assert "supplement" not in record(value)
    value = document()
    value["credentialProfiles"] = [value["credentialProfiles"], {"id": "http://data.europa.eu/snb/credential/6dff8a0f87"}]
    assert record(value)["supplement"] == {}


@pytest.mark.parametrize(("duration", "months"), [("P2Y", 24), ("P1Y6M", 18), ("P36M", 36), ("P1W", None), ("P", None), (5, None)])
def test_the_length_of_a_programme_is_read_in_months(duration: Any, months: int | None) -> None:
    value = document(SUPPLEMENT)
    claim(value)["specifiedBy"]["maximumDuration"] = duration
    assert record(value)["supplement"].get("duration_months") == months


@pytest.mark.parametrize("member", ["content", "contentType"])
def test_a_logo_that_a_record_could_not_hold_is_left_out(member: str) -> None:
    value = document("fr-geothermie-mandat")
    body = claim(value)["awardedBy"]["awardingBody"]
    assert "logo" in record(value)["awarding_body"]
    body["logo"][member] = "PHNjcmlwdC8+" if member == "content" else {"id": "https://a.example/gif"}
    assert "logo" not in record(value)["awarding_body"]


def test_other_education_levels_than_cycles_are_no_part_of_the_record() -> None:
    value = document("fr-geothermie-mandat")
    level = claim(value)["specifiedBy"]["educationLevel"]
    claim(value)["specifiedBy"]["educationLevel"] = [{"id": "http://data.europa.eu/snb/isced/6", "type": "Concept"}, level]
    assert record(value)["level"]["ehea"] == "first cycle"
    claim(value)["specifiedBy"]["educationLevel"] = {"id": "http://data.europa.eu/snb/isced/6", "type": "Concept"}
    assert "ehea" not in record(value)["level"]
