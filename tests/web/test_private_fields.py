"""No private value reaches a visitor: a mark is planted in every one and searched in all that is public.

Every column of every table is declared public or private; a new one fails until it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Table, select

from khcal.db import Base, db
from khcal.models import Event, Occurrence
from tests import databases
from tests.people import COLLEAGUE, client_of
from tests.web.crawl import everything_public
from tests.web.private import (
    CLOSED,
    DRAFT,
    HIDDEN,
    PRIVATE,
    PUBLIC,
    SEEN,
    UNSEEN,
    WITHDRAWN,
    make_world,
    mark_of,
    marked_columns,
)


@pytest.fixture(scope="module")
def marked_app(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("marked")
    app = databases.make_app(folder, databases.copy_of(empty_file, folder))
    with databases.at_the_moment(), app.app_context():
        make_world()
    yield app
    databases.close_app(app)


@pytest.fixture(scope="module")
def public(marked_app: Flask) -> dict[str, str]:
    with databases.at_the_moment():
        return everything_public(marked_app, "sjuharad", "goteborg")


def where(public: dict[str, str], mark: str) -> list[str]:
    return [address for address, text in public.items() if mark in text.casefold()]


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=str)
def test_every_column_is_declared(table: Table) -> None:
    private, public = set(PRIVATE.get(table.name, ())), set(PUBLIC.get(table.name, ()))
    assert not private & public
    assert private | public == set(table.columns.keys())


def test_no_declared_table_is_gone() -> None:
    assert PRIVATE.keys() | PUBLIC.keys() == Base.metadata.tables.keys()


def test_much_is_walked_and_marks_are_seen_where_they_are(public: dict[str, str]) -> None:
    assert len(public) > 40
    assert where(public, "öppet hus")
    assert {address.rpartition(".")[2] for address in where(public, HIDDEN)} >= {"ics", "json"}


@pytest.mark.parametrize("column", list(marked_columns()), ids=lambda column: f"{column.table}.{column.name}")
def test_a_private_column_is_nowhere(public: dict[str, str], column: object) -> None:
    assert not where(public, mark_of(column))  # type: ignore[arg-type]


def test_every_private_word_is_for_staff_or_for_nobody() -> None:
    named = {f"{column.table}.{column.name}" for column in marked_columns()}
    assert not SEEN.keys() & UNSEEN.keys()
    assert SEEN.keys() | UNSEEN.keys() == named


@pytest.mark.parametrize("name", SEEN)
def test_staff_read_it(marked_app: Flask, name: str) -> None:
    table, _, column = name.partition(".")
    with databases.at_the_moment():
        with marked_app.app_context():
            page = SEEN[name].format(event=db.session.scalar(select(Event.id).order_by(Event.id)))
        told = client_of(marked_app, COLLEAGUE).get(f"/personal/sjuharad/{page}")
    assert mark_of(Base.metadata.tables[table].columns[column]) in told.text


@pytest.mark.parametrize("mark", [DRAFT, CLOSED])
def test_what_is_not_shown_is_nowhere(public: dict[str, str], mark: str) -> None:
    found = where({a: text for a, text in public.items() if mark not in a}, mark)
    assert not found


def test_a_hidden_share_is_only_in_its_own_house(public: dict[str, str]) -> None:
    assert not [address for address in where(public, HIDDEN) if "goteborg" in address]


def test_only_feeds_and_their_json_tell_of_a_withdrawn_date(public: dict[str, str]) -> None:
    found = where(public, WITHDRAWN)
    assert {address.rpartition(".")[2] for address in found} == {"ics", "json"}
    assert not [address for address in found if address.startswith("/skarm")]


@pytest.mark.parametrize("end", ["", ".ics"])
@pytest.mark.parametrize("house", ["sjuharad", "goteborg"])
def test_a_draft_has_no_page(marked_app: Flask, house: str, end: str) -> None:
    with marked_app.app_context():
        drafts = db.session.scalars(select(Occurrence.id).where(Occurrence.published_at.is_(None))).all()
    assert len(drafts) == 2
    client = marked_app.test_client()
    addresses = [f"/{house}/aktivitet/{DRAFT}{end}", *(f"/{house}/tillfalle/{key}{end}" for key in drafts)]
    assert {client.get(address).status_code for address in addresses} == {404}


@pytest.mark.parametrize("address", [f"/{CLOSED}/", f"/skarm/{CLOSED}", f"/skarm/{CLOSED}/program.json"])
def test_a_closed_house_has_no_pages(marked_app: Flask, address: str) -> None:
    assert marked_app.test_client().get(address).status_code == 404
