"""The registry of JSON-LD contexts: pinned documents by URL, checked by digest, never fetched.

A context decides what a signature covers, so a document may use only contexts that were registered with their content: those
bundled with atesto, and those an operator adds by URL and sha256. URLs are compared byte for byte; other spellings are listed in the index.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atesto.encoding.digest import Digest, digests_of, parse_digest_sri
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import MalformedInput, VerificationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.encoding.strict_json import JsonObject, JsonValue

_ANY: Final = "any"
_HISTORICAL: Final = "historical:"


@dataclass(frozen=True, slots=True)
class RegisteredContext:
    """One context. `published`: sha256 (hex) -> where it is published; `usable_under`: "any", or the one policy that takes it.

    `further`: sha256 (hex) -> digests of the same published bytes under other algorithms, where they are known.
    """

    document: JsonObject
    published: Mapping[str, str]
    usable_under: str
    further: Mapping[str, tuple[Digest, ...]] = field(default_factory=dict)


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
            document = _checked(str(row["url"]), data, str(row["sha256"]))
            entry = RegisteredContext(document, _published(row), str(row["usable_under"]), _further(row))
            aliases = row["aliases"]
            for url in (row["url"], *(aliases if isinstance(aliases, list) else ())):
                entries[str(url)] = entry
        return cls(entries)

    def with_operator_contexts(self, contexts: Mapping[str, tuple[bytes, str]]) -> ContextRegistry:
        """A registry that knows `contexts` (URL -> bytes and their sha256 in hex) too. Bundled ones cannot be replaced.

        Raises MalformedInput `settings.digest_mismatch`, `context.malformed` or `json.*`.
        """
        added = {}
        for url, (data, sha256) in contexts.items():
            if url in self.entries:
                raise MalformedInput("context.malformed", f"{url} is bundled and cannot be replaced.")
            known, found = sha256.lower(), hashlib.sha256(data).hexdigest()
            if known != found:
                raise MalformedInput("settings.digest_mismatch", f"The context {url} is stated as {known}; its file has {found}.")
            document = _checked(url, data, sha256)
            added[url] = RegisteredContext(document, {known: "registered by the operator"}, _ANY, {known: digests_of(data)})
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

    def known_digests(self, url: str, *, historical: bool) -> dict[str, set[bytes]] | None:
        """The digests of the published document at `url`, by algorithm; None when it is not registered.

        Those of earlier revisions are among them when `historical`.
        """
        entry = self.entries.get(url)
        if entry is None:
            return None
        known: dict[str, set[bytes]] = {}
        for sha256, source in entry.published.items():
            if historical or not source.startswith(_HISTORICAL):
                for digest in (Digest("sha256", bytes.fromhex(sha256)), *entry.further.get(sha256, ())):
                    known.setdefault(str(digest.algorithm), set()).add(digest.value)
        return known


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


def _further(row: dict[str, JsonValue]) -> dict[str, tuple[Digest, ...]]:
    found = {}
    listed = row["published"]
    for item in listed if isinstance(listed, list) else ():
        texts = item.get("sri") if isinstance(item, dict) else None
        if isinstance(item, dict) and isinstance(texts, list):
            found[str(item["sha256"])] = tuple(digest for text in texts for digest in parse_digest_sri(str(text)))
    return found
