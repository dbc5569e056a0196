"""Narrowing the list: plain GET, the number of hits, and always a way back to everything."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from khcal.calendaring.terms import Audience, Form, Kind, Signup
from khcal.web.kept import kept_answers_of
from tests.factories import make_chapter, make_event
from tests.html import fields, links, one, select, texts, words

LIST = "/goteborg/"


@pytest.fixture(autouse=True)
def programme(session: Session) -> None:
    """A talk for relatives, yoga online, and a walk that one books."""
    house = make_chapter("goteborg", name="Kraftens hus Göteborg")
    make_event(
        house,
        "2026-11-25 10:00",
        title="Anhöriggrupp",
        kind=Kind.CONVERSATION,
        audience=frozenset({Audience.RELATIVE}),
        short_text="Vi pratar om vardagen.",
    )
    make_event(
        house,
        "2026-11-25 12:00",
        title="Lunchyoga",
        kind=Kind.MOVEMENT,
        form=Form.ONLINE,
        signup=Signup.REQUIRED,
    )
    make_event(
        house,
        "2026-11-26 13:00",
        title="Promenad",
        kind=Kind.MOVEMENT,
        form=Form.OUTDOORS,
        signup=Signup.APPOINTMENT,
    )
    session.commit()


def titles(client: FlaskClient, query: str) -> list[str]:
    return texts(client.get(LIST + query), ".row__link > span[dir]")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Anhöriggrupp", "Lunchyoga", "Promenad"]),
        ("?typ=rorelse", ["Lunchyoga", "Promenad"]),
        ("?for=narstaende", ["Anhöriggrupp", "Lunchyoga", "Promenad"]),
        ("?for=efterlevande", ["Lunchyoga", "Promenad"]),
        ("?form=digitalt", ["Lunchyoga"]),
        ("?form=utomhus", ["Promenad"]),
        ("?anmalan=utan", ["Anhöriggrupp"]),
        ("?anmalan=bokad-tid", ["Promenad"]),
        ("?sok=YOGA", ["Lunchyoga"]),
        ("?sok=pratar+vardagen", ["Anhöriggrupp"]),
        ("?typ=rorelse&form=digitalt", ["Lunchyoga"]),
        ("?typ=&for=&form=&anmalan=&sok=", ["Anhöriggrupp", "Lunchyoga", "Promenad"]),
        ("?sok=100%25", []),
    ],
)
def test_what_each_filter_leaves(client: FlaskClient, query: str, found: list[str]) -> None:
    assert titles(client, query) == found


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "3 tillfällen"),
        ("?typ=samtal", "1 tillfälle: Samtal"),
        ("?typ=rorelse&anmalan=utan", "0 tillfällen: Rörelse, Utan anmälan"),
        ("?for=narstaende&form=digitalt&sok=Yoga", "1 tillfälle: Närstående, Digitalt, ”Yoga”"),
    ],
)
def test_the_number_of_hits_is_said(client: FlaskClient, query: str, said: str) -> None:
    page = client.get(LIST + query)
    assert words(str(one(page, "#occurrence-list")["data-announce"])) == said
    assert words(one(page, ".hits span")).startswith(said)
    assert one(page, "#announcement")["role"] == "status"


def test_everything_is_always_one_link_away(client: FlaskClient) -> None:
    assert links(client.get(LIST + "?typ=samtal"), ".hits__all")[-1] == LIST


def test_the_form_keeps_what_was_chosen(client: FlaskClient) -> None:
    page = client.get(LIST + "?typ=rorelse&for=narstaende&form=digitalt&anmalan=anmalan&sok=Mjuk+yoga")
    assert fields(one(page, "form")) == {
        "typ": "rorelse",
        "for": "narstaende",
        "form": "digitalt",
        "anmalan": "anmalan",
        "sok": "Mjuk yoga",
    }


def test_the_form_works_without_javascript(client: FlaskClient) -> None:
    form = one(client.get(LIST), "form")
    assert (form.get("method", "get"), form["action"]) == ("get", LIST)
    assert texts(form, "button[type=submit]") == ["Visa"]
    assert all(select(form, f"label[for={field['id']}]") for field in select(form, "select, input"))


def test_every_value_of_the_form_is_understood(client: FlaskClient) -> None:
    form = one(client.get(LIST), "form")
    for choice in select(form, "select"):
        for option in select(choice, "option"):
            page = client.get(LIST, query_string={str(choice["name"]): str(option["value"])})
            assert "Vi förstår inte" not in words(one(page, "#occurrence-list"))


def test_two_filters_lie_open_and_the_rest_are_folded(client: FlaskClient) -> None:
    page = client.get(LIST)
    assert len(select(page, ".filters__form > .field select")) == 2
    assert not select(page, "details[open]")
    assert one(client.get(LIST + "?form=digitalt"), ".filters__rest").has_attr("open")


@pytest.mark.parametrize("query", ["?typ=hoppa", "?for=ingen", "?form=per+brev", "?anmalan=kanske"])
def test_an_unknown_value_is_said_and_left_out(client: FlaskClient, query: str) -> None:
    page = client.get(LIST + query)
    assert page.status_code == 200
    assert f"Vi förstår inte ”{query.split('=')[1].replace('+', ' ')}”." in words(one(page, ".notice"))
    assert len(select(page, ".row")) == 3


def test_no_hits_say_what_to_do(client: FlaskClient) -> None:
    page = client.get(LIST + "?sok=ballongflygning")
    assert "Ta bort ett val, eller se allt som händer." in words(one(page, "#occurrence-list .card"))
    assert LIST in links(page, "#occurrence-list .card a")


def test_no_hits_lead_to_one_choice_less_and_to_other_houses(client: FlaskClient, session: Session) -> None:
    make_chapter("boras", short_name="Sjuhärad")
    session.commit()
    query = "?typ=rorelse&form=utomhus&sok=yoga"
    for way in ("", "vecka/2026-v48", "manad/2026-11", "dag/2026-11-25"):
        card = one(client.get(f"{LIST}{way}{query}"), ".card:has(.button-row)")
        assert {words(link): link["href"] for link in select(card, "a")} == {
            "Ta bort Rörelse": f"{LIST}{way}?form=utomhus&sok=yoga",
            "Ta bort Utomhus": f"{LIST}{way}?typ=rorelse&sok=yoga",
            "Ta bort ”yoga”": f"{LIST}{way}?typ=rorelse&form=utomhus",
            "Visa alla": f"{LIST}{way}",
            "Sjuhärad": f"/boras/{query}",
        }, way


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("vecka/2026-v48", ["Lunchyoga", "Promenad"]),
        ("manad/2026-11", ["Lunchyoga", "Promenad"]),
        ("dag/2026-11-25", ["Lunchyoga"]),
    ],
)
def test_what_is_chosen_goes_on_in_every_view(client: FlaskClient, way: str, found: list[str]) -> None:
    page = client.get(f"{LIST}{way}?typ=rorelse")
    assert texts(page, ".entry__title, .row__link > span[dir]") == found
    assert words(one(page, ".hits span")).endswith(": Rörelse")
    assert links(page, ".hits__all") == [f"{LIST}?typ=rorelse", f"{LIST}{way}"]
    ways = links(page, ".views__link, .pager__link, .week-table__date, .month-table a[class*=month-table__]")
    assert len(ways) > 4
    assert [link for link in ways if not link.endswith("?typ=rorelse")] == []
    assert all(
        link.endswith("?typ=rorelse") for link in links(client.get(f"{LIST}?typ=rorelse"), ".views__link")
    )


def test_nothing_next_that_was_not_asked_for(client: FlaskClient) -> None:
    card = one(client.get(f"{LIST}dag/2026-11-24?anmalan=bokad-tid"), ".card")
    assert "Nästa är Promenad" in words(card)
    assert "Ta bort" not in words(card)


def test_a_choice_that_is_none_is_said_in_every_view(client: FlaskClient) -> None:
    for way in ("vecka/2026-v48", "manad/2026-11", "dag/2026-11-25"):
        page = client.get(f"{LIST}{way}?typ=hoppa")
        assert "Vi förstår inte ”hoppa”." in words(one(page, ".notice"))
        assert not select(page, ".hits")


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("", True),
        ("?typ=rorelse&form=digitalt", True),
        ("?form=digitalt&typ=rorelse", False),
        ("?sok=yoga", False),
    ],
)
def test_a_week_is_kept_as_a_list_is(client: FlaskClient, query: str, is_kept: bool) -> None:
    """Under its address as we write it, and never for a search."""
    shelf = kept_answers_of(client.application).shelf
    client.get(f"{LIST}vecka/2026-v48{query}")
    assert (shelf.get((f"{LIST}vecka/2026-v48", query.lstrip("?"))) is not None) == is_kept


def test_more_keeps_the_filters(client: FlaskClient, session: Session) -> None:
    house = make_chapter("boras")
    make_event(house, *(f"2026-{month}-{day:02} 10:00" for month in (11, 12) for day in range(24, 31)))
    make_event(house, *(f"2027-01-{day:02} 10:00" for day in range(1, 31)))
    session.commit()
    page = client.get("/boras/?typ=skapande&sok=m%C3%A5lar")
    assert links(page, "#more-dates a") == ["/boras/?typ=skapande&sok=m%C3%A5lar&fran=2027-01-07"]


def test_a_search_cannot_write_into_the_page(client: FlaskClient) -> None:
    page = client.get(LIST, query_string={"sok": '"><script>alert(1)</script>'})
    assert not select(page, "main script")
    assert one(page, "#val-sok")["value"] == '"><script>alert(1)</script>'


def test_a_very_long_search_is_cut(client: FlaskClient) -> None:
    page = client.get(LIST, query_string={"sok": "å" * 5000})
    assert page.status_code == 200
    assert len(str(one(page, "#val-sok")["value"])) == 100
