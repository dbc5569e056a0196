"""How a state is brought about and in which sizes and colours it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Page, Response, ViewportSize

from tests.browser import chromium
from tests.browser.state import State
from tests.people import PASSWORD, Person


@dataclass(frozen=True)
class Look:
    """One size of window and one colour scheme."""

    name: str
    size: ViewportSize
    scheme: Literal["light", "dark"]


READING = tuple(
    Look(f"{device}-{scheme}", size, scheme)
    for device, size in (("phone", chromium.PHONE), ("desktop", chromium.DESKTOP))
    for scheme in ("light", "dark")
)
ON_A_WALL = (Look("wide", chromium.WALL, "light"), Look("upright", chromium.WALL_UPRIGHT, "light"))


def looks_of(state: State) -> tuple[Look, ...]:
    """The looks that a state is met in."""
    return ON_A_WALL if state.is_wall else READING


def show(page: Page, state: State, path: str) -> None:
    """Open ``path`` as the state's person and do what belongs to it. Fails on another status."""
    answers: list[Response] = []
    note = _noting(answers)
    page.set_viewport_size(looks_of(state)[0].size)
    page.context.clear_cookies()
    if state.person:
        log_in(page, state.person)
    page.on("response", note)
    page.goto(path)
    if state.steps:
        state.steps(page)
    page.remove_listener("response", note)
    if state.is_wall:
        page.locator("main").wait_for()
    # A preview may still follow a page that was answered: either of the two is what the state is about.
    pages = [answer for answer in answers if answer.request.resource_type == "document"]
    last = {answer.status: answer.url for answer in (*pages[-1:], *answers[-1:])}
    assert state.status in last, f"{state.name}: {last}"


def _noting(answers: list[Response]) -> Callable[[Response], None]:
    """Keep the answers that are pages or parts of them, and none of what a page loads beside."""

    def note(answer: Response) -> None:
        parts = {"document"} if answer.request.method == "GET" else {"document", "fetch"}
        if answer.request.resource_type in parts and answer.status not in {302, 303}:
            answers.append(answer)

    return note


def log_in(page: Page, person: Person) -> None:
    """Log in by the form."""
    page.goto("/personal/logga-in")
    page.locator("[name=name]").fill(person.name)
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_event("load"):
        page.get_by_role("button", name="Logga in").click()
