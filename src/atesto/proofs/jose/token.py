"""A signed JSON Web Token, read without trust (RFC 7515 section 4, RFC 7519 section 7.2, RFC 8725 section 3).

Checks, in order:
1. the strict split (encoding.compact_jws): three parts, canonical base64url, a header without duplicate names; a JAdES seal in compact
   form is named as what it is;
2. `crit`: no extension is understood here, so a token that demands one is refused (RFC 7515 4.1.11);
3. `b64`: a token's payload is always base64url (RFC 7797 section 7), whether or not `crit` says so;
4. `jku`, `x5u`, `x5c`: a token does not say where its key is to be had; the key is the one that its author publishes;
5. `alg` is one of the allow list; none and HMAC prove nothing;
6. `kid`, `typ` and `cty`, when there, are texts, and `jwk` is an object;
7. the payload is one strict JSON object: no duplicate names, bounded depth and numbers.

It does not check that `alg` is the key's (that is `signature`), nor `typ`, the claims or the signature; nor whether the form of the token
allows a `jwk`, which proves nothing by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.encoding.compact_jws import split_compact_jws
from atesto.encoding.strict_json import json_type, parse_json_object
from atesto.errors import MalformedInput, UnsupportedFeature
from atesto.keys.algorithms import JWS_ALGORITHMS

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

_KEY_MEMBERS: Final = ("jku", "x5u", "x5c")
_SEAL_MEMBERS: Final = frozenset({"sigT", "x5t#S256", "sigX5ts", "sigD", "adoTst"})
_TEXT_MEMBERS: Final = ("kid", "typ", "cty")


@dataclass(frozen=True, slots=True)
class SignedToken:
    """A token taken apart. `text` is what was received, to the letter; `signing_input` is what was signed."""

    text: str
    header: JsonObject
    payload: JsonObject
    signing_input: bytes
    signature: bytes
    algorithm: str

    @property
    def key_id(self) -> str | None:
        """The `kid`, None when the header has none."""
        return _text(self.header, "kid")

    @property
    def jwk(self) -> JsonObject | None:
        """The `jwk`, None when the header has none. It is the token's own word: whose key it is, somebody else has to say."""
        value = self.header.get("jwk")
        return value if isinstance(value, dict) else None

    @property
    def typ(self) -> str | None:
        """The `typ` as it stands in the header, None when the header has none."""
        return _text(self.header, "typ")

    @property
    def cty(self) -> str | None:
        """The `cty` as it stands in the header, None when the header has none."""
        return _text(self.header, "cty")


def parse_token(text: str) -> SignedToken:
    """Raises MalformedInput `token.*` or `json.*`, UnsupportedFeature `token.*`. Pointers lead into the payload."""
    parts = split_compact_jws(text)
    header = parts.header
    if "x5c" in header and not _SEAL_MEMBERS.isdisjoint(header):
        raise UnsupportedFeature("seal.form", "This is a JAdES seal in compact form; seals are read in the general form, with signatures.")
    if "crit" in header:
        raise UnsupportedFeature("token.critical", "The token demands an extension that this node does not know.")
    if "b64" in header:
        raise UnsupportedFeature("token.unencoded", "The token changes how its payload is encoded.")
    for name in _KEY_MEMBERS:
        if name in header:
            raise UnsupportedFeature("token.foreign_key", f"The token's header brings or names a key of its own ({name}).")
    algorithm = _algorithm(header)
    for name in _TEXT_MEMBERS:
        if name in header and not isinstance(header[name], str):
            raise MalformedInput("token.header", f"The token's {name} is {json_type(header[name])}, not a text.")
    if "jwk" in header and not isinstance(header["jwk"], dict):
        raise MalformedInput("token.header", f"The token's jwk is {json_type(header['jwk'])}, not an object.")
    return SignedToken(text, header, parse_json_object(parts.payload), parts.signing_input, parts.signature, algorithm)


def _algorithm(header: JsonObject) -> str:
    algorithm = header.get("alg")
    if not isinstance(algorithm, str):
        what = "missing" if "alg" not in header else json_type(algorithm)
        raise MalformedInput("token.header", f"The token's alg is {what}.")
    if algorithm not in JWS_ALGORITHMS:
        raise UnsupportedFeature("token.algorithm", f"The token names the algorithm {algorithm[:32]!r}, which is not taken here.")
    return algorithm


def _text(header: JsonObject, name: str) -> str | None:
    value = header.get(name)
    return value if isinstance(value, str) else None
