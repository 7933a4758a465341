"""The eleven stations of verification, in their order. A station never runs before the one above it has passed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Station(IntEnum):
    """Numbers and names are part of the report; they do not change."""

    TRANSPORT = 1
    PARSING = 2
    SHAPE = 3
    CONTEXTS = 4
    LINKED_DATA = 5
    KEYS = 6
    BINDING = 7
    SIGNATURE = 8
    TIME = 9
    STATUS = 10
    RESULT = 11


@dataclass(frozen=True, slots=True)
class StationText:
    """What a station is called and what a person reads when it passed."""

    name: str
    passed: str


STATION_TEXTS: Final[dict[Station, StationText]] = {
    Station.TRANSPORT: StationText("transport", "The document arrived whole and within bounds."),
    Station.PARSING: StationText("parsing", "It reads in one way only."),
    Station.SHAPE: StationText("shape", "It has the parts that such a document must have."),
    Station.CONTEXTS: StationText("contexts", "Its vocabularies are known."),
    Station.LINKED_DATA: StationText("linked_data", "Every statement in it is covered by the proof."),
    Station.KEYS: StationText("keys", "The key of each proof was found where its owner publishes it."),
    Station.BINDING: StationText("binding", "The keys belong to those who speak, and may be used for this."),
    Station.SIGNATURE: StationText("signature", "Nothing was changed after signing."),
    Station.TIME: StationText("time", "It is valid at this time."),
    Station.STATUS: StationText("status", "It was not withdrawn, as far as it says where to look."),
    Station.RESULT: StationText("result", "Only what the proofs cover is shown."),
}

SEALED_TEXTS: Final[dict[Station, str]] = {
    Station.LINKED_DATA: "Its text is sealed; what no vocabulary explains is listed.",
    Station.KEYS: "The seal's certificate leads to an authority that this node trusts.",
    Station.BINDING: "The seal is that of the organisation which is named as the issuer.",
    Station.SIGNATURE: "Nothing was changed after sealing.",
    Station.TIME: "The certificate held when it was sealed, and the document is valid at this time.",
    Station.RESULT: "Only what the seal covers is shown.",
}
"""What a person reads instead of a document in a seal."""
