"""The checks over a badge: one sound document, and for each rule one that breaks that rule alone, with the place of the fault."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from hypothesis import given

from atesto.credentials.json_schema import first_fault
from atesto.profiles.open_badges.check import check
from atesto.profiles.open_badges.json_schema import badge_schema, schema_bytes
from atesto.profiles.open_badges.structure import structure
from atesto.profiles.open_badges.vocabulary import CREDENTIALS_V1, CREDENTIALS_V2, EXTENSIONS, OPEN_BADGES
from tests.simulators.badges import badges, faulty_badges

SCHEMA: Final = schema_bytes(badge_schema())
RUBRIC: Final = [{"id": "urn:level:1", "type": ["RubricCriterionLevel"], "name": "Mastered"}]
ENDORSEMENT: Final[dict[str, Any]] = {
    "@context": [CREDENTIALS_V2, OPEN_BADGES],
    "id": "urn:endorsement:1",
    "type": ["VerifiableCredential", "EndorsementCredential"],
    "name": "An endorsement",
    "issuer": {"id": "did:example:agency", "type": ["Profile"], "name": "An agency"},
    "validFrom": "2026-06-15T09:00:00Z",
    "credentialSubject": {"id": "urn:achievement:1", "type": ["EndorsementSubject"], "endorsementComment": "In **good** standing"},
}


def badge() -> Any:
    return json.loads(
        json.dumps(
            {
                "@context": [CREDENTIALS_V2, OPEN_BADGES],
                "id": "urn:credential:1",
                "type": ["VerifiableCredential", "OpenBadgeCredential"],
                "name": "A badge",
                "issuer": {"id": "did:example:issuer", "type": ["Profile"], "name": "An institution"},
                "validFrom": "2026-06-15T09:00:00Z",
                "evidence": [{"type": ["Evidence"], "id": "https://e.example/report", "genre": "Report"}],
                "credentialSubject": {
                    "type": ["AchievementSubject"],
                    "identifier": [
                        {"type": "IdentityObject", "hashed": False, "identityHash": "Ada", "identityType": "name"},
                        {
                            "type": "IdentityObject",
                            "hashed": True,
                            "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
                            "identityType": "emailAddress",
                            "salt": "Kosher",
                        },
                    ],
                    "result": [
                        {"type": ["Result"], "resultDescription": "urn:result:points", "value": "8"},
                        {"type": ["Result"], "resultDescription": "urn:result:rubric", "achievedLevel": "urn:level:1"},
                        {"type": ["Result"], "resultDescription": "urn:result:status", "status": "Completed"},
                        {"type": ["Result"], "resultDescription": "urn:result:letter", "value": "A"},
                        {"type": ["Result"], "value": "told alone"},
                    ],
                    "achievement": {
                        "id": "urn:achievement:1",
                        "type": ["Achievement"],
                        "achievementType": "MicroCredential",
                        "name": "A badge",
                        "description": "What it is",
                        "criteria": {"narrative": "# What to do"},
                        "endorsement": [ENDORSEMENT],
                        "alignment": [
                            {"type": ["Alignment"], "targetName": "Skill", "targetUrl": "http://data.europa.eu/esco/skill/1"},
                            {"type": ["Alignment"], "targetName": "Item", "targetUrl": "https://case.example/1", "targetType": "CFItem"},
                            {
                                "type": ["Alignment"],
                                "targetName": "C",
                                "targetUrl": "https://c.example/1",
                                "targetType": "ceasn:Competency",
                            },
                            {"type": ["Alignment"], "targetName": "D", "targetUrl": "https://c.example/2", "targetType": "ext:EQFLevel"},
                        ],
                        "resultDescription": [
                            {
                                "id": "urn:result:points",
                                "type": ["ResultDescription"],
                                "name": "Points",
                                "resultType": "RawScore",
                                "valueMin": "0",
                                "valueMax": "10",
                            },
                            {
                                "id": "urn:result:rubric",
                                "type": ["ResultDescription"],
                                "name": "Rubric",
                                "resultType": "RubricCriterion",
                                "rubricCriterionLevel": RUBRIC,
                            },
                            {"id": "urn:result:status", "type": ["ResultDescription"], "name": "Status", "resultType": "Status"},
                            {
                                "id": "urn:result:letter",
                                "type": ["ResultDescription"],
                                "name": "Letter",
                                "resultType": "LetterGrade",
                                "allowedValue": ["A", "B"],
                            },
                        ],
                    },
                },
            }
        )
    )


def test_a_sound_badge_has_no_findings() -> None:
    assert check(badge()) == ()
    assert first_fault(SCHEMA, badge()) is None


SUBJECT: Final = "/credentialSubject"
ACHIEVEMENT: Final = SUBJECT + "/achievement"
ENDORSED: Final = ACHIEVEMENT + "/endorsement/0"
IDENTITY: Final = SUBJECT + "/identifier/1"
STATUS_LIST: Final = {"id": "https://a.example/list", "type": "1EdTechRevocationList"}

FAULTS: Final[list[tuple[str, Any, str, str]]] = [
    ("/@context", [OPEN_BADGES, CREDENTIALS_V2], "ob.context", "/@context"),
    ("/@context", [CREDENTIALS_V2], "ob.context", "/@context"),
    ("/@context", [CREDENTIALS_V2, EXTENSIONS, OPEN_BADGES], "ob.context", "/@context"),
    ("/@context/1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", "ob.context_outdated", "/@context"),
    ("/@context/1", "https://purl.imsglobal.org/spec/ob/v3p0/context.json", "ob.context_outdated", "/@context"),
    ("/credentialStatus", STATUS_LIST, "ob.extension_undefined", "/credentialStatus/type"),
    (ENDORSED + "/credentialStatus", STATUS_LIST, "ob.extension_undefined", ENDORSED + "/credentialStatus/type"),
    ("/type", ["VerifiableCredential"], "ob.type", "/type"),
    ("/issuer/type", "Person", "ob.type", "/issuer/type"),
    (SUBJECT + "/type", ["Subject"], "ob.type", SUBJECT + "/type"),
    (IDENTITY + "/type", ["IdentityObject"], "ob.type", IDENTITY + "/type"),
    ("/termsOfUse", [{}], "ob.type", "/termsOfUse/0/type"),
    ("/validFrom", ..., "ob.member_missing", "/validFrom"),
    ("/issuer/id", ..., "ob.member_missing", "/issuer/id"),
    (ACHIEVEMENT + "/description", ..., "ob.member_missing", ACHIEVEMENT + "/description"),
    (ENDORSED + "/name", ..., "ob.member_missing", ENDORSED + "/name"),
    (ACHIEVEMENT + "/name", {"en": "A badge"}, "ob.member_malformed", ACHIEVEMENT + "/name"),
    (ACHIEVEMENT + "/id", "achievement-1", "ob.member_malformed", ACHIEVEMENT + "/id"),
    (ACHIEVEMENT + "/criteria", [{"narrative": "x"}], "ob.member_malformed", ACHIEVEMENT + "/criteria"),
    (ACHIEVEMENT + "/creditsAvailable", "4", "ob.member_malformed", ACHIEVEMENT + "/creditsAvailable"),
    (ACHIEVEMENT + "/creditsAvailable", True, "ob.member_malformed", ACHIEVEMENT + "/creditsAvailable"),
    (ACHIEVEMENT + "/inLanguage", "English", "ob.member_malformed", ACHIEVEMENT + "/inLanguage"),
    (ACHIEVEMENT + "/endorsementJwt", ["no token"], "ob.member_malformed", ACHIEVEMENT + "/endorsementJwt/0"),
    ("/validFrom", "2026-06-15T09:00:00", "ob.member_malformed", "/validFrom"),
    ("/issuer/dateOfBirth", "1990-02-30T00:00:00Z", "ob.member_malformed", "/issuer/dateOfBirth"),
    (IDENTITY + "/hashed", "true", "ob.member_malformed", IDENTITY + "/hashed"),
    (IDENTITY + "/more", "x", "ob.member_unknown", IDENTITY + "/more"),
    (ACHIEVEMENT + "/achievementType", "Micro", "ob.value_unknown", ACHIEVEMENT + "/achievementType"),
    (ACHIEVEMENT + "/achievementType", "not ext:first", "ob.value_unknown", ACHIEVEMENT + "/achievementType"),
    (SUBJECT + "/result/2/status", "ext:Done", "ob.value_unknown", SUBJECT + "/result/2/status"),
    (SUBJECT + "/identifier", [], "ob.subject_unidentified", SUBJECT),
    (ACHIEVEMENT + "/criteria", {}, "ob.criteria_unstated", ACHIEVEMENT + "/criteria"),
    ("/issuer", "did:example:issuer", "ob.issuer_untold", "/issuer"),
    (SUBJECT + "/result/0/resultDescription", "urn:result:none", "ob.result", SUBJECT + "/result/0"),
    (SUBJECT + "/result/0/value", "11", "ob.result", SUBJECT + "/result/0"),
    (SUBJECT + "/result/1/achievedLevel", "urn:level:2", "ob.result", SUBJECT + "/result/1"),
    (SUBJECT + "/result/2/status", ..., "ob.result", SUBJECT + "/result/2"),
    (SUBJECT + "/result/3/value", "F", "ob.result", SUBJECT + "/result/3"),
    (SUBJECT + "/identifier/0/identityType", "emailAddress", "ob.identity_plain", SUBJECT + "/identifier/0/identityHash"),
    (IDENTITY + "/identityHash", "sha256$b5809d", "ob.identity_malformed", IDENTITY + "/identityHash"),
    (IDENTITY + "/identityHash", "md5$" + "0" * 32, "ob.identity_weak", IDENTITY + "/identityHash"),
    (IDENTITY + "/salt", ..., "ob.identity_weak", IDENTITY),
    ("/evidence/0/id", "data:text/plain,x", "ob.evidence_embedded", "/evidence/0/id"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "value", "code", "pointer"), FAULTS, ids=lambda value: value if isinstance(value, str) else "")
def test_each_rule_finds_its_fault_alone(place: str, value: Any, code: str, pointer: str) -> None:
    document: Any = badge()
    node, (*above, last) = document, place.split("/")[1:]
    for step in above:
        node = node[int(step)] if isinstance(node, list) else node[step]
    if value is ...:
        del node[last]
    else:
        node[int(last) if isinstance(node, list) else last] = value
    assert [(finding.code, finding.pointer) for finding in check(document)] == [(code, pointer)]


def test_the_context_of_extensions_is_enough_where_it_is_listed() -> None:
    document = badge()
    document["credentialStatus"] = STATUS_LIST
    document["@context"].append(EXTENSIONS)
    assert check(document) == ()
    endorsement = document["credentialSubject"]["achievement"]["endorsement"][0]
    endorsement["credentialStatus"] = STATUS_LIST
    # The outer credential's context does not help who verifies the endorsement alone.
    assert [finding.code for finding in check(document)] == ["ob.extension_undefined"]
    endorsement["@context"].append(EXTENSIONS)
    assert check(document) == ()


def test_a_badge_of_the_older_data_model_is_judged_by_its_members() -> None:
    document = badge()
    document["@context"][0] = CREDENTIALS_V1
    document["issuanceDate"] = document.pop("validFrom")
    assert check(document) == ()
    del document["name"]
    assert [finding.pointer for finding in check(document)] == ["/name"]


@given(badges())
def test_the_structure_of_generated_badges_is_sound(document: Any) -> None:
    assert list(structure(document)) == []


@given(faulty_badges())
def test_what_the_schema_refuses_is_found(document: Any) -> None:
    if first_fault(SCHEMA, document) is not None:
        assert list(structure(document)) != []
