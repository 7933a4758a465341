"""Tokens, good and bad, and signers whose keys only JOSE knows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from atesto.dids.methods.jwk import did_jwk
from atesto.dids.methods.key import did_key, did_key_method
from atesto.encoding.base64url import encode_base64url
from atesto.keys.algorithms import EVERY_ALGORITHM
from atesto.keys.jwk import parse_public_jwk
from atesto.ports import DidUrl

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.encoding.strict_json import JsonObject
    from atesto.keys.public_key import PublicKey
    from atesto.ports import Did, Signer

V2: Final = "https://www.w3.org/ns/credentials/v2"
TYPES: Final = {"credential": "vc+jwt", "presentation": "vp+jwt"}
GONE: Any = ...
"""In the place of a header member: it is left out."""


@dataclass(frozen=True, slots=True)
class JwkSigner:
    """A signer with a key of a kind that this node only verifies, under did:jwk or, with `method="key"`, did:key."""

    jws_algorithm: str
    public_key: PublicKey
    raw_sign: Callable[[bytes], bytes]
    method: str = "jwk"

    @property
    def did(self) -> Did:
        return did_key(self.public_key) if self.method == "key" else did_jwk(self.public_key)

    @property
    def verification_method(self) -> DidUrl:
        return did_key_method(self.public_key) if self.method == "key" else DidUrl(f"{self.did}#0")

    async def sign(self, data: bytes) -> bytes:
        return self.raw_sign(data)


def ec_signer(jws_algorithm: str) -> JwkSigner:
    """ES512 or ES256K."""
    name, curve, hash_algorithm = {
        "ES512": ("P-521", ec.SECP521R1(), hashes.SHA512()),
        "ES256K": ("secp256k1", ec.SECP256K1(), hashes.SHA256()),
    }[jws_algorithm]
    private = ec.derive_private_key(77, curve)
    numbers = private.public_key().public_numbers()
    length = EVERY_ALGORITHM[name].signature_bytes // 2

    def sign(data: bytes) -> bytes:
        r, s = decode_dss_signature(private.sign(data, ec.ECDSA(hash_algorithm)))
        return r.to_bytes(length, "big") + s.to_bytes(length, "big")

    x, y = (encode_base64url(value.to_bytes(length, "big")) for value in (numbers.x, numbers.y))
    return JwkSigner(jws_algorithm, parse_public_jwk({"kty": "EC", "crv": name, "x": x, "y": y}), sign)


RSA_KEY: Final = rsa.generate_private_key(65_537, 2048)


def rsa_signer(jws_algorithm: str) -> JwkSigner:
    """RS256 or PS256, over one key."""
    scheme = padding.PKCS1v15() if jws_algorithm == "RS256" else padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    n = encode_base64url(RSA_KEY.public_key().public_numbers().n.to_bytes(256, "big"))
    return JwkSigner(
        jws_algorithm, parse_public_jwk({"kty": "RSA", "n": n, "e": "AQAB"}), lambda data: RSA_KEY.sign(data, scheme, hashes.SHA256())
    )


async def token(payload: Any, signer: Signer, *, kind: str = "credential", raw_header: str | None = None, **header: Any) -> str:
    """A token by `signer`; `payload` is JSON or the very bytes. `header` members replace the ordinary ones; GONE leaves one out."""
    algorithm = getattr(signer, "jws_algorithm", signer.public_key.parameters.jws_algorithms[0])
    ordinary = {"alg": algorithm, "kid": signer.verification_method, "typ": TYPES[kind]}
    whole = {name: value for name, value in {**ordinary, **header}.items() if value is not GONE}
    head = (raw_header or json.dumps(whole)).encode()
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    signed = f"{encode_base64url(head)}.{encode_base64url(body)}"
    return f"{signed}.{encode_base64url(await signer.sign(signed.encode()))}"


def envelope(text: str, kind: str = "credential", media_type: str | None = None, **members: Any) -> JsonObject:
    """The envelope of a token; `members` replace the ordinary ones, GONE leaves one out."""
    types = {"credential": "EnvelopedVerifiableCredential", "presentation": "EnvelopedVerifiablePresentation"}
    ordinary = {"@context": [V2], "type": types[kind], "id": f"data:{media_type or f'application/{TYPES[kind]}'},{text}"}
    changed = {"@context" if name == "context" else name: value for name, value in members.items()}
    return {name: value for name, value in {**ordinary, **changed}.items() if value is not GONE}
