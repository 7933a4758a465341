"""Station 10, its first half: what a document says of things outside it, compared with what this node holds. Nothing is fetched.

1. `credentialSchema`: a registered schema of type JsonSchema or 1EdTechJsonSchemaValidator2019 is applied, and is the one whose digest
   the entry states, if it states one. Of the others: a badge has to keep to every schema of 1EdTech's type that it names, so one that this
   node does not know leaves it unconfirmed (`schema.unavailable`; by policy a finding); those that 1EdTech itself publishes, and every
   other type, give the finding `schema.not_checked`;
2. `relatedResource`: each digest of a resource that the node holds (contexts and schemas, by URL) equals a published one; a resource or an
   algorithm of which it knows nothing gives the finding `resource.not_checked`.

Evidence, terms of use, confidence and render methods are not consulted; their shape is station 3's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.credentials.members import nodes, types_of
from atesto.credentials.related_resource import check_digests, related_resources, stated_digests
from atesto.credentials.schema import APPLIED_TYPES, ONE_EDTECH_TYPE, PUBLISHED_BY_1EDTECH, check_against_schema
from atesto.errors import VerificationError

if TYPE_CHECKING:
    from atesto.credentials.schema import SchemaRegistry
    from atesto.encoding.strict_json import JsonObject
    from atesto.linked_data.contexts import ContextRegistry
    from atesto.ports import LinkedDataWorkers
    from atesto.verification.policy import Policy
    from atesto.verification.record import Record


def note_unknown_schemas(record: Record, document: JsonObject, schemas: SchemaRegistry, policy: Policy) -> None:
    """Check 1, of schemas that cannot be applied: a result for each, before anything else is known. Raises MalformedInput `model.*`."""
    for node, pointer in nodes(document, "credentialSchema"):
        url, types = str(node.get("id")), types_of(node, pointer)
        if url in schemas.entries and not APPLIED_TYPES.isdisjoint(types):
            continue
        if ONE_EDTECH_TYPE in types and not url.startswith(PUBLISHED_BY_1EDTECH) and not policy.unknown_schemas:
            with record.check("schema", pointer):
                raise VerificationError("schema.unavailable", f"It is {url[:200]}.", pointer=pointer)
        else:
            record.not_checked("schema", "schema.not_checked", f"It is {url[:200]}.", pointer)


async def check_schemas(record: Record, document: JsonObject, schemas: SchemaRegistry, workers: LinkedDataWorkers) -> None:
    """Check 1, of schemas that are registered: a result for each. Raises MalformedInput `model.*`."""
    for node, pointer in nodes(document, "credentialSchema"):
        url = str(node.get("id"))
        data = schemas.entries.get(url)
        if data is None or APPLIED_TYPES.isdisjoint(types_of(node, pointer)):
            continue
        with record.check("schema", pointer):
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
