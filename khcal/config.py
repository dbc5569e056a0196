"""Settings from the environment, read once and checked at start.

The only module that reads ``KHCAL_*`` and the only one that knows where templates, static files and
the wall client lie, in a checkout or in an installed wheel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

PREFIX = "KHCAL_"
PACKAGE = Path(__file__).parent
SHORTEST_KEY = 32
# Keys that stand in examples; a site that runs on one of them has no secret.
EXAMPLE_KEYS = frozenset({"change-me", "changeme", "secret", "dev", "hemlig"})


class ConfigError(ValueError):
    """A setting that khcal can't start with; the message is one Swedish sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations. ``now`` is where khcal's clock starts, if not now."""

    database_url: str
    secret_key: str
    public_url: str
    data_dir: Path
    now: datetime | None = None
    demo: bool = False
    host: str = "127.0.0.1"
    port: int = 8080
    threads: int = 4

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], **overrides: Any) -> Settings:
        """Read ``KHCAL_*``; ``overrides`` win. Raises :class:`ConfigError` on nonsense."""
        read = _Reader(environment)
        data_dir = Path(overrides.get("data_dir") or read.text("DATA_DIR", "data")).absolute()
        host, port = read.text("HOST", "127.0.0.1"), read.number("PORT", 8080, 1, 65535)
        settings = cls(
            database_url=read.text("DATABASE_URL", f"sqlite:///{data_dir / 'khcal.db'}"),
            secret_key=read.text("SECRET_KEY", "") or _stored_key(data_dir),
            public_url=_public_url(read.text("PUBLIC_URL", f"http://{host}:{port}")),
            data_dir=data_dir,
            now=read.moment("NOW"),
            demo=read.yes_or_no("DEMO"),
            host=host,
            port=port,
            threads=read.number("THREADS", 4, 1, 64),
        )
        return replace(settings, **overrides)

    @property
    def secret_key_file(self) -> Path:
        """Where ``khcal init`` keeps the key it made."""
        return secret_key_file(self.data_dir)

    @property
    def is_secure(self) -> bool:
        """Whether readers reach khcal by https."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def is_loopback(self) -> bool:
        """Whether the public address is this very machine, where plain http harms nobody."""
        name = urlsplit(self.public_url).hostname or ""
        if name == "localhost":
            return True
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return False

    def key_fault(self) -> str:
        """What is wrong with the secret key, as a Swedish sentence; empty when it is good."""
        if not self.secret_key:
            return "Det finns ingen hemlig nyckel. Kör khcal init eller sätt KHCAL_SECRET_KEY."
        if self.secret_key.lower() in EXAMPLE_KEYS or len(set(self.secret_key)) < 10:
            return "KHCAL_SECRET_KEY är en exempelnyckel. Ta bort den och kör khcal init, så görs en riktig."
        if len(self.secret_key) < SHORTEST_KEY:
            return f"KHCAL_SECRET_KEY är för kort. Den måste ha minst {SHORTEST_KEY} tecken."
        return ""


def secret_key_file(data_dir: Path) -> Path:
    """Where the key of an installation is kept."""
    return data_dir / "secret_key"


def asset_folder(name: str) -> Path:
    """Where ``templates``, ``static`` or ``kiosk`` lies: inside the wheel, else in the checkout."""
    packed = PACKAGE / "_assets" / name
    return packed if packed.is_dir() else PACKAGE.parent / name


def _stored_key(data_dir: Path) -> str:
    file = secret_key_file(data_dir)
    return file.read_text(encoding="ascii").strip() if file.is_file() else ""


def _public_url(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ConfigError(
            f"KHCAL_PUBLIC_URL är {address!r}. Skriv hela adressen utan sökväg, till exempel https://kalender.example.org."
        )
    return f"{parts.scheme}://{parts.netloc}"


class _Reader:
    """Typed readers of one environment."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def text(self, name: str, default: str) -> str:
        return self._environment.get(PREFIX + name, "").strip() or default

    def number(self, name: str, default: int, least: int, most: int) -> int:
        number = self._read(name, str(default), int, "ett heltal")
        if not least <= number <= most:
            raise ConfigError(f"{PREFIX}{name} är {number}. Det måste ligga mellan {least} och {most}.")
        return number

    def yes_or_no(self, name: str) -> bool:
        answers = {"": False, "0": False, "no": False, "nej": False, "1": True, "yes": True, "ja": True}
        return self._read(name, "", lambda text: answers[text.lower()], "1 eller 0")

    def moment(self, name: str) -> datetime | None:
        if not self.text(name, ""):
            return None
        moment = self._read(name, "", datetime.fromisoformat, "en tid som 2026-11-24T13:12")
        if moment.tzinfo is not None:
            raise ConfigError(f"{PREFIX}{name} ska vara svensk tid utan tidszon, som 2026-11-24T13:12.")
        return moment

    def _read(self, name: str, default: str, reading: Callable[[str], T], wanted: str) -> T:
        text = self.text(name, default)
        try:
            return reading(text)
        except (ValueError, KeyError):
            raise ConfigError(f"{PREFIX}{name} är {text!r}. Det måste vara {wanted}.") from None
