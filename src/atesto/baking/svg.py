"""Credentials in SVG: read by expat without DTD, entities or network; what is not the credential keeps its bytes.

Checks, in order:
1. size; UTF-8 (nothing else, whatever the XML declaration says);
2. no internal DTD subset and no entity of one: a DOCTYPE that names a DTD elsewhere is passed over, and nothing is fetched;
3. well-formed XML, with at most `limits.MAX_SVG_ELEMENTS` elements, `MAX_SVG_DEPTH` deep, and `MAX_SVG_ATTRIBUTES` attributes of each;
4. the root is `svg` of the SVG namespace;
5. one credential: one element `credential` of a known namespace, with JSON as its text or a compact JWS in its attribute `verify`.

It does not check that the picture can be drawn or is harmless to show, nor what the credential says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from atesto import limits
from atesto.baking.carrier import CARRIERS, OLDER_NAMESPACE, Baked, Carrier, is_token
from atesto.errors import MalformedInput, UnsupportedFeature

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROOT: Final = "http://www.w3.org/2000/svg svg"
_NAMES: Final = {f"{carrier.namespace} credential": carrier for carrier in CARRIERS}
_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
"""One whole tag of well-formed XML, whose attribute values may hold `>`."""
_ATTRIBUTE = re.compile(rb"=\s*[\"']")
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANK: Final = " \t\r\n"


@dataclass(slots=True)
class _Found:
    """One credential element: where its bytes stand, and what it holds."""

    carrier: Carrier
    start: int
    verify: str | None
    tag: bytes
    depth: int
    end: int = 0
    parts: list[str] = field(default_factory=list)
    has_children: bool = False


def unbake_svg(svg: bytes) -> Baked:
    """The credential in `svg`. Raises MalformedInput `image.*`, UnsupportedFeature `image.older_version`."""
    scan = _Scan(svg)
    if not scan.found:
        if scan.older:
            raise UnsupportedFeature("image.older_version", f"It has an element of {OLDER_NAMESPACE}, as Open Badges 1 and 2 write it.")
        raise MalformedInput("image.no_credential", "The SVG has no credential element of Open Badges 3.0 or CLR 2.0.")
    if len(scan.found) > 1:
        raise MalformedInput("image.several_credentials", f"The SVG has {len(scan.found)} credential elements.")
    found = scan.found[0]
    return Baked(_text(found), found.carrier, f"an SVG with {scan.elements} elements")


def bake_svg(svg: bytes, text: str, carrier: Carrier, *, replace: bool) -> bytes:
    """`svg` with `text` in an element right after its root's tag; every other byte stays. `replace`: what is baked in already is taken out.

    Raises MalformedInput `image.*`.
    """
    scan = _Scan(svg)
    if scan.found and not replace:
        raise MalformedInput("image.already_baked", "The SVG has a credential element already.")
    bad = _UNWRITABLE.search(text)
    if bad:
        raise MalformedInput("image.unwritable", f"The credential has the character U+{ord(bad[0]):04X}, which XML cannot hold.")
    prefix, declaration = _prefix(scan.prefixes, carrier)
    element = _element(prefix, text).encode("utf-8")
    tag = scan.root_tag
    if tag.endswith(b"/>"):
        name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
        opened = tag[:-2] + declaration + b">" + element + b"</" + name + b">"
    else:
        opened = tag[:-1] + declaration + b">" + element
    root_end = scan.root_start + len(tag)
    edits = [(scan.root_start, root_end, opened), *((found.start, found.end, b"") for found in scan.found)]
    return _edited(svg, edits)


def _edited(svg: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    parts, position = [], 0
    for start, end, put in edits:
        parts += [svg[position:start], put]
        position = end
    return b"".join([*parts, svg[position:]])


def _prefix(bound: dict[str, str], carrier: Carrier) -> tuple[str, bytes]:
    """The prefix to write with, and what has to be said in the root's tag for it: the picture's own prefix where it has one."""
    for prefix, namespace in bound.items():
        if prefix and namespace == carrier.namespace:
            return prefix, b""
    prefix, number = carrier.prefix, 3
    while prefix in bound:
        prefix, number = f"{carrier.prefix}{number}", number + 1
    return prefix, f' xmlns:{prefix}="{carrier.namespace}"'.encode("ascii")


def _element(prefix: str, text: str) -> str:
    if is_token(text):
        return f"<{prefix}:credential verify={quoteattr(text)}></{prefix}:credential>"
    # A reader of XML makes a line feed of a carriage return, except of one that is written as a reference.
    kept = text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[")
    return f"<{prefix}:credential><![CDATA[{kept}]]></{prefix}:credential>"


def _text(found: _Found) -> str:
    text = "".join(found.parts)
    if found.has_children:
        _malformed("It holds other elements.")
    if found.verify is None:
        if not text.strip(_BLANK):
            _malformed("It is empty.")
        if is_token(text):
            _malformed("Its text is not JSON; a compact JWS stands in the attribute verify.")
        return text
    if text.strip(_BLANK):
        _malformed("It has both a text and the attribute verify.")
    if b"&" in found.tag:
        # Of a reference in an attribute, to an entity of a DTD that is not read, expat says nothing.
        raise MalformedInput("image.svg_entity", "The tag of the credential element has a reference in it.")
    if not found.verify or not is_token(found.verify):
        _malformed("Its attribute verify does not hold a compact JWS.")
    return found.verify


def _malformed(why: str) -> NoReturn:
    raise MalformedInput("image.credential_malformed", f"The credential element is not built as Open Badges 3.0 says. {why}")


def _too_many(what: str) -> NoReturn:
    raise MalformedInput("image.too_many_parts", f"The SVG has {what}.")


class _Scan:
    """One SVG, read from its first to its last byte. Raises MalformedInput `image.*`."""

    def __init__(self, svg: bytes) -> None:
        if len(svg) > limits.MAX_IMAGE_BYTES:  # 1.
            raise MalformedInput("image.too_large", f"The picture has {len(svg)} bytes; at most {limits.MAX_IMAGE_BYTES} are read.")
        self._check_encoding(svg)
        self._check_parts(svg)
        self._svg = svg
        self.found: list[_Found] = []
        self.older = False
        self.elements = 0
        self.root_start, self.root_tag = 0, b""
        self.prefixes: dict[str, str] = {}
        self._depth = 0
        self._open: _Found | None = None
        self._parser = expat.ParserCreate("UTF-8", " ")
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._entity
        self._parser.SkippedEntityHandler = self._skipped
        self._parser.StartNamespaceDeclHandler = self._namespace
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        try:
            self._parser.Parse(svg, True)
        except expat.ExpatError as error:
            detail = f"At line {error.lineno}, column {error.offset}: {expat.ErrorString(error.code)}."
            raise MalformedInput("image.svg_malformed", detail) from None
        finally:
            # Parser and scan know each other; without this, both would wait for the garbage collector.
            del self._parser

    def _check_encoding(self, svg: bytes) -> None:
        """Whatever it is told, expat takes what looks like UTF-16 for that."""
        try:
            if "\0" not in svg.decode("utf-8"):
                return
        except UnicodeDecodeError as error:
            raise MalformedInput("image.svg_encoding", f"Byte {error.start} is not UTF-8.") from None
        raise MalformedInput("image.svg_encoding", "There are NUL bytes in it.")

    def _check_parts(self, svg: bytes) -> None:
        """Bounds what expat would take apart, or keep, before it tells anybody: the attributes of one tag, and their names."""
        if svg.count(b"<") > 4 * limits.MAX_SVG_ELEMENTS:
            _too_many(f"more than {4 * limits.MAX_SVG_ELEMENTS} pieces of markup")
        if svg.count(b"=") > 4 * limits.MAX_SVG_ELEMENTS < len(_ATTRIBUTE.findall(svg)):
            _too_many(f"more than {4 * limits.MAX_SVG_ELEMENTS} attributes")
        for piece in svg.split(b"<"):
            if piece.count(b"=") > limits.MAX_SVG_ATTRIBUTES < len(_ATTRIBUTE.findall(piece)):
                _too_many(f"an element with more than {limits.MAX_SVG_ATTRIBUTES} attributes")

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in {"utf-8", "utf8"}:
            raise MalformedInput("image.svg_encoding", "The XML declaration names another encoding than UTF-8.")

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:  # 2.
            raise MalformedInput("image.svg_dtd", "The DOCTYPE brings declarations of its own.")

    def _entity(self, *_: object) -> None:
        raise MalformedInput("image.svg_dtd", "The SVG declares an entity.")

    def _skipped(self, *_: object) -> None:
        raise MalformedInput("image.svg_entity", "The SVG refers to an entity that only a DTD could declare.")

    def _namespace(self, prefix: str | None, namespace: str | None) -> None:
        if not self._depth:
            self.prefixes[prefix or ""] = namespace or ""

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self.elements += 1
        if self.elements > limits.MAX_SVG_ELEMENTS:  # 3.
            _too_many(f"more than {limits.MAX_SVG_ELEMENTS} elements")
        if self._depth > limits.MAX_SVG_DEPTH:
            _too_many(f"elements nested deeper than {limits.MAX_SVG_DEPTH}")
        start = self._parser.CurrentByteIndex
        if self._depth == 1:
            if name != _ROOT:  # 4.
                raise MalformedInput("image.svg_root", "The root element is not svg of the SVG namespace.")
            self.root_start, self.root_tag = start, self._tag_at(start)
        elif self._open is not None:
            self._open.has_children = True
        elif name in _NAMES:
            self._open = _Found(_NAMES[name], start, attributes.get("verify"), self._tag_at(start), self._depth)
            self._parser.CharacterDataHandler = self._open.parts.append
        elif name.startswith(f"{OLDER_NAMESPACE} "):
            self.older = True

    def _ended(self, _name: str) -> None:
        found = self._open
        if found is not None and found.depth == self._depth:
            end = self._parser.CurrentByteIndex
            found.end = found.start + len(found.tag) if found.tag.endswith(b"/>") else end + len(self._tag_at(end))
            self.found.append(found)
            self._open = None
            self._parser.CharacterDataHandler = None
        self._depth -= 1

    def _tag_at(self, start: int) -> bytes:
        match = _TAG.match(self._svg, start)
        if match is None:
            raise MalformedInput("image.svg_malformed", "A tag has no end.")
        return match[0]
