"""The commands that the script runs on a real machine, in which order, and that it runs none in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.player.player import ADDRESS, install, machine

INSTALLED = ["cage", "fonts-noto-core", "libgl1-mesa-dri", "libpam-systemd", "polkitd", "procps", "chromium"]
ON = "\n".join(["enabled"] * len(install.UNITS))


class Told(machine.Machine):  # type: ignore[misc, name-defined]
    """A folder that takes itself for the machine: commands are noted, questions answered from a table."""

    def __init__(self, root: Path, **answers: str) -> None:
        super().__init__(root, dry=False)
        self.is_this = True
        self.ran: list[str] = []
        self.answers = answers

    def run(self, *command: str) -> None:
        # What is there when it runs: the book is written before anything is done.
        assert (self.root / machine.BOOK).exists()
        self.changes += 1
        self.ran.append(" ".join(command))

    def answer(self, *command: str) -> str:
        return self.answers.get(command[0].replace("-", "_") + ("_" + command[1]).replace("-", "_"), "")


def packages(*names: str) -> str:
    return "\n".join([f"{name} installed" for name in names] + ["cage config-files"])


def test_a_bare_machine_gets_packages_user_and_units_in_this_order(tmp_path: Path) -> None:
    bare = Told(tmp_path, apt_cache_pkgnames="chromium\nchromium-browser")
    install.install(bare, ADDRESS)
    names = "cage fonts-noto-core libgl1-mesa-dri libpam-systemd polkitd procps chromium chromium-sandbox"
    assert bare.ran == [
        "apt-get update",
        f"apt-get install --no-install-recommends --yes {names}",
        "useradd --system --home-dir /var/lib/khcal-screen --shell /usr/sbin/nologin khcal-screen",
        "systemctl daemon-reload",
        f"systemctl enable {' '.join(install.UNITS)}",
    ]


def test_where_only_raspberrys_own_chromium_is_known_that_one_is_taken(tmp_path: Path) -> None:
    bare = Told(tmp_path, apt_cache_pkgnames="chromium-browser\nchromium-browser-l10n")
    install.install(bare, ADDRESS)
    assert bare.ran[1].endswith("procps chromium-browser chromium-sandbox")


def test_a_second_run_asks_and_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install.install(Told(tmp_path), ADDRESS)
    monkeypatch.setattr(install, "USER", "root")
    again = Told(tmp_path, dpkg_query__W=packages(*INSTALLED), systemctl_is_enabled=ON)
    install.install(again, ADDRESS)
    assert (again.ran, again.changes) == ([], 0)


def test_a_run_that_was_broken_off_is_taken_up_again(tmp_path: Path) -> None:
    class Offline(Told):
        def run(self, *command: str) -> None:
            raise machine.RefusedError("no network")

    with pytest.raises(machine.RefusedError):
        install.install(Offline(tmp_path), ADDRESS)
    again = Told(tmp_path)
    install.install(again, ADDRESS)
    assert len(again.ran) == 5
    # What the first run meant to make is made by us, and goes when we go.
    gone = Told(tmp_path)
    install.uninstall(gone, purge=True)
    assert "userdel khcal-screen" in gone.ran
    assert [line for line in gone.ran if line.startswith("apt-get purge --yes cage chromium ")]


def test_a_new_address_starts_the_screen_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install.install(Told(tmp_path), ADDRESS)
    monkeypatch.setattr(install, "USER", "root")
    again = Told(tmp_path, dpkg_query__W=packages(*INSTALLED), systemctl_is_enabled=ON)
    install.install(again, f"{ADDRESS}goteborg")
    assert again.ran == ["systemctl daemon-reload", f"systemctl try-restart {' '.join(install.UNITS)}"]


def test_packages_and_users_of_others_are_not_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "USER", "root")
    install.install(Told(tmp_path, dpkg_query__W=packages(*INSTALLED[1:])), ADDRESS)
    gone = Told(tmp_path)
    install.uninstall(gone, purge=False)
    units = " ".join(install.UNITS)
    assert gone.ran == [f"systemctl disable --now {units}", "systemctl daemon-reload"]
    assert "De här paketen finns kvar: cage\n" in capsys.readouterr().out
