"""The shape of Data Integrity proofs (VC-DI section 2.1), read without trust.

Checks, in order, for each proof:
1. it is an object, and there are no more than MAX_PROOFS of them;
2. `type` and `cryptosuite` name a suite of the table;
3. `verificationMethod`, `proofPurpose` and `proofValue` are strings; `created` is there where the suite demands it;
4. `created` and `expires` are date-times; `id` is an absolute URL; `challenge` is a string,
   `domain` a string or list of strings;
5. `previousProof` is a string or a list of strings;
6. over all proofs: ids are unique, each previous proof exists, there is no cycle, and chains are short.

It does not check that the key is the right one, nor the signature.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.encoding.iri import is_absolute_iri
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.strict_json import json_type
from atesto.encoding.timestamp import Timestamp, parse_timestamp
from atesto.errors import MalformedInput, VerificationError
from atesto.proofs.suites import suite_of

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.proofs.cryptosuite import Cryptosuite


PROOF_MEMBERS: Final = frozenset(
    {
        "@context", "challenge", "created", "cryptosuite", "domain", "expires", "id", "nonce", "previousProof", "proofPurpose",
        "proofValue", "type", "verificationMethod",
    }
)  # fmt: skip
"""Every member that a proof may have (VC-DI section 2.1)."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof as read. `document` is the proof object as received; `pointer` says where it stands."""

    pointer: str
    document: JsonObject
    suite: Cryptosuite
    verification_method: str
    purpose: str
    value: str
    id: str | None
    previous: tuple[str, ...]
    created: Timestamp | None
    expires: Timestamp | None
    domain: tuple[str, ...]
    challenge: str | None

    @property
    def options(self) -> JsonObject:
        """The proof without its value: what is hashed as proof configuration."""
        return {name: value for name, value in self.document.items() if name != "proofValue"}


def parse_proofs(document: JsonObject) -> tuple[Proof, ...]:
    """The proofs of a secured `document`, in order. Raises MalformedInput, UnsupportedFeature or VerificationError `proof.*`."""
    if "proof" not in document:
        raise VerificationError("proof.missing", "There is no proof in the document.", pointer="/proof")
    value = document["proof"]
    listed = value if isinstance(value, list) else [value]
    if not listed or value is None:
        raise VerificationError("proof.missing", "The proof is empty.", pointer="/proof")
    if len(listed) > limits.MAX_PROOFS:
        raise MalformedInput("proof.too_many", f"{len(listed)} proofs; at most {limits.MAX_PROOFS} are checked.", pointer="/proof")
    pointers = [json_pointer("proof", index) for index in range(len(listed))] if isinstance(value, list) else ["/proof"]
    proofs = tuple(_parse_proof(item, pointer) for item, pointer in zip(listed, pointers, strict=True))
    _check_chain(proofs)
    return proofs


def previous_proofs(proof: Proof, proofs: tuple[Proof, ...]) -> tuple[Proof, ...]:
    """The proofs that `proof` names as previous, in the order of the document."""
    return tuple(other for other in proofs if other.id is not None and other.id in proof.previous)


def _parse_proof(value: JsonValue, pointer: str) -> Proof:
    if not isinstance(value, dict):
        raise MalformedInput("proof.malformed", f"A proof is an object, this is {json_type(value)}.", pointer=pointer)
    suite = suite_of(value, pointer=pointer)
    if suite.verify_only and "created" not in value:
        raise MalformedInput("proof.malformed", f"A proof by {suite.name} says when it was created.", pointer=pointer + "/created")
    return Proof(
        pointer=pointer,
        document=value,
        suite=suite,
        verification_method=_text(value, "verificationMethod", pointer),
        purpose=_text(value, "proofPurpose", pointer),
        value=_text(value, "proofValue", pointer),
        id=_identifier(value, pointer),
        previous=_texts(value, "previousProof", pointer, limits.MAX_PREVIOUS_PROOFS),
        created=_moment(value, "created", pointer),
        expires=_moment(value, "expires", pointer),
        domain=_texts(value, "domain", pointer, limits.MAX_LISTED),
        challenge=_optional_text(value, "challenge", pointer),
    )


def _text(proof: JsonObject, name: str, pointer: str) -> str:
    value = proof.get(name)
    if not isinstance(value, str) or not value:
        what = "missing" if name not in proof else "not a text"
        raise MalformedInput("proof.malformed", f"The proof's {name} is {what}.", pointer=pointer + json_pointer(name))
    return value


def _optional_text(proof: JsonObject, name: str, pointer: str) -> str | None:
    return _text(proof, name, pointer) if name in proof else None


def _texts(proof: JsonObject, name: str, pointer: str, most: int) -> tuple[str, ...]:
    if name not in proof:
        return ()
    value = proof[name]
    listed = value if isinstance(value, list) else [value]
    texts = tuple(item for item in listed if isinstance(item, str) and item)
    if len(texts) != len(listed) or not texts or len(texts) > most:
        raise MalformedInput("proof.malformed", f"The proof's {name} is not one to {most} texts.", pointer=pointer + json_pointer(name))
    return texts


def _identifier(proof: JsonObject, pointer: str) -> str | None:
    value = _optional_text(proof, "id", pointer)
    if value is not None and not is_absolute_iri(value):
        raise MalformedInput("proof.malformed", "The proof's id is not an absolute URL.", pointer=pointer + "/id")
    return value


def _moment(proof: JsonObject, name: str, pointer: str) -> Timestamp | None:
    value = _optional_text(proof, name, pointer)
    return None if value is None else parse_timestamp(value, pointer=pointer + json_pointer(name))


def _check_chain(proofs: tuple[Proof, ...]) -> None:
    ids = [proof.id for proof in proofs if proof.id is not None]
    if len(set(ids)) != len(ids):
        raise VerificationError("proof.chain_broken", "Two proofs have the same id.", pointer="/proof")
    for proof in proofs:
        for name in proof.previous:
            if name not in ids:
                raise VerificationError(
                    "proof.chain_broken", "previousProof names a proof that is not there.", pointer=proof.pointer + "/previousProof"
                )
    if sum(bool(proof.previous) for proof in proofs) > limits.MAX_CHAINED_PROOFS:
        raise MalformedInput("proof.too_many", f"More than {limits.MAX_CHAINED_PROOFS} proofs of a chain.", pointer="/proof")
    try:
        TopologicalSorter({proof.id or proof.pointer: proof.previous for proof in proofs}).prepare()
    except CycleError:
        raise VerificationError("proof.chain_broken", "The chain of proofs is a circle.", pointer="/proof") from None
