"""Lint before signing: the node's own verifier judges the credential over a signature by a key that is thrown away.

What the verifier would refuse is never signed with the real key. Everything but the key is the real thing, so the bytes that
were linted can be compared with the bytes that are signed later (security invariant: signed equals intended).
"""

from __future__ import annotations

import asyncio
import dataclasses
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto import limits
from atesto.errors import MalformedInput
from atesto.findings import FINDING_CODES, Level
from atesto.issuance.sealing import SealAround
from atesto.keys.private_key import PrivateKey
from atesto.profiles.table import ISSUED_WITH, rules_of
from atesto.verification.context_policy import check_contexts

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.dids.document import VerificationMethod
    from atesto.encoding.strict_json import JsonObject
    from atesto.fetch_budget import FetchBudget
    from atesto.issuance.securing import Securing
    from atesto.keys.public_key import PublicKey
    from atesto.ports import DidUrl, KeyResolver, Signer
    from atesto.verification.pipeline import Verifier


@dataclass(frozen=True, slots=True)
class ThrowawaySigner:
    """Signs in the place of the real key, with a key that nobody keeps."""

    verification_method: DidUrl
    key: PrivateKey

    @property
    def public_key(self) -> PublicKey:
        """The public half of the throwaway key."""
        return self.key.public_key

    async def sign(self, data: bytes) -> bytes:
        """A raw signature by the throwaway key."""
        return self.key.sign(data)


@dataclass(frozen=True, slots=True)
class _StandInResolver:
    """Answers for one verification method with the throwaway key; every other method is resolved as ever."""

    method: VerificationMethod
    resolver: KeyResolver

    async def resolve(self, verification_method: str, *, budget: FetchBudget | None = None) -> VerificationMethod:
        if verification_method == self.method.id:
            return self.method
        return await self.resolver.resolve(verification_method, budget=budget)

    def asks_nobody(self, controller: str) -> bool:
        return self.resolver.asks_nobody(controller)

    async def resolve_document(self, controller: str, *, budget: FetchBudget | None = None) -> JsonObject:
        return await self.resolver.resolve_document(controller, budget=budget)

    async def resolve_jwk_set(self, issuer: str, *, budget: FetchBudget | None = None) -> tuple[JsonObject, ...]:
        return await self.resolver.resolve_jwk_set(issuer, budget=budget)


def refuse_broken_rules(document: JsonObject) -> None:
    """Raises MalformedInput `issue.profile` with the place of the first rule of its own kind that a credential breaks."""
    for rules in rules_of(document):
        for finding in rules(document):
            if FINDING_CODES[finding.code].level is Level.WARNING and finding.code not in ISSUED_WITH:
                raise MalformedInput("issue.profile", finding.detail, pointer=finding.pointer)


async def lint_credential(document: JsonObject, securing: Securing, *, signer: Signer, verifier: Verifier, at: datetime) -> bytes:
    """The bytes that the real key will have to sign. Raises the AtestoError for which `verifier` would refuse the credential at `at`."""
    check_contexts(document, verifier.contexts, verifier.policy)
    refuse_broken_rules(document)
    if isinstance(securing, SealAround):
        return await _lint_seal(document, securing.rehearsed(), signer=signer, verifier=verifier, at=at)
    method = await verifier.resolver.resolve(signer.verification_method)
    key = await _throwaway_key(signer.public_key.algorithm)
    stand_in = _StandInResolver(dataclasses.replace(method, public_key=key.public_key), verifier.resolver)
    secured, intended = await securing.sign(verifier.workers, document, signer=ThrowawaySigner(signer.verification_method, key))
    await _judge(dataclasses.replace(verifier, resolver=stand_in, elsewhere=verifier.resolver), secured, at)
    return intended


async def _lint_seal(document: JsonObject, rehearsed: SealAround, *, signer: Signer, verifier: Verifier, at: datetime) -> bytes:
    secured, intended = await rehearsed.sign(verifier.workers, document, signer=signer)
    await _judge(rehearsed.judged_by(verifier), secured, at)
    return intended


async def _judge(verifier: Verifier, secured: JsonObject, at: datetime) -> None:
    report = await verifier.verify_credential(secured, now=at)
    if not report.verified:
        raise report.problems[0]


async def _throwaway_key(algorithm: str) -> PrivateKey:
    """A fresh key; of RSA, whose keys take a second to make, one that this process keeps for no other purpose."""
    return await asyncio.to_thread(_kept_key, algorithm) if algorithm == "RSA" else PrivateKey.generate(algorithm)


@functools.cache
def _kept_key(algorithm: str) -> PrivateKey:
    return PrivateKey.generate(algorithm, bits=limits.MIN_RSA_BITS)
