"""What JSON-LD loses in silence, as errors: the rules, without the algorithm that walks the document.

A statement that is lost is displayed and not signed. So each of these stops issuing and verification alike, with the pointer of the fault:
1. a term that no context defines, or that is mapped to null, or that looks like a keyword;
2. a type that does not become an absolute IRI;
3. an identifier that is relative, that is a blank node label, or that no IRI may look like;
4. a null, a value object without value, an object that is dropped, a number that loses digits;
5. a keyword that carries something the statements do not: @index, @graph, @included, @reverse, @nest, maps keyed by them, and whatever
   stands beside @list or @set;
6. a malformed language tag;
7. a member or type that is written by another name than the one that readers look for: the IRI of a term that is in force, or a
   second term for an IRI of `reserved`;
8. members of the document, or of a credential in it, that stand in another object with the same identifier: to the statements it is the
   same node, and readers look at the document alone;
9. where the statements are what is signed: a list without an element, or a map of languages without a text. Nothing is stated, and a member
   that anybody could add is shown. (A JSON value keeps its empty lists, and an ordered list without an element is a statement.)
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from atesto.errors import VerificationError
from atesto.linked_data.reserved import RESERVED

if TYPE_CHECKING:
    from collections.abc import Collection

    from atesto.encoding.strict_json import JsonValue

COVERED_KEYWORDS: Final = frozenset({"@id", "@type", "@value", "@language", "@direction", "@list", "@set"})
"""Keywords whose content becomes part of the statements."""

_NO_IRI: Final = r"\x00-\x20<>\"{}|\\^`\x7f-\xa0\u2028\u2029\ud800-\udfff#"
# At most one `#`: strict processors drop a statement whose IRI has two (JSON-LD API test te111).
_IRI: Final = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:[^{_NO_IRI}]*(?:#[^{_NO_IRI}]*)?\Z")
_SERVICES: Final = frozenset({"https://purl.imsglobal.org/spec/vccr/v1p0/context.json#1EdTechCredentialRefresh"})
"""Types of services that readers look for in `refreshService` alone."""
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z")


def is_safe_iri(text: str) -> bool:
    """Whether `text` is absolute and holds no character that could forge a statement when written between angle brackets."""
    return _IRI.match(text) is not None


def check_identifier(expanded: str | None, written: str, pointer: str) -> None:
    """Rule 3. `expanded` is what the identifier became, `written` how it stands in the document."""
    if expanded is None or written.startswith("@"):
        raise VerificationError("linked_data.relative_iri", "An identifier does not become an IRI.", pointer=pointer)
    if expanded.startswith("_:"):
        raise VerificationError("linked_data.blank_node_id", "An identifier is a blank node label.", pointer=pointer)
    if not is_safe_iri(expanded):
        absolute = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", expanded) is not None
        if absolute:
            raise VerificationError("linked_data.invalid_iri", "An identifier holds a character that no IRI may hold.", pointer=pointer)
        raise VerificationError("linked_data.relative_iri", "An identifier is not absolute.", pointer=pointer)


def check_type(expanded: str | None, written: str, pointer: str) -> None:
    """Rule 2."""
    if expanded is None or (not is_safe_iri(expanded) and not expanded.startswith("_:")):
        raise VerificationError("linked_data.undefined_type", f"The type {written[:80]!r} is not defined.", pointer=pointer)
    if expanded.startswith("_:"):
        raise VerificationError("linked_data.blank_node_id", "A type is a blank node label.", pointer=pointer)


def check_property(expanded: str | None, written: str, pointer: str) -> None:
    """Rule 1, for a member that is no keyword."""
    if expanded is not None and expanded.startswith("_:"):
        raise VerificationError("linked_data.blank_node_id", "A member's name is a blank node label.", pointer=pointer)
    if expanded is None or not is_safe_iri(expanded):
        raise VerificationError("linked_data.undefined_term", f"The member {written[:80]!r} is not defined.", pointer=pointer)


def check_name(expanded: str, written: str, targets: Collection[str], pointer: str) -> None:
    """Rule 7, for a member. `targets`: the IRIs of the terms in force, empty when `written` is one of them."""
    if expanded in targets or RESERVED.get(expanded, written) != written:
        raise VerificationError("linked_data.renamed_term", f"The member {written[:80]!r} has a name of its own.", pointer=pointer)


def check_type_name(expanded: str, written: str, targets: Collection[str], pointer: str) -> None:
    """Rule 7, for a type."""
    if expanded in targets:
        raise VerificationError("linked_data.renamed_term", f"The type {written[:80]!r} has a name of its own.", pointer=pointer)


def check_said(value: JsonValue, written: str, pointer: str) -> None:
    """Rule 4, for a type, or a member that no context has a name for: without a value nothing covers its name, which is shown."""
    if not _says_something(value):
        raise VerificationError("linked_data.dropped_value", f"The member {written[:80]!r} has no value.", pointer=pointer)


def _says_something(value: JsonValue) -> bool:
    if isinstance(value, list):
        return any(_says_something(item) for item in value)
    return not isinstance(value, dict) or value.keys() != {"@set"} or _says_something(value["@set"])


def check_whole(identifier: str | None, root: str | None, members: int, types: Collection[str | None], pointer: str) -> None:
    """Rule 8, for an object below the one that `root` identifies in the same graph: it may refer to that one, and say no more of it.

    A credential is often had anew at its own address: a service may say of that address that it is one (`types`, and nothing else).
    """
    is_service = members == 2 and bool(types) and _SERVICES.issuperset(types)
    if identifier is not None and identifier == root and members > 1 and not is_service:
        raise VerificationError(
            "linked_data.split_node", "The object goes on about the document, away from where it is read.", pointer=pointer
        )


def check_language(tag: JsonValue, pointer: str) -> None:
    """Rule 6 (BCP 47, RFC 5646 2.1: well-formed in outline)."""
    if not isinstance(tag, str) or not _LANGUAGE.match(tag):
        raise VerificationError("linked_data.invalid_language", "A language tag is malformed.", pointer=pointer)


def check_scalar(value: JsonValue, pointer: str) -> None:
    """Rule 4, for a scalar that becomes a literal: null says nothing, and a double is written with sixteen digits."""
    if value is None:
        raise VerificationError("linked_data.dropped_value", "A null carries no statement.", pointer=pointer)
    if isinstance(value, float) and (not math.isfinite(value) or float(f"{value:1.15E}") != value):
        raise VerificationError(
            "linked_data.dropped_value", "A number has more digits than its canonical form: write it as a text.", pointer=pointer
        )


def check_nulls(value: JsonValue, pointer: str, *, empty_lists: bool) -> None:
    """Rule 4, for a member's value: neither null nor a list that holds one, at any depth. Without `empty_lists` rule 9 likewise."""
    if value is None:
        check_scalar(None, pointer)
    if not isinstance(value, list):
        return
    if not value and not empty_lists:
        raise VerificationError("linked_data.dropped_value", "A list without an element carries no statement.", pointer=pointer)
    for index, item in enumerate(value):
        check_nulls(item, f"{pointer}/{index}", empty_lists=empty_lists)


def check_keywords(keywords: Collection[str], members: int, pointer: str, *, top: bool) -> None:
    """Rules 4 and 5, for the keywords of one object that has so many `members`. `top`: nothing refers to the object."""
    if ("@language" in keywords or "@direction" in keywords) and "@value" not in keywords:
        raise VerificationError("linked_data.dropped_value", "A language without a value carries no statement.", pointer=pointer)
    if ("@list" in keywords or "@set" in keywords) and members > 1:
        raise VerificationError(
            "linked_data.keyword_misuse", "What stands beside a list or set is not covered by the proof.", pointer=pointer
        )
    if top and (not {"@value", "@list", "@set"}.isdisjoint(keywords) or (members == 1 and "@id" in keywords)):
        raise VerificationError("linked_data.dropped_value", "The document says nothing about anything.", pointer=pointer)
