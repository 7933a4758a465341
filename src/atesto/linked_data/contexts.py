"""The registry of JSON-LD contexts: pinned documents by URL, checked by digest, never fetched.

A context decides what a signature covers, so a document may use only contexts that were registered with their content: those
bundled with atesto, and those an operator adds by URL and sha256. URLs are compared byte for byte; other spellings are listed in the index.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atesto.encoding.strict_json import parse_json_object
from atesto.errors import MalformedInput, VerificationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.encoding.strict_json import JsonObject, JsonValue

_ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class RegisteredContext:
    """One context. `published`: sha256 (hex) -> where it is published; `usable_under`: "any", or the one policy that takes it."""

    document: JsonObject
    published: Mapping[str, str]
    usable_under: str


@dataclass(frozen=True, slots=True)
class ContextRegistry:
    """Contexts by URL. Made once, at start; plain data, so that it travels to worker processes."""

    entries: Mapping[str, RegisteredContext]

    @classmethod
    def bundled(cls) -> ContextRegistry:
        """The contexts that come with atesto. Raises MalformedInput `context.digest_mismatch` when a file was altered."""
        folder = bundled_folder()
        index = parse_json_object((folder / "index.json").read_bytes())
        entries: dict[str, RegisteredContext] = {}
        for row in _rows(index):
            data = (folder / str(row["file"])).read_bytes()
            entry = RegisteredContext(_checked(str(row["url"]), data, str(row["sha256"])), _published(row), str(row["usable_under"]))
            aliases = row["aliases"]
            for url in (row["url"], *(aliases if isinstance(aliases, list) else ())):
                entries[str(url)] = entry
        return cls(entries)

    def with_operator_contexts(self, contexts: Mapping[str, tuple[bytes, str]]) -> ContextRegistry:
        """A registry that knows `contexts` (URL -> bytes and their sha256 in hex) too. Bundled ones cannot be replaced.

        Raises MalformedInput `context.digest_mismatch`, `context.malformed` or `json.*`.
        """
        added = {}
        for url, (data, sha256) in contexts.items():
            if url in self.entries:
                raise MalformedInput("context.malformed", f"{url} is bundled and cannot be replaced.")
            added[url] = RegisteredContext(_checked(url, data, sha256), {sha256.lower(): "registered by the operator"}, _ANY)
        return ContextRegistry({**self.entries, **added})

    def document(self, url: str) -> JsonObject:
        """The context document of `url`. Raises VerificationError `context.unknown`, which names the URL."""
        entry = self.entries.get(url)
        if entry is None:
            raise VerificationError("context.unknown", f"The vocabulary {url[:200]!r} is not known to this node.")
        return entry.document

    def usable_under(self, url: str, policy: str) -> bool:
        """Whether a verifier under `policy` takes the registered context `url`."""
        return self.entries[url].usable_under in (_ANY, policy)

    def published_digests(self, url: str) -> Mapping[str, str]:
        """The sha256 digests (hex) under which the document at `url` is published, each with a note; for `relatedResource`."""
        self.document(url)
        return self.entries[url].published


def bundled_folder() -> Path:
    """The folder of bundled contexts: inside the installed package, or `contexts/` of the checkout."""
    installed = Path(str(resources.files("atesto"))) / "linked_data" / "bundled_contexts"
    return installed if installed.is_dir() else Path(__file__).resolve().parents[3] / "contexts"


def _checked(url: str, data: bytes, sha256: str) -> JsonObject:
    if hashlib.sha256(data).hexdigest() != sha256.lower():
        raise MalformedInput("context.digest_mismatch", f"The file of {url} does not have the recorded sha256.")
    document = parse_json_object(data)
    if "@context" not in document:
        raise MalformedInput("context.malformed", f"The file of {url} has no @context.")
    return document


def _rows(index: JsonObject) -> list[dict[str, JsonValue]]:
    contexts = index["contexts"]
    return [row for row in contexts if isinstance(row, dict)] if isinstance(contexts, list) else []


def _published(row: dict[str, JsonValue]) -> dict[str, str]:
    listed = row["published"]
    return {str(item["sha256"]): str(item["source"]) for item in (listed if isinstance(listed, list) else ()) if isinstance(item, dict)}
