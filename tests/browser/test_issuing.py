"""Issuing from the page, with the token in the form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import AWARD

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import RunningNode, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.loopback, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_what_is_issued_here_is_confirmed_here(visit: Callable[..., Visitor], running_node: RunningNode, script: bool) -> None:
    page = visit(java_script_enabled=script).issue(AWARD, running_node.token)
    assert (page.inner_text(".word"), page.inner_text("h1")) == ("Issued", "Orla Brennan-Kowalczyk")
    assert running_node.token not in page.content()
    assert page.is_visible("button[data-save]") is script
    page.click("form:has(#credential) button[type=submit]")
    assert page.inner_text(".word") == "Confirmed"


def test_an_issued_credential_is_saved_as_a_file(visit: Callable[..., Visitor], running_node: RunningNode) -> None:
    page = visit().issue(AWARD, running_node.token)
    with page.expect_download() as waiting:
        page.click("button[data-save]")
    assert waiting.value.suggested_filename == "credential.json"
    saved = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert json.loads(saved) == json.loads(page.input_value("#credential"))


@pytest.mark.parametrize("token", ["wrong", "", "ü"])
def test_a_wrong_token_keeps_what_was_typed(visit: Callable[..., Visitor], running_node: RunningNode, token: str) -> None:
    page = visit().issue(AWARD, token)
    assert page.inner_text("h1") == "Nothing was issued."
    assert page.inner_text(".because") == "Issuing needs the API token."
    assert "Type the API token of this node below." in page.inner_text("main")
    assert json.loads(page.input_value("#award")) == json.loads(AWARD)
    assert page.input_value("#token") == ""
    assert page.get_attribute("#token", "aria-invalid") == "true"


def test_after_a_wrong_token_the_right_one_does(visit: Callable[..., Visitor], running_node: RunningNode) -> None:
    page = visit().issue(AWARD, "wrong")
    page.fill("#token", running_node.token)
    page.click("form[action*='issue'] button[type=submit]")
    assert page.inner_text(".word") == "Issued"


def test_a_faulty_award_says_where(visit: Callable[..., Visitor], running_node: RunningNode) -> None:
    award = json.loads(AWARD)
    award["learner"] = 7
    page = visit().issue(json.dumps(award), running_node.token)
    assert page.inner_text("h1") == "Nothing was issued."
    assert "/learner" in page.inner_text("main .facts")
    assert json.loads(page.input_value("#award"))["learner"] == 7


def test_an_empty_award_asks_for_one(visit: Callable[..., Visitor], running_node: RunningNode) -> None:
    page = visit(locale="de").issue("", running_node.token)
    assert "Es wurde kein Verleihungsdatensatz eingefügt oder gewählt." in page.inner_text("main .facts")
