"""The encrypted form of the key store: Argon2id (RFC 9106) over the passphrase, ChaCha20-Poly1305 (RFC 8439) over the content.

The file is one JSON object, all of it authenticated:

    {"format": "atesto-key-store/1",
     "kdf": {"name": "argon2id", "version": 19, "memory_kib": …, "iterations": …, "lanes": …, "salt": base64url},
     "key_check": base64url, "nonce": base64url, "ciphertext": base64url, "digest": base64url}

Checks when opening, in order:
1. strict JSON of exactly these members, parameters within their limits;
2. `digest`, the SHA-256 of the rest (an accident of the disk: `custody.store_damaged`; it needs no passphrase);
3. `key_check` against the derived key (`custody.passphrase`);
4. the cipher, over the content and over every other member but `digest` (`custody.store_damaged`).

Whoever alters the file on purpose and recomputes `digest` is still refused, by 3 or 4; which of the two codes he causes is his choice.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from argon2.exceptions import HashingError
from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from atesto import limits
from atesto.encoding.base64url import decode_base64url, encode_base64url
from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import CustodyError, MalformedInput

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

_FORMAT: Final = "atesto-key-store/1"
_MEMBERS: Final = frozenset({"format", "kdf", "key_check", "nonce", "ciphertext", "digest"})
_KDF_MEMBERS: Final = frozenset({"name", "version", "memory_kib", "iterations", "lanes", "salt"})
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_CHECK_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class SealingKey:
    """The key derived from one passphrase and one salt; deriving costs a sixth of a second, so it is kept and used for every write."""

    salt: bytes
    memory_kib: int
    iterations: int
    lanes: int
    cipher_key: bytes = field(repr=False)
    check: bytes = field(repr=False)

    @classmethod
    def derive(cls, passphrase: bytes, salt: bytes, memory_kib: int, iterations: int, lanes: int) -> SealingKey:
        """Argon2id over `passphrase`: 32 bytes for the cipher, 32 to tell a wrong passphrase from damage. Raises CustodyError."""
        try:
            derived = hash_secret_raw(passphrase, salt, iterations, memory_kib, lanes, 64, Type.ID, ARGON2_VERSION)
        except (HashingError, MemoryError):
            raise CustodyError("custody.passphrase", f"The key could not be derived with {memory_kib} KiB of memory.") from None
        return cls(salt, memory_kib, iterations, lanes, derived[:32], hashlib.sha256(derived[32:]).digest())

    @classmethod
    def fresh(cls, passphrase: bytes) -> SealingKey:
        """A key over a new random salt, at the cost that limits.py names."""
        return cls.derive(passphrase, os.urandom(_SALT_BYTES), limits.KDF_MEMORY_KIB, limits.KDF_ITERATIONS, limits.KDF_LANES)

    def header(self) -> JsonObject:
        """The `kdf` member."""
        return {
            "name": "argon2id",
            "version": ARGON2_VERSION,
            "memory_kib": self.memory_kib,
            "iterations": self.iterations,
            "lanes": self.lanes,
            "salt": encode_base64url(self.salt),
        }


def seal(content: bytes, key: SealingKey) -> bytes:
    """The file for `content`, under a fresh random nonce (a store sees thousands of writes, far below 2^32)."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed: JsonObject = {
        "format": _FORMAT,
        "kdf": key.header(),
        "key_check": encode_base64url(key.check),
        "nonce": encode_base64url(nonce),
    }
    sealed["ciphertext"] = encode_base64url(ChaCha20Poly1305(key.cipher_key).encrypt(nonce, content, canonicalize_json(sealed)))
    sealed["digest"] = _digest(sealed)
    return canonicalize_json(sealed) + b"\n"


def unseal(data: bytes, passphrase: bytes) -> tuple[bytes, SealingKey]:
    """The content of the file `data` and its key, derived once. Raises CustodyError `custody.store_damaged`, `custody.passphrase`."""
    sealed = _parse(data)
    kdf = sealed["kdf"]
    key = SealingKey.derive(passphrase, _salt(kdf), *_costs(kdf))
    return _decrypt(sealed, key), key


def unseal_with(data: bytes, key: SealingKey) -> bytes:
    """The content of `data`, sealed under `key` before. Raises as `unseal`; `custody.passphrase` when it was sealed under another."""
    sealed = _parse(data)
    if sealed["kdf"] != key.header():
        raise CustodyError("custody.passphrase", "The key store was sealed anew under another passphrase.")
    return _decrypt(sealed, key)


def _decrypt(sealed: JsonObject, key: SealingKey) -> bytes:
    if not hmac.compare_digest(_bytes(sealed, "key_check", _CHECK_BYTES), key.check):
        raise CustodyError("custody.passphrase", "The passphrase is not the one of this key store.")
    header = {name: value for name, value in sealed.items() if name not in {"ciphertext", "digest"}}
    try:
        cipher = ChaCha20Poly1305(key.cipher_key)
        return cipher.decrypt(_bytes(sealed, "nonce", _NONCE_BYTES), _bytes(sealed, "ciphertext"), canonicalize_json(header))
    except InvalidTag:
        raise _damaged("its content or header was altered") from None


def _parse(data: bytes) -> JsonObject:
    try:
        sealed = parse_json_object(data, max_bytes=limits.MAX_KEY_STORE_BYTES)
    except MalformedInput as error:
        raise _damaged(f"it is not JSON ({error.code})") from None
    if sealed.get("format") != _FORMAT or sealed.keys() != _MEMBERS:
        raise _damaged("it does not have the members of a key store")
    if not hmac.compare_digest(str(sealed["digest"]).encode("utf-8"), _digest(sealed).encode("ascii")):
        raise _damaged("its digest does not fit")
    return sealed


def _salt(kdf: JsonValue) -> bytes:
    if not isinstance(kdf, dict) or kdf.keys() != _KDF_MEMBERS or (kdf["name"], kdf["version"]) != ("argon2id", ARGON2_VERSION):
        raise _damaged("its key derivation is not known")
    return _bytes(kdf, "salt", _SALT_BYTES)


def _costs(kdf: JsonValue) -> tuple[int, int, int]:
    costs = []
    for name, highest in (
        ("memory_kib", limits.MAX_KDF_MEMORY_KIB),
        ("iterations", limits.MAX_KDF_ITERATIONS),
        ("lanes", limits.MAX_KDF_LANES),
    ):
        value = kdf.get(name) if isinstance(kdf, dict) else None
        if type(value) is not int or not 1 <= value <= highest:
            raise _damaged(f"{name} of its key derivation is out of range")
        costs.append(value)
    return costs[0], costs[1], costs[2]


def _bytes(members: JsonObject, name: str, length: int | None = None) -> bytes:
    text = members[name]
    try:
        data = decode_base64url(text) if isinstance(text, str) else None
    except MalformedInput:
        data = None
    if data is None or (length is not None and len(data) != length):
        raise _damaged(f"{name} is malformed")
    return data


def _digest(sealed: JsonObject) -> str:
    rest = {name: value for name, value in sealed.items() if name != "digest"}
    return encode_base64url(hashlib.sha256(canonicalize_json(rest)).digest())


def _damaged(reason: str) -> CustodyError:
    return CustodyError("custody.store_damaged", f"The key store cannot be read: {reason}.")
