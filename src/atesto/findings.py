"""Findings: what a verifier notices beside the verdict. They never change it (unless a policy names them)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject


class Level(StrEnum):
    """How much a finding matters to a reader."""

    INFO = "info"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class FindingCode:
    """One row of the catalogue."""

    level: Level
    title: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `code` stands in `FINDING_CODES`; `detail` is one sentence; `pointer` is an RFC 6901 JSON pointer."""

    code: str
    detail: str
    pointer: str = ""

    def to_json(self) -> JsonObject:
        """`{code, level, title, detail, pointer}`."""
        row = FINDING_CODES[self.code]
        return {"code": self.code, "level": row.level.value, "title": row.title, "detail": self.detail, "pointer": self.pointer}


_INFO, _WARNING = Level.INFO, Level.WARNING

# fmt: off
FINDING_CODES: Final[dict[str, FindingCode]] = {
    "image.baked": FindingCode(_INFO, "It came in a picture; the proof covers the credential, and not the picture around it."),
    "freshness.not_checked": FindingCode(_INFO, "Nobody asked whether this presentation was made for this occasion."),
    "holder.is_subject": FindingCode(_INFO, "Whoever presents this is the person it speaks of."),
    "holder.not_subject": FindingCode(_WARNING, "Whoever presents this is not the person it speaks of."),
    "holder.subject_unnamed": FindingCode(_INFO, "The credential does not name its subject by an identifier."),
    "holder.not_named": FindingCode(_INFO, "The presentation names no holder; the presenter is whoever controls the proof's key."),
    "time.no_offset": FindingCode(_WARNING, "A date-time does not say its time zone; it was read as UTC."),
    "binding.unverified": FindingCode(_WARNING, "It was not checked that the proof's key belongs to the issuer."),
    "status.none": FindingCode(_INFO, "It states no status: from the credential alone nobody can tell whether it was withdrawn."),
    "status.not_checked": FindingCode(_WARNING, "Whether this was revoked could not be checked: the kind of status is not known."),
    "schema.not_checked": FindingCode(_INFO, "The schema that the credential names was not applied."),
    "resource.not_checked": FindingCode(_INFO, "A resource that the document relies on was not compared with its digest."),
    "credential.self_asserted": FindingCode(_WARNING, "Whoever presents this says it of their own: nobody else vouches for it."),
    "edc.root_type": FindingCode(_WARNING, "This is not one European Digital Credential."),
    "edc.node_differs": FindingCode(_WARNING, "Two parts under one identifier say different things."),
    "edc.concept_unknown": FindingCode(_WARNING, "A value is not in its controlled list, which does not bind."),
    "edc.date_malformed": FindingCode(_WARNING, "A date is not written as the form demands."),
    "edc.duration_malformed": FindingCode(_WARNING, "A duration is not written as the form demands."),
    "edc.value_malformed": FindingCode(_WARNING, "A value is not written as the form demands."),
    "edc.property_missing": FindingCode(_WARNING, "Something that the profile asks for is not stated."),
    "edc.property_repeated": FindingCode(_WARNING, "Something is stated more often than the profile allows."),
    "edc.class_wrong": FindingCode(_WARNING, "Something is not of the kind that the profile asks for."),
    "edc.list_wrong": FindingCode(_WARNING, "A value does not come from the controlled list that the profile asks for."),
    "edc.concept_not_allowed": FindingCode(_WARNING, "A value is not in its controlled list, and the list binds."),
    "edc.learner_unidentified": FindingCode(_WARNING, "The credential does not say whom it was awarded to."),
    "edc.learner_unnamed": FindingCode(_INFO, "The credential identifies the learner without a name."),
    "edc.left_out": FindingCode(_INFO, "The profile was judged without what the data model states in another form."),
    "edc.conforms": FindingCode(_INFO, "It conforms to the profile of European Digital Credentials that it names."),
    "edc.not_conforming": FindingCode(_WARNING, "It does not conform to the profile of European Digital Credentials that it names."),
    "edc.shapes_conform": FindingCode(_INFO, "It conforms to the published SHACL shapes of the profile that it names."),
    "edc.shapes_violated": FindingCode(_WARNING, "It violates the published SHACL shapes of the profile that it names."),
    "edc.shapes_not_applied": FindingCode(_WARNING, "The published SHACL shapes were not applied."),
    "ob.conforms": FindingCode(_INFO, "It conforms to Open Badges or CLR, as its type says."),
    "ob.not_conforming": FindingCode(_WARNING, "It does not conform to Open Badges or CLR, though its type says so."),
    "ob.context": FindingCode(_WARNING, "The contexts of an Open Badge are not those of the specification, in its order."),
    "ob.context_outdated": FindingCode(_WARNING, "It was written in an older vocabulary of Open Badges."),
    "ob.extension_undefined": FindingCode(_WARNING, "A type is used whose vocabulary is not listed."),
    "ob.type": FindingCode(_WARNING, "A part of it does not say what it is."),
    "ob.member_missing": FindingCode(_WARNING, "Something is missing that an Open Badge must state."),
    "ob.member_malformed": FindingCode(_WARNING, "A value is not what an Open Badge has in its place."),
    "ob.member_unknown": FindingCode(_WARNING, "A part of it holds more than it may."),
    "ob.value_unknown": FindingCode(_WARNING, "A value is not in its enumeration."),
    "ob.subject_unidentified": FindingCode(_WARNING, "It does not say to whom it was given."),
    "ob.criteria_unstated": FindingCode(_WARNING, "It does not say what had to be done for it."),
    "ob.issuer_untold": FindingCode(_WARNING, "It does not say who its issuer is, but for an identifier."),
    "ob.result": FindingCode(_WARNING, "A result does not fit what the achievement says of its results."),
    "ob.identity_plain": FindingCode(_WARNING, "Something that identifies the learner can be read by everybody."),
    "ob.identity_malformed": FindingCode(_WARNING, "The hash of an identity is not one."),
    "ob.identity_weak": FindingCode(_WARNING, "The hash of an identity protects little."),
    "ob.evidence_embedded": FindingCode(_WARNING, "Evidence is embedded where a link belongs."),
    "clr.association_open": FindingCode(_WARNING, "An association joins something that is not in the record."),
    "clr.achievement_differs": FindingCode(_WARNING, "An achievement is told in two ways under one identifier."),
    "clr.credential_repeated": FindingCode(_WARNING, "The record holds a credential twice."),
    "clr.token": FindingCode(_WARNING, "A token stands in the record, where its vocabulary has no place for one."),
    "profile.unreadable": FindingCode(_WARNING, "What the credential says could not be read in the terms of its profile."),
    "eu2022.complete": FindingCode(_INFO, "It states every mandatory element of the European approach to micro-credentials."),
    "eu2022.element_absent": FindingCode(_INFO, "It does not state every mandatory element of the European approach to micro-credentials."),
    "eu2022.element_invalid": FindingCode(_WARNING, "An element of the European approach to micro-credentials is not sound."),
    "eu2022.learner_not_authenticated": FindingCode(_WARNING, "Nobody checked that the learner was the one who was assessed."),
    "token.wrapped": FindingCode(_WARNING, "The token holds its content in the way of an older version."),
    "token.claims_differ": FindingCode(_WARNING, "The token and the document in it name different credentials or holders."),
    "seal.timestamp_failed": FindingCode(_WARNING, "A timestamp of the seal does not hold; it proves nothing."),
    "seal.timestamp_untrusted": FindingCode(_INFO, "A timestamp of the seal is by nobody whom this node trusts; it proves no time."),
    "seal.part_unknown": FindingCode(_INFO, "The seal has parts that this node does not read; they are not signed."),
    "seal.revocation_not_checked": FindingCode(_WARNING, "Whether the seal's certificate was revoked was not checked."),
    "seal.issuer_id_unproven": FindingCode(_INFO, "The seal proves an organisation by its legal identifier, not by the issuer's address."),
    "linked_data.lost": FindingCode(_WARNING, "A part of it is signed, and no vocabulary says what it means."),
    "status.index_number": FindingCode(_INFO, "The place in the status list is written as a number, not as a text."),
    "status.message": FindingCode(_INFO, "The issuer says something of this beside its validity."),
    "status.list_unsigned": FindingCode(_WARNING, "That this was not revoked is as good as the host that says so: the list is not signed."),
    "status.list_by_another": FindingCode(_WARNING, "The status list is by somebody else than the issuer."),
    "refresh.replaced": FindingCode(_WARNING, "The issuer has a newer copy of this; the newer one was judged and is shown."),
    "refresh.failed": FindingCode(_INFO, "A newer copy could not be had; this one was judged."),
    "recipient.weak_hash": FindingCode(_WARNING, "Whom this was awarded to is hidden by a hash that is broken (md5)."),
    "nested.unsecured": FindingCode(_INFO, "A credential inside has no proof of its own: the outer one alone vouches for it."),
    "endorsement.other_subject": FindingCode(_WARNING, "An endorsement speaks of something else than it stands beside."),
    "proof.deprecated_suite": FindingCode(_WARNING, "The proof is of a kind that is no longer made."),
    "key.published": FindingCode(_WARNING, "The key's secret is published: anybody could have signed this. The settings accept it."),
    "token.badge_form": FindingCode(_INFO, "The badge is secured as VC-JOSE-COSE says, not as Open Badges says."),
    "token.claims_missing": FindingCode(_WARNING, "The badge's token does not repeat what the badge states."),
    "proof.nested_not_verified": FindingCode(_WARNING, "A part of it carries a proof of its own, which was not verified."),
    "finding.more": FindingCode(_INFO, "There is more of this than is listed."),
    "context.recompacted": FindingCode(_WARNING, "The document defined words of its own; it is shown in bundled vocabularies only."),
}
# fmt: on
