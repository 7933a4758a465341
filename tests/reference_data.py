"""Where the reference data lies: published vectors and samples that are not part of the project."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

_ROOT: Final = Path(__file__).resolve().parent.parent


def reference(*parts: str) -> Path:
    """The path below the reference data (ATESTO_REFERENCE_DATA, default `../shared`); skips the test by name where it is missing."""
    base = Path(os.environ.get("ATESTO_REFERENCE_DATA") or _ROOT.parent / "shared")
    path = base.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs reference data: {'/'.join(parts)}", allow_module_level=True)
    return path
