"""An answer hangs on the houses that it really shows, whatever its address says."""

from __future__ import annotations

import pytest
from flask import Flask

from khcal.db import db
from khcal.models import Chapter, Event
from khcal.models.group_addresses import move_group
from khcal.models.owning import give
from khcal.web.kept import kept_answers_of
from tests.databases import forget_kept
from tests.factories import make_chapter, make_event, make_notice
from tests.html import words
from tests.web.addresses import PUBLIC

# These have nothing to keep: a search, redirects, health, and files of another release.
UNKEPT = (
    "/stockholm/?fran=2026-12-18&sok=fika",
    "/q/sjuharad",
    "/q/sjuharad/",
    "/halsa",
    *PUBLIC["/skarm/fil/<>/<>"],
)


def house(slug: str) -> Chapter:
    return db.session.scalars(db.select(Chapter).filter_by(slug=slug)).one()


@pytest.fixture
def given(app: Flask) -> int:
    """A group that ``har`` gave to ``dar``; the id of its date."""
    with app.app_context():
        here, there = make_chapter("har", name="Här"), make_chapter("dar", name="Där")
        event = make_event(here, "2026-12-01 13:00")
        db.session.commit()
        give(db.session(), [event], there, "malarkvall", keeps_showing=False)
        db.session.commit()
        return event.occurrences[0].id


def test_a_file_at_the_address_of_the_house_that_gave_it_away(app: Flask, given: int) -> None:
    client = app.test_client()
    addresses = ("/har/aktivitet/malarkvall.ics", f"/har/tillfalle/{given}.ics")
    before = [client.get(address).data for address in addresses]
    with app.app_context():
        here = house("har").revision
        db.session.scalars(db.select(Event)).one().title = "Krokikväll"
        db.session.commit()
        assert house("har").revision == here, "The giver has nothing to do with it any more."
    after = [client.get(address) for address in addresses]
    assert all("Krokikväll" in answer.text for answer in after)
    assert [client.get(address).data for address in addresses] == [answer.data for answer in after]
    assert before != [answer.data for answer in after]


def test_the_first_page_hangs_on_every_house(app: Flask, given: int) -> None:
    client = app.test_client()
    addresses = ("/", "/alla.ics")
    for address in addresses:
        assert "Krokikväll" not in client.get(address).text
    with app.app_context():
        db.session.scalars(db.select(Event)).one().title = "Krokikväll"
        db.session.commit()
    for address in addresses:
        assert "Krokikväll" in client.get(address).text


def test_another_house_can_say_something_on_every_page(app: Flask, given: int) -> None:
    client = app.test_client()
    assert "Stormen" not in client.get("/har/").text
    with app.app_context():
        make_notice(house("dar"), "Stormen stänger vägen.", everywhere=True)
        db.session.commit()
    assert "Stormen" in client.get("/har/").text


def test_the_next_date_of_a_cancelled_one_is_one_that_the_house_shows(app: Flask) -> None:
    with app.app_context():
        here, there = make_chapter("har"), make_chapter("dar")
        event = make_event(here, "2026-12-01 13:00", shown_in=(there,))
        event.occurrences[0].cancel("Storm.")
        make_event(here, "2026-12-08 13:00")
        db.session.commit()
    client = app.test_client()
    told = "Nästa gång är tisdag 8 december."
    assert told not in words(client.get("/dar/"))
    assert told in words(client.get("/har/"))
    with app.app_context():
        db.session.scalars(db.select(Event).order_by(Event.id)).all()[-1].show_in((house("dar"),))
        db.session.commit()
    assert told in words(client.get("/dar/"))


@pytest.mark.parametrize("address", [each for all_ in PUBLIC.values() for each in all_ if "{" not in each])
def test_every_public_page_is_kept(sample_app: Flask, address: str) -> None:
    forget_kept(sample_app)
    sample_app.test_client().get(address)
    kept = kept_answers_of(sample_app).shelf.size > 0
    assert kept is (address not in UNKEPT)


@pytest.mark.parametrize("path", ["/", ".ics", "/diskret.ics", ".json", "/inbaddad", "/prenumerera"])
def test_nobody_fills_the_shelf_by_searching_or_with_words_of_their_own(sample_app: Flask, path: str) -> None:
    client, layer = sample_app.test_client(), kept_answers_of(sample_app)
    forget_kept(sample_app)
    assert client.get(f"/sjuharad{path}?sok=yoga").status_code == 200
    assert layer.shelf.size == 0
    for of_nobody in ("enhet=nix", "antal=nix", "farg=nix", "grupp=", "x=1"):
        client.get(f"/sjuharad{path}?{of_nobody}")
    assert layer.shelf.size == 0
    assert client.get(f"/sjuharad{path}?typ=samtal").status_code == 200
    assert layer.shelf.size > 0


def test_the_feed_of_a_group_that_only_others_have_hangs_on_them(app: Flask) -> None:
    with app.app_context():
        make_chapter("har")
        make_event(make_chapter("dar"), "2026-12-01 13:00", title="Yoga")
        db.session.commit()
    client = app.test_client()
    assert "NAME:Yoga" in client.get("/har/aktivitet/yoga.ics").text
    with app.app_context():
        event = db.session.scalars(db.select(Event)).one()
        event.title = "Mjuk yoga"
        db.session.commit()
    assert "NAME:Mjuk yoga" in client.get("/har/aktivitet/yoga.ics").text
    with app.app_context():
        move_group(db.session(), [db.session.scalars(db.select(Event)).one()], house("dar"), "mjuk-yoga")
        db.session.commit()
    assert client.get("/har/aktivitet/yoga.ics").status_code == 404
