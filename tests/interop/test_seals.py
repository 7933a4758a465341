"""Seals beside other implementations: `jose` of npm and OpenSSL check our signatures, we check those of jose; OpenSSL's timestamps."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.x509.oid import ExtendedKeyUsageOID

from atesto.adapters.timestamp_client import TimestampClient
from atesto.encoding.base64url import decode_base64url
from atesto.proofs.jades.assessment import SealTrust, assess_seal
from atesto.proofs.jades.create import SealOptions, payload_text, seal_header
from atesto.proofs.jades.seal import parse_seal
from atesto.proofs.jades.timestamp import read_timestamp_answer, timestamp_request
from tests.required_tools import openssl
from tests.simulators.clocks import service
from tests.simulators.openssl_clock import OpensslClock
from tests.simulators.seals import NOW, PAYLOAD, SEALED, World, certified, number, public_jwk, resealed, sealed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.interop.node_peer import NodePeer
    from tests.simulators.seals import Holder

pytestmark = pytest.mark.interop

WORLD: Final = World()
TRUST: Final = SealTrust((WORLD.root.der,))
KINDS: Final = {"P-256": "ES256", "P-384": "ES384", "RSA-2048": "RS256"}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """One call of OpenSSL: its exit code, and what it said."""
    return subprocess.run([openssl(), *arguments], capture_output=True, check=False)


def pem(folder: Path, name: str, der: bytes) -> Path:
    path = folder / name
    path.write_bytes(b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(der) + b"-----END CERTIFICATE-----\n")
    return path


EACH_KIND = pytest.mark.parametrize(("kind", "alg"), KINDS.items(), ids=KINDS)


def private_jwk(holder: Holder) -> dict[str, str]:
    numbers: Any = holder.key.private_numbers()
    if not hasattr(numbers, "p"):
        return {**public_jwk(holder), "d": number(numbers.private_value, holder.key.key_size // 8)}
    secret = {"d": numbers.d, "p": numbers.p, "q": numbers.q, "dp": numbers.dmp1, "dq": numbers.dmq1, "qi": numbers.iqmp}
    return {**public_jwk(holder), **{name: number(value) for name, value in secret.items()}}


@EACH_KIND
@pytest.mark.parametrize("claimed_time", ["iat", "sigT"])
async def test_jose_verifies_our_seal(peer: NodePeer, kind: str, alg: str, claimed_time: str) -> None:
    holder = WORLD.authority.issue(kind=kind)
    document = await sealed(holder, claimed_time=claimed_time)
    key = public_jwk(holder)
    assert peer.ask("verifySeal", key=key, alg=alg, seal=document) == {"payload": document["payload"]}
    changed = {**document, "payload": document["payload"].replace("2026", "2025")}
    refused = {"refused": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"}
    assert peer.ask("verifySeal", key=key, alg=alg, seal=changed) == refused
    assert peer.ask("verifySeal", key=public_jwk(WORLD.authority.issue(kind=kind, number=99)), alg=alg, seal=document) == refused


@EACH_KIND
@pytest.mark.parametrize("claimed_time", ["iat", "sigT"])
async def test_we_verify_what_jose_signs(peer: NodePeer, kind: str, alg: str, claimed_time: Any) -> None:
    holder = WORLD.authority.issue(kind=kind)
    header = seal_header(holder.chain, SealOptions(SEALED, claimed_time))
    document = peer.ask("signSeal", key=private_jwk(holder), header=header, payload=payload_text(PAYLOAD))
    found = assess_seal(parse_seal(document), TRUST, now=NOW)
    assert (found.indication.value, found.algorithm) == ("TOTAL-PASSED", alg)


async def test_we_verify_ps256_of_jose(peer: NodePeer) -> None:
    holder = WORLD.authority.issue(kind="RSA-2048")
    header = {**seal_header(holder.chain, SealOptions(SEALED)), "alg": "PS256"}
    document = peer.ask("signSeal", key=private_jwk(holder), header=header, payload=payload_text(PAYLOAD))
    assert assess_seal(parse_seal(document), TRUST, now=NOW).indication.value == "TOTAL-PASSED"


@EACH_KIND
async def test_openssl_verifies_our_seal(tmp_path: Path, kind: str, alg: str) -> None:
    """With the certificate out of the seal: `openssl x509` reads it, `openssl dgst` checks the signature."""
    holder = WORLD.authority.issue(kind=kind)
    document = await sealed(holder)
    row = document["signatures"][0]
    header = json.loads(decode_base64url(row["protected"]))
    (tmp_path / "certificate.der").write_bytes(base64.b64decode(header["x5c"][0]))
    signature = decode_base64url(row["signature"])
    if alg.startswith("ES"):
        half = len(signature) // 2
        signature = encode_dss_signature(int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big"))
    (tmp_path / "signature").write_bytes(signature)
    key = run("x509", "-inform", "DER", "-in", tmp_path / "certificate.der", "-pubkey", "-noout").stdout
    (tmp_path / "key.pem").write_bytes(key)
    for payload, code in ((document["payload"], 0), (document["payload"] + " ", 1)):
        (tmp_path / "signed").write_bytes(f"{row['protected']}.{payload}".encode())
        digest = "-sha384" if alg == "ES384" else "-sha256"
        told = run("dgst", digest, "-verify", tmp_path / "key.pem", "-signature", tmp_path / "signature", tmp_path / "signed")
        assert told.returncode == code, told.stderr


async def test_openssl_follows_our_chain(tmp_path: Path) -> None:
    """The same chain, judged by `openssl verify` at the time of sealing."""
    leaf, above = (pem(tmp_path, f"{number}.pem", der) for number, der in enumerate(WORLD.holder.chain))
    root = pem(tmp_path, "root.pem", WORLD.root.der)
    told = run("verify", "-attime", str(int(SEALED.timestamp())), "-CAfile", root, "-untrusted", above, leaf)
    assert told.returncode == 0, told.stderr
    assert assess_seal(parse_seal(await sealed(WORLD.holder)), TRUST, now=NOW).trusted


@pytest.fixture
def clock(tmp_path: Path) -> OpensslClock:
    holder = WORLD.stamp_root.issue(
        "Clock of OpenSSL", identifier=None, kind="RSA-2048", number=40, qualified=(), declares_revocation=False,
        extended=(ExtendedKeyUsageOID.TIME_STAMPING,),
    )  # fmt: skip
    return OpensslClock(openssl(), tmp_path, holder)


async def test_openssl_answers_our_request_and_we_trust_its_timestamp(clock: OpensslClock) -> None:
    document = await sealed(WORLD.holder, timestamps=clock)
    trust = SealTrust((WORLD.root.der,), (WORLD.stamp_root.der,))
    # It stamps by its own clock.
    found = assess_seal(parse_seal(document), trust, now=NOW)
    (stamp,) = found.timestamps
    assert (stamp.kind, stamp.state.value, stamp.authority, found.level) == ("sigTst", "trusted", "Clock of OpenSSL", "B-T")
    unknown = assess_seal(parse_seal(document), TRUST, now=NOW)
    assert unknown.timestamps[0].state.value == "untrusted"
    other = resealed(document, WORLD.holder, iat=1)
    assert assess_seal(parse_seal(other), trust, now=NOW).timestamps[0].state.value == "failed"


def test_openssl_checks_the_timestamp_of_the_tests(tmp_path: Path) -> None:
    """The tests' own clock makes tokens that OpenSSL takes, so what is refused of it is refused for its fault."""
    digest = hashlib.sha256(b"x").digest()
    (tmp_path / "token.der").write_bytes(WORLD.stamps.token(digest))
    root, at = pem(tmp_path, "root.pem", WORLD.stamp_root.der), str(int(SEALED.timestamp()))
    for given, code in ((digest, 0), (hashlib.sha256(b"y").digest(), 1)):
        told = run("ts", "-verify", "-digest", given.hex(), "-in", tmp_path / "token.der", "-token_in", "-CAfile", root, "-attime", at)
        assert told.returncode == code, told.stderr


def test_openssl_reads_our_request(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"x").digest()
    (tmp_path / "request.tsq").write_bytes(timestamp_request(digest, 2**62 + 1))
    told = run("ts", "-query", "-in", tmp_path / "request.tsq", "-text")
    assert b"Hash Algorithm: sha256" in told.stdout
    assert b"Certificate required: yes" in told.stdout
    assert b"Nonce: 0x4000000000000001" in told.stdout


def test_an_answer_of_openssl_is_of_its_request(clock: OpensslClock) -> None:
    digest = hashlib.sha256(b"x").digest()
    answer = clock.answer(timestamp_request(digest, 7))
    assert read_timestamp_answer(answer, digest, 7)
    for wrong_digest, wrong_nonce in ((digest, 8), (hashlib.sha256(b"y").digest(), 7)):
        with pytest.raises(Exception, match=r"seal\.timestamp_failed"):
            read_timestamp_answer(answer, wrong_digest, wrong_nonce)


@pytest.mark.loopback
async def test_openssl_stamps_our_seal_over_http(clock: OpensslClock) -> None:
    """The whole way: our client, HTTP, `openssl ts`, and back."""

    async def answer(request: web.Request) -> web.Response:
        body = await request.read()
        return web.Response(body=await asyncio.to_thread(clock.answer, body), content_type="application/timestamp-reply")

    async with service(answer) as url:
        document = await sealed(WORLD.holder, timestamps=TimestampClient(url))
    found = assess_seal(parse_seal(document), SealTrust((WORLD.root.der,), (WORLD.stamp_root.der,)), now=NOW)
    assert (found.level, found.timestamps[0].state.value, found.timestamps[0].authority) == ("B-T", "trusted", "Clock of OpenSSL")


def test_the_certificate_members_are_of_the_certificate() -> None:
    header = seal_header(WORLD.holder.chain, SealOptions(SEALED))
    assert {**certified(WORLD.holder)}.items() <= header.items()
