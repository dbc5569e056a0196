"""The page that tells how to subscribe, and the short address that leads to it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.html import links, one, select, words

PAGE = "/sjuharad/prenumerera"
HTTPS = "https://kalender.example.org/sjuharad.ics"
GROUP = "https://kalender.example.org/sjuharad/aktivitet/lunchyoga.ics"


@pytest.mark.parametrize(("query", "address"), [("", HTTPS), ("?grupp=lunchyoga", GROUP)])
def test_every_kind_of_calendar_is_told_the_address(
    sample_client: FlaskClient, query: str, address: str
) -> None:
    page = sample_client.get(PAGE + query)
    webcal, google, outlook = links(page, "main a.button")
    assert one(page, "input[readonly]")["value"] == address
    assert webcal == address.replace("https", "webcal")
    assert parse_qs(urlsplit(google).query)["cid"] == [webcal]
    assert parse_qs(urlsplit(outlook).query)["url"] == [address]
    assert sample_client.get(urlsplit(address).path).status_code == 200


def test_the_page_names_what_one_subscribes_to(sample_client: FlaskClient) -> None:
    assert "Allt som händer hos Kraftens hus Sjuhärad." in words(one(sample_client.get(PAGE), ".page__lead"))
    group = sample_client.get(f"{PAGE}?grupp=lunchyoga")
    assert "Lunchyoga" in words(one(group, ".page__lead"))
    assert one(group, f"main a[href='{PAGE}']")


def test_the_code_is_drawn_without_styles(sample_client: FlaskClient) -> None:
    drawn = one(sample_client.get(PAGE), ".qr svg")
    assert drawn["viewbox"]
    assert not select(drawn, "[style], style")


@pytest.mark.parametrize("address", ["/nix/prenumerera", "/q/nix", f"{PAGE}?grupp=nix"])
def test_what_is_not_there(sample_client: FlaskClient, address: str) -> None:
    assert sample_client.get(address).status_code == 404


def test_the_short_address_leads_to_the_page(sample_client: FlaskClient) -> None:
    answer = sample_client.get("/q/sjuharad")
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
