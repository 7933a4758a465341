"""Headers that every answer carries, and those that let other origins in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from aiohttp import web

    from atesto.web.door_rules import DoorRules
    from atesto.web.route import Route

PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_API_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
_ALWAYS: Final = {
    "Server": "atesto",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def set_security_headers(response: web.StreamResponse, *, https: bool) -> None:
    """Puts them on `response`; nothing that a handler set is overwritten."""
    for name, value in _ALWAYS.items():
        response.headers[name] = value
    is_page = response.content_type == "text/html"
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY if is_page else _API_POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
    if https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")


def set_cors_headers(response: web.StreamResponse, route: Route, rules: DoorRules, origin: str | None) -> None:
    """Lets pages of the configured origins read the answer of a door for browsers. Never with credentials."""
    if not route.browsers:
        return
    if "*" in rules.cors_origins:
        response.headers["Access-Control-Allow-Origin"] = "*"
    else:
        response.headers["Vary"] = "Origin"
        if origin not in rules.cors_origins:
            return
        response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "X-Request-Id, Retry-After"


def set_preflight_headers(response: web.StreamResponse, methods: str) -> None:
    """What a browser may send: the door's methods, JSON, a request id; and for how long it may remember that."""
    response.headers["Access-Control-Allow-Methods"] = methods
    response.headers["Access-Control-Allow-Headers"] = "Content-Type, Accept, X-Request-Id"
    response.headers["Access-Control-Max-Age"] = "3600"
