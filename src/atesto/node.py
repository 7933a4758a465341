"""One node, wired together: settings in, services out. Everything that touches the outside world is made here and closed here.

What stands on disk: the key store and its passphrase, the API token, the issuing record. All of it is made at the first start, and what was
made is said in `Node.notices`, which the caller prints.
"""

from __future__ import annotations

import asyncio
import functools
import uuid
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.adapters.api_token import obtain_token
from atesto.adapters.inline_workers import InlineWorkers
from atesto.adapters.key_store import EncryptedKeyStore
from atesto.adapters.passphrase import obtain_passphrase
from atesto.adapters.rendering.page_image import PageImage
from atesto.adapters.signers.software import SoftwareSigner
from atesto.adapters.storage.journal import Journal
from atesto.adapters.workers import WorkerPool
from atesto.credentials.schema import SchemaRegistry
from atesto.custody.key_record import KeyState
from atesto.custody.lifecycle import create_key
from atesto.custody.publication import OwnDocuments
from atesto.dids.methods.key import did_key, did_key_method
from atesto.dids.resolution import Resolver
from atesto.errors import AtestoError, CustodyError, MalformedInput, StorageError
from atesto.issuance.award import issue_award
from atesto.issuance.issue import Issuer
from atesto.issuance.lint import ThrowawaySigner
from atesto.issuance.present import prove_presentation
from atesto.issuance.securing import JWT, Jwt
from atesto.keys.algorithms import ALGORITHMS
from atesto.keys.private_key import PrivateKey
from atesto.linked_data.contexts import ContextRegistry
from atesto.linked_data.processor import LinkedDataProcessor
from atesto.profiles.award.parse import parse_award
from atesto.proofs.data_integrity import proof_options, sign_proof
from atesto.proofs.suites import SIGNING_SUITES
from atesto.settings import IssuerSettings, VerifierSettings
from atesto.verification.pipeline import Verifier
from atesto.verification.policy import POLICIES
from atesto.web.services import Part, Services

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from pathlib import Path

    from atesto.custody.key_record import KeyRecord
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.ports import Did, LinkedDataWorkers, Signer
    from atesto.profiles.award.record import Award
    from atesto.proofs.cryptosuite import Cryptosuite
    from atesto.settings import ContextSettings, SchemaSettings, Settings
    from atesto.web.services import PresentationProver

KEY_STORE_NAME: Final = "keys.json"
PASSPHRASE_NAME: Final = "key-passphrase"  # noqa: S105 - a file name
DEFAULT: Final = "default"
DEFAULT_FORM: Final = "edc"
DEFAULT_SUITE: Final = "eddsa-rdfc-2022"


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


@asynccontextmanager
async def open_node(settings: Settings, *, serving: bool) -> AsyncIterator[Node]:
    """The node of `settings`, closed at the end of the block. `serving`: JSON-LD runs in worker processes; here and now otherwise.

    Raises AtestoError: MalformedInput `settings.*`, `context.*`, `schema.*`; CustodyError; StorageError.
    """
    async with AsyncExitStack() as stack:
        contexts = load_contexts(settings)
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
        yield _wire(
            settings, contexts=contexts, store=store, journal=journal, workers=workers, token=token, notices=(*notices, *journal.notices)
        )


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
    verifiers = _verifiers(settings, contexts, Resolver(own), InlineWorkers(LinkedDataProcessor(contexts)))
    wanted = name or settings.default_verifier
    if wanted not in verifiers:
        raise MalformedInput("request.unknown_name", f"There is no verifier {wanted[:64]!r}; there are: {', '.join(verifiers)}.")
    return verifiers[wanted]


def presenter(settings: Settings) -> tuple[Did, PresentationProver]:
    """Who makes presentations when no node runs, and how: the default issuer's key as the holder. Raises as `open_node`."""
    store = open_keys(settings)[0]
    row = _issuer_rows(settings)[DEFAULT]
    record = issuer_key(store, DEFAULT, row)
    contexts = load_contexts(settings)
    verifier = Verifier(POLICIES[row.policy], Resolver(OwnDocuments(store)), InlineWorkers(LinkedDataProcessor(contexts)), contexts)
    return record.did, _Prover(SoftwareSigner(store, record.key_id), _proof_suite(row, record), verifier)


def default_key(settings: Settings) -> tuple[KeyRecord, OwnDocuments]:
    """The key of the default issuer, made when there is none, and the documents of all own DIDs. Raises CustodyError."""
    store = open_keys(settings)[0]
    return issuer_key(store, DEFAULT, _issuer_rows(settings)[DEFAULT]), OwnDocuments(store)


def check_issuer_keys(settings: Settings) -> list[str]:
    """The names of issuers whose keys the next start would make. Raises MalformedInput `settings.invalid`; makes nothing."""
    records = open_keys(settings)[0].records()
    return [name for name, row in _issuer_rows(settings).items() if _existing_key(records, name, row) is None]


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
    token: str | None,
    notices: tuple[str, ...],
) -> Node:
    resolver = Resolver(OwnDocuments(store))
    schemas = load_schemas(settings)
    verifiers = _verifiers(settings, contexts, resolver, workers)
    issuers: dict[str, Issuer] = {}
    records: dict[str, KeyRecord] = {}
    for name, row in _issuer_rows(settings).items():
        record = records[name] = issuer_key(store, name, row)
        # An issuer lints under its own policy, whether or not a verifier of that policy is offered to others.
        lint = Verifier(POLICIES[row.policy], resolver, workers, contexts, schemas)
        issuers[name] = Issuer(name, record.did, SoftwareSigner(store, record.key_id), _way(row), lint, journal)
    services = Services(
        did=issuers[DEFAULT].did,
        issuers=issuers,
        verifiers=verifiers,
        default_issuer=DEFAULT,
        default_verifier=settings.default_verifier,
        issue_award=_AwardIssuer(issuers[DEFAULT]),
        prove=_Prover(issuers[DEFAULT].signer, _proof_suite(_issuer_rows(settings)[DEFAULT], records[DEFAULT]), issuers[DEFAULT].verifier),
        parts=functools.partial(_parts, store, journal, workers),
        clock=_now,
    )
    return Node(services, issuers, token, notices, journal, workers, store)


def _verifiers(settings: Settings, contexts: ContextRegistry, resolver: Resolver, workers: LinkedDataWorkers) -> dict[str, Verifier]:
    rows = {"strict": VerifierSettings(policy="strict"), **settings.verifiers}
    schemas = load_schemas(settings)
    return {name: Verifier(POLICIES[row.policy], resolver, workers, contexts, schemas) for name, row in rows.items()}


def _issuer_rows(settings: Settings) -> dict[str, IssuerSettings]:
    return {DEFAULT: IssuerSettings(), **settings.issuers}


def issuer_key(store: EncryptedKeyStore, name: str, row: IssuerSettings) -> KeyRecord:
    """The key of the issuer `name`: the one that its settings name, else the oldest active one of its algorithm, else a new one.

    Raises MalformedInput `settings.invalid` when the named key is unknown or does not fit; CustodyError.
    """
    return _existing_key(store.records(), name, row) or create_key(store, PrivateKey.generate(_algorithm(row)), now=_now())


def _way(row: IssuerSettings) -> Cryptosuite | Jwt:
    """How the issuer secures its credentials."""
    return JWT if row.envelope is not None else SIGNING_SUITES[row.cryptosuite or DEFAULT_SUITE]


def _algorithms(row: IssuerSettings) -> tuple[str, ...]:
    """The kinds of key that the issuer can use, the one that it makes first."""
    way = _way(row)
    return tuple(ALGORITHMS) if isinstance(way, Jwt) else tuple(way.key_hashes)


def _proof_suite(row: IssuerSettings, record: KeyRecord) -> Cryptosuite:
    """With what the issuer proves presentations: its own cryptosuite, or the first that takes its key."""
    way = _way(row)
    return (
        next(suite for suite in SIGNING_SUITES.values() if record.public_key.algorithm in suite.key_hashes) if isinstance(way, Jwt) else way
    )


def _algorithm(row: IssuerSettings) -> str:
    return row.algorithm or _algorithms(row)[0]


def _existing_key(records: Sequence[KeyRecord], name: str, row: IssuerSettings) -> KeyRecord | None:
    active = [record for record in records if record.state is KeyState.ACTIVE]
    if row.key is not None:
        found = next((record for record in active if row.key in {record.key_id, record.did, record.verification_method}), None)
        if found is None:
            raise MalformedInput("settings.invalid", f"issuers.{name}: there is no active key {row.key[:80]!r} in custody.")
    else:
        found = next((record for record in active if record.public_key.algorithm == _algorithm(row)), None)
    algorithm = found.public_key.algorithm if found is not None else _algorithm(row)
    if algorithm not in _algorithms(row):
        raise MalformedInput("settings.invalid", f"issuers.{name}: {_way(row).name} does not use {algorithm} keys.")
    return found


@dataclass(frozen=True, slots=True)
class _AwardIssuer:
    """`web.services.AwardIssuer` over one issuer."""

    issuer: Issuer

    async def __call__(self, award: JsonValue, form: str | None, *, now: datetime) -> JsonObject:
        return await issue_award(
            parse_award(award),
            form or DEFAULT_FORM,
            issuer=self.issuer,
            credential_id=f"urn:credential:{uuid.uuid4()}",
            draw_pages=_draw_pages,
            now=now,
        )


async def _draw_pages(award: Award) -> dict[str, bytes]:
    renderer = PageImage()
    return {language: await asyncio.to_thread(renderer.page, award, language) for language in award.page_languages}


@dataclass(frozen=True, slots=True)
class _Prover:
    """`web.services.PresentationProver` with one key and one policy."""

    signer: Signer
    suite: Cryptosuite
    verifier: Verifier

    async def __call__(self, presentation: JsonObject, *, challenge: str | None, domain: str | None, now: datetime) -> JsonObject:
        return await prove_presentation(
            presentation,
            signer=self.signer,
            suite=self.suite,
            verifier=self.verifier,
            now=now,
            challenge=challenge,
            domain=domain,
        )


async def _parts(store: EncryptedKeyStore, journal: Journal, workers: LinkedDataWorkers) -> tuple[Part, ...]:
    return (_keys_part(store), _record_part(journal), await _workers_part(workers))


def _keys_part(store: EncryptedKeyStore) -> Part:
    try:
        active = sum(record.state is KeyState.ACTIVE for record in store.records())
    except AtestoError as error:
        return Part("keys", works=False, sentence=error.entry.title)
    return Part("keys", works=active > 0, sentence=f"The key store is open and has {active} active {'key' if active == 1 else 'keys'}.")


def _record_part(journal: Journal) -> Part:
    if journal.healthy:
        return Part("issuing record", works=True, sentence="The issuing record can be written.")
    return Part("issuing record", works=False, sentence=StorageError("storage.unavailable", "").entry.title)


async def _workers_part(workers: LinkedDataWorkers) -> Part:
    try:
        async with asyncio.timeout(limits.WORKER_SECONDS):
            await workers.run(_one_quad)
    except (AtestoError, TimeoutError):
        return Part("workers", works=False, sentence="The worker processes do not answer.")
    return Part("workers", works=True, sentence="The worker processes answer.")


def _one_quad(processor: LinkedDataProcessor) -> None:
    """Canonicalizes one statement: says that a worker lives and has what it needs."""
    processor.canonicalize([("<urn:s>", "<urn:p>", "<urn:o>", "")], "sha256")
