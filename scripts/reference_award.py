"""The reference pages of the award record and of the controlled lists that its authors need, made from the model and the lists."""

from __future__ import annotations

import json
import types
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from atesto import limits
from atesto.profiles.award import record, values
from atesto.profiles.edc.cycles import EHEA_CYCLES
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.europass import (
    ACTIVITY_TYPES,
    ASSESSMENT_TYPES,
    EQF_LEVELS,
    MODES,
    QUALITY_ASSURANCE_TYPES,
    SUPERVISION_TYPES,
)
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.lists.learning import REUSE_LEVELS, SKILL_TYPES
from atesto.recognition.frameworks.eu_2022.elements import ELEMENTS
from scripts.reference_page import MADE_BY, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.profiles.edc.lists.controlled_list import ControlledList

EXAMPLES: Final = Path(__file__).resolve().parent.parent / "examples"
FIRST_EXAMPLE: Final = EXAMPLES / "award-en-tidal-turbines.json"
KINDS: Final[tuple[tuple[Any, str], ...]] = (
    (values.Text, "text"),
    (values.Words, "string"),
    (values.Date, "date"),
    (values.LanguageTag, "language tag"),
    (values.Iri, "identifier"),
    (values.WebAddress, "web address"),
    (values.Email, "e-mail address"),
    (values.Number, "number"),
    (values.AssessmentType, "[type of assessment](lists.md#types-of-assessment)"),
    (values.Mode, "[form of participation](lists.md#forms-of-participation)"),
    (values.QualityAssuranceType, "[type of quality assurance](lists.md#types-of-quality-assurance)"),
    (values.SupervisionType, "[kind of supervision](lists.md#supervision-and-identity-verification)"),
    (values.ActivityType, "[type of activity](lists.md#types-of-learning-activity)"),
    (values.SkillType, "[type of outcome](lists.md#types-of-learning-outcome)"),
    (values.ReuseLevel, "[reuse level](lists.md#reuse-levels-of-learning-outcomes)"),
    (values.EheaCycle, "[cycle](lists.md#cycles-of-the-european-higher-education-area)"),
    (values.Months, "whole number"),
    (values.Colour, "colour"),
    (values.Logo, "picture"),
    (values.Attachment, "document"),
    (values.Country, "[country](lists.md#countries)"),
    (values.FieldOfEducation, "[field of education](lists.md#fields-of-education-isced-f-2013)"),
    (values.InstructionLanguage, "[language](lists.md#languages)"),
    (bool, "true or false"),
    (int, "whole number"),
)
MADE_EXAMPLES: Final[dict[str, Any]] = {
    "/learner/id": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    "/awarding_body/id": "did:web:carrowmore-it.example",
    "/awarding_body/vat": "IE0000000T",
    "/awarding_body/tax": "0000000T",
    "/awarding_body/logo": "data:image/png;base64,iVBORw0KGgo…",
    "/learner/national_id/country": "IE",
    "/learner/national_id": {"number": "1234567T", "country": "IE"},
    "/workload/received": 3,
    "/accredited": True,
    "/conversion": {"document": "data:application/pdf;base64,JVBERi0x…", "title": "Certificate of 12 June 2019"},
    "/conversion/statement": "Compared with the register of awards on 2 March 2026.",
    "/supplement/administered_by": "Joint Graduate School of the Alps",
    "/supplement/certified_by/name": "Univ.-Prof. Dr. Ottokar Weißensteiner",
    "/supplement/certified_by/capacity": "Dean of Studies",
    "/awarding_body/eidas/country": "IE",
    "/mandate": {"issuer": {"name": "Marine Skills Alliance", "country": "ES"}, "statement": "By agreement of 2 March 2026."},
    "/learning_outcomes": ["Interpret spectra and trends"],
    "/learning_outcomes/title": {"en": "Interpret spectra and trends", "de": "Spektren und Verläufe deuten"},
    "/level/not_applicable": "The course has not been levelled in the national framework",
    "/learning_outcomes/esco": ["http://data.europa.eu/esco/skill/5fd5c985-eaaa-47aa-8314-62359c54505a"],
    "/workload/stated_otherwise": ["P60M"],
    "/level/nqf": {"id": "http://data.europa.eu/snb/qdr/c_c392e7a2", "label": "RQF Level 6"},
    "/assessment/description": "A survey on the test rig, and a report for the asset owner",
    "/quality_assurance/agency/id": "did:web:quality-agency.example",
    "/quality_assurance/agency/homepage": "https://quality-agency.example/",
    "/quality_assurance/review_date": "2029-10-01",
    "/stackability/note": "Counts as one of five modules.",
}
"""Where no example file uses a member, or not in few words."""

WORDS: Final = f"""What a registrar writes: one JSON object an award. `POST /awards` takes it; the files under `examples/` are
whole records.

- Members that are not listed here are refused. The column *Element* names the element of the European approach to micro-credentials that
  a member serves (Council Recommendation of 16 June 2022, Annex I). One in **bold** is among the eleven mandatory ones: without it the
  award is refused.
- *text* is a string in the award's own `language`, or an object by language: `{{"en": "Tides", "de": "Gezeiten"}}`. At most
  {limits.MAX_AWARD_TEXT_CHARACTERS:,} characters, {limits.MAX_AWARD_LANGUAGES} languages. *string* is the same in every language.
- *date* is written as `2026-06-15`. A *number* stays below {limits.MAX_AWARD_NUMBER:,} and has six decimals at most.
- A list holds at most {limits.MAX_AWARD_ITEMS} items. Pages are drawn in the award's own language and the title's others, at most
  {limits.MAX_AWARD_PAGES}.
- A *picture* is PNG or SVG, at most {limits.MAX_AWARD_LOGO_BYTES:,} bytes and {limits.MAX_AWARD_PICTURE_SIDE:,} points wide and high;
  a *document* is PDF, PNG or JPEG, at most {limits.MAX_AWARD_DOCUMENT_BYTES:,} bytes. Both stand in a `data:` URL, in base64.
  An SVG holds shapes, groups and gradients only: text as outlines, no pictures, no styles that fetch. A *colour* is `#RRGGBB`.
- A value of a [controlled list](lists.md) is written as its code, its IRI, its English label or one of its other names.
- "or a string" means that a bare string stands for an object with that one member.

## Profiles

The profile of a European Digital Credential follows from the record; where several apply, the credential names each.

| Profile | Where the record has | It must state besides |
| --- | --- | --- |
| Generic | none of the following |  |
| Issued by Mandate | `mandate` | its statement |
| Converted | `conversion` | the older document |
| Accredited | `accredited` | `quality_assurance`, which is the accreditation |
| Diploma Supplement | `supplement` | what its [section](#supplement) lists |

A Diploma Supplement has several pages in each language, so they are drawn in {limits.MAX_SUPPLEMENT_LANGUAGES} languages at most.
Each of its modules is a qualification, an achievement and an assessment of its own: some 28 modules in two languages fit into what
verifiers process in one piece."""


def award_page() -> str:
    """Every member of the record, object by object, in the order in which they occur."""
    lines = ["# The award record", "", MADE_BY, "", WORDS, "", "## A whole record", "", "```json"]
    lines += [FIRST_EXAMPLE.read_text(encoding="utf-8").rstrip(), "```", ""]
    for path, part in parts():
        title = "The record" if not path else f"`{path.strip('/').replace('/', '.')}`"
        lines += [
            f"## {title}",
            "",
            str(part.__doc__).strip(),
            "",
            *table("| Member | Type | Element | Meaning | Example |", rows(path, part)),
            "",
        ]
    return "\n".join(lines)


def parts() -> Iterator[tuple[str, type[BaseModel]]]:
    """Every object of the record with the first place where it occurs, outermost first."""
    seen: set[type[BaseModel]] = {record.Award}
    line: list[tuple[str, type[BaseModel]]] = [("", record.Award)]
    while line:
        path, part = line.pop(0)
        yield path, part
        inner = [(f"{path}/{name}", found) for name, hint in hints(part).items() if (found := model_of(hint)) is not None]
        fresh = {found: place for place, found in reversed(inner) if found not in seen}
        seen |= set(fresh)
        line[:0] = [(place, found) for place, found in inner if fresh.get(found) == place]


def rows(path: str, part: type[BaseModel]) -> list[str]:
    """One row a member."""
    found = []
    for name, field in part.model_fields.items():
        place = f"{path}/{name}"
        kind = kind_of(hints(part)[name]) + (" (always)" if field.is_required() else "")
        found.append(f"| `{name}` | {kind} | {element_of(place)} | {field.description} | {code(example_of(place))} |")
    return found


def hints(part: type[BaseModel]) -> dict[str, Any]:
    return {name: hint for name, hint in get_type_hints(part, include_extras=True).items() if name in part.model_fields}


def kind_of(hint: Any) -> str:
    """The type in a reader's words."""
    for known, words in KINDS:
        if hint == known:
            return words
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (argument for argument in get_args(hint) if argument is not type(None))
        return kind_of(inner)
    if get_origin(hint) is Annotated:
        inner = get_args(hint)[0]
        if get_origin(inner) is tuple:
            return f"list: {kind_of(get_args(inner)[0])}"
        return f"{kind_of(inner)} or a string"
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return "object"
    message = f"no words for the type {hint}"
    raise TypeError(message)


def model_of(hint: Any) -> type[BaseModel] | None:
    """The object that a member holds, alone or in a list."""
    if isinstance(hint, type):
        return hint if issubclass(hint, BaseModel) else None
    return next((found for argument in get_args(hint) if (found := model_of(argument)) is not None), None)


def element_of(place: str) -> str:
    """The element of the European approach that stands in that place, in bold when it is mandatory."""
    for element in ELEMENTS:
        if element.pointer == place:
            return f"**{element.words}**" if element.mandatory else element.words
    return ""


def example_of(place: str) -> Any:
    """What stands there in the first example that has it, or what was made up for it."""
    made = within(MADE_EXAMPLES, place)
    if made is not None:
        return made
    for source in [FIRST_EXAMPLE, *sorted(EXAMPLES.glob("award-*.json"))]:
        found = within(json.loads(source.read_text(encoding="utf-8")), place)
        if found is not None:
            return found
    return None


def within(value: Any, place: str) -> Any:
    if isinstance(value, dict) and place in value:
        return value[place]
    *above, last = place.split("/")
    if value is MADE_EXAMPLES:
        return within_object(within(value, "/".join(above)), last) if above[1:] else None
    for name in [*above[1:], last]:
        value = within_object(value, name)
    return value


def within_object(value: Any, name: str) -> Any:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get(name) if isinstance(value, dict) else None


def code(value: Any) -> str:
    """A short value whole; an object as a hint to its own section."""
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > 110:
        return "see below" if isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], dict)) else f"`{text[:100]}…`"
    return f"`{text}`".replace("|", "\\|")


LISTS: Final[tuple[tuple[ControlledList, str], ...]] = (
    (ASSESSMENT_TYPES, "`assessment.type`"),
    (MODES, "`participation`"),
    (QUALITY_ASSURANCE_TYPES, "`quality_assurance.type`"),
    (SUPERVISION_TYPES, "`supervision`"),
    (ACTIVITY_TYPES, "`activity.type`"),
    (EQF_LEVELS, "`level.eqf`, as a number"),
    (LANGUAGES, "`instruction_languages`, and the languages in which pages can be shown"),
    (COUNTRIES, "every `country`"),
    (SKILL_TYPES, "`learning_outcomes.type`"),
    (REUSE_LEVELS, "`learning_outcomes.reuse_level`"),
    (EHEA_CYCLES, "`level.ehea`"),
    (FIELDS_OF_EDUCATION, "`field_of_education`"),
)


def lists_page() -> str:
    """The lists, each with codes, labels and other names."""
    words = (
        "The values that an award record takes from lists of the Publications Office and Europass. Any of code, label, IRI and other names"
        " is understood, whatever its case. A label that two codes share (some fields of education) means neither: write the code."
    )
    lines = ["# Controlled lists", "", MADE_BY, "", words, ""]
    for found, where in LISTS:
        more = "" if found.complete else ", as observed: no list is published"
        if found.others:
            more = f" by label; all {len(found.others()):,} codes of the published list are known when a credential is checked"
        told = f"For {where}. {len(found.labels)} values{more}."
        lines += [f"## {found.title[:1].upper()}{found.title[1:]}", "", told + f" IRIs are below `{found.base}`.", ""]
        lines += [*table("| Code | Label | Other names |", entries(found)), ""]
    return "\n".join(lines)


def entries(found: ControlledList) -> list[str]:
    names: dict[str, list[str]] = {}
    for word, code_ in found.names.items():
        names.setdefault(code_, []).append(word)
    return [f"| `{code_}` | {label} | {', '.join(names.get(code_, []))} |" for code_, label in found.labels.items()]
