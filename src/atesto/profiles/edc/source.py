"""The parts of a European Digital Credential that an award is read from, and its values as the award record writes them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import MalformedInput
from atesto.profiles.award.data_url import data_url
from atesto.profiles.edc.lists.file_types import FILE_TYPES
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.nodes import FILE_TYPE_OF
from atesto.profiles.edc.reader import Reader, has_type, string, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.edc.lists.controlled_list import ControlledList

IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\^`{|}]+\Z")
_WEB: Final = re.compile(r"https?://[^\s/?#<>\"\\^`{|}]+[^\s<>\"\\^`{|}]*\Z")
_WRITTEN_DAY: Final = 10
"""How many characters of a date-time are its day, as it is written: in the place where it was written."""
_LATE_EVENING: Final = 21
"""Midnight in Bucharest or Athens in summer is 21:00 UTC of the day before."""


class Source(Reader):
    """One document, taken apart. Of several achievements the first counts."""

    def __init__(self, document: JsonObject) -> None:
        """Finds the parts; those that are missing are empty."""
        super().__init__(document)
        self.subject = self.one(document, "credentialSubject")
        achievements = [claim for claim in self.many(self.subject, "hasClaim") if has_type(claim, "LearningAchievement")]
        self.achievement: JsonObject = achievements[0] if achievements else {}
        self.qualification = self.one(self.achievement, "specifiedBy")
        self.assessment = self.one(self.achievement, "provenBy")
        self.assessment_specification = self.one(self.assessment, "specifiedBy")
        self.activity = self.one(self.achievement, "influencedBy")
        self.awarding = self.one(self.achievement, "awardedBy")
        self.awarding_body = self.one(self.awarding, "awardingBody")
        self.title = text(self.achievement, "title") or text(self.qualification, "title")
        self.language = self._main_language()

    def _main_language(self) -> str:
        """The primary language of the display; as the title writes it where that tells the region, too."""
        iri = string(self.one(self.document, "displayParameter", "primaryLanguage"), "id")
        code = LANGUAGES.code(iri) if iri else None
        tags = list(self.title or {})
        if code is None:
            return tags[0] if tags else "en"
        tag = next(name for name, found in LANGUAGES.names.items() if found == code)
        return next((found for found in sorted(tags) if found.split("-", 1)[0] == tag), tag)

    # --- values, and where they stand ------------------------------------------------------------------------------------

    def text(self, at: str, node: JsonObject, member: str) -> JsonObject | None:
        found = text(node, member)
        if found is not None:
            self.note(at, node, member)
        return found

    def string(self, at: str, node: JsonObject, member: str) -> str | None:
        found = string(node, member)
        if found is not None:
            self.note(at, node, member)
        return found

    def day(self, at: str, node: JsonObject, member: str, *, shifted: bool = False) -> str | None:
        found = _day(node, member, shifted=shifted)
        if found is not None:
            self.note(at, node, member)
        return found

    def web(self, at: str, node: JsonObject) -> str | None:
        url = string(node, "contentURL")
        if url is None or not _WEB.match(url):
            return None
        self.note(at, node, "contentURL")
        return url

    def words(self, at: str, node: JsonObject, member: str) -> str | None:
        """A text of which the record holds one language: the award's own, else the first."""
        found = self.text(at, node, member) or {}
        return next((str(found[language]) for language in (self.language, *found) if language in found), None)

    def note_of(self, at: str, about: str | None) -> JsonObject | None:
        """The qualification's note about that; None is about the whole."""
        for note in self.many(self.qualification, "additionalNote"):
            if string(self.one(note, "subject"), "id") == about:
                return self.text(at, note, "noteLiteral")
        return None

    def listed(self, at: str, table: ControlledList, node: JsonObject, member: str, *, mandatory: bool = False) -> str | None:
        """The value's label; where the list is not mandatory, a home-made concept with a label of the list counts as that value."""
        concept = self.one(node, member)
        iri = string(concept, "id")
        code = table.code(iri) if iri else None
        if code is None and not mandatory:
            label = (text(concept, "prefLabel") or {}).get("en")
            code = table.find(label) if isinstance(label, str) else None
        if code is not None or iri is not None:
            self.note(at, node, member)
        return iri if code is None else table.labels[code]

    def codes(self, at: str, table: ControlledList, node: JsonObject, member: str) -> JsonValue:
        self.note(at, node, member)
        return [code for found in self.many(node, member) if (code := code_of(table, found))]

    def file(self, at: str, media: JsonObject, fault_of: Callable[[str], str | None]) -> str | None:
        """The media object as a data URL; None when it is none that a record may hold."""
        kind = FILE_TYPES.code(string(self.one(media, "contentType"), "id") or "")
        content = string(media, "content")
        media_type = next((name for name, code in FILE_TYPE_OF.items() if code == kind), None)
        if media_type is None or content is None or fault_of(url := data_url(media_type, content)) is not None:
            return None
        self.note(at, media)
        return url


def code_of(table: ControlledList, node: JsonObject) -> str | None:
    """The list's code for a concept; its IRI when the list has none."""
    iri = string(node, "id")
    return (table.code(iri) or iri) if iri else None


def lasting_id(node: JsonObject) -> str | None:
    """The node's id, unless it names nothing outside of this one document."""
    name = string(node, "id")
    return name if name and IRI.match(name) and not name.startswith(("urn:uuid:", "urn:epass:")) else None


def without_nothing(members: dict[str, JsonValue]) -> JsonObject:
    """The members that say something; an object of none stands for nothing at all one level up."""
    return {name: value for name, value in members.items() if value not in (None, [], {})}


def _day(node: JsonObject, member: str, *, shifted: bool = False) -> str | None:
    value = string(node, member)
    if value is None:
        return None
    try:
        moment = parse_timestamp(value).moment
    except MalformedInput:
        return None
    late = value.endswith("Z") and moment.hour >= _LATE_EVENING and moment.minute == moment.second == 0
    if shifted and late and moment.date() < date.max:
        return (moment.date() + timedelta(days=1)).isoformat()
    return value[:_WRITTEN_DAY]
