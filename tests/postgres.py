"""A real PostgreSQL for the tests: Debian's own, on a socket in a temporary folder, gone afterwards.

It is never skipped: a machine without it fails the test with the line that installs it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from threading import Event

import psycopg
from psycopg.rows import TupleRow

INSTALL = "apt-get install --no-install-recommends postgresql"
USER = "postgres"
# What tells a database from the one it was copied from: every table, index and column that there is.
_TABLES = """
SELECT string_agg(concat_ws(' ', relname, attnum, attname, atttypid), ',' ORDER BY relname, attnum)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace"""
_EMPTYING = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;
DO $$ DECLARE each regclass; BEGIN
  FOR each IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND relname <> 'alembic_version' LOOP EXECUTE 'DELETE FROM ' || each; END LOOP;
  FOR each IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' LOOP
    PERFORM setval(each, 1, false); END LOOP;
END $$"""
# A test database has nothing to lose.
SETTINGS = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "listen_addresses=",
    "max_connections=40",
)
TRIES = 400


@dataclass(frozen=True)
class Postgres:
    """A running server; databases are made and dropped by name."""

    socket: Path
    _tables: dict[str, TupleRow | None] = field(default_factory=dict)

    def url(self, name: str) -> str:
        """The address of a database, as SQLAlchemy wants it."""
        return f"postgresql+psycopg://{USER}@/{name}?host={self.socket}"

    def create(self, name: str, template: str = "template0") -> str:
        """Make the database ``name`` as a copy of ``template``; returns its address."""
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Take the database ``name`` away, whoever is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def empty(self, name: str, template: str) -> None:
        """Take every row out of the database ``name``, whoever is still connected, and count from 1 again.

        It is made anew from ``template`` where it is missing, or other tables or columns are in it: to make
        one costs ten times as much.
        """
        try:
            with self._connected(name) as database:
                database.execute(_EMPTYING)
                if database.execute(_TABLES).fetchone() == self._tables_of(template):
                    return
        except psycopg.OperationalError:
            pass
        self.drop(name)
        self.create(name, template)

    def _tables_of(self, template: str) -> TupleRow | None:
        if template not in self._tables:
            with self._connected(template) as database:
                self._tables[template] = database.execute(_TABLES).fetchone()
        return self._tables[template]

    def _connected(self, name: str) -> psycopg.Connection[TupleRow]:
        return psycopg.connect(host=str(self.socket), user=USER, dbname=name, autocommit=True)

    def _run(self, statement: str) -> None:
        with self._connected("postgres") as server:
            server.execute(statement.encode())


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server of one's own and end it. Raises AssertionError where PostgreSQL is not installed."""
    programs = newest_programs(Path("/usr/lib/postgresql"))
    folder = Path(mkdtemp(prefix="khcal-pg-"))
    who = USER if os.geteuid() == 0 else None
    if who:
        shutil.chown(folder, who)
    data = folder / "data"
    try:
        initdb: list[str | Path] = [
            programs / "initdb",
            "-D",
            data,
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        ]
        subprocess.run(initdb, user=who, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        command: list[str | Path] = [programs / "postgres", "-D", data, "-k", folder, *options]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, user=who, cwd=folder, stdout=log, stderr=log)
        try:
            _wait_until_ready(folder, server)
            yield Postgres(folder)
        finally:
            server.send_signal(signal.SIGINT)  # the fast end: it does not wait for anybody connected
            server.wait()
    finally:
        shutil.rmtree(folder)


def newest_programs(folder: Path) -> Path:
    """The newest version's programs below ``folder``. Raises AssertionError naming what to install."""
    found = [path.parent for path in folder.glob("*/bin/postgres") if re.fullmatch(r"[\d.]+", path.parts[-3])]
    assert found, f"PostgreSQL is missing. Install it as root with: {INSTALL}"
    return max(found, key=lambda path: float(path.parts[-2]))


def _wait_until_ready(folder: Path, server: subprocess.Popen[bytes]) -> None:
    pause = Event()
    for _ in range(TRIES):
        assert server.poll() is None, (folder / "log").read_text()
        try:
            psycopg.connect(host=str(folder), user=USER, dbname="postgres").close()
            return
        except psycopg.OperationalError:
            pause.wait(0.02)
    raise AssertionError("PostgreSQL does not answer:\n" + (folder / "log").read_text())
