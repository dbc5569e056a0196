"""When a calendar file says that it was last changed: with what it tells, and never earlier than it said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from khcal.calendaring import clock
from khcal.calendaring.terms import Appearance, Audience, Form, Kind, Signup
from khcal.db import db
from khcal.models import Chapter, Event, Listing, Occurrence
from khcal.models.bookkeeping import recompute_listing
from khcal.models.closing import close_on
from khcal.models.group_addresses import move_group
from khcal.models.owning import give
from khcal.models.sharing import hide_in, show_again_in
from tests.factories import make_chapter, make_closure, make_event

HOUSES = ("/vard", "/gast")
CHOSEN = ("?typ=samtal", "?for=narstaende", "?form=pa-plats", "?anmalan=utan")
WHOLE = ("/alla.ics", *(f"{house}{end}" for house in HOUSES for end in (".ics", "/diskret.ics")))
OF_GROUPS = tuple(f"{house}/aktivitet/fika{end}" for house in HOUSES for end in (".ics", "/diskret.ics"))
FILTERED = tuple(f"{feed}{query}" for feed in WHOLE[1:] for query in (*CHOSEN, "?sok=kaffe"))
FEEDS = (*WHOLE, *OF_GROUPS, *FILTERED)
Rises = Callable[[str, Callable[[], object]], bool]


def fika() -> Event:
    return db.session.scalars(db.select(Event).filter_by(title="Fika")).one()


@pytest.fixture
def shared(app: Flask, frozen_clock: time_machine.Traveller) -> Flask:
    """An activity that two houses show, changed last of all; another of its group, and one of none."""
    with app.app_context():
        owner, guest = make_chapter("vard"), make_chapter("gast")
        make_event(owner, "2026-12-02 10:00", title="Yoga", shown_in=(guest,))
        make_event(owner, "2026-12-04 10:00", title="Ny fika", slug="fika", shown_in=(guest,))
        make_event(
            owner,
            "2026-12-03 10:00",
            title="Fika",
            text="Kaffe finns.",
            shown_in=(guest,),
            kind=Kind.CONVERSATION,
            audience=frozenset({Audience.RELATIVE}),
            signup=Signup.NONE,
        )
        db.session.commit()
        for day in range(10, 20):
            # Many times in one action, which is one step.
            fika().occurrences[0].move(datetime(2026, 12, day, 10), datetime(2026, 12, day, 12), "")
            db.session.flush()
        db.session.commit()
    return app


def hide(event: Event) -> None:
    hide_in(event, event.shown_in[1].chapter)


def share_no_longer(event: Event) -> None:
    event.show_in(())


def give_away(event: Event) -> None:
    give(db.session(), [event], event.shown_in[1].chapter, "fika", keeps_showing=False)


def leave_its_group(event: Event) -> None:
    move_group(db.session(), [event], event.chapter, "kaffe")


def be_for_others(event: Event) -> None:
    event.audience = frozenset({Audience.MEMBER})


def be_something_else(event: Event) -> None:
    event.kind = Kind.MOVEMENT


def go_online(event: Event) -> None:
    event.form = Form.ONLINE


def go_online_once(event: Event) -> None:
    event.occurrences[0].form = Form.ONLINE


def ask_for_names(event: Event) -> None:
    event.signup = Signup.REQUIRED


def say_less(event: Event) -> None:
    event.text = ""


def close_its_house(event: Event) -> None:
    event.chapter.closed_on = clock.today() - timedelta(days=1)


ACTS = (
    *(hide, share_no_longer, give_away, leave_its_group, be_for_others, be_something_else, go_online),
    *(go_online_once, ask_for_names, say_less, close_its_house),
)


def stamps(app: Flask, feeds: Iterable[str] = FEEDS) -> dict[str, str]:
    """What each file says of itself: the first such line."""
    client, found = app.test_client(), {}
    for feed in feeds:
        said = re.search(r"LAST-MODIFIED:(\w+)", client.get(feed).text)
        assert said, feed
        found[feed] = said[1]
    return found


@pytest.mark.parametrize("act", ACTS)
def test_no_file_says_that_it_grew_older(shared: Flask, act: Callable[[Event], None]) -> None:
    before = stamps(shared)
    with shared.app_context():
        act(fika())
        db.session.commit()
    after = stamps(shared)
    assert {feed: stamp for feed, stamp in after.items() if stamp < before[feed]} == {}


@pytest.mark.parametrize("act", [hide, share_no_longer])
def test_a_file_that_lost_a_date_says_so(
    shared: Flask, frozen_clock: time_machine.Traveller, act: Callable[[Event], None]
) -> None:
    frozen_clock.shift(timedelta(hours=1))
    with shared.app_context():
        act(fika())
        db.session.commit()
    told = stamps(shared)
    assert {told[f"/gast{end}"] for end in (".ics", "/diskret.ics", "/aktivitet/fika.ics")} == {
        clock.to_utc(clock.now()).strftime("%Y%m%dT%H%M%SZ")
    }


def test_what_is_shown_again_goes_on_from_there(shared: Flask) -> None:
    with shared.app_context():
        hide(fika())
        db.session.commit()
    before = stamps(shared)
    with shared.app_context():
        show_again_in(fika(), fika().shown_in[1].chapter)
        db.session.commit()
    after = stamps(shared)
    assert {feed: stamp for feed, stamp in after.items() if stamp < before[feed]} == {}


def draft(event: Event) -> None:
    make_event(event.chapter, "2026-12-09 10:00", title="Kommer kanske", published=False)


def greet(event: Event) -> None:
    event.chapter.greeting = "Välkommen in."


def charge(event: Event) -> None:
    event.price = 40


def hide_a_draft(event: Event) -> None:
    other = make_event(event.chapter, title="Bad", published=False, shown_in=(event.shown_in[1].chapter,))
    db.session.flush()
    hide_in(other, event.shown_in[1].chapter)


@pytest.mark.parametrize("act", [draft, greet, charge, hide_a_draft])
def test_what_no_feed_tells_changes_no_byte(shared: Flask, act: Callable[[Event], None]) -> None:
    asked = [feed for feed in FEEDS if "sok" not in feed]
    client = shared.test_client()
    before = {feed: client.get(feed).data for feed in asked}
    with shared.app_context():
        act(fika())
        db.session.commit()
    assert {feed: client.get(feed).data for feed in asked} == before


def test_what_is_moved_beyond_the_days_told_and_back_is_no_loss(shared: Flask) -> None:
    """It is told of where it was; only what leaves the feed without a word counts."""
    with shared.app_context():
        event = fika()
        for far in (datetime(2029, 1, 4, 10), datetime(2026, 12, 10, 10)):
            event.occurrences[0].move(far, far + timedelta(hours=2), "")
            db.session.commit()
        assert event.chapter.dropped_at == 0


@pytest.fixture
def rises(app: Flask, frozen_clock: time_machine.Traveller) -> Rises:
    """Whether a file says that it is newer once something is done an hour later."""

    def around(feed: str, act: Callable[[], object]) -> bool:
        before = stamps(app, (feed,))[feed]
        frozen_clock.shift(timedelta(hours=1))
        act()
        db.session.commit()
        return stamps(app, (feed,))[feed] > before

    return around


def test_a_closure_that_ends_earlier_is_lost_before_the_days_told(app: Flask, rises: Rises) -> None:
    def end_earlier() -> None:
        close_on(db.session.scalars(db.select(Occurrence)).one(), date(2026, 9, 1), date(2026, 9, 10))

    with app.app_context():
        make_closure(make_chapter("vard"), date(2026, 9, 1), date(2026, 12, 1))
        db.session.commit()
        assert rises("/vard.ics", end_earlier)


def test_what_was_over_long_ago_is_no_loss(app: Flask) -> None:
    with app.app_context():
        owner, guest = make_chapter("vard"), make_chapter("gast")
        event = make_event(owner, "2026-06-04 10:00", title="Fika", shown_in=(guest,))
        db.session.commit()
        hide_in(event, guest)
        db.session.commit()
        assert guest.dropped_at == 0


def test_a_group_keeps_its_stamp_where_it_goes(app: Flask, rises: Rises) -> None:
    """It has no date on the days told of: only what its first house lost says when it was changed."""

    def give_to_other() -> None:
        other = db.session.scalars(db.select(Chapter).filter_by(slug="gast")).one()
        give(db.session(), [fika()], other, "fika", keeps_showing=False)

    with app.app_context():
        owner, _other = make_chapter("vard"), make_chapter("gast")
        make_event(owner, "2026-09-01 10:00", title="Fika")
        yoga = make_event(owner, "2026-12-05 10:00", title="Yoga")
        db.session.commit()
        move_group(db.session(), [yoga], owner, "yogan")
        db.session.commit()
        assert rises("/vard/aktivitet/fika.ics", give_to_other)


def test_what_doctor_takes_away_is_a_loss(app: Flask, rises: Rises) -> None:
    with app.app_context():
        row = make_event(make_chapter("vard"), "2026-12-03 10:00").occurrences[0]
        guest = make_chapter("gast")
        told_too_much = {"chapter_id": guest.id, "day": row.starts_at.date(), "occurrence_id": row.id}
        db.session.execute(db.insert(Listing.__table__).values(**told_too_much, kind=Appearance.START))
        db.session.commit()
        assert rises("/gast.ics", lambda: recompute_listing(db.session()))


def test_a_closed_house_loses_what_was_before_the_days_told(app: Flask, rises: Rises) -> None:
    """It goes on telling of its last day, and of what others had there since."""
    with app.app_context():
        owner, guest = make_chapter("vard"), make_chapter("gast")
        guest.closed_on = date(2026, 9, 1)
        make_event(owner, "2026-09-15 10:00", title="Fika", shown_in=(guest,))
        db.session.commit()
        assert rises("/gast.ics", lambda: hide(fika()))


def test_what_a_closed_house_calls_off_no_more_is_lost_from_all_houses(app: Flask, rises: Rises) -> None:
    def take_back() -> None:
        fika().occurrences[0].restore()

    with app.app_context():
        make_event(make_chapter("gast"), "2026-12-05 10:00", title="Yoga")
        event = make_event(make_chapter("vard"), "2026-12-03 10:00", title="Fika")
        event.chapter.closed_on = date(2026, 11, 20)
        event.occurrences[0].cancel("Huset är stängt.")
        db.session.commit()
        assert rises("/alla.ics", take_back)
