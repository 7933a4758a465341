"""Our controlled lists against the published ones."""

from __future__ import annotations

import json

import pycountry
import pytest

from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.currencies import CURRENCIES
from atesto.profiles.edc.lists.language_codes import FEWER, MORE, language_codes
from tests.reference_data import reference
from tests.unit.profiles.edc.test_lists import LISTS

FILES = {
    "EQF_LEVELS": "eqf",
    "QUALITY_ASSURANCE_TYPES": "accreditation",
    "ASSESSMENT_TYPES": "assessment",
    "MODES": "learning-assessment-mode",
    "ACTIVITY_TYPES": "learning-activity",
    "CREDIT_SYSTEMS": "education-credit",
    "SUPERVISION_TYPES": "supervision-verification",
    "CREDENTIAL_PROFILES": "credential-profile",
    "EVIDENCE_TYPES": "evidence-type",
    "ENCODINGS": "encoding",
    "COUNTRIES": "country",
    "FIELDS_OF_EDUCATION": "isced-f",
    "LANGUAGES": "language",
    "FILE_TYPES": "file-type",
    "NQF_LEVELS": "nqf-qdr",
    "CURRENCIES": "currency",
    "SKILL_TYPES": "skill-type",
    "REUSE_LEVELS": "skill-reuse-level",
    "ENTITLEMENT_TYPES": "entitlement",
    "ENTITLEMENT_STATUSES": "entitlement-status",
    "OPPORTUNITY_TYPES": "learning-opportunity",
    "SCHEDULES": "learning-schedule",
    "SETTINGS": "learning-setting",
    "TARGET_GROUPS": "target-group",
    "VERIFICATION_CHECKS": "verification-check",
    "VERIFICATION_STATUSES": "verification-status",
}
NOT_HELD = {"atu", "nuts", "credential-v2-legacy"}
"""Places by the thousand, and the credential types of the model before."""
SELECTED = {"LANGUAGES"}
"""Of these we hold labels of what micro-credentials need; the codes are all known."""
COUNTRIES_OF_THE_OFFICE = ({"1A0", "CPT", "EUR", "FQ0", "OP_DATPRO"}, {"ATF"})
CURRENCIES_OF_ITS_DAY = ({"ANG", "BGN", "CUC", "HRK", "SLL", "ZWL"}, {"SLE", "VED", "XAD", "XCG", "ZWG"})
"""What the published list has beyond ISO's codes of today, and what it lacks of them."""


def test_every_list_has_a_published_one() -> None:
    assert set(FILES) == set(LISTS)
    published = json.loads(reference("edc", "vocab", "index.json").read_text(encoding="utf-8"))
    assert set(published) == {*FILES.values(), *NOT_HELD}


def test_the_codes_of_all_languages_are_the_published_ones() -> None:
    published = json.loads(reference("edc", "vocab", "language.json").read_text(encoding="utf-8"))
    assert {published["scheme"] + "/" + code for code in language_codes()} == set(published["labels_en"])
    iso = {language.alpha_3.upper() for language in pycountry.languages}
    assert not iso & set(MORE)
    assert set(FEWER) < iso


def test_where_codes_of_countries_and_currencies_are_not_those_of_iso() -> None:
    countries, currencies = ({entry.alpha_3 for entry in entries} for entries in (pycountry.countries, pycountry.currencies))
    assert (set(COUNTRIES.labels) - countries, countries - set(COUNTRIES.labels)) == COUNTRIES_OF_THE_OFFICE
    assert (set(CURRENCIES.labels) - currencies, currencies - set(CURRENCIES.labels)) == CURRENCIES_OF_ITS_DAY
    for country in pycountry.countries:
        code = {"ATF": "FQ0"}.get(country.alpha_3, country.alpha_3)
        assert COUNTRIES.names[country.alpha_2.lower()] == code


@pytest.mark.parametrize("name", FILES)
def test_the_list_is_the_published_one(name: str) -> None:
    published = json.loads(reference("edc", "vocab", f"{FILES[name]}.json").read_text(encoding="utf-8"))
    table = LISTS[name]
    assert table.scheme == published["scheme"]
    ours = {table.iri(code) for code in table.labels}
    theirs = published["labels_en"]
    if name in SELECTED:
        assert ours < set(theirs)
        return
    assert ours == set(theirs)
    if not table.complete:
        # Published nowhere as a list: gathered from credentials, with remarks in place of some labels.
        return
    assert {iri: label for iri, label in theirs.items() if table.labels[table.code(iri) or ""].strip() != label.strip()} == {}
