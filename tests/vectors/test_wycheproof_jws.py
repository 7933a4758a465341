"""Wycheproof: JSON Web Signatures, one test a case, through the splitter, the header rules and the keys.

Cases that this node judges otherwise than the file, and why:
- HS256: refused, valid or not: a shared secret is no issuer's key (`token.algorithm`);
- RS384, RS512, PS384, PS512 and the misspelt ES521: not on the allow list, so their keys are refused;
- a token that names PS384 under a key that says PS256 (RFC 7520 figure 20): refused;
- a payload that is no JSON object: such a token is no JWT, so payloads are not parsed here.
"""

from __future__ import annotations

from typing import Any, Final

import pytest

from atesto.encoding.compact_jws import split_compact_jws
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import AtestoError
from atesto.keys.algorithms import JWS_ALGORITHMS
from atesto.keys.jwk import parse_public_jwk
from atesto.proofs.jose.signature import check_token_signature
from atesto.proofs.jose.token import SignedToken
from tests.reference_data import reference

COUNT: Final = 248
GROUP_MEMBERS: Final = {"type", "source", "comment", "private", "public", "tests"}
TEST_MEMBERS: Final = {"tcId", "comment", "flags", "jws", "result"}
NOT_TAKEN: Final = {"HS256", "RS384", "RS512", "PS384", "PS512", "ES521"}
PS384_UNDER_PS256: Final = {346, 350}


def cases() -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    file: Any = parse_json_object(reference("vectors", "wycheproof", "json_web_signature_test.json").read_bytes())
    found = {}
    for group in file["testGroups"]:
        assert group.keys() <= GROUP_MEMBERS
        for test in group["tests"]:
            assert test.keys() <= TEST_MEMBERS
            found[f"tc{test['tcId']}-{test['comment']}"] = (group, test)
    assert len(found) == file["numberOfTests"] == COUNT
    return found


CASES: Final = cases()


def verify(jwk: dict[str, Any], text: str) -> None:
    parts = split_compact_jws(text)
    key = parse_public_jwk(jwk)
    algorithm = parts.header["alg"]
    assert isinstance(algorithm, str)
    check_token_signature(SignedToken(text, parts.header, {}, parts.signing_input, parts.signature, algorithm), key)


@pytest.mark.parametrize(("group", "test"), CASES.values(), ids=CASES)
def test_json_web_signature(group: dict[str, Any], test: dict[str, Any]) -> None:
    jwk = group.get("public") or group["private"]
    if jwk.get("alg") in NOT_TAKEN:
        assert jwk["alg"] not in JWS_ALGORITHMS
        with pytest.raises(AtestoError) as caught:
            parse_public_jwk(jwk)
        assert caught.value.code in {"key.weak", "key.malformed"}
    elif test["result"] == "valid" and test["tcId"] not in PS384_UNDER_PS256:
        verify(jwk, test["jws"])
    else:
        with pytest.raises(AtestoError) as caught:
            verify(jwk, test["jws"])
        expected = {
            "token.malformed",
            "json.invalid",
            "json.not_utf8",
            "key.malformed",
            "token.algorithm_mismatch",
            "proof.signature_invalid",
        }
        assert caught.value.code in expected
