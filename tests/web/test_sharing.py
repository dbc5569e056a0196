"""What a page says of itself to those who link to it, list it or show it beside a link."""

from __future__ import annotations

import json
from datetime import date
from struct import unpack
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from tests.databases import PUBLIC_URL
from tests.factories import make_chapter, make_event
from tests.html import one, select
from tests.samples import filled
from tests.web.addresses import PUBLIC

DATA = "script[type='application/ld+json']"
WITHOUT = ("/q/<>", "/q/<>/", "/skarm/<>", "/<>/inbaddad")
PAGES = [a for rule, many in PUBLIC.items() for a in many if rule not in WITHOUT]


def canonical(client: FlaskClient, address: str) -> str:
    return str(one(client.get(address), "link[rel=canonical]")["href"])


def meta(client: FlaskClient, address: str) -> dict[str, str]:
    found = select(client.get(address), "meta[content]")
    return {str(m.get("property") or m.get("name")): str(m["content"]) for m in found}


@pytest.mark.parametrize("address", PAGES)
def test_every_page_tells_its_address_and_what_it_is(
    sample_client: FlaskClient, sample_app: Flask, address: str
) -> None:
    path = filled(sample_app, address)
    answer = sample_client.get(path)
    if answer.mimetype != "text/html":
        return
    told = meta(sample_client, path)
    home = canonical(sample_client, path)
    assert told["og:url"] == home
    assert home.startswith(f"{PUBLIC_URL}/")
    assert sample_client.get(home.removeprefix(PUBLIC_URL)).status_code == 200
    assert told["og:title"] == one(answer, "title").get_text()
    assert told["og:description"] == told["description"]
    assert 20 <= len(told["description"]) <= 300
    assert (told["og:type"], told["og:locale"]) == ("website", "sv_SE")
    assert told["twitter:card"] == "summary_large_image"


def test_all_kinds_of_pages_are_tried(sample_app: Flask) -> None:
    client = sample_app.test_client()
    tried = [a for a in PAGES if client.get(filled(sample_app, a)).mimetype == "text/html"]
    assert len(tried) > 15


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("/sjuharad/?typ=rorelse&for=alla&fran=2026-12-01&sok=te", "/sjuharad/"),
        ("/sjuharad/prenumerera?enhet=iphone&diskret=1", "/sjuharad/prenumerera"),
        ("/sjuharad/prenumerera?grupp=oppet-hus&enhet=iphone", "/sjuharad/prenumerera?grupp=oppet-hus"),
        ("/sjuharad/prenumerera?typ=samtal&x=1", "/sjuharad/prenumerera?typ=samtal"),
        ("/sjuharad/vecka/2026-v48", "/sjuharad/vecka/2026-v48"),
        ("/sjuharad/vecka/2026-v048", "/sjuharad/vecka/2026-v48"),
        ("/sjuharad/manad/2026-11?x=1", "/sjuharad/manad/2026-11"),
        ("/sjuharad/dag/2026-11-24", "/sjuharad/dag/2026-11-24"),
        ("/?x=1", "/"),
    ],
)
def test_one_page_has_one_address(sample_client: FlaskClient, address: str, home: str) -> None:
    assert canonical(sample_client, address) == PUBLIC_URL + home


def test_what_is_shared_lies_with_its_owner(app: Flask) -> None:
    with app.app_context():
        owner, guest = make_chapter("vard"), make_chapter("gast")
        event = make_event(owner, "2026-12-01 13:00", title="Träff", shown_in=(guest,))
        db.session.commit()
        number = event.occurrences[0].id
    client = app.test_client()
    for path in (f"/tillfalle/{number}", "/aktivitet/traff"):
        for house in ("vard", "gast"):
            assert canonical(client, f"/{house}{path}") == f"{PUBLIC_URL}/vard{path}"
            assert meta(client, f"/{house}{path}")["og:url"] == f"{PUBLIC_URL}/vard{path}"


def test_what_a_closed_owner_left_lies_where_it_is_shown(app: Flask) -> None:
    with app.app_context():
        owner, guest = make_chapter("vard"), make_chapter("gast")
        event = make_event(owner, "2026-12-01 13:00", title="Träff", shown_in=(guest,))
        owner.closed_on = date(2026, 11, 1)
        db.session.commit()
        number = event.occurrences[0].id
    client, path = app.test_client(), f"/gast/tillfalle/{number}"
    assert canonical(client, path) == structured(client, path)["url"] == PUBLIC_URL + path
    assert "url" not in structured(client, path)["organizer"]


def test_an_address_is_never_taken_from_the_host(sample_app: Flask) -> None:
    page = sample_app.test_client().get("/sjuharad/", base_url="http://localhost")
    assert one(page, "link[rel=canonical]")["href"] == f"{PUBLIC_URL}/sjuharad/"


def test_a_date_says_when_and_where_and_that_it_is_off(sample_client: FlaskClient, sample_app: Flask) -> None:
    held = meta(sample_client, filled(sample_app, "/sjuharad/tillfalle/{SJ-05 2026-11-26}"))["description"]
    assert held.replace("\xa0", " ").startswith(
        "Torsdag 26 november kl. 12.00–12.45, Rörelserummet. Mjuk yoga"
    )
    off = meta(sample_client, filled(sample_app, "/sjuharad/tillfalle/{SJ-05 2026-11-19}"))["description"]
    assert off.startswith("Inställt. ")


def test_words_of_staff_cannot_leave_their_attribute(app: Flask) -> None:
    with app.app_context():
        make_event(make_chapter("hus"), "2026-12-01 13:00", title='"><b>Kaffe</b> & te', slug="kaffe")
        db.session.commit()
    client = app.test_client()
    assert meta(client, "/hus/aktivitet/kaffe")["og:title"].startswith('"><b>Kaffe</b> & te – ')
    assert not select(client.get("/hus/aktivitet/kaffe"), "head b")


def test_the_picture_is_ours_and_has_the_size_that_is_told(sample_client: FlaskClient) -> None:
    told = meta(sample_client, "/sjuharad/")
    picture = urlsplit(told["og:image"])
    assert f"{picture.scheme}://{picture.netloc}" == PUBLIC_URL
    answer = sample_client.get(picture.path)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.data.startswith(b"\x89PNG")
    size = tuple(map(str, unpack(">II", answer.data[16:24])))
    assert size == (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert len(answer.data) < 100_000


def test_pages_of_staff_and_errors_have_nothing_to_share(sample_client: FlaskClient) -> None:
    for address in ("/finns-inte/", "/sjuharad/aktivitet/finns-inte", "/personal/logga-in"):
        page = sample_client.get(address)
        assert not select(page, "link[rel=canonical], meta[property], meta[name=description]")


def structured(client: FlaskClient, address: str) -> dict[str, Any]:
    """What the page tells search engines of its date or group."""
    data: dict[str, Any] = json.loads(one(client.get(address), DATA).get_text())
    return data


def test_a_date_and_a_group_are_told_to_search_engines(sample_client: FlaskClient, sample_app: Flask) -> None:
    path = filled(sample_app, "/sjuharad/tillfalle/{SJ-05 2026-11-26}")
    event = structured(sample_client, path)
    assert (event["@type"], event["name"]) == ("Event", "Lunchyoga")
    assert event["url"] == canonical(sample_client, path)
    assert event["image"] == meta(sample_client, path)["og:image"]
    group = structured(sample_client, "/sjuharad/aktivitet/lunchyoga")
    assert group["url"] == canonical(sample_client, "/sjuharad/aktivitet/lunchyoga")
    assert event["url"] in {each["url"] for each in group["subEvent"]}
    for each in group["subEvent"]:
        assert sample_client.get(each["url"].removeprefix(PUBLIC_URL)).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sjuharad/tillfalle/{SJ-05 2026-11-19}", "EventCancelled"),
        ("/stockholm/tillfalle/{ST-07 2026-12-02}", "EventRescheduled"),
    ],
)
def test_news_of_a_date_are_told(
    sample_client: FlaskClient, sample_app: Flask, address: str, status: str
) -> None:
    assert structured(sample_client, filled(sample_app, address))["eventStatus"].endswith(f"/{status}")


def test_that_a_house_is_closed_is_no_event(sample_client: FlaskClient, sample_app: Flask) -> None:
    assert not select(sample_client.get(filled(sample_app, "/sjuharad/tillfalle/{SJ-14 2026-12-21}")), DATA)


def test_words_of_staff_cannot_end_the_data(app: Flask) -> None:
    title = "</script><script>alert('x')</script> & <!--"
    with app.app_context():
        house = make_chapter("hus")
        event = make_event(house, "2026-12-01 13:00", title=title, slug="x", online_link="https://hemligt")
        db.session.commit()
        number = event.occurrences[0].id
    client = app.test_client()
    for address in (f"/hus/tillfalle/{number}", "/hus/aktivitet/x"):
        page = client.get(address)
        assert structured(client, address)["name"] == title
        assert [script.get("type") for script in select(page, "script:not([src])")] == ["application/ld+json"]
        assert "hemligt" not in page.text
