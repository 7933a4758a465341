"""Public JSON Web Keys (RFC 7517, 7518 sections 6.2 and 6.3, 8037 section 2, 8812 section 3), strictly.

Checks, in order:
1. no private and no symmetric member (`d`, `k`, RSA factors): a published secret is nobody's key;
2. `kty` and `crv` are one of this node's algorithms;
3. the members that the key type needs are there, as strings; `y` only where it belongs;
4. `use`, `key_ops` and `alg`, where they stand, fit a verification key of this algorithm;
5. coordinates in base64url without padding, of the exact length (RFC 7518 6.2.1.2); RSA numbers without leading zeros (2, Base64urlUInt);
6. the point is on the curve, and the key passes its own checks (public_key).

Members that play no part (`kid`, `x5c` …) are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jwcrypto.common import JWException
from jwcrypto.jwk import JWK

from atesto.encoding.base64url import decode_base64url, encode_base64url
from atesto.encoding.json_pointer import json_pointer
from atesto.errors import MalformedInput, UnsupportedFeature
from atesto.keys.algorithms import EVERY_ALGORITHM, KeyAlgorithm
from atesto.keys.public_key import PublicKey
from atesto.keys.rsa import rsa_raw

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

_SECRET_MEMBERS: Final = ("d", "k", "p", "q", "dp", "dq", "qi", "oth", "priv")
_BY_CURVE: Final = {(row.jwk_kty, row.jwk_crv): row for row in EVERY_ALGORITHM.values()}


def public_jwk(key: PublicKey) -> JsonObject:
    """`key` as a JWK with the members that its type requires and no other, in the order of RFC 7638."""
    parameters = key.parameters
    if parameters.jwk_kty == "OKP":
        return {"crv": parameters.jwk_crv, "kty": parameters.jwk_kty, "x": encode_base64url(key.raw)}
    if parameters.jwk_kty == "RSA":
        n, e = (encode_base64url(number.to_bytes((number.bit_length() + 7) // 8, "big")) for number in key.modulus_and_exponent())
        return {"e": e, "kty": "RSA", "n": n}
    length = parameters.public_bytes - 1
    x, y = (encode_base64url(number.to_bytes(length, "big")) for number in key.coordinates())
    return {"crv": parameters.jwk_crv, "kty": parameters.jwk_kty, "x": x, "y": y}


def parse_public_jwk(jwk: JsonObject) -> PublicKey:
    """The key of a public JWK, with the pointer of the fault inside it.

    Raises MalformedInput `key.malformed`, `key.weak`; UnsupportedFeature `key.unsupported`. It does not check whose key it is.
    """
    for member in _SECRET_MEMBERS:
        if member in jwk:
            raise MalformedInput("key.weak", "The JWK holds a secret, so everybody who sees it has it.", pointer=json_pointer(member))
    parameters = _parameters(jwk)
    _check_purpose(jwk, parameters)
    if parameters.jwk_kty == "RSA":
        return PublicKey("RSA", rsa_raw(_number(jwk, "n"), _number(jwk, "e")))
    if parameters.jwk_kty == "OKP":
        if "y" in jwk:
            raise MalformedInput("key.malformed", "An OKP key has no y.", pointer="/y")
        return PublicKey(parameters.name, _coordinate(jwk, "x", parameters.public_bytes))
    length = parameters.public_bytes - 1
    x, y = _coordinate(jwk, "x", length), _coordinate(jwk, "y", length)
    key = PublicKey(parameters.name, bytes([2 + (y[-1] & 1)]) + x)
    if key.coordinates()[1] != int.from_bytes(y, "big"):
        raise MalformedInput("key.malformed", f"The {parameters.name} key is not a point of its curve.", pointer="/y")
    return key


def jwk_thumbprint(key: PublicKey) -> str:
    """The RFC 7638 thumbprint of `key`: SHA-256, base64url."""
    try:
        return str(JWK(**public_jwk(key)).thumbprint())
    except JWException as error:
        raise MalformedInput("key.malformed", f"The key has no thumbprint: {error}.") from None


def _parameters(jwk: JsonObject) -> KeyAlgorithm:
    kty, crv = jwk.get("kty"), jwk.get("crv")
    if not isinstance(kty, str):
        raise MalformedInput("key.malformed", "The JWK has no key type.", pointer="/kty")
    if kty == "RSA":
        return EVERY_ALGORITHM["RSA"]
    if kty not in {"OKP", "EC"}:
        raise UnsupportedFeature("key.unsupported", f"Keys of type {kty[:64]!r} are not used here.", pointer="/kty")
    if not isinstance(crv, str):
        raise MalformedInput("key.malformed", "The JWK names no curve.", pointer="/crv")
    parameters = _BY_CURVE.get((kty, crv))
    if parameters is None:
        raise UnsupportedFeature("key.unsupported", f"{kty} keys of the curve {crv[:64]!r} are not used here.", pointer="/crv")
    return parameters


def _check_purpose(jwk: JsonObject, parameters: KeyAlgorithm) -> None:
    if jwk.get("use", "sig") != "sig":
        raise MalformedInput("key.malformed", "The JWK says that it is not for signatures.", pointer="/use")
    operations = jwk.get("key_ops", ["verify"])
    if not isinstance(operations, list) or "verify" not in operations:
        raise MalformedInput("key.malformed", "The JWK says that it does not verify.", pointer="/key_ops")
    algorithms = parameters.jws_algorithms
    if jwk.get("alg", algorithms[0]) not in algorithms:
        raise MalformedInput("key.malformed", f"The JWK names another algorithm than its {parameters.name} key has.", pointer="/alg")


def _coordinate(jwk: JsonObject, member: str, length: int) -> bytes:
    data = _bytes(jwk, member)
    if len(data) != length:
        raise MalformedInput(
            "key.malformed", f"The {member} of the JWK has {len(data)} bytes instead of {length}.", pointer=json_pointer(member)
        )
    return data


def _number(jwk: JsonObject, member: str) -> int:
    data = _bytes(jwk, member)
    if not data or data[0] == 0:
        raise MalformedInput("key.malformed", f"The {member} of the JWK is empty or starts with a zero.", pointer=json_pointer(member))
    return int.from_bytes(data, "big")


def _bytes(jwk: JsonObject, member: str) -> bytes:
    text = jwk.get(member)
    pointer = json_pointer(member)
    if not isinstance(text, str):
        raise MalformedInput("key.malformed", f"The JWK has no {member}.", pointer=pointer)
    try:
        return decode_base64url(text)
    except MalformedInput as error:
        raise MalformedInput("key.malformed", error.detail, pointer=pointer) from None
