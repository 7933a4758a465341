"""The forms of credential that are made from an award record: one literal row each."""

from __future__ import annotations

from typing import Final

from atesto.errors import MalformedInput
from atesto.profiles.edc import check as edc_check
from atesto.profiles.edc import read as edc_read
from atesto.profiles.edc import write as edc_write
from atesto.profiles.form import Form

FORMS: Final[dict[str, Form]] = {
    "edc": Form("EuropeanDigitalCredential", edc_write.write, edc_read.read, edc_check.check, edc_check.conclusion),
    "edc-sealed": Form(
        "EuropeanDigitalCredential", edc_write.write, edc_read.read, edc_check.check, edc_check.conclusion, secured_by="seal"
    ),
}


def form(name: str) -> Form:
    """The form of that name. Raises MalformedInput `award.form_unknown`."""
    if name not in FORMS:
        raise MalformedInput("award.form_unknown", f'There is no form "{name[:40]}"; there are: {", ".join(FORMS)}.')
    return FORMS[name]
