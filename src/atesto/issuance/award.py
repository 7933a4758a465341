"""From an award record to an issued credential: the main job.

1. the elements of the European approach are all there and sound (each missing one is refused with its own reason);
2. the page images are drawn, one per language;
3. the form is written, checked by its own profile, and no larger than a verifying door takes;
4. the issuer issues it (`issuance.issue`, in its own order).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from atesto import limits
from atesto.encoding.jcs import canonicalize_json
from atesto.errors import MalformedInput
from atesto.findings import FINDING_CODES, Level
from atesto.profiles.table import form
from atesto.recognition.frameworks.eu_2022.check import require

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject
    from atesto.issuance.issue import Issuer
    from atesto.profiles.award.record import Award
    from atesto.profiles.form import Pages


async def issue_award(
    award: Award,
    form_name: str,
    *,
    issuer: Issuer,
    credential_id: str,
    draw_pages: Callable[[Award], Awaitable[Pages]],
    now: datetime,
) -> JsonObject:
    """The issued credential of `award` in the form of that name.

    `draw_pages` gives the page images (PNG) by language; it is asked only when the award is complete. Raises MalformedInput
    `eu2022.*`, `award.*`, and what `Issuer.issue` raises; then nothing was signed or released.
    """
    wanted = form(form_name)
    require(award)
    # A day's grace: the day of the award may have begun elsewhere.
    if award.issuing_date is not None and award.issuing_date > (now + timedelta(days=1)).date():
        raise MalformedInput("eu2022.issuing_date_invalid", "The date of issuing lies ahead.", pointer="/issuing_date")
    pages = await draw_pages(award)
    document = wanted.write(award, issuer_did=issuer.did, credential_id=credential_id, issued=now, pages=pages)
    for finding in wanted.check(document):
        if FINDING_CODES[finding.code].level is Level.WARNING:
            raise MalformedInput("award.profile", finding.detail, pointer=finding.pointer)
    size = len(canonicalize_json(document))
    if size > limits.MAX_JSON_BYTES - limits.ROOM_FOR_PROOF_BYTES:
        raise MalformedInput("award.malformed", f"The credential would have {size:,} bytes, which is more than verifiers take.")
    return await issuer.issue(document, now=now)
