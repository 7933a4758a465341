"""A document of every form that a verifier reads, with what it makes of each: good ones, and some that have several faults or findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from atesto.dids.resolution import Resolver
from atesto.keys.multikey import public_multikey
from atesto.ports import Did, DidUrl
from tests.recorded.records import badge, european
from tests.simulators.memory_fetcher import MemoryFetcher
from tests.simulators.parts import NOW, MemorySigner, credential, presentation, secured, version_1_1
from tests.simulators.tokens import envelope, token

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

V2: Final = "https://www.w3.org/ns/credentials/v2"
BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CLR: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
SESSION: Final = {"challenge": "c", "domain": "d"}
EPOCH: Final = int(NOW.timestamp())


@dataclass(frozen=True, slots=True)
class PublishedSigner(MemorySigner):
    """Signs under a name whose document stands at an address."""

    name: str

    @property
    def did(self) -> Did:
        return Did(self.name)

    @property
    def verification_method(self) -> DidUrl:
        return DidUrl(f"{self.name}#key-1")

    def document(self) -> JsonObject:
        key = {"type": "Multikey", "controller": self.name, "publicKeyMultibase": public_multikey(self.public_key)}
        methods: list[Any] = [{"id": f"{self.name}#key-1", **key}]
        return {"id": self.name, "verificationMethod": methods, "assertionMethod": ["#key-1"], "authentication": ["#key-1"]}


ISSUER: Final = MemorySigner.numbered(1)
P256: Final = MemorySigner.numbered(1, "P-256")
P384: Final = MemorySigner.numbered(1, "P-384")
HOLDER: Final = MemorySigner.numbered(2)
WEB: Final = PublishedSigner(MemorySigner.numbered(21).key, "did:web:issuer.example:schools:1")
HTTPS: Final = PublishedSigner(MemorySigner.numbered(22).key, "https://issuer.example/issuers/1")
SILENT: Final = PublishedSigner(MemorySigner.numbered(23).key, "did:web:silent.example")
RESOLVER: Final = Resolver(
    fetcher=MemoryFetcher({
        "https://issuer.example/schools/1/did.json": WEB.document(),
        "https://issuer.example/issuers/1": HTTPS.document(),
    })
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """What is received, the verdicts of `strict` on it and on each credential in it, and what is asked beside it."""

    received: JsonObject | str
    verdicts: str
    asked: dict[str, str] = field(default_factory=dict)
    presentation: bool = False


async def chain(broken: bool) -> JsonObject:
    """Four proofs, each naming the one before; a broken one has two of them changed."""
    document, suites = credential(ISSUER), ("eddsa-rdfc-2022", "eddsa-jcs-2022") * 2
    for number, suite in enumerate(suites):
        before = {"previousProof": f"urn:uuid:5f1b2a0e-93d4-4d0b-8a53-2b5b7a9a6c0{number - 1}"} if number else {}
        document = await secured(document, ISSUER, suite, more={"id": f"urn:uuid:5f1b2a0e-93d4-4d0b-8a53-2b5b7a9a6c0{number}", **before})
    proofs: Any = document["proof"]
    if broken:
        for index in (1, 2):
            proofs[index] = {**proofs[index], "created": "2026-06-15T11:59:59Z"}
    return document


def learner_record(**members: Any) -> JsonObject:
    """A CLR with two badges in it, and more than one thing to say of it."""
    listed = []
    for number in (1, 2):
        inner: Any = {**badge(ISSUER), "id": f"urn:uuid:0e1f7a3a-6c9e-4d59-8d3b-0a8fd6a3f00{number}"}
        inner["credentialSubject"]["achievement"].pop("resultDescription")
        listed.append(inner)
    return credential(
        ISSUER,
        context=[V2, CLR, BADGES],
        type=["VerifiableCredential", "ClrCredential"],
        issuer={"id": ISSUER.did, "type": ["Profile"], "name": "Carrowmore Institute of Technology"},
        credentialSubject={"id": "did:example:learner", "type": ["ClrSubject"], "verifiableCredential": listed},
        **members,
    )


def remarked() -> dict[str, Any]:
    """Members of which a verifier has something to say, one for each kind of finding."""
    kinds = ("JsonSchema", "https://example.org/Shape")
    return {
        "credentialSchema": [{"id": f"urn:s:{kind}", "type": kind} for kind in kinds],
        "relatedResource": [{"id": f"urn:r:{number}", "digestSRI": "sha384-" + "A" * 64} for number in range(3)],
    }


def incomplete() -> JsonObject:
    """A European Digital Credential that says less than it should."""
    document: Any = european(ISSUER, "award-en-tidal-turbines.json")
    for name in ("learningOutcome", "mode", "volumeOfLearning"):
        document["credentialSubject"]["hasClaim"]["specifiedBy"].pop(name)
    return dict(document)


def wrapped(**members: Any) -> JsonObject:
    inner = version_1_1(ISSUER)
    times = {"nbf": EPOCH - 10_800, "exp": 2_097_133_200}
    return {"iss": ISSUER.did, "jti": inner["id"], "sub": "did:example:learner", **times, "vc": inner, **members}


async def shown(*credentials: JsonObject, signer: MemorySigner = HOLDER) -> JsonObject:
    return await secured(presentation(signer, *credentials), signer, purpose="authentication", more=dict(SESSION))


async def forms() -> dict[str, Form]:
    """Every form by its name, made anew."""
    return {**await _proven(), **await _tokens(), **await _presentations()}


async def _proven() -> dict[str, Form]:
    by_two = await secured(await secured(credential(HTTPS), HTTPS), WEB, "eddsa-jcs-2022")
    return {
        "proof chain": Form(await chain(broken=False), "confirmed"),
        "proof chain, two proofs changed": Form(await chain(broken=True), "refused"),
        "did:web": Form(await secured(credential(WEB), WEB), "confirmed"),
        "did:web, silent host": Form(await secured(credential(SILENT), SILENT), "not_confirmed"),
        "https issuer": Form(await secured(credential(HTTPS), HTTPS), "confirmed"),
        "https issuer, two signers": Form(by_two, "confirmed"),
        "P-384, blank nodes": Form(await secured(badge(P384), P384, "ecdsa-rdfc-2019"), "confirmed"),
        "P-384, blank nodes, JCS": Form(await secured(badge(P384), P384, "ecdsa-jcs-2019"), "confirmed"),
        "learner record": Form(await secured(learner_record(), ISSUER), "confirmed"),
        "learner record, several findings": Form(await secured(learner_record(**remarked()), ISSUER, "eddsa-jcs-2022"), "confirmed"),
        "several findings": Form(await secured(credential(ISSUER, **remarked()), ISSUER), "confirmed"),
        "elements absent": Form(await secured(incomplete(), ISSUER), "confirmed"),
    }


async def _tokens() -> dict[str, Form]:
    plain, by_p384 = await token(credential(ISSUER), ISSUER), await token(credential(P384), P384)
    lost = credential(ISSUER, **{f"claim{number}": "x" for number in range(20)}, validUntil="2026-06-15T10:00:00Z")
    other = {"iss": HOLDER.did, "jti": "urn:uuid:1", "sub": "did:example:other"}
    return {
        "vc+jwt": Form(plain, "confirmed"),
        "vc+jwt, P-256": Form(await token(credential(P256), P256), "confirmed"),
        "vc+jwt, P-384": Form(by_p384, "confirmed"),
        "vc+jwt, did:web": Form(await token(credential(WEB), WEB), "confirmed"),
        "vc+jwt, several findings": Form(await token(credential(ISSUER, **remarked()), ISSUER), "confirmed"),
        "vc+jwt, several faults": Form(await token(lost, ISSUER), "refused"),
        "JWT-VC 1.1": Form(await token(wrapped(), ISSUER, typ="JWT"), "confirmed"),
        "JWT-VC 1.1, claims that differ": Form(await token(wrapped(**other), ISSUER, typ="JWT"), "refused"),
        "enveloped credential": Form(envelope(plain), "confirmed"),
        "enveloped credential, P-384": Form(envelope(by_p384), "confirmed"),
    }


async def _presentations() -> dict[str, Form]:
    good, other = await secured(credential(ISSUER), ISSUER), await secured(badge(P384), P384, "ecdsa-rdfc-2019")
    web, envelopes = await secured(credential(WEB), WEB), [envelope(await token(credential(by), by)) for by in (ISSUER, P384)]
    holder = {"nonce": SESSION["challenge"], "aud": SESSION["domain"]}
    received: dict[str, tuple[JsonObject | str, str]] = {
        "presentation, two credentials": (await shown(good, other), "confirmed confirmed confirmed"),
        "presentation, both changed": (await shown({**good, "name": "x"}, {**other, "name": "y"}), "refused refused refused"),
        "presentation, envelopes": (await shown(*envelopes, web), "confirmed confirmed confirmed confirmed"),
        "vp+jwt": (
            await token({**presentation(HOLDER, *envelopes), **holder}, HOLDER, kind="presentation"),
            "confirmed confirmed confirmed",
        ),
        "presentation by a did:web": (await shown(good, web, signer=WEB), "confirmed confirmed confirmed"),
    }
    return {name: Form(document, verdicts, SESSION, presentation=True) for name, (document, verdicts) in received.items()}
