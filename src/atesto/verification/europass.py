"""A verification in Europass's own words: a EuropeanDigitalPresentation with its VerificationChecks (EDC application profile 1.1).

What was confirmed stands in it, whole; what was not is not repeated: what no signature covers does not exist. Everything comes from the
report; nothing is checked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from atesto.profiles.edc.concept import listed_concept
from atesto.profiles.edc.lists.verification import VERIFICATION_CHECKS, VERIFICATION_STATUSES
from atesto.profiles.edc.vocabulary import CREDENTIALS_V1, EDC_AP
from atesto.verification.results import Outcome

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.verification.report import Report

_QUESTIONS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("format", ("losslessness", "profile", "lists", "nodes")),
    ("seal", ("securing",)),
    ("revocation", ("status",)),
    ("expiry", ("dates",)),
    ("accreditation", ()),
    ("owner", ()),
    ("custom", ("elements",)),
)
"""Europass's seven checks, and which of our questions answer each."""
_OWNER: Final = {
    "holder.is_subject": ("ok", "Whoever presents it is its subject."),
    "holder.not_subject": ("error", "Whoever presents it is not its subject."),
}
_STATUSES: Final = ((Outcome.FAILED, "error"), (Outcome.UNDECIDED, "skipped"), (Outcome.NOT_CHECKED, "skipped"))
"""Which outcomes are no "ok", the gravest first; a warning is one, with its sentence."""
_UNASKED: Final = {
    "accreditation": "Accreditations are not looked up.",
    "owner": "Nobody presented it, or it names no subject.",
}


def europass_presentation(report: Report) -> JsonObject:
    """The report on a credential as a presentation with checks: JSON-LD in the contexts of VCDM 1.1 and the EDC application profile.

    A credential that was not confirmed is spoken of under an identifier of the presentation's own.
    """
    shown = report.shown
    named = shown.get("id") if shown is not None else None
    about = named if isinstance(named, str) else "urn:unconfirmed"
    identifier = f"urn:uuid:{uuid5(NAMESPACE_URL, f'{about} {report.policy} {report.checked_at.isoformat()}')}"
    subject: JsonObject = {"id": named if isinstance(named, str) else f"{identifier}#subject"}
    if report.profile_judged:
        subject["type"] = "EuropeanDigitalCredential"
    checks: list[JsonValue] = [_check(f"{identifier}#{kind}", kind, subject, *_answer(kind, names, report)) for kind, names in _QUESTIONS]
    presentation: JsonObject = {
        "@context": [CREDENTIALS_V1, EDC_AP],
        "id": identifier,
        "type": ["VerifiablePresentation", "EuropeanDigitalPresentation"],
        "verificationCheck": checks,
    }
    return presentation if shown is None else {**presentation, "verifiableCredential": [shown]}


def _check(identifier: str, kind: str, subject: JsonObject, status: str, sentence: str) -> JsonObject:
    return {
        "id": identifier,
        "type": "VerificationCheck",
        "dcType": listed_concept(VERIFICATION_CHECKS, kind, ""),
        "elmSubject": subject,
        "verificationStatus": listed_concept(VERIFICATION_STATUSES, status, ""),
        "description": {"en": sentence},
    }


def _answer(kind: str, names: tuple[str, ...], report: Report) -> tuple[str, str]:
    """Europass's status and a sentence: the gravest of the results that answer."""
    if not names:
        told = [_OWNER[finding.code] for finding in report.findings if kind == "owner" and finding.code in _OWNER]
        return told[0] if told else ("skipped", _UNASKED[kind])
    answers = [result for result in report.results if result.name in names]
    for outcome, status in _STATUSES:
        found = [result.sentence for result in answers if result.outcome is outcome]
        if found:
            return status, " ".join(dict.fromkeys(found))
    return "ok", " ".join(result.sentence for result in answers)
