"""What an operator may set, where it may be set, and what it is when nobody set it.

A value comes from the first of: command line, environment (`ATESTO_NAME`), configuration file (TOML, `--config` or `ATESTO_CONFIG`),
default.

Checks:
1. every name is known: a misspelt one is an error that names the nearest;
2. every value has its type and range;
3. TLS key and certificate come together; the public URL is an origin;
4. `fetch_loopback` stands in a configuration file whose profile says that the node is for development or interoperability tests;
5. `auth = "none"` stands in a configuration file that calls itself `profile = "interop-suite"`, and the node listens on the loopback alone;
6. issuers and verifiers name existing policies, cryptosuites and contexts by sha256.

Nothing is opened or created here. It does not check that files exist; who uses them does.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, SettingsConfigDict, SettingsError

from atesto import limits
from atesto.encoding.json_pointer import json_pointer
from atesto.errors import MalformedInput, PolicyDenied
from atesto.profiles.choices import Choices
from atesto.proofs.suites import SIGNING_SUITES
from atesto.verification.policy import DEFAULT_POLICY, POLICIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_settings import PydanticBaseSettingsSource

ENVIRONMENT_PREFIX: Final = "ATESTO_"
INTEROP_PROFILE: Final = "interop-suite"
DEVELOPMENT_PROFILES: Final = frozenset({"development", INTEROP_PROFILE})
FILE_ONLY: Final = ("profile", "auth", "fetch_loopback", "fetch_ca_file")
"""Settings that open doors: a file says what it is for, a variable that was left over does not."""
NOT_SETTINGS: Final = frozenset(
    {"ATESTO_CONFIG", "ATESTO_REFERENCE_DATA", "ATESTO_HYPOTHESIS_PROFILE", "ATESTO_TEST_TALLY", "ATESTO_PYTHON"}
)
"""Variables of the scripts and tests, which may be set while a node starts."""

_Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(lambda value: _split(value))]  # noqa: PLW0108 - defined below
_Port = Annotated[int, Field(ge=1, le=65_535)]
_Ports = Annotated[tuple[_Port, ...], NoDecode, BeforeValidator(lambda value: _split(value))]  # noqa: PLW0108 - defined below
_Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
_ROW: Final = ConfigDict(extra="forbid", frozen=True)


class IssuerSettings(BaseModel):
    """One named issuer: whose key, which cryptosuite, and the policy that its credentials have to pass."""

    model_config = _ROW

    key: str | None = Field(default=None, description="Key id or DID in custody (see `atesto keys list`); the oldest that fits otherwise.")
    algorithm: Literal["Ed25519", "P-256", "P-384", "RSA"] | None = Field(
        default=None,
        description="Kind of the key to use, made on first start when there is none; what the cryptosuite asks for otherwise."
        " `RSA` signs tokens by RS256, so it needs an envelope.",
    )
    rsa_bits: int = Field(
        default=limits.RSA_BITS, ge=limits.MIN_RSA_BITS, le=limits.MAX_RSA_BITS, description="Length of an RSA key that is made."
    )
    cryptosuite: str | None = Field(default=None, description="Cryptosuite of its proofs; `eddsa-rdfc-2022` unless it has an envelope.")
    envelope: Literal["jwt"] | None = Field(
        default=None, description="`jwt`: its credentials are tokens in an envelope, and carry no proof. Not beside a cryptosuite."
    )
    policy: str = Field(default=DEFAULT_POLICY, description="Policy that its credentials have to pass.")
    badge_extension: bool = Field(
        default=True,
        description="Whether its Open Badges carry, in an extension, what the European approach asks for and badges have no property for.",
    )
    badge_identities: Literal["hashed", "plain"] = Field(
        default="hashed",
        description="How its Open Badges tell e-mail addresses and national numbers: salted hashes, or in clear for every reader.",
    )
    own_did: bool = Field(
        default=False, description="Whether it issues under a did:web of its own, below the node's: `did:web:host:issuers:NAME`."
    )

    _known_suite = field_validator("cryptosuite")(lambda value: value if value is None else _one_of(value, SIGNING_SUITES))
    _known_policy = field_validator("policy")(lambda value: _one_of(value, POLICIES))

    @property
    def choices(self) -> Choices:
        """What it has chosen about forms of credential."""
        return Choices(european_extension=self.badge_extension, plain_identities=self.badge_identities == "plain")

    @model_validator(mode="after")
    def _one_way(self) -> IssuerSettings:
        if self.envelope is not None and self.cryptosuite is not None:
            raise ValueError("an issuer has a cryptosuite or an envelope, not both")
        if self.algorithm == "RSA" and self.envelope is None:
            raise ValueError('algorithm RSA signs tokens alone: it needs envelope = "jwt"')
        return self


class VerifierSettings(BaseModel):
    """One named verifier."""

    model_config = _ROW

    policy: str = Field(default=DEFAULT_POLICY, description="Policy that it applies.")
    accept_published_test_keys: bool = Field(
        default=False,
        description="Whether keys whose secret is published are accepted, with a warning. For tests with published samples.",
    )
    status_issuers: tuple[str, ...] = Field(
        default=(), description="Issuers (DIDs or https URLs) whose status lists count for every credential's issuer."
    )

    _known_policy = field_validator("policy")(lambda value: _one_of(value, POLICIES))


class ContextSettings(BaseModel):
    """One JSON-LD context of the operator's own: known under its URL, read from a file, held to its digest."""

    model_config = _ROW

    url: str = Field(description="URL by which documents name it.")
    file: Path = Field(description="File that holds it.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file, in lower-case hexadecimal.")


class SchemaSettings(BaseModel):
    """One JSON Schema that credentials may name: known under its URL, read from a file, held to its digest."""

    model_config = _ROW

    url: str = Field(description="URL by which credentials name it.")
    file: Path = Field(description="File that holds it.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file, in lower-case hexadecimal.")


class SealSettings(BaseModel):
    """The certificate with which this node seals European credentials, and whose seals it believes."""

    model_config = _ROW

    certificate: Path | None = Field(
        default=None,
        description="Private file (PEM or PKCS#12) of the seal's certificate, its chain and its key; a DEVELOPMENT one is made otherwise.",
    )
    passphrase_file: Path | None = Field(default=None, description="Private file with the passphrase of that file, where it is locked.")
    claimed_time: Literal["iat", "sigT"] = Field(
        default="iat", description="How a seal says when it was made: `iat`, as the standard demands now, or `sigT`, for older readers."
    )
    timestamp_url: str | None = Field(
        default=None, description="Address of a timestamp service (RFC 3161); with it seals are of level B-T, without it B-B."
    )
    trust: tuple[Path, ...] = Field(default=(), description="Files (PEM or DER) of authorities whose seals are believed.")
    timestamp_trust: tuple[Path, ...] = Field(default=(), description="Files (PEM or DER) of authorities whose timestamps are believed.")

    @field_validator("timestamp_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("is not of the form https://timestamps.example/tsr")
        return value


class Settings(BaseSettings):
    """The settings of one node. Immutable; made by `load_settings`."""

    model_config = SettingsConfigDict(env_prefix=ENVIRONMENT_PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    profile: Literal["production", "development", "interop-suite"] = Field(
        "production",
        description='What the node is for. `interop-suite` allows `auth = "none"` on the loopback; it and `development` allow'
        " `fetch_loopback`. Only in a file.",
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8080, ge=0, le=65_535, description="Port to listen on; 0 takes a free one.")
    public_url: str | None = Field(
        default=None, description="The URL under which others reach the node, for example https://issuer.example."
    )
    did: Literal["auto", "key", "web"] = Field(
        "auto",
        description="Under which DID new keys are named: did:web where there is a public https URL (`auto`), or always the one named.",
    )
    tls_cert: Path | None = Field(default=None, description="Certificate chain (PEM); with it the node speaks https.")
    tls_key: Path | None = Field(default=None, description="Private key of the certificate (PEM).")
    allowed_hosts: _Listed = Field(
        (), description="Further host names under which the node answers; it always answers under its public URL and the loopback names."
    )
    data: Path | None = Field(default=None, description="Folder of the node's data; `data` in a checkout, ~/.local/share/atesto otherwise.")
    keys: Path | None = Field(
        default=None, description="Folder of the key store; `keys` in a checkout, the data folder's `keys` otherwise."
    )
    key_passphrase_file: Path | None = Field(default=None, description="File with the key store's passphrase; one is made otherwise.")
    token_file: Path | None = Field(default=None, description="File with the API token; `api-token` in the data folder otherwise.")
    auth: Literal["token", "none"] = Field("token", description="Who may issue: holders of the API token, or anybody. Only in a file.")
    cors_origins: _Listed = Field(("*",), description="Origins whose pages may call the verifying doors.")
    verify_max_bytes: int = Field(limits.MAX_JSON_BYTES, ge=1_024, le=limits.MAX_JSON_BYTES, description="Largest body to verify.")
    issue_max_bytes: int = Field(limits.MAX_ISSUE_BYTES, ge=1_024, le=limits.MAX_ISSUE_BYTES, description="Largest body to issue.")
    body_seconds: float = Field(limits.BODY_SECONDS, gt=0, le=60, description="How long a body may take to arrive.")
    max_requests: int = Field(limits.MAX_CONCURRENT_REQUESTS, ge=1, le=10_000, description="Most requests worked on at once.")
    workers: int = Field(limits.WORKERS, ge=1, le=64, description="Worker processes for JSON-LD.")
    worker_cpu_seconds: float = Field(limits.WORKER_CPU_SECONDS, gt=0, le=60, description="Processor time of one JSON-LD task.")
    worker_seconds: float = Field(limits.WORKER_SECONDS, gt=0, le=300, description="Wall time of one JSON-LD task.")
    drain_seconds: float = Field(limits.DRAIN_SECONDS, ge=0, le=600, description="How long a stopping node lets running requests finish.")
    default_verifier: _Name = Field("strict", description="Verifier behind /credentials/verify and /presentations/verify.")
    issuers: dict[_Name, IssuerSettings] = Field(default_factory=dict, description="Named issuers beside `default`.")
    verifiers: dict[_Name, VerifierSettings] = Field(default_factory=dict, description="Named verifiers beside `strict`.")
    seal: SealSettings = Field(default=SealSettings(), description="How European credentials are sealed, and whose seals are believed.")
    contexts: tuple[ContextSettings, ...] = Field((), description="JSON-LD contexts beside the bundled ones.")
    schemas: tuple[SchemaSettings, ...] = Field((), description="JSON Schemas that are applied to credentials which name them.")
    shapes: Path | None = Field(
        default=None,
        description="Folder with the published SHACL shapes of European Digital Credentials: their verdict is reported beside the node's"
        " own. Needs the extra `atesto[shacl]`.",
    )
    fetch_ports: _Ports = Field((), description="Ports beside 443 from which DID documents and the like are fetched.")
    fetch_cache_seconds: float = Field(
        limits.FETCH_CACHE_SECONDS,
        ge=0,
        le=3_600,
        description="How long a fetched document is remembered; a revoked key is trusted that long.",
    )
    fetch_loopback: bool = Field(
        default=False,
        description="Whether documents are fetched from this machine and its private network too. For development; only in a file.",
    )
    fetch_ca_file: Path | None = Field(
        default=None, description="Certificates (PEM) that are trusted besides the system's with fetch_loopback. Only in a file."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")
    log_format: Literal["auto", "json", "text"] = Field(
        "auto", description="Form of the log: a JSON object a line, or text; `auto` is text on a terminal."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Settings:
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("tls_cert and tls_key come together; one of them is missing")
        if self.public_url is not None:
            _check_origin(self.public_url)
        if self.auth == "none" and self.profile != INTEROP_PROFILE:
            raise ValueError(f'auth = "none" needs profile = "{INTEROP_PROFILE}" in the same file: such a node signs for anybody who asks')
        if self.auth == "none" and not is_loopback(self.host):
            raise ValueError(f'auth = "none" needs a loopback host, {self.host} is not one')
        if self.fetch_loopback and self.profile not in DEVELOPMENT_PROFILES:
            raise ValueError(
                'fetch_loopback = true needs profile = "development" or "interop-suite" in the same file:'
                " it lets strangers reach this network"
            )
        if self.fetch_ca_file is not None and not self.fetch_loopback:
            raise ValueError("fetch_ca_file = a file needs fetch_loopback = true: it lets others say who a host is")
        if self.default_verifier not in {"strict", *self.verifiers}:
            raise ValueError(f"default_verifier names {self.default_verifier!r}, which is not among the verifiers")
        if "strict" in self.verifiers and self.verifiers["strict"].policy != "strict":
            raise ValueError("the verifier named strict applies policy strict; give the other one another name")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic passes it
        init_settings: PydanticBaseSettingsSource,
        *_: Any,
        **__: Any,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What `load_settings` has put together, and nothing that is read behind its back."""
        return (init_settings,)


def load_settings(flags: Mapping[str, Any], *, config: Path | None = None, checkout: Path | None = None) -> Settings:
    """The settings from `flags` (None means not given), the process environment and the file `config`, with every path decided.

    `checkout` is the project's folder when the node runs from one. Raises MalformedInput `settings.invalid`, `settings.unknown_key`;
    PolicyDenied `settings.unsafe`.
    """
    _check_environment(os.environ)
    named = os.environ.get("ATESTO_CONFIG")
    file = config or (Path(named) if named else None)
    try:
        environment = EnvSettingsSource(Settings)()
        values = (_read_file(file) if file else {}) | environment | {name: value for name, value in flags.items() if value is not None}
        settings = Settings(**values)
    except SettingsError as error:
        raise MalformedInput("settings.invalid", f"A variable of the environment cannot be read: {error}.") from None
    except ValidationError as error:
        raise _explained(error) from None
    return settings.model_copy(update=_paths(settings, checkout, file))


def is_loopback(host: str) -> bool:
    """Whether `host` is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_environment(environment: Mapping[str, str]) -> None:
    known = {ENVIRONMENT_PREFIX + name.upper() for name in Settings.model_fields}
    for variable in environment:
        if not variable.startswith(ENVIRONMENT_PREFIX) or variable in NOT_SETTINGS:
            continue
        name = variable.partition("__")[0]
        if name not in known:
            raise MalformedInput("settings.unknown_key", f"The variable {variable} is no setting.{_nearest(name, known)}")
        if name.removeprefix(ENVIRONMENT_PREFIX).lower() in FILE_ONLY:
            raise PolicyDenied("settings.unsafe", f"{variable} may stand in a configuration file only, not in the environment.")


def _read_file(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MalformedInput("settings.invalid", f"The configuration file {path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MalformedInput("settings.invalid", f"The configuration file {path} is not TOML: {error}.") from None
    for name in values:
        if name not in Settings.model_fields:
            raise MalformedInput(
                "settings.unknown_key",
                f"{path} sets {name}, which is no setting.{_nearest(name, Settings.model_fields)}",
                pointer=f"/{name}",
            )
    return values


def _paths(settings: Settings, checkout: Path | None, file: Path | None) -> dict[str, Path]:
    """Where the node's folders and files are: relative paths of a file's contexts, schemas and seals are taken from that file's folder."""
    if settings.data is not None:
        data, keys = settings.data, settings.data / "keys"
    elif checkout is not None:
        data, keys = checkout / "data", checkout / "keys"
    else:
        data = Path("~/.local/share/atesto")
        keys = data / "keys"
    data = data.expanduser().absolute()
    beside = file.absolute().parent if file else Path.cwd()
    contexts = tuple(row.model_copy(update={"file": beside / row.file.expanduser()}) for row in settings.contexts)
    schemas = tuple(row.model_copy(update={"file": beside / row.file.expanduser()}) for row in settings.schemas)
    seal = settings.seal
    files = {
        name: beside / file.expanduser()
        for name, file in (("certificate", seal.certificate), ("passphrase_file", seal.passphrase_file))
        if file is not None
    }
    anchors = {name: tuple(beside / file.expanduser() for file in getattr(seal, name)) for name in ("trust", "timestamp_trust")}
    return {
        "data": data,
        "keys": (settings.keys or keys).expanduser().absolute(),
        "token_file": (settings.token_file or data / "api-token").expanduser().absolute(),
        "contexts": contexts,  # type: ignore[dict-item]
        "schemas": schemas,  # type: ignore[dict-item]
        "seal": seal.model_copy(update={**files, **anchors}),  # type: ignore[dict-item]
    }


def _explained(error: ValidationError) -> MalformedInput | PolicyDenied:
    """The first fault of `error` in words, without the value: it may be a secret in the wrong place."""
    fault = error.errors(include_url=False, include_input=False)[0]
    place = [part for part in fault["loc"] if part != "[key]"]
    name = ".".join(str(part) for part in place)
    pointer = json_pointer(*place)
    if fault["type"] == "extra_forbidden":
        return MalformedInput(
            "settings.unknown_key", f"There is no setting {name}.{_nearest(name, Settings.model_fields)}", pointer=pointer
        )
    message = fault["msg"].removeprefix("Value error, ")
    unsafe = message.partition(" = ")[0]
    if unsafe in FILE_ONLY:
        return PolicyDenied("settings.unsafe", f"{message}.", pointer=json_pointer(unsafe))
    return MalformedInput("settings.invalid", f"{name}: {message}." if name else f"{message}.", pointer=pointer)


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean {close[0]}?" if close else ""


def _one_of(value: str, table: Mapping[str, Any]) -> str:
    if value not in table:
        raise ValueError(f"{value!r} is not one of {', '.join(table)}")
    return value


def _split(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _check_origin(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or parts.username is not None:
        raise ValueError("public_url is not of the form https://issuer.example or https://issuer.example/path")
