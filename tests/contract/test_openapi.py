"""The OpenAPI document: valid, complete, and true to the table."""

from __future__ import annotations

from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from atesto.web.openapi import openapi_document
from atesto.web.route import Access
from atesto.web.routes import ROUTES

DOCUMENT: Any = openapi_document(ROUTES, public_url="http://127.0.0.1:8080")


def test_the_document_is_valid_openapi_3_1() -> None:
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_every_documented_route_stands_in_it_and_no_other() -> None:
    listed = {(method.upper(), path) for path, item in DOCUMENT["paths"].items() for method in item}
    assert listed == {(route.method, route.path) for route in ROUTES if route.documented}


def test_operations_and_addresses_are_unique() -> None:
    assert len({route.operation for route in ROUTES}) == len(ROUTES)
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)


def test_security_follows_the_table() -> None:
    for route in ROUTES:
        if route.documented:
            operation = DOCUMENT["paths"][route.path][route.method.lower()]
            assert bool(operation["security"]) == (route.access is Access.TOKEN)
            assert ("401" in operation["responses"]) == (route.access is Access.TOKEN)


def test_every_door_that_releases_something_asks_for_the_token() -> None:
    guarded = {route.path for route in ROUTES if route.access is Access.TOKEN}
    assert guarded == {
        "/awards", "/clr", "/credentials/issue", "/issuers/{name}/credentials/issue", "/presentations", "/presentations/prove",
        "/credentials/bake",
    }  # fmt: skip


async def test_it_is_served(doors: Any) -> None:
    client = await doors()
    response = await client.get("/openapi.json")
    assert (response.status, await response.json()) == (200, DOCUMENT)
