"""The processor over the bundled contexts: statements, canonical bytes, recompaction; and a differential test against plain PyLD."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from atesto.errors import VerificationError
from tests.simulators.parts import CONTEXTS, PROCESSOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.linked_data.dataset import Quad

V1: Final = "https://www.w3.org/2018/credentials/v1"
V2: Final = "https://www.w3.org/ns/credentials/v2"
BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EDC: Final = "http://data.europa.eu/snb/model/context/edc-ap"
RDF_TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def small(**members: Any) -> dict[str, Any]:
    return {"@context": [V2], "type": "VerifiableCredential", "issuer": "did:example:i", **members}


def test_statements_and_canonical_bytes() -> None:
    quads = PROCESSOR.dataset_of(small(name="x", credentialSubject={"name": "y"}))
    canonical = PROCESSOR.canonicalize(quads, "sha256")
    assert canonical.nquads.decode() == (
        f"_:c14n0 {RDF_TYPE} <https://www.w3.org/2018/credentials#VerifiableCredential> .\n"
        '_:c14n0 <https://schema.org/name> "x" .\n'
        "_:c14n0 <https://www.w3.org/2018/credentials#credentialSubject> _:c14n1 .\n"
        "_:c14n0 <https://www.w3.org/2018/credentials#issuer> <did:example:i> .\n"
        '_:c14n1 <https://schema.org/name> "y" .\n'
    )
    assert sorted(canonical.labels.values()) == ["c14n0", "c14n1"]
    assert set(canonical.labels) == {"_:b0", "_:b1"}
    assert len(PROCESSOR.canonicalize(quads, "sha384").nquads) == len(canonical.nquads)


def test_recompaction_keeps_the_statements_and_only_bundled_words() -> None:
    document = {**small(name="x"), "@context": [V2, {"grade": "https://university.example/grade"}], "grade": "A"}
    shown = PROCESSOR.recompact(document, [V2])
    assert shown == {
        "@context": V2,
        "type": "VerifiableCredential",
        "issuer": "did:example:i",
        "name": "x",
        "https://university.example/grade": "A",
    }
    digests = {hashlib.sha256(PROCESSOR.canonicalize(PROCESSOR.dataset_of(value), "sha256").nquads).digest() for value in (document, shown)}
    assert len(digests) == 1


def test_recompaction_unmasks_swapped_words() -> None:
    swapped = {**small(), "@context": [V2, {"nombre": "https://schema.org/description", "texto": "https://schema.org/name"}]}
    shown = PROCESSOR.recompact({**swapped, "nombre": "a", "texto": "b"}, [V2])
    assert (shown["description"], shown["name"]) == ("a", "b")


@pytest.mark.parametrize(
    ("members", "code", "pointer"),
    [
        ({"degree": "PhD"}, "linked_data.undefined_term", "/degree"),
        ({"type": ["VerifiableCredential", "Degree"]}, "linked_data.undefined_type", "/type/1"),
        ({"name": None}, "linked_data.dropped_value", "/name"),
        ({"@context": [V2, "https://unknown.example/"]}, "context.unknown", ""),
        ({"@context": [V2, {"name": "urn:other"}]}, "linked_data.invalid", "/@context/1"),
    ],
)
def test_what_is_refused_is_refused_by_every_door(members: dict[str, Any], code: str, pointer: str) -> None:
    document = {**small(), **members}
    for refuse in (PROCESSOR.expand, PROCESSOR.dataset_of, lambda given: PROCESSOR.recompact(given, [V2])):
        with pytest.raises(VerificationError) as refused:
            refuse(document)
        assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_a_text_with_a_direction_is_another_text() -> None:
    quads = PROCESSOR.dataset_of(small(name=["x", {"@value": "x", "@direction": "ltr"}, {"@value": "x", "@direction": "rtl"}]))
    assert sum(quad[1] == "<https://schema.org/name>" for quad in quads) == 3


# --- against plain PyLD ---------------------------------------------------------------------------------------------------

# Without surrogates and with control characters, which PyLD's dataset holds as they are.
TEXT: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
IRI: Final = st.sampled_from(["urn:uuid:1", "urn:uuid:2", "did:example:a#b", "https://example.org/é?q=1", "https://example.org/ünter"])
LANGUAGE: Final = st.sampled_from(["en", "de-CH", "zh-hant-TW"])
# PyLD takes a text with a direction for the same as the text without it, and drops the second: so these texts are never the same.
DIRECTED: Final = st.builds(
    lambda text, direction, more: {"@value": f"{direction} {text}", "@direction": direction, **more},
    TEXT,
    st.sampled_from(["ltr", "rtl"]),
    st.fixed_dictionaries({}, optional={"@language": LANGUAGE}),
)
TAGGED: Final = st.one_of(
    TEXT,
    st.fixed_dictionaries({"@value": TEXT, "@language": LANGUAGE}),
    DIRECTED,
)
SCALAR: Final = st.one_of(TEXT, st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), st.decimals(-1000, 1000, places=3).map(float))


def some(values: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[Any]:
    """One of `values`, or a list of them; a member that has no name but its IRI has at least one."""
    return st.one_of(values, st.lists(values, min_size=least, max_size=3))


def node(depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """A node of VCDM 2.0: names, types, unnamed and named nodes below it, and members whose names are IRIs."""
    optional: dict[str, st.SearchStrategy[Any]] = {
        "id": IRI,
        "name": some(TAGGED),
        "description": some(TAGGED),
        "https://example.org/any": some(SCALAR, least=1),
        "https://example.org/list": st.builds(lambda items: {"@list": items}, st.lists(SCALAR, max_size=3)),
        "type": some(st.sampled_from(["JsonSchema", "https://example.org/Type"]), least=1),
    }
    if depth:
        optional["https://example.org/below"] = some(st.deferred(lambda: node(depth - 1)), least=1)
    return st.fixed_dictionaries({}, optional=optional)


CREDENTIAL: Final = st.fixed_dictionaries(
    {
        "@context": st.just([V2]),
        "type": st.just(["VerifiableCredential"]),
        "issuer": st.one_of(IRI, st.fixed_dictionaries({"id": IRI, "name": TAGGED})),
        "credentialSubject": some(node(2)),
    },
    optional={
        "id": st.just("urn:uuid:0b7a1d8e-5f07-4c1c-9d59-5c0d1a3f2e11"),
        "validFrom": st.just("2026-06-15T09:00:00Z"),
        "name": some(TAGGED),
        "evidence": some(st.builds(lambda below: {"type": "https://example.org/Exam", **below}, node(1))),
        "credentialSchema": some(st.fixed_dictionaries({"id": IRI, "type": st.just("JsonSchema")})),
    },
)
PRESENTATION: Final = st.fixed_dictionaries(
    {"@context": st.just(V2), "type": st.just("VerifiablePresentation"), "verifiableCredential": some(CREDENTIAL)},
    optional={"holder": IRI},
)
BADGE: Final = st.builds(
    lambda credential, achievement: {
        **credential,
        "@context": [V2, BADGES],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": {"type": ["AchievementSubject"], "achievement": achievement},
    },
    CREDENTIAL,
    st.fixed_dictionaries(
        {"id": IRI, "type": st.just(["Achievement"]), "name": TEXT, "criteria": st.fixed_dictionaries({"narrative": TEXT})},
        optional={
            "resultDescription": st.lists(
                st.fixed_dictionaries(
                    {"id": IRI, "type": st.just("ResultDescription"), "name": TEXT},
                    optional={"allowedValue": st.lists(TEXT, max_size=3), "requiredValue": TEXT},
                ),
                max_size=2,
            ),
            "tag": some(TEXT),
        },
    ),
)
LANGUAGES: Final = st.dictionaries(LANGUAGE, some(TEXT), max_size=3)
EUROPEAN: Final = st.builds(
    lambda credential, subject: {
        **{name: value for name, value in credential.items() if name == "id"},
        "issuer": {"id": "did:example:i", "type": "Organisation"},
        "@context": [V1, EDC],
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSubject": subject,
    },
    CREDENTIAL,
    st.fixed_dictionaries(
        {"id": IRI, "type": st.just("Person")},
        optional={
            "hasClaim": some(
                st.fixed_dictionaries(
                    {"type": st.just("LearningAchievement")}, optional={"id": IRI, "title": LANGUAGES, "description": LANGUAGES}
                )
            ),
            "fullName": LANGUAGES,
        },
    ),
)


def load(url: str, _options: object) -> dict[str, Any]:
    return {
        "document": CONTEXTS.document(url),
        "documentUrl": url,
        "contextUrl": None,
        "contentType": "application/ld+json",
        "tag": "static",
    }


def plain(document: dict[str, Any]) -> bytes:
    """The canonical form of what plain PyLD says, by a canonicalizer that is neither PyLD's nor ours."""
    options = {"base": None, "documentLoader": load, "rdfDirection": "i18n-datatype", "processingMode": "json-ld-1.1"}
    dataset: dict[str, Any] = jsonld.to_rdf(document, options)
    quads = [
        pyoxigraph.Quad(
            term(triple["subject"]),
            term(triple["predicate"]),
            term(triple["object"]),
            pyoxigraph.DefaultGraph() if graph == "@default" else name(graph),
        )
        for graph, triples in dataset.items()
        for triple in triples
    ]
    return canonical(pyoxigraph.Dataset(quads))


def name(text: str) -> Any:
    return pyoxigraph.BlankNode(text[2:]) if text.startswith("_:") else pyoxigraph.NamedNode(text)


def term(value: dict[str, Any]) -> Any:
    if value["type"] != "literal":
        return name(value["value"])
    if "language" in value:
        return pyoxigraph.Literal(value["value"], language=value["language"])
    return pyoxigraph.Literal(value["value"], datatype=pyoxigraph.NamedNode(value["datatype"]))


def ours(quads: Sequence[Quad]) -> bytes:
    text = "".join(f"{s} {p} {o} {g} .\n" for s, p, o, g in quads)
    return canonical(pyoxigraph.Dataset(pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.N_QUADS)))


def canonical(dataset: pyoxigraph.Dataset) -> bytes:
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    written = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    assert written is not None
    return b"".join(sorted(written.splitlines(keepends=True)))


@settings(max_examples=100)
@given(st.one_of(CREDENTIAL, PRESENTATION, BADGE, EUROPEAN))
def test_statements_are_those_of_plain_pyld(document: dict[str, Any]) -> None:
    assert ours(PROCESSOR.dataset_of(document, empty_lists=True)) == plain(document)
