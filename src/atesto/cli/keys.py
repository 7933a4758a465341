"""`atesto keys`: the keys in custody. Secrets never leave the key store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from atesto import limits
from atesto.cli.options import Config, Data, Json, settings_of
from atesto.cli.output import people, print_json, print_notices, printed
from atesto.custody.key_record import KeyState
from atesto.errors import CustodyError

if TYPE_CHECKING:
    from pathlib import Path

    from atesto.adapters.key_store import EncryptedKeyStore
    from atesto.custody.key_record import KeyRecord
    from atesto.encoding.strict_json import JsonObject

app = typer.Typer(help="Keys in custody: list, create, rotate, retire, revoke.", no_args_is_help=True, pretty_exceptions_enable=False)

KeyId = Annotated[str, typer.Argument(metavar="KEY", help="Key id or DID, see `atesto keys list`.")]
Algorithm = Annotated[str, typer.Option(help="Ed25519, P-256, P-384, or RSA, which signs tokens alone.")]
Bits = Annotated[int, typer.Option(help="Length of an RSA key.")]
_RESTART: Final = "A running node takes its keys when it starts: restart it to have it sign with another key."


@app.command("list", epilog="Example: `atesto keys list`")
def list_keys(*, as_json: Json = False, config: Config = None, data: Data = None) -> None:
    """Lists every key: what it is called, what it is, and where it stands."""
    from atesto.node import key_store_path

    # Looking makes nothing.
    records = _store(config, data).records() if key_store_path(settings_of(config, data)).exists() else ()
    if as_json:
        print_json([_row(record) for record in records])
        return
    console = printed()
    for record in records:
        console.print(record.did, style="bold" if record.state is KeyState.ACTIVE else "dim")
        revoked = f", not trusted since {record.revoked_since:%Y-%m-%d %H:%M} UTC" if record.revoked_since else ""
        console.print(
            f"  {record.state.value}{revoked}, {record.public_key.algorithm}, created {record.created:%Y-%m-%d}, key id {record.key_id}"
        )
    if not records:
        console.print("There is no key yet; the first start makes one, and so does: atesto keys create")


@app.command("create", epilog="Example: `atesto keys create --algorithm P-256`")
def create(
    *, algorithm: Algorithm = "Ed25519", bits: Bits = limits.RSA_BITS, as_json: Json = False, config: Config = None, data: Data = None
) -> None:
    """Makes a key: of the node's did:web where it has one, otherwise a did:key."""
    from atesto.custody.lifecycle import create_key, generate_key
    from atesto.issuer_keys import new_key_naming

    store, naming = _store(config, data), new_key_naming(settings_of(config, data))
    _say("✔ Created.", create_key(store, generate_key(algorithm, bits=bits), now=datetime.now(UTC), naming=naming), as_json=as_json)


@app.command("rotate", epilog="Example: `atesto keys rotate KEY`")
def rotate(key: KeyId, *, as_json: Json = False, config: Config = None, data: Data = None) -> None:
    """Retires a key and makes a new one of its kind in its place. A did:web stays; with did:key the new key is a new DID."""
    from atesto.custody.lifecycle import generate_key, rotate_key

    store = _store(config, data)
    old = _find(store, key)
    algorithm = old.public_key.algorithm
    bits = old.public_key.modulus_and_exponent()[0].bit_length() if algorithm == "RSA" else limits.RSA_BITS
    record = rotate_key(store, old.key_id, generate_key(algorithm, bits=bits), now=datetime.now(UTC))
    _say(f"✔ Rotated: the old key of {old.did} signs no more, and what it signed stays verifiable. {_RESTART}", record, as_json=as_json)


@app.command("retire", epilog="Example: `atesto keys retire KEY`")
def retire(key: KeyId, *, as_json: Json = False, config: Config = None, data: Data = None) -> None:
    """Retires a key: it signs no more, and what it signed stays verifiable."""
    from atesto.custody.lifecycle import retire_key

    store = _store(config, data)
    old = _find(store, key)
    retire_key(store, old.key_id, now=datetime.now(UTC))
    _say(f"✔ Retired. {_RESTART}", _find(store, old.key_id), as_json=as_json)


@app.command("revoke", epilog="Example: `atesto keys revoke KEY --since 2026-06-15T09:00:00Z`")
def revoke(
    key: KeyId,
    *,
    since: Annotated[
        str | None, typer.Option(help="From when on it is not trusted; without it nothing that it signed is.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
    config: Config = None,
    data: Data = None,
) -> None:
    """Revokes a key: what it ever signed is refused, or, with --since, what it signed from then on. This cannot be taken back."""
    from atesto.custody.lifecycle import revoke_key
    from atesto.encoding.timestamp import parse_timestamp

    store = _store(config, data)
    old = _find(store, key)
    moment = parse_timestamp(since).moment if since is not None else None
    if not yes:
        typer.confirm(f"Revoke {old.did} {f'since {since}' if since else 'for everything that it ever signed'}?", abort=True, err=True)
    revoke_key(store, old.key_id, since=moment)
    _say("✔ Revoked.", _find(store, old.key_id), as_json=as_json)


def _store(config: Path | None, data: Path | None) -> EncryptedKeyStore:
    settings = settings_of(config, data)
    from atesto.node import open_keys

    store, notices = open_keys(settings)
    print_notices(notices)
    return store


def _find(store: EncryptedKeyStore, name: str) -> KeyRecord:
    from atesto.custody.lifecycle import find_record

    records = store.records()
    named = [record for record in records if name in {record.did, record.verification_method}]
    if len(named) > 1:
        raise CustodyError("custody.key_not_found", f"{name[:80]} has {len(named)} keys: say which by its key id, see `atesto keys list`.")
    return named[0] if named else find_record(records, name)


def _row(record: KeyRecord) -> JsonObject:
    return {
        "keyId": record.key_id,
        "algorithm": record.public_key.algorithm,
        "state": record.state.value,
        "created": record.created.isoformat(),
        "did": record.did,
        "verificationMethod": record.verification_method,
        "retired": record.retired.isoformat() if record.retired else None,
        "revokedSince": record.revoked_since.isoformat() if record.revoked_since else None,
    }


def _say(sentence: str, record: KeyRecord, *, as_json: bool) -> None:
    if as_json:
        print_json(_row(record))
        return
    people().print(sentence)
    typer.echo(record.did)
