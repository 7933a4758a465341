"""What stands in front of every handler, in this order:

 1. request id     taken over when it is harmless, made otherwise; it goes into the answer and the log
 2. observation    one log line and the counters for every answer, whatever happens inside; nothing of the body, no secret
 3. refusals       every AtestoError becomes problem details; anything else becomes a 500 that says nothing but the request id
 4. host           the Host header names this node (else 421): a foreign name that points here gets nothing (DNS rebinding)
 5. crowd          more requests than are worked on, or whose bodies are waited for, are sent away (503, Retry-After); a body on its way is
                   no work, and who asks after the node's health is always answered
 6. address        unknown addresses (404) and methods (405); preflight requests of browsers
 7. same site      a page's form comes from this node's own page (403)
 8. token          issuing doors ask for the API token, compared in constant time (401)
 9. media type     JSON, or what the door takes besides; not compressed (415)
10. body           within its size (413) and time (408)
11. parsing        strict JSON, an object
12. envelope       the members that the door wants, of the right types
"""

from __future__ import annotations

import hmac
import re
import time
import uuid
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import structlog
from aiohttp import HttpVersion10, hdrs, web

from atesto import limits
from atesto.baking.picture import PNG, SVG
from atesto.credentials.received import refuse_xml
from atesto.errors import AtestoError, MalformedInput, PolicyDenied, VerificationError
from atesto.verification.refusal import refused_report
from atesto.web.bodies import check_envelope
from atesto.web.door_rules import host_name
from atesto.web.pages.problem import problem_page
from atesto.web.problems import CODE, ISSUER, VERDICT, problem_response, report_problem_response
from atesto.web.request_body import check_media_type, parse_body, read_body
from atesto.web.response_headers import set_cors_headers, set_preflight_headers, set_security_headers
from atesto.web.route import OPERATING, Access, Call, Size

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.web.route import Doorway, Route

REQUEST_ID_HEADER: Final = "X-Request-Id"
_REQUEST_ID = re.compile(rf"[A-Za-z0-9._-]{{1,{limits.MAX_REQUEST_ID_CHARACTERS}}}\Z")
_NOWHERE: Final = "(unknown)"
_UNREADABLE: Final = "(unreadable)"
_METHODS: Final = frozenset({*hdrs.METH_ALL, "QUERY"})
_log = structlog.get_logger("atesto.http")


@dataclass(frozen=True, slots=True)
class Door:
    """What a row of the table opens."""

    route: Route


@dataclass(frozen=True, slots=True)
class Preflight:
    """What browsers of other origins ask before they use a door."""

    route: Route
    methods: str


@dataclass(slots=True)
class Doors:
    """The one middleware."""

    node: Doorway
    behind: dict[object, Door | Preflight] = field(default_factory=dict)
    """What stands behind each handler that aiohttp's router knows."""
    running: int = 0
    receiving: int = 0
    receiving_large: int = 0
    working: int = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The answer to `request`, whatever it is; never raises for anything a caller sent."""
        request_id = _request_id(request)  # 1.
        started = time.perf_counter()
        self.running += 1
        self.node.metrics.running.set(self.running)
        door = self.behind.get(request.match_info.handler)
        route = door.route if door is not None else None
        try:
            response = await self._answer(request, door, request_id)
        except AtestoError as error:  # 3.
            response = self._refused(error, request, route, request_id)
        except Exception as error:  # noqa: BLE001 - the last net: the client learns the request id and no more
            _log.error("request.failed", request_id=request_id, error=type(error).__name__, place=_place_of(error))
            internal = VerificationError("transport.internal", "Something unforeseen happened.")
            response = self._refused(internal, request, route, request_id)
        finally:
            self.running -= 1
            self.node.metrics.running.set(self.running)
        self._finish(request, response, route, request_id)
        self._observe(request, response, route, request_id, time.perf_counter() - started)  # 2.
        return response

    def unreadable(self, fault: BaseException | None, *, theirs: bool) -> web.Response:
        """The answer to what could not be read as a request (`theirs`), or to a failure outside of every handler."""
        request_id = str(uuid.uuid4())
        error: AtestoError = MalformedInput("transport.unreadable", "The head of the request, or the framing of its body, is not HTTP/1.1.")
        if not theirs:
            _log.error("request.failed", request_id=request_id, error=type(fault).__name__, place=_place_of(fault) if fault else "")
            error = VerificationError("transport.internal", "Something unforeseen happened.")
        response = problem_response(error, request_id)
        response.headers[REQUEST_ID_HEADER] = request_id
        set_security_headers(response, https=self.node.rules.public_url.startswith("https:"))
        self.node.metrics.requests.labels("OTHER", _UNREADABLE, str(response.status)).inc()
        self.node.metrics.refusals.labels(error.code).inc()
        _log.info("request", method="OTHER", route=_UNREADABLE, status=response.status, ms=0.0, code=error.code, request_id=request_id)
        return response

    async def _answer(self, request: web.Request, door: Door | Preflight | None, request_id: str) -> web.StreamResponse:
        if request.version < HttpVersion10:
            raise MalformedInput("transport.unreadable", "The request names no version of HTTP.")
        self._check_host(request)  # 4.
        if isinstance(door, Preflight):  # 6.
            response = web.Response(status=204)
            set_preflight_headers(response, door.methods)
            return response
        if door is None:
            return self._nowhere(request, request_id)
        route = door.route
        raw, body = b"", None
        if route.body is not None and route.body.size is Size.FORM:
            _check_same_site(request)  # 7.
        if route.access is Access.TOKEN:
            self._check_token(request)  # 8.
        if route.body is not None:
            raw, body = await self._received(request, route)
        call = Call(request, self.node, route, request_id, raw, body)
        if route.tag == OPERATING:
            return await route.handler(call)
        if self.working >= self.node.rules.max_requests:  # 5.
            raise VerificationError("transport.overloaded", f"{self.working} requests are being worked on already.")
        self.working += 1
        try:
            return await route.handler(call)
        finally:
            self.working -= 1

    async def _received(self, request: web.Request, route: Route) -> tuple[bytes, JsonObject | None]:
        if self.receiving >= limits.MAX_RECEIVING_REQUESTS:  # 5.
            raise VerificationError("transport.overloaded", f"{self.receiving} requests are on their way already.")
        self.receiving += 1
        try:
            return await self._body(request, route)
        finally:
            self.receiving -= 1

    async def _body(self, request: web.Request, route: Route) -> tuple[bytes, JsonObject | None]:
        wanted = route.body
        if wanted is None:
            return b"", None
        is_form = wanted.size is Size.FORM
        as_it_is = check_media_type(request, form=is_form, also=wanted.also)  # 9.
        sizes = {
            Size.VERIFY: self.node.rules.verify_max_bytes,
            Size.ISSUE: self.node.rules.issue_max_bytes,
            Size.FORM: limits.MAX_PAGE_FORM_BYTES,
        }
        max_bytes = sizes[wanted.size]
        if as_it_is and request.content_type in {PNG, SVG}:
            max_bytes = limits.MAX_IMAGE_BYTES
        raw = await self._bytes(request, max_bytes, guarded=route.access is Access.TOKEN)  # 10.
        if is_form or as_it_is:
            return raw, None
        if route.verifies:
            refuse_xml(raw)
        body = await parse_body(raw, max_bytes=max_bytes)  # 11.
        if wanted.model is not None:
            check_envelope(body, wanted.model)  # 12.
        return raw, body

    async def _bytes(self, request: web.Request, max_bytes: int, *, guarded: bool) -> bytes:
        """The body's bytes; of the large ones that anybody may send, only so many are waited for."""
        announced = request.content_length
        large = not guarded and max_bytes > limits.MAX_JSON_BYTES and (announced is None or announced > limits.MAX_JSON_BYTES)
        if large and self.receiving_large >= limits.MAX_RECEIVING_LARGE:  # 5.
            raise VerificationError("transport.overloaded", f"{self.receiving_large} large requests are on their way already.")
        self.receiving_large += large
        try:
            return await read_body(request, max_bytes=max_bytes, seconds=self.node.rules.body_seconds)
        finally:
            self.receiving_large -= large

    def _check_host(self, request: web.Request) -> None:
        if host_name(request.headers.get("Host", "")) not in self.node.rules.host_names:
            raise PolicyDenied("transport.unknown_host", "The Host header names another machine.")

    def _check_token(self, request: web.Request) -> None:
        if self.node.rules.token is None:
            return
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        given = token.strip().encode("utf-8", "surrogateescape")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given, self.node.rules.token.encode("utf-8")):
            raise PolicyDenied("transport.unauthorized", "The request carries no API token, or not this node's.")

    def _nowhere(self, request: web.Request, request_id: str) -> web.StreamResponse:
        refusal = request.match_info.http_exception
        if isinstance(refusal, web.HTTPMethodNotAllowed):
            allowed = ", ".join(sorted(refusal.allowed_methods))
            error = MalformedInput("transport.method_not_allowed", f"This address takes {allowed}.")
            response = problem_response(error, request_id)
            response.headers["Allow"] = allowed
            return response
        raise MalformedInput("transport.not_found", "There is nothing at this address.")

    def _refused(self, error: AtestoError, request: web.Request, route: Route | None, request_id: str) -> web.StreamResponse:
        if (route is None or not route.documented) and "text/html" in request.headers.get("Accept", ""):
            return problem_page(error, request, request_id)
        if route is None or route.verifies is None:
            return problem_response(error, request_id)
        services = self.node.services
        name = request.match_info.get("name", services.default_verifier)
        verifier = services.verifiers.get(name) or services.verifiers[services.default_verifier]
        report = refused_report(error, kind=route.verifies, policy=verifier.policy.name, now=services.clock())
        return report_problem_response(error, report, request_id)

    def _finish(self, request: web.Request, response: web.StreamResponse, route: Route | None, request_id: str) -> None:
        response.headers[REQUEST_ID_HEADER] = request_id
        set_security_headers(response, https=self.node.rules.public_url.startswith("https:"))
        if route is not None:
            set_cors_headers(response, route, self.node.rules, request.headers.get("Origin"))

    def _observe(self, request: web.Request, response: web.StreamResponse, route: Route | None, request_id: str, seconds: float) -> None:
        path = route.path if route is not None else _NOWHERE
        method = request.method if request.method in _METHODS else "OTHER"
        code = response.get(CODE)
        self.node.metrics.requests.labels(method, path, str(response.status)).inc()
        self.node.metrics.seconds.labels(method, path).observe(seconds)
        if code is not None:
            self.node.metrics.refusals.labels(code).inc()
        if VERDICT in response:
            self.node.metrics.verdicts.labels(*response[VERDICT]).inc()
        if ISSUER in response:
            self.node.metrics.issued.labels(response[ISSUER]).inc()
        _log.info(
            "request", method=method, route=path, status=response.status, ms=round(seconds * 1000, 1), code=code, request_id=request_id
        )


def _request_id(request: web.Request) -> str:
    given = request.headers.get(REQUEST_ID_HEADER, "")
    return given if _REQUEST_ID.match(given) else str(uuid.uuid4())


def _check_same_site(request: web.Request) -> None:
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        foreign = site not in {"same-origin", "none"}
    else:
        foreign = origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("Host", "").lower()
    if foreign:
        raise PolicyDenied("transport.cross_site", "Another site sent this form.")


def _place_of(error: BaseException) -> str:
    """Where in the code it happened, without values: the message of a foreign exception may repeat what a caller sent."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
