"""Tests of what is stored stand inside an app, once on each engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from khcal.models import Chapter
from tests.factories import make_chapter


@pytest.fixture
def inside_app(any_engine_app: Flask) -> Iterator[None]:
    """Inside an app with an empty database."""
    with any_engine_app.app_context():
        yield


@pytest.fixture
def house(inside_app: None) -> Chapter:
    """A house, flushed and not committed."""
    return make_chapter("provhus")
