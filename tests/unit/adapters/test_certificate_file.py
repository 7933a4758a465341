"""Files of seal certificates and their keys, and of certificates that are trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from atesto.adapters.certificate_file import OneSealKey, read_anchors, read_seal_key
from atesto.errors import AtestoError
from atesto.proofs.jades.assessment import SealTrust, assess_seal
from atesto.proofs.jades.seal import parse_seal
from tests.simulators.seals import NOW, Holder, World, key_of, sealed

if TYPE_CHECKING:
    from pathlib import Path

WORLD: Final = World()
PASSPHRASE: Final = b"passphrase of the tests"


def pem(*ders: bytes) -> bytes:
    return b"".join(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in ders)


def secret(key: Any, encryption: KeySerializationEncryption | None = None) -> bytes:
    found: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())
    return found


def written(folder: Path, data: bytes, *, mode: int = 0o600, name: str = "seal.pem") -> Path:
    path = folder / name
    path.write_bytes(data)
    path.chmod(mode)
    return path


def store(holder: Holder, passphrase: bytes | None) -> bytes:
    above = [x509.load_der_x509_certificate(der) for der in holder.above]
    encryption = NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase)
    return pkcs12.serialize_key_and_certificates(b"seal", holder.key, holder.certificate, above, encryption)


@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA-2048"])
async def test_a_key_from_a_file_seals(tmp_path: Path, kind: str) -> None:
    holder = WORLD.authority.issue(kind=kind)
    path = written(tmp_path, secret(holder.key) + pem(*holder.chain))
    key = read_seal_key(path, None)
    assert key.chain == holder.chain
    assert OneSealKey(key).key_for("whoever") is key
    found = assess_seal(parse_seal(await sealed(key)), SealTrust((WORLD.root.der,)), now=NOW)
    assert found.indication.value == "TOTAL-PASSED"
    assert str(holder.key) not in repr(key)


FORMS: Final[dict[str, Any]] = {
    "PEM": (lambda holder: secret(holder.key) + pem(*holder.chain), None),
    "PEM, the key last": (lambda holder: pem(*holder.chain) + secret(holder.key), None),
    "PEM, authorities first": (lambda holder: pem(*reversed(holder.chain)) + secret(holder.key), None),
    "PEM with the root": (lambda holder: pem(*holder.chain, WORLD.root.der) + secret(holder.key), None),
    "PEM with strangers": (lambda holder: pem(WORLD.stamp_root.der, *holder.chain) + secret(holder.key), None),
    "PEM and a passphrase that it does not need": (lambda holder: secret(holder.key) + pem(*holder.chain), PASSPHRASE),
    "locked PEM": (lambda holder: secret(holder.key, BestAvailableEncryption(PASSPHRASE)) + pem(*holder.chain), PASSPHRASE),
    "PKCS#12": (lambda holder: store(holder, PASSPHRASE), PASSPHRASE),
    "PKCS#12 without a passphrase": (lambda holder: store(holder, None), None),
}


@pytest.mark.parametrize(("make", "passphrase"), FORMS.values(), ids=FORMS)
def test_the_forms_of_a_file(tmp_path: Path, make: Any, passphrase: bytes | None) -> None:
    assert read_seal_key(written(tmp_path, make(WORLD.holder)), passphrase).chain == WORLD.holder.chain


def test_a_secret_mount_is_a_chain_of_links(tmp_path: Path) -> None:
    path = written(tmp_path, secret(WORLD.holder.key) + pem(*WORLD.holder.chain))
    (tmp_path / "link").symlink_to(path)
    assert read_seal_key(tmp_path / "link", None).chain == WORLD.holder.chain
    path.chmod(0o640)
    assert refused(tmp_path / "link") == "custody.insecure_permissions"


def refused(path: Path, passphrase: bytes | None = None) -> str:
    with pytest.raises(AtestoError) as caught:
        read_seal_key(path, passphrase)
    assert "BEGIN" not in str(caught.value)
    return caught.value.code


OTHER: Final = WORLD.authority.issue(number=90)
EDWARDS: Final = Ed25519PrivateKey.generate()
FAULTS: Final[dict[str, tuple[bytes, bytes | None]]] = {
    "no key": (pem(*WORLD.holder.chain), None),
    "no certificate": (secret(WORLD.holder.key), None),
    "two keys": (secret(WORLD.holder.key) + secret(OTHER.key) + pem(*WORLD.holder.chain), None),
    "another key": (secret(OTHER.key) + pem(*WORLD.holder.chain), None),
    "a key of another kind": (secret(EDWARDS) + pem(*WORLD.holder.chain), None),
    "a locked key and no passphrase": (secret(WORLD.holder.key, BestAvailableEncryption(PASSPHRASE)) + pem(*WORLD.holder.chain), None),
    "a locked key and another passphrase": (
        secret(WORLD.holder.key, BestAvailableEncryption(PASSPHRASE)) + pem(*WORLD.holder.chain), b"another",
    ),
    "PKCS#12 and another passphrase": (store(WORLD.holder, PASSPHRASE), b"another"),
    "PKCS#12 and no passphrase": (store(WORLD.holder, PASSPHRASE), None),
    "a weak key": (secret(key_of("RSA-1024", 10)) + pem(WORLD.authority.issue(kind="RSA-1024").der), None),
    "a curve that seals do not use": (secret(key_of("P-521", 10)) + pem(WORLD.authority.issue(kind="P-521").der), None),
    "an authority": (secret(WORLD.authority.key) + pem(WORLD.authority.der), None),
    "a certificate for encryption": (
        secret(WORLD.holder.key) + pem(WORLD.authority.issue(key_usage=("key_encipherment",)).der), None,
    ),
    "nothing": (b"", None),
    "nonsense": (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", None),
    "too much": (b"-----BEGIN " + b"A" * 300_000, None),
}  # fmt: skip


@pytest.mark.parametrize(("data", "passphrase"), FAULTS.values(), ids=FAULTS)
def test_a_file_that_is_refused(tmp_path: Path, data: bytes, passphrase: bytes | None) -> None:
    assert refused(written(tmp_path, data), passphrase) in {"custody.seal_certificate", "custody.store_damaged"}


def test_a_file_that_others_can_read_or_that_is_not_there(tmp_path: Path) -> None:
    data = secret(WORLD.holder.key) + pem(*WORLD.holder.chain)
    assert refused(written(tmp_path, data, mode=0o644)) == "custody.insecure_permissions"
    assert refused(tmp_path / "missing.pem") == "custody.store_missing"
    assert refused(tmp_path) == "custody.store_damaged"


# --- anchors -------------------------------------------------------------------------------------------------------------------


def test_anchors_in_pem_and_der(tmp_path: Path) -> None:
    both = written(tmp_path, pem(WORLD.root.der, WORLD.authority.der), name="both.pem", mode=0o644)
    binary = written(tmp_path, WORLD.stamp_root.der, name="one.der", mode=0o644)
    assert read_anchors([both, binary]) == (WORLD.root.der, WORLD.authority.der, WORLD.stamp_root.der)
    assert read_anchors([]) == ()


def test_a_key_beside_an_anchor_is_not_looked_at(tmp_path: Path) -> None:
    """The file of the development authority holds both."""
    assert read_anchors([written(tmp_path, secret(WORLD.root.key) + pem(WORLD.root.der))]) == (WORLD.root.der,)


@pytest.mark.parametrize("data", [b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"A" * 300_000])
def test_anchors_that_are_none(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(AtestoError) as caught:
        read_anchors([written(tmp_path, data)])
    assert caught.value.code == "settings.invalid"


def test_an_anchor_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AtestoError) as caught:
        read_anchors([tmp_path / "missing.pem"])
    assert (caught.value.code, "missing.pem" in caught.value.detail) == ("settings.invalid", True)
