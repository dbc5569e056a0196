"""``bin/prove``: every long battery is in it, and a name that is none is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.commands.scripts import script
from tests.commands.server import ROOT


@pytest.fixture(scope="module")
def prove() -> ModuleType:
    return script("prove")


def test_every_property_is_in_a_battery(prove: ModuleType) -> None:
    tried = {str(file.relative_to(ROOT)) for file in (ROOT / "tests").rglob("test_*.py") if tries_much(file)}
    assert tried
    assert {test for battery in prove.BATTERIES for test in battery.tests} == tried


def tries_much(file: Path) -> bool:
    """Whether ``bin/test`` runs only a sample of it, or in the lighter browser."""
    if ROOT / "tests" / "browser" in file.parents:
        return True
    marks = ("from tests.tries import", "from tests.browser.chromium import")
    return file != Path(__file__) and any(mark in file.read_text() for mark in marks)


def test_a_line_tells_how_much_held(prove: ModuleType) -> None:
    battery = prove.Battery("plan", "What holds", ())
    row = prove.Result(battery, 10_500, 2, 17.6).row
    assert row == "| plan | What holds | 10,498 of 10,500 | 18 s | 2026-11-24 |"


def test_a_battery_alone_changes_its_own_row_of_the_table(
    prove: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prove, "PROOF", tmp_path / "proof.md")
    assert prove.rows_before() == {}
    undated = "| undo | Walks | 1 of 1 | 1 s |"
    rows = {name: f"| {name} | What holds | 1 of 1 | 1 s | 2026-11-01 |" for name in ("plan", "rules")}
    prove.PROOF.write_text(prove.report(rows | {"undo": undated}))
    assert prove.rows_before() == rows
    changed = {"plan": "| plan | What holds | 2 of 2 | 1 s | 2026-11-24 |"}
    text = prove.report(prove.rows_before() | changed)
    assert text.index(rows["rules"]) < text.index(changed["plan"])
    assert rows["plan"] not in text


def test_an_unknown_name_is_told() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "bin" / "prove", "allt"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Det finns ingen provserie allt. De heter rules, plan")
