"""Tables of small cases: one test walks a whole table and tells of every case that fails."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

import pytest

Check = Callable[..., None]
_LONGEST_VALUE = 160


def for_each(
    names: str | tuple[str, ...], cases: Iterable[Any], ids: Sequence[str] = ()
) -> Callable[[Check], Check]:
    """Try each case of a table in one test: as ``parametrize``, without the cost of a test for each.

    All cases are tried, whichever of them fail. Fixtures are made once for the whole table.
    """
    columns = (names,) if isinstance(names, str) else names
    rows = [(case,) if isinstance(names, str) else tuple(case) for case in cases]
    assert rows, "a table without cases checks nothing"
    assert all(len(row) == len(columns) for row in rows), f"every case has {', '.join(columns)}"
    assert len(ids) in (0, len(rows)), "every case has a name or none has"

    def decorate(check: Check) -> Check:
        @wraps(check)
        def walk(*itself: object, **fixtures: Any) -> None:
            __tracebackhide__ = True
            faults = []
            for number, row in enumerate(rows):
                values = dict(zip(columns, row, strict=True))
                try:
                    check(*itself, **fixtures, **values)
                except (Exception, pytest.fail.Exception) as fault:
                    fault.add_note(f"case {number + 1} of {len(rows)}: {_named(values, ids[number:])}")
                    faults.append(fault)
            if len(faults) == 1:
                raise faults[0]
            if faults:
                raise BaseExceptionGroup(f"{len(faults)} of {len(rows)} cases failed", faults)

        rest = [each for name, each in inspect.signature(check).parameters.items() if name not in columns]
        walk.__signature__ = inspect.Signature(rest)  # type: ignore[attr-defined]
        return walk

    return decorate


def _named(values: dict[str, Any], ids: Sequence[str]) -> str:
    return ids[0] if ids else ", ".join(f"{name}={_short(repr(value))}" for name, value in values.items())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
