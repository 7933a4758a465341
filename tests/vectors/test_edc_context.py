"""The generated EDC context against the published one."""

from __future__ import annotations

import json

from atesto.profiles.edc.context import edc_context
from tests.reference_data import reference


def test_every_definition_equals_the_published_one() -> None:
    published = json.loads(reference("edc", "context", "edc-ap-context.jsonld").read_text("utf-8"))
    assert set(published) == {"@context"}
    assert len(published["@context"]) == 250
    assert edc_context() == published
