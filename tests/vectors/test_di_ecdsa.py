"""Published vectors of vc-di-ecdsa for P-256, step by step; their nonces were random, so signatures are verified, not remade."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, Final

import pytest

from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.multibase import decode_base58btc
from atesto.proofs.data_integrity import hash_proofs
from atesto.proofs.proof import parse_proofs
from tests.reference_data import reference
from tests.simulators.parts import PROCESSOR, verifier

NOW: Final = datetime.fromisoformat("2026-01-01T00:00:00Z")
SUITES: Final = {"ecdsa-rdfc-2019-p256": "ECDSAP256", "ecdsa-jcs-2019-p256": "JCSECDSAP256"}


def text(*parts: str) -> str:
    return reference("vectors", "di-ecdsa", *parts).read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", SUITES)
async def test_each_step(folder: str) -> None:
    kind = SUITES[folder]
    unsigned, signed, config = (
        json.loads(text(*parts)) for parts in (("unsigned.json",), (folder, f"signed{kind}.json"), (folder, f"proofConfig{kind}.json"))
    )

    def canonical(value: Any) -> bytes:
        if kind.startswith("JCS"):
            return canonicalize_json(value)
        return PROCESSOR.canonicalize(PROCESSOR.dataset_of({**value, "@context": unsigned["@context"]}), "sha256").nquads

    assert canonical(unsigned).decode() == text(folder, f"canonDoc{kind}.txt")
    assert canonical(config).decode() == text(folder, f"proofCanon{kind}.txt")
    assert hashlib.sha256(canonical(unsigned)).hexdigest() == text(folder, f"docHash{kind}.txt")
    assert hashlib.sha256(canonical(config)).hexdigest() == text(folder, f"proofHash{kind}.txt")
    (hashes,) = hash_proofs(PROCESSOR, signed, parse_proofs(signed))
    assert hashes["sha256"].hex() == text(folder, f"combinedHash{kind}.txt")
    assert decode_base58btc(signed["proof"]["proofValue"]).hex() == text(folder, f"sigHex{kind}.txt")
    assert signed["proof"]["proofValue"] == text(folder, f"sigBTC58{kind}.txt")
    report = await verifier("interop", published_keys=True).verify_credential(signed, now=NOW)
    assert report.verified, report.problems
