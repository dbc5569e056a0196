"""Several dates at once: chosen by tick, week or group, then called off or brought back as one change."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm.exc import StaleDataError

from khcal.db import db
from khcal.models import Chapter
from tests.factories import make_closure
from tests.html import one, select, texts, words
from tests.web.staff_dates import (
    ALL,
    address,
    form_of,
    look,
    plant,
    plant_series,
    row_of,
    rows_of,
    send,
    verbs_of,
)
from tests.web.statements import asked_of

CANCEL, RESTORE, MOVE = (f"{ALL}/{action}" for action in ("stall-in", "ta-tillbaka", "flytta"))
OF_GROUP = "?aktivitet=1&fran=2026-12-10"
TWO = "?tillfalle=1&tillfalle=2"


@pytest.fixture(autouse=True)
def series(staff_app: Flask) -> None:
    """Kvällsfika on 3, 10 and 17 December (1, 2, 3), Yoga in another room on 3 December (4)."""
    plant_series(staff_app)
    plant(staff_app, "2026-12-03 18:00", title="Yoga", room_id=2)


def states(app: Flask) -> list[str]:
    return [row.status.value for row in rows_of(app)]


def listed(client: FlaskClient, path: str) -> list[str]:
    """The dates that a page lists, with what it says of them."""
    return texts(client.get(path), ".staff-date")


@pytest.mark.parametrize(
    ("query", "dates"),
    [
        (TWO, ["Torsdag 3 december kl. 18.00–19.30", "Torsdag 10 december kl. 18.00–19.30"]),
        ("?tillfalle=1&tillfalle=1", ["Torsdag 3 december kl. 18.00–19.30"]),
        (
            "?vecka=2026-v49",
            ["Kvällsfika torsdag 3 december kl. 18.00–19.30", "Yoga torsdag 3 december kl. 18.00–19.30"],
        ),
        (OF_GROUP, ["Torsdag 10 december kl. 18.00–19.30", "Torsdag 17 december kl. 18.00–19.30"]),
        ("?aktivitet=4", []),
        ("", []),
        ("?vecka=2026-v99", []),
        ("?vecka=nu", []),
        ("?vecka=2026-v40", []),
    ],
)
def test_which_dates_a_page_is_about(editor: FlaskClient, query: str, dates: list[str]) -> None:
    if query == "?aktivitet=4":
        assert editor.get(f"{CANCEL}{query}").status_code == 404
        return
    assert editor.get(f"{RESTORE}{query}").status_code == 200
    assert len(listed(editor, f"{MOVE}{query}")) == len(dates)
    assert listed(editor, f"{CANCEL}{query}") == dates


def test_without_a_choice_the_page_says_how_to_choose(editor: FlaskClient) -> None:
    assert "Gå till programmet" in words(one(editor.get(CANCEL), "main"))


def test_all_of_a_group_from_a_day_on(staff_app: Flask, editor: FlaskClient) -> None:
    answer = send(editor, f"{CANCEL}{OF_GROUP}", reason="room")
    assert answer.status_code == 303
    assert states(staff_app) == ["planned", "cancelled", "cancelled", "planned"]
    assert {row.reason for row in rows_of(staff_app)[1:3]} == {"Lokalen går inte att använda."}
    assert verbs_of(staff_app).count("cancel") == 1
    page = editor.get(answer.headers["Location"])
    assert "Inställt: 2 tillfällen av Kvällsfika." in words(one(page, ".staff-done"))
    assert words(one(page, "#copy-subject")) == "Inställt: Kvällsfika 10 och 17 december"
    assert editor.get("/sjuharad.ics").text.count("INSTÄLLT") == 2


def test_a_whole_week_but_what_is_unticked(staff_app: Flask, editor: FlaskClient) -> None:
    answer = send(editor, f"{CANCEL}?vecka=2026-v49", tillfalle=["4"], words="Vi har stängt.")
    assert states(staff_app) == ["planned", "planned", "planned", "cancelled"]
    assert "Yoga torsdag 3 december" in words(one(editor.get(answer.headers["Location"]), "#copy-message"))


def test_what_can_not_be_called_off_is_told(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, address(1, "stall-in"), reason="ill")
    plant(staff_app, "2026-12-03 18:00", title="Nytt", published=False)
    send(editor, address(4, "flytta"), day="2026-11-02", past_ok="y")
    page = editor.get(f"{CANCEL}?tillfalle=1&tillfalle=2&tillfalle=4&tillfalle=5")
    assert texts(page, ".staff-date") == [
        "Yoga måndag 2 november kl. 18.00–19.30 har redan varit",
        "Kvällsfika torsdag 3 december kl. 18.00–19.30 Inställt : Ledaren är sjuk.",
        "Nytt torsdag 3 december kl. 18.00–19.30 Utkast",
        "Kvällsfika torsdag 10 december kl. 18.00–19.30",
    ]
    assert [box["value"] for box in select(page, ".staff-date [type=checkbox]")] == ["2"]
    # Ticked by hand all the same, they are left in peace.
    sent = form_of(page) | {"reason": "few", "tillfalle": ["1", "2", "4", "5"]}
    assert editor.post(CANCEL, data=sent).status_code == 303
    assert [row.reason for row in rows_of(staff_app)] == [
        "Ledaren är sjuk.",
        "För få har anmält sig.",
        "",
        "",
        "",
    ]


def test_the_house_does_not_open_because_a_week_is_called_off(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_closure(house, date(2026, 12, 4), date(2026, 12, 4))
        db.session.commit()
    assert len(listed(editor, f"{CANCEL}?vecka=2026-v49")) == 2


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "Välj ett skäl eller skriv ett eget."),
        ({"reason": "other"}, "Skriv skälet. Alla som ser kalendern kan läsa det."),
        ({"reason": "ill", "tillfalle": None}, "Kryssa i minst ett tillfälle som ska ställas in."),
    ],
)
def test_what_is_missing_is_told_and_ticks_are_kept(
    staff_app: Flask, editor: FlaskClient, values: dict[str, str], told: str
) -> None:
    answer = send(editor, f"{CANCEL}{OF_GROUP}", **{"tillfalle": ["3"]} | values)
    assert answer.status_code == 422
    assert told in words(one(answer, "main"))
    ticked = [box["value"] for box in select(answer, ".staff-date [checked]")]
    assert ticked == (["3"] if values.get("tillfalle", "") is not None else [])
    assert "cancelled" not in states(staff_app)


@pytest.mark.parametrize("path", [CANCEL, MOVE])
@pytest.mark.parametrize("query", ["?vecka=2026-v49", OF_GROUP])
def test_a_refusal_still_says_which_dates_it_is_about(editor: FlaskClient, path: str, query: str) -> None:
    lead = texts(editor.get(f"{path}{query}"), ".page__lead")
    assert lead[0].startswith(("Vecka 49", "Kvällsfika från och med"))
    answer = send(editor, f"{path}{query}")
    assert answer.status_code == 422
    assert texts(answer, ".page__lead") == lead


def test_a_reason_may_come_with_the_address(editor: FlaskClient) -> None:
    page = editor.get(f"{CANCEL}{TWO}&skal=Huset är stängt.")
    assert form_of(page)["words"] == "Huset är stängt."


def test_nothing_is_saved_that_nobody_saw(staff_app: Flask, editor: FlaskClient) -> None:
    token = form_of(editor.get(f"{CANCEL}{TWO}"))["csrf_token"]
    for path in (CANCEL, RESTORE, MOVE):
        answer = editor.post(
            path, data={"csrf_token": token, "tillfalle": ["1"], "reason": "ill", "shift": "1"}
        )
        assert answer.status_code == 422
    assert set(states(staff_app)) == {"planned"}


def test_several_are_brought_back(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, f"{CANCEL}{TWO}", reason="ill")
    assert listed(editor, f"{RESTORE}?aktivitet=1") == [
        "Torsdag 3 december kl. 18.00–19.30",
        "Torsdag 10 december kl. 18.00–19.30",
    ]
    answer = send(editor, f"{RESTORE}?aktivitet=1", tillfalle=["2"])
    assert states(staff_app) == ["cancelled", "planned", "planned", "planned"]
    assert verbs_of(staff_app)[-1] == "restore"
    assert "blir av ändå" in words(one(editor.get(answer.headers["Location"]), "#copy-message"))


def test_bringing_back_shows_what_has_taken_its_place(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, f"{CANCEL}{TWO}", reason="ill")
    plant(staff_app, "2026-12-03 18:00", title="Målarkväll", room_id=1)
    assert "Krockar med Målarkväll kl. 18.00–19.30" in listed(editor, f"{RESTORE}{TWO}")[0]


@pytest.mark.parametrize(
    ("path", "values"),
    [(f"{CANCEL}{TWO}", {"reason": "ill"}), (f"{MOVE}{TWO}", {"shift": "1"})],
)
def test_somebody_else_was_faster(
    staff_app: Flask, editor: FlaskClient, colleague: FlaskClient, path: str, values: dict[str, str]
) -> None:
    start = look(editor, path, **values) if path.startswith(MOVE) else editor.get(path)
    mine = form_of(start) | values
    send(colleague, address(2, "flytta"), day="2026-12-14")
    answer = editor.post(path, data=mine)
    assert answer.status_code == 409
    assert texts(answer, ".staff-conflict li") == ["Kvällsfika måndag 14 december"]
    assert "Ändrat av någon annan. Så här är det nu." in words(one(answer, "#rad-2"))
    assert row_of(staff_app).status.value == "planned"
    # Looked at, it can be done.
    again = editor.post(path, data=form_of(answer))
    again = again if again.status_code == 303 else editor.post(path, data=form_of(again))
    assert again.status_code == 303


def test_two_who_save_in_the_same_moment(
    staff_app: Flask, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_: object) -> None:
        raise StaleDataError

    send(editor, address(4, "stall-in"), reason="ill")
    pages = {
        f"{CANCEL}{TWO}": {"reason": "ill"},
        address(1, "stall-in"): {"reason": "ill"},
        f"{RESTORE}?tillfalle=4": {},
        f"{MOVE}{TWO}": {"shift": "1"},
        address(1, "flytta"): {"day": "2026-12-09"},
    }
    sent = {
        path: form_of(look(editor, path, **values) if "flytta" in path else editor.get(path)) | values
        for path, values in pages.items()
    }
    monkeypatch.setattr("khcal.web.staff.after_dates.commit_and_tell", too_late)
    assert {path: editor.post(path, data=form).status_code for path, form in sent.items()} == dict.fromkeys(
        sent, 409
    )
    assert states(staff_app) == ["planned", "planned", "planned", "cancelled"]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        (CANCEL, {"reason": "other", "words": "Storm på gång."}),
        (MOVE, {"starts": "17", "words": "Storm på gång."}),
    ],
)
def test_a_draft_that_is_gone_takes_nothing_with_it(
    staff_app: Flask, editor: FlaskClient, colleague: FlaskClient, path: str, values: dict[str, str]
) -> None:
    plant(staff_app, "2026-12-04 18:00", title="Utflykt", published=False)
    query = "?tillfalle=1&tillfalle=5"
    sent = form_of(editor.get(f"{path}{query}")) | values
    token = {"csrf_token": form_of(colleague.get(f"{CANCEL}{TWO}"))["csrf_token"]}
    colleague.post("/personal/sjuharad/aktivitet/3/ta-bort", data=token)
    answer = editor.post(f"{path}{query}", data=sent)
    assert answer.status_code == 409
    assert "Ett tillfälle finns inte längre." in words(one(answer, ".staff-conflict"))
    again = form_of(answer)
    assert again["words"] == "Storm på gång."
    action = str(one(answer, "#cancel-form, #move-form")["action"])
    assert action == f"{path}?tillfalle=1"
    answer = editor.post(action, data=again)
    answer = answer if answer.status_code == 303 else editor.post(action, data=form_of(answer))
    assert answer.status_code == 303


def test_a_double_click_is_one_change(staff_app: Flask, editor: FlaskClient) -> None:
    for path, values in (
        (f"{MOVE}{TWO}", {"shift": "1"}),
        (f"{CANCEL}{TWO}", {"reason": "ill"}),
        (f"{RESTORE}{TWO}", {}),
    ):
        start = look(editor, path, **values) if path.startswith(MOVE) else editor.get(path)
        sent = form_of(start) | values
        first, second = (editor.post(path, data=sent) for _ in range(2))
        assert (second.status_code, second.headers["Location"]) == (303, first.headers["Location"])
    assert [verbs_of(staff_app).count(verb) for verb in ("move", "cancel", "restore")] == [1, 1, 1]
    assert f"{row_of(staff_app).starts_at:%d}" == "04"


@pytest.mark.parametrize(
    "query", ["?tillfalle=99", "?tillfalle=1&tillfalle=99", "?tillfalle=x", "?aktivitet=1"]
)
def test_what_is_not_ones_own_is_not_there(editor: FlaskClient, stranger: FlaskClient, query: str) -> None:
    for path in (CANCEL, RESTORE, MOVE):
        assert stranger.get(f"{path.replace('sjuharad', 'goteborg')}{query}").status_code == 404
        assert stranger.get(f"{path}{query}").status_code == 404
    if "99" in query or "x" in query:
        assert editor.get(f"{CANCEL}{query}").status_code == 404


def test_a_week_asks_as_much_whatever_it_holds(staff_app: Flask, editor: FlaskClient) -> None:
    def asked(path: str) -> int:
        with asked_of(staff_app) as statements:
            editor.get(path)
        return len(statements)

    few = asked(f"{CANCEL}?vecka=2026-v49"), asked(f"{MOVE}?vecka=2026-v49")
    for number in range(10):
        plant(staff_app, f"2026-12-04 {10 + number}:00", title=f"Kurs {number}", room_id=1)
    assert (asked(f"{CANCEL}?vecka=2026-v49"), asked(f"{MOVE}?vecka=2026-v49")) == few
