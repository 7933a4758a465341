"""Credentials inside a credential: endorsements at every depth, and what a record of learning bundles (Open Badges 3.0 8.3, CLR 2.0).

Each is verified for itself, by all stations, whatever the one around it says; one that is not confirmed leaves the outer one unconfirmed.
At most MAX_NESTED_CREDENTIALS of them, at most MAX_NESTED_DEPTH deep. A bundled credential without a proof of its own is the outer issuer's
word, which is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.credentials.envelope import is_envelope
from atesto.encoding.json_pointer import json_pointer
from atesto.errors import VerificationError
from atesto.verification.check_result import CheckResult, CheckState
from atesto.verification.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.verification.asked import Asked, Place
    from atesto.verification.pipeline import Verifier
    from atesto.verification.record import Record

ENDORSEMENT: Final = "endorsement"
CREDENTIAL: Final = "credential"
PLACES: Final = {"endorsement": ENDORSEMENT, "endorsementJwt": ENDORSEMENT, "verifiableCredential": CREDENTIAL}
"""Members that hold credentials, and what they are called in the report."""
_STATES: Final = {Verdict.CONFIRMED: CheckState.PASSED, Verdict.REFUSED: CheckState.FAILED, Verdict.NOT_CONFIRMED: CheckState.UNDECIDED}


@dataclass(frozen=True, slots=True)
class NestedPart:
    """One credential inside. `beside` is the id of the object in which it stands, for an endorsement."""

    received: JsonObject | str
    pointer: str
    part: str
    beside: JsonValue = None

    @property
    def is_secured(self) -> bool:
        """Whether it has something that can be verified; an endorsement always should."""
        return self.part == ENDORSEMENT or isinstance(self.received, str) or "proof" in self.received or is_envelope(self.received)


def nested_parts(document: JsonObject) -> tuple[list[NestedPart], list[str]]:
    """The credentials inside, in the order of the document, and the pointers of proofs that stand elsewhere in it."""
    parts: list[NestedPart] = []
    proofs: list[str] = []
    own = {"@context", "proof"}
    stack: list[tuple[str, JsonValue, JsonObject, str]] = [
        (name, value, document, json_pointer(name)) for name, value in reversed(document.items()) if name not in own
    ]
    while stack:
        name, value, around, pointer = stack.pop()
        if name in PLACES:
            parts += _parts(name, value, around, pointer)
        elif isinstance(value, dict):
            if "proof" in value:
                proofs.append(pointer)
            stack += [(member, inner, value, pointer + json_pointer(member)) for member, inner in reversed(value.items())]
        elif isinstance(value, list):
            stack += [("", item, around, f"{pointer}/{index}") for index, item in reversed([*enumerate(value)])]
    return parts, proofs


async def verify_nested(verifier: Verifier, record: Record, document: JsonObject, asked: Asked, place: Place) -> None:
    """A report and a result for each, in `record`."""
    parts, proofs = nested_parts(document)
    if proofs:
        record.note("proof.nested_not_verified", f"Parts with a proof of their own: {len(proofs)}.", proofs[-1])
    for part in parts:
        if not part.is_secured:
            record.not_checked(part.part, "nested.unsecured", "It has no proof.", part.pointer)
            continue
        with record.check("nested", part.pointer, only_faults=True):
            if place.depth >= limits.MAX_NESTED_DEPTH:
                raise VerificationError("nested.too_deep", f"More than {limits.MAX_NESTED_DEPTH} deep.", pointer=part.pointer)
            if not place.inside.take():
                raise VerificationError("nested.too_many", f"More than {limits.MAX_NESTED_CREDENTIALS}.", pointer=part.pointer)
            await _verify(verifier, record, part, asked, place)


async def _verify(verifier: Verifier, record: Record, part: NestedPart, asked: Asked, place: Place) -> None:
    report = await verifier.verify_inside(part.received, asked, place.below(part.pointer))
    problem = report.problems[0].below(part.pointer) if report.problems else None
    record.add_check(CheckResult(part.part, _STATES[report.verdict], part.pointer, error=problem))
    if part.part == CREDENTIAL:
        record.credentials = (*record.credentials, report)
        return
    record.endorsements = (*record.endorsements, report)
    speaks_of = {subject.get("id") for subject in _objects((report.document or {}).get("credentialSubject"))}
    if report.document is not None and part.beside not in speaks_of:
        record.note("endorsement.other_subject", "Its subject is not what it stands beside.", part.pointer)


def _parts(name: str, value: JsonValue, around: JsonObject, pointer: str) -> Iterator[NestedPart]:
    for index, item in enumerate(value) if isinstance(value, list) else [(None, value)]:
        below = pointer if index is None else f"{pointer}/{index}"
        if isinstance(item, dict | str):
            yield NestedPart(item, below, PLACES[name], around.get("id"))


def _objects(value: JsonValue) -> list[JsonObject]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
