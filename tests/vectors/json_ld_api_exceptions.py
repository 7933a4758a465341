"""Cases of the JSON-LD API suite that this processor answers otherwise than the suite, each under its reason.

The suite has no idea of loss: what it drops or leaves unsigned is refused here. A case that stands here and is answered as the suite wants
fails, and so does one that is refused with another code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Cases by kind, in names without `#`, that are refused with `code` for one reason."""

    reason: str
    code: str
    expand: str
    to_rdf: str

    def names(self, kind: str) -> list[str]:
        return (self.expand if kind == "expand" else self.to_rdf).split()


REFUSED: Final = (
    # The suite expects a result.
    Exceptions(
        "@graph",
        "linked_data.keyword_misuse",
        expand="t0012 t0017 t0021 t0081 t0095 t0102",
        to_rdf="t0030 t0113 t0115 t0116 t0121 t0122 t0123 t0126 t0127 t0128 t0130 t0131 t0132 te017 te021 te046 te095 te103",
    ),
    Exceptions(
        "a term's IRI written out",
        "linked_data.renamed_term",
        expand="t0034",
        to_rdf="t0009 te035",
    ),
    Exceptions(
        "@included",
        "linked_data.keyword_misuse",
        expand="tin02 tin05",
        to_rdf="tin02 tin03 tin04 tin05 tin06",
    ),
    Exceptions(
        "@nest",
        "linked_data.keyword_misuse",
        expand="tc038 tn002 tn003 tn005",
        to_rdf="tn001 tn003 tn004 tn007",
    ),
    Exceptions(
        "@reverse",
        "linked_data.keyword_misuse",
        expand="t0043 t0049 t0064 t0065 t0078",
        to_rdf="t0031 t0119 t0133 te037 te039 te042 te043 te063 te064 te065",
    ),
    Exceptions(
        "JSON-LD 1.0 only",
        "linked_data.invalid",
        expand="t0026 t0071",
        to_rdf="te026 te071",
    ),
    Exceptions(
        "blank node label",
        "linked_data.blank_node_id",
        expand="t0038 t0068",
        to_rdf="te068",
    ),
    Exceptions(
        "character that no IRI may hold",
        "linked_data.invalid_iri",
        expand="",
        to_rdf="tli12 twf01",
    ),
    Exceptions(
        "identifier that is no IRI",
        "linked_data.relative_iri",
        expand="t0122",
        to_rdf="te122 tli14",
    ),
    Exceptions(
        "malformed language tag",
        "linked_data.invalid_language",
        expand="",
        to_rdf="twf05",
    ),
    Exceptions(
        "map keyed by index, id or type",
        "linked_data.keyword_misuse",
        expand=(
            "t0036 t0044 t0082 t0083 t0086 t0096 t0100 t0101 t0107 tc013 tm002 tm003 tm004 tm005 tm006 tm007 tm008 tm011 "
            "tm013 tm014 tm015 tm018 tpi06 tpi07 tpi10"
        ),
        to_rdf=(
            "tc013 te044 te082 te083 te084 te085 te086 te087 te097 te098 te100 te101 te105 te106 te107 tm002 tm006 tm007 "
            "tm012 tm013 tm014 tm015 tm016 tm019 tpi07 tpi11"
        ),
    ),
    Exceptions(
        "nothing is said about anything",
        "linked_data.dropped_value",
        expand="t0001 t0045",
        to_rdf="",
    ),
    Exceptions(
        "null, or language without a value",
        "linked_data.dropped_value",
        expand="t0008 t0014 t0015 t0016 tl001",
        to_rdf="te004 te008 te014 te015 te016",
    ),
    Exceptions(
        "two members say the same",
        "linked_data.keyword_misuse",
        expand="t0114",
        to_rdf="te114 tpr30",
    ),
    Exceptions(
        "type that is no IRI",
        "linked_data.undefined_type",
        expand="",
        to_rdf="twf04",
    ),
    Exceptions(
        "undefined or nulled term, or one that becomes no IRI",
        "linked_data.undefined_term",
        expand="t0060 t0077 t0111 t0112 tc018 tpr06 tpr19 tpr36",
        to_rdf="tc014 te032 te060 te111 te119 tpr06 tpr19 tpr34 tpr36 tpr38 twf02",
    ),
)
OTHERWISE: Final = (
    # The suite expects a refusal too, under another name.
    Exceptions(
        "@included",
        "linked_data.keyword_misuse",
        expand="tin07 tin08 tin09",
        to_rdf="tin08 tin09",
    ),
    Exceptions(
        "@index",
        "linked_data.keyword_misuse",
        expand="",
        to_rdf="ter31",
    ),
    Exceptions(
        "@nest",
        "linked_data.keyword_misuse",
        expand="ten03 ten04",
        to_rdf="ten02 ten04",
    ),
    Exceptions(
        "@reverse",
        "linked_data.keyword_misuse",
        expand="ter25 ter33 ter34 ter36",
        to_rdf="ter25 ter33 ter34 ter36",
    ),
    Exceptions(
        "refused as context overflow",
        "linked_data.invalid",
        expand="ter02 ter03",
        to_rdf="ter02",
    ),
    Exceptions(
        "refused as invalid IRI mapping",
        "linked_data.invalid",
        expand="tc032 tc033",
        to_rdf="tc032 tc033",
    ),
    Exceptions(
        "blank node label",
        "linked_data.blank_node_id",
        expand="ter40",
        to_rdf="ter40",
    ),
    Exceptions(
        "context that is not registered",
        "context.unknown",
        expand="ter04",
        to_rdf="ter04",
    ),
    Exceptions(
        "identifier that is no IRI",
        "linked_data.relative_iri",
        expand="",
        to_rdf="ter27",
    ),
    Exceptions(
        "malformed language tag",
        "linked_data.invalid_language",
        expand="ter30",
        to_rdf="ter30",
    ),
    Exceptions(
        "map keyed by index, id or type",
        "linked_data.keyword_misuse",
        expand="tpi01 tpi05",
        to_rdf="tpi01",
    ),
    Exceptions(
        "nothing is said about anything",
        "linked_data.dropped_value",
        expand="",
        to_rdf="ter21",
    ),
    Exceptions(
        "something beside a list or set",
        "linked_data.keyword_misuse",
        expand="",
        to_rdf="ter41",
    ),
    Exceptions(
        "two members say the same",
        "linked_data.keyword_misuse",
        expand="ter26",
        to_rdf="ter26",
    ),
    Exceptions(
        "type that is no IRI",
        "linked_data.undefined_type",
        expand="ter28",
        to_rdf="te123 ter28",
    ),
)
VERSION_1_0: Final = {
    # Refusals that only a JSON-LD 1.0 processor owes: 1.1 allows what they forbid.
    "expand": "t0115 t0116 ter24 ter32 ter42 tes01",
    "toRdf": "tc029 te115 te116 ter32 ter42 ttn01",
}
DIRECTIONS: Final = {
    # The suite's default leaves base directions out of the statements. Here they are always in them (i18n-datatype).
    "not signed": "tdi01 tdi02 tdi03 tdi04 tdi05",
    "compound-literal": "tdi11 tdi12",
}
