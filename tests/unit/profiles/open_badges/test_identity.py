"""Identity objects: the published vector, and who is recognized by which."""

from __future__ import annotations

import hashlib

import pytest

from atesto.profiles.open_badges.identity import EMAIL, hashed_identity, is_identity_of, plain_identity

KOSHER = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"


def test_the_published_vector() -> None:
    assert hashed_identity(EMAIL, "a@example.com", salt="Kosher")["identityHash"] == KOSHER


@pytest.mark.parametrize("written", ["a@example.com", " A@Example.COM "])
def test_an_address_is_hashed_in_lower_case(written: str) -> None:
    identity = hashed_identity(EMAIL, written, salt="Kosher")
    assert identity["identityHash"] == KOSHER
    assert is_identity_of(identity, EMAIL, "A@EXAMPLE.COM")


def test_who_hashed_it_as_it_was_given_is_recognized_as_it_was_given() -> None:
    digest = hashlib.sha256(b"Ada@Example.comSea").hexdigest().upper()
    identity = {**hashed_identity(EMAIL, "x", salt="Sea"), "identityHash": f"sha256${digest}"}
    assert is_identity_of(identity, EMAIL, "Ada@Example.com")
    assert not is_identity_of(identity, EMAIL, "ada@example.com")


def test_without_salt_and_with_md5() -> None:
    identity = hashed_identity(EMAIL, "x", salt="")
    del identity["salt"]
    identity["identityHash"] = "md5$" + hashlib.md5(b"ada@example.com", usedforsecurity=False).hexdigest()
    assert is_identity_of(identity, EMAIL, "Ada@example.com")


@pytest.mark.parametrize(
    "change",
    [
        {"identityHash": "sha256$00"},
        {"identityHash": 7},
        {"salt": "Other"},
        {"salt": 7},
        {"hashed": "true"},
        {"hashed": False},
        {"identityType": "name"},
        {"identityHash": KOSHER.replace("sha256", "sha512")},
    ],
)
def test_what_does_not_fit_belongs_to_nobody(change: dict[str, object]) -> None:
    identity = hashed_identity(EMAIL, "a@example.com", salt="Kosher")
    assert is_identity_of(identity, EMAIL, "a@example.com")
    assert not is_identity_of({**identity, **change}, EMAIL, "a@example.com")  # type: ignore[dict-item]


def test_plain_identities() -> None:
    assert is_identity_of(plain_identity(EMAIL, "Ada@example.com"), EMAIL, "ada@Example.com ")
    assert is_identity_of(plain_identity("name", "Ada"), "name", "Ada")
    assert not is_identity_of(plain_identity("name", "Ada"), "name", "ada")
