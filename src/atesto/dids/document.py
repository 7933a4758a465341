"""DID documents as published (DID Core 1.0 section 5; CID 1.0 sections 2 and 3.3), and the one method that is sought in them.

Checks, in order:
1. the document is the one of the DID (or https URL) that the method's URL begins with;
2. the method is defined in it exactly once: in `verificationMethod`, or embedded in one relationship;
3. its controller is the document's own DID: a document cannot lend another party's name to its key;
4. one form of key material that fits the type, and no secret beside it;
5. the key's own checks (keys.public_key);
6. `expires` and `revoked` are date-times.

It does not check that the method is authorized for a purpose, nor that it is still valid: `relationships`, `expires` and `revoked` are
returned for the caller to judge. Members that play no part are not read, so a document with other keys of other kinds serves as well.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.dids.did_url import split_verification_method
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import AtestoError, MalformedInput, ResolutionError, UnsupportedFeature
from atesto.keys.jwk import parse_public_jwk
from atesto.keys.multikey import parse_public_multikey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.keys.public_key import PublicKey

RELATIONSHIPS: Final = ("assertionMethod", "authentication", "capabilityDelegation", "capabilityInvocation", "keyAgreement")
_SECRETS: Final = frozenset(
    {"secretKeyMultibase", "secretKeyJwk", "privateKeyMultibase", "privateKeyJwk", "privateKeyBase58", "privateKeyHex"}
)
_MATERIAL: Final = frozenset({"publicKeyMultibase", "publicKeyJwk", "publicKeyBase58", "publicKeyHex", "publicKeyPem"})
_MATERIAL_OF_TYPE: Final = {
    "Multikey": "publicKeyMultibase",
    "JsonWebKey": "publicKeyJwk",
    "JsonWebKey2020": "publicKeyJwk",
    "Ed25519VerificationKey2020": "publicKeyMultibase",
}


@dataclass(frozen=True, slots=True)
class VerificationMethod:
    """One key as its controller publishes it."""

    id: str
    controller: str
    public_key: PublicKey
    relationships: frozenset[str]
    """The relationships (`assertionMethod` …) under which the document lists the key."""
    revoked: datetime | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class DidDocument:
    """A document whose `id` is a DID, or the https URL at which it stands; its JSON stays as it was received."""

    id: str
    as_json: JsonObject

    def method(self, method_id: str) -> VerificationMethod:
        """The method whose absolute URL is `method_id`. Raises as `verification_method`."""
        definition, pointer, relationships = self._definition(method_id)
        try:
            return _parse_method(definition, method_id, self.id, relationships)
        except AtestoError as error:
            raise error.below(pointer) from None

    def listed_under(self, relationship: str) -> tuple[str, ...]:
        """The absolute URLs of the methods that `relationship` lists, each once. Raises ResolutionError `did.document_malformed`."""
        entries = (entry.get("id") if isinstance(entry, dict) else entry for _, entry in self._entries(relationship))
        return tuple(dict.fromkeys(name for name in map(self._absolute, entries) if name is not None))

    def methods_under(self, relationship: str) -> tuple[VerificationMethod, ...]:
        """Every method that `relationship` lists and that can be read; what cannot be read plays no part. Raises as `listed_under`."""
        found = []
        for name in self.listed_under(relationship):
            with contextlib.suppress(AtestoError):
                found.append(self.method(name))
        return tuple(found)

    def _definition(self, method_id: str) -> tuple[JsonObject, str, frozenset[str]]:
        found: list[tuple[JsonObject, str, str]] = []
        referenced: set[str] = set()
        for member in ("verificationMethod", *RELATIONSHIPS):
            for index, entry in self._entries(member):
                pointer = json_pointer(member, index)
                if isinstance(entry, dict):
                    if self._absolute(entry.get("id")) == method_id:
                        found.append((entry, pointer, member))
                elif member == "verificationMethod":
                    raise ResolutionError("did.document_malformed", "A verification method is not an object.", pointer=pointer)
                elif self._absolute(entry) == method_id:
                    referenced.add(member)
        if not found:
            raise ResolutionError("did.method_not_found", f"The document of {self.id} does not define {method_id}.")
        if len(found) > 1:
            raise ResolutionError("did.document_malformed", f"The document defines {method_id} more than once.", pointer=found[1][1])
        definition, pointer, member = found[0]
        # An embedded method serves the relationship that embeds it and no other (DID Core 5.3).
        return definition, pointer, frozenset(referenced if member == "verificationMethod" else {member})

    def _entries(self, member: str) -> Iterator[tuple[int, JsonValue]]:
        entries = self.as_json.get(member, [])
        if not isinstance(entries, list):
            raise ResolutionError("did.document_malformed", f"{member} is not a list.", pointer=json_pointer(member))
        yield from enumerate(entries)

    def _absolute(self, reference: JsonValue) -> str | None:
        if not isinstance(reference, str):
            return None
        return self.id + reference if reference.startswith("#") else reference


def verification_method(document: JsonObject, method_id: str) -> VerificationMethod:
    """The method `method_id` (an absolute DID URL), found in `document`, with the pointer of a fault inside it.

    Raises ResolutionError `did.method_not_found`, `did.document_malformed`, `did.document_mismatch`, `did.controller_mismatch`;
    MalformedInput `did.invalid`, `did.method_url_malformed`, `key.*`, `encoding.*`, `time.malformed`; UnsupportedFeature `key.unsupported`.
    """
    did, _ = split_verification_method(method_id)
    return did_document(document, did).method(method_id)


def did_document(document: JsonObject, did: str) -> DidDocument:
    """`document` as the document of `did` (a DID or an https URL). Raises ResolutionError `did.document_mismatch` when it is another's."""
    if document.get("id") != did:
        raise ResolutionError("did.document_mismatch", f"The document that was found is not the one of {did}.", pointer="/id")
    return DidDocument(did, document)


def _parse_method(definition: JsonObject, method_id: str, did: str, relationships: frozenset[str]) -> VerificationMethod:
    controller = definition.get("controller")
    if not isinstance(controller, str):
        raise ResolutionError("did.document_malformed", "The verification method names no controller.", pointer="/controller")
    if controller != did:
        raise ResolutionError(
            "did.controller_mismatch", f"The document of {did} names another controller of its key.", pointer="/controller"
        )
    return VerificationMethod(
        id=method_id,
        controller=controller,
        public_key=_public_key(definition),
        relationships=relationships,
        revoked=_moment(definition, "revoked"),
        expires=_moment(definition, "expires"),
    )


def _public_key(definition: JsonObject) -> PublicKey:
    method_type = definition.get("type")
    if not isinstance(method_type, str):
        raise ResolutionError("did.document_malformed", "The verification method has no type.", pointer="/type")
    member = _MATERIAL_OF_TYPE.get(method_type)
    if member is None:
        raise UnsupportedFeature(
            "key.unsupported", f"Verification methods of type {method_type[:64]!r} are not used here.", pointer="/type"
        )
    if not _SECRETS.isdisjoint(definition):
        raise MalformedInput("key.weak", "The key's secret is published beside it.")
    if _MATERIAL.intersection(definition) != {member}:
        raise ResolutionError("did.document_malformed", f"A {method_type} carries {member} and no other form of the key.")
    value = definition[member]
    try:
        if member == "publicKeyJwk" and isinstance(value, dict):
            return parse_public_jwk(value)
        if member == "publicKeyMultibase" and isinstance(value, str):
            key = parse_public_multikey(value)
            if method_type == "Ed25519VerificationKey2020" and key.algorithm != "Ed25519":
                raise MalformedInput("key.malformed", f"A {method_type} holds a key of type {key.algorithm}.")
            return key
    except AtestoError as error:
        raise error.below(json_pointer(member)) from None
    raise ResolutionError("did.document_malformed", f"{member} has the wrong JSON type.", pointer=json_pointer(member))


def _moment(definition: JsonObject, member: str) -> datetime | None:
    text = definition.get(member)
    if text is None:
        if member in definition:
            raise ResolutionError("did.document_malformed", f"{member} is null.", pointer=json_pointer(member))
        return None
    if not isinstance(text, str):
        raise ResolutionError("did.document_malformed", f"{member} is not a date-time.", pointer=json_pointer(member))
    return parse_timestamp(text, pointer=json_pointer(member)).moment
