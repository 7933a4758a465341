"""Shape of credentials and presentations, without JSON-LD (VCDM 2.0 section 4, VCDM 1.1 section 4).

Checks of a credential, in order:
1. `@context` is a list whose first entry is the base context of VCDM 2.0 or 1.1;
2. `type` holds VerifiableCredential; `id`, when there, is one URL;
3. `issuer` is a URL or an object with a URL as id;
4. `credentialSubject` is one or more objects, none empty, ids are URLs;
5. `name` and `description` (VCDM 2.0; of the credential and its issuer) are texts or language value objects;
6. the dates of its version are date-times;
7. `credentialStatus`, `credentialSchema`, `termsOfUse`, `evidence`, `refreshService` carry the members their version demands, and so do the
   reserved extension points `confidenceMethod` and `renderMethod` (VCDM 2.0 section 5.10);
8. `relatedResource` (VCDM 2.0) names each resource once, with a digest (`related_resource`).

Checks of a presentation, in order: 1. as above; 2. `type` holds VerifiablePresentation; 3. `holder` is a URL or an object with a URL as id;
4. `termsOfUse` has a type; 5. `verifiableCredential` is one or more objects, or (VCDM 1.1) compact JWTs as texts, not more than
MAX_CREDENTIALS.

It does not check that types and terms are defined (station 5), dates against a clock (station 9), or embedded credentials
(the pipeline does).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.credentials.members import identifier, named_party, nodes, types_of
from atesto.credentials.related_resource import related_resources
from atesto.credentials.validity import read_validity
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.strict_json import json_type
from atesto.errors import MalformedInput, UnsupportedFeature

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

VCDM_2_CONTEXT: Final = "https://www.w3.org/ns/credentials/v2"
VCDM_1_CONTEXT: Final = "https://www.w3.org/2018/credentials/v1"
BASE_CONTEXTS: Final = {VCDM_2_CONTEXT: "2.0", VCDM_1_CONTEXT: "1.1"}

_ENVELOPES: Final = ("EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation")
_LANGUAGE_VALUE_MEMBERS: Final = {"@value", "@language", "@direction"}
_TYPED_MEMBERS: Final = {
    # member -> (id required in 1.1, id required in 2.0); `type` is always required (VCDM 2.0 sections 4.10, 4.11, 5.4 to 5.6).
    "credentialStatus": (True, False),
    "credentialSchema": (True, True),
    "termsOfUse": (False, False),
    "evidence": (False, False),
    "refreshService": (True, False),
}
_EXTENSION_POINTS: Final = ("confidenceMethod", "renderMethod")


@dataclass(frozen=True, slots=True)
class CredentialShape:
    """What station 3 learned: `version` is "2.0" or "1.1"; `subjects` are the ids of the subjects that have one."""

    version: str
    id: str | None
    issuer: str
    types: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PresentationShape:
    """What station 3 learned of a presentation; `credentials` with the pointer of each."""

    version: str
    id: str | None
    holder: str | None
    credentials: tuple[tuple[JsonObject | str, str], ...]


def check_credential(document: JsonObject) -> CredentialShape:
    """Raises UnsupportedFeature `model.unsupported_format`, MalformedInput `model.*` or `time.malformed`."""
    _refuse_other_formats(document)
    version = _version(document)
    types = _typed_as(document, "VerifiableCredential", not_as="VerifiablePresentation")
    if "verifiableCredential" in document:
        raise MalformedInput(
            "model.ambiguous", "A credential holds no verifiableCredential; a presentation does.", pointer="/verifiableCredential"
        )
    credential_id = identifier(document)
    if "issuer" not in document:
        raise MalformedInput("model.member_missing", "The credential names no issuer.", pointer="/issuer")
    issuer = named_party(document["issuer"], "/issuer")
    subjects = _subjects(document)
    if version == "2.0":
        _check_texts(document, "")
        if isinstance(document["issuer"], dict):
            _check_texts(document["issuer"], "/issuer")
        related_resources(document)
    read_validity(document, version)
    _check_typed_members(document, version)
    return CredentialShape(version, credential_id, issuer, types, subjects)


def check_presentation(document: JsonObject) -> PresentationShape:
    """Raises UnsupportedFeature `model.unsupported_format` or MalformedInput `model.*`."""
    _refuse_other_formats(document)
    version = _version(document)
    _typed_as(document, "VerifiablePresentation", not_as="VerifiableCredential")
    presentation_id = identifier(document)
    holder = named_party(document["holder"], "/holder") if "holder" in document else None
    _check_typed(document, "termsOfUse")
    return PresentationShape(version, presentation_id, holder, _presented(document, version))


def _presented(document: JsonObject, version: str) -> tuple[tuple[JsonObject | str, str], ...]:
    """VCDM 2.0 section 4.13 wants objects; a token by itself is VCDM 1.1's form. An empty list says what leaving it out says."""
    value = document.get("verifiableCredential")
    if value == []:
        return ()
    listed = value if isinstance(value, list) else [value]
    if version == "2.0" or not any(isinstance(item, str) for item in listed):
        return tuple(nodes(document, "verifiableCredential", most=limits.MAX_CREDENTIALS))
    if len(listed) > limits.MAX_CREDENTIALS:
        raise MalformedInput("model.too_many", f"More than {limits.MAX_CREDENTIALS} credentials.", pointer="/verifiableCredential")
    pointers = [json_pointer("verifiableCredential", index) for index in range(len(listed))] if isinstance(value, list) else [""]
    found = []
    for item, pointer in zip(listed, pointers, strict=True):
        if not isinstance(item, dict | str):
            raise MalformedInput("model.member_malformed", f"A credential is an object or a token, not {json_type(item)}.", pointer=pointer)
        found.append((item, pointer or "/verifiableCredential"))
    return tuple(found)


def _refuse_other_formats(document: JsonObject) -> None:
    if "payload" in document and "signatures" in document:
        raise UnsupportedFeature(
            "model.unsupported_format", "This is a sealed document (JWS JSON serialization), which this node does not read."
        )
    types = document.get("type")
    for name in types if isinstance(types, list) else [types]:
        if isinstance(name, str) and name in _ENVELOPES:
            raise UnsupportedFeature("model.unsupported_format", f"{name} is not a form that this node reads.", pointer="/type")


def _version(document: JsonObject) -> str:
    contexts = document.get("@context")
    first = contexts[0] if isinstance(contexts, list) and contexts else None
    version = BASE_CONTEXTS.get(first) if isinstance(first, str) else None
    if version is None:
        raise MalformedInput(
            "model.context_missing",
            f"@context is not a list that starts with {VCDM_2_CONTEXT} or {VCDM_1_CONTEXT}.",
            pointer="/@context",
        )
    return version


def _typed_as(document: JsonObject, wanted: str, *, not_as: str) -> tuple[str, ...]:
    types = types_of(document) if "type" in document else ()
    if wanted not in types:
        raise MalformedInput("model.type_missing", f"The type does not hold {wanted}.", pointer="/type")
    if not_as in types:
        raise MalformedInput("model.ambiguous", f"The type holds {wanted} and {not_as}.", pointer="/type")
    return types


def _subjects(document: JsonObject) -> tuple[str, ...]:
    if "credentialSubject" not in document:
        raise MalformedInput(
            "model.member_missing", "The credential says nothing: credentialSubject is missing.", pointer="/credentialSubject"
        )
    found = []
    for subject, pointer in nodes(document, "credentialSubject", most=limits.MAX_SUBJECTS):
        if not subject:
            raise MalformedInput("model.member_malformed", "The credential makes no claim: its subject is empty.", pointer=pointer)
        found.append(identifier(subject, pointer))
    return tuple(subject for subject in found if subject is not None)


def _check_texts(node: JsonObject, pointer: str) -> None:
    for name in ("name", "description"):
        value = node.get(name, "")
        for index, item in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not _is_language_text(item):
                raise MalformedInput(
                    "model.member_malformed",
                    f"{name} is a text or an object of @value, @language and @direction, this is {json_type(item)}.",
                    pointer=pointer + (json_pointer(name) if index is None else json_pointer(name, index)),
                )


def _is_language_text(value: JsonValue) -> bool:
    if isinstance(value, str):
        return True
    if not isinstance(value, dict) or not isinstance(value.get("@value"), str) or not value.keys() <= _LANGUAGE_VALUE_MEMBERS:
        return False
    return isinstance(value.get("@language", ""), str) and value.get("@direction", "ltr") in ("ltr", "rtl")


def _check_typed_members(document: JsonObject, version: str) -> None:
    for name, (id_required_1, id_required_2) in _TYPED_MEMBERS.items():
        for node, pointer in nodes(document, name):
            types_of(node, pointer)
            identifier(node, pointer, required=id_required_2 if version == "2.0" else id_required_1)
    for name in _EXTENSION_POINTS if version == "2.0" else ():
        _check_typed(document, name)


def _check_typed(document: JsonObject, name: str) -> None:
    for node, pointer in nodes(document, name):
        types_of(node, pointer)
        identifier(node, pointer)
