"""One node, wired together: settings in, services out. Everything that touches the outside world is made here and closed here.

What stands on disk: the key store and its passphrase, the API token, the issuing record. All of it is made at the first start, and what was
made is said in `Node.notices`, which the caller prints.
"""

from __future__ import annotations

import asyncio
import functools
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.adapters.api_token import obtain_token
from atesto.adapters.fetch_rules import FetchRules
from atesto.adapters.http_fetcher import HttpFetcher
from atesto.adapters.inline_workers import InlineWorkers
from atesto.adapters.key_store import EncryptedKeyStore
from atesto.adapters.passphrase import obtain_passphrase
from atesto.adapters.private_file import refuse_foreign_writers
from atesto.adapters.rendering.badge_image import draw_badge
from atesto.adapters.rendering.page_image import PageImage
from atesto.adapters.shapes_workers import open_shapes
from atesto.adapters.signers.software import SoftwareSigner
from atesto.adapters.storage.journal import Journal
from atesto.adapters.workers import WorkerPool
from atesto.credentials.schema import SchemaRegistry
from atesto.custody.publication import OwnDocuments, published_keys, token_method
from atesto.dids.methods.key import did_key, did_key_method
from atesto.dids.resolution import Resolver
from atesto.errors import CustodyError, MalformedInput
from atesto.health import parts_at_work
from atesto.issuance.award import issue_forms
from atesto.issuance.bake import bake_credential
from atesto.issuance.issue import Issuer
from atesto.issuance.learner_record import RecordIssuer
from atesto.issuance.lint import ThrowawaySigner
from atesto.issuance.prover import Prover
from atesto.issuance.securing import JWT
from atesto.issuer_keys import (
    DEFAULT,
    ensure_node_key,
    existing_key,
    issuer_key,
    issuer_rows,
    new_credential_id,
    proof_suite,
    published_document,
    way_of,
)  # fmt: skip
from atesto.issuer_seals import seal_trust, sealing
from atesto.keys.jwk import jwk_thumbprint
from atesto.keys.private_key import PrivateKey
from atesto.linked_data.contexts import ContextRegistry
from atesto.linked_data.processor import LinkedDataProcessor
from atesto.profiles.award.parse import parse_award
from atesto.proofs.data_integrity import proof_options, sign_proof
from atesto.proofs.suites import SIGNING_SUITES
from atesto.settings import VerifierSettings
from atesto.verification.comparison import compare_credentials
from atesto.verification.pipeline import Verifier
from atesto.verification.policy import POLICIES
from atesto.web.services import Services

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
    from pathlib import Path

    from atesto.custody.key_record import KeyRecord
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.ports import Did, Fetcher, LinkedDataWorkers
    from atesto.profiles.award.record import Award
    from atesto.profiles.form import Pages
    from atesto.settings import ContextSettings, IssuerSettings, SchemaSettings, Settings
    from atesto.verification.published_shapes import PublishedShapes
    from atesto.web.services import PresentationProver

KEY_STORE_NAME: Final = "keys.json"
PASSPHRASE_NAME: Final = "key-passphrase"  # noqa: S105 - a file name
DEFAULT_FORM: Final = "edc"


@dataclass(frozen=True, slots=True)
class Node:
    """A node that can work. Made with `open_node`."""

    services: Services
    issuers: Mapping[str, Issuer]
    token: str | None
    """The API token; None when the settings let anybody issue."""
    notices: tuple[str, ...]
    """What the operator has to know: each a paragraph."""
    journal: Journal
    workers: LinkedDataWorkers
    store: EncryptedKeyStore

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The keys with which the issuers sign; presentations are signed with one of them."""
        return tuple(dict.fromkeys(jwk_thumbprint(issuer.signer.public_key) for issuer in self.issuers.values()))


@asynccontextmanager
async def open_node(settings: Settings, *, serving: bool) -> AsyncIterator[Node]:
    """The node of `settings`, closed at the end of the block. `serving`: JSON-LD runs in worker processes; here and now otherwise.

    Raises AtestoError: MalformedInput `settings.*`, `context.*`, `schema.*`; CustodyError; StorageError.
    """
    async with AsyncExitStack() as stack:
        contexts = load_contexts(settings)
        refuse_foreign_writers(data_folder(settings))
        store, notices = open_keys(settings)
        token = None
        if settings.auth == "token":
            api_token = obtain_token(token_path(settings))
            token = api_token.secret
            notices += (api_token.notice,) if api_token.notice else ()
        journal = Journal.open(data_folder(settings), now=_now())
        stack.push_async_callback(journal.close)
        workers: LinkedDataWorkers = InlineWorkers(LinkedDataProcessor(contexts))
        if serving:
            pool = WorkerPool(
                functools.partial(LinkedDataProcessor, contexts),
                processes=settings.workers,
                cpu_seconds=settings.worker_cpu_seconds,
                seconds=settings.worker_seconds,
            )
            stack.push_async_callback(pool.close)
            await pool.start()
            workers = pool
        fetcher = make_fetcher(settings)
        stack.push_async_callback(fetcher.close)
        shapes = await stack.enter_async_context(open_shapes(settings.shapes, contexts))
        yield _wire(
            settings, contexts=contexts, store=store, journal=journal, workers=workers, fetcher=fetcher, token=token,
            notices=(*notices, *journal.notices), shapes=shapes,
        )  # fmt: skip


def load_contexts(settings: Settings) -> ContextRegistry:
    """The bundled contexts and the operator's. Raises MalformedInput `settings.invalid`, `context.*`."""
    return ContextRegistry.bundled().with_operator_contexts(_held(settings.contexts, "context"))


def load_schemas(settings: Settings) -> SchemaRegistry:
    """The operator's schemas. Raises MalformedInput `settings.invalid`, `schema.*`."""
    return SchemaRegistry.of(_held(settings.schemas, "schema"))


def _held(rows: Sequence[ContextSettings | SchemaSettings], kind: str) -> dict[str, tuple[bytes, str]]:
    held = {}
    for row in rows:
        try:
            held[row.url] = (row.file.read_bytes(), row.sha256)
        except OSError as error:
            raise MalformedInput("settings.invalid", f"The {kind} file {row.file} cannot be read: {error.strerror}.") from None
    return held


def make_fetcher(settings: Settings) -> HttpFetcher:
    """The fetcher of the settings; whoever makes it closes it. Raises MalformedInput `settings.invalid`."""
    rules = FetchRules(frozenset(settings.fetch_ports), loopback=settings.fetch_loopback)
    return HttpFetcher(
        rules,
        cache_seconds=settings.fetch_cache_seconds,
        ca_file=settings.fetch_ca_file,
        most_waiting=min(limits.MAX_WAITING_FOR_HOSTS, max(1, settings.max_requests // 2)),
    )


def open_keys(settings: Settings) -> tuple[EncryptedKeyStore, tuple[str, ...]]:
    """The key store, made when it is missing, and what the operator must be told. Raises CustodyError."""
    path = key_store_path(settings)
    passphrase = obtain_passphrase(settings.key_passphrase_file, fallback=data_folder(settings) / PASSPHRASE_NAME, key_store=path)
    notices = (passphrase.notice,) if passphrase.notice else ()
    if path.exists():
        return EncryptedKeyStore.open(path, passphrase.secret), notices
    return EncryptedKeyStore.create(path, passphrase.secret), (*notices, f"A new key store was made: {path}.")


def local_verifier(settings: Settings, name: str | None = None) -> Verifier:
    """The verifier `name` (the default one otherwise) without a node: for one-shot commands.

    Own keys are judged by the own key store when there is one. Raises MalformedInput `request.unknown_name`, and as `open_node`.
    """
    contexts = load_contexts(settings)
    own = OwnDocuments(open_keys(settings)[0]) if key_store_path(settings).exists() else None
    fetcher, workers, schemas = make_fetcher(settings), InlineWorkers(LinkedDataProcessor(contexts)), load_schemas(settings)
    resolver = Resolver(own, fetcher=fetcher)
    base = Verifier(POLICIES["strict"], resolver, workers, contexts, schemas, trust=seal_trust(settings), fetcher=fetcher)
    verifiers = _verifiers(settings, base)
    wanted = name or settings.default_verifier
    if wanted not in verifiers:
        raise MalformedInput("request.unknown_name", f"There is no verifier {wanted[:64]!r}; there are: {', '.join(verifiers)}.")
    return verifiers[wanted]


def presenter(settings: Settings) -> tuple[Did, PresentationProver, tuple[str, ...]]:
    """Who makes presentations when no node runs, how (the default issuer's key as the holder), and notices. Raises as `open_node`."""
    store, notices = open_keys(settings)
    row = issuer_rows(settings)[DEFAULT]
    record = issuer_key(store, settings, DEFAULT)
    contexts = load_contexts(settings)
    resolver = Resolver(OwnDocuments(store), fetcher=make_fetcher(settings))
    verifier = Verifier(POLICIES[row.policy], resolver, InlineWorkers(LinkedDataProcessor(contexts)), contexts)
    return record.did, _prover(store, record, row, verifier), notices


def default_key(settings: Settings) -> tuple[KeyRecord, OwnDocuments, tuple[str, ...]]:
    """The key of the default issuer, made when there is none, the documents of all own DIDs, and notices. Raises CustodyError."""
    store, notices = open_keys(settings)
    return issuer_key(store, settings, DEFAULT), OwnDocuments(store), notices


def check_issuer_keys(settings: Settings) -> list[str]:
    """The names of issuers whose keys the next start would make. Raises MalformedInput `settings.invalid`; makes nothing."""
    records = open_keys(settings)[0].records()
    return [name for name in issuer_rows(settings) if existing_key(records, settings, name) is None]


async def try_every_suite(settings: Settings) -> list[str]:
    """The names of all cryptosuites, after each signed and verified a credential with a throwaway key. Raises AtestoError."""
    contexts = load_contexts(settings)
    verifier = Verifier(POLICIES["strict"], Resolver(), InlineWorkers(LinkedDataProcessor(contexts)), contexts)
    for name, suite in SIGNING_SUITES.items():
        for algorithm in suite.key_hashes:
            key = PrivateKey.generate(algorithm)
            signer = ThrowawaySigner(did_key_method(key.public_key), key)
            document: JsonObject = {
                "@context": ["https://www.w3.org/ns/credentials/v2"],
                "type": ["VerifiableCredential"],
                "issuer": did_key(key.public_key),
                "credentialSubject": {"id": did_key(key.public_key)},
            }
            options = proof_options(
                document, suite=suite, verification_method=signer.verification_method, purpose="assertionMethod", created=_now()
            )
            secured, _ = await sign_proof(verifier.workers, document, options, signer=signer)
            report = await verifier.verify_credential(secured, now=_now())
            if not report.verified:
                raise CustodyError("custody.signer_failed", f"{name} with {algorithm}: {report.sentence}")
    return list(SIGNING_SUITES)


def data_folder(settings: Settings) -> Path:
    """Where the node's data lies. `load_settings` has decided it."""
    return _decided(settings.data)


def key_store_path(settings: Settings) -> Path:
    """The file of the key store."""
    return _decided(settings.keys) / KEY_STORE_NAME


def token_path(settings: Settings) -> Path:
    """The file of the API token."""
    return _decided(settings.token_file)


def _decided(path: Path | None) -> Path:
    if path is None:
        raise MalformedInput("settings.invalid", "A folder was not decided: settings are made by load_settings.")
    return path


def _now() -> datetime:
    return datetime.now(UTC)


def _wire(
    settings: Settings,
    *,
    contexts: ContextRegistry,
    store: EncryptedKeyStore,
    journal: Journal,
    workers: LinkedDataWorkers,
    fetcher: Fetcher,
    token: str | None,
    notices: tuple[str, ...],
    shapes: PublishedShapes | None,
) -> Node:
    own = OwnDocuments(store)
    resolver = Resolver(own, fetcher=fetcher)
    schemas, trust = load_schemas(settings), seal_trust(settings)
    base = Verifier(POLICIES["strict"], resolver, workers, contexts, schemas, shapes, trust=trust, fetcher=fetcher)
    verifiers, issuers = _verifiers(settings, base), _issuers(settings, store, journal, replace(base, shapes=None, asks_for_newer=False))
    # After the issuers: a new node's first key is already the one of its did:web.
    notices, default = notices + tuple(_own_did_notices(store, settings)), issuers[DEFAULT]
    services = Services(
        did=default.did,
        issuers=issuers,
        verifiers=verifiers,
        default_issuer=DEFAULT,
        default_verifier=settings.default_verifier,
        issue_award=_AwardIssuer({"issuer": default, "seal": replace(default, suite=sealing(settings))}),
        bundle=RecordIssuer(default, new_credential_id),
        compare=functools.partial(compare_credentials, verifiers[settings.default_verifier]),
        bake=functools.partial(bake_credential, draw=draw_badge),
        prove=_prover(store, issuer_key(store, settings, DEFAULT), issuer_rows(settings)[DEFAULT], default.verifier),
        resolve=resolver.resolve_document,
        published=functools.partial(published_document, settings, own),
        jwk_set=functools.partial(published_keys, store),
        parts=functools.partial(parts_at_work, store, journal, workers),
        clock=_now,
    )
    # After the issuers: a new node's first key is already the one of its did:web.
    return Node(services, issuers, token, (*notices, *_own_did_notices(store, settings)), journal, workers, store)


def _issuers(settings: Settings, store: EncryptedKeyStore, journal: Journal, lint: Verifier) -> dict[str, Issuer]:
    """Each lints under its own policy, whether or not a verifier of that policy is offered to others."""
    issuers = {}
    for name, row in issuer_rows(settings).items():
        record = issuer_key(store, settings, name)
        judge = replace(lint, policy=POLICIES[row.policy])
        issuers[name] = Issuer(name, record.did, _signer(store, record, row), way_of(row), judge, journal, row.choices)
    return issuers


def _signer(store: EncryptedKeyStore, record: KeyRecord, row: IssuerSettings) -> SoftwareSigner:
    """With what an issuer signs: tokens name their key by another of its names than proofs do."""
    return _token_signer(store, record) if way_of(row) is JWT else SoftwareSigner(store, record.key_id)


def _token_signer(store: EncryptedKeyStore, record: KeyRecord) -> SoftwareSigner:
    return SoftwareSigner(store, record.key_id, verification_method=token_method(record))


def _own_did_notices(store: EncryptedKeyStore, settings: Settings) -> Iterator[str]:
    made = ensure_node_key(store, settings)
    if made is not None:
        yield made
    for name in (name for name, row in issuer_rows(settings).items() if row.choices.plain_identities):
        yield f"Open Badges of the issuer {name} tell e-mail addresses, national numbers and birth dates to every reader."
    if settings.fetch_loopback:
        yield "fetch_loopback is on: whoever asks this node to verify something makes it connect to hosts of this network."


def _verifiers(settings: Settings, base: Verifier) -> dict[str, Verifier]:
    """Every verifier by name, each `base` under a policy and settings of its own."""
    rows = {"strict": VerifierSettings(policy="strict"), **settings.verifiers}
    return {
        name: replace(
            base,
            policy=replace(POLICIES[row.policy], published_test_keys=row.accept_published_test_keys),
            status_issuers=frozenset(row.status_issuers),
        )
        for name, row in rows.items()
    }


@dataclass(frozen=True, slots=True)
class _AwardIssuer:
    """`web.services.AwardIssuer` over one issuer and its ways of securing."""

    issuers: Mapping[str, Issuer]

    async def __call__(self, award: JsonValue, forms: Sequence[str], *, now: datetime) -> dict[str, JsonObject]:
        return await issue_forms(
            parse_award(award),
            forms or (DEFAULT_FORM,),
            issuers=self.issuers,
            credential_id=new_credential_id(),
            draw_pages=_draw_pages,
            now=now,
        )


async def _draw_pages(award: Award) -> Pages:
    renderer = PageImage()
    return {language: await asyncio.to_thread(renderer.pages, award, language) for language in award.page_languages}


def _prover(store: EncryptedKeyStore, record: KeyRecord, row: IssuerSettings, verifier: Verifier) -> Prover:
    suite = proof_suite(row, record.public_key.algorithm)
    return Prover(SoftwareSigner(store, record.key_id), _token_signer(store, record), suite, verifier)
