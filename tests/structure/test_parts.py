"""A part of a page that is written once for the same values depends on nothing but them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

TEMPLATES = Path(__file__).parents[2] / "templates"
# What every template may say, and what is the same for all of a process.
EVERYWHERE = {"_", "ngettext", "url_for", "written"}
READER = Environment(autoescape=True)


def uses(source: str) -> Iterator[tuple[str, set[str]]]:
    """Each part that a template uses, with the names of the values that it gives."""
    for call in READER.parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "written":
            part, *others = call.args
            assert isinstance(part, nodes.Const)
            assert not others
            assert call.dyn_args is call.dyn_kwargs is None
            yield part.value, {value.key for value in call.kwargs}


def needs(source: str) -> set[str]:
    """The names that a part reads and does not set itself."""
    tree = READER.parse(source)
    # The names of khcal's own filters are all that is asked of them here.
    READER.filters.update({each.name: str for each in tree.find_all(nodes.Filter)})
    own = {each.name for each in tree.find_all(nodes.Name) if each.ctx == "store"}
    return meta.find_undeclared_variables(tree) - own - EVERYWHERE


def reaches_out(source: str) -> bool:
    """Whether a part takes in what sees more than the part's own values, or is seen by others."""
    tree = READER.parse(source)
    shared = (nodes.Include, nodes.Extends)
    imports = tree.find_all((nodes.Import, nodes.FromImport))
    return any(tree.find_all(shared)) or any(each.with_context for each in imports)


def all_uses() -> list[tuple[str, str, set[str]]]:
    found = []
    for file in sorted(TEMPLATES.rglob("*.html")):
        found += [(file.name, part, given) for part, given in uses(file.read_text())]
    return found


def test_each_part_is_given_what_it_needs_and_nothing_else() -> None:
    found = all_uses()
    assert len({part for _, part, _ in found}) > 5
    for where, part, given in found:
        assert given == needs((TEMPLATES / part).read_text()), f"{part} in {where}"


def test_no_part_reaches_out() -> None:
    for _, part, _ in all_uses():
        assert not reaches_out((TEMPLATES / part).read_text()), part


def test_a_part_is_only_used_as_one() -> None:
    parts = {part for _, part, _ in all_uses()}
    for file in TEMPLATES.rglob("*.html"):
        taken_in = {each.template.value for each in _includes(file.read_text())}
        assert not taken_in & parts, file.name


def _includes(source: str) -> Iterator[nodes.Include]:
    return (each for each in READER.parse(source).find_all(nodes.Include))


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("{{ row.day }}{{ _('Hus') }}{{ url_for('start.houses') }}", {"row"}),
        ("{{ row.day }}{{ g.user }}", {"row", "g"}),
        (
            "{% set off = row.off %}{{ off }}{{ request.path }}{{ own_address() }}",
            {"row", "request", "own_address"},
        ),
    ],
)
def test_what_a_part_reads_is_found(source: str, names: set[str]) -> None:
    assert needs(source) == names


@pytest.mark.parametrize(
    "source", ["{% include 'a.html' %}", "{% extends 'a.html' %}", "{% import 'a.html' as a with context %}"]
)
def test_a_part_that_reaches_out_is_found(source: str) -> None:
    assert reaches_out(source)


def filters_of_constants(source: str) -> list[str]:
    """Filters whose words are settled when the template is compiled, which happens once for many starts."""
    filters = READER.parse(source).find_all(nodes.Filter)
    return [each.name for each in filters if isinstance(each.node, nodes.Const)]


def test_no_words_are_settled_when_a_template_is_compiled() -> None:
    for file in TEMPLATES.rglob("*.html"):
        assert not filters_of_constants(file.read_text()), file.name


def test_a_filter_of_a_constant_is_found() -> None:
    assert filters_of_constants("{{ 'calm'|upper }}") == ["upper"]
    assert filters_of_constants("{% set fact = 'calm' %}{{ fact|upper }}") == []
