"""Every fault in every state: the wall shows the right day, and the right programme or that it does not know.

The screen has its programme and its client when the fault begins, and the staff change the programme at the
same moment. It is looked at each second for three quarters of a minute, then after a quarter of an hour and
after a day. When the fault is over the new programme is on the wall by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

import pytest

from tests.faults.wall import programme
from tests.faults.wall.device import Device
from tests.faults.wall.faults import COLD, FAULTS, RELOAD, RUNNING, Fault
from tests.tries import IS_SAMPLE

Screen = Callable[..., Device]
CELLS = [(fault, state) for fault in FAULTS for state in fault.states]


def sample() -> list[tuple[Fault, str]]:
    """Every fault in one state, always the same one: most in a screen that runs, seven in a cold start."""
    wanted = (COLD, RELOAD, RELOAD, *[RUNNING] * 9)
    states = [wanted[crc32(fault.name.encode()) % len(wanted)] for fault in FAULTS]
    return [
        (fault, state if state in fault.states else fault.states[0])
        for fault, state in zip(FAULTS, states, strict=True)
    ]


@pytest.mark.parametrize(
    ("fault", "state"),
    [pytest.param(*cell, id=f"{cell[0].name}, {cell[1]}") for cell in (sample() if IS_SAMPLE else CELLS)],
)
def test_the_wall_is_never_wrong_and_never_blank(screen: Screen, fault: Fault, state: str) -> None:
    try_cell(screen(is_restarted=state == COLD, **fault.options), fault, state)


def try_cell(device: Device, fault: Fault, state: str) -> None:
    """One fault in one state, and its end."""
    changed = programme.told(device.now.date(), word="Ny")
    device.must_know = state not in fault.unknown
    device.tell(changed)
    if fault.is_heard:
        device.heard = None
    begin(device, fault, state)
    device.forward(45)
    if not fault.ends_in_new_release:
        device.leap(minutes=20)
        device.leap(hours=25)
    fault.end(device)
    device.expect_programme(changed)
    if fault.ends_in_new_release:
        device.expect_shell(device.server.release.version)
    # Whatever was lost meanwhile is on the disk again.
    device.leap(minutes=11)
    device.expect_kept()
    device.server.stop()
    device.reload()
    device.look()


def begin(device: Device, fault: Fault, state: str) -> None:
    """The fault begins while the screen runs, or before it is opened again or switched on."""
    if state == COLD:
        device.stop()
    fault.begin(device)
    if state == COLD:
        device.start()
    fault.within(device)
    if state == RELOAD:
        device.reload()
    if state == RUNNING:
        device.look()
    device.expect_shown()
