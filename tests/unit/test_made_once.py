"""What is made for many is made by the first of them, and whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from tests import made_once


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_once, "FOLDER", tmp_path)


def left_by(folder: Path, words: str) -> Path:
    (folder / "words.txt").write_text(words, encoding="utf-8")
    return folder / "words.txt"


def test_the_first_makes_it_for_all() -> None:
    first = made_once.made_once("words", lambda folder: left_by(folder, "first"))
    second = made_once.made_once("words", lambda folder: left_by(folder, "second"))
    assert first == second
    assert second.read_text(encoding="utf-8") == "first"


def test_who_comes_meanwhile_waits() -> None:
    is_begun, others = Event(), Event()

    def slowly(folder: Path) -> Path:
        is_begun.set()
        others.wait(0.1)
        return left_by(folder, "first")

    with ThreadPoolExecutor() as pool:
        first = pool.submit(made_once.made_once, "words", slowly)
        is_begun.wait()
        second = pool.submit(made_once.made_once, "words", lambda folder: left_by(folder, "second"))
        assert first.result() == second.result()
    assert first.result().read_text(encoding="utf-8") == "first"


def test_what_was_left_half_made_is_made_anew() -> None:
    def fail(folder: Path) -> Path:
        left_by(folder, "half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        made_once.made_once("words", fail)
    made = made_once.made_once("words", lambda folder: left_by(folder, "whole"))
    assert made.read_text(encoding="utf-8") == "whole"
