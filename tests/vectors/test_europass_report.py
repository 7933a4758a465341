"""A verification in Europass's words, against the published shapes and context."""

from __future__ import annotations

import copy
from typing import Any

import pyshacl
import pytest
from rdflib import Graph

from atesto.issuance.award import issue_award
from atesto.profiles.award.parse import parse_award
from atesto.verification.europass import europass_presentation
from tests.simulators.awards import example
from tests.simulators.parts import NOW, PROCESSOR, MemoryLedger, MemorySigner, credential, issuer, secured, verifier
from tests.vectors.test_edc_shapes import FULL, NOT_FOR_SHAPES, shapes

SIGNER = MemorySigner.numbered(92)


@pytest.fixture(scope="module")
async def issued() -> Any:
    async def pictures(award: Any) -> dict[str, bytes]:
        return dict.fromkeys(award.page_languages, b"\x89PNG\r\n\x1a\n")

    return await issue_award(
        parse_award(example("en-tidal-turbines")),
        "edc",
        issuer=issuer(SIGNER, ledger=MemoryLedger()),
        credential_id="urn:credential:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c05",
        draw_pages=pictures,
        now=NOW,
    )


async def presented(document: Any) -> Any:
    return europass_presentation(await verifier().verify_credential(document, now=NOW))


def statuses(presentation: Any) -> dict[str, str]:
    return {
        check["dcType"]["prefLabel"]["en"]: check["verificationStatus"]["prefLabel"]["en"] for check in presentation["verificationCheck"]
    }


def against_shapes(presentation: Any) -> str:
    """What the published shapes have against the presentation, graphs aside.

    VCDM 1.1 puts a presented credential into a graph of its own and relates the presentation to the graph; the shapes, to the credential.
    """
    document = copy.deepcopy(presentation)
    # The credential's own context (for its proof) is of no use without the proof, which the shapes cannot take.
    document["verifiableCredential"] = [
        {name: value for name, value in inner.items() if name not in {*NOT_FOR_SHAPES, "@context"}}
        for inner in document.get("verifiableCredential", [])
    ]
    quads = PROCESSOR.dataset_of(document)
    graphs = {graph: f"<{document['verifiableCredential'][0]['id']}>" for *_, graph in quads if graph}
    statements = "".join(f"{s} {p} {graphs.get(o, o)} .\n" for s, p, o, _ in quads)
    conforms, _, text = pyshacl.validate(Graph().parse(data=statements, format="nt"), shacl_graph=shapes(FULL), inference="none")
    return "" if conforms else str(text)


async def test_a_confirmed_credential_stands_in_it_and_the_whole_conforms(issued: Any) -> None:
    presentation = await presented(issued)
    assert presentation["verifiableCredential"] == [issued]
    assert statuses(presentation) == {
        "format": "ok", "seal": "ok", "revocation": "ok", "expiry": "ok", "accreditation": "skipped", "owner": "skipped", "custom": "ok",
    }  # fmt: skip
    assert against_shapes(presentation) == ""


async def test_the_shapes_would_notice_a_check_without_status(issued: Any) -> None:
    presentation = await presented(issued)
    del presentation["verificationCheck"][0]["verificationStatus"]
    assert "verificationStatus" in against_shapes(presentation)


async def test_no_word_of_it_is_lost(issued: Any) -> None:
    presentation = await presented(issued)
    del presentation["verifiableCredential"]
    subjects = {s for s, p, _, _ in PROCESSOR.dataset_of(presentation) if p.endswith("elm/verificationStatus>")}
    assert len(subjects) == 7


async def test_a_changed_credential_is_an_error_of_the_seal_and_not_repeated(issued: Any) -> None:
    forged = copy.deepcopy(issued)
    forged["credentialSubject"]["hasClaim"]["title"] = {"en": "Doctor of Everything"}
    presentation = await presented(forged)
    found = statuses(presentation)
    assert (found["seal"], found["expiry"], found["revocation"]) == ("error", "skipped", "skipped")
    assert "verifiableCredential" not in presentation
    assert "Doctor" not in str(presentation)
    assert issued["id"] not in str(presentation)


async def test_a_missing_element_is_an_error_of_the_custom_check_alone(issued: Any) -> None:
    document = {name: value for name, value in copy.deepcopy(issued).items() if name != "proof"}
    del document["credentialSubject"]["hasClaim"]["specifiedBy"]["mode"]
    found = statuses(await presented(await secured(document, SIGNER)))
    assert {kind for kind, status in found.items() if status == "error"} == {"custom"}


async def test_of_another_kind_of_credential_it_is_not_said_to_be_european() -> None:
    presentation = await presented(await secured(credential(SIGNER), SIGNER))
    assert all("type" not in check["elmSubject"] for check in presentation["verificationCheck"])
    assert statuses(presentation)["custom"] == "skipped"
