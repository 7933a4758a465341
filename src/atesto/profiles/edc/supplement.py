"""The Diploma Supplement inside a European Digital Credential: programme, parts, entitlements, and what notes have to say.

The published shapes demand of every qualification, its parts included, that it has parts: a module is written as a part of itself, which is
how the chain ends. Modules name what they share with the whole by its id instead of repeating it: a programme has dozens of them, and
verifiers bound what they process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto.errors import MalformedInput
from atesto.profiles.edc.claims import Claims
from atesto.profiles.edc.concept import listed_concept
from atesto.profiles.edc.lists.learning import ENTITLEMENT_STATUSES, ENTITLEMENT_TYPES
from atesto.profiles.edc.nodes import incomplete
from atesto.profiles.edc.vocabulary import NO_GRADE, NOTES_OF_SUPPLEMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.record import Award
    from atesto.profiles.award.supplement import DiplomaSupplement, Module

_OF_THE_WHOLE = ("mode", "thematicArea", "language", "nqfLevel", "learningOutcome", "awardingOpportunity")
"""What a module shares with its programme."""


@dataclass(frozen=True, slots=True)
class Supplements(Claims):
    """Makes the claim of a Diploma Supplement; any other claim stays as it is."""

    def claim(self) -> JsonObject:
        """Raises MalformedInput `award.edc_incomplete` for each thing that the profile demands and the award does not state."""
        supplement = self.award.supplement
        found = self.achievement()
        if supplement is None:
            return found
        _demand(self.award, supplement)
        qualification = found["specifiedBy"]
        if not isinstance(qualification, dict):
            raise TypeError("an achievement is specified by a qualification")
        qualification["maximumDuration"] = f"P{supplement.duration_months}M"
        qualification["awardingOpportunity"] = self.node("AwardingOpportunity", "opportunity", awardingBody=self.awarding_body())
        _add(qualification, "additionalNote", self.notes(supplement))
        _add(found, "entitlesTo", self.entitlements(supplement, _named(found["awardedBy"])))
        modules = list(enumerate(supplement.modules))
        parts = [self.part(index, module, qualification) for index, module in modules]
        _add(qualification, "hasPart", parts)
        _add(found, "hasPart", [self.result(index, module, found) for index, module in modules])
        return found

    def part(self, index: int, module: Module, whole: JsonObject) -> JsonObject:
        """The module as a part of the qualification."""
        at = f"module/{index}"
        found = self.node("Qualification", at, title=dict(module.title), creditPoint=self.module_credits(at, module))
        found |= {member: _named(whole[member]) for member in _OF_THE_WHOLE}
        return found | {"maximumDuration": whole["maximumDuration"], "hasPart": _named(found)}

    def result(self, index: int, module: Module, whole: JsonObject) -> JsonObject:
        """The module as an achievement: credits and grade."""
        at = f"module/{index}"
        awarding = _named(whole["awardedBy"])
        assessment = self.node(
            "LearningAssessment",
            f"{at}/assessment",
            title=dict(module.title),
            awardedBy=awarding,
            grade=self.note(f"{at}/grade", module.grade or NO_GRADE),
        )
        return self.node(
            "LearningAchievement",
            f"{at}/achievement",
            title=dict(module.title),
            awardedBy=awarding,
            creditReceived=_named(self.module_credits(at, module)),
            provenBy=assessment,
            specifiedBy=_named(self.node("Qualification", at)),
        )

    def module_credits(self, at: str, module: Module) -> JsonObject:
        found = self.credits(f"{at}/credit", module.ects)
        if found is None:
            raise incomplete("Each part of the programme must state its credits.", "/supplement/modules")
        return found | {"framework": _named(found["framework"])}

    def entitlements(self, supplement: DiplomaSupplement, awarding: JsonValue) -> list[JsonValue]:
        """Section 5: further study, and the regulated profession."""
        rows = (
            ("learning opportunity", "further-study", supplement.further_study),
            ("occupation", "profession", supplement.regulated_profession),
        )
        return [self.entitlement(kind, at, text, awarding) for kind, at, text in rows if text is not None]

    def entitlement(self, kind: str, at: str, text: Mapping[str, str], awarding: JsonValue) -> JsonObject:
        specification = self.node(
            "LearningEntitlementSpecification",
            f"{at}/specification",
            title=dict(text),
            dcType=listed_concept(ENTITLEMENT_TYPES, kind, ""),
            entitlementStatus=listed_concept(ENTITLEMENT_STATUSES, "actual", ""),
        )
        return self.node("LearningEntitlement", at, title=dict(text), awardedBy=awarding, specifiedBy=specification)

    def notes(self, supplement: DiplomaSupplement) -> list[JsonValue]:
        signatory = supplement.certified_by
        texts: dict[str, Mapping[str, str] | None] = {
            "title_conferred": supplement.title_conferred,
            "institution_status": supplement.institution_status,
            "administered_by": supplement.administered_by,
            "grade_distribution": supplement.grade_distribution,
            "certified_by": {self.award.language: signatory.name} if signatory else None,
            "certifying_capacity": signatory.capacity if signatory else None,
        }
        return [self.note(f"note/{name}", text, about=NOTES_OF_SUPPLEMENT[name]) for name, text in texts.items() if text is not None]


def _demand(award: Award, supplement: DiplomaSupplement) -> None:
    """What the published shapes of the profile demand, in the order of the sections."""
    learner, level = award.learner, award.level
    demanded = (
        (learner and learner.full_name, "/learner/full_name", "the learner's full name"),
        (learner and learner.date_of_birth, "/learner/date_of_birth", "the learner's date of birth"),
        (award.field_of_education, "/field_of_education", "the field of education"),
        (award.instruction_languages, "/instruction_languages", "the language of instruction"),
        (level and level.nqf, "/level/nqf", "the level in the national framework"),
        (supplement.duration_months, "/supplement/duration_months", "the official length of the programme"),
        (award.participation, "/participation", "the form of participation"),
        (award.learning_outcomes, "/learning_outcomes", "the learning outcomes"),
        (award.workload and award.workload.ects, "/workload/ects", "the credits"),
        (supplement.modules, "/supplement/modules", "the parts of the programme"),
        *(
            (module.ects, f"/supplement/modules/{index}/ects", "the credits of each part of the programme")
            for index, module in enumerate(supplement.modules)
        ),
        (award.assessment or award.grade or award.supervision, "/assessment", "how the learning was assessed"),
        (award.quality_assurance, "/quality_assurance", "the accreditation"),
    )
    for stated, pointer, words in demanded:
        if not stated:
            raise incomplete(f"A Diploma Supplement must state {words}.", pointer)
    if award.stackability and award.stackability.part_of:
        sentence = "A Diploma Supplement is about a whole qualification, which is no part of another."
        raise MalformedInput("award.malformed", sentence, pointer="/stackability/part_of")


def _named(value: JsonValue) -> JsonValue:
    """The node, or each of the nodes, by its id alone."""
    if isinstance(value, list):
        return [_named(item) for item in value]
    if not isinstance(value, dict):
        raise TypeError("only nodes have ids")
    return {"id": value["id"]}


def _add(node: JsonObject, member: str, items: list[JsonValue] | list[JsonObject]) -> None:
    """More values of a member; one value stands alone."""
    there = node.get(member, [])
    values: list[JsonValue] = [*(there if isinstance(there, list) else [there]), *items]
    if values:
        node[member] = values[0] if len(values) == 1 else values
