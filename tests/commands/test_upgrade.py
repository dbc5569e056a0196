"""``khcal upgrade`` after a release that writes dates otherwise: whoever has them fetches them anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from khcal.calendaring import clock
from khcal.db import db
from khcal.models import Chapter, Occurrence, sequences
from tests.commands.conftest import Installation
from tests.factories import make_chapter, make_event
from tests.moments import MOMENT

UP_TO_DATE = "Databasen är redan aktuell.\n"
TOLD_ANEW = "Tillfällen som kalenderfilerna nu skriver med andra ord: 2. De hämtas på nytt.\n"
Books = dict[str, tuple[int, int]]


@pytest.fixture
def programme(any_installation: Installation, frozen_clock: time_machine.Traveller) -> Installation:
    """Dates to come in a house and in one that has closed, with one of each kind that no feed tells."""
    with any_installation.opened():
        house, closed = make_chapter("sjuharad"), make_chapter("goteborg")
        make_event(house, "2026-12-01 13:00", title="Coming")
        make_event(house, "2026-06-01 13:00", title="Long ago")
        make_event(house, "2026-12-02 13:00", title="Draft", published=False)
        make_event(closed, "2026-06-02 13:00", title="Last of all")
        db.session.commit()
        closed.closed_on = MOMENT.date()
        db.session.commit()
    return any_installation


def books(installation: Installation) -> tuple[Books, list[int]]:
    """Sequence and stamp of each date by its title, and when each house was changed."""
    with installation.opened():
        dates = db.session.scalars(db.select(Occurrence)).all()
        told = {date.event.title: (date.sequence, date.changed_at) for date in dates}
        return told, [*db.session.scalars(db.select(Chapter.changed_at).order_by(Chapter.id))]


def test_the_same_words_change_nothing(programme: Installation) -> None:
    before = books(programme)
    assert programme.run("upgrade").output == UP_TO_DATE
    assert books(programme) == before


def test_other_words_raise_what_feeds_tell(
    programme: Installation, frozen_clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, _houses = books(programme)
    frozen_clock.shift(timedelta(hours=1))
    monkeypatch.setattr(sequences, "WORDING", sequences.WORDING + 1)
    assert programme.run("upgrade").output == UP_TO_DATE + TOLD_ANEW
    after, houses_after = books(programme)
    raised = {title for title in before if after[title] != before[title]}
    assert raised == {"Coming", "Last of all"}
    assert [after[title][0] - before[title][0] for title in raised] == [1, 1]
    # No date is newer than its house.
    assert {*houses_after, *(after[title][1] for title in raised)} == {int(clock.now().timestamp())}
    assert programme.run("upgrade").output == UP_TO_DATE
