"""Bodies of at most 64 KB that are meant to cost the node as much as they can, each with the code of its refusal.

All start from a credential that the node signed and change what it says, so that nothing cheaper than the intended station refuses them.
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tests.live.material import OPEN_BADGES, V2, changed, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_BYTES: Final = 65_536
CREDENTIALS: Final = "/credentials/verify"
PRESENTATIONS: Final = "/presentations/verify"
Made: TypeAlias = tuple[str, bytes]
"""The address and the body."""
_MOST: Final = 12_000


def _written(body: Any) -> bytes:
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()


def credential(document: Any, *changes: Callable[[Any], None]) -> Made:
    """A request to verify `document` after `changes`."""
    for change in changes:
        document = changed(document, change)
    return CREDENTIALS, _written({"verifiableCredential": document})


def presentation(document: Any) -> Made:
    """A request to verify the presentation `document`."""
    return PRESENTATIONS, _written({"verifiablePresentation": document})


def filled(one: Callable[[int], Any], wrap: Callable[[list[Any]], Made], *, most: int = _MOST) -> Made:
    """`wrap` around as many items as fit into 64 KB, `most` at most."""
    items = [one(number) for number in range(most)]
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(wrap(items[:middle])[1]) <= MAX_BYTES else (low, middle - 1)
    return wrap(items[:low])


def nested(depth: int, member: str, *, kind: str | None = None) -> Any:
    """`depth` objects, one in the other."""
    value: Any = {"name": "end"}
    for _ in range(depth):
        value = {**({"type": [kind]} if kind else {}), member: value}
    return value


def graph(size: int, edges: Iterable[tuple[int, int]]) -> list[Any]:
    """Nodes whose ids are blank node labels, and the edges between them."""
    listed = list(edges)
    return [
        {"id": f"_:n{node}", "type": ["Achievement"], "related": [{"id": f"_:n{to}"} for start, to in listed if start == node]}
        for node in range(size)
    ]


def clique(size: int) -> list[Any]:
    return graph(size, itertools.permutations(range(size), 2))


def ring(size: int) -> list[Any]:
    return graph(size, ((node, (node + 1) % size) for node in range(size)))


def star(leaves: int) -> list[Any]:
    return graph(leaves + 1, ((0, leaf) for leaf in range(1, leaves + 1)))


def alike(levels: int, width: int) -> Any:
    """Unnamed achievements that nothing tells apart: `width` in each of `levels`."""
    inner = {"related": [alike(levels - 1, width) for _ in range(width)]} if levels else {}
    return {"type": ["Achievement"], **inner}


def chained(proof: Any, count: int, links: int) -> list[Any]:
    """`count` proofs, of which `links` name the one before."""
    proofs = [{**proof, "id": f"urn:uuid:{number:08d}-0000-4000-8000-000000000000"} for number in range(count)]
    for before, after in itertools.pairwise(proofs[: links + 1]):
        after["previousProof"] = [before["id"]]
    return proofs


def heavy_bodies(issued: Any, badge: Any, presented: Any) -> dict[str, tuple[Made, str]]:  # long because it is a table
    """name -> (request, code of its refusal). `badge` is an Open Badge of the node, `presented` a presentation of `issued`."""
    subject = ("credentialSubject", "achievement", "related")

    def badge_with(value: Any) -> Made:
        return credential(badge, put(*subject, value=value))

    def named(value: Any) -> Callable[[Any], None]:
        return put("name", value=value)

    def proofs(value: Any) -> Callable[[Any], None]:
        return put("proof", value=value)

    texts = filled(lambda number: f"s{number}", lambda items: credential(issued, named(items)))
    proof = issued["proof"]
    made: dict[str, tuple[Made, str]] = {
        "deep arrays": ((CREDENTIALS, b"[" * MAX_BYTES), "json.too_deep"),
        "deep objects": ((CREDENTIALS, b'{"a":' * (MAX_BYTES // 5)), "json.too_deep"),
        "deep within bounds": (filled(lambda _: nested(50, "x"), lambda items: credential(issued, named(items))), "model.member_malformed"),
        "wide object": (
            filled(lambda number: (f"m{number}", 1), lambda items: credential(issued, put("credentialSubject", value=dict(items)))),
            "linked_data.undefined_term",
        ),
        "last name twice": (
            (CREDENTIALS, b"{" + b"".join(b'"a%d":1,' % number for number in range(6_000)) + b'"a5999":2}'),
            "json.duplicate_member",
        ),
        "twice in depth": ((CREDENTIALS, b'{"a":' * 60 + b'{"b":1,"b":2}' + b"}" * 60), "json.duplicate_member"),
        "many texts": (texts, "proof.signature_invalid"),
        "many texts in languages": (
            filled(lambda number: {"@language": "en", "@value": f"{number}"}, lambda items: credential(issued, named(items))),
            "linked_data.too_complex",
        ),
        "texts in languages within bounds": (
            credential(issued, named([{"@language": "en", "@value": f"{number}"} for number in range(1_600)])),
            "proof.signature_invalid",
        ),
        "many typed objects": (filled(lambda _: {"type": ["Related"]}, badge_with), "linked_data.too_complex"),
        "typed objects within bounds": (
            badge_with([{"type": ["Achievement"], "version": "1"} for _ in range(500)]),
            "proof.signature_invalid",
        ),
        "typed chains": (filled(lambda _: nested(12, "related", kind="Achievement"), badge_with), "linked_data.too_complex"),
        "many empty objects": (filled(lambda _: {}, badge_with), "linked_data.too_complex"),
        "clique of 7": (badge_with(clique(7)), "linked_data.blank_node_id"),
        "clique of 10": (badge_with(clique(10)), "linked_data.blank_node_id"),
        "ring of 12": (badge_with(ring(12)), "linked_data.blank_node_id"),
        "star": (badge_with(star(900)), "linked_data.too_complex"),
        "alike, two levels": (badge_with([alike(2, 7) for _ in range(7)]), "linked_data.too_complex"),
        "alike, four levels": (badge_with([alike(4, 3) for _ in range(4)]), "linked_data.too_complex"),
        "alike, one level": (badge_with([alike(0, 0) for _ in range(12)]), "proof.signature_invalid"),
        "chain of 50": (badge_with(nested(50, "related", kind="Achievement")), "linked_data.too_complex"),
        "chain of 120": (badge_with(nested(120, "related", kind="Achievement")), "json.too_deep"),
        "chain of 200": (badge_with(nested(200, "related", kind="Achievement")), "json.too_deep"),
        "clique inside the proof": (credential(issued, put("proof", "proofPurpose", value=clique(7))), "proof.malformed"),
        "clique beside the proof": (credential(issued, put("proof", "nonce", value=clique(7))), "linked_data.blank_node_id"),
        "many contexts": (filled(lambda _: V2, lambda items: credential(issued, put("@context", value=items))), "context.too_many"),
        "large contexts eight times": (
            credential(badge, put("@context", value=[V2] + [OPEN_BADGES] * 7), put(*subject, value=[{"type": ["Related"]}] * 500)),
            "proof.signature_invalid",
        ),
        "long number": ((CREDENTIALS, b'{"verifiableCredential":{"a":' + b"9" * 65_000 + b"}}"), "json.number_out_of_range"),
        "many numbers": (
            filled(lambda number: 10**31 + number, lambda items: credential(issued, named(items))),
            "json.number_out_of_range",
        ),
        "many fractions": (filled(lambda number: number + 0.5, lambda items: credential(issued, named(items))), "model.member_malformed"),
        "one long text": (credential(issued, named("x" * 64_000)), "proof.signature_invalid"),
        "one long text in escapes": (
            (CREDENTIALS, json.dumps({"verifiableCredential": changed(issued, named("ሴ" * 10_000))}).encode()),
            "proof.signature_invalid",
        ),
        "long key identifier": (
            credential(issued, put("proof", "verificationMethod", value="did:key:z" + "2" * 60_000)),
            "did.invalid",
        ),
        "long signature": (credential(issued, put("proof", "proofValue", value="z" + "2" * 60_000)), "proof.value_malformed"),
        "many proofs": (filled(lambda _: proof, lambda items: credential(issued, proofs(items))), "proof.too_many"),
        "eight proofs over many texts": (
            filled(lambda number: f"s{number}", lambda items: credential(issued, named(items), proofs([proof] * 8))),
            "proof.signature_invalid",
        ),
        "eight proofs of two hashes over many texts": (
            filled(
                lambda number: f"s{number}",
                lambda items: credential(issued, named(items), proofs([{**proof, "cryptosuite": "ecdsa-rdfc-2019"}] * 8)),
            ),
            "proof.key_mismatch",
        ),
        "chained proofs within bounds": (
            filled(
                lambda number: f"s{number}",
                lambda items: credential(issued, named(items), proofs(chained({**proof, "cryptosuite": "ecdsa-rdfc-2019"}, 8, 3))),
                most=4_800,
            ),
            "proof.key_mismatch",
        ),
        "chained proofs of two hashes over many texts": (
            filled(
                lambda number: f"s{number}",
                lambda items: credential(issued, named(items), proofs(chained({**proof, "cryptosuite": "ecdsa-rdfc-2019"}, 8, 3))),
            ),
            "linked_data.too_complex",
        ),
        "chained proofs over many texts": (
            filled(lambda number: f"s{number}", lambda items: credential(issued, named(items), proofs(chained(proof, 8, 3)))),
            "linked_data.too_complex",
        ),
        "too many chained proofs": (
            filled(lambda number: f"s{number}", lambda items: credential(issued, named(items), proofs(chained(proof, 8, 7)))),
            "proof.too_many",
        ),
        "sixteen credentials": (
            presentation(changed(presented, put("verifiableCredential", value=[issued] * 16))),
            "proof.signature_invalid",
        ),
        "sixteen different credentials": (
            presentation(
                changed(
                    presented,
                    put(
                        "verifiableCredential",
                        value=[
                            changed(badge, put("id", value=f"urn:uuid:{number:08d}-0000-4000-8000-000000000000")) for number in range(16)
                        ],
                    ),
                )
            ),
            "proof.signature_invalid",
        ),
        "fifteen hundred credentials": (
            filled(
                lambda number: {"id": f"urn:x:{number}"},
                lambda items: presentation(changed(presented, put("verifiableCredential", value=items))),
            ),
            "model.too_many",
        ),
    }
    return made
