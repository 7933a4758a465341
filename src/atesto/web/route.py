"""One row of the route table, and what a handler is given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import web
    from pydantic import BaseModel

    from atesto.encoding.strict_json import JsonObject
    from atesto.web.door_rules import DoorRules
    from atesto.web.metrics import Metrics
    from atesto.web.services import Services


OPERATING: Final = "Operating"
"""The tag of the doors by which a node is watched."""


class Access(StrEnum):
    """Who may use a door."""

    ANYBODY = "anybody"
    TOKEN = "token"  # noqa: S105 - a name, not a secret


class Size(StrEnum):
    """Which of the two body limits applies."""

    VERIFY = "verify"
    ISSUE = "issue"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Body:
    """What a door takes: JSON of a shape, or a page's form."""

    model: type[BaseModel] | None
    size: Size
    example: JsonObject | None = None
    also: tuple[str, ...] = ()
    """Media types of bodies that are taken as they are, beside JSON of the shape: texts and pictures that are a document themselves."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a door gives under one status."""

    description: str
    media_type: str = "application/json"
    schema: str | None = None
    """Name of a schema in `answer_schemas`; None for an answer without one."""
    further: tuple[str, ...] = ()
    """Media types that it may have instead."""


@dataclass(frozen=True, slots=True)
class Doorway:
    """What is the same for every request of one node."""

    services: Services
    rules: DoorRules
    metrics: Metrics
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One request that passed the doors: its body read and parsed once."""

    request: web.Request
    node: Doorway
    route: Route
    request_id: str
    raw: bytes
    body: JsonObject | None

    @property
    def services(self) -> Services:
        """The rooms behind the doors."""
        return self.node.services

    def named(self, part: str, default: str) -> str:
        """The path's `{name}`, or `default` where the path has none."""
        return self.request.match_info.get(part, default)

    @property
    def json(self) -> JsonObject:
        """The parsed body of a route that has one."""
        return self.body if self.body is not None else {}


Handler: TypeAlias = "Callable[[Call], Awaitable[web.StreamResponse]]"


@dataclass(frozen=True, slots=True)
class Route:
    """One door. The table of them is the single source of the router, the OpenAPI document and the manual."""

    method: str
    path: str
    handler: Handler
    operation: str
    """Operation id, unique, camelCase."""
    summary: str
    tag: str
    answers: dict[int, Answer]
    access: Access = Access.ANYBODY
    body: Body | None = None
    browsers: bool = False
    """Whether pages of other origins may call it (CORS)."""
    verifies: str | None = None
    """"credential" or "presentation" for a verifying door: its refusals then have the shape of a report."""
    query: tuple[str, ...] = ()
    """Parameters that may stand after the `?`."""
    documented: bool = True
    """Whether it stands in the OpenAPI document; pages for people do not."""
