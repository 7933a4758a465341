"""The words of the pages, by language and key. A language is complete or it is not offered (a test compares the keys)."""

from __future__ import annotations

from typing import Final

DEFAULT_LANGUAGE: Final = "en"

# fmt: off
MESSAGES: Final[dict[str, dict[str, str]]] = {
    "en": {
        "site.skip": "Skip to the content",
        "site.tagline": "Micro-credentials: issued and checked",
        "site.check": "Check",
        "site.docs": "Interface",
        "home.title": "Check a micro-credential",
        "home.lead": "Paste the credential, or choose its file. You get the verdict in words, and every check behind it. Nothing is stored.",
        "form.document": "The credential or presentation, as JSON",
        "form.file": "Or choose its file (you can also drop it here)",
        "form.check": "Check it",
        "form.again": "Check another one",
        "home.issue": "Issue one from an award record",
        "home.issue.lead": "For staff with the node's API token. The award record says who learned what, how it was assessed and who vouches for it.",
        "form.award": "The award record, as JSON",
        "form.award_file": "Or choose its file",
        "form.token": "API token",
        "form.token.hint": "It lies in the node's data folder. It is used for this request and kept nowhere.",
        "form.issue": "Issue it",
        "home.node": "This node",
        "home.node.did": "It issues as",
        "home.node.verifiers": "It checks under",
        "home.node.ready": "Ready to work",
        "home.node.more": "For programs",
        "verdict.confirmed": "Confirmed",
        "verdict.not_confirmed": "Not confirmed",
        "verdict.refused": "Refused",
        "result.says": "What it says",
        "result.about": "Awarded to",
        "result.by": "Issued by",
        "result.by.claims": "calls itself",
        "result.from": "Valid from",
        "result.until": "Valid until",
        "result.no_end": "no end named",
        "result.presenter": "Presented by",
        "result.checks": "What was checked",
        "result.findings": "What else was noticed",
        "result.reasons": "Why",
        "result.reason.where": "Where",
        "result.reason.hint": "What to do",
        "result.credentials": "The credentials in it",
        "result.checked": "Checked",
        "result.policy": "under the policy",
        "result.json": "The confirmed text, as JSON",
        "result.report": "The whole report, as JSON",
        "result.again": "To check again, open",
        "state.passed": "Passed",
        "state.failed": "Failed",
        "state.undecided": "Could not be checked",
        "state.not_reached": "Not checked",
        "issued.title": "Issued",
        "issued.lead": "The credential is signed and recorded. Send it to the learner; this page keeps no copy.",
        "issued.json": "The credential, as JSON",
        "problem.what": "What happened",
        "problem.do": "What to do",
        "problem.id": "If you report this, name the request",
        "problem.back": "Back to the first page",
        "docs.title": "The node's interface",
        "docs.lead": "Every address of this node, from the same table that answers the requests. The machine-readable form is",
        "docs.token": "Needs the API token",
        "docs.open": "Open to anybody",
        "docs.browsers": "May be called from web pages of other origins",
        "docs.body": "Body",
        "docs.member": "Member",
        "docs.meaning": "Meaning",
        "docs.required": "required",
        "docs.answers": "Answers",
        "docs.status": "Status",
        "docs.try": "In a shell",
        "docs.refusals": "Every refusal is an RFC 9457 problem with a stable code, a JSON pointer and a hint. Verifying doors put the same members into a report.",
    },
}
# fmt: on


def message(key: str, language: str = DEFAULT_LANGUAGE) -> str:
    """The words of `key`. Raises KeyError for a key that no catalogue has: a page with a hole is a fault of ours."""
    return MESSAGES[language][key]
