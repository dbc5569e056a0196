"""What a page asks of the database: the statements, and how each engine means to answer them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import event

from khcal.db import db
from tests.databases import forget_kept

# What prepares a transaction is not a question.
SETTINGS = ("PRAGMA", "BEGIN", "SET ")
# Nor is what is asked twice a second, whoever comes: whether what is kept is still true.
REVISIONS = "SELECT chapter.slug, chapter.revision \nFROM chapter"
BIG_TABLES = ("listing", "occurrence")


@dataclass(frozen=True)
class Statement:
    """One question as the driver got it."""

    text: str
    values: Any


@contextmanager
def asked_of(app: Flask) -> Iterator[list[Statement]]:
    """Every statement that ``app`` sends inside the block, with nothing kept from before."""
    statements: list[Statement] = []

    def note(connection: Any, cursor: Any, text: str, values: Any, context: Any, many: bool) -> None:
        if not text.lstrip().startswith((*SETTINGS, REVISIONS)):
            statements.append(Statement(text, values))

    forget_kept(app)
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def full_scans(app: Flask, statement: Statement) -> list[str]:
    """The steps that read a whole big table to answer, as ``app``'s engine explains them."""
    with app.app_context(), db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement.text}", statement.values)
            return [row.detail for row in plan if _is_scan_of_sqlite(row.detail)]
        # Small tables are rightly read whole and joined; told not to, the planner shows its other ways.
        for habit in ("seqscan", "mergejoin", "hashjoin"):
            connection.exec_driver_sql(f"SET LOCAL enable_{habit} = off")
        plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement.text}", statement.values)
        return list(_scans_of_postgresql(plan.scalar_one()[0]["Plan"]))


def _is_scan_of_sqlite(detail: str) -> bool:
    what, _, rest = detail.partition(" ")
    is_whole_house = rest.endswith("INDEX sqlite_autoindex_listing_1 (chapter_id=?)")
    return is_whole_house or (rest.split(" ")[0] in BIG_TABLES and (what == "SCAN" or "AUTOMATIC" in detail))


def _scans_of_postgresql(node: dict[str, Any]) -> Iterator[str]:
    kind, table = node["Node Type"], node.get("Relation Name")
    by_index = "Index Cond" in node or kind == "Bitmap Heap Scan"
    if table in BIG_TABLES and not by_index:
        yield f"{kind} of {table}"
    for child in node.get("Plans", ()):
        yield from _scans_of_postgresql(child)
