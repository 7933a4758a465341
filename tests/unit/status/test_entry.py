"""Status entries: the members of the known type, and every other type left to the policy."""

from __future__ import annotations

from typing import Any

import pytest

from atesto.errors import MalformedInput
from atesto.status.entry import status_entries

ENTRY: dict[str, Any] = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "94567",
    "statusListCredential": "https://example.org/lists/1",
}


def test_an_entry_is_read() -> None:
    entries = status_entries({"credentialStatus": [ENTRY, {"type": "Other"}]})
    assert [entry.pointer for entry in entries] == ["/credentialStatus/0", "/credentialStatus/1"]
    assert [entry.known for entry in entries] == [True, False]
    assert (entries[0].purpose, entries[0].index, entries[0].list_url) == ("revocation", 94567, "https://example.org/lists/1")
    assert (entries[1].purpose, entries[1].index, entries[1].list_url) == (None, None, None)
    assert status_entries({}) == ()
    assert status_entries({"credentialStatus": {**ENTRY, "statusListIndex": "0", "statusSize": 1}})[0].index == 0


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"statusPurpose": ""}, "/credentialStatus/statusPurpose"),
        ({"statusPurpose": 1}, "/credentialStatus/statusPurpose"),
        *(
            ({"statusListIndex": bad}, "/credentialStatus/statusListIndex")
            for bad in ("-1", "0x10", "5.0", "", "٥", " 1", "01", "1\n", 5.0, -1, True, 10**12)
        ),
        ({"statusListCredential": "list"}, "/credentialStatus/statusListCredential"),
        ({"statusListCredential": None}, "/credentialStatus/statusListCredential"),
        ({"statusSize": 0}, "/credentialStatus/statusSize"),
        ({"statusSize": True}, "/credentialStatus/statusSize"),
        ({"statusSize": "1"}, "/credentialStatus/statusSize"),
    ],
)
def test_a_malformed_entry_is_refused(members: dict[str, Any], pointer: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        status_entries({"credentialStatus": {**ENTRY, **members}})
    assert (caught.value.code, caught.value.pointer) == ("status.malformed", pointer)
