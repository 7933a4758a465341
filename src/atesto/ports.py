"""What the inner floors ask of the outside world, as Protocols, and the few names that cross floors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, NewType, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from atesto.dids.document import VerificationMethod
    from atesto.encoding.strict_json import JsonObject
    from atesto.fetch_budget import FetchBudget
    from atesto.keys.public_key import PublicKey
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.profiles.award.record import Award
    from atesto.profiles.badge_face import BadgeFace

Did = NewType("Did", str)
DidUrl = NewType("DidUrl", str)
Multibase = NewType("Multibase", str)

P = ParamSpec("P")
T = TypeVar("T")


class Signer(Protocol):
    """One private key in custody, seen as what may be done with it."""

    @property
    def verification_method(self) -> DidUrl:
        """The DID URL under which the public key is published."""

    @property
    def public_key(self) -> PublicKey:
        """The public half."""

    async def sign(self, data: bytes) -> bytes:
        """Raw signature over `data`: 64 bytes for Ed25519 (RFC 8032), r||s for ECDSA (RFC 7518 3.4), hashed as the key's algorithm says.

        Raises CustodyError when the key cannot be used.
        """


class SealKey(Protocol):
    """One certificate with its private key, seen as what may be done with it."""

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificate and those above it, as far as they are known (DER), its own first."""

    async def sign(self, data: bytes) -> bytes:
        """Raw signature over `data` by the certificate's key: RS256 for RSA, ES256 or ES384 for EC (RFC 7518 3.3, 3.4).

        Raises CustodyError when the key cannot be used.
        """


class SealKeys(Protocol):
    """The certificates in custody with which an issuer seals."""

    def key_for(self, organization_identifier: str | None) -> SealKey:
        """The one for an organisation (its legal identifier as a document states it). Raises CustodyError `custody.seal_certificate`.

        It does not promise that the certificate is that organisation's: who seals compares.
        """


class TimestampService(Protocol):
    """An authority that says what time it is over a digest (RFC 3161)."""

    async def stamp(self, digest: bytes) -> bytes:
        """The token (DER) over a SHA-256 digest, checked.

        Raises ResolutionError `fetch.*`, MalformedInput and VerificationError `seal.*`.
        """


class KeyResolver(Protocol):
    """Turns a verification method's URL into the method, as its controller publishes it."""

    async def resolve(self, verification_method: str, *, budget: FetchBudget | None = None) -> VerificationMethod:
        """The method, found in the document of its controller; `budget` bounds what is fetched for it. Raises ResolutionError."""

    def asks_nobody(self, controller: str) -> bool:
        """Whether the document of `controller` is found without asking another host: it is in the DID itself, or the node's own."""

    async def resolve_document(self, controller: str, *, budget: FetchBudget | None = None) -> JsonObject:
        """The document of a DID or of an https controller. Raises ResolutionError."""

    async def resolve_jwk_set(self, issuer: str, *, budget: FetchBudget | None = None) -> tuple[JsonObject, ...]:
        """The keys of the JWK Set of the host that an https issuer names. Raises ResolutionError."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a host answered: whole, and of a type that was asked for."""

    url: str
    """Where it was found, after redirects."""
    media_type: str
    """Lower case, without parameters."""
    body: bytes


class Fetcher(Protocol):
    """The only way from this node to addresses that strangers name."""

    async def fetch(
        self, url: str, *, media_types: tuple[str, ...], max_bytes: int, budget: FetchBudget, max_age: float | None = None
    ) -> Fetched:
        """The answer of `url`, guarded and bounded; not one that was remembered for more than `max_age` seconds.

        Raises ResolutionError `fetch.*`.
        """


class LinkedDataWorkers(Protocol):
    """Runs JSON-LD work where it cannot stop the node: another process, with a deadline and a kill."""

    async def run(self, task: Callable[Concatenate[LinkedDataProcessor, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`task(processor, *args)` elsewhere; `task` is a module-level function, arguments and result are plain values.

        Raises what `task` raises, and VerificationError `linked_data.too_complex` when the deadline passes.
        """


class Ledger(Protocol):
    """The memory of what was issued (house rule 4: record before release). Nothing personal in it: digests only."""

    async def record_intent(self, *, credential_id: str, digest: str, issuer: str, at: datetime) -> None:
        """Durable before the signature is made. Raises StorageError."""

    async def record_issued(self, *, credential_id: str, digest: str, issuer: str, at: datetime) -> None:
        """Durable before the first byte of the credential leaves. Raises StorageError."""


class Renderer(Protocol):
    """Draws the pages of an award: what a credential shows of itself to people."""

    def pages(self, award: Award, language: str) -> tuple[bytes, ...]:
        """PNGs of the pages in `language` (one of `award.page_languages`). Work for the processor: a tenth of a second or so each.

        Raises MalformedInput when something of the award cannot be drawn.
        """


class BadgeDrawer(Protocol):
    """Draws the picture of a badge that came without one."""

    def __call__(self, face: BadgeFace, /) -> bytes:
        """A PNG. Work for the processor: a tenth of a second or so."""
