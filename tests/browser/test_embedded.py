"""The list in a frame on another site: it fits, works without scripts and leads out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser import chromium

EMBEDDED = "/sjuharad/inbaddad"


class OtherSite(BaseHTTPRequestHandler):
    """Pages of somebody else: each holds a frame with what its address names after the question mark."""

    def do_GET(self) -> None:
        framed = unquote(self.path.partition("?")[2])
        page = f'<iframe src="{framed}" title="Kalender" width="100%" height="800"></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *told: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def other_site() -> Iterator[str]:
    """A site of another origin. A real one: Chromium keeps pages made up by a test away from this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), OtherSite) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("width", [280, 320, 600, 900, 1200])
@pytest.mark.parametrize("path", [EMBEDDED, "/langa/inbaddad"])
def test_it_fits_any_width(page: Page, path: str, width: int) -> None:
    page.set_viewport_size(ViewportSize(width=width, height=800))
    page.goto(path)
    assert not chromium.scrolls_sideways(page)


def test_it_follows_the_reader_unless_the_site_around_it_is_always_light(page: Page) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in (EMBEDDED, f"{EMBEDDED}?farg=ljus"):
            page.goto(path)
            grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    plain, light, in_the_dark, light_in_the_dark = grounds
    assert plain == light == light_in_the_dark != in_the_dark


def test_it_is_shown_on_another_site_and_leads_out(
    new_context: Callable[..., BrowserContext], address: str, other_site: str
) -> None:
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{other_site}?{address}{EMBEDDED}")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Kraftens hus Sjuhärad")
    with context.expect_page() as opened:
        frame.locator(".row__link").first.click()
    expect(opened.value.get_by_role("navigation", name="Om kalendern")).to_be_visible()
    assert "/sjuharad/tillfalle/" in opened.value.url
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    assert not context.cookies()


@pytest.mark.parametrize("path", ["/sjuharad/", "/personal/logga-in"])
def test_nothing_else_can_be_framed(
    new_context: Callable[..., BrowserContext], address: str, other_site: str, path: str
) -> None:
    page = new_context().new_page()
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(f"{other_site}?{address}{path}")
    assert not page.frames[1].url.startswith(address)
