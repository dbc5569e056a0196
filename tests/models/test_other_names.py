"""Another name, and dates that say something themselves: addresses and looks stay where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from flask import Flask

from khcal import queries
from khcal.calendaring.terms import Form, Kind
from khcal.db import db
from khcal.models import Chapter, OldAddress
from khcal.models.applying import planned_dates
from khcal.models.archiving import delete_draft
from khcal.models.bookkeeping import listing_differences
from khcal.models.closing import word_closure
from khcal.models.group_addresses import free_slug, group_of, is_address_of, move_group
from khcal.models.own_looks import change_alone, changed_looks, follow_looks, keep_looks, looks_of
from tests.factories import make_chapter, make_event, make_room
from tests.models.acting import act, olds, take_back
from tests.models.changing import changing
from tests.models.changing import take_back as undo
from tests.tables import for_each


@pytest.fixture(autouse=True)
def _inside(any_engine_app: Flask) -> Iterator[None]:
    with any_engine_app.app_context():
        yield
        assert listing_differences(db.session()) == (set(), set())


@pytest.fixture
def here() -> Chapter:
    return make_chapter("har", name="Här", street="Storgatan 1", city="Borås")


# Another name.


def test_a_renamed_group_keeps_its_old_address(here: Chapter) -> None:
    events = [make_event(here, f"2026-12-0{day} 13:00") for day in (1, 2)]
    act("rename")
    move_group(db.session(), events, here, "kvallsmaleri")
    db.session.commit()
    assert olds() == [("har", "malarkvall", "har", "kvallsmaleri")]
    assert queries.new_group_slug(here.id, "malarkvall") == "kvallsmaleri"


def test_renamed_twice_both_old_addresses_lead_to_the_last(here: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00")
    for slug in ("b", "c"):
        act("rename")
        move_group(db.session(), [event], here, slug)
    assert olds() == [("har", "b", "har", "c"), ("har", "malarkvall", "har", "c")]
    act("rename")
    move_group(db.session(), [event], here, "malarkvall")
    assert olds() == [("har", "b", "har", "malarkvall"), ("har", "c", "har", "malarkvall")]


def test_an_address_still_in_use_is_no_old_one(here: Chapter) -> None:
    one, _other = (make_event(here, f"2026-12-0{day} 13:00") for day in (1, 2))
    act("rename")
    move_group(db.session(), [one], here, "egen")
    assert olds() == []


def test_an_old_address_that_somehow_is_in_use_leads_on_all_the_same(here: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00")
    db.session.add(OldAddress(chapter_id=here.id, slug=event.slug, new_chapter_id=here.id, new_slug="borta"))
    act("rename")
    move_group(db.session(), [event], here, "nytt")
    db.session.commit()
    assert olds() == [("har", "malarkvall", "har", "nytt")]


def test_nobody_knows_the_address_of_a_draft(here: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00", published=False)
    act("rename")
    move_group(db.session(), [event], here, "nytt")
    assert olds() == []


def test_a_new_group_takes_no_address_that_another_had(here: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00")
    move_group(db.session(), [event], here, "nytt")
    assert free_slug(db.session(), here.id, "Målarkväll") == "malarkvall-2"
    assert free_slug(db.session(), here.id, "Målarkväll", [event.id]) == "malarkvall"
    assert free_slug(db.session(), here.id, "Nytt") == "nytt-2"
    assert group_of(db.session(), here.id, "nytt") == [event]


def test_renaming_can_be_undone(here: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00")
    act("rename")
    event.title = "Nytt"
    move_group(db.session(), [event], here, "nytt")
    take_back()
    assert (event.title, event.slug) == ("Målarkväll", "malarkvall")
    assert olds() == [("har", "nytt", "har", "malarkvall")]


def test_an_undo_leaves_no_old_address_that_is_in_use(here: Chapter) -> None:
    one, other = (make_event(here, f"2026-12-0{day} 13:00") for day in (1, 2))
    with changing() as first:
        move_group(db.session(), [one], here, "yin")
    with changing():
        move_group(db.session(), [other], here, "ym")
    assert undo(first[0])[1] == []
    assert (one.slug, other.slug) == ("malarkvall", "ym")
    assert olds() == [("har", "yin", "har", "malarkvall")]


def test_a_draft_that_is_there_again_has_its_address_back(here: Chapter) -> None:
    draft = make_event(here, "2026-12-01 13:00", title="Yin", published=False)
    event = make_event(here, "2026-12-02 13:00")
    db.session.commit()
    with changing("delete-draft") as change:
        delete_draft(db.session(), draft)
    for slug in ("yin", "ym"):
        with changing():
            move_group(db.session(), [event], here, slug)
    assert ("har", "yin", "har", "ym") in olds()
    assert undo(change[0])[1] == []
    assert olds() == [("har", "malarkvall", "har", "ym")]


def test_an_older_address_leads_to_its_own_group_again(here: Chapter) -> None:
    one, other = make_event(here, "2026-12-01 13:00"), make_event(here, "2026-12-02 13:00", title="Ym")
    move_group(db.session(), [one], here, "yin")
    db.session.commit()
    with changing() as change:
        move_group(db.session(), [one], here, "ym")
    assert {old[3] for old in olds()} == {"ym"}
    assert undo(change[0])[1] == []
    assert (one.slug, other.slug, olds()) == ("yin", "ym", [("har", "malarkvall", "har", "yin")])


@for_each(
    ("title", "slug", "expected"),
    [
        ("Öppet hus", "oppet-hus", True),
        ("Öppet hus", "oppet-hus-2", True),
        ("Öppet hus 2", "oppet-hus", False),
        ("Öppet", "oppet-hus", False),
    ],
)
def test_whose_address_it_is(title: str, slug: str, expected: bool) -> None:
    assert is_address_of(title, slug) is expected


# What single dates say themselves.


def test_earlier_dates_stay_as_they_were(here: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00", "2026-12-08 13:00", leader="", room=make_room(here))
    act()
    was, sequences = looks_of(event), [row.sequence for row in event.occurrences]
    with db.session.no_autoflush:
        event.title, event.leader, event.form = "Ny", "Kurator", Form.HYBRID
        keep_looks(event, changed_looks(was, looks_of(event)), date(2026, 12, 8))
    db.session.commit()
    first, second = event.occurrences
    assert (first.title, first.leader, first.form, first.room_id) == ("Målarkväll", "", Form.ONSITE, None)
    assert (second.title, second.leader, second.form) == (None, None, None)
    assert [row.sequence for row in event.occurrences] == [sequences[0], sequences[1] + 1]
    follow_looks(event, ["title"], [first.id])
    assert first.title is None


def test_one_date_alone_and_like_the_rest_again(here: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00", "2026-12-08 13:00")
    event.start_time, event.end_time = datetime(1, 1, 1, 13).time(), datetime(1, 1, 1, 15).time()
    row = event.occurrences[0]
    usual = {"title": None, "short_text": None, "room_id": None, "leader": None, "form": None}
    change_alone(row, usual | {"title": "Gäst"}, row.starts_at, row.ends_at)
    assert (row.title, row.by_hand) == ("Gäst", True)
    change_alone(row, usual, row.starts_at, row.ends_at.replace(hour=16))
    assert (row.title, row.by_hand) == (None, True)
    change_alone(row, usual | {"title": event.title}, row.starts_at, row.ends_at.replace(hour=15))
    assert (row.title, row.by_hand) == (None, False)


def test_a_date_beside_one_that_was_withdrawn_is_the_only_one(here: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00", "2026-12-08 13:00", kind=Kind.CLOSURE)
    row, withdrawn = event.occurrences
    withdrawn.withdraw()
    row.move(row.starts_at.replace(hour=10), row.ends_at)
    assert [(each.id, each.by_hand) for each in planned_dates(event)] == [(row.id, False)]
    change_alone(row, {"title": None}, row.starts_at, row.ends_at)
    assert not row.by_hand
    word_closure(row, "Stängt", "")
    assert (event.title, row.title) == ("Stängt", None)
