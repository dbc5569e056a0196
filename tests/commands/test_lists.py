"""The locked lists: hashes for every package, no addresses, and what runs is what was tested."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from khcal.commands import COMMANDS
from khcal.config import PREFIX, Settings

ROOT = Path(__file__).parents[2]
RUN, TEST = "requirements.txt", "requirements-test.txt"


def pins(name: str) -> dict[str, set[str]]:
    """``package==version ; where`` to its hashes."""
    joined = (ROOT / name).read_text().replace("\\\n", " ")
    parts = [line.split(" --hash=") for line in joined.splitlines() if line.strip()]
    return {part[0].strip(): {digest.strip() for digest in part[1:]} for part in parts}


@pytest.mark.parametrize("name", [RUN, TEST])
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    assert len(pins(name)) > 25
    for pin, hashes in pins(name).items():
        assert re.fullmatch(r"[a-z0-9-]+(\[\w+\])?==[\w.]+( ; .+)?", pin), pin
        assert hashes, pin
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes), pin


@pytest.mark.parametrize("name", [RUN, TEST])
def test_no_address_or_host_is_named(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(
        r"://|index-url|find-links|@ |\b[\w-]+\.(org|com|net|io|example|local)\b|(^|\s)/", text
    )


def test_what_runs_was_tested() -> None:
    tested = pins(TEST)
    assert {pin: tested.get(pin) for pin in pins(RUN)} == pins(RUN)


@pytest.mark.parametrize("package", ["sqlalchemy", "markupsafe", "argon2-cffi-bindings"])
def test_compiled_packages_come_for_more_than_one_machine(package: str) -> None:
    (hashes,) = (digests for pin, digests in pins(RUN).items() if pin.startswith(f"{package}=="))
    assert len(hashes) > 10


def test_the_readme_lists_every_setting_and_no_other() -> None:
    listed = set(re.findall(r"^\| `(KHCAL_\w+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert listed == {PREFIX + name.upper() for name in Settings.__dataclass_fields__}


def test_the_settings_are_read_under_those_names() -> None:
    read = set(re.findall(r'read\.\w+\("(\w+)"', (ROOT / "khcal" / "config.py").read_text()))
    assert read == {name.upper() for name in Settings.__dataclass_fields__}


def test_the_readme_tells_the_defaults() -> None:
    fields = Settings.__dataclass_fields__
    readme = (ROOT / "README.md").read_text()
    for name in ("host", "port", "threads"):
        assert f"| `{PREFIX}{name.upper()}` | `{fields[name].default}` |" in readme


def test_the_readme_lists_every_command_and_no_other() -> None:
    listed = re.findall(r"^\| `khcal ([\w-]+)", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)
