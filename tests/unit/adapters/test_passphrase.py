"""Where the passphrase comes from."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from atesto import limits
from atesto.adapters.passphrase import obtain_passphrase
from atesto.errors import CustodyError

if TYPE_CHECKING:
    from pathlib import Path


def private(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def code_of(explicit: Path | None, fallback: Path, key_store: Path) -> str:
    with pytest.raises(CustodyError) as caught:
        obtain_passphrase(explicit, fallback=fallback, key_store=key_store)
    assert "canary" not in caught.value.detail
    return caught.value.code


def test_explicit_file(tmp_path: Path) -> None:
    explicit = private(tmp_path / "passphrase", b"canary words\r\n\n")
    found = obtain_passphrase(explicit, fallback=tmp_path / "data" / "pass", key_store=tmp_path / "keys" / "keys.json")
    assert found.secret == b"canary words"
    assert found.notice is None
    assert "canary" not in repr(found)
    assert not (tmp_path / "data").exists()


def test_explicit_file_through_a_symbolic_link(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(private(tmp_path / "passphrase", b"words"))
    assert obtain_passphrase(link, fallback=tmp_path / "pass", key_store=tmp_path / "keys" / "k").secret == b"words"
    (tmp_path / "passphrase").chmod(0o644)
    assert code_of(link, tmp_path / "pass", tmp_path / "keys" / "k") == "custody.insecure_permissions"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601])
def test_explicit_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    explicit = private(tmp_path / "passphrase", b"canary")
    explicit.chmod(mode)
    assert code_of(explicit, tmp_path / "pass", tmp_path / "keys" / "k") == "custody.insecure_permissions"


def test_explicit_file_must_be_there_and_hold_something(tmp_path: Path) -> None:
    place = (tmp_path / "pass", tmp_path / "keys" / "k")
    assert code_of(tmp_path / "nothing", *place) == "custody.passphrase"
    assert code_of(private(tmp_path / "empty", b"\n"), *place) == "custody.passphrase"
    assert code_of(private(tmp_path / "large", b"x" * (limits.MAX_PASSPHRASE_BYTES + 1)), *place) == "custody.passphrase"
    assert obtain_passphrase(private(tmp_path / "full", b"x" * limits.MAX_PASSPHRASE_BYTES), fallback=place[0], key_store=place[1]).secret
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o700)
    assert code_of(folder, *place) == "custody.passphrase"


def test_generated_once_and_said_loudly(tmp_path: Path) -> None:
    fallback, key_store = tmp_path / "secrets" / "passphrase", tmp_path / "keys" / "keys.json"
    made = obtain_passphrase(None, fallback=fallback, key_store=key_store)
    assert made.notice is not None
    assert str(fallback) in made.notice
    assert "ATESTO_KEY_PASSPHRASE_FILE" in made.notice
    assert made.secret.decode() not in made.notice
    assert len(made.secret) == 43
    assert stat.S_IMODE(fallback.stat().st_mode) == 0o600
    assert stat.S_IMODE(fallback.parent.stat().st_mode) == 0o700
    assert fallback.read_bytes() == made.secret + b"\n"
    again = obtain_passphrase(None, fallback=fallback, key_store=key_store)
    assert (again.secret, again.notice) == (made.secret, None)
    other = obtain_passphrase(None, fallback=tmp_path / "other" / "passphrase", key_store=key_store)
    assert other.secret != made.secret


def test_not_inside_the_key_folder(tmp_path: Path) -> None:
    key_store = tmp_path / "keys" / "keys.json"
    (tmp_path / "alias").symlink_to(tmp_path / "keys")
    for fallback in (
        tmp_path / "keys" / "pass",
        tmp_path / "keys" / "sub" / "pass",
        tmp_path / "alias" / "pass",
        tmp_path / "a" / ".." / "keys" / "pass",
    ):
        assert code_of(None, fallback, key_store) == "custody.passphrase"
        assert not fallback.exists()


def test_not_made_anew_for_an_existing_store(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    key_store = private(tmp_path / "keys" / "keys.json", b"{}")
    assert code_of(None, tmp_path / "passphrase", key_store) == "custody.passphrase"
    assert not (tmp_path / "passphrase").exists()


def test_generated_file_opened_to_others_is_refused(tmp_path: Path) -> None:
    fallback = tmp_path / "passphrase"
    obtain_passphrase(None, fallback=fallback, key_store=tmp_path / "keys" / "k")
    fallback.chmod(0o644)
    assert code_of(None, fallback, tmp_path / "keys" / "k") == "custody.insecure_permissions"


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    private(tmp_path / "file", b"")
    assert code_of(None, tmp_path / "file" / "passphrase", tmp_path / "keys" / "k") == "custody.passphrase"


def test_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert code_of(None, tmp_path / "passphrase", tmp_path / "keys" / "k") == "custody.store_unwritable"
    assert not (tmp_path / "passphrase").exists()
