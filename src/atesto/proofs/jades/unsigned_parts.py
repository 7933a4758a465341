"""The unsigned parts of a seal (`etsiU`, ETSI TS 119 182-1 section 5.3): timestamps, and what is needed to judge certificates later.

Anybody can add or change them, so none of them can make a seal false: a part that cannot be read is kept, without a name, and counts for
nothing. Only the list itself has to be one: base64url texts, within bounds. Parts in clear (JSON objects) are refused by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.encoding.base64url import decode_base64url
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import AtestoError, MalformedInput, UnsupportedFeature
from atesto.proofs.jades.asn1 import decode_base64

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.encoding.strict_json import JsonObject, JsonValue

KNOWN: Final = frozenset({"sigTst", "xVals", "rVals", "arcTst"})
_CODE: Final = "seal.malformed"


@dataclass(frozen=True, slots=True)
class UnsignedPart:
    """One entry of `etsiU`. `text` is the entry as received: archive timestamps are over it."""

    text: str
    name: str | None
    """Its one member's name; None when it cannot be read."""
    value: JsonValue = None

    @property
    def tokens(self) -> tuple[str, ...]:
        """The timestamps in it, in base64, when it is one of timestamps; empty otherwise."""
        return token_values(self.value) if self.name in {"sigTst", "arcTst"} else ()


def read_parts(listed: JsonValue, pointer: str) -> tuple[UnsignedPart, ...]:
    """Raises MalformedInput `seal.malformed`, UnsupportedFeature `seal.form`."""
    if not isinstance(listed, list) or len(listed) > limits.MAX_SEAL_PARTS:
        raise MalformedInput(_CODE, f"etsiU is no list of at most {limits.MAX_SEAL_PARTS} parts.", pointer=pointer)
    parts = []
    for index, text in enumerate(listed):
        if isinstance(text, dict):
            raise UnsupportedFeature("seal.form", "A part of etsiU stands in clear.", pointer=f"{pointer}/{index}")
        if not isinstance(text, str):
            raise MalformedInput(_CODE, "A part of etsiU is not a text.", pointer=f"{pointer}/{index}")
        parts.append(_part(text))
    if sum(len(part.tokens) for part in parts) > limits.MAX_SEAL_TIMESTAMPS:
        raise MalformedInput(_CODE, f"etsiU holds more than {limits.MAX_SEAL_TIMESTAMPS} timestamps.", pointer=pointer)
    return tuple(parts)


def token_values(container: JsonValue) -> tuple[str, ...]:
    """The base64 texts of a `tstContainer` (section 5.4.3.3), as far as it has its form."""
    tokens = container.get("tstTokens") if isinstance(container, dict) else None
    listed = tokens if isinstance(tokens, list) else []
    values = [token.get("val") for token in listed if isinstance(token, dict)]
    return tuple(value for value in values if isinstance(value, str))


def certificate_values(parts: tuple[UnsignedPart, ...]) -> tuple[bytes, ...]:
    """The certificates (DER) of `xVals`: intermediates and authorities, as far as they can be read."""
    found = [_encoded(row.get("x509Cert")) for part in parts if part.name == "xVals" for row in _rows(part.value)]
    return _decoded(found, limits.MAX_CERTIFICATE_BYTES, limits.MAX_SEAL_CERTIFICATES)


def revocation_values(parts: tuple[UnsignedPart, ...]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The CRLs and the OCSP responses (DER) of `rVals`, as far as they can be read."""
    values = [part.value for part in parts if part.name == "rVals" and isinstance(part.value, dict)]
    crls = [_encoded(row) for value in values for row in _rows(value.get("crlVals"))]
    responses = [_encoded(row) for value in values for row in _rows(value.get("ocspVals"))]
    most, size = limits.MAX_SEAL_REVOCATION_VALUES, limits.MAX_REVOCATION_BYTES
    return _decoded(crls, size, most), _decoded(responses, size, most)


def _part(text: str) -> UnsignedPart:
    try:
        members = parse_json_object(decode_base64url(text))
    except AtestoError:
        return UnsignedPart(text, None)
    if len(members) != 1:
        return UnsignedPart(text, None)
    ((name, value),) = members.items()
    return UnsignedPart(text, name[: limits.MAX_NAME_CHARACTERS], value)


def _rows(value: JsonValue) -> Iterator[JsonObject]:
    yield from (row for row in (value if isinstance(value, list) else []) if isinstance(row, dict))


def _encoded(row: JsonValue) -> JsonValue:
    return row.get("val") if isinstance(row, dict) else None


def _decoded(texts: list[JsonValue], max_bytes: int, most: int) -> tuple[bytes, ...]:
    found = []
    for text in texts[:most]:
        try:
            found.append(decode_base64(text, code=_CODE, what="A value", max_bytes=max_bytes))
        except MalformedInput:
            continue
    return tuple(found)
