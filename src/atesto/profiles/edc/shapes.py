"""The published SHACL shapes' own verdict, from the files that an operator has.

Works where the extra is installed (`pip install 'atesto[shacl]'`). What stands in the files is trusted, what they import is not fetched;
the credential is a stranger's: run this in a worker, with a deadline. Only what the default graph would hold is judged, without the members
that no credential can state as the shapes want them (`classes.LEFT_OUT`), and without what JSON-LD would drop.

It does not check what the shapes do not ask; an empty graph conforms to them. So one European Digital Credential, at the root, is demanded
before they are asked.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from atesto.errors import AtestoError
from atesto.findings import Finding
from atesto.profiles.edc.application_profiles import PROFILES
from atesto.profiles.edc.check import named_profiles, root_findings
from atesto.profiles.edc.plan import KINDS, KINDS_AT_TOP, with_included
from atesto.profiles.edc.terms import Kind
from atesto.profiles.edc.told import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.linked_data.processor import LinkedDataProcessor

HOW_TO_INSTALL: Final = "The published shapes need pyshacl, which is not installed: pip install 'atesto[shacl]'."
_MOST_RESULTS: Final = 20
_IN_EVERY_NODE: Final = ("id", "type", "@id", "@type")


def shapes_findings(
    processor: LinkedDataProcessor, document: JsonObject, folder: str, profiles: Iterable[str] | None = None
) -> list[Finding]:
    """The verdict of the shapes in `folder`, for the profiles that the credential names unless `profiles` says others (codes).

    One finding when it conforms or could not be judged; otherwise one that says so and one for each kind of result, twenty at most.
    """
    if not is_installed():
        return [Finding("edc.shapes_not_applied", HOW_TO_INSTALL)]
    telling = Telling(document)
    if next(root_findings(telling), None) is not None:
        return [
            Finding("edc.shapes_not_applied", "The document is not one European Digital Credential; anything else conforms to the shapes.")
        ]
    codes = named_profiles(document) if profiles is None else frozenset(profiles)
    names = shape_files(codes)
    lacking = [name for name in names if not (Path(folder) / name).is_file()]
    if lacking:
        return [Finding("edc.shapes_not_applied", f"The folder of the published shapes has no {' and no '.join(lacking)}.")]
    try:
        told: JsonObject = {"@context": document.get("@context", []), **_told(telling.top, KINDS_AT_TOP)}
        statements = processor.dataset_of(told, empty_lists=True)
    except AtestoError as error:
        return [Finding("edc.shapes_not_applied", f"The credential could not be read as statements: {error.detail}", error.pointer)]
    lines = "".join(f"{subject} {predicate} {value} .\n" for subject, predicate, value, graph in statements if not graph)
    return list(_verdict(telling, lines, folder, names))


def shape_files(codes: Iterable[str]) -> tuple[str, ...]:
    """The files that have to be read together for some profiles; those of Generic are always among them."""
    wanted = with_included(frozenset(codes))
    return tuple(name for code, profile in PROFILES.items() if code in wanted or code == next(iter(PROFILES)) for name in profile.shapes)


def is_installed() -> bool:
    """Whether the extra is there."""
    from importlib.util import find_spec

    return find_spec("pyshacl") is not None


def _told(node: JsonObject, kinds: dict[str, Kind]) -> JsonObject:
    """An object without members that no term defines: JSON-LD would drop them, which is another check's to say."""
    found: JsonObject = {name: node[name] for name in _IN_EVERY_NODE if name in node}
    for name, value in node.items():
        kind = kinds.get(name)
        if kind is not None:
            found[name] = _told_values(value) if kind is Kind.NODE else value
    return found


def _told_values(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_told_values(item) for item in value]
    return _told(value, KINDS) if isinstance(value, dict) else value


def _verdict(telling: Telling, lines: str, folder: str, names: tuple[str, ...]) -> Iterator[Finding]:
    import pyshacl
    from rdflib import Graph

    graph = Graph().parse(data=lines, format="nt")
    conforms, results, _ = pyshacl.validate(
        graph, shacl_graph=_shapes(folder, names), inference="none", advanced=False, do_owl_imports=False
    )
    asked = " + ".join(name.removesuffix(".ttl") for name in names)
    if conforms:
        yield Finding("edc.shapes_conform", f"{asked}: conforms.")
        return
    counted = Counter(_results(results))
    yield Finding("edc.shapes_violated", f"{asked}: {sum(counted.values())} {'result' if counted.total() == 1 else 'results'}.")
    places = {f"{told.node.get('id')}": told.pointer for told in telling.objects}
    for (subject, path, constraint), count in list(counted.items())[:_MOST_RESULTS]:
        times = "" if count == 1 else f" ({count} times)"
        yield Finding("edc.shapes_violated", f"{path or 'the object'}: {constraint}{times}.", places.get(subject, ""))


def _results(graph: Any) -> Iterator[tuple[str, str, str]]:
    """Of each result: whom it is about, the property, the constraint. Values are not repeated: they may be a person's."""
    from rdflib import RDF, SH

    for result in graph.subjects(RDF.type, SH.ValidationResult):
        path, constraint = graph.value(result, SH.resultPath), graph.value(result, SH.sourceConstraintComponent)
        short = str(constraint).rpartition("#")[2].removesuffix("ConstraintComponent")
        yield str(graph.value(result, SH.focusNode)), _last(str(path)) if path else "", short


def _last(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


@lru_cache(maxsize=8)
def _shapes(folder: str, names: tuple[str, ...]) -> Any:
    """The shapes of those files in one graph, without what they import. Kept: reading them takes longer than judging by them."""
    from rdflib import OWL, Graph

    graph = Graph()
    for name in names:
        graph.parse(Path(folder) / name, format="turtle")
    graph.remove((None, OWL.imports, None))
    return graph
