"""``khcal init`` makes an installation that nobody else on the machine can read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from khcal.commands.running import as_server
from tests.commands.conftest import Installation


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def test_everything_is_for_its_owner_alone(bare: Installation) -> None:
    assert bare.run("init").exit_code == 0
    assert mode(bare.folder) == "0o700"
    assert mode(bare.database) == "0o600"
    assert mode(bare.folder / "secret_key") == "0o600"


def test_the_key_is_good_and_stays(bare: Installation) -> None:
    bare.run("init")
    key = (bare.folder / "secret_key").read_text()
    assert bare.settings.key_fault() == ""
    assert bare.run("init").exit_code == 0
    assert (bare.folder / "secret_key").read_text() == key


def test_the_database_has_the_newest_tables(bare: Installation) -> None:
    bare.run("init")
    assert bare.run("upgrade").output == "Databasen är redan aktuell.\n"


def test_two_installations_have_two_keys(bare: Installation) -> None:
    bare.run("init")
    first = bare.settings.secret_key
    bare.environment["KHCAL_DATA_DIR"] += "-2"
    bare.run("init")
    assert bare.settings.secret_key != first


def test_a_folder_that_cannot_be_made(bare: Installation) -> None:
    bare.folder.write_text("a file")
    result = bare.run("init")
    assert result.exit_code == 1
    assert result.output.startswith("Det går inte att skriva i mappen")
    assert result.output.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("init", "Databasen finns redan och hör till en annan version. Kör khcal upgrade.\n"),
        ("upgrade", "Databasen hör till en nyare khcal. Uppgradera programmet först.\n"),
    ],
)
def test_a_database_of_a_newer_khcal_is_left_alone(
    installation: Installation, command: str, said: str
) -> None:
    with sqlite3.connect(installation.database) as database:
        database.execute("UPDATE alembic_version SET version_num = 'from-the-future'")
    before = installation.database.read_bytes()
    result = installation.run(command)
    assert (result.exit_code, result.output) == (1, said)
    assert installation.database.read_bytes() == before
    assert not (installation.folder / "backups").exists()


def test_no_step_is_taken_under_a_running_server(installation: Installation) -> None:
    with sqlite3.connect(installation.database) as database:
        database.execute("DELETE FROM alembic_version")
    with as_server(installation.settings):
        result = installation.run("upgrade")
    assert result.exit_code == 1
    assert result.output == "khcal är igång. Stoppa det först och försök sedan igen.\n"


def test_a_setting_that_makes_no_sense(bare: Installation) -> None:
    bare.environment["KHCAL_PORT"] = "åttio"
    result = bare.run("init")
    assert (result.exit_code, result.output) == (1, "KHCAL_PORT är 'åttio'. Det måste vara ett heltal.\n")
