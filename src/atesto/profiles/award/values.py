"""The kinds of value in an award record, each with the sentence that a person reads when it is refused.

Texts are by language; a bare string is text in the award's own language (handed down as the validation context `language`).
A value of a controlled list may be written as its code, its IRI, its English label or a short name; what is kept is the English label
(for countries, languages and fields of education: the code). A value that the list does not hold is kept as it stands: whether the
award is sound is judged by `recognition.frameworks.eu_2022`, so that deficient credentials can be read back, too.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from atesto import limits
from atesto.profiles.award.data_url import fault_of_document, fault_of_logo
from atesto.profiles.edc.cycles import EHEA_CYCLES
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.europass import ACTIVITY_TYPES, ASSESSMENT_TYPES, MODES, QUALITY_ASSURANCE_TYPES, SUPERVISION_TYPES
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.lists.learning import REUSE_LEVELS, SKILL_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.profiles.edc.lists.controlled_list import ControlledList

LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?\Z")
"""The part of BCP 47 that names the language of a text: language, script, region."""

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s/?#<>\"\\^`{|}]+[^\s<>\"\\^`{|}]*\Z")
_ABSOLUTE_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\^`{|}]+\Z")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}\Z")
_EMAIL: Final = re.compile(r"[^\s@<>\"\\^`{|}]+@[^\s@<>\"\\^`{|}]+\Z")


def refused(sentence: str) -> PydanticCustomError:
    """The refusal of one value; `sentence` has a person as its reader."""
    return PydanticCustomError("award", "{sentence}", {"sentence": sentence})


def _text(value: Any, info: ValidationInfo) -> dict[str, str]:
    if isinstance(value, str):
        value = {(info.context or {}).get("language", "en"): value}
    if not isinstance(value, dict):
        raise refused('Expected text: either a string, or an object by language such as {"en": "…"}.')
    if not 0 < len(value) <= limits.MAX_AWARD_LANGUAGES:
        raise refused(f"Text is given in one to {limits.MAX_AWARD_LANGUAGES} languages.")
    for language, words in value.items():
        if not isinstance(language, str) or not LANGUAGE_TAG.match(language):
            raise refused("Each member of a text is named by its language, such as en, de or pt-BR.")
        _words(words)
    return dict(value)


def _words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise refused("Expected text that is not empty.")
    if len(value) > limits.MAX_AWARD_TEXT_CHARACTERS:
        raise refused(f"The text is longer than {limits.MAX_AWARD_TEXT_CHARACTERS} characters.")
    if any(character < " " and character not in "\n\t" for character in value):
        raise refused("The text holds control characters.")
    return value


def _date(value: Any) -> date:
    if type(value) is date:
        return value
    if isinstance(value, str) and _DATE.match(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise refused("Write the date as year-month-day, for example 2026-06-15.")


def _number(value: float) -> float:
    if abs(value) >= limits.MAX_AWARD_NUMBER or round(value, 6) != value:
        raise refused("Expected a number below a million, with at most six decimals.")
    return value


def _matching(pattern: re.Pattern[str], sentence: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or len(value) > limits.MAX_URL_CHARACTERS or not pattern.match(value):
            raise refused(sentence)
        return value

    return check


def _months(value: int) -> int:
    if not 0 < value <= limits.MAX_AWARD_MONTHS:
        raise refused(f"Expected a whole number of months, at most {limits.MAX_AWARD_MONTHS}.")
    return value


def _file(fault_of: Callable[[str], str | None]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        fault = fault_of(value) if isinstance(value, str) else "Expected a file in a data: URL, such as data:image/png;base64,…."
        if fault is not None:
            raise refused(fault)
        return str(value)

    return check


def _label(table: ControlledList) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        code = table.find(_words(value))
        return value if code is None else table.labels[code]

    return check


def _code(table: ControlledList) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        return table.find(_words(value)) or value

    return check


Text = Annotated[dict[str, str], BeforeValidator(_text, json_schema_input_type=str | dict[str, str])]
Words = Annotated[str, BeforeValidator(_words)]
Date = Annotated[date, BeforeValidator(_date, json_schema_input_type=str)]
LanguageTag = Annotated[str, BeforeValidator(_matching(LANGUAGE_TAG, "Expected a language tag, such as en, de or pt-BR."))]
Iri = Annotated[str, BeforeValidator(_matching(_ABSOLUTE_IRI, "Expected an absolute identifier: a DID, a URN or a web address."))]
WebAddress = Annotated[str, BeforeValidator(_matching(_WEB_ADDRESS, "Expected a web address that starts with https:// or http://."))]
Email = Annotated[str, BeforeValidator(_matching(_EMAIL, "Expected an e-mail address."))]
Number = Annotated[float, Field(allow_inf_nan=False), AfterValidator(_number)]
Months = Annotated[int, AfterValidator(_months)]
Colour = Annotated[str, BeforeValidator(_matching(_COLOUR, "Expected a colour as #RRGGBB, such as #0B6B4F."))]
Logo = Annotated[str, BeforeValidator(_file(fault_of_logo))]
Attachment = Annotated[str, BeforeValidator(_file(fault_of_document))]

AssessmentType = Annotated[str, BeforeValidator(_label(ASSESSMENT_TYPES))]
Mode = Annotated[str, BeforeValidator(_label(MODES))]
QualityAssuranceType = Annotated[str, BeforeValidator(_label(QUALITY_ASSURANCE_TYPES))]
SupervisionType = Annotated[str, BeforeValidator(_label(SUPERVISION_TYPES))]
ActivityType = Annotated[str, BeforeValidator(_label(ACTIVITY_TYPES))]
SkillType = Annotated[str, BeforeValidator(_label(SKILL_TYPES))]
ReuseLevel = Annotated[str, BeforeValidator(_label(REUSE_LEVELS))]
EheaCycle = Annotated[str, BeforeValidator(_label(EHEA_CYCLES))]
Country = Annotated[str, BeforeValidator(_code(COUNTRIES))]
FieldOfEducation = Annotated[str, BeforeValidator(_code(FIELDS_OF_EDUCATION))]
InstructionLanguage = Annotated[str, BeforeValidator(_code(LANGUAGES))]
