"""The encrypted form: what opens it, and what every change of it causes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from atesto import limits
from atesto.adapters.sealed_file import SealingKey, seal, unseal, unseal_with
from atesto.encoding.base64url import decode_base64url, encode_base64url
from atesto.encoding.jcs import canonicalize_json
from atesto.errors import CustodyError

CONTENT = b"canary content"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "KDF_MEMORY_KIB", 64)
    monkeypatch.setattr(limits, "KDF_ITERATIONS", 1)


def sealed() -> bytes:
    return seal(CONTENT, SealingKey.fresh(b"passphrase"))


def code_of(data: bytes, passphrase: bytes = b"passphrase") -> str:
    with pytest.raises(CustodyError) as caught:
        unseal(data, passphrase)
    assert "canary" not in caught.value.detail
    return caught.value.code


def with_digest(members: dict[str, Any]) -> bytes:
    """As somebody would who alters the file on purpose."""
    rest = {name: value for name, value in members.items() if name != "digest"}
    return canonicalize_json({**rest, "digest": encode_base64url(hashlib.sha256(canonicalize_json(rest)).digest())})


def test_round_trip() -> None:
    data = sealed()
    content, key = unseal(data, b"passphrase")
    assert content == CONTENT
    assert unseal_with(data, key) == CONTENT
    assert b"canary" not in data
    assert data.endswith(b"}\n")


def test_parameters_are_written_and_are_those_of_the_rfc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    members = json.loads(sealed())
    assert members["format"] == "atesto-key-store/1"
    kdf = members["kdf"]
    assert len(decode_base64url(kdf.pop("salt"))) == 16
    assert kdf == {"name": "argon2id", "version": 19, "memory_kib": 65536, "iterations": 3, "lanes": 4}
    assert len(decode_base64url(members["nonce"])) == 12


def test_salts_and_nonces_are_fresh() -> None:
    key = SealingKey.fresh(b"passphrase")
    first, second = json.loads(seal(CONTENT, key)), json.loads(seal(CONTENT, key))
    assert first["kdf"] == second["kdf"]
    assert first["nonce"] != second["nonce"]
    assert first["ciphertext"] != second["ciphertext"]
    assert json.loads(sealed())["kdf"]["salt"] != first["kdf"]["salt"]


def test_key_shows_no_secret() -> None:
    key = SealingKey.fresh(b"canary-passphrase")
    assert "canary" not in repr(key)
    assert repr(key.cipher_key) not in repr(key)
    assert repr(key.check) not in repr(key)


def test_wrong_passphrase() -> None:
    data = sealed()
    for passphrase in (b"", b"Passphrase", b"passphrase\n"):
        assert code_of(data, passphrase) == "custody.passphrase"


def test_other_key_does_not_open() -> None:
    with pytest.raises(CustodyError) as caught:
        unseal_with(sealed(), SealingKey.fresh(b"passphrase"))
    assert caught.value.code == "custody.passphrase"


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"format":"atesto-key-store/1"}', b"{" * 200])
def test_another_file_is_damaged(data: bytes) -> None:
    assert code_of(data) == "custody.store_damaged"


def test_every_accidental_change_is_damage_and_never_opens() -> None:
    data = sealed()
    # Every byte but the line feed at the end, which carries nothing.
    for position in range(len(data) - 1):
        changed = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
        assert code_of(changed) == "custody.store_damaged", position
    for length in range(0, len(data) - 1, 7):
        assert code_of(data[:length]) == "custody.store_damaged"


def flip_text(text: str) -> str:
    data = bytearray(decode_base64url(text))
    data[0] ^= 1
    return encode_base64url(bytes(data))


@pytest.mark.parametrize(
    ("member", "code"), [("nonce", "custody.store_damaged"), ("ciphertext", "custody.store_damaged"), ("key_check", "custody.passphrase")]
)
def test_change_on_purpose_is_refused(member: str, code: str) -> None:
    members = json.loads(sealed())
    members[member] = flip_text(members[member])
    assert code_of(with_digest(members)) == code


def test_altered_salt_is_refused() -> None:
    members = json.loads(sealed())
    members["kdf"]["salt"] = flip_text(members["kdf"]["salt"])
    assert code_of(with_digest(members)) == "custody.passphrase"


def test_header_is_authenticated() -> None:
    """With the right key at hand, a header altered beside its content does not pass: here the check value of another encoding."""
    data = sealed()
    _, key = unseal(data, b"passphrase")
    members = json.loads(data)
    members["kdf"]["lanes"] = 5
    forged = SealingKey(key.salt, key.memory_kib, key.iterations, 5, key.cipher_key, key.check)
    with pytest.raises(CustodyError) as caught:
        unseal_with(with_digest(members), forged)
    assert caught.value.code == "custody.store_damaged"
    assert "altered" in caught.value.detail


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "argon2i"),
        ("version", 16),
        ("version", "19"),
        ("memory_kib", 0),
        ("memory_kib", limits.MAX_KDF_MEMORY_KIB + 1),
        ("memory_kib", True),
        ("memory_kib", 64.5),
        ("memory_kib", "64"),
        ("iterations", 0),
        ("iterations", limits.MAX_KDF_ITERATIONS + 1),
        ("lanes", 0),
        ("lanes", limits.MAX_KDF_LANES + 1),
        ("salt", "AAAA"),
        ("salt", 7),
        ("salt", "=" * 22),
        ("extra", 1),
    ],
)
def test_parameters_out_of_range_are_damage_before_anything_is_derived(monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> None:
    members = json.loads(sealed())
    members["kdf"][name] = value
    monkeypatch.setattr(SealingKey, "derive", lambda *_: pytest.fail("derived"))
    assert code_of(with_digest(members)) == "custody.store_damaged"


def test_kdf_that_is_no_object_is_damage() -> None:
    assert code_of(with_digest({**json.loads(sealed()), "kdf": "argon2id"})) == "custody.store_damaged"


def test_members_are_exact() -> None:
    members = json.loads(sealed())
    assert code_of(with_digest({**members, "extra": 1})) == "custody.store_damaged"
    assert code_of(with_digest({**members, "format": "atesto-key-store/2"})) == "custody.store_damaged"
    assert code_of(with_digest({**members, "nonce": "AAAA"})) == "custody.store_damaged"
    assert code_of(canonicalize_json({**members, "digest": 7})) == "custody.store_damaged"
    assert code_of(canonicalize_json({**members, "digest": "ä"})) == "custody.store_damaged"


def test_parameters_that_argon2_refuses_have_a_code() -> None:
    members = json.loads(sealed())
    members["kdf"]["memory_kib"] = 1
    assert code_of(with_digest(members)) == "custody.passphrase"
