"""Credential schemas (VCDM 2.0 section 4.11, VC-JSON-SCHEMA): a closed registry by URL and sha256, and what it says of a document.

Types JsonSchema and 1EdTechJsonSchemaValidator2019 are applied, to the document without its proof. Every other type (JsonSchemaCredential,
ShaclValidator2017 ...) and every URL that is not registered is left unchecked; the caller says so. Nothing is fetched.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.credentials.json_schema import compile_schema, first_fault
from atesto.encoding.digest import digests_of
from atesto.errors import AtestoError, MalformedInput, VerificationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.encoding.strict_json import JsonObject
    from atesto.linked_data.processor import LinkedDataProcessor

JSON_SCHEMA_TYPES: Final = frozenset({"JsonSchema", "https://www.w3.org/2018/credentials#JsonSchema"})
"""The type as the base context writes it, and as the IRI that it stands for."""
ONE_EDTECH_TYPE: Final = "1EdTechJsonSchemaValidator2019"
"""The type of Open Badges 3.0 (section B.9.1)."""
APPLIED_TYPES: Final = JSON_SCHEMA_TYPES | {ONE_EDTECH_TYPE}
PUBLISHED_BY_1EDTECH: Final = "https://purl.imsglobal.org/spec/"
"""Schemas of the data model itself, which this node holds in code."""


@dataclass(frozen=True, slots=True)
class SchemaRegistry:
    """Schemas by URL, as bytes. Made once, at start, with `of`."""

    entries: Mapping[str, bytes]

    @classmethod
    def of(cls, schemas: Mapping[str, tuple[bytes, str]]) -> SchemaRegistry:
        """The registry of `schemas` (URL -> bytes and their sha256 in hex). Raises MalformedInput `schema.*` or `json.*`."""
        for url, (data, sha256) in schemas.items():
            if hashlib.sha256(data).hexdigest() != sha256.lower():
                raise MalformedInput("schema.digest_mismatch", f"The file of {url} does not have the recorded sha256.")
            try:
                compile_schema(data)
            except AtestoError as error:
                raise MalformedInput(error.code, f"{url}: {error.detail}", pointer=error.pointer) from None
        return cls({url: data for url, (data, _) in schemas.items()})

    def known_digests(self, url: str) -> dict[str, set[bytes]] | None:
        """The digests of the schema at `url`, by algorithm; None when it is not registered."""
        data = self.entries.get(url)
        return None if data is None else {str(digest.algorithm): {digest.value} for digest in digests_of(data)}


NO_SCHEMAS: Final = SchemaRegistry({})


def check_against_schema(_: LinkedDataProcessor, url: str, data: bytes, document: JsonObject) -> None:
    """Raises VerificationError `schema.not_satisfied` with the pointer of the first fault.

    A task for a worker: the document is a stranger's, and the work grows with it.
    """
    fault = first_fault(data, {name: value for name, value in document.items() if name != "proof"})
    if fault is not None:
        raise VerificationError(
            "schema.not_satisfied", f"The rule {fault.rule[:200] or '/'} of {url[:200]} does not hold.", pointer=fault.pointer
        )
