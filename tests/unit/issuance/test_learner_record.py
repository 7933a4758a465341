"""From verified badges to an issued learner record: each credential judged alone, then bundled as it is."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any, Final

import pytest

from atesto.errors import AtestoError
from atesto.issuance.award import issue_award
from atesto.issuance.learner_record import RecordIssuer
from atesto.issuance.securing import JWT
from atesto.profiles.award.parse import parse_award
from atesto.profiles.clr.bundle import Association, RecordPlan
from atesto.profiles.open_badges.nested import nested_credentials
from tests.simulators.awards import EXAMPLES, example
from tests.simulators.parts import MemoryLedger, MemorySigner, issuer, verifier
from tests.unit.issuance.test_badges import AFTERWARDS, no_pages

UNIVERSITY: Final = MemorySigner.numbered(1)
REGISTRAR: Final = MemorySigner.numbered(2)
LEARNER: Final = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"


async def badge(name: str, number: int, way: Any = None) -> Any:
    by = issuer(UNIVERSITY)
    record = example(name)
    record["learner"]["id"] = LEARNER
    return await issue_award(
        parse_award(record),
        "ob3",
        issuer=by if way is None else dataclasses.replace(by, suite=way),
        credential_id=f"urn:credential:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c0{number}",
        draw_pages=no_pages,
        now=AFTERWARDS,
    )


def registrar(ledger: MemoryLedger | None = None) -> RecordIssuer:
    return RecordIssuer(issuer(REGISTRAR, ledger=ledger), lambda: "urn:credential:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c0f")


async def test_badges_become_a_record_in_which_each_still_verifies() -> None:
    given = tuple([await badge(name, number) for number, name in enumerate(EXAMPLES)])
    kept, ledger = copy.deepcopy(given), MemoryLedger()
    names = [credential["credentialSubject"]["achievement"]["id"] for credential in given]
    plan = RecordPlan("Transcript", associations=(Association("precedes", names[0], names[1]),))
    record: Any = await registrar(ledger)(given, plan, now=AFTERWARDS)
    assert [kind for kind, _, _ in ledger.entries] == ["intent", "issued"]
    report = await verifier().verify_credential(record, now=AFTERWARDS)
    assert report.verified, report.problems
    assert [finding.code for finding in report.findings if finding.code.startswith(("ob.", "clr."))] == ["ob.conforms"]
    inside = nested_credentials(record)
    assert tuple(nested.credential for nested in inside) == kept
    for nested in inside:
        assert (await verifier().verify_credential(nested.credential, now=AFTERWARDS)).verified


async def test_a_changed_badge_is_not_bundled() -> None:
    first, second = await badge(EXAMPLES[0], 1), await badge(EXAMPLES[1], 2)
    second["name"] = "Something grander"
    ledger = MemoryLedger()
    with pytest.raises(AtestoError) as caught:
        await registrar(ledger)((first, second), RecordPlan("Transcript"), now=AFTERWARDS)
    assert caught.value.code == "clr.not_confirmed"
    assert caught.value.pointer.startswith("/1")
    assert ledger.entries == []


async def test_a_badge_in_an_envelope_is_refused_for_its_token() -> None:
    with pytest.raises(AtestoError) as caught:
        await registrar()((await badge(EXAMPLES[0], 1, JWT),), RecordPlan("Transcript"), now=AFTERWARDS)
    assert (caught.value.code, caught.value.pointer) == ("clr.token", "/0")


async def test_an_open_association_made_elsewhere_is_not_signed() -> None:
    record: Any = await registrar()((await badge(EXAMPLES[0], 1),), RecordPlan("Transcript"), now=AFTERWARDS)
    del record["proof"]
    record["credentialSubject"]["association"] = [
        {"type": ["Association"], "associationType": "isPartOf", "sourceId": "urn:a:1", "targetId": "urn:a:2"}
    ]
    with pytest.raises(AtestoError) as caught:
        await issuer(REGISTRAR).issue(record, now=AFTERWARDS)
    assert (caught.value.code, caught.value.pointer) == ("issue.profile", "/credentialSubject/association/0/sourceId")
