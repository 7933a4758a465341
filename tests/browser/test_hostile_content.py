"""What a credential says is text: never markup, never a script, never wider than the page, never another host's business."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from atesto.verification.record import Record
from atesto.verification.stations import Station
from atesto.web.pages.document_view import moment
from atesto.web.pages.reader import Reader
from atesto.web.pages.rendering import page as render
from atesto.web.response_headers import PAGE_POLICY
from tests.browser.conftest import signed
from tests.reference_data import reference
from tests.simulators.parts import MemorySigner
from tests.simulators.seals import PAYLOAD, World, sealed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.loopback, pytest.mark.xdist_group("browser")]

LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)
# case -> the learner's name and the title
SAID: Final = {
    "markup": (
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        '"><iframe src="https://elsewhere.example/"></iframe><h1>Confirmed</h1>',
    ),
    "closing tags": (
        "</bdi></p></section></main><form action=https://elsewhere.example>",
        "</textarea></pre><style>*{display:none}</style>",
    ),
    "template": ("{{ 7 * 7 }}{% raw %}${7*7}", "javascript:alert(1) https://elsewhere.example/?q=1 &lt;b&gt; &amp;"),
    "bidi": ("\u202egpj.exe\u2066 nepo", "\u202e\u202e\u2067never closed"),
    "zero width": ("A\u200bn\u200dn\u2060a\ufeff", "pay\u200bpal \u00ad\u00ad"),
    "long words": ("W" * 290, "Donaudampfschifffahrtsgesellschaftskapitänspatent" * 40),
    "right to left": ("نور الهدى عبد الرحمن الفاسي", "תואר ראשון במדעי המחשב 2026"),
    "combining": ("Z\u0351\u036b\u0343\u036a\u0302" * 40, "\U0001f469\u200d\U0001f680" * 60),
    "look-alike": ("Аррlе Unіvеrѕіtу", "Οxford ⅯΒΑ"),
}


def _cut(text: str) -> str:
    """As much as a name in a certificate holds: 64 bytes."""
    return text.encode()[:60].decode(errors="ignore")


def _sealed(name: str, organization: str) -> str:
    """A seal by somebody of that name, as far as a certificate can state it."""
    holder = World().authority.issue(_cut(name), organization=_cut(organization), number=33)
    return json.dumps(asyncio.run(sealed(holder, {**PAYLOAD, "issuer": "urn:example:issuer"})))


# Made before the browser runs: Playwright has a loop of its own.
SEALED: Final = {case: _sealed(*said) for case, said in SAID.items()}
DATES: Final = [
    ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
    ("2020-02-29T23:59:59.999999+14:00", "2400-02-29T00:00:00-12:00"),
]
OUTSIDE = """[...document.querySelectorAll("main *")].filter(
  (at) => !at.closest("pre, textarea") && at.getBoundingClientRect().right > innerWidth + 1).length"""
TEXTS = "(selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent)"
# Whether a comma that is put behind the name stands behind it, whatever direction the name asks for.
STAYS_BEHIND = """() => {
  const name = document.querySelector(".person bdi");
  const comma = document.createTextNode(",");
  name.after(comma);
  const range = document.createRange();
  range.selectNodeContents(comma);
  const [mark, box] = [range.getBoundingClientRect(), name.getBoundingClientRect()];
  return mark.left >= box.right - 1 || mark.top >= box.bottom - 1;
}"""
FOREIGN = "script:not([src^='./assets/']), iframe, img, object, embed, style, main [onerror], main a[href^=http], form[action^=http]"


def assert_calm(page: Page, text: str = "Confirmed") -> None:
    assert page.inner_text(".verdict .word") == text
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    assert page.locator(FOREIGN).count() == 0
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(OUTSIDE) == 0


@pytest.mark.parametrize("case", SAID)
def test_what_it_says_is_text(visit: Callable[..., Visitor], artefacts: Path, case: str) -> None:
    name, title = SAID[case]
    signer = MemorySigner.numbered(7)
    text = signed(credentialSubject={"name": name}, name=title, description=title, issuer={"id": signer.did, "name": name})
    page = visit(width=360).check(text)
    assert_calm(page)
    page.screenshot(path=artefacts / f"hostile-{case.replace(' ', '-')}.png", full_page=True)
    assert page.evaluate(TEXTS, ".person bdi") == [name]
    shown = title if len(title) <= 300 else title[:300] + " …"
    assert page.evaluate(TEXTS, ".title bdi") == [shown]
    assert page.evaluate("getComputedStyle(document.querySelector('.person bdi')).unicodeBidi") == "isolate"
    # Who proves it stands before the name that the issuer gives itself.
    assert page.inner_text(".credential").index(signer.did) < page.inner_text(".credential").index("calls itself")
    assert page.evaluate(STAYS_BEHIND)


@pytest.mark.parametrize(("begin", "end"), DATES)
def test_odd_dates_are_shown(visit: Callable[..., Visitor], begin: str, end: str) -> None:
    page = visit(width=360).check(signed(validFrom=begin, validUntil=end))
    assert_calm(page)
    assert page.eval_on_selector_all(".credential time", "all => all.map((time) => time.dateTime)") == [begin, end]


def test_hostile_texts_that_are_refused_stay_text(visit: Callable[..., Visitor]) -> None:
    broken = signed(name="x").replace('"x"', json.dumps("</textarea><script>alert(1)</script>"))
    page = visit(width=360).check(broken)
    assert_calm(page, "Refused")
    assert page.input_value("#document") == broken


def test_names_of_members_are_text(visit: Callable[..., Visitor]) -> None:
    name = "<img src=x onerror=alert(1)>" * 20
    page = visit(width=360).check(json.dumps({"@context": ["https://www.w3.org/ns/credentials/v2"], name: 1, "type": name}))
    assert_calm(page, "Refused")


@pytest.mark.parametrize("case", SEALED)
def test_what_a_certificate_says_is_text(visit: Callable[..., Visitor], case: str) -> None:
    page = visit(width=360).check(SEALED[case])
    assert_calm(page, "Not confirmed")
    assert "advanced seal" in page.inner_text("section:has(#seal)")


def test_two_thousand_findings(visit: Callable[..., Visitor]) -> None:
    record = Record("credential", "strict", LONG_AGO)
    for station in Station:
        with record.station(station):
            pass
    for number in range(2_000):
        record.note("edc.concept_unknown", "<b>" + "x" * 500, f"/a/{number}")
    report = record.report()
    answer = render(
        "verdict.html",
        Reader(),
        report=report,
        report_json=report.to_json(),
        credentials=[],
        most=50,
        seal=None,
        checked=moment(LONG_AGO),
        typed="",
        public_url="https://issuer.example",
    )
    visitor = visit(width=360)
    page = visitor.page()
    headers = {"Content-Security-Policy": PAGE_POLICY}
    page.route("**/verify", lambda route: route.fulfill(body=answer.text, content_type="text/html", headers=headers))
    page.goto(visitor.node.url + "/verify")
    assert_calm(page)
    assert page.locator(".findings li").count() == 50
    assert page.inner_text(".findings + p").startswith("1950 more")
    assert len(page.content()) < 120_000


def _published() -> list[Path]:
    return sorted(reference("hostile", "cases").glob("render-*.json"))


def test_published_hostile_texts_are_shown_calmly(visit: Callable[..., Visitor]) -> None:
    cases = _published()
    if not cases:
        pytest.skip("needs reference data: hostile/cases/render-*.json")
    for case in cases:
        body = json.loads(case.read_bytes())
        page = visit(width=360).check(json.dumps(body.get("verifiableCredential", body)))
        assert_calm(page)
