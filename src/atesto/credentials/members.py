"""Readers of data-model members: each returns the member in one form or raises MalformedInput with its pointer.

The data model lets most members hold one value or a list; these readers fold that away without changing the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.encoding.iri import is_absolute_iri
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.strict_json import json_type
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue


_WRAPPERS: Final = ("@set", "@list", "@value")


def types_of(document: JsonObject, pointer: str = "") -> tuple[str, ...]:
    """The `type` of a node, which must be there: one text or a list of different texts."""
    if "type" not in document:
        raise MalformedInput("model.member_missing", "The type is missing.", pointer=pointer + "/type")
    value = document["type"]
    listed = value if isinstance(value, list) else [value]
    texts = tuple(item for item in listed if isinstance(item, str) and item)
    if not texts or len(texts) != len(listed) or len(set(texts)) != len(texts):
        raise MalformedInput("model.member_malformed", "The type is not one text or a list of different texts.", pointer=pointer + "/type")
    if len(texts) > limits.MAX_TYPES:
        raise MalformedInput("model.too_many", f"More than {limits.MAX_TYPES} types.", pointer=pointer + "/type")
    return texts


def identifier(node: JsonObject, pointer: str = "", *, required: bool = False) -> str | None:
    """The `id` of a node: an absolute URL, or None when it may be and is left out."""
    if "id" not in node:
        if required:
            raise MalformedInput("model.member_missing", "The id is missing.", pointer=pointer + "/id")
        return None
    return url(node["id"], pointer + "/id")


def url(value: JsonValue, pointer: str) -> str:
    """`value`, which is an absolute URL."""
    if not isinstance(value, str):
        raise MalformedInput("model.id_malformed", f"An identifier is one URL, this is {json_type(value)}.", pointer=pointer)
    if not is_absolute_iri(value):
        raise MalformedInput("model.id_malformed", "The identifier is not an absolute URL.", pointer=pointer)
    return value


def named_party(value: JsonValue, pointer: str) -> str:
    """The URL of an issuer or holder, which is a URL or an object with an id."""
    if isinstance(value, dict):
        _refuse_wrapper(value, pointer)
        found = identifier(value, pointer, required=True)
        return found or ""
    return url(value, pointer)


def nodes(document: JsonObject, name: str, *, most: int = limits.MAX_LISTED) -> list[tuple[JsonObject, str]]:
    """The objects of member `name` with their pointers; empty when the member is left out. One object or a non-empty list of them."""
    if name not in document:
        return []
    value = document[name]
    if isinstance(value, dict):
        _refuse_wrapper(value, json_pointer(name))
        return [(value, json_pointer(name))]
    if not isinstance(value, list) or not value:
        raise MalformedInput(
            "model.member_malformed", f"{name} is an object or a list of objects, this is {_described(value)}.", pointer=json_pointer(name)
        )
    if len(value) > most:
        raise MalformedInput("model.too_many", f"More than {most} values of {name}.", pointer=json_pointer(name))
    found: list[tuple[JsonObject, str]] = []
    for index, item in enumerate(value):
        pointer = json_pointer(name, index)
        if not isinstance(item, dict):
            raise MalformedInput("model.member_malformed", f"{name} holds {json_type(item)} where an object belongs.", pointer=pointer)
        _refuse_wrapper(item, pointer)
        found.append((item, pointer))
    return found


def _refuse_wrapper(node: JsonObject, pointer: str) -> None:
    """JSON-LD would look through a wrapper and find the object; whoever reads the JSON finds an empty one."""
    for name in _WRAPPERS:
        if name in node:
            raise MalformedInput("model.member_malformed", f"{name} stands where an object's own members belong.", pointer=pointer)


def _described(value: JsonValue) -> str:
    return "an empty list" if value == [] else json_type(value)
