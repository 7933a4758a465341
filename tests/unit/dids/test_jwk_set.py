"""JWK Sets at the well-known address of an issuer's host: where it stands, and what is no set."""

from __future__ import annotations

from typing import Any

import pytest

from atesto import limits
from atesto.dids.jwk_set import fetch_jwk_set, jwk_set_url
from atesto.errors import ResolutionError
from atesto.fetch_budget import FetchBudget
from tests.simulators.memory_fetcher import MemoryFetcher

URL = "https://issuer.example/.well-known/jwks.json"


@pytest.mark.parametrize(
    ("issuer", "url"),
    [
        ("https://issuer.example", URL),
        ("https://issuer.example/issuers/1?a=b#c", URL),
        ("https://issuer.example?a=/b", URL),
        ("https://issuer.example#/b", URL),
        ("https://issuer.example:8443/issuers/1", "https://issuer.example:8443/.well-known/jwks.json"),
    ],
)
def test_where_it_stands(issuer: str, url: str) -> None:
    assert jwk_set_url(issuer) == url


async def keys(answer: Any, media_type: str = "application/jwk-set+json") -> Any:
    fetcher = MemoryFetcher({URL: answer}, media_type)
    return await fetch_jwk_set("https://issuer.example/issuers/1", fetcher=fetcher, budget=FetchBudget())


async def test_its_entries() -> None:
    assert await keys({"keys": [{"kty": "RSA"}, "x", 1, {"kty": "EC"}], "more": 1}) == ({"kty": "RSA"}, {"kty": "EC"})
    assert await keys({"keys": []}, "application/json") == ()


@pytest.mark.parametrize("answer", [b"<html>", b"[]", {}, {"keys": {}}, {"keys": [{}] * (limits.MAX_JWK_SET_KEYS + 1)}])
async def test_what_is_no_set(answer: Any) -> None:
    with pytest.raises(ResolutionError) as caught:
        await keys(answer)
    assert caught.value.code == "did.document_malformed"


async def test_a_host_without_one() -> None:
    with pytest.raises(ResolutionError) as caught:
        await keys(ResolutionError("fetch.status", "404."))
    assert caught.value.code == "did.unreachable"
    with pytest.raises(ResolutionError) as caught:
        await keys({"keys": []}, "text/html")
    assert caught.value.code == "did.unreachable"
