"""What a page costs a reader with a browser: requests and bytes over the wire, at first and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium

PAGE = "/sjuharad/"


@dataclass(frozen=True, slots=True)
class Visit:
    """Requests, kB over the wire with headers, how much of it is the font; ms of scripts and nodes."""

    requests: int
    kilobytes: float
    font: float
    script: float
    nodes: int


def first_and_second(address: str) -> tuple[Visit, Visit]:
    """A visit by somebody who was never here, and the next one."""
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        page = browser.new_context(**chromium.READER).new_page()
        visits = _visit(page, address + PAGE), _visit(page, address + PAGE)
        browser.close()
    return visits


def _visit(page: Page, address: str) -> Visit:
    sent: dict[str, float] = {}
    fonts: set[str] = set()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Performance.enable")

    def note_answer(told: dict[str, Any]) -> None:
        if told["type"] == "Font":
            fonts.add(told["requestId"])
        if not (told["response"].get("fromDiskCache") or told["response"].get("fromPrefetchCache")):
            sent.setdefault(told["requestId"], 0)

    def note_end(told: dict[str, Any]) -> None:
        if told["requestId"] in sent:
            sent[told["requestId"]] = told["encodedDataLength"]

    wire.on("Network.responseReceived", note_answer)
    wire.on("Network.requestServedFromCache", lambda told: sent.pop(told["requestId"], None))
    wire.on("Network.loadingFinished", note_end)
    page.goto(address, wait_until="networkidle")
    metrics = {each["name"]: each["value"] for each in wire.send("Performance.getMetrics")["metrics"]}
    wire.detach()
    came = {request: size for request, size in sent.items() if size}
    return Visit(
        requests=len(came),
        kilobytes=sum(came.values()) / 1000,
        font=sum(size for request, size in came.items() if request in fonts) / 1000,
        script=metrics["ScriptDuration"] * 1000,
        nodes=int(metrics["Nodes"]),
    )
