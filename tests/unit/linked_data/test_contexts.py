"""The registry: pinned by digest, extended by the operator, never replaced, never fetched."""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.errors import MalformedInput, VerificationError
from atesto.linked_data import contexts
from atesto.linked_data.contexts import ContextRegistry, bundled_folder
from atesto.linked_data.processor import LinkedDataProcessor

if TYPE_CHECKING:
    from pathlib import Path

    from atesto.encoding.strict_json import JsonObject

BUNDLED: Final = ContextRegistry.bundled()
INDEX: Final[list[dict[str, Any]]] = json.loads((bundled_folder() / "index.json").read_bytes())["contexts"]
V2: Final = "https://www.w3.org/ns/credentials/v2"
OWN: Final = "https://university.example/terms/v1"
DATA: Final = b'{"@context": {"@vocab": "https://university.example/terms#"}}'
SHA: Final = hashlib.sha256(DATA).hexdigest()


def test_every_row_of_the_index_is_a_file_with_its_digest() -> None:
    assert len(INDEX) == 20
    for row in INDEX:
        data = (bundled_folder() / row["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
        for url in (row["url"], *row["aliases"]):
            assert BUNDLED.document(url) == json.loads(data)
            assert BUNDLED.published_digests(url) == {item["sha256"]: item["source"] for item in row["published"]}
            assert BUNDLED.entries[url].usable_under == row["usable_under"]
    assert set(BUNDLED.entries) == {url for row in INDEX for url in (row["url"], *row["aliases"])}


def test_no_other_file_lies_beside_them() -> None:
    listed = {row["file"] for row in INDEX} | {"index.json"}
    found = {str(path.relative_to(bundled_folder())) for path in bundled_folder().rglob("*.json*")}
    assert found == listed


def test_aliases_are_other_spellings_of_one_context() -> None:
    edc = "http://data.europa.eu/snb/model/context/edc-ap"
    assert BUNDLED.entries[edc] is BUNDLED.entries[edc.replace("http:", "https:")]


@pytest.mark.parametrize(
    "url", ["", "https://www.w3.org/ns/credentials/v2/", "http://www.w3.org/ns/credentials/v2", V2.upper(), V2 + "#", OWN]
)
def test_other_spellings_are_unknown(url: str) -> None:
    for ask in (BUNDLED.document, BUNDLED.published_digests):
        with pytest.raises(VerificationError) as refused:
            ask(url)
        assert refused.value.code == "context.unknown"


def test_an_unknown_url_is_repeated_in_part_only() -> None:
    with pytest.raises(VerificationError) as refused:
        BUNDLED.document("https://" + "x" * 5_000)
    assert len(refused.value.detail) < 300


def test_contexts_for_tests_are_usable_under_interop_only() -> None:
    only = {row["url"] for row in INDEX if row["usable_under"] == "interop"}
    assert only == {"https://www.w3.org/ns/credentials/undefined-terms/v2", "https://www.w3.org/ns/credentials/examples/v2"}
    for url in BUNDLED.entries:
        assert BUNDLED.usable_under(url, "interop")
        assert BUNDLED.usable_under(url, "strict") is (url not in only)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = tmp_path / "contexts"
    shutil.copytree(bundled_folder(), copied)
    monkeypatch.setattr(contexts, "bundled_folder", lambda: copied)
    return copied


def test_an_altered_file_is_noticed(folder: Path) -> None:
    assert ContextRegistry.bundled() == BUNDLED
    path = folder / INDEX[0]["file"]
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(MalformedInput) as refused:
        ContextRegistry.bundled()
    assert refused.value.code == "context.digest_mismatch"
    assert INDEX[0]["url"] in refused.value.detail


def test_the_folder_is_in_the_checkout_or_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (bundled_folder() / "index.json").is_file()
    installed = tmp_path / "linked_data" / "bundled_contexts"
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    assert bundled_folder() != installed
    installed.mkdir(parents=True)
    assert bundled_folder() == installed


@pytest.mark.parametrize("sha256", [SHA, SHA.upper()])
def test_an_operator_adds_a_context(sha256: str) -> None:
    registry = BUNDLED.with_operator_contexts({OWN: (DATA, sha256)})
    assert registry.document(OWN) == json.loads(DATA)
    assert registry.published_digests(OWN) == {SHA: "registered by the operator"}
    assert registry.usable_under(OWN, "strict")
    assert set(registry.entries) == {*BUNDLED.entries, OWN}
    assert OWN not in BUNDLED.entries
    document: JsonObject = {"@context": OWN, "grade": "A"}
    assert LinkedDataProcessor(registry).dataset_of(document) == (("_:b0", "<https://university.example/terms#grade>", '"A"', ""),)
    with pytest.raises(VerificationError, match=r"context\.unknown"):
        LinkedDataProcessor(BUNDLED).dataset_of(document)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{}", "context.malformed"),
        (b"[]", "json.not_an_object"),
        (b"{", "json.invalid"),
        (b'{"@context":{},"@context":{}}', "json.duplicate_member"),
    ],
)
def test_an_operator_s_context_has_to_be_one(data: bytes, code: str) -> None:
    with pytest.raises(MalformedInput) as refused:
        BUNDLED.with_operator_contexts({OWN: (data, hashlib.sha256(data).hexdigest())})
    assert refused.value.code == code


@pytest.mark.parametrize("sha256", ["", SHA[:-1], "0" * 64, hashlib.sha256(b"").hexdigest()])
def test_an_operator_s_context_needs_its_digest(sha256: str) -> None:
    with pytest.raises(MalformedInput) as refused:
        BUNDLED.with_operator_contexts({OWN: (DATA, sha256)})
    assert refused.value.code == "settings.digest_mismatch"


@pytest.mark.parametrize("url", [V2, "https://data.europa.eu/snb/model/context/edc-ap"])
def test_bundled_contexts_cannot_be_replaced(url: str) -> None:
    with pytest.raises(MalformedInput) as refused:
        BUNDLED.with_operator_contexts({OWN: (DATA, SHA), url: (DATA, SHA)})
    assert refused.value.code == "context.malformed"
    assert url in refused.value.detail


def test_a_registry_travels_to_worker_processes() -> None:
    assert pickle.loads(pickle.dumps(BUNDLED)) == BUNDLED
