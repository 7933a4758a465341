"""Integrity of related resources (VCDM 2.0 section 5.3): what a document says of resources outside it, and whether it is so.

Checks of the shape, in order:
1. `relatedResource` is one or more objects; each has a URL as id, and none of them twice; `mediaType`, when there, is a text;
2. each has `digestSRI` or `digestMultibase`: one text or a list of texts, each of which reads as a digest.

Check of the digests: each one that can be computed equals a known digest of the resource; one of another algorithm is refused.

Nothing is fetched: who calls says which digests it knows. It does not look at the resources themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.credentials.members import identifier, nodes
from atesto.encoding.digest import parse_digest_multibase, parse_digest_sri
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.strict_json import json_type
from atesto.errors import MalformedInput, VerificationError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from atesto.encoding.digest import Digest
    from atesto.encoding.strict_json import JsonObject

DIGEST_MEMBERS: Final = ("digestSRI", "digestMultibase")


@dataclass(frozen=True, slots=True)
class StatedDigest:
    """One digest, and where it is stated."""

    digest: Digest
    pointer: str


@dataclass(frozen=True, slots=True)
class RelatedResource:
    """One resource that a document relies on."""

    id: str
    pointer: str
    digests: tuple[StatedDigest, ...]


def related_resources(document: JsonObject) -> tuple[RelatedResource, ...]:
    """The related resources of `document`. Raises MalformedInput `model.*`, `encoding.*`."""
    found: dict[str, RelatedResource] = {}
    for node, pointer in nodes(document, "relatedResource"):
        resource_id = identifier(node, pointer, required=True) or ""
        if resource_id in found:
            raise MalformedInput("model.member_malformed", "A related resource is named twice.", pointer=pointer + "/id")
        media_type = node.get("mediaType", "")
        if not isinstance(media_type, str):
            raise MalformedInput("model.member_malformed", f"A media type is {json_type(media_type)}.", pointer=pointer + "/mediaType")
        digests = stated_digests(node, pointer)
        if not digests:
            raise MalformedInput("model.member_missing", "A related resource has no digest.", pointer=pointer)
        found[resource_id] = RelatedResource(resource_id, pointer, digests)
    return tuple(found.values())


def stated_digests(node: JsonObject, pointer: str) -> tuple[StatedDigest, ...]:
    """The digests that `node` states of the resource that it identifies; none when it states none. Raises as `related_resources`."""
    return tuple(
        StatedDigest(digest, below)
        for name in DIGEST_MEMBERS
        for text, below in _texts(node, name, pointer)
        for digest in _parsed(name, text, below)
    )


def check_digests(digests: Collection[StatedDigest], known: Mapping[str, Collection[bytes]]) -> tuple[StatedDigest, ...]:
    """Those of `digests` that could not be compared, because nothing is known of the resource under their algorithm.

    `known`: algorithm -> the digests that the resource may have. Raises VerificationError `resource.digest_mismatch`.
    """
    skipped = []
    for stated in digests:
        algorithm = stated.digest.algorithm
        if algorithm is None:
            raise VerificationError(
                "resource.digest_mismatch", "The digest is of an algorithm that is not computed.", pointer=stated.pointer
            )
        if algorithm not in known:
            skipped.append(stated)
        elif stated.digest.value not in known[algorithm]:
            raise VerificationError("resource.digest_mismatch", "The resource has another digest.", pointer=stated.pointer)
    return tuple(skipped)


def _texts(node: JsonObject, name: str, pointer: str) -> list[tuple[str, str]]:
    if name not in node:
        return []
    value, below = node[name], pointer + json_pointer(name)
    listed = value if isinstance(value, list) else [value]
    if not listed or len(listed) > limits.MAX_LISTED:
        raise MalformedInput("model.member_malformed", f"{name} is no text and no list of up to {limits.MAX_LISTED} texts.", pointer=below)
    found = []
    for index, item in enumerate(listed):
        place = below + json_pointer(index) if isinstance(value, list) else below
        if not isinstance(item, str):
            raise MalformedInput("model.member_malformed", f"A digest is {json_type(item)}.", pointer=place)
        found.append((item, place))
    return found


def _parsed(name: str, text: str, pointer: str) -> tuple[Digest, ...]:
    try:
        return parse_digest_sri(text) if name == "digestSRI" else (parse_digest_multibase(text),)
    except MalformedInput as error:
        raise error.below(pointer) from None
