"""The twin check over two credentials as they were handed over: each verified for itself, then compared in what they say.

1. each credential is verified by the pipeline, as if it had come alone;
2. each is read by the form that its type names (`profiles.table`);
3. the two awards are compared (`recognition.twin`).

Two credentials are twins when both are confirmed and they agree. What a credential says is repeated only when it was confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto.credentials.received import as_object, readable
from atesto.encoding.json_pointer import json_pointer
from atesto.errors import AtestoError, UnsupportedFeature
from atesto.fetch_budget import FetchBudget
from atesto.profiles.table import FORMS, kinds_of
from atesto.recognition.twin import agree, compare
from atesto.verification.report import Verdict, problem_details

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.profiles.award.record import Award
    from atesto.recognition.twin import AspectResult
    from atesto.verification.pipeline import Verifier
    from atesto.verification.report import Report


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is answered about two credentials."""

    reports: tuple[Report, Report]
    results: tuple[AspectResult, ...]

    @property
    def agree(self) -> bool:
        """Whether they say the same."""
        return agree(self.results)

    @property
    def verified(self) -> bool:
        """Whether both are confirmed."""
        return all(report.verified for report in self.reports)

    @property
    def verdict(self) -> Verdict:
        """CONFIRMED: twins. REFUSED: one is refused, or they do not agree. NOT_CONFIRMED: they agree, and one could not be confirmed."""
        if not self.agree or any(report.verdict is Verdict.REFUSED for report in self.reports):
            return Verdict.REFUSED
        return Verdict.CONFIRMED if self.verified else Verdict.NOT_CONFIRMED

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        if not self.agree:
            differing = [result.aspect.replace("_", " ") for result in self.results if result.parts]
            return f"The two credentials do not say the same: {', '.join(differing) or 'too little is stated'}."
        if self.verified:
            return "Both credentials are genuine and valid today, and they say the same."
        refused = sum(report.verdict is Verdict.REFUSED for report in self.reports)
        if refused:
            return f"The two credentials say the same, but {'both are' if refused > 1 else 'one of them is'} refused."
        return "The two credentials say the same, but not both are confirmed."

    def to_json(self) -> JsonObject:
        """`{twins, agree, verified, sentence, aspects, credentials}`."""
        return {
            "twins": self.verdict is Verdict.CONFIRMED,
            "agree": self.agree,
            "verified": self.verified,
            "sentence": self.sentence,
            "aspects": [self._aspect(result) for result in self.results],
            "credentials": [_short(report) for report in self.reports],
        }

    def _aspect(self, result: AspectResult) -> JsonObject:
        parts: list[JsonValue] = [*result.parts]
        told: JsonObject = {"aspect": result.aspect, "agreement": result.agreement.value, "parts": parts, "detail": result.detail}
        for name, report, said in zip(("first", "second"), self.reports, (result.first, result.second), strict=True):
            # What a signature does not cover does not exist, so it is not repeated either.
            if report.verified and said:
                told[name] = {**said}
        return told


async def compare_credentials(verifier: Verifier, first: JsonObject | str, second: JsonObject | str, *, now: datetime) -> Comparison:
    """The comparison of two credentials: objects, envelopes or tokens.

    Raises AtestoError below `/0` or `/1` for a credential that cannot be read at all; UnsupportedFeature `compare.form_unknown` for one
    whose type names no form of this node; what `LinkedDataWorkers.run` raises. A credential that is refused or not confirmed is compared.
    """
    awards = []
    for index, received in enumerate((first, second)):
        try:
            awards.append(await verifier.workers.run(read_award, received))
        except AtestoError as error:
            raise error.below(json_pointer(index)) from None
    # It is one request: both wait for hosts out of one budget.
    fetches = FetchBudget()
    reports = (
        await verifier.verify_credential(first, now=now, fetches=fetches),
        await verifier.verify_credential(second, now=now, fetches=fetches),
    )
    return Comparison(reports, compare(*awards))


def read_award(_: LinkedDataProcessor, received: JsonObject | str) -> Award:
    """The award that a credential speaks of, whatever secures it. A task for a worker: the document is a stranger's."""
    document = readable(as_object(received))
    types = kinds_of(document)
    for form in FORMS.values():
        if form.type_name in types:
            try:
                return form.read(document)
            except AtestoError as error:
                # Its pointer leads into the award record, which the caller does not have.
                raise type(error)(error.code, error.detail) from None
    known = ", ".join(dict.fromkeys(form.type_name for form in FORMS.values()))
    raise UnsupportedFeature(
        "compare.form_unknown", f"Its type names no form of credential that is compared here ({known}).", pointer="/type"
    )


def _short(report: Report) -> JsonObject:
    found: JsonObject = {
        "verified": report.verified,
        "verdict": report.verdict.value,
        "sentence": report.sentence,
        "problemDetails": [problem_details(problem) for problem in report.problems],
    }
    return found if report.issuer is None or not report.verified else {**found, "issuer": report.issuer}
