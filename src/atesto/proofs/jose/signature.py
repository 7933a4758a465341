"""Signatures of tokens (RFC 7515 sections 5.1 and 5.2): the algorithm is the key's, never the token's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.encoding.base64url import encode_base64url
from atesto.encoding.jcs import canonicalize_json
from atesto.errors import UnsupportedFeature, VerificationError
from atesto.keys.algorithms import SIGNING_ALGORITHMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.keys.public_key import PublicKey
    from atesto.ports import Signer
    from atesto.proofs.jose.token import SignedToken


def check_token_signature(token: SignedToken, key: PublicKey) -> None:
    """Returns when `key` signed `token`, by an algorithm that is the key's own.

    Raises VerificationError `token.algorithm_mismatch`, `proof.signature_invalid`.
    """
    if token.algorithm not in key.parameters.jws_algorithms:
        raise VerificationError("token.algorithm_mismatch", f"The token says {token.algorithm}, and its key is of type {key.algorithm}.")
    key.verify(token.signature, token.signing_input, jws_algorithm=token.algorithm)


async def sign_token(header: Mapping[str, JsonValue], payload: JsonObject, *, signer: Signer) -> tuple[str, bytes]:
    """The compact token and the bytes that were signed. `alg` and `kid` are the signer's; payload and header are canonical JSON.

    Raises UnsupportedFeature `key.unsupported`, CustodyError.
    """
    parameters = SIGNING_ALGORITHMS.get(signer.public_key.algorithm)
    if parameters is None:
        raise UnsupportedFeature("key.unsupported", f"Nothing is signed with {signer.public_key.algorithm} keys here.")
    whole: JsonObject = {"alg": parameters.jws_algorithms[0], "kid": signer.verification_method, **header}
    signed = f"{encode_base64url(canonicalize_json(whole))}.{encode_base64url(canonicalize_json(payload))}"
    signature = encode_base64url(await signer.sign(signed.encode("ascii")))
    return f"{signed}.{signature}", signed.encode("ascii")
