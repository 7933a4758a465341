"""Signs with a key from the key store, in this process.

Checks of each signature, in order:
1. the key is active, as the store says now: a key retired by another process signs no more;
2. the signature verifies against the published key: a flipped bit discloses an Ed25519 or ECDSA key as well as spoiling the credential.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.custody.lifecycle import find_record, require_active
from atesto.errors import CustodyError, VerificationError
from atesto.keys.published_test_keys import is_published_test_key

if TYPE_CHECKING:
    from atesto.custody.key_store import KeyStore
    from atesto.keys.public_key import PublicKey
    from atesto.ports import DidUrl


class SoftwareSigner:
    """A `Signer` over one key of a `KeyStore`."""

    def __init__(self, store: KeyStore, key_id: str, *, verification_method: DidUrl | None = None) -> None:
        """`verification_method`: under which of its published names the key is told; the one in its record otherwise.

        Raises CustodyError `custody.key_not_found`, `custody.key_retired`, `custody.key_revoked`, `custody.published_key`,
        `custody.signer_failed`.
        """
        record = find_record(store.records(), key_id)
        require_active(record)
        self._store: Final = store
        self._key_id: Final = key_id
        self._key: Final = store.private_key(key_id)
        if is_published_test_key(record.public_key):
            raise CustodyError("custody.published_key", f"Everybody has the secret of {record.verification_method}.")
        if self._key.public_key != record.public_key:
            raise CustodyError("custody.signer_failed", f"The secret of {record.verification_method} is not the one of its published key.")
        self._verification_method: Final = verification_method or record.verification_method

    @property
    def verification_method(self) -> DidUrl:
        """The DID URL under which the public key is published."""
        return self._verification_method

    @property
    def public_key(self) -> PublicKey:
        """The public half."""
        return self._key.public_key

    async def sign(self, data: bytes) -> bytes:
        """The raw signature over `data`, verified. Raises CustodyError as the constructor, `custody.signer_failed` for a faulty one."""
        require_active(find_record(self._store.records(), self._key_id))
        signature = self._key.sign(data)
        try:
            self.public_key.verify(signature, data)
        except VerificationError:
            raise CustodyError(
                "custody.signer_failed", f"A signature of {self.verification_method} did not verify after it was made."
            ) from None
        return signature
