"""What is measured of seals, on the European credential: sealing, judging a seal without a network, and the whole pipeline.

The bar of a seal at level B-B is five milliseconds (`seal verify`): header, certificates, chain to an anchor, signature. The second row of
judging is of a seal with everything: three timestamps, revocation data, certificates. `jose` checks the signature, and nothing else.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from atesto.proofs.jades.assessment import Indication, SealTrust, assess_seal
from atesto.proofs.jades.chain import judge_chain
from atesto.proofs.jades.create import SealOptions, payload_text, seal
from atesto.proofs.jades.seal import parse_seal
from scripts.bench_figures import OURS, PEER
from scripts.bench_operations import DisagreementError, Operation, timed_async
from tests.simulators.parts import NOW, verifier
from tests.simulators.seals import TimestampAuthority, World, public_jwk, resealed, sealed, stamped, with_values

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from scripts.bench_documents import Document
    from scripts.bench_operations import Side
    from tests.interop.node_peer import NodePeer

_LATER = NOW + timedelta(hours=1)


async def seal_operations(document: Document, peer: NodePeer | None) -> list[Operation]:
    """The rows. Raises DisagreementError when a side does not take the seal."""
    world = World()
    # The certificate is that of the organisation which the document names.
    issuer: Any = document.unsecured["issuer"]
    world.holder = world.authority.issue(identifier=issuer["eIDASIdentifier"]["notation"])
    trust = SealTrust((world.root.der,), (world.stamp_root.der,))
    plain = await sealed(world.holder, document.unsecured, at=NOW)
    full = _archived(plain, world)
    key = public_jwk(world.holder)
    if peer is not None and peer.ask("verifySeal", key=key, alg="ES256", seal=plain) != {"payload": plain["payload"]}:
        raise DisagreementError("jose does not verify what we seal; nothing was measured.")
    theirs: dict[str, Side] = {}
    if peer is not None:

        async def ask(calls: int) -> list[float]:
            return list(peer.ask("benchVerifySeal", key=key, alg="ES256", seal=plain, calls=calls))

        theirs = {PEER: ask}
    return [
        Operation(document.name, "seal", 10, {OURS: _seal(document.unsecured, world)}),
        Operation(document.name, "judge a seal, B-B", 10, {OURS: _judge(plain, trust, "B-B"), **theirs}),
        Operation(document.name, "judge a seal, B-LTA", 3, {OURS: _judge(full, trust, "B-LTA")}),
        Operation(document.name, "verify, sealed", 3, {OURS: _verify(plain, trust)}),
    ]


def _archived(plain: Any, world: World) -> Any:
    """With a content, a signature and an archive timestamp, certificates, a revocation list and an OCSP response."""
    early, late = (TimestampAuthority(world.stamps.holder, time=NOW + timedelta(seconds=seconds)) for seconds in (-3, 3))
    content = {"tstTokens": [{"val": early.over(plain["payload"].encode())}]}
    whole = stamped(resealed(plain, world.holder, adoTst=content, crit=["b64", "adoTst"]), late)
    whole = with_values(
        whole,
        certificates=[*world.holder.above, world.root.der],
        crls=[world.root.revocation_list()],
        responses=[world.authority.response(world.holder)],
    )
    return stamped(whole, late, "arcTst")


def _seal(document: JsonObject, world: World) -> Side:
    async def work(fresh: JsonObject) -> None:
        await seal(payload_text(fresh), SealOptions(NOW), key=world.holder)

    return timed_async(work, document)


def _judge(given: JsonObject, trust: SealTrust, level: str) -> Side:
    async def work(fresh: JsonObject) -> None:
        # A seal that was judged before is not what is measured.
        judge_chain.cache_clear()
        found = assess_seal(parse_seal(fresh), trust, now=_LATER)
        if (found.indication, found.level) != (Indication.TOTAL_PASSED, level):
            raise DisagreementError(f"A seal that should pass does not: {found.problems}.")

    return timed_async(work, given)


def _verify(given: JsonObject, trust: SealTrust) -> Side:
    ours = dataclasses.replace(verifier(), trust=trust)

    async def work(fresh: JsonObject) -> None:
        judge_chain.cache_clear()
        report = await ours.verify_credential(fresh, now=_LATER)
        if not report.to_json()["verified"]:
            raise DisagreementError(f"A sealed credential that should verify does not: {report.problems}.")

    return timed_async(work, given)
