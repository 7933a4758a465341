"""The development authority: made once, private, loud; its seals say what they are."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from atesto.adapters.certificate_file import read_anchors
from atesto.adapters.development_seal import DevelopmentSealKeys
from atesto.errors import AtestoError
from atesto.proofs.jades.assessment import NO_TRUST, SealTrust, assess_seal
from atesto.proofs.jades.seal import parse_seal
from tests.simulators.seals import sealed

if TYPE_CHECKING:
    from pathlib import Path


async def test_it_is_made_when_it_is_asked_for_and_stays(tmp_path: Path) -> None:
    path, said = tmp_path / "keys" / "seal-development.pem", list[str]()
    keys = DevelopmentSealKeys(path, warn=said.append)
    assert not path.exists()
    first = keys.key_for("VATIE-0000000T")
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert keys.key_for("VATIE-0000000T") is first
    assert len(said) == 2
    assert all("DEVELOPMENT" in sentence for sentence in said)
    now = datetime.now(UTC)
    document = await sealed(first, at=now)
    anchors = read_anchors([path])
    found = assess_seal(parse_seal(document), SealTrust(anchors), now=now)
    assert found.indication.value == "TOTAL-PASSED"
    facts = found.certificate
    assert (facts.subject.organization_identifier, facts.subject.organization) == ("VATIE-0000000T", "DEVELOPMENT")
    assert (facts.subject.common_name, facts.issuer.common_name) == ("DEVELOPMENT seal", "DEVELOPMENT authority for seals")
    assert not facts.qualification.certificate
    assert assess_seal(parse_seal(document), NO_TRUST, now=now).sub_indication == "NO_CERTIFICATE_CHAIN_FOUND"
    # Another process finds the same authority, and makes keys of its own.
    other = DevelopmentSealKeys(path, warn=said.append).key_for("VATIE-0000000T")
    assert other.chain[1:] == first.chain[1:] == anchors
    assert other.chain[0] != first.chain[0]


def test_a_certificate_for_each_organisation(tmp_path: Path) -> None:
    keys = DevelopmentSealKeys(tmp_path / "a.pem", warn=lambda _: None)
    assert keys.key_for("VATIE-1").chain[0] != keys.key_for("VATIE-2").chain[0] != keys.key_for(None).chain[0]
    for number in range(70):
        keys.key_for(f"VATIE-{number}")


@pytest.mark.parametrize("identifier", ["x" * 5_000, "\x00", "\ud800"])
def test_an_identifier_that_no_certificate_can_state(tmp_path: Path, identifier: str) -> None:
    keys = DevelopmentSealKeys(tmp_path / "a.pem", warn=lambda _: None)
    try:
        keys.key_for(identifier)
    except AtestoError as error:
        assert error.code == "custody.seal_certificate"  # noqa: PT017 - some of them can be stated


def test_a_damaged_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.pem"
    path.write_bytes(b"damaged")
    path.chmod(0o600)
    with pytest.raises(AtestoError) as caught:
        DevelopmentSealKeys(path, warn=lambda _: None).key_for("VATIE-1")
    assert caught.value.code == "custody.seal_certificate"
    assert path.read_bytes() == b"damaged"
    path.chmod(0o644)
    with pytest.raises(AtestoError) as caught:
        DevelopmentSealKeys(path, warn=lambda _: None).key_for("VATIE-1")
    assert caught.value.code == "custody.insecure_permissions"
