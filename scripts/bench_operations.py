"""The operations that are measured, for each side, and the proof beforehand that the sides agree on what they do.

Each side returns the milliseconds of every call, taken around the call alone: Node.js takes its own, so that no pipe is measured.
Keys, parsed documents and contexts are prepared before; whatever either side remembers of contexts from earlier calls, it may use.
"""

from __future__ import annotations

import copy
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from pyld import jsonld
from pyld.canon import URDNA2015
from pyld.nquads import parse_nquads

from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.timestamp import format_timestamp
from atesto.proofs.data_integrity import proof_options, sign_proof
from atesto.proofs.suites import SUITES
from scripts.bench_documents import SIGNER, known_contexts, private_jwk
from scripts.bench_figures import OURS, PEER, PYLD
from tests.simulators.parts import NOW, PROCESSOR, InlineWorkers, issuer, verifier

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from atesto.encoding.strict_json import JsonObject
    from scripts.bench_documents import Document
    from tests.interop.node_peer import NodePeer

    Side: TypeAlias = Callable[[int], Awaitable[list[float]]]
    """A number of calls -> the milliseconds of each."""

RDFC, JCS = "eddsa-rdfc-2022", "eddsa-jcs-2022"
MOMENT = format_timestamp(NOW)
_KNOWN = known_contexts()


class DisagreementError(Exception):
    """The sides do not do the same, so their times cannot be compared."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to measure: what each side does, given a number of calls, and how many calls make a round."""

    document: str
    name: str
    calls: int
    sides: Mapping[str, Side]


async def agree(document: Document, suite: str, peer: NodePeer | None) -> JsonObject:
    """Our secured form of `document`, of which it is now known that every side makes the same and takes it. Raises DisagreementError."""
    ours = await issuer(SIGNER, suite).issue(document.unsecured, now=NOW)
    _demand((await verifier().verify_credential(ours, now=NOW)).verified, "We do not verify what we issue")
    nquads = PROCESSOR.canonicalize(PROCESSOR.dataset_of(document.unsecured), "sha256").nquads.decode()
    _demand(_pyld_normalize(document.unsecured) == nquads, "PyLD makes other statements")
    if peer is None:
        return ours
    theirs = peer.ask("issue", suite=suite, key=private_jwk(), document=document.unsecured, created=MOMENT)
    _demand(peer.ask("verify", document=ours, now=MOMENT)["verified"], "Node does not verify what we issue")
    _demand((await verifier().verify_credential(theirs, now=NOW)).verified, "We do not verify what Node issues")
    _demand(theirs == ours, "The two secured forms differ")
    _demand(peer.ask("canonize", document=document.unsecured) == nquads, "Node makes other statements")
    return ours


def _demand(holds: object, otherwise: str) -> None:
    if not holds:
        raise DisagreementError(f"{otherwise}; nothing was measured.")


async def operations(document: Document, peer: NodePeer | None) -> list[Operation]:
    """Everything that is measured on one document. Raises DisagreementError."""
    plain = document.unsecured
    secured = {suite: await agree(document, suite, peer) for suite in (RDFC, JCS)}
    quads = PROCESSOR.dataset_of(plain)
    nquads = PROCESSOR.canonicalize(quads, "sha256").nquads.decode()

    def operation(name: str, calls: int, ours: Any, theirs: Any = None, pyld: Any = None) -> Operation:
        sides = {OURS: ours, **({PEER: theirs} if peer else {}), **({PYLD: pyld} if pyld else {})}
        return Operation(document.name, name, calls, sides)

    def asked(op: str, **request: Any) -> Side:
        async def ask(calls: int) -> list[float]:
            return list(peer.ask(op, calls=calls, **request)) if peer else []

        return ask

    def signing(suite: str) -> Any:
        return asked("benchIssue", suite=suite, key=private_jwk(), document=plain, created=MOMENT)

    def checking(suite: str) -> Any:
        return asked("benchVerify", suite=suite, document=secured[suite], now=MOMENT)

    return [
        operation("sign", 3, _sign(plain, RDFC), signing(RDFC)),
        operation("issue", 3, _issue(plain, RDFC), signing(RDFC)),
        operation("verify", 3, _verify(secured[RDFC]), checking(RDFC)),
        operation("sign, eddsa-jcs-2022", 3, _sign(plain, JCS), signing(JCS)),
        operation("issue, eddsa-jcs-2022", 3, _issue(plain, JCS), signing(JCS)),
        operation("verify, eddsa-jcs-2022", 3, _verify(secured[JCS]), checking(JCS)),
        operation(
            "document to canonical N-Quads", 3, _statements(plain), asked("benchStatements", document=plain), _pyld_statements(plain)
        ),
        operation("RDFC-1.0 of its quads", 10, _canonical(quads), asked("benchCanonize", nquads=nquads), _pyld_canonical(nquads)),
        operation("JCS of the document", 10, _jcs(plain), asked("benchJcs", document=plain)),
    ]


def timed(work: Callable[[], Any]) -> Side:
    """A side that does `work` here."""

    async def run(calls: int) -> list[float]:
        return [_milliseconds(work) for _ in range(calls)]

    return run


def _milliseconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1_000


def timed_async(work: Callable[[JsonObject], Awaitable[Any]], document: JsonObject) -> Side:
    """`work` on a copy of `document` of its own for each call."""

    async def run(calls: int) -> list[float]:
        found = []
        for _ in range(calls):
            fresh = copy.deepcopy(document)
            started = time.perf_counter()
            await work(fresh)
            found.append((time.perf_counter() - started) * 1_000)
        return found

    return run


def _sign(document: JsonObject, suite: str) -> Side:
    async def sign(fresh: JsonObject) -> None:
        options = proof_options(
            fresh, suite=SUITES[suite], verification_method=SIGNER.verification_method, purpose="assertionMethod", created=NOW
        )
        await sign_proof(InlineWorkers(), fresh, options, signer=SIGNER)

    return timed_async(sign, document)


def _issue(document: JsonObject, suite: str) -> Side:
    ours = issuer(SIGNER, suite)
    return timed_async(lambda fresh: ours.issue(fresh, now=NOW), document)


def _verify(secured: JsonObject) -> Side:
    ours = verifier()

    async def verify(fresh: JsonObject) -> None:
        report = await ours.verify_credential(fresh, now=NOW)
        _demand(report.to_json()["verified"], "What was measured did not succeed")

    return timed_async(verify, secured)


def _statements(document: JsonObject) -> Side:
    return timed(lambda: PROCESSOR.canonicalize(PROCESSOR.dataset_of(document), "sha256"))


def _canonical(quads: Any) -> Side:
    return timed(lambda: PROCESSOR.canonicalize(quads, "sha256"))


def _jcs(document: JsonObject) -> Side:
    return timed(lambda: canonicalize_json(document))


def _pyld_load(url: str, _options: object) -> dict[str, Any]:
    return {"document": _KNOWN[url], "documentUrl": url, "contextUrl": None, "contentType": "application/ld+json", "tag": "static"}


def _pyld_normalize(document: JsonObject) -> str:
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _pyld_load}
    return str(jsonld.normalize(document, options))


def _pyld_statements(document: JsonObject) -> Side:
    return timed(lambda: _pyld_normalize(document))


def _pyld_canonical(nquads: str) -> Side:
    async def run(calls: int) -> list[float]:
        # It writes its labels into the dataset: a new one for each call.
        datasets = [parse_nquads(nquads) for _ in range(calls)]
        return [_milliseconds(partial(URDNA2015().main, dataset, {"format": "application/n-quads"})) for dataset in datasets]

    return run
