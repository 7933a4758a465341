"""Checking a credential on the page: paste, choose, drop, type, with and without script."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from atesto.baking.carrier import CARRIERS
from atesto.baking.picture import bake
from tests.browser.conftest import signed
from tests.simulators.pictures import PIXEL, SVG

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.loopback, pytest.mark.xdist_group("browser")]

CONFIRMED = "This micro-credential is genuine and valid today."
REFUSED = "Do not rely on this micro-credential."
MAX_PAGE_BYTES = 60_000
DROP = """([selector, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], "credential.json", {type: "application/json"}));
  const form = document.querySelector(selector);
  for (const kind of ["dragover", "drop"]) form.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""
SEND = "form[action*='verify'] button[type=submit]"


def verdict(page: Page) -> tuple[str, str]:
    return page.inner_text(".verdict .word"), page.inner_text("h1")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_pasted_credential_is_confirmed(visit: Callable[..., Visitor], good: str, script: bool) -> None:
    page = visit(java_script_enabled=script).check(good)
    assert verdict(page) == ("Confirmed", CONFIRMED)
    assert page.inner_text(".person") == "Orla Brennan-Kowalczyk"
    assert page.inner_text(".title") == "Condition Monitoring of Tidal Turbines"
    assert "104 h · 4 ECTS" in page.inner_text(".credential")
    assert page.inner_text(".credential time >> nth=0") == "12 June 2026"
    assert page.locator(".stations .passed").count() == 11
    assert page.input_value("#document") == ""


def test_a_tampered_credential_is_refused_with_the_reason(visit: Callable[..., Visitor], tampered: str) -> None:
    page = visit().check(tampered)
    assert verdict(page) == ("Refused", REFUSED)
    assert page.inner_text(".because") == "The signature does not fit: the text or the signature was changed."
    assert "proof.signature_invalid" in page.inner_text(".reason")
    assert page.locator(".stations .failed").count() == 1
    assert page.inner_text(".stations .not_reached").endswith("dates, withdrawal, result.")
    assert page.locator(".credential").count() == 0
    assert page.input_value("#document") == tampered.strip()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_chosen_file_is_checked(visit: Callable[..., Visitor], good: str, tmp_path: Path, script: bool) -> None:
    file = tmp_path / "credential.json"
    file.write_text(good, encoding="utf-8")
    page = visit(java_script_enabled=script).at("/")
    page.set_input_files("#file", file)
    page.click(SEND)
    assert verdict(page) == ("Confirmed", CONFIRMED)


@pytest.mark.parametrize("picture", [PIXEL, SVG], ids=["PNG", "SVG"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_badge_is_uploaded(visit: Callable[..., Visitor], good: str, tmp_path: Path, picture: bytes, script: bool) -> None:
    # Whatever the credential is: the page reads what stands in the picture.
    file = tmp_path / "badge"
    file.write_bytes(bake(picture, good, CARRIERS[0]))
    page = visit(java_script_enabled=script).at("/")
    page.set_input_files("#file", file)
    page.click(SEND)
    assert verdict(page) == ("Confirmed", CONFIRMED)
    assert page.inner_text(".person") == "Orla Brennan-Kowalczyk"
    assert "It came in a picture" in page.inner_text(".findings")
    file.write_bytes(picture)
    page.set_input_files("#file", file)
    page.click(SEND)
    assert verdict(page) == ("Refused", REFUSED)
    assert "image.no_credential" in page.inner_text(".reason")


def test_a_file_that_is_chosen_last_counts(visit: Callable[..., Visitor], good: str, tampered: str, tmp_path: Path) -> None:
    file = tmp_path / "credential.json"
    file.write_text(good, encoding="utf-8")
    page = visit().check(tampered)
    page.set_input_files("#file", file)
    page.click(SEND)
    assert verdict(page) == ("Confirmed", CONFIRMED)


def test_a_dropped_file_is_checked(visit: Callable[..., Visitor], good: str) -> None:
    page = visit().at("/")
    page.fill("#document", "something else")
    page.evaluate(DROP, ["form[data-drop]", good])
    assert page.evaluate("document.activeElement.id") == "file"
    page.click(SEND)
    assert verdict(page) == ("Confirmed", CONFIRMED)


def test_an_empty_form_asks_for_something(visit: Callable[..., Visitor]) -> None:
    page = visit().at("/")
    page.click(SEND)
    assert page.inner_text("[role=alert]") == "Nothing was pasted or chosen. Paste the credential below, or choose its file."
    assert page.locator(".verdict").count() == 0


def test_what_is_not_json_is_refused_and_kept(visit: Callable[..., Visitor]) -> None:
    page = visit().check('{"a": 1, "a": 2}')
    assert verdict(page) == ("Refused", REFUSED)
    assert page.input_value("#document") == '{"a": 1, "a": 2}'


def test_an_unknown_address_is_a_page(visit: Callable[..., Visitor]) -> None:
    page = visit().at("//elsewhere.example/x")
    assert page.inner_text("h1") == "This did not work."
    hosts = page.eval_on_selector_all("a[href]", "links => [...new Set(links.map(link => link.host))]")
    assert hosts == [page.evaluate("location.host")]


def test_a_verdict_prints_on_one_page(visit: Callable[..., Visitor], good: str, tampered: str, artefacts: Path) -> None:
    for name, text in (("confirmed", good), ("refused", tampered)):
        page = visit().check(text)
        assert verdict(page)[0] == name.capitalize()
        data = page.pdf(path=artefacts / f"{name}.pdf", format="A4")
        assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1, name
        page.emulate_media(media="print")
        assert page.is_visible("text=To check again, open")
        assert not page.is_visible(SEND)


def test_pages_are_light(visit: Callable[..., Visitor], good: str) -> None:
    visitor = visit()
    sizes = {}
    for path in ("/", "/docs", "/nothing", "/assets/atesto.css", "/assets/atesto.js"):
        sizes[path] = len(visitor.context.request.get(visitor.node.url + path, headers={"Accept": "text/html"}).body())
    page = visitor.at("/")
    page.fill("#document", good)
    with page.expect_response("**/verify") as waiting:
        page.click(SEND)
    page.wait_for_selector(".verdict")
    sizes["/verify"] = len(page.content().encode())
    assert waiting.value.header_value("content-language") == "en"
    shared = sizes["/assets/atesto.css"] + sizes["/assets/atesto.js"]
    totals = {path: size + shared for path, size in sizes.items() if not path.startswith("/assets")}
    print(json.dumps(totals))
    assert all(total <= MAX_PAGE_BYTES for total in totals.values()), totals


def test_every_language_is_whole(visit: Callable[..., Visitor], artefacts: Path) -> None:
    headlines: set[str] = set()
    text = signed()
    for language in ("en", "de", "fr", "es", "el", "bg"):
        page = visit(width=360, locale=language).check(text)
        assert page.get_attribute("html", "lang") == language
        headlines.add(page.inner_text("h1"))
        assert page.locator(".stations .passed > [lang=en]").count() == 11
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.screenshot(path=artefacts / f"verdict-360-{language}.png", full_page=True)
    assert len(headlines) == 6


def test_the_chosen_language_stays(visit: Callable[..., Visitor], tampered: str) -> None:
    page = visit().at("/docs")
    page.click("footer a[lang=el]")
    assert page.url.endswith("/docs?lang=el")
    page.click("header nav a >> nth=0")
    assert page.get_attribute("html", "lang") == "el"
    page.fill("#document", tampered)
    page.click(SEND)
    assert (page.get_attribute("html", "lang"), page.inner_text(".word")) == ("el", "Απορρίφθηκε")
    assert page.get_attribute(".because", "lang") == "en"
    page.click("footer a[lang=fr]")
    assert page.inner_text("h1") == "Vérifier une microcertification"


def test_a_credential_speaks_the_readers_language_where_it_can(visit: Callable[..., Visitor]) -> None:
    text = signed(name=[{"@value": "Βεβαίωση", "@language": "el"}, {"@value": "Certificate", "@language": "en"}])
    greek = visit(locale="el").check(text)
    assert (greek.get_attribute(".title bdi", "lang"), greek.inner_text(".title")) == ("el", "Βεβαίωση")
    assert "κείμενο στα ελληνικά" not in greek.inner_text("main")
    spanish = visit(locale="es").check(text)
    assert (spanish.get_attribute(".title bdi", "lang"), spanish.inner_text(".title")) == ("en", "Certificate")
    assert "no tiene texto en español" in spanish.inner_text(".credential")
