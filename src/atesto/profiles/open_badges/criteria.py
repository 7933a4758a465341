"""The criteria of an award in Markdown: what is learned, how it is assessed, what has to be brought along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.profiles.open_badges.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atesto.profiles.award.record import Award

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:])")


def criteria_of(award: Award, language: str) -> str:
    """The narrative in one language; empty when the award tells none of it."""
    return "\n\n".join(_sections(award, language))


def _sections(award: Award, language: str) -> Iterator[str]:
    words = words_of(language)
    if award.learning_outcomes:
        items = "\n".join(f"- {_line(in_language(outcome.title, language))}" for outcome in award.learning_outcomes)
        yield f"## {words.outcomes}\n\n{items}"
    assessment = award.assessment
    if assessment is not None:
        told = [in_language(text, language) for text in (assessment.title, assessment.description) if text]
        if told or assessment.type:
            yield f"## {words.assessment}\n\n" + "\n\n".join(map(_line, told or [assessment.type or ""]))
    if award.prerequisites:
        yield f"## {words.prerequisites}\n\n{_line(in_language(award.prerequisites, language))}"


def in_language(text: Mapping[str, str], language: str) -> str:
    """The text in a language; else in the same language of another region, in English, or in any."""
    same = (tag for tag in text if tag.split("-", 1)[0] == language.split("-", 1)[0])
    return text.get(language) or next((text[tag] for tag in same), None) or text.get("en") or next(iter(text.values()))


def _line(text: str) -> str:
    """Somebody's words as words, whatever Markdown would make of them, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
