"""The sixteen elements of the Council Recommendation of 16 June 2022, judged over one award.

Checks, an element each, in the order of the Annex:
1. learner: a name, a national id (with its country) or a DID; born before the award;
2. title; 3. country of the awarding body, from the list, and its region;
4. the awarding body's name, and the mandate where another organisation issues;
5. issuing date: a year that can be, and not after the end of validity;
6. at least one learning outcome; ESCO skills are ESCO skills, types and reuse levels from their lists;
7. workload in hours or ECTS, more than zero, 25 to 30 hours a credit, no more credits received than there are;
8. level: EQF 1 to 8, a national level, a cycle of QF-EHEA, or the reason why none applies;
9. assessment, 10. participation, 11. quality assurance: a type from the list;
12. to 16. prerequisites, supervision, grade, stackability, further information: sound where they are given; a grade has a scale; an
    assessment without supervision and identity check is remarked upon.

It does not check that what the award says is true, nor that a date lies in the past: it knows no clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.errors import MalformedInput
from atesto.recognition.frameworks.eu_2022.element_result import ElementResult, Status
from atesto.recognition.frameworks.eu_2022.elements import ELEMENTS, Element, Fault, NotApplicable

if TYPE_CHECKING:
    from atesto.profiles.award.record import Award


def check(award: Award) -> tuple[ElementResult, ...]:
    """One result an element, in the order of `ELEMENTS`: the eleven mandatory ones, then the five optional ones."""
    return tuple(_result(element, award) for element in ELEMENTS)


def require(award: Award) -> None:
    """Raises MalformedInput with the first fault's own code `eu2022.<element>_missing` or `…_invalid`; its sentence names the others."""
    faults = [result for result in check(award) if result.code is not None]
    if not faults:
        return
    first, others = faults[0], faults[1:]
    more = (
        " Besides: " + ", ".join(f"{result.element.replace('_', ' ')} {result.status.value}" for result in others) + "." if others else ""
    )
    raise MalformedInput(str(first.code), first.detail + more, pointer=first.pointer)


def _result(element: Element, award: Award) -> ElementResult:
    judgement = element.judge(award)
    name, mandatory = element.name, element.mandatory
    if judgement is None:
        return ElementResult(name, mandatory, Status.ABSENT, element.pointer, f"{element.words}: not stated.", element.missing)
    if isinstance(judgement, Fault):
        return ElementResult(name, mandatory, Status.INVALID, judgement.pointer, judgement.sentence, element.invalid)
    if isinstance(judgement, NotApplicable):
        return ElementResult(name, mandatory, Status.NOT_APPLICABLE, element.pointer, f"{element.words}: does not apply.")
    detail = judgement.remark or f"{element.words}: stated."
    return ElementResult(name, mandatory, Status.PRESENT, element.pointer, detail, remarkable=bool(judgement.remark))
