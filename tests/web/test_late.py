"""Views that are read, and rules that learn to write addresses, when somebody first asks for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from werkzeug.routing import Map, MapAdapter, Rule

from khcal.web.late import LateRule, add_addresses
from tests.tables import for_each

MODULE = """
from flask import Response
from khcal.web import late

is_alone = late._ONE_AT_A_TIME.locked()

def show(number):
    return Response(f"{number} {is_alone}")
"""


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An app with one late view, in a package of its own."""
    (tmp_path / "late_pages").mkdir()
    (tmp_path / "late_pages" / "pages.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    blueprint = Blueprint("late", "late_pages.addresses")
    add_addresses(blueprint, [("GET", "/<int:number>", "pages.show")])
    app = Flask(__name__)
    app.register_blueprint(blueprint)
    yield app
    for name in ("late_pages", "late_pages.pages"):
        sys.modules.pop(name, None)


def test_a_late_view_is_read_when_it_is_asked_for(app: Flask) -> None:
    assert "late_pages.pages" not in sys.modules
    assert app.test_client().get("/7").text.startswith("7 ")
    assert "late_pages.pages" in sys.modules


def test_a_late_view_goes_by_the_name_of_its_view(app: Flask) -> None:
    late = app.view_functions["late.show"]
    app.test_client().get("/7")
    view = sys.modules["late_pages.pages"].show
    assert (late.__module__, late.__name__, late.__qualname__) == (view.__module__, "show", view.__qualname__)


def test_nobody_else_reads_a_view_meanwhile(app: Flask) -> None:
    assert app.test_client().get("/7").text == "7 True"


ADDRESS = "/<chapter>/v<int(fixed_digits=2):week>/"


def writer_of(rule: type[Rule]) -> MapAdapter:
    return Map([rule(ADDRESS, endpoint="week")]).bind("kalender.example.org")


@for_each(
    "values",
    [
        {"chapter": "sjuharad", "week": 7},
        {"chapter": "göteborg", "week": 48, "for": "alla", "rule": "x", "self": "y"},
    ],
)
def test_a_late_rule_writes_as_any_other(values: dict[str, object]) -> None:
    late, plain = writer_of(LateRule), writer_of(Rule)
    for with_unknown in (True, False, True):
        wanted = plain.build("week", values, append_unknown=with_unknown)
        assert late.build("week", values, append_unknown=with_unknown) == wanted


def test_a_late_rule_learns_to_write_when_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    learnt: list[bool] = []
    compiling = Rule._compile_builder

    def noted(rule: Rule, append_unknown: bool = True) -> object:
        learnt.append(append_unknown)
        return compiling(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", noted)
    late = writer_of(LateRule)
    assert late.match("/sjuharad/v07/") == ("week", {"chapter": "sjuharad", "week": 7})
    assert not learnt
    for week in (7, 8):
        late.build("week", {"chapter": "sjuharad", "week": week})
    assert learnt == [True]
