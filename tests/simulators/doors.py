"""Doors without a node behind them: an issuer that adds a mark, a verifier that looks for it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from atesto.dids.resolution import Resolver
from atesto.errors import AtestoError, MalformedInput, VerificationError
from atesto.issuance.bake import BakedPicture, bake_credential
from atesto.ports import Did
from atesto.profiles.award.parse import parse_award
from atesto.recognition.twin import compare
from atesto.verification.comparison import Comparison
from atesto.verification.policy import POLICIES
from atesto.verification.record import Record, StoppedError
from atesto.verification.stations import Station
from atesto.web.door_rules import DoorRules
from atesto.web.services import Part, Services
from tests.simulators.pictures import PIXEL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.badge_face import BadgeFace
    from atesto.profiles.clr.bundle import RecordPlan
    from atesto.verification.policy import Policy
    from atesto.verification.report import Report

NOW: Final = datetime(2026, 6, 15, 12, tzinfo=UTC)
TOKEN: Final = "token-of-the-tests-0123456789abcdef"
DID: Final = Did("did:example:node")
MARK: Final = {"type": "DataIntegrityProof", "proofValue": "zMark"}
MARKED_TOKEN: Final = "e30.e30.TWFyaw"
AUTHORIZED: Final = {"Authorization": f"Bearer {TOKEN}"}


@dataclass(slots=True)
class FakeIssuer:
    did: Did = DID
    raising: Exception | None = None

    async def issue(self, credential: JsonObject, *, now: datetime) -> JsonObject:
        if self.raising is not None:
            raise self.raising
        if credential.get("issuer") != self.did:
            raise MalformedInput("issue.foreign_issuer", "This issuer issues as itself only.", pointer="/issuer")
        return {**credential, "proof": dict[str, Any](MARK)}


@dataclass(slots=True)
class FakeVerifier:
    """Confirms what carries the mark; raises or stops where a test says so."""

    policy: Policy = field(default_factory=lambda: POLICIES["strict"])
    error: AtestoError | None = None
    crash: Exception | None = None
    waiting: Callable[[], Awaitable[None]] | None = None
    asked: list[tuple[str | None, str | None]] = field(default_factory=list)
    recipients: list[str | None] = field(default_factory=list)

    async def verify_credential(
        self,
        document: JsonObject | str,
        *,
        now: datetime,
        challenge: str | None = None,
        domain: str | None = None,
        recipient: str | None = None,
    ) -> Report:
        self.recipients.append(recipient)
        return await self._verify("credential", document, now, challenge, domain)

    async def verify_presentation(
        self,
        document: JsonObject | str,
        *,
        now: datetime,
        challenge: str | None = None,
        domain: str | None = None,
        recipient: str | None = None,
    ) -> Report:
        self.recipients.append(recipient)
        return await self._verify("presentation", document, now, challenge, domain)

    async def _verify(self, kind: str, received: JsonObject | str, now: datetime, challenge: str | None, domain: str | None) -> Report:
        self.asked.append((challenge, domain))
        if self.waiting is not None:
            await self.waiting()
        if self.crash is not None:
            raise self.crash
        error = self.error
        document: JsonObject = {"proof": dict[str, Any](MARK)} if received == MARKED_TOKEN else {}
        if isinstance(received, dict):
            document = received
        if error is None and document.get("proof") != MARK:
            error = VerificationError("proof.signature_invalid", "The mark is not there.", pointer="/proof/proofValue")
        record = Record(kind, self.policy.name, now)
        with contextlib.suppress(StoppedError):
            for station in Station:
                with record.station(station):
                    if error is not None and station is Station.SIGNATURE:
                        raise error
        record.document = document
        record.token = received if isinstance(received, str) else None
        record.issuer = DID
        return record.report()


async def fake_award(award: JsonValue, forms: Sequence[str], *, now: datetime) -> dict[str, JsonObject]:
    return {form: _fake(award, form) for form in forms} if forms else {"edc": _fake(award, None)}


def _fake(award: JsonValue, form: str | None) -> JsonObject:
    if form == "parchment":
        raise MalformedInput("award.form_unknown", "There is no such form.")
    if not isinstance(award, dict) or "learner" not in award:
        raise MalformedInput("award.malformed", "learner is missing.", pointer="/learner")
    return {"type": ["VerifiableCredential"], "form": form, "credentialSubject": {"name": award["learner"]}, "proof": dict[str, Any](MARK)}


async def fake_compare(first: JsonObject | str, second: JsonObject | str, *, now: datetime) -> Comparison:
    reports = (await FakeVerifier().verify_credential(first, now=now), await FakeVerifier().verify_credential(second, now=now))
    awards = (parse_award({"title": str(document)}) for document in (first, second))
    return Comparison(reports, compare(*awards))


async def fake_bundle(credentials: tuple[JsonObject | str, ...], plan: RecordPlan, *, now: datetime) -> JsonObject:
    if not credentials:
        raise MalformedInput("clr.nothing_bundled", "Nothing to bundle.")
    if isinstance(credentials[0], str):
        raise MalformedInput("clr.token", "A token.", pointer="/0")
    if plan.associations:
        raise MalformedInput("clr.association_open", "Open.", pointer="/associations/0/source")
    return {"type": ["VerifiableCredential", "ClrCredential"], "name": plan.name, "held": len(credentials), "partial": plan.partial}


def fake_bake(credential: JsonObject | str, image: bytes | None, *, colour: str | None = None, replace: bool = False) -> BakedPicture:
    return bake_credential(credential, image, draw=fake_draw, colour=colour, replace=replace)


def fake_draw(face: BadgeFace) -> bytes:
    return PIXEL


async def fake_prove(
    presentation: JsonObject, *, challenge: str | None, domain: str | None, envelope: str | None, now: datetime
) -> JsonObject:
    if envelope is not None:
        return {"type": "EnvelopedVerifiablePresentation", "id": f"data:{envelope},{challenge},{domain}"}
    return {**presentation, "proof": {**MARK, "challenge": challenge, "domain": domain}}


def services(
    issuer: FakeIssuer | None = None,
    verifier: FakeVerifier | None = None,
    parts: tuple[Part, ...] = (),
    *,
    resolver: Resolver | None = None,
    published: Callable[[str], JsonObject | None] = lambda _: None,
    jwk_set: Callable[[], JsonObject | None] = lambda: None,
) -> Services:
    async def all_parts() -> tuple[Part, ...]:
        return parts or (Part("issuing record", works=True, sentence="The issuing record can be written."),)

    judge = verifier or FakeVerifier()
    return Services(
        did=DID,
        issuers={"default": issuer or FakeIssuer(), "other": FakeIssuer(Did("did:example:other"))},
        verifiers={"strict": judge, "interop": FakeVerifier(POLICIES["interop"])},
        default_issuer="default",
        default_verifier="strict",
        issue_award=fake_award,
        compare=fake_compare,
        bundle=fake_bundle,
        bake=fake_bake,
        prove=fake_prove,
        resolve=(resolver or Resolver()).resolve_document,
        published=published,
        jwk_set=jwk_set,
        parts=all_parts,
        clock=lambda: NOW,
    )


def rules(**changes: Any) -> DoorRules:
    values: dict[str, Any] = {
        "token": TOKEN,
        "public_url": "http://127.0.0.1:8080",
        "host_names": frozenset({"127.0.0.1", "localhost", "[::1]"}),
    }
    return DoorRules(**(values | changes))
