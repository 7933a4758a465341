"""The cycles of the European Higher Education Area: a list of ours, because no published one has identifiers."""

from __future__ import annotations

from typing import Final

from atesto.profiles.edc.lists.controlled_list import ControlledList

EHEA_CYCLES: Final = ControlledList(
    title="cycles of the European Higher Education Area",
    scheme="https://www.ehea.info/page-qualification-frameworks",
    base="https://www.ehea.info/page-qualification-frameworks#",
    labels={"short": "short cycle", "first": "first cycle", "second": "second cycle", "third": "third cycle"},
    names={"bachelor": "first", "master": "second", "doctorate": "third", "doctoral": "third"},
)
"""The framework's four cycles have no published identifiers; these are its page's address with a fragment of ours."""
