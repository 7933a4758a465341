"""A certificate authority and hosts of its own on the loopback: what they answer is written byte for byte by the test."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    Script = Callable[[str, asyncio.StreamWriter], Awaitable[None]]

JSON: Final = "application/json"


@dataclass
class Authority:
    """Signs the certificates of test hosts; `file` is what a verifier trusts."""

    folder: Path
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    name: Any = field(default_factory=lambda: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of the tests")]))

    def __post_init__(self) -> None:
        self.file = self.folder / "authority.pem"
        certificate = self._sign(self.name, self.key, [], days=2, authority=True)
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def context(self, *names: str, days: float = 1) -> ssl.SSLContext:
        """The server side of TLS for a host of these names (DNS names or IP addresses)."""
        chain, secret = self.pair(*names, days=days)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, secret)
        return context

    def pair(self, *names: str, days: float = 1) -> tuple[Path, Path]:
        """The files of a certificate for these names and of its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._sign(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "host")]), key, [*names], days=days)
        chain, secret = self.folder / f"{id(key)}.pem", self.folder / f"{id(key)}.key"
        chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        return chain, secret

    def _sign(self, subject: Any, key: Any, names: list[str], *, days: float, authority: bool = False) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=3))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        if authority:
            usage = x509.KeyUsage(
                digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
                key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
            )  # fmt: skip
            builder = builder.add_extension(usage, critical=True)
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        return builder.sign(self.key, hashes.SHA256())


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


@dataclass
class Host:
    """One listener: where it is, and what it saw."""

    port: int
    heads: list[str]
    connections: list[str]


@contextlib.asynccontextmanager
async def host(script: Script, tls: ssl.SSLContext | None, *, port: int = 0) -> AsyncIterator[Host]:
    """A host that reads a request head and lets `script` answer it. Without `tls` it is a canary: it only remembers who knocked.

    `port` 0 takes a free one.
    """
    seen = Host(0, [], [])
    tasks: set[asyncio.Task[Any]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            tasks.add(task)
        seen.connections.append(str(writer.get_extra_info("peername")))
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            seen.heads.append(head)
            await script(head, writer)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port, ssl=tls)
    seen.port = server.sockets[0].getsockname()[1]
    try:
        yield seen
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def answer(body: bytes = b"{}", *, status: str = "200 OK", media_type: str = JSON, length: int | None = None, more: str = "") -> bytes:
    """A whole HTTP/1.1 answer; `length` writes another Content-Length than the body's."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body) if length is None else length}\r\n{more}\r\n"
    return head.encode("latin-1") + body


def says(data: bytes) -> Script:
    """A script that answers every request with `data`."""

    async def script(_: str, writer: asyncio.StreamWriter) -> None:
        writer.write(data)

    return script
