"""The words of the pages, by language and key. Every language has every key (a test compares them).

Only the pages' own words stand here. Sentences of a report come from the catalogues of the verifier, in English; the templates mark them `lang="en"`.
"""

from __future__ import annotations

from typing import Final

from atesto.web.pages.messages import bulgarian, english, french, german, greek, spanish

DEFAULT_LANGUAGE: Final = "en"

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "en": english.WORDS,
    "de": german.WORDS,
    "fr": french.WORDS,
    "es": spanish.WORDS,
    "el": greek.WORDS,
    "bg": bulgarian.WORDS,
}


def message(key: str, language: str = DEFAULT_LANGUAGE) -> str:
    """The words of `key`. Raises KeyError for a key that no catalogue has: a page with a hole is a fault of ours."""
    return MESSAGES[language][key]
