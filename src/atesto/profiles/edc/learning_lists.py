"""Lists of what is learned, at which level, and what it entitles to: small, and named in the award record."""

from __future__ import annotations

from typing import Final

from atesto.profiles.edc.lists.controlled_list import ControlledList

SKILL_TYPES: Final = ControlledList(
    title="types of learning outcome",
    scheme="http://data.europa.eu/snb/skill-type/25831c2",
    base="http://data.europa.eu/snb/skill-type/",
    labels={"knowledge": "knowledge", "skill": "skill"},
)

REUSE_LEVELS: Final = ControlledList(
    title="reuse levels of learning outcomes",
    scheme="http://data.europa.eu/snb/skill-reuse-level/25831c2",
    base="http://data.europa.eu/snb/skill-reuse-level/",
    labels={
        "cross-sector": "cross-sector skills and competences",
        "occupation-specific": "occupation specific skills and competences",
        "sector-specific": "sector specific skills and competences",
        "transversal": "transversal skills and competences",
    },
)

EHEA_CYCLES: Final = ControlledList(
    title="cycles of the European Higher Education Area",
    scheme="https://www.ehea.info/page-qualification-frameworks",
    base="https://www.ehea.info/page-qualification-frameworks#",
    labels={"short": "short cycle", "first": "first cycle", "second": "second cycle", "third": "third cycle"},
    names={"bachelor": "first", "master": "second", "doctorate": "third", "doctoral": "third"},
)
"""The framework's four cycles have no published identifiers; these are its page's address with a fragment of ours."""

ENTITLEMENT_TYPES: Final = ControlledList(
    title="types of entitlement",
    scheme="http://data.europa.eu/snb/entitlement/25831c2",
    base="http://data.europa.eu/snb/entitlement/",
    labels={"52f62180c2": "occupation", "64aad92881": "learning opportunity", "bebd32e8e6": "membership"},
)

ENTITLEMENT_STATUSES: Final = ControlledList(
    title="statuses of an entitlement",
    scheme="http://data.europa.eu/snb/entitlement-status/25831c2",
    base="http://data.europa.eu/snb/entitlement-status/",
    labels={"5b8d6b34fb": "prospective", "b7015a8a8c": "actual"},
)
