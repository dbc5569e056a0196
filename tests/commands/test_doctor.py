"""``khcal doctor`` finds what is unsafe or untrue, and says it in one sentence each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from khcal.commands import doctor
from tests.commands.conftest import Installation
from tests.commands.test_backup import add


def test_a_new_installation_is_in_order(bare: Installation) -> None:
    bare.run("init")
    assert (bare.run("doctor").exit_code, bare.run("doctor").output) == (0, "Allt är i ordning.\n")


def test_nothing_there_yet(bare: Installation) -> None:
    result = bare.run("doctor")
    assert result.exit_code == 1
    assert result.output.count("khcal init") == 3


def setting(name: str, value: str) -> Callable[[Installation], None]:
    return lambda installation: installation.environment.update({name: value})


def change(statement: str) -> Callable[[Installation], None]:
    def run(installation: Installation) -> None:
        add(installation, "Målarkväll")
        with sqlite3.connect(installation.database) as database:
            database.execute(statement)

    return run


def open_folder(installation: Installation) -> None:
    installation.folder.chmod(0o750)


def open_database(installation: Installation) -> None:
    installation.database.chmod(0o644)


def open_journal(installation: Installation) -> None:
    installation.database.with_name("khcal.db-shm").touch(0o644)


def damage(installation: Installation) -> None:
    content = bytearray(installation.database.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    installation.database.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (setting("KHCAL_SECRET_KEY", ""), "ingen hemlig nyckel"),
        (setting("KHCAL_SECRET_KEY", "kort"), "exempelnyckel"),
        (setting("KHCAL_SECRET_KEY", "change-me"), "exempelnyckel"),
        (setting("KHCAL_SECRET_KEY", "abcdefghij0123456789"), "för kort"),
        (setting("KHCAL_PUBLIC_URL", "http://kalender.example.org"), "Utan https"),
        (setting("KHCAL_NOW", "2026-11-24T13:12"), "klockan går fel"),
        (open_folder, "chmod go="),
        (open_database, "chmod go="),
        (open_journal, "chmod go="),
        (damage, "skadad"),
        (change("UPDATE alembic_version SET version_num = 'other'"), "khcal upgrade"),
        (change("DELETE FROM listing"), "1 rader saknas och 0 är för många"),
        (change("UPDATE listing SET day = '2026-11-25'"), "1 rader saknas och 1 är för många"),
    ],
)
def test_one_fault_is_one_sentence(
    installation: Installation, spoil: Callable[[Installation], None], sentence: str
) -> None:
    spoil(installation)
    result = installation.run("doctor")
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    assert sentence in result.output


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8080", "http://localhost", "https://kalender.example.org"]
)
def test_addresses_where_nobody_listens_in(installation: Installation, address: str) -> None:
    installation.environment["KHCAL_PUBLIC_URL"] = address
    assert installation.run("doctor").exit_code == 0


def test_a_write_ahead_log_on_an_sqlite_that_loses_it(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(installation.database) as database:
        database.execute("PRAGMA journal_mode=WAL")
    monkeypatch.setattr(doctor, "wal_is_safe", lambda: False)
    assert "kan då skada den" in installation.run("doctor").output


def test_a_log_left_behind_is_mended(any_installation: Installation) -> None:
    add(any_installation, "Målarkväll")
    with any_installation.opened():
        from khcal.db import db

        with db.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM listing")
    assert any_installation.run("doctor").exit_code == 1
    assert any_installation.run("doctor", "--mend").output == "Allt är i ordning.\n"
    assert any_installation.run("doctor").exit_code == 0
