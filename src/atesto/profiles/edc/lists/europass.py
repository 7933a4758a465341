"""Europass lists: small, and named in the award record.

Made by scripts/vocabulary: change that, not this.
"""

from __future__ import annotations

from typing import Final

from atesto.profiles.edc.lists.controlled_list import ControlledList

EQF_LEVELS: Final = ControlledList(
    title="European Qualifications Framework levels",
    scheme="http://data.europa.eu/snb/eqf/25831c2",
    base="http://data.europa.eu/snb/eqf/",
    labels={
        "1": "Level 1",
        "2": "Level 2",
        "3": "Level 3",
        "4": "Level 4",
        "5": "Level 5",
        "6": "Level 6",
        "7": "Level 7",
        "8": "Level 8",
    },
)

QUALITY_ASSURANCE_TYPES: Final = ControlledList(
    title="types of quality assurance",
    scheme="http://data.europa.eu/snb/accreditation/25831c2",
    base="http://data.europa.eu/snb/accreditation/",
    labels={
        "003293d2ce": "Institutional License",
        "820101cba6": "Program Quality Assurance",
        "bb4618238e": "Institutional Quality Assurance",
        "e57dddfcf3": "Program License",
    },
    names={
        "institutional licence": "003293d2ce",
        "programme licence": "e57dddfcf3",
        "programme quality assurance": "820101cba6",
    },
)

ASSESSMENT_TYPES: Final = ControlledList(
    title="types of assessment",
    scheme="http://data.europa.eu/snb/assessment/25831c2",
    base="http://data.europa.eu/snb/assessment/",
    labels={
        "19a2e5e671": "peer assessment",
        "2939dae15f": "marked assignment",
        "3484bd7e51": "continuous evaluation",
        "4f03b91c0e": "portfolio",
        "56539a6507": "group performance",
        "6a4db9f11d": "practical assessment",
        "6e6cb2cc78": "written examination",
        "7331eb4762": "level of attendance",
        "795dac4096": "project work",
        "812e3b0ae1": "peer review",
        "b1b68f6735": "quiz",
        "c4256a2726": "problem based learning",
        "d30284d7df": "oral examination",
        "de4d165a6c": "artefact assessment",
    },
    names={
        "attendance": "7331eb4762",
        "written exam": "6e6cb2cc78",
        "oral exam": "d30284d7df",
    },
)

MODES: Final = ControlledList(
    title="forms of participation",
    scheme="http://data.europa.eu/snb/learning-assessment/25831c2",
    base="http://data.europa.eu/snb/learning-assessment/",
    labels={
        "729f3bed4b": "Workbased",
        "7813801c77": "Project based",
        "9191af2ed9": "Presential",
        "920fbb3cbe": "Online",
        "e92d221e4d": "Blended",
        "ed4c557045": "Research-Lab based",
    },
    names={
        "on site": "9191af2ed9",
        "on-site": "9191af2ed9",
        "in person": "9191af2ed9",
        "work-based": "729f3bed4b",
        "project-based": "7813801c77",
    },
)

ACTIVITY_TYPES: Final = ControlledList(
    title="types of learning activity",
    scheme="http://data.europa.eu/snb/learning-activity/25831c2",
    base="http://data.europa.eu/snb/learning-activity/",
    labels={
        "3c8bd58d62": "lab / simulation / practice coursework",
        "4357e0e681": "job experience",
        "59eaf34fab": "volunteering",
        "a7e556215a": "research",
        "b660f5dcea": "self-motivated study",
        "bf2e3a7bae": "e-learning coursework",
        "bf5588ff84": "internship",
        "d46a826a39": "apprenticeship",
        "efff75e10a": "workshop, seminar or conference",
        "fd33e234ae": "educational programme",
        "ff436ea7c9": "classroom coursework",
    },
    names={
        "workshop": "efff75e10a",
        "classroom": "ff436ea7c9",
        "e-learning": "bf2e3a7bae",
    },
)

CREDIT_SYSTEMS: Final = ControlledList(
    title="credit systems",
    scheme="http://data.europa.eu/snb/education-credit/25831c2",
    base="http://data.europa.eu/snb/education-credit/",
    labels={
        "60b314e826": "European credit system for vocational education and training",
        "6fcec5c5af": "European Credit Transfer System",
    },
    names={
        "ects": "6fcec5c5af",
        "ecvet": "60b314e826",
    },
)

SUPERVISION_TYPES: Final = ControlledList(
    title="supervision and identity verification",
    scheme="http://data.europa.eu/snb/supervision-verification/25831c2",
    base="http://data.europa.eu/snb/supervision-verification/",
    labels={
        "44314532f9": "ID Verification",
        "70be69aaf9": "Supervised with ID Verification",
        "c598449d64": "Unsupervised without ID Verification",
    },
    complete=False,
    names={
        "supervised": "70be69aaf9",
        "unsupervised": "c598449d64",
        "id verification": "44314532f9",
    },
)

CREDENTIAL_PROFILES: Final = ControlledList(
    title="credential profiles",
    scheme="http://data.europa.eu/snb/credential/25831c2",
    base="http://data.europa.eu/snb/credential/",
    labels={
        "6dff8a0f87": "Diploma Supplement",
        "c_7e400154": "Converted",
        "c_9a31f32a": "Issued by Mandate",
        "c_ae121a00": "Accredited",
        "e34929035b": "Generic",
    },
    complete=False,
)

EVIDENCE_TYPES: Final = ControlledList(
    title="types of evidence",
    scheme="http://data.europa.eu/snb/evidence-type/25831c2",
    base="http://data.europa.eu/snb/evidence-type/",
    labels={
        "c_18016257": "Mandate",
        "c_991b06c6": "Accreditation",
        "c_c4f849d7": "Conversion",
    },
    complete=False,
)

ENCODINGS: Final = ControlledList(
    title="content encodings",
    scheme="http://data.europa.eu/snb/encoding/25831c2",
    base="http://data.europa.eu/snb/encoding/",
    labels={
        "6146cde7dd": "base64",
    },
)
