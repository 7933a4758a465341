"""Europass lists in which a verification is reported.

Made by scripts/vocabulary: change that, not this.
"""

from __future__ import annotations

from typing import Final

from atesto.profiles.edc.lists.controlled_list import ControlledList

VERIFICATION_CHECKS: Final = ControlledList(
    title="kinds of verification check",
    scheme="http://data.europa.eu/snb/verification/25831c2",
    base="http://data.europa.eu/snb/verification/",
    labels={
        "1faf8d450f": "owner",
        "271aef9eb4": "revocation",
        "2f5b89b96f": "format",
        "94d828f160": "expiry",
        "c_50990fe3": "custom",
        "e2bbc86a28": "accreditation",
        "f9c2016fe9": "seal",
    },
    complete=False,
)

VERIFICATION_STATUSES: Final = ControlledList(
    title="statuses of a verification check",
    scheme="http://data.europa.eu/snb/verification-status/25831c2",
    base="http://data.europa.eu/snb/verification-status/",
    labels={
        "641f0c5e5d": "skipped",
        "9895008394": "ok",
        "9d26eb9a37": "error",
    },
    complete=False,
)
