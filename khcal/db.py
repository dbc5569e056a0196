"""The database: one SQLAlchemy object, its naming of constraints, its column types, its transactions.

A transaction is a writing one (``BEGIN IMMEDIATE``) unless the caller said that it only reads; on
SQLite a reading one is held to it by ``query_only``, so that a GET that writes is an error at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    Table,
    TypeDecorator,
    event,
)
from sqlalchemy.orm import DeclarativeBase, mapped_column

# SQLite can't drop a constraint that has no name.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# The first release of each line that does not lose data when a write-ahead log is reset.
SAFE_WAL_VERSIONS = ((3, 44, 6), (3, 50, 7), (3, 51, 3))

_ONLY_READS = "khcal.only_reads"
_reading: ContextVar[bool] = ContextVar("reading", default=False)
E = TypeVar("E", bound=StrEnum)
# Seconds or milliseconds since 1970, UTC: too large for 32 bits.
# What every database takes for a row's number is below this.
LARGEST_ID = 2**31
Stamp = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    """What every table derives from. The number of a deleted row is never given to another one."""

    metadata = MetaData(naming_convention=NAMING)

    def __init_subclass__(cls, **values: Any) -> None:
        super().__init_subclass__(**values)
        table = cls.__table__
        if isinstance(table, Table) and "id" in table.primary_key.columns:
            table.dialect_options["sqlite"]["autoincrement"] = True


def _remember_old_value(owner: type[Base], name: str, attribute: Any) -> None:
    """Load a value before it is replaced: without it the history of a change would be a guess."""
    event.listen(attribute, "set", lambda *replaced: None, active_history=True)


event.listen(Base, "attribute_instrument", _remember_old_value, propagate=True)

db = SQLAlchemy(model_class=Base, disable_autonaming=True)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside only read: no lock is taken and a write is an error."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


class CodeSet(TypeDecorator[frozenset[E]]):
    """A small set of codes in one text column: `` member relative ``, so that LIKE finds one code."""

    impl = String
    cache_ok = True

    def __init__(self, codes: type[E], length: int = 200) -> None:
        super().__init__(length)
        self.codes = codes
        self.length = length

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return f" {' '.join(sorted(value))} " if value else ""

    def process_result_value(self, value: Any, dialect: Dialect) -> frozenset[E]:
        return _read_codes(self.codes, value or "")

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        return String()


# A programme has a few sets and reads them by the thousand.
@lru_cache(maxsize=1024)
def _read_codes(codes: type[E], text: str) -> frozenset[E]:
    return frozenset(codes(code) for code in text.split())


def code_column(codes: type[E], name: str) -> Enum:
    """A column type for one code of a vocabulary, kept as text with a named check."""
    return Enum(
        codes,
        native_enum=False,
        create_constraint=True,
        name=name,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


def wal_is_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite is free of the bug that can corrupt a database in WAL mode."""
    return any(version[:2] == safe[:2] and version >= safe for safe in SAFE_WAL_VERSIONS) or version >= (
        3,
        51,
        3,
    )


def prepare_engine(engine: Engine) -> None:
    """Give every connection of ``engine`` its settings and its way to begin a transaction."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _set_up_sqlite(connection: Any, record: Any) -> None:
    # The driver's own BEGIN would come too late for IMMEDIATE; with None we say it ourselves.
    connection.isolation_level = None
    for setting in (
        "busy_timeout=5000",
        f"journal_mode={'WAL' if wal_is_safe() else 'DELETE'}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "secure_delete=ON",
        "cell_size_check=ON",
        "mmap_size=0",
        "journal_size_limit=16777216",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    only_reads = _reading.get()
    # Saying so makes SQLite forget every statement that it has prepared, so it is said only when it changes.
    if connection.info.get(_ONLY_READS) is not only_reads:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if only_reads else 'OFF'}")
        connection.info[_ONLY_READS] = only_reads
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    connection.exec_driver_sql("SET LOCAL statement_timeout = '5s'")
    connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
    if _reading.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
