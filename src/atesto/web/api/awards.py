"""Awards: from the record of an award to a credential (`POST /awards`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.errors import AtestoError
from atesto.web.bodies import AwardBody, check_envelope, document_of
from atesto.web.problems import ISSUER, json_response

if TYPE_CHECKING:
    from aiohttp import web

    from atesto.web.route import Call


async def issue_award(call: Call) -> web.StreamResponse:
    """201 with the secured credential, in the wrapped form. The body is `{award, form?}` or the bare record."""
    services = call.services
    form: str | None = None
    if "award" in call.json:
        check_envelope(call.json, AwardBody)
        given = call.json.get("form")
        form = given if isinstance(given, str) and given else None
        try:
            credential = await services.issue_award(document_of(call.json, "award"), form, now=services.clock())
        except AtestoError as error:
            if error.code == "award.form_unknown":
                raise error.below("/form") from None
            raise (error.below("/award") if error.code.startswith(("award.", "eu2022.")) else error) from None
    else:
        credential = await services.issue_award(call.json, form, now=services.clock())
    response = json_response({"verifiableCredential": credential}, status=201)
    response[ISSUER] = services.default_issuer
    return response
