"""Award records from JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.strict_json import json_type
from atesto.errors import MalformedInput
from atesto.profiles.award.record import Award

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from atesto.encoding.strict_json import JsonValue

_SENTENCES: Final[dict[str, str]] = {
    "missing": "The member {name} is required here.",
    "extra_forbidden": "The award record has no member {name} here.",
    "model_type": "Expected an object, this is {given}.",
    "model_attributes_type": "Expected an object, this is {given}.",
    "tuple_type": "Expected a list, this is {given}.",
    "too_long": "The list is longer than the record allows.",
    "string_type": "Expected text, this is {given}.",
    "float_type": "Expected a number, this is {given}.",
    "finite_number": "Expected a finite number.",
    "int_type": "Expected a whole number, this is {given}.",
    "int_from_float": "Expected a whole number.",
    "bool_type": "Expected true or false, this is {given}.",
}


def parse_award(value: JsonValue) -> Award:
    """The award that `value` (already strictly parsed) describes.

    Raises MalformedInput `award.malformed` with the pointer of the first fault. Does not check that elements are present or sound:
    `recognition.frameworks.eu_2022.require` does.
    """
    if not isinstance(value, dict):
        raise MalformedInput("award.malformed", f"An award record is an object, this is {json_type(value)}.")
    language = value.get("language", "en")
    try:
        return Award.model_validate(value, context={"language": language if isinstance(language, str) else "en"})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    raise MalformedInput("award.malformed", _sentence(first), pointer=json_pointer(*first["loc"]))


def _sentence(fault: ErrorDetails) -> str:
    if fault["type"] == "award":
        return str(fault["ctx"]["sentence"])
    form = _SENTENCES.get(fault["type"], "The value does not have the form that the record demands.")
    name = fault["loc"][-1] if fault["loc"] else ""
    return form.format(name=f'"{str(name)[:80]}"', given=json_type(fault["input"]))
