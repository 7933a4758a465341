"""1EdTechRevocationList (Open Badges 3.0 section B.7; deprecated by the specification, still in the field): verified, never issued.

The document is signed by nobody: it is as good as the host that it is had from. Checks, in order:
1. `issuer`, a URL or an object with one, is the credential's issuer;
2. `revokedCredential` is a list of objects, each with the `id` of a credential;
3. none of them is this credential, unless its `revoked` is false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.errors import VerificationError

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.status.entry import StatusEntry


def check_revocation_list(document: JsonObject, entry: StatusEntry, *, credential_id: str | None, issuer: str) -> None:
    """Raises VerificationError `status.foreign_issuer`, `status.list_malformed`, `status.revoked`."""
    named = document.get("issuer")
    if (named.get("id") if isinstance(named, dict) else named) != issuer:
        raise VerificationError("status.foreign_issuer", "The revocation list is not the issuer's.", pointer=entry.pointer)
    listed = document.get("revokedCredential", [])
    for item in listed if isinstance(listed, list) else [listed]:
        if not isinstance(item, dict) or not isinstance(item.get("id"), str):
            detail = "The status list cannot be used: a revoked credential is not named by its id."
            raise VerificationError("status.list_malformed", detail, pointer=entry.pointer)
        if item["id"] == credential_id and item.get("revoked", True) is not False:
            raise VerificationError("status.revoked", "The issuer's revocation list names it.", pointer=entry.pointer)
