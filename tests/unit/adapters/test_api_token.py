"""The API token: private, made once, shown nowhere."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from atesto.adapters.api_token import ApiToken, obtain_token
from atesto.errors import CustodyError

if TYPE_CHECKING:
    from pathlib import Path


def code_of(path: Path) -> str:
    with pytest.raises(CustodyError) as caught:
        obtain_token(path)
    return caught.value.code


def test_it_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "data" / "api-token"
    first = obtain_token(path)
    assert first.notice is not None
    assert str(path) in first.notice
    assert first.secret not in first.notice
    assert len(first.secret) >= 43
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    second = obtain_token(path)
    assert (second.secret, second.notice) == (first.secret, None)
    assert obtain_token(tmp_path / "other").secret != first.secret


def test_it_shows_in_no_representation() -> None:
    assert "hunter2" not in repr(ApiToken("hunter2-hunter2-hunter2"))


@pytest.mark.parametrize("content", [b"", b"short", b"with a space in it somewhere", b"\xc3\xa4" * 20, b"a" * 20 + b"\x00"])
def test_what_is_no_token_is_refused_and_not_repeated(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "api-token"
    path.write_bytes(content)
    path.chmod(0o600)
    assert code_of(path) == "custody.token"
    assert path.read_bytes() == content


def test_a_token_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "api-token"
    path.write_bytes(b"a" * 40)
    path.chmod(0o640)
    assert code_of(path) == "custody.insecure_permissions"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert code_of(tmp_path / "file" / "api-token") in {"custody.token", "custody.store_damaged"}


def test_line_breaks_around_it_are_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "api-token"
    path.write_bytes(b"  token-with-enough-characters\r\n")
    path.chmod(0o600)
    assert obtain_token(path).secret == "token-with-enough-characters"
