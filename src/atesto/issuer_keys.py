"""Whose key each named issuer signs with, and under which DID a new key is named.

The setting `did` decides, together with the public URL:
- `key`: every key is a did:key.
- `web`: keys are named under the node's did:web; it needs a public https URL with a host name.
- `auto`: as `web` where there is such a URL, else as `key`. A key that is there already keeps its name and its issuer: a node that has
  issued under a did:key goes on doing so, and has a did:web with a key beside it, published and ready.
An issuer with `own_did` has a did:web of its own below the node's.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from atesto.custody.key_record import KeyState
from atesto.custody.lifecycle import create_key, generate_key, name_as_did_key, name_under
from atesto.dids.did_url import did_method
from atesto.dids.methods.web import did_web, did_web_url
from atesto.errors import MalformedInput
from atesto.issuance.securing import JWT, Jwt
from atesto.keys.algorithms import SIGNING_ALGORITHMS
from atesto.proofs.suites import SIGNING_SUITES
from atesto.settings import IssuerSettings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atesto.custody.key_record import KeyRecord
    from atesto.custody.key_store import KeyStore
    from atesto.custody.lifecycle import Naming
    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import Did
    from atesto.proofs.cryptosuite import Cryptosuite
    from atesto.settings import Settings

DEFAULT: Final = "default"
DEFAULT_SUITE: Final = "eddsa-rdfc-2022"


def issuer_rows(settings: Settings) -> dict[str, IssuerSettings]:
    """Every issuer by name, the default one among them."""
    return {DEFAULT: IssuerSettings(), **settings.issuers}


def new_credential_id() -> str:
    """The identifier of one more credential: nobody can guess it, and it says nothing."""
    return f"urn:credential:{uuid.uuid4()}"


def node_did(settings: Settings) -> Did | None:
    """The node's did:web; None when it has none. Raises MalformedInput `settings.invalid` when `did = "web"` and it cannot have one."""
    if settings.did == "key":
        return None
    try:
        return did_web(settings.public_url or "")
    except MalformedInput as error:
        if settings.did == "auto":
            return None
        raise MalformedInput("settings.invalid", f'did = "web" needs a public https URL with a host name. {error.detail}') from None


def new_key_naming(settings: Settings, name: str = DEFAULT, row: IssuerSettings | None = None) -> Naming:
    """How a new key of the issuer `name` is named."""
    did = _web_did(settings, name, row or IssuerSettings())
    return name_as_did_key if did is None else name_under(did)


def issuer_key(store: KeyStore, settings: Settings, name: str) -> KeyRecord:
    """The key of the issuer `name`: the one that its settings name, else the oldest active one that fits, else a new one.

    Raises MalformedInput `settings.invalid` when the named key is unknown or does not fit; CustodyError.
    """
    row = issuer_rows(settings)[name]
    found = existing_key(store.records(), settings, name)
    return found or create_key(
        store, generate_key(_algorithm(row), bits=row.rsa_bits), now=datetime.now(UTC), naming=new_key_naming(settings, name, row)
    )


def existing_key(records: Sequence[KeyRecord], settings: Settings, name: str) -> KeyRecord | None:
    """The same without making one. Raises MalformedInput `settings.invalid`."""
    row = issuer_rows(settings)[name]
    active = [record for record in records if record.state is KeyState.ACTIVE]
    if row.key is not None:
        found = next((record for record in active if row.key in {record.key_id, record.did, record.verification_method}), None)
        if found is None:
            raise MalformedInput("settings.invalid", f"issuers.{name}: there is no active key {row.key[:80]!r} in custody.")
    else:
        own = _web_did(settings, name, row)
        fitting = [record for record in active if record.public_key.algorithm == _algorithm(row)]
        found = next((record for record in fitting if _may_use(record.did, own, settings, row)), None)
    algorithm = found.public_key.algorithm if found is not None else _algorithm(row)
    if algorithm not in _algorithms(row):
        raise MalformedInput("settings.invalid", f"issuers.{name}: {way_of(row).name} does not use {algorithm} keys.")
    return found


def way_of(row: IssuerSettings) -> Cryptosuite | Jwt:
    """How the issuer secures its credentials."""
    return JWT if row.envelope is not None else SIGNING_SUITES[row.cryptosuite or DEFAULT_SUITE]


def proof_suite(row: IssuerSettings, algorithm: str) -> Cryptosuite | None:
    """With what the issuer proves presentations: its own cryptosuite, or the first that takes its kind of key; none takes RSA."""
    way = way_of(row)
    if not isinstance(way, Jwt):
        return way
    return next((suite for suite in SIGNING_SUITES.values() if algorithm in suite.key_hashes), None)


def ensure_node_key(store: KeyStore, settings: Settings) -> str | None:
    """Makes the first key of the node's did:web when it has none; the sentence that says so, or None."""
    did = node_did(settings)
    if did is None or any(record.did == did and record.state is KeyState.ACTIVE for record in store.records()):
        return None
    create_key(store, generate_key("Ed25519"), now=datetime.now(UTC), naming=name_under(did))
    return f"The node has a did:web now, with a key: {did}. It is published at {did_web_url(did)}."


def issuer_dids(settings: Settings) -> dict[str, Did]:
    """The did:web of each issuer that has one of its own, by the issuer's name. Raises MalformedInput `settings.invalid`."""
    named = {name: _web_did(settings, name, row) for name, row in issuer_rows(settings).items() if row.own_did}
    return {name: did for name, did in named.items() if did is not None}


def published_document(settings: Settings, documents: Mapping[Did, JsonObject], path: str) -> JsonObject | None:
    """The own document that stands at `path` of this node; a proxy may leave the path of the public URL before it, or take it away."""
    did = node_did(settings)
    if did is None:
        return None
    before = urlsplit(settings.public_url or "").path.rstrip("/")
    for own in (did, *issuer_dids(settings).values()):
        place = urlsplit(did_web_url(own)).path
        if path in {place, place.removeprefix(before)}:
            return documents.get(own)
    return None


def _may_use(did: Did, own: Did | None, settings: Settings, row: IssuerSettings) -> bool:
    """Whether an issuer for which no key is named may sign as `did`. `own` is the did:web under which it would get a new key."""
    if row.own_did or settings.did == "web":
        return did == own
    if settings.did == "key":
        return did_method(did) == "key"
    # A did:web at another address is left alone; a command that was not told the public URL takes the key that the node has.
    return did_method(did) == "key" or own is None or did == own


def _web_did(settings: Settings, name: str, row: IssuerSettings) -> Did | None:
    did = node_did(settings)
    if not row.own_did:
        return did
    if did is None:
        raise MalformedInput("settings.invalid", f"issuers.{name}: own_did needs a node with a did:web: a public https URL.")
    return did_web(f"{(settings.public_url or '').rstrip('/')}/issuers/{name}")


def _algorithm(row: IssuerSettings) -> str:
    return row.algorithm or _algorithms(row)[0]


def _algorithms(row: IssuerSettings) -> tuple[str, ...]:
    """The kinds of key that the issuer can use, the one that it makes first."""
    way = way_of(row)
    return tuple(SIGNING_ALGORITHMS) if isinstance(way, Jwt) else tuple(way.key_hashes)
