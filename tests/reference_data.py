"""Where the reference data lies: published vectors and samples that are not part of the project."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

_ROOT: Final = Path(__file__).resolve().parent.parent
# A module that is skipped whole stands for so many published cases.
_CASES: Final = {
    "vectors/di-ecdsa": 3, "vectors/di-eddsa": 4, "vectors/did-key": 18, "vectors/jcs": 1_198, "vectors/jose-cookbook": 19,
    "vectors/json-ld-api": 741, "vectors/json-parsing": 191, "vectors/rdf-canon": 48, "vectors/status-list": 8,
    "vectors/vc-jose-cose": 9, "vectors/vcdm2-input": 72,
    "vectors/wycheproof": 1_164, "hostile": 182,
}  # fmt: skip


def reference(*parts: str) -> Path:
    """The path below the reference data (ATESTO_REFERENCE_DATA, default `../shared`); skips the test by name where it is missing."""
    base = Path(os.environ.get("ATESTO_REFERENCE_DATA") or _ROOT.parent / "shared")
    path = base.joinpath(*parts)
    if not path.exists():
        name = "/".join(parts)
        count = next((f", {cases:,} cases" for folder, cases in _CASES.items() if name.startswith(folder)), "")
        pytest.skip(f"needs reference data: {name}{count}", allow_module_level=True)
    return path
