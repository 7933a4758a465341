"""Awards for tests: the published examples, their credentials, and generated ones that use every member of the record."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.cycles import EHEA_CYCLES
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.europass import ACTIVITY_TYPES, ASSESSMENT_TYPES, MODES, QUALITY_ASSURANCE_TYPES, SUPERVISION_TYPES
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.lists.learning import REUSE_LEVELS, SKILL_TYPES
from atesto.profiles.edc.write import write
from tests.simulators.parts import NOW, MemorySigner

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.profiles.award.record import Award
    from atesto.profiles.form import Pages

FOLDER: Final = Path(__file__).resolve().parents[2] / "examples"
EXAMPLES: Final = sorted(path.stem.removeprefix("award-") for path in FOLDER.glob("award-*.json"))
DID: Final = MemorySigner.numbered(1).did
CREDENTIAL_ID: Final = "urn:uuid:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c01"
PICTURE: Final = b"a picture"
PNG_FILE: Final = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SVG_FILE: Final = "data:image/svg+xml;base64," + base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#0B6B4F"/></svg>'
).decode("ascii")
PDF_FILE: Final = "data:application/pdf;base64," + base64.b64encode(b"%PDF-1.4 one page").decode("ascii")


def example(name: str) -> Any:
    """The record of an example, new every time."""
    return json.loads((FOLDER / f"award-{name}.json").read_text(encoding="utf-8"))


def changed(record: Any, path: str, value: Any) -> Any:
    """`record` with the member at the dotted path set, made where it is missing; `...` removes it."""
    *above, last = path.split(".")
    place = record
    for name in above:
        place = place.setdefault(name, {})
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return record


def credential(award: Award, *, pages: Pages | None = None) -> JsonObject:
    """The unsigned European Digital Credential of an award."""
    pictures: Pages = dict.fromkeys(award.page_languages, PICTURE) if pages is None else pages
    return write(award, issuer_did=DID, credential_id=CREDENTIAL_ID, issued=NOW, pages=pictures)


def as_issued(award: Award) -> JsonObject:
    """What a reader finds: the award, with the issuing node's DID as the issuer's id; how the pages look stands in the pictures alone."""
    found: Any = award.to_json()
    found.pop("display", None)
    issuer = found["mandate"]["issuer"] if "mandate" in found else found["awarding_body"]
    issuer["id"] = DID
    return parse_award(found).to_json()


_TAGS: Final = ("en", "de", "fr", "el", "bg", "pt-BR", "sr-Latn", "ga")
_WORDS: Final = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t<>&\"'"), min_size=1, max_size=20
).filter(lambda text: bool(text.strip()))
_TRIMMED: Final = _WORDS.map(str.strip)
_TEXTS: Final = st.one_of(_WORDS, st.dictionaries(st.sampled_from(_TAGS), _WORDS, min_size=1, max_size=3))
_DATES: Final = st.dates(min_value=date(1900, 1, 1)).map(lambda day: day.isoformat())
_COUNTRIES: Final = st.sampled_from(sorted(COUNTRIES.labels))
_SITES: Final = st.sampled_from(["https://a.example/", "http://b.example/päge?x=1&y=%20#z", "https://c.example:8443/k"])
_EMAILS: Final = st.sampled_from(["a@mail.example", "ö.b+c@mail.example"])
_HOURS: Final = st.integers(1, 20_000).map(lambda quarters: quarters / 4)
_CREDITS: Final = st.integers(1, 9_000).map(lambda hundredths: hundredths / 100)
_DIDS: Final = st.sampled_from(["did:web:one.example", "did:web:two.example"])


def _some(required: dict[str, st.SearchStrategy[Any]], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


def _not_empty(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    # An empty list says as little as a member that is left out.
    return _some({}, **optional).filter(lambda found: any(value not in ([], {}) for value in found.values()))


_NUMBERS: Final = st.one_of(_TRIMMED, _some({"number": _TRIMMED}, country=_COUNTRIES))


def _organisations(identifier: st.SearchStrategy[str] | None) -> st.SearchStrategy[dict[str, Any]]:
    return _some(
        {"name": _TEXTS, "country": _COUNTRIES, "eidas": _NUMBERS},
        registration=_NUMBERS,
        vat=_NUMBERS,
        tax=_NUMBERS,
        address=_TEXTS,
        homepage=_SITES,
        email=_EMAILS,
        region=st.sampled_from(["http://data.europa.eu/nuts/code/FRJ", "http://publications.europa.eu/resource/authority/atu/IRL_CTH_DUB"]),
        logo=st.sampled_from([PNG_FILE, SVG_FILE]),
        **({} if identifier is None else {"id": identifier}),
    )


_LEARNERS: Final = _not_empty(
    id=st.sampled_from(["did:key:z6MkLearner", "did:example:learner"]),
    given_name=_WORDS,
    family_name=_WORDS,
    full_name=_WORDS,
    date_of_birth=_DATES,
    place_of_birth=_some({"country": _COUNTRIES}, name=_TEXTS),
    citizenship=st.lists(_COUNTRIES, max_size=2, unique=True),
    national_id=_some({"number": _TRIMMED, "country": _COUNTRIES}),
    student_number=_TRIMMED,
    email=_EMAILS,
)
_ASSURANCES: Final = _some(
    {
        "type": st.sampled_from(sorted(QUALITY_ASSURANCE_TYPES.labels)),
        "agency": _some({"name": _TEXTS, "country": _COUNTRIES}, id=st.just("did:web:agency.example"), homepage=_SITES),
    },
    title=_TEXTS,
    decision=_TEXTS,
    report=_SITES,
    review_date=_DATES,
    expiry_date=_DATES,
)
_SKILLS: Final = st.sampled_from([f"http://data.europa.eu/esco/skill/{number}" for number in range(3)])
_OUTCOMES: Final = st.one_of(
    _WORDS,
    _some(
        {"title": _TEXTS},
        esco=st.lists(_SKILLS, max_size=2),
        type=st.sampled_from(sorted(SKILL_TYPES.labels)),
        reuse_level=st.sampled_from(sorted(REUSE_LEVELS.labels)),
    ),
)
_LEVELS: Final = st.one_of(
    st.fixed_dictionaries({"not_applicable": _TEXTS}),
    _not_empty(
        eqf=st.integers(1, 8),
        nqf=_some({"id": st.just("http://data.europa.eu/snb/qdr/c_c392e7a2")}, label=_TEXTS),
        ehea=st.sampled_from(sorted(EHEA_CYCLES.labels)),
    ),
)
_ISSUED_HERE: Final = st.fixed_dictionaries({"awarding_body": _organisations(None)})
_BY_MANDATE: Final = st.fixed_dictionaries(
    {
        "awarding_body": _organisations(_DIDS),
        "mandate": st.fixed_dictionaries({"issuer": _organisations(None), "statement": _TRIMMED}),
    }
)
_RECORDS: Final = _some(
    {"learner": _LEARNERS, "issuing_date": _DATES, "learning_outcomes": st.lists(_OUTCOMES, min_size=1, max_size=3)},
    description=_TEXTS,
    valid_until=_DATES,
    workload=_not_empty(hours=_HOURS, ects=_CREDITS, received=_CREDITS),
    level=_LEVELS,
    assessment=_some({"type": st.sampled_from(sorted(ASSESSMENT_TYPES.labels))}, title=_TEXTS, description=_TEXTS, date=_DATES),
    participation=st.sampled_from(sorted(MODES.labels)),
    quality_assurance=_ASSURANCES,
    prerequisites=_TEXTS,
    supervision=st.sampled_from(sorted(SUPERVISION_TYPES.labels)),
    grade=_some({"value": _TEXTS}, scheme=_some({"title": _TEXTS}, description=_TEXTS)),
    stackability=_not_empty(partial=st.booleans(), part_of=st.lists(_TEXTS, min_size=1, max_size=3), note=_TEXTS),
    further_information=_not_empty(text=_TEXTS, links=st.lists(_some({"url": _SITES}, title=_TEXTS), min_size=1, max_size=2)),
    activity=_some({"title": _TEXTS}, type=st.sampled_from(sorted(ACTIVITY_TYPES.labels)), hours=_HOURS),
    field_of_education=st.lists(st.sampled_from(sorted(FIELDS_OF_EDUCATION.labels)), max_size=2, unique=True),
    instruction_languages=st.lists(st.sampled_from(sorted(LANGUAGES.labels)), max_size=2, unique=True),
    conversion=_some({"document": st.sampled_from([PDF_FILE, PNG_FILE])}, title=_TEXTS, statement=_TRIMMED.map("Converted: {}".format)),
)
_SUPPLEMENTS: Final = _some(
    {
        "duration_months": st.integers(1, 600),
        "modules": st.lists(_some({"title": _TEXTS, "ects": _CREDITS}, grade=_TEXTS), min_size=1, max_size=3),
    },
    title_conferred=_TEXTS,
    institution_status=_TEXTS,
    administered_by=_TEXTS,
    grade_distribution=_TEXTS,
    further_study=_TEXTS,
    regulated_profession=_TEXTS,
    certified_by=_some({"name": _TRIMMED}, capacity=_TEXTS),
    education_system=_TEXTS,
)
_SUPPLEMENTED: Final = st.fixed_dictionaries(
    {
        "learner": st.fixed_dictionaries({"full_name": _WORDS, "date_of_birth": _DATES}),
        "workload": st.fixed_dictionaries({"ects": _CREDITS}),
        "level": st.fixed_dictionaries({"nqf": st.just({"id": "http://data.europa.eu/snb/qdr/c_c392e7a2"})}),
        "assessment": st.just({"type": "oral examination"}),
        "participation": st.sampled_from(sorted(MODES.labels)),
        "quality_assurance": _ASSURANCES,
        "field_of_education": st.just(["0521"]),
        "instruction_languages": st.just(["ENG"]),
        "stackability": st.just({"note": "Counts as a whole."}),
        "supplement": _SUPPLEMENTS,
    }
)
"""What a Diploma Supplement must have besides."""


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """Records that a European Digital Credential can carry whole; whether they are sound micro-credentials is another question."""
    language = draw(st.sampled_from(_TAGS))
    title = {language: draw(_WORDS), **draw(st.dictionaries(st.sampled_from(_TAGS), _WORDS, max_size=2))}
    found = {"language": language, "title": title, **draw(_RECORDS), **draw(st.one_of(_ISSUED_HERE, _BY_MANDATE))}
    if "quality_assurance" in found and draw(st.booleans()):
        found["accredited"] = True
    return found


@st.composite
def supplements(draw: st.DrawFn) -> dict[str, Any]:
    """Records of Diploma Supplements."""
    return {**draw(records()), **draw(_SUPPLEMENTED)}
