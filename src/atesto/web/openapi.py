"""The OpenAPI 3.1 document of the node, made from the route table and nothing else."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import models_json_schema

from atesto import __version__
from atesto.baking.picture import PNG, SVG
from atesto.error_codes import ERROR_CODES
from atesto.limits import MAX_URL_CHARACTERS
from atesto.web.answer_schemas import ANSWER_SCHEMAS
from atesto.web.problems import PROBLEM_TYPE
from atesto.web.route import Access, Answer, Size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atesto.encoding.strict_json import JsonObject
    from atesto.web.route import Route

_REFERENCE: Final = "#/components/schemas/{model}"
_NAME: Final = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$"}
_AS_IT_IS: Final[dict[str, Any]] = {
    "application/vc": {"schema": {"type": "object"}},
    "application/vc+ld+json": {"schema": {"type": "object"}},
    PNG: {},
    SVG: {},
}
"""What stands in a body of that media type; a text in every other."""
_PARAMETERS: Final = {
    "name": _NAME,
    "did": {"type": "string", "maxLength": MAX_URL_CHARACTERS, "description": "A DID or DID URL, percent-encoded."},
}


def openapi_document(routes: Iterable[Route], *, public_url: str) -> JsonObject:
    """The document of the routes that are documented."""
    listed = [route for route in routes if route.documented]
    paths: dict[str, Any] = {}
    for route in listed:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "atesto",
            "version": __version__,
            "summary": "Issuer and verifier node for micro-credentials.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": public_url}],
        "tags": [{"name": tag} for tag in dict.fromkeys(route.tag for route in listed)],
        "paths": paths,
        "components": {
            "schemas": _schemas(listed),
            "securitySchemes": {
                "apiToken": {"type": "http", "scheme": "bearer", "description": "The API token that the node made at its first start."}
            },
        },
    }


def answers_of(route: Route) -> dict[int, Answer]:
    """Every answer of `route`: its own, and those of the doors in front of it."""
    refusals = {400: "transport.unreadable", 421: "transport.unknown_host", 503: "transport.overloaded"}
    if route.access is Access.TOKEN:
        refusals[401] = "transport.unauthorized"
    if route.body is not None:
        refusals |= {408: "transport.timeout", 413: "transport.body_too_large", 415: "transport.unsupported_media_type"}
        if route.body.size is Size.FORM:
            refusals[403] = "transport.cross_site"
    if "{name}" in route.path:
        refusals[404] = "request.unknown_name"
    schema = "RefusedReport" if route.verifies else "Problem"
    theirs = {status: Answer(ERROR_CODES[code].title, PROBLEM_TYPE, schema) for status, code in refusals.items()}
    return dict(sorted({**theirs, **route.answers}.items()))


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.operation,
        "summary": route.summary,
        "tags": [route.tag],
        "parameters": [
            *({"name": name, "in": "path", "required": True, "schema": _PARAMETERS[name]} for name in re.findall(r"{(\w+)}", route.path)),
            *({"name": name, "in": "query", "schema": {"type": "string"}} for name in route.query),
        ],
        "responses": {str(status): _response(route, status, answer) for status, answer in answers_of(route).items()},
        "security": [{"apiToken": []}] if route.access is Access.TOKEN else [],
    }
    if route.body is not None and route.body.model is not None:
        content: dict[str, Any] = {"schema": {"$ref": _REFERENCE.format(model=route.body.model.__name__)}}
        if route.body.example is not None:
            content["example"] = route.body.example
        further = {media_type: _AS_IT_IS.get(media_type, {"schema": {"type": "string"}}) for media_type in route.body.also}
        operation["requestBody"] = {"required": True, "content": {"application/json": content, **further}}
    return operation


def _response(route: Route, status: int, answer: Answer) -> dict[str, Any]:
    if status == HTTPStatus.NOT_MODIFIED:
        return {"description": answer.description}
    schema = {"schema": {"$ref": _REFERENCE.format(model=answer.schema)}} if answer.schema else {}
    content: dict[str, Any] = {answer.media_type: schema, **{media_type: {} for media_type in answer.further}}
    if route.verifies and answer.schema == "Report":
        # The same status is a plain report when a check failed, and a report with problem details when the request itself was refused.
        content[PROBLEM_TYPE] = {"schema": {"$ref": _REFERENCE.format(model="RefusedReport")}}
    elif status == HTTPStatus.BAD_REQUEST:
        # Whatever an address answers itself: a head that is not HTTP is refused before any address is looked at.
        content.setdefault(PROBLEM_TYPE, {"schema": {"$ref": _REFERENCE.format(model="Problem")}})
    return {"description": answer.description, "content": content}


def _schemas(routes: Iterable[Route]) -> dict[str, Any]:
    models = {route.body.model for route in routes if route.body is not None and route.body.model is not None}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, document = models_json_schema([(model, "validation") for model in ordered], ref_template=_REFERENCE)
    return {**document.get("$defs", {}), **ANSWER_SCHEMAS}
