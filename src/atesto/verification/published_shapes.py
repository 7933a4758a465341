"""The published shapes of European Digital Credentials, asked beside the node's own checks where the operator has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto.credentials.members import types_of
from atesto.errors import AtestoError
from atesto.findings import Finding
from atesto.profiles.edc.plan import ROOT
from atesto.profiles.edc.shapes import shapes_findings

if TYPE_CHECKING:
    from pathlib import Path

    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import LinkedDataWorkers


@dataclass(frozen=True, slots=True)
class PublishedShapes:
    """The shapes in a folder, and workers that bound what a stranger's document may cost them."""

    folder: Path
    workers: LinkedDataWorkers

    async def findings(self, document: JsonObject) -> list[Finding]:
        """Their verdict on a document that says it is a European Digital Credential, nothing on another. Never raises."""
        if ROOT not in types_of(document):
            return []
        try:
            return await self.workers.run(shapes_findings, document, str(self.folder))
        except AtestoError as error:
            return [Finding("edc.shapes_not_applied", error.detail)]
