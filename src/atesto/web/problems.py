"""Refusals as HTTP answers: RFC 9457 problem details, and at verifying doors a report of the same shape as any other.

A refusal of the doors belongs to one of the first three stations: transport, parsing, shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson
from aiohttp import web

from atesto import limits
from atesto.verification.report import problem_details

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.errors import AtestoError
    from atesto.verification.report import Report

PROBLEM_TYPE: Final = "application/problem+json"
# What the middleware counts and logs; a name cannot reach it by another way than the handler that knows it.
CODE: Final = web.ResponseKey("code", str)
VERDICT: Final = web.ResponseKey("verdict", tuple[str, str])
ISSUER: Final = web.ResponseKey("issuer", str)


def json_response(body: object, *, status: int = 200, content_type: str = "application/json") -> web.Response:
    """`body` as JSON, byte for byte what its values say."""
    return web.Response(body=orjson.dumps(body), status=status, content_type=content_type)


def problem_response(error: AtestoError, request_id: str) -> web.Response:
    """The refusal as problem details."""
    body: dict[str, Any] = {**problem_details(error), "instance": f"urn:request:{request_id}"}
    return _with_headers(json_response(body, status=error.entry.http_status, content_type=PROBLEM_TYPE), error)


def report_problem_response(error: AtestoError, report: Report, request_id: str) -> web.Response:
    """The refusal at a verifying door: problem details and the members of a report in one object."""
    body: JsonObject = {**report.to_json(), **problem_details(error), "instance": f"urn:request:{request_id}"}
    return _with_headers(json_response(body, status=error.entry.http_status, content_type=PROBLEM_TYPE), error)


def report_response(report: Report) -> web.Response:
    """200 when the document was verified, 400 when it was not, 503 when the node was too busy to tell."""
    busy = next((problem for problem in report.problems if problem.entry.http_status >= 500), None)
    response = json_response(report.to_json(), status=200 if report.verified else 400 if busy is None else 503)
    response[VERDICT] = (report.kind, report.verdict.value)
    if report.problems:
        response[CODE] = report.problems[0].code
    return response if busy is None else _with_headers(response, busy)


def _with_headers(response: web.Response, error: AtestoError) -> web.Response:
    status = error.entry.http_status
    response[CODE] = error.code
    if status == 503:
        response.headers["Retry-After"] = str(limits.RETRY_AFTER_SECONDS)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="atesto"'
    if status in {408, 413} or error.code == "transport.unreadable":
        # The rest of the body may still be on its way, or it is unclear where it ends; this connection is of no further use.
        response.force_close()
    return response
