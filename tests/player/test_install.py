"""The script that makes a machine a screen: what it lays out, that it does so once, that all goes again."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.player.player import ADDRESS, FOLDER, PROGRAMS, UNITS, install, machine, run_install
from tests.tables import for_each

BOOT_LINE = "console=serial0,115200 root=PARTUUID=1 rootwait\n"
# What is there before, and belongs to others.
OTHERS = {
    "etc/os-release": "ID=debian\nVERSION_CODENAME=bookworm\n",
    "etc/chromium/policies/managed/house.json": "{}\n",
    "etc/systemd/system/other.service": "[Service]\nExecStart=/bin/true\n",
    "boot/firmware/cmdline.txt": BOOT_LINE,
}
Tree = dict[str, tuple[int, bytes, int]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder in place of a Raspberry Pi, with a few things of its own."""
    for name, content in OTHERS.items():
        path = tmp_path / "root" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path / "root"


def tree(root: Path) -> Tree:
    """Everything below a folder: mode, content and when a file was last written."""
    return {
        str(path.relative_to(root)): (
            stat.S_IMODE(path.stat().st_mode),
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mtime_ns if path.is_file() else 0,
        )
        for path in sorted(root.rglob("*"))
    }


def contents(root: Path) -> dict[str, tuple[int, bytes]]:
    return {name: (mode, content) for name, (mode, content, _) in tree(root).items()}


def said(root: Path, *words: str) -> str:
    done = run_install(root, *words)
    assert not done.refusal
    return done.printed


def test_everything_is_laid_out_with_its_mode(root: Path) -> None:
    assert said(root, ADDRESS).endswith(f"Klart. Skärmen visar {ADDRESS}\n")
    made = contents(root)
    assert made["etc/khcal-screen/screen.conf"] == (0o600, f"ADDRESS={ADDRESS}\n".encode())
    assert made[str(PROGRAMS / "start")][0] == 0o755
    assert made[str(PROGRAMS / "watch.py")][0] == 0o644
    assert str(UNITS / "khcal-screen.service") in made
    assert not [name for name in made if name.endswith((".new", ".pyc"))]


def test_a_second_run_changes_nothing_and_says_so(root: Path) -> None:
    said(root, ADDRESS)
    before = tree(root)
    assert said(root, ADDRESS) == "Allt är redan på plats. Inget ändrades.\n"
    assert tree(root) == before


def test_uninstalling_leaves_the_machine_as_it_was(root: Path) -> None:
    before = contents(root)
    said(root, f"{ADDRESS}goteborg#key")
    said(root, ADDRESS)
    for folder in install.DATA:
        (root / folder / "profile").mkdir(parents=True)
    said(root, "--uninstall")
    left = contents(root)
    # Debian's own folder, which only this test made.
    assert {name: left[name] for name in left if name not in {"var", "var/lib"}} == before
    assert "ingen skärm" in said(root, "--uninstall")


def test_what_others_put_into_our_folders_stays(root: Path) -> None:
    said(root, ADDRESS)
    (root / "etc/khcal-screen/note.txt").write_text("mine")
    said(root, "--uninstall")
    assert (root / "etc/khcal-screen/note.txt").read_text() == "mine"


@for_each("words", [(ADDRESS,), (f"{ADDRESS}goteborg",), ("--uninstall",)])
def test_a_dry_run_tells_and_does_nothing(words: tuple[str, ...], root: Path) -> None:
    said(root, ADDRESS)
    before = tree(root)
    said(root, "--dry-run", *words)
    assert tree(root) == before


def test_a_dry_run_names_every_file_that_a_run_writes(root: Path) -> None:
    told = said(root, "--dry-run", ADDRESS)
    assert told.startswith("Det här skulle göras. Inget ändras nu.\n")
    done = said(root, ADDRESS)
    changes = [line for line in done.splitlines() if line.startswith("  ")]
    assert told.splitlines()[1:] == changes
    assert len(changes) > 15


def test_another_address_changes_the_two_files_that_know_it(root: Path) -> None:
    said(root, ADDRESS)
    before = contents(root)
    said(root, "https://annan.example.org/skarm/boras")
    after = contents(root)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"etc/khcal-screen/screen.conf", *install.POLICIES}


def test_a_file_of_an_older_release_goes(root: Path) -> None:
    said(root, ADDRESS)
    old = PROGRAMS / "old"
    book = root / machine.BOOK
    made = json.loads(book.read_text())
    book.write_text(json.dumps({**made, "files": [*made["files"], str(old)]}))
    (root / old).write_text("old")
    assert f"tar bort /{old}" in said(root, ADDRESS)
    assert not (root / old).exists()


def test_a_raspberry_keeps_its_picture_while_the_television_is_off(root: Path) -> None:
    said(root, ADDRESS)
    line = (root / machine.BOOT_LINE).read_text()
    assert line == f"{BOOT_LINE.strip()} {install.BOOT_WORD}\n"
    said(root, "--uninstall")
    assert (root / machine.BOOT_LINE).read_text() == BOOT_LINE


@for_each("line", ["root=1 video=HDMI-A-1:1280x720@50D rootwait\n", "root=1\nrootwait\n", ""])
def test_a_line_that_somebody_made_otherwise_is_left_alone(line: str, root: Path) -> None:
    (root / machine.BOOT_LINE).write_text(line)
    said(root, ADDRESS)
    assert (root / machine.BOOT_LINE).read_text() == line
    said(root, "--uninstall")
    assert (root / machine.BOOT_LINE).read_text() == line


def test_a_machine_with_a_desktop_is_refused_before_anything_is_done(root: Path) -> None:
    (root / install.DESKTOP).write_text("")
    before = tree(root)
    assert "skrivbord" in run_install(root, ADDRESS).refusal
    assert tree(root) == before


@for_each(
    ("told", "address"),
    [
        ("https://kalender.example.org", "https://kalender.example.org/skarm/"),
        ("https://kalender.example.org/skarm", "https://kalender.example.org/skarm/"),
        ("https://kalender.example.org/skarm/goteborg", "https://kalender.example.org/skarm/goteborg"),
        ("https://kalender.example.org/goteborg/", "https://kalender.example.org/skarm/goteborg"),
        (
            "https://Kalender.Example.org/skarm/boras#aB3-_x",
            "https://kalender.example.org/skarm/boras#aB3-_x",
        ),
        ("http://192.168.1.20:8080/", "http://192.168.1.20:8080/skarm/"),
        ("http://[::1]:8080/", "http://[::1]:8080/skarm/"),
    ],
)
def test_an_address_is_understood(told: str, address: str) -> None:
    assert install.checked(told) == address
    assert install.checked(address) == address


@for_each(
    "told",
    [
        "kalender.example.org/skarm/",
        "ftp://kalender.example.org/skarm/",
        "https:///skarm/",
        "https://[",
        "https://kalender.example.org:port/",
        "https://somebody@kalender.example.org/skarm/",
        "https://kalender.example.org/skarm/goteborg/vecka",
        "https://kalender.example.org/skarm/?a=b",
        "https://kalender.example.org/skarm/$(reboot)",
        "https://kalender.example.org/skarm/a b",
        "https://kalender.example.org/skarm/goteborg#key\nEVIL=1",
        'https://kalender.example.org/skarm/goteborg#"',
    ],
)
def test_what_is_no_address_is_refused_in_a_sentence(told: str) -> None:
    with pytest.raises(machine.RefusedError, match=r"Så ser en ut|Skriv av den"):
        install.checked(told)


def test_the_script_refuses_without_a_traceback(root: Path) -> None:
    command = [sys.executable, "-B", FOLDER / "install", "--root", root, "kalender.example.org"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Adressen kalender.example.org är ingen skärms.")


@for_each(
    ("address", "allowed"),
    [
        (ADDRESS, "https://.kalender.example.org:443"),
        ("http://192.168.1.20:8080/skarm/", "http://192.168.1.20:8080"),
        ("http://[::1]/skarm/", "http://[::1]:80"),
    ],
)
def test_the_browser_may_go_to_the_calendar_and_to_our_own_page_only(address: str, allowed: str) -> None:
    rules = json.loads(install.policy(address))
    assert rules["URLBlocklist"] == ["*"]
    assert rules["URLAllowlist"] == [allowed, f"file:///{PROGRAMS}"]


def test_without_https_one_is_told(root: Path) -> None:
    assert "utan https" in said(root, "http://kalender.example.org/skarm/")
    assert "utan https" not in said(root, "http://127.0.0.1:8080/skarm/")
