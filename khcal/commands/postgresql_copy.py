"""Copies of a PostgreSQL database, by PostgreSQL's own programs and proven by reading back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import make_url

from .sqlite_copy import CopyError, keep_on_disk

MAGIC = b"PGDMP"
# Everything of ours goes before the copy comes in, also tables that the copy does not know.
_DROP_ALL = """\
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE public.%I CASCADE', found.tablename);
  END LOOP;
END $$;
"""
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "username": "PGUSER",
    "password": "PGPASSWORD",
    "database": "PGDATABASE",
}


def dump(address: str, target: Path) -> None:
    """Write the database at one moment to the new file ``target`` (mode 0600). Raises :class:`CopyError`."""
    engine = create_engine(address)
    part = target.with_name(f"{target.name}.part")
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            moment = connection.scalar(text("SELECT pg_export_snapshot()"))
            counts = _count_rows(connection)
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                _run(
                    ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"],
                    address,
                    out,
                )
        if count_rows_of_dump(part) != counts:
            raise CopyError("Kopian stämmer inte med databasen. Försök igen.")
        keep_on_disk(part)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
        engine.dispose()


def count_rows_of_dump(file: Path) -> Counter[str]:
    """How many rows the copy holds for each table, by reading all of it. Raises :class:`CopyError`."""
    return Counter(table for table, _ in rows_of_dump(file))


def rows_of_dump(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row of the copy with its table, values as PostgreSQL writes them. Raises :class:`CopyError`."""
    done = _run(["pg_restore", "--data-only", "--file=-", file])
    table, columns = "", [""]
    for line in done.decode().split("\n"):
        begins = re.match(r'COPY public\."?(\w+)"? \((.*)\) FROM stdin;', line)
        if begins:
            table, columns = begins[1], [name.strip('"') for name in begins[2].split(", ")]
        elif line == r"\.":
            table = ""
        elif table:
            yield table, dict(zip(columns, line.split("\t"), strict=True))


def restore(address: str, file: Path, afterwards: list[str]) -> None:
    """Put the copy in place of everything, then run ``afterwards``: all or nothing.

    Raises :class:`CopyError`.
    """
    with TemporaryDirectory(prefix="khcal-restore-") as folder:
        before, script, after = (Path(folder, f"{name}.sql") for name in ("before", "rows", "after"))
        before.write_text(_DROP_ALL)
        after.write_text(
            "".join(f"{statement};\n" for statement in ["SET search_path = public", *afterwards])
        )
        _run(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", file], address)
        once = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        _run(["psql", *once, *(f"--file={part}" for part in (before, script, after))], address)


def _count_rows(connection: Connection) -> Counter[str]:
    names = inspect(connection).get_table_names()
    counts = {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in names}
    return Counter({name: count for name, count in counts.items() if count})


def _run(command: list[str | Path], address: str = "", out: IO[bytes] | None = None) -> bytes:
    """Run one of PostgreSQL's programs; a password goes by the environment, where no other user sees it."""
    program = str(command[0])
    if shutil.which(program) is None:
        raise CopyError(f"Programmet {program} saknas. Installera paketet postgresql-client och försök igen.")
    environment = {**os.environ, **(_connection(address) if address else {})}
    answer = out or subprocess.PIPE
    done = subprocess.run(command, env=environment, stdout=answer, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise CopyError(f"{program} gick inte: {done.stderr.decode().strip()}")
    return done.stdout or b""


def _connection(address: str) -> dict[str, str]:
    url = make_url(address)
    given = url.translate_connect_args() | dict(url.query)
    return {_VARIABLES.get(name, f"PG{name.upper()}"): str(value) for name, value in given.items()}
