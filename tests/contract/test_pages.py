"""The pages over HTTP: languages, words, lists that are too long, the manual of addresses."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from aiohttp import FormData
from yarl import URL

import atesto.web.pages
from atesto.proofs.jades.timestamp import TimestampState
from atesto.verification.results import QUESTIONS, Outcome
from atesto.verification.stations import Station
from atesto.web.pages.document_text import readable
from atesto.web.pages.document_view import view_document
from atesto.web.pages.messages import MESSAGES
from atesto.web.pages.reader import Reader
from atesto.web.routes import ROUTES
from tests.simulators.doors import TOKEN

TEMPLATES = sorted(Path(atesto.web.pages.__file__).parent.joinpath("templates").glob("*.html"))
SOURCE = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
PAGES = Path(atesto.web.pages.__file__).parent
SEAL_VIEW = PAGES.joinpath("seal_view.py").read_text(encoding="utf-8")
READER = PAGES.joinpath("reader.py").read_text(encoding="utf-8") + SEAL_VIEW
STYLE = Path(atesto.web.pages.__file__).parent.joinpath("assets", "atesto.css").read_text(encoding="utf-8")
LOOK = Path(__file__).resolve().parents[2].joinpath("docs", "look.md").read_text(encoding="utf-8")
# Words whose keys the templates put together.
STATES = ("confirmed", "not_confirmed", "refused")
COMPOSED = {
    *(f"verdict.{state}" for state in STATES),
    *(f"verdict.{state}.{kind}" for state in STATES for kind in ("credential", "presentation")),
    *(f"state.{state}" for state in ("passed", "failed", "undecided")),
    *(f"station.{station.name.lower()}" for station in Station),
    *(f"seal.timestamp.{state.value}" for state in TimestampState),
    *(f"seal.signature.{state}" for state in ("valid", "invalid")),
    *(f"seal.{key}" for key in re.findall(r'\.row\(\s*"([a-z]+)"', SEAL_VIEW)),
    *(f"question.{question.name}" for question in QUESTIONS),
    *(f"outcome.{outcome.value}" for outcome in Outcome),
    "site.name",
}


@pytest.mark.parametrize("language", MESSAGES)
def test_every_language_has_every_word(language: str) -> None:
    words = MESSAGES[language]
    assert words.keys() == MESSAGES["en"].keys()
    assert [key for key, text in words.items() if not text.strip() or text != text.strip()] == []
    for key, text in words.items():
        assert _places(text) == _places(MESSAGES["en"][key]), key
    assert len(words["date.months"].split()) == 12


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    used = set(re.findall(r"""t\(["']([a-z_.]+)["']\)""", SOURCE)) | set(re.findall(r'words\("([a-z_.]+)"\)', READER)) | COMPOSED
    assert used == set(MESSAGES["en"])


def test_nothing_in_a_template_goes_around_the_escaping() -> None:
    assert re.findall(r"\|\s*safe|autoescape|Markup|style=|\son\w+=", SOURCE) == []


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("pt, fr;q=0.5, es;q=0.7", "es"),
        ("EL-gr", "el"),
        ("bg;q=0, fr;q=0.1", "fr"),
        ("zh, ja", "en"),
        ("*", "en"),
        ("de;q=2, fr;q=x, es;q=nan, el;level=1", "en"),
        (",;,;q=,é", "en"),
        ("x," * 500 + "de", "en"),
    ],
)
async def test_the_language_that_the_browser_asks_for(doors: Any, asked: str, language: str) -> None:
    response = await (await doors()).get("/", headers={"Accept-Language": asked})
    text = await response.text()
    assert (response.headers["Content-Language"], response.headers["Vary"]) == (language, "Accept-Language")
    assert f'<html lang="{language}" dir="ltr">' in text
    assert f"<h1>{MESSAGES[language]['home.title']}</h1>" in text


async def test_the_language_that_was_chosen_wins_and_stays(doors: Any) -> None:
    client = await doors()
    text = await (await client.get("/docs?lang=el", headers={"Accept-Language": "de"})).text()
    assert '<html lang="el"' in text
    assert 'href="./?lang=el"' in text
    assert 'href="./docs?lang=de" lang="de"' in text
    text = await (await client.get("/?lang=xx", headers={"Accept-Language": "de"})).text()
    assert '<html lang="de"' in text
    assert 'action="./verify"' in text


async def test_a_foreign_looking_address_gets_no_foreign_link(doors: Any) -> None:
    client = await doors()
    address = URL(str(client.make_url("/")) + "/elsewhere.example/", encoded=True)
    text = await (await client.session.get(address, headers={"Accept": "text/html"})).text()
    assert MESSAGES["en"]["problem.title"] in text
    assert "elsewhere.example" not in text


async def test_a_file_that_is_refused_is_not_sent_back_but_a_text_is(doors: Any) -> None:
    client = await doors()
    text = await (await client.post("/verify", data={"document": '{"typed": 1}'})).text()
    assert "{&#34;typed&#34;: 1}</textarea>" in text
    text = await (await client.post("/verify", data={"document": "", "file": '{"chosen": 1}'})).text()
    assert "chosen" not in text
    assert MESSAGES["en"]["form.another"] in text


async def test_the_token_never_comes_back(doors: Any) -> None:
    client = await doors()
    for token in (TOKEN, TOKEN + "x"):
        response = await client.post("/issue", data={"award": '{"learner": "Ana"}', "token": token})
        assert TOKEN not in await response.text()
        assert response.status == (200 if token == TOKEN else 401)


def test_long_texts_and_lists_are_shortened() -> None:
    shown = readable({"image": "A" * 100_000, "list": [*range(2_000)], "short": "x" * 400})
    assert len(shown) < 1_500
    assert "(100,000 characters)" in shown
    assert "(2,000 items)" in shown
    assert "x" * 400 in shown


@pytest.mark.parametrize("multipart", [True, False])
async def test_a_form_keeps_every_character(doors: Any, multipart: bool) -> None:
    typed = '{"name": "Änne Παπά Йордан 🎓 % + & = ;"}'
    form = FormData({"document": typed}, default_to_multipart=multipart)
    text = await (await (await doors()).post("/verify", data=form)).text()
    assert f">{html.escape(typed).replace('&quot;', '&#34;')}</textarea>" in text


async def test_the_manual_names_every_address_its_body_answers_and_a_command(doors: Any) -> None:
    text = (await (await (await doors()).get("/docs")).text()).replace("<wbr>", "")
    for route in ROUTES:
        article = re.search(rf'<article id="{route.operation}".*?</article>', text, re.DOTALL)
        assert (article is not None) == route.documented
        if article is None:
            continue
        assert f'<code class="path">{route.path}</code>' in article[0]
        assert "curl http://127.0.0.1:8080" in article[0]
        assert all(f"<dt><code>{status}</code></dt>" in article[0] for status in route.answers)
        assert ("Authorization: Bearer" in article[0]) == (route.access.value == "token")
        if route.body is not None:
            assert '<dl class="members">' in article[0]


def test_a_view_survives_whatever_a_credential_says() -> None:
    odd: Any
    for odd in (
        None,
        True,
        7,
        "",
        "x",
        [],
        [[]],
        [None, {"@value": None}],
        {},
        {"en": {"de": 1}},
        {"@value": {}},
        {"id": 5},
        {"__proto__": "x"},
    ):
        document = dict.fromkeys(("name", "issuer", "credentialSubject", "displayParameter", "validFrom", "description"), odd)
        view_document(document, Reader("el"))
        document["credentialSubject"] = dict.fromkeys(("hasClaim", "achievement", "givenName", "id"), odd)
        view_document(document)
        claim = dict.fromkeys(("title", "specifiedBy", "awardedBy"), odd)
        view_document({"credentialSubject": {"hasClaim": claim}})
        inner = dict.fromkeys(("learningOutcome", "volumeOfLearning", "creditPoint", "eqfLevel", "awardingDate"), odd)
        view_document({"credentialSubject": {"hasClaim": {"specifiedBy": inner, "awardedBy": inner}}})


def test_a_view_prefers_the_readers_language() -> None:
    document: Any = {
        "name": {"en": "Weaving", "el": "Υφαντική", "not a tag!": "x"},
        "credentialSubject": {"givenName": "Ana", "familyName": ["Ruiz"]},
    }
    assert str(view_document(document, Reader("el")).title) == "Υφαντική"
    french = view_document(document, Reader("fr"))
    assert (str(french.title), french.other_language, [*map(str, french.subjects)]) == ("Weaving", True, ["Ana Ruiz"])
    assert view_document({"name": "Weaving"}, Reader("fr")).other_language is False


def test_numbers_and_dates_as_people_write_them() -> None:
    document: Any = {
        "validFrom": "2026-03-01T00:00:00Z",
        "credentialSubject": {"hasClaim": {"specifiedBy": {"volumeOfLearning": "PT37H30M", "creditPoint": {"point": "1.5"}}}},
    }
    german = view_document(document, Reader("de"))
    assert german.valid_from is not None
    assert (german.valid_from.text, german.achievements[0].workload) == ("1. März 2026", "37,5 h · 1,5")
    assert Reader("bg").day(datetime(2026, 3, 1, tzinfo=UTC)) == "1 март 2026 г."


def test_the_look_names_the_colours_and_contrasts_of_the_style() -> None:
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", root)) for root in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2])
    rows = re.findall(r"\| `([a-z-]+)` on `([a-z-]+)` \| (\S+) on (\S+) \| ([\d.]+) \| (\S+) on (\S+) \| ([\d.]+) \|", LOOK)
    assert len(rows) == 18
    for above, below, light_above, light_below, light_ratio, dark_above, dark_below, dark_ratio in rows:
        assert (light[above], light[below], dark[above], dark[below]) == (light_above, light_below, dark_above, dark_below)
        for pair, said in (((light_above, light_below), light_ratio), ((dark_above, dark_below), dark_ratio)):
            assert f"{_contrast(*pair):.2f}" == said
            assert float(said) >= 4.5


def _contrast(one: str, two: str) -> float:
    """WCAG 2.2, contrast ratio."""
    low, high = sorted((_luminance(one), _luminance(two)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
