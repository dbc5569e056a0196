"""The units as systemd reads them, the scripts as a strict reader does, and what must never slip in."""

from __future__ import annotations

import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from khcal.web.wall.shell import wall_shell
from tests.player.player import ADDRESS, FOLDER, PROGRAMS, UNITS, install, programs, run_install

SYSTEMD = Path("/usr/lib/systemd/system")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The player laid out in a folder, with systemd's own units and with programs that do nothing."""
    assert not run_install(tmp_path, ADDRESS).refusal
    shutil.copytree(SYSTEMD, tmp_path / "usr/lib/systemd/system", symlinks=True)
    programs({"systemctl": "#!/bin/sh\n", "python3": "#!/bin/sh\n"}, tmp_path / "usr/bin")
    return tmp_path


def verified(root: Path) -> str:
    """What systemd finds fault with; nothing when all is right."""
    units = sorted(str(path) for path in (root / UNITS).glob("khcal-screen*"))
    assert len(units) == 5
    command = ["systemd-analyze", "verify", "--man=no", f"--root={root}", *units]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr + (f"ended with {done.returncode}" if done.returncode else "")


def unit(name: str) -> ConfigParser:
    """A unit's sections and settings."""
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(FOLDER / "files" / UNITS / name)
    return parser


def test_systemd_finds_no_fault_with_the_units(root: Path) -> None:
    assert verified(root) == ""


@pytest.mark.parametrize(
    ("right", "wrong"), [("RestartSec=5", "RestartSek=5"), (f"/{PROGRAMS}/start", f"/{PROGRAMS}/begin")]
)
def test_systemd_would_find_a_fault(root: Path, right: str, wrong: str) -> None:
    screen = root / UNITS / "khcal-screen.service"
    screen.write_text(screen.read_text().replace(right, wrong))
    assert verified(root)


def test_the_shell_script_is_sound() -> None:
    start = FOLDER / "files" / PROGRAMS / "start"
    done = subprocess.run(["shellcheck", start], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_screen_waits_for_neither_network_nor_time() -> None:
    asked = dict(unit("khcal-screen.service")["Unit"])
    waited_for = f"{asked['After']} {asked['Wants']}".split()
    # A session, a seat and the terminal: none of them is ordered after the network itself.
    assert set(waited_for) == {"dbus.socket", "systemd-logind.service", "getty@tty1.service"}
    assert not {"Requires", "BindsTo", "Requisite", "ConditionHost"} & set(asked)


def test_the_session_of_the_screen_does_not_wait_for_the_network_either() -> None:
    barrier = "user@.service.d/10-login-barrier.conf"
    assert "After=systemd-user-sessions.service" in (SYSTEMD / barrier).read_text()
    assert not unit(barrier).sections()


def test_the_screen_comes_back_for_ever() -> None:
    screen = unit("khcal-screen.service")
    assert screen["Unit"]["StartLimitIntervalSec"] == "0"
    assert (screen["Service"]["Restart"], screen["Service"]["RestartSec"]) == ("always", "5")
    assert screen["Install"]["WantedBy"] == "multi-user.target"


def test_every_unit_that_starts_by_itself_is_switched_on() -> None:
    names = {
        path.name for path in (FOLDER / "files" / UNITS).iterdir() if unit(path.name).has_section("Install")
    }
    assert names == set(install.UNITS)


def test_who_stopped_the_screen_by_hand_is_obeyed() -> None:
    assert "is-active khcal-screen.service" in unit("khcal-screen-watch.service")["Service"]["ExecCondition"]
    assert "try-restart khcal-screen.service" in unit("khcal-screen-night.service")["Service"]["ExecStart"]


def test_the_night_is_swedish_wherever_the_clock_stands() -> None:
    assert unit("khcal-screen-night.timer")["Timer"]["OnCalendar"] == "*-*-* 04:30:00 Europe/Stockholm"


def test_khcal_serves_nothing_of_the_player() -> None:
    own = {path.name for path in FOLDER.rglob("*") if path.is_file()}
    assert {"splash.js", "splash.css", "policy.json"} <= own
    assert not own & set(wall_shell().files)
