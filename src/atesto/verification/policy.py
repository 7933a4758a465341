"""The named policies of a verifier: every judgement where the specifications are silent, as one table.

`strict` is the default. `interop` exists for interoperability suites. The report names the policy that was applied.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from atesto import limits


@dataclass(frozen=True, slots=True)
class Policy:
    """One column of the table. Field names are the questions; see the manual's page on policies for the reasons."""

    name: str
    inline_contexts: bool
    """Whether a document may define terms of its own. If so it is shown recompacted against the bundled contexts only."""
    test_contexts: bool
    """Whether contexts that are there for interoperability tests only may be named."""
    unbound_issuers: bool
    """Whether an issuer that is no DID, and whose keys can therefore not be looked up, is accepted with a warning."""
    unknown_status: bool
    """Whether a status entry of an unknown type is accepted with a warning."""
    wrapped_version_2: bool
    """Whether a VCDM 2.0 document is taken in the `vc` or `vp` claim of a JWT, the form of VCDM 1.1, with a warning."""
    historical_digests: bool
    """Whether `relatedResource` may state the digest of an earlier revision of a context, where the index knows one."""
    expired_at_issue: bool
    """Whether an issuer signs a credential whose period of validity has ended. Every verifier refuses it as expired all the same."""
    undated_at_issue: bool
    """Whether an issuer dates a VCDM 1.1 credential that comes without `issuanceDate`, which that version demands, or refuses it."""
    extended_contexts: bool
    """Whether a document may name vocabularies behind those that its proof states as signed, as Data Integrity allows."""
    foreign_status_lists: bool
    """Whether a status list counts that is neither the issuer's, nor by a party of its own host, nor by one whom the settings name."""
    unknown_schemas: bool
    """Whether a schema that a badge says it keeps to may be one that the node does not know, with a finding."""
    badge_claims_optional: bool
    """Whether a badge's token may leave out claims that Open Badges wants repeated, with a warning, as 1EdTech's validator lets it."""
    bare_did_key: bool
    """Whether a proof may name its key by a did:key without a fragment, as older badges do."""
    published_test_keys: bool = False
    """Whether keys whose secret is published are accepted, with a warning: a setting of the verifier, off in every policy."""
    clock_skew_seconds: int = limits.CLOCK_SKEW_SECONDS
    """How far validFrom and created may lie ahead."""


POLICIES: Final[dict[str, Policy]] = {
    "strict": Policy(
        "strict",
        inline_contexts=False,
        test_contexts=False,
        unbound_issuers=False,
        unknown_status=False,
        historical_digests=False,
        expired_at_issue=False,
        undated_at_issue=False,
        wrapped_version_2=False,
        extended_contexts=False,
        foreign_status_lists=False,
        unknown_schemas=False,
        badge_claims_optional=False,
        bare_did_key=False,
    ),
    "interop": Policy(
        "interop",
        inline_contexts=True,
        test_contexts=True,
        unbound_issuers=True,
        unknown_status=True,
        historical_digests=True,
        expired_at_issue=True,
        undated_at_issue=True,
        wrapped_version_2=True,
        extended_contexts=True,
        foreign_status_lists=True,
        unknown_schemas=True,
        badge_claims_optional=True,
        bare_did_key=True,
    ),
}
DEFAULT_POLICY: Final = "strict"
