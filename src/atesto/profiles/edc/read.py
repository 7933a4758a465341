"""Award records from European Digital Credentials.

Tolerant: members may be missing, stand alone or in lists, be told in full or named by id; what cannot be read is left out, and the
rules over the award say what is missing. A value outside its controlled list is kept as it stands, to be reported as such. Of several
achievements the first is read. Birth dates that were shifted from midnight in a European time zone are read as the day that was meant.

What was read is remembered with its place, so that every result of a rule can say where in the document it comes from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.cycles import EHEA_CYCLES
from atesto.profiles.edc.duration import duration_to_hours
from atesto.profiles.edc.lists.europass import ACTIVITY_TYPES, ASSESSMENT_TYPES, EQF_LEVELS, MODES, SUPERVISION_TYPES
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.lists.learning import REUSE_LEVELS, SKILL_TYPES
from atesto.profiles.edc.read_supplement import SupplementRead
from atesto.profiles.edc.reader import string, text
from atesto.profiles.edc.source import IRI, without_nothing
from atesto.profiles.edc.vocabulary import NO_GRADE, NOTE_ON_LEVEL, NOTE_ON_STACKABILITY

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.record import Award
    from atesto.profiles.places import Places

_LEVEL: Final = re.compile(r"[0-9]{1,4}")


def read(document: JsonObject, places: Places | None = None) -> Award:
    """The award that the credential speaks of. Raises MalformedInput `award.malformed` when what it says exceeds the record's bounds.

    `places`, when given, is filled with where each part of the award stands in the document.
    """
    reading = _Reading(document)
    award = reading.award()
    if places is not None:
        places.found.update(reading.places)
        places.homes.update(reading.homes())
    return parse_award(award)


class _Reading(SupplementRead):
    def award(self) -> JsonObject:
        qualification, activity = self.qualification, self.one(self.activity, "specifiedBy")
        self.note("/title", self.achievement if text(self.achievement, "title") else qualification, "title")
        found = without_nothing(
            {
                "language": self.language,
                "title": self.title,
                "description": self.text("/description", self.achievement, "description"),
                "learner": self.learner(),
                "awarding_body": self.body("/awarding_body", self.awarding_body),
                "mandate": self.mandate(),
                "issuing_date": self.day("/issuing_date", self.awarding, "awardingDate")
                or self.day("/issuing_date", self.document, "issued"),
                "valid_until": self.day("/valid_until", self.document, "validUntil")
                or self.day("/valid_until", self.document, "expirationDate"),
                "learning_outcomes": self._outcomes(),
                "workload": self._workload(),
                "level": self._level(),
                "assessment": self._assessed(),
                "participation": self.listed("/participation", MODES, qualification, "mode")
                or self.listed("/participation", MODES, activity, "mode"),
                "quality_assurance": self.quality_assurance(),
                "prerequisites": self.text("/prerequisites", self.one(qualification, "entryRequirement"), "noteLiteral"),
                "supervision": self.listed("/supervision", SUPERVISION_TYPES, self.assessment, "idVerification", mandatory=True),
                "grade": self._grade(),
                "stackability": self._stackability(),
                "further_information": self._further_information(),
                "activity": self._activity(),
                "field_of_education": self.codes("/field_of_education", FIELDS_OF_EDUCATION, qualification, "thematicArea"),
                "instruction_languages": self.codes("/instruction_languages", LANGUAGES, qualification, "language"),
                "accredited": self.accredited(),
                "conversion": self.conversion(),
            }
        )
        supplement = self.supplement()
        # A supplement that says nothing is still one: the profile says so.
        return found if supplement is None else {**found, "supplement": supplement}

    def homes(self) -> dict[str, str]:
        """Where each element would stand: the innermost part of the document that is there, whether it states the element or not."""
        to_subject = (self.subject, self.document)
        to_achievement = (self.achievement, *to_subject)
        to_qualification = (self.qualification, *to_achievement)
        to_assessment = (self.assessment, *to_achievement)
        homes: dict[str, tuple[JsonObject, ...]] = dict.fromkeys(
            (
                "learning_outcomes",
                "workload",
                "level",
                "participation",
                "quality_assurance",
                "prerequisites",
                "stackability",
                "further_information",
            ),
            to_qualification,
        )
        homes |= {
            "learner": to_subject,
            "title": to_achievement,
            "awarding_body": (self.awarding_body, self.awarding, *to_achievement),
            "mandate": (self.one(self.document, "evidence"), self.document),
            "issuing_date": (self.awarding, *to_achievement),
            "valid_until": (self.document,),
            "assessment": (self.assessment_specification, *to_assessment),
            "supervision": to_assessment,
            "grade": to_assessment,
        }
        return {f"/{name}": next((place for node in nodes if node and (place := self.pointer(node))), "") for name, nodes in homes.items()}

    # --- what ------------------------------------------------------------------------------------------------------------

    def _outcomes(self) -> JsonValue:
        found: list[JsonValue] = []
        self.note("/learning_outcomes", self.qualification, "learningOutcome")
        for outcome in self.many(self.qualification, "learningOutcome"):
            at = f"/learning_outcomes/{len(found)}"
            title = self.text(at, outcome, "title")
            if title is not None:
                skills: list[JsonValue] = []
                for node in self.many(outcome, "relatedESCOSkill"):
                    if (skill := string(node, "id")) and IRI.match(skill):
                        self.note(f"{at}/esco/{len(skills)}", node)
                        skills.append(skill)
                kind = self.listed(f"{at}/type", SKILL_TYPES, outcome, "dcType")
                reuse = self.listed(f"{at}/reuse_level", REUSE_LEVELS, outcome, "reusabilityLevel")
                found.append(without_nothing({"title": title, "type": kind, "reuse_level": reuse, "esco": skills}))
        return found

    def _workload(self) -> JsonValue:
        qualification, specified = self.qualification, self.one(self.activity, "specifiedBy")
        volume = self.string("/workload/hours", qualification, "volumeOfLearning")
        hours = duration_to_hours(volume) if volume else None
        otherwise: list[JsonValue] = []
        stated = ((qualification, "volumeOfLearning"), (self.activity, "workload"), (specified, "volumeOfLearning"))
        for node, member in stated:
            duration = string(node, member)
            if duration and duration_to_hours(duration) is None:
                self.note(f"/workload/stated_otherwise/{len(otherwise)}", node, member)
                otherwise.append(duration)
        credits_ = self.ects("/workload/ects", qualification, "creditPoint")
        received = self.ects("/workload/received", self.achievement, "creditReceived")
        found: JsonObject = {"hours": hours, "ects": credits_, "received": received, "stated_otherwise": otherwise}
        return without_nothing(found)

    def _level(self) -> JsonValue:
        qualification = self.qualification
        eqf = string(self.one(qualification, "eqfLevel"), "id") or ""
        digits = eqf.removeprefix(EQF_LEVELS.base)
        national = self.one(qualification, "nqfLevel")
        name = string(national, "id")
        self.note("/level/eqf", qualification, "eqfLevel")
        self.note("/level/nqf", qualification, "nqfLevel")
        return without_nothing(
            {
                "eqf": int(digits) if _LEVEL.fullmatch(digits) else None,
                "nqf": without_nothing({"id": name, "label": text(national, "prefLabel")}) if name and IRI.match(name) else None,
                "ehea": self._cycle(),
                "not_applicable": self.note_of("/level/not_applicable", NOTE_ON_LEVEL),
            }
        )

    def _cycle(self) -> str | None:
        """The first education level that is a cycle of the framework; other levels are no part of the record."""
        for found in self.many(self.qualification, "educationLevel"):
            code = EHEA_CYCLES.code(string(found, "id") or "")
            if code is not None:
                self.note("/level/ehea", self.qualification, "educationLevel")
                return EHEA_CYCLES.labels[code]
        return None

    def _assessed(self) -> JsonValue:
        kind = self.listed("/assessment/type", ASSESSMENT_TYPES, self.assessment_specification, "dcType")
        title = self.text("/assessment/title", self.assessment, "title")
        process = self.one(self.assessment, "awardedBy")
        same_process = string(process, "id") == string(self.awarding, "id")
        return without_nothing(
            {
                "type": kind,
                "title": None if title in ({"en": kind}, self.title if kind is None else None) else title,
                "description": self.text("/assessment/description", self.assessment, "description"),
                "date": None if same_process else self.day("/assessment/date", process, "awardingDate"),
            }
        )

    def _grade(self) -> JsonValue:
        value = text(self.one(self.assessment, "grade"), "noteLiteral")
        if value is None or value == NO_GRADE:
            return None
        self.note("/grade", self.assessment, "grade")
        scheme = self.one(self.assessment_specification, "gradingScheme")
        title = self.text("/grade/scheme", scheme, "title")
        told = without_nothing({"title": title, "description": text(scheme, "description")}) if title else None
        return without_nothing({"value": value, "scheme": told})

    def _stackability(self) -> JsonValue:
        partial = self.qualification.get("isPartialQualification")
        wholes = self.many(self.qualification, "isPartOf")
        titles: list[JsonValue] = [title for node in wholes if (title := text(node, "title")) is not None]
        self.note("/stackability/part_of", self.qualification, "isPartOf")
        self.note("/stackability/partial", self.qualification, "isPartialQualification")
        return without_nothing(
            {
                "partial": partial if isinstance(partial, bool) else None,
                "part_of": titles,
                "note": self.note_of("/stackability/note", NOTE_ON_STACKABILITY),
            }
        )

    def _further_information(self) -> JsonValue:
        links: list[JsonValue] = []
        for document in self.many(self.qualification, "supplementaryDocument"):
            url = self.web(f"/further_information/links/{len(links)}", document)
            if url is not None:
                links.append(without_nothing({"url": url, "title": text(document, "title")}))
        return without_nothing({"text": self.note_of("/further_information/text", None), "links": links})

    def _activity(self) -> JsonValue:
        title = self.text("/activity", self.activity, "title")
        if title is None:
            return None
        kind = self.listed("/activity/type", ACTIVITY_TYPES, self.one(self.activity, "specifiedBy"), "dcType")
        workload = string(self.activity, "workload")
        return without_nothing({"title": title, "type": kind, "hours": duration_to_hours(workload) if workload else None})
