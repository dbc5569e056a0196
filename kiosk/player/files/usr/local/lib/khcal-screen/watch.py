"""Once a minute: does the wall still turn its minutes? After five without, start the screen anew.

The wall writes the time it shows last into its title. Chromium tells titles to this machine alone, over
HTTP. Time is counted from the start of the machine, so a clock put right changes nothing here; what is
remembered lies in memory and goes with the machine.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

UNIT = "khcal-screen.service"
PATIENCE = 5 * 60
HOUR = 60 * 60
MOST_RESTARTS = 3
# Not asked for so long: the screen was stopped by hand meanwhile, or the machine slept.
GAP = 3 * 60
# For the whole answer, however slowly it drips.
SECONDS_TO_ANSWER = 10.0


@dataclass(frozen=True)
class Page:
    """What Chromium has in its window."""

    title: str
    address: str


@dataclass(frozen=True)
class State:
    """What is remembered from minute to minute; moments are seconds since the machine was started."""

    asked_at: float
    alive_at: float
    title: str = ""
    restarts: tuple[float, ...] = ()
    gave_up: bool = False


@dataclass(frozen=True)
class Verdict:
    """What to do now, and the line for the log; ``forget``: begin at the given address next time."""

    state: State
    restart: bool = False
    line: str = ""
    forget: bool = False


def decide(state: State | None, page: Page | None, now: float, address: str, was_shown: bool) -> Verdict:
    """What follows from the page seen at ``now``, or from none; ``was_shown``: the screen once worked."""
    state = carried_on(state, now)
    is_there = page is not None and is_ours(page, address)
    if page and is_there and (page.title != state.title or is_for_pairing(page)):
        return Verdict(replace(state, alive_at=now, title=page.title, gave_up=False))
    if now - state.alive_at < PATIENCE:
        return Verdict(state)
    fault = what_is_wrong(page, is_there)
    if was_shown and len(state.restarts) >= MOST_RESTARTS:
        line = "" if state.gave_up else f"Skärmen {fault}. Tre omstarter på en timme räcker, nu väntar vi."
        return Verdict(replace(state, gave_up=True), line=line)
    restarted = replace(state, alive_at=now, restarts=(*state.restarts, now), gave_up=False)
    # A house that is no more has an answer, but no wall.
    forget = bool(page and is_there and not is_worth_keeping(page, address))
    return Verdict(restarted, restart=True, line=f"Skärmen {fault} och startas om.", forget=forget)


def what_is_wrong(page: Page | None, is_there: bool) -> str:
    """In words for the log, after five minutes of it."""
    if page is None:
        return "svarar inte"
    return f"står stilla på ”{page.title}”" if is_there else "visar inte kalendern"


def carried_on(state: State | None, now: float) -> State:
    """What is known at ``now``: restarts of the last hour, and a new beginning after a gap."""
    if state is None:
        return State(asked_at=now, alive_at=now)
    restarts = tuple(moment for moment in state.restarts if 0 <= now - moment < HOUR)
    alive_at = state.alive_at if 0 <= now - state.asked_at <= GAP else now
    return replace(state, asked_at=now, alive_at=alive_at, restarts=restarts)


def is_ours(page: Page, address: str) -> bool:
    """Whether it is a page of khcal: an error page's title is the address or its host."""
    seen, wanted = urlsplit(page.address), urlsplit(address)
    is_there = (seen.scheme, seen.netloc) == (wanted.scheme, wanted.netloc)
    return is_there and bool(page.title) and not page.title.startswith(wanted.hostname or "")


def is_for_pairing(page: Page) -> bool:
    """Whether it is the page with the code, which shows no time and waits for somebody."""
    return urlsplit(page.address).path.rstrip("/") == "/skarm"


def is_worth_keeping(page: Page, address: str) -> bool:
    """Whether the screen works with it, so that it may begin there: the wall of a house, or the code."""
    is_wall = re.search(r"\d\d\.\d\d$", page.title) is not None
    return is_ours(page, address) and (is_wall or is_for_pairing(page))


def page_in(listing: str) -> Page | None:
    """The page in the answer to ``/json/list``, if there is one."""
    for entry in json.loads(listing):
        if entry["type"] == "page":
            return Page(entry["title"], entry["url"])
    return None


class Shown:
    """Where the screen begins: the address it was given, and below it the page that it last worked with."""

    def __init__(self, file: Path, address: str) -> None:
        self.file = file
        self.address = address

    def is_known(self) -> bool:
        """Whether the screen ever worked with the address that it has now."""
        return self._text().split("\n")[0] == self.address

    def keep(self, page: Page) -> None:
        """Begin there from now on; writes to the card only when it is another page, and whole."""
        text = f"{self.address}\n{page.address}\n"
        if text != self._text():
            new = self.file.with_suffix(".new")
            new.write_text(text)
            new.replace(self.file)

    def forget(self) -> None:
        """Begin at the given address, as if it had never worked."""
        self.file.unlink(missing_ok=True)

    def _text(self) -> str:
        return self.file.read_text() if self.file.exists() else ""


def ask(port: int, seconds: float = SECONDS_TO_ANSWER) -> Page | None:
    """What Chromium shows; None when it does not answer in time or not in words we know."""
    signal.signal(signal.SIGALRM, too_late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", "/json/list")
        return page_in(connection.getresponse().read().decode())
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.close()


def too_late(number: int, frame: FrameType | None) -> NoReturn:
    """End the wait for an answer."""
    raise TimeoutError


def remembered(file: Path) -> State | None:
    """The state of the last minute; None when there is none that can be read."""
    try:
        told = json.loads(file.read_text())
        return State(**{**told, "restarts": tuple(told["restarts"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def main() -> None:
    """One look; systemd gives address and folders."""
    address = os.environ["ADDRESS"]
    state_file = Path(os.environ["RUNTIME_DIRECTORY"], "state.json")
    shown = Shown(Path(os.environ["STATE_DIRECTORY"], "shown"), address)
    page = ask(int(os.environ.get("PORT", "9222")))
    verdict = decide(remembered(state_file), page, monotonic(), address, shown.is_known())
    state_file.write_text(json.dumps(asdict(verdict.state)))
    if page and is_worth_keeping(page, address):
        shown.keep(page)
    if verdict.line:
        print(verdict.line, flush=True)
    if verdict.forget:
        shown.forget()
    if verdict.restart:
        subprocess.run(["systemctl", "--no-block", "try-restart", UNIT], check=True)


if __name__ == "__main__":
    main()
