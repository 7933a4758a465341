"""The node's interface for people, from the route table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from atesto.web.openapi import answers_of, openapi_document
from atesto.web.pages.reader import reader_of
from atesto.web.pages.rendering import page
from atesto.web.route import Access

if TYPE_CHECKING:
    from aiohttp import web

    from atesto.web.route import Answer, Call, Route


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a body."""

    name: str
    kind: str
    meaning: str
    required: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One door as the page shows it."""

    route: Route
    statuses: tuple[int, ...]
    answers: dict[int, Answer]
    """Those that are its own; what every door may refuse stands on the page once."""
    members: tuple[Member, ...]
    command: str


async def docs_page(call: Call) -> web.StreamResponse:
    """Every documented door, by tag."""
    base = call.node.rules.public_url
    document: Any = openapi_document(call.node.routes, public_url=base)
    schemas = document["components"]["schemas"]
    groups: dict[str, list[Entry]] = {}
    refusals: dict[int, Answer] = {}
    for route in call.node.routes:
        if route.documented:
            answers = answers_of(route)
            own = {status: answer for status, answer in answers.items() if status in route.answers}
            refusals |= {status: answer for status, answer in answers.items() if status not in own}
            groups.setdefault(route.tag, []).append(Entry(route, tuple(answers), own, _members(route, schemas), _command(route, base)))
    return page("docs.html", reader_of(call.request), groups=groups, refusals=dict(sorted(refusals.items())))


def _members(route: Route, schemas: dict[str, Any]) -> tuple[Member, ...]:
    if route.body is None or route.body.model is None:
        return ()
    schema = schemas[route.body.model.__name__]
    if "anyOf" in schema:
        # Either an envelope or the bare thing; the envelope is what has members to name.
        schema = schemas[schema["anyOf"][0]["$ref"].rpartition("/")[2]]
    rows: list[Member] = []
    for name, member in schema["properties"].items():
        rows.append(_member(name, member, schemas, required=name in schema.get("required", [])))
        inner = schemas.get(member.get("$ref", "").rpartition("/")[2], {})
        rows.extend(_member(f"{name}.{below}", item, schemas, required=False) for below, item in inner.get("properties", {}).items())
    return tuple(rows)


def _member(name: str, member: dict[str, Any], schemas: dict[str, Any], *, required: bool) -> Member:
    referred = schemas.get(member.get("$ref", "").rpartition("/")[2], {})
    kind = member.get("type") or referred.get("type", "object")
    meaning = member.get("description") or referred.get("description", "")
    return Member(name, kind, meaning, required)


def _command(route: Route, base: str) -> str:
    """A line for a shell, broken where a phone would break it."""
    parts = [f"curl {base}{route.path.replace('{name}', 'NAME')}"]
    if route.access is Access.TOKEN:
        parts.append('-H "Authorization: Bearer $(cat API_TOKEN_FILE)"')
    if route.body is not None:
        parts += ["-H 'Content-Type: application/json'", "-d @body.json"]
    return " \\\n  ".join(parts)
