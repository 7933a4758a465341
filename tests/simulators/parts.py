"""The pieces of a small node in memory: fixed keys, inline workers, a ledger that remembers, a clock that stands still."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from atesto.dids.methods.key import did_key, did_key_method
from atesto.dids.resolution import Resolver
from atesto.errors import StorageError
from atesto.issuance.issue import Issuer
from atesto.keys.private_key import PrivateKey
from atesto.linked_data.contexts import ContextRegistry
from atesto.linked_data.processor import LinkedDataProcessor
from atesto.proofs.data_integrity import proof_options, sign_proof
from atesto.proofs.suites import SUITES
from atesto.verification.pipeline import Verifier
from atesto.verification.policy import POLICIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.encoding.strict_json import JsonObject
    from atesto.keys.public_key import PublicKey
    from atesto.ports import Did, DidUrl

P = ParamSpec("P")
T = TypeVar("T")

NOW: Final = datetime(2026, 6, 15, 12, 0, 0, tzinfo=UTC)
CONTEXTS: Final = ContextRegistry.bundled()
PROCESSOR: Final = LinkedDataProcessor(CONTEXTS)


class InlineWorkers:
    """Runs the work here and now."""

    async def run(self, task: Callable[Concatenate[LinkedDataProcessor, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return task(PROCESSOR, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class MemorySigner:
    """A did:key signer with a fixed seed, so that every run signs the same bytes."""

    key: PrivateKey

    @classmethod
    def numbered(cls, number: int, algorithm: str = "Ed25519") -> MemorySigner:
        length = 48 if algorithm == "P-384" else 32
        # The first few numbers are the seeds of did:key's published vectors, whose keys are refused.
        return cls(PrivateKey.from_seed(algorithm, (number if number > 9 else number + 1_000).to_bytes(length, "big")))

    @property
    def did(self) -> Did:
        return did_key(self.key.public_key)

    @property
    def verification_method(self) -> DidUrl:
        return did_key_method(self.key.public_key)

    @property
    def public_key(self) -> PublicKey:
        return self.key.public_key

    async def sign(self, data: bytes) -> bytes:
        return self.key.sign(data)


@dataclass(slots=True)
class MemoryLedger:
    """Remembers what was recorded, in order; `fail_on` names the kind of entry that cannot be written."""

    entries: list[tuple[str, str, str]] = field(default_factory=list)
    fail_on: str | None = None

    async def record_intent(self, *, credential_id: str, digest: str, issuer: str, at: datetime) -> None:
        self._write("intent", credential_id, digest)

    async def record_issued(self, *, credential_id: str, digest: str, issuer: str, at: datetime) -> None:
        self._write("issued", credential_id, digest)

    def _write(self, kind: str, credential_id: str, digest: str) -> None:
        if self.fail_on == kind:
            raise StorageError("storage.unavailable", "The disk is full.")
        self.entries.append((kind, credential_id, digest))


def verifier(policy: str = "strict", resolver: Any = None, *, published_keys: bool = False, **more: Any) -> Verifier:
    """`published_keys`: for published samples, whose keys everybody has. `more` as `Verifier` takes it."""
    chosen = replace(POLICIES[policy], published_test_keys=published_keys)
    return Verifier(chosen, resolver or Resolver(), InlineWorkers(), CONTEXTS, **more)


def issuer(signer: MemorySigner, suite: str = "eddsa-rdfc-2022", *, policy: str = "strict", ledger: MemoryLedger | None = None) -> Issuer:
    return Issuer("test", signer.did, signer, SUITES[suite], verifier(policy), ledger or MemoryLedger())


async def secured(
    document: JsonObject,
    signer: MemorySigner,
    suite: str = "eddsa-rdfc-2022",
    *,
    purpose: str = "assertionMethod",
    created: datetime = NOW,
    more: JsonObject | None = None,
) -> JsonObject:
    """`document` with a proof added, without any check on what it says: for making good and bad material."""
    options = proof_options(
        document, suite=SUITES[suite], verification_method=signer.verification_method, purpose=purpose, created=created, more=more
    )
    result, _ = await sign_proof(InlineWorkers(), document, options, signer=signer)
    return result


def version_1_1(signer: MemorySigner, **members: Any) -> JsonObject:
    """A small VCDM 1.1 credential by `signer`, with members changed or added."""
    return {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "id": "urn:uuid:9d3b1a52-4a4b-4a3e-9d0c-0a6f9a1f2b11",
        "type": ["VerifiableCredential"],
        "issuer": signer.did,
        "issuanceDate": "2026-06-15T09:00:00Z",
        "expirationDate": "2036-06-15T09:00:00Z",
        "credentialSubject": {"id": "did:example:learner"},
        **members,
    }


def credential(signer: MemorySigner, **members: Any) -> JsonObject:
    """A small VCDM 2.0 credential by `signer`, with members changed; `...` removes one."""
    document: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:3b1f3f2e-6f0e-4d55-9a86-0f3f6f7f1c01",
        "type": ["VerifiableCredential"],
        "issuer": signer.did,
        "validFrom": "2026-06-15T09:00:00Z",
        "name": "Certificate of attendance",
        "credentialSubject": {"id": "did:example:learner", "name": "Noor Achterberg"},
    }
    for name, value in members.items():
        key = "@context" if name == "context" else name
        if value is ...:
            document.pop(key)
        else:
            document[key] = copy.deepcopy(value)
    return document


def presentation(holder: MemorySigner | None, *credentials: JsonObject, **members: Any) -> JsonObject:
    """A VCDM 2.0 presentation of `credentials`."""
    document: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        **({"holder": holder.did} if holder else {}),
        **({"verifiableCredential": list(credentials)} if credentials else {}),
        **members,
    }
    return document
