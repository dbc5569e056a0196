"""The lobby screens' addresses: the client, its files and the snapshot, with no cookie and no errors kept."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select as select_rows
from sqlalchemy.exc import OperationalError

from khcal import queries
from khcal.calendaring.snapshot import ANY_KIND
from khcal.calendaring.terms import Kind, WallRule
from khcal.db import db
from khcal.models import Chapter, OldAddress
from khcal.web.wall.shell import make_shell, shell_sources, wall_shell
from tests.factories import make_chapter, make_event, make_notice
from tests.html import one, select, words
from tests.moments import INSTANT
from tests.tables import for_each

PROGRAMME = "/skarm/sjuharad/program.json"


@pytest.fixture
def house(app: Flask) -> Flask:
    """An app with the house Sjuhärad, where painting goes on."""
    with app.app_context():
        chapter = make_chapter("sjuharad", name="Kraftens hus Sjuhärad")
        make_event(chapter, "2026-11-24 13:00", title="Målarverkstad")
        db.session.commit()
    return app


@pytest.fixture
def client(house: Flask) -> FlaskClient:
    return house.test_client()


def sjuharad() -> Chapter:
    return db.session.scalars(select_rows(Chapter).filter_by(slug="sjuharad")).one()


def programme(client: FlaskClient) -> dict[str, object]:
    return dict(json.loads(client.get(PROGRAMME).text))


def titles(client: FlaskClient) -> list[str]:
    return [
        event["title"] for day in json.loads(client.get(PROGRAMME).text)["days"] for event in day["events"]
    ]


def test_the_houses_to_choose_from(client: FlaskClient) -> None:
    answer = client.get("/skarm/")
    assert [link["href"] for link in select(answer, ".wall-houses a")] == ["/skarm/sjuharad"]
    assert words(one(answer, "h1")) == "Vilket hus hänger skärmen i?"
    # Nothing else leads away: whoever touched it would leave the screen lost for the next one.
    places = {str(link["href"]) for link in select(answer, "body a")}
    assert places == {"#innehall", "/skarm/", "/skarm/sjuharad"}


def test_the_page_of_a_new_screen_is_told_by_its_script_and_whole_without(client: FlaskClient) -> None:
    answer = client.get("/skarm/")
    script = str(one(answer, "script[type=module]")["src"])
    assert script == f"/skarm/fil/{wall_shell().version}/pairing.js"
    assert client.get(script).status_code == 200
    # Until the script has something to show, there are the houses alone.
    assert [part["id"] for part in select(answer, ".pairing section[hidden]")] == [
        "pairing-again",
        "pairing-code",
    ]
    assert "-" not in words(one(answer, "#pairing-letters"))


def test_every_part_that_the_script_names_is_on_the_page(client: FlaskClient) -> None:
    named = set(re.findall(r'part\("(\w+)"\)', wall_shell().files["pairing.js"].decode()))
    there = {
        str(part["id"]).removeprefix("pairing-") for part in select(client.get("/skarm/"), "[id^=pairing-]")
    }
    assert len(named) > 8
    assert named <= there


def test_the_client_is_the_same_for_every_house(house: Flask, client: FlaskClient) -> None:
    with house.app_context():
        make_chapter("goteborg")
        db.session.commit()
    assert client.get("/skarm/sjuharad").data == client.get("/skarm/goteborg").data


def test_everything_the_client_asks_for_is_there_and_kept(client: FlaskClient) -> None:
    page = client.get("/skarm/sjuharad")
    asked = [tag.get("src") or tag["href"] for tag in select(page, "link[href], script[src]")]
    assert len(asked) == 5
    for address in asked:
        answer = client.get(str(address))
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@for_each("kind", [*map(str, Kind), ANY_KIND])
def test_every_kind_that_a_screen_is_told_has_its_sign_and_colour(kind: str) -> None:
    sources = shell_sources()
    assert f'<symbol id="{kind}">' in sources["index.html"].decode()
    assert f'[data-kind="{kind}"] .row__chip' in sources["kiosk.css"].decode()


def test_a_release_is_one_script_and_one_style_sheet() -> None:
    sources = shell_sources()
    files = make_shell(sources).files
    assert b"import {" not in files["main.js"]
    assert not re.search(rb"^export ", files["main.js"], re.MULTILINE)
    for word in (b"class Wall", b"class Clock", b".row__title", b".house__clock"):
        assert word in files["main.js"] + files["wall.css"]
    assert not {"render.js", "kiosk.css", "row.css"} & set(files)
    # Each module once, what it needs before it.
    assert files["main.js"].count(b"class Slots") == 1
    assert files["main.js"].index(b"class Slots") < files["main.js"].index(b"class Programme")


def test_a_script_of_another_page_keeps_its_modules() -> None:
    other = {"other.js": b'import { Slots } from "./slots.js";\nnew Slots("a");\n'}
    files = make_shell(shell_sources() | other).files
    assert {"other.js", "slots.js", "main.js"} <= set(files)
    assert "render.js" not in files
    assert b"export class Slots" in files["slots.js"]


def test_the_worker_knows_every_file_of_its_release(client: FlaskClient) -> None:
    answer = client.get("/skarm/worker.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.content_type == "text/javascript; charset=utf-8"
    release = json.loads(answer.text.splitlines()[0].removeprefix("self.RELEASE = ").removesuffix(";"))
    assert release["version"] == wall_shell().version
    assert release["page"] in [file["path"] for file in release["files"]]
    names = {file["path"].rsplit("/", 1)[1] for file in release["files"]}
    assert names == wall_shell().files.keys() - {"pairing.js", "waiting.js"}
    for file in release["files"]:
        kept = client.get(file["path"])
        assert hashlib.sha256(kept.data).hexdigest() == file["sha256"]
        assert (kept.content_type or "").startswith(file["type"])


def test_another_worker_is_another_release() -> None:
    sources = shell_sources()
    other = make_shell(sources | {"worker.js": sources["worker.js"] + b"/* */"})
    assert other.version != wall_shell().version


def test_a_client_is_small(client: FlaskClient) -> None:
    shell = wall_shell()
    kept = [content for name, content in shell.files.items() if name not in {"pairing.js", "waiting.js"}]
    assert sum(len(gzip.compress(content)) for content in (*kept, shell.worker)) <= 60_000
    text = client.get(PROGRAMME).data
    assert len(gzip.compress(text)) <= 25_000


def test_an_old_name_of_the_house_gives_its_programme(house: Flask, client: FlaskClient) -> None:
    with house.app_context():
        db.session.add(OldAddress(slug="boras", new_chapter_id=sjuharad().id))
        db.session.commit()
    answer = client.get("/skarm/boras/program.json")
    assert answer.json["chapter"]["slug"] == answer.headers["X-Kiosk-Chapter"] == "sjuharad"
    assert "X-Kiosk-Chapter" not in client.get(PROGRAMME).headers


def test_a_file_of_another_release_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/skarm/fil/0123456789abcdef/main.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "address",
    ["/skarm/malmo", "/skarm/malmo/program.json", "/skarm/fil/0/nix.js", "/skarm/fil/0/..%2Findex.html"],
)
def test_what_does_not_exist(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/skarm/", "/skarm/sjuharad", PROGRAMME, "/skarm/fil/0/main.js", "/skarm/malmo"]
)
def test_every_answer_tells_the_time_and_the_client(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert int(headers["X-Server-Time"]) == INSTANT.timestamp() * 1000
    assert headers["X-Kiosk-Shell"] == wall_shell().version
    assert "Set-Cookie" not in headers


def test_other_addresses_do_not_tell_the_time(client: FlaskClient) -> None:
    assert "X-Server-Time" not in client.get("/halsa").headers


def test_the_snapshot(client: FlaskClient) -> None:
    answer = client.get(PROGRAMME)
    assert answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "no-cache"
    told = programme(client)
    assert (told["schema"], told["valid_from"], told["valid_to"]) == (
        "khcal-wall/1",
        "2026-11-24",
        "2026-12-28",
    )
    assert titles(client) == ["Målarverkstad"]


def test_the_way_home(client: FlaskClient) -> None:
    home = json.loads(client.get(PROGRAMME).text)["subscribe"]
    assert home["address"] == "https://kalender.example.org/q/sjuharad"
    assert home["short"] == "kalender.example.org/q/sjuharad"
    assert home["size"] > 8 + 20
    assert home["path"].startswith("M4 4h7")


def test_an_unchanged_snapshot_is_304_with_the_same_headers(client: FlaskClient) -> None:
    first = client.get(PROGRAMME)
    again = client.get(PROGRAMME, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "X-Server-Time", "X-Kiosk-Shell", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    assert not first.headers["ETag"].startswith("W/")


def test_the_hour_does_not_change_the_snapshot_but_the_day_does(client: FlaskClient) -> None:
    etags = []
    for moment in (INSTANT, INSTANT + timedelta(hours=9), INSTANT + timedelta(hours=12)):
        with time_machine.travel(moment, tick=False):
            etags.append(client.get(PROGRAMME).headers["ETag"])
    assert etags[0] == etags[1] != etags[2]


def test_a_change_gives_another_snapshot(house: Flask, client: FlaskClient) -> None:
    before = client.get(PROGRAMME).headers["ETag"]
    with house.app_context():
        make_event(sjuharad(), "2026-11-24 15:00", title="Lunchyoga")
        db.session.commit()
    answer = client.get(PROGRAMME, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert titles(client) == ["Målarverkstad", "Lunchyoga"]


def test_drafts_and_hidden_ones_are_not_told(house: Flask, client: FlaskClient) -> None:
    with house.app_context():
        make_event(sjuharad(), "2026-11-24 15:00", title="Utkast", published=False)
        make_event(sjuharad(), "2026-11-24 15:00", title="Dold", wall=WallRule.HIDE)
        make_event(sjuharad(), "2026-11-24 15:00", title="Sorg", wall=WallRule.NEUTRAL, neutral_title="Grupp")
        db.session.commit()
    assert titles(client) == ["Målarverkstad", "Grupp"]
    assert "Sorg" not in client.get(PROGRAMME).text


def test_notices_of_the_house_and_of_all_houses(house: Flask, client: FlaskClient) -> None:
    with house.app_context():
        here, other = sjuharad(), make_chapter("goteborg")
        make_notice(here, "Hissen är trasig.", "2026-11-25", "2026-11-25")
        make_notice(other, "Telefonen är ur funktion.", "2026-11-25", "2026-11-25", everywhere=True)
        make_notice(other, "Bara i Göteborg.", "2026-11-25", "2026-11-25")
        db.session.commit()
    tomorrow = json.loads(client.get(PROGRAMME).text)["days"][1]
    assert tomorrow["notices"] == ["Hissen är trasig.", "Telefonen är ur funktion."]


def test_the_client_is_sent_while_the_database_is_away(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("select 1", {}, Exception("locked"))

    monkeypatch.setattr(queries, "house_pages", away)
    assert client.get("/skarm/sjuharad").data == wall_shell().page
    assert client.get(PROGRAMME).status_code == 503
