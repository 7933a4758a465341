"""The form of a seal: what is read, and what is refused before any certificate is looked at."""

from __future__ import annotations

import base64
import copy
import json
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from atesto import limits
from atesto.encoding.base64url import decode_base64url, encode_base64url
from atesto.errors import AtestoError
from atesto.proofs.jades.seal import is_seal, parse_seal
from tests.simulators.seals import SEALED, World, resealed, sealed, with_parts

WORLD: Final = World()
PROTECTED: Final = "/signatures/0/protected"


async def one(**more: Any) -> Any:
    return await sealed(WORLD.holder, **more)


def refused(document: Any) -> tuple[str, str]:
    with pytest.raises(AtestoError) as caught:
        parse_seal(document)
    return caught.value.code, caught.value.pointer


@pytest.mark.parametrize("member", ["iat", "sigT"])
async def test_a_seal_is_taken_apart(member: Any) -> None:
    document = await one(claimed_time=member)
    seal = parse_seal(document)
    assert (seal.payload, seal.algorithm) == (document["payload"], "ES256")
    assert seal.chain == WORLD.holder.chain
    assert len(seal.chain) == 2
    assert (seal.claimed_at, seal.claimed_by) == (SEALED, member)
    assert (seal.parts, seal.content_timestamps) == ((), ())
    assert is_seal(document)
    assert not is_seal(json.loads(document["payload"]))


async def test_a_fraction_of_a_second_in_iat() -> None:
    document = resealed(await one(), WORLD.holder, iat=1_780_304_400.5)
    assert parse_seal(document).claimed_at == datetime.fromtimestamp(1_780_304_400.5, UTC)


# what is done to the header -> code
HEADERS: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "no alg": ({"alg": ...}, "seal.algorithm"),
    "alg none": ({"alg": "none"}, "seal.algorithm"),
    "alg HS256": ({"alg": "HS256"}, "seal.algorithm"),
    "alg EdDSA": ({"alg": "EdDSA"}, "seal.algorithm"),
    "alg in another case": ({"alg": "rs256"}, "seal.algorithm"),
    "alg is a list": ({"alg": ["ES256"]}, "seal.algorithm"),
    "unknown crit": ({"crit": ["b64", "sigD2"], "sigD2": 1}, "seal.critical"),
    "crit of what is known elsewhere": ({"crit": ["b64", "exp"], "exp": 1}, "seal.critical"),
    "crit names what is not there": ({"crit": ["b64", "sigT"]}, "seal.header"),
    "crit without b64": ({"crit": ["iat"]}, "seal.critical"),
    "crit empty": ({"crit": []}, "seal.header"),
    "crit twice the same": ({"crit": ["b64", "b64"]}, "seal.header"),
    "crit a text": ({"crit": "b64"}, "seal.header"),
    "crit of numbers": ({"crit": ["b64", 7]}, "seal.header"),
    "no crit": ({"crit": ...}, "seal.header"),
    "b64 true": ({"b64": True}, "seal.payload_encoding"),
    "b64 absent": ({"b64": ..., "crit": ["b64"]}, "seal.payload_encoding"),
    "b64 zero": ({"b64": 0}, "seal.payload_encoding"),
    "jku": ({"jku": "https://evil.example/keys"}, "seal.foreign_key"),
    "jwk": ({"jwk": {"kty": "EC"}}, "seal.foreign_key"),
    "x5u": ({"x5u": "https://evil.example/certificate"}, "seal.foreign_key"),
    "detached": ({"sigD": {"mId": "x"}}, "seal.form"),
    "another typ": ({"typ": "vc+jwt"}, "seal.header"),
    "no x5c": ({"x5c": ...}, "seal.header"),
    "x5c empty": ({"x5c": []}, "seal.header"),
    "x5c a text": ({"x5c": "AAAA"}, "seal.header"),
    "x5c too long": ({"x5c": ["AAAA"] * (limits.MAX_SEAL_CHAIN + 1)}, "seal.header"),
    "x5c base64url": ({"x5c": ["-_-_"]}, "seal.certificate_malformed"),
    "x5c without padding": ({"x5c": ["AAA"]}, "seal.certificate_malformed"),
    "x5c with unused bits": ({"x5c": ["AAB="]}, "seal.certificate_malformed"),
    "x5c with white space": ({"x5c": ["AA AA"]}, "seal.certificate_malformed"),
    "x5c of a number": ({"x5c": [7]}, "seal.certificate_malformed"),
    "x5c of a huge text": ({"x5c": ["A" * 40_000]}, "seal.certificate_malformed"),
    "x5c of letters that are no ASCII": ({"x5c": ["ÄÄÄÄ"]}, "seal.certificate_malformed"),
    "no x5t#S256": ({"x5t#S256": ...}, "seal.certificate_differs"),
    "another x5t#S256": ({"x5t#S256": "A" * 43}, "seal.certificate_differs"),
    "the chain the other way round": (
        {"x5c": [base64.b64encode(der).decode() for der in reversed(WORLD.holder.chain)]}, "seal.certificate_differs",
    ),
    "neither iat nor sigT": ({"iat": ...}, "seal.header"),
    "iat and sigT": ({"sigT": "2026-06-01T09:00:00Z"}, "seal.header"),
    "iat a text": ({"iat": "2026-06-01T09:00:00Z"}, "seal.header"),
    "iat true": ({"iat": True}, "seal.header"),
    "iat negative": ({"iat": -1}, "seal.header"),
    "iat behind all years": ({"iat": 253_402_300_800}, "seal.header"),
    "sigT a number": ({"iat": ..., "sigT": 7}, "seal.header"),
    "sigT without a zone": ({"iat": ..., "sigT": "2026-06-01T09:00:00"}, "seal.header"),
    "sigT a day": ({"iat": ..., "sigT": "2026-06-01"}, "time.malformed"),
    "adoTst empty": ({"adoTst": {"tstTokens": []}}, "seal.header"),
    "adoTst a text": ({"adoTst": "token"}, "seal.header"),
    "adoTst of many": ({"adoTst": {"tstTokens": [{"val": "AAAA"}] * 17}}, "seal.header"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "code"), HEADERS.values(), ids=HEADERS)
async def test_a_header_that_is_refused(changes: dict[str, Any], code: str) -> None:
    assert refused(resealed(await one(), WORLD.holder, **changes)) == (code, PROTECTED)


RAW: Final[dict[str, tuple[bytes, str]]] = {
    "a member twice": (b'{"alg":"ES256","alg":"none"}', "json.duplicate_member"),
    "no JSON": (b"{", "json.invalid"),
    "a list": (b"[]", "json.not_an_object"),
    "nested without end": (b'{"a":' * 100 + b"1" + b"}" * 100, "json.too_deep"),
    "not UTF-8": (b'{"alg":"\xff"}', "json.not_utf8"),
}


@pytest.mark.parametrize(("raw", "code"), RAW.values(), ids=RAW)
async def test_a_header_that_is_no_strict_object(raw: bytes, code: str) -> None:
    assert refused(resealed(await one(), WORLD.holder, _raw=raw)) == (code, PROTECTED)


def _change(path: tuple[Any, ...], value: Any) -> Any:
    def change(document: Any) -> None:
        place = document
        for step in path[:-1]:
            place = place[step]
        if value is ...:
            del place[path[-1]]
        else:
            place[path[-1]] = value

    return change


ROW: Final = ("signatures", 0)
SHAPES: Final[dict[str, tuple[Any, str, str]]] = {
    "a payload that is an object": (_change(("payload",), {}), "seal.malformed", "/payload"),
    "a member beside": (_change(("note",), "x"), "seal.malformed", "/note"),
    "no signatures": (_change(("signatures",), []), "seal.malformed", "/signatures"),
    "signatures is an object": (_change(("signatures",), {}), "seal.malformed", "/signatures"),
    "two signatures": (lambda document: document["signatures"].append(document["signatures"][0]), "seal.form", "/signatures"),
    "the flattened form": (lambda document: document.update(document.pop("signatures")[0]), "seal.form", ""),
    "both forms at once": (lambda document: document.update(document["signatures"][0]), "seal.form", ""),
    "a signature that is a text": (_change(("signatures",), ["x"]), "seal.malformed", "/signatures/0"),
    "a member beside the signature": (_change((*ROW, "note"), 1), "seal.malformed", "/signatures/0/note"),
    "no protected": (_change((*ROW, "protected"), ...), "seal.malformed", PROTECTED),
    "protected with padding": (_change((*ROW, "protected"), "e30="), "seal.malformed", PROTECTED),
    "protected is huge": (_change((*ROW, "protected"), "A" * 262_148), "seal.malformed", PROTECTED),
    "no signature": (_change((*ROW, "signature"), ...), "seal.malformed", "/signatures/0/signature"),
    "an empty signature": (_change((*ROW, "signature"), ""), "seal.malformed", "/signatures/0/signature"),
    "a signature in base64": (_change((*ROW, "signature"), "ab+/"), "seal.malformed", "/signatures/0/signature"),
    "alg in the unprotected header": (_change((*ROW, "header"), {"alg": "ES256"}), "seal.malformed", "/signatures/0/header"),
    "etsiU and x5c in the unprotected header": (
        _change((*ROW, "header"), {"etsiU": [], "x5c": []}),
        "seal.malformed",
        "/signatures/0/header",
    ),
    "an unprotected header that is a list": (_change((*ROW, "header"), []), "seal.malformed", "/signatures/0/header"),
    "etsiU is an object": (_change((*ROW, "header"), {"etsiU": {}}), "seal.malformed", "/signatures/0/header/etsiU"),
    "etsiU in clear": (_change((*ROW, "header"), {"etsiU": [{"sigTst": {}}]}), "seal.form", "/signatures/0/header/etsiU/0"),
    "etsiU of numbers": (_change((*ROW, "header"), {"etsiU": [7]}), "seal.malformed", "/signatures/0/header/etsiU/0"),
    "etsiU is huge": (_change((*ROW, "header"), {"etsiU": ["e30"] * 33}), "seal.malformed", "/signatures/0/header/etsiU"),
}


@pytest.mark.parametrize(("change", "code", "pointer"), SHAPES.values(), ids=SHAPES)
async def test_a_shape_that_is_refused(change: Any, code: str, pointer: str) -> None:
    document = await one()
    parse_seal(document)
    change(document)
    assert refused(document) == (code, pointer)


async def test_too_many_timestamps_in_few_parts() -> None:
    tokens = {"sigTst": {"tstTokens": [{"val": "AAAA"}] * 9}}
    document = await one()
    assert len(parse_seal(with_parts(document, tokens)).parts[0].tokens) == 9
    assert refused(with_parts(document, tokens, tokens)) == ("seal.malformed", "/signatures/0/header/etsiU")


async def test_parts_that_cannot_be_read_are_kept_without_a_name() -> None:
    document = with_parts(await one(), "!!!!", encode_base64url(b"{"), {}, {"a": 1, "b": 2}, {"cSig": "x"})
    assert [part.name for part in parse_seal(document).parts] == [None, None, None, None, "cSig"]
    assert [part.text for part in parse_seal(document).parts] == document["signatures"][0]["header"]["etsiU"]


async def test_nothing_is_written_into_the_document_that_is_read() -> None:
    document = await one()
    before = copy.deepcopy(document)
    parse_seal(document)
    assert document == before
    header = json.loads(decode_base64url(document["signatures"][0]["protected"]))
    assert list(header) == ["alg", "cty", "kid", "x5t#S256", "x5c", "typ", "b64", "iat", "crit"]
