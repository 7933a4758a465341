"""The table of doors: reading it tells what the node answers, to whom, and with what.

Names are VCALM's (W3C); where VC-API, its predecessor, had another address, that one stands beside it.
"""

from __future__ import annotations

from typing import Final

from atesto.baking.picture import PNG, SVG
from atesto.dids.jwk_set import JWK_SET_PATH, JWK_SET_TYPE
from atesto.web.api.awards import issue_award
from atesto.web.api.baking import bake_credential
from atesto.web.api.credentials import (
    CREDENTIAL_TYPES,
    LINKED_DATA_TYPE,
    compare_credentials,
    issue_credential,
    verify_credential,
    verify_for_europass,
)  # fmt: skip
from atesto.web.api.dids import DOCUMENT_TYPE, RESOLUTION_TYPE, did_document, jwk_set, resolve_identifier
from atesto.web.api.documents import metrics, openapi
from atesto.web.api.health import live, ready
from atesto.web.api.learner_records import bundle_credentials
from atesto.web.api.presentations import prove_presentation, verify_presentation
from atesto.web.bodies import (
    AwardRequest,
    BakeBody,
    CompareBody,
    IssueBody,
    LearnerRecordBody,
    ProveBody,
    VerifyCredentialBody,
    VerifyPresentationBody,
)
from atesto.web.pages.docs import docs_page
from atesto.web.pages.home import asset, home_page
from atesto.web.pages.issuing import issue_form
from atesto.web.pages.verifying import verify_form
from atesto.web.problems import PROBLEM_TYPE
from atesto.web.route import OPERATING, Access, Answer, Body, Route, Size

_REFUSED: Final = Answer("The request was refused; `code` and `pointer` say why.", PROBLEM_TYPE, "Problem")
_KEY_ENDED: Final = Answer("The key was retired or revoked beside the running node: restart it.", PROBLEM_TYPE, "Problem")
_ISSUED: Final = {201: Answer("The credential, secured and recorded.", schema="IssuedCredential"), 400: _REFUSED, 409: _KEY_ENDED}
_AWARDED: Final = {201: Answer("The credentials, secured and recorded.", schema="IssuedAward"), 400: _REFUSED, 409: _KEY_ENDED}
_PROVED: Final = {
    201: Answer("The presentation, with a proof or in an envelope.", schema="ProvedPresentation"),
    400: _REFUSED,
    409: _KEY_ENDED,
}
_VERIFIED: Final = {
    200: Answer("The document is confirmed.", schema="Report"),
    400: Answer("The document is refused, or could not be confirmed.", schema="Report"),
    503: Answer("The node is too busy to tell.", schema="Report"),
}
_BAKED: Final = {200: Answer("The picture with the credential in it, as an attachment.", PNG, further=(SVG,)), 400: _REFUSED}
_COMPARED: Final = {200: Answer("What the two say, and whether each is confirmed.", schema="Comparison"), 400: _REFUSED}
_EUROPASS: Final = {
    200: Answer("The credential is confirmed; a EuropeanDigitalPresentation with the checks and the credential.", LINKED_DATA_TYPE),
    400: Answer("It is refused, or could not be confirmed; the same without the credential.", LINKED_DATA_TYPE),
    503: Answer("The node is too busy to tell.", LINKED_DATA_TYPE),
}
_DOCUMENT: Final = {
    200: Answer("The DID document.", DOCUMENT_TYPE),
    304: Answer("It is the one that the request names by its ETag."),
    404: Answer("This node has no did:web with its document here.", PROBLEM_TYPE, "Problem"),
}
_KEYS: Final = {
    200: Answer("The keys.", JWK_SET_TYPE),
    304: Answer("They are those that the request names by their ETag."),
    404: Answer("This node has no did:web.", PROBLEM_TYPE, "Problem"),
}
_RESOLVED: Final = {
    200: Answer("The document, or the verification method.", RESOLUTION_TYPE, "ResolutionResult"),
    400: Answer("It could not be resolved; `error` in the metadata says why.", RESOLUTION_TYPE, "ResolutionResult"),
    404: Answer("Nothing was found.", RESOLUTION_TYPE, "ResolutionResult"),
}
_PAGE: Final = {200: Answer("The page.", "text/html")}

_ISSUE: Final = Body(IssueBody, Size.ISSUE)
_VERIFY_CREDENTIAL: Final = Body(VerifyCredentialBody, Size.VERIFY, also=CREDENTIAL_TYPES)
_VERIFY_PRESENTATION: Final = Body(VerifyPresentationBody, Size.VERIFY)
_RECORD: Final = Body(LearnerRecordBody, Size.ISSUE)
_BAKE: Final = Body(BakeBody, Size.ISSUE)
_COMPARE: Final = Body(CompareBody, Size.VERIFY)
_PROVE: Final = Body(ProveBody, Size.ISSUE)
_FORM: Final = Body(None, Size.FORM)

# fmt: off
ROUTES: Final[tuple[Route, ...]] = (
    Route("POST", "/awards", issue_award, "issueAward",
          "Issue a credential from an award record", "Issuing", _AWARDED, Access.TOKEN, Body(AwardRequest, Size.ISSUE)),
    Route("POST", "/credentials/issue", issue_credential, "issueCredential",
          "Issue a credential with the default issuer", "Issuing", _ISSUED, Access.TOKEN, _ISSUE),
    Route("POST", "/issuers/{name}/credentials/issue", issue_credential, "issueCredentialAs",
          "Issue a credential with a named issuer", "Issuing", _ISSUED, Access.TOKEN, _ISSUE),
    Route("POST", "/credentials/bake", bake_credential, "bakeCredential",
          "Bake a secured Open Badge into a picture", "Issuing", _BAKED, Access.TOKEN, _BAKE),
    Route("POST", "/credentials/verify", verify_credential, "verifyCredential",
          "Verify a credential with the default verifier", "Verifying", _VERIFIED, body=_VERIFY_CREDENTIAL, browsers=True, verifies="credential"),
    Route("POST", "/credentials/verify/europass", verify_for_europass, "verifyForEuropass",
          "Verify a credential, and answer in Europass's words", "Verifying", _EUROPASS, body=_VERIFY_CREDENTIAL, browsers=True),
    Route("POST", "/presentations/verify", verify_presentation, "verifyPresentation",
          "Verify a presentation with the default verifier", "Verifying", _VERIFIED, body=_VERIFY_PRESENTATION, browsers=True, verifies="presentation"),
    Route("POST", "/verifiers/{name}/credentials/verify", verify_credential, "verifyCredentialAs",
          "Verify a credential with a named verifier", "Verifying", _VERIFIED, body=_VERIFY_CREDENTIAL, browsers=True, verifies="credential"),
    Route("POST", "/verifiers/{name}/presentations/verify", verify_presentation, "verifyPresentationAs",
          "Verify a presentation with a named verifier", "Verifying", _VERIFIED, body=_VERIFY_PRESENTATION, browsers=True, verifies="presentation"),
    Route("POST", "/credentials/compare", compare_credentials, "compareCredentials",
          "Compare two credentials of one award: whether they say the same", "Verifying", _COMPARED, body=_COMPARE, browsers=True),
    Route("POST", "/clr", bundle_credentials, "bundleCredentials",
          "Bundle badges into a learner record (CLR 2.0)", "Issuing", _ISSUED, Access.TOKEN, _RECORD),
    Route("POST", "/presentations", prove_presentation, "createPresentation",
          "Secure a presentation with a key of this node, for tests", "Presenting", _PROVED, Access.TOKEN, _PROVE),
    Route("POST", "/presentations/prove", prove_presentation, "provePresentation",
          "The same under its VC-API name", "Presenting", _PROVED, Access.TOKEN, _PROVE),
    Route("GET", "/.well-known/did.json", did_document, "didDocument",
          "The document of this node's did:web", "DIDs", _DOCUMENT, browsers=True),
    Route("GET", JWK_SET_PATH, jwk_set, "jwkSet",
          "The keys of this node's did:web as a JWK Set, for verifiers of badges in tokens", "DIDs", _KEYS, browsers=True),
    Route("GET", "/issuers/{name}/did.json", did_document, "issuerDidDocument",
          "The document of a named issuer's own did:web", "DIDs", _DOCUMENT, browsers=True),
    Route("GET", "/did.json", did_document, "didDocumentBelowProxy",
          "The same for a public URL with a path, behind a proxy that takes the path away", "DIDs", _DOCUMENT, browsers=True, documented=False),
    Route("GET", "/{path:.+}/did.json", did_document, "didDocumentAtPath",
          "The same behind a proxy that leaves it", "DIDs", _DOCUMENT, browsers=True, documented=False),
    Route("GET", "/identifiers/{did}", resolve_identifier, "resolveIdentifier",
          "Resolve a DID, or dereference the DID URL of a verification method", "DIDs", _RESOLVED, browsers=True, query=("publicKeyFormat",)),
    Route("GET", "/health/live", live, "live",
          "Whether the process answers", OPERATING, {200: Answer("It does.", schema="Liveness")}),
    Route("GET", "/health/ready", ready, "ready",
          "Whether every part of the node works", OPERATING,
          {200: Answer("Every part works.", schema="Readiness"), 503: Answer("A part does not work.", schema="Readiness")}),
    Route("GET", "/metrics", metrics, "metrics",
          "Counters in the Prometheus text format", OPERATING, {200: Answer("The counters.", "text/plain")}),
    Route("GET", "/openapi.json", openapi, "openapi",
          "This document", OPERATING, {200: Answer("The OpenAPI document.")}, browsers=True),
    Route("GET", "/", home_page, "homePage", "What this node is, and a place to check a credential", "Pages", _PAGE, documented=False),
    Route("GET", "/docs", docs_page, "docsPage", "This list of addresses, for people", "Pages", _PAGE, documented=False),
    Route("POST", "/verify", verify_form, "verifyForm", "The verdict on a pasted credential, for people", "Pages", _PAGE, body=_FORM, documented=False),
    Route("POST", "/issue", issue_form, "issueForm", "A credential from a pasted award, for people", "Pages", _PAGE, body=_FORM, documented=False),
    Route("GET", "/assets/{file}", asset, "asset", "Style and script of the pages", "Pages", {200: Answer("The file.", "text/css")}, documented=False),
)
# fmt: on
