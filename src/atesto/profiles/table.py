"""The forms of credential that are made from an award record, and the rules of every type of credential: one literal row each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.credentials.members import types_of
from atesto.errors import MalformedInput
from atesto.profiles.clr import check as clr_check
from atesto.profiles.edc import check as edc_check
from atesto.profiles.edc import read as edc_read
from atesto.profiles.edc import write as edc_write
from atesto.profiles.form import Form
from atesto.profiles.open_badges import check as ob_check
from atesto.profiles.open_badges import read as ob_read
from atesto.profiles.open_badges import write as ob_write

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.encoding.strict_json import JsonObject
    from atesto.findings import Finding

FORMS: Final[dict[str, Form]] = {
    "edc": Form("EuropeanDigitalCredential", edc_write.write, edc_read.read, edc_check.check, edc_check.conclusion),
    "edc-sealed": Form(
        "EuropeanDigitalCredential", edc_write.write, edc_read.read, edc_check.check, edc_check.conclusion, secured_by="seal"
    ),
    "ob3": Form(
        "OpenBadgeCredential",
        ob_write.write,
        ob_read.read,
        ob_check.check,
        ob_check.conclusion,
        chosen=ob_write.write_as,
        shows_pages=False,
    ),
}

RULES: Final[dict[str, Callable[[JsonObject], tuple[Finding, ...]]]] = {
    "OpenBadgeCredential": ob_check.check,
    "EndorsementCredential": ob_check.check_endorsement,
    "ClrCredential": clr_check.check,
}
"""Rules that every credential of a type keeps that this node issues, whoever wrote it."""

ISSUED_WITH: Final = frozenset({"ob.identity_plain"})
"""Findings for readers that do not keep an issuer from issuing: it has chosen so, or its caller has."""

_OTHER_NAMES: Final = {"AchievementCredential": "OpenBadgeCredential"}


def kinds_of(document: JsonObject) -> frozenset[str]:
    """The types of a credential, each by the name that the tables have for it. Raises MalformedInput `model.*`."""
    return frozenset(_OTHER_NAMES.get(name, name) for name in types_of(document))


def rules_of(document: JsonObject) -> list[Callable[[JsonObject], tuple[Finding, ...]]]:
    """The rules of a credential's types, in the table's order. Raises as `kinds_of`."""
    kinds = kinds_of(document)
    return [rules for name, rules in RULES.items() if name in kinds]


def form(name: str) -> Form:
    """The form of that name. Raises MalformedInput `award.form_unknown`."""
    if name not in FORMS:
        raise MalformedInput("award.form_unknown", f'There is no form "{name[:40]}"; there are: {", ".join(FORMS)}.')
    return FORMS[name]
