"""The verification pipeline: from what was handed over to one report, through eleven numbered stations.

 1. transport     (the door: bytes, time, encoding, content type)
 2. parsing       (the door: strict JSON); a token and its envelope, or a seal, are taken apart
 3. shape         the data model's members, and the shape of the proofs; of a token, its type and claims
 4. contexts      which vocabularies are named, and where
 5. linked data   loss-detecting expansion and canonicalization, under budget, in a worker; where the bytes are signed, loss is a finding
 6. keys          each proof's verification method, from its controller's document; of a seal, the certificate and its chain
 7. binding       purpose, controller, issuer or holder, challenge (nonce), domain (aud)
 8. signature     suite and key agree; every signature holds
 9. time          validity, proof expiry, key expiry and revocation; of a seal, the certificate's, when it was sealed
10. status        unknown is not good; schemas and related resources are the ones that are known
11. result        what was covered, and nothing else, is shown

What reaches the pipeline has passed the door: a dict that `strict_json` parsed, or the text of a compact token. How it is secured, by
proofs in it, or by a token or a seal around it, is `secured.Secured`'s to know: the stations are the same. Bad documents never raise: they
end in a report.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from atesto import limits
from atesto.credentials.envelope import is_envelope
from atesto.credentials.presentation import is_self_asserted
from atesto.credentials.schema import NO_SCHEMAS, SchemaRegistry
from atesto.credentials.structure import check_credential, check_presentation
from atesto.credentials.validity import check_validity, read_validity
from atesto.encoding.json_pointer import json_pointer
from atesto.errors import AtestoError, MalformedInput, VerificationError
from atesto.fetch_budget import FetchBudget
from atesto.proofs.jades.assessment import FORMAT_FAILURE, NO_TRUST, Indication, SealTrust
from atesto.proofs.jades.seal import is_seal
from atesto.status.entry import status_entries
from atesto.verification.binding import PURPOSES, check_freshness, check_holder, check_issuer, check_purpose, speaks, strangers
from atesto.verification.context_policy import check_contexts
from atesto.verification.nested_proofs import note_nested_proofs
from atesto.verification.outside import check_resources, check_schemas
from atesto.verification.profile_findings import has_profile, profile_findings
from atesto.verification.record import Record, StoppedError
from atesto.verification.secured import open_received, secured, token_length
from atesto.verification.secured_document import SecuredDocument
from atesto.verification.secured_seal import open_seal
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
    from atesto.verification.keys import Keys
    from atesto.verification.policy import Policy
    from atesto.verification.proof_statement import ProofStatement
    from atesto.verification.published_shapes import PublishedShapes
    from atesto.verification.report import Report
    from atesto.verification.secured import OpenedToken, Secured
    from atesto.verification.secured_seal import OpenedSeal


@dataclass(frozen=True, slots=True)
class Verifier:
    """Verifies under one policy, with what it needs from outside given."""

    policy: Policy
    resolver: KeyResolver
    workers: LinkedDataWorkers
    contexts: ContextRegistry
    schemas: SchemaRegistry = NO_SCHEMAS
    shapes: PublishedShapes | None = None
    """Asked beside the node's own checks of a profile, where the operator has them."""
    validity_at: datetime | None = None
    """The moment at which periods of validity are judged, for an issuer; the moment of the verification otherwise."""
    trust: SealTrust = NO_TRUST
    """Whose seals are believed, and whose timestamps."""

    async def verify_credential(
        self,
        document: JsonObject | str,
        *,
        now: datetime,
        challenge: str | None = None,
        domain: str | None = None,
        fetches: FetchBudget | None = None,
    ) -> Report:
        """The report on one secured credential: an object, or the text of a token. `challenge` and `domain`, when given, must be in every
        proof; `fetches` is the request's budget, where the request has more than this credential.
        """
        return await self._credential(document, "", now, challenge, domain, fetches=fetches or FetchBudget())

    async def verify_presentation(
        self, document: JsonObject | str, *, now: datetime, challenge: str | None = None, domain: str | None = None
    ) -> Report:
        """The report on one presentation, and in it a report on each of its credentials, each verified for itself."""
        record = Record("presentation", self.policy.name, now)
        with contextlib.suppress(StoppedError):
            await self._check_presentation(record, document, now, challenge, domain)
        return record.report()

    async def _credential(
        self,
        document: JsonObject | str,
        pointer: str,
        now: datetime,
        challenge: str | None = None,
        domain: str | None = None,
        *,
        fetches: FetchBudget,
        holder: str | None = None,
    ) -> Report:
        """`holder` and `fetches` are the presentation's, for a credential inside one."""
        record = Record("credential", self.policy.name, now, pointer, fetches=fetches.for_credential())
        with contextlib.suppress(StoppedError):
            if isinstance(document, dict) and is_self_asserted(document, holder):
                await self._check_self_asserted(record, document, now)
            else:
                await self._check_credential(record, document, now, challenge, domain)
        await self._note_profile(record)
        return record.report()

    async def _check_credential(
        self, record: Record, received: JsonObject | str, now: datetime, challenge: str | None, domain: str | None
    ) -> None:
        opened = await self._pass_the_door(record, received, now)
        with record.station(Station.SHAPE):
            subject = secured(opened, record.kind, wrapped_version_2=self.policy.wrapped_version_2)
            shape = check_credential(subject.document)
            subject.judge_form(shape.version, record)
            statements = subject.statements(shape.issuer)
            record.issuer, record.read = subject.issuer(shape.issuer), subject.document

        async def bind(methods: Sequence[VerificationMethod]) -> None:
            for statement in statements:
                check_freshness(statement, challenge=challenge, domain=domain)
            if methods:
                await check_issuer(shape.issuer, methods, self.policy, record, resolver=self.resolver, budget=record.fetches)
            subject.check_party(shape.issuer, self.policy, record)

        inline, keys = await self._proven(record, subject, statements, bind, party=shape.issuer)
        with record.station(Station.TIME):
            self._check_proof_times(record, keys, now)
            subject.check_time(record)
            self._check_validity(record, subject.document, shape, now)
        with record.station(Station.STATUS):
            await self._check_status(record, subject.document)
        await self._result(record, subject, inline=inline)

    async def _check_self_asserted(self, record: Record, document: JsonObject, now: datetime) -> None:
        """A credential by the presentation's holder without a proof of its own (VCDM 2.0 section 4.13.3)."""
        await self._pass_the_door(record, document, now)
        with record.station(Station.SHAPE):
            shape = check_credential(document)
            record.issuer, record.read = shape.issuer, document
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
        await self._result(record, SecuredDocument(document), inline=inline)

    async def _check_presentation(
        self, record: Record, received: JsonObject | str, now: datetime, challenge: str | None, domain: str | None
    ) -> None:
        opened = await self._pass_the_door(record, received, now)
        with record.station(Station.SHAPE):
            subject = secured(opened, record.kind, wrapped_version_2=self.policy.wrapped_version_2)
            shape = check_presentation(subject.document)
            subject.judge_form(shape.version, record)
            statements = subject.statements(shape.holder)

        async def bind(methods: Sequence[VerificationMethod]) -> None:
            for statement in statements:
                check_freshness(statement, challenge=challenge, domain=domain)
            record.presenter = check_holder(shape.holder, methods, record)
            subject.check_party(record.presenter, self.policy, record)

        inline, keys = await self._proven(record, subject, statements, bind, party=shape.holder)
        if challenge is None or domain is None:
            record.note("freshness.not_checked", "No challenge or no domain was asked for.", "/proof" if subject.text is None else "")
        with record.station(Station.TIME):
            self._check_proof_times(record, keys, now)
        record.credentials = tuple(
            [
                await self._credential(credential, pointer, now, fetches=record.fetches, holder=shape.holder)
                for credential, pointer in shape.credentials
            ]
        )
        with record.station(Station.STATUS):
            await self._check_status(record, subject.document)
        _note_holders(record, shape.credentials)
        await self._result(record, subject, inline=inline)

    async def _pass_the_door(self, record: Record, received: JsonObject | str, now: datetime) -> JsonObject | OpenedToken | OpenedSeal:
        """Stations 1 and 2: what the door did, and the token or seal taken apart; what may take long where nobody waits for it."""
        with record.station(Station.TRANSPORT):
            pass
        with record.station(Station.PARSING):
            if isinstance(received, dict) and is_seal(received):
                return await self._open_seal(record, received, now)
            if token_length(received) > limits.PARSE_INLINE_BYTES:
                return await self.workers.run(open_elsewhere, received, record.kind)
            return open_received(received, record.kind)

    async def _open_seal(self, record: Record, received: JsonObject, now: datetime) -> OpenedSeal:
        try:
            opened = await self.workers.run(open_seal, received, self.trust, now, self.policy.clock_skew_seconds)
        except (MalformedInput, VerificationError) as error:
            # What the workers refuse for its size says nothing of the form.
            if not error.code.startswith("linked_data."):
                record.seal = {"indication": Indication.TOTAL_FAILED.value, "subIndication": FORMAT_FAILURE}
            raise
        record.seal = opened.assessment.to_json()
        if opened.fault is not None:
            raise opened.fault
        return opened

    async def _proven(
        self,
        record: Record,
        subject: Secured,
        statements: Sequence[ProofStatement],
        bind: Callable[[Sequence[VerificationMethod]], Awaitable[None]],
        *,
        party: str | None,
    ) -> tuple[bool, Keys]:
        """Stations 4 to 8: whether the document defines terms of its own, and each proof with its key.

        Where no proof is by the DID of `party`, binding refuses them whatever their keys are: then no host is asked for them.
        """
        with record.station(Station.CONTEXTS):
            if subject.envelope is not None:
                check_contexts(subject.envelope, self.contexts, self.policy)
            inline = check_contexts(subject.document, self.contexts, self.policy)
        with record.station(Station.LINKED_DATA):
            signed = await subject.signed_bytes(self.workers, record)
        with record.station(Station.KEYS):
            heard = speaks(party, statements)
            asked = [one for one in statements if heard or self.resolver.asks_nobody(one.verification_method.partition("#")[0])]
            keys = await subject.find_keys(asked, self.resolver, record)
            methods = [method for _, method in keys]
        with record.station(Station.BINDING):
            for statement, method in keys:
                check_purpose(statement, method, PURPOSES[record.kind])
            await bind(methods)
            if not heard:
                raise strangers(record.kind)
        with record.station(Station.SIGNATURE):
            subject.check_signatures(signed, methods)
        return inline, keys

    def _check_proof_times(self, record: Record, keys: Keys, now: datetime) -> None:
        ahead = now + timedelta(seconds=self.policy.clock_skew_seconds)
        for statement, method in keys:
            places = statement.places
            for name in statement.without_offset:
                record.note("time.no_offset", f"The proof's {name} names no time zone; it was read as UTC.", places[name])
            if statement.expires is not None and statement.expires < now:
                raise VerificationError("time.proof_expired", "The proof has expired.", pointer=places["expires"])
            if statement.not_before is not None and statement.not_before > ahead:
                raise VerificationError("time.not_yet_valid", "The proof is not valid yet.", pointer=places["notBefore"])
            if statement.created is not None and statement.created > ahead:
                raise VerificationError("time.proof_from_future", "The proof was made in the future.", pointer=places["created"])
            made = statement.created if statement.created is not None else now
            method_pointer = places["verificationMethod"]
            if method.revoked is not None and made >= method.revoked:
                raise VerificationError("key.revoked", "The key was revoked when the proof was made.", pointer=method_pointer)
            if method.expires is not None and made >= method.expires:
                raise VerificationError("key.expired", "The key had expired when the proof was made.", pointer=method_pointer)

    def _check_validity(self, record: Record, document: JsonObject, shape: CredentialShape, now: datetime) -> None:
        validity = read_validity(document, shape.version)
        for name in validity.without_offset:
            record.note("time.no_offset", f"{name} names no time zone; it was read as UTC.", json_pointer(name))
        check_validity(validity, self.validity_at or now, skew_seconds=self.policy.clock_skew_seconds)

    async def _check_status(self, record: Record, document: JsonObject) -> None:
        note_nested_proofs(record, document)
        await check_schemas(record, document, self.schemas, self.workers)
        check_resources(record, document, self.contexts, self.schemas, self.policy)
        entries = status_entries(document)
        if record.seal is not None and not entries:
            record.note("status.none", "A sealed credential carries none; whether it was revoked is the issuing node's to say.")
        for entry in entries:
            if entry.known:
                raise VerificationError(
                    "status.unreachable", "The status list was not consulted: this node does not fetch status lists.", pointer=entry.pointer
                )
            if not self.policy.unknown_status:
                raise VerificationError("status.unknown_type", "The kind of status is not known.", pointer=entry.pointer)
            record.note("status.not_checked", "The kind of status is not known; it was not checked.", entry.pointer)

    async def _note_profile(self, record: Record) -> None:
        """Findings of the credential's own profile, whatever the verdict, once its shape is known."""
        if record.read is None or not has_profile(record.read):
            return
        try:
            found = await self.workers.run(profile_findings, record.read)
            record.add(found.findings)
            record.elements = found.elements
        except AtestoError as error:
            record.note("profile.unreadable", error.detail)
        if self.shapes is not None:
            record.add(await self.shapes.findings(record.read))

    async def _result(self, record: Record, subject: Secured, *, inline: bool) -> None:
        with record.station(Station.RESULT):
            record.token = subject.text
            if not inline or subject.binds_context:
                record.document = subject.document
                return
            record.document = await self.workers.run(recompact, subject.document)
            record.note("context.recompacted", "The document is shown in the words of the bundled vocabularies only.", "/@context")


def open_elsewhere(_: LinkedDataProcessor, received: JsonObject | str, kind: str) -> JsonObject | OpenedToken:
    """`open_received` as a task for a worker."""
    return open_received(received, kind)


def recompact(processor: LinkedDataProcessor, document: JsonObject) -> JsonObject:
    """`document` in the words of the registered contexts that it names; terms of its own become IRIs."""
    return processor.recompact(document, [url for url in named_contexts(document) if isinstance(url, str)])


def named_contexts(document: JsonObject) -> list[JsonValue]:
    """The entries of the top `@context`."""
    value = document.get("@context", [])
    return value if isinstance(value, list) else [value]


def _note_holders(record: Record, credentials: Sequence[tuple[JsonObject | str, str]]) -> None:
    """Of each credential whose content is known: one in a token that was refused says nothing."""
    for (received, pointer), report in zip(credentials, record.credentials, strict=True):
        credential = report.document or received
        if isinstance(credential, str) or is_envelope(credential):
            continue
        subjects = credential.get("credentialSubject")
        ids = [subject.get("id") for subject in (subjects if isinstance(subjects, list) else [subjects]) if isinstance(subject, dict)]
        if record.presenter in ids:
            record.note("holder.is_subject", "The presenter is a subject of the credential.", pointer)
        elif any(ids):
            record.note("holder.not_subject", "The presenter is not a subject of the credential.", pointer)
        else:
            record.note("holder.subject_unnamed", "The credential's subject has no identifier.", pointer)
