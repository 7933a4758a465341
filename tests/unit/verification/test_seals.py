"""Sealed credentials through the eleven stations: the right one first, then one fault for each station."""

from __future__ import annotations

import copy
import dataclasses
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.errors import VerificationError
from atesto.profiles.award.parse import parse_award
from atesto.proofs.jades.assessment import NO_TRUST, SealTrust
from atesto.proofs.jades.certificate import certificate_of
from atesto.proofs.jades.seal import parse_seal
from atesto.proofs.jades.unsigned_parts import certificate_values
from atesto.verification.europass import europass_presentation
from atesto.verification.report import Verdict
from atesto.verification.secured_seal import check_issuer_identifier
from tests.reference_data import reference
from tests.simulators.awards import credential, example
from tests.simulators.parts import verifier
from tests.simulators.seals import (
    DAY,
    NOW,
    ORGANIZATION,
    PAYLOAD,
    SEALED,
    Holder,
    World,
    resealed,
    sealed,
    stamped,
    with_parts,
    with_values,
)

if TYPE_CHECKING:
    from atesto.verification.report import Report

WORLD: Final = World()
TRUST: Final = SealTrust((WORLD.root.der,), (WORLD.stamp_root.der,))
DOCUMENT: Final[Any] = credential(parse_award(example("en-tidal-turbines")))
AT: Final = NOW + timedelta(days=20)
"""Behind the first day of the credential."""


async def verified(document: Any, *, trust: SealTrust = TRUST, policy: str = "strict", now: Any = AT, **more: Any) -> Report:
    return await dataclasses.replace(verifier(policy), trust=trust).verify_credential(document, now=now, **more)


async def one(document: Any = DOCUMENT, holder: Holder = WORLD.holder, **more: Any) -> Any:
    return await sealed(holder, document, **more)


def problem(report: Report) -> tuple[int, str, str]:
    (station,) = [result for result in report.stations if result.error is not None]
    assert station.error is not None
    return int(station.station), station.error.code, station.error.pointer


def seal_of(report: Report) -> Any:
    return report.to_json()["seal"]


async def test_a_sealed_credential_is_confirmed() -> None:
    report = await verified(await one())
    assert report.verified, report.problems
    assert report.shown == DOCUMENT
    assert (report.issuer, report.token) == (ORGANIZATION, None)
    assert (seal_of(report)["indication"], seal_of(report)["level"]) == ("TOTAL-PASSED", "B-B")
    assert [finding.code for finding in report.findings] == [
        "schema.not_checked", "seal.issuer_id_unproven", "seal.revocation_not_checked", "status.none", "edc.conforms", "eu2022.complete",
    ]  # fmt: skip
    assert report.stations[5].sentence == "The seal's certificate leads to an authority that this node trusts."


async def test_with_revocation_data_and_a_timestamp_nothing_is_left_to_note() -> None:
    document = with_values(stamped(await one(), WORLD.stamps), crls=[WORLD.authority.revocation_list()])
    report = await verified(document)
    assert report.verified
    assert (seal_of(report)["level"], seal_of(report)["provenTime"]) == ("B-LT", "2026-06-01T09:00:03Z")
    assert {finding.code for finding in report.findings if finding.code.startswith("seal.")} == {"seal.issuer_id_unproven"}


# --- 2 parsing -----------------------------------------------------------------------------------------------------------------


async def test_a_seal_that_is_none() -> None:
    report = await verified({**await one(), "note": 1})
    assert problem(report) == (2, "seal.malformed", "/note")
    assert seal_of(report) == {"indication": "TOTAL-FAILED", "subIndication": "FORMAT_FAILURE"}
    assert report.verdict is Verdict.REFUSED


async def test_a_form_that_is_not_read_is_named_and_not_judged() -> None:
    document = await one()
    report = await verified({"payload": document["payload"], **document["signatures"][0]})
    assert problem(report) == (2, "seal.form", "")
    assert "seal" not in report.to_json()


async def test_a_payload_that_is_no_object_is_sealed_all_the_same() -> None:
    document = await one()
    for payload, code, pointer in (
        ("[]", "json.not_an_object", ""),
        ('{"a":1,"a":2}', "json.duplicate_member", "/a"),
        ('{"a":1e999}', "json.number_out_of_range", "/a"),
        ("no JSON", "json.invalid", ""),
        ('{"a":' * 70 + "1" + "}" * 70, "json.too_deep", ""),
    ):
        report = await verified(resealed(document, WORLD.holder, payload))
        assert problem(report) == (2, code, pointer)
        assert seal_of(report)["indication"] == "TOTAL-PASSED"


# --- 3 shape, 4 contexts, 5 linked data ---------------------------------------------------------------------------------------------


async def test_what_is_sealed_must_be_a_credential() -> None:
    report = await verified(await one({**PAYLOAD, "type": ["Something"]}))
    assert problem(report)[:2] == (3, "model.type_missing")


async def test_a_sealed_presentation_is_named_as_not_read() -> None:
    judge = dataclasses.replace(verifier(), trust=TRUST)
    report = await judge.verify_presentation(await one(), now=AT)
    assert problem(report)[:2] == (3, "model.unsupported_format")


async def test_an_unknown_context_is_refused() -> None:
    report = await verified(await one({**PAYLOAD, "@context": [*PAYLOAD["@context"], "https://evil.example/"]}))  # type: ignore[misc]
    assert problem(report) == (4, "context.unknown", "/@context/1")
    assert seal_of(report)["indication"] == "TOTAL-PASSED"


async def test_both_data_models_at_once_do_not_load() -> None:
    changed = copy.deepcopy(DOCUMENT)
    changed["@context"] = ["https://www.w3.org/ns/credentials/v2", changed["@context"][1]]
    report = await verified(await one(changed))
    assert problem(report) == (5, "linked_data.invalid", "/@context/1")
    assert "description" in report.problems[0].detail
    assert seal_of(report)["indication"] == "TOTAL-PASSED"


async def test_what_json_ld_would_lose_is_a_finding() -> None:
    changed = copy.deepcopy(DOCUMENT)
    changed["credentialSubject"]["studentNumber"] = "1234"
    report = await verified(await one(changed))
    assert report.verified
    (lost,) = [finding for finding in report.findings if finding.code == "linked_data.lost"]
    assert lost.pointer == "/credentialSubject/studentNumber"


# --- 6 keys ----------------------------------------------------------------------------------------------------------------------


async def test_without_an_anchor_nothing_is_confirmed_and_nothing_refused() -> None:
    report = await verified(await one(), trust=NO_TRUST)
    assert problem(report) == (6, "seal.chain_unknown", "/signatures/0/protected")
    assert (report.verdict, report.shown) == (Verdict.NOT_CONFIRMED, None)
    assert (seal_of(report)["subIndication"], seal_of(report)["signature"]) == ("NO_CERTIFICATE_CHAIN_FOUND", "valid")


async def test_a_seal_that_is_wrong_is_refused_whoever_is_trusted() -> None:
    document = await one()
    changed = {**document, "payload": document["payload"].replace("2026", "2025", 1)}
    report = await verified(changed, trust=NO_TRUST)
    assert problem(report)[:2] == (6, "proof.signature_invalid")
    assert report.verdict is Verdict.REFUSED
    report = await verified(changed)
    assert problem(report) == (8, "proof.signature_invalid", "/signatures/0/signature")
    assert seal_of(report)["subIndication"] == "SIG_CRYPTO_FAILURE"


async def test_a_certificate_for_something_else() -> None:
    report = await verified(await one(holder=WORLD.authority.issue(key_usage=("key_encipherment",))))
    assert problem(report)[:2] == (6, "seal.certificate_use")
    assert report.verdict is Verdict.NOT_CONFIRMED


# --- 7 binding -----------------------------------------------------------------------------------------------------------------------


async def test_a_seal_of_another_organisation() -> None:
    report = await verified(await one(holder=WORLD.authority.issue(identifier="VATIE-9999999X")))
    assert problem(report) == (7, "seal.issuer_mismatch", "/issuer/eIDASIdentifier/notation")
    assert report.verdict is Verdict.REFUSED
    # EN 319 102-1 knows nothing of the document: the seal itself is sound.
    assert seal_of(report)["indication"] == "TOTAL-PASSED"


async def test_nobody_to_compare_with() -> None:
    nameless = await one(holder=WORLD.authority.issue(identifier=None))
    unstated = await one({**PAYLOAD, "issuer": "urn:example:issuer"})
    for document in (nameless, unstated):
        report = await verified(document)
        assert problem(report) == (7, "seal.issuer_unnamed", "/issuer")
        assert report.verdict is Verdict.NOT_CONFIRMED
        report = await verified(document, policy="interop")
        assert report.verified
        assert "binding.unverified" in [finding.code for finding in report.findings]


def identifier(notation: Any, country: str | None = None) -> dict[str, Any]:
    base = "http://publications.europa.eu/resource/authority/country/"
    return {"notation": notation} | ({"spatial": {"id": base + country}} if country else {})


@pytest.mark.parametrize(
    ("stated", "certificate"),
    [
        (identifier("VATES-A00000000", "ESP"), "VATES-A00000000"),
        (identifier("A00000000", "ESP"), "VATES-A00000000"),
        (identifier("A00000000"), "VATES-A00000000"),
        (identifier("12345678", "EST"), "NTREE-12345678"),
        (identifier("000000000", "GRC"), "VATEL-000000000"),
        ([identifier("VATES-A00000000")], "VATES-A00000000"),
        (identifier("LOCAL-7"), "LOCAL-7"),
    ],
)
def test_the_same_organisation(stated: Any, certificate: str) -> None:
    check_issuer_identifier({"issuer": {"eIDASIdentifier": stated}}, certificate)


@pytest.mark.parametrize(
    ("stated", "certificate", "code"),
    [
        (identifier("VATES-A00000001"), "VATES-A00000000", "seal.issuer_mismatch"),
        (identifier("vates-a00000000"), "VATES-A00000000", "seal.issuer_mismatch"),
        (identifier("VATPT-A00000000"), "VATES-A00000000", "seal.issuer_mismatch"),
        # The number of another country's register.
        (identifier("12345678", "LVA"), "NTREE-12345678", "seal.issuer_mismatch"),
        (identifier("7"), "LOCAL-7", "seal.issuer_mismatch"),
        (identifier(""), "VATES-A00000000", "seal.issuer_mismatch"),
        ([identifier("VATES-A00000000"), identifier("VATES-B00000000")], "VATES-A00000000", "seal.issuer_mismatch"),
        (identifier(7), "VATES-A00000000", "seal.issuer_unnamed"),
        (None, "VATES-A00000000", "seal.issuer_unnamed"),
        ("VATES-A00000000", "VATES-A00000000", "seal.issuer_unnamed"),
        ([], "VATES-A00000000", "seal.issuer_unnamed"),
        (identifier("VATES-A00000000"), None, "seal.issuer_unnamed"),
    ],
)
def test_not_the_same_organisation(stated: Any, certificate: str | None, code: str) -> None:
    with pytest.raises(VerificationError) as caught:
        check_issuer_identifier({"issuer": {"eIDASIdentifier": stated}}, certificate)
    assert caught.value.code == code


async def test_a_verifier_that_asks_for_a_challenge_gets_none_from_a_seal() -> None:
    report = await verified(await one(), challenge="0b7c")
    assert problem(report)[:2] == (7, "binding.challenge")
    report = await verified(await one(), domain="verifier.example")
    assert problem(report)[:2] == (7, "binding.domain")


# --- 9 time --------------------------------------------------------------------------------------------------------------------------


async def test_the_certificate_s_times() -> None:
    cases = (
        (WORLD.authority.issue(since=SEALED + DAY), "seal.not_yet_valid", Verdict.REFUSED),
        (WORLD.authority.issue(until=SEALED - DAY), "seal.expired", Verdict.REFUSED),
        (WORLD.authority.issue(until=SEALED + DAY), "seal.expired_since", Verdict.NOT_CONFIRMED),
    )
    for holder, code, verdict in cases:
        report = await verified(await one(holder=holder))
        assert (problem(report)[:2], report.verdict) == ((9, code), verdict)
    proven = stamped(await one(holder=WORLD.authority.issue(until=SEALED + DAY)), WORLD.stamps)
    assert (await verified(proven)).verified


async def test_revoked() -> None:
    lists = WORLD.authority.revocation_list((WORLD.holder, SEALED - DAY))
    report = await verified(with_values(await one(), crls=[lists]))
    # The chain did not hold when it was sealed, and that is known: the station of the certificate does not tell it from others.
    assert problem(report)[1] == "seal.revoked"
    assert report.verdict is Verdict.REFUSED
    lists = WORLD.authority.revocation_list((WORLD.holder, SEALED + DAY))
    report = await verified(with_values(await one(), crls=[lists]))
    assert problem(report)[:2] == (9, "seal.revoked_since")


async def test_the_credential_s_own_dates() -> None:
    ended = {**PAYLOAD, "expirationDate": "2026-06-02T00:00:00Z"}
    report = await verified(await one(ended))
    assert problem(report)[:2] == (9, "time.expired")


# --- 10 and 11 -------------------------------------------------------------------------------------------------------------------------


async def test_parts_and_timestamps_are_told_whatever_the_verdict() -> None:
    document = with_parts(stamped(await one(), WORLD.stamps, over=b"something else"), {"cSig": "x"})
    report = await verified(document)
    assert report.verified
    told = {finding.code: finding.detail for finding in report.findings}
    assert told["seal.timestamp_failed"] == "sigTst: The timestamp is over something else."
    assert told["seal.part_unknown"] == "cSig."
    report = await verified(stamped(await one(), WORLD.stamps), trust=SealTrust((WORLD.root.der,)))
    assert "seal.timestamp_untrusted" in [finding.code for finding in report.findings]


async def test_question_by_question() -> None:
    def outcomes(report: Report) -> dict[str, str]:
        return {result.name: result.outcome.value for result in report.results}

    plain = await verified(await one())
    assert {name for name, outcome in outcomes(plain).items() if outcome != "ok"} == {"securing", "status"}
    assert (outcomes(plain)["securing"], outcomes(plain)["status"]) == ("warning", "not_checked")
    full = await verified(with_values(await one(), crls=[WORLD.authority.revocation_list()]))
    assert {name for name, outcome in outcomes(full).items() if outcome != "ok"} == {"status"}
    assert outcomes(await verified(await one(), trust=NO_TRUST))["securing"] == "undecided"
    document = await one()
    assert outcomes(await verified({**document, "payload": document["payload"] + " "}))["securing"] == "failed"


async def test_in_europass_s_own_words() -> None:
    def seal_check(report: Report) -> Any:
        checks: Any = europass_presentation(report)["verificationCheck"]
        (found,) = [check for check in checks if check["dcType"]["prefLabel"]["en"] == "seal"]
        return found["verificationStatus"]["prefLabel"]["en"]

    report = await verified(await one())
    assert seal_check(report) == "ok"
    assert europass_presentation(report)["verifiableCredential"] == [DOCUMENT]
    assert seal_check(await verified(await one(), trust=NO_TRUST)) == "skipped"
    document = await one()
    assert seal_check(await verified({**document, "payload": document["payload"] + " "})) == "error"


async def test_the_report_is_json() -> None:
    for trust in (TRUST, NO_TRUST):
        told = (await verified(stamped(await one(), WORLD.stamps), trust=trust)).to_json()
        assert json.loads(json.dumps(told)) == told


async def test_the_commission_s_sample() -> None:
    sample = json.loads(reference("edc", "samples", "Sample-MC-Annex1-signed.jsonld").read_text(encoding="utf-8"))
    report = await verified(sample, trust=NO_TRUST)
    assert problem(report)[:2] == (6, "seal.chain_unknown")
    assert (seal_of(report)["signature"], seal_of(report)["level"]) == ("valid", "B-LTA")
    codes = [finding.code for finding in report.findings]
    assert codes.count("seal.timestamp_untrusted") == 3
    assert {"eu2022.element_absent", "eu2022.element_invalid"} <= set(codes)


async def test_the_commission_s_sample_where_its_authorities_are_trusted() -> None:
    sample = json.loads(reference("edc", "samples", "Sample-MC-Annex1-signed.jsonld").read_text(encoding="utf-8"))
    found = {certificate_of(der).facts.subject.shown: der for der in certificate_values(parse_seal(sample).parts)}
    trust = SealTrust((found["ANF AC Qualified Certificates for eSeal"],), (found["good-tsa"],))
    report = await verified(sample, trust=trust)
    assert report.verified, report.problems
    assert report.issuer == "VATES-A00000000"
    assert report.shown == json.loads(sample["payload"])
