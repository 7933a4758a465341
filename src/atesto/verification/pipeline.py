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
    then, once, a newer copy, where the credential says where to have one
10. status        status lists, where unknown is not good; schemas and related resources that are known; the recipient who was named;
                  the credentials inside, each by all stations
11. result        what was covered, and nothing else, is shown

What reaches the pipeline has passed the door: a dict that `strict_json` parsed, or the text of a compact token. How it is secured, by
proofs in it, or by a token or a seal around it, is `secured.Secured`'s to know: the stations are the same. Bad documents never raise: they
end in a report.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.credentials.presentation import is_self_asserted
from atesto.credentials.schema import NO_SCHEMAS, SchemaRegistry
from atesto.credentials.structure import check_credential, check_presentation
from atesto.credentials.validity import check_validity, read_validity
from atesto.dids.resolution import NoFetcher
from atesto.encoding.json_pointer import json_pointer
from atesto.errors import AtestoError, MalformedInput, VerificationError
from atesto.fetch_budget import FetchBudget
from atesto.proofs.jades.assessment import FORMAT_FAILURE, NO_TRUST, Indication, SealTrust
from atesto.proofs.jades.seal import is_seal
from atesto.verification.asked import Asked, Place
from atesto.verification.binding import PURPOSES, check_freshness, check_holder, check_issuer, check_purpose, speaks, strangers
from atesto.verification.check_result import CheckResult, CheckState
from atesto.verification.context_policy import check_contexts
from atesto.verification.fetched_credential import fetch_credential, read_fetched
from atesto.verification.holders import note_holders
from atesto.verification.keys import refuse_published_keys, refuse_unnamed_keys
from atesto.verification.outside import note_unknown_schemas
from atesto.verification.profile_findings import has_profile, profile_findings
from atesto.verification.proof_times import check_proof_times
from atesto.verification.record import Record, StoppedError
from atesto.verification.refresh import refresh_service, why_not_newer
from atesto.verification.secured import open_received, secured, token_length
from atesto.verification.secured_document import SecuredDocument
from atesto.verification.secured_seal import open_seal
from atesto.verification.stations import Station
from atesto.verification.surroundings import check_surroundings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from atesto.credentials.structure import CredentialShape
    from atesto.dids.document import VerificationMethod
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.linked_data.contexts import ContextRegistry
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.ports import Fetcher, KeyResolver, LinkedDataWorkers
    from atesto.verification.keys import Keys
    from atesto.verification.policy import Policy
    from atesto.verification.proof_statement import ProofStatement
    from atesto.verification.published_shapes import PublishedShapes
    from atesto.verification.report import Report
    from atesto.verification.secured import OpenedToken, Secured
    from atesto.verification.secured_seal import OpenedSeal

NO_FETCHER: Final = NoFetcher()


@dataclass(frozen=True, slots=True)
class _Proven:
    """A credential after station 8. `inline`: whether it defines terms of its own."""

    subject: Secured
    shape: CredentialShape
    keys: Keys
    inline: bool


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
    fetcher: Fetcher = NO_FETCHER
    """Has status lists and newer copies."""
    status_issuers: frozenset[str] = frozenset()
    """Whose status lists count for every issuer."""
    asks_for_newer: bool = True
    """Whether refresh services are asked; an issuer judges what it has signed, and nothing else."""
    elsewhere: KeyResolver | None = None
    """Who answers for the keys of credentials inside and of status lists, where somebody stands in for a key of the document itself."""

    async def verify_credential(
        self,
        document: JsonObject | str,
        *,
        now: datetime,
        challenge: str | None = None,
        domain: str | None = None,
        recipient: str | None = None,
        fetches: FetchBudget | None = None,
    ) -> Report:
        """The report on one secured credential: an object, or the text of a token. `challenge` and `domain`, when given, must be in every
        proof; `recipient` must be the person to whom it was awarded. `fetches` is the request's budget, where the request has more than
        this credential.
        """
        return await self._credential(document, Asked(now, challenge, domain, recipient), Place(fetches or FetchBudget()))

    async def verify_inside(self, document: JsonObject | str, asked: Asked, place: Place) -> Report:
        """The report on a credential inside another one, by itself: who presents the outer one, and who was awarded it, is not asked."""
        if self.elsewhere is not None:
            return await replace(self, resolver=self.elsewhere, elsewhere=None).verify_inside(document, asked, place)
        return await self._credential(document, Asked(asked.now), place)

    async def verify_status_list(self, document: JsonObject | str, *, now: datetime, fetches: FetchBudget) -> Report:
        """The report on a status list credential, without what lies outside it."""
        return await self.verify_inside(document, Asked(now), Place(fetches, is_status_list=True))

    async def verify_presentation(
        self,
        document: JsonObject | str,
        *,
        now: datetime,
        challenge: str | None = None,
        domain: str | None = None,
        recipient: str | None = None,
    ) -> Report:
        """The report on one presentation, and in it a report on each of its credentials, each verified for itself."""
        record = self._record("presentation", now)
        with contextlib.suppress(StoppedError):
            await self._check_presentation(record, document, Asked(now, challenge, domain, recipient))
        return record.report()

    def _record(self, kind: str, now: datetime, pointer: str = "", fetches: FetchBudget | None = None) -> Record:
        policy = self.policy
        return Record(kind, policy.name, now, pointer, fetches=fetches, accepts_published_keys=policy.published_test_keys)

    async def _credential(self, document: JsonObject | str, asked: Asked, place: Place) -> Report:
        record = self._record("credential", asked.now, place.pointer, place.fetches.for_credential())
        with contextlib.suppress(StoppedError):
            if isinstance(document, dict) and is_self_asserted(document, place.holder):
                await self._check_self_asserted(record, document, asked, place)
            else:
                await self._check_credential(record, document, asked, place)
        if not place.is_status_list:
            await self._note_profile(record)
        return record.report()

    async def _check_credential(self, record: Record, received: JsonObject | str, asked: Asked, place: Place) -> None:
        proven = await self._proven_credential(record, received, asked)
        if self.asks_for_newer and not place.is_status_list:
            proven = await self._newest(record, proven, asked.now)
        document = proven.subject.document
        with record.station(Station.TIME):
            check_proof_times(record, proven.keys, asked.now, self.policy)
            proven.subject.check_time(record)
            self._check_validity(record, document, proven.shape, asked.now, place)
        with record.station(Station.STATUS):
            if not place.is_status_list:
                await check_surroundings(self, record, document, asked, place, party=proven.shape.issuer)
        await self._result(record, proven.subject, inline=proven.inline)

    async def _proven_credential(self, record: Record, received: JsonObject | str, asked: Asked) -> _Proven:
        """Stations 1 to 8."""
        opened = await self._pass_the_door(record, received, asked.now)
        with record.station(Station.SHAPE):
            subject = secured(opened, record.kind, self.policy)
            shape = check_credential(subject.document)
            record.issuer, record.read = subject.issuer(shape.issuer), subject.document
            note_unknown_schemas(record, subject.document, self.schemas, self.policy)
            subject.judge_form(shape.version, record)
            statements = subject.statements(shape.issuer)

        async def bind(methods: Sequence[VerificationMethod]) -> None:
            for statement in statements:
                check_freshness(statement, challenge=asked.challenge, domain=asked.domain)
            if methods:
                await check_issuer(shape.issuer, methods, self.policy, record, resolver=self.resolver, budget=record.fetches)
            subject.check_party(shape.issuer, self.policy, record)

        inline, keys = await self._proven(record, subject, statements, bind, party=shape.issuer)
        return _Proven(subject, shape, keys, inline)

    async def _newest(self, record: Record, proven: _Proven, now: datetime) -> _Proven:
        """The copy that is judged: a newer one, where the credential says how to have it and it can be had."""
        service = refresh_service(proven.subject.document)
        if service is None:
            return proven
        url, pointer = service
        inner = self._record("credential", now, fetches=record.fetches)
        try:
            received = await read_fetched(await fetch_credential(url, self.fetcher, record.fetches), self.workers)
            newer = await self._proven_credential(inner, received, Asked(now))
            why_not = why_not_newer(proven.subject.document, newer.subject.document, (proven.shape, newer.shape))
        except AtestoError as error:
            why_not = error.detail
        except StoppedError:
            why_not = inner.report().problems[0].detail
        if why_not is not None:
            record.not_checked("refresh", "refresh.failed", why_not, pointer)
            return proven
        record.add_check(CheckResult("refresh", CheckState.PASSED, pointer))
        if newer.subject.document == proven.subject.document:
            return proven
        record.note("refresh.replaced", "The copy that the refresh service gave took its place.", pointer)
        record.add(inner.report().findings)
        record.read = newer.subject.document
        return newer

    async def _check_self_asserted(self, record: Record, document: JsonObject, asked: Asked, place: Place) -> None:
        """A credential by the presentation's holder without a proof of its own (VCDM 2.0 section 4.13.3)."""
        await self._pass_the_door(record, document, asked.now)
        with record.station(Station.SHAPE):
            shape = check_credential(document)
            record.issuer, record.read = shape.issuer, document
            note_unknown_schemas(record, document, self.schemas, self.policy)
        with record.station(Station.CONTEXTS):
            inline = check_contexts(document, self.contexts, self.policy)
        # The presentation's proof has passed these over this very document, and by this very party.
        for station in (Station.LINKED_DATA, Station.KEYS, Station.BINDING, Station.SIGNATURE):
            with record.station(station):
                pass
        record.note("credential.self_asserted", "The presentation's proof is the only one over it.")
        with record.station(Station.TIME):
            self._check_validity(record, document, shape, asked.now, place)
        with record.station(Station.STATUS):
            await check_surroundings(self, record, document, asked, place, party=shape.issuer)
        await self._result(record, SecuredDocument(document), inline=inline)

    async def _check_presentation(self, record: Record, received: JsonObject | str, asked: Asked) -> None:
        opened = await self._pass_the_door(record, received, asked.now)
        with record.station(Station.SHAPE):
            subject = secured(opened, record.kind, self.policy)
            shape = check_presentation(subject.document)
            note_unknown_schemas(record, subject.document, self.schemas, self.policy)
            subject.judge_form(shape.version, record)
            statements = subject.statements(shape.holder)

        async def bind(methods: Sequence[VerificationMethod]) -> None:
            for statement in statements:
                check_freshness(statement, challenge=asked.challenge, domain=asked.domain)
            if shape.holder is None and not methods:
                # Nobody was asked for the key: it is somebody else's than whom the token names.
                subject.check_party(statements[0].verification_method.partition("#")[0], self.policy, record)
            record.presenter = check_holder(shape.holder, methods, record)
            subject.check_party(record.presenter, self.policy, record)

        inline, keys = await self._proven(record, subject, statements, bind, party=subject.presenter(shape.holder))
        if asked.challenge is None or asked.domain is None:
            record.note("freshness.not_checked", "No challenge or no domain was asked for.", "/proof" if subject.text is None else "")
        with record.station(Station.TIME):
            check_proof_times(record, keys, asked.now, self.policy)
        inner = Asked(asked.now, recipient=asked.recipient)
        record.credentials = tuple(
            [
                await self._credential(credential, inner, Place(record.fetches, pointer, shape.holder))
                for credential, pointer in shape.credentials
            ]
        )
        with record.station(Station.STATUS):
            own = Asked(asked.now)
            await check_surroundings(self, record, subject.document, own, Place(record.fetches), party=record.presenter or "")
        note_holders(record, shape.credentials)
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
            refuse_published_keys(keys, self.policy, record)
            methods = [method for _, method in keys]
        with record.station(Station.BINDING):
            for statement, method in keys:
                check_purpose(statement, method, PURPOSES[record.kind])
            await bind(methods)
            if not heard:
                raise strangers(record.kind)
            refuse_unnamed_keys(keys, self.policy)
        with record.station(Station.SIGNATURE):
            subject.check_signatures(signed, methods)
        return inline, keys

    def _check_validity(self, record: Record, document: JsonObject, shape: CredentialShape, now: datetime, place: Place) -> None:
        validity = read_validity(document, shape.version)
        for name in validity.without_offset:
            record.note("time.no_offset", f"{name} names no time zone; it was read as UTC.", json_pointer(name))
        at = now if place.is_status_list or place.depth else self.validity_at or now
        check_validity(validity, at, skew_seconds=self.policy.clock_skew_seconds)

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
