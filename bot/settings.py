"""What the person who hosts the bot decides: read from the environment and .env into one frozen value, refused at start if it makes no sense."""

import base64
import os
import re
from enum import StrEnum
from functools import cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.i18n import LANGUAGES

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PRIVATE_NAMES = (".localhost", ".local", ".internal", ".home.arpa")  # RFC 6761, 6762 and 8375; ICANN for .internal
HIGHEST_PORT = 65535
KEY_BYTES = 32  # of a Fernet key


class Address(NamedTuple):
    """Where a server listens; port 0 takes a free one."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class BadSetting(Exception):
    """A setting can't be used; the text names each variable and says what would be right."""


def _language(tag: str) -> str:
    if tag not in LANGUAGES:
        raise ValueError(f"must be one of {', '.join(LANGUAGES)}")
    return tag


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    if name not in _zones():
        raise ValueError('must be an IANA time zone such as "Africa/Nairobi" or "UTC"')
    return name


ENV = Path(".env")
NOBODY = frozenset({0, 777000, 1087968824})  # nobody, Telegram itself, an anonymous administrator


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        raise ValueError("must be Telegram user ids (numbers) parted by commas, such as 1001,1002")
    found = tuple(int(part) for part in parts)
    if NOBODY.intersection(found):
        raise ValueError("must be people's: 0, 777000 and 1087968824 are Telegram's own, behind which anyone may stand")
    return found


def _networks(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return tuple(ip_network(part.strip(), strict=False) for part in value.split(",") if part.strip())
    except ValueError:
        raise ValueError("must be addresses or networks parted by commas, such as 10.0.0.5,192.168.1.0/24") from None


def with_driver(url: str) -> str:
    """A database's URL as SQLAlchemy takes it; raises ValueError with what would be right."""
    for plain, driver in (
        ("sqlite+aiosqlite://", "sqlite://"),  # as it was to be written before
        ("postgresql://", "postgresql+psycopg://"),
        ("postgres://", "postgresql+psycopg://"),
    ):
        if url.startswith(plain):
            return driver + url.removeprefix(plain)
    if not url.startswith(("sqlite://", "postgresql+psycopg://")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return url


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must begin with http:// or https://")
    if parts.scheme == "http" and not _is_near(parts.hostname):
        raise ValueError(
            "must begin with https://, since words and keys go there; http:// is for this machine or a private network"
        )
    return url.rstrip("/")


def _is_near(host: str) -> bool:
    """Whether a host is this machine, or one of a private network, as far as its name tells."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(PRIVATE_NAMES) or ("." not in host and host[0].isalpha())
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return not (mapped or address).is_global


def _webhook_address(url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise ValueError("must begin with https:// and name a host that Telegram can reach")
    return url


def _site_address(url: str) -> str:
    parts = urlsplit(url)
    loopback = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or loopback) or parts.path.strip("/") or parts.query:
        raise ValueError("must begin with https:// and name a host alone, such as https://dialogue.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def _webhook_secret(secret: SecretStr | None, others: ValidationInfo) -> SecretStr | None:
    if secret is None:
        if others.data.get("webhook_url"):
            raise ValueError("is needed with WEBHOOK_URL, so that nobody else can pass for Telegram")
        return None
    # Bot API, setWebhook: 1-256 characters, of which only these are allowed.
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
        raise ValueError("must be 1 to 256 of the characters A-Z, a-z, 0-9, _ and -")
    return secret


def _fernet_keys(keys: SecretStr) -> SecretStr:
    for key in keys.get_secret_value().split(","):
        try:
            found = base64.urlsafe_b64decode(key.strip())
        except ValueError:
            found = b""
        if len(found) != KEY_BYTES:
            raise ValueError("must be keys as 'vdialogue bot key' makes them, parted by commas")
    return keys


def _service_address(url: str | None, others: ValidationInfo) -> str | None:
    if url is not None:
        return _web_address(url)
    if others.data.get("translation_service") in {"libretranslate", "openai"}:
        raise ValueError("is needed: where the translation service answers, such as http://127.0.0.1:5000")
    return None


def _service_model(model: str | None, others: ValidationInfo) -> str | None:
    if model is None and others.data.get("translation_service") == "openai":
        raise ValueError("is needed: the model that translates, by the name the service gives it")
    return model


def _proposing_model(model: str | None, others: ValidationInfo) -> str | None:
    if model is None and others.data.get("proposals_url"):
        raise ValueError("is needed with PROPOSALS_URL: the model that proposes, by the name the service gives it")
    return model


def _listening(value: object) -> object:
    if not isinstance(value, str):
        return value
    host, _, port = value.rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    if not bare or not (port.isascii() and port.isdecimal()) or int(port) > HIGHEST_PORT:
        raise ValueError("must be host:port, such as 127.0.0.1:8080")
    return Address(bare, int(port))


def _reachable(address: Address, others: ValidationInfo) -> Address:
    if address.host not in LOOPBACK and not others.data.get("web_exposed"):
        raise ValueError(
            "must be on this machine, such as 127.0.0.1:8080, with a proxy in front; if something else keeps the internet off, set WEB_EXPOSED=true"
        )
    return address


class ProcessRole(StrEnum):
    """What a process has a part in, of several that serve one bot: updates and pages come in, are worked off, letters go out, the clock is kept."""

    WEB = "web"
    WORK = "work"
    SEND = "send"
    TICK = "tick"


def _roles(value: object) -> object:
    if not isinstance(value, str):
        return value
    names = [part.strip() for part in value.split(",") if part.strip()]
    if not names or set(names) - set(ProcessRole):
        raise ValueError(f"must be some of {','.join(ProcessRole)}, parted by commas")
    return frozenset(map(ProcessRole, names))


def _served(roles: frozenset[ProcessRole], others: ValidationInfo) -> frozenset[ProcessRole]:
    if roles != frozenset(ProcessRole) and others.data.get("database_url", "").startswith("sqlite"):
        raise ValueError("can be parted on PostgreSQL alone: SQLite serves one process, which does all of it")
    return roles


class Settings(BaseSettings):
    """The settings; each field is the variable of the same name in capitals. `.env.example` explains them all."""

    model_config = SettingsConfigDict(env_file=ENV, frozen=True, extra="ignore", env_ignore_empty=True)

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: Annotated[str, AfterValidator(_web_address)] = "https://api.telegram.org"
    database_url: Annotated[str, AfterValidator(with_driver), Field(repr=False)] = "sqlite:///data/vdialogue.db"
    roles: Annotated[frozenset[ProcessRole], NoDecode, BeforeValidator(_roles), AfterValidator(_served)] = frozenset(
        ProcessRole
    )
    organiser_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ids)] = ()
    default_language: Annotated[str, AfterValidator(_language)] = "en"
    default_timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    webhook_url: Annotated[str, AfterValidator(_webhook_address)] | None = None
    webhook_secret: Annotated[SecretStr | None, AfterValidator(_webhook_secret), Field(validate_default=True)] = None
    web_url: Annotated[str, AfterValidator(_site_address)] | None = None
    web_exposed: bool = False
    webhooks_to_private: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_networks)] = ()
    web_listen: Annotated[Address, NoDecode, BeforeValidator(_listening), AfterValidator(_reachable)] = Address(
        "127.0.0.1", 8080
    )
    messages_per_second: Annotated[int, Field(ge=1, le=1000)] = 28
    paid_broadcast: Literal["never", "announcements", "questions"] = "never"
    paid_messages_per_second: Annotated[int, Field(ge=1, le=1000)] = 900
    translation_service: Literal["libretranslate", "deepl", "openai"] | None = None
    translation_url: Annotated[str | None, AfterValidator(_service_address), Field(validate_default=True)] = None
    translation_key: SecretStr | None = None
    translation_model: Annotated[str | None, AfterValidator(_service_model), Field(validate_default=True)] = None
    proposals_url: Annotated[str, AfterValidator(_web_address)] | None = None
    proposals_key: SecretStr | None = None
    proposals_model: Annotated[str | None, AfterValidator(_proposing_model), Field(validate_default=True)] = None
    backup_dir: Path | None = None
    erasures_dir: Path | None = None
    bot_keys: Annotated[SecretStr, AfterValidator(_fernet_keys)] | None = None
    backups_kept: Annotated[int, Field(ge=1, le=10_000)] = 14
    otel_exporter_otlp_endpoint: Annotated[str, AfterValidator(_web_address)] | None = None
    otel_exporter_otlp_headers: SecretStr | None = None
    otel_traces_sampler_arg: Annotated[float, Field(ge=0, le=1)] = 1.0
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


def load(env_file: Path | None = ENV, **overrides: object) -> Settings:
    """The settings from the environment, `env_file` and systemd's credentials, in this order; `overrides` win.

    Raises BadSetting with every fault at once.
    """
    try:
        return Settings(_env_file=env_file, _secrets_dir=_credentials(), **overrides)  # type: ignore[arg-type]  # pydantic-settings takes these
    except ValidationError as error:
        raise BadSetting("\n".join(_fault(fault["loc"], fault["msg"]) for fault in error.errors())) from None


def _credentials() -> Path | None:
    """Where systemd puts what a unit is given as credentials: a file for each setting, by its name."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(folder) if folder and Path(folder).is_dir() else None


def _fault(place: tuple[int | str, ...], message: str) -> str:
    return f"{str(place[0]).upper()}: {message.removeprefix('Value error, ')}"
