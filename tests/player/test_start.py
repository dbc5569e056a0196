"""The script that the screen's unit runs: what it waits for, cleans up and hands to the browser."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.player.player import ADDRESS, FOLDER, PROGRAMS, programs

START = FOLDER / "files" / PROGRAMS / "start"
# What a power cut leaves.
CRASHED = '{"profile":{"exit_type":"Crashed","exited_cleanly":false,"name":"Person 1"}}'
CLEAN = '{"profile":{"exit_type":"Normal","exited_cleanly":true,"name":"Person 1"}}'


@dataclass
class Screen:
    """The folders of the screen's unit, and programs that only note how they were called."""

    folder: Path
    while_waiting: str = ""

    @property
    def profile(self) -> Path:
        return self.folder / "state" / "profile"

    @property
    def noted(self) -> list[str]:
        return (self.folder / "noted").read_text().splitlines()

    def start(self) -> list[str]:
        """Run the script; the words with which it started cage."""
        note = f'#!/bin/sh\nprintf "%s\\n" "$@" >"{self.folder}/noted"\n'
        sleep = f'#!/bin/sh\necho "$1" >>"{self.folder}/slept"\n{self.while_waiting}\n'
        path = programs({"cage": note, "chromium": "", "sleep": sleep}, self.folder / "bin")
        environment = {
            **os.environ,
            "PATH": f"{path}:{os.environ['PATH']}",
            "ADDRESS": ADDRESS,
            "STATE_DIRECTORY": str(self.folder / "state"),
            "RUNTIME_DIRECTORY": str(self.folder / "run"),
            "SHOWN_FILE": str(self.folder / "shown"),
            "SYNCHRONIZED_FILE": str(self.folder / "synchronized"),
        }
        subprocess.run([START], env=environment, check=True, stdin=subprocess.DEVNULL)
        return self.noted

    def slept(self) -> int:
        """The seconds it waited since last asked."""
        file = self.folder / "slept"
        seconds = [int(line) for line in file.read_text().split()] if file.exists() else []
        file.unlink(missing_ok=True)
        return sum(seconds)


@pytest.fixture
def screen(tmp_path: Path) -> Screen:
    """A screen whose profile is in use and whose clock is right."""
    screen = Screen(tmp_path)
    (screen.profile / "Default").mkdir(parents=True)
    (tmp_path / "run").mkdir()
    (tmp_path / "synchronized").touch()
    return screen


def test_the_browser_gets_its_profile_and_never_forgets(screen: Screen) -> None:
    words = screen.start()
    assert words[:3] == ["-d", "--", str(screen.folder / "bin" / "chromium")]
    assert f"--user-data-dir={screen.profile}" in words
    assert f"--disk-cache-dir={screen.folder}/run/cache" in words
    assert {"--kiosk", "--ozone-platform=wayland", "--noerrdialogs", "--disable-pinch"} <= set(words)
    assert not [word for word in words if "incognito" in word or "no-sandbox" in word]


def test_only_this_machine_may_ask_the_browser(screen: Screen) -> None:
    words = screen.start()
    assert "--remote-debugging-address=127.0.0.1" in words
    assert "--remote-debugging-port=9222" in words


WALL = f"{ADDRESS}goteborg#key"


def test_a_screen_that_worked_before_goes_straight_to_where_it_worked(screen: Screen) -> None:
    (screen.folder / "shown").write_text(f"{ADDRESS}\n{WALL}\n")
    assert screen.start()[-1] == WALL


def test_a_screen_that_never_worked_begins_with_a_page_of_our_own(screen: Screen) -> None:
    assert screen.start()[-1] == f"file://{START.parent}/splash.html#{ADDRESS}"


def test_a_screen_with_a_new_address_forgets_where_it_worked(screen: Screen) -> None:
    (screen.folder / "shown").write_text("https://annan.example.org/skarm/\nhttps://annan.example.org/x\n")
    assert screen.start()[-1] == f"file://{START.parent}/splash.html#{ADDRESS}"


def test_a_screen_that_lost_its_profile_is_still_the_same_screen(screen: Screen) -> None:
    (screen.folder / "shown").write_text(f"{ADDRESS}\n{WALL}\n")
    (screen.profile / "Default").rmdir()
    assert screen.start()[-1] == f"file://{START.parent}/splash.html#{WALL}"


def test_with_a_right_clock_nothing_is_waited_for(screen: Screen) -> None:
    screen.start()
    assert screen.slept() == 0


def test_a_clock_that_is_never_right_is_waited_for_half_a_minute_once(screen: Screen) -> None:
    (screen.folder / "synchronized").unlink()
    screen.start()
    assert screen.slept() == 30
    screen.start()
    assert screen.slept() == 0


def test_the_wait_ends_when_the_clock_is_right(screen: Screen) -> None:
    (screen.folder / "synchronized").unlink()
    count = f'[ "$(wc -l <"{screen.folder}/slept")" -lt 3 ]'
    screen.while_waiting = f'{count} || : >"{screen.folder}/synchronized"'
    screen.start()
    assert screen.slept() == 3


def leave_a_crash(screen: Screen) -> list[Path]:
    """The profile as a power cut leaves it; the files of its lock."""
    (screen.profile / "Default" / "Preferences").write_text(CRASHED)
    locks = [screen.profile / name for name in ("SingletonLock", "SingletonSocket", "SingletonCookie")]
    for lock in locks:
        lock.symlink_to("another-machine-4711")
    return locks


def test_what_a_power_cut_left_is_cleaned_up(screen: Screen) -> None:
    locks = leave_a_crash(screen)
    screen.start()
    assert not [lock for lock in locks if lock.is_symlink()]
    assert (screen.profile / "Default" / "Preferences").read_text() == CLEAN


def test_a_profile_that_is_in_use_is_left_alone(screen: Screen) -> None:
    locks = leave_a_crash(screen)
    command = ["sh", "-c", "read -r line", "chromium", f"--user-data-dir={screen.profile}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as browser:
        screen.start()
        assert all(lock.is_symlink() for lock in locks)
        assert browser.poll() is None
        browser.communicate(b"\n")
    assert (screen.profile / "Default" / "Preferences").read_text() == CRASHED
