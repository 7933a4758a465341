"""The one gateway to jsonschema-rs: a schema is compiled alone, and applied to a document.

Closed on purpose: the library fetches remote `$ref`s unless it is told otherwise, so a retriever refuses every one; its linear regular
expressions cannot be made to run long; formats are asserted, in drafts where they are annotations by default too.
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

import jsonschema_rs

from atesto import limits
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

DRAFTS: Final = {
    "https://json-schema.org/draft/2020-12/schema": jsonschema_rs.Draft202012Validator,
    "https://json-schema.org/draft/2019-09/schema": jsonschema_rs.Draft201909Validator,
    "http://json-schema.org/draft-07/schema": jsonschema_rs.Draft7Validator,
}
"""`$schema`, without an empty fragment -> the draft (VC-JSON-SCHEMA section 4)."""


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """Where a document breaks a schema: `pointer` in the document, `rule` the JSON pointer of the rule in the schema."""

    pointer: str
    rule: str


def compile_schema(data: bytes) -> None:
    """Returns when `data` is a schema that can be applied. Raises MalformedInput `schema.malformed`, `json.*`."""
    _compiled(data)


def first_fault(data: bytes, document: JsonObject) -> SchemaFault | None:
    """The first fault, in the order of pointers, of `document` against the schema `data`; None when it keeps to it. Raises as above."""
    faults = itertools.islice(_compiled(data).iter_errors(document), limits.MAX_SCHEMA_FAULTS)
    found = [SchemaFault(json_pointer(*fault.instance_path), json_pointer(*fault.schema_path)) for fault in faults]
    return min(found, key=lambda fault: (fault.pointer, fault.rule), default=None)


@functools.lru_cache(maxsize=limits.MAX_CACHED_SCHEMAS)
def _compiled(data: bytes) -> jsonschema_rs.Validator:
    schema = parse_json_object(data)
    named = schema.get("$schema")
    draft = DRAFTS.get(named.removesuffix("#")) if isinstance(named, str) else None
    if draft is None:
        raise MalformedInput("schema.malformed", f"$schema is none of {', '.join(DRAFTS)}.", pointer="/$schema")
    try:
        return draft(schema, validate_formats=True, retriever=_refuse, pattern_options=jsonschema_rs.RegexOptions())
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise MalformedInput("schema.malformed", f"The schema cannot be compiled: {str(error).partition(chr(10))[0][:200]}") from None


def _refuse(uri: str) -> NoReturn:
    raise LookupError(f"{uri[:200]} is not part of the schema")
