"""The check of a credential's profile and of its EU elements, timed beside the published SHACL shapes where the reference data has them.

Both sides begin with the parsed document and end with a verdict: ours walks it, pyshacl is given its statements as a graph. The shapes are
read once, before anything is timed; the verdicts have to agree.
"""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atesto.profiles.edc.check import check, conforms
from atesto.profiles.edc.shapes import shapes_findings
from atesto.verification.profile_findings import profile_findings
from scripts.bench_figures import OURS, SHACL
from scripts.bench_operations import DisagreementError, Operation, timed
from tests.simulators.parts import PROCESSOR

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = Path("edc", "samples", "Sample-MC-Annex1-signed.jsonld")
SHAPES = Path("edc", "shacl")
CALLS = 3


def reference_data() -> Path:
    """The folder of the published samples and shapes, whether or not it is there."""
    return Path(os.environ.get("ATESTO_REFERENCE_DATA") or ROOT.parent / "shared")


def profile_operations(credential: JsonObject) -> list[Operation]:
    """The check of `credential`, and of the Commission's own sample where it is there. Raises DisagreementError."""
    documents = {"European Digital Credential": credential}
    sample = reference_data() / SAMPLE
    if sample.is_file():
        documents["The Commission's sample"] = json.loads(json.loads(sample.read_bytes())["payload"])
    return [_operation(name, document) for name, document in documents.items()]


def _operation(name: str, document: JsonObject) -> Operation:
    sides = {OURS: timed(lambda: profile_findings(PROCESSOR, document))}
    folder = reference_data() / SHAPES
    if folder.is_dir():
        # The first call reads the shapes.
        verdict = shapes_findings(PROCESSOR, copy.deepcopy(document), str(folder))[0].code
        if (verdict == "edc.shapes_conform") != conforms(check(document)):
            raise DisagreementError(f"{name}: the shapes say {verdict}, and we do not; nothing was measured.")
        sides[SHACL] = timed(lambda: _shapes(document, folder))
    return Operation(f"{name}, its profile", "profile and EU elements", CALLS, sides)


def _shapes(document: JsonObject, folder: Path) -> Any:
    return shapes_findings(PROCESSOR, document, str(folder))
