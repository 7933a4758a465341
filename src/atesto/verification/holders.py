"""Who presents, and of whom the presented credentials speak: findings of a presentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.credentials.envelope import is_envelope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.encoding.strict_json import JsonObject
    from atesto.verification.record import Record


def note_holders(record: Record, credentials: Sequence[tuple[JsonObject | str, str]]) -> None:
    """Of each credential whose content is known: one in a token that was refused says nothing."""
    for (received, pointer), report in zip(credentials, record.credentials, strict=True):
        credential = report.document or received
        if isinstance(credential, str) or is_envelope(credential):
            continue
        subjects = credential.get("credentialSubject")
        ids = [subject.get("id") for subject in (subjects if isinstance(subjects, list) else [subjects]) if isinstance(subject, dict)]
        if record.presenter in ids:
            record.note("holder.is_subject", "The presenter is a subject of the credential.", pointer)
        elif any(ids):
            record.note("holder.not_subject", "The presenter is not a subject of the credential.", pointer)
        else:
            record.note("holder.subject_unnamed", "The credential's subject has no identifier.", pointer)
