"""What a credential's own profile says of it, beside the verdict: structure, controlled lists, elements of the European approach.

Computed for every credential that says by its type that it has a form of `profiles.table`. It never changes a verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto import limits
from atesto.credentials.members import types_of
from atesto.errors import AtestoError
from atesto.findings import Finding
from atesto.profiles.table import FORMS
from atesto.recognition.frameworks.eu_2022.check import check as check_elements
from atesto.recognition.frameworks.eu_2022.element_result import Status

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.profiles.award.record import Award


def has_profile(document: JsonObject) -> bool:
    """Whether there is something to find. `document` has passed the shape station."""
    return not {form.type_name for form in FORMS.values()}.isdisjoint(types_of(document))


def profile_findings(_: LinkedDataProcessor, document: JsonObject) -> tuple[Finding, ...]:
    """The findings, form by form. A task for a worker: the work grows with the document, and the document is a stranger's."""
    types = types_of(document)
    found: list[Finding] = []
    for form in FORMS.values():
        if form.type_name in types:
            checked = form.check(document)
            if form.conclude is not None:
                found.append(form.conclude(document, checked))
            found += checked
            try:
                found += _elements(form.read(document))
            except AtestoError as error:
                found.append(Finding("profile.unreadable", error.detail))
    more = len(found) - limits.MAX_FINDINGS
    return tuple(found) if more <= 0 else (*found[: limits.MAX_FINDINGS], Finding("finding.more", f"{more} further findings."))


def _elements(award: Award) -> list[Finding]:
    """Pointers of these lead into an award record, which the reader of the credential does not have; the sentence names the element."""
    results = check_elements(award)
    found = [Finding("eu2022.element_invalid", result.detail) for result in results if result.status is Status.INVALID]
    absent = [result.element.replace("_", " ") for result in results if result.mandatory and result.status is Status.ABSENT]
    if absent:
        found.append(Finding("eu2022.element_absent", f"Not stated: {', '.join(absent)}."))
    if not found:
        found.append(Finding("eu2022.complete", f"All {sum(result.mandatory for result in results)} mandatory elements are stated."))
    return found
