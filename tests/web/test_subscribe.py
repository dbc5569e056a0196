"""The page that tells how to subscribe, and the short address that leads to it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import segno
from flask.testing import FlaskClient

from tests.databases import close_app, copy_of, make_app
from tests.html import links, one, select, texts, words

PAGE = "/sjuharad/prenumerera"
SITE = "https://kalender.example.org"
HTTPS = f"{SITE}/sjuharad.ics"
DISCREET = f"{SITE}/sjuharad/diskret.ics"
GROUP = f"{SITE}/sjuharad/aktivitet/lunchyoga.ics"


@pytest.mark.parametrize(
    ("query", "plain", "discreet"),
    [
        ("", HTTPS, DISCREET),
        ("?grupp=lunchyoga", GROUP, f"{SITE}/sjuharad/aktivitet/lunchyoga/diskret.ics"),
        ("?for=narstaende&typ=samtal", *(f"{feed}?typ=samtal&for=narstaende" for feed in (HTTPS, DISCREET))),
        ("?diskret=1", HTTPS, DISCREET),
        ("?diskret=1&typ=samtal", f"{HTTPS}?typ=samtal", f"{DISCREET}?typ=samtal"),
        ("?grupp=lunchyoga&typ=samtal", GROUP, f"{SITE}/sjuharad/aktivitet/lunchyoga/diskret.ics"),
        ("?typ=nix&enhet=nix&diskret=nix", HTTPS, DISCREET),
    ],
)
def test_every_kind_of_calendar_is_told_the_address(
    sample_client: FlaskClient, query: str, plain: str, discreet: str
) -> None:
    page = sample_client.get(PAGE + query)
    for shown, address in ((".only-plain", plain), (".only-discreet", discreet)):
        iphone, google, icsx5, *outlooks, mac = links(page, f"{shown} a.button")
        webcal = address.replace("https", "webcal")
        assert one(page, f"{shown} input[readonly]")["value"] == address
        assert iphone == mac == webcal
        assert icsx5 == address.replace("https", "webcals")
        assert google == f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"
        assert [parse_qs(urlsplit(outlook).query)["url"] for outlook in outlooks] == [[address]] * 2
        hosts = [urlsplit(outlook).netloc for outlook in outlooks]
        assert hosts == ["outlook.live.com", "outlook.office.com"]
        feed = urlsplit(address)
        assert sample_client.get(f"{feed.path}?{feed.query}").status_code == 200
    assert len(links(page, "main a.button")) == 2 * 6
    assert one(page, "#diskret").has_attr("checked") == ("diskret=1" in query)


def test_a_site_without_encryption_promises_none(tmp_path: Path, sample_file: Path) -> None:
    copy_of(sample_file, tmp_path)
    app = make_app(tmp_path, tmp_path / "khcal.db", public_url="http://localhost:8080")
    page = app.test_client().get(PAGE, base_url="http://localhost:8080")
    assert [link for link in links(page, "main a.button") if link.startswith("webcals")] == []
    close_app(app)


def test_what_leads_on_takes_the_choice_along(sample_client: FlaskClient) -> None:
    page = sample_client.get(f"{PAGE}?grupp=lunchyoga")
    whole = [
        link for link in links(page, ".columns a") if link.partition("?")[0] == PAGE and "enhet" not in link
    ]
    assert whole == [PAGE, f"{PAGE}?diskret=1"]
    assert texts(sample_client.get(PAGE), ".prose > p > .only-discreet") == [
        "Kryssa i Diskret igen när du prenumererar på det du valt.",
        "Alla hus finns inte som diskret kalender.",
    ]


def test_neutral_words_reach_the_name_of_the_calendar(sample_client: FlaskClient) -> None:
    page = sample_client.get(f"{PAGE}?grupp=lunchyoga")
    for shown, name in (
        (".only-plain", "Lunchyoga,%20Kraftens%20hus%20Sjuh%C3%A4rad"),
        (".only-discreet", "Aktiviteter"),
    ):
        outlooks = [link for link in links(page, f"{shown} a.button") if "outlook" in link]
        assert [link.rpartition("name=")[2].replace("%2C", ",") for link in outlooks] == [name] * 2
    buttons = texts(page, "details[data-device=windows] .only-plain")
    assert buttons == ["Öppna Outlook, eget konto", "Öppna Outlook, jobb eller skola"]


def test_each_discreet_way_says_that_it_is(sample_client: FlaskClient) -> None:
    page = sample_client.get(PAGE)
    for label in texts(
        page, ".only-discreet a.button, .only-discreet .field__label, noscript .only-discreet a"
    ):
        assert label.endswith(", diskret")
    assert not [label for label in texts(page, ".only-plain") if "diskret" in label]


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


@pytest.mark.parametrize(
    ("device", "words_of_whens"),
    [
        ("iphone", ["oftast samma dag"]),
        ("android", ["någon gång om dygnet", "väljer du själv"]),
        ("windows", ["efter några timmar", "var sjätte timme", "varje halvtimme"]),
        ("mac", ["så ofta som du valt", "varje halvtimme"]),
        ("annat", ["varje halvtimme"]),
    ],
)
def test_every_program_says_when_it_shows_a_change(
    sample_client: FlaskClient, device: str, words_of_whens: list[str]
) -> None:
    whens = texts(sample_client.get(PAGE), f"details[data-device={device}] .device__when")
    assert len(whens) == len(words_of_whens)
    for when, told in zip(whens, words_of_whens, strict=True):
        assert told in when


def test_the_page_says_what_one_may_wonder(sample_client: FlaskClient) -> None:
    page = sample_client.get(PAGE)
    assert "utan" not in words(one(page, ".discreet"))
    for told in (
        "Bra om andra kan se din kalender, till exempel på jobbet.",
        "När syns det som ändras?",
        "inom en minut",
        "Vem kan se vad du går på?",
        "Väljer du diskret ser de inte titlarna.",
        "Du kan också skriva adressen: kalender.example.org/q/sjuharad",
    ):
        assert told in words(one(page, "main"))


def test_what_is_no_filter_is_said(sample_client: FlaskClient) -> None:
    assert "Vi förstår inte ”nix”." in words(one(sample_client.get(f"{PAGE}?typ=nix"), "main"))


def test_the_page_is_the_same_for_every_device(sample_client: FlaskClient) -> None:
    agents = ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)", "Mozilla/5.0 (Linux; Android 16)", "")
    pages = [sample_client.get(PAGE, headers={"User-Agent": agent}) for agent in agents]
    assert len({page.data for page in pages}) == 1
    assert not select(pages[0], "details[open]")


def test_without_scripts_a_link_opens_the_right_way(sample_client: FlaskClient) -> None:
    page = sample_client.get(f"{PAGE}?typ=samtal")
    ways = links(page, "noscript a")
    assert len(ways) == 2 * 5
    for way in ways:
        opened = sample_client.get(way)
        assert [str(each["data-device"]) for each in select(opened, "details[open]")] == [
            way.rpartition("enhet=")[2].partition("&")[0]
        ]
        assert select(opened, "device-guide details")[0].has_attr("open")
        assert one(opened, ".only-plain input[readonly]")["value"] == f"{HTTPS}?typ=samtal"
        assert one(opened, "#diskret").has_attr("checked") == ("diskret=1" in way)


def test_a_narrowed_list_can_be_subscribed_to(sample_client: FlaskClient) -> None:
    link = next(
        link
        for link in links(sample_client.get("/sjuharad/?for=narstaende&sok=te"), ".hits a")
        if "prenumerera" in link
    )
    page = sample_client.get(link)
    assert one(page, ".only-plain input[readonly]")["value"] == f"{HTTPS}?for=narstaende&sok=te"
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
    assert one(page, "share-link input[readonly][hidden]")["value"] == f"{SITE}{date}"
    assert f"{PAGE}?grupp=lunchyoga" in links(page, ".card--wash a")


def test_the_page_names_what_one_subscribes_to(sample_client: FlaskClient) -> None:
    assert "Allt som händer hos Kraftens hus Sjuhärad." in words(one(sample_client.get(PAGE), ".page__lead"))
    group = sample_client.get(f"{PAGE}?grupp=lunchyoga")
    assert "Lunchyoga" in words(one(group, ".page__lead"))
    assert one(group, f".only-plain a[href='{PAGE}']")


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", f"{SITE}/q/sjuharad"),
        ("?enhet=iphone", f"{SITE}/q/sjuharad"),
        ("?grupp=lunchyoga&diskret=1&enhet=mac", f"{SITE}{PAGE}?grupp=lunchyoga"),
        ("?for=narstaende&typ=samtal", f"{SITE}{PAGE}?typ=samtal&for=narstaende"),
    ],
)
def test_the_code_leads_to_what_the_page_is_about(
    sample_client: FlaskClient, query: str, address: str
) -> None:
    page = sample_client.get(PAGE + query)
    whole = f"{SITE}{PAGE}" if address.endswith("/q/sjuharad") else address
    discreet = f"{whole}{'&' if '?' in whole else '?'}diskret=1"
    for shown, each in ((".only-plain", address), (".only-discreet", discreet)):
        drawn = one(page, f".qr{shown} svg path[stroke]")
        meant = segno.make(each, error="m", micro=False).svg_inline(border=4)
        assert f'd="{drawn["d"]}"' in meant
        way = urlsplit(each)
        opened = sample_client.get(f"{way.path}?{way.query}", follow_redirects=True)
        assert one(opened, "#diskret").has_attr("checked") == (each == discreet)


def test_the_code_is_drawn_without_styles(sample_client: FlaskClient) -> None:
    for drawn in select(sample_client.get(PAGE), ".qr svg"):
        assert drawn["viewbox"]
        assert not select(drawn, "[style], style")


@pytest.mark.parametrize("address", ["/nix/prenumerera", "/q/nix", f"{PAGE}?grupp=nix"])
def test_what_is_not_there(sample_client: FlaskClient, address: str) -> None:
    assert sample_client.get(address).status_code == 404


def test_the_short_address_leads_to_the_page(sample_client: FlaskClient) -> None:
    for typed in ("/q/sjuharad", "/q/sjuharad/"):
        answer = sample_client.get(typed)
        assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
