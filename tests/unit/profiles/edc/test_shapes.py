"""The verdict of shapes in a folder, beside ours: a small folder stands for the published ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc import shapes
from atesto.profiles.edc.application_profiles import DIPLOMA_SUPPLEMENT, GENERIC, MANDATE
from atesto.profiles.edc.shapes import HOW_TO_INSTALL, shape_files, shapes_findings
from tests.simulators.awards import credential, example
from tests.simulators.parts import PROCESSOR
from tests.simulators.small_shapes import small_shapes

if TYPE_CHECKING:
    from pathlib import Path

CONFORMS = ("edc.shapes_conform", "EDC-generic-no-cv + EDC-generic-full: conforms.", "")


def document() -> Any:
    return credential(parse_award(example("en-tidal-turbines")))


def found(value: Any, folder: Path) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.detail, finding.pointer) for finding in shapes_findings(PROCESSOR, value, str(folder))]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return small_shapes(tmp_path / "shapes")


def test_a_credential_that_conforms(folder: Path) -> None:
    assert found(document(), folder) == [CONFORMS]


def test_a_credential_that_does_not_is_told_where(folder: Path) -> None:
    value = document()
    del value["credentialSubject"]["hasClaim"]["title"]
    assert found(value, folder) == [
        ("edc.shapes_violated", "EDC-generic-no-cv + EDC-generic-full: 1 result.", ""),
        ("edc.shapes_violated", "title: MinCount.", "/credentialSubject/hasClaim"),
    ]


@pytest.mark.parametrize("kind", [None, ["VerifiableCredential"], "EuropeanDigitalCredential"])
def test_the_shapes_are_not_asked_about_anything_else(kind: Any, folder: Path) -> None:
    ((code, detail, _),) = found({**document(), "type": kind}, folder)
    assert code == "edc.shapes_not_applied"
    assert "not one European Digital Credential" in detail
    assert found({}, folder) == [(code, detail, "")]


def test_nor_about_two_in_one(folder: Path) -> None:
    value = document()
    value["credentialSubject"]["type"] = ["Person", "EuropeanDigitalCredential"]
    assert found(value, folder)[0][0] == "edc.shapes_not_applied"


def test_what_cannot_be_stated_as_they_want_it_is_left_out(folder: Path) -> None:
    left_out = {"proof": {"proofValue": 5}, "credentialStatus": {"anything": 1}, "termsOfUse": {"x": 2}, "holder": 3}
    assert found({**document(), **left_out}, folder) == [CONFORMS]


def test_what_json_ld_would_drop_keeps_nobody_from_asking(folder: Path) -> None:
    value = {**document(), "cnf": {"jwk": {"kty": "OKP"}}}
    value["issuer"]["studentNumber"] = 5
    assert found(value, folder) == [CONFORMS]


def test_what_is_no_json_ld_at_all_is_said(folder: Path) -> None:
    value = document()
    value["@context"] = ["https://unknown.example/context"]
    ((code, detail, _),) = found(value, folder)
    assert code == "edc.shapes_not_applied"
    assert detail.startswith("The credential could not be read as statements: ")


def test_a_folder_without_a_file_that_is_needed(folder: Path) -> None:
    (folder / "EDC-generic-full.ttl").unlink()
    assert found(document(), folder) == [("edc.shapes_not_applied", "The folder of the published shapes has no EDC-generic-full.ttl.", "")]


def test_a_profile_needs_its_own_file(folder: Path) -> None:
    ((_, detail, _),) = [
        (finding.code, finding.detail, finding.pointer) for finding in shapes_findings(PROCESSOR, document(), str(folder), [MANDATE])
    ]
    assert detail == "The folder of the published shapes has no EDC-issuedByMandate.ttl."


def test_without_the_extra_a_sentence_says_how_to_install_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shapes.is_installed()
    monkeypatch.setattr(shapes, "is_installed", lambda: False)
    assert found(document(), folder) == [("edc.shapes_not_applied", HOW_TO_INSTALL, "")]
    assert "pip install 'atesto[shacl]'" in HOW_TO_INSTALL


def test_the_files_of_a_profile_are_those_of_what_it_builds_on() -> None:
    assert shape_files([GENERIC]) == shape_files([]) == ("EDC-generic-no-cv.ttl", "EDC-generic-full.ttl")
    assert shape_files([DIPLOMA_SUPPLEMENT])[2:] == ("EDC-accredited.ttl", "EDC-diplomaSupplement.ttl")


def test_at_most_twenty_kinds_of_result_are_listed(folder: Path) -> None:
    rule = (folder / "EDC-generic-no-cv.ttl").read_text(encoding="utf-8")
    paths = "".join(
        f"<urn:shape:{n}> a sh:NodeShape ; sh:targetClass elm:Person ; sh:property [ sh:path <urn:p{n}> ; sh:minCount 1 ] .\n"
        for n in range(30)
    )
    (folder / "EDC-generic-no-cv.ttl").write_text(rule + paths, encoding="utf-8")
    findings = found(document(), folder)
    assert findings[0][1].endswith(": 30 results.")
    assert len(findings) == 21
