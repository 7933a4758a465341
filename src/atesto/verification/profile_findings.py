"""What a credential's own profile says of it, beside the verdict: structure, controlled lists, elements of the European approach.

Computed for every credential that says by its type that it has a form of `profiles.table`. It never changes a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.errors import AtestoError
from atesto.findings import Finding
from atesto.profiles.open_badges.check import conclusion
from atesto.profiles.places import Places
from atesto.profiles.table import FORMS, RULES, kinds_of, rules_of
from atesto.recognition.frameworks.eu_2022.check import check as check_elements
from atesto.recognition.frameworks.eu_2022.element_result import ElementResult, Status

if TYPE_CHECKING:
    from collections.abc import Collection

    from atesto.encoding.strict_json import JsonObject
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.profiles.form import Form

_REMARKS: Final[dict[str, str]] = {"supervision": "eu2022.learner_not_authenticated"}
"""The finding that stands for what is remarkable in an element."""


def has_profile(document: JsonObject) -> bool:
    """Whether there is something to find. `document` has passed the shape station."""
    return not {*RULES, *(form.type_name for form in FORMS.values())}.isdisjoint(kinds_of(document))


@dataclass(frozen=True, slots=True)
class ProfileResult:
    """What was found: findings, and one result for each element of the European approach with its place in the document."""

    findings: tuple[Finding, ...]
    elements: tuple[ElementResult, ...] = ()


def profile_findings(_: LinkedDataProcessor, document: JsonObject) -> ProfileResult:
    """The findings, form by form. A task for a worker: the work grows with the document, and the document is a stranger's."""
    types = kinds_of(document)
    found: list[Finding] = []
    elements: tuple[ElementResult, ...] = ()
    if types.isdisjoint(form.type_name for form in FORMS.values()):
        for rules in rules_of(document):
            kept = rules(document)
            found += [conclusion(document, kept), *kept]
    for form in _forms_of(types):
        checked = form.check(document)
        if form.conclude is not None:
            found.append(form.conclude(document, checked))
        found += checked
        places = Places()
        try:
            award = form.read(document, places)
        except AtestoError as error:
            found.append(Finding("profile.unreadable", error.detail))
            continue
        elements = tuple(replace(result, pointer=places.of(result.pointer), code=None) for result in check_elements(award))
        found += _element_findings(elements)
    more = len(found) - limits.MAX_FINDINGS
    findings = tuple(found) if more <= 0 else (*found[: limits.MAX_FINDINGS], Finding("finding.more", f"{more} further findings."))
    return ProfileResult(findings, elements)


def _forms_of(types: Collection[str]) -> list[Form]:
    """One form for each type that the document has: several forms may write the same document and secure it in their own ways."""
    return list({form.type_name: form for form in reversed(FORMS.values()) if form.type_name in types}.values())


def _element_findings(results: tuple[ElementResult, ...]) -> list[Finding]:
    """What is not sound, with its place; what is absent, named together; what a reader should know."""
    found = [Finding("eu2022.element_invalid", result.detail, result.pointer) for result in results if result.status is Status.INVALID]
    found += [Finding(_REMARKS[result.element], result.detail, result.pointer) for result in results if result.remarkable]
    absent = [result.element.replace("_", " ") for result in results if result.mandatory and result.status is Status.ABSENT]
    if absent:
        found.append(Finding("eu2022.element_absent", f"Not stated: {', '.join(absent)}."))
    if not absent and all(result.status is not Status.INVALID for result in results):
        found.append(Finding("eu2022.complete", f"All {sum(result.mandatory for result in results)} mandatory elements are stated."))
    return found
