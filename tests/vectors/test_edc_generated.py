"""A thousand documents made from the tables: the same statements under our context and the published one, no fault for either judge."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import pytest

from atesto.linked_data.dataset import dataset_of_expanded
from atesto.linked_data.pyld_gateway import PyldGateway
from atesto.profiles.edc.check import check, conforms
from atesto.profiles.edc.classes import CLASSES
from atesto.profiles.edc.told import Telling
from atesto.profiles.edc.vocabulary import EDC_AP
from tests.reference_data import reference
from tests.simulators.edc_documents import edc_document
from tests.simulators.parts import CONTEXTS
from tests.vectors.test_edc_agreement import results

DOCUMENTS = 1_000
A_CHUNK = 50
OUT_OF_REACH = {"EuropeanDigitalPresentation", "Geometry", "Specification", "VerificationCheck"}
"""Classes to which no property of a credential leads."""


@lru_cache(maxsize=1)
def gateways() -> tuple[PyldGateway, PyldGateway]:
    published = json.loads(reference("edc", "context", "edc-ap-context.jsonld").read_text(encoding="utf-8"))
    return PyldGateway(CONTEXTS.document), PyldGateway(lambda url: published if url == EDC_AP else CONTEXTS.document(url))


def compare(document: Any) -> None:
    ours, theirs = (set(dataset_of_expanded(gateway.expand(document))) for gateway in gateways())
    assert len(ours) > 60
    assert ours == theirs


def test_a_few_documents() -> None:
    for number in range(DOCUMENTS, DOCUMENTS + 5):
        compare(edc_document(number))
    assert results(edc_document(DOCUMENTS)) == 0


def test_they_reach_every_class_and_conform() -> None:
    classes: set[str] = set()
    for number in range(400):
        telling = Telling(edc_document(number))
        classes |= {name for told in telling.objects for name in telling.classes(told.node)}
        assert conforms(check(edc_document(number))), number
    assert set(CLASSES) - classes == OUT_OF_REACH


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, DOCUMENTS, A_CHUNK))
def test_the_statements_are_the_same_and_both_judges_agree(first: int) -> None:
    for number in range(first, first + A_CHUNK):
        document = edc_document(number)
        compare(document)
        assert conforms(check(document)), number
    assert [number for number in range(first, first + 5) if results(edc_document(number))] == []
