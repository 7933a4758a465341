"""What a seal is worth: chains of our own with one fault each, revocation, times, timestamps. The right seal comes first."""

from __future__ import annotations

import json
import pickle
from datetime import timedelta
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509.oid import ExtendedKeyUsageOID

from atesto.error_codes import ERROR_CODES
from atesto.errors import AtestoError
from atesto.proofs.jades.assessment import (
    ANSWERS,
    NO_TRUST,
    OF_CERTIFICATE,
    OF_SIGNATURE,
    Indication,
    SealAssessment,
    SealTrust,
    assess_seal,
)
from atesto.proofs.jades.seal import parse_seal
from tests.simulators.seals import (
    DAY,
    NOW,
    ORGANIZATION,
    SEALED,
    Authority,
    TimestampAuthority,
    World,
    certified,
    key_of,
    resealed,
    sealed,
    stamped,
    with_parts,
    with_values,
)

WORLD: Final = World()
TRUST: Final = SealTrust((WORLD.root.der,), (WORLD.stamp_root.der,))
ONLY_SEALS: Final = SealTrust((WORLD.root.der,))
LATE: Final = SEALED + 1_000 * DAY
"""When the certificates of the tests have expired."""


def assess(document: Any, trust: SealTrust = TRUST, **more: Any) -> SealAssessment:
    return assess_seal(parse_seal(document), trust, **{"now": NOW, **more})


def answer(found: SealAssessment) -> tuple[str, str | None, list[str]]:
    return found.indication.value, found.sub_indication, [problem.code for problem in found.problems]


async def of(holder: Any, **more: Any) -> Any:
    return await sealed(holder, **more)


@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA-2048", "RSA-3072"])
async def test_a_right_seal(kind: str) -> None:
    holder = WORLD.authority.issue(kind=kind)
    found = assess(await of(holder))
    assert answer(found) == ("TOTAL-PASSED", None, [])
    assert (found.signature_valid, found.trusted, found.level, found.revocation) == (True, True, "B-B", "not_checked")
    assert (found.claimed_at, found.proven_at, found.sealed_at) == (SEALED, None, SEALED)
    assert found.certificate.subject.organization_identifier == ORGANIZATION
    assert pickle.loads(pickle.dumps(found)) == found


async def test_ps256_is_read() -> None:
    """Ours writes RS256; the key takes both."""
    holder = WORLD.authority.issue(kind="RSA-2048")
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
    holder.signature = lambda data: holder.key.sign(data, pss, hashes.SHA256())  # type: ignore[method-assign]
    document = resealed(await of(holder), holder, alg="PS256")
    assert answer(assess(document)) == ("TOTAL-PASSED", None, [])
    assert answer(assess(resealed(document, holder, alg="RS256")))[2] == ["proof.signature_invalid"]


# --- signature ---------------------------------------------------------------------------------------------------------------


async def test_a_changed_payload_header_or_signature() -> None:
    document = await of(WORLD.holder)
    other = WORLD.authority.issue(number=11)
    for changed in (
        {**document, "payload": document["payload"].replace("2026-06-01", "2026-06-02")},
        {**document, "payload": document["payload"] + " "},
        {**document, "signatures": resealed(document, other)["signatures"]},
        {**document, "signatures": [{**document["signatures"][0], "signature": "A" * 86}]},
        {**document, "signatures": [{**document["signatures"][0], "signature": "A" * 84}]},
    ):
        assert answer(assess(changed)) == ("TOTAL-FAILED", "SIG_CRYPTO_FAILURE", ["proof.signature_invalid"])


@pytest.mark.parametrize(("kind", "alg"), [("P-256", "RS256"), ("P-256", "ES384"), ("P-384", "ES256"), ("RSA-2048", "ES256")])
async def test_the_key_decides_the_algorithm(kind: str, alg: str) -> None:
    holder = WORLD.authority.issue(kind=kind)
    document = resealed(await of(holder), holder, alg=alg)
    assert answer(assess(document)) == ("TOTAL-FAILED", "FORMAT_FAILURE", ["seal.algorithm_mismatch"])


async def test_what_is_wrong_comes_before_what_cannot_be_told() -> None:
    document = await of(WORLD.holder)
    changed = {**document, "payload": document["payload"] + " "}
    assert answer(assess(changed, NO_TRUST)) == ("TOTAL-FAILED", "SIG_CRYPTO_FAILURE", ["proof.signature_invalid", "seal.chain_unknown"])


# --- the certificate -----------------------------------------------------------------------------------------------------------


async def test_no_anchor_and_the_wrong_anchor() -> None:
    document = await of(WORLD.holder)
    for trust in (NO_TRUST, SealTrust((WORLD.stamp_root.der,)), SealTrust((), (WORLD.root.der,))):
        found = assess(document, trust)
        assert answer(found) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND", ["seal.chain_unknown"])
        assert (found.signature_valid, found.trusted) == (True, False)


async def test_an_anchor_may_be_the_root_an_authority_or_the_certificate_itself() -> None:
    document = await of(WORLD.holder)
    for anchor in (WORLD.root.der, WORLD.authority.der, WORLD.holder.der):
        assert assess(document, SealTrust((anchor,))).indication is Indication.TOTAL_PASSED


async def test_an_authority_of_the_same_name_with_another_key() -> None:
    """A name is no key: the same root by name, made by somebody else."""
    forged = Authority(key=key_of("P-256", 77))
    holder = forged.issue()
    assert assess(await of(holder), SealTrust((forged.der,))).indication is Indication.TOTAL_PASSED
    found = assess(await of(holder))
    assert answer(found)[:2] == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")


async def test_a_certificate_that_only_says_that_the_authority_signed_it() -> None:
    forged = Authority(key=key_of("P-256", 78), common="Seals of the tests")
    holder = forged.issue(above=WORLD.holder.above)
    assert answer(assess(await of(holder)))[0] == "INDETERMINATE"


async def test_an_intermediate_that_is_missing_is_found_in_x_vals() -> None:
    holder = WORLD.authority.issue(above=())
    document = await of(holder)
    assert answer(assess(document))[2] == ["seal.chain_unknown"]
    assert answer(assess(with_values(document, certificates=[WORLD.authority.der]))) == ("TOTAL-PASSED", None, [])


async def test_a_seal_from_before_its_certificate() -> None:
    holder = WORLD.authority.issue(since=SEALED + DAY)
    assert answer(assess(await of(holder))) == ("TOTAL-FAILED", "NOT_YET_VALID", ["seal.not_yet_valid"])


async def test_a_seal_from_after_its_certificate() -> None:
    holder = WORLD.authority.issue(until=SEALED - DAY)
    assert answer(assess(await of(holder)))[:2] == ("TOTAL-FAILED", "EXPIRED")
    # The seal's own word is against it, whoever is trusted.
    assert answer(assess(await of(holder), NO_TRUST))[2] == ["seal.expired", "seal.chain_unknown"]


async def test_a_certificate_that_has_expired_since() -> None:
    document = await of(WORLD.holder)
    found = assess(document, now=LATE)
    assert answer(found) == ("INDETERMINATE", "OUT_OF_BOUNDS_NO_POE", ["seal.expired_since"])
    certificate: Any = found.to_json()["certificate"]
    assert (certificate["validWhenSealed"], certificate["validNow"]) == (True, False)


async def test_an_authority_that_was_not_valid_then() -> None:
    short = Authority(key=key_of("P-256", 30), common="Short", parent=WORLD.root, until=SEALED - DAY)
    found = assess(await of(short.issue()))
    assert answer(found) == ("INDETERMINATE", "CERTIFICATE_CHAIN_GENERAL_FAILURE", ["seal.chain_broken"])


USES: Final[dict[str, Any]] = {
    "encryption": {"key_usage": ("key_encipherment",)},
    "an authority": {"authority": True, "key_usage": ("digital_signature", "key_cert_sign")},
}


@pytest.mark.parametrize("changes", USES.values(), ids=USES)
async def test_a_certificate_for_something_else(changes: Any) -> None:
    found = assess(await of(WORLD.authority.issue(**changes)))
    assert answer(found) == ("INDETERMINATE", "CHAIN_CONSTRAINTS_FAILURE", ["seal.certificate_use"])


@pytest.mark.parametrize("names", [("digital_signature",), ("content_commitment",), None])
async def test_a_key_usage_that_allows_seals(names: Any) -> None:
    assert answer(assess(await of(WORLD.authority.issue(key_usage=names)))) == ("TOTAL-PASSED", None, [])


async def test_a_certificate_that_no_authority_may_issue() -> None:
    """A seal certificate that signs another one."""
    between = WORLD.authority.issue("Not an authority", number=31, key_usage=("digital_signature", "content_commitment"))
    pretender = Authority(key=between.key, common="Not an authority")
    pretender.subject = between.certificate.subject
    holder = pretender.issue(number=32, above=between.chain)
    assert answer(assess(await of(holder)))[:2] == ("INDETERMINATE", "CERTIFICATE_CHAIN_GENERAL_FAILURE")


async def test_a_weak_key() -> None:
    holder = WORLD.authority.issue(kind="RSA-1024")
    document = resealed(await of(WORLD.holder), holder, alg="RS256", **certified(holder))
    found = assess(document)
    assert answer(found)[:2] == ("INDETERMINATE", "CRYPTO_CONSTRAINTS_FAILURE")
    assert not found.signature_valid


async def test_a_certificate_signed_over_a_weak_hash() -> None:
    found = assess(await of(WORLD.authority.weakly_signed(WORLD.authority.issue())))
    assert answer(found) == ("INDETERMINATE", "CRYPTO_CONSTRAINTS_FAILURE", ["seal.algorithm_weak"])


@pytest.mark.parametrize(
    ("name", "indication"),
    [("Universität Groẞenhain", "TOTAL-PASSED"), ("\u202eytisrevinU", "TOTAL-PASSED"), ("אוניברסיטה 2026", "INDETERMINATE")],
)
async def test_a_name_in_any_script_is_read(name: str, indication: str) -> None:
    """The path validator prepares names by the tables of Unicode 3.2 (RFC 4518); those refuse the last."""
    found = assess(await of(WORLD.authority.issue(name)))
    assert (found.signature_valid, found.certificate.subject.common_name) == (True, name)
    assert found.indication.value == indication


async def test_a_key_of_a_kind_that_is_not_used() -> None:
    holder = WORLD.authority.issue(kind="P-521")
    document = resealed(await of(WORLD.holder), holder, **certified(holder))
    with pytest.raises(AtestoError) as caught:
        assess(document)
    assert caught.value.code == "key.unsupported"


# --- revocation ----------------------------------------------------------------------------------------------------------------


def both(**given: Any) -> list[Any]:
    """The same fact as a list and as an answer."""
    holder, at = given["holder"], given.get("at")
    lists = WORLD.authority.revocation_list(*([(holder, at)] if at else []))
    answers = WORLD.authority.response(holder, revoked=at)
    return [{"crls": [lists]}, {"responses": [answers]}, {"crls": [lists], "responses": [answers]}]


async def test_not_revoked() -> None:
    for values in both(holder=WORLD.holder):
        found = assess(with_values(await of(WORLD.holder), **values))
        assert (*answer(found), found.revocation) == ("TOTAL-PASSED", None, [], "good")


async def test_revoked_before_it_was_sealed() -> None:
    for values in both(holder=WORLD.holder, at=SEALED - DAY):
        found = assess(with_values(await of(WORLD.holder), **values))
        assert (*answer(found), found.revocation) == ("TOTAL-FAILED", "REVOKED", ["seal.revoked"], "revoked")


async def test_revoked_since() -> None:
    for values in both(holder=WORLD.holder, at=SEALED + timedelta(hours=1)):
        plain = with_values(await of(WORLD.holder), **values)
        assert answer(assess(plain)) == ("INDETERMINATE", "REVOKED_NO_POE", ["seal.revoked_since"])
        proven = with_values(stamped(await of(WORLD.holder), WORLD.stamps), **values)
        assert answer(assess(proven)) == ("TOTAL-PASSED", None, [])
        assert answer(assess(proven, ONLY_SEALS))[1] == "REVOKED_NO_POE"


async def test_an_authority_that_was_revoked() -> None:
    for at, expected in ((SEALED - DAY, ("TOTAL-FAILED", "REVOKED")), (SEALED + DAY, ("INDETERMINATE", "REVOKED_CA_NO_POE"))):
        lists = WORLD.root.revocation_list((WORLD.authority, at))
        assert answer(assess(with_values(await of(WORLD.holder), crls=[lists])))[:2] == expected


async def test_a_list_that_is_out_of_date_still_says_what_was_revoked() -> None:
    """It is not good for saying that nothing was: then the revocation is not known."""
    week = SEALED + 7 * DAY
    revoked = WORLD.authority.revocation_list((WORLD.holder, SEALED + DAY), until=week)
    assert answer(assess(with_values(await of(WORLD.holder), crls=[revoked])))[:2] == ("INDETERMINATE", "REVOKED_NO_POE")
    empty = WORLD.authority.revocation_list(until=week)
    found = assess(with_values(await of(WORLD.holder), crls=[empty]))
    # It covers the time of sealing, and not today.
    assert (*answer(found), found.revocation) == ("TOTAL-PASSED", None, [], "good")
    before = WORLD.authority.revocation_list(made=SEALED - 9 * DAY, until=SEALED - 2 * DAY)
    found = assess(with_values(await of(WORLD.holder), crls=[before]))
    assert (*answer(found), found.revocation) == ("TOTAL-PASSED", None, [], "not_checked")
    said = WORLD.authority.response(WORLD.holder, revoked=SEALED + DAY, until=week)
    assert answer(assess(with_values(await of(WORLD.holder), responses=[said])))[1] == "REVOKED_NO_POE"


async def test_a_certificate_that_is_an_anchor_itself_ends_all_the_same() -> None:
    own = SealTrust((WORLD.holder.der,), (WORLD.stamp_root.der,))
    document = await of(WORLD.holder)
    assert assess(document, own).indication is Indication.TOTAL_PASSED
    assert answer(assess(document, own, now=LATE)) == ("INDETERMINATE", "OUT_OF_BOUNDS_NO_POE", ["seal.expired_since"])
    young = TimestampAuthority(WORLD.stamp_holder(until=LATE + DAY))
    assert assess(stamped(document, young), own, now=LATE).indication is Indication.TOTAL_PASSED


async def test_revocation_data_of_somebody_else() -> None:
    """A list in the authority's name by another key says nothing; the seal holds, and its revocation is not known."""
    forged = WORLD.authority.revocation_list((WORLD.holder, SEALED - DAY), by=WORLD.stamp_root)
    found = assess(with_values(await of(WORLD.holder), crls=[forged]))
    assert (*answer(found), found.revocation) == ("TOTAL-PASSED", None, [], "not_checked")


async def test_revocation_data_that_cannot_be_read() -> None:
    found = assess(with_values(await of(WORLD.holder), certificates=[b"\x30\x03abc"], crls=[b"\x30\x80"], responses=[b"x"]))
    assert (*answer(found), found.revocation) == ("TOTAL-PASSED", None, [], "not_checked")


# --- times ---------------------------------------------------------------------------------------------------------------------


async def test_a_claimed_time_in_the_future() -> None:
    document = await of(WORLD.holder, at=NOW + timedelta(seconds=59))
    assert assess(document).indication is Indication.TOTAL_PASSED
    document = await of(WORLD.holder, at=NOW + timedelta(seconds=62))
    assert answer(assess(document)) == ("INDETERMINATE", "SIG_CONSTRAINTS_FAILURE", ["seal.claimed_time"])


async def test_a_timestamp_that_is_trusted_proves_the_time() -> None:
    document = stamped(await of(WORLD.holder), WORLD.stamps)
    found = assess(document)
    assert (*answer(found), found.level, found.proven_at) == ("TOTAL-PASSED", None, [], "B-T", WORLD.stamps.time)
    # The certificate has ended; the timestamp's has not.
    short = stamped(await of(WORLD.authority.issue(until=SEALED + DAY)), WORLD.stamps)
    assert answer(assess(short)) == ("TOTAL-PASSED", None, [])
    assert answer(assess(short, ONLY_SEALS))[1] == "OUT_OF_BOUNDS_NO_POE"


async def test_a_timestamp_after_the_certificate_ended_is_a_proof_against_it() -> None:
    late = TimestampAuthority(WORLD.stamp_holder(), time=SEALED + 2 * DAY)
    document = stamped(await of(WORLD.authority.issue(until=SEALED + DAY)), late)
    assert answer(assess(document)) == ("TOTAL-FAILED", "EXPIRED", ["seal.expired"])


FAULTS: Final[dict[str, tuple[Any, str]]] = {
    "over something else": ({"over": b"something else"}, "over something else"),
    "an authority of other things": ({"holder": {"extended": (ExtendedKeyUsageOID.CODE_SIGNING,)}}, "not for timestamps alone"),
    "of timestamps and other things": (
        {"holder": {"extended": (ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)}}, "not for timestamps alone",
    ),
    "not critical": ({"holder": {"extended_critical": False}}, "not for timestamps alone"),
    "no extended key usage": ({"holder": {"extended": ()}}, "not for timestamps alone"),
    "a key for encryption": ({"holder": {"key_usage": ("key_encipherment",)}}, "may not sign"),
    "before its certificate": ({"holder": {"since": SEALED + DAY}}, "did not hold at that time"),
    "a weak imprint": ({"algorithm": "sha1"}, "over something else"),
    "names no certificate": ({"names_certificate": False}, "does not name its certificate"),
    "not for a timestamp": ({"content_type": "data"}, "not for a timestamp"),
}  # fmt: skip


@pytest.mark.parametrize(("fault", "said"), FAULTS.values(), ids=FAULTS)
async def test_a_timestamp_that_fails_proves_nothing_and_spoils_nothing(fault: Any, said: str) -> None:
    given = dict(fault)
    over, changes = given.pop("over", None), given.pop("holder", {})
    stamps = TimestampAuthority(WORLD.stamp_holder(**changes), **given)
    found = assess(stamped(await of(WORLD.holder), stamps, over=over))
    (result,) = found.timestamps
    assert (result.state.value, result.time) == ("failed", None)
    assert said in result.detail
    assert (*answer(found), found.level, found.proven_at) == ("TOTAL-PASSED", None, [], "B-B", None)


async def test_a_timestamp_whose_signature_was_changed() -> None:
    token = bytearray(WORLD.stamps.token(b"\0" * 32))
    token[-1] ^= 1
    changed = TimestampAuthority(WORLD.stamps.holder)
    changed.token = lambda digest, nonce=None: bytes(token)  # type: ignore[method-assign,misc]
    document = stamped(await of(WORLD.holder), changed)
    assert assess(document).timestamps[0].state.value == "failed"


async def test_a_timestamp_that_nobody_trusts_says_a_time_on_nobody_s_word() -> None:
    document = stamped(await of(WORLD.holder), WORLD.stamps)
    for trust in (ONLY_SEALS, SealTrust((WORLD.root.der, WORLD.stamp_root.der), (WORLD.root.der,))):
        found = assess(document, trust)
        (result,) = found.timestamps
        assert (result.state.value, result.time, found.proven_at, found.level) == ("untrusted", WORLD.stamps.time, None, "B-T")


async def archived(document: Any, stamps: TimestampAuthority = WORLD.stamps) -> Any:
    filled = with_values(stamped(document, stamps), certificates=WORLD.holder.above, crls=[WORLD.authority.revocation_list()])
    later = TimestampAuthority(stamps.holder, time=SEALED + 2 * DAY)
    return stamped(filled, later, "arcTst")


async def test_the_levels() -> None:
    document = await of(WORLD.holder)
    assert assess(document).level == "B-B"
    document = stamped(document, WORLD.stamps)
    assert assess(document).level == "B-T"
    document = with_values(document, crls=[WORLD.authority.revocation_list()])
    assert assess(document).level == "B-LT"
    document = stamped(document, WORLD.stamps, "arcTst")
    assert assess(document).level == "B-LTA"
    assert [one.kind for one in assess(document).timestamps] == ["sigTst", "arcTst"]


async def test_an_archive_timestamp_carries_an_expired_one() -> None:
    """The clock of the first timestamp has ended today; a later one vouches that it had not when it was archived."""
    old = TimestampAuthority(WORLD.stamp_holder(until=SEALED + 30 * DAY))
    young = TimestampAuthority(WORLD.stamp_holder(number=21, until=SEALED + 2_000 * DAY), time=SEALED + 2 * DAY)
    filled = with_values(stamped(await of(WORLD.holder), old), crls=[WORLD.authority.revocation_list()])
    assert answer(assess(filled, now=LATE))[1] == "OUT_OF_BOUNDS_NO_POE"
    found = assess(stamped(filled, young, "arcTst"), now=LATE)
    assert (*answer(found), found.proven_at) == ("TOTAL-PASSED", None, [], old.time)
    # A timestamp that was added behind the archive is not carried by it.
    behind = stamped(stamped(await of(WORLD.holder), young, "arcTst"), old)
    assert [one.state.value for one in assess(behind, now=LATE).timestamps] == ["trusted", "untrusted"]


async def test_an_archive_timestamp_is_over_all_parts_before_it() -> None:
    document = await archived(await of(WORLD.holder))
    assert [one.state.value for one in assess(document).timestamps] == ["trusted", "trusted"]
    parts = document["signatures"][0]["header"]["etsiU"]
    for index in range(len(parts) - 1):
        without = {**document, "signatures": [{**document["signatures"][0], "header": {"etsiU": parts[:index] + parts[index + 1 :]}}]}
        assert assess(without).timestamps[-1].state.value == "failed"


async def test_trusted_timestamps_in_an_order_that_cannot_be() -> None:
    later = TimestampAuthority(WORLD.stamp_holder(), time=SEALED + 3 * DAY)
    document = stamped(stamped(await of(WORLD.holder), later), WORLD.stamps, "arcTst")
    assert answer(assess(document)) == ("INDETERMINATE", "TIMESTAMP_ORDER_FAILURE", ["seal.timestamp_order"])
    assert answer(assess(document, ONLY_SEALS)) == ("TOTAL-PASSED", None, [])


async def test_two_clocks_may_differ_as_clocks_do() -> None:
    """Two timestamps of one signature have no order; one behind them may stand a minute before."""
    later = TimestampAuthority(WORLD.stamp_holder(), time=WORLD.stamps.time + timedelta(seconds=50))
    for first, second in ((later, WORLD.stamps), (WORLD.stamps, later)):
        document = stamped(stamped(await of(WORLD.holder), first), second)
        assert answer(assess(document)) == ("TOTAL-PASSED", None, [])
        assert answer(assess(stamped(document, WORLD.stamps, "arcTst")))[0] == "TOTAL-PASSED"
    content = {
        "tstTokens": [
            {"val": TimestampAuthority(WORLD.stamp_holder(), time=SEALED + DAY).over((await of(WORLD.holder))["payload"].encode())}
        ]
    }
    document = stamped(resealed(await of(WORLD.holder), WORLD.holder, adoTst=content, crit=["b64", "adoTst"]), WORLD.stamps)
    assert answer(assess(document))[1] == "TIMESTAMP_ORDER_FAILURE"


async def test_a_content_timestamp_that_was_sealed() -> None:
    plain = await of(WORLD.holder)
    early = TimestampAuthority(WORLD.stamp_holder(), time=SEALED - timedelta(seconds=5))
    right = {"tstTokens": [{"val": early.over(plain["payload"].encode())}]}
    document = resealed(plain, WORLD.holder, adoTst=right, crit=["b64", "adoTst"])
    found = assess(document)
    assert (*answer(found), found.timestamps[0].kind, found.timestamps[0].state.value) == ("TOTAL-PASSED", None, [], "adoTst", "trusted")
    # It says when the content existed, not when it was sealed.
    assert found.proven_at is None
    wrong = {"tstTokens": [{"val": early.over(b"another payload")}]}
    document = resealed(plain, WORLD.holder, adoTst=wrong, crit=["b64", "adoTst"])
    assert answer(assess(document)) == ("INDETERMINATE", "SIG_CONSTRAINTS_FAILURE", ["seal.content_timestamp"])


# --- what is told --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("qualified", "kind", "certificate", "device"),
    [
        ((), "advanced seal", False, False),
        (("1.1", "1.6"), "advanced seal with a qualified certificate", True, False),
        (("1.1", "1.6", "1.4"), "qualified seal", True, True),
        (("1.6", "1.4"), "advanced seal", False, True),
        (("1.1", "1.4"), "advanced seal with a qualified certificate", True, True),
    ],
)
async def test_the_kinds_of_seal(qualified: Any, kind: str, certificate: bool, device: bool) -> None:
    told: Any = assess(await of(WORLD.authority.issue(qualified=qualified))).to_json()["qualification"]
    assert (told["seal"], told["qualifiedCertificate"], told["qualifiedDevice"]) == (kind, certificate, device)


async def test_parts_that_are_not_known_are_named() -> None:
    document = with_parts(await of(WORLD.holder), {"cSig": "x"}, "A")
    assert assess(document).unknown_parts == ("cSig", "unreadable")
    assert assess(document).to_json()["unknownParts"] == ["cSig", "unreadable"]


async def test_the_assessment_is_json() -> None:
    told = assess(await archived(await of(WORLD.holder))).to_json()
    assert json.loads(json.dumps(told)) == told


def test_every_answer_is_a_refusal_of_the_catalogue_that_decides_as_it_does() -> None:
    """Confirmed, not confirmed and refused are TOTAL-PASSED, INDETERMINATE and TOTAL-FAILED: here and in the table of refusals alike."""
    for code, (indication, _) in ANSWERS.items():
        assert ERROR_CODES[code].undecided is (indication is Indication.INDETERMINATE), code
    assert ANSWERS.keys() >= OF_CERTIFICATE | OF_SIGNATURE


async def test_certificates_that_sign_one_another_crosswise_end() -> None:
    """Ten names, each certified by each: the paths are without number, the steps are not."""
    ring = [Authority(key=key_of("P-256", 100 + number), common=f"Ring {number}") for number in range(6)]
    crossed = [
        Authority(key=lower.key, common=lower.common, parent=upper, since=SEALED - 10 * DAY).der
        for upper in ring
        for lower in ring
        if upper is not lower
    ]
    holder = ring[0].issue(above=())
    document = with_values(await of(holder), certificates=crossed[:32])
    assert answer(assess(document))[0] == "INDETERMINATE"
