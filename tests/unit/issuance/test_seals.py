"""Issuing with a seal: the order of the work, whose certificate it is, what is refused before, and two forms of one award side by side."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.adapters.certificate_file import OneSealKey, SoftwareSealKey
from atesto.encoding.base64url import decode_base64url
from atesto.encoding.jcs import canonicalize_json
from atesto.errors import AtestoError, ResolutionError
from atesto.issuance.award import issue_forms
from atesto.issuance.issue import Issuer
from atesto.issuance.sealing import Sealing
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.read import read
from atesto.profiles.table import FORMS
from atesto.proofs.jades.assessment import SealTrust
from atesto.verification.comparison import compare_credentials
from tests.simulators.awards import EXAMPLES, PICTURE, changed, credential, example
from tests.simulators.parts import PROCESSOR, MemoryLedger, MemorySigner, issuer, verifier
from tests.simulators.seals import ORGANIZATION, World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.profiles.award.record import Award
    from tests.simulators.seals import Holder

SIGNER: Final = MemorySigner.numbered(1)
WORLD: Final = World()
AFTERWARDS: Final = datetime(2026, 8, 1, 12, tzinfo=UTC)
DOCUMENT: Final = credential(parse_award(example("en-tidal-turbines")))
ID: Final = "urn:uuid:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c01"
TRUST: Final = SealTrust((WORLD.root.der,), (WORLD.stamp_root.der,))


class One:
    """`SealKeys` with one certificate; remembers for whom it was asked."""

    def __init__(self, holder: Holder) -> None:
        self.holder, self.asked, self.signed = holder, list[str | None](), 0

    def key_for(self, organization_identifier: str | None) -> One:
        self.asked.append(organization_identifier)
        return self

    @property
    def chain(self) -> tuple[bytes, ...]:
        return self.holder.chain

    async def sign(self, data: bytes) -> bytes:
        self.signed += 1
        return self.holder.signature(data)


def sealer(keys: Any = None, *, ledger: MemoryLedger | None = None, trust: SealTrust | None = None, **more: Any) -> Issuer:
    judge = verifier() if trust is None else dataclasses.replace(verifier(), trust=trust)
    return Issuer("sealed", SIGNER.did, SIGNER, Sealing(keys or One(WORLD.holder), **more), judge, ledger or MemoryLedger())


def unsigned(**members: Any) -> Any:
    return {**copy.deepcopy(DOCUMENT), **members}


async def pages(award: Award) -> Mapping[str, bytes]:
    return dict.fromkeys(award.page_languages, PICTURE)


async def both(record: Any, *, forms: Any = ("edc", "edc-sealed"), sealed: Issuer | None = None, ledger: MemoryLedger | None = None) -> Any:
    issuers = {"issuer": issuer(SIGNER, ledger=ledger), "seal": sealed or sealer(ledger=ledger)}
    return await issue_forms(parse_award(record), forms, issuers=issuers, credential_id=ID, draw_pages=pages, now=AFTERWARDS)


async def test_it_is_linted_recorded_sealed_verified_and_recorded() -> None:
    keys, ledger = One(WORLD.holder), MemoryLedger()
    issued: Any = await sealer(keys, ledger=ledger).issue(unsigned(), now=AFTERWARDS)
    sealed = json.loads(issued["payload"])
    assert {**sealed, "@context": None} == {**unsigned(), "@context": None}
    assert issued["payload"].endswith(
        ',"@context":["https://www.w3.org/2018/credentials/v1","http://data.europa.eu/snb/model/context/edc-ap"]}'
    )
    assert (keys.asked, keys.signed) == ([ORGANIZATION], 1)
    assert [kind for kind, _, _ in ledger.entries] == ["intent", "issued"]
    assert ledger.entries[1][2] == hashlib.sha256(canonicalize_json(issued)).hexdigest()
    report = await dataclasses.replace(verifier(), trust=TRUST).verify_credential(issued, now=AFTERWARDS)
    assert report.verified, report.problems


async def test_the_issuer_s_own_certificate_is_believed_by_the_issuer_alone() -> None:
    issued = await sealer().issue(unsigned(), now=AFTERWARDS)
    report = await verifier().verify_credential(issued, now=AFTERWARDS)
    assert [problem.code for problem in report.problems] == ["seal.chain_unknown"]


@pytest.mark.parametrize(("claimed_time", "member"), [("iat", "iat"), ("sigT", "sigT")])
async def test_the_claimed_time(claimed_time: Any, member: str) -> None:
    issued: Any = await sealer(claimed_time=claimed_time).issue(unsigned(), now=AFTERWARDS)
    header = json.loads(decode_base64url(issued["signatures"][0]["protected"]))
    assert header[member] == ("2026-08-01T12:00:00Z" if member == "sigT" else int(AFTERWARDS.timestamp()))


async def test_with_a_timestamp_service() -> None:
    stamps = dataclasses.replace(WORLD.stamps, time=AFTERWARDS + timedelta(seconds=1))
    issued = await sealer(timestamps=stamps).issue(unsigned(), now=AFTERWARDS)
    report = await dataclasses.replace(verifier(), trust=TRUST).verify_credential(issued, now=AFTERWARDS + timedelta(minutes=1))
    seal: Any = report.to_json()["seal"]
    assert (report.verified, seal["level"], seal["provenTime"]) == (True, "B-T", "2026-08-01T12:00:01Z")


# --- what is refused ---------------------------------------------------------------------------------------------------------


async def refused(way: Issuer, document: Any, *, now: datetime = AFTERWARDS) -> tuple[str, str]:
    with pytest.raises(AtestoError) as caught:
        await way.issue(document, now=now)
    return caught.value.code, caught.value.pointer


async def test_another_organisation_s_seal_is_refused_before_anything_is_recorded() -> None:
    keys, ledger = One(WORLD.authority.issue(identifier="VATIE-9999999X")), MemoryLedger()
    assert await refused(sealer(keys, ledger=ledger), unsigned()) == ("seal.issuer_mismatch", "/issuer/eIDASIdentifier/notation")
    assert (ledger.entries, keys.signed) == ([], 0)


async def test_an_issuer_that_states_no_identifier() -> None:
    ledger = MemoryLedger()
    assert await refused(sealer(ledger=ledger), unsigned(issuer=SIGNER.did)) == ("seal.issuer_unnamed", "/issuer")
    assert await refused(sealer(One(WORLD.authority.issue(identifier=None)), ledger=ledger), unsigned()) == (
        "seal.issuer_unnamed",
        "/issuer",
    )
    assert ledger.entries == []


CERTIFICATES: Final[dict[str, tuple[Any, str]]] = {
    "ended": ({"until": AFTERWARDS - timedelta(days=1)}, "seal.expired"),
    "not begun": ({"since": AFTERWARDS + timedelta(days=1)}, "seal.not_yet_valid"),
    "for encryption": ({"key_usage": ("key_encipherment",)}, "seal.certificate_use"),
}


@pytest.mark.parametrize(("changes", "code"), CERTIFICATES.values(), ids=CERTIFICATES)
async def test_a_certificate_that_no_verifier_would_take(changes: Any, code: str) -> None:
    keys, ledger = One(WORLD.authority.issue(**changes)), MemoryLedger()
    assert (await refused(sealer(keys, ledger=ledger), unsigned()))[0] == code
    assert (ledger.entries, keys.signed) == ([], 0)


async def test_what_no_vocabulary_explains_is_not_sealed() -> None:
    """A verifier would note it; an issuer does not seal what means nothing."""
    ledger = MemoryLedger()
    assert (await refused(sealer(ledger=ledger), unsigned(studentNumber="1")))[0] == "linked_data.undefined_term"
    assert ledger.entries == []


async def test_a_service_that_fails_leaves_an_intent_and_no_credential() -> None:
    class Silent:
        async def stamp(self, digest: bytes) -> bytes:
            raise ResolutionError("issue.timestamp_service", "Silence.")

    ledger = MemoryLedger()
    assert (await refused(sealer(ledger=ledger, timestamps=Silent()), unsigned()))[0] == "issue.timestamp_service"
    assert [kind for kind, _, _ in ledger.entries] == ["intent"]


async def test_a_key_that_is_not_the_certificate_s() -> None:
    class Wrong(One):
        async def sign(self, data: bytes) -> bytes:
            return WORLD.authority.issue(number=55).signature(data)

    ledger = MemoryLedger()
    assert (await refused(sealer(Wrong(WORLD.holder), ledger=ledger), unsigned()))[0] == "issue.signed_differs"
    assert [kind for kind, _, _ in ledger.entries] == ["intent"]


@pytest.mark.parametrize("fail_on", ["intent", "issued"])
async def test_what_cannot_be_recorded_is_not_released(fail_on: str) -> None:
    keys = One(WORLD.holder)
    assert (await refused(sealer(keys, ledger=MemoryLedger(fail_on=fail_on)), unsigned()))[0] == "storage.unavailable"
    assert keys.signed == (fail_on == "issued")


async def test_more_than_a_verifier_takes() -> None:
    # Every quotation mark takes two characters inside the text.
    record = changed(example("en-tidal-turbines"), "description", {"en": '"' * 19_000})
    ledger = MemoryLedger()
    with pytest.raises(AtestoError) as caught:
        await issue_forms(
            parse_award(record), ("edc-sealed",), issuers={"issuer": issuer(SIGNER), "seal": sealer(ledger=ledger)}, credential_id=ID,
            draw_pages=_large, now=AFTERWARDS,
        )  # fmt: skip
    assert (caught.value.code, ledger.entries) == ("encoding.too_long", [])


async def _large(award: Award) -> Mapping[str, bytes]:
    return dict.fromkeys(award.page_languages, b"\0" * 740_000)


# --- two forms of one award --------------------------------------------------------------------------------------------------------


async def test_the_forms_share_id_dates_issuer_and_statements() -> None:
    ledger = MemoryLedger()
    issued = await both(example("en-tidal-turbines"), ledger=ledger)
    proven, payload = issued["edc"], json.loads(issued["edc-sealed"]["payload"])
    for member in ("id", "issuer", "issued", "issuanceDate", "validFrom", "credentialSubject", "displayParameter"):
        assert proven[member] == payload[member], member
    assert payload["issuer"]["id"] == SIGNER.did
    assert payload["@context"] == proven["@context"][:2]
    bare = {name: value for name, value in proven.items() if name != "proof"}
    assert set(PROCESSOR.dataset_of(bare)) == set(PROCESSOR.dataset_of(payload))
    assert read(proven) == read(payload)
    assert [kind for kind, _, _ in ledger.entries] == ["intent", "issued"] * 2


async def test_each_form_verifies_by_itself() -> None:
    issued = await both(example("en-tidal-turbines"))
    judge = dataclasses.replace(verifier(), trust=TRUST)
    for name, document in issued.items():
        report = await judge.verify_credential(document, now=AFTERWARDS)
        assert report.verified, (name, report.problems)
        assert "eu2022.complete" in [finding.code for finding in report.findings]
        assert [finding.code for finding in report.findings].count("eu2022.complete") == 1


async def test_the_two_forms_are_twins() -> None:
    issued = await both(example("en-tidal-turbines"))
    judge = dataclasses.replace(verifier(), trust=TRUST)
    comparison = await compare_credentials(judge, issued["edc"], issued["edc-sealed"], now=AFTERWARDS)
    assert comparison.to_json()["twins"] is True
    other = await both(changed(example("en-tidal-turbines"), "workload.hours", 105))
    assert (await compare_credentials(judge, issued["edc"], other["edc-sealed"], now=AFTERWARDS)).to_json()["agree"] is False
    # Believed by nobody, they say the same all the same.
    comparison = await compare_credentials(verifier(), issued["edc-sealed"], issued["edc"], now=AFTERWARDS)
    assert (comparison.agree, comparison.verified) == (True, False)


@pytest.mark.parametrize("name", EXAMPLES)
async def test_every_example_is_sealed_by_its_own_organisation(name: str) -> None:
    record = example(name)
    body = record["mandate"]["issuer"] if "mandate" in record else record["awarding_body"]
    eidas = body["eidas"] if isinstance(body["eidas"], str) else body["eidas"]["number"]
    holder = WORLD.authority.issue(identifier=eidas)
    issued = await both(record, forms=["edc-sealed"], sealed=sealer(One(holder)))
    report = await dataclasses.replace(verifier(), trust=TRUST).verify_credential(issued["edc-sealed"], now=AFTERWARDS)
    assert (report.verified, report.issuer) == (True, eidas)


async def test_the_second_form_that_cannot_be_made_releases_none() -> None:
    other = sealer(One(WORLD.authority.issue(identifier="VATIE-9999999X")))
    with pytest.raises(AtestoError) as caught:
        await both(example("en-tidal-turbines"), sealed=other)
    assert caught.value.code == "seal.issuer_mismatch"


async def test_a_form_that_is_not_known() -> None:
    with pytest.raises(AtestoError) as caught:
        await both(example("en-tidal-turbines"), forms=["edc", "parchment"])
    assert caught.value.code == "award.form_unknown"


def test_the_table_says_how_each_form_is_secured() -> None:
    assert {name: row.secured_by for name, row in FORMS.items()} == {"edc": "issuer", "edc-sealed": "seal", "ob3": "issuer"}
    assert FORMS["edc"].write is FORMS["edc-sealed"].write


async def test_a_key_in_a_file_seals_too() -> None:
    keys = OneSealKey(SoftwareSealKey(WORLD.holder.chain, WORLD.holder.key))
    issued = await sealer(keys).issue(unsigned(), now=AFTERWARDS)
    assert (await dataclasses.replace(verifier(), trust=TRUST).verify_credential(issued, now=AFTERWARDS)).verified
