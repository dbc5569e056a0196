"""A log line is one line, whatever strangers put into it."""

from __future__ import annotations

import json
import logging

import pytest

from khcal.commands.log_lines import JsonLines


def line(message: str, error: BaseException | None = None) -> str:
    problem = (type(error), error, None) if error else None
    return JsonLines().format(logging.LogRecord("khcal", logging.ERROR, "", 1, message, None, problem))


@pytest.mark.parametrize(
    "mark", ["\n", "\r\n", "\x00", "\x1b[2J", "\x85", "\u2028", "\u202e", "\u2066", "\x7f"]
)
def test_nothing_but_text_comes_through(mark: str) -> None:
    written = line(f"före{mark}efter")
    assert written.isprintable()
    assert json.loads(written)["message"] == f"före{mark}efter"


def test_swedish_stays_readable() -> None:
    assert "Åsa bryter på träffen" in line("Åsa bryter på träffen")


def test_an_exception_is_in_the_same_line() -> None:
    written = line("bad", ValueError("first\nsecond"))
    assert written.isprintable()
    assert "first\nsecond" in json.loads(written)["exception"]


def test_it_says_when_where_and_how_bad() -> None:
    told = json.loads(line("hej"))
    assert (told["level"], told["where"], told["time"][-6:]) == ("error", "khcal", "+00:00")
