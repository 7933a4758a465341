"""What somebody handed over: a credential or a presentation, bare or in the envelope of an interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

_ENVELOPES: Final = (("verifiablePresentation", "presentation"), ("verifiableCredential", "credential"))


def received_document(body: JsonObject) -> tuple[str, JsonObject]:
    """Which of the two it says it is ("credential" or "presentation"), and the document without its envelope (VC-API, VCALM).

    What says neither is taken for a credential, so that its shape is judged. Checks nothing.
    """
    types = body.get("type")
    named = types if isinstance(types, list) else [types]
    if "VerifiablePresentation" in named:
        return "presentation", body
    if "VerifiableCredential" not in named:
        for member, kind in _ENVELOPES:
            inner = body.get(member)
            if isinstance(inner, dict):
                return kind, inner
    return "credential", body
