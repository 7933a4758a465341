"""W3C JSON-LD 1.1 API test suite: expansion, statements and compaction. A document gives what the suite says, or is refused by name.

Never another dataset: what is refused for a loss stands in `json_ld_api_exceptions`, by its reason. Not part of this processor,
and so of no test here: flattening, making JSON-LD from RDF, and fetching documents.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.errors import AtestoError, VerificationError
from atesto.linked_data.dataset import dataset_of_expanded
from atesto.linked_data.pyld_gateway import PyldGateway
from atesto.linked_data.rdfc import canonicalize
from tests.nquads import read_nquads
from tests.reference_data import reference
from tests.vectors.json_ld_api_exceptions import DIRECTIONS, OTHERWISE, REFUSED, VERSION_1_0

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.linked_data.dataset import Quad

pytestmark = [pytest.mark.vectors, pytest.mark.filterwarnings("ignore:(terms|values) beginning with:SyntaxWarning")]

FOLDER: Final = reference("vectors", "json-ld-api")
BASE: Final = "https://w3c.github.io/json-ld-api/tests/"
LEFT_OUT: Final = {"flatten": 38, "fromRdf": 30, "remote-doc": 11}
MEMBERS: Final = {"@id", "@type", "name", "purpose", "input", "context", "expect", "expectErrorCode", "option", "requires"}
OPTIONS: Final = {"specVersion", "processingMode", "base", "expandContext", "normative", "useJCS", "rdfDirection", "compactArrays"}
COUNTS: Final = {
    "expand": {"Positive": 159, "Negative": 70},
    "toRdf": {"Positive": 217, "Negative": 70, "PositiveSyntax": 8},
    "compact": {"Positive": 124, "Negative": 14},
}
# Compaction knows no options and no base: it serves for showing documents whose identifiers are absolute.
COMPACTED_OTHERWISE: Final = {
    "t0066": "resolves a relative identifier",
    "t0107": "resolves a relative @vocab",
    "t0070": "compactArrays",
    "t0106": "JSON-LD 1.0 only",
}

# Refused before compaction: graphs, indexes, reverses, inclusions, blank node labels, relative identifiers.
LOST_IN_COMPACTION: Final = (
    "t0004 t0007 t0029 t0030 t0032 t0035 t0036 t0037 t0039 t0047 t0050 t0057 t0062 t0064 t0065 t0067 t0068 t0080 t0084 t0086 t0088"
    " t0099 t0101 t0103 t0109 tc025 tin01 tin02 tin05 tm001 tm002 tm003 tm004 tm017 tm018 tm019 tn009 tr001 ts001 ts002"
)


def manifest(kind: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((FOLDER / f"{kind}-manifest.jsonld").read_bytes())["sequence"]
    return entries


def of(kind: str, *types: str) -> pytest.MarkDecorator:
    chosen = [entry for entry in manifest(kind) if type_of(entry) in types]
    return pytest.mark.parametrize("entry", chosen, ids=lambda entry: f"{kind}-{name_of(entry)}")


def type_of(entry: dict[str, Any]) -> str:
    return str(entry["@type"][0]).removeprefix("jld:").removesuffix("Test").removesuffix("Evaluation")


def name_of(entry: dict[str, Any]) -> str:
    return str(entry["@id"]).removeprefix("#")


def load(url: str) -> Any:
    path = FOLDER / url.removeprefix(BASE)
    if not url.startswith(BASE) or not path.is_file():
        raise VerificationError("context.unknown", f"{url} is not part of the suite.")
    return json.loads(path.read_bytes())


def expanded(entry: dict[str, Any]) -> list[Any]:
    base = entry.get("option", {}).get("base", BASE + entry["input"])
    return PyldGateway(load).expand(load(BASE + entry["input"]), base=base)


def canonical(quads: Sequence[Quad]) -> str:
    return canonicalize(quads).nquads.decode()


def wanted(entry: dict[str, Any]) -> tuple[Quad, ...]:
    return read_nquads((FOLDER / entry["expect"]).read_bytes())


def comparable(value: Any, *, ordered: bool = False) -> Any:
    """Arrays are sets, but for lists."""
    if isinstance(value, dict):
        return {name: comparable(member, ordered=name == "@list") for name, member in value.items()}
    if isinstance(value, list):
        items = [comparable(item) for item in value]
        return items if ordered else sorted(items, key=lambda item: json.dumps(item, sort_keys=True))
    return value


def exception(kind: str, entry: dict[str, Any]) -> str | None:
    """The code with which the case is refused, if it is one of the exceptions."""
    found = [row.code for row in (*REFUSED, *OTHERWISE) if name_of(entry) in row.names(kind)]
    assert len(found) <= 1
    return found[0] if found else None


def refusal(kind: str, entry: dict[str, Any]) -> AtestoError:
    with pytest.raises(AtestoError) as refused:
        dataset_of_expanded(expanded(entry)) if kind == "toRdf" else expanded(entry)
    return refused.value


def test_the_suite_is_the_one_we_know() -> None:
    assert {path.name for path in FOLDER.glob("*-manifest.jsonld")} == {f"{kind}-manifest.jsonld" for kind in (*COUNTS, *LEFT_OUT)}
    for kind, counts in COUNTS.items():
        entries = manifest(kind)
        assert Counter(map(type_of, entries)) == counts
        assert len(set(map(name_of, entries))) == len(entries)
        for entry in entries:
            assert set(entry) <= MEMBERS
            assert set(entry.get("option", {})) <= OPTIONS
            assert entry.get("requires") in {None, "I18nDatatype", "CompoundLiteral"}
            assert ("expect" in entry) == (type_of(entry) == "Positive")
            assert ("expectErrorCode" in entry) == (type_of(entry) == "Negative")
    for kind, count in LEFT_OUT.items():
        assert len(manifest(kind)) == count


def test_every_exception_names_a_case_of_its_kind_once() -> None:
    for kind in ("expand", "toRdf"):
        types = {name_of(entry): type_of(entry) for entry in manifest(kind)}
        for rows, wanted_type in ((REFUSED, "Positive"), (OTHERWISE, "Negative")):
            names = [name for row in rows for name in row.names(kind)]
            assert len(set(names)) == len(names)
            assert {types[name] for name in names} == {wanted_type}
        assert {types[name] for name in VERSION_1_0[kind].split()} == {"Negative"}
    assert {kind: sum(len(row.names(kind)) for row in REFUSED) for kind in ("expand", "toRdf")} == {"expand": 64, "toRdf": 92}
    assert {kind: sum(len(row.names(kind)) for row in OTHERWISE) for kind in ("expand", "toRdf")} == {"expand": 20, "toRdf": 22}


@of("expand", "Positive")
def test_expansion(entry: dict[str, Any]) -> None:
    code = exception("expand", entry)
    if code is not None:
        assert refusal("expand", entry).code == code
    else:
        assert comparable(expanded(entry)) == comparable(load(BASE + entry["expect"]))


@of("toRdf", "Positive")
def test_statements(entry: dict[str, Any]) -> None:
    code = exception("toRdf", entry)
    if code is not None:
        assert refusal("toRdf", entry).code == code
        return
    quads, expected = dataset_of_expanded(expanded(entry)), wanted(entry)
    if name_of(entry) in " ".join(DIRECTIONS.values()).split():
        assert canonical(quads) != canonical(expected)
        quads, expected = without_directions(quads), without_directions(expected)
    assert canonical(quads) == canonical(expected)


def without_directions(quads: Sequence[Quad]) -> tuple[Quad, ...]:
    """The quads with plain or language-tagged texts instead of i18n-datatype and compound literals."""
    compounds: dict[str, dict[str, str]] = {}
    for subject, predicate, value, _ in quads:
        if predicate in COMPOUND:
            compounds.setdefault(subject, {})[COMPOUND[predicate]] = value
    texts = {
        node: parts["value"] + (f"@{parts['language'][1:-1]}" if "language" in parts else "")
        for node, parts in compounds.items()
        if "direction" in parts
    }

    def plain(term: str) -> str:
        term = texts.get(term, term)
        return re.sub(r"\^\^<https://www\.w3\.org/ns/i18n#([^_>]*)_(?:ltr|rtl)>\Z", lambda m: f"@{m[1]}" if m[1] else "", term)

    return tuple((s, p, plain(o), g) for s, p, o, g in quads if s not in texts)


RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
COMPOUND: Final = {f"<{RDF}{name}>": name for name in ("value", "language", "direction")}


@of("toRdf", "PositiveSyntax")
def test_syntax(entry: dict[str, Any]) -> None:
    assert canonical(dataset_of_expanded(expanded(entry)))


@of("expand", "Negative")
def test_refused_expansion(entry: dict[str, Any]) -> None:
    assert_refused("expand", entry)


@of("toRdf", "Negative")
def test_refused_statements(entry: dict[str, Any]) -> None:
    assert_refused("toRdf", entry)


def said(error: AtestoError) -> str:
    """The sentence without the term that is at fault, which the suite does not state."""
    return re.sub(r" \('.*'\)\.$", ".", error.detail)


def assert_refused(kind: str, entry: dict[str, Any]) -> None:
    if name_of(entry) in VERSION_1_0[kind].split():
        dataset_of_expanded(expanded(entry))
        return
    error, code = refusal(kind, entry), exception(kind, entry)
    if code is not None:
        assert error.code == code
        assert not said(error).endswith(f": {entry['expectErrorCode']}.")
    else:
        assert error.code == "linked_data.invalid"
        assert said(error) == f"The document is not valid JSON-LD: {entry['expectErrorCode']}."


@of("compact", "Positive")
def test_compaction(entry: dict[str, Any]) -> None:
    gateway, document = PyldGateway(load), load(BASE + entry["input"])
    if name_of(entry) in LOST_IN_COMPACTION.split():
        with pytest.raises(VerificationError) as lost:
            gateway.expand(document)
        with pytest.raises(VerificationError) as refused:
            gateway.compact(document, [BASE + entry["context"]])
        assert (refused.value.code, refused.value.pointer) == (lost.value.code, lost.value.pointer)
        return
    compacted = gateway.compact(document, [BASE + entry["context"]])
    expected = load(BASE + entry["expect"])
    for document in (compacted, expected):
        document.pop("@context", None)
    assert (comparable(compacted) == comparable(expected)) is (name_of(entry) not in COMPACTED_OTHERWISE)


@of("compact", "Negative")
def test_refused_compaction(entry: dict[str, Any]) -> None:
    gateway, arguments = PyldGateway(load), (load(BASE + entry["input"]), [BASE + entry["context"]])
    if name_of(entry) == "tep15":
        with pytest.raises(VerificationError, match="@graph carries what the proof does not cover"):
            gateway.compact(*arguments)
        return
    if "json-ld-1.0" in entry["option"].values():
        gateway.compact(*arguments)
        return
    with pytest.raises(VerificationError) as refused:
        gateway.compact(*arguments)
    assert (refused.value.code, said(refused.value)) == (
        "linked_data.invalid",
        f"The document is not valid JSON-LD: {entry['expectErrorCode']}.",
    )
