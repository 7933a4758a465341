"""From an award record to issued credentials, one of each form that is asked for: the main job.

1. the elements of the European approach are all there and sound (each missing one is refused with its own reason);
2. the page images are drawn, one per language;
3. every form is written, checked by its own profile, and no larger than a verifying door takes;
4. each is issued (`issuance.issue`, in its own order).

Forms of one award share their id, dates and issuer. Where the second cannot be issued the first stands in the record and is not released.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from atesto import limits
from atesto.encoding.jcs import canonicalize_json
from atesto.errors import MalformedInput
from atesto.findings import FINDING_CODES, Level
from atesto.profiles.table import ISSUED_WITH, form
from atesto.recognition.frameworks.eu_2022.check import require

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject
    from atesto.issuance.issue import Issuer
    from atesto.profiles.award.record import Award
    from atesto.profiles.form import Form, Pages


async def issue_award(
    award: Award,
    form_name: str,
    *,
    issuer: Issuer,
    credential_id: str,
    draw_pages: Callable[[Award], Awaitable[Pages]],
    now: datetime,
) -> JsonObject:
    """The issued credential of `award` in the form of that name, by `issuer` however it is secured. As `issue_forms`."""
    issuers = {"issuer": issuer, "seal": issuer}
    (credential,) = (
        await issue_forms(award, [form_name], issuers=issuers, credential_id=credential_id, draw_pages=draw_pages, now=now)
    ).values()
    return credential


async def issue_forms(
    award: Award,
    names: Sequence[str],
    *,
    issuers: Mapping[str, Issuer],
    credential_id: str,
    draw_pages: Callable[[Award], Awaitable[Pages]],
    now: datetime,
) -> dict[str, JsonObject]:
    """The issued credentials of `award` by the names of their forms. `issuers`: one for each way of securing (`Form.secured_by`), one DID.

    `draw_pages` gives the page images (PNG) by language; it is asked only when the award is complete. Raises MalformedInput
    `eu2022.*`, `award.*`, and what `Issuer.issue` raises; then nothing was released.
    """
    wanted = {name: form(name) for name in names}
    require(award)
    # A day's grace: the day of the award may have begun elsewhere.
    if award.issuing_date is not None and award.issuing_date > (now + timedelta(days=1)).date():
        raise MalformedInput("eu2022.issuing_date_invalid", "The date of issuing lies ahead.", pointer="/issuing_date")
    pages = await draw_pages(award) if any(row.shows_pages for row in wanted.values()) else {}
    issuer = issuers["issuer"]
    written = {}
    for name, row in wanted.items():
        write = row.write if row.chosen is None else row.chosen(issuer.choices)
        document = write(award, issuer_did=issuer.did, credential_id=credential_id, issued=now, pages=pages)
        _check_written(row, document)
        written[name] = document
    return {name: await issuers[wanted[name].secured_by].issue(document, now=now) for name, document in written.items()}


def _check_written(row: Form, document: JsonObject) -> None:
    for finding in row.check(document):
        if FINDING_CODES[finding.code].level is Level.WARNING and finding.code not in ISSUED_WITH:
            raise MalformedInput("award.profile", finding.detail, pointer=finding.pointer)
    size = len(canonicalize_json(document))
    if size > limits.MAX_JSON_BYTES - limits.ROOM_FOR_PROOF_BYTES:
        raise MalformedInput("award.malformed", f"The credential would have {size:,} bytes, which is more than verifiers take.")
