"""Settings: precedence, teaching errors, and the one combination that opens a node."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from atesto.errors import AtestoError
from atesto.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("ATESTO_"):
            monkeypatch.delenv(name)


def configuration(folder: Path, text: str) -> Path:
    path = folder / "node.toml"
    path.write_text(text, encoding="utf-8")
    return path


def fault(flags: dict[str, Any] | None = None, config: Path | None = None) -> tuple[str, str]:
    with pytest.raises(AtestoError) as caught:
        load_settings(flags or {}, config=config)
    return caught.value.code, caught.value.detail


def test_command_line_beats_environment_beats_file_beats_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = configuration(tmp_path, 'port = 1001\nworkers = 3\nhost = "::1"\n')
    assert load_settings({}).port == 8080
    assert load_settings({}, config=config).port == 1001
    monkeypatch.setenv("ATESTO_PORT", "1002")
    settings = load_settings({"host": None}, config=config)
    assert (settings.port, settings.workers, settings.host) == (1002, 3, "::1")
    assert load_settings({"port": 1003}, config=config).port == 1003
    monkeypatch.setenv("ATESTO_CONFIG", str(config))
    assert load_settings({}).workers == 3


def test_where_things_lie(tmp_path: Path) -> None:
    checkout = load_settings({}, checkout=tmp_path)
    assert (checkout.data, checkout.keys, checkout.token_file) == (tmp_path / "data", tmp_path / "keys", tmp_path / "data/api-token")
    elsewhere = load_settings({"data": tmp_path / "d"}, checkout=tmp_path)
    assert (elsewhere.data, elsewhere.keys) == (tmp_path / "d", tmp_path / "d/keys")
    assert load_settings({}).data == Path("~/.local/share/atesto").expanduser()


def test_misspelt_names_are_told_apart_and_the_nearest_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, detail = fault(config=configuration(tmp_path, "prot = 1\n"))
    assert code == "settings.unknown_key"
    assert "Did you mean port?" in detail
    assert fault(config=configuration(tmp_path, "[issuers.a]\nsuite = 'x'\n"))[0] == "settings.unknown_key"
    monkeypatch.setenv("ATESTO_WORKRES", "1")
    code, detail = fault()
    assert code == "settings.unknown_key"
    assert "Did you mean ATESTO_WORKERS?" in detail


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("port = 70000", "port"),
        ("port = 'x'", "port"),
        ("workers = 0", "workers"),
        ("tls_cert = 'a.pem'", "tls_key"),
        ("public_url = 'ftp://x'", "public_url"),
        ("public_url = 'https://u@x/?q'", "public_url"),
        ("default_verifier = 'nobody'", "default_verifier"),
        ("[issuers.a]\npolicy = 'lax'", "issuers.a.policy"),
        ("[issuers.a]\ncryptosuite = 'rot13'", "issuers.a.cryptosuite"),
        ("[issuers.'A B']\npolicy = 'strict'", "issuers"),
        ("[verifiers.strict]\npolicy = 'interop'", "strict"),
        ("[[contexts]]\nurl='https://a.example/c'\nfile='c'\nsha256='00'", "contexts.0.sha256"),
        ("[[schemas]]\nurl='https://a.example/s'\nfile='s'\nsha256='00'", "schemas.0.sha256"),
        ("port = ", "not TOML"),
    ],
)
def test_values_that_cannot_be(tmp_path: Path, text: str, place: str) -> None:
    code, detail = fault(config=configuration(tmp_path, text))
    assert code == "settings.invalid"
    assert place in detail


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    code, detail = fault(config=tmp_path / "none.toml")
    assert code == "settings.invalid"
    assert "none.toml" in detail


def test_no_token_needs_an_interop_file_and_the_loopback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = 'profile = "interop-suite"\nauth = "none"\n'
    assert load_settings({}, config=configuration(tmp_path, opened)).auth == "none"
    assert load_settings({"host": "::1"}, config=configuration(tmp_path, opened)).auth == "none"
    assert fault({"host": "0.0.0.0"}, configuration(tmp_path, opened))[0] == "settings.unsafe"
    assert fault(config=configuration(tmp_path, 'auth = "none"\n'))[0] == "settings.unsafe"
    for name in ("ATESTO_AUTH", "ATESTO_PROFILE"):
        with monkeypatch.context() as patched:
            patched.setenv(name, "none")
            assert fault(config=configuration(tmp_path, opened))[0] == "settings.unsafe"


@pytest.mark.parametrize("profile", ["development", "interop-suite"])
def test_fetching_from_this_network_needs_a_file_that_says_what_the_node_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, profile: str
) -> None:
    opened = f'profile = "{profile}"\nfetch_loopback = true\nfetch_ca_file = "ca.pem"\n'
    settings = load_settings({}, config=configuration(tmp_path, opened))
    assert (settings.fetch_loopback, settings.fetch_ca_file) == (True, Path("ca.pem"))
    assert fault(config=configuration(tmp_path, "fetch_loopback = true\n"))[0] == "settings.unsafe"
    assert fault(config=configuration(tmp_path, f'profile = "{profile}"\nfetch_ca_file = "ca.pem"\n'))[0] == "settings.unsafe"
    for name in ("ATESTO_FETCH_LOOPBACK", "ATESTO_FETCH_CA_FILE"):
        with monkeypatch.context() as patched:
            patched.setenv(name, "true")
            assert fault(config=configuration(tmp_path, opened))[0] == "settings.unsafe"


def test_ports_are_read_from_the_environment_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATESTO_FETCH_PORTS", "8443, 9443")
    assert load_settings({}).fetch_ports == (8443, 9443)
    monkeypatch.setenv("ATESTO_FETCH_PORTS", "70000")
    assert fault()[0] == "settings.invalid"


def test_lists_are_read_from_the_environment_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATESTO_ALLOWED_HOSTS", "a.example, b.example")
    assert load_settings({}).allowed_hosts == ("a.example", "b.example")


def test_a_refused_value_is_not_repeated(tmp_path: Path) -> None:
    _, detail = fault(config=configuration(tmp_path, "port = 'hunter2'"))
    assert "hunter2" not in detail


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_an_issuer_has_a_cryptosuite_or_an_envelope(tmp_path: Path) -> None:
    issuers = load_settings({}, config=configuration(tmp_path, "[issuers.a]\nenvelope = 'jwt'\n[issuers.b]\n")).issuers
    assert (issuers["a"].envelope, issuers["a"].cryptosuite, issuers["b"].envelope) == ("jwt", None, None)
    both = "[issuers.a]\nenvelope = 'jwt'\ncryptosuite = 'eddsa-jcs-2022'\n"
    assert fault(config=configuration(tmp_path, both)) == (
        "settings.invalid",
        "issuers.a: an issuer has a cryptosuite or an envelope, not both.",
    )
    assert fault(config=configuration(tmp_path, "[issuers.a]\nenvelope = 'cose'\n"))[0] == "settings.invalid"
    for suite in ("Ed25519Signature2020", "eddsa-2022", "rot13"):
        assert fault(config=configuration(tmp_path, f"[issuers.a]\ncryptosuite = '{suite}'\n"))[0] == "settings.invalid"
