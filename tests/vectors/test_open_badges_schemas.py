"""Our schemas beside those that 1EdTech publishes: over every sample, and over generated badges, sound and faulty.

Without their `DIFFERENCES` the two say the same of every document; with them ours take less, and what less is, is shown.
"""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from hypothesis import given, settings

from atesto.credentials.json_schema import first_fault
from atesto.profiles.open_badges.json_schema import DIFFERENCES, LOOSER, badge_schema, schema_bytes
from tests.reference_data import reference
from tests.simulators.badges import badges, faulty_badges

pytestmark = pytest.mark.vectors
FOLDER: Final = reference("ob3")
SAMPLES: Final = [row for row in json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))["files"] if row.get("schema")]
JSON_SAMPLES: Final = [row for row in SAMPLES if row["container"] == "json"]
OURS: Final = {version: schema_bytes(badge_schema(version)) for version in ("2.0", "1.1")}
AS_PUBLISHED: Final = {version: schema_bytes(badge_schema(version, differences=())) for version in ("2.0", "1.1")}
STRICTER_SAMPLES: Final = {"ob30/simple-err-credential-subject-profile-type.json"}
"""A Profile that says it is something else: the reason for which the sample is to be refused, and the published schema does not see it."""
STRICTER: Final = tuple(name for name in DIFFERENCES if name not in LOOSER)


def published(version: str) -> bytes:
    """The schema of badges in VCDM 2.0; for 1.1 that half of the schema of any badge (its `anyOf`)."""
    if version == "2.0":
        return (FOLDER / "schemas" / "ob_v3p0_achievementcredential_schema.json").read_bytes()
    schema = json.loads((FOLDER / "schemas" / "ob_v3p0_anyachievementcredential_schema.json").read_bytes())
    return json.dumps({**schema, "anyOf": schema["anyOf"][:1]}).encode()


PUBLISHED: Final = {version: published(version) for version in ("2.0", "1.1")}


def keeps(schema: bytes, document: Any) -> bool:
    return first_fault(schema, document) is None


def test_the_samples_are_all_here() -> None:
    assert len(SAMPLES) == 25
    assert len(JSON_SAMPLES) == 22


@pytest.mark.parametrize("row", JSON_SAMPLES, ids=lambda row: row["file"])
def test_a_sample_has_the_verdict_that_is_recorded(row: Any) -> None:
    document = json.loads((FOLDER / row["file"]).read_text(encoding="utf-8"))
    schema = row["schema"]["schema"]
    versions = ("2.0", "1.1") if schema.startswith("any") else ("2.0",)
    assert any(keeps(AS_PUBLISHED[version], document) for version in versions) is row["schema"]["valid"]
    assert any(keeps(PUBLISHED[version], document) for version in versions) is row["schema"]["valid"]
    ours = row["schema"]["valid"] and row["file"] not in STRICTER_SAMPLES
    assert any(keeps(OURS[version], document) for version in versions) is ours


@pytest.mark.parametrize("version", ["2.0", "1.1"])
def test_what_is_generated_as_sound_is_sound_to_all_three(version: str) -> None:
    @settings(max_examples=60)
    @given(badges(version))
    def check(document: Any) -> None:
        for schemas in (OURS, AS_PUBLISHED, PUBLISHED):
            assert first_fault(schemas[version], document) is None

    check()


@pytest.mark.parametrize("version", ["2.0", "1.1"])
def test_without_differences_the_two_say_the_same(version: str) -> None:
    counted = {True: 0, False: 0}

    @settings(max_examples=300)
    @given(faulty_badges(version))
    def check(document: Any) -> None:
        verdict = keeps(PUBLISHED[version], document)
        counted[verdict] += 1
        assert keeps(AS_PUBLISHED[version], document) is verdict, document
        without_looser = schema_bytes(badge_schema(version, differences=STRICTER))
        assert verdict or not keeps(without_looser, document)

    check()
    assert counted[True] > 20
    assert counted[False] > 20


CASES: Final[dict[str, tuple[str, Any]]] = {
    "texts": ("/name", {"en": "A name"}),
    "types": ("/credentialSubject/type", "Person"),
    "contexts": ("/@context", "https://www.w3.org/ns/credentials/v2"),
    "identifiers": ("/id", "badges/1"),
    "extensions": ("/credentialSubject/achievement/achievementType", "not ext:at the start"),
    "one_of": ("/credentialSubject/achievement/criteria", {}),
    "status_list": ("/credentialStatus", [{"type": "BitstringStatusListEntry"}]),
    "service_types": ("/credentialStatus", {"type": ["BitstringStatusListEntry", "More"]}),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_each_difference_is_one(name: str) -> None:
    place, value = CASES[name]
    document = json.loads((FOLDER / "ob30" / "simple.json").read_text(encoding="utf-8"))
    document.pop("credentialSchema", None)
    assert keeps(OURS["2.0"], document)
    node = document
    *above, last = place.split("/")[1:]
    for step in above:
        node = node[step]
    node[last] = value
    only, looser = schema_bytes(badge_schema(differences=[name])), name in LOOSER
    assert keeps(PUBLISHED["2.0"], document) is not looser
    assert keeps(AS_PUBLISHED["2.0"], document) is not looser
    assert keeps(only, document) is looser
    assert keeps(OURS["2.0"], document) is looser
