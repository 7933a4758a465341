"""SVG logos: shapes, groups, colours and gradients, and nothing that acts, fetches, repeats itself or needs a font.

Checks, in order:
1. UTF-8 XML without a document type: no entities;
2. the root is an `svg`; every element is in the list, their number within the bound;
3. no attribute acts (`on…`) or leads outside: addresses and `url(…)` stay inside the document (`#…`), and no style imports.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from atesto import limits

_SVG: Final = "{http://www.w3.org/2000/svg}"
_ELEMENTS: Final = frozenset(
    _SVG + name
    for name in (
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "linearGradient", "radialGradient", "stop",
        "clipPath", "title", "desc", "metadata",
    )
)  # fmt: skip
_FOREIGN_URL: Final = re.compile(r"url\(\s*+['\"]?+(?!#)|@|expression\(|javascript:", re.IGNORECASE)


def fault_of_svg(content: bytes) -> str | None:
    """What is wrong with the picture, in a sentence for a person; None when nothing is."""
    if b"<!DOCTYPE" in content.upper() or b"<!ENTITY" in content.upper():
        return "The SVG has a document type; leave it out."
    try:
        root = ET.fromstring(content.decode("utf-8"))  # noqa: S314 - without a document type there are no entities to expand
    except (ET.ParseError, UnicodeDecodeError, ValueError):
        return "The SVG is not well-formed XML in UTF-8."
    if root.tag != _SVG + "svg":
        return "The file is XML, but no SVG."
    for count, element in enumerate(root.iter(), 1):
        if count > limits.MAX_AWARD_SVG_ELEMENTS:
            return f"The SVG has more than {limits.MAX_AWARD_SVG_ELEMENTS:,} elements."
        if element.tag not in _ELEMENTS:
            return f"The SVG may hold shapes, groups and gradients only, not {element.tag.rpartition('}')[2][:40]}."
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2].lower()
            if plain.startswith("on") or (plain == "href" and not value.startswith("#")) or _FOREIGN_URL.search(value):
                return f"The SVG's attribute {plain[:40]} acts, or leads outside of it."
    return None
