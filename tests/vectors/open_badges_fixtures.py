"""The sample badges of 1EdTech's validator with what others would serve for them, and our words for the reasons in `expected.json`."""

from __future__ import annotations

import json
import re
import struct
from typing import Any, Final

from atesto.dids.jwk_set import jwk_set_url
from tests.reference_data import reference
from tests.simulators.memory_fetcher import MemoryFetcher

FOLDER: Final = reference("ob3")
EXPECTED: Final = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
STUBS: Final = json.loads((FOLDER / "stubs.json").read_text(encoding="utf-8"))
FILES: Final[dict[str, Any]] = {case["file"]: case for case in EXPECTED["files"]}

PROBLEMS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "proof_missing": (("proof.missing", r"/proof"),),
    "proof_invalid": (("proof.signature_invalid", r"/proof/0/proofValue"),),
    "jwt_sub_missing": (("token.claim_missing", r"/sub"),),
    "key_unresolvable": (("did.method_not_found", r"/proof/verificationMethod"),),
    "verification_method_invalid": (("did.method_url_malformed", r"/proof/0/verificationMethod"),),
    "did_method_unsupported": (("did.method_not_supported", r"/proof/0/verificationMethod"),),
    "issuer_not_bound_to_key": (("binding.issuer_unverified", r"/issuer"),),
    # A file whose first context is the wrong one, and one whose second is a draft that nobody serves any more.
    "context_invalid": (("model.context_missing", r"/@context"), ("context.unknown", r"/@context/1")),
    # A type that no context defines: of a proof that is already said where proofs are read, by the proof's own code.
    "jsonld_undefined_term": (("linked_data.undefined_type", r"/.*"), ("proof.unsupported_cryptosuite", r"/proof/0/type")),
    "subject_type_invalid": (("linked_data.undefined_type", r"/credentialSubject/type/0"),),
    "result_type_invalid": (("linked_data.undefined_type", r"/credentialSubject/result/1/type/0"),),
    "source_type_invalid": (("linked_data.undefined_type", r"/credentialSubject/source/type"),),
    "issuer_type_invalid": (("linked_data.undefined_type", r"/issuer/type/0"),),
    "parent_org_type_invalid": (("linked_data.undefined_type", r"/issuer/parentOrg/type/0"),),
    "issuer_missing": (("model.member_missing", r"/issuer"),),
    "expired": (("time.expired", r"/validUntil"),),
    "revoked": (("status.revoked", r"/credentialStatus"),),
    "endorsement_schema_unreachable": (("schema.unavailable", r"/.*endorsement/0/credentialSchema/1"),),
    "endorsement_proof_invalid": (("proof.unsupported_cryptosuite", r"/.*endorsement/0/proof/0/cryptosuite"),),
}
"""A reason that refuses -> code and place of the problem that says so."""
FINDINGS: Final = {"context_outdated": "ob.context_outdated", "cryptosuite_deprecated": "proof.deprecated_suite"}
"""A reason that warns -> the finding that says so."""


def received(name: str) -> Any:
    """What a file holds: an object, or the text of a token; out of the picture where it is in one."""
    content = (FOLDER / name).read_bytes()
    if name.endswith(".png"):
        content = _from_png(content)
    elif name.endswith(".svg"):
        found = re.search(rb'verify="([^"]+)"', content)
        assert found is not None
        content = found[1]
    content = content.strip()
    return json.loads(content) if content.startswith(b"{") else content.decode("ascii")


def fetcher(*, jwk_sets: bool = False) -> MemoryFetcher:
    """What others serve, and nothing else; with `jwk_sets` also the keys that stand in the headers of tokens, as their hosts might."""
    keys = STUBS["issuer_jwk_header_keys"] if jwk_sets else {}
    sets = {jwk_set_url(issuer): {"keys": listed} for issuer, listed in keys.items()}
    files = {url: (FOLDER / answer["body_file"]).read_bytes() for url, answer in STUBS["http"].items()}
    return MemoryFetcher({**STUBS["controller_documents"], **files, **sets})


def _from_png(content: bytes) -> bytes:
    """The text of the one `iTXt` chunk of badges: as much of PNG as these files need."""
    position = 8
    while position < len(content):
        length, kind = struct.unpack(">I4s", content[position : position + 8])
        data = content[position + 8 : position + 8 + length]
        position += 12 + length
        if kind == b"iTXt" and data.startswith(b"openbadgecredential\0"):
            return data.split(b"\0", 1)[1][2:].split(b"\0", 2)[2]
    raise AssertionError("there is no badge in the picture")
