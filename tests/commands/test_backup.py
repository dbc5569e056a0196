"""``khcal backup``: a copy of one moment, proven, for its owner alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from khcal.commands import backup, postgresql_copy, sqlite_copy
from khcal.db import db
from khcal.models import Event
from tests.commands.conftest import Installation
from tests.commands.test_init import mode
from tests.factories import make_event


def titles_in(copy: Path) -> list[str]:
    """The titles in a copy of either kind, read without khcal."""
    if copy.suffix == ".db":
        with sqlite3.connect(copy) as database:
            return [row[0] for row in database.execute("SELECT title FROM event")]
    return [row["title"] for table, row in postgresql_copy.rows_of_dump(copy) if table == "event"]


def add(installation: Installation, title: str) -> None:
    with installation.opened():
        make_event(None, "2026-11-24 13:00", title=title)
        db.session.commit()


def copies(installation: Installation) -> list[Path]:
    return sorted((installation.folder / "backups").iterdir())


def test_it_holds_what_was_saved(any_installation: Installation) -> None:
    add(any_installation, "Målarkväll")
    result = any_installation.run("backup")
    assert result.exit_code == 0, result.output
    (copy,) = copies(any_installation)
    assert str(copy) in result.output
    assert titles_in(copy) == ["Målarkväll"]
    assert mode(copy) == "0o600"
    assert mode(copy.parent) == "0o700"


def test_it_bears_every_sign_that_text_may_hold(any_installation: Installation) -> None:
    odd = "Rad\u2028bruten\x85här\x1c\tslut\\."
    add(any_installation, odd)
    result = any_installation.run("backup")
    assert result.exit_code == 0, result.output
    assert any_installation.run("restore", copies(any_installation)[0]).exit_code == 0
    with any_installation.opened():
        assert db.session.scalars(db.select(Event.title)).all() == [odd]


def test_a_second_in_the_same_second_gets_its_own_name(installation: Installation) -> None:
    installation.run("backup"), installation.run("backup")
    assert len(copies(installation)) == 2


def test_a_name_of_ones_own_is_never_overwritten(any_installation: Installation, tmp_path: Path) -> None:
    target = tmp_path / "kopia"
    assert any_installation.run("backup", target).exit_code == 0
    first = target.read_bytes()
    assert any_installation.run("backup", target).exit_code == 1
    assert target.read_bytes() == first
    assert list(tmp_path.glob("kopia?*")) == []


def test_it_holds_only_what_was_finished(installation: Installation) -> None:
    add(installation, "Målarkväll")
    with sqlite3.connect(installation.database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE event SET title = 'Halvvägs'")
        assert installation.run("backup").exit_code == 0
        other.execute("ROLLBACK")
    assert titles_in(copies(installation)[0]) == ["Målarkväll"]


def test_it_is_one_file_also_of_a_database_with_a_write_ahead_log(installation: Installation) -> None:
    with sqlite3.connect(installation.database, isolation_level=None) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("UPDATE alembic_version SET version_num = version_num")
        sqlite_copy.copy_database(installation.database, installation.folder / "copy.db")
    assert [file.name for file in installation.folder.glob("copy*")] == ["copy.db"]
    with sqlite3.connect(installation.folder / "copy.db") as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_copy_that_differs_is_thrown_away(
    any_installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_copy, "count_rows_of_dump", lambda file: {"event": 1})
    monkeypatch.setattr(sqlite_copy, "sound_census", lambda file: {"event": "1 other"})
    result = any_installation.run("backup")
    assert (result.exit_code, result.output) == (1, "Kopian stämmer inte med databasen. Försök igen.\n")
    assert copies(any_installation) == []


def test_a_damaged_database_is_said_to_be(installation: Installation) -> None:
    content = bytearray(installation.database.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    installation.database.write_bytes(content)
    result = installation.run("backup")
    assert result.exit_code == 1
    assert "går inte att kopiera" in result.output


def test_nothing_to_copy(bare: Installation) -> None:
    result = bare.run("backup")
    assert (result.exit_code, "Kör khcal init först." in result.output) == (1, True)


def test_the_names_sort_by_time(installation: Installation) -> None:
    name = backup.unused_name(installation.settings, "khcal", ".db").name
    assert name == "khcal-2026-11-24-131200.db"
