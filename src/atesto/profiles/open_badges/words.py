"""The few words of our own that a badge holds, in the six languages of the pages; English for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """Headings of the criteria, and names for what has none of its own."""

    outcomes: str
    assessment: str
    prerequisites: str
    level: str
    grade: str


_WORDS: Final[dict[str, Words]] = {
    "en": Words("Learning outcomes", "Assessment", "Prerequisites", "EQF level", "Grade"),
    "de": Words("Lernergebnisse", "Prüfung", "Voraussetzungen", "EQR-Niveau", "Note"),
    "fr": Words("Acquis d'apprentissage", "Évaluation", "Prérequis", "Niveau CEC", "Note"),
    "es": Words("Resultados de aprendizaje", "Evaluación", "Requisitos previos", "Nivel del MEC", "Calificación"),
    "el": Words("Μαθησιακά αποτελέσματα", "Αξιολόγηση", "Προαπαιτούμενα", "Επίπεδο ΕΠΕΠ", "Βαθμός"),
    "bg": Words("Учебни резултати", "Оценяване", "Предварителни изисквания", "Ниво по ЕКР", "Оценка"),  # noqa: RUF001 - Cyrillic
}


def words_of(language: str) -> Words:
    """The words in the language of a tag."""
    return _WORDS.get(language.split("-", 1)[0], _WORDS["en"])
