"""The bridge between VCDM 2.0, Open Badges and the EDC vocabulary: the same statements, none lost and none gained."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from atesto.errors import AtestoError
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.bridge import BEGINNINGS, CLASHING, CREDENTIALS_V2, OPEN_BADGES, bridge_context, bridged
from atesto.profiles.edc.terms import TERMS, Kind
from atesto.profiles.edc.vocabulary import EDC_AP
from tests.reference_data import reference
from tests.simulators.awards import EXAMPLES, credential, example, records
from tests.simulators.parts import CONTEXTS, PROCESSOR, MemorySigner, secured

SAMPLES = ("Sample-MC-Annex1-signed.jsonld", "Sample-MC-Annex1-unsigned.jsonld")


def plain(name: str) -> Any:
    if name not in SAMPLES:
        return json.loads(json.dumps(credential(parse_award(example(name)))))
    value = json.loads(reference("edc", "samples", name).read_text(encoding="utf-8"))
    return json.loads(value["payload"]) if "payload" in value else value


def statements(document: Any) -> set[Any]:
    return set(PROCESSOR.dataset_of(document))


def test_every_term_is_defined_once_at_the_top_or_below_a_beginning() -> None:
    context: Any = bridge_context()
    assert {term for term, _, _ in TERMS} - set(context) == set(CLASHING)
    kinds = {term: kind for term, _, kind in TERMS}
    for term in BEGINNINGS:
        assert kinds[term] is Kind.NODE
        assert set(context[term]["@context"]) == set(CLASHING)
    taken = set(CONTEXTS.document(CREDENTIALS_V2)["@context"]) | set(CONTEXTS.document(OPEN_BADGES)["@context"])  # type: ignore[arg-type]
    assert taken & {term for term, _, _ in TERMS} == set(CLASHING)


@pytest.mark.parametrize("open_badges", [False, True], ids=["v2", "v2 and Open Badges"])
@pytest.mark.parametrize("name", [*EXAMPLES, *SAMPLES])
def test_no_statement_is_lost_and_none_gained(name: str, open_badges: bool) -> None:
    document = plain(name)
    before = statements(document)
    after = statements(bridged(document, open_badges=open_badges))
    assert len(before) > 150
    assert (before - after, after - before) == (set(), set())


def test_the_commissions_sample_keeps_its_353_statements() -> None:
    assert len(statements(bridged(plain(SAMPLES[0]), open_badges=True))) == 353


@settings(max_examples=30)
@given(records())
def test_whatever_is_written_can_be_bridged(record: Any) -> None:
    document = credential(parse_award(record))
    assert statements(bridged(document, open_badges=True)) == statements(document)


def test_members_of_an_open_badge_add_their_own_statements_and_take_none() -> None:
    document: Any = bridged(plain("en-tidal-turbines"), open_badges=True)
    before = statements(document)
    document["type"].append("OpenBadgeCredential")
    document["issuer"] |= {"type": ["Organisation", "Profile"], "name": "Carrowmore Institute of Technology", "description": "An institute"}
    document["credentialSubject"]["type"] = ["Person", "AchievementSubject"]
    document["credentialSubject"]["achievement"] = {
        "id": "urn:uuid:0b0e4d55-6f0e-4d55-9a86-0f3f6f7f1c01",
        "type": ["Achievement"],
        "name": "Condition Monitoring of Tidal Turbines",
        "description": "A ten-week blended course",
        "criteria": {"narrative": "Pass the rig test."},
        "image": {"id": "https://carrowmore-it.example/badge.png", "type": "Image"},
    }
    after = statements(document)
    assert before < after
    gained = {predicate for _, predicate, _, _ in after - before}
    assert gained
    assert not [predicate for predicate in gained if "data.europa.eu" in str(predicate)]


async def test_a_bridged_credential_can_be_signed() -> None:
    signer = MemorySigner.numbered(1)
    document = bridged(plain("fr-geothermie-mandat"), open_badges=True)
    signed = await secured(document, signer)
    assert statements({name: value for name, value in signed.items() if name != "proof"}) == statements(document)


def test_without_the_bridge_the_two_do_not_load_together() -> None:
    document = plain("en-tidal-turbines") | {"@context": [CREDENTIALS_V2, EDC_AP]}
    with pytest.raises(AtestoError):
        statements(document)
