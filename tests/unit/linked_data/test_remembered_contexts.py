"""What one document leaves behind for the next: time saved, and nothing that could change a statement or grow."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any, Final

import pytest

from atesto import limits
from atesto.errors import AtestoError
from atesto.linked_data.contexts import ContextRegistry
from atesto.linked_data.located import names_only_urls
from atesto.linked_data.processor import LinkedDataProcessor

V2: Final = "https://www.w3.org/ns/credentials/v2"
EXAMPLES: Final = "https://www.w3.org/ns/credentials/examples/v2"
BADGE: Final[dict[str, Any]] = json.loads((Path(__file__).resolve().parents[3] / "scripts" / "bench_badge.json").read_bytes())
OWN_WORDS: Final[dict[str, Any]] = {"@context": [V2, {"motto": "https://example.org/motto"}], "id": "urn:a:b", "motto": "x"}


def processor() -> LinkedDataProcessor:
    return LinkedDataProcessor(ContextRegistry.bundled())


def outcome(of: LinkedDataProcessor, document: Any) -> object:
    """The statements, or the refusal."""
    try:
        return of.dataset_of(document)
    except AtestoError as error:
        return error.code, error.pointer


def remembered(of: LinkedDataProcessor) -> tuple[int, int, int]:
    memory = of._gateway._memory
    return len(memory.processed), len(memory.resolver.per_op_cache), len(memory.resolver.shared_cache)


def test_the_second_document_finds_the_contexts_processed() -> None:
    warm = processor()
    first = warm.dataset_of(BADGE)
    known = remembered(warm)
    assert warm.dataset_of(copy.deepcopy(BADGE)) == first
    assert remembered(warm) == known
    assert 0 < known[0] < limits.MAX_REMEMBERED_CONTEXTS


def test_words_of_its_own_are_forgotten_with_the_document() -> None:
    warm = processor()
    warm.dataset_of(BADGE)
    known = remembered(warm)
    for number in range(20):
        document = {**OWN_WORDS, "@context": [V2, {"motto": f"https://example.org/motto/{number}"}]}
        assert f"<https://example.org/motto/{number}>" in {quad[1] for quad in warm.dataset_of(document)}
        warm.recompact(document, [V2])
    assert remembered(warm) == known
    assert outcome(warm, {"@context": [V2], "id": "urn:a:b", "motto": "x"}) == ("linked_data.undefined_term", "/motto")


def test_a_context_that_imports_another_does_not_change_it() -> None:
    warm, contexts = processor(), ContextRegistry.bundled()
    honest = {"@context": [V2, EXAMPLES], "id": "urn:a:b", "motto": "x"}
    expected = outcome(warm, honest)
    shared = LinkedDataProcessor(contexts)
    before = copy.deepcopy(contexts.document(EXAMPLES))
    importing = {"@version": 1.1, "@import": EXAMPLES, "motto": "https://evil.example/motto"}
    outcome(shared, {"@context": [V2, importing], "id": "urn:a:b", "motto": "x"})
    assert outcome(shared, honest) == expected
    assert contexts.document(EXAMPLES) == before


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = processor().dataset_of(BADGE)
    monkeypatch.setattr(limits, "MAX_REMEMBERED_CONTEXTS", 3)
    small = processor()
    for number in range(1, 8):
        small.dataset_of({"@context": [V2] * number, "id": "urn:a:b", "name": "x"})
        assert remembered(small)[0] <= 3
        assert small.dataset_of(BADGE) == expected
        assert remembered(small)[0] <= 3


def test_a_warm_processor_says_what_a_fresh_one_says() -> None:
    chance = random.Random(20260615)
    warm, contexts = processor(), ContextRegistry.bundled()
    for _ in range(60):
        document = changed(BADGE, chance)
        assert outcome(warm, document) == outcome(LinkedDataProcessor(contexts), document), document


def changed(document: Any, chance: random.Random) -> Any:
    """`document` with one to three parts dropped, renamed, replaced or given another type or context."""
    result = copy.deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        objects = list(objects_in(result)) or [result]
        target = chance.choice(objects)
        name = chance.choice(list(target) or ["id"])
        match chance.randrange(6):
            case 0:
                target.pop(name, None)
            case 1:
                target[chance.choice(["name", "id", "narrative", "misspelt", "value"])] = target.pop(name, None)
            case 2:
                target[name] = chance.choice([None, "x", 7, 2.5, True, [], {}, "urn:x:y", {"type": "Alignment"}, {"@value": "x"}])
            case 3:
                target["type"] = chance.choice(["Achievement", ["Alignment", "Result"], "Profile", "Undefined", "ResultDescription"])
            case 4:
                target["@context"] = chance.choice([V2, [V2, EXAMPLES], EXAMPLES, {"x": "https://example.org/x"}, None])
            case _:
                target[chance.choice(["achievement", "result", "evidence", "alignment"])] = copy.deepcopy(chance.choice(objects))
    return result


def objects_in(value: Any) -> Any:
    """Every object that has members."""
    if isinstance(value, dict):
        if value:
            yield value
        for name, member in value.items():
            if name != "@context":
                yield from objects_in(member)
    elif isinstance(value, list):
        for item in value:
            yield from objects_in(item)


@pytest.mark.parametrize(
    ("document", "only_urls"),
    [
        ({}, True),
        ({"@context": V2}, True),
        ({"@context": [V2, EXAMPLES], "a": [{"@context": V2}]}, True),
        ({"@context": None}, False),
        ({"@context": {}}, False),
        ({"@context": [V2, [V2]]}, False),
        ({"@context": [V2, {}]}, False),
        ({"@context": V2, "a": [{"b": {"@context": {"c": "urn:c:c"}}}]}, False),
        ({"@context": V2, "a": [[{"@context": None}]]}, False),
    ],
)
def test_documents_that_name_only_urls(document: Any, only_urls: bool) -> None:
    assert names_only_urls(document) is only_urls
