"""Tables of addresses and the views that they name agree, though the two first meet when somebody asks."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.databases import copy_of
from tests.structure.late_views import LATE_VIEWS, TABLES

ROOT = Path(__file__).parents[2]
# What an address can hold.
HELD = {"str", "int"}
# No page that visitors open first needs these, nor what they import in turn, nor any other late view.
NOT_AT_START = (
    "khcal.forms.event",
    "khcal.queries.staff",
    "khcal.models.importing",
    "khcal.calendaring.quick_entry",
    "khcal.calendaring.feed",
    "icalendar",
    "limits",
    "segno",
)
# Start in the folder that is named first, answer with a list, and tell which of the names were read.
STARTED = """
import sys
from khcal.app import create_app
from khcal.config import Settings
_, folder, *names = sys.argv
told = {"KHCAL_DATA_DIR": folder, "KHCAL_SECRET_KEY": "0123456789abcdef" * 4}
answer = create_app(Settings.from_environment(told)).test_client().get("/sjuharad/", base_url="http://localhost")
assert answer.status_code == 200, answer.status
print(*(name for name in names if name in sys.modules))
"""


def views_in(source: str) -> set[str]:
    """The functions of a module that answer, and take only what an address holds, which they do not name."""
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    return {
        each.name
        for each in functions
        if not each.name.startswith("_") and answers_address(each) and not says_its_address(each)
    }


def answers_address(function: ast.FunctionDef) -> bool:
    is_answer = function.returns is not None and ast.unparse(function.returns) == "Response"
    taken = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return is_answer and all(each.annotation and ast.unparse(each.annotation) in HELD for each in taken)


def says_its_address(function: ast.FunctionDef) -> bool:
    marks = [ast.unparse(mark).split("(")[0] for mark in function.decorator_list]
    return any(mark in {"blueprint.get", "blueprint.post"} for mark in marks)


def written_views(package: str) -> set[tuple[str, str]]:
    folder = ROOT / Path(*package.split("."))
    return {
        (f"{package}.{path.stem}", name)
        for path in folder.glob("*.py")
        for name in views_in(path.read_text())
    }


def test_a_row_names_a_view() -> None:
    assert not {place for place in LATE_VIEWS if not is_view(*place)}


def is_view(module: str, name: str) -> bool:
    view = getattr(import_module(module), name, None)
    return view is not None and view.__module__ == module and view.__annotations__["return"] == "Response"


@pytest.mark.parametrize("package", TABLES)
def test_no_view_is_without_a_row(package: str) -> None:
    assert written_views(package) == {
        (module, name) for module, name in LATE_VIEWS if within(module, package)
    }


def within(module: str, package: str) -> bool:
    return module.rpartition(".")[0] == package


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def start() -> Response: ...", {"start"}),
        ("def show(chapter: str, number: int) -> Response: ...", {"show"}),
        ("@limit_tries\ndef log_in() -> Response: ...", {"log_in"}),
        ("@blueprint.get('/')\ndef start() -> Response: ...", set()),
        ("def _show(chapter: str) -> Response: ...", set()),
        ("def back(page: HousePage) -> Response: ...", set()),
        ("def slug_of(text: str) -> str: ...", set()),
    ],
)
def test_a_view_is_known_by_what_it_takes_and_gives(source: str, names: set[str]) -> None:
    assert views_in(source) == names


def test_khcal_starts_without_what_no_first_page_needs(sample_file: Path, tmp_path: Path) -> None:
    copy_of(sample_file, tmp_path)
    late = {module for module, _ in LATE_VIEWS}
    asked = [sys.executable, "-c", STARTED, str(tmp_path), "khcal.web.staff", *NOT_AT_START, *late]
    found = subprocess.run(asked, check=True, capture_output=True, text=True, cwd=ROOT)
    assert found.stdout.split() == ["khcal.web.staff"]
