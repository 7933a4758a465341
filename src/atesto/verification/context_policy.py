"""Station 4: which vocabularies a document may name, and where (VC-DI section 2.4.1, context validation).

Checks, in order:
1. `@context` at the top is a list of at most MAX_CONTEXTS entries;
2. each URL is registered, byte for byte, and usable under the policy;
3. an object (inline context) is allowed by the policy, imports nothing, and is no null;
4. `@context` stands nowhere else, except in an embedded credential or endorsement, at any depth (checked by the same rules) and, equal to
   the start of the document's own, in a proof; under a policy that allows inline contexts it may stand anywhere, by rules 2 and 3.

It says whether the document defines terms of its own. It does not process the contexts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.one_or_more import one_or_more
from atesto.encoding.strict_json import json_type
from atesto.errors import MalformedInput, PolicyDenied, VerificationError

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.linked_data.contexts import ContextRegistry
    from atesto.verification.policy import Policy

_EMBEDDED: Final = frozenset({"verifiableCredential", "endorsement"})
"""Members whose values are credentials with vocabularies of their own."""


def check_contexts(document: JsonObject, contexts: ContextRegistry, policy: Policy) -> bool:
    """Whether the document holds inline contexts. Raises VerificationError, PolicyDenied or MalformedInput `context.*`."""
    return _ContextCheck(contexts, policy).document(document, "")


class _ContextCheck:
    def __init__(self, contexts: ContextRegistry, policy: Policy) -> None:
        self._contexts, self._policy = contexts, policy

    def document(self, document: JsonObject, pointer: str) -> bool:
        own = document.get("@context")
        inline = self._context(own, pointer + "/@context")
        for name, value in document.items():
            below = pointer + json_pointer(name)
            if name == "@context":
                continue
            if name in _EMBEDDED:
                inline |= self._credentials(name, value, below)
            elif name == "proof":
                inline |= self._proofs(value, below, own)
            else:
                inline |= self._inside(value, below)
        return inline

    def _credentials(self, name: str, value: JsonValue, pointer: str) -> bool:
        inline = False
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            below = pointer + json_pointer(index) if isinstance(value, list) else pointer
            # A presented or bundled credential is a document of its own; an endorsement may lean on the vocabularies around it.
            own = isinstance(item, dict) and ("@context" in item or name == "verifiableCredential")
            inline |= self.document(item, below) if own and isinstance(item, dict) else self._inside(item, below)
        return inline

    def _proofs(self, value: JsonValue, pointer: str, own: JsonValue) -> bool:
        inline = False
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            below = pointer + json_pointer(index) if isinstance(value, list) else pointer
            if isinstance(item, dict) and "@context" in item:
                named, started = one_or_more(item["@context"]), one_or_more(own)
                if not named or started[: len(named)] != named:
                    raise VerificationError(
                        "proof.context_mismatch", "The document's @context does not start with the proof's.", pointer=below + "/@context"
                    )
                if started != named and not self._policy.extended_contexts:
                    raise PolicyDenied(
                        "proof.context_mismatch", "The document names more vocabularies than its proof.", pointer=below + "/@context"
                    )
                rest: JsonValue = {name: member for name, member in item.items() if name != "@context"}
                inline |= self._inside(rest, below)
            else:
                inline |= self._inside(item, below)
        return inline

    def _inside(self, value: JsonValue, pointer: str) -> bool:
        inline = False
        if isinstance(value, dict):
            if "@context" in value:
                if not self._policy.inline_contexts:
                    raise PolicyDenied("context.misplaced", "A vocabulary is named inside the document.", pointer=pointer + "/@context")
                inline = True
                self._context(value["@context"], pointer + "/@context")
            for name, member in value.items():
                below = pointer + json_pointer(name)
                if name in _EMBEDDED:
                    inline |= self._credentials(name, member, below)
                elif name != "@context":
                    inline |= self._inside(member, below)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                inline |= self._inside(item, pointer + json_pointer(index))
        return inline

    def _context(self, value: JsonValue, pointer: str) -> bool:
        listed = one_or_more(value)
        if len(listed) > limits.MAX_CONTEXTS:
            raise MalformedInput(
                "context.too_many", f"{len(listed)} vocabularies; at most {limits.MAX_CONTEXTS} are read.", pointer=pointer
            )
        inline = False
        for index, item in enumerate(listed):
            below = pointer + json_pointer(index) if isinstance(value, list) else pointer
            if isinstance(item, str):
                self._registered(item, below)
                if not self._contexts.usable_under(item, self._policy.name):
                    raise PolicyDenied("context.not_allowed", f"{item} is for interoperability tests only.", pointer=below)
            elif isinstance(item, dict):
                self._inline(item, below)
                inline = True
            else:
                raise MalformedInput("context.malformed", f"@context holds {json_type(item)}.", pointer=below)
        return inline

    def _registered(self, url: str, pointer: str) -> None:
        try:
            self._contexts.document(url)
        except VerificationError as error:
            raise error.below(pointer) from None

    def _inline(self, value: JsonObject, pointer: str) -> None:
        if not self._policy.inline_contexts:
            raise PolicyDenied("context.inline", "The document defines words of its own.", pointer=pointer)
        for name, member in value.items():
            if name == "@import":
                raise VerificationError("context.unknown", "An inline context imports another.", pointer=pointer + "/@import")
            if name == "@context" and (not isinstance(member, dict | list | str)):
                raise MalformedInput("context.malformed", f"@context holds {json_type(member)}.", pointer=pointer + "/@context")
            if name == "@context":
                self._context(member, pointer + "/@context")
            elif isinstance(member, dict):
                self._inline(member, pointer + json_pointer(name))
