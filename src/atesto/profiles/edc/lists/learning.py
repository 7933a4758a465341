"""Europass lists of what is learned, how, for whom, and what it entitles to.

Made by scripts/vocabulary: change that, not this.
"""

from __future__ import annotations

from typing import Final

from atesto.profiles.edc.lists.controlled_list import ControlledList

SKILL_TYPES: Final = ControlledList(
    title="types of learning outcome",
    scheme="http://data.europa.eu/snb/skill-type/25831c2",
    base="http://data.europa.eu/snb/skill-type/",
    labels={
        "knowledge": "knowledge",
        "skill": "skill",
    },
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

ENTITLEMENT_TYPES: Final = ControlledList(
    title="types of entitlement",
    scheme="http://data.europa.eu/snb/entitlement/25831c2",
    base="http://data.europa.eu/snb/entitlement/",
    labels={
        "52f62180c2": "occupation",
        "64aad92881": "learning opportunity",
        "bebd32e8e6": "membership",
    },
)

ENTITLEMENT_STATUSES: Final = ControlledList(
    title="statuses of an entitlement",
    scheme="http://data.europa.eu/snb/entitlement-status/25831c2",
    base="http://data.europa.eu/snb/entitlement-status/",
    labels={
        "5b8d6b34fb": "prospective",
        "b7015a8a8c": "actual",
    },
)

OPPORTUNITY_TYPES: Final = ControlledList(
    title="types of learning opportunity",
    scheme="http://data.europa.eu/snb/learning-opportunity/25831c2",
    base="http://data.europa.eu/snb/learning-opportunity/",
    labels={
        "05053c1cbe": "Course",
        "0f7dac46ca": "Programme module",
        "11252a5207": "Mentoring",
        "17744a2647": "MOOC",
        "63f9f6180c": "Apprenticeship",
        "65a4cf5de2": "Study visit",
        "74a4a268e8": "Short learning programme",
        "77b99de990": "Internship",
        "79343569f3": "Educational programme",
        "7e1ac538db": "Class",
        "8b965da2d4": "Service learning",
        "b2434ca358": "Thesis",
    },
)

SCHEDULES: Final = ControlledList(
    title="learning schedules",
    scheme="http://data.europa.eu/snb/learning-schedule/25831c2",
    base="http://data.europa.eu/snb/learning-schedule/",
    labels={
        "67395e6b5a": "Part time light",
        "72a0ab92fa": "Full time",
        "f230bae523": "Part time intensive",
    },
)

SETTINGS: Final = ControlledList(
    title="learning settings",
    scheme="http://data.europa.eu/snb/learning-setting/25831c2",
    base="http://data.europa.eu/snb/learning-setting/",
    labels={
        "6fd4685715": "formal learning",
        "e207a81fc7": "non-formal learning",
    },
)

TARGET_GROUPS: Final = ControlledList(
    title="target groups",
    scheme="http://data.europa.eu/snb/target-group/25831c2",
    base="http://data.europa.eu/snb/target-group/",
    labels={
        "022beab85a": "High Achievers",
        "0247b300b0": "Non-Native Speakers",
        "05f11c859b": "Persons requiring employment retraining",
        "1599531db0": "Persons in tertiary education (EQF 6)",
        "1cfca7f767": "Persons who have completed primary education",
        "46806e0244": "Persons in secondary/compulsory education",
        "527a6f97eb": "Persons who have completed tertiary education (EQF 7)",
        "5b1417fd15": "Persons in primary education",
        "5e56931138": "Persons with 0-3 years work experience",
        "808b99d38f": "Persons who have completed tertiary education (EQF 8)",
        "919082b88b": "Persons who have completed secondary/compulsory education",
        "acb7f20f25": "Persons in tertiary education (EQF 7)",
        "b0bf4f9fe9": "Persons in tertiary education (EQF 8)",
        "c900d8ecb1": "Migrants",
        "cbedf28444": "Persons with 3-10 years work experience",
        "d45b47b458": "Persons with 10+ years work experience",
        "de9cd193ce": "Persons with a learning disability",
        "e3782a33ab": "Native Speakers",
        "e7627913ad": "Persons who have completed tertiary education (EQF 6)",
        "fd1279fd9f": "Low Achievers",
    },
)
