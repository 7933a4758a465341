"""Status lists, good and bad, and the credentials that name them."""

from __future__ import annotations

import zlib
from typing import Any, Final

from atesto.encoding.base64url import encode_base64url
from tests.simulators.parts import MemorySigner, credential, secured

LIST_URL: Final = "https://issuer.example/status/1"
PLACES: Final = 131_072


def packed(bits: bytes) -> str:
    """`encodedList` of these bits."""
    deflating = zlib.compressobj(9, zlib.DEFLATED, 31)
    return "u" + encode_base64url(deflating.compress(bits) + deflating.flush())


def bits_of(values: dict[int, int], *, size: int = 1, places: int = PLACES) -> bytes:
    """The bits of a list with these values, the first place leftmost."""
    whole = bytearray(places * size // 8)
    for index, value in values.items():
        for bit in range(size):
            position = index * size + bit
            if value >> (size - 1 - bit) & 1:
                whole[position // 8] |= 128 >> position % 8
    return bytes(whole)


def entry(index: Any = "7", *, purpose: str = "revocation", url: str = LIST_URL, **members: Any) -> dict[str, Any]:
    """An entry of `credentialStatus`."""
    return {
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": index,
        "statusListCredential": url,
        **members,
    }


def list_document(signer: MemorySigner, values: dict[int, int] | None = None, *, size: int = 1, subject: Any = None, **members: Any) -> Any:
    """A status list credential by `signer`, unsigned. `subject`: members of its subject, changed or added."""
    listed = {
        "id": LIST_URL + "#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": packed(bits_of(values or {}, size=size)),
        **(subject or {}),
    }
    ordinary = {"id": LIST_URL, "type": ["VerifiableCredential", "BitstringStatusListCredential"], "name": ..., "credentialSubject": listed}
    return credential(signer, **{**ordinary, **members})


async def status_list(signer: MemorySigner, values: dict[int, int] | None = None, **members: Any) -> Any:
    """The same with a proof."""
    return await secured(list_document(signer, values, **members), signer)
