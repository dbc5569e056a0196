"""How a state is brought about and in which sizes and colours it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Page, Response, ViewportSize

from tests.browser import chromium
from tests.browser.state import State
from tests.html import fields, one
from tests.people import LOG_IN, PASSWORD, Person


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


@dataclass
class Viewer:
    """Somebody who comes to one state after the other in the same page, logged in as whom it takes."""

    page: Page
    log_ins: dict[Person, Any] = field(default_factory=dict)

    def show(self, state: State, path: str) -> None:
        """Open ``path`` as the state's person and do what belongs to it. Fails on another status."""
        answers: list[Response] = []
        note = _noting(answers)
        self.page.set_viewport_size(looks_of(state)[0].size)
        self._become(state.person)
        self.page.on("response", note)
        self.page.goto(path)
        if state.steps:
            state.steps(self.page)
        self.page.remove_listener("response", note)
        if state.is_wall:
            self.page.locator("main").wait_for()
        # A preview may still follow a page that was answered: either of the two is what the state is about.
        pages = [answer for answer in answers if answer.request.resource_type == "document"]
        last = [(answer.status, answer.url) for answer in (*pages[-1:], *answers[-1:])]
        assert state.status in dict(last), f"{state.name}: {last}"

    def _become(self, person: Person | None) -> None:
        """Log in, or go on with the log-in from before: hundreds of times the form would take minutes."""
        context = self.page.context
        context.clear_cookies()
        if person and person not in self.log_ins:
            come_in(self.page, person)
            self.log_ins[person] = context.cookies()
        elif person:
            context.add_cookies(self.log_ins[person])


def _noting(answers: list[Response]) -> Callable[[Response], None]:
    """Keep the answers that are pages or parts of them, and none of what a page loads beside."""

    def note(answer: Response) -> None:
        parts = {"document"} if answer.request.method == "GET" else {"document", "fetch"}
        if answer.request.resource_type in parts and answer.status not in {302, 303}:
            answers.append(answer)

    return note


def come_in(page: Page, person: Person, address: str = "") -> None:
    """Be logged in as by the form, which a few tests fill in: nothing is drawn and no page is left behind.

    ``address`` is khcal's where the context has no base address.
    """
    request = page.context.request
    form = fields(one(request.get(f"{address}{LOG_IN}").text(), "main form"))
    sent: dict[str, Any] = form | {"name": person.name, "password": PASSWORD}
    answer = request.post(f"{address}{LOG_IN}", form=sent, max_redirects=0)
    assert answer.status == 303, answer.text()
