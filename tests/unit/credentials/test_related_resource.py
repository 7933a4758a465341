"""Related resources: where each digest stands, and what comparing them with what is known says."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from atesto.credentials.related_resource import check_digests, related_resources, stated_digests
from atesto.errors import VerificationError
from tests.simulators.parts import CONTEXTS

ZEROS = "sha384-" + "A" * 64
SHA256 = "sha256-" + "A" * 43 + "="
UNKNOWN = "uHiA" + "A" * 43


def test_each_digest_has_its_place() -> None:
    node: Any = {"id": "urn:r:1", "digestSRI": f"{ZEROS} {SHA256}", "digestMultibase": [UNKNOWN, "u" + "A" * 43]}
    (found,) = related_resources({"relatedResource": [node]})
    assert (found.id, found.pointer) == ("urn:r:1", "/relatedResource/0")
    assert [(stated.digest.algorithm, stated.pointer) for stated in found.digests] == [
        ("sha384", "/relatedResource/0/digestSRI"),
        ("sha256", "/relatedResource/0/digestSRI"),
        (None, "/relatedResource/0/digestMultibase/0"),
        ("sha256", "/relatedResource/0/digestMultibase/1"),
    ]
    assert related_resources({}) == ()
    assert stated_digests({"id": "urn:r:1"}, "/x") == ()


def test_digests_are_compared_by_algorithm() -> None:
    digests = stated_digests({"digestSRI": [ZEROS, SHA256]}, "")
    assert check_digests(digests, {"sha384": [bytes(48)], "sha256": [b"x", bytes(32)]}) == ()
    assert [stated.pointer for stated in check_digests(digests, {"sha256": [bytes(32)]})] == ["/digestSRI/0"]
    with pytest.raises(VerificationError) as caught:
        check_digests(digests, {"sha256": [bytes(32)], "sha384": [bytes(32)]})
    assert (caught.value.code, caught.value.pointer) == ("resource.digest_mismatch", "/digestSRI/0")
    with pytest.raises(VerificationError) as caught:
        check_digests(stated_digests({"digestMultibase": UNKNOWN}, ""), {"sha256": [bytes(32)]})
    assert (caught.value.code, caught.value.pointer) == ("resource.digest_mismatch", "/digestMultibase")


def test_what_is_known_of_contexts() -> None:
    v2 = "https://www.w3.org/ns/credentials/v2"
    final, both = CONTEXTS.known_digests(v2, historical=False), CONTEXTS.known_digests(v2, historical=True)
    assert final is not None
    assert both is not None
    assert {name: len(values) for name, values in final.items()} == {"sha256": 1, "sha384": 1, "sha512": 1}
    assert {name: len(values) for name, values in both.items()} == {"sha256": 2, "sha384": 2, "sha512": 1}
    assert CONTEXTS.known_digests("https://example.org/unknown", historical=True) is None
    assert CONTEXTS.known_digests("https://w3id.org/vc/status-list/2021/v1", historical=True) == {}


def test_which_digests_of_published_revisions_are_known() -> None:
    fewer = {
        source: algorithms
        for entry in CONTEXTS.entries.values()
        for sha256, source in entry.published.items()
        if (algorithms := [digest.algorithm for digest in entry.further.get(sha256, ())]) != ["sha384", "sha512"]
    }
    # As the W3C suite states them.
    assert fewer == {"historical: July 2024": ["sha384"]}


def test_contexts_of_the_operator_are_known_under_every_algorithm() -> None:
    data = b'{"@context": {}}'
    sha256 = hashlib.sha256(data).hexdigest()
    known = CONTEXTS.with_operator_contexts({"urn:own": (data, sha256)}).known_digests("urn:own", historical=False)
    assert known == {name: {hashlib.new(name, data).digest()} for name in ("sha256", "sha384", "sha512")}
