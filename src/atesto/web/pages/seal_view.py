"""What a person reads of a seal: the answer, whose it is, when it was made and on whose word, what kind it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import AtestoError
from atesto.web.pages.reader import Reader

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

_MAX_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True)
class SealRow:
    """One line. `english`: the text is in English whatever the reader's language."""

    label: str
    text: str
    english: bool = False


@dataclass(frozen=True, slots=True)
class SealView:
    """Every member is plain text, to be escaped and isolated in direction."""

    rows: tuple[SealRow, ...]


def view_seal(seal: JsonObject, reader: Reader | None = None) -> SealView:
    """What can be shown of a report's `seal` member."""
    view = _View(reader or Reader())
    certificate, qualification = _object(seal.get("certificate")), _object(seal.get("qualification"))
    proven = seal.get("provenTime")
    answer = " · ".join(str(part) for part in (seal.get("indication"), seal.get("subIndication")) if part)
    rows = [
        view.row("answer", answer, english=True),
        view.row("signature", view.signature(seal.get("signature"))),
        view.row("by", _joined(certificate, "organization", "organizationIdentifier", "country")),
        view.row("kind", qualification.get("seal"), english=True),
        view.row("level", seal.get("level")),
        view.row("proven", view.moment(proven)) if proven else view.row("claimed", view.moment(seal.get("claimedTime"))),
        view.row("certificate", _joined(certificate, "subject")),
        view.row("authority", certificate.get("issuer")),
        view.row("valid", view.period(certificate) if certificate else None),
        *view.timestamps(seal.get("timestamps")),
    ]
    return SealView(tuple(row for row in rows if row is not None))


@dataclass(frozen=True, slots=True)
class _View:
    reader: Reader

    def row(self, key: str, value: JsonValue, *, english: bool = False) -> SealRow | None:
        if not isinstance(value, str) or not value:
            return None
        return SealRow(self.reader.words(f"seal.{key}"), value[:_MAX_CHARACTERS], english)

    def timestamps(self, listed: JsonValue) -> list[SealRow | None]:
        found = [one for one in (listed if isinstance(listed, list) else []) if isinstance(one, dict)]
        return [self.row("timestamp", self._timestamp(one)) for one in found]

    def _timestamp(self, one: JsonObject) -> str:
        return ", ".join(text for text in (str(one.get("kind")), self._state(one), self.moment(one.get("time"))) if text)

    def _state(self, one: JsonObject) -> str:
        state = self.reader.words(f"seal.timestamp.{one.get('state')}")
        return f"{state} ({one['authority']})" if isinstance(one.get("authority"), str) else state

    def signature(self, value: JsonValue) -> str | None:
        return self.reader.words(f"seal.signature.{value}") if isinstance(value, str) else None

    def period(self, certificate: JsonObject) -> str:
        start, end = (self.day(certificate.get(name)) for name in ("notBefore", "notAfter"))
        return self.reader.words("seal.period").format(start=start, end=end)

    def moment(self, value: JsonValue) -> str:
        try:
            return self.reader.moment(parse_timestamp(value).moment) if isinstance(value, str) else ""
        except AtestoError:
            return ""

    def day(self, value: JsonValue) -> str:
        try:
            return self.reader.day(parse_timestamp(value).moment) if isinstance(value, str) else ""
        except AtestoError:
            return ""


def _joined(members: JsonObject, *names: str) -> str:
    return ", ".join(str(members[name]) for name in names if isinstance(members.get(name), str))


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}
