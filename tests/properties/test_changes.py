"""Properties of verification under change.

Whatever is changed in a good credential: if the verifier still confirms it, then the statements, the types and the proofs are the same as
before (of a proof set, some proofs may be gone: each stands for itself), and what is shown says the same. And a change that keeps
statements, types and proofs is refused for its form at most, never by cryptography.
"""

from __future__ import annotations

import asyncio
import copy
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from atesto.errors import AtestoError
from tests.simulators.parts import NOW, PROCESSOR, MemorySigner, credential, presentation, secured, verifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.encoding.strict_json import JsonObject

ISSUER: Final = MemorySigner.numbered(1)
HOLDER: Final = MemorySigner.numbered(3)

OPEN_BADGE: Final[dict[str, Any]] = {
    "context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "id": "did:example:learner",
        "achievement": {
            "id": "urn:uuid:0e1f7a3a-6c9e-4d59-8d3b-0a8fd6a3f0aa",
            "type": ["Achievement"],
            "name": "Tidal turbine maintenance",
            "description": "Isolates a nacelle and replaces a pitch seal.",
            "criteria": {"narrative": "Rig test, 78 of 100."},
            "resultDescription": [
                {
                    "id": "urn:uuid:1e1f7a3a-6c9e-4d59-8d3b-0a8fd6a3f0aa",
                    "type": ["ResultDescription"],
                    "name": "Mark",
                    "resultType": "LetterGrade",
                    "allowedValue": ["A", "B", "C"],
                }
            ],
        },
    },
}


def _good() -> list[JsonObject]:
    async def make() -> list[JsonObject]:
        plain = credential(ISSUER)
        badge = credential(ISSUER, **OPEN_BADGE)
        several = credential(ISSUER, credentialSubject=[{"name": "A"}, {"name": "B", "description": "C"}], evidence=[])
        del several["evidence"]
        return [
            await secured(plain, ISSUER),
            await secured(badge, ISSUER),
            await secured(several, ISSUER),
            await secured(plain, ISSUER, "eddsa-jcs-2022"),
            await secured(await secured(plain, ISSUER), ISSUER, "eddsa-jcs-2022"),
        ]

    return asyncio.run(make())


GOOD: Final = _good()
WORDS: Final = st.sampled_from(
    [
        "name",
        "description",
        "id",
        "type",
        "@type",
        "@id",
        "@index",
        "@graph",
        "@included",
        "@reverse",
        "@nest",
        "@context",
        "degree",
        "proof",
        "issuer",
    ]
)
VALUES: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.text(max_size=8),
    st.sampled_from(
        ["Achievement", "VerifiableCredential", "urn:x:y", "_:b0", "did:example:other", "2026-06-15T09:00:00Z", "z" + "1" * 64]
    ),
    st.just([]),
    st.just({}),
    st.dictionaries(WORDS, st.one_of(st.text(max_size=5), st.just(["urn:x:y"]), st.none()), max_size=2),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every member and item, containers included."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in members:
        yield (*path, name)
        yield from places(child, (*path, name))


@st.composite
def changes(draw: st.DrawFn, document: JsonObject) -> JsonObject:
    """`document` with one change at one place."""
    changed: Any = copy.deepcopy(document)
    path = draw(st.sampled_from(list(places(document))))
    parent = changed
    for step in path[:-1]:
        parent = parent[step]
    operation = draw(st.sampled_from(["replace", "delete", "wrap", "add", "repeat", "reverse", "keep"]))
    if operation == "replace":
        parent[path[-1]] = draw(VALUES)
    elif operation == "delete":
        del parent[path[-1]]
    elif operation == "wrap":
        parent[path[-1]] = [parent[path[-1]]]
    elif operation == "add" and isinstance(parent, dict):
        parent[draw(WORDS)] = draw(VALUES)
    elif operation == "repeat" and isinstance(parent, list):
        parent.append(copy.deepcopy(parent[path[-1]]))
    elif operation == "reverse" and isinstance(parent, list):
        parent.reverse()
    elif operation == "reverse" and isinstance(parent, dict):
        items = list(parent.items())[::-1]
        parent.clear()
        parent.update(items)
    result: JsonObject = changed
    return result


def same(changed: JsonObject, original: JsonObject) -> bool:
    """Whether `changed` says what `original` says, vouched for by some of its proofs and by nothing else."""
    new, old = meaning(changed), meaning(original)
    if new is None or old is None:
        return False
    return new[0] == old[0] and new[2] == old[2] and bool(new[1]) and all(proof in old[1] for proof in new[1])


def meaning(document: JsonObject) -> tuple[Any, ...] | None:
    """What a document says, independent of its spelling: statements, type list, and each proof's statements and value."""
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    proofs: Any = document.get("proof")
    try:
        said = PROCESSOR.canonicalize(PROCESSOR.dataset_of(unsecured), "sha256").nquads
        vouched = [
            (
                PROCESSOR.canonicalize(
                    PROCESSOR.dataset_of({**{k: v for k, v in proof.items() if k != "proofValue"}, "@context": document["@context"]}),
                    "sha256",
                ).nquads,
                proof["proofValue"],
            )
            for proof in (proofs if isinstance(proofs, list) else [proofs])
        ]
    except (AtestoError, AttributeError, KeyError, TypeError):
        return None
    types = document.get("type")
    return said, vouched, sorted(types if isinstance(types, list) else [types], key=repr)


@settings(max_examples=300)
@given(st.sampled_from(range(len(GOOD))), st.data())
def test_a_confirmed_change_says_the_same(which: int, data: st.DataObject) -> None:
    original = GOOD[which]
    changed = data.draw(changes(original))
    report = asyncio.run(verifier().verify_credential(changed, now=NOW))
    if not report.verified:
        return
    assert report.shown == changed
    assert same(changed, original)


@settings(max_examples=150)
@given(st.sampled_from([0, 1, 2]), st.data())
def test_a_change_of_spelling_alone_is_confirmed(which: int, data: st.DataObject) -> None:
    original = GOOD[which]
    changed = data.draw(changes(original))
    report = asyncio.run(verifier().verify_credential(changed, now=NOW))
    if report.verified or not same(changed, original):
        return
    # What is refused although it says the same is refused for its form, by the data model's own rules, before any cryptography.
    stopped = next(result for result in report.stations if result.error is not None)
    assert int(stopped.station) in (3, 4), stopped


@settings(max_examples=60)
@given(st.data())
def test_a_changed_presentation_is_refused_or_says_the_same(data: st.DataObject) -> None:
    document = asyncio.run(secured(presentation(HOLDER, GOOD[0]), HOLDER, purpose="authentication", more={"challenge": "c", "domain": "d"}))
    changed = data.draw(changes(document))
    report = asyncio.run(verifier().verify_presentation(changed, now=NOW, challenge="c", domain="d"))
    if report.verified:
        assert same(changed, document)
