"""Whatever JSON-LD would lose in silence is refused, with its code and its place; and what is not lost is said."""

from __future__ import annotations

from typing import Any, Final

import pytest

from atesto.errors import VerificationError
from atesto.linked_data import losses
from tests.unit.linked_data.vocabulary import GATEWAY, RDF, URL, XSD, document, statements

TERM, TYPE, RELATIVE, INVALID = (
    "linked_data.undefined_term",
    "linked_data.undefined_type",
    "linked_data.relative_iri",
    "linked_data.invalid_iri",
)
DROPPED, LANGUAGE, KEYWORD, BLANK, BROKEN = (
    "linked_data.dropped_value",
    "linked_data.invalid_language",
    "linked_data.keyword_misuse",
    "linked_data.blank_node_id",
    "linked_data.invalid",
)
NAME: Final = "<urn:v:name>"
TOO_PRECISE: Final = 0.30000000000000004

LOST: Final[dict[str, tuple[dict[str, Any], str, str]]] = {
    # rule 1: terms
    "undefined term": ({"degree": "PhD"}, TERM, "/degree"),
    "undefined term deep inside": ({"tags": [{"name": "x"}, {"name": {"degree": "PhD"}}]}, TERM, "/tags/1/name/degree"),
    "undefined term with a slash": ({"a/b~c": "x"}, TERM, "/a~1b~0c"),
    "undefined term with a null": ({"degree": None}, TERM, "/degree"),
    "undefined term with an empty list": ({"degree": []}, TERM, "/degree"),
    "term mapped to null": ({"nothing": "x"}, TERM, "/nothing"),
    "term that is no IRI": ({"urn:with space": "x"}, TERM, "/urn:with space"),
    "term with two fragments": ({"urn:a#b#c": "x"}, TERM, "/urn:a#b#c"),
    "keyword look-alike": ({"@credential": "x"}, TERM, "/@credential"),
    "almost a keyword": ({"@v1": "x"}, KEYWORD, "/@v1"),
    "blank node label as a term": ({"_:p": "x"}, BLANK, "/_:p"),
    "term of a scoped context outside": ({"place": {"street": "x"}, "street": "x"}, TERM, "/street"),
    "term of a type's context without the type": ({"type": "Course", "rig": "x"}, TERM, "/rig"),
    "term of a type's context in a node below": ({"type": "Lab", "name": {"rig": "x"}}, TERM, "/name/rig"),
    "term below a context that ends all": ({"bare": {"name": "x"}}, TERM, "/bare/name"),
    # rule 2: types
    "undefined type": ({"type": "Degree"}, TYPE, "/type"),
    "undefined type in a list": ({"type": ["Course", "Degree"]}, TYPE, "/type/1"),
    "undefined type deep inside": ({"name": [{"type": "Course"}, {"type": "Degree"}]}, TYPE, "/name/1/type"),
    "relative type": ({"@type": "../Degree"}, TYPE, "/@type"),
    "type mapped to null": ({"type": "nothing"}, TYPE, "/type"),
    "type with a forbidden character": ({"type": "urn:v:<Course>"}, TYPE, "/type"),
    "type that looks like a keyword": ({"type": "@degree"}, TYPE, "/type"),
    "keyword as a type": ({"type": "@id"}, TYPE, "/type"),
    "null type": ({"type": None}, TYPE, "/type"),
    "null in types": ({"type": ["Course", None]}, TYPE, "/type/1"),
    "number as a type": ({"type": 5}, TYPE, "/type"),
    "object as a type": ({"type": {}}, TYPE, "/type"),
    "blank node label as a type": ({"type": "_:t"}, BLANK, "/type"),
    "relative datatype": ({"name": {"@value": "x", "@type": "date"}}, TYPE, "/name/@type"),
    "datatype with a forbidden character": ({"name": {"@value": "x", "@type": "urn:a b"}}, TYPE, "/name/@type"),
    "@none as a datatype": ({"name": {"@value": "x", "@type": "@none"}}, TYPE, "/name/@type"),
    # rule 3: identifiers
    "relative identifier": ({"id": "student-7", "name": "x"}, RELATIVE, "/id"),
    "empty identifier": ({"id": "", "name": "x"}, RELATIVE, "/id"),
    "absolute path": ({"id": "/student/7", "name": "x"}, RELATIVE, "/id"),
    "network path": ({"id": "//example.org/7", "name": "x"}, RELATIVE, "/id"),
    "term as an identifier": ({"id": "name", "name": "x"}, RELATIVE, "/id"),
    "relative identifier in a list": ({"tags": ["x", {"id": "a", "name": "x"}]}, RELATIVE, "/tags/1/id"),
    "identifier that looks like a keyword": ({"id": "@student", "name": "x"}, RELATIVE, "/id"),
    "keyword as an identifier": ({"id": "@type", "name": "x"}, RELATIVE, "/id"),
    "null identifier": ({"id": None, "name": "x"}, RELATIVE, "/id"),
    "number as an identifier": ({"id": 7, "name": "x"}, RELATIVE, "/id"),
    "list as an identifier": ({"id": ["urn:a"], "name": "x"}, RELATIVE, "/id"),
    "blank node label as an identifier": ({"id": "_:b0", "name": "x"}, BLANK, "/id"),
    "identifier with a space": ({"id": "urn:a b", "name": "x"}, INVALID, "/id"),
    "identifier that forges a statement": ({"id": "urn:a> <urn:p> <urn:o> .\n<urn:b", "name": "x"}, INVALID, "/id"),
    "identifier with a C1 control": ({"id": "urn:a\u0085b", "name": "x"}, INVALID, "/id"),
    "identifier with two fragments": ({"id": "urn:a#b#c", "name": "x"}, INVALID, "/id"),
    "relative value of an IRI term": ({"site": "shop"}, RELATIVE, "/site"),
    "relative value in a list": ({"site": ["urn:a", "shop"]}, RELATIVE, "/site/1"),
    "relative value in @set": ({"site": {"@set": ["urn:a", "shop"]}}, RELATIVE, "/site/@set/1"),
    "relative value alone in @list": ({"site": {"@list": "shop"}}, RELATIVE, "/site/@list"),
    "relative value beside its twin": ({"name": "shop", "site": "shop"}, RELATIVE, "/site"),
    "relative value of a vocabulary term": ({"kind": "lecture"}, RELATIVE, "/kind"),
    "vocabulary value mapped to null": ({"kind": "nothing"}, RELATIVE, "/kind"),
    "keyword as a vocabulary value": ({"kind": "@type"}, RELATIVE, "/kind"),
    "alias of a keyword as a vocabulary value": ({"kind": "type"}, RELATIVE, "/kind"),
    "keyword look-alike as a value": ({"site": "@shop"}, RELATIVE, "/site"),
    "blank node label as a value": ({"site": "_:b0"}, BLANK, "/site"),
    "value with a forbidden character": ({"site": 'urn:a"b'}, INVALID, "/site"),
    # rule 4: values
    "null": ({"name": None}, DROPPED, "/name"),
    "null in a list": ({"name": ["x", None]}, DROPPED, "/name/1"),
    "null in a list in a list": ({"name": ["x", ["y", None]]}, DROPPED, "/name/1/1"),
    "null in an ordered list": ({"steps": ["x", None]}, DROPPED, "/steps/1"),
    "null in @list": ({"name": {"@list": ["x", None]}}, DROPPED, "/name/@list/1"),
    "null in @set": ({"name": {"@set": [None]}}, DROPPED, "/name/@set/0"),
    "null @list": ({"name": {"@list": None}}, DROPPED, "/name/@list"),
    "null @value": ({"name": {"value": None}}, DROPPED, "/name/value"),
    "null direction": ({"name": {"@value": "x", "@direction": None}}, DROPPED, "/name/@direction"),
    "language without a value": ({"name": {"@language": "en"}}, DROPPED, "/name"),
    "direction without a value": ({"name": {"@direction": "rtl"}}, DROPPED, "/name"),
    "too many digits": ({"name": TOO_PRECISE}, DROPPED, "/name"),
    "too many digits in a list": ({"steps": [0.5, TOO_PRECISE]}, DROPPED, "/steps/1"),
    "too many digits in @value": ({"name": {"@value": TOO_PRECISE}}, DROPPED, "/name/@value"),
    "too many digits of a double": ({"ratio": TOO_PRECISE}, DROPPED, "/ratio"),
    "node without a word in a graph": ({"claims": {"id": "urn:a"}}, DROPPED, ""),
    "text in a graph": ({"claims": "x"}, DROPPED, ""),
    "document that only has a name": ({"id": "urn:a"}, DROPPED, ""),
    "document that is a value": ({"@value": "x"}, DROPPED, ""),
    "document that is a list": ({"@list": ["x"]}, DROPPED, ""),
    "free-floating values": ({"@set": ["x", {"name": "y"}]}, DROPPED, ""),
    # rule 5: keywords
    "@index": ({"name": {"name": "x", "@index": "PhD in Physics"}}, KEYWORD, "/name/@index"),
    "@index on a value": ({"name": {"@value": "x", "@index": "y"}}, KEYWORD, "/name/@index"),
    "@graph": ({"@graph": [{"name": "x"}]}, KEYWORD, "/@graph"),
    "@included": ({"name": "x", "@included": [{"name": "y"}]}, KEYWORD, "/@included"),
    "alias of @included": ({"included": [{"name": "y"}]}, KEYWORD, "/included"),
    "@reverse": ({"@reverse": {"name": {"name": "x"}}}, KEYWORD, "/@reverse"),
    "reverse term": ({"partOf": {"id": "urn:a"}}, KEYWORD, "/partOf"),
    "@nest": ({"@nest": {"name": "x"}}, KEYWORD, "/@nest"),
    "alias of @nest": ({"nested": {"name": "x"}}, KEYWORD, "/nested"),
    "map keyed by index": ({"byIndex": {"a": "x"}}, KEYWORD, "/byIndex"),
    "map keyed by id": ({"byId": {"urn:a": {"name": "x"}}}, KEYWORD, "/byId"),
    "map keyed by type": ({"byType": {"Course": {"name": "x"}}}, KEYWORD, "/byType"),
    "type and @type": ({"type": "Course", "@type": "Course"}, KEYWORD, "/@type"),
    "@id and id": ({"@id": "urn:a", "id": "urn:b", "name": "x"}, KEYWORD, "/id"),
    "two values": ({"name": {"value": "x", "@value": "y"}}, KEYWORD, "/name/@value"),
    "@context keyword as a member": ({"@vocab": "urn:v:"}, KEYWORD, "/@vocab"),
    "@none as a member": ({"none": "x"}, KEYWORD, "/none"),
    "at sign as a member": ({"@": "x"}, KEYWORD, "/@"),
    "type beside @list": ({"name": {"@list": ["x"], "@type": "Course"}}, KEYWORD, "/name"),
    "type beside @set": ({"name": {"@set": ["x"], "type": "Course"}}, KEYWORD, "/name"),
    "member beside @list": ({"name": {"@list": [], "name": "x"}}, KEYWORD, "/name"),
    "@id beside @set": ({"name": {"@set": [], "id": "urn:a"}}, KEYWORD, "/name"),
    # rule 6: languages
    "language with a space": ({"name": {"@value": "x", "@language": "e n"}}, LANGUAGE, "/name/@language"),
    "language with too long a part": ({"name": {"@value": "x", "@language": "nederlands"}}, LANGUAGE, "/name/@language"),
    "language with an empty part": ({"name": {"@value": "x", "@language": "en-"}}, LANGUAGE, "/name/@language"),
    "empty language": ({"name": {"@value": "x", "@language": ""}}, LANGUAGE, "/name/@language"),
    "language with a line end": ({"name": {"@value": "x", "@language": "en\n"}}, LANGUAGE, "/name/@language"),
    "language that starts with a digit": ({"name": {"@value": "x", "@language": "1n"}}, LANGUAGE, "/name/@language"),
    "number as a language": ({"name": {"@value": "x", "@language": 5}}, LANGUAGE, "/name/@language"),
    "null language": ({"name": {"@value": "x", "@language": None}}, LANGUAGE, "/name/@language"),
    "bad key of a language map": ({"label": {"en": "x", "e n": "y"}}, LANGUAGE, "/label/e n"),
    "null in a language map": ({"label": {"en": None}}, DROPPED, "/label/en"),
    "null in a list in a language map": ({"label": {"en": ["x", None]}}, DROPPED, "/label/en/1"),
    "value object under a language map": ({"label": {"@value": "x", "@language": "en"}}, LANGUAGE, "/label/@value"),
    # not JSON-LD at all
    "number in a language map": ({"label": {"en": 5}}, BROKEN, ""),
    "value that is a list": ({"name": {"@value": ["x"]}}, BROKEN, ""),
    "value with a member": ({"name": {"@value": "x", "name": "y"}}, BROKEN, ""),
    "value with language and type": ({"name": {"@value": "x", "@language": "en", "@type": "Course"}}, BROKEN, ""),
    "number with a language": ({"name": {"@value": 5, "@language": "en"}}, BROKEN, ""),
    "direction that is none": ({"name": {"@value": "x", "@direction": "up"}}, BROKEN, ""),
}


@pytest.mark.parametrize("case", LOST)
def test_refused(case: str) -> None:
    members, code, pointer = LOST[case]
    with pytest.raises(VerificationError) as refused:
        statements(members)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


@pytest.mark.parametrize("case", [case for case, (_, code, pointer) in LOST.items() if pointer or code == BROKEN])
def test_refused_before_compaction_too(case: str) -> None:
    members, code, pointer = LOST[case]
    with pytest.raises(VerificationError) as refused:
        GATEWAY.compact(document(members), [URL])
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


SAID: Final[dict[str, tuple[dict[str, Any], list[tuple[str, str, str]]]]] = {
    "text": ({"name": "x"}, [("_:b0", NAME, '"x"')]),
    "IRI as a term": ({"urn:v:other": "x"}, [("_:b0", "<urn:v:other>", '"x"')]),
    "type": ({"type": ["Course", "urn:v:Free"]}, [("_:b0", f"<{RDF}type>", "<urn:v:Course>"), ("_:b0", f"<{RDF}type>", "<urn:v:Free>")]),
    "identifier": ({"id": "urn:a", "name": "x"}, [("<urn:a>", NAME, '"x"')]),
    "identifier with a fragment": ({"id": "urn:a#b", "name": "x"}, [("<urn:a#b>", NAME, '"x"')]),
    "reference": ({"name": {"id": "urn:a"}}, [("_:b0", NAME, "<urn:a>")]),
    "typed reference": ({"site": "https://example.org/"}, [("_:b0", "<urn:v:site>", "<https://example.org/>")]),
    "vocabulary value": ({"kind": "Course"}, [("_:b0", "<urn:v:kind>", "<urn:v:Course>")]),
    "number under an IRI term": ({"site": 5}, [("_:b0", "<urn:v:site>", f'"5"^^<{XSD}integer>')]),
    "sixteen digits": ({"name": 0.1234567890123456}, [("_:b0", NAME, f'"1.234567890123456E-1"^^<{XSD}double>')]),
    "typed double": ({"ratio": 2}, [("_:b0", "<urn:v:ratio>", f'"2.0E0"^^<{XSD}double>')]),
    "lists in lists": ({"name": [["x"], ["y"]]}, [("_:b0", NAME, '"x"'), ("_:b0", NAME, '"y"')]),
    "empty list": ({"name": []}, []),
    "empty ordered list": ({"steps": []}, [("_:b0", "<urn:v:steps>", f"<{RDF}nil>")]),
    "@set": ({"name": {"@set": ["x"]}}, [("_:b0", NAME, '"x"')]),
    "unnamed node": ({"name": {}}, [("_:b0", NAME, "_:b1")]),
    "language": ({"name": {"@value": "x", "@language": "de-CH-1996"}}, [("_:b0", NAME, '"x"@de-ch-1996')]),
    "language of a term": ({"german": "x"}, [("_:b0", "<urn:v:german>", '"x"@de')]),
    "direction": ({"name": {"@value": "x", "@direction": "rtl"}}, [("_:b0", NAME, '"x"^^<https://www.w3.org/ns/i18n#_rtl>')]),
    "language and direction of a term": ({"arabic": "x"}, [("_:b0", "<urn:v:arabic>", '"x"^^<https://www.w3.org/ns/i18n#ar_rtl>')]),
    "language map": (
        {"label": {"en": "x", "de": ["y", "z"], "@none": "w"}},
        [("_:b0", "<urn:v:label>", text) for text in ('"w"', '"y"@de', '"z"@de', '"x"@en')],
    ),
    "alias of @none in a language map": ({"label": {"none": "w"}}, [("_:b0", "<urn:v:label>", '"w"')]),
    "JSON": (
        {"raw": {"@id": None, "x": TOO_PRECISE}},
        [("_:b0", "<urn:v:raw>", f'"{{\\"@id\\":null,\\"x\\":{TOO_PRECISE}}}"^^<{RDF}JSON>')],
    ),
    "JSON null": ({"raw": None}, [("_:b0", "<urn:v:raw>", f'"null"^^<{RDF}JSON>')]),
    "JSON list with a null": ({"raw": [None]}, [("_:b0", "<urn:v:raw>", f'"[null]"^^<{RDF}JSON>')]),
    "JSON value null": ({"name": {"@type": "@json", "@value": None}}, [("_:b0", NAME, f'"null"^^<{RDF}JSON>')]),
    "JSON value by an alias": ({"name": {"type": "@json", "value": None}}, [("_:b0", NAME, f'"null"^^<{RDF}JSON>')]),
    "precise JSON value": ({"name": {"@type": "@json", "@value": TOO_PRECISE}}, [("_:b0", NAME, f'"{TOO_PRECISE}"^^<{RDF}JSON>')]),
    "JSON value": ({"name": {"@type": "@json", "@value": [None]}}, [("_:b0", NAME, f'"[null]"^^<{RDF}JSON>')]),
    "scoped context": ({"place": {"street": "x"}}, [("_:b1", "<urn:v:street>", '"x"'), ("_:b0", "<urn:v:place>", "_:b1")]),
    "context of a type": ({"type": "Lab", "rig": "x"}, [("_:b0", f"<{RDF}type>", "<urn:v:Lab>"), ("_:b0", "<urn:v:rig>", '"x"')]),
    "list under an index term": ({"byIndex": ["x"]}, [("_:b0", "<urn:v:byIndex>", '"x"')]),
    "graph": ({"claims": {"name": "x"}}, [("_:b0", "<urn:v:claims>", "_:b1")]),
}


@pytest.mark.parametrize("case", SAID)
def test_said(case: str) -> None:
    members, expected = SAID[case]
    assert statements(members) == expected


# rule 9: what no statement tells, and where it stands
UNTOLD: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "empty list": ({"name": []}, "/name"),
    "empty list beside a text": ({"name": ["x", []]}, "/name/1"),
    "empty list in a list in a list": ({"name": [["x"], ["y", []]]}, "/name/1/1"),
    "empty list deep inside": ({"tags": [{"name": "x"}, {"place": []}]}, "/tags/1/place"),
    "empty list under a @set term": ({"tags": []}, "/tags"),
    "empty list under a graph term": ({"claims": []}, "/claims"),
    "empty list under an IRI term": ({"site": []}, "/site"),
    "empty list under an index term": ({"byIndex": []}, "/byIndex"),
    "empty @set": ({"name": {"@set": []}}, "/name/@set"),
    "empty @set of an ordered list": ({"steps": {"@set": []}}, "/steps/@set"),
    "empty @set in an ordered list": ({"steps": ["x", {"@set": []}]}, "/steps/1/@set"),
    "empty list in @set": ({"name": {"@set": ["x", []]}}, "/name/@set/1"),
    "empty map of languages": ({"label": {}}, "/label"),
    "empty list in a map of languages": ({"label": {"en": "x", "de": []}}, "/label/de"),
}
TOLD: Final = ("empty ordered list", "lists in lists", "unnamed node", "JSON list with a null", "JSON value", "language map")


@pytest.mark.parametrize("case", UNTOLD)
def test_what_no_statement_tells_is_refused_where_statements_are_signed(case: str) -> None:
    members, pointer = UNTOLD[case]
    statements(members)
    with pytest.raises(VerificationError) as refused:
        statements(members, empty_lists=False)
    assert (refused.value.code, refused.value.pointer) == (DROPPED, pointer)


@pytest.mark.parametrize("members", [{"steps": [[]]}, {"name": {"@list": []}}, {"raw": []}, {"name": {"@type": "@json", "@value": []}}])
def test_an_empty_list_that_is_told_is_none_of_them(members: dict[str, Any]) -> None:
    assert statements(members, empty_lists=False)


@pytest.mark.parametrize("case", TOLD)
def test_said_where_statements_are_signed(case: str) -> None:
    members, expected = SAID[case]
    assert statements(members, empty_lists=False) == expected


CONTEXTS: Final[dict[str, tuple[Any, dict[str, Any], str, str]]] = {
    "default base": ({"name": "urn:v:name", "id": "@id"}, {"id": "/x", "name": "y"}, RELATIVE, "/id"),
    "@base": ({"name": "urn:v:name", "@base": "https://example.org/"}, {"@id": "x", "name": "y"}, RELATIVE, "/@id"),
    "null @base": ({"name": "urn:v:name", "@base": None}, {"@id": "x", "name": "y"}, RELATIVE, "/@id"),
    "relative @vocab": ({"@vocab": "v#"}, {"name": "y"}, TERM, "/name"),
    "empty @vocab": ({"@vocab": ""}, {"name": "y"}, TERM, "/name"),
    "ended @vocab": ([{"@vocab": "urn:v:"}, {"@vocab": None}], {"name": "y"}, TERM, "/name"),
    "ended @vocab below": ({"@vocab": "urn:v:"}, {"name": {"@context": {"@vocab": None}, "inner": "x"}}, TERM, "/name/inner"),
    "forging language of a context": ({"@vocab": "urn:v:", "@language": "en .\n<urn:a> <urn:p> <urn:o"}, {"name": "x"}, LANGUAGE, "/name"),
    "forging language of a term": ({"name": {"@id": "urn:v:name", "@language": "e n"}}, {"name": ["a", "b"]}, LANGUAGE, "/name/0"),
    "datatype of a term with two fragments": ({"name": {"@id": "urn:v:name", "@type": "urn:a#b#c"}}, {"name": ["a", 5]}, TYPE, "/name/0"),
    "null context": ([URL, None], {"name": "x"}, TERM, "/name"),
    "null context below": (URL, {"name": {"@context": None, "name": "x"}}, TERM, "/name/name"),
    "unknown context": ("https://vocabulary.example/v2", {"name": "x"}, "context.unknown", ""),
    "unknown import": ({"@import": "https://vocabulary.example/v2"}, {"name": "x"}, "context.unknown", ""),
    "number as a context": (5, {"name": "x"}, BROKEN, "/@context"),
    "relative context": ("v1", {"name": "x"}, BROKEN, "/@context"),
    "other version": ({"@version": 1.0}, {"name": "x"}, BROKEN, "/@context"),
    "redefined protected term": (
        [{"@protected": True, "name": "urn:v:name"}, {"name": "urn:v:other"}],
        {"name": "x"},
        BROKEN,
        "/@context/1",
    ),
}


@pytest.mark.parametrize("case", CONTEXTS)
def test_refused_for_its_context(case: str) -> None:
    context, members, code, pointer = CONTEXTS[case]
    with pytest.raises(VerificationError) as refused:
        statements(members, context=context)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_the_fault_is_named_in_the_words_of_the_specification() -> None:
    for members, fault in (
        ({"label": {"en": 5}}, "invalid language map value"),
        ({"name": {"@value": ["x"]}}, "invalid value object value"),
    ):
        with pytest.raises(VerificationError) as refused:
            statements(members)
        assert refused.value.detail == f"The document is not valid JSON-LD: {fault}."


@pytest.mark.parametrize(
    "context", [[URL, {"@vocab": None}], [{"@vocab": None}, URL], [{"@vocab": "urn:v:"}, URL, {"@vocab": None}, {"@vocab": None}]]
)
def test_ending_a_vocabulary_where_none_is_in_force_says_nothing(context: Any) -> None:
    assert statements({"name": "x"}, context=context) == [("_:b0", NAME, '"x"')]
    assert statements({"name": {"@context": {"@vocab": None}, "name": "x"}}) == [("_:b1", NAME, '"x"'), ("_:b0", NAME, "_:b1")]


def test_a_vocabulary_defines_every_name() -> None:
    assert statements({"inner": "x"}, context={"@vocab": "urn:v:"}) == [("_:b0", "<urn:v:inner>", '"x"')]


def test_the_longest_language_parts() -> None:
    losses.check_language("abcdefgh-12345678-x", "")
    for tag in ("abcdefghi", "a-123456789", "a--b", "-a", "a_b", "ä"):
        with pytest.raises(VerificationError):
            losses.check_language(tag, "")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_are_none(value: float) -> None:
    with pytest.raises(VerificationError) as refused:
        losses.check_scalar(value, "/x")
    assert (refused.value.code, refused.value.pointer) == (DROPPED, "/x")


@pytest.mark.parametrize(
    "character", [*'<>"{}|\\^`', "\x00", "\x1f", " ", "\n", "\x7f", "\x80", "\x9f", "\xa0", "\u2028", "\u2029", "\ud800"]
)
def test_characters_that_no_iri_holds(character: str) -> None:
    assert not losses.is_safe_iri(f"urn:a{character}b")
    assert not losses.is_safe_iri(f"urn:a#{character}")


@pytest.mark.parametrize(
    "text", ["urn:", "a:#", "A9+.-:x", "https://example.org/é?q=1#f", "urn:x:\u00a1\u2027\u202a\ud7ff\ue000", "did:key:z6Mk#z6Mk"]
)
def test_safe_iris(text: str) -> None:
    assert losses.is_safe_iri(text)


@pytest.mark.parametrize("text", ["", "a", ":b", "1a:b", "a b:c", "ä:b", "a_b:c", "#a:b", "a:##", "\na:b"])
def test_what_is_no_iri(text: str) -> None:
    assert not losses.is_safe_iri(text)
