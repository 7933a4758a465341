"""Statements from expanded form: what each kind of value becomes, and what is refused because it would become nothing."""

from __future__ import annotations

from typing import Any, Final

import pytest

from atesto import limits
from atesto.errors import VerificationError
from atesto.linked_data.dataset import dataset_of_expanded

P: Final = "http://example.org/p"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def objects(*values: Any) -> list[str]:
    """The terms of `values` as objects of one statement each."""
    return [quad[2] for quad in dataset_of_expanded([{"@id": "urn:s", P: list(values)}]) if quad[0] == "<urn:s>"]


def refused(expanded: list[Any], **more: Any) -> str:
    with pytest.raises(VerificationError) as error:
        dataset_of_expanded(expanded, **more)
    return error.value.code


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ({"@value": "x"}, '"x"'),
        ({"@value": ""}, '""'),
        ({"@value": "x", "@type": XSD + "string"}, '"x"'),
        ({"@value": "x", "@type": XSD + "date"}, f'"x"^^<{XSD}date>'),
        ({"@value": "x", "@language": "pt-BR"}, '"x"@pt-BR'),
        ({"@value": "x", "@direction": "rtl"}, '"x"^^<https://www.w3.org/ns/i18n#_rtl>'),
        ({"@value": "x", "@language": "ar-EG", "@direction": "rtl"}, '"x"^^<https://www.w3.org/ns/i18n#ar-eg_rtl>'),
        ({"@value": True}, f'"true"^^<{XSD}boolean>'),
        ({"@value": False}, f'"false"^^<{XSD}boolean>'),
        ({"@value": True, "@type": "urn:t"}, '"true"^^<urn:t>'),
        ({"@value": 5}, f'"5"^^<{XSD}integer>'),
        ({"@value": -0.0}, f'"0"^^<{XSD}integer>'),
        ({"@value": 5.0}, f'"5"^^<{XSD}integer>'),
        ({"@value": 5, "@type": XSD + "double"}, f'"5.0E0"^^<{XSD}double>'),
        ({"@value": 5, "@type": "urn:t"}, '"5"^^<urn:t>'),
        ({"@value": 5.5}, f'"5.5E0"^^<{XSD}double>'),
        ({"@value": 5.5, "@type": "urn:t"}, '"5.5E0"^^<urn:t>'),
        ({"@value": -0.00125}, f'"-1.25E-3"^^<{XSD}double>'),
        ({"@value": 1e20}, f'"100000000000000000000"^^<{XSD}integer>'),
        ({"@value": 1e21}, f'"1.0E21"^^<{XSD}double>'),
        ({"@value": -1e21}, f'"-1.0E21"^^<{XSD}double>'),
        ({"@value": 1.5e300}, f'"1.5E300"^^<{XSD}double>'),
        ({"@value": 10.0, "@type": XSD + "double"}, f'"1.0E1"^^<{XSD}double>'),
        ({"@value": {"b": 1, "a": [None]}, "@type": "@json"}, f'"{{\\"a\\":[null],\\"b\\":1}}"^^<{RDF}JSON>'),
        ({"@value": None, "@type": "@json"}, f'"null"^^<{RDF}JSON>'),
        ({"@value": True, "@type": "@json"}, f'"true"^^<{RDF}JSON>'),
        ({"@id": "urn:o"}, "<urn:o>"),
        ({"@type": ["urn:t"]}, "_:b0"),
        ({"@list": []}, f"<{RDF}nil>"),
    ],
)
def test_one_value(value: dict[str, Any], term: str) -> None:
    assert objects(value) == [term]


@pytest.mark.parametrize(
    ("character", "written"),
    [
        ("\b", "\\b"),
        ("\t", "\\t"),
        ("\n", "\\n"),
        ("\f", "\\f"),
        ("\r", "\\r"),
        ('"', '\\"'),
        ("\\", "\\\\"),
        ("\x01", "\\u0001"),
        ("\x0b", "\\u000B"),
        ("\x1f", "\\u001F"),
        ("\x7f", "\\u007F"),
        ("'", "'"),
        (" ", " "),
        ("\x80", "\x80"),
        ("\u2028", "\u2028"),
        ("😀", "😀"),
    ],
)
def test_characters_of_a_text(character: str, written: str) -> None:
    assert objects({"@value": f"a{character}b{character}"}) == [f'"a{written}b{written}"']


def test_statements_stand_once_in_document_order() -> None:
    value = {"@value": "x"}
    node = {"@id": "urn:s", "@type": ["urn:t", "urn:t"], P: [value, value, {"@id": "urn:o", P: [value]}]}
    assert dataset_of_expanded([node, node]) == (
        ("<urn:s>", f"<{RDF}type>", "<urn:t>", ""),
        ("<urn:s>", f"<{P}>", '"x"', ""),
        ("<urn:o>", f"<{P}>", '"x"', ""),
        ("<urn:s>", f"<{P}>", "<urn:o>", ""),
    )


def test_each_unnamed_node_has_its_own_label() -> None:
    quads = dataset_of_expanded([{P: [{P: [{"@value": 1}]}, {P: [{"@value": 2}]}]}, {P: [{"@value": 3}]}])
    assert {quad[0] for quad in quads} == {"_:b0", "_:b1", "_:b2", "_:b3"}


def test_a_list_is_a_chain_of_cells() -> None:
    quads = dataset_of_expanded([{"@id": "urn:s", P: [{"@list": [{"@value": "a"}, {"@list": []}, {"@id": "urn:o"}]}]}])
    assert quads == (
        ("_:b0", f"<{RDF}first>", '"a"', ""),
        ("_:b0", f"<{RDF}rest>", "_:b1", ""),
        ("_:b1", f"<{RDF}first>", f"<{RDF}nil>", ""),
        ("_:b1", f"<{RDF}rest>", "_:b2", ""),
        ("_:b2", f"<{RDF}first>", "<urn:o>", ""),
        ("_:b2", f"<{RDF}rest>", f"<{RDF}nil>", ""),
        ("<urn:s>", f"<{P}>", "_:b0", ""),
    )


def test_graphs_are_named_or_unnamed() -> None:
    inner = {"@id": "urn:i", P: [{"@list": [{"@value": "x"}]}, {"@id": "urn:o"}]}
    quads = dataset_of_expanded([{"@id": "urn:s", P: [{"@graph": [inner]}, {"@graph": [inner], "@id": "urn:g"}, {"@graph": []}]}])
    assert {quad[3] for quad in quads} == {"", "_:b0", "<urn:g>"}
    assert [quad[2] for quad in quads if quad[3] == ""] == ["_:b0", "<urn:g>", "_:b3"]
    assert [quad for quad in quads if quad[3] == "<urn:g>"] == [
        ("_:b2", f"<{RDF}first>", '"x"', "<urn:g>"),
        ("_:b2", f"<{RDF}rest>", f"<{RDF}nil>", "<urn:g>"),
        ("<urn:i>", f"<{P}>", "_:b2", "<urn:g>"),
        ("<urn:i>", f"<{P}>", "<urn:o>", "<urn:g>"),
    ]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"@graph": [{"@id": "urn:lone"}]}, "linked_data.dropped_value"),
        ({"@graph": [{}]}, "linked_data.dropped_value"),
        ({"@graph": [{"@value": "x"}]}, "linked_data.dropped_value"),
        ({"@graph": [{"@list": []}]}, "linked_data.dropped_value"),
        ({"@graph": ["x"]}, "linked_data.dropped_value"),
        ({"@graph": [], "@index": "x"}, "linked_data.keyword_misuse"),
        ({"@id": "urn:o", "@index": "x"}, "linked_data.keyword_misuse"),
        ({"@id": "urn:o", "@reverse": {}}, "linked_data.keyword_misuse"),
        ({"@id": "urn:o", "@included": []}, "linked_data.keyword_misuse"),
        ({"@id": "relative"}, "linked_data.relative_iri"),
        ({"@id": "_:b7"}, "linked_data.blank_node_id"),
        ({"@id": "urn:o> <urn:p"}, "linked_data.invalid_iri"),
        ({"@type": ["relative"]}, "linked_data.relative_iri"),
        ({"relative": [{"@value": "x"}]}, "linked_data.relative_iri"),
        ({"@value": "x", "@type": "relative"}, "linked_data.relative_iri"),
        ({"@graph": [], "@id": "_:g"}, "linked_data.blank_node_id"),
        ({"@value": "x", "@language": "en .\n<urn:a> <urn:p> <urn:o"}, "linked_data.invalid_language"),
        ({"@value": "x", "@language": "e>n", "@direction": "rtl"}, "linked_data.invalid_language"),
    ],
)
def test_what_would_be_lost_or_forged_is_refused(value: dict[str, Any], code: str) -> None:
    assert refused([{"@id": "urn:s", P: [value]}]) == code


def test_a_node_that_says_something_in_a_graph_may_repeat_itself() -> None:
    node = {"@id": "urn:i", P: [{"@value": "x"}]}
    assert len(dataset_of_expanded([{"@id": "urn:s", P: [{"@id": "urn:g", "@graph": [node, node]}]}])) == 2


def test_the_bound_on_statements() -> None:
    node = {"@id": "urn:s", P: [{"@value": number} for number in range(10)]}
    assert len(dataset_of_expanded([node], max_quads=10)) == 10
    assert refused([node], max_quads=9) == "linked_data.too_complex"
    most = {"@id": "urn:s", P: [{"@value": number} for number in range(limits.MAX_QUADS)]}
    assert len(dataset_of_expanded([most])) == limits.MAX_QUADS
    assert refused([{**most, "@type": ["urn:t"]}]) == "linked_data.too_complex"
