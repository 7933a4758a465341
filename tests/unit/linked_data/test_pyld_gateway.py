"""The gateway itself: what it remembers, what it never fetches, and that threads do not disturb each other."""

from __future__ import annotations

import copy
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pyld import jsonld

from atesto import limits
from atesto.errors import VerificationError
from atesto.linked_data.dataset import dataset_of_expanded
from atesto.linked_data.located import LocatedObject, locate
from atesto.linked_data.pyld_gateway import PyldGateway
from tests.unit.linked_data.vocabulary import TERMS, URL, XSD, document, gateway, load


def size_of(tested: PyldGateway) -> tuple[int, int, int]:
    memory = tested._memory
    return len(memory.processed), len(memory.resolver.per_op_cache), len(memory.resolver.shared_cache)


def test_the_document_is_left_as_it_was() -> None:
    given = document({"type": "Lab", "rig": [{"name": "x"}], "raw": {"a": [1]}})
    before = copy.deepcopy(given)
    gateway().expand(given)
    gateway().compact(given, [URL])
    assert given == before


def test_base_is_null_unless_given() -> None:
    given = document({"id": "a/../b", "name": "x"})
    with pytest.raises(VerificationError, match=r"linked_data\.relative_iri"):
        gateway().expand(given)
    assert gateway().expand(given, base="https://example.org/c/d")[0]["@id"] == "https://example.org/c/b"
    typed = document({"type": "Free", "site": "x", "name": {"@value": "y", "@type": "Free"}})
    with pytest.raises(VerificationError, match=r"linked_data\.undefined_type"):
        gateway().expand(typed)
    assert gateway().expand(typed, base="https://example.org/") == [
        {
            "@type": ["https://example.org/Free"],
            "urn:v:site": [{"@id": "https://example.org/x"}],
            "urn:v:name": [{"@value": "y", "@type": "https://example.org/Free"}],
        }
    ]


def test_a_context_of_a_type_is_processed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyLD alone processes it for every node that has the type: the dearest part of a real document."""
    tested, calls = gateway(), 0
    original = jsonld.JsonLdProcessor._process_context

    def counting(*arguments: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        return original(*arguments, **more)

    tested.expand(document({"name": "x"}))
    monkeypatch.setattr(jsonld.JsonLdProcessor, "_process_context", counting)
    tested.expand(document({"tags": [{"type": "Lab", "rig": number} for number in range(50)]}))
    assert calls < 10


def test_registered_contexts_are_loaded_once() -> None:
    asked = []

    def counting(url: str) -> dict[str, Any]:
        asked.append(url)
        return load(url)

    tested = PyldGateway(counting)
    for number in range(3):
        tested.expand(document({"name": number}))
        tested.compact(document({"type": "Lab", "rig": number}), [URL])
    assert asked == [URL]


def test_contexts_that_documents_bring_are_forgotten() -> None:
    tested = gateway()
    tested.expand(document({"type": "Lab", "rig": "x"}))
    size = size_of(tested)
    assert size[0] >= 1
    for number in range(20):
        own = {f"term{number}": {"@id": f"urn:v:{number}", "@context": {"inner": f"urn:v:inner{number}"}}}
        tested.expand(document({f"term{number}": {"inner": "x"}}, context=[URL, own]))
        tested.expand(document({"name": {"@context": own, f"term{number}": "x"}}))
        tested.expand(document({"tags": [{"@context": [own], f"term{number}": "x"}]}))
        tested.compact(document({f"term{number}": "x"}, context=[URL, own]), [URL])
    assert size_of(tested) == size


def test_a_document_s_own_terms_do_not_reach_the_next() -> None:
    tested = gateway()
    assert tested.expand(document({"name": "x"}, context=[URL, {"name": "urn:evil"}])) == [{"urn:evil": [{"@value": "x"}]}]
    assert tested.expand(document({"name": "x"})) == [{"urn:v:name": [{"@value": "x"}]}]
    with pytest.raises(VerificationError, match=r"linked_data\.undefined_term"):
        tested.expand(document({"name": "x"}, context=[]))


def test_two_gateways_do_not_share_contexts() -> None:
    other = PyldGateway(lambda url: {"@context": {"name": f"{url}#other"}})
    assert gateway().expand(document({"name": "x"})) == [{"urn:v:name": [{"@value": "x"}]}]
    assert other.expand(document({"name": "x"})) == [{f"{URL}#other": [{"@value": "x"}]}]
    assert gateway().expand(document({"name": "x"})) == [{"urn:v:name": [{"@value": "x"}]}]


@pytest.mark.parametrize("url", ["https://vocabulary.example/v2", "http://127.0.0.1/", "file:///etc/hostname"])
def test_nothing_is_fetched(url: str) -> None:
    for context in (url, [URL, url], {"@import": url}, {"name": {"@id": "urn:v:name", "@context": url}}):
        with pytest.raises(VerificationError) as refused:
            gateway().expand(document({"name": {}}, context=context))
        assert refused.value.code == "context.unknown"
    with pytest.raises(VerificationError) as refused:
        gateway().compact(document({"name": "x"}), [url])
    assert refused.value.code == "context.unknown"


def test_a_context_that_includes_itself_is_refused() -> None:
    with pytest.raises(VerificationError) as refused:
        PyldGateway(lambda url: {"@context": [url, {"name": "urn:v:name"}]}).expand(document({"name": "x"}))
    assert refused.value.code == "linked_data.invalid"


def test_depth_that_the_interpreter_cannot_follow_is_refused() -> None:
    deep: dict[str, Any] = {"name": "x"}
    for _ in range(2_000):
        deep = {"name": deep}
    with pytest.raises(VerificationError) as refused:
        gateway().expand(document(deep))
    assert (refused.value.code, refused.value.detail) == ("linked_data.invalid", "The document is not valid JSON-LD (RecursionError).")


def test_compaction_uses_the_words_of_the_context_only() -> None:
    given = document({"type": "Lab", "rig": "x", "other": "y"}, context=[URL, {"other": "urn:other"}])
    assert gateway().compact(given, [URL]) == {"@context": URL, "type": "Lab", "rig": "x", "urn:other": "y"}


def test_threads_do_not_disturb_each_other() -> None:
    tested, start = gateway(), threading.Barrier(4)

    def work(number: int) -> list[Any]:
        start.wait()
        own = {"@id": f"urn:own:{number}", "@context": {"inner": f"urn:inner:{number}"}}
        return [
            dataset_of_expanded(tested.expand(document({"own": {"inner": repeat}, "name": number}, context=[URL, {"own": own}])))
            for repeat in range(25)
        ]

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(work, range(4)))
    for number, said in enumerate(results):
        assert [set(quads) for quads in said] == [
            {
                ("_:b1", f"<urn:inner:{number}>", f'"{repeat}"^^<{XSD}integer>', ""),
                ("_:b0", f"<urn:own:{number}>", "_:b1", ""),
                ("_:b0", "<urn:v:name>", f'"{number}"^^<{XSD}integer>', ""),
            }
            for repeat in range(25)
        ]


def test_located_objects_know_their_place_and_keep_it() -> None:
    located = locate({"a": [{"b/c": {}}, "x", [{}]], "@context": {"d": {}}, "~": None})
    places = [located, located["a"][0], located["a"][0]["b/c"], located["a"][2][0]]
    assert [place.pointer for place in places] == ["", "/a/0", "/a/0/b~1c", "/a/2/0"]
    assert all(copy.deepcopy(place) is place for place in places)
    assert not isinstance(located["@context"], LocatedObject)
    assert located == {"a": [{"b/c": {}}, "x", [{}]], "@context": {"d": {}}, "~": None}
    assert TERMS["name"] == "urn:v:name"


def test_types_that_bring_contexts_again_and_again_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By whatever name they are written: the cost is in the contexts, and those are counted."""
    monkeypatch.setattr(limits, "MAX_PROCESSED_CONTEXTS", 20)
    tested = gateway()
    tested.expand(document({"type": "Lab", "rig": "x"}))
    with pytest.raises(VerificationError) as refused:
        tested.expand(document({"kind": ["Lab", "Lab"] * 20, "rig": "x"}, context=[URL, {"kind": "@type"}]))
    assert refused.value.code == "linked_data.too_complex"
