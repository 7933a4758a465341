"""Every page, in both themes, on a phone and on a desk: names, landmarks, contrast, width; and a walk by keyboard alone."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from atesto.profiles.award.parse import parse_award
from tests.browser.conftest import AWARD, presented, signed
from tests.simulators.awards import credential, example
from tests.simulators.seals import World, sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import RunningNode, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.loopback, pytest.mark.xdist_group("browser")]

WORLD = World()
INSPECT = Path(__file__).with_name("pages.js").read_text(encoding="utf-8").split("\n", 1)[1]
# A seal with a timestamp, by authorities of the tests: the page says what is found of it, and that nobody here trusts them.
SEALED = json.dumps(asyncio.run(sealed(WORLD.holder, credential(parse_award(example("en-tidal-turbines"))), timestamps=WORLD.stamps)))
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
UNREACHABLE = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://status.invalid/1",
}
OPEN_ALL = "(open) => { for (const details of document.querySelectorAll('details')) details.open = open; }"
# Taking a picture leaves an empty style attribute on the text fields.
FORGET_STYLES = "for (const field of document.querySelectorAll('[style=\"\"]')) field.removeAttribute('style')"
FOCUS = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return {
    name: at === document.body ? "" : at.id || at.innerText.trim().split("\\n")[0],
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.left >= 0 && box.right <= innerWidth + 1 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def pages(visitor: Visitor, good: str, tampered: str, token: str) -> Iterator[tuple[str, Page]]:
    yield "home", visitor.at("/")
    yield "confirmed", visitor.check(good)
    yield "refused", visitor.check(tampered)
    yield "not-confirmed", visitor.check(signed(credentialStatus=UNREACHABLE))
    yield "presentation", visitor.check(presented(signed(), signed(name="Another one", credentialStatus=UNREACHABLE)))
    yield "sealed", visitor.check(SEALED)
    yield "empty", visitor.check("")
    yield "docs", visitor.at("/docs")
    yield "problem", visitor.at("/nothing")
    yield "issued", visitor.issue(AWARD, token)
    yield "issue-refused", visitor.issue(AWARD, "wrong")


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_can_be_used_by_everybody(
    visit: Callable[..., Visitor], good: str, tampered: str, running_node: RunningNode, artefacts: Path, width: int
) -> None:
    lowest: dict[str, float] = {}
    wrong: list[str] = []
    for name, page in pages(visit(width=width), good, tampered, running_node.token):
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(OPEN_ALL, True)
            found = page.evaluate(INSPECT)
            wrong += [f"{name}, {scheme}: {sentence}" for sentence in found["wrong"]]
            lowest[f"{name}, {scheme}"] = round(found["lowest"], 2)
            assert found["texts"] > 10
            page.evaluate(OPEN_ALL, False)
            page.screenshot(path=artefacts / f"{name}-{width}-{scheme}.png", full_page=name != "docs")
            page.evaluate(FORGET_STYLES)
        if name in {"not-confirmed", "presentation"}:
            assert page.inner_text(".verdict .word") == "Not confirmed"
        if name == "presentation":
            assert page.inner_text(".credential .own").strip() == "Confirmed"
            assert page.locator("#inner ~ details > summary strong").all_inner_texts() == ["Confirmed", "Not confirmed"]
    print(json.dumps(lowest))
    assert wrong == []


def test_a_walk_by_keyboard(visit: Callable[..., Visitor]) -> None:
    page = visit(width=360).at("/")
    names = []
    for _ in range(40):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if not at["name"]:
            break
        assert at["seen"], at
        assert at["inside"], at
        names.append(at["name"])
    languages = ["English", "Deutsch", "Français", "Español", "Ελληνικά", "Български"]
    first = ["Skip to the content", "atesto", "Check", "For developers", "document", "file"]
    assert names == [*first, "Check it", "Issue one", "This node", *languages]


def test_a_credential_is_checked_by_keyboard(visit: Callable[..., Visitor]) -> None:
    page = visit().at("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "document"
    page.keyboard.insert_text(signed())
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict")
    assert page.inner_text(".word") == "Confirmed"
    # The verdict is the first thing that a screen reader meets in the content.
    assert page.evaluate("document.querySelector('main').firstElementChild.className") == "verdict confirmed"
    assert page.get_attribute(".verdict", "role") == "status"
