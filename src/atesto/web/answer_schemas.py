"""JSON Schemas of what the doors answer, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.proofs.jades.assessment import Indication
from atesto.recognition.frameworks.eu_2022.element_result import Status
from atesto.recognition.frameworks.eu_2022.elements import ELEMENTS
from atesto.recognition.twin import ASPECTS, Agreement
from atesto.verification.check_result import CHECKS, CheckState
from atesto.verification.report import Verdict
from atesto.verification.results import QUESTIONS, Outcome
from atesto.verification.station_result import State
from atesto.verification.stations import STATION_TEXTS

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

_TEXT: Final[JsonObject] = {"type": "string"}
_DOCUMENT: Final[JsonObject] = {"type": "object"}


def _object(properties: dict[str, JsonValue], *, required: list[JsonValue] | None = None) -> JsonObject:
    return {"type": "object", "properties": properties, "required": required if required is not None else [*properties]}


def _list_of(name: str) -> JsonObject:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


_PROBLEM: Final[JsonObject] = _object(
    {
        "type": {"type": "string", "description": "Problem type of the specification, or about:blank."},
        "title": {"type": "string", "description": "One sentence for a person; the same for every refusal of this code."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence about this very refusal."},
        "code": {"type": "string", "description": "Stable code of the catalogue."},
        "pointer": {"type": "string", "description": "JSON pointer (RFC 6901) of the fault; empty for the whole."},
        "hint": {"type": "string", "description": "What an operator can do."},
        "instance": {"type": "string", "description": "URN of the request, with the id that stands in the log."},
    },
    required=["type", "title", "status", "detail", "code", "pointer", "hint"],
)
_STATION: Final[JsonObject] = _object(
    {
        "station": {"type": "integer", "minimum": 1, "maximum": len(STATION_TEXTS)},
        "name": {"type": "string", "enum": [text.name for text in STATION_TEXTS.values()]},
        "state": {"type": "string", "enum": [state.value for state in State]},
        "sentence": _TEXT,
        "code": _TEXT,
        "pointer": _TEXT,
    },
    required=["station", "name", "state", "sentence"],
)
_CHECK: Final[JsonObject] = _object(
    {
        "check": {"type": "string", "enum": [*CHECKS]},
        "state": {"type": "string", "enum": [state.value for state in CheckState]},
        "sentence": _TEXT,
        "pointer": {"type": "string", "description": "The place of what was checked."},
        "code": {"type": "string", "description": "Of a refusal or, where the check decides nothing, of a finding."},
    },
    required=["check", "state", "sentence", "pointer"],
)
_FINDING: Final[JsonObject] = _object(
    {"code": _TEXT, "level": {"type": "string", "enum": ["info", "warning"]}, "title": _TEXT, "detail": _TEXT, "pointer": _TEXT}
)
_ELEMENT: Final[JsonObject] = _object(
    {
        "element": {"type": "string", "enum": [element.name for element in ELEMENTS]},
        "mandatory": {"type": "boolean", "description": "Whether the Recommendation demands it."},
        "status": {"type": "string", "enum": [status.value for status in Status]},
        "pointer": {"type": "string", "description": "Where in the document it stands, what is wrong in it stands, or it is missing."},
        "detail": _TEXT,
    }
)
_RESULT: Final[JsonObject] = _object(
    {
        "result": {"type": "string", "enum": [question.name for question in QUESTIONS]},
        "outcome": {"type": "string", "enum": [outcome.value for outcome in Outcome]},
        "sentence": _TEXT,
        "codes": {"type": "array", "items": _TEXT, "description": "Codes of the refusal and the findings that led to it."},
    }
)
_REPORT: Final[JsonObject] = _object(
    {
        "verified": {"type": "boolean", "description": "True only when every station passed."},
        "verdict": {"type": "string", "enum": [verdict.value for verdict in Verdict]},
        "sentence": {"type": "string", "description": "The verdict in one sentence for a person."},
        "kind": {"type": "string", "enum": ["credential", "presentation"]},
        "policy": {"type": "string", "description": "The policy that was applied."},
        "checkedAt": {"type": "string", "format": "date-time"},
        "stations": _list_of("Station"),
        "checks": _list_of("Check"),
        "findings": _list_of("Finding"),
        "results": {**_list_of("Result"), "description": "One answer a question, beside the verdict, which does not come from them."},
        "elements": _list_of("Element"),
        "problemDetails": _list_of("Problem"),
        "issuer": {"type": "string", "description": "The proven identifier of the issuer."},
        "presenter": {"type": "string", "description": "The proven identifier of whoever presents."},
        "credential": {"type": "object", "description": "The credential, when it was confirmed."},
        "presentation": {"type": "object", "description": "The presentation, when it was confirmed."},
        "token": {"type": "string", "description": "The token as it was received, when the document came in one and was confirmed."},
        "seal": {"$ref": "#/components/schemas/Seal"},
        "credentials": _list_of("Report"),
        "endorsements": _list_of("Report"),
        "pointer": {"type": "string", "description": "Of a credential inside: its place in the one around it."},
        "acceptsPublishedTestKeys": {"type": "boolean", "description": "There, and true, where the verifier accepts such keys."},
    },
    required=[
        "verified",
        "verdict",
        "sentence",
        "kind",
        "policy",
        "checkedAt",
        "stations",
        "checks",
        "findings",
        "results",
        "problemDetails",
    ],
)
_SEAL: Final[JsonObject] = _object(
    {
        "indication": {"type": "string", "enum": [one.value for one in Indication], "description": "The answer of EN 319 102-1."},
        "subIndication": {"type": ["string", "null"], "description": "The reason for another answer than TOTAL-PASSED."},
        "level": {"type": "string", "enum": ["B-B", "B-T", "B-LT", "B-LTA"], "description": "By the parts that hold, whoever is trusted."},
        "signature": {"type": "string", "enum": ["valid", "invalid"]},
        "algorithm": _TEXT,
        "claimedTime": {"type": "string", "format": "date-time", "description": "When it was sealed, as the seal says."},
        "claimedBy": {"type": "string", "enum": ["iat", "sigT"]},
        "provenTime": {"type": ["string", "null"], "description": "The earliest time that a trusted timestamp over the seal proves."},
        "certificate": {"type": "object", "description": "Whom it names, its period, and whether it was trusted and revoked."},
        "qualification": {"type": "object", "description": "Advanced seal, qualified certificate and qualified device, each for itself."},
        "timestamps": {"type": "array", "items": _DOCUMENT, "description": "Each timestamp, what it covers and what it is worth."},
        "unknownParts": {"type": "array", "items": _TEXT, "description": "Unsigned parts that are not read."},
    },
    required=["indication", "subIndication"],
)
_VERDICT: Final[JsonObject] = _object(
    {
        "verified": {"type": "boolean"},
        "verdict": {"type": "string", "enum": [verdict.value for verdict in Verdict]},
        "sentence": _TEXT,
        "problemDetails": _list_of("Problem"),
        "issuer": {"type": "string", "description": "The proven identifier of the issuer, when the credential was confirmed."},
    },
    required=["verified", "verdict", "sentence", "problemDetails"],
)
_SAID: Final[JsonObject] = {
    "type": "object",
    "additionalProperties": _TEXT,
    "description": "What it says, part by part, when it was confirmed.",
}
_ASPECT: Final[JsonObject] = _object(
    {
        "aspect": {"type": "string", "enum": [aspect.name for aspect in ASPECTS]},
        "agreement": {"type": "string", "enum": [agreement.value for agreement in Agreement]},
        "parts": {"type": "array", "items": _TEXT, "description": "The parts in which they differ, or which one of them alone states."},
        "detail": _TEXT,
        "first": _SAID,
        "second": _SAID,
    },
    required=["aspect", "agreement", "parts", "detail"],
)
_COMPARISON: Final[JsonObject] = _object(
    {
        "twins": {"type": "boolean", "description": "True only when both are confirmed and they say the same."},
        "agree": {"type": "boolean", "description": "Whether they say the same."},
        "verified": {"type": "boolean", "description": "Whether both are confirmed."},
        "sentence": _TEXT,
        "aspects": {"type": "array", "items": _ASPECT},
        "credentials": {"type": "array", "items": _VERDICT, "minItems": 2, "maxItems": 2},
    }
)
_PART: Final[JsonObject] = _object({"name": _TEXT, "works": {"type": "boolean"}, "sentence": _TEXT})

ANSWER_SCHEMAS: Final[dict[str, JsonObject]] = {
    "Problem": _PROBLEM,
    "Report": _REPORT,
    "Station": _STATION,
    "Check": _CHECK,
    "Finding": _FINDING,
    "Seal": _SEAL,
    "Result": _RESULT,
    "Element": _ELEMENT,
    "Comparison": _COMPARISON,
    "RefusedReport": {"allOf": [{"$ref": "#/components/schemas/Report"}, {"$ref": "#/components/schemas/Problem"}]},
    "IssuedCredential": _object({"verifiableCredential": _DOCUMENT}),
    "IssuedAward": _object(
        {
            "verifiableCredential": {"type": "object", "description": "The credential, where one form was asked for."},
            "verifiableCredentials": {
                "type": "object",
                "description": "The credentials by form, where `forms` asked for several.",
                "additionalProperties": _DOCUMENT,
            },
        },
        required=[],
    ),
    "ProvedPresentation": _object({"verifiablePresentation": _DOCUMENT}),
    "ResolutionResult": _object(
        {
            "@context": _TEXT,
            "didDocument": {"type": "object", "description": "The document, or the verification method; empty with an error."},
            "didDocumentMetadata": _DOCUMENT,
            "didResolutionMetadata": _DOCUMENT,
            "didDereferencingMetadata": {"type": "object", "description": "In the place of the former for a DID URL."},
        },
        required=["@context", "didDocument", "didDocumentMetadata"],
    ),
    "Liveness": _object({"status": _TEXT}),
    "Readiness": _object({"status": _TEXT, "parts": {"type": "array", "items": _PART}}),
}
