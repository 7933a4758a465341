"""What a command's exit code says. 0 to 2 are verdicts; 64 and up are those of sysexits.h."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.errors import CustodyError, StorageError
from atesto.verification.report import Verdict

if TYPE_CHECKING:
    from atesto.errors import AtestoError

CONFIRMED: Final = 0
REFUSED: Final = 1
NOT_CONFIRMED: Final = 2
USAGE: Final = 64
NO_INPUT: Final = 66
UNFORESEEN: Final = 70
CANNOT_WRITE: Final = 73
STORAGE: Final = 74
CONFIGURATION: Final = 78
INTERRUPTED: Final = 130

MEANINGS: Final = {
    CONFIRMED: "confirmed; done",
    REFUSED: "refused",
    NOT_CONFIRMED: "not confirmed: something could not be checked",
    USAGE: "the command line is wrong",
    NO_INPUT: "an input file cannot be read",
    UNFORESEEN: "something unforeseen",
    CANNOT_WRITE: "an output file cannot be written",
    STORAGE: "keys or the issuing record cannot be used",
    CONFIGURATION: "a setting is wrong",
    INTERRUPTED: "interrupted",
}
OF_VERDICT: Final = {Verdict.CONFIRMED: CONFIRMED, Verdict.REFUSED: REFUSED, Verdict.NOT_CONFIRMED: NOT_CONFIRMED}


def exit_code_of(error: AtestoError) -> int:
    """The code of a command that ended with `error`."""
    if error.code.startswith("settings."):
        return CONFIGURATION
    if error.code == "request.unknown_name":
        return USAGE
    if isinstance(error, CustodyError | StorageError):
        return STORAGE
    return NOT_CONFIRMED if error.entry.undecided else REFUSED
