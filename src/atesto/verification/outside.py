"""Station 10, its first half: what a document says of things outside it, compared with what this node holds. Nothing is fetched.

1. `credentialSchema`: a registered schema of type JsonSchema is applied, and is the one whose digest the entry states, if it states one;
   any other gives the finding `schema.not_checked`;
2. `relatedResource`: each digest of a resource that the node holds (contexts and schemas, by URL) equals a published one; a resource or an
   algorithm of which it knows nothing gives the finding `resource.not_checked`.

Evidence, terms of use, refresh services, confidence and render methods are not consulted; their shape is station 3's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.credentials.members import nodes, types_of
from atesto.credentials.related_resource import check_digests, related_resources, stated_digests
from atesto.credentials.schema import JSON_SCHEMA_TYPES, check_against_schema

if TYPE_CHECKING:
    from atesto.credentials.schema import SchemaRegistry
    from atesto.encoding.strict_json import JsonObject
    from atesto.linked_data.contexts import ContextRegistry
    from atesto.ports import LinkedDataWorkers
    from atesto.verification.policy import Policy
    from atesto.verification.record import Record


async def check_schemas(record: Record, document: JsonObject, schemas: SchemaRegistry, workers: LinkedDataWorkers) -> None:
    """Check 1. Raises VerificationError `schema.not_satisfied`, `resource.digest_mismatch`; MalformedInput `model.*`, `encoding.*`."""
    for node, pointer in nodes(document, "credentialSchema"):
        url = str(node.get("id"))
        data = schemas.entries.get(url)
        if data is None or JSON_SCHEMA_TYPES.isdisjoint(types_of(node, pointer)):
            record.note("schema.not_checked", f"It is {url[:200]}.", pointer)
            continue
        check_digests(stated_digests(node, pointer), schemas.known_digests(url) or {})
        await workers.run(check_against_schema, url, data, document)


def check_resources(record: Record, document: JsonObject, contexts: ContextRegistry, schemas: SchemaRegistry, policy: Policy) -> None:
    """Check 2. Raises VerificationError `resource.digest_mismatch`; MalformedInput `model.*`, `encoding.*`."""
    for resource in related_resources(document):
        known = contexts.known_digests(resource.id, historical=policy.historical_digests) or schemas.known_digests(resource.id)
        if not known:
            record.note("resource.not_checked", f"It is {resource.id[:200]}.", resource.pointer)
            continue
        for skipped in check_digests(resource.digests, known):
            detail = f"Of {resource.id[:200]} no {skipped.digest.algorithm} digest is known."
            record.note("resource.not_checked", detail, skipped.pointer)
