"""A screen is switched on with the server dead, on each day its programme tells of, and on the one after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from khcal.calendaring.snapshot import DAYS
from tests.browser.wall.ground import Spoiler
from tests.faults.wall import answers
from tests.faults.wall.device import Device
from tests.faults.wall.truth import UNKNOWN
from tests.tries import IS_SAMPLE

Screen = Callable[..., Device]
# Each has a change of the clocks within its 35 days.
SPRING, AUTUMN = date(2027, 3, 1), date(2026, 10, 1)
# The first, those on which the clocks change, and the last.
SOME_DAYS = {SPRING: (28, 35), AUTUMN: (1, 25)}


@pytest.mark.parametrize("first", [SPRING, AUTUMN], ids=["over the spring change", "over the autumn change"])
def test_each_day_is_right_after_a_cold_start(screen: Screen, first: date) -> None:
    device = screen(is_restarted=True, moment=f"{first} 12:00:00")
    device.server.stop()
    for number in SOME_DAYS[first] if IS_SAMPLE else range(1, DAYS + 1):
        device.stop()
        device.now = datetime.combine(first + timedelta(days=number - 1), time(12, 30 if number == 1 else 0))
        device.start()
        seen = device.look()
        assert seen.today
    device.stop()
    device.now = datetime.combine(first + timedelta(days=DAYS), time(12))
    device.must_know = False
    device.start()
    assert UNKNOWN in device.look().text


@pytest.mark.parametrize(
    "spoiler",
    [None, answers.portal, answers.redirected("/logga-in"), answers.status(500)],
    ids=["server gone", "portal", "log-in", "500"],
)
def test_a_screen_that_starts_at_the_list_of_houses_finds_its_house(
    screen: Screen, spoiler: Spoiler | None
) -> None:
    device = screen(is_restarted=True)
    if spoiler:
        device.server.spoiled["*"] = spoiler
    else:
        device.server.stop()
    device.stop()
    device.start("/skarm/")
    device.look()
    assert device.page.url == device.server.address


def test_a_first_start_before_the_server_recovers_by_itself(screen: Screen) -> None:
    device = screen()
    device.server.spoiled["program.json"] = lambda handler, _: handler.reply(503, {}, b"")
    device.devtools("Storage.clearDataForOrigin", origin=device.origin, storageTypes="all")
    device.must_know = False
    device.reload()
    device.forward(30)
    device.server.spoiled.clear()
    device.expect_programme(device.documents[-1])
