"""File types of pictures and documents inside a credential; not the full list of 195.

Made by scripts/vocabulary: change that, not this.
"""

from __future__ import annotations

from typing import Final

from atesto.profiles.edc.lists.controlled_list import ControlledList

FILE_TYPES: Final = ControlledList(
    title="file types",
    scheme="http://publications.europa.eu/resource/authority/file-type",
    base="http://publications.europa.eu/resource/authority/file-type/",
    labels={
        "PNG": "PNG",
        "JPEG": "JPEG",
        "SVG": "SVG",
        "PDF": "PDF",
        "HTML": "HTML",
        "TXT": "Plain text",
    },
    complete=False,
    names={
        "image/png": "PNG",
        "image/jpeg": "JPEG",
        "image/svg+xml": "SVG",
        "application/pdf": "PDF",
        "text/html": "HTML",
        "text/plain": "TXT",
    },
)
