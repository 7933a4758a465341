"""Whether a credential was awarded to a person: by id, by plain and by hashed identifiers, in the forms that issuers use."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import pytest

from atesto.credentials.recipient import check_recipient
from atesto.errors import VerificationError

KOSHER: Final = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
"""The specification's vector: a@example.com with the salt Kosher."""


def hashed(text: str, salt: str = "", by: str = "sha256") -> str:
    return f"{by}${hashlib.new(by, (text + salt).encode(), usedforsecurity=False).hexdigest()}"


def identity(stated: str, kind: str = "emailAddress", *, is_hashed: bool = True, **members: Any) -> Any:
    return {"type": "IdentityObject", "hashed": is_hashed, "identityHash": stated, "identityType": kind, **members}


def awarded_to(*identities: Any, **members: Any) -> Any:
    return {"credentialSubject": {"type": ["AchievementSubject"], **({"identifier": list(identities)} if identities else {}), **members}}


@pytest.mark.parametrize(
    ("credential", "recipient"),
    [
        (awarded_to(id="did:example:learner"), "did:example:learner"),
        (awarded_to(id="https://example.org/people/1"), "https://example.org/people/1"),
        (awarded_to(id="mailto:a@example.com"), "a@example.com"),
        (awarded_to(id="mailto:A@Example.com"), "a@example.com"),
        (awarded_to(identity(KOSHER, salt="Kosher")), "a@example.com"),
        (awarded_to(identity(KOSHER.upper().replace("SHA256", "sha256"), salt="Kosher")), "a@example.com"),
        (awarded_to(identity(KOSHER, salt="Kosher")), "A@Example.Com"),
        (awarded_to(identity(KOSHER, salt="Kosher")), " a@example.com "),
        (awarded_to(identity(hashed("A@Example.Com"))), "A@Example.Com"),
        (awarded_to(identity(hashed("a@example.com"))), "a@example.com"),
        (awarded_to(identity("a@example.com", is_hashed=False)), "A@example.com"),
        (awarded_to(identity("A@Example.com", is_hashed=False, salt="not-used")), "a@example.com"),
        (awarded_to(identity(hashed("x@y.z")), identity(hashed("a@example.com"))), "a@example.com"),
        (awarded_to(identity("12345", "sourcedId", is_hashed=False)), "12345"),
        (awarded_to(identity(hashed("12345", "s"), "ext:studentCardId", salt="s")), "12345"),
        ({"credentialSubject": [{"id": "urn:uuid:1"}, {"id": "urn:uuid:2"}]}, "urn:uuid:2"),
        ({"credentialSubject": {"identifier": identity(KOSHER, salt="Kosher")}}, "a@example.com"),
    ],
)
def test_it_was_awarded_to_that_person(credential: Any, recipient: str) -> None:
    assert check_recipient(credential, recipient) is False


@pytest.mark.parametrize(
    ("credential", "recipient"),
    [
        (awarded_to(id="did:example:learner"), "did:example:other"),
        (awarded_to(id="did:example:learner"), "did:example:LEARNER"),
        (awarded_to(id="did:example:learner"), "a@example.com"),
        (awarded_to(), "a@example.com"),
        ({}, "a@example.com"),
        (awarded_to(identity(KOSHER, salt="Kosher")), "b@example.com"),
        (awarded_to(identity(KOSHER)), "a@example.com"),
        (awarded_to(identity(KOSHER, salt="kosher")), "a@example.com"),
        (awarded_to(identity(KOSHER, salt=1)), "a@example.com"),
        # The hash itself is nobody's address, and a plain value is no hash.
        (awarded_to(identity(KOSHER, salt="Kosher")), KOSHER),
        (awarded_to(identity(KOSHER, salt="Kosher", is_hashed=False)), "a@example.com"),
        (awarded_to(identity("a@example.com")), "a@example.com"),
        (awarded_to(identity("sha1$" + hashlib.sha1(b"a@example.com").hexdigest())), "a@example.com"),
        (awarded_to(identity(hashed("a@example.com")[7:])), "a@example.com"),
        # An identifier of another kind is another identifier.
        (awarded_to(identity("a@example.com", "userName", is_hashed=False)), "a@example.com"),
        (awarded_to(identity("12345", is_hashed=False)), "12345"),
    ],
)
def test_it_was_awarded_to_somebody_else(credential: Any, recipient: str) -> None:
    with pytest.raises(VerificationError) as caught:
        check_recipient(credential, recipient)
    assert (caught.value.code, caught.value.pointer) == ("recipient.mismatch", "/credentialSubject")


def test_a_match_by_a_broken_hash_is_told() -> None:
    weak, strong = identity(hashed("a@example.com", by="md5")), identity(hashed("a@example.com"))
    assert check_recipient(awarded_to(weak), "a@example.com") is True
    assert check_recipient(awarded_to(weak, strong), "a@example.com") is False
