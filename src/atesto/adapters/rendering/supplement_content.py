"""What stands in the eight sections of a Diploma Supplement: labels and texts in one language, before anything is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.adapters.rendering.page_text import one_line
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.lists.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atesto.adapters.rendering.page_words import PageWords
    from atesto.adapters.rendering.supplement_words import SupplementWords
    from atesto.profiles.award.parties import Place
    from atesto.profiles.award.record import Award
    from atesto.profiles.award.supplement import DiplomaSupplement

_ALPHA_2: Final = 2

Rows = list[tuple[str, list[str]]]
"""Number and label of each row, and its paragraphs."""


@dataclass(frozen=True, slots=True)
class Content:
    """One award's supplement in one language; `text` picks the language of a text."""

    award: Award
    supplement: DiplomaSupplement
    words: SupplementWords
    page: PageWords
    text: Callable[[Mapping[str, str] | None], str]
    english: bool

    def sections(self) -> list[tuple[str, Rows]]:
        """Heading and rows of each of the eight sections; what is not stated is said not to be."""
        found = (
            self.holder(),
            self.qualification(),
            self.level(),
            self.results(),
            self.function(),
            self.additional(),
            self.certification(),
        )
        numbered = [self.rows(number, rows) for number, rows in enumerate(found, 1)]
        numbered.append([("", [self.text(self.supplement.education_system)])])
        stated: list[Rows] = [
            [(label, [text for text in texts if text] or [self.words.not_stated]) for label, texts in rows] for rows in numbered
        ]
        return [(f"{number} {heading}", rows) for number, (heading, rows) in enumerate(zip(self.words.sections, stated, strict=True), 1)]

    def modules(self) -> list[tuple[str, str, str]]:
        """Title, credits and grade of each part of the programme."""
        return [
            (self.text(module.title), self.page.number(module.ects) if module.ects is not None else "", self.text(module.grade))
            for module in self.supplement.modules
        ]

    def rows(self, number: int, rows: list[tuple[str, list[str]]]) -> Rows:
        return [(f"{number}.{place} {self.words.rows[name]}", texts) for place, (name, texts) in enumerate(rows, 1)]

    # --- the sections ----------------------------------------------------------------------------------------------------

    def holder(self) -> list[tuple[str, list[str]]]:
        learner = self.award.learner
        if learner is None:
            return []
        born = learner.place_of_birth
        return [
            ("family_name", [one_line(learner.family_name or learner.full_name or "")]),
            ("given_name", [one_line(learner.given_name or "")]),
            ("birth", [self.page.written(learner.date_of_birth) if learner.date_of_birth else "", self.place(born) if born else ""]),
            ("student_number", [one_line(learner.student_number or "")]),
        ]

    def place(self, born: Place) -> str:
        """The town and its country: in English by its name, else by the code that every language knows."""
        codes = [name.upper() for name, code in COUNTRIES.names.items() if code == born.country and len(name) == _ALPHA_2]
        country = COUNTRIES.labels.get(born.country, one_line(born.country)) if self.english or not codes else codes[0]
        return f"{self.text(born.name)} ({country})" if born.name else country

    def qualification(self) -> list[tuple[str, list[str]]]:
        award, supplement = self.award, self.supplement
        body = award.awarding_body
        return [
            ("qualification", [self.text(award.title), self.text(supplement.title_conferred)]),
            ("fields", [FIELDS_OF_EDUCATION.labels.get(code, one_line(code)) for code in award.field_of_education]),
            ("institution", [self.text(body.name) if body else "", self.text(supplement.institution_status)]),
            ("administered_by", [self.text(supplement.administered_by) or (self.text(body.name) if body else "")]),
            ("languages", [", ".join(self.language(code) for code in award.instruction_languages)]),
        ]

    def level(self) -> list[tuple[str, list[str]]]:
        level, months = self.award.level, self.supplement.duration_months
        levels = []
        if level:
            national = self.text(level.nqf.label) if level.nqf and level.nqf.label else ""
            cycle = f"QF-EHEA: {self.words.cycles.get(level.ehea, one_line(level.ehea))}" if level.ehea else ""
            levels = [national, self.page.eqf.format(level=level.eqf) if level.eqf else "", cycle]
        return [
            ("level", [" · ".join(text for text in levels if text)]),
            ("duration", [" · ".join(text for text in (self.words.months.format(count=months) if months else "", self.credits()) if text)]),
            ("access", [self.text(self.award.prerequisites)]),
        ]

    def results(self) -> list[tuple[str, list[str]]]:
        award = self.award
        grade = award.grade
        scheme = grade.scheme if grade else None
        return [
            ("mode", [self.page.term(one_line(award.participation or ""))]),
            ("outcomes", [self.text(outcome.title) for outcome in award.learning_outcomes]),
            ("programme", []),
            (
                "grading",
                [
                    self.text(scheme.title) if scheme else "",
                    self.text(scheme.description) if scheme else "",
                    self.text(self.supplement.grade_distribution),
                ],
            ),
            ("classification", [self.text(grade.value) if grade else ""]),
        ]

    def function(self) -> list[tuple[str, list[str]]]:
        return [
            ("further_study", [self.text(self.supplement.further_study)]),
            ("profession", [self.text(self.supplement.regulated_profession)]),
        ]

    def additional(self) -> list[tuple[str, list[str]]]:
        further = self.award.further_information
        links = (
            [f"{self.text(link.title)}: {one_line(link.url)}" if link.title else one_line(link.url) for link in further.links]
            if further
            else []
        )
        return [("additional", [self.text(further.text) if further else ""]), ("sources", links)]

    def certification(self) -> list[tuple[str, list[str]]]:
        issued, signatory = self.award.issuing_date, self.supplement.certified_by
        return [
            ("date", [self.page.written(issued) if issued else ""]),
            ("name", [one_line(signatory.name) if signatory else ""]),
            ("capacity", [self.text(signatory.capacity) if signatory else ""]),
        ]

    def language(self, code: str) -> str:
        return self.words.languages.get(code) or LANGUAGES.labels.get(code, one_line(code))

    def credits(self) -> str:
        workload = self.award.workload
        return f"{self.page.number(workload.ects)} ECTS" if workload and workload.ects is not None else ""
