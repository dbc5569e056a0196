"""Importing again into a calendar where people have worked since: nothing doubles, theirs stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from khcal.calendaring.import_plan import ImportPlan
from khcal.calendaring.programme_rows import COLUMNS
from khcal.calendaring.terms import Kind, Places, Status
from khcal.commands.import_programme import prepare
from khcal.db import db
from khcal.models import BreakPeriod, ChangedRow, Chapter, Event, Occurrence, OldAddress, Room
from khcal.models.importing import apply_import
from tests.unit.sheets import ONCE, SAMPLE, sheet

WEDNESDAYS = {
    "startdatum": "2027-01-13",
    "veckodag": "onsdag",
    "rrule": "FREQ=WEEKLY;BYDAY=WE",
    "slutdatum": "2027-02-10",
}
TUESDAYS = {
    "startdatum": "2027-01-12",
    "veckodag": "tisdag",
    "rrule": "FREQ=WEEKLY;BYDAY=TU",
    "slutdatum": "2027-02-09",
}


@pytest.fixture(autouse=True)
def houses(session: scoped_session[Session]) -> None:
    """The five houses."""
    run((SAMPLE / "chapters.json", (SAMPLE / "chapters.json").read_bytes()))


def run(*contents: tuple[Path, bytes]) -> ImportPlan:
    plan = prepare(db.session(), contents)
    apply_import(db.session(), plan)
    db.session.commit()
    return plan


def import_sample() -> ImportPlan:
    return run(
        *((SAMPLE / name, (SAMPLE / name).read_bytes()) for name in ("programme.csv", "chapters.json"))
    )


def load(*rows: Mapping[str, str]) -> ImportPlan:
    """Import a programme of these rows, by default Tuesdays in the spring."""
    return run((Path("program.csv"), sheet(*({**TUESDAYS, **row} for row in rows))))


def event(key: str = "SJ-01") -> Event:
    return db.session.scalars(select(Event).filter_by(import_key=key)).one()


def occurrence(day: str) -> Occurrence:
    return db.session.scalars(select(Occurrence).filter_by(import_key=day)).one()


def starts() -> list[str]:
    return [f"{each.starts_at:%d/%m %H:%M} {each.status}" for each in event().occurrences]


def counts() -> list[int | None]:
    models = (Chapter, Room, BreakPeriod, Event, Occurrence)
    return [db.session.scalar(select(func.count()).select_from(model)) for model in models]


def books_of_all() -> list[tuple[object, ...]]:
    """What subscribers and the history see move: houses, dates and how much was written down."""
    columns = (
        (Chapter.revision, Chapter.changed_at),
        (Event.id, Event.version),
        (Occurrence.id, Occurrence.version, Occurrence.sequence, Occurrence.changed_at),
        (func.count(ChangedRow.id),),
    )
    return [tuple(row) for each in columns for row in db.session.execute(select(*each).order_by(each[0]))]


def test_twice_is_as_once() -> None:
    load(
        {
            "rum": "Köket",
            "avdelning": "sjuharad|stockholm|goteborg",
            "flyttade_datum": "2027-01-12>2027-01-13",
        }
    )
    before = counts()
    books = books_of_all()
    plan = load(
        {
            "rum": "Köket",
            "avdelning": "sjuharad|stockholm|goteborg",
            "flyttade_datum": "2027-01-12>2027-01-13",
        }
    )
    assert not plan.events[0].changes_something
    assert counts() == before
    assert books_of_all() == books


def test_the_sample_twice_on_either_engine(any_engine_app: Flask) -> None:
    with any_engine_app.app_context():
        plan = import_sample()
        assert any(event.changes_something for event in plan.events)
        books = books_of_all()
        plan = import_sample()
        assert not any(event.changes_something for event in plan.events)
        assert counts() == [5, 12, 12, 74, 579]
        assert books_of_all() == books


def test_what_people_changed_stays() -> None:
    load({})
    event().title, event().price, event().neutral_title = "Måleri", 20, "Verkstad"
    occurrence("2027-01-19").cancel("Ledaren är sjuk.")
    occurrence("2027-01-26").move(datetime(2027, 1, 27, 9), datetime(2027, 1, 27, 10))
    occurrence("2027-02-02").places = Places.FEW
    db.session.commit()
    load({"platser": "9"})
    assert (event().title, event().price, event().capacity) == ("Måleri", 20, 9)
    assert event().neutral_title == "Verkstad"
    assert starts()[1:3] == ["19/01 13:00 cancelled", "27/01 09:00 planned"]
    assert occurrence("2027-02-02").places is Places.FEW


def test_a_house_that_people_changed_stays() -> None:
    house = db.session.scalars(select(Chapter).filter_by(slug="sjuharad")).one()
    house.street, house.directions = "Nygatan 1", "Ta hissen."
    db.session.delete(house.breaks[0])
    db.session.commit()
    text = (
        (SAMPLE / "chapters.json")
        .read_text()
        .replace('"municipality": "Borås"', '"municipality": "Svenljunga"')
    )
    run((Path("hus.json"), text.encode()))
    db.session.refresh(house)
    assert (house.street, house.directions, house.municipality) == ("Nygatan 1", "Ta hissen.", "Svenljunga")
    assert house.breaks == []


def test_a_room_that_people_renamed_is_not_made_again() -> None:
    load({"rum": "Köket"})
    db.session.scalars(select(Room).filter_by(name="Köket")).one().name = "Stora köket"
    db.session.commit()
    load({"rum": "Köket"})
    rooms = select(Room.name).join(Room.chapter).where(Chapter.slug == "sjuharad").order_by(Room.name)
    assert db.session.scalars(rooms).all() == ["Målarverkstad", "Stora köket"]
    assert db.session.scalars(select(Room.name).join(Event, Event.room_id == Room.id)).all() == [
        "Stora köket"
    ]


def test_another_weekday_keeps_every_uid_and_leaves_traces() -> None:
    load({})
    uids = [each.uid for each in event().occurrences]
    load(WEDNESDAYS)
    db.session.expire_all()
    assert [each.uid for each in event().occurrences] == uids
    assert [each.slot for each in event().occurrences][:2] == [date(2027, 1, 13), date(2027, 1, 20)]
    assert [trace.day for trace in occurrence("2027-01-20").traces] == [date(2027, 1, 19)]
    assert not any(each.by_hand for each in event().occurrences)


def test_slots_that_change_hands_do_not_collide() -> None:
    both = {"rrule": "FREQ=WEEKLY;BYDAY=TU,TH"}
    load(both | {"slutdatum": "2027-01-21"})
    load(
        {
            "rrule": "FREQ=WEEKLY;BYDAY=TH,FR",
            "startdatum": "2027-01-14",
            "veckodag": "",
            "slutdatum": "2027-01-22",
        }
    )
    db.session.expire_all()
    slots = [each.slot for each in event().occurrences if each.status is Status.PLANNED]
    assert slots == [date(2027, 1, day) for day in (14, 15, 21, 22)]


def test_a_skipped_date_that_was_public_is_cancelled_and_keeps_its_slot() -> None:
    load({})
    load({"exdatum": "2027-01-19", "uppehåll_text": "Uppehåll v. 3 (studiedag)"})
    gone = occurrence("2027-01-19")
    assert (gone.status, gone.reason, gone.slot) == (Status.CANCELLED, "Studiedag", date(2027, 1, 19))
    assert event().skips == {}
    load({})
    assert occurrence("2027-01-19").status is Status.PLANNED


def test_a_row_that_is_gone_is_told_and_left_alone() -> None:
    load({}, {"id": "SJ-02"})
    plan = load({"id": "SJ-02"})
    assert [each.key for each in plan.missing] == ["SJ-01"]
    assert len(event().occurrences) == 5


def test_another_title_keeps_the_old_address_of_the_group() -> None:
    load({}, {"id": "SJ-02"})
    load({"titel": "Måleri"}, {"id": "SJ-02"})
    assert not db.session.scalars(select(OldAddress)).all(), "the other row still has it"
    load({"titel": "Måleri"}, {"id": "SJ-02", "titel": "Måleri"})
    old = db.session.scalars(select(OldAddress)).one()
    assert (old.slug, old.new_slug) == ("malarverkstad", "maleri")


def test_a_title_that_comes_back_leaves_no_old_address_that_is_in_use() -> None:
    for title in ("Yoga", "Yin", "Yoga"):
        load({"titel": title})
    assert event().slug == "yoga"
    assert [(old.slug, old.new_slug) for old in db.session.scalars(select(OldAddress))] == [("yin", "yoga")]


def test_a_new_row_takes_an_old_address_into_use() -> None:
    load({"titel": "Yoga"})
    load({"titel": "Yin"}, {"id": "SJ-02", "titel": "Yoga"})
    assert not db.session.scalars(select(OldAddress)).all()


def test_a_new_owner_keeps_the_uid() -> None:
    load({"avdelning": "sjuharad|goteborg"})
    uids = {each.uid for each in event().occurrences}
    load({"avdelning": "goteborg|stockholm"})
    db.session.expire_all()
    assert event().chapter.slug == "goteborg"
    assert {shown.chapter.slug for shown in event().shown_in} == {"goteborg", "stockholm"}
    assert {each.uid for each in event().occurrences} == uids
    old = db.session.scalars(select(OldAddress)).one()
    assert (old.slug, old.new_slug, old.new_chapter_id) == (event().slug, event().slug, event().chapter_id)


def test_what_people_made_themselves_is_told_when_the_room_is_taken() -> None:
    load({"rum": "Köket"})
    house = event().chapter
    own = Event(uid="egen", chapter=house, slug="mote", title="Möte", kind=Kind.ADVICE, room=event().room)
    own.show_in(())
    db.session.add(own)
    own.add_date("egen-1", datetime(2027, 1, 12, 14), datetime(2027, 1, 12, 15)).publish()
    db.session.commit()
    plan = load({"rum": "Köket"})
    assert [(type(each).__name__, each.day) for each in plan.cautions] == [("RoomClash", date(2027, 1, 12))]


def test_a_cancelled_single_date_that_takes_place_again() -> None:
    load(
        {
            **ONCE,
            "startdatum": "2027-01-12",
            "slutdatum": "2027-01-12",
            "status": "inställd",
            "statustext": "Snö.",
        }
    )
    assert occurrence("2027-01-12").reason == "Snö."
    load({**ONCE, "startdatum": "2027-01-12", "slutdatum": "2027-01-12"})
    assert (occurrence("2027-01-12").status, occurrence("2027-01-12").reason) == (Status.PLANNED, "")


def test_a_group_that_gets_another_beside_it_is_written_in_the_books() -> None:
    def load_beside(key: str) -> None:
        rows = ({**TUESDAYS, "id": "SJ-01", "samtidigt_med": key}, {**TUESDAYS, "id": "SJ-02"})
        run((Path("program.csv"), sheet(*rows, header=(*COLUMNS, "samtidigt_med"))))

    load_beside("")
    load_beside("SJ-02")
    assert event().sibling is event("SJ-02")
    written = db.session.scalars(select(ChangedRow).filter_by(table_name="event", row_id=str(event().id)))
    assert written.all()[-1].after["sibling_id"] == event("SJ-02").id
