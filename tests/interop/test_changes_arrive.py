"""Whatever staff do, subscribers get it, and nothing else: numbers rise, bytes move only where they must."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask

from khcal.calendaring import clock
from khcal.commands import main
from tests import databases
from tests.browser.server import answering
from tests.interop.edits import PARTS, Edit, meant
from tests.interop.office import Office, open_office
from tests.interop.synced import Folder, shown_of
from tests.interop.watching import Watch
from tests.tries import IS_SAMPLE, TIMES

FEED = "/sjuharad.ics"
# The other engine takes as long once more; what it could do otherwise is tried of the model by itself.
ENGINES = ("sqlite", "postgresql") if TIMES > 1 else ("sqlite",)


@pytest.fixture
def app(any_engine_app: Flask) -> Flask:
    return any_engine_app


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Iterator[Folder]:
    """A folder into which somebody synchronises the first house's feed, whatever it is called later."""
    (tmp_path / "reader").mkdir()
    with answering(app) as address:
        reader = Folder(tmp_path / "reader", f"{address}{FEED}")
        open_office(app)
        reader.prepare()
        yield reader


@pytest.mark.parametrize("any_engine_app", ENGINES, indirect=True)
def test_every_edit_reaches_exactly_the_dates_it_is_about(
    app: Flask, folder: Folder, tmp_path: Path, frozen_clock: time_machine.Traveller
) -> None:
    watch = Watch(app)
    office = Office(app, watch.uids)
    assert sum(map(len, PARTS)) >= 40
    published, changed, moved, ended = PARTS
    make_all(published, office, watch, frozen_clock)
    # To start the two programs takes seconds.
    assert IS_SAMPLE or folder.sync() == shown_of(app, "sjuharad")
    make_all(changed, office, watch, frozen_clock)
    assert IS_SAMPLE or folder.sync() == shown_of(app, "sjuharad")
    make_all(moved, office, watch, frozen_clock)
    run(app, tmp_path, "backup")
    known = set(watch.uids)
    make_all(ended, office, watch, frozen_clock)
    assert folder.sync() == shown_of(app, "boras")
    a_copy_of_the_database_is_put_back(watch, known, tmp_path)
    what_is_off_stays_for_30_days(watch, frozen_clock)


def make_all(
    edits: tuple[Edit, ...], office: Office, watch: Watch, frozen_clock: time_machine.Traveller
) -> None:
    for number, edit in enumerate(edits):
        frozen_clock.shift(edit.later)
        near = edits[max(number - 1, 0) : number + 2]
        # The groups' feeds are the most by far.
        only_houses = IS_SAMPLE and number % 6 > 0 and not any(each.regroups for each in near)
        try:
            make(edit, office, watch, only_houses)
        except Exception as fault:
            fault.add_note(f"the edit was: {edit.name}")
            raise


def make(edit: Edit, office: Office, watch: Watch, only_houses: bool) -> None:
    edit.do(office)
    went = meant(edit.went, set(watch.uids))
    found = watch.look(frozenset(went), edit.regroups, only_houses)
    labels = set(watch.uids)
    assert found.changed == meant(edit.changed, labels)
    assert found.narrowed == meant(edit.narrows, labels)
    if not edit.regroups:
        assert found.came == meant(edit.came, labels)
        assert found.went == went
    watch.is_the_database()


def a_copy_of_the_database_is_put_back(watch: Watch, known: set[str], data: Path) -> None:
    """Every number is above all that was ever told; what came after the copy was made is gone."""
    databases.close_app(watch.app)
    [copy] = (data / "backups").glob("khcal-*")
    run(watch.app, data, "restore", str(copy))
    databases.forget_kept(watch.app)
    found = watch.look(frozenset(set(watch.uids) - known))
    told = {uid for copy in watch.seen.values() for uid in copy.dates}
    assert found.changed == watch.labels(told) == known
    assert found.came == found.narrowed == set()
    watch.is_the_database()


def run(app: Flask, data: Path, *words: str) -> None:
    """A command of khcal's, in the installation of ``app`` whose folder is ``data``."""
    address = app.extensions["khcal"].database_url
    settings = {"KHCAL_DATA_DIR": str(data), "KHCAL_SECRET_KEY": "0" * 64}
    if address.startswith("postgresql"):
        settings["KHCAL_DATABASE_URL"] = address
    done = CliRunner().invoke(main, words, env=settings, catch_exceptions=False)
    assert done.exit_code == 0, done.output


def what_is_off_stays_for_30_days(watch: Watch, frozen_clock: time_machine.Traveller) -> None:
    """Each called-off date is in the feed until 30 days after it, and gone a fortnight later."""
    off = {uid: told for uid, told in watch.seen[FEED].dates.items() if told.is_off}
    assert off
    for uid, told in sorted(off.items(), key=lambda each: each[1].last_day):
        frozen_clock.move_to(datetime.combine(told.last_day + timedelta(days=30), time(23, 59), clock.ZONE))
        assert uid in watch.now(FEED), f"{told.text} is gone too early"
        frozen_clock.move_to(datetime.combine(told.last_day + timedelta(days=45), time(0, 1), clock.ZONE))
        assert uid not in watch.now(FEED)
