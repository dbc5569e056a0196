"""An address that is read as another one than was sent is no address, on the wire and before what is kept."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.browser.server import answering


def status_of(site: str, asked: str, **headers: str) -> int:
    reader = HTTPConnection(urlsplit(site).netloc, timeout=60)
    # As it stands: nothing between us may tidy it up.
    reader.putrequest("GET", asked, skip_host=True)
    reader.putheader("Host", "kalender.example.org")
    for name, value in headers.items():
        reader.putheader(name.replace("_", "-"), value)
    reader.endheaders()
    status = reader.getresponse().status
    reader.close()
    return status


@pytest.mark.parametrize(
    "asked",
    [
        "/sjuharad%2Fdiskret.ics",
        "/sjuharad%2fdiskret.ics",
        "//sjuharad.ics",
        "/sjuharad//diskret.ics",
        "/skarm//sjuharad/program.json",
        "https://kalender.example.org//sjuharad.ics",
        "/sjuharad.ics;x.css",
        "/sjuharad.ics%3Bx.css",
        "/SJUHARAD.ICS",
        "/sjuharad.css",
    ],
)
def test_it_is_not_found(sample_app: Flask, asked: str) -> None:
    with answering(sample_app) as site:
        # What it would be read as is kept by now.
        for plain in ("/sjuharad/diskret.ics", "/sjuharad.ics", "/skarm/sjuharad/program.json"):
            assert status_of(site, plain) == 200
        assert status_of(site, asked) == 404


@pytest.mark.parametrize(
    "asked",
    [
        "/sjuharad.ics?sok=https%3A%2F%2Fx;y",
        "/sjuharad.ics?sok=//",
        "/sjuharad.ics?sok=yoga%20i",
        "https://kalender.example.org/sjuharad.ics",
    ],
)
def test_what_is_asked_for_besides_may_be_anything(sample_app: Flask, asked: str) -> None:
    with answering(sample_app) as site:
        assert status_of(site, asked, If_None_Match="*") == 304
