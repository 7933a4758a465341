"""The controlled lists: complete, unambiguous, found by the words that people use."""

from __future__ import annotations

import pytest

from atesto.profiles.edc.lists import europass, learning, verification
from atesto.profiles.edc.lists.controlled_list import ControlledList
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.currencies import CURRENCIES
from atesto.profiles.edc.lists.file_types import FILE_TYPES
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.lists.language_codes import language_codes
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.lists.nqf import NQF_LEVELS
from atesto.profiles.edc.lists.schemes import BINDING_SCHEMES, OPEN_LISTS, SCHEMES
from atesto.profiles.edc.lists.schemes import LISTS as BY_NAME

EUROPASS = {
    name: table
    for module in (europass, learning, verification)
    for name, table in vars(module).items()
    if isinstance(table, ControlledList)
}
LISTS = {
    **EUROPASS,
    "COUNTRIES": COUNTRIES,
    "CURRENCIES": CURRENCIES,
    "FILE_TYPES": FILE_TYPES,
    "FIELDS_OF_EDUCATION": FIELDS_OF_EDUCATION,
    "LANGUAGES": LANGUAGES,
    "NQF_LEVELS": NQF_LEVELS,
}
COUNTS = {
    "EQF_LEVELS": 8,
    "QUALITY_ASSURANCE_TYPES": 4,
    "ASSESSMENT_TYPES": 14,
    "MODES": 6,
    "ACTIVITY_TYPES": 11,
    "CREDIT_SYSTEMS": 2,
    "SUPERVISION_TYPES": 3,
    "CREDENTIAL_PROFILES": 5,
    "EVIDENCE_TYPES": 3,
    "ENCODINGS": 1,
    "COUNTRIES": 253,
    "FIELDS_OF_EDUCATION": 220,
    "LANGUAGES": 76,
    "FILE_TYPES": 195,
    "NQF_LEVELS": 424,
    "CURRENCIES": 179,
    "SKILL_TYPES": 2,
    "REUSE_LEVELS": 4,
    "ENTITLEMENT_TYPES": 3,
    "ENTITLEMENT_STATUSES": 2,
    "OPPORTUNITY_TYPES": 12,
    "SCHEDULES": 3,
    "SETTINGS": 2,
    "TARGET_GROUPS": 20,
    "VERIFICATION_CHECKS": 7,
    "VERIFICATION_STATUSES": 3,
}
PARTIAL = {"SUPERVISION_TYPES", "CREDENTIAL_PROFILES", "EVIDENCE_TYPES", "VERIFICATION_CHECKS", "VERIFICATION_STATUSES"}
UNION = "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN SWE"
OFFICIAL = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"


def test_every_list_is_counted() -> None:
    assert {name: len(table.labels) for name, table in LISTS.items()} == COUNTS
    assert {name for name, table in LISTS.items() if not table.complete} == PARTIAL


@pytest.mark.parametrize("name", LISTS)
def test_a_code_and_its_iri_lead_to_each_other(name: str) -> None:
    table = LISTS[name]
    for code, label in table.labels.items():
        assert label.strip() == label
        assert label
        assert table.code(table.iri(code)) == code
        assert table.find(code) == code
        assert table.find(table.iri(code)) == code
    assert table.code(table.base) is None
    assert table.code(table.base + "no-such-code") is None
    assert table.code("no-such-code") is None
    assert table.find("no such label") is None
    assert table.find("") is None


@pytest.mark.parametrize("name", LISTS)
def test_a_name_is_in_lower_case_and_leads_into_the_list(name: str) -> None:
    table = LISTS[name]
    for word, code in table.names.items():
        assert word == word.lower()
        assert code in table.labels
        assert table.find(word.upper()) == table.find(f" {word} ") == code


@pytest.mark.parametrize("name", EUROPASS)
def test_a_label_leads_to_its_code_whatever_its_case(name: str) -> None:
    table = EUROPASS[name]
    for code, label in table.labels.items():
        assert table.find(label) == table.find(label.upper()) == code


def test_a_label_that_two_codes_share_means_neither() -> None:
    assert FIELDS_OF_EDUCATION.labels["01"] == FIELDS_OF_EDUCATION.labels["011"] == "Education"
    assert FIELDS_OF_EDUCATION.find("Education") is None


def test_every_member_state_is_found_by_three_names() -> None:
    for code in UNION.split():
        assert COUNTRIES.find(COUNTRIES.labels[code]) == code
        assert [two for two, found in COUNTRIES.names.items() if found == code and len(two) == 2]
    assert COUNTRIES.find("el") == COUNTRIES.find("GR") == "GRC"


def test_every_official_language_of_the_union_is_found_by_its_tag() -> None:
    found = [LANGUAGES.find(tag) for tag in OFFICIAL.split()]
    assert None not in found
    assert len(set(found)) == 24
    assert sorted(LANGUAGES.names.values()) == sorted(LANGUAGES.labels)


def test_fields_of_education_are_broad_narrow_and_detailed() -> None:
    lengths = [len(code) for code in FIELDS_OF_EDUCATION.labels]
    assert set(lengths) == {2, 3, 4}
    for code in FIELDS_OF_EDUCATION.labels:
        assert len(code) == 2 or code[:-1] in FIELDS_OF_EDUCATION.labels, code


def test_every_list_is_known_by_its_scheme() -> None:
    assert {table.scheme for table in LISTS.values()} | {table.scheme for table in OPEN_LISTS.values()} == set(SCHEMES)
    assert len(SCHEMES) == len(BY_NAME)
    assert set(SCHEMES) > BINDING_SCHEMES


def test_a_list_that_is_held_nowhere_holds_what_stands_below_its_base() -> None:
    for table in OPEN_LISTS.values():
        assert table.holds(table.base + "anything")
        assert not table.holds(table.base)
        assert not table.holds("urn:anything")


def test_languages_beyond_the_table_are_known_by_code() -> None:
    assert len(language_codes()) == 8_175
    assert set(LANGUAGES.labels) < language_codes()
    assert LANGUAGES.holds(LANGUAGES.base + "AAA")
    assert LANGUAGES.code(LANGUAGES.base + "AAA") is None
    for code in ("HBS", "aaa", "QQQ", ""):
        assert not LANGUAGES.holds(LANGUAGES.base + code)
