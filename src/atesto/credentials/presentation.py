"""Credentials inside presentations: which of them need no proof of their own (VCDM 2.0 section 4.13.3, holder claims)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject


def is_self_asserted(credential: JsonObject, holder: str | None) -> bool:
    """Whether `credential` has no proof and names as its issuer the holder that the presentation names.

    Such claims are secured by the presentation's proof. Checks neither that proof nor anything else of the credential.
    """
    issuer = credential.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    return holder is not None and named == holder and "proof" not in credential
