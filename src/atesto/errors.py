"""The one error family.

Every refusal in atesto is one of these classes, each with a stable `code` from `error_codes.ERROR_CODES`. The code gives the
title, the operator's hint, the specification's problem type and the HTTP status; the raiser gives one sentence for a person (`detail`)
and the JSON pointer of the fault. Exceptions of other libraries never cross a module boundary.
"""

from __future__ import annotations

from atesto.error_codes import ERROR_CODES, ErrorCode


class AtestoError(Exception):
    """A refusal. Its `detail` never holds a secret; a `detail` that repeats input repeats names, not claims."""

    def __init__(self, code: str, detail: str, *, pointer: str = "") -> None:
        """`code` stands in `ERROR_CODES`; `pointer` is an RFC 6901 JSON pointer, empty for the whole document."""
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.pointer = pointer

    @property
    def entry(self) -> ErrorCode:
        """The catalogue row of this error's code."""
        return ERROR_CODES[self.code]

    def below(self, prefix: str) -> AtestoError:
        """The same error with its pointer moved below `prefix`: an inner document's fault seen from the outer one."""
        return type(self)(self.code, self.detail, pointer=prefix + self.pointer)

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process boundaries whole."""
        return (_rebuild, (type(self), self.code, self.detail, self.pointer))


def _rebuild(kind: type[AtestoError], code: str, detail: str, pointer: str) -> AtestoError:
    return kind(code, detail, pointer=pointer)


class MalformedInput(AtestoError):
    """The bytes or the structure are not what the format demands."""


class UnsupportedFeature(AtestoError):
    """Well-formed, and something this node does not do."""


class ResolutionError(AtestoError):
    """A DID, verification method or controller document could not be had."""


class VerificationError(AtestoError):
    """A check of the verification pipeline failed."""


class PolicyDenied(AtestoError):
    """Allowed by the specification and refused by the policy in force."""


class CustodyError(AtestoError):
    """A key could not be created, opened or used."""


class StorageError(AtestoError):
    """A record could not be made durable or read back."""
