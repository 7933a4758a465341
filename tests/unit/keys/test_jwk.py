"""JWK both ways, and what is refused, with code and pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jwcrypto.jwk import InvalidJWKValue

from atesto.errors import AtestoError
from atesto.keys import jwk as module
from atesto.keys.algorithms import ALGORITHMS
from atesto.keys.jwk import jwk_thumbprint, parse_public_jwk, public_jwk
from atesto.keys.private_key import PrivateKey
from atesto.keys.public_key import PublicKey

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

OKP: JsonObject = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
# RFC 7517 A.1, the first key.
EC: JsonObject = {
    "kty": "EC",
    "crv": "P-256",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
}


def without(jwk: JsonObject, *members: str) -> JsonObject:
    return {name: value for name, value in jwk.items() if name not in members}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_both_ways(algorithm: str) -> None:
    key = PrivateKey.from_seed(algorithm, bytes([7]) * ALGORITHMS[algorithm].secret_bytes).public_key
    jwk = public_jwk(key)
    assert parse_public_jwk(jwk) == key
    assert list(jwk) == (["crv", "kty", "x"] if algorithm == "Ed25519" else ["crv", "kty", "x", "y"])


@pytest.mark.parametrize("jwk", [OKP, EC], ids=["RFC 8037", "RFC 7517"])
def test_published_key(jwk: JsonObject) -> None:
    assert public_jwk(parse_public_jwk(jwk)) == jwk


def test_published_thumbprint() -> None:
    """RFC 8037 A.3."""
    assert jwk_thumbprint(parse_public_jwk(OKP)) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_fault_of_the_library_does_not_pass_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise InvalidJWKValue("broken")

    monkeypatch.setattr(module, "JWK", broken)
    with pytest.raises(AtestoError) as caught:
        jwk_thumbprint(parse_public_jwk(OKP))
    assert caught.value.code == "key.malformed"


def test_coordinates_with_leading_zeros_keep_their_length() -> None:
    key = PublicKey("P-256", b"\2" + (5).to_bytes(32, "big"))
    assert public_jwk(key)["x"] == "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAU"
    assert parse_public_jwk(public_jwk(key)) == key


def test_unknown_members_and_fitting_purposes_are_accepted() -> None:
    extras: tuple[JsonObject, ...] = ({"kid": "a"}, {"use": "sig"}, {"key_ops": ["verify"]}, {"x5c": []})
    for extra in extras:
        parse_public_jwk({**OKP, **extra})
    for algorithm in ("EdDSA", "Ed25519"):
        parse_public_jwk({**OKP, "alg": algorithm})
    parse_public_jwk({**EC, "alg": "ES256"})


REFUSED: dict[str, tuple[JsonObject, str, str]] = {
    "empty": ({}, "key.malformed", "/kty"),
    "kty is a number": ({**OKP, "kty": 1}, "key.malformed", "/kty"),
    "symmetric": ({"kty": "oct", "k": "AAAA"}, "key.weak", "/k"),
    "symmetric without its key": ({"kty": "oct"}, "key.unsupported", "/kty"),
    "RSA of 17 bits": ({"kty": "RSA", "n": "AQAB", "e": "AQAB"}, "key.weak", ""),
    "private EC": ({**EC, "d": "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}, "key.weak", "/d"),
    "private OKP": ({**OKP, "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}, "key.weak", "/d"),
    "private, null": ({**OKP, "d": None}, "key.weak", "/d"),
    "RSA factor": ({**OKP, "p": "AA"}, "key.weak", "/p"),
    "RSA factor q": ({**OKP, "q": "AA"}, "key.weak", "/q"),
    "RSA exponents": ({**OKP, "dp": "AA"}, "key.weak", "/dp"),
    "RSA dq": ({**OKP, "dq": "AA"}, "key.weak", "/dq"),
    "RSA qi": ({**OKP, "qi": "AA"}, "key.weak", "/qi"),
    "RSA oth": ({**OKP, "oth": []}, "key.weak", "/oth"),
    "AKP secret": ({**OKP, "priv": "AA"}, "key.weak", "/priv"),
    "X25519": ({**OKP, "crv": "X25519"}, "key.unsupported", "/crv"),
    "Ed448": ({**OKP, "crv": "Ed448"}, "key.unsupported", "/crv"),
    "P-256 point on secp256k1": ({**EC, "crv": "secp256k1"}, "key.malformed", "/y"),
    "P-256 coordinates on P-521": ({**EC, "crv": "P-521"}, "key.malformed", "/x"),
    "P-224": ({**EC, "crv": "P-224"}, "key.unsupported", "/crv"),
    "no curve": (without(EC, "crv"), "key.malformed", "/crv"),
    "curve is a list": ({**EC, "crv": ["P-256"]}, "key.malformed", "/crv"),
    "kty of the other": ({**OKP, "kty": "EC"}, "key.unsupported", "/crv"),
    "curve of the other": ({**EC, "crv": "Ed25519"}, "key.unsupported", "/crv"),
    "no x": (without(OKP, "x"), "key.malformed", "/x"),
    "no y": (without(EC, "y"), "key.malformed", "/y"),
    "x is a number": ({**EC, "x": 5}, "key.malformed", "/x"),
    "OKP with y": ({**OKP, "y": "AAAA"}, "key.malformed", "/y"),
    "padding": ({**OKP, "x": str(OKP["x"]) + "="}, "key.malformed", "/x"),
    "standard alphabet": ({**OKP, "x": str(OKP["x"]).replace("_", "/")}, "key.malformed", "/x"),
    "trailing bits": ({**OKP, "x": str(OKP["x"])[:-1] + "p"}, "key.malformed", "/x"),
    "whitespace": ({**OKP, "x": str(OKP["x"]) + "\n"}, "key.malformed", "/x"),
    "short x": ({**EC, "x": "AAAA"}, "key.malformed", "/x"),
    "zero-padded y": ({**EC, "y": "AOBLZekkVtmIi1Kzeb371R7oae8fD8ZbZllpW2zOCBcj"}, "key.malformed", "/y"),
    "off the curve, other parity": ({**EC, "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyI"}, "key.malformed", "/y"),
    "x without a point": ({**EC, "x": "A" * 42 + "E"}, "key.malformed", ""),
    "off the curve, same parity": ({**EC, "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyE"}, "key.malformed", "/y"),
    "point at infinity": ({**EC, "x": "A" * 43, "y": "A" * 43}, "key.malformed", "/y"),
    "small order": ({**OKP, "x": "AQ" + "A" * 41}, "key.weak", ""),
    "for encryption": ({**EC, "use": "enc"}, "key.malformed", "/use"),
    "use is null": ({**EC, "use": None}, "key.malformed", "/use"),
    "for signing only": ({**EC, "key_ops": ["sign"]}, "key.malformed", "/key_ops"),
    "key_ops is text": ({**EC, "key_ops": "verify"}, "key.malformed", "/key_ops"),
    "other algorithm": ({**EC, "alg": "ES384"}, "key.malformed", "/alg"),
    "HMAC": ({**OKP, "alg": "HS256"}, "key.malformed", "/alg"),
    "alg is a list": ({**OKP, "alg": ["EdDSA"]}, "key.malformed", "/alg"),
}


@pytest.mark.parametrize(("jwk", "code", "pointer"), REFUSED.values(), ids=REFUSED)
def test_refused(jwk: JsonObject, code: str, pointer: str) -> None:
    with pytest.raises(AtestoError) as caught:
        parse_public_jwk(jwk)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)
