"""Station 10: the status entries of a credential, each with its list fetched, verified and judged.

Of a BitstringStatusListEntry, in order (Bitstring Status List section 3.2):
1. the list credential is had from its address, not older than its `ttl`; what could not be had is `status.unreachable`;
2. it is verified by this verifier like any credential, but for what lies outside it: its own dates are a list's freshness;
3. it speaks for the issuer: it is the issuer's own, or by a did:web or https issuer of the list's own host, or by one whom the verifier's
   settings name; else the policy decides;
4. the list is read at the entry's place (`status.bitstring`) and judged (`status.check`).
Of a 1EdTechRevocationList: it is had from its address and judged (`status.legacy`); it is not signed, which is a finding.

Unknown is not good: a status that cannot be had leaves the credential unconfirmed, under every policy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.dids.controller_document import NOT_ASKED_LONG_ENOUGH
from atesto.dids.did_url import parse_did
from atesto.dids.methods.web import did_web_url
from atesto.errors import AtestoError, MalformedInput, ResolutionError, VerificationError
from atesto.status.bitstring import read_bitstring
from atesto.status.check import judge_bitstring
from atesto.status.entry import REVOCATION_LIST, is_known, read_entry, status_nodes
from atesto.status.legacy import check_revocation_list
from atesto.verification.fetched_credential import fetch_credential, read_fetched
from atesto.verification.report import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.ports import Fetched
    from atesto.status.entry import StatusEntry
    from atesto.verification.pipeline import Verifier
    from atesto.verification.record import Record
    from atesto.verification.report import Report

_JSON: Final = ("application/json", "application/ld+json", "text/plain")


async def check_statuses(verifier: Verifier, record: Record, document: JsonObject, *, party: str, now: datetime) -> None:
    """A result for each entry, in `record`; `party` is whose document it is. Raises MalformedInput `model.*`."""
    for node, pointer in status_nodes(document):
        if verifier.policy.unknown_status and not is_known(node, pointer):
            record.not_checked("status", "status.not_checked", "The kind of status is not known; it was not checked.", pointer)
            continue
        with record.check("status", pointer):
            await _Status(verifier, record, document, party, now).check(read_entry(node, pointer))


@dataclass(frozen=True, slots=True)
class _Status:
    verifier: Verifier
    record: Record
    document: JsonObject
    party: str
    now: datetime

    async def check(self, entry: StatusEntry) -> None:
        """Raises VerificationError `status.*`; ResolutionError `status.unreachable`, `fetch.too_*`, at the entry."""
        if not entry.known:
            raise VerificationError("status.unknown_type", "The kind of status is not known.", pointer=entry.pointer)
        if REVOCATION_LIST in entry.types:
            await self._legacy(entry)
            return
        if entry.index_is_number:
            self.record.note("status.index_number", f"It is {entry.index}.", entry.pointer + "/statusListIndex")
        try:
            said = await self._judged(entry)
        except AtestoError as error:
            # A fault inside the list has no place in this document but the entry's.
            raise (
                error if error.pointer.startswith(entry.pointer) else type(error)(error.code, error.detail, pointer=entry.pointer)
            ) from None
        if said is not None:
            self.record.note("status.message", said[:500], entry.pointer)

    async def _judged(self, entry: StatusEntry) -> str | None:
        """What the list says, read from a copy that is not older than the list allows."""
        fetched = await self._fetch(entry, limits.STATUS_LIST_SECONDS)
        document = await self._verified(fetched, entry)
        said, seconds = await self.verifier.workers.run(judge, document, entry)
        if seconds < limits.STATUS_LIST_SECONDS:
            newer = await self._fetch(entry, seconds)
            if newer.body != fetched.body:
                said, _ = await self.verifier.workers.run(judge, await self._verified(newer, entry), entry)
        return said

    async def _fetch(self, entry: StatusEntry, max_age: float) -> Fetched:
        try:
            return await fetch_credential(entry.list_url or "", self.verifier.fetcher, self.record.fetches, max_age=max_age)
        except ResolutionError as error:
            raise _unreachable(error) from None

    async def _verified(self, fetched: Fetched, entry: StatusEntry) -> JsonObject:
        """Raises VerificationError `status.list_*`, `status.foreign_issuer`."""
        try:
            received = await read_fetched(fetched, self.verifier.workers)
        except MalformedInput as error:
            raise VerificationError("status.list_malformed", f"What stands at its address is no credential. {error.detail}") from None
        report = await self.verifier.verify_status_list(received, now=self.now, fetches=self.record.fetches)
        if report.document is None or report.verdict is not Verdict.CONFIRMED:
            raise _list_not_verified(report)
        self._check_issuer(report.issuer or "", entry)
        return report.document

    def _check_issuer(self, issuer: str, entry: StatusEntry) -> None:
        if issuer == self.party or issuer in self.verifier.status_issuers or _speaks_at(issuer, entry.list_url or ""):
            return
        detail = f"The list is by {issuer[:200]}, the credential by {self.party[:200]}."
        if not self.verifier.policy.foreign_status_lists:
            raise VerificationError("status.foreign_issuer", detail)
        self.record.note("status.list_by_another", detail, entry.pointer)

    async def _legacy(self, entry: StatusEntry) -> None:
        try:
            fetched = await self.verifier.fetcher.fetch(
                entry.list_url or "",
                media_types=_JSON,
                max_bytes=limits.MAX_FETCHED_BYTES,
                budget=self.record.fetches,
                max_age=limits.STATUS_LIST_SECONDS,
            )
        except ResolutionError as error:
            raise _unreachable(error).below(entry.pointer) from None
        document = await self._object(fetched, entry)
        own_id = self.document.get("id")
        check_revocation_list(document, entry, credential_id=own_id if isinstance(own_id, str) else None, issuer=self.party)
        self.record.note("status.list_unsigned", "It is a 1EdTechRevocationList.", entry.pointer)

    async def _object(self, fetched: Fetched, entry: StatusEntry) -> JsonObject:
        try:
            document = await read_fetched(fetched, self.verifier.workers)
        except MalformedInput as error:
            raise VerificationError("status.list_malformed", f"It is no revocation list. {error.detail}", pointer=entry.pointer) from None
        if isinstance(document, str):
            raise VerificationError("status.list_malformed", "It is no revocation list, but a token.", pointer=entry.pointer)
        return document


def judge(_: LinkedDataProcessor, document: JsonObject, entry: StatusEntry) -> tuple[str | None, float]:
    """What a verified list says at the entry, and how many seconds a copy of it is good. A task for a worker: lists inflate.

    Raises VerificationError `status.*`.
    """
    found = read_bitstring(document)
    return judge_bitstring(found, entry), found.seconds


def _list_not_verified(report: Report) -> AtestoError:
    problem = report.problems[0]
    stale = problem.code.startswith("time.")
    code = "status.list_refused" if report.verdict is Verdict.REFUSED and not stale else "status.list_unconfirmed"
    return VerificationError(code, f"Of the status list: {problem.code}. {problem.detail}")


def _unreachable(error: ResolutionError) -> AtestoError:
    if error.code in NOT_ASKED_LONG_ENOUGH:
        return error
    return ResolutionError("status.unreachable", f"The status list could not be had. {error.detail}")


def _speaks_at(issuer: str, url: str) -> bool:
    """Whether the issuer's document stands on the very host, port included, from which the list comes."""
    try:
        address = did_web_url(parse_did(issuer)) if issuer.startswith("did:web:") else issuer
    except MalformedInput:
        return False
    return bool(_authority(address)) and _authority(address) == _authority(url)


def _authority(url: str) -> str:
    """Host and port of an https URL; empty for any other."""
    if not url.startswith("https://"):
        return ""
    authority = re.split(r"[/?#\\]", url.removeprefix("https://"), maxsplit=1)[0].lower()
    return "" if "@" in authority else authority.removesuffix(":443")
