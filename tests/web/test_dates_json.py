"""The dates of a feed as JSON: the same dates, under the same conditions, as docs/api.md tells."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from khcal.calendaring.clock import ZONE
from khcal.calendaring.terms import Audience, Form, Kind, Places, Status
from khcal.db import db
from tests.databases import PUBLIC_URL, close_app, make_app
from tests.factories import make_chapter, make_event, make_occurrence

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
HOUSES = ("sjuharad", "goteborg", "stockholm", "jamtland-harjedalen", "riks")


def in_feed(client: FlaskClient, address: str) -> dict[str, dict[str, Any]]:
    """What the feed says of each date, read by a library, by uid."""
    found = {}
    for event in Calendar.from_ical(client.get(address).data).walk("VEVENT"):
        found[str(event["UID"])] = {
            "start": event.decoded("DTSTART"),
            "end": event.decoded("DTEND"),
            "status": {"CONFIRMED": "planned", "CANCELLED": "cancelled"}[event["STATUS"]],
            "summary": str(event["SUMMARY"]),
            "place": str(event.get("LOCATION", "")),
            "url": str(event.get("URL", "")),
            "sequence": int(event["SEQUENCE"]),
            "changed": event.decoded("LAST-MODIFIED"),
        }
    return found


def in_json(client: FlaskClient, address: str) -> dict[str, dict[str, Any]]:
    """The same of the JSON, times as times."""
    return {each["uid"]: compared(each) for each in client.get(address).get_json()["dates"]}


def compared(each: dict[str, Any]) -> dict[str, Any]:
    read = date.fromisoformat if each["all_day"] else datetime.fromisoformat
    prefix = {"cancelled": "INSTÄLLT: "}.get(each["status"], "FULLT: " if each["places"] == "full" else "")
    return {
        **{name: each[name] for name in ("status", "place", "url", "sequence")},
        "start": read(each["start"]),
        "end": read(each["end"]),
        "summary": prefix + each["title"],
        "changed": datetime.fromisoformat(each["changed"]),
    }


@pytest.mark.parametrize("house", HOUSES)
def test_it_tells_what_the_feed_tells(sample_client: FlaskClient, house: str) -> None:
    feed = in_feed(sample_client, f"/{house}.ics")
    assert in_json(sample_client, f"/{house}.json") == feed
    assert len(feed) > 1


@pytest.mark.parametrize("query", ["typ=rorelse", "for=narstaende&form=digitalt", "sok=kaffe", "typ=nix"])
def test_filters_leave_what_they_leave_of_the_feed(sample_client: FlaskClient, query: str) -> None:
    feed = in_feed(sample_client, f"/goteborg.ics?{query}")
    assert in_json(sample_client, f"/goteborg.json?{query}") == feed


def test_cancelled_moved_withdrawn_and_draft(app: Flask) -> None:
    with app.app_context():
        house = make_chapter("hus")
        event = make_event(house, "2026-12-01 13:00", title="Kaffe")
        make_occurrence(event, "2026-12-02 13:00").cancel("Ledaren är sjuk.")
        moved = make_occurrence(event, "2026-12-03 13:00")
        moved.move(datetime(2026, 12, 5, 14), datetime(2026, 12, 5, 16), "Snö.")
        make_occurrence(event, "2026-12-04 13:00").withdraw()
        make_occurrence(event, "2026-12-06", hours=0)
        make_occurrence(event, "2026-12-07 13:00", published=False)
        db.session.commit()
    client = app.test_client()
    dates = client.get("/hus.json").get_json()["dates"]
    assert in_json(client, "/hus.json") == in_feed(client, "/hus.ics")
    assert [(each["start"][:16], each["status"]) for each in dates] == [
        ("2026-12-01T13:00", "planned"),
        ("2026-12-02T13:00", "cancelled"),
        ("2026-12-04T13:00", "cancelled"),
        ("2026-12-05T14:00", "planned"),
        ("2026-12-06", "planned"),
    ]
    assert dates[1]["text"] == "Inställt. Ledaren är sjuk."
    assert (dates[2]["text"], dates[2]["url"], dates[2]["place"]) == ("", "", "")
    assert dates[4]["end"] == "2026-12-07"
    assert datetime.fromisoformat(dates[0]["start"]) == datetime(2026, 12, 1, 13, tzinfo=ZONE)


def test_it_is_kept_and_open_as_the_feed_is(sample_client: FlaskClient) -> None:
    names = ("Cache-Control", "Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy", "Last-Modified")
    feed, answer = sample_client.get("/sjuharad.ics"), sample_client.get("/sjuharad.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert {name: answer.headers[name] for name in names} == {name: feed.headers[name] for name in names}
    assert "Set-Cookie" not in answer.headers
    again = sample_client.get("/sjuharad.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    zipped = sample_client.get("/sjuharad.json", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.data) == answer.data
    assert zipped.headers["ETag"] != answer.headers["ETag"]


def test_no_house_is_told_in_plain_text(sample_client: FlaskClient) -> None:
    answer = sample_client.get("/nix.json")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")


def test_a_demonstration_says_so(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        make_chapter("hus")
        db.session.commit()
    demo = make_app(tmp_path, tmp_path / "khcal.db", demo=True)
    assert demo.test_client().get("/hus.json").get_json()["invented"] is True
    assert app.test_client().get("/hus.json").get_json()["invented"] is False
    close_app(demo)


def test_the_docs_tell_of_every_name_and_value(sample_client: FlaskClient) -> None:
    text = DOCS.read_text(encoding="utf-8")
    example = json.loads(re.findall(r"```json\n(.*?)```", text, re.DOTALL)[0])
    answer = sample_client.get("/sjuharad.json").get_json()
    assert shape(example) == shape(answer)
    assert example["house"] == answer["house"]
    assert (example["first_day"], example["last_day"]) == (answer["first_day"], answer["last_day"])
    assert example["house"]["url"].startswith(PUBLIC_URL)
    told = set(re.findall(r"`([a-z_]+)`", text))
    assert set(answer["dates"][0]) <= told
    values = [*Kind, *Audience, *Form, *Places, Status.PLANNED, Status.CANCELLED]
    assert {value.value for value in values} <= told


def shape(data: Any) -> Any:
    """Names and types, in order; of a list those of its first."""
    if isinstance(data, dict):
        return [(name, shape(value)) for name, value in data.items()]
    if isinstance(data, list):
        return [shape(each) for each in data[:1]]
    return type(data)
