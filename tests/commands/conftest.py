"""An installation to try commands on: a folder of its own, settings in the environment, nobody else's."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from shutil import copyfile

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from khcal.commands import main
from khcal.commands.opening import opened
from khcal.config import Settings
from tests.postgres import Postgres

_names = (f"khcal_command_{number}" for number in count(1))


@dataclass
class Installation:
    """Where it lies and what its environment says."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return Settings.from_environment(self.environment)

    @property
    def database(self) -> Path:
        return self.folder / "khcal.db"

    def run(self, *arguments: str | Path, told: str = "") -> Result:
        """Run ``khcal`` with these arguments; its output is in ``.output``, its exit in ``.exit_code``."""
        words = [str(argument) for argument in arguments]
        result = CliRunner().invoke(main, words, env=self.environment, input=told)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def opened(self) -> AbstractContextManager[Flask]:
        """The app of this installation in its context, to look into the database."""
        return opened(self.settings)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """An installation before ``khcal init``."""
    for name in [name for name in os.environ if name.startswith("KHCAL_")]:
        monkeypatch.delenv(name)
    mask = os.umask(0o022)
    folder = tmp_path / "data"
    yield Installation(folder, {"KHCAL_DATA_DIR": str(folder)})
    os.umask(mask)


@pytest.fixture
def installation(bare: Installation, empty_file: Path) -> Installation:
    """One that is ready, on SQLite."""
    bare.folder.mkdir(mode=0o700)
    copyfile(empty_file, bare.database)
    bare.database.chmod(0o600)
    bare.environment["KHCAL_SECRET_KEY"] = secrets.token_hex(32)
    return bare


@pytest.fixture(params=["sqlite", "postgresql"])
def any_installation(request: pytest.FixtureRequest, installation: Installation) -> Iterator[Installation]:
    """One that is ready, once on each engine."""
    if request.param == "sqlite":
        yield installation
        return
    server: Postgres = request.getfixturevalue("postgres")
    installation.database.unlink()
    name = next(_names)
    installation.environment["KHCAL_DATABASE_URL"] = server.create(name, "khcal_template")
    yield installation
    server.drop(name)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """An open port on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door
