"""What a drawn badge says, read from whatever credential it is for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from atesto.profiles.award.parse import parse_award
from atesto.profiles.badge_face import BadgeFace, badge_face
from atesto.profiles.table import FORMS
from tests.simulators.awards import example
from tests.simulators.pictures import PIXEL

BADGE: dict[str, Any] = {
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Of the credential",
    "issuer": {"id": "did:example:a", "name": "Example Corp"},
    "validFrom": "2026-06-15T23:00:00Z",
    "credentialSubject": {"achievement": {"name": "Teamwork", "achievementType": "CertificateOfCompletion", "inLanguage": "de-AT"}},
}


def test_a_badge_says_its_achievement_its_issuer_its_kind_and_its_day() -> None:
    assert badge_face(BADGE, colour="#0B6B4F") == BadgeFace(
        "Teamwork", "Example Corp", "de", kind="Certificate of completion", awarded=date(2026, 6, 15), colour="#0B6B4F"
    )
    assert badge_face({**BADGE, "awardedDate": "2025-01-02T00:00:00Z"}).awarded == date(2025, 1, 2)
    older = {name: value for name, value in BADGE.items() if name != "validFrom"}
    assert badge_face({**older, "issuanceDate": "2010-01-01T00:00:00Z"}).awarded == date(2010, 1, 1)


def test_a_credential_of_a_form_of_ours_is_read_as_its_award() -> None:
    award = parse_award(example("en-tidal-turbines"))
    document = FORMS["edc"].write(
        award,
        issuer_did="did:example:a",
        credential_id="urn:uuid:0",
        issued=datetime(2026, 6, 15, tzinfo=UTC),
        pages={"en": PIXEL, "ga": PIXEL},
    )
    face = badge_face(document)
    assert (face.title, face.institution) == ("Condition Monitoring of Tidal Turbines", "Carrowmore Institute of Technology")
    assert (face.eqf, face.ects, face.awarded, face.language) == (6, 4, date(2026, 6, 12), "en")


@pytest.mark.parametrize("wrong", [None, True, 3, "x", [], [None], ["x"], {}, {"name": 3}, {"name": {}}, [[{}]]])
@pytest.mark.parametrize("member", ["type", "name", "issuer", "validFrom", "awardedDate", "credentialSubject"])
def test_whatever_a_member_is_there_is_a_face(member: str, wrong: Any) -> None:
    assert isinstance(badge_face({**BADGE, member: wrong}), BadgeFace)
    subject = {"achievement": wrong, "name": wrong}
    assert badge_face({**BADGE, "credentialSubject": subject}).title in {"Of the credential", "x"}
    achievement = {"name": wrong, "achievementType": wrong, "inLanguage": wrong}
    assert isinstance(badge_face({**BADGE, "credentialSubject": {"achievement": achievement}}), BadgeFace)


def test_languages_are_chosen_and_lists_are_read_from_their_first() -> None:
    many = {**BADGE, "credentialSubject": [{"achievement": [{"name": {"el": "Ομαδικότητα", "en": "Teamwork"}}]}], "issuer": "did:example:a"}
    assert badge_face(many).title == "Ομαδικότητα"
    assert badge_face(many).institution == ""
    assert badge_face({**BADGE, "type": "OpenBadgeCredential"}).title == "Teamwork"
