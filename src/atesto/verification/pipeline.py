"""The verification pipeline: from a parsed document to one report, through eleven numbered stations.

 1. transport     (the door: bytes, time, encoding, content type)
 2. parsing       (the door: strict JSON)
 3. shape         the data model's members, and the shape of the proofs
 4. contexts      which vocabularies are named, and where
 5. linked data   loss-detecting expansion and canonicalization, under budget, in a worker
 6. keys          each proof's verification method, from its controller's document
 7. binding       purpose, controller, issuer or holder, challenge, domain
 8. signature     suite and key agree; every signature holds
 9. time          validity, proof expiry, key expiry and revocation
10. status        unknown is not good; schemas and related resources are the ones that are known
11. result        what was covered, and nothing else, is shown

A document that reaches the pipeline has passed stations 1 and 2: it is given as a dict that `strict_json` parsed.
Bad documents never raise: they end in a report.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from atesto.credentials.presentation import is_self_asserted
from atesto.credentials.schema import NO_SCHEMAS, SchemaRegistry
from atesto.credentials.structure import check_credential, check_presentation
from atesto.credentials.validity import check_validity, read_validity
from atesto.encoding.json_pointer import json_pointer
from atesto.errors import AtestoError, VerificationError
from atesto.fetch_budget import FetchBudget
from atesto.proofs.data_integrity import check_signature, hash_proofs
from atesto.proofs.proof import parse_proofs
from atesto.status.entry import status_entries
from atesto.verification.binding import PURPOSES, check_freshness, check_holder, check_issuer, check_purpose
from atesto.verification.context_policy import check_contexts
from atesto.verification.outside import check_resources, check_schemas
from atesto.verification.profile_findings import has_profile, profile_findings
from atesto.verification.record import Record, StoppedError
from atesto.verification.stations import Station

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from atesto.credentials.structure import CredentialShape
    from atesto.dids.document import VerificationMethod
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.linked_data.contexts import ContextRegistry
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.ports import KeyResolver, LinkedDataWorkers
    from atesto.proofs.proof import Proof
    from atesto.verification.policy import Policy
    from atesto.verification.report import Report


@dataclass(frozen=True, slots=True)
class Verifier:
    """Verifies under one policy, with what it needs from outside given."""

    policy: Policy
    resolver: KeyResolver
    workers: LinkedDataWorkers
    contexts: ContextRegistry
    schemas: SchemaRegistry = NO_SCHEMAS
    validity_at: datetime | None = None
    """The moment at which periods of validity are judged, for an issuer; the moment of the verification otherwise."""

    async def verify_credential(
        self, document: JsonObject, *, now: datetime, challenge: str | None = None, domain: str | None = None
    ) -> Report:
        """The report on one credential secured by Data Integrity proofs. `challenge` and `domain`, when given, must be in every proof."""
        record = Record("credential", self.policy.name, now, fetches=FetchBudget().for_credential())
        with contextlib.suppress(StoppedError):
            await self._credential(record, document, now, challenge, domain)
        await self._note_profile(record, document)
        return record.report()

    async def verify_presentation(
        self, document: JsonObject, *, now: datetime, challenge: str | None = None, domain: str | None = None
    ) -> Report:
        """The report on one presentation, and in it a report on each of its credentials, each verified for itself."""
        record = Record("presentation", self.policy.name, now)
        with contextlib.suppress(StoppedError):
            await self._presentation(record, document, now, challenge, domain)
        return record.report()

    async def _embedded(self, document: JsonObject, pointer: str, now: datetime, holder: str | None, fetches: FetchBudget) -> Report:
        record = Record("credential", self.policy.name, now, pointer, fetches=fetches.for_credential())
        with contextlib.suppress(StoppedError):
            if is_self_asserted(document, holder):
                await self._self_asserted(record, document, now)
            else:
                await self._credential(record, document, now, None, None)
        await self._note_profile(record, document)
        return record.report()

    async def _credential(self, record: Record, document: JsonObject, now: datetime, challenge: str | None, domain: str | None) -> None:
        _pass_the_door(record)
        with record.station(Station.SHAPE):
            shape = check_credential(document)
            proofs = parse_proofs(document)
            record.issuer = shape.issuer

        async def bind(methods: Sequence[VerificationMethod]) -> None:
            for proof in proofs:
                check_freshness(proof, challenge=challenge, domain=domain)
            await check_issuer(shape.issuer, methods, self.policy, record, resolver=self.resolver, budget=record.fetches)

        inline, methods = await self._proven(record, document, proofs, bind)
        with record.station(Station.TIME):
            self._check_proof_times(proofs, methods, now)
            self._check_validity(record, document, shape, now)
        with record.station(Station.STATUS):
            await self._check_status(record, document)
        await self._result(record, document, inline=inline)

    async def _self_asserted(self, record: Record, document: JsonObject, now: datetime) -> None:
        """A credential by the presentation's holder without a proof of its own (VCDM 2.0 section 4.13.3)."""
        _pass_the_door(record)
        with record.station(Station.SHAPE):
            shape = check_credential(document)
            record.issuer = shape.issuer
        with record.station(Station.CONTEXTS):
            inline = check_contexts(document, self.contexts, self.policy)
        # The presentation's proof has passed these over this very document, and by this very party.
        for station in (Station.LINKED_DATA, Station.KEYS, Station.BINDING, Station.SIGNATURE):
            with record.station(station):
                pass
        record.note("credential.self_asserted", "The presentation's proof is the only one over it.")
        with record.station(Station.TIME):
            self._check_validity(record, document, shape, now)
        with record.station(Station.STATUS):
            await self._check_status(record, document)
        await self._result(record, document, inline=inline)

    async def _presentation(self, record: Record, document: JsonObject, now: datetime, challenge: str | None, domain: str | None) -> None:
        _pass_the_door(record)
        with record.station(Station.SHAPE):
            shape = check_presentation(document)
            proofs = parse_proofs(document)

        async def bind(methods: Sequence[VerificationMethod]) -> None:
            for proof in proofs:
                check_freshness(proof, challenge=challenge, domain=domain)
            record.presenter = check_holder(shape.holder, methods, record)

        inline, methods = await self._proven(record, document, proofs, bind)
        if challenge is None or domain is None:
            record.note("freshness.not_checked", "No challenge or no domain was asked for.", "/proof")
        with record.station(Station.TIME):
            self._check_proof_times(proofs, methods, now)
        record.credentials = tuple(
            [await self._embedded(credential, pointer, now, shape.holder, record.fetches) for credential, pointer in shape.credentials]
        )
        with record.station(Station.STATUS):
            await self._check_status(record, document)
        _note_holders(record, shape.credentials)
        await self._result(record, document, inline=inline)

    async def _proven(
        self,
        record: Record,
        document: JsonObject,
        proofs: tuple[Proof, ...],
        bind: Callable[[Sequence[VerificationMethod]], Awaitable[None]],
    ) -> tuple[bool, tuple[VerificationMethod, ...]]:
        """Stations 4 to 8: whether the document defines terms of its own, and the method of each proof."""
        with record.station(Station.CONTEXTS):
            inline = check_contexts(document, self.contexts, self.policy)
        with record.station(Station.LINKED_DATA):
            hashes = await self.workers.run(hash_proofs, document, proofs)
        with record.station(Station.KEYS):
            methods = tuple([await self._method(proof, record) for proof in proofs])
        with record.station(Station.BINDING):
            for proof, method in zip(proofs, methods, strict=True):
                check_purpose(proof, method, PURPOSES[record.kind])
            await bind(methods)
        with record.station(Station.SIGNATURE):
            for proof, method, hash_data in zip(proofs, methods, hashes, strict=True):
                check_signature(proof, hash_data, method.public_key)
        return inline, methods

    async def _method(self, proof: Proof, record: Record) -> VerificationMethod:
        try:
            return await self.resolver.resolve(proof.verification_method, budget=record.fetches)
        except AtestoError as error:
            raise error.below(proof.pointer + "/verificationMethod") from None

    def _check_proof_times(self, proofs: Sequence[Proof], methods: Sequence[VerificationMethod], now: datetime) -> None:
        ahead = now + timedelta(seconds=self.policy.clock_skew_seconds)
        for proof, method in zip(proofs, methods, strict=True):
            if proof.expires is not None and proof.expires.moment < now:
                raise VerificationError("time.proof_expired", "The proof has expired.", pointer=proof.pointer + "/expires")
            if proof.created is not None and proof.created.moment > ahead:
                raise VerificationError("time.proof_from_future", "The proof was made in the future.", pointer=proof.pointer + "/created")
            made = proof.created.moment if proof.created is not None else now
            method_pointer = proof.pointer + "/verificationMethod"
            if method.revoked is not None and made >= method.revoked:
                raise VerificationError("key.revoked", "The key was revoked when the proof was made.", pointer=method_pointer)
            if method.expires is not None and made >= method.expires:
                raise VerificationError("key.expired", "The key had expired when the proof was made.", pointer=method_pointer)

    def _check_validity(self, record: Record, document: JsonObject, shape: CredentialShape, now: datetime) -> None:
        validity = read_validity(document, shape.version)
        for name in validity.without_offset:
            record.note("time.no_offset", f"{name} names no time zone; it was read as UTC.", json_pointer(name))
        check_validity(validity, self.validity_at or now)

    async def _check_status(self, record: Record, document: JsonObject) -> None:
        await check_schemas(record, document, self.schemas, self.workers)
        check_resources(record, document, self.contexts, self.schemas, self.policy)
        for entry in status_entries(document):
            if entry.known:
                raise VerificationError(
                    "status.unreachable", "The status list was not consulted: this node does not fetch status lists.", pointer=entry.pointer
                )
            if not self.policy.unknown_status:
                raise VerificationError("status.unknown_type", "The kind of status is not known.", pointer=entry.pointer)
            record.note("status.not_checked", "The kind of status is not known; it was not checked.", entry.pointer)

    async def _note_profile(self, record: Record, document: JsonObject) -> None:
        """Findings of the credential's own profile, whatever the verdict, once its shape is known."""
        if not record.has_passed(Station.SHAPE) or not has_profile(document):
            return
        try:
            record.add(await self.workers.run(profile_findings, document))
        except AtestoError as error:
            record.note("profile.unreadable", error.detail)

    async def _result(self, record: Record, document: JsonObject, *, inline: bool) -> None:
        with record.station(Station.RESULT):
            if not inline:
                record.document = document
                return
            record.document = await self.workers.run(recompact, document)
            record.note("context.recompacted", "The document is shown in the words of the bundled vocabularies only.", "/@context")


def recompact(processor: LinkedDataProcessor, document: JsonObject) -> JsonObject:
    """`document` in the words of the registered contexts that it names; terms of its own become IRIs."""
    return processor.recompact(document, [url for url in named_contexts(document) if isinstance(url, str)])


def named_contexts(document: JsonObject) -> list[JsonValue]:
    """The entries of the top `@context`."""
    value = document.get("@context", [])
    return value if isinstance(value, list) else [value]


def _pass_the_door(record: Record) -> None:
    """Stations 1 and 2 are the door's: whoever holds a parsed document has passed them."""
    for station in (Station.TRANSPORT, Station.PARSING):
        with record.station(station):
            pass


def _note_holders(record: Record, credentials: Sequence[tuple[JsonObject, str]]) -> None:
    for credential, pointer in credentials:
        subjects = credential.get("credentialSubject")
        ids = [subject.get("id") for subject in (subjects if isinstance(subjects, list) else [subjects]) if isinstance(subject, dict)]
        if record.presenter in ids:
            record.note("holder.is_subject", "The presenter is a subject of the credential.", pointer)
        elif any(ids):
            record.note("holder.not_subject", "The presenter is not a subject of the credential.", pointer)
        else:
            record.note("holder.subject_unnamed", "The credential's subject has no identifier.", pointer)
