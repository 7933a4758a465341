"""Our controlled lists against the published ones."""

from __future__ import annotations

import json

import pytest

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
}
SELECTED = {"LANGUAGES", "FILE_TYPES"}
"""Of these two we hold what micro-credentials need."""


def test_every_list_has_a_published_one() -> None:
    assert set(FILES) == set(LISTS)


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
