"""What a status means for a credential: the judgement over a list that has been verified.

| purpose | value | |
|---|---|---|
| revocation | not 0 | refused: `status.revoked` |
| suspension | not 0 | refused: `status.suspended` |
| message, refresh | any | never refuses: what it says comes back |
| any other | not 0 | not confirmed: `status.unknown_purpose` |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.errors import VerificationError
from atesto.status.bitstring import value_at

if TYPE_CHECKING:
    from atesto.status.bitstring import BitstringList
    from atesto.status.entry import StatusEntry

_WITHDRAWN: Final = {"revocation": "status.revoked", "suspension": "status.suspended"}
_REFRESH: Final = "A newer version of it may be had from its issuer."


def judge_bitstring(found: BitstringList, entry: StatusEntry) -> str | None:
    """What the issuer says of the credential beside its validity; None for nothing. Raises VerificationError `status.*`."""
    value = value_at(found, entry)
    purpose = entry.purpose or ""
    if purpose == "message":
        return entry.messages.get(value, f"The status list says {value:#x}.")
    if not value:
        return None
    if purpose == "refresh":
        return _REFRESH
    if purpose in _WITHDRAWN:
        raise VerificationError(_WITHDRAWN[purpose], f"The status list says so, for the purpose {purpose}.", pointer=entry.pointer)
    raise VerificationError("status.unknown_purpose", f"A status of purpose {purpose[:64]!r} is set.", pointer=entry.pointer)
