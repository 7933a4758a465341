"""The EDC context is made from the table of terms, one definition a kind."""

from __future__ import annotations

from collections import Counter

import pytest

from atesto.profiles.edc.context import edc_context
from atesto.profiles.edc.terms import PREFIXES, TERMS, Kind


def test_the_table_holds_every_term_once() -> None:
    names = [*PREFIXES, *(term for term, _, _ in TERMS)]
    assert len(names) == len(set(names)) == 250
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_used(kind: Kind) -> None:
    assert any(found is kind for _, _, found in TERMS)


def test_every_iri_is_written_with_a_known_prefix() -> None:
    for term, iri, _ in TERMS:
        prefix, _, local = iri.partition(":")
        assert prefix in PREFIXES, term
        assert local, term


@pytest.mark.parametrize(
    ("term", "definition"),
    [
        ("elm", "http://data.europa.eu/snb/model/elm/"),
        ("Qualification", "elm:Qualification"),
        ("ConceptScheme", "skos:ConceptScheme"),
        ("thematicArea", {"@id": "elm:ISCEDFCode", "@type": "@id"}),
        ("dcType", {"@id": "dc:type", "@type": "@id"}),
        ("title", {"@id": "dc:title", "@container": "@language"}),
        ("notation", {"@id": "skos:notation"}),
        ("dateOfBirth", {"@id": "elm:dateOfBirth", "@type": "xsd:dateTime"}),
        ("volumeOfLearning", {"@id": "elm:volumeOfLearning", "@type": "xsd:duration"}),
        ("point", {"@id": "elm:point", "@type": "xsd:string"}),
        ("page", {"@id": "elm:page", "@type": "xsd:positiveInteger"}),
        ("percentageLower", {"@id": "elm:percentageLower", "@type": "xsd:integer"}),
        ("isPartialQualification", {"@id": "elm:isPartialQualification", "@type": "xsd:boolean"}),
        ("value", {"@id": "elm:value", "@type": "xsd:decimal"}),
        ("contentURL", {"@id": "elm:contentUrl", "@type": "xsd:anyURI"}),
        ("latitude", {"@id": "clv:latitude", "@type": "xsd:string"}),
    ],
)
def test_definition(term: str, definition: object) -> None:
    context = edc_context()["@context"]
    assert isinstance(context, dict)
    assert context[term] == definition
