"""``khcal upgrade`` to a version that writes dates otherwise: whoever has them fetches them anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from flask_migrate import downgrade

from khcal.calendaring import clock
from khcal.commands.migrating import add_steps, newest_step, step_of
from khcal.commands.running import as_server
from khcal.db import db
from khcal.models import Chapter, Occurrence, sequences
from tests.commands.conftest import Installation
from tests.factories import make_chapter, make_event, make_occurrence

# The first one: it has neither of the columns that came later.
OLD_STEP = "20261122_01"
UP_TO_DATE = "Databasen är redan aktuell.\n"
TOLD = {"Coming", "Just over", "Last of all"}
Books = dict[str, tuple[int, int]]


@pytest.fixture
def programme(any_installation: Installation, frozen_clock: time_machine.Traveller) -> Installation:
    """What feeds tell of an open house and of one that closed in June, and dates of each that none tells."""
    with any_installation.opened():
        house, closed = make_chapter("sjuharad"), make_chapter("goteborg")
        make_occurrence(make_event(house, title="Coming"), "2026-12-01 13:00", hours=30)
        make_event(house, "2026-10-19 13:00", title="Just over")
        make_event(house, "2026-10-18 13:00", title="Long ago")
        make_event(house, "2026-12-02 13:00", title="Draft", published=False)
        make_event(closed, "2026-06-10 13:00", title="Last of all")
        make_event(closed, "2026-06-09 13:00", title="Before it closed")
        closed.closed_on = date(2026, 6, 10)
        db.session.commit()
    return any_installation


@pytest.fixture
def reworded(
    programme: Installation, frozen_clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> Installation:
    """The same an hour later, when a version is installed that writes every date otherwise."""
    frozen_clock.shift(timedelta(hours=1))
    monkeypatch.setattr(sequences, "WORDING", sequences.WORDING + 1)
    return programme


def books(installation: Installation) -> tuple[Books, list[int]]:
    """Sequence and stamp of each date by its title, and when each house was changed."""
    with installation.opened():
        dates = db.session.scalars(db.select(Occurrence)).all()
        told = {each.event.title: (each.sequence, each.changed_at) for each in dates}
        return told, [*db.session.scalars(db.select(Chapter.changed_at).order_by(Chapter.id))]


def copies(installation: Installation) -> list[str]:
    return [file.name for file in installation.folder.glob("backups/*")]


def test_the_same_words_change_nothing(programme: Installation) -> None:
    before = books(programme)
    assert programme.run("upgrade").output == UP_TO_DATE
    assert (books(programme), copies(programme)) == (before, [])


def test_new_tables_and_other_words_come_at_once(reworded: Installation) -> None:
    with reworded.opened() as app:
        add_steps(app)
        downgrade(revision=OLD_STEP)
    assert reworded.run("upgrade").output.endswith(
        "Databasen är omställd.\n"
        "Tillfällen med ny text i kalenderfilerna: 3. Telefoner och datorer hämtar den.\n"
    )
    assert step_of(reworded.settings) == newest_step()


@pytest.mark.parametrize("at_once", [1, sequences.MOST_EVENTS])
def test_other_words_raise_what_feeds_tell(
    reworded: Installation, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(sequences, "MOST_EVENTS", at_once)
    before, _houses = books(reworded)
    copied, *said = reworded.run("upgrade").output.splitlines()
    assert said == [
        "Databasen är omställd.",
        "Tillfällen med ny text i kalenderfilerna: 3. Telefoner och datorer hämtar den.",
    ]
    assert [copied] == [f"Säkerhetskopia: {reworded.folder}/backups/{name}" for name in copies(reworded)]
    after, houses = books(reworded)
    assert {title for title in before if after[title] != before[title]} == TOLD
    assert [after[title][0] - before[title][0] for title in TOLD] == [1, 1, 1]
    # No date is newer than its house.
    assert {*houses, *(after[title][1] for title in TOLD)} == {clock.epoch_seconds()}
    assert reworded.run("upgrade").output == UP_TO_DATE


def test_no_date_is_raised_under_a_running_server(reworded: Installation) -> None:
    """It may be one of the version before: phones would fetch the old words under the new number."""
    before = books(reworded)
    with as_server(reworded.settings):
        result = reworded.run("upgrade")
    assert (result.exit_code, result.output) == (
        1,
        "khcal är igång. Stoppa det först och försök sedan igen.\n",
    )
    assert (books(reworded), copies(reworded)) == (before, [])


@pytest.mark.parametrize("command", ["doctor", "init"])
def test_an_upgrade_that_was_forgotten_is_found(reworded: Installation, command: str) -> None:
    before = books(reworded)
    result = reworded.run(command)
    assert result.exit_code == 1
    assert "hör till en annan version" in result.output
    assert "Kör khcal upgrade." in result.output
    assert books(reworded) == before
    reworded.run("upgrade")
    assert "khcal upgrade" not in reworded.run(command).output


def test_a_copy_that_was_put_back_is_told_in_the_words_of_today(
    programme: Installation, frozen_clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = programme.folder / "copy"
    with programme.opened() as app:
        add_steps(app)
        downgrade(revision=OLD_STEP)
    assert programme.run("backup", copy).exit_code == 0
    programme.run("upgrade")
    before, _houses = books(programme)
    frozen_clock.shift(timedelta(hours=1))
    monkeypatch.setattr(sequences, "WORDING", sequences.WORDING + 1)
    assert programme.run("restore", copy).exit_code == 0
    assert programme.run("upgrade").output == UP_TO_DATE
    after, houses = books(programme)
    assert all(after[title] > before[title] for title in TOLD)
    assert min(houses) >= max(stamp for _sequence, stamp in after.values())


def test_a_series_is_told_anew_whole(programme: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    with programme.opened():
        coming = db.session.scalars(db.select(Occurrence).filter_by(id=1)).one().event
        make_occurrence(coming, "2026-01-05 13:00")
        db.session.commit()
    monkeypatch.setattr(sequences, "WORDING", sequences.WORDING + 1)
    assert "kalenderfilerna: 4." in programme.run("upgrade").output
