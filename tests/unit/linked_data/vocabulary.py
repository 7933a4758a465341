"""A small vocabulary for these tests, with one term for each thing that JSON-LD can do, and a gateway that knows it and nothing else."""

from __future__ import annotations

from typing import Any, Final

from atesto.errors import VerificationError
from atesto.linked_data.dataset import dataset_of_expanded
from atesto.linked_data.pyld_gateway import PyldGateway

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
URL: Final = "https://vocabulary.example/v1"

TERMS: Final[dict[str, Any]] = {
    "id": "@id",
    "type": "@type",
    "value": "@value",
    "none": "@none",
    "nested": "@nest",
    "included": "@included",
    "Course": "urn:v:Course",
    "Lab": {"@id": "urn:v:Lab", "@context": {"rig": "urn:v:rig"}},
    "name": "urn:v:name",
    "nothing": None,
    "site": {"@id": "urn:v:site", "@type": "@id"},
    "kind": {"@id": "urn:v:kind", "@type": "@vocab"},
    "ratio": {"@id": "urn:v:ratio", "@type": f"{XSD}double"},
    "steps": {"@id": "urn:v:steps", "@container": "@list"},
    "tags": {"@id": "urn:v:tags", "@container": "@set"},
    "label": {"@id": "urn:v:label", "@container": "@language"},
    "raw": {"@id": "urn:v:raw", "@type": "@json"},
    "german": {"@id": "urn:v:german", "@language": "de"},
    "arabic": {"@id": "urn:v:arabic", "@language": "ar", "@direction": "rtl"},
    "claims": {"@id": "urn:v:claims", "@container": "@graph"},
    "byIndex": {"@id": "urn:v:byIndex", "@container": "@index"},
    "byId": {"@id": "urn:v:byId", "@container": "@id"},
    "byType": {"@id": "urn:v:byType", "@container": "@type"},
    "partOf": {"@reverse": "urn:v:hasPart"},
    "place": {"@id": "urn:v:place", "@context": {"street": "urn:v:street"}},
    "bare": {"@id": "urn:v:bare", "@context": None},
}


def load(url: str) -> dict[str, Any]:
    if url != URL:
        raise VerificationError("context.unknown", f"{url} is not known.")
    return {"@context": TERMS}


def gateway() -> PyldGateway:
    return PyldGateway(load)


GATEWAY: Final = gateway()


def document(members: dict[str, Any], *, context: Any = URL) -> dict[str, Any]:
    return {"@context": context, **members}


def statements(members: dict[str, Any], *, context: Any = URL, empty_lists: bool = True) -> list[tuple[str, str, str]]:
    """What a document says in the default graph."""
    quads = dataset_of_expanded(GATEWAY.expand(document(members, context=context), empty_lists=empty_lists))
    return [(s, p, o) for s, p, o, graph in quads if not graph]
