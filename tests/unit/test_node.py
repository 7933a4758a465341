"""The node wired together: what its settings make of it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from atesto.adapters.storage.journal import JOURNAL_NAME
from atesto.custody.lifecycle import revoke_key
from atesto.errors import AtestoError
from atesto.keys.private_key import PrivateKey
from atesto.node import Node, default_key, local_verifier, open_keys, open_node, try_every_suite
from atesto.proofs.jose.token import parse_token
from atesto.settings import load_settings
from atesto.verification.pipeline import Verifier
from tests.simulators.parts import MemorySigner, credential, secured
from tests.simulators.small_shapes import small_shapes

if TYPE_CHECKING:
    from atesto.settings import Settings
    from atesto.verification.published_shapes import PublishedShapes

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "award-en-tidal-turbines.json"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("ATESTO_"):
            monkeypatch.delenv(name)


def settings(folder: Path, text: str = "") -> Settings:
    config = folder / "atesto.toml"
    config.write_text(text, encoding="utf-8")
    return load_settings({"data": folder / "data"}, config=config)


def unsigned(node: Node, name: str) -> dict[str, Any]:
    return credential(MemorySigner.numbered(1), issuer=node.issuers[name].did)


async def test_every_verifier_of_a_node_asks_the_published_shapes(tmp_path: Path) -> None:
    folder = small_shapes(tmp_path / "shapes")
    async with open_node(settings(tmp_path, f'shapes = "{folder}"'), serving=False) as node:
        assert [shapes.folder for shapes in shapes_of(node) if shapes is not None] == [folder]
        (issued,) = (await node.services.issue_award(json.loads(EXAMPLE.read_bytes()), (), now=node.services.clock())).values()
        report = await node.services.verifiers["strict"].verify_credential(issued, now=node.services.clock())
        assert report.verified
        assert report.findings[-1].code == "edc.shapes_conform"
    async with open_node(settings(tmp_path), serving=False) as node:
        assert shapes_of(node) == [None]


def shapes_of(node: Node) -> list[PublishedShapes | None]:
    return [verifier.shapes for verifier in node.services.verifiers.values() if isinstance(verifier, Verifier)]


async def test_a_verifier_takes_published_keys_and_others_status_lists_where_its_settings_say_so(tmp_path: Path) -> None:
    text = '[verifiers.tests]\naccept_published_test_keys = true\nstatus_issuers = ["did:web:lists.example"]\n'
    everybody_s = MemorySigner(PrivateKey.from_seed("Ed25519", bytes(32)))
    signed = await secured(credential(everybody_s), everybody_s)
    async with open_node(settings(tmp_path, text), serving=False) as node:
        now, verifiers = node.services.clock(), node.services.verifiers
        strict, tests = [await verifiers[name].verify_credential(signed, now=now) for name in ("strict", "tests")]
        assert ([problem.code for problem in strict.problems], tests.verified) == (["key.published"], True)
        judges = [verifiers["strict"], verifiers["tests"], node.issuers["default"].verifier]
        assert [judge.status_issuers for judge in judges if isinstance(judge, Verifier)] == [
            frozenset(),
            frozenset({"did:web:lists.example"}),
            frozenset(),
        ]
        assert [judge.asks_for_newer for judge in judges if isinstance(judge, Verifier)] == [True, True, False]


async def test_every_named_issuer_signs_with_its_own_key_and_suite(tmp_path: Path) -> None:
    text = """
        [issuers.jcs]
        cryptosuite = "eddsa-jcs-2022"
        [issuers.p256]
        cryptosuite = "ecdsa-rdfc-2019"
        [issuers.p384]
        cryptosuite = "ecdsa-jcs-2019"
        algorithm = "P-384"
    """
    async with open_node(settings(tmp_path, text), serving=False) as node:
        dids = {name: issuer.did for name, issuer in node.issuers.items()}
        assert dids["default"] == dids["jcs"] != dids["p256"] != dids["p384"]
        assert [did[:12] for did in dids.values()] == ["did:key:z6Mk", "did:key:z6Mk", "did:key:zDna", "did:key:z82L"]
        for name, suite in (
            ("default", "eddsa-rdfc-2022"),
            ("jcs", "eddsa-jcs-2022"),
            ("p256", "ecdsa-rdfc-2019"),
            ("p384", "ecdsa-jcs-2019"),
        ):
            issued: Any = await node.issuers[name].issue(unsigned(node, name), now=node.services.clock())
            assert issued["proof"]["cryptosuite"] == suite
            report = await node.services.verifiers["strict"].verify_credential(issued, now=node.services.clock())
            assert report.verified
            with pytest.raises(AtestoError) as caught:
                await node.issuers[name].issue({**unsigned(node, name), "issuer": "did:example:other"}, now=node.services.clock())
            assert caught.value.code == "issue.foreign_issuer"
    assert len(open_keys(settings(tmp_path))[0].records()) == 3
    lines = (tmp_path / "data" / JOURNAL_NAME).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["intent", "issued"] * 4


async def test_tokens_name_the_json_web_key_and_proofs_the_multikey(tmp_path: Path) -> None:
    text = """
        public_url = "https://issuer.example"
        [issuers.default]
        envelope = "jwt"
        [issuers.proof]
        [issuers.own]
        envelope = "jwt"
        own_did = true
    """
    async with open_node(settings(tmp_path, text), serving=False) as node:
        now = node.services.clock()
        names = {}
        for name in ("default", "own"):
            issued: Any = await node.issuers[name].issue(unsigned(node, name), now=now)
            names[name] = parse_token(issued["id"].partition(",")[2]).header["kid"]
        proved: Any = await node.issuers["proof"].issue(unsigned(node, "proof"), now=now)
        multikey = proved["proof"]["verificationMethod"]
        assert names["default"] == multikey + "-jwk"
        document: Any = await node.services.resolve(node.issuers["own"].did)
        types = {method["id"]: method["type"] for method in document["verificationMethod"]}
        assert types[names["own"]] == "JsonWebKey"
        # The same issuer's presentations carry a proof, or are tokens: each names its key as its own kind does.
        presentation: Any = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"]}
        shown: Any = await node.services.prove(presentation, challenge=None, domain=None, envelope=None, now=now)
        assert shown["proof"]["verificationMethod"] == multikey
        shown = await node.services.prove(presentation, challenge=None, domain=None, envelope="jwt", now=now)
        assert parse_token(shown["id"].partition(",")[2]).header["kid"] == multikey + "-jwk"
    async with open_node(settings(tmp_path / "data", '[issuers.default]\nenvelope = "jwt"'), serving=False) as node:
        issued = await node.issuers["default"].issue(unsigned(node, "default"), now=now)
        did = node.services.did
        assert parse_token(issued["id"].partition(",")[2]).header["kid"] == f"{did}#{did.removeprefix('did:key:')}"


async def test_a_key_is_chosen_by_id_did_or_method(tmp_path: Path) -> None:
    record, _, _ = default_key(settings(tmp_path))
    for name in (record.key_id, record.did, record.verification_method):
        async with open_node(settings(tmp_path, f'[issuers.named]\nkey = "{name}"\n'), serving=False) as node:
            assert node.issuers["named"].did == record.did


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[issuers.a]\nkey = "did:key:z6MkNobody"\n', "there is no active key"),
        ('[issuers.a]\ncryptosuite = "ecdsa-rdfc-2019"\nalgorithm = "Ed25519"\n', "does not use Ed25519 keys"),
        (
            '[[contexts]]\nurl = "https://a.example/c"\nfile = "missing.jsonld"\nsha256 = "' + "0" * 64 + '"\n',
            "The context file",
        ),
        (
            '[[schemas]]\nurl = "https://a.example/s"\nfile = "missing.json"\nsha256 = "' + "0" * 64 + '"\n',
            "missing.json cannot be read",
        ),
    ],
)
async def test_settings_that_do_not_fit_are_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(AtestoError) as caught:
        async with open_node(settings(tmp_path, text), serving=False):
            pass
    assert caught.value.code == "settings.invalid"
    assert said in caught.value.detail


async def test_a_revoked_key_is_no_issuer_s_key(tmp_path: Path) -> None:
    record, _, _ = default_key(settings(tmp_path))
    store, _notices = open_keys(settings(tmp_path))
    revoke_key(store, record.key_id, since=None)
    async with open_node(settings(tmp_path), serving=False) as node:
        assert node.services.did != record.did


async def test_an_operator_s_context_is_known_and_held_to_its_digest(tmp_path: Path) -> None:
    data = b'{"@context": {"mood": "https://words.example/mood"}}'
    (tmp_path / "words.jsonld").write_bytes(data)
    row = '[[contexts]]\nurl = "https://words.example/v1"\nfile = "words.jsonld"\nsha256 = "{}"\n'
    text = row.format(hashlib.sha256(data).hexdigest())
    signer = MemorySigner.numbered(2)
    with_words = credential(signer, context=["https://www.w3.org/ns/credentials/v2", "https://words.example/v1"], mood="good")
    async with open_node(settings(tmp_path, text), serving=False) as node:
        document = {**with_words, "issuer": node.services.did}
        issued = await node.issuers["default"].issue(document, now=node.services.clock())
        verifier = node.services.verifiers["strict"]
        assert (await verifier.verify_credential(issued, now=node.services.clock())).verified
    with pytest.raises(AtestoError) as caught:
        async with open_node(settings(tmp_path, row.format("0" * 64)), serving=False):
            pass
    assert caught.value.code == "settings.digest_mismatch"


async def test_an_operator_s_schema_is_applied_and_held_to_its_digest(tmp_path: Path) -> None:
    data = b'{"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"credentialSubject": {"required": ["name"]}}}'
    (tmp_path / "attendance.json").write_bytes(data)
    row = '[[schemas]]\nurl = "https://schemas.example/attendance.json"\nfile = "attendance.json"\nsha256 = "{}"\n'
    text = row.format(hashlib.sha256(data).hexdigest())
    signer = MemorySigner.numbered(2)
    entry = {"id": "https://schemas.example/attendance.json", "type": "JsonSchema"}
    good = credential(signer, credentialSchema=entry)
    bad = await secured(credential(signer, credentialSchema=entry, credentialSubject={"id": "did:example:l"}), signer)
    async with open_node(settings(tmp_path, text), serving=False) as node:
        now = node.services.clock()
        await node.issuers["default"].issue({**good, "issuer": node.services.did}, now=now)
        with pytest.raises(AtestoError) as caught:
            await node.issuers["default"].issue(
                {**good, "issuer": node.services.did, "credentialSubject": {"id": "did:example:l"}}, now=now
            )
        assert caught.value.code == "schema.not_satisfied"
        report = await node.services.verifiers["strict"].verify_credential(bad, now=now)
    assert [problem.code for problem in report.problems] == ["schema.not_satisfied"]
    assert not (await local_verifier(settings(tmp_path, text)).verify_credential(bad, now=now)).verified
    with pytest.raises(AtestoError) as caught:
        async with open_node(settings(tmp_path, row.format("0" * 64)), serving=False):
            pass
    assert caught.value.code == "schema.digest_mismatch"


async def test_own_revocations_count_without_a_running_node(tmp_path: Path) -> None:
    signer = MemorySigner.numbered(3)
    foreign = await secured(credential(signer), signer)
    async with open_node(settings(tmp_path), serving=False) as node:
        own = await node.issuers["default"].issue(unsigned(node, "default"), now=node.services.clock())
        now = node.services.clock()
    store, _ = open_keys(settings(tmp_path))
    revoke_key(store, store.records()[0].key_id, since=None)
    verifier = local_verifier(settings(tmp_path))
    report = await verifier.verify_credential(own, now=now)
    assert [problem.code for problem in report.problems] == ["key.revoked"]
    assert (await verifier.verify_credential(foreign, now=now)).verified


async def test_parts_tell_the_truth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_node(settings(tmp_path), serving=False) as node:
        assert [(part.name, part.works) for part in await node.services.parts()] == [
            ("keys", True), ("issuing record", True), ("workers", True),
        ]  # fmt: skip
        monkeypatch.setattr(node.journal, "_healthy", False)
        revoke_key(node.store, node.store.records()[0].key_id, since=None)
        broken = {part.name: part.works for part in await node.services.parts()}
        assert broken == {"keys": False, "issuing record": False, "workers": True}
        (tmp_path / "data" / "keys" / "keys.json").unlink()
        (keys, _, _) = await node.services.parts()
        assert (keys.works, keys.sentence) == (False, "There is no key store at that path.")


async def test_without_a_token_nothing_is_made_for_it(tmp_path: Path) -> None:
    async with open_node(settings(tmp_path, 'profile = "interop-suite"\nauth = "none"\n'), serving=False) as node:
        assert node.token is None
    assert not (tmp_path / "data" / "api-token").exists()


async def test_worker_processes_do_the_work_of_a_serving_node(tmp_path: Path) -> None:
    async with open_node(settings(tmp_path, "workers = 1\n"), serving=True) as node:
        made: Any = await node.services.issue_award(json.loads(EXAMPLE.read_bytes()), (), now=node.services.clock())
        issued = made["edc"]
        report = await node.services.verifiers["strict"].verify_credential(issued, now=node.services.clock())
        assert report.verified
        assert issued["id"].startswith("urn:credential:")
        assert issued["displayParameter"]["individualDisplay"]
        assert [part.works for part in await node.services.parts()] == [True, True, True]


async def test_every_suite_works_here(tmp_path: Path) -> None:
    assert await try_every_suite(settings(tmp_path)) == ["eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019"]
