"""What the doors need from the rooms behind them: given by `node.py`, replaced by fakes in tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.fetch_budget import FetchBudget
    from atesto.issuance.bake import BakedPicture
    from atesto.ports import Did
    from atesto.profiles.clr.bundle import RecordPlan
    from atesto.verification.comparison import Comparison
    from atesto.verification.policy import Policy
    from atesto.verification.report import Report


class CredentialIssuer(Protocol):
    """A named issuer, as the doors see it."""

    @property
    def did(self) -> Did:
        """In whose name it issues."""

    async def issue(self, credential: JsonObject, *, now: datetime) -> JsonObject:
        """The secured credential. Raises AtestoError."""


class DocumentVerifier(Protocol):
    """A named verifier, as the doors see it."""

    @property
    def policy(self) -> Policy:
        """What it applies."""

    async def verify_credential(
        self,
        document: JsonObject | str,
        *,
        now: datetime,
        challenge: str | None = None,
        domain: str | None = None,
        recipient: str | None = None,
    ) -> Report:
        """The report on a credential: an object, or the text of a token."""

    async def verify_presentation(
        self,
        document: JsonObject | str,
        *,
        now: datetime,
        challenge: str | None = None,
        domain: str | None = None,
        recipient: str | None = None,
    ) -> Report:
        """The report on a presentation: an object, or the text of a token."""


class AwardIssuer(Protocol):
    """From an award record to credentials."""

    async def __call__(self, award: JsonValue, forms: Sequence[str], *, now: datetime) -> dict[str, JsonObject]:
        """The secured credentials of `award` by form; no form: the default one. Raises AtestoError."""


class CredentialComparer(Protocol):
    """The twin check."""

    async def __call__(self, first: JsonObject | str, second: JsonObject | str, *, now: datetime) -> Comparison:
        """What two credentials say of each other. Raises AtestoError below `/0` or `/1` for one that cannot be read."""


class LearnerRecordIssuer(Protocol):
    """From credentials to a learner record."""

    async def __call__(self, credentials: tuple[JsonObject | str, ...], plan: RecordPlan, *, now: datetime) -> JsonObject:
        """The secured record. Raises AtestoError below `/0`, `/1` … for a credential, else with a pointer into the plan."""


class CredentialBaker(Protocol):
    """From a secured credential and a picture to the picture with it."""

    def __call__(
        self, credential: JsonObject | str, image: bytes | None, *, colour: str | None = None, replace: bool = False
    ) -> BakedPicture:
        """`image`, or one that is drawn, with `credential` in it. Work for the processor. Raises AtestoError."""


class PresentationProver(Protocol):
    """Makes presentations with a key of this node: for tests and demonstrations."""

    async def __call__(
        self, presentation: JsonObject, *, challenge: str | None, domain: str | None, envelope: str | None, now: datetime
    ) -> JsonObject:
        """The presentation with its proof or, with the envelope "jwt", as a token in an envelope. Raises AtestoError."""


class DocumentResolver(Protocol):
    """From a DID to its document."""

    async def __call__(self, controller: str, *, budget: FetchBudget | None = None) -> JsonObject:
        """A copy of the document. Raises AtestoError."""


@dataclass(frozen=True, slots=True)
class Part:
    """Whether one part of the node works, with a sentence for the operator."""

    name: str
    works: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a handler may use."""

    did: Did
    issuers: Mapping[str, CredentialIssuer]
    verifiers: Mapping[str, DocumentVerifier]
    default_issuer: str
    default_verifier: str
    issue_award: AwardIssuer
    compare: CredentialComparer
    bundle: LearnerRecordIssuer
    bake: CredentialBaker
    prove: PresentationProver
    resolve: DocumentResolver
    published: Callable[[str], JsonObject | None]
    """The DID document of this node that stands at a path, None where none does."""
    jwk_set: Callable[[], JsonObject | None]
    """The JWK Set of this node's did:web, None where it has none."""
    parts: Callable[[], Awaitable[tuple[Part, ...]]]
    clock: Callable[[], datetime]
