"""Bitstring status lists: what a verified list says at one place, and every way in which it cannot be used."""

from __future__ import annotations

from typing import Any

import pytest

from atesto import limits
from atesto.errors import VerificationError
from atesto.status.bitstring import BitstringList, expand, read_bitstring, value_at
from atesto.status.check import judge_bitstring
from atesto.status.entry import read_entry
from tests.simulators.parts import MemorySigner
from tests.simulators.status_lists import PLACES, bits_of, entry, list_document, packed

ISSUER = MemorySigner.numbered(31)


def at(found: BitstringList, index: int, **members: Any) -> int:
    return value_at(found, read_entry(entry(str(index), **members), "/credentialStatus"))


def listed(values: dict[int, int], **members: Any) -> BitstringList:
    return read_bitstring(list_document(ISSUER, values, **members))


def refused(code: str, words: str, action: Any) -> VerificationError:
    with pytest.raises(VerificationError) as caught:
        action()
    assert (caught.value.code, words in caught.value.detail) == (code, True), caught.value.detail
    return caught.value


def test_the_leftmost_bit_is_the_first() -> None:
    found = listed({0: 1, 9: 1, PLACES - 1: 1})
    assert [index for index in (0, 1, 7, 8, 9, 10, PLACES - 2, PLACES - 1) if at(found, index)] == [0, 9, PLACES - 1]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8])
def test_a_status_of_several_bits(size: int) -> None:
    most = 2**size - 1
    values = {0: most, 3: 1, 4: most - 1, PLACES - 1: most}
    found = listed(values, size=size)
    assert [at(found, index, statusSize=size) for index in (0, 1, 3, 4, 5, PLACES - 1)] == [most, 0, 1, most - 1, 0, most]


def test_the_least_list_and_one_place_less() -> None:
    assert at(BitstringList(("revocation",), packed(bytes(PLACES // 8)), 1), PLACES - 1) == 0
    short = BitstringList(("revocation",), packed(bytes(PLACES // 8 - 1)), 1)
    assert refused("status.list_short", "131,064 places", lambda: at(short, 1)).pointer == "/credentialStatus"
    # As many bits, and half as many places.
    refused("status.list_short", "65,536 places", lambda: at(listed({}), 1, statusSize=2))


def test_a_place_past_the_end() -> None:
    error = refused("status.index_range", "number 131,072", lambda: at(listed({}), PLACES))
    assert error.pointer == "/credentialStatus/statusListIndex"


def test_the_purposes_of_entry_and_list_agree() -> None:
    several = listed({7: 1}, subject={"statusPurpose": ["suspension", "revocation"]})
    assert (at(several, 7), at(several, 7, purpose="suspension")) == (1, 1)
    error = refused("status.purpose_differs", "purpose suspension, revocation", lambda: at(several, 7, purpose="message"))
    assert error.pointer == "/credentialStatus/statusPurpose"


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"type": ["VerifiableCredential"]}, "it is no BitstringStatusListCredential"),
        ({"subject": {"type": "Other"}}, "it is no BitstringStatusListCredential"),
        ({"credentialSubject": [{"type": "BitstringStatusList"}] * 2}, "it is no BitstringStatusListCredential"),
        ({"credentialStatus": entry()}, "a status of its own"),
        ({"subject": {"statusPurpose": 1}}, "no statusPurpose"),
        ({"subject": {"encodedList": None}}, "no encodedList"),
        ({"subject": {"ttl": "300"}}, "ttl is no number"),
        ({"subject": {"ttl": -1}}, "ttl is no number"),
        ({"subject": {"ttl": True}}, "ttl is no number"),
    ],
)
def test_what_is_no_status_list(members: dict[str, Any], words: str) -> None:
    document = list_document(ISSUER, subject=members.pop("subject", None))
    refused("status.list_malformed", words, lambda: read_bitstring({**document, **members}))


@pytest.mark.parametrize(
    ("encoded", "words"),
    [
        ("z111", "starts with u"),
        (packed(b"")[1:], "starts with u"),
        ("u" + "=" * 4, "padding"),
        ("uAAAA", "no gzip stream"),
        (packed(bytes(20_000))[:-8], "breaks off"),
        (packed(bytes(20_000)) + "AAAA", "something follows"),
    ],
)
def test_what_cannot_be_unpacked(encoded: str, words: str) -> None:
    assert expand(packed(b"\x80" * 20_000)) == b"\x80" * 20_000
    refused("status.list_malformed", words, lambda: expand(encoded))


def test_a_bomb_is_not_inflated() -> None:
    assert len(expand(packed(bytes(limits.MAX_STATUS_LIST_BYTES)))) == limits.MAX_STATUS_LIST_BYTES
    refused("status.list_malformed", "more than 16,777,216 bytes", lambda: expand(packed(bytes(limits.MAX_STATUS_LIST_BYTES + 1))))


def test_what_the_purposes_mean() -> None:
    messages = [{"status": "0x0", "message": "pending"}, {"status": "0x1", "message": "sent"}]

    def judged(purpose: str, values: dict[int, int]) -> str | None:
        found = BitstringList((purpose,), packed(bits_of(values)), 1)
        return judge_bitstring(found, read_entry(entry(purpose=purpose, statusMessage=messages), "/credentialStatus"))

    for purpose in ("revocation", "suspension", "refresh", "other"):
        assert judged(purpose, {6: 1, 8: 1}) is None
    assert (judged("message", {}), judged("message", {7: 1})) == ("pending", "sent")
    assert judged("refresh", {7: 1}) == "A newer version of it may be had from its issuer."
    refused("status.revoked", "for the purpose revocation", lambda: judged("revocation", {7: 1}))
    refused("status.suspended", "for the purpose suspension", lambda: judged("suspension", {7: 1}))
    assert refused("status.unknown_purpose", "'other'", lambda: judged("other", {7: 1})).entry.undecided


def test_a_value_without_a_message() -> None:
    found = BitstringList(("message",), packed(bits_of({7: 2}, size=2)), 1)
    assert judge_bitstring(found, read_entry(entry(purpose="message", statusSize=2), "")) == "The status list says 0x2."
