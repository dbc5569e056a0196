"""What keeps the pure tests quick: their start and end cost more than most of them."""

from __future__ import annotations

import gc
import sys

import pytest

# Everything that is made until the tests are collected is there to stay. Looking through it for
# garbage, again and again, took a fifth of the time of the whole folder.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let Hypothesis be silent where it was not used: it would be imported to find that out."""
    if "hypothesis" not in sys.modules:
        session.config.pluginmanager.unregister(name="hypothesispytest")
