"""Sizes, names and the marks that keep the content policy strict: what a reader of the code may expect."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.structure.late_views import LATE_VIEWS

ROOT = Path(__file__).parents[2]

LONGEST_FILE = {".py": 300, ".html": 150, ".css": 250, ".js": 200}
LONGEST_FUNCTION = 60
LONGEST_VIEW = 25
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "core", "base", "manager", "service"}
# The one page skeleton; everything else is named for what it holds.
NAMED_BASE = {Path("templates/layouts/base.html"), Path("static/css/base.css")}
NOT_OURS = {"vendor", "versions", "__pycache__", "_assets"}
IN_TEMPLATES = {
    "an inline style": r"<style\b|\sstyle\s*=",
    "an inline script": r"<script\b(?![^>]*(\ssrc=|application/ld\+json))",
    "an event handler": r"\son[a-z]+\s*=",
    "htmx without data-": r"\shx-[a-z]|data-hx-on",
    "an htmx filter or expression": r"data-hx-[a-z-]+=(\"[^\"]*(\[|js:)|'[^']*(\[|js:))",
    "unescaped text": r"\|\s*safe\b|autoescape\s+false",
    "a javascript: link": r"javascript:",
    "another host": r"(src|srcset|action)\s*=\s*[\"'](https?:)?//",
}


def files(*patterns: str) -> list[Path]:
    """Our own files that fit, not what others wrote or a tool made."""
    folders = ("khcal", "tests", "bin", "templates", "static", "kiosk")
    found = [path for folder in folders for pattern in patterns for path in (ROOT / folder).rglob(pattern)]
    return [path for path in [*found, ROOT / "wsgi.py"] if path.is_file() and not NOT_OURS & set(path.parts)]


def python_files() -> list[Path]:
    return [path for path in files("*") if path.suffix == ".py" or starts_python(path)]


def starts_python(path: Path) -> bool:
    return path.suffix == "" and path.read_bytes()[:40].startswith(b"#!/usr/bin/env python3")


def faults(paths: Iterable[Path], patterns: dict[str, str]) -> list[str]:
    """``file: what`` for every pattern found in a file."""
    sources = {path: path.read_text() for path in paths}
    return [
        f"{path.relative_to(ROOT)}: {what}"
        for path, source in sources.items()
        for what in marks(source, patterns)
    ]


def marks(source: str, patterns: dict[str, str]) -> list[str]:
    return [what for what, pattern in patterns.items() if re.search(pattern, source, re.IGNORECASE)]


def lengths(source: str, module: str = "") -> dict[str, int]:
    """The lines of every function, by name; a view's name begins with ``view ``."""
    functions = [
        n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return {kind_of(function, module) + function.name: lines_of(function) for function in functions}


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def kind_of(function: ast.FunctionDef | ast.AsyncFunctionDef, module: str) -> str:
    decorators = [ast.unparse(mark).split("(")[0] for mark in function.decorator_list]
    is_marked = any(mark.endswith((".get", ".post", ".route")) for mark in decorators)
    return "view " if is_marked or (module, function.name) in LATE_VIEWS else ""


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_no_file_is_too_long() -> None:
    sized = {path: LONGEST_FILE.get(path.suffix or ".py") for path in {*files("*.*"), *python_files()}}
    long = {str(p): n for p, most in sized.items() if most and (n := len(p.read_text().splitlines())) > most}
    assert not long


def test_no_function_is_too_long() -> None:
    sizes = {
        (path.stem, name): n
        for path in python_files()
        for name, n in lengths(path.read_text(), module_of(path)).items()
    }
    limits = {True: LONGEST_VIEW, False: LONGEST_FUNCTION}
    assert not {where: n for where, n in sizes.items() if n > limits[where[1].startswith("view ")]}


def test_every_module_says_what_it_is() -> None:
    silent = [
        p for p in python_files() if p.read_text().strip() and not ast.get_docstring(ast.parse(p.read_text()))
    ]
    assert not silent


def test_names_say_what_is_inside() -> None:
    vague = [path for path in files("*") if path.stem in VAGUE_NAMES]
    assert not [path for path in vague if path.relative_to(ROOT) not in NAMED_BASE]


def test_templates_keep_the_content_policy() -> None:
    templates = files("*.html")
    assert len(templates) > 10
    assert not faults(templates, IN_TEMPLATES)


def test_styles_never_shout() -> None:
    styles = files("*.css")
    assert len(styles) > 5
    assert not faults(styles, {"!important": r"!\s*important", "another host": r"(https?:)?//[a-z]|@import"})


def test_scripts_never_build_code_or_markup_from_text() -> None:
    dangerous = {
        "eval": r"\beval\(|new Function\(",
        "markup": r"\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write",
    }
    assert not faults(files("*.js"), {**dangerous, "another host": r"[\"'`]https?://"})


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ('<p style="color: red">', "an inline style"),
        ("<script>alert(1)</script>", "an inline script"),
        ('<a\n onclick="go()">', "an event handler"),
        ('<a hx-get="/">', "htmx without data-"),
        ("<a data-hx-trigger=\"keyup[key=='Enter']\">", "an htmx filter or expression"),
        ("{{ text | safe }}", "unescaped text"),
        ('<img src="https://example.org/a.png">', "another host"),
    ],
)
def test_a_forbidden_mark_is_found(markup: str, what: str) -> None:
    assert what in marks(markup, IN_TEMPLATES)


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="/static/app.js" defer></script>',
        '<script type="application/ld+json">{}</script>',
        '<a data-hx-get="/" href="https://example.org/">',
        '<link rel="stylesheet" href="/static/app.css">',
    ],
)
def test_what_is_allowed_passes(markup: str) -> None:
    assert not marks(markup, IN_TEMPLATES)


def test_a_view_is_measured_as_one() -> None:
    assert lengths("@pages.get('/')\ndef start() -> str:\n    return ''") == {"view start": 2}
    assert lengths("def start() -> str:\n    return ''", "khcal.web.staff.start") == {"view start": 2}


def test_what_others_wrote_for_the_tests_is_unchanged() -> None:
    folder = ROOT / "tests" / "vendor"
    told = re.findall(
        r"`([\w.-]+\.[cm]?js)` is.*?sha256 (\w{64})", (folder / "README.md").read_text(), re.DOTALL
    )
    assert {name for name, _ in told} == {file.name for file in folder.glob("*js")}
    for name, digest in told:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
