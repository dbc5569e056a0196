"""The page that tells how to subscribe, and the short address that leads to it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from flask.testing import FlaskClient

from tests.html import links, one, select, texts, words

PAGE = "/sjuharad/prenumerera"
SITE = "https://kalender.example.org"
HTTPS = f"{SITE}/sjuharad.ics"
GROUP = f"{SITE}/sjuharad/aktivitet/lunchyoga.ics"


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", HTTPS),
        ("?grupp=lunchyoga", GROUP),
        ("?for=narstaende&typ=samtal", f"{HTTPS}?typ=samtal&for=narstaende"),
        ("?diskret=1", f"{SITE}/sjuharad/diskret.ics"),
        ("?diskret=1&grupp=lunchyoga", f"{SITE}/sjuharad/aktivitet/lunchyoga/diskret.ics"),
        ("?diskret=1&typ=samtal", f"{SITE}/sjuharad/diskret.ics?typ=samtal"),
        ("?grupp=lunchyoga&typ=samtal", GROUP),
        ("?typ=nix&enhet=nix&diskret=nix", HTTPS),
    ],
)
def test_every_kind_of_calendar_is_told_the_address(
    sample_client: FlaskClient, query: str, address: str
) -> None:
    page = sample_client.get(PAGE + query)
    iphone, google, icsx5, *outlooks, mac = links(page, "main a.button")
    webcal = address.replace("https", "webcal")
    assert one(page, "input[readonly]")["value"] == address
    assert iphone == mac == webcal
    assert icsx5 == address.replace("https", "webcals")
    assert parse_qs(urlsplit(google).query)["cid"] == [webcal]
    assert [parse_qs(urlsplit(outlook).query)["url"] for outlook in outlooks] == [[address]] * 2
    assert [urlsplit(outlook).netloc for outlook in outlooks] == ["outlook.live.com", "outlook.office.com"]
    feed = urlsplit(address)
    assert sample_client.get(f"{feed.path}?{feed.query}").status_code == 200


def test_neutral_words_reach_the_name_of_the_calendar(sample_client: FlaskClient) -> None:
    page = sample_client.get(f"{PAGE}?diskret=1&grupp=lunchyoga")
    outlook = next(link for link in links(page, "main a.button") if "outlook" in link)
    assert parse_qs(urlsplit(outlook).query)["name"] == ["Aktiviteter"]
    assert one(page, "#diskret").has_attr("checked")
    kept = {str(field["name"]): field["value"] for field in select(page, ".discreet input[type=hidden]")}
    assert kept == {"grupp": "lunchyoga", "enhet": ""}


def test_every_program_is_told_of_in_words(sample_client: FlaskClient) -> None:
    told = words(one(sample_client.get(PAGE), "device-guide"))
    for program in (
        "Google",
        "Samsung",
        "ICSx5",
        "Nya Outlook",
        "Klassiska Outlook",
        "Thunderbird",
        "iPhone",
        "Mac",
    ):
        assert program in told
    whens = texts(sample_client.get(PAGE), ".device__when")
    assert len(whens) >= 7


def test_the_page_is_the_same_for_every_device(sample_client: FlaskClient) -> None:
    agents = ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)", "Mozilla/5.0 (Linux; Android 16)", "")
    pages = [sample_client.get(PAGE, headers={"User-Agent": agent}) for agent in agents]
    assert len({page.data for page in pages}) == 1
    assert not select(pages[0], "details[open]")


def test_without_scripts_a_link_opens_the_right_way(sample_client: FlaskClient) -> None:
    page = sample_client.get(f"{PAGE}?typ=samtal")
    ways = links(page, "noscript a")
    assert len(ways) == 5
    for way in ways:
        opened = sample_client.get(way)
        assert [str(each["data-device"]) for each in select(opened, "details[open]")] == [
            way.rpartition("enhet=")[2].partition("&")[0]
        ]
        assert select(opened, "device-guide details")[0].has_attr("open")
        assert one(opened, "input[readonly]")["value"] == f"{HTTPS}?typ=samtal"


def test_a_narrowed_list_can_be_subscribed_to(sample_client: FlaskClient) -> None:
    link = next(
        link
        for link in links(sample_client.get("/sjuharad/?for=narstaende&sok=te"), ".hits a")
        if "prenumerera" in link
    )
    page = sample_client.get(link)
    assert one(page, "input[readonly]")["value"] == f"{HTTPS}?for=narstaende&sok=te"
    assert "Närstående, ”te”, Kraftens hus Sjuhärad." in words(one(page, ".page__lead"))
    assert not [link for link in links(sample_client.get("/sjuharad/"), ".hits a") if "prenumerera" in link]


def test_one_date_for_the_calendars_on_the_web(sample_client: FlaskClient) -> None:
    date = links(sample_client.get("/sjuharad/?sok=lunchyoga"), ".row:not(.row--off) .row__title a")[0]
    page = sample_client.get(date)
    google, outlook = (
        next(link for link in links(page) if host in link) for host in ("google.com", "outlook")
    )
    assert (
        parse_qs(urlsplit(google).query)["text"]
        == parse_qs(urlsplit(outlook).query)["subject"]
        == ["Lunchyoga"]
    )
    assert one(page, "share-link")["data-address"] == f"{SITE}{date}"
    assert one(page, "share-link").has_attr("hidden")


def test_the_page_names_what_one_subscribes_to(sample_client: FlaskClient) -> None:
    assert "Allt som händer hos Kraftens hus Sjuhärad." in words(one(sample_client.get(PAGE), ".page__lead"))
    group = sample_client.get(f"{PAGE}?grupp=lunchyoga")
    assert "Lunchyoga" in words(one(group, ".page__lead"))
    assert one(group, f"main a[href='{PAGE}']")


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", f"{SITE}/q/sjuharad"),
        ("?enhet=iphone", f"{SITE}/q/sjuharad"),
        ("?grupp=lunchyoga&diskret=1&enhet=mac", f"{SITE}{PAGE}?grupp=lunchyoga&diskret=1"),
        ("?for=narstaende&typ=samtal", f"{SITE}{PAGE}?typ=samtal&for=narstaende"),
    ],
)
def test_the_code_leads_to_what_the_page_is_about(
    sample_client: FlaskClient, query: str, address: str
) -> None:
    drawn = one(sample_client.get(PAGE + query), ".qr svg path[stroke]")
    meant = segno.make(address, error="m", micro=False).svg_inline(border=4)
    assert f'd="{drawn["d"]}"' in meant
    way = urlsplit(address)
    assert sample_client.get(f"{way.path}?{way.query}", follow_redirects=True).status_code == 200


def test_the_code_is_drawn_without_styles(sample_client: FlaskClient) -> None:
    drawn = one(sample_client.get(PAGE), ".qr svg")
    assert drawn["viewbox"]
    assert not select(drawn, "[style], style")


@pytest.mark.parametrize("address", ["/nix/prenumerera", "/q/nix", f"{PAGE}?grupp=nix"])
def test_what_is_not_there(sample_client: FlaskClient, address: str) -> None:
    assert sample_client.get(address).status_code == 404


def test_the_short_address_leads_to_the_page(sample_client: FlaskClient) -> None:
    for typed in ("/q/sjuharad", "/q/sjuharad/"):
        answer = sample_client.get(typed)
        assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
