"""A screen that nobody touches: it does not grow, and writes to its disk only when the programme changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.wall.ground import WallServer
from tests.faults.wall import programme
from tests.faults.wall.device import Device
from tests.tries import IS_SAMPLE

Screen = Callable[..., Device]
# A programme holds for so long. So many of them before the page is measured, which is new at first, and then.
HOURS = 6
FIRST, THEN = (4, 8) if IS_SAMPLE else (4, 4 * 29)
# A question each half minute.
QUESTIONS = 120 * HOURS
# What the scripts have not made: the browser's code for them, and what it notes for those who look on.
NOT_OURS = ("code", "native", "hidden", "synthetic")
COUNTED = ("Nodes", "JSEventListeners", "Documents")


@pytest.fixture
def server(server: WallServer) -> WallServer:
    """Answers on connections that are kept, which costs less."""
    server.stop()
    server.protocol = "HTTP/1.1"
    server.start()
    return server


def test_days_and_days_leave_nothing_behind(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    # Every day is as full as the first, so that they can be compared.
    monkeypatch.setattr(programme, "is_empty", lambda day: False)
    device = screen(moment="2026-11-24 00:00:00")
    device.context.grant_permissions(["screen-wake-lock"])
    device.page.evaluate("Math.random = () => 0")
    words = iter(range(FIRST + THEN))
    live_on(device, FIRST, words)
    before = held(device)
    writes = writes_of(device)
    live_on(device, THEN, words)
    now = held(device)
    assert now["heap"] <= 1.03 * before["heap"]
    assert {what: now[what] for what in COUNTED} == {what: before[what] for what in COUNTED}
    # Told once when the older of two goes and once when the new one comes.
    assert writes == ["khcal-wall-data"] * 2 * THEN


def live_on(device: Device, parts: int, words: Iterator[int]) -> None:
    """So many parts of days, each with a programme of its own and every question answered."""
    for _ in range(parts):
        device.documents.clear()
        device.tell(programme.told(device.now.date(), word=f"{next(words):03}"))
        asked = len(device.server.asked)
        device.heard = None
        for _ in range(HOURS):
            assert device.live(hours=1).level == "fresh"
        assert abs(len(device.server.asked) - asked - QUESTIONS) <= 2


def held(device: Device) -> dict[str, float]:
    """What the page holds once everything that can be thrown away is; the heap in bytes."""
    device.devtools("Performance.enable")
    size = heap_of(device)
    metrics = device.devtools("Performance.getMetrics")["metrics"]
    return {"heap": size} | {each["name"]: each["value"] for each in metrics if each["name"] in COUNTED}


def heap_of(device: Device) -> int:
    """Bytes of what the page's scripts have made and still keep."""
    pieces: list[str] = []
    device.on_devtools("HeapProfiler.addHeapSnapshotChunk", lambda told: pieces.append(told["chunk"]))
    device.devtools("HeapProfiler.takeHeapSnapshot")
    snapshot: dict[str, Any] = json.loads("".join(pieces))
    fields, kinds = (snapshot["snapshot"]["meta"][name] for name in ("node_fields", "node_types"))
    width, nodes = len(fields), snapshot["nodes"]
    kind_of, sizes = nodes[fields.index("type") :: width], nodes[fields.index("self_size") :: width]
    return sum(size for kind, size in zip(kind_of, sizes, strict=True) if kinds[0][kind] not in NOT_OURS)


def writes_of(device: Device) -> list[str]:
    """Grows by the name of the cache with each write, be it the page's or its worker's."""
    writes: list[str] = []
    device.on_devtools("Storage.cacheStorageContentUpdated", lambda told: writes.append(told["cacheName"]))
    device.devtools("Storage.trackCacheStorageForOrigin", origin=device.origin)
    return writes
