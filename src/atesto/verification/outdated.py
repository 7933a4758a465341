"""Findings about badges that name older vocabularies (Open Badges 3.0 section 8.1): they verify, and issuers should go on to the newer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.credentials.badge_token import is_badge
from atesto.credentials.structure import VCDM_1_CONTEXT
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.one_or_more import one_or_more

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.verification.record import Record

CURRENT: Final = {
    "https://purl.imsglobal.org/spec/ob/v3p0/": "context-3.0.3.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/": "context-2.0.1.json",
}
"""The current vocabulary below each address."""
_EXTENSIONS: Final = "extensions.json"


def note_outdated(record: Record, document: JsonObject) -> None:
    """Notes `context.outdated` for each vocabulary of a badge that has a newer version."""
    if not is_badge(document):
        return
    for index, named in enumerate(one_or_more(document.get("@context"))):
        if named == VCDM_1_CONTEXT:
            record.note("context.outdated", "It is the data model of version 1.1.", json_pointer("@context", index))
        for below, current in CURRENT.items():
            if isinstance(named, str) and named.startswith(below) and named.removeprefix(below) not in {current, _EXTENSIONS}:
                record.note("context.outdated", f"The current one is {below}{current}.", json_pointer("@context", index))
