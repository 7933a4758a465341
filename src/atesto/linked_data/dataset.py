"""RDF datasets as quads of text, and their making from expanded JSON-LD (JSON-LD API section 8.1, with `i18n-datatype` for directions).

A term is written as in canonical N-Quads (RDFC-1.0 section 5): `<iri>`, `_:label`, `"text"`, `"text"@tag`, `"text"^^<datatype>`; the
default graph is "". Input is expanded form in which nothing was lost; what this conversion itself would lose (an object without
statements inside a graph) is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from atesto import limits
from atesto.encoding.jcs import canonicalize_json
from atesto.errors import VerificationError
from atesto.linked_data import losses

if TYPE_CHECKING:
    from collections.abc import Sequence

Quad: TypeAlias = tuple[str, str, str, str]

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TYPE, _FIRST, _REST, _NIL = f"<{_RDF}type>", f"<{_RDF}first>", f"<{_RDF}rest>", f"<{_RDF}nil>"
_ESCAPED: Final = re.compile('[\x00-\x1f"\\\\\x7f]')
_SHORT: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def dataset_of_expanded(expanded: Sequence[Any], *, max_quads: int = limits.MAX_QUADS) -> tuple[Quad, ...]:
    """The quads of an expanded document, each once, in document order. Raises VerificationError `linked_data.*`."""
    writer = _Writer(max_quads)
    for node in expanded:
        writer.node(node, "")
    return tuple(writer.quads)


class _Writer:
    def __init__(self, max_quads: int) -> None:
        self.quads: dict[Quad, None] = {}
        self._max_quads = max_quads
        self._blank_nodes = 0

    def _blank_node(self) -> str:
        self._blank_nodes += 1
        return f"_:b{self._blank_nodes - 1}"

    def _add(self, subject: str, predicate: str, value: str, graph: str) -> None:
        self.quads[subject, predicate, value, graph] = None
        if len(self.quads) > self._max_quads:
            raise VerificationError("linked_data.too_complex", f"The document makes more than {self._max_quads} statements.")

    def node(self, node: dict[str, Any], graph: str) -> str:
        """Writes one node object and what hangs on it; returns its term."""
        subject = _iri(node["@id"]) if "@id" in node else self._blank_node()
        for type_iri in node.get("@type", ()):
            self._add(subject, _TYPE, _iri(type_iri), graph)
        for name, values in node.items():
            if name.startswith("@"):
                if name not in ("@id", "@type"):
                    raise VerificationError("linked_data.keyword_misuse", f"{name} is not covered by the proof.")
                continue
            predicate = _iri(name)
            for value in values:
                self._add(subject, predicate, self._object(value, graph), graph)
        return subject

    def _object(self, value: dict[str, Any], graph: str) -> str:
        if "@value" in value:
            return _literal(value)
        if "@list" in value:
            return self._list(value["@list"], graph)
        if "@graph" in value:
            return self._graph(value)
        return self.node(value, graph)

    def _list(self, items: list[dict[str, Any]], graph: str) -> str:
        cells = [self._blank_node() for _ in items]
        for cell, after, item in zip(cells, [*cells, _NIL][1:], items, strict=True):
            self._add(cell, _FIRST, self._object(item, graph), graph)
            self._add(cell, _REST, after, graph)
        return cells[0] if cells else _NIL

    def _graph(self, value: dict[str, Any]) -> str:
        if value.keys() - {"@graph", "@id"}:
            raise VerificationError("linked_data.keyword_misuse", "A graph says something beside its content.")
        name = _iri(value["@id"]) if "@id" in value else self._blank_node()
        for node in value["@graph"]:
            before = len(self.quads)
            if not isinstance(node, dict) or "@value" in node or "@list" in node:
                raise VerificationError("linked_data.dropped_value", "A value stands where a node belongs.")
            self.node(node, name)
            if len(self.quads) == before and not node.keys() - {"@id"}:
                raise VerificationError("linked_data.dropped_value", "A node inside a graph says nothing.")
        return name


def _iri(text: str) -> str:
    if not losses.is_safe_iri(text):
        losses.check_identifier(text, text, "")
    return f"<{text}>"


def _literal(value: dict[str, Any]) -> str:
    lexical, datatype = _lexical(value["@value"], value.get("@type"))
    text = '"' + _ESCAPED.sub(_escape, lexical) + '"'
    if "@language" in value:
        losses.check_language(value["@language"], "")
    if "@direction" in value:
        return f"{text}^^<https://www.w3.org/ns/i18n#{value.get('@language', '').lower()}_{value['@direction']}>"
    if "@language" in value:
        return f"{text}@{value['@language']}"
    if datatype is None or datatype == _XSD + "string":
        return text
    return f"{text}^^{_iri(datatype)}"


def _lexical(value: Any, datatype: str | None) -> tuple[str, str | None]:
    if datatype == "@json":
        return canonicalize_json(value).decode("utf-8"), _RDF + "JSON"
    if isinstance(value, bool):
        return ("true" if value else "false"), datatype or _XSD + "boolean"
    if isinstance(value, int | float):
        if datatype == _XSD + "double" or value != int(value) or abs(value) >= 1e21:
            return _double(float(value)), datatype or _XSD + "double"
        return str(int(value)), datatype or _XSD + "integer"
    return value, datatype


def _double(value: float) -> str:
    """Canonical xsd:double (JSON-LD API section 8.6): `5.3E0`."""
    mantissa, _, exponent = f"{value:1.15E}".partition("E")
    mantissa = mantissa.rstrip("0")
    return f"{mantissa}0E{int(exponent)}" if mantissa.endswith(".") else f"{mantissa}E{int(exponent)}"


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character) or f"\\u{ord(character):04X}"
