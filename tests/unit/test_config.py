"""Settings are read from the environment and checked at start."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from khcal.config import ConfigError, Settings, asset_folder
from tests.tables import for_each


def read(tmp_path: Path, **environment: str) -> Settings:
    return Settings.from_environment({"KHCAL_DATA_DIR": str(tmp_path)} | environment)


def test_defaults_serve_this_machine_alone(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.database_url == f"sqlite:///{tmp_path / 'khcal.db'}"
    assert (settings.is_loopback, settings.is_secure, settings.demo, settings.now) == (
        True,
        False,
        False,
        None,
    )


def test_a_stored_key_is_used_unless_one_is_given(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("stored-by-init\n")
    assert read(tmp_path).secret_key == "stored-by-init"
    assert read(tmp_path, KHCAL_SECRET_KEY="given").secret_key == "given"


@for_each(
    ("name", "value", "remedy"),
    [
        ("PORT", "åtta", "ett heltal"),
        ("PORT", "0", "mellan 1 och 65535"),
        ("THREADS", "1000", "mellan 1 och 64"),
        ("DEMO", "kanske", "1 eller 0"),
        ("NOW", "i går", "2026-11-24T13:12"),
        ("NOW", "2026-11-24T13:12+01:00", "utan tidszon"),
        ("PUBLIC_URL", "kalender.example.org", "Skriv hela adressen"),
        ("PUBLIC_URL", "https://example.org/kalender", "utan sökväg"),
    ],
)
def test_nonsense_stops_the_start_and_says_what_to_write(
    tmp_path: Path, name: str, value: str, remedy: str
) -> None:
    with pytest.raises(ConfigError, match=f"KHCAL_{name}.*{remedy}"):
        read(tmp_path, **{f"KHCAL_{name}": value})


def test_the_clock_may_start_elsewhere(tmp_path: Path) -> None:
    assert read(tmp_path, KHCAL_NOW="2026-11-24T13:12").now == datetime(2026, 11, 24, 13, 12)


@for_each(
    ("address", "is_loopback"),
    [
        ("http://localhost:80", True),
        ("http://[::1]:80", True),
        ("http://192.0.2.1", False),
        ("https://example.org", False),
    ],
)
def test_only_this_very_machine_is_loopback(tmp_path: Path, address: str, is_loopback: bool) -> None:
    assert read(tmp_path, KHCAL_PUBLIC_URL=address).is_loopback is is_loopback


@for_each(
    ("key", "fault"),
    [
        ("", "ingen hemlig nyckel"),
        ("change-me", "exempelnyckel"),
        ("a" * 64, "exempelnyckel"),
        ("0123456789abcdef", "för kort"),
        ("0123456789abcdef" * 4, ""),
    ],
)
def test_a_bad_key_is_told(tmp_path: Path, key: str, fault: str) -> None:
    told = read(tmp_path, KHCAL_SECRET_KEY=key).key_fault()
    assert fault in told if fault else told == ""


def test_a_checkout_has_its_folders_beside_the_package() -> None:
    assert asset_folder("templates").is_dir()
