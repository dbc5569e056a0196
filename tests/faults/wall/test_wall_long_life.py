"""A screen that nobody touches: it does not grow, and writes to its disk only when the programme changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from khcal.calendaring.snapshot import Snapshot
from tests.faults.wall import programme
from tests.faults.wall.device import Device
from tests.tries import IS_SAMPLE

Screen = Callable[..., Device]
DAYS = 3 if IS_SAMPLE else 30
# About as long as between two questions, a whole number of them a day.
STEP = 30
CHANGES_A_DAY = 4
COUNTED = ("JSHeapUsedSize", "Nodes", "JSEventListeners", "Documents")
COUNT_WRITES = """() => {
  window.writes = 0
  const put = Cache.prototype.put
  Cache.prototype.put = function (...given) { window.writes += 1; return put.apply(this, given) }
}"""


def test_days_and_days_leave_nothing_behind(screen: Screen) -> None:
    device = screen(moment="2026-11-24 00:00:00")
    device.heard = None
    device.devtools("Performance.enable")
    device.page.evaluate(COUNT_WRITES)
    programmes = 0
    after_first_day: dict[str, float] = {}
    for _ in range(DAYS):
        for document in programmes_of(device.now):
            programmes += 1
            live_on(device, document)
        after_first_day = after_first_day or held(device)
    now = held(device)
    assert now["JSHeapUsedSize"] <= 1.03 * after_first_day["JSHeapUsedSize"]
    for what in ("Nodes", "JSEventListeners", "Documents"):
        assert now[what] <= after_first_day[what], what
    assert device.page.evaluate("writes") == programmes


def programmes_of(moment: datetime) -> Iterator[Snapshot]:
    """What staff make of a day, one after the other."""
    for number in range(CHANGES_A_DAY):
        yield programme.told(moment.date(), word=f"{number:02}")


def live_on(device: Device, document: Snapshot) -> None:
    """A part of a day with this programme, every question answered."""
    device.documents, device.server.document = [document], document
    asked, steps = len(device.server.asked), int(timedelta(days=1).total_seconds() / CHANGES_A_DAY / STEP)
    for step in range(steps):
        device.step(STEP)
        # Before that it may still have the programme before.
        if step in {4, steps - 1}:
            device.look()
    assert len(device.server.asked) - asked >= 0.8 * steps


def held(device: Device) -> dict[str, float]:
    """What the page holds once everything that can be thrown away is."""
    for _ in range(2):
        device.devtools("HeapProfiler.collectGarbage")
    metrics = device.devtools("Performance.getMetrics")["metrics"]
    return {each["name"]: each["value"] for each in metrics if each["name"] in COUNTED}
