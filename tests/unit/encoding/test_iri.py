from __future__ import annotations

import pytest

from atesto import limits
from atesto.encoding.iri import is_absolute_iri


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/",
        "urn:uuid:8b1f1d0e-2f0a-4b9c-8f43-3d6c1f7a0001",
        "did:key:z6Mk",
        "a:b",
        "A9+.-:x",
        "https://example.org/é",
        "https://example.org/\U0001f600",
        "mailto:a@b",
        "https://example.org/a'b(c)[d]~!$&*,;=%20?q#f",
        "urn:x:\u00a1\u2027\u202a\ud7ff\ue000",
    ],
)
def test_absolute(text: str) -> None:
    assert is_absolute_iri(text) is True


@pytest.mark.parametrize(
    "text", ["", "a", "a:", ":b", "1a:b", "+a:b", "/path", "//host/", "#f", "a b:c", "ä:b", "a_b:c", "https", "a:b\n", "\na:b"]
)
def test_not_absolute(text: str) -> None:
    assert is_absolute_iri(text) is False


@pytest.mark.parametrize(
    "character", [*'<>"{}|\\^`', "\x00", "\x1f", " ", "\n", "\x7f", "\x80", "\x9f", "\xa0", "\u2028", "\u2029", "\ud800"]
)
def test_characters_that_no_iri_holds(character: str) -> None:
    assert is_absolute_iri(f"https://example.org/a{character}b") is False
    assert is_absolute_iri(f"https://example.org/{character}") is False


def test_the_longest_identifier() -> None:
    longest = "urn:" + "x" * (limits.MAX_URL_CHARACTERS - 4)
    assert is_absolute_iri(longest)
    assert not is_absolute_iri(longest + "x")
