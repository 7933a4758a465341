"""Awards: from the record of an award to credentials (`POST /awards`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.errors import AtestoError
from atesto.web.bodies import AwardBody, check_envelope, document_of, forms_of
from atesto.web.problems import ISSUER, json_response

if TYPE_CHECKING:
    from aiohttp import web

    from atesto.encoding.strict_json import JsonObject
    from atesto.web.route import Call


async def issue_award(call: Call) -> web.StreamResponse:
    """201 with the secured credential, in the wrapped form; by form where `forms` asked for several.

    The body is `{award, form?}`, `{award, forms}` or the bare record.
    """
    services = call.services
    answer: JsonObject
    if "award" in call.json:
        check_envelope(call.json, AwardBody)
        forms = forms_of(call.json)
        several = bool(call.json.get("forms"))
        try:
            issued = await services.issue_award(document_of(call.json, "award"), forms, now=services.clock())
        except AtestoError as error:
            if error.code == "award.form_unknown":
                raise error.below("/forms" if several else "/form") from None
            raise (error.below("/award") if error.code.startswith(("award.", "eu2022.")) else error) from None
    else:
        several, issued = False, await services.issue_award(call.json, (), now=services.clock())
    answer = {"verifiableCredentials": dict(issued)} if several else {"verifiableCredential": next(iter(issued.values()))}
    response = json_response(answer, status=201)
    response[ISSUER] = services.default_issuer
    return response
