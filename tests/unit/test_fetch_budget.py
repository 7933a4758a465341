"""How far one verification may fan out."""

from __future__ import annotations

import pytest

from atesto import limits
from atesto.errors import ResolutionError
from atesto.fetch_budget import FetchBudget


def test_a_credential_has_its_own_bound() -> None:
    request = FetchBudget()
    credential = request.for_credential()
    for number in range(limits.MAX_FETCHES_A_CREDENTIAL):
        credential.spend(f"https://a.example/{number}")
    credential.spend("https://a.example/0")
    with pytest.raises(ResolutionError) as caught:
        credential.spend("https://a.example/more")
    assert caught.value.code == "fetch.too_many"
    request.for_credential().spend("https://a.example/more")


def test_all_credentials_of_a_request_share_its_bound() -> None:
    request = FetchBudget()
    for number in range(limits.MAX_FETCHES_A_REQUEST):
        request.for_credential().spend(f"https://a.example/{number}")
    request.for_credential().spend("https://a.example/3")
    with pytest.raises(ResolutionError):
        request.for_credential().spend("https://a.example/more")


def test_all_credentials_of_a_request_share_its_time() -> None:
    request = FetchBudget()
    first, second = request.for_credential(), request.for_credential()
    first.wait(3)
    assert second.seconds_left == limits.FETCH_SECONDS_A_REQUEST - 3
    second.wait(3)
    assert (first.seconds_left, request.seconds_left) == (0, 0)
