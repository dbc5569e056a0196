"""``khcal restore``: the copy is back, what it replaced is kept, and nothing counts from below."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from khcal.commands.running import as_server
from khcal.db import db
from khcal.models import Chapter, Event, Occurrence, SignIn, User
from tests.commands.conftest import Installation
from tests.commands.test_backup import add, copies, titles_in
from tests.commands.test_init import mode


def rename(installation: Installation, title: str) -> None:
    with installation.opened():
        db.session.scalars(select(Event)).one().title = title
        db.session.commit()


def titles(installation: Installation) -> set[str]:
    with installation.opened():
        return set(db.session.scalars(select(Event.title)))


def numbers(installation: Installation) -> list[tuple[int, int]]:
    """Sequence and stamp of every date, revision and stamp of every house."""
    with installation.opened():
        dates = db.session.execute(select(Occurrence.sequence, Occurrence.changed_at))
        houses = db.session.execute(select(Chapter.revision, Chapter.changed_at))
        return [(row[0], row[1]) for row in [*dates, *houses]]


@pytest.fixture
def changed_since(any_installation: Installation, frozen_clock: time_machine.Traveller) -> Installation:
    """A copy was made of "Målarkväll", then it was renamed three times."""
    add(any_installation, "Målarkväll")
    any_installation.run("backup")
    for title in ("Keramik", "Vävning", "Broderi"):
        frozen_clock.shift(timedelta(minutes=5))
        rename(any_installation, title)
    return any_installation


def test_the_copy_is_back(changed_since: Installation) -> None:
    result = changed_since.run("restore", copies(changed_since)[0])
    assert result.exit_code == 0, result.output
    assert titles(changed_since) == {"Målarkväll"}
    assert changed_since.run("doctor").output == "Allt är i ordning.\n"


def test_no_log_in_comes_to_life_again(any_installation: Installation) -> None:
    with any_installation.opened():
        user = User(name="redaktor")
        user.sign_in()
        db.session.add(user)
        db.session.commit()
    any_installation.run("backup")
    assert any_installation.run("restore", copies(any_installation)[0]).exit_code == 0
    with any_installation.opened():
        assert not db.session.scalars(select(SignIn)).one().is_open


def test_every_number_is_above_all_that_was_published(changed_since: Installation) -> None:
    published = numbers(changed_since)
    changed_since.run("restore", copies(changed_since)[0])
    for old, new in zip(published, numbers(changed_since), strict=True):
        assert new[0] > old[0]
        assert new[1] > old[1]
    with changed_since.opened():
        # What feeds have lost was newer than all that they told of.
        assert db.session.scalars(select(Chapter.dropped_at)).one() > max(stamp for _, stamp in published)
    assert numbers(changed_since)[0][0] == 4


def test_without_the_old_database_too(
    installation: Installation, frozen_clock: time_machine.Traveller
) -> None:
    add(installation, "Målarkväll")
    installation.run("backup")
    for title in ("Keramik", "Vävning"):
        frozen_clock.shift(timedelta(seconds=2))
        rename(installation, title)
    published = numbers(installation)
    frozen_clock.shift(timedelta(seconds=2))
    installation.database.unlink()
    assert installation.run("restore", copies(installation)[0]).exit_code == 0
    assert all(new > old for old, new in zip(published, numbers(installation), strict=True))


def test_what_it_replaced_is_kept(changed_since: Installation) -> None:
    result = changed_since.run("restore", copies(changed_since)[0])
    (kept,) = (changed_since.folder / "backups").glob("before-restore-*")
    assert f"Det som fanns före ligger kvar i {kept}" in result.output
    assert titles_in(kept / "khcal.db" if kept.is_dir() else kept) == ["Broderi"]


def test_the_new_file_is_for_its_owner_alone(installation: Installation) -> None:
    installation.run("backup")
    copies(installation)[0].chmod(0o644)
    installation.run("restore", copies(installation)[0])
    assert mode(installation.database) == "0o600"
    assert not list(installation.folder.glob(".restore-*"))


def test_a_stale_log_is_never_played_into_the_copy(installation: Installation, tmp_path: Path) -> None:
    add(installation, "Målarkväll")
    installation.run("backup")
    _plant_log(installation, tmp_path, "Fel databas")
    assert installation.run("restore", copies(installation)[0]).exit_code == 0
    assert not list(installation.folder.glob("khcal.db-*"))
    assert titles(installation) == {"Målarkväll"}


def _plant_log(installation: Installation, folder: Path, title: str) -> None:
    """Lay the write-ahead log of a foreign copy beside the database, as a crash would have left it."""
    foreign = folder / "foreign.db"
    foreign.write_bytes(installation.database.read_bytes())
    other = sqlite3.connect(foreign, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("UPDATE event SET title = ?", (title,))
    for ending in ("-wal", "-shm"):
        log = installation.database.with_name(f"khcal.db{ending}")
        log.write_bytes(foreign.with_name(f"foreign.db{ending}").read_bytes())
    other.close()


def test_a_running_khcal_is_left_alone(any_installation: Installation) -> None:
    any_installation.run("backup")
    with as_server(any_installation.settings):
        result = any_installation.run("restore", copies(any_installation)[0])
    assert (result.exit_code, len(copies(any_installation))) == (1, 1)
    assert result.output == "khcal är igång. Stoppa det först och försök sedan igen.\n"


def make_newer(copy: Path) -> None:
    with sqlite3.connect(copy) as database:
        database.execute("UPDATE alembic_version SET version_num = 'from-the-future'")


def make_foreign(copy: Path) -> None:
    with sqlite3.connect(copy) as database:
        database.execute("DROP TABLE alembic_version")


def damage(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    copy.write_bytes(content)


def cut(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-8192])


def make_text(copy: Path) -> None:
    copy.write_text("BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (make_newer, "nyare khcal"),
        (make_foreign, "ingen säkerhetskopia från khcal"),
        (damage, "skadad"),
        (cut, "skadad"),
        (make_text, "ingen säkerhetskopia"),
    ],
)
def test_what_is_refused_changes_nothing(
    installation: Installation, spoil: Callable[[Path], None], sentence: str
) -> None:
    installation.run("backup")
    spoil(copies(installation)[0])
    before = installation.database.read_bytes()
    result = installation.run("restore", copies(installation)[0])
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert sentence in result.output
    assert installation.database.read_bytes() == before


def test_a_copy_of_the_other_engine_is_refused(any_installation: Installation, tmp_path: Path) -> None:
    postgres = "KHCAL_DATABASE_URL" in any_installation.environment
    other = tmp_path / "other"
    other.write_bytes(b"SQLite format 3\0" if postgres else b"PGDMP")
    result = any_installation.run("restore", other)
    assert (result.exit_code, "khcal använder här" in result.output) == (1, True)


def test_a_dump_that_is_cut_is_refused(changed_since: Installation) -> None:
    cut(copies(changed_since)[0])
    assert changed_since.run("restore", copies(changed_since)[0]).exit_code == 1
    assert titles(changed_since) == {"Broderi"}
