"""Answers are built once and kept until the day or a house that they show changes; all else is not kept."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
import time_machine
from flask import Response, request

from khcal.calendaring import clock
from khcal.web.kept import keep_under, keep_until_change_of
from tests.web.kept_app import SmallApp


def showing(*houses: str, **values: str) -> Callable[[], Response]:
    """A view that shows these houses and says when it was asked."""

    def view() -> Response:
        keep_until_change_of(*houses)
        return Response(f"{clock.wall_now()}", **values)  # type: ignore[arg-type]

    return view


@pytest.fixture
def app() -> SmallApp:
    return SmallApp(showing("har"))


def test_it_is_built_once_for_everybody(app: SmallApp) -> None:
    answers = [app.get(), app.get(Cookie="kh=1"), app.get(User_Agent="ICSx5"), app.get(method="HEAD")]
    assert app.built == 1
    assert len({answer.headers["ETag"] for answer in answers}) == 1


def test_it_is_built_again_when_its_house_changes(app: SmallApp) -> None:
    app.get()
    app.houses.revisions = {"har": 1, "dar": 2}
    app.get()
    assert app.built == 1
    app.houses.revisions = {"har": 2, "dar": 2}
    app.get()
    app.get()
    assert app.built == 2


def test_it_hangs_on_every_house_that_was_loaded() -> None:
    def view() -> Response:
        keep_until_change_of("har")
        keep_until_change_of("dar")
        return Response("Gruppen bor där nu.")

    app = SmallApp(view)
    app.get()
    for revisions in ({"har": 1, "dar": 2}, {"har": 2, "dar": 2}, {"har": 2, "dar": 2}):
        app.houses.revisions = revisions
        app.get()
    assert app.built == 3


def test_what_shows_no_house_stays(app: SmallApp) -> None:
    app = SmallApp(showing())
    app.get()
    app.houses.revisions = {}
    app.get()
    assert app.built == 1


def test_it_ends_with_the_swedish_day(app: SmallApp) -> None:
    with time_machine.travel("2026-11-24T22:59:59+00:00", tick=False) as traveller:
        before = app.get().text
        assert app.get().text == before
        traveller.shift(1)
        assert app.get().text == "2026-11-25 00:00:00"


def test_begun_before_midnight_and_ended_after_it_is_of_the_day_before() -> None:
    def view() -> Response:
        keep_until_change_of("har")
        traveller.shift(2)
        return Response("Hann över midnatt.")

    app = SmallApp(view)
    with time_machine.travel("2026-11-24T22:59:59+00:00", tick=False) as traveller:
        app.get()
        app.get()
    assert app.built == 2


def test_saved_while_it_is_built_it_is_built_again() -> None:
    def view() -> Response:
        keep_until_change_of("har")
        app.houses.revisions = {"har": 2}
        return Response("Kanske gammalt.")

    app = SmallApp(view)
    for _ in range(3):
        app.get()
    assert app.built == 2


@pytest.mark.parametrize("path", ["/personal/sida", "/halsa"])
def test_what_is_not_for_everybody_is_asked_of_flask_as_it_came(path: str) -> None:
    seen = []

    def view() -> Response:
        seen.append(request.headers.get("Cookie"))
        return showing("har")()

    app = SmallApp(view)
    for cookie in ("kh=1", "kh=2"):
        app.get(path, Cookie=cookie)
    assert seen == ["kh=1", "kh=2"]


def test_a_form_that_is_sent_and_a_part_of_a_page_are_not_kept(app: SmallApp) -> None:
    for _ in range(2):
        app.get(method="POST")
        app.get(HX_Request="true", HX_Request_Type="partial")
    assert app.built == 4


@pytest.mark.parametrize(
    "view",
    [
        lambda: Response("Ingen har sagt vad den visar."),
        showing("har", status="404 NOT FOUND"),
        showing("har", status="302 FOUND"),
        showing("har", headers={"Set-Cookie": "a=1"}),  # type: ignore[arg-type]
    ],
)
def test_what_may_not_be_kept_is_not(view: Callable[[], Response]) -> None:
    app = SmallApp(view)
    for _ in range(2):
        app.get()
    assert app.built == 2


def test_who_asks_is_unknown_to_the_view() -> None:
    def view() -> Response:
        keep_until_change_of("har")
        return Response(str(sorted(request.headers.keys())))

    assert SmallApp(view).get(Cookie="kh=1", Accept_Language="sv", If_None_Match="*").status_code == 304
    assert SmallApp(view).get(Cookie="kh=1", Accept_Language="sv").text == "['Host']"


@pytest.mark.parametrize(
    ("query", "built"), [("a=1&b=2", 1), ("b=2&a=1", 2), ("a=1&b=2&c=3", 2), ("a=1&b=2&", 2), ("", 2)]
)
def test_only_the_query_as_we_write_it_is_kept(query: str, built: int) -> None:
    def view() -> Response:
        keep_until_change_of("har")
        keep_under({"a": "1", "b": "2"})
        return Response("Lista")

    app = SmallApp(view)
    for _ in range(2):
        app.get(f"/sida?{query}")
    assert app.built == built


def test_a_search_is_never_kept() -> None:
    def view() -> Response:
        keep_until_change_of("har")
        keep_under(None)
        return Response("Träffar")

    app = SmallApp(view)
    for path in ("/sida", "/sida", "/sida?sok=fika", "/sida?sok=fika"):
        app.get(path)
    assert app.built == 4


def test_another_name_than_ours_gets_nothing_that_is_kept(app: SmallApp) -> None:
    app.get()
    app.get(Host="annat.example.org")
    assert app.built == 2


def test_asked_at_once_it_is_built_once() -> None:
    asked = Barrier(4)
    app = SmallApp(lambda: (keep_until_change_of("har"), Response("Byggd"))[1])

    def ask() -> bytes:
        asked.wait()
        return app.get().data

    with ThreadPoolExecutor(4) as threads:
        answers = [each.result() for each in [threads.submit(ask) for _ in range(4)]]
    assert (set(answers), app.built) == ({b"Byggd"}, 1)


def test_who_asks_while_it_is_built_waits_for_it_and_gets_the_same() -> None:
    begun, may_end = Event(), Event()

    def view() -> Response:
        keep_until_change_of("har")
        begun.set()
        assert may_end.wait(10)
        return Response(f"Byggd {app.built} gång")

    app = SmallApp(view)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(app.get)
        assert begun.wait(10)
        second = threads.submit(app.get)
        assert not second.done()
        may_end.set()
        assert {first.result().text, second.result().text} == {"Byggd 1 gång"}


def test_nobody_waits_for_ever_behind_one_who_is_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khcal.web.kept.LONGEST_WAIT", 0.01)
    begun, may_end = Event(), Event()

    def view() -> Response:
        if not begun.is_set():
            begun.set()
            assert may_end.wait(10)
        return Response("Byggd")

    app = SmallApp(view)
    with ThreadPoolExecutor(1) as threads:
        stuck = threads.submit(app.get)
        assert begun.wait(10)
        assert app.get().text == "Byggd"
        may_end.set()
        assert stuck.result().text == "Byggd"


def test_a_build_that_fails_is_not_kept_and_lets_the_next_one_try() -> None:
    def view() -> Response:
        keep_until_change_of("har")
        if app.built == 1:
            raise RuntimeError("Databasen är borta.")
        return Response("Byggd")

    app = SmallApp(view)
    assert [app.get().status_code for _ in range(3)] == [500, 200, 200]
    assert app.built == 2


def test_without_revisions_nothing_is_kept_or_sent_from_what_was(app: SmallApp) -> None:
    app.get()
    app.houses.revisions = None
    app.get()
    app.get()
    assert app.built == 3


def test_it_tells_the_time_anew_whenever_it_is_sent() -> None:
    app = SmallApp(showing("har", headers={"X-Server-Time": "0"}))  # type: ignore[arg-type]
    with time_machine.travel("2026-11-24T12:00:00+00:00", tick=False) as traveller:
        first = app.get()
        traveller.shift(5)
        again = app.get(If_None_Match=first.headers["ETag"])
    times = [int(answer.headers["X-Server-Time"]) for answer in (first, again)]
    assert (times[1] - times[0], again.status_code, app.built) == (5000, 304, 1)
