"""Learner records (CLR 2.0): credentials that were issued, bundled and issued as one (`POST /clr`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atesto.errors import AtestoError
from atesto.profiles.clr.bundle import Association, RecordPlan
from atesto.web.problems import ISSUER, json_response

if TYPE_CHECKING:
    from aiohttp import web

    from atesto.web.route import Call


async def bundle_credentials(call: Call) -> web.StreamResponse:
    """201 with the secured record, in the wrapped form."""
    given: Any = call.json["verifiableCredentials"]
    try:
        record = await call.services.bundle(tuple(given), plan_of(call.json), now=call.services.clock())
    except AtestoError as error:
        of_a_credential = error.pointer[1:2].isdigit()
        raise (error.below("/verifiableCredentials") if of_a_credential else error) from None
    response = json_response({"verifiableCredential": record}, status=201)
    response[ISSUER] = call.services.default_issuer
    return response


def plan_of(body: Any) -> RecordPlan:
    """What a checked body says of the record."""
    return RecordPlan(
        name=body["name"],
        issuer_name=body.get("issuerName") or None,
        subject=body.get("subject") or None,
        associations=tuple(Association(row["type"], row["source"], row["target"]) for row in body.get("associations", ())),
        achievements=tuple(body.get("achievements", ())),
        partial=body.get("partial", False),
    )
