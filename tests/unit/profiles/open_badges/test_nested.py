"""Credentials inside a credential are found where they stand, and only the outermost of them."""

from __future__ import annotations

from typing import Any

from atesto.profiles.open_badges.nested import Role, nested_credentials
from tests.unit.profiles.open_badges.test_check import ENDORSEMENT, badge


def test_endorsements_are_found_with_their_places() -> None:
    document = badge()
    document["endorsementJwt"] = ["a.b.c"]
    document["issuer"]["endorsement"] = ENDORSEMENT
    achievement: Any = document["credentialSubject"]["achievement"]
    achievement["creator"] = {
        "id": "urn:x",
        "type": ["Profile"],
        "parentOrg": {"id": "urn:y", "type": ["Profile"], "endorsement": [ENDORSEMENT]},
    }
    found = nested_credentials(document)
    assert [(nested.pointer, nested.role) for nested in found] == [
        ("/issuer/endorsement", Role.ENDORSEMENT),
        ("/credentialSubject/achievement/endorsement/0", Role.ENDORSEMENT),
        ("/credentialSubject/achievement/creator/parentOrg/endorsement/0", Role.ENDORSEMENT),
        ("/endorsementJwt/0", Role.ENDORSEMENT),
    ]
    assert found[1].credential is achievement["endorsement"][0]
    assert found[3].credential == "a.b.c"


def test_bundled_credentials_are_found_and_not_looked_into() -> None:
    inner = badge()
    record: Any = {"credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": [inner, "a.b.c"]}, "evidence": [badge()]}
    found = nested_credentials(record)
    assert [(nested.pointer, nested.role) for nested in found] == [
        ("/credentialSubject/verifiableCredential/0", Role.BUNDLED),
        ("/credentialSubject/verifiableCredential/1", Role.BUNDLED),
        ("/evidence/0", Role.OTHER),
    ]
    assert [nested.pointer for nested in nested_credentials(inner)] == ["/credentialSubject/achievement/endorsement/0"]


def test_a_proof_or_context_holds_none() -> None:
    assert nested_credentials({"proof": {"verifiableCredential": badge()}, "@context": [{"endorsement": ENDORSEMENT}]}) == ()
