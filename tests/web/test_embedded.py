"""The list that other sites show in a frame: few dates, every link leads out of it, no script."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.clock import ZONE
from khcal.db import db
from tests.databases import PUBLIC_URL
from tests.factories import make_chapter, make_event, make_notice
from tests.html import links, one, parse, select, texts, words
from tests.people import EDITOR, client_of

PAGE = "/sjuharad/inbaddad"


def dates(client: FlaskClient, address: str = PAGE) -> list[str]:
    return links(client.get(address), ".row__title a")


def test_it_shows_what_the_list_shows(sample_client: FlaskClient) -> None:
    shown = dates(sample_client)
    assert len(shown) >= 8
    assert shown == dates(sample_client, "/sjuharad/")[: len(shown)]


def test_few_dates_reach_further_than_two_weeks(app: Flask) -> None:
    with app.app_context():
        days = [date(2026, 11, 25) + timedelta(weeks=week) for week in range(20)]
        make_event(make_chapter("hus"), *(f"{day} 13:00" for day in days))
        db.session.commit()
    assert len(dates(app.test_client(), "/hus/inbaddad")) == 8


@pytest.mark.parametrize(("asked", "shown"), [("1", 1), ("3", 4), ("4", 4), ("50", 6)])
def test_one_can_ask_for_a_number_in_whole_days(app: Flask, asked: str, shown: int) -> None:
    with app.app_context():
        house = make_chapter("hus")
        make_event(house, *(f"2026-11-{day} 13:00" for day in (24, 25, 26, 27, 28)))
        make_event(house, "2026-11-26 15:00", title="Kaffe")
        db.session.commit()
    assert len(dates(app.test_client(), f"/hus/inbaddad?antal={asked}")) == shown


@pytest.mark.parametrize("value", ["0", "51", "-1", "många", "²", "9" * 4000])
def test_a_strange_number_is_told_of(sample_client: FlaskClient, value: str) -> None:
    page = sample_client.get(PAGE, query_string={"antal": value})
    assert page.status_code == 200
    assert value in words(one(page, ".notice"))
    assert dates(sample_client) == links(page, ".row__title a")


def test_a_site_that_is_always_light_gets_a_light_list(sample_client: FlaskClient) -> None:
    light = sample_client.get(f"{PAGE}?farg=ljus")
    assert one(light, "html")["data-scheme"] == "light"
    assert one(light, "meta[name=color-scheme]")["content"] == "light"
    for other in (sample_client.get(PAGE), sample_client.get(f"{PAGE}?farg=rosa")):
        assert not one(other, "html").has_attr("data-scheme")
        assert one(other, "meta[name=color-scheme]")["content"] == "light dark"
    assert "rosa" in words(one(other, ".notice"))


def test_filters_narrow_it_and_are_named(sample_client: FlaskClient) -> None:
    address = "/goteborg/inbaddad?typ=rorelse&antal=3"
    page = sample_client.get(address)
    assert words(one(page, ".embedded__about")).startswith("Rörelse.")
    assert {about.split(" ")[0] for about in texts(page, ".row__about")} == {"Rörelse"}
    assert "/goteborg/prenumerera?typ=rorelse" in links(page)


def test_every_link_opens_outside_the_frame(sample_client: FlaskClient) -> None:
    page = sample_client.get(PAGE)
    assert one(page, "base").attrs == {"target": "_blank"}
    assert not select(page, "a[target], form, script, iframe, nav, header.site-header, footer")
    whole = one(page, ".embedded__on a.button:not(.button--quiet)")
    assert (whole["href"], whole["rel"]) == ("/sjuharad/", "noopener")
    assert "ny flik" in words(page)


def test_it_is_the_list_to_search_engines(sample_client: FlaskClient) -> None:
    assert (
        one(sample_client.get(f"{PAGE}?antal=3"), "link[rel=canonical]")["href"] == f"{PUBLIC_URL}/sjuharad/"
    )


def test_only_what_fits_a_frame_is_allowed(sample_client: FlaskClient) -> None:
    for answer in (sample_client.get(PAGE), sample_client.head(PAGE)):
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in answer.headers
    missing = sample_client.get("/nix/inbaddad")
    assert missing.headers["X-Frame-Options"] == "DENY"


def test_notices_come_along_and_an_empty_house_says_so(app: Flask) -> None:
    with app.app_context():
        make_notice(make_chapter("hus"), "Hissen är trasig.")
        db.session.commit()
    page = app.test_client().get("/hus/inbaddad")
    assert "Hissen är trasig." in texts(page, ".notice")
    assert "inga fler datum" in words(page)


def test_a_house_that_closed_says_so_on_its_own_site(
    app: Flask, frozen_clock: time_machine.Traveller
) -> None:
    with app.app_context():
        house = make_chapter("hus", name="Kraftens hus Provstad")
        make_event(house, "2026-12-01 13:00", title="Fika")
        house.closed_on = date(2026, 11, 20)
        db.session.commit()
    for asked in ("", "?antal=3&farg=ljus", "?sok=fika"):
        answer = app.test_client().get(f"/hus/inbaddad{asked}")
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert "Huset har stängt. Andra hus finns i kalendern." in words(answer)
        assert "Fika" not in words(answer)
        assert links(answer, "main a") == ["/"]
    frozen_clock.move_to(datetime(2027, 11, 21, 12, tzinfo=ZONE))
    assert app.test_client().get("/hus/inbaddad").status_code == 410


def test_staff_copy_one_line_that_shows_it(staff_app: Flask) -> None:
    with staff_app.app_context():
        house = db.session.execute(db.text("SELECT id FROM chapter WHERE slug = 'sjuharad'")).scalar_one()
        db.session.execute(
            db.text("UPDATE chapter SET name = :name WHERE id = :id"),
            {"name": 'Kraftens "hus" & <vänner>', "id": house},
        )
        db.session.commit()
    page = client_of(staff_app, EDITOR).get("/personal/sjuharad/huset")
    frame = one(parse(str(one(page, "#webbplats input[readonly]")["value"])), "iframe")
    # Most sites are always light, whatever their reader's device prefers.
    assert frame["src"] == f"{PUBLIC_URL}{PAGE}?farg=ljus"
    assert frame["title"] == 'Kalender, Kraftens "hus" & <vänner>'
    assert (frame["width"], frame["height"], frame["loading"]) == ("100%", "800", "lazy")
    assert frame["referrerpolicy"] == "no-referrer"
    api = Path(__file__).parents[2] / "docs" / "api.md"
    [told] = [line for line in api.read_text().splitlines() if line.startswith("<iframe")]
    assert one(parse(told), "iframe").attrs.keys() == frame.attrs.keys()
    for name in frame.attrs.keys() - {"title"}:
        assert one(parse(told), "iframe")[name] == frame[name]
    assert staff_app.test_client().get(PAGE).status_code == 200
