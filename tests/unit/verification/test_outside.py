"""Station 10, first half: what is applied or compared, what is said of the rest, and that the rest does not hide what comes after it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Any, Final

import pytest

from atesto.credentials.schema import SchemaRegistry
from atesto.errors import VerificationError
from atesto.linked_data.contexts import ContextRegistry, RegisteredContext
from atesto.verification.outside import check_resources, check_schemas, note_unknown_schemas
from atesto.verification.policy import POLICIES
from atesto.verification.record import Record
from tests.simulators.parts import NOW, InlineWorkers

SCHEMA: Final = b'{"$schema": "https://json-schema.org/draft/2020-12/schema", "required": ["name"]}'
SCHEMAS: Final = SchemaRegistry.of({"urn:schema:1": (SCHEMA, hashlib.sha256(SCHEMA).hexdigest())})
CONTEXTS: Final = ContextRegistry({
    "urn:context:1": RegisteredContext({}, {"00" * 32: "somewhere", "11" * 32: "historical: then"}, "any"),
    "urn:context:unpublished": RegisteredContext({}, {}, "any"),
})  # fmt: skip
ZEROS: Final = "sha256-" + "A" * 43 + "="
ELSEWHERE: Final = {"id": "https://example.org/r", "digestSRI": ZEROS}


def sri(value: bytes) -> str:
    return "sha256-" + b64encode(value).decode()


async def schemas(*entries: Any, **members: Any) -> list[tuple[str, str, str]]:
    record = Record("credential", "strict", NOW)
    document: Any = {"credentialSchema": list(entries), **members}
    note_unknown_schemas(record, document, SCHEMAS, POLICIES["strict"])
    await check_schemas(record, document, SCHEMAS, InlineWorkers())
    record.settle()
    return said(record)


def resources(*entries: Any, policy: str = "strict") -> list[tuple[str, str, str]]:
    record = Record("credential", policy, NOW)
    check_resources(record, {"relatedResource": list(entries)}, CONTEXTS, SCHEMAS, POLICIES[policy])
    return said(record)


def said(record: Record) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.pointer, finding.detail) for finding in record.report().findings]


async def test_schemas() -> None:
    known, other = {"id": "urn:schema:1", "type": "JsonSchema"}, {"id": "urn:schema:2", "type": "JsonSchema"}
    assert await schemas(known, known, name="x") == []
    assert await schemas(other, known, name="x") == [("schema.not_checked", "/credentialSchema/0", "It is urn:schema:2.")]
    for entries in ([known], [other, known], [{**known, "type": "Other"}, known]):
        with pytest.raises(VerificationError) as caught:
            await schemas(*entries)
        assert (caught.value.code, caught.value.pointer) == ("schema.not_satisfied", "")
    with pytest.raises(VerificationError) as caught:
        await schemas(other, {**known, "digestSRI": [sri(hashlib.sha256(SCHEMA).digest()), ZEROS]}, name="x")
    assert (caught.value.code, caught.value.pointer) == ("resource.digest_mismatch", "/credentialSchema/1/digestSRI/1")


def test_resources_that_are_held() -> None:
    assert resources({"id": "urn:context:1", "digestSRI": ZEROS}) == []
    assert resources({"id": "urn:schema:1", "digestSRI": sri(hashlib.sha256(SCHEMA).digest())}) == []
    for wrong in ({"id": "urn:context:1", "digestSRI": sri(b"\x22" * 32)}, {"id": "urn:schema:1", "digestSRI": ZEROS}):
        for entries in ([wrong], [ELSEWHERE, wrong]):
            with pytest.raises(VerificationError) as caught:
                resources(*entries)
            assert (caught.value.code, caught.value.pointer) == (
                "resource.digest_mismatch",
                f"/relatedResource/{len(entries) - 1}/digestSRI",
            )


def test_resources_that_are_not_held() -> None:
    assert resources(ELSEWHERE, {"id": "urn:context:unpublished", "digestSRI": ZEROS}) == [
        ("resource.not_checked", "/relatedResource/0", "It is https://example.org/r."),
        ("resource.not_checked", "/relatedResource/1", "It is urn:context:unpublished."),
    ]


def test_algorithms_under_which_nothing_is_known() -> None:
    assert resources({"id": "urn:context:1", "digestSRI": ["sha384-" + "A" * 64, ZEROS]}) == [
        ("resource.not_checked", "/relatedResource/0/digestSRI/0", "Of urn:context:1 no sha384 digest is known.")
    ]


def test_earlier_revisions_count_where_the_policy_says_so() -> None:
    earlier = {"id": "urn:context:1", "digestSRI": sri(b"\x11" * 32)}
    assert resources(earlier, policy="interop") == []
    with pytest.raises(VerificationError, match=r"resource\.digest_mismatch"):
        resources(earlier)
