"""A table of cases fails as soon as one of them does, and says which."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables import for_each


@for_each("number", [1, 2, 3])
def odd(number: int) -> None:
    assert number % 2


@for_each("text", ["1", "en", "två"])
def refused(text: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        int(text)


@for_each(("one", "other"), [("a", "b"), ("c", "c"), ("d", "e")], ids=["first", "second", "third"])
def same(one: str, other: str) -> None:
    assert one == other


def test_one_failing_case_is_told_with_its_values() -> None:
    with pytest.raises(AssertionError) as told:
        odd()
    assert told.value.__notes__ == ["case 2 of 3: number=2"]


def test_a_refusal_that_does_not_come_fails_too() -> None:
    with pytest.raises(pytest.fail.Exception) as told:
        refused()
    assert told.value.__notes__ == ["case 1 of 3: text='1'"]


def test_all_failing_cases_are_told_at_once_by_their_names() -> None:
    with pytest.raises(ExceptionGroup, match="2 of 3 cases failed") as told:
        same()
    assert [fault.__notes__ for fault in told.value.exceptions] == [
        ["case 1 of 3: first"],
        ["case 3 of 3: third"],
    ]


@for_each("name", ["a", "b"])
def test_fixtures_come_beside_the_table(tmp_path: Path, name: str) -> None:
    assert (tmp_path / name).parent == tmp_path


@pytest.mark.parametrize(
    ("names", "cases", "ids"),
    [("one", [], ()), (("one", "other"), [(1, 2, 3)], ()), ("one", [1, 2], ["first"])],
    ids=["no cases", "a value too many", "a name too few"],
)
def test_a_crooked_table_is_refused(names: str, cases: list[object], ids: list[str]) -> None:
    with pytest.raises(AssertionError):
        for_each(names, cases, ids)
