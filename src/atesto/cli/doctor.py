"""`atesto doctor`: looks at everything that a node needs, and says what is wrong and what to do. Changes nothing."""

from __future__ import annotations

import asyncio
import functools
import platform
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

import typer
from rich.table import Table
from rich.text import Text

from atesto import __version__
from atesto.cli.exit_codes import CONFIRMED, REFUSED
from atesto.cli.options import Config, Data, Json, settings_of
from atesto.cli.output import print_json, printed
from atesto.errors import AtestoError, MalformedInput, ResolutionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atesto.cli.running_node import RunningNode
    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import Did
    from atesto.settings import Settings

NAME: Final = "doctor"
EXAMPLE: Final = "Example: `atesto doctor --config atesto.toml`. Exit code: 0 when nothing is wrong, 1 otherwise."
_FEW_DAYS: Final = 14
_MARKS: Final = {"right": ("✔ right", "green"), "wrong": ("✘ wrong", "red"), "note": ("· note", "dim")}


_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look found: "right", "wrong" or "note", a sentence, and what to do."""

    state: str
    sentence: str
    hint: str = ""


def command(*, as_json: Json = False, config: Config = None, data: Data = None) -> None:
    """Looks at settings, folders, keys, token, contexts, cryptography, TLS, seal, published DIDs and running node. Changes nothing."""
    settings = settings_of(config, data)
    found = [row for name, look in LOOKS for row in _rows(name, look, settings)]
    wrong = any(seen.state == "wrong" for _, seen in found)
    if as_json:
        print_json({"right": not wrong, "found": [_row(name, seen) for name, seen in found]})
    else:
        _print(found, wrong=wrong)
    raise typer.Exit(REFUSED if wrong else CONFIRMED)


def _row(name: str, seen: Seen) -> JsonObject:
    return {"what": name, "state": seen.state, "sentence": seen.sentence, "hint": seen.hint}


def _print(found: list[tuple[str, Seen]], *, wrong: bool) -> None:
    console = printed()
    console.print("✘ Something is wrong." if wrong else "✔ Nothing is wrong.", style="bold red" if wrong else "bold green")
    table = Table.grid(padding=(0, 2))
    for name, seen in found:
        mark, style = _MARKS[seen.state]
        table.add_row(f"  {name}", Text(mark, style), Text(seen.sentence + (f" {seen.hint}" if seen.hint else "")))
    console.print(table)


def _rows(name: str, look: Callable[[Settings], Seen | dict[str, Seen]], settings: Settings) -> list[tuple[str, Seen]]:
    """What a look found: one row under its name, or rows under names of their own."""
    seen = _looked(look, settings)
    return [*seen.items()] if isinstance(seen, dict) else [(name, seen)]


def _looked(look: Callable[[Settings], _Found], settings: Settings) -> _Found | Seen:
    try:
        return look(settings)
    except AtestoError as error:
        return Seen("wrong", error.detail, error.entry.hint)


def _program(_: Settings) -> Seen:
    return Seen("right", f"atesto {__version__} on Python {platform.python_version()}, {sys.platform}.")


def _folders(settings: Settings) -> Seen:
    from atesto.node import data_folder

    folder = data_folder(settings)
    if not folder.exists():
        return Seen("note", f"The data folder {folder} is not there yet; the first start makes it.")
    if folder.stat().st_mode & 0o022:
        return Seen("wrong", f"Others can write the data folder {folder}.", "chmod 700 it.")
    return Seen("right", f"The data folder is {folder}.")


def _keys(settings: Settings) -> Seen:
    from atesto.custody.key_record import KeyState
    from atesto.node import key_store_path, open_keys

    path = key_store_path(settings)
    if not path.exists():
        return Seen("note", f"There is no key store {path} yet; the first start makes it.")
    records = open_keys(settings)[0].records()
    active = sum(record.state is KeyState.ACTIVE for record in records)
    if not active:
        return Seen("wrong", f"The key store {path} has no active key.", "atesto keys create makes one.")
    return Seen("right", f"The key store {path} opens; keys: {len(records)}, active: {active}.")


def _issuers(settings: Settings) -> Seen:
    from atesto.node import check_issuer_keys, key_store_path

    if not key_store_path(settings).exists():
        return Seen("note", "The issuers' keys are made at the first start.")
    missing = check_issuer_keys(settings)
    if missing:
        return Seen("note", f"Keys to be made at the next start, for: {', '.join(missing)}.")
    return Seen("right", "Every issuer has an active key that its cryptosuite uses.")


def _token(settings: Settings) -> Seen:
    from atesto.adapters.api_token import obtain_token
    from atesto.node import token_path

    if settings.auth == "none":
        return Seen("note", "Nobody is asked for a token: anybody who reaches this node can issue.")
    path = token_path(settings)
    if not path.exists():
        return Seen("note", f"There is no API token {path} yet; the first start makes it.")
    obtain_token(path)
    return Seen("right", f"The API token lies in {path}, and only this user can read it.")


def _contexts(settings: Settings) -> Seen:
    from atesto.node import load_contexts, load_schemas

    known = f"{len(load_contexts(settings).entries)} context URLs and {len(load_schemas(settings).entries)} schemas are known"
    return Seen("right", f"{known}, and each file has its recorded digest.")


def _cryptography(settings: Settings) -> Seen:
    from atesto.node import try_every_suite

    suites = asyncio.run(try_every_suite(settings))
    return Seen("right", f"Signed and verified with {', '.join(suites)}.")


def _record(settings: Settings) -> Seen:
    from atesto.adapters.storage.journal import JOURNAL_NAME, Journal
    from atesto.cli.running_node import RunningNode
    from atesto.node import data_folder

    folder = data_folder(settings)
    if not (folder / JOURNAL_NAME).exists():
        return Seen("note", "Nothing was issued yet.")
    running = RunningNode.find(folder)
    if running is not None:
        return Seen("right", f"A running node holds the issuing record ({running.url}).")
    newest, issued = Journal.read(folder)
    if newest is not None and newest > datetime.now(UTC):
        return Seen("wrong", "The newest entry of the issuing record lies ahead of the clock.", "Set the machine's clock.")
    return Seen("right", f"The issuing record is whole; credentials issued: {issued}.")


def _tls(settings: Settings) -> Seen:
    from cryptography import x509

    from atesto.settings import is_loopback
    from atesto.web.server import tls_context

    host = urlsplit(settings.public_url or "").hostname
    if settings.tls_cert is None or settings.tls_key is None:
        if settings.public_url and settings.public_url.startswith("https:"):
            return Seen("note", "TLS ends at a proxy in front of this node.")
        if not is_loopback(settings.host):
            return Seen(
                "wrong",
                "The node listens beyond this machine without TLS.",
                "Set tls_cert and tls_key, or listen on the loopback behind a proxy.",
            )
        return Seen("note", "By these settings the node speaks plain http: for this machine, or behind a proxy that speaks https.")
    tls_context(settings.tls_cert, settings.tls_key)
    certificate = x509.load_pem_x509_certificates(settings.tls_cert.read_bytes())[0]
    days = (certificate.not_valid_after_utc - datetime.now(UTC)).days
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value.get_values_for_type(x509.DNSName)
    except x509.ExtensionNotFound:
        names = []
    if days < 0:
        return Seen("wrong", "The TLS certificate has expired.", "Renew it.")
    if host is not None and not any(host == name or (name.startswith("*.") and host.partition(".")[2] == name[2:]) for name in names):
        return Seen("wrong", f"The TLS certificate does not name {host}, the host of the public URL.", "Get one that does.")
    if days < _FEW_DAYS:
        return Seen("wrong", f"The TLS certificate ends in {days} days.", "Renew it.")
    return Seen("right", f"TLS can be set up; the certificate holds for {days} more days.")


def _seal(settings: Settings) -> Seen:
    from atesto.issuer_seals import configured_seal_key, development_file, seal_trust
    from atesto.proofs.jades.certificate import certificate_of

    trust = seal_trust(settings)
    believed = f"Authorities that are believed: {len(trust.anchors)} for seals, {len(trust.timestamp_anchors)} for timestamps."
    key = configured_seal_key(settings)
    if key is None:
        made = "is" if development_file(settings).exists() else "will be"
        return Seen(
            "note", f"Seals are made with a DEVELOPMENT certificate, whose authority {made} {development_file(settings)}. {believed}"
        )
    facts = certificate_of(key.chain[0]).facts
    days = (facts.not_after - datetime.now(UTC)).days
    if facts.not_before > datetime.now(UTC) or days < 0:
        return Seen(
            "wrong", f"The seal's certificate is valid from {facts.not_before:%Y-%m-%d} to {facts.not_after:%Y-%m-%d}.", "Renew it."
        )
    if facts.subject.organization_identifier is None:
        return Seen("wrong", "The seal's certificate states no organizationIdentifier.", "Get one that names your organisation.")
    if days < _FEW_DAYS:
        return Seen("wrong", f"The seal's certificate ends in {days} days.", "Renew it.")
    whose = f"{facts.subject.shown} ({facts.subject.organization_identifier})"
    return Seen("right", f"Seals are made as {whose}, for {days} more days. {believed}")


def _did_web(settings: Settings) -> Seen:
    from atesto.issuer_keys import node_did

    did = node_did(settings)
    if did is None:
        return Seen("note", "The node has no did:web: that takes a public https URL with a host name (public_url).")
    return _published(settings, did, _own_documents(settings), "The node")


def _issuers_did_web(settings: Settings) -> dict[str, Seen]:
    """A row for each issuer with a did:web of its own, and for each of whose document nothing is left but the keys."""
    from atesto.issuer_keys import issuer_dids, issuer_rows, node_did

    named, node = issuer_dids(settings), node_did(settings)
    if node is None:
        return {}
    own = _own_documents(settings)
    rows = {}
    for name, did in named.items():
        key = issuer_rows(settings)[name].key
        if key is not None and did not in own:
            sentence = f"The issuer {name} signs with the key {key[:80]!r}, which is not one of its own did:web: {did} has no document."
            rows[f"did:web of {name}"] = Seen("note", sentence)
        else:
            look = functools.partial(_published, did=did, own=own, whose=f"The issuer {name}")
            rows[f"did:web of {name}"] = _looked(look, settings)
    below = f"{node}:issuers:"
    for did in own:
        if did.startswith(below) and did not in named.values():
            name = did.removeprefix(below)
            sentence = f"Keys of {did} are here, and no issuer publishes them: what they signed can be verified by this node alone."
            rows[f"did:web of {name}"] = Seen("note", sentence, f"An issuer {name} with own_did = true publishes them again.")
    return rows


def _own_documents(settings: Settings) -> Mapping[Did, JsonObject]:
    from atesto.custody.publication import OwnDocuments
    from atesto.node import key_store_path, open_keys

    return OwnDocuments(open_keys(settings)[0]) if key_store_path(settings).exists() else {}


def _published(settings: Settings, did: Did, own: Mapping[Did, JsonObject], whose: str) -> Seen:
    """Whether what stands at the address of `did` is what the key store says. Raises AtestoError when nothing can be had there."""
    from atesto.dids.methods.web import did_web_url

    document = own.get(did)
    if document is None:
        return Seen("note", f"{whose} will be {did}; its first key is made at the next start.")
    url = did_web_url(did)
    published = asyncio.run(_fetched_document(settings, url))
    if published.get("id") != did:
        return Seen("wrong", f"At {url} stands the document of another.", "See where the proxy sends that address.")
    difference = _difference(document, published)
    if difference:
        return Seen(
            "wrong",
            f"At {url} stands another document than this key store's: {difference}.",
            "See whether another node answers there, or a cache that keeps documents for longer than a minute.",
        )
    return Seen("right", f"{did} resolves at its public address, as seen from this machine; its document is the one of this key store.")


def _difference(own: JsonObject, published: JsonObject) -> str:
    """What `published` says otherwise than `own`; "" when nothing. Of what is published no word is repeated."""
    ours, theirs = _methods(own), _methods(published)
    missing = [name for name in ours if name not in theirs]
    if missing:
        return f"it lacks {missing[0]}"
    if theirs.keys() - ours.keys():
        return "it lists keys that are not in this key store"
    for name, method in ours.items():
        if theirs[name] != method:
            return f"it does not know that {name} is revoked" if "revoked" in method else f"it says something else of {name}"
    return "" if own == published else "its keys are the same, and the rest is not"


def _methods(document: JsonObject) -> dict[str, JsonObject]:
    listed = document.get("verificationMethod")
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    return {str(entry.get("id")): entry for entry in entries}


async def _fetched_document(settings: Settings, url: str) -> JsonObject:
    """What others see at `url`, through the same fetcher by which they are looked up. Raises AtestoError with what is in the way."""
    from atesto import limits
    from atesto.dids.controller_document import DID_MEDIA_TYPES
    from atesto.encoding.strict_json import parse_json_object
    from atesto.fetch_budget import FetchBudget
    from atesto.node import make_fetcher

    fetcher = make_fetcher(settings)
    try:
        fetched = await fetcher.fetch(url, media_types=DID_MEDIA_TYPES, max_bytes=limits.MAX_DID_DOCUMENT_BYTES, budget=FetchBudget())
    except ResolutionError as error:
        raise ResolutionError(error.code, f"The document at {url} cannot be had. {error.detail}") from None
    finally:
        await fetcher.close()
    try:
        return parse_json_object(fetched.body, max_bytes=limits.MAX_DID_DOCUMENT_BYTES)
    except MalformedInput as error:
        raise ResolutionError("did.document_malformed", f"What stands at {url} is no document. {error.detail}") from None


def _running(settings: Settings) -> Seen:
    from atesto.cli.running_node import RunningNode
    from atesto.node import data_folder

    running = RunningNode.find(data_folder(settings))
    if running is None:
        return Seen("note", "No node runs on this data folder.")
    status, answer = asyncio.run(running.ask("/health/ready"))
    if status != 200:
        parts = answer.get("parts")
        broken = (
            [str(part.get("sentence")) for part in parts if isinstance(part, dict) and not part.get("works")]
            if isinstance(parts, list)
            else []
        )
        return Seen("wrong", f"The running node at {running.url} is not ready. {' '.join(broken)}", "See its log.")
    ended = _ended_keys(settings, running)
    if ended:
        sentence = f"The running node at {running.url} signs with {ended[0]}, so it signs nothing."
        return Seen("wrong", sentence, "Restart it: it takes its keys when it starts.")
    return Seen("right", f"The running node at {running.url} is ready.")


def _ended_keys(settings: Settings, running: RunningNode) -> list[str]:
    """The keys of the running node that were retired or revoked since it started, each with what it is now."""
    from atesto.custody.key_record import KeyState
    from atesto.node import key_store_path, open_keys

    if not key_store_path(settings).exists():
        return []
    records = [record for record in open_keys(settings)[0].records() if record.key_id in running.keys]
    return [f"the {record.state.value} key {record.key_id}" for record in records if record.state is not KeyState.ACTIVE]


LOOKS: Final[tuple[tuple[str, Callable[[Settings], Seen | dict[str, Seen]]], ...]] = (
    ("program", _program),
    ("data folder", _folders),
    ("keys", _keys),
    ("issuers", _issuers),
    ("API token", _token),
    ("contexts", _contexts),
    ("cryptography", _cryptography),
    ("issuing record", _record),
    ("TLS", _tls),
    ("seal", _seal),
    ("did:web", _did_web),
    ("did:web of each issuer with own_did", _issuers_did_web),
    ("running node", _running),
)
