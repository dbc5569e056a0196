"""No task of the staff takes more than it may, counted by the page itself."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.chromium import Watch
from tests.browser.tasks import TASKS, Task, walked


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_a_task_takes_no_more_than_it_may(
    browser: Browser, watch: Watch, own_address: str, states_app: Flask, task: Task
) -> None:
    context = watch.over(browser.new_context(**chromium.READER, base_url=own_address))
    cost = walked(context.new_page(), task, states_app)
    context.close()
    assert all(took <= most for took, most in zip(astuple(cost), astuple(task.most), strict=True)), cost
    assert cost.clicks > 0
    assert not watch.faults
