"""Houses and notices are read once for each state of theirs, and never told as they were before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from khcal import queries
from khcal.db import db
from khcal.models import Chapter
from khcal.web.house_pages import HousePages, house_pages_of
from tests.factories import make_chapter, make_notice


@pytest.fixture
def pages(app: Flask) -> Iterator[HousePages]:
    """Those of an app with one house."""
    with app.app_context():
        make_chapter("hus")
        db.session.commit()
        yield house_pages_of(app)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows by the day with each reading."""
    told: list[object] = []
    read = queries.house_pages
    monkeypatch.setattr(queries, "house_pages", lambda day: told.append(day) or read(day))
    return told


def texts(pages: HousePages) -> list[str]:
    page = pages.get("hus")
    assert page
    db.session.rollback()
    return [notice.text for notice in page.notices]


def test_they_are_read_once(pages: HousePages, readings: list[object]) -> None:
    assert [texts(pages) for _ in range(3)] == [[]] * 3
    assert len(readings) == 1
    assert pages.get("finns-inte") is None


def test_they_are_read_again_after_a_save_and_on_a_new_day(
    pages: HousePages, readings: list[object], frozen_clock: time_machine.Traveller
) -> None:
    house = db.session.scalars(db.select(Chapter)).one()
    make_notice(house, "Hissen är trasig.", last="2026-11-24")
    db.session.commit()
    assert texts(pages) == ["Hissen är trasig."]
    frozen_clock.shift(timedelta(days=1))
    assert texts(pages) == []
    assert len(readings) == 2


def test_what_may_be_from_before_is_not_remembered(pages: HousePages, readings: list[object]) -> None:
    """Who has asked already sees what was true then, even after another has saved."""
    db.session.scalars(db.select(Chapter.id)).all()
    assert pages.get("hus")
    assert pages.get("hus")
    assert len(readings) == 2
    db.session.rollback()
    assert [texts(pages) for _ in range(2)] == [[]] * 2
    assert len(readings) == 3
