"""Public answers: strong ETag, 304, gzip with an ETag of its own, HEAD; staff pages are nobody else's."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Response
from werkzeug.http import http_date
from werkzeug.test import TestResponse

from tests.web.kept_app import SmallApp

TEXT = "Kaffet är varmt. " * 100
CHANGED_AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
OF_A_BODY = {"Content-Length", "Content-Type"}


def page() -> Response:
    response = Response(TEXT, headers={"X-Frame-Options": "DENY", "Vary": "HX-Request"})
    response.last_modified = CHANGED_AT
    return response


@pytest.fixture
def app() -> SmallApp:
    return SmallApp(page)


def headers(answer: TestResponse) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OF_A_BODY}


def test_the_same_bytes_have_the_same_strong_etag(app: SmallApp) -> None:
    first, second = app.get(), SmallApp(page).get()
    assert first.headers["ETag"] == second.headers["ETag"]
    assert not first.headers["ETag"].startswith("W/")
    assert first.headers["Cache-Control"] == "no-cache"


def test_zipped_at_another_time_it_is_the_same(frozen_clock: time_machine.Traveller) -> None:
    first = SmallApp(page).get(Accept_Encoding="gzip")
    frozen_clock.shift(timedelta(hours=1))
    second = SmallApp(page).get(Accept_Encoding="gzip")
    assert (first.headers["ETag"], first.data) == (second.headers["ETag"], second.data)


@pytest.mark.parametrize("wanted", ["{}", '"annan", {}', "*", "W/{}", '"annan" , W/{}'])
def test_what_the_reader_has_already_is_not_sent_again(app: SmallApp, wanted: str) -> None:
    whole = app.get()
    again = app.get(If_None_Match=wanted.format(whole.headers["ETag"]))
    assert (again.status_code, again.data) == (304, b"")
    assert headers(again) == headers(whole)
    assert not OF_A_BODY & set(again.headers.keys())


@pytest.mark.parametrize("wanted", ['"annan"', "nonsens", ""])
def test_another_tag_gets_the_whole(app: SmallApp, wanted: str) -> None:
    assert app.get(If_None_Match=wanted).data.decode() == TEXT


def test_a_stamp_ahead_of_the_clock_is_told_as_now(frozen_clock: time_machine.Traveller) -> None:
    """Each of several saves in a second has a stamp of its own, and a clock may be set back."""
    ahead = datetime.now(UTC) + timedelta(seconds=3)

    def saved_just_now() -> Response:
        response = page()
        response.last_modified = ahead
        return response

    app = SmallApp(saved_just_now)
    for seconds in (0, 2, 5):
        frozen_clock.move_to(ahead + timedelta(seconds=seconds - 3))
        told = app.get().last_modified
        assert told == min(ahead, datetime.now(UTC))
        # Who got it before the stamp may have what was before the last save.
        again = app.get(If_Modified_Since=http_date(told))
        assert again.status_code == (200 if told < ahead else 304)
        assert again.last_modified == told


def test_a_time_that_is_still_to_come_tells_nothing(app: SmallApp) -> None:
    """Who keeps the calendar by a clock that runs ahead must not wait for a year."""
    assert app.get(If_Modified_Since="Tue, 24 Nov 2026 12:12:00 GMT").status_code == 304
    assert app.get(If_Modified_Since="Tue, 24 Nov 2026 12:12:01 GMT").status_code == 200
    assert app.get(If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT").status_code == 200


def test_the_tag_wins_over_the_time(app: SmallApp) -> None:
    etag = app.get().headers["ETag"]
    late, early = "Tue, 24 Nov 2026 12:00:00 GMT", "Mon, 23 Nov 2026 12:00:00 GMT"
    assert app.get(If_Modified_Since=late).status_code == 304
    assert app.get(If_Modified_Since=early).status_code == 200
    assert app.get(If_Modified_Since=late, If_None_Match='"annan"').status_code == 200
    assert app.get(If_Modified_Since=early, If_None_Match=etag).status_code == 304


def test_gzip_is_another_form_with_another_etag(app: SmallApp) -> None:
    plain, zipped = app.get(), app.get(Accept_Encoding="br, gzip")
    assert gzip.decompress(zipped.data).decode() == TEXT
    assert plain.headers["ETag"] != zipped.headers["ETag"]
    assert plain.headers["Vary"] == zipped.headers["Vary"] == "HX-Request, Accept-Encoding"
    assert zipped.content_length == len(zipped.data)
    mixed = app.get(Accept_Encoding="gzip", If_None_Match=plain.headers["ETag"])
    assert mixed.status_code == 200


@pytest.mark.parametrize("accepted", ["gzip;q=0, identity", "br", "identity", "*;q=0", ""])
def test_gzip_that_is_refused_is_not_sent(app: SmallApp, accepted: str) -> None:
    answer = app.get(Accept_Encoding=accepted)
    assert "Content-Encoding" not in answer.headers
    assert answer.data.decode() == TEXT


@pytest.mark.parametrize("kind", ["image/png", "font/woff2"])
def test_what_is_packed_already_is_not_zipped(kind: str) -> None:
    packed = SmallApp(lambda: Response(TEXT, content_type=kind))
    assert "Content-Encoding" not in packed.get(Accept_Encoding="gzip").headers


def test_head_is_get_without_the_body(app: SmallApp) -> None:
    head, get = app.get(method="HEAD"), app.get()
    assert (head.data, dict(head.headers)) == (b"", dict(get.headers))
    assert app.get(method="HEAD", If_None_Match=get.headers["ETag"]).status_code == 304


def test_a_part_of_the_file_is_never_sent(app: SmallApp) -> None:
    assert app.get(Range="bytes=0-9").data.decode() == TEXT


def test_an_error_has_no_etag_and_is_not_kept_by_others() -> None:
    answer = SmallApp(lambda: Response("Finns inte", 404)).get(If_None_Match="*")
    assert (answer.status_code, answer.text, answer.headers["Cache-Control"]) == (
        404,
        "Finns inte",
        "no-store",
    )
    assert "ETag" not in answer.headers
    assert SmallApp(lambda: Response("Finns inte", 404)).get(method="HEAD").data == b""


def test_a_fragment_and_a_staff_page_are_not_kept_by_others(app: SmallApp) -> None:
    fragment = app.get(HX_Request="true", HX_Request_Type="partial")
    assert fragment.headers["Cache-Control"] == "no-store"
    staff = app.get("/personal/sida")
    assert staff.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in staff.headers
