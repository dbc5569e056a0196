"""Three versions become one, and nobody's change is lost without a word."""

from __future__ import annotations

from itertools import product
from typing import Any

from khcal.calendaring.merge import ABSENT, Conflict, differences, merge
from tests.tables import for_each

VALUES = (ABSENT, 1, 2, [1], {"x": 1})


@for_each(
    ("base", "mine", "theirs", "merged"),
    [
        ({"a": 1}, {"a": 1}, {"a": 1}, {"a": 1}),
        ({"a": 1}, {"a": 2}, {"a": 1}, {"a": 2}),
        ({"a": 1}, {"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": 1}, {"a": 2}, {"a": 2}, {"a": 2}),
        ({"a": 1}, {}, {"a": 1}, {}),
        ({"a": 1}, {"a": 1}, {}, {}),
        ({}, {"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ({"a": {"x": 1, "y": 1}}, {"a": {"x": 2, "y": 1}}, {"a": {"x": 1, "y": 3}}, {"a": {"x": 2, "y": 3}}),
        ({"a": [1]}, {"a": [1]}, {"a": [1, 2]}, {"a": [1, 2]}),
    ],
)
def test_what_one_side_changed_is_taken(base: Any, mine: Any, theirs: Any, merged: Any) -> None:
    result = merge(base, mine, theirs)
    assert result.values == merged
    assert not result.conflicts


@for_each(
    ("base", "mine", "theirs", "conflict"),
    [
        ({"a": 1}, {"a": 2}, {"a": 3}, Conflict(("a",), 1, 2, 3)),
        ({}, {"a": 2}, {"a": 3}, Conflict(("a",), ABSENT, 2, 3)),
        ({"a": 1}, {"a": 2}, {}, Conflict(("a",), 1, 2, ABSENT)),
        ({"a": 1}, {}, {"a": 3}, Conflict(("a",), 1, ABSENT, 3)),
        ({"a": {"x": 1}}, {"a": {"x": 2}}, {"a": {"x": 3}}, Conflict(("a", "x"), 1, 2, 3)),
        ({"a": 1}, {"a": {"x": 2}}, {"a": {"x": 3}}, Conflict(("a", "x"), ABSENT, 2, 3)),
    ],
)
def test_what_both_changed_stays_mine_and_is_told(
    base: Any, mine: Any, theirs: Any, conflict: Conflict
) -> None:
    result = merge(base, mine, theirs)
    assert result.values == mine
    assert result.conflicts == (conflict,)


@for_each("versions", [*product(VALUES, repeat=3)])
def test_every_value_comes_from_where_it_should(versions: tuple[Any, Any, Any]) -> None:
    base, mine, theirs = versions
    result = merge(*({} if value is ABSENT else {"a": value} for value in versions))
    assert bool(result.conflicts) == (mine != base and theirs not in (base, mine))
    assert result.values.get("a", ABSENT) == (mine if mine != base else theirs)


@for_each(("base", "theirs"), [*product(VALUES[1:], repeat=2)])
def test_merging_again_changes_nothing_more(base: Any, theirs: Any) -> None:
    once = merge({"a": base}, {"a": base}, {"a": theirs}).values
    assert once == {"a": theirs}
    assert merge({"a": theirs}, once, {"a": theirs}).values == once


def test_differences_are_whole_values_of_the_new() -> None:
    assert differences({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": {"x": 1}, "d": 4}) == {"b": {"x": 1}, "d": 4}
