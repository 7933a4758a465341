"""The documents that the W3C suite for VCDM 2.0 sends, one test a file: what becomes of each, and why.

Credentials go to an issuer, presentations to a verifier. What the suite puts in is put in here: the issuer's DID where none is named, dates
for the words PAST DATE and FUTURE DATE, our holder's key for the suite's; the credentials of a presentation are signed by that key.
"""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from atesto.errors import AtestoError
from tests.reference_data import reference
from tests.simulators.parts import NOW, MemorySigner, issuer, secured, verifier

SIGNER: Final = MemorySigner.numbered(7)
SUITE_KEY: Final = "did:key:z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj"
DATES: Final = {"PAST DATE": "2025-06-15T12:00:00Z", "FUTURE DATE": "2027-06-15T12:00:00Z"}
OK: Final = "issued"

# file -> what the issuer says under `interop`: "issued", or the code and pointer of the refusal
CREDENTIALS: Final[dict[str, str]] = {
    "context-combo1-ok": OK,
    "context-combo2-ok": OK,
    "context-combo4-fail": "context.malformed /@context/1",
    "id-multi-fail": "model.id_malformed /id",
    "id-nonidentifier-fail": "model.id_malformed /id",
    "id-other-ok": OK,
    "id-subject-multi-fail": "model.id_malformed /credentialSubject/id",
    "issuer-no-url-fail": "model.id_malformed /issuer",
    "issuer-object-id-no-url-fail": "model.id_malformed /issuer/id",
    "issuer-object-id-null-fail": "model.id_malformed /issuer/id",
    "issuer-object-ok": OK,
    "missing-base-context-fail-or-inject": "model.context_missing /@context",
    "missing-required-type-fail": "model.type_missing /type",
    "no-context-fail-or-inject": "model.context_missing /@context",
    "no-type-fail": "model.type_missing /type",
    "ok": OK,
    # The suite no longer sends this one: it carries a proof, and this node does not add its own to another's.
    "proof-ok": "issue.already_secured /proof",
    "redef-type2-fail": "linked_data.invalid /@context/2",
    "refresh-ok": OK,
    "refresh-type-ok": OK,
    "schema-ok": OK,
    "schemas-ok": OK,
    "status-missing-id-ok": OK,
    "status-missing-type-fail": "model.member_missing /credentialStatus/type",
    "status-ok": OK,
    "subject-multiple-empty-fail": "model.member_malformed /credentialSubject/1",
    "subject-no-claims-fail": "model.member_malformed /credentialSubject",
    "termsofuse-id-ok": OK,
    "termsofuse-no-type-fail": "model.member_missing /termsOfUse/type",
    "termsofuses-ok": OK,
    "type-mapped-url-ok": OK,
    "type-url-ok": OK,
    "type-urls-order-1-ok": OK,
    "type-urls-order-2-ok": OK,
    "validUntil-validFrom-fail": "time.inverted /validUntil",
    "validUntil-validFrom-ok": OK,
    "validfrom-invalid-fail": "time.malformed /validFrom",
    "validfrom-ms-ok": OK,
    "validuntil-ms-ok": OK,
    "validuntil-ok": OK,
    "validuntil-tz-ok": OK,
}
NAMES: Final[dict[str, str]] = {
    "credential-description-extra-prop-en-fail": "model.member_malformed /description",
    "credential-description-language-direction-en-ok": OK,
    "credential-description-language-en-ok": OK,
    "credential-description-ok": OK,
    "credential-multi-language-name-ok": OK,
    "credential-name-extra-prop-en-fail": "model.member_malformed /name",
    "credential-name-language-direction-en-ok": OK,
    "credential-name-language-en-ok": OK,
    "credential-name-ok": OK,
    "issuer-description-extra-prop-en-fail": "model.member_malformed /issuer/description",
    "issuer-description-optional-ok": OK,
    "issuer-name-language-direction-en-ok": OK,
    "issuer-name-language-en-ok": OK,
    "issuer-name-ok": OK,
    "issuer-name-optional-ok": OK,
}
STRICT: Final[dict[str, str]] = {
    "context-combo1-ok": "context.not_allowed /@context/1",
    "redef-type2-fail": "context.inline /@context/1",
    **dict.fromkeys(
        ("context-combo2-ok", "refresh-type-ok", "status-missing-id-ok", "status-ok", "termsofuse-id-ok", "termsofuses-ok"),
        "context.inline /@context/1",
    ),
    "type-mapped-url-ok": "context.inline /@context/1",
    **dict.fromkeys(("validuntil-ms-ok", "validuntil-ok", "validuntil-tz-ok"), "time.expired /validUntil"),
}
"""Where `strict` says something else."""

# file -> what a verifier says under `interop`: "confirmed", or the code and pointer of the refusal
PRESENTATIONS: Final[dict[str, str]] = {
    "presentation-context-combo2-ok": "confirmed",
    "presentation-context-order-fail": "model.context_missing /@context",
    # An envelope of a draft: its data: URL says base64url, of a media type that was renamed since.
    "presentation-enveloped-vc-ok": "envelope.malformed /verifiableCredential/0/id",
    "presentation-holder-fail": "model.id_malformed /holder",
    "presentation-holder-name-fail": "model.member_missing /holder/id",
    "presentation-holder-object-ok": "confirmed",
    "presentation-holder-ok": "confirmed",
    "presentation-missing-required-type-fail": "model.type_missing /type",
    "presentation-no-context-fail-or-inject": "model.context_missing /@context",
    "presentation-no-type-fail": "model.type_missing /type",
    "presentation-optional-type-ok": "confirmed",
    "presentation-self-asserted-vc-holder-mismatch": "binding.holder_mismatch /holder",
    "presentation-self-asserted-vc-issuer-mismatch": "binding.issuer_mismatch /verifiableCredential/0/issuer",
    "presentation-self-asserted-vc-ok": "confirmed",
    # No proof can be made over these two, for what would be lost; the suite sends the second one as it is.
    "presentation-vc-missing-required-type-fail": "proof.missing /proof",
    "presentation-vc-ok": "confirmed",
}
PRESENTATIONS_STRICT: Final[dict[str, str]] = dict.fromkeys(
    ("presentation-context-combo2-ok", "presentation-optional-type-ok"), "context.inline /@context/1"
)
UNSIGNED: Final = {
    "presentation-holder-fail",
    "presentation-no-context-fail-or-inject",
    "presentation-vc-missing-required-type-fail",
}
# Where the credential inside carries no proof of its own: only one by the holder, whom the presentation names, may do without.
BARE: Final[dict[str, str]] = {
    "presentation-self-asserted-vc-holder-mismatch": "binding.holder_mismatch /holder",
    "presentation-self-asserted-vc-issuer-mismatch": "proof.missing /verifiableCredential/0/proof",
    "presentation-self-asserted-vc-ok": "confirmed",
    "presentation-holder-ok": "proof.missing /verifiableCredential/0/proof",
    "presentation-holder-object-ok": "proof.missing /verifiableCredential/0/proof",
    "presentation-vc-ok": "proof.missing /verifiableCredential/0/proof",
}

EVERY: Final = {f"credential-{name}": said for name, said in CREDENTIALS.items()} | {
    f"names-and-descriptions/{name}": said for name, said in NAMES.items()
}


def document(name: str) -> Any:
    text = reference("vectors", "vcdm2-input", f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text.replace(SUITE_KEY, SIGNER.did))


def sent(name: str) -> Any:
    """The credential as the suite sends it to an issuer."""
    found = document(name)
    named = found.get("issuer")
    if isinstance(named, dict):
        named.setdefault("id", SIGNER.did)
    elif named is None:
        found["issuer"] = SIGNER.did
    return found | {member: DATES[found[member]] for member in ("validFrom", "validUntil") if found.get(member) in DATES}


async def issued(name: str, policy: str) -> str:
    asked = sent(name)
    try:
        given = await issuer(SIGNER, policy=policy).issue(asked, now=NOW)
    except AtestoError as error:
        return f"{error.code} {error.pointer}" if error.entry.http_status == 400 else f"HTTP {error.entry.http_status}"
    assert {member: value for member, value in given.items() if member != "proof"} == asked
    return OK


def test_every_file_is_known() -> None:
    folder = reference("vectors", "vcdm2-input", "README.md").parent
    found = {str(path.relative_to(folder).with_suffix("")) for path in folder.rglob("*.json")}
    assert found == {*EVERY, *PRESENTATIONS}
    assert (len(CREDENTIALS), len(NAMES), len(PRESENTATIONS)) == (41, 15, 16)


def test_the_table_agrees_with_the_names_of_the_files() -> None:
    assert {name for name, said in EVERY.items() if name.endswith("-ok") is not (said == OK)} == {"credential-proof-ok"}
    assert {name for name, said in PRESENTATIONS.items() if name.endswith("-ok") is not (said == "confirmed")} == {
        "presentation-enveloped-vc-ok"
    }
    assert sum(said == OK for said in EVERY.values()) == 34


@pytest.mark.parametrize("name", EVERY)
async def test_credential(name: str) -> None:
    assert await issued(name, "interop") == EVERY[name]


@pytest.mark.parametrize("name", EVERY)
async def test_credential_under_strict(name: str) -> None:
    assert await issued(name, "strict") == STRICT.get(name.removeprefix("credential-"), EVERY[name])


async def presented(name: str, policy: str, *, bare: bool = False) -> str:
    asked = document(name)
    if name not in UNSIGNED:
        if not bare and name != "presentation-enveloped-vc-ok":
            inside = asked.get("verifiableCredential", [])
            for credential in inside:
                if credential["issuer"] == "did:example:issuer":
                    credential["issuer"] = SIGNER.did
            asked |= {"verifiableCredential": [await secured(credential, SIGNER) for credential in inside]} if inside else {}
        asked = await secured(asked, SIGNER, purpose="authentication", more={"challenge": "c", "domain": "d"})
    report = await verifier(policy).verify_presentation(asked, now=NOW, challenge="c", domain="d")
    return "confirmed" if report.verified else f"{report.problems[0].code} {report.problems[0].pointer}"


@pytest.mark.parametrize("name", PRESENTATIONS)
async def test_presentation(name: str) -> None:
    assert await presented(name, "interop") == PRESENTATIONS[name]
    assert await presented(name, "strict") == PRESENTATIONS_STRICT.get(name, PRESENTATIONS[name])


@pytest.mark.parametrize("policy", ["strict", "interop"])
@pytest.mark.parametrize("name", BARE)
async def test_presentation_of_a_credential_without_proof(name: str, policy: str) -> None:
    assert await presented(name, policy, bare=True) == BARE[name]
