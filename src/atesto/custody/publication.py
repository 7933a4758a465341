"""What the node publishes of its own keys: one document a DID (DID Core 1.0 section 5), answered without a fetch.

Retired and revoked keys stay in the documents: the ones so that what they signed verifies, the others so that verification says why not.
A document of did:web lists each key twice: as Multikey under the key's name, for Data Integrity, and as JsonWebKey under that name and
`-jwk`, for verifiers of JOSE that read nothing else. A did:key's document is what everybody makes of the DID, so it has one form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from atesto.custody.key_record import KeyState
from atesto.dids.did_url import did_method
from atesto.dids.signing_document import JWK_CONTEXT, MULTIKEY_CONTEXT, signing_document
from atesto.encoding.timestamp import format_timestamp
from atesto.errors import CustodyError, ResolutionError
from atesto.keys.jwk import public_jwk
from atesto.keys.multikey import public_multikey
from atesto.ports import Did, DidUrl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atesto.custody.key_record import KeyRecord
    from atesto.custody.key_store import KeyStore
    from atesto.encoding.strict_json import JsonObject, JsonValue

JWK_SUFFIX: Final = "-jwk"
"""What the JSON Web Key form of a key is called beside its Multikey form."""
_EVER: Final = "0001-01-01T00:00:00Z"
"""The earliest moment that a document can write: a thief dates his proofs as he likes, so no later one would do for an unknown time."""


def token_method(record: KeyRecord) -> DidUrl:
    """The name that a token gives its key: of the JsonWebKey, as VC-JOSE-COSE section 4.2 demands.

    A did:key has one form alone, and is named by it.
    """
    return record.verification_method if did_method(record.did) == "key" else DidUrl(record.verification_method + JWK_SUFFIX)


def published_keys(store: KeyStore) -> JsonObject | None:
    """The JWK Set of every did:web in custody, for those who look for the keys of badges at the host; None when there is no did:web.

    Each key has the name that tokens give it, and in `iss` the issuer for whom it speaks. Revoked keys are left out: a JWK cannot say since
    when. Raises CustodyError.
    """
    named = [record for record in store.records() if did_method(record.did) != "key"]
    keys: list[JsonValue] = [
        {
            **public_jwk(record.public_key),
            "kid": token_method(record),
            "iss": record.did,
            "use": "sig",
            "alg": record.public_key.parameters.jws_algorithms[0],
        }
        for record in named
        if record.state is not KeyState.REVOKED
    ]
    return {"keys": keys} if named else None


class OwnDocuments(Mapping[Did, "JsonObject"]):
    """The documents of all DIDs in custody, as the store holds them now: a key rotated by another process is seen at the next look."""

    def __init__(self, store: KeyStore) -> None:
        self._store: Final = store
        self._seen: tuple[KeyRecord, ...] = ()
        self._documents: dict[Did, JsonObject] = {}
        self._refresh()

    def __getitem__(self, did: Did) -> JsonObject:
        """The document of an own DID; the caller does not change it.

        Raises KeyError for a foreign DID, ResolutionError `did.unreachable` for an own one while the store cannot be read.
        """
        try:
            self._refresh()
        except CustodyError as error:
            # A foreign DID's verification does not depend on our store; an own key may have been revoked meanwhile.
            if did in self._documents:
                raise ResolutionError("did.unreachable", f"The node's own key store cannot be read: {error.code}.") from None
        return self._documents[did]

    def __iter__(self) -> Iterator[Did]:
        """The own DIDs, in the order of creation."""
        self._refresh()
        return iter(self._documents)

    def __len__(self) -> int:
        self._refresh()
        return len(self._documents)

    def _refresh(self) -> None:
        records = self._store.records()
        if records is not self._seen:
            self._documents = _documents(records)
            self._seen = records


def _documents(records: Iterable[KeyRecord]) -> dict[Did, JsonObject]:
    by_did: dict[Did, list[KeyRecord]] = {}
    for record in records:
        by_did.setdefault(record.did, []).append(record)
    return {did: _document(did, listed) for did, listed in by_did.items()}


def _document(did: Did, records: Iterable[KeyRecord]) -> JsonObject:
    listed = [*records]
    methods = [_method(record, "Multikey", "publicKeyMultibase", public_multikey(record.public_key)) for record in listed]
    if did_method(did) == "key":
        return signing_document(did, methods, MULTIKEY_CONTEXT)
    methods += [_method(record, "JsonWebKey", "publicKeyJwk", public_jwk(record.public_key), JWK_SUFFIX) for record in listed]
    return signing_document(did, methods, MULTIKEY_CONTEXT, JWK_CONTEXT)


def _method(record: KeyRecord, kind: str, member: str, material: JsonValue, suffix: str = "") -> JsonObject:
    method: JsonObject = {"id": record.verification_method + suffix, "type": kind, "controller": record.did, member: material}
    if record.state is KeyState.REVOKED:
        method["revoked"] = _EVER if record.revoked_since is None else format_timestamp(record.revoked_since)
    return method
