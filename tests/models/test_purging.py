"""How rows were before and after is kept for 24 months; who did what and when is kept for good."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from khcal.calendaring import clock
from khcal.db import db
from khcal.models import Change, ChangedRow
from khcal.models.purging import IMAGES_KEPT_DAYS, are_images_kept, purge_images
from tests.factories import make_event
from tests.models.changing import changing

A_DAY = 24 * 3600


@pytest.fixture(autouse=True)
def _inside(any_engine_app: Flask) -> Iterator[None]:
    with any_engine_app.app_context():
        yield


def test_old_rows_go_and_changes_stay(frozen_clock: time_machine.Traveller) -> None:
    event = make_event(None, "2026-12-01 13:00")
    db.session.commit()
    frozen_clock.shift((IMAGES_KEPT_DAYS + 1) * A_DAY)
    with changing("cancel") as latest:
        event.occurrences[0].cancel("Storm.")
    assert purge_images(db.session()) > 0
    db.session.commit()
    assert set(db.session.scalars(db.select(ChangedRow.change_id))) == {latest[0]}
    assert db.session.scalar(db.select(db.func.count(Change.id))) == 2
    assert purge_images(db.session()) == 0


def test_two_years_are_kept() -> None:
    assert are_images_kept(clock.epoch_seconds() - 730 * A_DAY)
    assert not are_images_kept(clock.epoch_seconds() - 732 * A_DAY)
