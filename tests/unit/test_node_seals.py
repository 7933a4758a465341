"""The node's seals: a DEVELOPMENT certificate, a configured one, whose seals are believed, a timestamp service."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import structlog
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat, pkcs12

from atesto.encoding.base64url import decode_base64url
from atesto.errors import AtestoError
from atesto.issuer_seals import development_file
from atesto.node import open_node
from atesto.settings import load_settings
from tests.simulators.clocks import granted, service
from tests.simulators.seals import Authority, TimestampAuthority, World, key_of

if TYPE_CHECKING:
    from atesto.settings import Settings

EXAMPLE: Final = Path(__file__).resolve().parents[2] / "examples" / "award-en-tidal-turbines.json"
TODAY: Final = datetime.now(UTC)
ROOT: Final = Authority(
    key=key_of("P-256", 60), common="Root of today", since=TODAY - timedelta(days=10), until=TODAY + timedelta(days=900)
)
HOLDER: Final = ROOT.issue(since=TODAY - timedelta(days=5), until=TODAY + timedelta(days=300))


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("ATESTO_"):
            monkeypatch.delenv(name)


def settings(folder: Path, text: str = "") -> Settings:
    config = folder / "atesto.toml"
    config.write_text(text, encoding="utf-8")
    return load_settings({"data": folder / "data"}, config=config)


def certificate_files(folder: Path) -> None:
    key = HOLDER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "seal.pem").write_bytes(key + HOLDER.certificate.public_bytes(Encoding.PEM))
    (folder / "seal.pem").chmod(0o600)
    (folder / "root.pem").write_bytes(ROOT.certificate.public_bytes(Encoding.PEM))


async def issue(node: Any, *forms: str) -> Any:
    return await node.services.issue_award(json.loads(EXAMPLE.read_bytes()), forms, now=node.services.clock())


async def verify(node: Any, document: Any) -> Any:
    report = await node.services.verifiers["strict"].verify_credential(document, now=node.services.clock())
    return report.to_json()


async def test_without_a_certificate_a_development_one_is_made_on_first_use(tmp_path: Path, capsys: Any) -> None:
    here = settings(tmp_path)
    async with open_node(here, serving=False) as node:
        await issue(node)
        assert not development_file(here).exists()
        issued = await issue(node, "edc", "edc-sealed")
        assert development_file(here).exists()
        report = await verify(node, issued["edc-sealed"])
        assert (report["verdict"], report["seal"]["subIndication"]) == ("not_confirmed", "NO_CERTIFICATE_CHAIN_FOUND")
        assert report["seal"]["certificate"]["subject"] == "DEVELOPMENT seal"
        assert (await verify(node, issued["edc"]))["verified"]
    said = capsys.readouterr()
    assert (said.out, said.err.count("DEVELOPMENT")) == ("", 2)
    assert "BEGIN" not in said.err
    # An operator who wants to believe it names its file.
    async with open_node(settings(tmp_path, f'[seal]\ntrust = ["{development_file(here)}"]\n'), serving=False) as node:
        report = await verify(node, issued["edc-sealed"])
        assert (report["verified"], report["issuer"]) == (True, "VATIE-0000000T")


async def test_a_serving_node_says_it_in_its_log(tmp_path: Path) -> None:
    with structlog.testing.capture_logs() as lines:
        async with open_node(settings(tmp_path), serving=False) as node:
            await issue(node, "edc-sealed")
    assert [line["event"] for line in lines if line["log_level"] == "warning"] == ["seal.development"] * 2
    assert all("DEVELOPMENT" in line["detail"] for line in lines)
    structlog.reset_defaults()


async def test_a_configured_certificate_seals_and_is_believed_where_its_authority_is(tmp_path: Path) -> None:
    certificate_files(tmp_path)
    text = '[seal]\ncertificate = "seal.pem"\ntrust = ["root.pem"]\nclaimed_time = "sigT"\n'
    async with open_node(settings(tmp_path, text), serving=False) as node:
        issued = await issue(node, "edc-sealed")
        report = await verify(node, issued["edc-sealed"])
        assert (report["verified"], report["seal"]["indication"], report["seal"]["claimedBy"]) == (True, "TOTAL-PASSED", "sigT")
    header = json.loads(decode_base64url(issued["edc-sealed"]["signatures"][0]["protected"]))
    assert header["crit"] == ["b64", "sigT"]
    assert not development_file(settings(tmp_path)).exists()


async def test_worker_processes_judge_seals(tmp_path: Path) -> None:
    certificate_files(tmp_path)
    text = 'workers = 1\n[seal]\ncertificate = "seal.pem"\ntrust = ["root.pem"]\n'
    async with open_node(settings(tmp_path, text), serving=True) as node:
        issued = await issue(node, "edc-sealed")
        assert (await verify(node, issued["edc-sealed"]))["verified"]
        issued["edc-sealed"]["payload"] += " "
        assert (await verify(node, issued["edc-sealed"]))["problemDetails"][0]["code"] == "proof.signature_invalid"


async def test_another_organisation_s_certificate_is_not_used(tmp_path: Path) -> None:
    certificate_files(tmp_path)
    record = json.loads(EXAMPLE.read_bytes())
    record["awarding_body"]["eidas"] = "VATIE-1111111X"
    async with open_node(settings(tmp_path, '[seal]\ncertificate = "seal.pem"\n'), serving=False) as node:
        with pytest.raises(AtestoError) as caught:
            await node.services.issue_award(record, ("edc-sealed",), now=node.services.clock())
        assert caught.value.code == "seal.issuer_mismatch"


async def test_a_node_does_not_start_with_a_certificate_that_cannot_be_used(tmp_path: Path) -> None:
    certificate_files(tmp_path)
    (tmp_path / "seal.pem").chmod(0o644)
    for text, code in (
        ('[seal]\ncertificate = "seal.pem"\n', "custody.insecure_permissions"),
        ('[seal]\ncertificate = "missing.pem"\n', "custody.store_missing"),
        ('[seal]\ntrust = ["missing.pem"]\n', "settings.invalid"),
        ('[seal]\ntimestamp_trust = ["atesto.toml"]\n', "settings.invalid"),
    ):
        with pytest.raises(AtestoError) as caught:
            async with open_node(settings(tmp_path, text), serving=False):
                pass
        assert caught.value.code == code, text


async def test_a_passphrase_in_a_file(tmp_path: Path) -> None:
    store = pkcs12.serialize_key_and_certificates(b"seal", HOLDER.key, HOLDER.certificate, None, BestAvailableEncryption(b"open sesame"))
    for name, data in (("seal.p12", store), ("word", b"open sesame\n")):
        (tmp_path / name).write_bytes(data)
        (tmp_path / name).chmod(0o600)
    text = '[seal]\ncertificate = "seal.p12"\npassphrase_file = "word"\n'
    async with open_node(settings(tmp_path, text), serving=False) as node:
        assert "payload" in (await issue(node, "edc-sealed"))["edc-sealed"]
    (tmp_path / "word").write_bytes(b"wrong word")
    with pytest.raises(AtestoError) as caught:
        async with open_node(settings(tmp_path, text), serving=False):
            pass
    assert caught.value.code == "custody.seal_certificate"
    assert "wrong word" not in str(caught.value)


def test_the_files_of_a_configuration_lie_beside_it(tmp_path: Path) -> None:
    seal = settings(tmp_path, '[seal]\ncertificate = "a.pem"\ntrust = ["b.pem", "/c.pem"]\ntimestamp_trust = ["d.pem"]\n').seal
    assert (seal.certificate, seal.passphrase_file) == (tmp_path / "a.pem", None)
    assert (seal.trust, seal.timestamp_trust) == ((tmp_path / "b.pem", Path("/c.pem")), (tmp_path / "d.pem",))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('claimed_time = "now"', "/seal/claimed_time"),
        ('timestamp_url = "ftp://clock.example/"', "/seal/timestamp_url"),
        ('timestamp_url = "clock.example"', "/seal/timestamp_url"),
        ('trust = "a.pem"', "/seal/trust"),
        ('certificat = "a.pem"', "/seal/certificat"),
    ],
)
def test_a_setting_that_cannot_be(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(AtestoError) as caught:
        settings(tmp_path, f"[seal]\n{text}\n")
    assert caught.value.pointer == place


@pytest.mark.loopback
async def test_seals_are_stamped_where_a_service_is_configured(tmp_path: Path) -> None:
    certificate_files(tmp_path)
    clocks = Authority(key=key_of("P-256", 61), common="Clocks of today", since=ROOT.since, until=ROOT.until)
    world = World(stamp_root=clocks)
    holder = world.stamp_holder(since=TODAY - timedelta(days=5), until=TODAY + timedelta(days=300))
    (tmp_path / "clock.pem").write_bytes(x509.load_der_x509_certificate(world.stamp_root.der).public_bytes(Encoding.PEM))

    async def stamping(request: web.Request) -> web.Response:
        stamps = TimestampAuthority(holder, time=datetime.now(UTC).replace(microsecond=0))
        return web.Response(body=granted(stamps, await request.read()), content_type="application/timestamp-reply")

    async with service(stamping) as url:
        text = f'[seal]\ncertificate = "seal.pem"\ntrust = ["root.pem"]\ntimestamp_trust = ["clock.pem"]\ntimestamp_url = "{url}"\n'
        async with open_node(settings(tmp_path, text), serving=False) as node:
            issued = await issue(node, "edc-sealed")
            report = await verify(node, issued["edc-sealed"])
    assert (report["verified"], report["seal"]["level"]) == (True, "B-T")
    assert report["seal"]["provenTime"] is not None
    # The service is gone: nothing is released.
    async with open_node(settings(tmp_path, text), serving=False) as node:
        with pytest.raises(AtestoError) as caught:
            await issue(node, "edc-sealed")
        assert caught.value.code == "issue.timestamp_service"
