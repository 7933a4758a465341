"""Each verb: what it does, what it prints where, and its exit code."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from atesto import __version__
from atesto.adapters.storage.journal import Journal
from atesto.cli.serve import exposure
from atesto.encoding.base64url import decode_base64url
from atesto.error_codes import ERROR_CODES
from atesto.settings import load_settings
from tests.simulators.parts import MemorySigner, credential, secured, version_1_1
from tests.simulators.seals import Authority, key_of
from tests.simulators.small_shapes import small_shapes
from tests.simulators.tokens import token
from tests.unit.cli.conftest import EXAMPLES
from tests.unit.cli.foreign import foreign_credential

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.cli.conftest import Done

    Atesto = Callable[..., Done]

V1 = "https://www.w3.org/2018/credentials/v1"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
AWARD = EXAMPLES / "award-en-tidal-turbines.json"


def test_issue_and_verify(atesto: Atesto, tmp_path: Path) -> None:
    done = atesto("issue", AWARD, "--out", "credential.json")
    assert (done.code, done.out) == (0, "")
    assert "✔ Issued, recorded and signed." in done.err
    assert "Orla Brennan-Kowalczyk" in done.err
    assert "A new key store was made" in done.err
    done = atesto("verify", "credential.json")
    assert (done.code, done.err) == (0, "")
    first = done.out.splitlines()[0]
    assert first == "✔ Confirmed  This micro-credential is genuine and valid today."
    assert done.out.count("✔ passed") == 11
    assert "All 11 mandatory elements are stated." in done.out
    journal = (tmp_path / "data" / "issued.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["kind"] for line in journal] == ["intent", "issued"]
    assert "Brennan" not in "".join(journal)


@pytest.mark.parametrize(("algorithm", "alg"), [(None, "EdDSA"), ("P-256", "ES256")])
def test_issue_in_a_token_and_verify_it_in_each_dress(atesto: Atesto, algorithm: str | None, alg: str) -> None:
    named = f'algorithm = "{algorithm}"\n' if algorithm else ""
    Path("node.toml").write_text(f'[issuers.default]\nenvelope = "jwt"\n{named}', encoding="utf-8")
    done = atesto("issue", AWARD, "--config", "node.toml", "--out", "credential.json")
    assert done.code == 0
    assert "Orla Brennan-Kowalczyk" in done.err
    issued = json.loads(Path("credential.json").read_bytes())
    token = issued["id"].partition(",")[2]
    assert issued["type"] == "EnvelopedVerifiableCredential"
    assert json.loads(decode_base64url(token.partition(".")[0]))["alg"] == alg
    Path("token.jwt").write_text(token + "\n", encoding="utf-8")
    Path("wrapped.json").write_text(json.dumps({"verifiableCredential": token}), encoding="utf-8")
    for name in ("credential.json", "token.jwt", "wrapped.json"):
        done = atesto("verify", name)
        assert (done.code, done.err) == (0, ""), done.out
        assert "Orla Brennan-Kowalczyk" in done.out
        assert "All 11 mandatory elements are stated." in done.out
    assert json.loads(atesto("verify", "token.jwt", "--json").out)["token"] == token
    done = atesto("present", "wrapped.json", "credential.json", "--config", "node.toml", "--challenge", "c", "--out", "presentation.json")
    assert done.code == 0
    held = json.loads(Path("presentation.json").read_bytes())["verifiableCredential"]
    assert [entry["id"] for entry in held] == [issued["id"]] * 2
    assert atesto("verify", "presentation.json", "--challenge", "c").code == 0
    present = ("present", "token.jwt", "--config", "node.toml", "--envelope", "jwt", "--challenge", "c", "--domain", "d")
    done = atesto(*present, "--out", "presentation.json")
    assert (done.code, json.loads(atesto("did", "--config", "node.toml", "--json").out)["did"] in done.err) == (0, True)
    shown = json.loads(Path("presentation.json").read_bytes())
    header, payload = (json.loads(decode_base64url(part)) for part in shown["id"].partition(",")[2].split(".")[:2])
    assert (shown["type"], header["typ"], header["alg"]) == ("EnvelopedVerifiablePresentation", "JWT", alg)
    assert (payload["nonce"], payload["aud"], payload["vp"]["verifiableCredential"]) == ("c", "d", [token])
    assert atesto("verify", "presentation.json", "--challenge", "c", "--domain", "d").code == 0
    assert atesto("verify", "presentation.json", "--challenge", "other").code == 1
    Path("token.jwt").write_text(token[:-1] + "=", encoding="utf-8")
    done = atesto("verify", "token.jwt")
    assert (done.code, "token.malformed" in done.out) == (1, True)


def test_verify_in_europass_s_words(atesto: Atesto) -> None:
    assert atesto("issue", AWARD, "--out", "a.json").code == 0
    done = atesto("verify", "a.json", "--europass")
    said = json.loads(done.out)
    assert (done.code, said["type"][1], len(said["verificationCheck"])) == (0, "EuropeanDigitalPresentation", 7)
    Path("p.json").write_text(atesto("present", "a.json").out, encoding="utf-8")
    done = atesto("verify", "p.json", "--europass")
    assert done.code == 64
    assert "not for a presentation" in done.err


def test_compare_two_credentials_of_one_award(atesto: Atesto) -> None:
    Path("token.toml").write_text('[issuers.default]\nenvelope = "jwt"\n', encoding="utf-8")
    assert atesto("issue", AWARD, "--out", "a.json").code == 0
    assert atesto("issue", AWARD, "--config", "token.toml", "--out", "b.json").code == 0
    record = json.loads(AWARD.read_bytes())
    record["level"] = {"eqf": 7}
    Path("other.json").write_text(json.dumps(record), encoding="utf-8")
    assert atesto("issue", "other.json", "--out", "c.json").code == 0
    done = atesto("compare", "a.json", "b.json")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == "✔ Twins  Both credentials are genuine and valid today, and they say the same."
    assert done.out.count("✔ the same") >= 6
    done = atesto("compare", "a.json", "c.json")
    assert done.code == 1
    assert "The two credentials do not say the same: level." in done.out
    assert "c.json: level eqf" in done.out
    done = atesto("compare", "a.json", "c.json", "--json")
    assert (done.code, json.loads(done.out)["twins"]) == (1, False)
    Path("plain.json").write_text('{"type": "VerifiableCredential"}', encoding="utf-8")
    done = atesto("compare", "a.json", "plain.json")
    assert done.code == 2
    assert "plain.json" in done.err
    assert "compare.form_unknown" in done.err


def test_what_it_makes_at_first_is_private_and_stays(atesto: Atesto, tmp_path: Path) -> None:
    atesto("issue", AWARD, "--out", "a.json")
    data = tmp_path / "data"
    for name in ("keys/keys.json", "key-passphrase", "api-token", "issued.jsonl"):
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o600, name
    did = atesto("did").out
    assert did.startswith("did:key:z6Mk")
    done = atesto("issue", AWARD, "--out", "b.json")
    assert "!" not in done.err
    assert json.loads(Path("b.json").read_bytes())["issuer"]["id"] == did.strip()


def test_standard_input_and_output(atesto: Atesto, monkeypatch: pytest.MonkeyPatch) -> None:
    done = atesto("issue", AWARD)
    assert done.code == 0
    credential = json.loads(done.out)
    Path("piped").write_text(json.dumps({"verifiableCredential": credential}), encoding="utf-8")
    with Path("piped").open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        done = atesto("verify", "-", "--json")
    report = json.loads(done.out)
    assert (done.code, report["verified"], report["credential"]) == (0, True, credential)


def test_a_changed_credential_is_refused_with_exit_code_1(atesto: Atesto) -> None:
    atesto("issue", AWARD, "--out", "credential.json")
    text = Path("credential.json").read_text(encoding="utf-8")
    Path("credential.json").write_text(text.replace("Orla Brennan", "Olga Brennan"), encoding="utf-8")
    done = atesto("verify", "credential.json")
    assert done.code == 1
    assert done.out.startswith("✘ Refused  Do not rely on this micro-credential: the signature does not fit")
    assert "proof.signature_invalid" in done.out
    assert "/proof/proofValue" in done.out
    assert done.out.count("· not reached") == 3


def test_an_unchecked_status_is_not_confirmed_with_exit_code_2(atesto: Atesto) -> None:
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://127.0.0.1/status/1",
    }
    Path("foreign.json").write_text(json.dumps(foreign_credential(credentialStatus=entry)), encoding="utf-8")
    done = atesto("verify", "foreign.json")
    assert done.code == 2
    assert done.out.startswith("? Not confirmed  We cannot confirm this micro-credential: ")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a":1,"a":2}', b"\xff", b"null"])
def test_what_is_no_json_object_is_refused_with_a_report(atesto: Atesto, content: bytes) -> None:
    Path("bad.json").write_bytes(content)
    done = atesto("verify", "bad.json", "--json")
    report = json.loads(done.out)
    assert (done.code, report["verified"], report["stations"][1]["state"]) == (1, False, "failed")


def test_missing_elements_are_refused_each_with_its_reason_and_nothing_is_written(atesto: Atesto, tmp_path: Path) -> None:
    record = json.loads(AWARD.read_bytes())
    for member, code in (
        ("learner", "eu2022.learner_missing"),
        ("title", "eu2022.title_missing"),
        ("awarding_body", "eu2022.country_missing"),
        ("issuing_date", "eu2022.issuing_date_missing"),
        ("learning_outcomes", "eu2022.learning_outcomes_missing"),
        ("workload", "eu2022.workload_missing"),
        ("level", "eu2022.level_missing"),
        ("assessment", "eu2022.assessment_missing"),
        ("participation", "eu2022.participation_missing"),
        ("quality_assurance", "eu2022.quality_assurance_missing"),
    ):
        Path("award.json").write_text(json.dumps({name: value for name, value in record.items() if name != member}), encoding="utf-8")
        done = atesto("issue", "award.json", "--out", "no.json")
        assert (done.code, done.out) == (1, "")
        assert code in done.err
        assert f"✘ {ERROR_CODES[code].title}" in done.err
        assert ERROR_CODES[code].hint in done.err
        assert not Path("no.json").exists()
    assert (tmp_path / "data" / "issued.jsonl").read_bytes() == b""


def test_the_published_shapes_answer_beside_our_own_checks(atesto: Atesto, tmp_path: Path) -> None:
    atesto("issue", AWARD, "--out", "credential.json")
    done = atesto("verify", "credential.json", "--shapes", small_shapes(tmp_path / "shapes"), "--json")
    codes = [finding["code"] for finding in json.loads(done.out)["findings"]]
    assert (done.code, done.err) == (0, "")
    assert codes[-1] == "edc.shapes_conform"
    assert "edc.conforms" in codes
    done = atesto("verify", "credential.json", "--shapes", "nowhere")
    assert (done.code, "There is no folder nowhere" in done.err) == (78, True)


def test_present_and_verify_with_challenge_and_domain(atesto: Atesto) -> None:
    atesto("issue", AWARD, "--out", "credential.json")
    done = atesto("present", "credential.json", "--challenge", "c1", "--domain", "verifier.example", "--out", "presentation.json")
    assert done.code == 0
    assert "✔ Presented and signed." in done.err
    done = atesto("verify", "presentation.json", "--challenge", "c1", "--domain", "verifier.example")
    assert done.code == 0
    assert "Credential 1: ✔ Confirmed" in done.out
    done = atesto("verify", "presentation.json", "--challenge", "c2", "--domain", "verifier.example")
    assert (done.code, "binding.challenge" in done.out) == (1, True)


def test_the_recipient_may_be_named(atesto: Atesto) -> None:
    Path("foreign.json").write_text(json.dumps(foreign_credential()), encoding="utf-8")
    done = atesto("verify", "foreign.json", "--recipient", "did:example:learner")
    assert (done.code, "recipient at /credentialSubject: It was awarded to the person that was named." in done.out) == (0, True)
    done = atesto("verify", "foreign.json", "--recipient", "did:example:other")
    assert (done.code, "recipient.mismatch" in done.out) == (1, True)
    assert done.out.startswith("✘ Refused  Do not rely on this micro-credential: this was not awarded to the person")


def test_an_issuer_of_tokens_may_have_an_rsa_key(atesto: Atesto) -> None:
    Path("node.toml").write_text('[issuers.default]\nenvelope = "jwt"\nalgorithm = "RSA"\nrsa_bits = 2048\n', encoding="utf-8")
    assert atesto("issue", AWARD, "--config", "node.toml", "--out", "credential.json").code == 0
    token = json.loads(Path("credential.json").read_bytes())["id"].partition(",")[2]
    assert json.loads(decode_base64url(token.partition(".")[0]))["alg"] == "RS256"
    assert atesto("verify", "credential.json").code == 0
    done = atesto("present", "credential.json", "--config", "node.toml", "--out", "shown.json")
    assert (done.code, "key.unsupported" in done.err) == (1, True)
    assert atesto("present", "credential.json", "--config", "node.toml", "--envelope", "jwt", "--out", "shown.json").code == 0
    Path("other.toml").write_text('[issuers.default]\nalgorithm = "RSA"\n', encoding="utf-8")
    done = atesto("issue", AWARD, "--config", "other.toml")
    assert (done.code, "settings.invalid" in done.err) == (78, True)


def test_credentials_of_1_1_are_presented_in_the_older_token(atesto: Atesto) -> None:
    issuer = MemorySigner.numbered(9)
    text = asyncio.run(token({"iss": issuer.did, "vc": version_1_1(issuer)}, issuer, typ="JWT"))
    Path("older.jwt").write_text(text, encoding="utf-8")
    proven = asyncio.run(secured(version_1_1(issuer, **{"@context": [V1, DATA_INTEGRITY]}), issuer))
    Path("proven.json").write_text(json.dumps(proven), encoding="utf-8")
    assert atesto("present", "older.jwt", "proven.json", "--envelope", "jwt", "--out", "shown.json").code == 0
    shown = json.loads(Path("shown.json").read_bytes())["id"]
    payload = json.loads(decode_base64url(shown.split(".")[1]))
    assert (shown.partition(",")[0], payload["vp"]["@context"]) == ("data:application/jwt", [V1])
    assert payload["vp"]["verifiableCredential"] == [text, proven]
    assert payload["iss"] == payload["vp"]["holder"] == atesto("did").out.strip()
    assert atesto("verify", "shown.json").code == 0
    Path("newer.json").write_text(json.dumps(asyncio.run(secured(credential(issuer), issuer))), encoding="utf-8")
    assert atesto("present", "older.jwt", "newer.json", "--envelope", "jwt", "--out", "shown.json").code == 0
    shown = json.loads(Path("shown.json").read_bytes())["id"]
    payload = json.loads(decode_base64url(shown.split(".")[1]))
    assert shown.startswith("data:application/vp+jwt,")
    assert [held["type"] for held in payload["verifiableCredential"]] == ["EnvelopedVerifiableCredential", ["VerifiableCredential"]]
    assert atesto("verify", "shown.json").code == 0
    assert atesto("present", "older.jwt", "--envelope", "cose").code == 64


def test_the_did_document_is_the_one_of_the_key(atesto: Atesto) -> None:
    did = atesto("did").out.strip()
    document = json.loads(atesto("did", "--document").out)
    assert document["id"] == did
    answer = json.loads(atesto("did", "--json").out)
    assert answer == {"did": did, "verificationMethod": document["verificationMethod"][0]["id"], "dids": [did]}


def test_a_rotated_key_signs_no_more_and_what_it_signed_verifies(atesto: Atesto) -> None:
    atesto("issue", AWARD, "--out", "old.json")
    old = atesto("did").out.strip()
    assert atesto("keys", "rotate", old).code == 0
    new = atesto("did").out.strip()
    assert new != old
    states = {row["did"]: row["state"] for row in json.loads(atesto("keys", "list", "--json").out)}
    assert states == {old: "retired", new: "active"}
    assert atesto("verify", "old.json").code == 0
    atesto("issue", AWARD, "--out", "new.json")
    assert json.loads(Path("new.json").read_bytes())["issuer"]["id"] == new
    assert "custody.key_retired" in atesto("keys", "retire", old).err


def test_what_a_revoked_key_signed_is_refused(atesto: Atesto) -> None:
    atesto("issue", AWARD, "--out", "old.json")
    old = atesto("did").out.strip()
    assert atesto("keys", "revoke", old, "--yes").code == 0
    done = atesto("verify", "old.json")
    assert (done.code, "key.revoked" in done.out) == (1, True)
    listed = atesto("keys", "list").out
    assert "revoked" in listed
    assert old in listed


def test_revoking_asks_first(atesto: Atesto, monkeypatch: pytest.MonkeyPatch) -> None:
    did = atesto("did").out.strip()
    Path("no").write_text("n\n", encoding="utf-8")
    with Path("no").open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        assert atesto("keys", "revoke", did).code == 130
    assert json.loads(atesto("keys", "list", "--json").out)[0]["state"] == "active"


def test_keys_of_every_kind_can_be_made(atesto: Atesto) -> None:
    for algorithm in ("Ed25519", "P-256", "P-384", "RSA"):
        row = json.loads(atesto("keys", "create", "--algorithm", algorithm, "--json").out)
        assert (row["algorithm"], row["state"]) == (algorithm, "active")
        assert row["did"].startswith("did:key:z")
    done = atesto("keys", "create", "--algorithm", "P-521")
    assert (done.code, "key.unsupported" in done.err) == (1, True)
    done = atesto("keys", "create", "--algorithm", "RSA", "--bits", "1024")
    assert (done.code, "key.weak" in done.err) == (1, True)


def test_doctor_before_and_after_the_first_start(atesto: Atesto, tmp_path: Path) -> None:
    done = atesto("doctor")
    assert (done.code, done.out.splitlines()[0]) == (0, "✔ Nothing is wrong.")
    assert not (tmp_path / "data").exists()
    atesto("issue", AWARD, "--out", "credential.json")
    found: Any = {row["what"]: row["state"] for row in json.loads(atesto("doctor", "--json").out)["found"]}
    assert found.pop("TLS") == found.pop("did:web") == found.pop("running node") == found.pop("seal") == "note"
    assert set(found.values()) == {"right"}


def test_two_forms_of_one_award(atesto: Atesto, tmp_path: Path) -> None:
    done = atesto("issue", AWARD, "--form", "edc", "--form", "edc-sealed", "--out", "credential.json")
    assert (done.code, done.out) == (0, "")
    assert "DEVELOPMENT" in done.err
    assert done.err.count("✔ Issued, recorded and signed.") == 2
    proven, sealed = (json.loads(Path(f"credential.{form}.json").read_bytes()) for form in ("edc", "edc-sealed"))
    assert proven["id"] == json.loads(sealed["payload"])["id"]
    done = atesto("verify", "credential.edc-sealed.json")
    assert (done.code, done.err) == (2, "")
    for said in ("INDETERMINATE · NO_CERTIFICATE_CHAIN_FOUND", "holds: nothing was changed after sealing", "DEVELOPMENT seal", "B-B"):
        assert said in done.out
    authority = tmp_path / "data" / "keys" / "seal-development.pem"
    Path("node.toml").write_text(f'[seal]\ntrust = ["{authority}"]\n', encoding="utf-8")
    done = atesto("verify", "credential.edc-sealed.json", "--config", "node.toml")
    assert done.code == 0, done.out
    assert "Orla Brennan-Kowalczyk" in done.out
    assert "VATIE-0000000T (calls itself Carrowmore Institute of Technology)" in done.out
    done = atesto("issue", AWARD, "--form", "edc", "--form", "edc-sealed", "--out", "-")
    assert set(json.loads(done.out)) == {"edc", "edc-sealed"}
    done = atesto("issue", AWARD, "--form", "edc-sealed", "--out", "one.json")
    assert "payload" in json.loads(Path("one.json").read_bytes())
    done = atesto("issue", AWARD, "--form", "parchment", "--out", "none.json")
    assert (done.code, "award.form_unknown" in done.err) == (1, True)


@pytest.mark.parametrize("text", ["<xml/>", "\ufeff<?xml version='1.0'?>", "  \n<a>"])
def test_xml_is_named(atesto: Atesto, text: str) -> None:
    Path("old.xml").write_text(text, encoding="utf-8")
    done = atesto("verify", "old.xml")
    assert done.code == 1
    assert "model.unsupported_format" in done.out
    assert "XAdES" in done.out


def test_doctor_looks_at_the_seal(atesto: Atesto, tmp_path: Path) -> None:
    now = datetime.now(UTC)

    def look(*, until: timedelta, identifier: str | None = "VATIE-0000000T") -> Any:
        root = Authority(key=key_of("P-256", 70), since=now - timedelta(days=9), until=now + timedelta(days=900))
        holder = root.issue(since=now - timedelta(days=5), until=now + until, identifier=identifier)
        key = holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        Path("seal.pem").write_bytes(key + holder.certificate.public_bytes(Encoding.PEM))
        Path("seal.pem").chmod(0o600)
        Path("node.toml").write_text('[seal]\ncertificate = "seal.pem"\ntrust = ["seal.pem"]\n', encoding="utf-8")
        rows = json.loads(atesto("doctor", "--json", "--config", "node.toml").out)["found"]
        (row,) = [row for row in rows if row["what"] == "seal"]
        return row

    right = look(until=timedelta(days=100))
    assert right["state"] == "right"
    assert "Seal of the tests (VATIE-0000000T)" in right["sentence"]
    assert "1 for seals, 0 for timestamps" in right["sentence"]
    assert look(until=timedelta(days=5))["state"] == "wrong"
    assert look(until=timedelta(days=-1))["state"] == "wrong"
    assert "organizationIdentifier" in look(until=timedelta(days=100), identifier=None)["sentence"]
    Path("seal.pem").chmod(0o644)
    rows = json.loads(atesto("doctor", "--json", "--config", "node.toml").out)["found"]
    assert {row["what"]: row["state"] for row in rows}["seal"] == "wrong"


def test_doctor_sees_what_is_wrong(atesto: Atesto, tmp_path: Path) -> None:
    atesto("issue", AWARD, "--out", "credential.json")
    data = tmp_path / "data"
    (data / "api-token").chmod(0o644)
    with (data / "issued.jsonl").open("ab") as file:
        file.write(b"damage\n")
    (data / "keys" / "keys.json").write_bytes(b"{}")
    done = atesto("doctor", "--json")
    wrong = {row["what"]: row for row in json.loads(done.out)["found"] if row["state"] == "wrong"}
    assert done.code == 1
    assert set(wrong) == {"keys", "issuers", "API token", "issuing record"}
    assert all(row["sentence"] and row["hint"] for row in wrong.values())


def test_a_record_that_another_node_holds_is_said(atesto: Atesto, tmp_path: Path) -> None:
    atesto("issue", AWARD, "--out", "a.json")
    held = Journal.open(tmp_path / "data", now=datetime.now(UTC))
    done = atesto("issue", AWARD, "--out", "b.json")
    assert (done.code, "storage.locked" in done.err) == (74, True)
    assert not Path("b.json").exists()
    held._entries.put(None)
    held._thread.join()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("issue", "nothing.json"), 66, "nothing.json cannot be read: No such file or directory."),
        (("verify", "nothing.json"), 66, "nothing.json cannot be read"),
        (("issue",), 64, "Missing argument"),
        (("verify", "x", "--colour"), 64, "No such option"),
        (("issue", AWARD, "--out", "missing/folder.json"), 73, "cannot be written"),
        (("issue", AWARD, "--form", "pdf"), 1, "award.form_unknown"),
        (("verify", AWARD, "--verifier", "nobody"), 64, "There is no verifier 'nobody'; there are: strict."),
        (("did", "--config", "missing.toml"), 78, "settings.invalid"),
        (("keys", "retire", "nobody"), 74, "custody.key_not_found"),
        (("keys", "revoke", "nobody", "--since", "yesterday"), 74, "custody.key_not_found"),
    ],
)
def test_mistakes_are_explained(atesto: Atesto, arguments: tuple[object, ...], code: int, said: str) -> None:
    done = atesto(*arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_version_and_help(atesto: Atesto) -> None:
    assert atesto("--version").out == f"atesto {__version__}\n"
    for verb in ("serve", "issue", "verify", "bake", "unbake", "present", "did", "doctor"):
        done = atesto(verb, "--help")
        assert done.code == 0
        assert f"Example: atesto {verb}" in done.out.replace("`", "")
    assert atesto("keys", "--help").code == 0


def test_text_of_a_credential_cannot_steer_the_terminal(atesto: Atesto) -> None:
    Path("foreign.json").write_text(json.dumps(foreign_credential(name="Clear\x1b[2J and \u202eesrever")), encoding="utf-8")
    done = atesto("verify", "foreign.json")
    out = done.out
    assert done.code == 0
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "Clear\\u001b[2J and \\u202eesrever" in out


def test_issue_does_not_overwrite_by_itself(atesto: Atesto, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    done = atesto("issue", AWARD)
    assert done.code == 0
    assert Path("award-en-tidal-turbines.credential.json").is_file()
    done = atesto("issue", AWARD)
    assert (done.code, "is there already" in done.err) == (73, True)


def test_looking_at_keys_makes_nothing(atesto: Atesto, tmp_path: Path) -> None:
    done = atesto("keys", "list")
    assert (done.code, "There is no key yet" in done.out) == (0, True)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("arguments", [("did",), ("present", "credential.json")])
def test_whatever_makes_the_keys_says_so(atesto: Atesto, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    Path("credential.json").write_text(json.dumps(foreign_credential()), encoding="utf-8")
    done = atesto(*arguments)
    assert done.code == 0
    assert "a passphrase was made and written to" in done.err
    assert "A new key store was made" in done.err
    assert "!" not in atesto(*arguments).err


def test_an_award_of_tomorrow_is_refused(atesto: Atesto) -> None:
    record = json.loads(AWARD.read_bytes())
    ahead = datetime.now(UTC) + timedelta(days=3)
    Path("award.json").write_text(json.dumps(record | {"issuing_date": f"{ahead:%Y-%m-%d}"}), encoding="utf-8")
    done = atesto("issue", "award.json")
    assert (done.code, "eu2022.issuing_date_invalid" in done.err, "/issuing_date" in done.err) == (1, True, True)


def test_quality_assurance_that_had_ended_is_refused(atesto: Atesto) -> None:
    record = json.loads(AWARD.read_bytes())
    record["quality_assurance"]["expiry_date"] = "2020-01-01"
    Path("award.json").write_text(json.dumps(record), encoding="utf-8")
    done = atesto("issue", "award.json")
    assert (done.code, "eu2022.quality_assurance_invalid" in done.err) == (1, True)


def test_a_data_folder_that_others_can_write_is_refused(atesto: Atesto, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data").chmod(0o777)
    done = atesto("issue", AWARD)
    assert (done.code, "custody.insecure_permissions" in done.err) == (74, True)
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"host": "127.0.0.1"}, []),
        ({"host": "localhost"}, []),
        ({"host": "0.0.0.0"}, ["without TLS", "allowed_hosts"]),
        ({"host": "0.0.0.0", "public_url": "https://issuer.example"}, ["without TLS"]),
        ({"host": "0.0.0.0", "tls_cert": "c.pem", "tls_key": "k.pem", "public_url": "https://issuer.example"}, []),
    ],
)
def test_an_open_address_is_warned_about(monkeypatch: pytest.MonkeyPatch, flags: dict[str, str], said: list[str]) -> None:
    for name in list(os.environ):
        if name.startswith("ATESTO_"):
            monkeypatch.delenv(name)
    warnings = list(exposure(load_settings(flags)))
    assert len(warnings) == len(said)
    assert all(part in warning for part, warning in zip(said, warnings, strict=True))


def test_a_reader_that_goes_away_is_no_verdict(tmp_path: Path) -> None:
    document = tmp_path / "credential.json"
    document.write_text(json.dumps(foreign_credential()), encoding="utf-8")
    command = "import sys; from atesto.cli.app import main; sys.argv = ['atesto', 'verify', sys.argv[1], '--json']; sys.exit(main())"
    process = subprocess.Popen(
        [sys.executable, "-c", command, str(document)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"PATH": os.environ["PATH"]}
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait() not in {0, 1, 2}


def test_verify_asks_for_what_the_envelope_names(atesto: Atesto) -> None:
    assert atesto("issue", AWARD, "--out", "a.json").code == 0
    presented = json.loads(atesto("present", "a.json", "--challenge", "c-1", "--domain", "d-1").out)
    for asked, code in (({"challenge": "c-1", "domain": "d-1"}, 0), ({"challenge": "c-2"}, 1), ({"domain": "d-2"}, 1)):
        Path("asked.json").write_text(json.dumps({"verifiablePresentation": presented, "options": asked}), encoding="utf-8")
        assert atesto("verify", "asked.json").code == code
    # A flag may repeat what the file names, and add what it does not; two answers to one question are none.
    Path("asked.json").write_text(json.dumps({"verifiablePresentation": presented, "options": {"challenge": "c-1"}}), encoding="utf-8")
    assert atesto("verify", "asked.json", "--challenge", "c-1", "--domain", "d-1").code == 0
    assert atesto("verify", "asked.json", "--domain", "d-2").code == 1
    done = atesto("verify", "asked.json", "--challenge", "c-2")
    assert (done.code, done.out) == (64, "")
    assert "FILE names the challenge 'c-1' in its options, and --challenge names another." in " ".join(done.err.replace("│", "").split())


def test_compare_asks_for_no_challenge(atesto: Atesto) -> None:
    assert atesto("issue", AWARD, "--out", "a.json").code == 0
    issued = json.loads(Path("a.json").read_bytes())
    for asked, code in (({}, 0), ({"challenge": "c-1"}, 1)):
        Path("b.json").write_text(json.dumps({"verifiableCredential": issued, "options": asked}), encoding="utf-8")
        done = atesto("compare", "a.json", "b.json")
        assert done.code == code
    assert "b.json: a comparison asks for no challenge and no domain." in done.err


def test_badges_are_issued_and_bundled(atesto: Atesto) -> None:
    for name in ("en-tidal-turbines", "de-kreislaufwirtschaft"):
        assert atesto("issue", EXAMPLES / f"award-{name}.json", "--form", "ob3", "--out", f"{name}.json").code == 0
    badges = ("en-tidal-turbines.json", "de-kreislaufwirtschaft.json")
    given = [json.loads(Path(name).read_text(encoding="utf-8")) for name in badges]
    done = atesto("clr", *badges, "--name", "Transcript", "--out", "record.json")
    assert (done.code, "It is not clear whose learner record this is." in done.err) == (1, True)
    options = ("--name", "Transcript", "--subject", "did:example:learner", "--association", "1 precedes 2", "--out", "record.json")
    done = atesto("clr", *badges, *options)
    assert (done.code, done.out) == (0, "")
    record = json.loads(Path("record.json").read_text(encoding="utf-8"))
    subject = record["credentialSubject"]
    assert subject["verifiableCredential"] == given
    names = [credential["credentialSubject"]["achievement"]["id"] for credential in given]
    assert [(row["sourceId"], row["targetId"]) for row in subject["association"]] == [(names[0], names[1])]
    assert atesto("verify", "record.json").code == 0
    done = atesto("clr", badges[0], "--name", "T", "--subject", "did:example:learner", "--association", "1 before 2", "--out", "other.json")
    assert "There is no such type of association." in done.err
    assert not Path("other.json").exists()
