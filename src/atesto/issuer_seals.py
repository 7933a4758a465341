"""With which certificate this node seals, by which service its seals are stamped, and whose seals it believes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import structlog

from atesto import limits
from atesto.adapters.certificate_file import OneSealKey, read_anchors, read_seal_key
from atesto.adapters.development_seal import DevelopmentSealKeys
from atesto.adapters.private_file import read_private_file
from atesto.adapters.timestamp_client import TimestampClient
from atesto.errors import MalformedInput
from atesto.issuance.sealing import Sealing
from atesto.proofs.jades.assessment import SealTrust

if TYPE_CHECKING:
    from pathlib import Path

    from atesto.adapters.certificate_file import SoftwareSealKey
    from atesto.settings import Settings

DEVELOPMENT_FILE: Final = "seal-development.pem"
_log = structlog.get_logger("atesto.seal")


def sealing(settings: Settings) -> Sealing:
    """How this node seals. A configured certificate is read now; a development one is made when something is sealed for the first time.

    Raises CustodyError `custody.*`.
    """
    configured = configured_seal_key(settings)
    keys = OneSealKey(configured) if configured is not None else DevelopmentSealKeys(development_file(settings), warn=_warn)
    url = settings.seal.timestamp_url
    return Sealing(keys, settings.seal.claimed_time, TimestampClient(url) if url is not None else None)


def configured_seal_key(settings: Settings) -> SoftwareSealKey | None:
    """The certificate and key that the settings name; None where they name none. Raises CustodyError `custody.*`."""
    seal = settings.seal
    if seal.certificate is None:
        return None
    passphrase = None
    if seal.passphrase_file is not None:
        passphrase = read_private_file(seal.passphrase_file.resolve(), max_bytes=limits.MAX_PASSPHRASE_BYTES).rstrip(b"\r\n")
    return read_seal_key(seal.certificate, passphrase)


def seal_trust(settings: Settings) -> SealTrust:
    """Whom the settings say to believe. Raises MalformedInput `settings.invalid`."""
    return SealTrust(read_anchors(settings.seal.trust), read_anchors(settings.seal.timestamp_trust))


def development_file(settings: Settings) -> Path:
    """Where the development authority stands, or will: beside the key store."""
    if settings.keys is None:
        raise MalformedInput("settings.invalid", "A folder was not decided: settings are made by load_settings.")
    return settings.keys / DEVELOPMENT_FILE


def _warn(sentence: str) -> None:
    """To the log of a node that serves; to standard error of a command, whose standard output is a document's."""
    if structlog.is_configured():
        _log.warning("seal.development", detail=sentence)
    else:
        sys.stderr.write(f"! {sentence}\n")
