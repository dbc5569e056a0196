"""Everything a visitor can come to by links, and the files beside the pages, as text."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.databases import PUBLIC_URL
from tests.html import select

# A month back and two ahead: "next" leads on for ever.
MOST_PAGES = 400
LINKS = "a[href], link[rel=alternate][href], [data-hx-get]"


def crawl(client: FlaskClient, *starts: str, below: str = "/") -> dict[str, str]:
    """The text of every answer that links lead to from ``starts``, by its address."""
    found: dict[str, str] = {}
    waiting = list(starts)
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        if address not in found:
            answer = client.get(address)
            found[address] = text_of(answer)
            waiting.extend(link for link in links(answer, address) if link.startswith(below))
    return found


def text_of(answer: TestResponse) -> str:
    """The body and headers; long lines of a calendar file in one piece."""
    return f"{answer.headers}\n{answer.get_data(as_text=True)}".replace("\r\n ", "")


def links(answer: TestResponse, address: str) -> Iterator[str]:
    """Where a page leads within khcal."""
    if answer.mimetype != "text/html":
        return
    for element in select(answer, LINKS):
        to = urljoin(PUBLIC_URL + address, str(element.get("href") or element.get("data-hx-get")))
        parts = urlsplit(urldefrag(to).url)
        if parts.scheme == "https" and PUBLIC_URL.endswith(parts.netloc):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def everything_public(app: Flask, *houses: str) -> dict[str, str]:
    """What visitors, their calendars and the screens can get of these houses."""
    beside = [
        f"/{house}{end}"
        for house in houses
        for end in (".ics", ".json", "/?sok=zq", "/huset", "/inbaddad", "/prenumerera")
    ]
    walls = [f"/skarm/{house}{end}" for house in houses for end in ("", "/program.json")]
    days = [f"/{house}/dag/2026-11-{day}" for house in houses for day in (25, 26, 27, 28)]
    starts = ("/", *beside, *walls, *days, "/alla.ics", "/halsa", "/skarm/", "/robots.txt", "/sitemap.xml")
    pages = crawl(app.test_client(), *starts) | told_to_screens(app.test_client(), *houses)
    return {address: text for address, text in pages.items() if not address.startswith("/personal")}


def told_to_screens(client: FlaskClient, *houses: str) -> dict[str, str]:
    """What a screen hears that is not paired."""
    addresses = ("/skarm/par", "/skarm/par/svar", *(f"/skarm/{house}/puls" for house in houses))
    return {address: text_of(client.post(address, json={"device": "d" * 32})) for address in addresses}
