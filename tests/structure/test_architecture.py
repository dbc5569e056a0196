"""Imports point down, so that every part can be read and tried without those above it."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.structure.late_views import LATE_VIEWS

ROOT = Path(__file__).parents[2]

# What each part may import of khcal; the longest matching name counts. Absent parts are faults.
MAY_IMPORT = {
    "khcal": (),
    "khcal.__main__": ("khcal.commands",),
    "khcal.i18n": (),
    "khcal.config": (),
    "khcal.db": (),
    "khcal.calendaring": ("khcal.calendaring",),
    "khcal.calendaring.clock": (),
    "khcal.calendaring.phrases": ("khcal.calendaring", "khcal.i18n"),
    "khcal.permissions": ("khcal.calendaring",),
    # Starts the child process that reads uploads, and is that process.
    "khcal.reading_apart": ("khcal.calendaring",),
    "khcal.models": ("khcal.calendaring", "khcal.db", "khcal.i18n", "khcal.models"),
    "khcal.forms": ("khcal.calendaring", "khcal.forms", "khcal.i18n"),
    "khcal.queries": ("khcal.calendaring", "khcal.db", "khcal.models", "khcal.queries"),
    "khcal.web": (
        *(
            "khcal",
            "khcal.calendaring",
            "khcal.config",
            "khcal.db",
            "khcal.forms",
            "khcal.i18n",
            "khcal.models",
        ),
        *("khcal.permissions", "khcal.queries", "khcal.reading_apart", "khcal.web"),
    ),
    # The steps themselves import nothing: an old one must not change when today's code does.
    "khcal.migrations": (),
    "khcal.migrations.env": ("khcal.db", "khcal.migrations"),
    "khcal.app": (
        *(
            "khcal",
            "khcal.calendaring",
            "khcal.config",
            "khcal.db",
            "khcal.i18n",
            "khcal.models",
            "khcal.queries",
        ),
        *("khcal.permissions", "khcal.web"),
    ),
    "khcal.commands": (
        *(
            "khcal",
            "khcal.app",
            "khcal.calendaring",
            "khcal.commands",
            "khcal.config",
            "khcal.db",
            "khcal.i18n",
        ),
        *("khcal.models", "khcal.permissions", "khcal.queries"),
    ),
    "wsgi": ("khcal.app",),
}
# Which outside packages stay behind one door, and whose door that is.
DOORS = {
    "argon2": ("khcal.models",),
    "babel.dates": ("khcal.calendaring.phrases",),
    "dateutil.easter": ("khcal.calendaring.red_days",),
    "dateutil.rrule": ("khcal.calendaring.recurrence",),
    # It writes our feeds, reads what others wrote (in the child process), and knows what Windows calls zones.
    "icalendar": tuple(f"khcal.calendaring.{name}" for name in ("feed", "own_zones", "reading_ics", "zones")),
    "segno": ("khcal.web",),
}
NOT_PURE = ("flask", "sqlalchemy", "flask_sqlalchemy", "alembic", "werkzeug", "jinja2", "wtforms")


def test_imports_point_down() -> None:
    assert not [fault for name, imported in all_imports().items() for fault in upward(name, imported)]


def test_calendaring_knows_neither_web_nor_database() -> None:
    pure = {
        name: outside(used) for name, used in all_imports().items() if name.startswith("khcal.calendaring")
    }
    assert len(pure) > 5
    assert not {name for name, packages in pure.items() if packages & set(NOT_PURE)}


def test_the_unit_tests_start_neither_web_nor_database() -> None:
    """That would cost more than all of them together."""
    files = sorted(path.stem for path in (ROOT / "tests" / "unit").glob("test_*.py"))
    reading = "\n".join(["import sys", *(f"import tests.unit.{file}" for file in files)])
    telling = f"print(*set(sys.modules) & {set(NOT_PURE)})"
    done = subprocess.run(
        [sys.executable, "-c", f"{reading}\n{telling}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert len(files) > 40
    assert done.stdout.split() == []


@pytest.mark.parametrize("package", DOORS)
def test_a_package_behind_one_door(package: str) -> None:
    users = {name for name, used in all_imports().items() if any(within(other, (package,)) for other in used)}
    assert users
    assert not {name for name in users if not within(name, DOORS[package])}


def test_blueprints_do_not_import_each_other() -> None:
    views = {name for name, path in modules() if name.startswith("khcal.web.") and answers(path.read_text())}
    views |= {module for module, _ in LATE_VIEWS}
    assert len(views) > 40
    assert not [fault for name in views for fault in sideways(name, all_imports()[name], views)]


def test_the_system_clock_is_asked_in_one_place() -> None:
    asking = [
        name
        for name, path in modules()
        if name != "khcal.calendaring.clock" and asks_the_clock(path.read_text())
    ]
    assert not asking


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("khcal.calendaring.grid", "from khcal.models import Event"),
        ("khcal.calendaring.grid", "from khcal.i18n import _"),
        ("khcal.models.event", "from ..queries import dates_between"),
        ("khcal.queries.dates", "from ..web import access"),
        ("khcal.web.access", "import khcal.app"),
        ("khcal.forms.event", "def late():\n    from khcal.queries import group"),
        ("khcal.newcomer", "from khcal import db"),
    ],
)
def test_an_upward_import_is_found(name: str, source: str) -> None:
    assert upward(name, imports(name, source))


def test_a_sideways_import_is_found() -> None:
    name = "khcal.web.visitor.group"
    views = {name, "khcal.web.visitor", "khcal.web.visitor.programme", "khcal.web.staff.dates"}
    assert sideways(name, imports(name, "from .programme import view"), views)
    assert sideways(name, imports(name, "from ..staff import dates"), views)
    assert not sideways(
        name, imports(name, "from . import blueprint\nfrom ..access import load_house"), views
    )


@pytest.mark.parametrize(
    "source",
    ["datetime.now()", "date.today()", "time.time()", "datetime.utcnow()", "time_ns()", "localtime()"],
)
def test_a_look_at_the_clock_is_found(source: str) -> None:
    assert asks_the_clock(source)


def modules() -> list[tuple[str, Path]]:
    """Every module of the product with its dotted name; a package goes by its folder's."""
    paths = [*sorted((ROOT / "khcal").rglob("*.py")), ROOT / "wsgi.py"]
    return [(dotted(path), path) for path in paths if path.exists()]


@cache
def all_imports() -> dict[str, set[str]]:
    """What every module of the product imports."""
    return {name: imports(name, path.read_text()) for name, path in modules()}


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(name: str, source: str) -> set[str]:
    """Everything that a module imports, in full; a name from a package may be a module or not."""
    is_package = (ROOT / Path(*name.split(".")) / "__init__.py").exists()
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = name.split(".")
            parents = parts[: len(parts) - node.level + is_package] if node.level else []
            start = ".".join([*parents, *filter(None, [node.module])])
            found.update(f"{start}.{alias.name}" for alias in node.names)
    return found


def within(name: str, parts: tuple[str, ...]) -> bool:
    """Whether ``name`` lies in one of ``parts``; of ``khcal`` itself only its own names count."""
    own = ("khcal.__version__",) if "khcal" in parts else ()
    return any(name == part or name.startswith(f"{part}.") for part in (*parts, *own) if part != "khcal")


def part_of(name: str) -> str:
    """The entry of the table that ``name`` falls under; an unknown part may import nothing."""
    return max(
        (part for part in MAY_IMPORT if part != "khcal" and within(name, (part,))), key=len, default="khcal"
    )


def upward(name: str, imported: set[str]) -> list[str]:
    allowed = MAY_IMPORT[part_of(name)]
    ours = {other for other in imported if other.split(".")[0] in {"khcal", "wsgi"}}
    return [f"{name} imports {other}" for other in sorted(ours) if not within(other, allowed)]


def outside(imported: set[str]) -> set[str]:
    return {other.split(".")[0] for other in imported} - {"khcal", "wsgi"}


def answers(source: str) -> bool:
    """Whether a module has functions that say themselves which addresses they answer."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    marks = {ast.unparse(mark).split("(")[0] for function in functions for mark in function.decorator_list}
    return any(mark.endswith((".get", ".post", ".route", ".delete")) for mark in marks)


def sideways(name: str, imported: set[str], views: set[str]) -> list[str]:
    """Imports of another module with addresses; a package and its own modules belong together."""
    others = [other for other in views if not within(name, (other,)) and not within(other, (name,))]
    return [f"{name} imports {what}" for what in sorted(imported) if within(what, tuple(others))]


def asks_the_clock(source: str) -> bool:
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    asked = {ast.unparse(call) for call in calls if isinstance(call, ast.Attribute | ast.Name)}
    ways = (
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"),
        *("time_ns", "localtime", "gmtime"),
    )
    return any(call == way or call.endswith(f".{way}") for call in asked for way in ways)
