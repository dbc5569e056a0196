"""Each protection of the client is switched off once: at least one cell of the battery must then turn red."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Error

from khcal.web.wall.shell import shell_sources
from tests.browser.wall.ground import WallServer
from tests.faults.wall.device import Device
from tests.faults.wall.faults import COLD, FAULTS, RELOAD, RUNNING
from tests.faults.wall.test_wall_battery import try_cell
from tests.tries import IS_SAMPLE

Screen = Callable[..., Device]


@dataclass(frozen=True)
class Protection:
    """What protects, in one file; how it looks switched off; the cell that then turns red."""

    name: str
    file: str
    code: str
    off: str
    fault: str
    state: str


PROTECTIONS = (
    Protection(
        "worker answers", "worker.js", "event.respondWith(answerPage(event))", "0", "server gone", RELOAD
    ),
    Protection(
        "files are checked", "worker.js", "=== file.sha256", '!== ""', "new release, script empty", RUNNING
    ),
    Protection("programme is restored", "main.js", "programme.restore()", "0", "server gone", COLD),
    Protection(
        "programme is written", "slots.js", "await cache.put(", "await (() => 0)(", "server gone", COLD
    ),
    Protection(
        "slots are checked",
        "slots.js",
        'kept.headers.get("X-Sum") === (await sumOf(text))',
        "true",
        "one slot altered, server gone",
        RELOAD,
    ),
    Protection(
        "house is checked", "snapshot.js", "found.chapter?.slug !== chapter", "false", "wrong house", RUNNING
    ),
    Protection(
        "schema is checked", "snapshot.js", "found?.schema !== SCHEMA", "false", "old schema", RUNNING
    ),
    Protection("days are checked", "snapshot.js", "!found.days.every(isDay)", "false", "no hours", RUNNING),
    Protection(
        "status is checked", "snapshot.js", "answer.status !== 200", "false", "500 with a programme", RUNNING
    ),
    Protection(
        "old programmes are refused", "snapshot.js", "this.#refuseIfWorse(found);", "", "last year's", RUNNING
    ),
    Protection(
        "what cannot be drawn is refused",
        "snapshot.js",
        "this.#draw(found);",
        "this.snapshot = found;",
        "words of a newer release",
        RUNNING,
    ),
    Protection(
        "304 is compared",
        "snapshot.js",
        'etag.replace(/^W\\//, "") === this.#etag.replace(/^W\\//, "")',
        "true",
        "304 unasked",
        RUNNING,
    ),
    Protection(
        "patience ends", "snapshot.js", "signal: AbortSignal.timeout(PATIENCE),", "", "hangs", RUNNING
    ),
    Protection(
        "clock is doubted",
        "screen.js",
        "!isPossible(snapshot, heardAt, now)",
        "false",
        "two years behind, server gone",
        COLD,
    ),
    Protection("clock is kept", "clock.js", "this.#noticeJump();", "", "a day behind, server gone", RUNNING),
    Protection(
        "server's clock is heard",
        "clock.js",
        "> CLEARLY ? offset : 0",
        "> CLEARLY ? 0 : 0",
        "a day ahead",
        COLD,
    ),
    Protection("zone is Sweden's", "clock.js", "  timeZone: ZONE,\n", "", "device in Asia/Tokyo", RUNNING),
    Protection("age is told", "screen.js", "if (age < LATE)", "if (true)", "server gone", RUNNING),
    Protection(
        "minutes are looked at",
        "main.js",
        "!== shownMinute) update();",
        "!== shownMinute);",
        "midnight",
        RUNNING,
    ),
    Protection(
        "what is lost is kept anew",
        "main.js",
        "> HEAL_EVERY) heal();",
        "> HEAL_EVERY);",
        "all storage cleared",
        RUNNING,
    ),
)


def chosen() -> list[Protection]:
    """All of them; in bin/test every third."""
    return list(PROTECTIONS[::3] if IS_SAMPLE else PROTECTIONS)


def test_every_protection_is_in_the_client() -> None:
    sources = shell_sources()
    for protection in PROTECTIONS:
        assert protection.code in sources[protection.file].decode(), protection.name
        assert any(fault.name == protection.fault and protection.state in fault.states for fault in FAULTS)


@pytest.mark.parametrize("protection", chosen(), ids=lambda protection: protection.name)
def test_without_it_the_wall_lies(screen: Screen, server: WallServer, protection: Protection) -> None:
    source = shell_sources()[protection.file].decode()
    weak = {protection.file.replace(".", "_"): source.replace(protection.code, protection.off).encode()}
    server.deploy(**weak)
    fault = next(fault for fault in FAULTS if fault.name == protection.fault)
    # What the page throws at a tick is told by the hand that moves its clock.
    with pytest.raises((AssertionError, Error)):
        try_cell(screen(is_restarted=protection.state == COLD, **fault.options), fault, protection.state)
