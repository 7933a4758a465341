"""Badges for tests: documents generated from the table of classes, sound ones and ones with a fault in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from atesto.profiles.award.parse import parse_award
from atesto.profiles.choices import USUAL
from atesto.profiles.open_badges.classes import CLASSES, Class, Kind, Member, Value
from atesto.profiles.open_badges.criteria import in_language
from atesto.profiles.open_badges.vocabulary import CREDENTIAL, CREDENTIALS_V1, CREDENTIALS_V2, OPEN_BADGES, Enumeration
from atesto.profiles.open_badges.write import NOT_CARRIED, badge_language, write
from tests.simulators.awards import CREDENTIAL_ID, DID, as_issued
from tests.simulators.parts import NOW

if TYPE_CHECKING:
    from atesto.profiles.award.record import Award
    from atesto.profiles.choices import Choices

_DEPTH: Final = 4
_WIDTH: Final = 4
_IRIS: Final = st.sampled_from(["https://a.example/1", "urn:uuid:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c01", "did:web:b.example"])
_KINDS: Final[dict[Kind, st.SearchStrategy[Any]]] = {
    Kind.TEXT: st.sampled_from(["a", "Ünïcode ελ", "# heading"]),
    Kind.MARKDOWN: st.sampled_from(["a", "# heading\n* item"]),
    Kind.WORD: st.just("word"),
    Kind.IRI: _IRIS,
    Kind.DATE_TIME: st.sampled_from(["2026-06-15T09:00:00Z", "2010-01-01T00:00:00+02:00"]),
    Kind.DATE: st.just("1990-02-03"),
    Kind.NUMBER: st.sampled_from([0, 1, 2.5]),
    Kind.BOOLEAN: st.booleans(),
    Kind.LANGUAGE: st.sampled_from(["en", "pt-BR", "sr-Latn"]),
    Kind.TOKEN: st.just("eyJ.eyJ.c2ln"),
}
_FAULTS: Final = st.sampled_from(
    [None, 7, "", "x", "ext:ok.1", "not ext:at the start", "ext:", True, [], {}, {"en": "x"}, {"en": "Image"}, ["x"], "2026-06-15",
     "2026-06-15T09:00:00", "https://a.example/", [{"type": "x"}], {"type": ["x"]}, {"type": ["x"], "id": "y"}]
)  # fmt: skip


@st.composite
def objects(draw: st.DrawFn, entry: Class, version: str, depth: int = _DEPTH) -> dict[str, Any]:
    """Objects of a class, with a few of its optional members; below a depth only with what is required."""
    optional = [row for row in entry.members if not row.required and (depth > 0 or _flat(row))]
    chosen = draw(st.lists(st.sampled_from(optional), max_size=_WIDTH, unique_by=lambda row: row.name)) if optional else []
    needed = [row for row in entry.members if row.required or (row.name in entry.one_of[:1] and row not in chosen)]
    found = {row.name: _values(draw, row, version, depth) for row in (*needed, *chosen)}
    if (CREDENTIAL,) in entry.types:
        found["@context"] = [CREDENTIALS_V2 if version == "2.0" else CREDENTIALS_V1, OPEN_BADGES]
    if entry.types or entry.any_type:
        found["type"] = _types(draw, entry)
    return found


def _values(draw: st.DrawFn, member: Member, version: str, depth: int) -> Any:
    value = draw(st.sampled_from(member.values))
    if member.many and draw(st.booleans()):
        return [_value(draw, value, version, depth) for _ in range(draw(st.integers(1, 2)))]
    return _value(draw, value, version, depth)


def _value(draw: st.DrawFn, value: Value, version: str, depth: int) -> Any:
    if isinstance(value, Enumeration):
        return draw(st.sampled_from([*value.values, *(["ext:More-1"] if value.extensible else [])]))
    return draw(_KINDS[value] if isinstance(value, Kind) else objects(CLASSES[version][value], version, depth - 1))


def _flat(member: Member) -> bool:
    return all(not isinstance(value, str) for value in member.values)


def _types(draw: st.DrawFn, entry: Class) -> Any:
    if entry.alone or entry.any_type:
        return entry.name
    listed = [draw(st.sampled_from(names)) for names in entry.types]
    return listed[0] if len(listed) == 1 and draw(st.booleans()) else listed


@st.composite
def badges(draw: st.DrawFn, version: str = "2.0") -> dict[str, Any]:
    """Sound badges."""
    return draw(objects(CLASSES[version]["AchievementCredential"], version))


@st.composite
def faulty_badges(draw: st.DrawFn, version: str = "2.0") -> dict[str, Any]:
    """Badges in which one member of one object, anywhere, was taken away or put in another value's place."""
    badge = draw(badges(version))
    places = [(node, name) for node in _nodes(badge) for name in (*node, "type", "id")]
    node, name = draw(st.sampled_from(places))
    if draw(st.booleans()):
        node.pop(name, None)
    else:
        node[name] = draw(_FAULTS)
    return badge


def _nodes(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for item in value for node in _nodes(item)]
    return [value, *(node for item in value.values() for node in _nodes(item))] if isinstance(value, dict) else []


def badge_of(award: Award, choices: Choices = USUAL) -> Any:
    """The unsigned badge of an award."""
    return write(award, issuer_did=DID, credential_id=CREDENTIAL_ID, issued=NOW, pages={}, choices=choices)


def as_read(award: Award) -> Any:
    """What a reader finds in a badge that tells everything in clear: texts that Open Badges has properties for in one language."""
    found: Any = as_issued(award)
    language = badge_language(award)
    found["language"] = language
    for path in NOT_CARRIED:
        node, (*above, last) = found, path.split("/")[1:]
        for step in above:
            node = node.get(step, {})
        node.pop(last, None)
    if found.get("learner") == {}:
        # Nothing was told of the learner but what a badge does not carry.
        del found["learner"]
    for place, name in _IN_ONE_LANGUAGE:
        node = found
        for step in place:
            node = node.get(step, {})
        if name in node:
            node[name] = {language: in_language(node[name], language)}
    if found.get("description") == found["title"]:
        del found["description"]
    learner = found.get("learner", {})
    joined = " ".join(learner[name] for name in ("given_name", "family_name") if name in learner)
    if learner.get("full_name") == joined:
        del learner["full_name"]
    return parse_award(found).to_json()


_IN_ONE_LANGUAGE: Final = (
    ((), "title"),
    ((), "description"),
    (("awarding_body",), "name"),
    (("awarding_body",), "address"),
    (("mandate", "issuer"), "name"),
    (("mandate", "issuer"), "address"),
    (("grade",), "value"),
)
