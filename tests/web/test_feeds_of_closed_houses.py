"""A house that closes for good does not just fall silent: its feeds say so, and after a year are gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from time_machine import Traveller

from khcal.calendaring.clock import ZONE
from khcal.db import db
from khcal.models import Chapter
from tests.factories import make_event, make_room
from tests.interop.lint import faults, parts, unfolded
from tests.people import ADMIN, client_of
from tests.web.accounts import send

FEEDS = ("/sjuharad.ics", "/sjuharad/diskret.ics", "/alla.ics")
# What one chose of a house, whether any date fits or not.
NARROWED = (
    *("/sjuharad.ics?typ=rorelse", "/sjuharad.ics?typ=skapande", "/sjuharad.ics?sok=lunchyoga"),
    *("/sjuharad.ics?for=volontarer&form=digitalt", "/sjuharad/diskret.ics?typ=rorelse"),
)
GROUPS = ("/sjuharad/aktivitet/lunchyoga.ics", "/sjuharad/aktivitet/lunchyoga/diskret.ics")


@pytest.fixture
def staff_app(staff_app: Flask) -> Flask:
    """With a group that met last week and meets next week and in a month, and another of the other house."""
    with staff_app.app_context():
        here, there = db.session.scalars(select(Chapter).order_by(Chapter.id)).all()
        make_event(here, "2026-11-17 12:00", "2026-12-01 12:00", "2026-12-29 12:00", title="Lunchyoga")
        make_event(there, "2026-12-01 13:00", title="Fika")
        db.session.commit()
    return staff_app


@pytest.fixture
def client(staff_app: Flask) -> FlaskClient:
    return staff_app.test_client()


def closing(app: Flask) -> str:
    with app.app_context():
        number = db.session.scalars(select(Chapter.id).where(Chapter.slug == "sjuharad")).one()
    return f"/personal/hus/{number}"


@pytest.fixture
def closed(staff_app: Flask) -> Flask:
    admin = client_of(staff_app, ADMIN)
    assert send(admin, f"{closing(staff_app)}/stang", cancel_dates="y").status_code == 303
    return staff_app


def entries(client: FlaskClient, path: str) -> dict[str, dict[str, str]]:
    """The dates of a feed by uid, each as its lines."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert faults(answer.data, discreet="diskret" in path) == []
    found = [dict(line.split(":", 1) for line in event) for event in parts(unfolded(answer.data))[1]]
    return {event["UID"]: event for event in found}


@pytest.mark.parametrize("path", FEEDS)
def test_every_date_is_called_off_and_a_last_one_says_that_it_closed(staff_app: Flask, path: str) -> None:
    client = staff_app.test_client()
    before = entries(client, path)
    send(client_of(staff_app, ADMIN), f"{closing(staff_app)}/stang", cancel_dates="y")
    after = entries(client, path)
    new = [after[uid] for uid in after.keys() - before.keys()]
    assert [event["DTSTART;VALUE=DATE"] for event in new] == ["20261124"]
    title = "Stängt" if "diskret" in path else "Kraftens hus Sjuhärad har stängt"
    assert new[0]["SUMMARY"] == title
    kept = before.keys() & after.keys()
    assert len(kept) == len(before) - (path == "/alla.ics")
    changed = {uid for uid in kept if after[uid] != before[uid]}
    assert [after[uid]["STATUS"] for uid in changed] == ["CANCELLED"] * 2
    assert all(int(after[uid]["SEQUENCE"]) == int(before[uid]["SEQUENCE"]) + 1 for uid in changed)


@pytest.mark.parametrize("path", GROUPS)
def test_a_group_keeps_its_feed(closed: Flask, client: FlaskClient, path: str) -> None:
    group = [event for event in entries(client, path).values() if "DTSTART;VALUE=DATE" not in event]
    assert sorted(event["STATUS"] for event in group) == ["CANCELLED", "CANCELLED", "CONFIRMED"]


@pytest.mark.parametrize("path", [*NARROWED, *GROUPS])
def test_the_last_date_is_in_every_part_of_the_feed(closed: Flask, client: FlaskClient, path: str) -> None:
    (last,) = [event for event in entries(client, path).values() if "DTSTART;VALUE=DATE" in event]
    assert (last["DTSTART;VALUE=DATE"], last["STATUS"]) == ("20261124", "CONFIRMED")
    title = "Stängt" if "diskret" in path else "Kraftens hus Sjuhärad har stängt"
    assert last["SUMMARY"] == title
    assert last == entries(client, FEEDS["diskret" in path])[last["UID"]]


def test_the_feed_of_the_last_date_has_it_once(closed: Flask, client: FlaskClient) -> None:
    assert len(parts(unfolded(client.get("/sjuharad/aktivitet/stangt-for-gott.ics").data))[1]) == 1


def test_other_houses_feeds_say_nothing_of_it(closed: Flask, client: FlaskClient) -> None:
    for path in ("/goteborg.ics?typ=skapande", "/goteborg/aktivitet/fika.ics"):
        assert [event["SUMMARY"] for event in entries(client, path).values()] == ["Fika"]


def test_the_pages_are_gone_at_once(closed: Flask, client: FlaskClient) -> None:
    for path in ("/sjuharad/", "/skarm/sjuharad", "/skarm/sjuharad/program.json", "/sjuharad/prenumerera"):
        assert client.get(path).status_code == 404


def test_the_last_word_stays_for_a_year_and_then_the_feed_is_gone(
    closed: Flask, client: FlaskClient, frozen_clock: Traveller
) -> None:
    day = datetime(2026, 11, 24, 13, 12, tzinfo=ZONE)
    for path in (*FEEDS[:2], *NARROWED, *GROUPS):
        frozen_clock.move_to(day + timedelta(days=365))
        assert any(
            "har stängt" in e["SUMMARY"] or e["SUMMARY"] == "Stängt" for e in entries(client, path).values()
        )
        frozen_clock.move_to(day + timedelta(days=366))
        gone = client.get(path)
        assert (gone.status_code, gone.mimetype) == (410, "text/plain")
        assert "Huset har stängt" in gone.text


def test_last_modified_of_all_houses_does_not_step_back(
    closed: Flask, client: FlaskClient, frozen_clock: Traveller
) -> None:
    """The house that changed last is the one that closed."""
    frozen_clock.shift(timedelta(minutes=1))
    with closed.app_context():
        make_room(db.session.scalars(select(Chapter).filter_by(slug="sjuharad")).one(), "Salen")
        db.session.commit()
    told = parsedate_to_datetime(client.get("/alla.ics").headers["Last-Modified"])
    with closed.app_context():
        stamps = {row.slug: row.changed_at for row in db.session.scalars(select(Chapter))}
    assert stamps["sjuharad"] > stamps["goteborg"]
    assert told.timestamp() == stamps["sjuharad"]


@pytest.mark.parametrize("query", ["", "?typ=rorelse"])
def test_programs_that_read_json_are_told_the_same(
    closed: Flask, client: FlaskClient, frozen_clock: Traveller, query: str
) -> None:
    for days in (0, 365):
        frozen_clock.shift(timedelta(days=days))
        told = {each["uid"]: each for each in client.get(f"/sjuharad.json{query}").get_json()["dates"]}
        fed = entries(client, f"/sjuharad.ics{query}")
        assert "closure" in {each["kind"] for each in told.values()}
        assert {uid for uid, each in told.items() if each["status"] == "cancelled"} == {
            uid for uid, each in fed.items() if each["STATUS"] == "CANCELLED"
        }
        assert told.keys() == fed.keys()
    frozen_clock.shift(timedelta(days=1))
    gone = client.get("/sjuharad.json")
    assert (gone.status_code, gone.mimetype) == (410, "text/plain")
    assert client.get("/skarm/sjuharad/program.json").status_code == 404


@pytest.mark.parametrize("path", [FEEDS[0], NARROWED[0], GROUPS[0]])
def test_a_house_that_opens_again_says_so(closed: Flask, client: FlaskClient, path: str) -> None:
    last = next(uid for uid, event in entries(client, path).items() if "har stängt" in event["SUMMARY"])
    was = entries(client, path)[last]
    assert (
        send(
            client_of(closed, ADMIN), "/personal/hus", form=f"form[action='{closing(closed)}/oppna']"
        ).status_code
        == 303
    )
    now = entries(client, path)[last]
    assert (now["STATUS"], int(now["SEQUENCE"])) == ("CANCELLED", int(was["SEQUENCE"]) + 1)
    assert now["SUMMARY"].startswith("ÖPPET SOM VANLIGT")
    assert client.get("/sjuharad/").status_code == 200
    assert "har stängt" not in client.get("/sjuharad/dag/2026-11-24").text
