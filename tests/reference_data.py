"""Where the reference data lies: published vectors and fixtures that are not part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


def reference(*parts: str) -> Path:
    """The file or folder `parts` of the reference data; skips the test, or the module that is being collected, by name without it.

    ATESTO_REFERENCE_DATA names the folder; it is `../shared` beside the checkout otherwise.
    """
    folder = Path(os.environ.get("ATESTO_REFERENCE_DATA") or REPOSITORY.parent / "shared")
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs reference data: {'/'.join(parts)}", allow_module_level=True)
    return path
